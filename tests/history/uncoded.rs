//! Talks without codes through random histories: whatever one edit does to a talk, subscribers keep
//! the event that they have.

use super::{at, slots};
use crate::conference::{BERLIN, conference};
use chrono::{DateTime, TimeDelta, Utc};
use handbill::history::ledger::Recorded;
use handbill::history::{Edition, slot_uid, successor};
use handbill::model::{Conference, State};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What somebody does to one talk between two editions. Talks are 0 to 4, slots 0 and 1.
#[derive(Debug, Clone, Copy)]
enum Edit {
    Remove(usize),
    BringBack(usize),
    Retitle(usize, u8),
    Move(usize, usize, Place),
    MoveBoth(usize, Place, Place),
    Cancel(usize),
    Restore(usize),
    HoldAgain(usize, Place),
    Drop(usize, usize),
    /// The source lists talks and slots the other way round.
    Reverse,
}

/// Hours since the first day's opening, and the number of a hall.
type Place = (u8, u8);

/// How the source tells the slots of a talk apart.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Naming {
    Nothing,
    /// `occurrence = 2`.
    Numbers,
    /// frab's `guid` and `id`.
    Identifiers,
}

#[derive(Debug, Clone)]
struct Talk {
    number: usize,
    title: String,
    titles_ever: BTreeSet<String>,
    naming: Naming,
    is_listed: bool,
    is_cancelled: bool,
    /// Where each slot is or was; `None` for one that never was.
    places: [Option<Place>; 2],
    is_dropped: [bool; 2],
}

impl Talk {
    fn new(number: usize) -> Self {
        let title = format!("Topic {}", number % 4);
        Self {
            number,
            titles_ever: BTreeSet::from([title.clone()]),
            title,
            naming: [Naming::Nothing, Naming::Numbers, Naming::Identifiers][number % 3],
            is_listed: number < 4,
            is_cancelled: false,
            places: [Some((number as u8, number as u8 % 3)), None],
            is_dropped: [false, false],
        }
    }

    /// The slots that the source lists.
    fn listed(&self) -> Vec<(usize, Place)> {
        let slots = self.places.iter().enumerate();
        let listed = slots.filter(|(slot, _)| !self.is_dropped[*slot]);
        listed
            .filter_map(|(slot, place)| Some((slot, (*place)?)))
            .collect()
    }

    fn file(&self, is_reversed: bool) -> String {
        let Self { number, title, .. } = self;
        let mut text = format!("[[talks]]\ntitle = \"{title}\"\nabstract = \"Talk {number}\"\n");
        if number % 4 != 3 {
            text += &format!("speakers = [\"Speaker {number}\"]\n");
        }
        if self.is_cancelled {
            text += "state = \"cancelled\"\n";
        }
        let mut slots = self.listed();
        if is_reversed {
            slots.reverse();
        }
        for (slot, place) in slots {
            let (start, hall) = shown(place);
            text +=
                &format!("[[talks.slots]]\nstart = {start}\nduration = 45\nroom = \"{hall}\"\n");
            if self.naming == Naming::Numbers {
                text += &format!("occurrence = {}\n", slot + 1);
            }
        }
        text
    }
}

/// The start and the hall as a file says them.
fn shown((hour, hall): Place) -> (String, String) {
    let (day, hour) = (24 + hour / 12, 9 + hour % 12);
    (
        format!("2026-10-{day}T{hour:02}:00:00"),
        format!("Hall {hall}"),
    )
}

struct World {
    talks: Vec<Talk>,
    is_reversed: bool,
    /// The talks that this edition has edited already: one edit each.
    edited: BTreeSet<usize>,
}

impl World {
    fn new() -> Self {
        Self {
            // The last is called as the first was at first, and is somebody else's.
            talks: (0..5).map(Talk::new).collect(),
            is_reversed: false,
            edited: BTreeSet::new(),
        }
    }

