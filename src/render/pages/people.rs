//! People as pages of talks show them.

use super::speech::Speech;
use super::words::talk_page;
use crate::model::{Part, Speaker, Talk};
use crate::render::{Context, text};
use maud::{Markup, PreEscaped, html};

/// The longest biography, in characters, that the page of a talk shows whole.
const BRIEF: usize = 500;

/// Who speaks, each with a link to their page and what can be said of them in brief; nothing where
/// there is nothing to say beyond their names.
pub(super) fn section(context: &Context<'_>, talk: &Talk) -> Markup {
    let speech = Speech::of(context.conference);
    let mut speakers = talk.speakers.iter();
    let has_any = speakers.any(|speaker| !speaker.biography.is_empty());
    html! {
        @if has_any {
            section {
                h2 { (talk_page::of(speech).speakers) }
                ul.people { @for speaker in &talk.speakers { li { (person(context, speaker, speech)) } } }
            }
        }
    }
}

/// The address of a speaker's page.
pub(super) fn url(context: &Context<'_>, speaker: &Speaker) -> String {
    context.part_url(&Part::Speaker(speaker.slug.clone()))
}

fn person(context: &Context<'_>, speaker: &Speaker, speech: Speech) -> Markup {
    let language = &context.conference.language;
    let said = text::plain(&speaker.biography);
    let name = html! { bdi lang=(language) { (speaker.name) } };
    html! {
        h3 { a href=(url(context, speaker)) { (name) } }
        @if said.is_empty() {}
        @else if said.chars().count() <= BRIEF {
            div.text dir="auto" lang=(language) {
                (PreEscaped(text::page_html(&speaker.biography, context.conference.url.as_ref())))
            }
        } @else {
            p.text dir="auto" lang=(language) { (brief(&said)) }
            p { a href=(url(context, speaker)) { (talk_page::of(speech).more_about) (name) } }
        }
    }
}

/// The first paragraph of a text, cut at a word's end where it is long.
fn brief(said: &str) -> String {
    let paragraph = said.split("\n\n").next().unwrap_or_default();
    let mut brief = String::new();
    let mut length = 0;
    for word in paragraph.split_whitespace() {
        length += word.chars().count() + 1;
        if length > BRIEF {
            brief.push('…');
            break;
        }
        if !brief.is_empty() {
            brief.push(' ');
        }
        brief.push_str(word);
    }
    brief
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_biography_is_told_by_its_first_paragraph() {
        let said = format!("She counts.\n\n{}", "And more. ".repeat(100));
        assert_eq!(brief(&said), "She counts.");
        let long = brief(&"word ".repeat(300));
        assert!(
            long.ends_with("word…") && long.chars().count() <= BRIEF + 1,
            "{long}"
        );
    }
}
