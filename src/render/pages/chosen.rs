//! The page of the talks that somebody chose.
//!
//! The address says everything: whoever has it sees the same list. A script knows whether the list is
//! the one that is kept on this device, and then lets talks be removed.

use super::agenda::{Agenda, AgendaDay, Entry};
use super::clashes::{Clash, clashes};
use super::day::{hours, spans};
use super::frame::{Frame, page as framed};
use super::speech::Speech;
use super::words::chosen::{self, Words};
use super::{Page, assets, feeds, navigation, qr, star, subscribe, times};
use crate::history::slot_uid;
use crate::model::{Chosen, Conference, Mark, Part, Plain, Slot, State, Talk, When, Zone};
use crate::render::{CHANGES, Context, RENDERERS, Renderer, words as names};
use maud::{Markup, html};
use std::collections::BTreeSet;

const STYLES: &[&str] = &[
    star::STYLE,
    subscribe::STYLE,
    include_str!("assets/chosen.css"),
];

/// The page of a choice, which may be empty.
pub(super) fn page(context: &Context<'_>) -> Vec<u8> {
    let Part::Chosen(chosen) = &context.selection.part else {
        return Vec::new();
    };
    let speech = Speech::of(context.conference);
    let words = chosen::of(speech);
    let title = format!("{} – {}", words.my_talks, context.conference.name);
    let path = match chosen.is_empty() {
        true => Page::Chosen.folder().to_owned(),
        false => format!("{}{chosen}/", Page::Chosen.folder()),
    };
    let frame = Frame {
        description: words.explained[2].to_owned(),
        head: head(context, chosen),
        styles: STYLES,
        scripts: &[assets::MY, assets::COPY],
        ..Frame::of(context, &path, &title)
    };
    let content = html! {
        (navigation::top(context, Page::Chosen))
        main {
            h1 lang=(speech.tag()) tabindex="-1" { (words.my_talks) }
            p.soft { bdi { (context.conference.name) } }
            @if chosen.is_empty() { (explained(context, words)) }
            @else { (List { context, speech, words }.shown(chosen)) }
        }
        (navigation::end(context))
    };
    framed(&frame, &content)
}

/// The feeds of the choice come first; and there are more choices than anybody should search.
fn head(context: &Context<'_>, chosen: &Chosen) -> Markup {
    let title = context.title();
    html! {
        meta name="robots" content="noindex";
        @if !chosen.is_empty() {
            @for renderer in subscribed().chain(CHANGES.iter().copied()) {
                (feeds::alternate(renderer, &title, &context.feed_url(renderer)))
            }
        }
    }
}

/// What feeds call a choice.
pub(in crate::render) fn name(conference: &Conference) -> Plain {
    Plain::new(chosen::of(Speech::of(conference)).my_talks)
}

fn subscribed() -> impl Iterator<Item = &'static Renderer> {
    let formats = RENDERERS.iter().copied();
    formats.filter(|renderer| renderer.is_subscribed_to())
}

fn explained(context: &Context<'_>, words: &Words) -> Markup {
    let speech = Speech::of(context.conference);
    html! {
        div lang=(speech.tag()) {
            h2 { (words.none) }
            @for paragraph in words.explained { p { (paragraph) } }
            noscript { p.notice { (words.needs_script) } }
            p { a.button href=(context.page_url()) { (words.to_programme) } }
        }
    }
}

/// A choice on its page.
struct List<'a> {
    context: &'a Context<'a>,
    speech: Speech,
    words: &'static Words,
}

impl<'a> List<'a> {
    fn shown(&self, chosen: &Chosen) -> Markup {
        let talks = self.context.talks();
        let clashes = clashes(&talks);
        let known: BTreeSet<Mark> = talks
            .iter()
            .map(|known| Mark::of(&known.talk.code))
            .collect();
        let agenda = Agenda::of_selection(self.context);
        html! {
            (self.foreign())
            p lang=(self.speech.tag()) { (self.speech.talks(talks.len())) }
            @if let Some(unknown @ 1..) = chosen.len().checked_sub(known.len()) {
                p.notice lang=(self.speech.tag()) { (self.speech.unknown(unknown)) }
            }
            (self.clashing(&clashes))
            @for day in &agenda.days { (self.day(day, &clashes)) }
            @if !agenda.unscheduled.is_empty() {
                section {
                    h2 lang=(self.speech.tag()) { (self.words.no_day) }
                    (self.entries(&agenda.unscheduled, &clashes, |_| html! {}))
                }
            }
            (self.taken_along())
        }
    }

