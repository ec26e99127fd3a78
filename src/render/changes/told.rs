//! A change in words that programs read: the same for feeds, webhooks and `handbill diff`.

use crate::history::{Change, Detail, Placement};
use crate::model::{Conference, When, Zone};
use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use serde::Serialize;

/// What is different about a talk, as JSON says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The talk's code.
    pub code: String,
    /// Its title, the newer one.
    pub title: String,
    /// Its own page, where it has one.
    pub url: Option<String>,
    /// The kinds of its details, each once, the most important first.
    pub kinds: Vec<&'static str>,
    /// What is different.
    pub details: Vec<ToldDetail>,
}

/// One thing that is different about a talk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ToldDetail {
    /// Its kind, such as `moved`.
    pub kind: &'static str,
    /// The field's name, where the kind alone does not say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<&'static str>,
    /// What it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<ToldValue>,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<ToldValue>,
}

/// What something was or is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ToldValue {
    /// A text.
    Text(String),
    /// Several texts.
    Texts(Vec<String>),
    /// When and where an occurrence is held, its hours known (RFC 3339, the conference's offset).
    Span {
        /// When it begins.
        start: String,
        /// When it is over, where that is known.
        end: Option<String>,
        /// The room's name, where it has one.
        room: Option<String>,
    },
    /// On which date and where an occurrence is held, its hours not known.
    Day {
        /// The date in the conference's zone.
        date: String,
        /// The room's name, where it has one.
        room: Option<String>,
    },
}

impl Told {
    /// What a change did, with times in the conference's zone.
    pub fn new(change: &Change, conference: &Conference) -> Self {
        let talk = change.after.as_ref().or(change.before.as_ref());
        let mut kinds = Vec::new();
        for kind in change.details.iter().map(Detail::kind) {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        let details = change.details.iter();
        Self {
            code: change.code.to_string(),
            title: talk.map_or_else(String::new, |talk| talk.title.to_string()),
            url: talk
                .and_then(|talk| talk.url.as_ref())
                .map(|url| url.to_string()),
            kinds,
            details: details
                .map(|detail| ToldDetail::new(detail, &conference.zone))
                .collect(),
        }
    }
}

impl ToldDetail {
    pub(super) fn new(detail: &Detail, zone: &Zone) -> Self {
        let place = |placement: &Placement| ToldValue::of_placement(placement, zone);
        let text = |text: &str| Some(ToldValue::Text(text.to_owned()));
        let (from, to) = match detail {
            Detail::Added | Detail::Removed | Detail::Text | Detail::Other => (None, None),
            Detail::Cancelled(placement) => (placement.as_ref().map(place), None),
            Detail::Restored(placement) => (None, placement.as_ref().map(place)),
            Detail::Moved { from, to } | Detail::RoomChanged { from, to } => {
                (Some(place(from)), Some(place(to)))
            }
            Detail::Scheduled(placement) => (None, Some(place(placement))),
            Detail::State(state) => (None, text(state.word())),
            Detail::Retitled { from, to } => (text(from), text(to)),
            Detail::Speakers { from, to } | Detail::Field { from, to, .. } => {
                (text(from), text(to))
            }
            Detail::LinksAdded(links) => (None, Some(ToldValue::Texts(links.clone()))),
        };
        let field = match detail {
            Detail::Field { name, .. } => Some(*name),
            _ => None,
        };
        Self {
            kind: detail.kind(),
            field,
            from,
            to,
        }
    }
}

impl ToldValue {
    fn of_placement(placement: &Placement, zone: &Zone) -> Self {
        let room = placement.room.as_ref().map(|room| room.to_string());
        match &placement.when {
            When::Span(span) => Self::Span {
                start: instant(span.start().instant(), zone),
                end: span.has_end().then(|| instant(span.end().instant(), zone)),
                room,
            },
            When::Day(date) => Self::Day {
                date: date.to_string(),
                room,
            },
        }
    }
}

/// An instant with the zone's offset, in whole seconds (RFC 3339 §5.6).
pub fn instant(at: DateTime<Utc>, zone: &Zone) -> String {
    match FixedOffset::east_opt(zone.offset(at)) {
        Some(offset) => at
            .with_timezone(&offset)
            .to_rfc3339_opts(SecondsFormat::Secs, true),
        None => at.to_rfc3339_opts(SecondsFormat::Secs, true),
    }
}
