//! What the file says of the conference, and what its events refer to: rooms, tracks and persons.

use crate::model::{Link, LinkKind, Plain, Slug, WebUrl};
use crate::source::lists::named_list::NamedList;
use crate::source::syntax::json::{Json, Languages, Object, speaker};
use crate::source::{Draft, DraftDay, DraftRoom, DraftSpeaker, DraftTrack};
use std::collections::HashMap;

/// What events refer to, by guid and by slug.
#[derive(Default)]
pub(super) struct References {
    pub(super) base: Option<WebUrl>,
    pub(super) languages: Languages,
    pub(super) rooms: NamedList<DraftRoom>,
    pub(super) tracks: NamedList<DraftTrack>,
    pub(super) persons: NamedList<DraftSpeaker>,
    room_names: HashMap<String, Plain>,
    track_names: HashMap<String, Plain>,
    person_names: HashMap<String, Plain>,
}

/// The guid and the slug of something, as it is referred to.
fn keys(object: &Object<'_>) -> impl Iterator<Item = String> {
    let keys = ["guid", "slug"].map(|name| object.text(name));
    let keys = keys.into_iter().flatten();
    keys.map(|key| key.trim().to_lowercase())
}

impl References {
    /// The name of the room that is referred to.
    pub(super) fn room(&self, reference: &Object<'_>) -> Option<Plain> {
        self.named(reference, &self.room_names)
    }

    /// The name of the track that is referred to. The format wants one of every event, so handbill
    /// writes `none` where there is none.
    pub(super) fn track(&self, reference: &Object<'_>) -> Option<Plain> {
        let is_listed = keys(reference).any(|key| self.track_names.contains_key(&key));
        let is_none = !is_listed && reference.plain("slug").as_deref() == Some("none");
        self.named(reference, &self.track_names)
            .filter(|_| !is_none)
    }

    /// The name of the person that is referred to.
    pub(super) fn person(&self, reference: &Object<'_>) -> Option<Plain> {
        self.named(reference, &self.person_names)
    }

    /// The listed name, else the one that the reference itself gives, else its slug.
    fn named(&self, reference: &Object<'_>, names: &HashMap<String, Plain>) -> Option<Plain> {
        let own = reference.localised_plain("name", &self.languages);
        let listed = keys(reference).find_map(|key| names.get(&key).cloned());
        listed.or(own).or_else(|| reference.plain("slug"))
    }
}

pub(super) fn conference(
    schedule: &Object<'_>,
    conference: &Object<'_>,
    references: &mut References,
) -> Draft {
    let defaults = conference.object("defaults");
    let language = defaults
        .as_ref()
        .and_then(|defaults| defaults.language("language"));
    if let Some(defaults) = defaults {
        defaults.leave_out_rest("conference.defaults");
    }
    let base = schedule.url("base_url", None);
    references.base.clone_from(&base);
    references.languages = Languages::new(language.iter().map(ToString::to_string));
    let languages = references.languages.clone();
    conference.each("rooms", |room| add_room(room, references));
    conference.each("tracks", |track| add_track(track, references));
    let colours = conference.object("colors");
    let colour = colours
        .as_ref()
        .and_then(|colours| colours.colour("primary"));
    if let Some(colours) = colours {
        colours.leave_out_rest("conference.colors");
    }
    let (own, of_schedule) = (
        conference.url("url", base.as_ref()),
        schedule.url("url", base.as_ref()),
    );
    let further = of_schedule
        .clone()
        .filter(|url| own.as_ref().is_some_and(|own| own != url));
    let link = |url| Link {
        url,
        title: None,
        kind: LinkKind::Related,
        is_attachment: false,
    };
    // The days say it day by day.
    conference.skip(&["start", "end"]);
    Draft {
        name: conference.localised_plain("title", &languages),
        acronym: conference.plain("acronym"),
        version: schedule.plain("version"),
        zone: conference.zone("time_zone_name"),
        url: own.or(of_schedule),
        description: conference.localised_markdown("description", &languages),
        language,
        colour,
        logo: conference.picture("logo", base.as_ref()),
        timeslot: conference.length("timeslot_duration"),
        days: days(conference),
        links: further.map(link).into_iter().collect(),
        base_url: base,
        ..Draft::default()
    }
}

fn days(conference: &Object<'_>) -> Vec<DraftDay> {
    let mut days = Vec::new();
    conference.each("days", |value| {
        let Some(day) = value.object() else {
            value.report(
                format!("this day is {}", value.shown()),
                "expected an object with a `date`",
            );
            return;
        };
        day.skip(&["index"]);
        let hours = day.clock("start").zip(day.clock("end"));
        match day.date("date") {
            Some(date) => days.push(DraftDay {
                place: value.place(),
                date,
                name: day.plain("name"),
                hours,
            }),
            None => value.warn("this day has no `date`", "add it"),
        }
        day.leave_out_rest("days");
    });
    days
}

fn add_room(value: Json<'_>, references: &mut References) {
    let languages = references.languages.clone();
    let Some((room, name)) = named(value, "room", &languages) else {
        return;
    };
    let made = DraftRoom {
        slug: room.plain("slug").map(|slug| Slug::of(&slug)),
        online: None,
        guid: room.guid("guid"),
        capacity: room.capacity("capacity"),
        description: room
            .localised_markdown("description", &languages)
            .unwrap_or_default(),
        name,
    };
    for key in keys(&room) {
        references.room_names.insert(key, made.name.clone());
    }
    room.leave_out_rest("rooms");
    references.rooms.add(made);
}

fn add_track(value: Json<'_>, references: &mut References) {
    let Some((track, name)) = named(value, "track", &references.languages) else {
        return;
    };
    let colours = track.object("colors");
    let light = colours.as_ref().and_then(|colours| colours.colour("light"));
    let dark = colours.as_ref().and_then(|colours| colours.colour("dark"));
    let colour = track.colour("color").or(light).or(dark);
    if let Some(colours) = colours {
        colours.leave_out_rest("tracks.colors");
    }
    if dark.is_some() && dark != colour {
        value.file().leave_out("tracks.colors.dark", 1);
    }
    for key in keys(&track) {
        references.track_names.insert(key, name.clone());
    }
    let slug = track.plain("slug").map(|slug| Slug::of(&slug));
    if track.text("guid").is_some() {
        value.file().leave_out("tracks.guid", 1);
    }
    track.leave_out_rest("tracks");
    references.tracks.add(DraftTrack { name, slug, colour });
}

fn named<'a>(value: Json<'a>, what: &str, languages: &Languages) -> Option<(Object<'a>, Plain)> {
    let Some(object) = value.object() else {
        value.report(
            format!("this {what} is {}", value.shown()),
            "expected an object with a `name`",
        );
        return None;
    };
    let name = object.localised_plain("name", languages);
    if name.is_none() {
        value.warn(format!("this {what} has no `name`"), "it is left out");
    }
    Some((object, name?))
}

/// Reads the list of persons, which stands in `schedule` or in `conference`.
pub(super) fn persons(schedule: &Object<'_>, references: &mut References) {
    schedule.each("persons", |value| {
        let Some(person) = value.object() else {
            value.report(
                format!("this person is {}", value.shown()),
                "expected an object with a `name`",
            );
            return;
        };
        let guids: Vec<String> = keys(&person).collect();
        let speaker = speaker(
            &person,
            "persons",
            references.base.as_ref(),
            &references.languages,
        );
        if let Some(speaker) = speaker {
            for guid in guids {
                references.person_names.insert(guid, speaker.name.clone());
            }
            references.persons.add(speaker);
        }
    });
}
