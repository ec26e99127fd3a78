//! The page of one talk: all that is known of it, and what became of it.

use super::card::{Picture, card};
use super::frame::{Frame, page as framed};
use super::speech::Speech;
use super::words::programme;
use super::words::talk_page::{self as words, Words};
use super::{Page, add_once, assets, feeds, language, navigation, occurrences, people};
use super::{star, stories, structured, talk_links, told};
use crate::history::Placement;
use crate::model::{Kind, Markdown, State, Talk};
use crate::render::{Context, Occurrence, ics, text};
use maud::{Markup, PreEscaped, html};

const STYLE: &str = include_str!("assets/talk.css");

/// The page of the selected talk.
pub(super) fn page(context: &Context<'_>) -> Vec<u8> {
    let talks = context.talks();
    let Some(occurrence) = talks.first() else {
        let frame = Frame::of(context, "", &context.title());
        return framed(&frame, &html! { (navigation::top(context, Page::Talk)) });
    };
    let (conference, talk) = (context.conference, occurrence.talk);
    let title = format!("{} – {}", talk.title, conference.name);
    let frame = Frame {
        description: description(context, occurrence),
        head: head(context, occurrence),
        styles: &[STYLE, star::STYLE],
        scripts: &[assets::MY],
        ..Frame::of(context, &format!("talks/{}/", talk.code), &title)
    };
    let speech = Speech::of(conference);
    let content = html! {
        (navigation::top(context, Page::Talk))
        main.one lang=(speech.tag()) {
            (heading(context, occurrence))
            (when(context, occurrence, speech))
            (texts(context, talk, words::of(speech)))
            (people::section(context, talk))
            (talk_links::section(context, occurrence))
            (details(context, talk, speech))
            (stories::of_talk(context, talk))
            p.soft { (words::of(speech).feeds) " " (feeds::of_part(context)) }
        }
        (navigation::end(context))
    };
    framed(&frame, &content)
}

fn head(context: &Context<'_>, occurrence: &Occurrence<'_>) -> Markup {
    let talk = occurrence.talk;
    let speech = Speech::of(context.conference);
    let words = words::of(speech);
    let own = talk.image.as_ref().map(|url| Picture {
        url,
        shows: &talk.title,
        is_large: true,
    });
    let mut speakers = talk.speakers.iter();
    let portrait = speakers.find_map(|speaker| {
        Some(Picture {
            url: speaker.picture.as_ref()?,
            shows: &speaker.name,
            is_large: false,
        })
    });
    let picture = own
        .or(portrait)
        .or_else(|| Picture::of_conference(context.conference));
    let mut facts = vec![(words.when, first_place(context, occurrence, speech))];
    if !talk.speakers.is_empty() {
        facts.push((words.speakers, talk.speaker_names()));
    }
    html! {
        (feeds::alternates(context))
        (card(context.conference, picture.as_ref(), &facts))
        (structured::talk(context, occurrence))
    }
}

/// When and where a talk is first held, on one line.
fn first_place(context: &Context<'_>, occurrence: &Occurrence<'_>, speech: Speech) -> String {
    let slot = occurrence.slots.first();
    slot.map_or_else(
        || words::of(speech).unscheduled.to_owned(),
        |slot| told::place(speech, &Placement::of(slot), &context.conference.zone),
    )
}

/// For search engines and previews of links: when, where, who, what.
fn description(context: &Context<'_>, occurrence: &Occurrence<'_>) -> String {
    let talk = occurrence.talk;
    let speech = Speech::of(context.conference);
    let mut said = match talk.state {
        State::Cancelled => words::of(speech).cancelled_whole.to_owned(),
        State::Confirmed | State::Tentative => first_place(context, occurrence, speech),
    };
    if !talk.speakers.is_empty() {
        said = format!("{said} · {}", talk.speaker_names());
    }
    match text::plain(&talk.summary) {
        summary if summary.is_empty() => said,
        summary => format!("{said} · {summary}"),
    }
}

