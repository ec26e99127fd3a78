//! Which of some talks nobody can hear, since others of them take place at the same time.
//!
//! A talk that is held several times clashes only where none of its occurrences is free. What has no
//! hour yet, and what is cancelled, clashes with nothing.

use crate::model::{Slot, Span, State, Talk};
use crate::render::Occurrence;
use chrono::TimeDelta;

/// A talk with what stands in its way.
#[derive(Debug)]
pub(super) struct Clash<'a> {
    /// The talk.
    pub talk: &'a Talk,
    /// The talks at the same time, in programme order.
    pub with: Vec<&'a Talk>,
    /// Its occurrences that can be heard, where others of it cannot; empty where none can.
    pub free: Vec<&'a Slot>,
}

/// Every talk of which an occurrence cannot be heard, in programme order.
pub(super) fn clashes<'a>(talks: &[Occurrence<'a>]) -> Vec<Clash<'a>> {
    let held: Vec<(&Talk, Vec<&Slot>)> = talks
        .iter()
        .map(|occurrence| (occurrence.talk, held(occurrence)))
        .collect();
    let found = held.iter().map(|(talk, slots)| {
        let others = held.iter().filter(|(other, _)| other.code != talk.code);
        let others: Vec<_> = others.collect();
        clash(talk, slots, &others)
    });
    found.flatten().collect()
}

impl Clash<'_> {
    /// Whether the talk cannot be heard at all beside the others.
    pub(super) fn is_certain(&self) -> bool {
        self.free.is_empty()
    }
}

/// The occurrences that take place at a known hour.
fn held<'a>(occurrence: &Occurrence<'a>) -> Vec<&'a Slot> {
    if occurrence.talk.state == State::Cancelled {
        return Vec::new();
    }
    let slots = occurrence.slots.iter().copied();
    slots
        .filter(|slot| slot.state != State::Cancelled && slot.when.timed().is_some())
        .collect()
}

fn clash<'a>(
    talk: &'a Talk,
    slots: &[&'a Slot],
    others: &[&(&'a Talk, Vec<&'a Slot>)],
) -> Option<Clash<'a>> {
    let is_taken = |slot: &&Slot| others.iter().any(|(_, theirs)| takes(theirs, slot));
    let (taken, free): (Vec<&Slot>, Vec<&Slot>) = slots.iter().copied().partition(is_taken);
    let in_the_way = |theirs: &[&Slot]| taken.iter().any(|slot| takes(theirs, slot));
    let with = others.iter().filter(|(_, theirs)| in_the_way(theirs));
    let with: Vec<&Talk> = with.map(|(other, _)| *other).collect();
    (!with.is_empty()).then_some(Clash { talk, with, free })
}

/// Whether a talk must be heard at the time of a slot: all of its occurrences overlap it.
fn takes(theirs: &[&Slot], slot: &Slot) -> bool {
    !theirs.is_empty() && theirs.iter().all(|other| overlap(other, slot))
}

fn overlap(one: &Slot, other: &Slot) -> bool {
    match (one.when.timed(), other.when.timed()) {
        (Some(one), Some(other)) => {
            one.start().instant() < end(other) && other.start().instant() < end(one)
        }
        _ => false,
    }
}

/// When a slot is over; of one whose end is not known at least its first minute is taken.
fn end(span: &Span) -> chrono::DateTime<chrono::Utc> {
    let first_minute = span.start().instant() + TimeDelta::minutes(1);
    span.end().instant().max(first_minute)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{self, slot, span, talk};
    use super::*;

    /// A talk with occurrences on 24 October, each from and to an hour (UTC).
    fn at(code: &str, hours: &[(&str, &str)]) -> Talk {
        let on = |time: &str| format!("2026-10-24T{time}");
        let slots = (1..).zip(hours);
        Talk {
            slots: slots
                .map(|(number, (from, to))| slot(number, span(&on(from), &on(to)), None))
                .collect(),
            ..talk(code, code)
        }
    }

    fn told(talks: &[Talk]) -> Vec<String> {
        let occurrences: Vec<_> = talks
            .iter()
            .map(|talk| Occurrence {
                talk,
                slots: talk.slots.iter().collect(),
            })
            .collect();
        let clashes = clashes(&occurrences).into_iter();
        let told = clashes.map(|clash| {
            let with: Vec<&str> = clash.with.iter().map(|talk| &*talk.code).collect();
            format!(
                "{} {} {}",
                clash.talk.code,
                with.join("+"),
                clash.free.len()
            )
        });
        told.collect()
    }

    #[test]
    fn talks_at_the_same_time_clash_and_talks_in_a_row_do_not() {
        let early = at("EARLY", &[("07:00", "07:45")]);
        let late = at("LATE", &[("07:30", "08:15")]);
        let next = at("NEXT", &[("08:15", "09:00")]);
        assert_eq!(told(&[early, late, next]), ["EARLY LATE 0", "LATE EARLY 0"]);
    }

    #[test]
    fn a_cancelled_talk_is_in_nobodys_way() {
        let early = at("EARLY", &[("07:00", "07:45")]);
        let mut gone = at("GONE", &[("07:30", "08:15")]);
        gone.state = State::Cancelled;
        let mut slot_gone = at("SLOT", &[("07:30", "08:15")]);
        slot_gone.slots[0].state = State::Cancelled;
        assert!(told(&[early, gone, slot_gone]).is_empty());
    }

    #[test]
    fn a_talk_held_twice_clashes_where_neither_occurrence_is_free() {
        let twice = at("TWICE", &[("07:00", "07:45"), ("10:00", "10:45")]);
        let early = at("EARLY", &[("07:30", "08:15")]);
        let late = at("LATE", &[("10:30", "11:15")]);
        // There is a way to hear both: go to the second occurrence.
        assert_eq!(told(&[twice.clone(), early.clone()]), ["TWICE EARLY 1"]);
        assert_eq!(told(&[twice, early, late])[0], "TWICE EARLY+LATE 0");
    }

    #[test]
    fn a_talk_without_an_end_takes_its_start() {
        let open = at("OPEN", &[("07:00", "07:00")]);
        let same = at("SAME", &[("07:00", "07:00")]);
        let later = at("LATER", &[("07:30", "08:00")]);
        assert_eq!(told(&[open, same, later]).len(), 2);
    }

    #[test]
    fn what_has_no_hour_clashes_with_nothing() {
        let conference = fixture::conference();
        let somewhen = conference
            .talks
            .into_iter()
            .filter(|talk| &*talk.code == "SOMEWHEN");
        let mut talks: Vec<Talk> = somewhen.collect();
        talks.push(at("EARLY", &[("07:00", "07:45")]));
        assert!(told(&talks).is_empty());
    }
}
