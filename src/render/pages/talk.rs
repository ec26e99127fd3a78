//! One talk on the programme page.

use super::agenda::Entry;
use super::{language, times};
use crate::model::{Kind, Link, Markdown, Part, Plain, Slot, State, Talk, WebUrl, When};
use crate::render::{Context, feed_path, ics, text, words};
use maud::{Markup, PreEscaped, html};

/// A talk at its place in the programme, as an item of a list. `when` is its time for people, empty
/// while it is not known.
pub(super) fn talk(context: &Context<'_>, entry: &Entry<'_>, when: &Markup) -> Markup {
    let talk = entry.talk;
    let is_break = talk.kind == Kind::Break;
    let id = Some(&*talk.code).filter(|_| !entry.is_repeat);
    html! {
        li id=[id] class=(classes(entry)) {
            @if !when.0.is_empty() { p.when { (when) } }
            @if is_break {
                div { p.title { (title(entry)) } (rest(context, entry)) }
            } @else {
                article { h3.title { (title(entry)) } (rest(context, entry)) }
            }
        }
    }
}

fn classes(entry: &Entry<'_>) -> String {
    let mut classes = String::from("talk");
    if entry.talk.kind == Kind::Break {
        classes.push_str(" break");
    }
    if state(entry) == State::Cancelled {
        classes.push_str(" cancelled");
    }
    if let Some(track) = &entry.talk.track {
        classes.push_str(" track-");
        classes.push_str(&track.slug);
    }
    classes
}

/// Whether this occurrence takes place, or the talk where it has none.
fn state(entry: &Entry<'_>) -> State {
    entry.slot.map_or(entry.talk.state, |slot| slot.state)
}

fn title(entry: &Entry<'_>) -> Markup {
    let talk = entry.talk;
    let place = entry.is_repeat.then(|| format!("#{}", talk.code));
    let address = place.as_deref().or(talk.url.as_deref());
    let words = html! { bdi lang=[talk.language.as_deref()] { (talk.title) } };
    html! {
        @let words = if state(entry) == State::Cancelled { html! { del { (words) } } } else { words };
        @match address {
            Some(address) => a href=(address) { (words) },
            None => (words),
        }
    }
}

/// Everything below the title.
fn rest(context: &Context<'_>, entry: &Entry<'_>) -> Markup {
    let talk = entry.talk;
    html! {
        @if let Some(subtitle) = &talk.subtitle {
            p.subtitle dir="auto" lang=[talk.language.as_deref()] { (subtitle) }
        }
        @if !talk.speakers.is_empty() {
            p.speakers {
                @for (place, speaker) in talk.speakers.iter().enumerate() {
                    @if place > 0 { ", " }
                    a href={ "#speaker:" (speaker.slug) } { bdi { (speaker.name) } }
                }
            }
        }
        (facts(entry))
        @if entry.is_repeat {
            p.soft { "Held again; more about it " a href={ "#" (talk.code) } { "further up" } "." }
        } @else {
            @if let Some(others) = others(context, entry) {
                p.soft { "Also " (others) }
            }
            (more(context, entry))
        }
    }
}

/// State, kind, room, track and language, where there is anything to say.
fn facts(entry: &Entry<'_>) -> Markup {
    let talk = entry.talk;
    let state = match state(entry) {
        State::Confirmed => None,
        State::Tentative => Some(("badge", "Tentative")),
        State::Cancelled => Some(("badge alert", "Cancelled")),
    };
    let kind = match talk.kind {
        Kind::Keynote => Some("Keynote"),
        Kind::Lightning => Some("Lightning"),
        Kind::Workshop => Some("Workshop"),
        Kind::Panel => Some("Panel"),
        Kind::Social => Some("Social"),
        Kind::Talk | Kind::Break | Kind::Other => None,
    };
    let facts = html! {
        @if let Some((class, word)) = state { li class=(class) { (word) } }
        @if let Some(word) = kind { li.badge { (word) } }
        @if let Some(room) = entry.slot.and_then(|slot| slot.room.as_ref()) {
            li { bdi { (room.name) } }
        }
        @if let Some(track) = &talk.track {
            li.track { bdi { (track.name) } }
        }
        @if let Some(language) = &talk.language {
            li lang=(&**language) { bdi { (language::name(language)) } }
        }
    };
    listed("facts", &facts)
}

