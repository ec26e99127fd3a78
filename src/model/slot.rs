use super::{Plain, Room, State, Zone, zone::Resolved};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use std::sync::Arc;
use uuid::Uuid;

/// One occurrence of a talk.
///
/// frab puts it into the event (`start`, `room`), pretalx calls it a *slot*; becomes a VEVENT.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot {
    /// Which of the talk's occurrences this is, from 1. Part of the identifier: it does not change
    /// when the occurrence moves.
    pub occurrence: u32,
    /// Whether the organisers gave it that number. Without one it is found out by what it has in common
    /// with the published occurrences.
    pub is_numbered: bool,
    /// When it is held.
    pub when: When,
    /// Where it is held.
    pub room: Option<Arc<Room>>,
    /// Whether this occurrence takes place.
    pub state: State,
    /// What the organisers' tool calls this occurrence.
    pub identifiers: Identifiers,
}

/// The identifiers that the organisers' tool gave an occurrence of a talk, for the formats that pass
/// them on (frab, c3voc). handbill's own are made of the talk's code.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Identifiers {
    /// frab's `guid`.
    pub guid: Option<Uuid>,
    /// frab's `id`.
    pub id: Option<u64>,
    /// frab's `slug`.
    pub slug: Option<Plain>,
}

/// When a slot is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// From an instant on, mostly to a later one.
    Span(Span),
    /// On a day whose hour is not known.
    Day(NaiveDate),
}

/// A stretch of time, or only its start where its end is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    start: Moment,
    end: Moment,
}

impl Span {
    /// Its first instant.
    pub fn start(&self) -> Moment {
        self.start
    }

    /// The instant at which it is over; its start where that is not known.
    pub fn end(&self) -> Moment {
        self.end
    }

    /// Whether it is known when it is over.
    pub fn has_end(&self) -> bool {
        self.end.instant > self.start.instant
    }
}

/// An instant together with what the clock on the conference's wall shows then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    instant: DateTime<Utc>,
    wall: NaiveDateTime,
    wall_is_unique: bool,
}

impl Moment {
    /// The moment of an instant in a zone.
    pub fn new(instant: DateTime<Utc>, zone: &Zone) -> Self {
        let wall = zone.wall(instant);
        Self {
            instant,
            wall,
            wall_is_unique: matches!(zone.resolve(wall), Resolved::Once(_)),
        }
    }

    /// The instant.
    pub fn instant(self) -> DateTime<Utc> {
        self.instant
    }

    /// The clock on the wall.
    pub fn wall(self) -> NaiveDateTime {
        self.wall
    }

    /// Whether the wall clock alone names the instant: false in the hour that the clocks repeat.
    pub fn wall_is_unique(self) -> bool {
        self.wall_is_unique
    }
}

/// Why a stretch of time cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the end {end} is before the start {start}")]
pub struct SlotError {
    /// The start that was given.
    pub start: NaiveDateTime,
    /// The end that was given.
    pub end: NaiveDateTime,
}

impl When {
    /// A stretch of time; `end` is `start` where it is not known.
    ///
    /// # Errors
    ///
    /// When `end` is before `start`.
    pub fn span(start: Moment, end: Moment) -> Result<Self, SlotError> {
        if end.instant < start.instant {
            let (start, end) = (start.wall, end.wall);
            return Err(SlotError { start, end });
        }
        Ok(Self::Span(Span { start, end }))
    }

    /// The wall clock date on which it begins.
    pub fn date(&self) -> NaiveDate {
        match self {
            Self::Span(span) => span.start.wall.date(),
            Self::Day(date) => *date,
        }
    }

    /// The stretch of time, where the hours are known.
    pub fn timed(&self) -> Option<&Span> {
        match self {
            Self::Span(span) => Some(span),
            Self::Day(_) => None,
        }
    }
}

impl Slot {
    /// The date of the conference day that it belongs to.
    pub fn day(&self, days: &[super::Day]) -> NaiveDate {
        match &self.when {
            When::Span(span) => super::day::date_of(span.start.wall, days),
            When::Day(date) => *date,
        }
    }
}
