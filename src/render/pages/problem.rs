//! The page for somebody whose address leads to no document: what happened, and where to go from here.

use super::frame::{Frame, page};
use super::speech::Speech;
use super::style::DEFAULT_COLOUR;
use super::words::{index, navigation, problem as words};
use crate::model::Conference;
use crate::render::Site;
use maud::{Markup, html};

/// Why there is no document.
pub struct Trouble<'a> {
    /// The answer's status (RFC 9110 §15).
    pub status: u16,
    /// What was found and expected, in English; `None` where the status says it all.
    pub detail: Option<&'a str>,
    /// The address that may have been meant.
    pub near: Option<&'a str>,
    /// What could have been asked for.
    pub known: &'a [String],
    /// The conference of the address, where it is one of this site.
    pub conference: Option<&'a Conference>,
}

/// The page of an error. It loads nothing: its address may be below any path.
pub fn problem(trouble: &Trouble<'_>, site: &Site) -> Vec<u8> {
    let speech = trouble.conference.map_or(Speech::English, Speech::of);
    let words = words::of(speech);
    let kind = match trouble.status {
        404 => &words.not_found,
        410 => &words.gone,
        400 => &words.bad_request,
        503 => &words.unavailable,
        _ => &words.failed,
    };
    let colour = trouble
        .conference
        .and_then(|conference| conference.colour)
        .unwrap_or(DEFAULT_COLOUR);
    let frame = Frame {
        description: kind.text.into(),
        colour,
        conference: trouble.conference,
        ..Frame::plain(speech.tag(), kind.title, None, site)
    };
    let content = html! {
        header {
            @if let Some(conference) = trouble.conference {
                p.eyebrow { bdi lang=(conference.language) { (conference.name) } }
            }
            h1 { (kind.title) }
            p { (kind.text) }
        }
        main {
            @if let Some(detail) = trouble.detail { p.notice lang="en" { (detail) } }
            @if let Some(near) = trouble.near {
                h2 { (words.did_you_mean) }
                p.ways { a href=(near) { (near) } }
            }
            @if !trouble.known.is_empty() {
                h2 { (words.possible) }
                ul.text { @for known in trouble.known { li { (possible(known)) } } }
            }
            nav.ways aria-label=(words.label) { (ways(trouble.conference, site, speech)) }
        }
        footer { p { (words.published_with) } }
    };
    page(&frame, &content)
}

/// One thing that could have been asked for: a page's address, or a word.
fn possible(known: &str) -> Markup {
    let is_address = known.starts_with("https://") || known.starts_with("http://");
    html! {
        @if is_address { a href=(known) { (known) } } @else { code { (known) } }
    }
}

/// The ways from here.
fn ways(conference: Option<&Conference>, site: &Site, speech: Speech) -> Markup {
    let (here, all) = (navigation::of(speech), index::of(speech));
    html! {
        @if let Some(conference) = conference {
            @let folder = site.url(&format!("{}/", conference.slug));
            a href=(folder) { (here.programme) }
            a href={ (folder) "subscribe/" } { (here.subscribe) }
            a href={ (folder) "changes/" } { (here.changes) }
        }
        a href=(site.url("")) { (all.all) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    fn rendered(trouble: &Trouble<'_>) -> String {
        let site = Site::new("https://example.org/schedule");
        let page = String::from_utf8(problem(trouble, &site)).expect("UTF-8");
        let (_, body) = page.split_once("<body>").expect("a body");
        body.replace('<', "\n<").replace("\n</", "</")
    }

    fn trouble(status: u16) -> Trouble<'static> {
        Trouble {
            status,
            detail: None,
            near: None,
            known: &[],
            conference: None,
        }
    }

    #[test]
    fn an_address_that_is_nearly_right_leads_to_the_one_that_is() {
        let conference = fixture::conference();
        insta::assert_snapshot!(rendered(&Trouble {
            near: Some("https://example.org/schedule/fixture/subscribe/"),
            conference: Some(&conference),
            ..trouble(404)
        }));
    }

    #[test]
    fn every_status_has_words_in_the_language_of_the_conference() {
        let german = Conference {
            language: crate::model::Language::parse("de").expect("a tag"),
            ..fixture::conference()
        };
        for (status, words) in [
            (400, "nicht zu verstehen"),
            (404, "Hier gibt es nichts"),
            (410, "nicht mehr im Programm"),
            (500, "ließ sich nicht erzeugen"),
            (503, "Im Moment nicht erreichbar"),
        ] {
            let page = rendered(&Trouble {
                conference: Some(&german),
                ..trouble(status)
            });
            assert!(page.contains(words), "{status}: {page}");
        }
    }

    #[test]
    fn what_was_asked_is_shown_as_text() {
        let page = rendered(&Trouble {
            detail: Some("<script>alert(1)</script>"),
            ..trouble(400)
        });
        assert!(!page.contains("<script"), "{page}");
    }
}
