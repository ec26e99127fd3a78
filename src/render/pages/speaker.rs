//! The page of one speaker: who they are, and when and where they speak.

use super::calendar_links::webcal;
use super::card::{Picture, card};
use super::frame::{Frame, page as framed};
use super::speech::Speech;
use super::words::speaker::{self as words, Words};
use super::{Page, assets, feeds, navigation, occurrences, star, structured, talk_links};
use crate::model::{Part, Speaker, State};
use crate::render::{Context, Occurrence, ics, text};
use maud::{Markup, PreEscaped, html};

const STYLE: &str = include_str!("assets/talk.css");

/// The page of the selected speaker.
pub(super) fn page(context: &Context<'_>) -> Vec<u8> {
    let conference = context.conference;
    let Some(speaker) = selected(context) else {
        let frame = Frame::of(context, "", &context.title());
        return framed(&frame, &html! { (navigation::top(context, Page::Speaker)) });
    };
    let speech = Speech::of(conference);
    let words = words::of(speech);
    let talks = context.talks();
    let title = format!("{} – {}", speaker.name, conference.name);
    let frame = Frame {
        description: description(context, speaker, words),
        head: head(context, speaker, &talks),
        styles: &[STYLE, star::STYLE],
        scripts: &[assets::MY],
        ..Frame::of(context, &format!("speakers/{}/", speaker.slug), &title)
    };
    let content = html! {
        (navigation::top(context, Page::Speaker))
        main.one lang=(speech.tag()) {
            div.heading {
                p.eyebrow {
                    (words.speaker_at)
                    a href=(context.page_url()) { bdi lang=(conference.language) { (conference.name) } }
                }
                h1 { bdi lang=(conference.language) { (speaker.name) } }
                @if !speaker.biography.is_empty() {
                    div.text dir="auto" lang=(conference.language) {
                        (PreEscaped(text::page_html(&speaker.biography, conference.url.as_ref())))
                    }
                }
                (links(context, speaker, speech))
            }
            section {
                h2 { (words.talks) }
                @if talks.is_empty() { p { (words.no_talks) } }
                @for occurrence in &talks { (talk(context, occurrence)) }
            }
            (follow(context, words))
        }
        (navigation::end(context))
    };
    framed(&frame, &content)
}

fn selected<'a>(context: &Context<'a>) -> Option<&'a Speaker> {
    let Part::Speaker(slug) = &context.selection.part else {
        return None;
    };
    let mut speakers = context.conference.speakers.iter();
    speakers
        .find(|speaker| speaker.slug == *slug)
        .map(|speaker| &**speaker)
}

/// Who they are, or what they speak of.
fn description(context: &Context<'_>, speaker: &Speaker, words: &Words) -> String {
    let said = text::plain(&speaker.biography);
    if !said.is_empty() {
        return said;
    }
    let talks = context.talks();
    let titles: Vec<&str> = talks
        .iter()
        .map(|occurrence| &*occurrence.talk.title)
        .collect();
    format!(
        "{}{}: {}",
        words.speaker_at,
        context.conference.name,
        titles.join(", ")
    )
}

fn head(context: &Context<'_>, speaker: &Speaker, talks: &[Occurrence<'_>]) -> Markup {
    let portrait = speaker.picture.as_ref().map(|url| Picture {
        url,
        shows: &speaker.name,
        is_large: false,
    });
    let picture = portrait.or_else(|| Picture::of_conference(context.conference));
    html! {
        (feeds::alternates(context))
        (card(context.conference, picture.as_ref(), &[]))
        (structured::speaker(context, speaker, talks))
    }
}

fn links(context: &Context<'_>, speaker: &Speaker, speech: Speech) -> Markup {
    let words = words::of(speech);
    let has_any = speaker.url.is_some() || speaker.picture.is_some() || !speaker.links.is_empty();
    html! {
        @if has_any {
            ul.links aria-label=(words.links) {
                @if let Some(url) = &speaker.url {
                    li { a href=(url) { (words.own_page) } " " (talk_links::at(url)) }
                }
                @for link in &speaker.links { li { (talk_links::link(context, link, speech)) } }
                @if let Some(picture) = &speaker.picture {
                    li { a href=(picture) { (words.picture) } " " (talk_links::at(picture)) }
                }
            }
        }
    }
}

fn talk(context: &Context<'_>, occurrence: &Occurrence<'_>) -> Markup {
    let Occurrence { talk, slots } = occurrence;
    let language = talk
        .language
        .as_deref()
        .unwrap_or(&context.conference.language);
    let title = html! { bdi lang=(language) { (talk.title) } };
    html! {
        article {
            h3 {
                a href=(context.part_url(&Part::Talk(talk.code.clone()))) {
                    @if talk.state == State::Cancelled { del { (title) } } @else { (title) }
                }
            }
            (star::star(context, talk))
            (occurrences::list(context, talk, slots, |_| html! {}))
        }
    }
}

fn follow(context: &Context<'_>, words: &Words) -> Markup {
    let calendar = webcal(&context.feed_url(&ics::RENDERER));
    html! {
        section {
            h2 { (words.follow) }
            p { (words.follow_why) }
            p { a.button href=(calendar) { (words.calendar) } }
            p.feeds-of { (words.feeds) " " (feeds::of_part(context)) }
        }
    }
}

#[cfg(test)]
mod tests;
