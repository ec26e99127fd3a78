//! The page that lists every edition of a conference with what it changed, the newest first.

use super::card::{Picture, card};
use super::frame::{Frame, page};
use super::speech::Speech;
use super::words::editions::{self as words, Words};
use super::{Page, changes, feeds, navigation, stories, told};
use crate::history::Publication;
use crate::render::{CHANGES, Context};
use maud::{Markup, html};

/// How many changed talks of one edition are told.
const TOLD: usize = 100;

/// The page of all editions.
pub(super) fn editions(context: &Context<'_>) -> Vec<u8> {
    let conference = context.conference;
    let speech = Speech::of(conference);
    let words = words::of(speech);
    let title = format!("{} – {}", words.title, conference.name);
    let frame = Frame {
        description: format!("{}{}", words.about, conference.name),
        head: card(conference, Picture::of_conference(conference).as_ref(), &[]),
        styles: &[changes::STYLE],
        ..Frame::of(context, Page::Editions.folder(), &title)
    };
    let publications = context.history.chronicle.publications.iter().rev();
    let content = html! {
        (navigation::top(context, Page::Editions))
        main.changes lang=(speech.tag()) {
            p.eyebrow {
                a href=(context.page_url()) { bdi lang=(conference.language) { (conference.name) } }
            }
            h1 { (words.title) }
            p { (words.intro) }
            p {
                a href={ (context.page_url()) (Page::Changes.folder()) } { (words.to_changes) }
                " · " (feeds::formats(context, CHANGES))
            }
            @for publication in publications { (edition(context, publication, words)) }
        }
        (navigation::end(context))
    };
    page(&frame, &content)
}

fn edition(context: &Context<'_>, publication: &Publication, words: &Words) -> Markup {
    let Publication { edition, changes } = publication;
    let conference = context.conference;
    let folder = format!("{}editions/{}/", context.page_url(), edition.number);
    html! {
        section id={ "edition:" (edition.number) } {
            h2 { (words.edition) (edition.number) }
            @if let Some(published) = edition.published {
                p.soft { (told::stamp(Speech::of(conference), published, &conference.zone)) }
            }
            @if let Some(note) = &edition.note {
                p.notice dir="auto" lang=(conference.language) { (note) }
            }
            @if context.site.has_old_editions {
                p {
                    a href=(folder) { (words.programme) } " · "
                    a href={ (folder) "schedule.ics" } { (words.calendar) }
                }
            }
            (changed(publication, words))
            @if !changes.is_empty() {
                ul {
                    @for change in changes.iter().take(TOLD) {
                        @let talk = change.after.as_ref().or(change.before.as_ref());
                        (stories::item(context, &change.code, talk.map(|talk| &**talk), &change.details))
                    }
                }
            }
            @if changes.len() > TOLD {
                p { (words.more[0]) (changes.len() - TOLD) (words.more[1]) }
            }
        }
    }
}

/// How much an edition changed.
fn changed(publication: &Publication, words: &Words) -> Markup {
    let is_first = publication.edition.number == 1;
    html! {
        p {
            @match publication.changes.len() {
                _ if is_first => (words.first),
                0 => (words.unchanged),
                1 => (words.one_changed),
                many => { (many) (words.changed) },
            }
        }
    }
}
