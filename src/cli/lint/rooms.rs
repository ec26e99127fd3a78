//! Rooms in which two things happen at once.

use super::programme::{Held, Programme, name};
use crate::model::{Kind, Slug};
use crate::source::{Problem, Severity};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Two slots in one room, of which the second starts before the first is over.
pub(super) struct Clash<'a> {
    pub(super) first: Held<'a>,
    pub(super) second: Held<'a>,
}

impl Clash<'_> {
    /// Whether one of the two is a break or a party: those are often in the room of the talks.
    pub(super) fn is_with_pause(&self) -> bool {
        is_pause(&self.first) || is_pause(&self.second)
    }
}

/// Two talks in one room.
pub(super) fn double_booked(programme: &Programme<'_>) -> Vec<Problem> {
    let clashes = clashes(programme);
    let talks = clashes.iter().filter(|clash| !clash.is_with_pause());
    let remedy = "move one of them, or mark what does not take place as cancelled";
    talks
        .map(|clash| told(programme, clash, Severity::Warning, remedy))
        .collect()
}

/// A break or a party in a room where a talk is held.
pub(super) fn break_during_talk(programme: &Programme<'_>) -> Vec<Problem> {
    let clashes = clashes(programme);
    let pauses = clashes.iter().filter(|clash| clash.is_with_pause());
    pauses
        .map(|clash| told(programme, clash, Severity::Note, ""))
        .collect()
}

fn told(programme: &Programme<'_>, clash: &Clash<'_>, severity: Severity, remedy: &str) -> Problem {
    let Clash { first, second } = clash;
    let room = second.room().map_or("", |room| &room.name);
    let message = format!(
        "{} begins in {room} while {} is there, said at {}",
        second.shown(),
        first.shown(),
        programme.place_at(first.talk, first.slot)
    );
    let place = programme.place_at(second.talk, second.slot);
    Problem::new(severity, place, message, remedy).of_talk(name(second.talk))
}

/// Every slot that begins in a room where another is still on, once.
pub(super) fn clashes<'a>(programme: &Programme<'a>) -> Vec<Clash<'a>> {
    let mut rooms: BTreeMap<&Slug, Vec<Held<'a>>> = BTreeMap::new();
    for held in programme.held() {
        // What has no known end occupies nothing that is known.
        if let Some(room) = held.room().filter(|_| held.span.has_end()) {
            rooms.entry(&room.slug).or_default().push(held);
        }
    }
    rooms.into_values().flat_map(in_room).collect()
}

/// Of each sort the slot that lasts longest is enough to see whether the room is taken. A lightning
/// talk with two others inside of it is the block of them.
fn in_room(mut all: Vec<Held<'_>>) -> Vec<Clash<'_>> {
    all.sort_by_key(|held| (held.start(), Reverse(held.end())));
    let mut clashes = Vec::new();
    let (mut talk, mut block, mut pause) = (None, None, None);
    for (at, held) in all.iter().enumerate() {
        let next = all.get(at + 1..at + 3).unwrap_or_default();
        let is_block = next.len() == 2 && next.iter().all(|next| is_in_block(next, held));
        let talk_on = still_on(talk, held);
        let block_on = still_on(block, held).filter(|block| !is_in_block(held, block));
        let pause_on = still_on(pause, held).filter(|_| !is_pause(held));
        if let Some(first) = talk_on.or(block_on).or(pause_on) {
            let second = *held;
            clashes.push(Clash { first, second });
        }
        let longest = if is_pause(held) {
            &mut pause
        } else if is_block {
            &mut block
        } else {
            &mut talk
        };
        if longest.is_none_or(|known: Held<'_>| known.end() < held.end()) {
            *longest = Some(*held);
        }
    }
    clashes
}

/// The slot, if it is not over when the next one begins.
fn still_on<'a>(slot: Option<Held<'a>>, next: &Held<'_>) -> Option<Held<'a>> {
    slot.filter(|slot| slot.end() > next.start())
}

/// Whether a talk is one of those in a block of lightning talks that is listed, too.
fn is_in_block(held: &Held<'_>, block: &Held<'_>) -> bool {
    block.talk.kind == Kind::Lightning
        && !is_pause(held)
        && block.start() <= held.start()
        && held.end() <= block.end()
        && held.length() < block.length()
}

fn is_pause(held: &Held<'_>) -> bool {
    matches!(held.talk.kind, Kind::Break | Kind::Social)
}