    fn is_free(&self, place: Place) -> bool {
        let mut places = self.talks.iter().flat_map(|talk| talk.places);
        !places.any(|taken| taken == Some(place))
    }

    /// Whether a talk may be called so without being taken for another: nobody is, and those who were
    /// are in the programme under a title that stays.
    fn may_be_called(&self, number: usize, title: &str) -> bool {
        let others = self.talks.iter().filter(|talk| talk.number != number);
        let mut namesakes = others.filter(|talk| talk.titles_ever.contains(title));
        namesakes.all(|talk| {
            talk.title != title && talk.is_listed && !self.edited.contains(&talk.number)
        }) || self
            .talks
            .iter()
            .all(|talk| talk.number == number || !talk.titles_ever.contains(title))
    }

    /// Does what is sensible, and nothing else.
    fn edit(&mut self, edit: Edit) {
        let number = match edit {
            Edit::Reverse => {
                self.is_reversed = !self.is_reversed;
                return;
            }
            Edit::Remove(number)
            | Edit::BringBack(number)
            | Edit::Retitle(number, _)
            | Edit::Move(number, ..)
            | Edit::MoveBoth(number, ..)
            | Edit::Cancel(number)
            | Edit::Restore(number)
            | Edit::HoldAgain(number, _)
            | Edit::Drop(number, _) => number,
        };
        let mut talk = self.talks[number].clone();
        if !self.edited.contains(&number) && self.apply(edit, &mut talk) {
            self.edited.insert(number);
            self.talks[number] = talk;
        }
    }

    /// Whether the edit was possible.
    fn apply(&self, edit: Edit, talk: &mut Talk) -> bool {
        let takes_place = talk.is_listed && !talk.is_cancelled;
        match edit {
            Edit::Reverse => false,
            Edit::Remove(_) => std::mem::replace(&mut talk.is_listed, false),
            Edit::BringBack(_) => {
                let is_possible = !talk.is_listed && self.may_be_called(talk.number, &talk.title);
                talk.is_listed |= is_possible;
                is_possible
            }
            Edit::Retitle(_, take) => {
                let title = format!("Topic {}, take {take}", talk.number);
                let is_possible = takes_place && self.may_be_called(talk.number, &title);
                talk.titles_ever.insert(title.clone());
                talk.title = title;
                is_possible
            }
            Edit::Move(_, slot, place) => {
                let is_held = talk.places[slot].is_some() && !talk.is_dropped[slot];
                talk.places[slot] = Some(place);
                takes_place && is_held && self.is_free(place)
            }
            Edit::MoveBoth(_, first, second) => {
                let is_held = talk.listed().len() == 2 && talk.naming != Naming::Nothing;
                talk.places = [Some(first), Some(second)];
                let is_free = first != second && self.is_free(first) && self.is_free(second);
                takes_place && is_held && is_free
            }
            Edit::Cancel(_) => takes_place && !std::mem::replace(&mut talk.is_cancelled, true),
            Edit::Restore(_) => talk.is_listed && std::mem::replace(&mut talk.is_cancelled, false),
            Edit::HoldAgain(_, place) => {
                let slots = [0, 1].into_iter();
                let mut missing =
                    slots.filter(|slot| talk.is_dropped[*slot] || talk.places[*slot].is_none());
                let Some(slot) = missing.next() else {
                    return false;
                };
                talk.places[slot] = Some(place);
                talk.is_dropped[slot] = false;
                takes_place && self.is_free(place)
            }
            Edit::Drop(_, slot) => {
                talk.is_dropped[slot] = true;
                takes_place && self.talks[talk.number].listed().len() == 2
            }
        }
    }

