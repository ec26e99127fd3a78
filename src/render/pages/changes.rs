//! The page of what changed in a conference, the newest first.

use super::card::{Picture, card};
use super::frame::{Frame, page as framed};
use super::speech::Speech;
use super::words::changes::{self as words, Words};
use super::{Page, feeds, navigation, stories, told};
use crate::history::{Edition, Story};
use crate::render::{CHANGES, Context};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// How many changed talks the page tells of.
const TOLD: usize = 200;

pub(super) const STYLE: &str = include_str!("assets/changes.css");

/// An edition with what it tells of.
struct Told<'a> {
    edition: &'a Edition,
    stories: Vec<&'a Story>,
}

/// The page of changes.
pub(super) fn page(context: &Context<'_>) -> Vec<u8> {
    let conference = context.conference;
    let speech = Speech::of(conference);
    let words = words::of(speech);
    let all = context.history.chronicle.stories().len();
    let editions = told(context);
    let title = format!("{} – {}", words.title, conference.name);
    let frame = Frame {
        description: format!("{}{}", words.about, conference.name),
        head: card(conference, Picture::of_conference(conference).as_ref(), &[]),
        styles: &[STYLE],
        ..Frame::of(context, Page::Changes.folder(), &title)
    };
    let content = html! {
        (navigation::top(context, Page::Changes))
        main.changes lang=(speech.tag()) {
            p.eyebrow {
                a href=(context.page_url()) { bdi lang=(conference.language) { (conference.name) } }
            }
            h1 { (words.title) }
            p { (words.intro) }
            p {
                (words.follow) " " (feeds::formats(context, CHANGES)) " · "
                a href={ (context.page_url()) (Page::Editions.folder()) } { (words.all_editions) }
            }
            @if editions.is_empty() { (none(context, words)) }
            @for told in &editions { (edition(context, told, words)) }
            @if all > TOLD { (older(context, words)) }
        }
        (navigation::end(context))
    };
    framed(&frame, &content)
}

/// The newest changes by the last edition that had a part in them, and every note of an edition among
/// these.
fn told<'a>(context: &Context<'a>) -> Vec<Told<'a>> {
    let chronicle = &context.history.chronicle;
    let mut stories: BTreeMap<u64, Vec<&Story>> = BTreeMap::new();
    for story in chronicle.stories() {
        stories.entry(story.last.number).or_default().push(story);
    }
    let mut left = TOLD;
    let mut told = Vec::new();
    for publication in chronicle.publications.iter().rev() {
        let edition = &publication.edition;
        let mut stories = stories.remove(&edition.number).unwrap_or_default();
        if edition.number == 1 || left == 0 {
            break;
        }
        stories.truncate(left);
        left -= stories.len();
        if !stories.is_empty() || edition.note.is_some() {
            told.push(Told { edition, stories });
        }
    }
    told
}

fn edition(context: &Context<'_>, told: &Told<'_>, words: &Words) -> Markup {
    let conference = context.conference;
    let speech = Speech::of(conference);
    let Told { edition, stories } = told;
    let name = html! { (words.edition) (edition.number) };
    html! {
        section id={ "edition:" (edition.number) } {
            @match edition.published {
                Some(published) => {
                    p.eyebrow { (name) }
                    h2 { (told::stamp(speech, published, &conference.zone)) }
                },
                None => h2 { (name) },
            }
            @if let Some(note) = &edition.note {
                p.notice dir="auto" lang=(conference.language) { (note) }
            }
            @if !stories.is_empty() {
                ul {
                    @for story in stories {
                        @let states = [&story.after, &story.before, &story.between];
                        @let known = states.into_iter().flatten().next();
                        (stories::item(context, &story.code, known.map(|talk| &**talk), &story.details))
                    }
                }
            }
        }
    }
}

fn none(context: &Context<'_>, words: &Words) -> Markup {
    let speech = Speech::of(context.conference);
    let first = context.history.chronicle.publications.first();
    let published = first.and_then(|first| first.edition.published);
    html! {
        p.notice {
            @match published {
                Some(published) => {
                    (words.none_since) (told::stamp(speech, published, &context.conference.zone)) "."
                },
                None => (words.none),
            }
        }
    }
}

/// Where the changes are that this page has no room for.
fn older(context: &Context<'_>, words: &Words) -> Markup {
    let mut archives = crate::render::archives(context.conference, context.history);
    archives.reverse();
    html! {
        section {
            p { a href={ (context.page_url()) (Page::Editions.folder()) } { (words.older) } }
            @if !archives.is_empty() {
                p.soft {
                    (words.archives)
                    @for archive in &archives {
                        @let name = archive.path.rsplit('/').next().unwrap_or_default();
                        " " a href=(context.site.url(&archive.path)) { (name) }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
