//! What the rules look at.

use super::size::{self, Calendar};
use crate::model::{Conference, Moment, Room, Slot, Span, State, Talk};
use crate::source::{Place, Places};
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Arc;

/// The longest title that a message repeats in full, in characters.
const LONGEST_QUOTE: usize = 60;

/// How many of many things a message names.
const FIRST_FEW: usize = 3;

/// A conference, where it is said, and the calendars that are made of it.
pub(super) struct Programme<'a> {
    pub(super) conference: &'a Conference,
    places: &'a Places,
    /// The first source: where what belongs to no talk is mended.
    pub(super) place: Place,
    /// The calendar of the whole conference first.
    pub(super) calendars: Vec<Calendar>,
}

/// A slot whose hours are known and that takes place.
#[derive(Clone, Copy)]
pub(super) struct Held<'a> {
    pub(super) talk: &'a Talk,
    pub(super) slot: &'a Slot,
    pub(super) span: &'a Span,
}

impl<'a> Programme<'a> {
    pub(super) fn new(conference: &'a Conference, places: &'a Places, file: &str) -> Self {
        Self {
            conference,
            places,
            place: Place::file(file),
            calendars: size::calendars(conference),
        }
    }

    /// The slots whose hours are known and that take place, in programme order.
    pub(super) fn held(&self) -> Vec<Held<'a>> {
        let mut held = Vec::new();
        for talk in &self.conference.talks {
            for slot in &talk.slots {
                if let (Some(span), true) = (slot.when.timed(), slot.state != State::Cancelled) {
                    held.push(Held { talk, slot, span });
                }
            }
        }
        held
    }

    /// Where a talk is said.
    pub(super) fn place_of(&self, talk: &Talk) -> Place {
        let places = self.places.get(&talk.code);
        places.map_or_else(|| self.place.clone(), |places| places.talk.clone())
    }

    /// Where a slot is said.
    pub(super) fn place_at(&self, talk: &Talk, slot: &Slot) -> Place {
        let places = self.places.get(&talk.code);
        places.map_or_else(|| self.place.clone(), |places| places.of(slot).clone())
    }

    /// `"One" (conference.toml:8:1), "Two" (conference.toml:14:1) and 5 more`.
    pub(super) fn first_few(&self, talks: &[&Talk]) -> String {
        let shown = |talk: &&Talk| format!("{} ({})", quoted(&talk.title), self.place_of(talk));
        first_few(talks.iter().map(shown), talks.len())
    }
}

impl<'a> Held<'a> {
    pub(super) fn start(&self) -> DateTime<Utc> {
        self.span.start().instant()
    }

    pub(super) fn end(&self) -> DateTime<Utc> {
        self.span.end().instant()
    }

    pub(super) fn length(&self) -> TimeDelta {
        self.end() - self.start()
    }

    pub(super) fn room(&self) -> Option<&'a Arc<Room>> {
        self.slot.room.as_ref()
    }

    /// `"One" (2026-10-24 10:00–10:45)`, by the clock on the conference's wall.
    pub(super) fn shown(&self) -> String {
        format!("{} ({})", quoted(&self.talk.title), self.hours())
    }

    /// The same with its room, where it has one.
    pub(super) fn shown_with_room(&self) -> String {
        match self.room() {
            Some(room) => format!("{} in {}", self.shown(), room.name),
            None => self.shown(),
        }
    }

    fn hours(&self) -> String {
        let start = wall(self.span.start());
        let end = self.span.end();
        if !self.span.has_end() {
            start
        } else if self.length() < TimeDelta::days(1) {
            format!("{start}–{}", end.wall().format("%H:%M"))
        } else {
            format!("{start} to {}", wall(end))
        }
    }
}

fn wall(moment: Moment) -> String {
    moment.wall().format("%Y-%m-%d %H:%M").to_string()
}

/// What a problem calls a talk: by the organisers' code, which they can look up, else by its title.
pub(super) fn name(talk: &Talk) -> String {
    let code = talk.given_code.as_deref();
    code.unwrap_or(&talk.title).to_owned()
}

/// A title in a message.
pub(super) fn quoted(title: &str) -> String {
    if title.chars().count() <= LONGEST_QUOTE {
        return format!("\"{title}\"");
    }
    let start: String = title.chars().take(LONGEST_QUOTE - 3).collect();
    format!("\"{start}…\"")
}

/// The first few of `count` things, and how many there are more.
pub(super) fn first_few(things: impl Iterator<Item = String>, count: usize) -> String {
    let shown: Vec<String> = things.take(FIRST_FEW).collect();
    let text = shown.join(", ");
    match count.saturating_sub(FIRST_FEW) {
        0 => text,
        more => format!("{text} and {more} more"),
    }
}

/// `1 talk` or `7 talks`.
pub(super) fn counted(count: usize, one: &str) -> String {
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{count} {one}s")
    }
}

/// `45 min`, `1 h`, `1 h 30 min`.
pub(super) fn length(length: TimeDelta) -> String {
    match (length.num_hours(), length.num_minutes() % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}
