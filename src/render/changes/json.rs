//! Changes as JSON Feed 1.1. The extension `_handbill` tells them in a form that programs can use.

use super::{Entry, JSON, Page};
use crate::history::{Detail, Placement};
use crate::model::When;
use crate::render::json::written;
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value, json};

pub(super) fn write(page: &Page<'_>) -> Vec<u8> {
    let links = page.links(&JSON);
    let address = |rel: &str| {
        links
            .iter()
            .find(|(name, _)| *name == rel)
            .map(|(_, to)| to)
    };
    let mut feed = Map::new();
    let mut add = |key: &str, value: Value| feed.insert(key.to_owned(), value);
    add("version", "https://jsonfeed.org/version/1.1".into());
    add("title", page.title().into());
    add("home_page_url", page.context.page_url().into());
    add("feed_url", address("self").cloned().into());
    if let Some(older) = address("next") {
        add("next_url", older.clone().into());
    }
    if let Some(hub) = address("hub") {
        add("hubs", json!([{"type": "WebSub", "url": hub}]));
    }
    add(
        "language",
        page.context.conference.language.to_string().into(),
    );
    add("items", page.entries.iter().map(item).collect());
    written(&feed)
}

fn item(entry: &Entry) -> Value {
    let mut item = json!({
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.html(),
        "summary": entry.summary(),
        "tags": entry.categories,
        "_handbill": {
            "edition": entry.last_edition,
            "code": entry.code.as_deref(),
            "changes": entry.details.iter().map(detail).collect::<Vec<_>>(),
        },
    });
    if let Some(item) = item.as_object_mut() {
        let dates = [
            ("date_published", entry.published),
            ("date_modified", entry.updated),
        ];
        for (key, date) in dates {
            item.extend(date.map(|date| (key.to_owned(), timestamp(date).into())));
        }
    }
    item
}

fn detail(detail: &Detail) -> Value {
    let (from, to) = match detail {
        Detail::Cancelled(at) => (at.as_ref().map(place), None),
        Detail::Restored(at) => (None, at.as_ref().map(place)),
        Detail::Scheduled(at) => (None, Some(place(at))),
        Detail::Moved { from, to } | Detail::RoomChanged { from, to } => {
            (Some(place(from)), Some(place(to)))
        }
        Detail::Retitled { from, to } => (Some(json!(**from)), Some(json!(**to))),
        Detail::Speakers { from, to } | Detail::Field { from, to, .. } => {
            (Some(json!(from)), Some(json!(to)))
        }
        Detail::State(state) => (None, Some(json!(state.word()))),
        Detail::LinksAdded(links) => (None, Some(json!(links))),
        Detail::Added | Detail::Removed | Detail::Text | Detail::Other => (None, None),
    };
    let mut change = json!({ "kind": detail.kind() });
    if let Some(change) = change.as_object_mut() {
        change.extend(from.map(|from| ("from".to_owned(), from)));
        change.extend(to.map(|to| ("to".to_owned(), to)));
    }
    change
}

/// Times are RFC 3339 in UTC; where the hour is not known there is only a `day`.
fn place(placement: &Placement) -> Value {
    let room = placement.room.as_deref();
    match &placement.when {
        When::Span(span) => json!({
            "start": timestamp(span.start().instant()),
            "end": span.has_end().then(|| timestamp(span.end().instant())),
            "room": room,
        }),
        When::Day(day) => json!({ "day": day.to_string(), "room": room }),
    }
}

fn timestamp(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Secs, true)
}