    /// What a visitor can do with a list that is not the one kept on this device. A script shows it.
    fn foreign(&self) -> Markup {
        let words = self.words;
        html! {
            div.notice id="page:foreign" hidden lang=(self.speech.tag()) {
                div data-when="none" hidden {
                    p { (words.adopt) }
                    button type="button" data-my="adopt" { (words.adopt_button) }
                }
                div data-when="kept" hidden {
                    p { (words.differs) }
                    button type="button" data-my="merge" { (words.merge_button) }
                    button type="button" data-my="adopt" { (words.replace_button) }
                    button type="button" data-my="mine" { (words.show_mine) }
                }
            }
        }
    }

    /// The talks that cannot all be heard, each pair once.
    fn clashing(&self, clashes: &[Clash<'_>]) -> Markup {
        let mut told: BTreeSet<[&str; 2]> = BTreeSet::new();
        let mut rows = Vec::new();
        for clash in clashes.iter().filter(|clash| clash.is_certain()) {
            let new = clash.with.iter().filter(|other| {
                let mut pair = [&*clash.talk.code, &*other.code];
                pair.sort_unstable();
                told.insert(pair)
            });
            let new: Vec<&Talk> = new.copied().collect();
            if !new.is_empty() {
                rows.push((clash.talk, new));
            }
        }
        html! {
            @if !rows.is_empty() {
                section.clashes {
                    h2 lang=(self.speech.tag()) { (self.words.overlaps) }
                    p lang=(self.speech.tag()) { (self.words.overlaps_explained) }
                    ul {
                        @for (talk, others) in &rows {
                            li lang=(self.speech.tag()) {
                                (titles(&[*talk])) " " (self.words.and) " " (titles(others))
                            }
                        }
                    }
                }
            }
        }
    }

    fn day(&self, day: &AgendaDay<'a>, clashes: &[Clash<'_>]) -> Markup {
        let zone = &self.context.conference.zone;
        let hours = hours(day, zone, self.speech);
        html! {
            section {
                h2 lang=(self.speech.tag()) {
                    time datetime=(day.date) { (self.speech.long(day.date)) }
                }
                @if let Some(first) = spans(day).next() {
                    p.soft lang=(self.speech.tag()) {
                        (self.words.all_times_in) " " (times::clock(first.start(), zone)) ", " (zone.name())
                    }
                }
                (self.entries(&day.timed, clashes, hours))
                @if !day.untimed.is_empty() {
                    p.group lang=(self.speech.tag()) { (self.words.no_hour) }
                    (self.entries(&day.untimed, clashes, |_| html! {}))
                }
            }
        }
    }

