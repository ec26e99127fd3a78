//! From a draft to the model: names become rooms, tracks and speakers, wall clocks become moments,
//! and whatever does not fit is reported and left out.

mod parts;
mod talk;

use super::{Clock, Draft, DraftDay, DraftSlot, Place, Problem};
use crate::model::{
    Conference, Day, Moment, Plain, Slot, Slug, Talk, TalkCode, Venue, Zone, day, zone::Resolved,
};
use chrono::NaiveDate;
use parts::{Codes, Parts, by_name};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};
use talk::Assembly;

/// The model, and what there is to say about how it came to be.
#[derive(Debug)]
pub struct Assembled {
    /// The conference.
    pub conference: Conference,
    /// Where its talks are said.
    pub places: Places,
    /// What did not fit.
    pub problems: Vec<Problem>,
}

/// Where each talk is said.
pub type Places = BTreeMap<TalkCode, TalkPlaces>;

/// Where a talk is said.
#[derive(Debug, Clone, Default)]
pub struct TalkPlaces {
    /// The talk itself.
    pub talk: Place,
    /// Its slots, by occurrence.
    pub slots: BTreeMap<u32, Place>,
}

impl TalkPlaces {
    /// Where one of the talk's slots is said.
    pub fn of(&self, slot: &Slot) -> &Place {
        self.slots.get(&slot.occurrence).unwrap_or(&self.talk)
    }
}

/// Builds the model.
///
/// `name` stands in for a slug or name that the draft does not give: the folder's, or the file's.
///
/// # Errors
///
/// When there are wall clock times and no time zone to read them in.
pub fn assemble(draft: Draft, name: &str) -> Result<Assembled, Vec<Problem>> {
    let mut problems = Vec::new();
    let zone_is_known = draft.zone.is_some();
    let zone = zone(&draft, &mut problems)?;
    let listed_days = dates(&draft, &mut problems);
    let mut parts = Parts::listed(&draft);
    let mut codes = Codes::taken_by(&draft.talks);
    let mut talks = Vec::with_capacity(draft.talks.len());
    let mut places = Places::new();
    let mut compared = 0;
    for talk in draft.talks {
        let mut assembly = Assembly {
            zone: &zone,
            zone_is_known,
            days: &listed_days,
            parts: &mut parts,
            compared: &mut compared,
            problems: &mut problems,
            places: TalkPlaces {
                talk: talk.place.clone(),
                slots: BTreeMap::new(),
            },
            name: talk.code.as_deref().unwrap_or(&talk.title).to_owned(),
        };
        let code = codes.code_for(&talk);
        talks.push(assembly.talk(talk, code.clone()));
        places.insert(code, assembly.places);
    }
    let mut days = days(listed_days, &talks, &places, &mut problems);
    add_hours(&mut days, &draft.days, &zone, zone_is_known);
    let slug = draft.slug.unwrap_or_else(|| Slug::of(name));
    if draft.name.is_none() {
        let message = format!("the conference has no name; it is called \"{name}\"");
        problems.push(Problem::warning(
            draft.place.clone(),
            message,
            "add name = \"…\"",
        ));
    }
    if draft.updated.is_none() {
        let message = "no date is known: feeds say 1970 until something changes; add updated = 2026-10-24 with the date of your last change";
        problems.push(Problem::note(draft.place.clone(), message).by_rule("no-date"));
    }
    report_case_doubles(&talks, &places, &mut problems);
    let venue = draft.venue.map(|name| Venue {
        name,
        address: draft.address,
        geo: draft.geo,
    });
    let mut conference = Conference {
        policy: draft.policy,
        name: draft.name.unwrap_or_else(|| Plain::new(name)),
        acronym: draft.acronym,
        version: draft.version,
        zone,
        url: draft.url,
        authority: draft.authority,
        description: draft.description.unwrap_or_default(),
        language: draft.language.unwrap_or_default(),
        venue,
        online: draft.online,
        colour: draft.colour,
        logo: draft.logo,
        base_url: draft.base_url,
        timeslot: draft.timeslot,
        days,
        rooms: parts.rooms.list,
        tracks: parts.tracks.list,
        speakers: by_name(parts.speakers.list),
        talks,
        links: draft.links,
        notes: draft.notes.unwrap_or_default(),
        updated: draft.updated,
        slug,
    };
    conference.sort_talks();
    Ok(Assembled {
        conference,
        places,
        problems,
    })
}

