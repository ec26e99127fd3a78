//! What one source says about a conference, before several sources are merged.
//!
//! Everything is optional: a source says what it knows. Rooms, tracks and speakers are named, days
//! may be numbered; [`super::assemble`] resolves names and numbers into the model.

use super::Place;
use crate::model::{
    Colour, Geo, Kind, Language, Link, Markdown, Plain, Slug, State, TalkCode, WebUrl, Zone,
};
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

/// What one source says about a conference.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The source itself.
    pub place: Place,
    /// Its name in URLs.
    pub slug: Option<Slug>,
    /// Its name for people.
    pub name: Option<Plain>,
    /// The zone of its wall clock times.
    pub zone: Option<Zone>,
    /// Its human site.
    pub url: Option<WebUrl>,
    /// The owner of its `tag:` identifiers.
    pub authority: Option<String>,
    /// What it is about.
    pub description: Option<Markdown>,
    /// The language of its texts.
    pub language: Option<Language>,
    /// Name of the place where it is held.
    pub venue: Option<Plain>,
    /// Postal address of that place.
    pub address: Option<Plain>,
    /// Position of that place.
    pub geo: Option<Geo>,
    /// Where it is streamed.
    pub online: Option<WebUrl>,
    /// The colour of its calendar.
    pub colour: Option<Colour>,
    /// Its days, in order: the first is day 1.
    pub days: Vec<DraftDay>,
    /// Its rooms, in order.
    pub rooms: Vec<DraftRoom>,
    /// Its tracks, in order.
    pub tracks: Vec<DraftTrack>,
    /// What is known of its speakers beyond their names.
    pub speakers: Vec<DraftSpeaker>,
    /// Its talks, in order.
    pub talks: Vec<DraftTalk>,
    /// Links of the conference as a whole.
    pub links: Vec<Link>,
    /// Remarks that belong to no talk.
    pub notes: Option<Markdown>,
    /// When the organisers last revised the data.
    pub updated: Option<DateTime<Utc>>,
    /// What was found, for the report of `handbill check`: ("talks", 18), ("links", 31) …
    pub counts: Vec<(&'static str, usize)>,
}

/// A day of the conference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftDay {
    /// Where it is said.
    pub place: Place,
    /// Its date.
    pub date: NaiveDate,
    /// A name such as "Sprints".
    pub name: Option<Plain>,
}

/// A room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRoom {
    /// Its name.
    pub name: Plain,
    /// Its name in URLs, where the source fixes one.
    pub slug: Option<Slug>,
    /// Where what happens here is streamed.
    pub online: Option<WebUrl>,
}

/// A track.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftTrack {
    /// Its name.
    pub name: Plain,
    /// Its name in URLs, where the source fixes one.
    pub slug: Option<Slug>,
    /// Its colour.
    pub colour: Option<Colour>,
}

/// A speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftSpeaker {
    /// Their name.
    pub name: Plain,
    /// Who they are.
    pub biography: Markdown,
    /// Their own page.
    pub url: Option<WebUrl>,
    /// A picture of them.
    pub picture: Option<WebUrl>,
}

/// What one source says about a talk.
#[derive(Debug, Clone, Default)]
pub struct DraftTalk {
    /// Where it is said.
    pub place: Place,
    /// The organisers' own code.
    pub code: Option<TalkCode>,
    /// Its title, never empty.
    pub title: Plain,
    /// A second line under the title.
    pub subtitle: Option<Plain>,
    /// What sort of item it is.
    pub kind: Option<Kind>,
    /// Whether it takes place.
    pub state: Option<State>,
    /// The abstract.
    pub summary: Option<Markdown>,
    /// A longer text beside the abstract.
    pub description: Option<Markdown>,
    /// Somebody's remarks.
    pub notes: Option<Markdown>,
    /// Who speaks, by name.
    pub speakers: Vec<Plain>,
    /// Its track, by name.
    pub track: Option<Plain>,
    /// The language it is held in.
    pub language: Option<Language>,
    /// Its own page.
    pub url: Option<WebUrl>,
    /// Where it is streamed.
    pub online: Option<WebUrl>,
    /// A picture for it.
    pub image: Option<WebUrl>,
    /// Slides, recordings and whatever else belongs to it.
    pub links: Vec<Link>,
    /// Free words to find it by.
    pub tags: Vec<Plain>,
    /// The licence of its recording.
    pub licence: Option<Plain>,
    /// When its data last changed.
    pub updated: Option<DateTime<Utc>>,
    /// Its occurrences.
    pub slots: Vec<DraftSlot>,
}

/// What one source says about an occurrence of a talk.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DraftSlot {
    /// Where it is said.
    pub place: Place,
    /// Which occurrence it is, from 1, where the source numbers them.
    pub occurrence: Option<u32>,
    /// The conference day, where it is said apart from the start.
    pub day: Option<DayRef>,
    /// When it starts.
    pub start: Option<Clock>,
    /// When it ends.
    pub end: Option<End>,
    /// Its room, by name.
    pub room: Option<Plain>,
    /// Whether this occurrence takes place, where it differs from the talk's.
    pub state: Option<State>,
}

/// A day of the conference, by date or by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayRef {
    /// The date on which it begins.
    Date(NaiveDate),
    /// Its place in the conference, from 1.
    Number(usize),
}

/// A time as a source writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// On the conference's wall, with its date.
    Wall(NaiveDateTime),
    /// On the conference's wall, on the day that the slot names.
    Time(NaiveTime),
    /// With its offset from UTC: the instant is known.
    Instant(DateTime<FixedOffset>),
}

/// How a source says when a slot is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// At a time.
    At(Clock),
    /// This long after the start.
    After(TimeDelta),
}