    fn entries(
        &self,
        entries: &[Entry<'_>],
        clashes: &[Clash<'_>],
        hours: impl Fn(&Entry<'_>) -> Markup,
    ) -> Markup {
        html! {
            @if !entries.is_empty() {
                ol.talks {
                    @for entry in entries { (self.entry(entry, clashes, &hours(entry))) }
                }
            }
        }
    }

    fn entry(&self, entry: &Entry<'_>, clashes: &[Clash<'_>], hours: &Markup) -> Markup {
        let (talk, words, tag) = (entry.talk, self.words, self.speech.tag());
        let state = entry.slot.map_or(talk.state, |slot| slot.state);
        let is_cancelled = state == State::Cancelled || talk.state == State::Cancelled;
        let address = self.context.part_url(&Part::Talk(talk.code.clone()));
        let own = clashes.iter().find(|clash| clash.talk.code == talk.code);
        let name = format!("{}: {}", words.remove, talk.title);
        html! {
            li.talk.cancelled[is_cancelled] {
                @if !hours.0.is_empty() { p.when { (hours) } }
                article {
                    button.remove type="button" hidden data-mark=(Mark::of(&talk.code)) lang=(tag)
                        aria-label=(name) { (words.remove) }
                    h3.title {
                        a href=(address) {
                            @if is_cancelled { del { (title(talk)) } } @else { (title(talk)) }
                        }
                    }
                    @if !talk.speakers.is_empty() {
                        p.speakers {
                            @for (place, speaker) in talk.speakers.iter().enumerate() {
                                @if place > 0 { ", " }
                                bdi { (speaker.name) }
                            }
                        }
                    }
                    ul.facts {
                        @if is_cancelled { li.badge.alert lang=(tag) { (words.cancelled) } }
                        @if state == State::Tentative { li.badge lang=(tag) { (words.tentative) } }
                        @if let Some(room) = entry.slot.and_then(|slot| slot.room.as_ref()) {
                            li { bdi { (room.name) } }
                        }
                    }
                    @if let Some(before) = entry.slot.and_then(|slot| self.before(talk, slot)) {
                        p.soft lang=(tag) { (words.was) " " (before) }
                    }
                    @if let Some(clash) = own.filter(|_| !is_cancelled) { (self.clash(clash)) }
                }
            }
        }
    }

    /// What stands in a talk's way, and when it can be heard all the same.
    fn clash(&self, clash: &Clash<'_>) -> Markup {
        let (words, tag) = (self.words, self.speech.tag());
        html! {
            p.clash lang=(tag) {
                (words.overlap) " " (titles(&clash.with)) ". "
                @if !clash.is_certain() {
                    (words.free) " "
                    @for (place, slot) in clash.free.iter().enumerate() {
                        @if place > 0 { ", " }
                        (self.at(&slot.when))
                    }
                    "."
                }
            }
        }
    }

    /// When and where an occurrence was before it was moved.
    fn before(&self, talk: &Talk, slot: &Slot) -> Option<Markup> {
        let uid = slot_uid(self.context.conference, talk, slot);
        let before = self.context.history.slots.get(&uid)?.before.as_ref()?;
        let room = slot.room.as_ref().map(|room| &room.name);
        let is_other = before.when != slot.when || before.room.as_ref() != room;
        is_other.then(|| {
            html! {
                (self.at(&before.when))
                @if let Some(room) = &before.room { ", " bdi { (room) } }
            }
        })
    }

    fn at(&self, when: &When) -> String {
        at(when, self.speech, &self.context.conference.zone)
    }

    /// The ways to have the choice elsewhere.
    fn taken_along(&self) -> Markup {
        let (context, words, tag) = (self.context, self.words, self.speech.tag());
        let own = context.part_url(&context.selection.part);
        let step_by_step = format!("{}{}", context.page_url(), Page::Subscribe.folder());
        html! {
            section.along {
                div lang=(tag) {
                    h2 { (words.take_along) }
                    p { (words.take_along_explained) }
                    (subscribe::notice_of_local(context))
                    (subscribe::links(context))
                    h3 { (words.calendar_address) }
                    (subscribe::address(context, "page:calendar", &context.feed_url(&crate::render::ics::RENDERER)))
                    p { a href=(step_by_step) { (words.step_by_step) } }
                    h3 { (words.page_address) }
                    (subscribe::address(context, "page:address", &own))
                    p { (words.feeds) " " (formats(context, subscribed().skip(1))) }
                    p { (words.feeds_of_changes) " " (formats(context, CHANGES.iter().copied())) }
                }
                div lang=(tag) { (qr::figure(&own, words.qr, words.qr_hint)) }
            }
        }
    }
}

/// A moment in words: "Sat 24 Oct, 09:00–09:45".
fn at(when: &When, speech: Speech, zone: &Zone) -> String {
    let day = speech.short(when.date());
    match when {
        When::Day(_) => day,
        When::Span(span) => {
            let start = span.start().wall().format("%H:%M");
            let end = span
                .has_end()
                .then(|| span.end().wall().format("–%H:%M").to_string());
            let clock = names::abbreviation(span.start(), zone);
            format!("{day}, {start}{} {clock}", end.unwrap_or_default())
        }
    }
}

fn title(talk: &Talk) -> Markup {
    html! { bdi lang=[talk.language.as_deref()] { (talk.title) } }
}

/// Titles within a sentence.
fn titles(talks: &[&Talk]) -> Markup {
    html! {
        @for (place, talk) in talks.iter().enumerate() {
            @if place > 0 { ", " }
            q { (title(talk)) }
        }
    }
}

fn formats(context: &Context<'_>, renderers: impl Iterator<Item = &'static Renderer>) -> Markup {
    html! {
        @for (place, renderer) in renderers.enumerate() {
            @if place > 0 { ", " }
            a href=(context.feed_url(renderer)) { (renderer.extension) }
        }
    }
}

#[cfg(test)]
mod tests;
