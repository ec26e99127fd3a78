//! Feeds of talks, one entry each, in every feed format. They are complete (RFC 5005 §2).
//!
//! The extension `_handbill` of JSON Feed tells times and rooms in a form that programs can use, and
//! the slugs by which a query selects: all that `<handbill-schedule>` needs to show a programme.

mod content;

pub(super) use content::time_and_place;

use super::feed::{Extent, Feed, Format, Item, Person, own_links};
use super::{Context, Occurrence, Renderer, query, text, words};
use crate::history::{entry_id, feed_id};
use crate::model::{Conference, Slot, When};
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use serde::Serialize;

/// RSS.
pub(super) static RSS: Renderer =
    Format::Rss.of_talks("RSS", |context| Format::Rss.write(feed(context, &RSS)));
/// Atom.
pub(super) static ATOM: Renderer =
    Format::Atom.of_talks("Atom", |context| Format::Atom.write(feed(context, &ATOM)));
/// JSON Feed.
pub(super) static JSON: Renderer = Format::Json.of_talks("JSON Feed", |context| {
    Format::Json.write(feed(context, &JSON))
});

/// A talk in a form that programs can use.
#[derive(Serialize)]
pub(super) struct Programme {
    code: String,
    /// The talk's title, where the item's says more: that it is cancelled.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    kind: &'static str,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    track: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    track_slug: Option<String>,
    /// `#rrggbb`.
    #[serde(skip_serializing_if = "Option::is_none")]
    track_colour: Option<String>,
    /// In the order of the item's authors.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    speaker_slugs: Vec<String>,
    slots: Vec<Held>,
}

/// Times are RFC 3339 with the zone's offset; a slot whose hour is not known has only a `day`.
#[derive(Serialize)]
struct Held {
    day: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    room: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    room_slug: Option<String>,
    state: &'static str,
}

fn feed(context: &Context<'_>, renderer: &Renderer) -> Feed<Programme> {
    let conference = context.conference;
    let description = text::plain(&conference.description);
    let talks = context.talks().into_iter();
    Feed {
        id: feed_id(conference, context.history, &id_path(context, renderer)),
        title: context.title(),
        description: if description.is_empty() {
            format!("The talks of {}", conference.name)
        } else {
            description
        },
        language: conference.language.to_string(),
        zone: conference.zone.name().to_owned(),
        author: Person::publisher(context),
        page_url: context.own_page_url(),
        links: own_links(context, renderer),
        updated: context.updated(),
        extent: Extent::Complete,
        is_over: is_over(context),
        items: talks.map(|occurrence| item(context, &occurrence)).collect(),
    }
}

/// The feed's path without extension: in every format it is the same feed. With filters it is
/// another one.
fn id_path(context: &Context<'_>, renderer: &Renderer) -> String {
    let path = match context.selection.part.path() {
        whole if whole.is_empty() => renderer.stem.to_owned(),
        // A talk's own identifier is that of its entry; its feed needs another.
        part => format!("feeds/{part}"),
    };
    let query = query::canonical(context.selection, context.wishes);
    format!("{path}{query}")
}

/// Whether the last revision of the data is later than the last day: then nothing more is to come.
fn is_over(context: &Context<'_>) -> bool {
    let conference = context.conference;
    let last_day = conference.days.last().and_then(|day| day.date.succ_opt());
    let end = last_day.map(|after| conference.zone.start_of(after));
    matches!((context.updated(), end), (Some(updated), Some(end)) if updated > end)
}

/// A talk as feeds show it.
pub(super) fn item(context: &Context<'_>, occurrence: &Occurrence<'_>) -> Item<Programme> {
    let Occurrence { talk, slots } = occurrence;
    let conference = context.conference;
    let base = talk.url.as_ref().or(conference.url.as_ref());
    let line = content::line(talk, slots, &conference.zone);
    let gist = text::html(&talk.summary, base);
    let plain = text::plain(&talk.summary);
    let (published, updated) = context.history.talk(&talk.code);
    let speakers = talk.speakers.iter();
    let title = words::title(talk, talk.state);
    let is_marked = *title != *talk.title;
    let track = talk.track.as_deref();
    let colour = track.and_then(|track| track.colour);
    Item {
        id: entry_id(conference, context.history, talk),
        title: title.into_owned(),
        url: context.talk_url(talk),
        published,
        updated,
        authors: speakers
            .clone()
            .map(|speaker| Person::speaker(speaker))
            .collect(),
        language: talk.language.as_ref().map(ToString::to_string),
        html: content::html(talk, slots, context, &gist),
        summary: if plain.is_empty() {
            line.clone()
        } else {
            plain
        },
        summary_html: if gist.is_empty() {
            content::paragraph(&line)
        } else {
            gist
        },
        line,
        image: talk.image.as_ref().map(ToString::to_string),
        categories: words::categories(talk)
            .into_iter()
            .map(ToOwned::to_owned)
            .collect(),
        extension: Programme {
            code: talk.code.to_string(),
            title: is_marked.then(|| talk.title.to_string()),
            kind: talk.kind.word(),
            state: talk.state.word(),
            track: track.map(|track| track.name.to_string()),
            track_slug: track.map(|track| track.slug.to_string()),
            track_colour: colour.map(|colour| colour.to_string()),
            speaker_slugs: speakers.map(|speaker| speaker.slug.to_string()).collect(),
            slots: slots.iter().map(|slot| held(slot, conference)).collect(),
        },
    }
}

fn held(slot: &Slot, conference: &Conference) -> Held {
    let local = |instant: DateTime<Utc>| {
        let offset = FixedOffset::east_opt(conference.zone.offset(instant))?;
        Some(instant.with_timezone(&offset).to_rfc3339())
    };
    let span = match &slot.when {
        When::Span(span) => Some(span),
        When::Day(_) => None,
    };
    Held {
        day: slot.day(&conference.days),
        start: span.and_then(|span| local(span.start().instant())),
        end: span
            .filter(|span| span.has_end())
            .and_then(|span| local(span.end().instant())),
        room: slot.room.as_ref().map(|room| room.name.to_string()),
        room_slug: slot.room.as_ref().map(|room| room.slug.to_string()),
        state: slot.state.word(),
    }
}

#[cfg(test)]
mod tests;
