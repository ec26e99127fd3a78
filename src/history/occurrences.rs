//! Which occurrence of a talk is which: sources list a talk's slots in order, so without this two of
//! them would swap their UIDs when the first moves past the second.
//!
//! Numbers that the organisers gave are never questioned. The other slots are recognised by what they
//! have in common with a published one, the surest first; those that take place are recognised before
//! those that were cancelled, so that an occurrence which comes back is restored.

use crate::model::{Conference, Day, Slot, State};
use std::collections::{BTreeMap, BTreeSet};

/// What two slots have in common, the surest first.
#[derive(Clone, Copy)]
enum Likeness {
    WhenAndRoom,
    Identifier,
    Start,
    DayAndRoom,
    Room,
    Day,
    /// Nothing but the talk: the rest in order.
    Order,
}

const SUREST_FIRST: [Likeness; 7] = [
    Likeness::WhenAndRoom,
    Likeness::Identifier,
    Likeness::Start,
    Likeness::DayAndRoom,
    Likeness::Room,
    Likeness::Day,
    Likeness::Order,
];

impl Likeness {
    fn holds(self, before: &Slot, before_days: &[Day], slot: &Slot, days: &[Day]) -> bool {
        let room = |slot: &Slot| slot.room.as_ref().map(|room| room.name.clone());
        let start = |slot: &Slot| slot.when.timed().map(|span| span.start().instant());
        let is_one_room = room(before).is_some() && room(before) == room(slot);
        let is_one_day = before.day(before_days) == slot.day(days);
        match self {
            Self::WhenAndRoom => before.when == slot.when && room(before) == room(slot),
            Self::Identifier => {
                let (known, said) = (&before.identifiers, &slot.identifiers);
                (said.guid.is_some() && said.guid == known.guid)
                    || (said.id.is_some() && said.id == known.id)
            }
            Self::Start => start(slot).is_some() && start(before) == start(slot),
            Self::DayAndRoom => is_one_day && is_one_room,
            Self::Room => is_one_room,
            Self::Day => is_one_day,
            Self::Order => true,
        }
    }
}

/// Gives each slot of `conference` the number that it had in `before`, the published state. Talks are
/// told apart by code, so [`super::History::keep_codes`] comes first. A slot that is new gets a number
/// that its talk never had.
pub fn keep_occurrences(before: &Conference, conference: &mut Conference) {
    let published: BTreeMap<_, _> = before
        .talks
        .iter()
        .map(|talk| (&talk.code, &talk.slots))
        .collect();
    for talk in &mut conference.talks {
        if let Some(known) = published.get(&talk.code) {
            let mut matching = Matching::new(known, &talk.slots);
            matching.run(&before.days, &conference.days);
            let numbers = matching.numbers();
            for (slot, number) in talk.slots.iter_mut().zip(numbers) {
                slot.occurrence = number;
            }
        }
    }
}

/// The slots of one talk, and which number each has got so far.
struct Matching<'a> {
    known: &'a [Slot],
    slots: &'a [Slot],
    numbers: Vec<Option<u32>>,
    taken: BTreeSet<u32>,
}

impl<'a> Matching<'a> {
    fn new(known: &'a [Slot], slots: &'a [Slot]) -> Self {
        let given = |slot: &Slot| slot.is_numbered.then_some(slot.occurrence);
        let numbers: Vec<Option<u32>> = slots.iter().map(given).collect();
        let taken = numbers.iter().flatten().copied().collect();
        Self {
            known,
            slots,
            numbers,
            taken,
        }
    }

    fn run(&mut self, known_days: &[Day], days: &[Day]) {
        let is_off = |slot: &Slot| slot.state == State::Cancelled;
        let is_unchanged = |known: &Slot, slot: &Slot| {
            is_off(known) == is_off(slot)
                && Likeness::WhenAndRoom.holds(known, known_days, slot, days)
        };
        self.pair(is_unchanged);
        for with_cancelled in [false, true] {
            for likeness in SUREST_FIRST {
                self.pair(|known, slot| {
                    is_off(known) == with_cancelled && likeness.holds(known, known_days, slot, days)
                });
            }
        }
    }

    /// Gives each slot that has no number yet the first free one of a known slot like it.
    fn pair(&mut self, is_like: impl Fn(&Slot, &Slot) -> bool) {
        for (slot, number) in self.slots.iter().zip(&mut self.numbers) {
            if number.is_some() {
                continue;
            }
            let free = |known: &&Slot| !self.taken.contains(&known.occurrence);
            let mut free = self.known.iter().filter(free);
            if let Some(found) = free.find(|known| is_like(known, slot)) {
                *number = Some(found.occurrence);
                self.taken.insert(found.occurrence);
            }
        }
    }

    /// The numbers, with new ones for what is new.
    fn numbers(self) -> Vec<u32> {
        let known = self.known.iter().map(|slot| slot.occurrence);
        let mut highest = known.chain(self.taken).max().unwrap_or(0);
        let numbers = self.numbers.into_iter();
        numbers
            .map(|number| {
                number.unwrap_or_else(|| {
                    highest = highest.saturating_add(1);
                    highest
                })
            })
            .collect()
    }
}
