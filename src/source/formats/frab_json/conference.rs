//! What the file says of the conference as a whole: its name, rooms, tracks and days.

use super::Reader;
use super::event::event;
use crate::model::{Link, LinkKind, Plain, Slug};
use crate::source::syntax::entities;
use crate::source::syntax::json::{Json, Languages, Object};
use crate::source::{Draft, DraftDay, DraftRoom, DraftTrack};
use chrono::NaiveDate;

pub(super) fn conference(
    schedule: &Object<'_>,
    conference: &Object<'_>,
    reader: &mut Reader,
) -> Draft {
    let language = conference.language("language");
    reader.languages = Languages::new(language.iter().map(ToString::to_string));
    let base = reader.base.clone();
    let languages = reader.languages.clone();
    let colours = conference.object("colors");
    let colour = colours
        .as_ref()
        .and_then(|colours| colours.colour("primary"));
    if let Some(colours) = colours {
        colours.leave_out_rest("conference.colors");
    }
    // Where the days stand beside the conference, rooms and tracks may too.
    for object in [conference, schedule] {
        object.each("rooms", |room| add_room(room, reader));
        object.each("tracks", |track| add_track(track, reader));
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
    Draft {
        name: conference.localised_plain("title", &languages),
        acronym: conference.plain("acronym"),
        version: schedule.plain("version"),
        url: own.or(of_schedule),
        description: conference.localised_markdown("description", &languages),
        language,
        venue: conference.plain("venue"),
        address: conference.plain("city"),
        colour,
        logo: conference.picture("logo", base.as_ref()),
        timeslot: conference.length("timeslot_duration"),
        links: further.map(link).into_iter().collect(),
        ..Draft::default()
    }
}

/// A room; the hub gives its description once a language, as `description_en`.
fn add_room(value: Json<'_>, reader: &mut Reader) {
    let Some(room) = value.object() else {
        match value.plain() {
            Some(name) => reader.rooms.mention(&name),
            None => value.report(
                format!("this room is {}", value.shown()),
                "expected an object with a `name`",
            ),
        }
        return;
    };
    let languages = reader.languages.clone();
    let Some(name) = room.localised_plain("name", &languages) else {
        value.warn("this room has no `name`", "it is left out");
        return;
    };
    let described = ["description", "description_en", "description_de"];
    let description = described
        .iter()
        .find(|name| room.get(name).is_some_and(|value| !value.is_empty()));
    let made = DraftRoom {
        slug: room.plain("slug").map(|slug| Slug::of(&slug)),
        online: None,
        guid: room.guid("guid"),
        capacity: room.capacity("capacity"),
        description: description
            .and_then(|name| room.localised_markdown(name, &languages))
            .unwrap_or_default(),
        name,
    };
    room.leave_out_rest("rooms");
    reader.rooms.add(made);
}

fn add_track(value: Json<'_>, reader: &mut Reader) {
    let Some(track) = value.object() else {
        match value.plain() {
            Some(name) => reader.tracks.mention(&name),
            None => value.report(
                format!("this track is {}", value.shown()),
                "expected an object with a `name`",
            ),
        }
        return;
    };
    let languages = reader.languages.clone();
    let Some(name) = track.localised_plain("name", &languages) else {
        value.warn("this track has no `name`", "it is left out");
        return;
    };
    let made = DraftTrack {
        slug: track.plain("slug").map(|slug| Slug::of(&slug)),
        colour: track.colour("color"),
        name,
    };
    track.leave_out_rest("tracks");
    reader.tracks.add(made);
}

/// Reads the days with their events.
pub(super) fn days(days: Json<'_>, reader: &mut Reader) -> Vec<DraftDay> {
    let mut read = Vec::new();
    let is_list = days.each(|value| {
        let Some(day) = value.object() else {
            value.report(
                format!("this day is {}", value.shown()),
                "expected an object with a `date`",
            );
            return;
        };
        day.skip(&["index"]);
        let date = day.date("date");
        let (opens, ends) = (day.clock("day_start"), day.clock("day_end"));
        match date {
            Some(date) => read.push(DraftDay {
                place: value.place(),
                date,
                name: day.plain("name"),
                hours: opens.zip(ends),
            }),
            None if day.get("date").is_none() => value.warn("this day has no `date`", "add it"),
            None => {}
        }
        if let Some(rooms) = day.get("rooms") {
            read_rooms(rooms, date, reader);
        }
        day.leave_out_rest("days");
    });
    if !is_list {
        days.report(
            format!("`days` is {}", days.shown()),
            "expected a list, [ … ]",
        );
    }
    read
}

/// The events of a day, by room: an object whose names are the rooms'.
fn read_rooms(rooms: Json<'_>, date: Option<NaiveDate>, reader: &mut Reader) {
    let Some(by_name) = rooms.object() else {
        let is_empty_list = rooms.is_empty();
        if !is_empty_list {
            rooms.report(
                format!("`rooms` of this day is {}", rooms.shown()),
                "expected an object, { \"Room\": [ … ] }",
            );
        }
        return;
    };
    for (name, events) in by_name.members() {
        let room = Plain::non_empty(&entities::decoded(name));
        if let Some(room) = &room {
            reader.rooms.mention(room);
        }
        let is_list = events.each(|value| event(value, date, room.as_ref(), reader));
        if !is_list && !events.is_null() {
            events.report(
                format!("the room {name} is {}", events.shown()),
                "expected a list of events, [ … ]",
            );
        }
    }
}
