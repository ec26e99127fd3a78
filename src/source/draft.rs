//! What one source says about a conference, before several sources are merged.
//!
//! Everything is optional: a source says what it knows. Rooms, tracks and speakers are named, days
//! may be numbered; [`super::assemble`] resolves names and numbers into the model.

use super::Place;
use crate::model::{
    Colour, Geo, Identifiers, Kind, Language, Link, Markdown, Plain, Policy, Slug, State, TalkCode,
    WebUrl, Zone,
};
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What one source says about a conference.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The source itself.
    pub place: Place,
    /// Its name in URLs.
    pub slug: Option<Slug>,
    /// Its name for people.
    pub name: Option<Plain>,
    /// Its short name in the organisers' tool.
    pub acronym: Option<Plain>,
    /// The name of this state of the schedule in the organisers' tool.
    pub version: Option<Plain>,
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
    /// Its picture.
    pub logo: Option<WebUrl>,
    /// What the source takes relative addresses from.
    pub base_url: Option<WebUrl>,
    /// The step of the grid that talks are placed on.
    pub timeslot: Option<TimeDelta>,
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
    /// How changes of it are published: only its conference file says so.
    pub policy: Policy,
    /// What was found, for the report of `handbill check`: ("talks", 18), ("links", 31) …
    pub counts: Vec<(&'static str, usize)>,
    /// What the model has no place for, and how often the source says it: ("answers", 354) …
    pub uncarried: BTreeMap<String, usize>,
}

impl Draft {
    /// Counts something that the model has no place for.
    pub(super) fn leave_out(&mut self, what: &str) {
        match self.uncarried.get_mut(what) {
            Some(count) => *count += 1,
            None => {
                self.uncarried.insert(what.to_owned(), 1);
            }
        }
    }
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
    /// When it opens and when it is over.
    pub hours: Option<(Clock, Clock)>,
}

/// A room.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DraftRoom {
    /// Its name.
    pub name: Plain,
    /// Its name in URLs, where the source fixes one.
    pub slug: Option<Slug>,
    /// Where what happens here is streamed.
    pub online: Option<WebUrl>,
    /// The source's identifier of it.
    pub guid: Option<Uuid>,
    /// How many people it seats.
    pub capacity: Option<u32>,
    /// What it is like.
    pub description: Markdown,
}

/// A track.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DraftTrack {
    /// Its name.
    pub name: Plain,
    /// Its name in URLs, where the source fixes one.
    pub slug: Option<Slug>,
    /// Its colour.
    pub colour: Option<Colour>,
}

/// A speaker.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DraftSpeaker {
    /// Their name.
    pub name: Plain,
    /// Who they are.
    pub biography: Markdown,
    /// Their own page.
    pub url: Option<WebUrl>,
    /// A picture of them.
    pub picture: Option<WebUrl>,
    /// Further pages of theirs.
    pub links: Vec<Link>,
    /// The source's identifier of them.
    pub guid: Option<Uuid>,
    /// The source's number for them.
    pub id: Option<u64>,
    /// The source's code for them.
    pub code: Option<Plain>,
}

/// What one source says about a talk.
#[derive(Debug, Clone, Default)]
pub struct DraftTalk {
    /// Where it is said.
    pub place: Place,
    /// The organisers' own code.
    pub code: Option<TalkCode>,
    /// Its title. Empty where only another source says it: then the code tells which talk it is.
    pub title: Plain,
    /// A second line under the title.
    pub subtitle: Option<Plain>,
    /// What sort of item it is.
    pub kind: Option<Kind>,
    /// The organisers' own word for that.
    pub format: Option<Plain>,
    /// Whom it is for.
    pub level: Option<Plain>,
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
    /// Whether the speakers do not want to be recorded.
    pub recording_optout: Option<bool>,
    /// Its page in the tool that the source comes from.
    pub origin: Option<WebUrl>,
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
    /// What the source calls it.
    pub identifiers: Identifiers,
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
    /// With an offset of zero that the tool may only have written because it knows no zone: on the
    /// conference's wall where the zone is known, else that instant.
    Doubtful(DateTime<FixedOffset>),
}

impl Clock {
    /// What is meant, once it is known whether there is a zone.
    pub(super) fn settled(self, zone_is_known: bool) -> Self {
        match self {
            Self::Doubtful(instant) if zone_is_known => Self::Wall(instant.naive_local()),
            Self::Doubtful(instant) => Self::Instant(instant),
            other => other,
        }
    }
}

/// How a source says when a slot is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// At a time.
    At(Clock),
    /// This long after the start.
    After(TimeDelta),
}
