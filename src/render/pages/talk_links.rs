//! The links of a talk's own page: recordings and slides first, then what else belongs to it.

use super::speech::Speech;
use super::talk::host;
use super::words::talk_page::{self as words, Words};
use crate::model::{Link, LinkKind, Slot, State, Talk, WebUrl};
use crate::render::{Context, Occurrence};
use maud::{Markup, html};

/// The links in the order of their use, where there are any.
pub(super) fn section(context: &Context<'_>, occurrence: &Occurrence<'_>) -> Markup {
    let speech = Speech::of(context.conference);
    let words = words::of(speech);
    let talk = occurrence.talk;
    let mut links: Vec<&Link> = talk.links.iter().collect();
    links.sort_by_key(|link| rank(link.kind));
    let streams = streams(occurrence);
    let has_any =
        !links.is_empty() || !streams.is_empty() || talk.image.is_some() || talk.url.is_some();
    html! {
        @if has_any {
            section {
                h2 { (words.links) }
                ul.links {
                    @for stream in streams { li { a href=(stream) { (words.stream) } " " (at(stream)) } }
                    @for link in links { li { (self::link(context, link, speech)) } }
                    (of_talk(talk, words))
                }
            }
        }
    }
}

fn of_talk(talk: &Talk, words: &Words) -> Markup {
    html! {
        @if let Some(url) = &talk.url { li { a href=(url) { (words.own_page) } " " (at(url)) } }
        @if let Some(image) = &talk.image { li { a href=(image) { (words.picture) } " " (at(image)) } }
    }
}

/// A link by what is found there, by its title, and by its host.
pub(super) fn link(context: &Context<'_>, link: &Link, speech: Speech) -> Markup {
    let kind = words::link(speech, link.kind);
    let title = link.title.as_deref().filter(|title| Some(*title) != kind);
    let title = title.map(|title| html! { bdi lang=(context.conference.language) { (title) } });
    html! {
        a href=(link.url) {
            @match (kind, title) {
                (Some(kind), Some(title)) => { (kind) ": " (title) },
                (Some(kind), None) => (kind),
                (None, Some(title)) => (title),
                (None, None) => bdi { (link.url) },
            }
        }
        @if kind.is_some() || link.title.is_some() { " " (at(&link.url)) }
    }
}

/// Where a link leads, in a word.
pub(super) fn at(url: &WebUrl) -> Markup {
    html! { span.soft { bdi { (host(url)) } } }
}

fn rank(kind: LinkKind) -> u8 {
    match kind {
        LinkKind::Recording => 0,
        LinkKind::Slides => 1,
        LinkKind::Paper => 2,
        LinkKind::Related => 3,
        LinkKind::Image => 4,
        LinkKind::Feedback => 5,
    }
}

/// Where a talk that takes place is streamed: its own stream, else those of its rooms.
fn streams<'a>(occurrence: &Occurrence<'a>) -> Vec<&'a WebUrl> {
    let talk = occurrence.talk;
    let is_held = |slot: &&&Slot| slot.state != State::Cancelled;
    let mut held = occurrence.slots.iter().filter(is_held).peekable();
    if talk.state == State::Cancelled || held.peek().is_none() {
        return Vec::new();
    }
    if let Some(own) = &talk.online {
        return vec![own];
    }
    let mut streams = Vec::new();
    for room in held.filter_map(|slot| slot.room.as_ref()) {
        let stream = room
            .online
            .as_ref()
            .filter(|stream| !streams.contains(stream));
        streams.extend(stream);
    }
    streams
}
