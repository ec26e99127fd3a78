//! One talk on the programme page.

use super::agenda::Entry;
use super::grid::Place;
use super::speech::Speech;
use super::words::programme::{self, Words};
use super::{language, star, times};
use crate::model::{Kind, Link, Markdown, Part, Plain, Slot, State, Talk, WebUrl, When};
use crate::render::{Context, text, words};
use maud::{Markup, PreEscaped, html};

/// A talk at its place in the programme, as an item of a list. `when` is its time for people, empty
/// while it is not known; `place` is where it stands in a grid.
///
/// What it is stands in attributes, too, so that a script can select as the server does.
pub(super) fn talk(
    context: &Context<'_>,
    entry: &Entry<'_>,
    when: &Markup,
    place: Option<&Place>,
) -> Markup {
    let talk = entry.talk;
    let id = Some(&*talk.code).filter(|_| !entry.is_repeat);
    let room = entry.slot.and_then(|slot| slot.room.as_ref());
    let language = talk
        .language
        .as_ref()
        .unwrap_or(&context.conference.language);
    let speakers: Vec<&str> = talk.speakers.iter().map(|speaker| &*speaker.slug).collect();
    let tags: Vec<&str> = talk.tags.iter().map(|tag| &**tag).collect();
    let updated = context.history.talk(&talk.code).1;
    html! {
        li
            id=[id]
            class=(classes(entry))
            hidden[entry.is_hidden]
            style=[place.map(Place::style)]
            data-code=(talk.code)
            data-kind=(talk.kind.word())
            data-lang=(language.to_ascii_lowercase())
            data-room=[room.map(|room| &*room.slug)]
            data-track=[talk.track.as_ref().map(|track| &*track.slug)]
            data-speaker=[(!speakers.is_empty()).then(|| speakers.join(" "))]
            data-tags=[(!tags.is_empty()).then(|| tags.join(" "))]
            data-updated=[updated.map(|updated| updated.timestamp())]
        {
            @if !when.0.is_empty() { p.when { (when) } }
            @if talk.kind == Kind::Break {
                div { p.title { (title(context, entry)) } (rest(context, entry)) }
            } @else {
                article {
                    (star::star(context, talk))
                    h3.title { (title(context, entry)) }
                    (rest(context, entry))
                }
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

fn title(context: &Context<'_>, entry: &Entry<'_>) -> Markup {
    let talk = entry.talk;
    let address = context.part_url(&Part::Talk(talk.code.clone()));
    let words = html! { bdi lang=[talk.language.as_deref()] { (talk.title) } };
    html! {
        a href=(address) {
            @if state(entry) == State::Cancelled { del { (words) } } @else { (words) }
        }
    }
}

/// Everything below the title.
fn rest(context: &Context<'_>, entry: &Entry<'_>) -> Markup {
    let talk = entry.talk;
    let speech = Speech::of(context.conference);
    let own = programme::of(speech);
    html! {
        @if let Some(subtitle) = &talk.subtitle {
            p.subtitle dir="auto" lang=[talk.language.as_deref()] { (subtitle) }
        }
        @if !talk.speakers.is_empty() {
            p.speakers {
                @for (place, speaker) in talk.speakers.iter().enumerate() {
                    @if place > 0 { ", " }
                    @let part = Part::Speaker(speaker.slug.clone());
                    a href=(context.part_url(&part)) { bdi { (speaker.name) } }
                }
            }
        }
        (facts(context, entry, own))
        @if let Some(others) = others(context, entry) {
            p.also lang=(speech.tag()) { (own.also) " " (others) }
        }
        @if !entry.is_repeat { (summary(context, talk)) }
    }
}

/// State, kind, room, track, language and stream, where there is anything to say.
fn facts(context: &Context<'_>, entry: &Entry<'_>, own: &Words) -> Markup {
    let talk = entry.talk;
    let speech = Speech::of(context.conference).tag();
    let state = state(entry);
    let is_cancelled = state == State::Cancelled;
    let is_told = !matches!(talk.kind, Kind::Talk | Kind::Break | Kind::Other);
    let room = entry.slot.and_then(|slot| slot.room.as_ref());
    let own_language = &context.conference.language;
    let language = talk.language.as_ref();
    let other_language = language.filter(|language| !language.eq_ignore_ascii_case(own_language));
    let stream = talk
        .online
        .as_ref()
        .or(room.and_then(|room| room.online.as_ref()));
    let stream = stream.filter(|_| !is_cancelled && talk.kind != Kind::Break);
    let facts = html! {
        @if let Some(word) = own.state(state) {
            li.badge.alert[is_cancelled] lang=(speech) { (word) }
        }
        @if is_told { li.badge lang=(speech) { (own.kind(talk.kind)) } }
        @if let Some(room) = room { li.room { bdi { (room.name) } } }
        @if let Some(track) = &talk.track { li.track { bdi { (track.name) } } }
        @if let Some(language) = other_language {
            li lang=(&**language) { bdi { (language::name(language)) } }
        }
        @if let Some(stream) = stream {
            li.stream lang=(speech) { a href=(stream) { (own.stream) } }
        }
    };
    html! {
        @if !facts.0.is_empty() { ul.facts { (facts) } }
    }
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
    let zone = zone(context);
    let speech = Speech::of(context.conference);
    let cancelled = programme::of(speech).state(State::Cancelled);
    (!others.is_empty()).then(|| {
        html! {
            @for (place, slot) in others.iter().enumerate() {
                @if place > 0 { "; " }
                @match &slot.when {
                    When::Span(span) => {
                        @let start = times::seen_in(span.start(), zone);
                        @let day = start.wall().date();
                        @let usual = words::abbreviation(start, zone);
                        span.held {
                            (speech.short(day)) ", "
                            (times::hours(span, zone, day, &usual, speech))
                        }
                    }
                    When::Day(date) => (speech.short(*date)),
                }
                @if let Some(room) = &slot.room { ", " bdi { (room.name) } }
                @if slot.state == State::Cancelled { " (" (cancelled.unwrap_or_default()) ")" }
            }
        }
    })
}

/// The zone in which times are shown.
pub(super) fn zone<'a>(context: &Context<'a>) -> &'a crate::model::Zone {
    let wished = context.wishes.zone.as_ref();
    wished.unwrap_or(&context.conference.zone)
}

/// What it is about, to unfold. The server searches in the summary, and not in the rest.
fn summary(context: &Context<'_>, talk: &Talk) -> Markup {
    let base = talk.url.as_ref().or(context.conference.url.as_ref());
    let html = |markdown: &Markdown| PreEscaped(text::page_html(markdown, base));
    let speech = Speech::of(context.conference);
    html! {
        @if !(talk.summary.is_empty() && talk.description.is_empty()) {
            details {
                summary lang=(speech.tag()) { (programme::of(speech).abstract_text) }
                div.text dir="auto" lang=[talk.language.as_deref()] {
                    @if !talk.summary.is_empty() { div.summary { (html(&talk.summary)) } }
                    (html(&talk.description))
                }
            }
        }
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