fn heading(context: &Context<'_>, occurrence: &Occurrence<'_>) -> Markup {
    let talk = occurrence.talk;
    let words = words::of(Speech::of(context.conference));
    let title = html! { bdi lang=(tongue(context, talk)) { (talk.title) } };
    html! {
        div.heading {
            p.eyebrow { a href={ (context.page_url()) "#" (talk.code) } {
                    "← " (words.to_programme) ": "
                    bdi lang=(context.conference.language) { (context.conference.name) }
                } }
            h1 { @if talk.state == State::Cancelled { del { (title) } } @else { (title) } }
            @if let Some(subtitle) = &talk.subtitle {
                p.subtitle dir="auto" lang=(tongue(context, talk)) { (subtitle) }
            }
            @if !talk.speakers.is_empty() {
                p.speakers {
                    @for (place, speaker) in talk.speakers.iter().enumerate() {
                        @if place > 0 { ", " }
                        a href=(people::url(context, speaker)) {
                            bdi lang=(context.conference.language) { (speaker.name) }
                        }
                    }
                }
            }
            @match talk.state {
                State::Confirmed => {},
                State::Tentative => p.notice { (words.tentative_whole) },
                State::Cancelled => p.notice.alert { (words.cancelled_whole) },
            }
            (star::star(context, talk))
        }
    }
}

/// The language of a talk's texts.
fn tongue<'a>(context: &Context<'a>, talk: &'a Talk) -> &'a str {
    talk.language
        .as_deref()
        .unwrap_or(&context.conference.language)
}

fn when(context: &Context<'_>, occurrence: &Occurrence<'_>, speech: Speech) -> Markup {
    let words = words::of(speech);
    let Occurrence { talk, slots } = occurrence;
    let can_be_added = slots.iter().any(|slot| add_once::is_of_use(talk, slot));
    let [copies, subscribe, follow] = words.no_updates;
    html! {
        section {
            h2 { (words.when) }
            (occurrences::list(context, talk, slots, |slot| add_once::links(context, talk, slot, words)))
            @if can_be_added {
                p { a.button href=(context.feed_url(&ics::RENDERER)) { (words.calendar_file) } }
                p.soft {
                    (copies)
                    a href={ (context.page_url()) (Page::Subscribe.folder()) } { (subscribe) }
                    (follow)
                }
            }
        }
    }
}

fn texts(context: &Context<'_>, talk: &Talk, words: &Words) -> Markup {
    let base = talk.url.as_ref().or(context.conference.url.as_ref());
    let text = |heading: &str, markdown: &Markdown, language: &str| {
        html! {
            @if !markdown.is_empty() {
                section {
                    h2 { (heading) }
                    div.text dir="auto" lang=(language) { (PreEscaped(text::page_html(markdown, base))) }
                }
            }
        }
    };
    html! {
        (text(words.summary, &talk.summary, tongue(context, talk)))
        (text(words.description, &talk.description, tongue(context, talk)))
        (text(words.notes, &talk.notes, &context.conference.language))
    }
}

fn details(context: &Context<'_>, talk: &Talk, speech: Speech) -> Markup {
    let words = words::of(speech);
    let said = |text: &str| html! { bdi lang=(context.conference.language) { (text) } };
    let kind = (talk.kind != Kind::Talk).then(|| programme::of(speech).kind(talk.kind));
    // The organisers' own word says more.
    let kind = talk
        .format
        .as_ref()
        .map(|format| said(format))
        .or(kind.map(|kind| html! { (kind) }));
    let rows: [(&str, Option<Markup>); 7] = [
        (words.kind, kind),
        (
            words.track,
            talk.track.as_ref().map(|track| {
                html! { span class={ "track track-" (track.slug) } { (said(&track.name)) } }
            }),
        ),
        (
            words.language,
            talk.language.as_ref().map(|tag| {
                html! { bdi lang=(&**tag) { (language::name(tag)) } }
            }),
        ),
        (words.level, talk.level.as_ref().map(|level| said(level))),
        (
            words.tags,
            (!talk.tags.is_empty()).then(|| {
                html! {
                    @for (place, tag) in talk.tags.iter().enumerate() {
                        @if place > 0 { ", " }
                        (said(tag))
                    }
                }
            }),
        ),
        (
            words.licence,
            talk.licence.as_ref().map(|licence| said(licence)),
        ),
        (
            words.recording,
            (talk.recording_optout == Some(true)).then(|| html! { (words.not_recorded) }),
        ),
    ];
    let mut rows = rows
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .peekable();
    html! {
        @if rows.peek().is_some() {
            section {
                h2 { (words.details) }
                dl.details { @for (name, value) in rows { div { dt { (name) } dd { (value) } } } }
            }
        }
    }
}

#[cfg(test)]
mod tests;
