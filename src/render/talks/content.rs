//! What a feed says of a talk, in words.

use crate::model::{Markdown, Slot, State, Talk, When, Zone};
use crate::render::{Context, changes, text, words};
use maud::{PreEscaped, html};

/// "Sat 24 Oct 2026, 10:00–10:45 CEST, Hall A · Ada, Grace".
pub(super) fn line(talk: &Talk, slots: &[&Slot], zone: &Zone) -> String {
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
pub(in crate::render) fn time_and_place(slot: &Slot, zone: &Zone) -> String {
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

/// Everything, as safe HTML; `gist` is the abstract as such.
pub(super) fn html(talk: &Talk, slots: &[&Slot], context: &Context<'_>, gist: &str) -> String {
    let conference = context.conference;
    let base = talk.url.as_ref().or(conference.url.as_ref());
    let block = |markdown: &Markdown| PreEscaped(text::html(markdown, base));
    html! {
        @if talk.state == State::Cancelled { p { strong { "This talk is cancelled." } } }
        @if let Some(subtitle) = &talk.subtitle { p { em { (subtitle) } } }
        @if slots.is_empty() { p { "Time to be announced" } }
        @for slot in slots {
            p {
                (time_and_place(slot, &conference.zone))
                @if let Some(moved) = changes::moved(context, talk, slot) { br; (moved) }
            }
        }
        @if !talk.speakers.is_empty() { p { "With " (talk.speaker_names()) } }
        (PreEscaped(gist))
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

/// One plain line as HTML.
pub(super) fn paragraph(line: &str) -> String {
    html! { p { (line) } }.into_string()
}
