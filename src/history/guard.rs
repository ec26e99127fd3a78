//! What looks like a mistake in an import: half of the programme gone, everything an hour later, all
//! abstracts empty. Such an import is held until somebody has looked at it.

use crate::model::{Conference, Limits, Slot, State, Talk, TalkCode};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeMap;

/// The fewest talks whose loss is suspicious, unless all are gone: small conferences may drop one.
const FEWEST_LOST: usize = 2;
/// The fewest slots that moved alike, and the fewest abstracts that are gone.
const FEWEST_ALIKE: usize = 3;
/// No two zones are further apart than this from where they should be, in minutes.
const FURTHEST_SHIFT: i64 = 14 * 60;
/// Zones lie whole quarters of an hour apart.
const SHIFT_STEP: i64 = 15;

/// What is suspicious about `conference`, as it was read and after the talks and slots have got their
/// published names, in comparison with `before`; nothing, mostly. Sentences for people.
pub fn suspicions(before: &Conference, conference: &Conference, limits: &Limits) -> Vec<String> {
    let now: BTreeMap<&TalkCode, &Talk> = conference
        .talks
        .iter()
        .map(|talk| (&talk.code, talk))
        .collect();
    let found = [
        lost(before, &now, limits.lost),
        shifted(before, &now, limits.shifted),
        emptied(before, &now, limits.emptied),
    ];
    found.into_iter().flatten().collect()
}

type Talks<'a> = BTreeMap<&'a TalkCode, &'a Talk>;

fn lost(before: &Conference, now: &Talks<'_>, limit: f64) -> Option<String> {
    let talks = before.talks.iter();
    let held: Vec<&Talk> = talks
        .filter(|talk| talk.state != State::Cancelled)
        .collect();
    let lost = held
        .iter()
        .filter(|talk| !now.contains_key(&talk.code))
        .count();
    let all = held.len();
    if lost > 0 && lost == all {
        return Some(format!("all {all} talks are missing"));
    }
    let is_suspicious = lost >= FEWEST_LOST && share(lost, all) > limit;
    is_suspicious.then(|| {
        let shares = shares(lost, all, limit);
        format!("{lost} of {all} talks are missing ({shares})")
    })
}

fn shifted(before: &Conference, now: &Talks<'_>, limit: f64) -> Option<String> {
    let mut known = 0;
    let mut shifts: BTreeMap<i64, usize> = BTreeMap::new();
    for talk in &before.talks {
        let Some(after) = now.get(&talk.code) else {
            continue;
        };
        for slot in &talk.slots {
            let mut slots = after.slots.iter();
            let same = slots.find(|other| other.occurrence == slot.occurrence);
            if let Some((was, is)) = start(slot).zip(same.and_then(start)) {
                known += 1;
                *shifts.entry((is - was).num_seconds()).or_default() += 1;
            }
        }
    }
    let shifts = shifts.into_iter().filter(|(seconds, _)| is_shift(*seconds));
    let (seconds, count) = shifts.max_by_key(|(_, count)| *count)?;
    let is_suspicious = count >= FEWEST_ALIKE && share(count, known) > limit;
    is_suspicious.then(|| {
        let shares = shares(count, known, limit);
        let way = if seconds > 0 { "later" } else { "earlier" };
        let length = length(TimeDelta::seconds(seconds.abs()));
        format!(
            "{count} of {known} times are {length} {way} ({shares}), as if in the wrong time zone"
        )
    })
}

fn emptied(before: &Conference, now: &Talks<'_>, limit: f64) -> Option<String> {
    let has_text = |talk: &Talk| !talk.summary.is_empty() || !talk.description.is_empty();
    let talks = before.talks.iter().filter(|talk| has_text(talk));
    let known: Vec<&&Talk> = talks.filter_map(|talk| now.get(&talk.code)).collect();
    let (all, empty) = (
        known.len(),
        known.iter().filter(|talk| !has_text(talk)).count(),
    );
    let is_suspicious = empty >= FEWEST_ALIKE && share(empty, all) > limit;
    is_suspicious.then(|| {
        let shares = shares(empty, all, limit);
        format!("{empty} of {all} abstracts are empty now ({shares})")
    })
}

fn start(slot: &Slot) -> Option<DateTime<Utc>> {
    slot.when.timed().map(|span| span.start().instant())
}

fn is_shift(seconds: i64) -> bool {
    let step = SHIFT_STEP * 60;
    seconds != 0 && seconds % step == 0 && seconds.abs() <= FURTHEST_SHIFT * 60
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a programme has far fewer than 2^52 talks"
)]
fn share(part: usize, all: usize) -> f64 {
    if all == 0 {
        return 0.0;
    }
    part as f64 / all as f64
}

fn shares(part: usize, all: usize, limit: f64) -> String {
    let percent = share(part, all) * 100.0;
    format!("{percent:.0} %, the limit is {:.0} %", limit * 100.0)
}

fn length(shift: TimeDelta) -> String {
    let (hours, minutes) = (shift.num_hours(), shift.num_minutes() % 60);
    match (hours, minutes) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}
