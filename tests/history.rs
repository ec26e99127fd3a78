//! The rules of history: which talk and slot is which, what stays when it vanishes, what is suspicious.

mod outage;
mod uncoded;

use crate::conference::{BERLIN, conference};
use chrono::{DateTime, Utc};
use handbill::history::{History, keep_occurrences, keep_vanished, slot_uid, suspicions};
use handbill::model::{Conference, Limits, State};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A talk as the organisers list it: its number, its title, and the hour and hall of each slot.
#[derive(Debug, Clone)]
struct Listed(u8, u8, bool, Vec<(u8, u8)>);

fn file(talks: &[Listed]) -> String {
    let mut text = BERLIN.to_owned();
    for Listed(number, title, is_cancelled, slots) in talks {
        text += &format!("[[talks]]\ncode = \"T{number}\"\ntitle = \"Talk {number}.{title}\"\n");
        text += "abstract = \"About it\"\n";
        text += if *is_cancelled {
            "state = \"cancelled\"\n"
        } else {
            ""
        };
        for (hour, hall) in slots {
            let (day, hour) = (24 + hour / 12, 9 + hour % 12);
            text += &format!(
                "[[talks.slots]]\nstart = 2026-10-{day}T{hour:02}:00:00\nduration = 45\nroom = \"Hall {hall}\"\n"
            );
        }
    }
    text
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

fn publish(
    state: Option<&(Conference, History)>,
    file: &str,
    now: DateTime<Utc>,
) -> (Conference, History) {
    let mut read = conference(file);
    let Some((before, history)) = state else {
        let history = History::default().next(&read, now);
        return (read, history);
    };
    history.keep_codes(&before.talks, &mut read);
    keep_occurrences(before, &mut read);
    keep_vanished(before, &mut read, now);
    let next = history.next(&read, now);
    (read, next)
}

/// Start, room's name and state of each slot by its UID.
fn slots(conference: &Conference) -> BTreeMap<Uuid, String> {
    let mut slots = BTreeMap::new();
    for talk in &conference.talks {
        for slot in &talk.slots {
            let shown = format!(
                "{:?} {:?} {:?}",
                slot.when,
                slot.room.as_ref().map(|room| &room.name),
                slot.state
            );
            let other = slots.insert(slot_uid(conference, talk, slot), shown);
            assert!(other.is_none(), "two slots have one UID");
        }
    }
    slots
}

const BEFORE: &str = "2026-10-02T12:00:00Z";

#[test]
fn a_talk_held_twice_keeps_its_uids_when_the_first_moves_past_the_second() {
    let first = publish(
        None,
        &file(&[Listed(1, 0, false, vec![(1, 1), (3, 2)])]),
        at(BEFORE),
    );
    let moved = publish(
        Some(&first),
        &file(&[Listed(1, 0, false, vec![(3, 2), (5, 1)])]),
        at(BEFORE),
    );
    let (was, is) = (slots(&first.0), slots(&moved.0));
    assert_eq!(
        was.keys().collect::<Vec<_>>(),
        is.keys().collect::<Vec<_>>()
    );
    let kept = was
        .iter()
        .filter(|(uid, shown)| is.get(*uid) == Some(*shown));
    assert_eq!(kept.count(), 1);
    let before = moved
        .1
        .slots
        .values()
        .filter_map(|slot| slot.before.as_ref());
    assert_eq!(before.count(), 1, "only one has moved");
}

#[test]
fn a_vanished_talk_is_cancelled_and_restored_under_its_uid() {
    let both = file(&[
        Listed(1, 0, false, vec![(1, 1)]),
        Listed(2, 0, false, vec![(2, 2)]),
    ]);
    let first = publish(None, &both, at(BEFORE));
    let gone = publish(
        Some(&first),
        &file(&[Listed(1, 0, false, vec![(1, 1)])]),
        at(BEFORE),
    );
    assert_eq!(gone.0.talk("T2").expect("kept").state, State::Cancelled);
    assert!(gone.0.rooms.iter().any(|room| &*room.name == "Hall 2"));
    let back = publish(Some(&gone), &both, at(BEFORE));
    assert_eq!(slots(&back.0), slots(&first.0));
    assert!(
        back.1
            .slots
            .values()
            .any(|slot| slot.sequence == 2 && slot.before.is_none())
    );
}

#[test]
fn what_took_place_stays_and_all_goes_when_the_conference_is_over() {
    let both = file(&[
        Listed(1, 0, false, vec![(1, 1)]),
        Listed(2, 0, false, vec![(2, 2)]),
    ]);
    let first = publish(None, &both, at(BEFORE));
    let one = file(&[Listed(1, 0, false, vec![(1, 1)])]);
    let evening = publish(Some(&first), &one, at("2026-10-24T20:00:00Z"));
    assert_eq!(evening.0.talk("T2").expect("kept").state, State::Confirmed);
    let over = publish(Some(&evening), &one, at("2026-11-01T00:00:00Z"));
    assert!(over.0.talk("T2").is_none());
}

#[test]
fn imports_that_look_like_mistakes_are_suspicious() {
    let talks = |count: u8, shift: u8| -> Vec<Listed> {
        (0..count)
            .map(|number| Listed(number, 0, false, vec![(number + shift, 1)]))
            .collect()
    };
    let before = conference(&file(&talks(6, 0)));
    let found = |file: &str| suspicions(&before, &conference(file), &Limits::default());
    assert_eq!(found(&file(&talks(6, 0))), Vec::<String>::new());
    assert_eq!(found(&file(&talks(5, 0))), Vec::<String>::new());
    assert_eq!(
        found(&file(&talks(3, 0))),
        ["3 of 6 talks are missing (50 %, the limit is 30 %)"]
    );
    assert_eq!(found(BERLIN), ["all 6 talks are missing"]);
    assert_eq!(
        found(&file(&talks(6, 2))),
        ["6 of 6 times are 2 h later (100 %, the limit is 50 %), as if in the wrong time zone"]
    );
    assert_eq!(
        found(&file(&talks(6, 0)).replace("About it", "")),
        ["6 of 6 abstracts are empty now (100 %, the limit is 50 %)"]
    );
}

fn programme() -> impl Strategy<Value = Vec<Listed>> {
    let slots = prop::collection::vec((0u8..23, 0u8..3), 0..4);
    let talk = (0u8..5, 0u8..3, prop::bool::weighted(0.2), slots);
    prop::collection::vec(talk, 0..6).prop_map(|talks| {
        let mut seen = BTreeSet::new();
        let mut talks: Vec<Listed> = talks
            .into_iter()
            .map(|(a, b, c, d)| Listed(a, b, c, d))
            .collect();
        talks.retain(|talk| seen.insert(talk.0));
        talks
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_history_of_edits_breaks_a_rule(programmes in prop::collection::vec(programme(), 2..6)) {
        let mut state: Option<(Conference, History)> = None;
        for (step, talks) in programmes.iter().enumerate() {
            let now = at("2026-10-23T06:00:00Z") + chrono::TimeDelta::hours(13 * step as i64);
            let next = publish(state.as_ref(), &file(talks), now);
            if let Some((before, history)) = &state {
                let (was, is) = (slots(before), slots(&next.0));
                for (uid, old) in &history.slots {
                    let new = &next.1.slots[uid];
                    prop_assert!(new.sequence >= old.sequence);
                    prop_assert!(new.revision.updated >= old.revision.updated);
                }
                for (uid, shown) in &was {
                    prop_assert!(is.contains_key(uid), "a slot was dropped");
                    let rose = next.1.slots[uid].sequence > history.slots[uid].sequence;
                    prop_assert_eq!(rose, is[uid] != *shown);
                }
                let mut again = next.0.clone();
                keep_vanished(before, &mut again, now);
                prop_assert_eq!(&again, &next.0);
            }
            state = Some(next);
        }
    }
}