    fn conference(&self) -> Conference {
        let mut talks: Vec<&Talk> = self.talks.iter().filter(|talk| talk.is_listed).collect();
        if self.is_reversed {
            talks.reverse();
        }
        let files = talks.iter().map(|talk| talk.file(self.is_reversed));
        let mut conference = conference(&(BERLIN.to_owned() + &files.collect::<String>()));
        for talk in &mut conference.talks {
            let known = self.talks.iter().find(|known| is_of(talk, known));
            let known = known.expect("a talk of the file");
            for slot in &mut talk.slots {
                let place = known
                    .listed()
                    .into_iter()
                    .find(|(_, place)| is_at(slot, *place));
                let (number, _) = place.expect("a slot of the file");
                if known.naming == Naming::Identifiers {
                    let id = known.number as u64 * 10 + number as u64;
                    slot.identifiers.id = Some(id);
                    slot.identifiers.guid = Some(Uuid::from_u128(id.into()));
                }
            }
        }
        conference
    }
}

/// Whether a published talk is this one: its abstract says so, by which no talk is recognised.
fn is_of(talk: &handbill::model::Talk, known: &Talk) -> bool {
    *talk.summary == *format!("Talk {}", known.number)
}

fn is_at(slot: &handbill::model::Slot, place: Place) -> bool {
    let (start, hall) = shown(place);
    let span = slot.when.timed().expect("a time");
    span.start().wall().format("%Y-%m-%dT%H:%M:%S").to_string() == start
        && slot.room.as_ref().is_some_and(|room| *room.name == *hall)
}

/// What subscribers have.
#[derive(Default)]
struct Subscribers {
    /// The UID of each slot of each talk since it was first seen.
    uids: BTreeMap<(usize, usize), Uuid>,
}

impl Subscribers {
    fn see(
        &mut self,
        world: &World,
        published: &Conference,
        edition: u64,
    ) -> Result<(), TestCaseError> {
        for talk in &world.talks {
            let of_talk = published.talks.iter().find(|other| is_of(other, talk));
            let listed = if talk.is_listed {
                talk.listed()
            } else {
                Vec::new()
            };
            for (slot, place) in listed {
                let name = format!("slot {slot} of talk {} in edition {edition}", talk.number);
                prop_assert!(of_talk.is_some(), "{} is not there", name);
                let of_talk = of_talk.expect("checked");
                let mut shown = of_talk.slots.iter().filter(|slot| is_at(slot, place));
                let found = shown.next();
                prop_assert!(found.is_some(), "{} is not there", name);
                let found = found.expect("checked");
                let uid = slot_uid(published, of_talk, found);
                let known = *self.uids.entry((talk.number, slot)).or_insert(uid);
                prop_assert_eq!(known, uid, "{} has another UID", name);
                let expected = match talk.is_cancelled {
                    true => State::Cancelled,
                    false => State::Confirmed,
                };
                prop_assert_eq!(found.state, expected, "{}", name);
            }
        }
        let distinct: BTreeSet<&Uuid> = self.uids.values().collect();
        prop_assert_eq!(distinct.len(), self.uids.len(), "two slots had one UID");
        Ok(())
    }

    /// The UIDs of what the source does not list any more.
    fn vanished<'a>(&'a self, world: &'a World) -> impl Iterator<Item = &'a Uuid> {
        let vanished = self.uids.iter().filter(|((talk, slot), _)| {
            let talk = &world.talks[*talk];
            !talk.is_listed || talk.is_dropped[*slot]
        });
        vanished.map(|(_, uid)| uid)
    }
}

fn published(state: (Conference, handbill::history::History)) -> Recorded {
    let (conference, history) = state;
    Recorded {
        edition: Edition {
            number: history.edition,
            published: None,
            source: "conference.toml".into(),
            digest: String::new(),
            note: None,
        },
        conference: conference.into(),
        history: history.into(),
    }
}

fn nothing_fell(before: &Recorded, after: &Recorded) -> Result<(), TestCaseError> {
    let (was, is) = (slots(&before.conference), slots(&after.conference));
    for (uid, old) in &before.history.slots {
        let new = &after.history.slots[uid];
        prop_assert!(new.sequence >= old.sequence, "a SEQUENCE fell");
        prop_assert!(
            new.revision.updated >= old.revision.updated,
            "a LAST-MODIFIED fell"
        );
        if let (Some(was), Some(is)) = (was.get(uid), is.get(uid)) {
            prop_assert_eq!(new.sequence > old.sequence, was != is);
        }
    }
    Ok(())
}

