//! The pieces of talks, as a ledger keeps them: times are instants, and rooms, tracks and speakers are
//! named by their slugs.

use super::model::{LinkRecord, Unreadable, address, is_default, plain, text, url};
use super::parts::Parts;
use crate::model::{
    Identifiers, Kind, Language, Markdown, Moment, Plain, Slot, State, Talk, TalkCode, When, Zone,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// When something is: a day, a start, or a start and an end.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum WhenRecord {
    Span {
        start: DateTime<Utc>,
        end: DateTime<Utc>,
    },
    Day {
        day: NaiveDate,
    },
}

impl WhenRecord {
    pub(super) fn new(when: &When) -> Self {
        match when {
            When::Span(span) => Self::Span {
                start: span.start().instant(),
                end: span.end().instant(),
            },
            When::Day(day) => Self::Day { day: *day },
        }
    }

    pub(super) fn restore(self, zone: &Zone) -> Result<When, Unreadable> {
        match self {
            Self::Span { start, end } => {
                let (start, end) = (Moment::new(start, zone), Moment::new(end, zone));
                When::span(start, end).map_err(|_| "an end that is not before the start")
            }
            Self::Day { day } => Ok(When::Day(day)),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct SlotRecord {
    occurrence: u32,
    #[serde(default, skip_serializing_if = "is_default")]
    is_numbered: bool,
    #[serde(flatten)]
    when: WhenRecord,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    room: Option<String>,
    state: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    guid: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    slug: Option<String>,
}

impl SlotRecord {
    fn new(slot: &Slot) -> Self {
        let Slot {
            occurrence,
            is_numbered,
            when,
            room,
            state,
            identifiers: Identifiers { guid, id, slug },
        } = slot;
        Self {
            occurrence: *occurrence,
            is_numbered: *is_numbered,
            when: WhenRecord::new(when),
            room: room.as_ref().map(|room| room.slug.to_string()),
            state: state.word().into(),
            guid: *guid,
            id: *id,
            slug: text(slug.as_ref()),
        }
    }

    fn restore(self, parts: &Parts) -> Result<Slot, Unreadable> {
        Ok(Slot {
            occurrence: self.occurrence,
            is_numbered: self.is_numbered,
            when: self.when.restore(&parts.zone)?,
            room: self.room.and_then(|slug| parts.rooms.get(&slug).cloned()),
            state: State::parse(&self.state).ok_or("a state")?,
            identifiers: Identifiers {
                guid: self.guid,
                id: self.id,
                slug: plain(self.slug),
            },
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct TalkRecord {
    title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    given_code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    subtitle: Option<String>,
    kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    format: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    level: Option<String>,
    state: String,
    #[serde(default, skip_serializing_if = "is_default")]
    summary: String,
    #[serde(default, skip_serializing_if = "is_default")]
    description: String,
    #[serde(default, skip_serializing_if = "is_default")]
    notes: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    speakers: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    track: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    online: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    links: Vec<LinkRecord>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    licence: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    recording_optout: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    origin: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    updated: Option<DateTime<Utc>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    slots: Vec<SlotRecord>,
}

impl TalkRecord {
    pub(super) fn new(talk: &Talk) -> Self {
        let Talk {
            code: _,
            given_code,
            title,
            subtitle,
            kind,
            format,
            level,
            state,
            summary,
            description,
            notes,
            speakers,
            track,
            language,
            url,
            online,
            image,
            links,
            tags,
            licence,
            recording_optout,
            origin,
            updated,
            slots,
        } = talk;
        Self {
            title: title.to_string(),
            given_code: given_code.as_ref().map(ToString::to_string),
            subtitle: text(subtitle.as_ref()),
            kind: kind.word().into(),
            format: text(format.as_ref()),
            level: text(level.as_ref()),
            state: state.word().into(),
            summary: summary.to_string(),
            description: description.to_string(),
            notes: notes.to_string(),
            speakers: speakers
                .iter()
                .map(|speaker| speaker.slug.to_string())
                .collect(),
            track: track.as_ref().map(|track| track.slug.to_string()),
            language: language.as_ref().map(ToString::to_string),
            url: address(url.as_ref()),
            online: address(online.as_ref()),
            image: address(image.as_ref()),
            links: LinkRecord::all(links),
            tags: tags.iter().map(ToString::to_string).collect(),
            licence: text(licence.as_ref()),
            recording_optout: *recording_optout,
            origin: address(origin.as_ref()),
            updated: *updated,
            slots: slots.iter().map(SlotRecord::new).collect(),
        }
    }

    pub(super) fn restore(self, code: &str, parts: &Parts) -> Result<Talk, Unreadable> {
        let speakers = self.speakers.iter();
        let slots = self.slots.into_iter();
        Ok(Talk {
            code: TalkCode::parse(code).ok_or("a talk's code")?,
            given_code: self.given_code.and_then(|code| TalkCode::parse(&code)),
            title: Plain::new(&self.title),
            subtitle: plain(self.subtitle),
            kind: Kind::parse(&self.kind).ok_or("a kind of talk")?,
            format: plain(self.format),
            level: plain(self.level),
            state: State::parse(&self.state).ok_or("a state")?,
            summary: Markdown::new(&self.summary),
            description: Markdown::new(&self.description),
            notes: Markdown::new(&self.notes),
            speakers: speakers
                .filter_map(|slug| parts.speakers.get(slug).cloned())
                .collect(),
            track: self.track.and_then(|slug| parts.tracks.get(&slug).cloned()),
            language: self
                .language
                .and_then(|language| Language::parse(&language)),
            url: url(self.url)?,
            online: url(self.online)?,
            image: url(self.image)?,
            links: LinkRecord::restore_all(self.links)?,
            tags: self.tags.iter().map(|tag| Plain::new(tag)).collect(),
            licence: plain(self.licence),
            recording_optout: self.recording_optout,
            origin: url(self.origin)?,
            updated: self.updated,
            slots: slots
                .map(|slot| slot.restore(parts))
                .collect::<Result<_, _>>()?,
        })
    }
}
