//! What every feed of talks says of a talk: one entry, in words that each format then wraps.

use super::{Context, Occurrence, text, words};
use crate::history::entry_id;
use crate::model::{Markdown, Slot, State, Talk, When, Zone};
use chrono::{DateTime, Utc};
use maud::{PreEscaped, html};

/// The times of things that nothing in the data dates, where a format demands one (RFC 4287 §4.1.1).
pub(super) const UNDATED: DateTime<Utc> = DateTime::<Utc>::UNIX_EPOCH;

/// Declares that a feed holds all of its entries (RFC 5005 §2).
pub(super) const COMPLETE_NAMESPACE: (&str, &str) =
    ("fh", "http://purl.org/syndication/history/1.0");

/// A talk as feeds show it.
pub(super) struct Entry<'a> {
    /// The talk.
    pub talk: &'a Talk,
    /// Its selected slots.
    pub slots: Vec<&'a Slot>,
    /// Stable identifier.
    pub id: String,
    /// Plain text; says so when the talk is cancelled.
    pub title: String,
    /// Its page.
    pub url: String,
    /// Time, place and speakers on one plain line.
    pub line: String,
    /// Everything, as safe HTML.
    pub html: String,
    /// The abstract as safe HTML; the line where there is none.
    pub summary_html: String,
    /// The abstract as plain text; the line where there is none.
    pub summary: String,
    /// Track, kind and tags.
    pub categories: Vec<String>,
    /// When it was first published.
    pub published: Option<DateTime<Utc>>,
    /// When it last changed.
    pub updated: Option<DateTime<Utc>>,
}

/// The entries of a feed in programme order.
pub(super) fn entries<'a>(context: &Context<'a>) -> Vec<Entry<'a>> {
    let talks = context.talks().into_iter();
    talks.map(|occurrence| entry(context, occurrence)).collect()
}

fn entry<'a>(context: &Context<'a>, occurrence: Occurrence<'a>) -> Entry<'a> {
    let Occurrence { talk, slots } = occurrence;
    let conference = context.conference;
    let base = talk.url.as_ref().or(conference.url.as_ref());
    let line = line(talk, &slots, &conference.zone);
    let summary = text::html(&talk.summary, base);
    let (published, updated) = context.history.talk(&talk.code);
    Entry {
        id: entry_id(conference, context.history, talk),
        title: words::title(talk, talk.state).into_owned(),
        url: context.talk_url(talk),
        html: content(talk, &slots, context, &summary),
        summary_html: if summary.is_empty() {
            html! { p { (line) } }.into_string()
        } else {
            summary
        },
        summary: Some(text::plain(&talk.summary))
            .filter(|summary| !summary.is_empty())
            .unwrap_or_else(|| line.clone()),
        line,
        categories: words::categories(talk)
            .into_iter()
            .map(ToOwned::to_owned)
            .collect(),
        published,
        updated,
        talk,
        slots,
    }
}

/// "Sat 24 Oct 2026, 10:00–10:45 CEST, Hall A · Ada, Grace".
fn line(talk: &Talk, slots: &[&Slot], zone: &Zone) -> String {
    let mut parts: Vec<String> = slots
        .iter()
        .map(|slot| time_and_place(slot, zone))
        .collect();
    if parts.is_empty() {
        parts.push("Time to be announced".into());
    }
    if !talk.speakers.is_empty() {
        parts.push(talk.speaker_names());
    }
    parts.join(" · ")
}

/// When and where a slot is held, in the conference's zone.
pub(super) fn time_and_place(slot: &Slot, zone: &Zone) -> String {
    let mut text = match &slot.when {
        When::Span(span) => {
            let (start, end) = (span.start(), span.end());
            let until = if !span.has_end() {
                String::new()
            } else if end.wall().date() == start.wall().date() {
                end.wall().format("–%H:%M").to_string()
            } else {
                end.wall().format("–%H:%M (%a %-d %b)").to_string()
            };
            format!(
                "{}{until} {}",
                start.wall().format("%a %-d %b %Y, %H:%M"),
                words::abbreviation(start, zone)
            )
        }
        When::Day(date) => format!("{}, time to be announced", date.format("%a %-d %b %Y")),
    };
    if let Some(room) = &slot.room {
        text = format!("{text}, {}", room.name);
    }
    match slot.state {
        State::Confirmed => text,
        State::Tentative => format!("{text} (tentative)"),
        State::Cancelled => format!("{text} (cancelled)"),
    }
}

fn content(talk: &Talk, slots: &[&Slot], context: &Context<'_>, summary: &str) -> String {
    let conference = context.conference;
    let base = talk.url.as_ref().or(conference.url.as_ref());
    let block = |markdown: &Markdown| PreEscaped(text::html(markdown, base));
    html! {
        @if talk.state == State::Cancelled { p { strong { "This talk is cancelled." } } }
        @if let Some(subtitle) = &talk.subtitle { p { em { (subtitle) } } }
        @if slots.is_empty() { p { "Time to be announced" } }
        @for slot in slots { p { (time_and_place(slot, &conference.zone)) } }
        @if !talk.speakers.is_empty() { p { "With " (talk.speaker_names()) } }
        (PreEscaped(summary))
        (block(&talk.description))
        @if !talk.notes.is_empty() { h2 { "Notes" } (PreEscaped(text::html(&talk.notes, None))) }
        @if let Some(online) = &talk.online { p { a href=(&**online) { "Watch the stream" } } }
        @if talk.links_beside_texts().next().is_some() {
            ul {
                @for link in talk.links_beside_texts() {
                    li { a href=(&*link.url) { (words::link_name(link).unwrap_or(&link.url)) } }
                }
            }
        }
    }
    .into_string()
}
