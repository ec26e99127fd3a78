//! What each program makes of the calendars and feeds: only what follows from this programme. What
//! is true of every programme stands in README.md.

use super::programme::{Held, Programme, counted};
use super::rooms;
use crate::model::{Slot, State, When};
use chrono::TimeDelta;

/// giggity reads the length of a talk as a time of day.
const LONGEST_OF_GIGGITY: TimeDelta = TimeDelta::days(1);

/// A program, and what is special about this programme in it.
pub(in crate::cli) struct Client {
    /// Its name, or what is true of several.
    pub(in crate::cli) name: &'static str,
    /// What it makes of the programme, a sentence each; none when it shows all of it as it is.
    pub(in crate::cli) remarks: Vec<String>,
}

/// What every program makes of a programme.
pub(super) fn all(programme: &Programme<'_>) -> Vec<Client> {
    let cancelled = cancelled(programme);
    let client = |name, remarks: Vec<Option<String>>| Client {
        name,
        remarks: remarks.into_iter().flatten().collect(),
    };
    vec![
        client(
            "every calendar",
            vec![all_day(programme), unplaced(programme), in_utc(programme)],
        ),
        client(
            "Google Calendar",
            vec![
                too_large(programme),
                cancelled.as_ref().map(|slots| {
                    format!("hides {slots}; ?cancelled=keep in the address prevents that")
                }),
            ],
        ),
        client(
            "Apple Calendar",
            vec![
                cancelled
                    .as_ref()
                    .map(|slots| format!("strikes through {slots}")),
            ],
        ),
        client(
            "Outlook",
            vec![
                cancelled
                    .as_ref()
                    .map(|slots| format!("may show {slots} as going ahead; titles are marked")),
            ],
        ),
        client("Thunderbird", Vec::new()),
        client("GNOME Calendar", Vec::new()),
        client("feed readers", vec![undated(programme)]),
        client("giggity", vec![too_long(programme)]),
        client("EventFahrplan", vec![overlapping(programme)]),
    ]
}

fn slots_where(programme: &Programme<'_>, is_so: impl Fn(&Slot) -> bool) -> usize {
    let slots = programme
        .conference
        .talks
        .iter()
        .flat_map(|talk| &talk.slots);
    slots.filter(|slot| is_so(slot)).count()
}

/// How many there are of something, `None` for none.
fn some(count: usize, one: &str) -> Option<String> {
    (count > 0).then(|| counted(count, one))
}

fn cancelled(programme: &Programme<'_>) -> Option<String> {
    let count = slots_where(programme, |slot| slot.state == State::Cancelled);
    some(count, "cancelled slot")
}

fn all_day(programme: &Programme<'_>) -> Option<String> {
    let count = slots_where(programme, |slot| matches!(slot.when, When::Day(_)));
    let slots = some(count, "slot")?;
    Some(format!(
        "shows {slots} all day and as free time: no hour is known"
    ))
}

fn unplaced(programme: &Programme<'_>) -> Option<String> {
    let talks = programme.conference.talks.iter();
    let count = talks.filter(|talk| talk.slots.is_empty()).count();
    let talks = some(count, "talk")?;
    Some(format!(
        "lacks {talks} without a day, which only the feeds have"
    ))
}

/// Times in UTC are right everywhere, and are not labelled with the conference's zone.
fn in_utc(programme: &Programme<'_>) -> Option<String> {
    let zone = &programme.conference.zone;
    let is_described = programme
        .calendars
        .first()
        .is_some_and(|calendar| calendar.has_zone);
    let held = programme.held();
    if is_described {
        let is_twice = |slot: &&Held<'_>| {
            !slot.span.start().wall_is_unique() || !slot.span.end().wall_is_unique()
        };
        let slots = some(held.iter().filter(is_twice).count(), "slot")?;
        return Some(format!(
            "gets {slots} in UTC: the wall clock shows that time twice"
        ));
    }
    let is_utc = zone.name() == "UTC" || zone.name() == "Etc/UTC";
    (!held.is_empty() && !is_utc).then(|| {
        format!(
            "gets all times in UTC: no description of {} is right in every program",
            zone.name()
        )
    })
}

fn too_large(programme: &Programme<'_>) -> Option<String> {
    let whole = programme.calendars.first()?;
    let size = whole.size();
    whole
        .is_too_large()
        .then(|| format!("takes a part of the whole calendar or nothing: it has {size}"))
}

fn undated(programme: &Programme<'_>) -> Option<String> {
    let conference = programme.conference;
    let is_dated =
        conference.updated.is_some() || conference.talks.iter().any(|talk| talk.updated.is_some());
    (!is_dated && !conference.talks.is_empty())
        .then(|| "date every talk 1970 until something changes".into())
}

fn too_long(programme: &Programme<'_>) -> Option<String> {
    let held = programme.held();
    let is_long = |slot: &&Held<'_>| slot.length() >= LONGEST_OF_GIGGITY;
    let slots = some(held.iter().filter(is_long).count(), "slot")?;
    Some(format!(
        "cannot read {slots} of a day or longer in a frab schedule"
    ))
}

fn overlapping(programme: &Programme<'_>) -> Option<String> {
    let slots = some(rooms::clashes(programme).len(), "slot")?;
    Some(format!("hides {slots} behind another one in the same room"))
}
