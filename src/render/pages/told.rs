//! What a change did, in the language of the page.

use super::language;
use super::speech::Speech;
use super::words::programme;
use super::words::told::{self, Around};
use crate::history::{Detail, Placement};
use crate::model::{Kind, Language, Moment, State, WebUrl, When, Zone};
use crate::render::words::abbreviation;
use chrono::{DateTime, Utc};
use maud::{Markup, html};

/// What is different, as part of a sentence about the talk; times in the conference's zone.
pub(super) fn sentence(speech: Speech, detail: &Detail, zone: &Zone) -> Markup {
    let words = told::of(speech);
    let at = |placement: &Placement| isolated(&place(speech, placement, zone));
    match detail {
        Detail::Added => html! { (words.added) },
        Detail::Removed => html! { (words.removed) },
        Detail::Cancelled(None) | Detail::State(State::Cancelled) => html! { (words.cancelled) },
        Detail::Cancelled(Some(place)) => html! { (words.cancelled_at) (at(place)) },
        Detail::Restored(None) => html! { (words.restored) },
        Detail::Restored(Some(place)) => html! { (words.restored_at) (at(place)) },
        Detail::Moved { from, to } => around(words.moved, &at(from), &at(to)),
        Detail::RoomChanged { from, to } => html! {
            (around(words.room_changed, &room(words, from), &room(words, to)))
            (when(speech, &to.when, zone))
        },
        Detail::Scheduled(place) => html! { (words.scheduled) (at(place)) },
        Detail::State(State::Tentative) => html! { (words.now_tentative) },
        Detail::State(State::Confirmed) => html! { (words.now_confirmed) },
        Detail::Retitled { from, to } => around(words.retitled, &isolated(from), &isolated(to)),
        Detail::Speakers { from, to } => {
            let people = |names: &str| match names {
                "" => html! { (words.nobody) },
                names => isolated(names),
            };
            around(words.speakers, &people(from), &people(to))
        }
        Detail::Field { name, from, to } => field(speech, name, from, to),
        Detail::Text => html! { (words.text) },
        Detail::LinksAdded(links) => html! {
            (words.links_added)
            @for (place, link) in links.iter().enumerate() {
                @if place > 0 { ", " }
                (address(link))
            }
        },
        Detail::Other => html! { (words.other) },
    }
}

/// All sentences about one talk: each in an item of a list.
pub(super) fn sentences(speech: Speech, details: &[Detail], zone: &Zone) -> Markup {
    html! {
        ul.told {
            @for detail in details { li { (sentence(speech, detail, zone)) } }
            @if details.is_empty() { li { (told::of(speech).undone) } }
        }
    }
}

/// When and where something is held: "Sat 24 Oct 2026, 10:00–10:45 CEST, Hall".
pub(super) fn place(speech: Speech, placement: &Placement, zone: &Zone) -> String {
    let when = when(speech, &placement.when, zone);
    match &placement.room {
        Some(room) => format!("{when}, {room}"),
        None => when,
    }
}

/// The day and the minute of an instant, as the conference's clocks show them.
pub(super) fn stamp(speech: Speech, at: DateTime<Utc>, zone: &Zone) -> Markup {
    let moment = Moment::new(at, zone);
    let wall = moment.wall();
    html! {
        time datetime=(at.format("%Y-%m-%dT%H:%M:%SZ")) {
            (speech.long(wall.date())) ", " (wall.format("%H:%M")) " " (abbreviation(moment, zone))
        }
    }
}

fn when(speech: Speech, when: &When, zone: &Zone) -> String {
    let date = |date| speech.date(date, speech.pick("%a %-d %b %Y", "%a %-d. %b %Y"));
    let span = match when {
        When::Span(span) => span,
        When::Day(day) => return format!("{}, {}", date(*day), told::of(speech).time_unknown),
    };
    let (start, end) = (span.start().wall(), span.end().wall());
    let until = match (span.has_end(), end.date() == start.date()) {
        (false, _) => String::new(),
        (true, true) => format!("–{}", end.format("%H:%M")),
        (true, false) => format!("–{} ({})", end.format("%H:%M"), speech.short(end.date())),
    };
    let clock = abbreviation(span.start(), zone);
    format!(
        "{}, {}{until} {clock}",
        date(start.date()),
        start.format("%H:%M")
    )
}

fn field(speech: Speech, name: &'static str, from: &str, to: &str) -> Markup {
    let words = told::of(speech);
    let value = |value: &str| isolated(&named(speech, name, value));
    let name = told::field(speech, name);
    // In German its name is a noun.
    let name = speech.pick(name.to_lowercase(), name.to_owned());
    html! {
        (name)
        @match (from.is_empty(), to.is_empty()) {
            (true, _) => { (words.field_set) (value(to)) },
            (_, true) => { (words.field_unset) (value(from)) },
            _ => (around(words.field, &value(from), &value(to))),
        }
    }
}

/// The value of a field that history notes in English or as a tag, as people say it.
fn named(speech: Speech, field: &str, value: &str) -> String {
    let name = match field {
        "Kind" => {
            let mut kinds = Kind::ALL.into_iter();
            let kind = kinds.find(|kind| kind.name() == value);
            kind.map(|kind| programme::of(speech).kind(kind).to_owned())
        }
        "Language" => Language::parse(value).map(|tag| language::name(&tag).to_owned()),
        _ => None,
    };
    name.unwrap_or_else(|| value.to_owned())
}

fn room(words: &told::Words, placement: &Placement) -> Markup {
    match &placement.room {
        Some(room) => isolated(room),
        None => html! { (words.no_room) },
    }
}

fn address(link: &str) -> Markup {
    html! {
        @match WebUrl::parse(link) {
            Some(url) => a href=(url) { bdi { (url) } },
            None => bdi { (link) },
        }
    }
}

fn around([before, between, after]: Around, from: &Markup, to: &Markup) -> Markup {
    html! { (before) (from) (between) (to) (after) }
}

/// A text of the data, which may run in the other direction.
fn isolated(text: &str) -> Markup {
    html! { bdi { (text) } }
}