/// The talk's other occurrences.
fn others(context: &Context<'_>, entry: &Entry<'_>) -> Option<Markup> {
    let here = entry.slot?.occurrence;
    let others: Vec<&Slot> = entry
        .talk
        .slots
        .iter()
        .filter(|slot| slot.occurrence != here)
        .collect();
    let zone = &context.conference.zone;
    (!others.is_empty()).then(|| {
        html! {
            @for (place, slot) in others.iter().enumerate() {
                @if place > 0 { "; " }
                (times::short(slot.when.date()))
                @if let When::Span(span) = &slot.when {
                    @let usual = words::abbreviation(span.start(), zone);
                    ", " (times::hours(span, zone, slot.when.date(), &usual))
                }
                @if let Some(room) = &slot.room { ", " bdi { (room.name) } }
                @if slot.state == State::Cancelled { " (cancelled)" }
            }
        }
    })
}

/// Texts to unfold and links, on one line while nothing is unfolded.
fn more(context: &Context<'_>, entry: &Entry<'_>) -> Markup {
    let more = html! {
        (texts(context, entry.talk))
        (listed("links", &links(context, entry)))
    };
    html! {
        @if !more.0.is_empty() { div.more { (more) } }
    }
}

fn texts(context: &Context<'_>, talk: &Talk) -> Markup {
    let base = talk.url.as_ref().or(context.conference.url.as_ref());
    let html = |markdown: &Markdown| PreEscaped(text::page_html(markdown, base));
    html! {
        @if !(talk.summary.is_empty() && talk.description.is_empty()) {
            details {
                summary { "Abstract" }
                div.text dir="auto" lang=[talk.language.as_deref()] {
                    (html(&talk.summary)) (html(&talk.description))
                }
            }
        }
        @if !talk.notes.is_empty() {
            details {
                summary { "Notes" }
                div.text dir="auto" { (html(&talk.notes)) }
            }
        }
    }
}

fn links(context: &Context<'_>, entry: &Entry<'_>) -> Markup {
    let talk = entry.talk;
    let is_held = talk.state != State::Cancelled
        && talk.slots.iter().any(|slot| slot.state != State::Cancelled);
    let room = entry.slot.and_then(|slot| slot.room.as_ref());
    let stream = talk
        .online
        .as_ref()
        .or(room.and_then(|room| room.online.as_ref()));
    let stream = stream.filter(|_| is_held);
    let calendar = (is_held && talk.kind != Kind::Break).then(|| {
        let part = Part::Talk(talk.code.clone());
        context
            .site
            .url(&feed_path(context.conference, &part, &ics::RENDERER))
    });
    html! {
        @if let Some(calendar) = calendar { (item(&calendar, "Add to calendar", None)) }
        @if let Some(stream) = stream { (item(stream, "Stream", None)) }
        @for link in &talk.links { (self::link(link)) }
        @if let Some(image) = &talk.image { (item(image, "Picture", None)) }
        @if let Some(licence) = &talk.licence { li { "Licence " bdi { (licence) } } }
    }
}

/// A list of what is in it, nothing when that is nothing.
fn listed(class: &str, items: &Markup) -> Markup {
    html! {
        @if !items.0.is_empty() { ul class=(class) { (items) } }
    }
}

/// A link to something that belongs to a talk or a conference.
pub(super) fn link(link: &Link) -> Markup {
    let title = link.title.as_ref();
    match link.kind.name() {
        Some(word) => item(&link.url, word, title),
        None => item(
            &link.url,
            title.map_or(host(&link.url), |title| title),
            None,
        ),
    }
}

fn item(address: &str, word: &str, title: Option<&Plain>) -> Markup {
    html! {
        li {
            a href=(address) {
                bdi { (word) @if let Some(title) = title.filter(|title| &***title != word) { ": " (title) } }
            }
        }
    }
}

/// Where an address leads, in a word.
pub(super) fn host(address: &WebUrl) -> &str {
    address.host().trim_start_matches("www.")
}