/// The zone of the wall clock times. Nothing is ever silently read as UTC.
fn zone(draft: &Draft, problems: &mut Vec<Problem>) -> Result<Zone, Vec<Problem>> {
    if let Some(zone) = &draft.zone {
        return Ok(zone.clone());
    }
    let slots = draft.talks.iter().flat_map(|talk| &talk.slots);
    let needs_zone =
        |slot: &&DraftSlot| matches!(slot.start, Some(Clock::Wall(_) | Clock::Time(_)));
    let remedy = "name one: time_zone = \"Europe/Berlin\" in conference.toml, or with convert --time-zone Europe/Berlin";
    if let Some(slot) = slots.into_iter().find(needs_zone) {
        let message = "there are times here, and no time zone to read them in";
        return Err(vec![Problem::error(slot.place.clone(), message, remedy)]);
    }
    problems.push(Problem::warning(
        draft.place.clone(),
        "no time zone is known",
        remedy,
    ));
    Ok(Zone::utc())
}

/// The listed dates in order, each once.
fn dates(draft: &Draft, problems: &mut Vec<Problem>) -> Vec<Day> {
    let mut days: BTreeMap<NaiveDate, Option<Plain>> = BTreeMap::new();
    for day in &draft.days {
        if days.insert(day.date, day.name.clone()).is_some() {
            let message = format!("the day {} is listed twice", day.date);
            problems.push(Problem::warning(
                day.place.clone(),
                message,
                "remove one of the two",
            ));
        }
    }
    day::numbered(days)
}

/// The conference's days: the listed ones, and those on which there is a talk all the same.
fn days(
    listed: Vec<Day>,
    talks: &[Talk],
    places: &Places,
    problems: &mut Vec<Problem>,
) -> Vec<Day> {
    let has_list = !listed.is_empty();
    let mut days: BTreeMap<_, _> = listed
        .iter()
        .map(|day| (day.date, day.name.clone()))
        .collect();
    for talk in talks {
        for slot in &talk.slots {
            let date = slot.day(&listed);
            let Entry::Vacant(entry) = days.entry(date) else {
                continue;
            };
            entry.insert(None);
            if has_list {
                let message =
                    format!("a talk is held on {date}, which is no day of the conference");
                let remedy = format!("add {date} to `days`, or mend the talk's date");
                let place = places.get(&talk.code).map(|places| places.of(slot));
                problems.push(
                    Problem::warning(place.cloned().unwrap_or_default(), message, remedy)
                        .by_rule("talk-outside-days")
                        .of_talk(&*talk.code),
                );
            }
        }
    }
    day::numbered(days)
}

/// When the days open and are over, where the data say so.
fn add_hours(days: &mut [Day], listed: &[DraftDay], zone: &Zone, zone_is_known: bool) {
    let moment = |clock: Clock, date: NaiveDate| {
        let wall = match clock.settled(zone_is_known) {
            Clock::Instant(instant) | Clock::Doubtful(instant) => {
                return Moment::new(instant.to_utc(), zone);
            }
            Clock::Wall(wall) => wall,
            Clock::Time(time) => day::on_day(date, time),
        };
        let (Resolved::Once(instant)
        | Resolved::Never(instant)
        | Resolved::Twice { first: instant, .. }) = zone.resolve(wall);
        Moment::new(instant, zone)
    };
    let mut said = BTreeMap::new();
    for listed in listed {
        if let Some(hours) = listed.hours {
            said.entry(listed.date).or_insert(hours);
        }
    }
    for day in days {
        let hours = said.get(&day.date).copied();
        day.hours = hours.map(|(opens, ends)| (moment(opens, day.date), moment(ends, day.date)));
    }
}

/// Codes that differ only in letter case are one file on some systems.
fn report_case_doubles(talks: &[Talk], places: &Places, problems: &mut Vec<Problem>) {
    let mut seen: HashMap<String, &TalkCode> = HashMap::new();
    for talk in talks {
        if let Some(other) = seen.insert(talk.code.to_ascii_lowercase(), &talk.code) {
            let message = format!(
                "the codes {other} and {} differ only in letter case",
                talk.code
            );
            let remedy = "change one of them, or files made of them replace each other";
            let place = places.get(&talk.code).map(|places| places.talk.clone());
            problems.push(
                Problem::warning(place.unwrap_or_default(), message, remedy).by_rule("codes-alike"),
            );
        }
    }
}