fn edits() -> impl Strategy<Value = Vec<Vec<Edit>>> {
    let talk = || 0..5_usize;
    let slot = || 0..2_usize;
    let place = || (0..22_u8, 0..3_u8);
    let edit = prop_oneof![
        talk().prop_map(Edit::Remove),
        talk().prop_map(Edit::BringBack),
        (talk(), 1..4_u8).prop_map(|(talk, take)| Edit::Retitle(talk, take)),
        (talk(), slot(), place()).prop_map(|(talk, slot, place)| Edit::Move(talk, slot, place)),
        (talk(), place(), place()).prop_map(|(talk, one, two)| Edit::MoveBoth(talk, one, two)),
        talk().prop_map(Edit::Cancel),
        talk().prop_map(Edit::Restore),
        (talk(), place()).prop_map(|(talk, place)| Edit::HoldAgain(talk, place)),
        (talk(), slot()).prop_map(|(talk, slot)| Edit::Drop(talk, slot)),
        Just(Edit::Reverse),
    ];
    prop::collection::vec(prop::collection::vec(edit, 1..4), 1..10)
}

const WEEKS_BEFORE: &str = "2026-10-02T12:00:00Z";
const WEEKS_AFTER: &str = "2026-11-20T12:00:00Z";

fn check(editions: &[Vec<Edit>]) -> Result<(), TestCaseError> {
    let mut world = World::new();
    let mut subscribers = Subscribers::default();
    let mut now: DateTime<Utc> = at(WEEKS_BEFORE);
    let first = successor(None, world.conference(), now).expect("a first edition");
    let mut last = published(first);
    subscribers.see(&world, &last.conference, 1)?;
    for edits in editions {
        world.edited.clear();
        for edit in edits {
            world.edit(*edit);
        }
        now += TimeDelta::minutes(10);
        let Some(next) = successor(Some(&last), world.conference(), now) else {
            continue;
        };
        let next = published(next);
        nothing_fell(&last, &next)?;
        subscribers.see(&world, &next.conference, next.history.edition)?;
        let shown = slots(&next.conference);
        for uid in subscribers.vanished(&world) {
            let shown = shown.get(uid).map_or("", String::as_str);
            prop_assert!(shown.ends_with("Cancelled"), "what vanished is {shown:?}");
        }
        let again = successor(Some(&next), world.conference(), now + TimeDelta::minutes(1));
        prop_assert!(again.is_none(), "the same state is a new edition");
        last = next;
    }
    let Some(over) = successor(Some(&last), world.conference(), at(WEEKS_AFTER)) else {
        return Ok(());
    };
    let over = published(over);
    nothing_fell(&last, &over)?;
    subscribers.see(&world, &over.conference, over.history.edition)?;
    let shown = slots(&over.conference);
    for uid in subscribers.vanished(&world) {
        prop_assert!(
            !shown.contains_key(uid),
            "what vanished outlives the conference"
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn talks_without_codes_stay_the_events_that_they_were(editions in edits()) {
        check(&editions)?;
    }
}

#[test]
fn rooms_that_only_vanished_talks_have_keep_their_order() {
    let editions = [
        vec![Edit::Reverse],
        vec![Edit::Reverse, Edit::HoldAgain(1, (0, 2))],
        vec![Edit::Drop(1, 0)],
        vec![Edit::Remove(3), Edit::Remove(0)],
    ];
    check(&editions).expect("the same state is no new edition");
}

#[test]
fn a_title_that_a_talk_had_once_is_free_for_another_talk() {
    let editions = [
        vec![Edit::Retitle(0, 1)],
        vec![Edit::BringBack(4), Edit::Remove(0)],
    ];
    check(&editions).expect("two talks");
}
