//! What happens in the nights in which the clocks change.

use super::programme::{Held, Programme, first_few, length, name, quoted};
use crate::model::zone::Transition;
use crate::model::{Day, Moment, Slug, day};
use crate::source::Problem;
use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};
use std::collections::BTreeMap;

/// A slot this long after a change, or before it, has nothing to do with it.
const NEAR: TimeDelta = TimeDelta::hours(12);

/// The clocks change on a day of the conference, or in the night before it.
pub(super) fn change(programme: &Programme<'_>) -> Vec<Problem> {
    let held = programme.held();
    let changes = changes(programme).into_iter();
    changes
        .map(|change| {
            let zone = programme.conference.zone.name();
            let mut message = format!("in {zone} {}", told(&change));
            let in_repeated = held.iter().filter(|held| is_in_repeated(held, &change));
            let twice: Vec<String> = in_repeated.map(|held| quoted(&held.talk.title)).collect();
            if !twice.is_empty() {
                let count = twice.len();
                message
                    .push_str("; calendars give in UTC what begins or ends in the repeated hour: ");
                message.push_str(&first_few(twice.into_iter(), count));
            }
            Problem::note(programme.place.clone(), message)
        })
        .collect()
}

/// The changes that somebody at the conference lives through, in order.
fn changes(programme: &Programme<'_>) -> Vec<Transition> {
    let (zone, days) = (&programme.conference.zone, &programme.conference.days);
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return Vec::new();
    };
    let after = last.date.checked_add_days(Days::new(2));
    let until = zone.start_of(after.unwrap_or(last.date));
    let mut changes = zone.transitions(zone.start_of(first.date), until);
    changes.retain(|change| {
        let wall = wall_before(change);
        is_day(wall.date(), days) || is_day(day::date_of(wall, days), days)
    });
    changes
}

fn is_day(date: NaiveDate, days: &[Day]) -> bool {
    days.binary_search_by_key(&date, |day| day.date).is_ok()
}

/// What the clock shows when it is changed.
fn wall_before(change: &Transition) -> NaiveDateTime {
    change.instant.naive_utc() + TimeDelta::seconds(i64::from(change.offset_from))
}

/// `the clocks are set back from 03:00 to 02:00 on 2026-10-25 (CET)`.
fn told(change: &Transition) -> String {
    let by = TimeDelta::seconds(i64::from(change.offset_to) - i64::from(change.offset_from));
    let before = wall_before(change);
    let direction = if by < TimeDelta::zero() {
        "back"
    } else {
        "forward"
    };
    format!(
        "the clocks are set {direction} from {} to {} on {} ({})",
        before.format("%H:%M"),
        (before + by).format("%H:%M"),
        before.date(),
        change.abbreviation
    )
}

fn is_in_repeated(held: &Held<'_>, change: &Transition) -> bool {
    let moments = [held.span.start(), held.span.end()];
    moments
        .iter()
        .any(|moment| !moment.wall_is_unique() && (moment.instant() - change.instant).abs() < NEAR)
}

/// How long it is from one moment to another, and how long the clock on the wall says, where the
/// two differ.
fn misleading(from: Moment, until: Moment) -> Option<(String, String)> {
    let lasts = until.instant() - from.instant();
    let shows = until.wall() - from.wall();
    (lasts != shows).then(|| (length(lasts), shown_length(shows)))
}

/// The end may show an earlier time than the start.
fn shown_length(shows: TimeDelta) -> String {
    if shows < TimeDelta::zero() {
        format!("-{}", length(-shows))
    } else {
        length(shows)
    }
}

/// A talk during which the clocks are changed.
pub(super) fn talk_over_change(programme: &Programme<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for held in programme.held() {
        if let Some((lasts, shows)) = misleading(held.span.start(), held.span.end()) {
            let message = format!(
                "{} lasts {lasts}, not the {shows} that the clock shows: it is changed meanwhile",
                held.shown()
            );
            let place = programme.place_at(held.talk, held.slot);
            problems.push(Problem::note(place, message).of_talk(name(held.talk)));
        }
    }
    problems
}

/// Two talks in a row on one day, with a change of the clocks between them: the pause is not as long
/// as it seems.
pub(super) fn gap_over_change(programme: &Programme<'_>) -> Vec<Problem> {
    let days = &programme.conference.days;
    let mut rows: BTreeMap<(Option<&Slug>, NaiveDate), Vec<Held<'_>>> = BTreeMap::new();
    for held in programme.held() {
        let room = held.room().map(|room| &room.slug);
        rows.entry((room, held.slot.day(days)))
            .or_default()
            .push(held);
    }
    let mut problems = Vec::new();
    for mut row in rows.into_values() {
        row.sort_by_key(|held| (held.start(), held.end()));
        let pairs = row.windows(2).filter_map(|pair| match pair {
            [first, second] if first.end() <= second.start() => Some((first, second)),
            _ => None,
        });
        for (first, second) in pairs {
            let gap = misleading(first.span.end(), second.span.start());
            let Some((lasts, shows)) = gap else { continue };
            let message = format!(
                "the pause between {} and {} lasts {lasts}, not the {shows} that the clock shows: it is changed meanwhile",
                first.shown(),
                second.shown()
            );
            let place = programme.place_at(second.talk, second.slot);
            problems.push(Problem::note(place, message).of_talk(name(second.talk)));
        }
    }
    problems
}
