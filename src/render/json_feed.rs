//! JSON Feed 1.1 of talks: <https://www.jsonfeed.org/version/1.1/>.
//!
//! The extension `_handbill` tells times and rooms in a form that programs can use.

use super::entry::{Entry, entries};
use super::json::written;
use super::{Context, Coverage, Renderer, nothing_left_out, text};
use crate::model::{Conference, Slot, When};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::Serialize;

/// JSON Feed.
pub(super) static RENDERER: Renderer = Renderer {
    format: "json",
    extension: "json",
    name: "JSON Feed",
    media_type: "application/feed+json; charset=utf-8",
    stem: "talks",
    covers: Coverage::EveryPart,
    heeds_wishes: false,
    leaves_out: nothing_left_out,
    render,
};

#[derive(Serialize)]
struct Feed {
    version: &'static str,
    title: String,
    home_page_url: String,
    feed_url: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
    language: String,
    authors: Vec<Author>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    expired: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hubs: Vec<Hub>,
    items: Vec<Item>,
}

/// Who tells of the feed's changes.
#[derive(Serialize)]
struct Hub {
    r#type: &'static str,
    url: String,
}

#[derive(Serialize)]
struct Author {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    avatar: Option<String>,
}

#[derive(Serialize)]
struct Item {
    id: String,
    url: String,
    title: String,
    content_html: String,
    summary: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    _handbill: Programme,
}

#[derive(Serialize)]
struct Programme {
    code: String,
    kind: &'static str,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    track: Option<String>,
    slots: Vec<Occurrence>,
}

/// Times are RFC 3339 with the zone's offset; a slot whose hour is not known has only a `day`.
#[derive(Serialize)]
struct Occurrence {
    day: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    room: Option<String>,
    state: &'static str,
}

fn render(context: &Context<'_>) -> Vec<u8> {
    let conference = context.conference;
    let feed = Feed {
        version: "https://jsonfeed.org/version/1.1",
        title: context.title(),
        home_page_url: context.page_url(),
        feed_url: context.feed_url(&RENDERER),
        description: text::plain(&conference.description),
        language: conference.language.to_string(),
        authors: vec![Author {
            name: conference.name.to_string(),
            url: conference.url.as_ref().map(ToString::to_string),
            avatar: None,
        }],
        expired: is_over(context),
        hubs: context.site.hub.as_deref().map(hub).into_iter().collect(),
        items: entries(context)
            .into_iter()
            .map(|entry| item(entry, conference))
            .collect(),
    };
    written(&feed)
}

fn hub(url: &str) -> Hub {
    Hub {
        r#type: "WebSub",
        url: url.to_owned(),
    }
}

/// Whether the last revision of the data is later than the last day: then nothing more is to come.
fn is_over(context: &Context<'_>) -> bool {
    let conference = context.conference;
    let last_day = conference.days.last().and_then(|day| day.date.succ_opt());
    let end = last_day.map(|after| conference.zone.start_of(after));
    matches!((context.updated(), end), (Some(updated), Some(end)) if updated > end)
}

fn item(entry: Entry<'_>, conference: &Conference) -> Item {
    let talk = entry.talk;
    let speakers = talk.speakers.iter().map(|speaker| Author {
        name: speaker.name.to_string(),
        url: speaker.url.as_ref().map(ToString::to_string),
        avatar: speaker.picture.as_ref().map(ToString::to_string),
    });
    Item {
        id: entry.id,
        url: entry.url,
        title: entry.title,
        content_html: entry.html,
        summary: entry.line,
        image: talk.image.as_ref().map(ToString::to_string),
        date_published: entry.published.map(timestamp),
        date_modified: entry.updated.map(timestamp),
        authors: speakers.collect(),
        tags: entry.categories,
        language: talk.language.as_ref().map(ToString::to_string),
        _handbill: Programme {
            code: talk.code.to_string(),
            kind: talk.kind.word(),
            state: talk.state.word(),
            track: talk.track.as_ref().map(|track| track.name.to_string()),
            slots: entry
                .slots
                .iter()
                .map(|slot| occurrence(slot, conference))
                .collect(),
        },
    }
}

fn occurrence(slot: &Slot, conference: &Conference) -> Occurrence {
    let local = |instant: DateTime<Utc>| {
        let offset = chrono::FixedOffset::east_opt(conference.zone.offset(instant))?;
        Some(instant.with_timezone(&offset).to_rfc3339())
    };
    let span = match &slot.when {
        When::Span(span) => Some(span),
        When::Day(_) => None,
    };
    Occurrence {
        day: slot.day(&conference.days),
        start: span.and_then(|span| local(span.start().instant())),
        end: span
            .filter(|span| span.has_end())
            .and_then(|span| local(span.end().instant())),
        room: slot.room.as_ref().map(|room| room.name.to_string()),
        state: slot.state.word(),
    }
}

fn timestamp(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Secs, true)
}
