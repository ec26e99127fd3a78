//! What became of talks, on pages.

use super::speech::Speech;
use super::told;
use super::words::{talk_page, told as words};
use crate::history::{Detail, Story};
use crate::model::{Part, Talk, TalkCode};
use crate::render::Context;
use maud::{Markup, html};

/// What became of one talk, the newest first, and when it was first published; nothing where nobody
/// knows.
pub(super) fn of_talk(context: &Context<'_>, talk: &Talk) -> Markup {
    let conference = context.conference;
    let (speech, zone) = (Speech::of(conference), &conference.zone);
    let stories = context.history.chronicle.stories().iter().rev();
    let stories: Vec<&Story> = stories.filter(|story| story.code == talk.code).collect();
    let is_told_as_new = stories
        .iter()
        .any(|story| story.details.contains(&Detail::Added));
    let (first, _) = context.history.talk(&talk.code);
    // The story of a talk that came later tells when.
    let first = first.filter(|_| !is_told_as_new);
    html! {
        @if !stories.is_empty() || first.is_some() {
            section {
                h2 { (talk_page::of(speech).history) }
                ol.history {
                    @for story in stories {
                        li {
                            @if let Some(published) = story.last.published {
                                p.soft { (told::stamp(speech, published, zone)) }
                            }
                            (told::sentences(speech, &story.details, zone))
                        }
                    }
                    @if let Some(first) = first {
                        li {
                            p.soft { (told::stamp(speech, first, zone)) }
                            p { (words::of(speech).published) }
                        }
                    }
                }
            }
        }
    }
}

/// A changed talk in a list of changes: its title, the kinds of what is different, and all of it in
/// sentences.
pub(super) fn item(
    context: &Context<'_>,
    code: &TalkCode,
    talk: Option<&Talk>,
    details: &[Detail],
) -> Markup {
    let conference = context.conference;
    let speech = Speech::of(conference);
    let is_published = conference.talk(code).is_some();
    let title = html! {
        @match talk {
            Some(talk) => bdi lang=(talk.language.as_deref().unwrap_or(&conference.language)) { (talk.title) },
            None => bdi { (code) },
        }
    };
    html! {
        li.change {
            p.title {
                @if is_published { a href=(context.part_url(&Part::Talk(code.clone()))) { (title) } }
                @else { (title) }
                @for kind in kinds(speech, details) { " " span.badge { (kind) } }
            }
            (told::sentences(speech, details, &conference.zone))
        }
    }
}

/// The kinds of changes, each once.
fn kinds(speech: Speech, details: &[Detail]) -> Vec<&'static str> {
    let mut kinds = Vec::new();
    for kind in details.iter().map(|detail| words::kind(speech, detail)) {
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    kinds
}
