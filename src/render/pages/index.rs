//! The page of all conferences.

use super::assets::INDEX;
use super::feeds::{alternate, found};
use super::frame::{Frame, page};
use super::programme::venue;
use super::speech::Speech;
use super::times;
use super::words::index::{self as words, Words};
use crate::model::{Conference, Part};
use crate::render::{Renderer, Site, feed_path};
use chrono::SecondsFormat;
use maud::{Markup, html};
use std::cmp::Reverse;

/// The smallest conference file, shown where there is no conference yet.
const FIRST_FILE: &str = "\
name = \"My Conference\"
time_zone = \"Europe/Berlin\"
";

/// The page that lists all conferences, the latest first.
pub fn index(conferences: &[&Conference], site: &Site) -> Vec<u8> {
    let mut conferences = conferences.to_vec();
    conferences.sort_by_key(|conference| {
        let day = conference.days.first().map(|day| day.date);
        (Reverse(day), &conference.name, &conference.slug)
    });
    let speech = speech(&conferences);
    let words = words::of(speech);
    let frame = Frame {
        description: words.description.into(),
        scripts: &[INDEX],
        head: html! { @for conference in &conferences { (autodiscovery(conference, site)) } },
        ..Frame::plain(speech.tag(), words.title, Some(String::new()), site)
    };
    let content = html! {
        header {
            h1 { (words.title) }
            @if !conferences.is_empty() { p { (words.invitation) } }
        }
        main {
            @if conferences.is_empty() { (nothing_yet()) }
            @else {
                section id="page:conferences" {
                    h2 data-upcoming=(words.upcoming) { (words.all) }
                    ul.conferences {
                        @for conference in &conferences { (item(conference, site, speech)) }
                    }
                }
                // The page knows no clock: a script does, and moves here what is over.
                section id="page:past" hidden { h2 { (words.past) } ul.conferences {} }
            }
        }
        footer { p { (words.published_with) } }
    };
    page(&frame, &content)
}

/// The language of the page: English, unless all conferences speak another.
fn speech(conferences: &[&Conference]) -> Speech {
    let mut speeches = conferences.iter().map(|conference| Speech::of(conference));
    let first = speeches.next().unwrap_or(Speech::English);
    if speeches.all(|other| other == first) {
        first
    } else {
        Speech::English
    }
}

fn feed_url(conference: &Conference, site: &Site, renderer: &Renderer) -> String {
    site.url(&feed_path(conference, &Part::Whole, renderer))
}

fn autodiscovery(conference: &Conference, site: &Site) -> Markup {
    html! {
        @for renderer in found(&Part::Whole) {
            (alternate(renderer, &conference.name, &feed_url(conference, site, renderer)))
        }
    }
}

fn item(conference: &Conference, site: &Site, speech: Speech) -> Markup {
    let words: &Words = words::of(speech);
    let folder = site.url(&format!("{}/", conference.slug));
    html! {
        li data-end=[end(conference)] {
            h3 { a href=(folder) { bdi lang=(conference.language) { (conference.name) } } }
            p.dates { (times::dates(conference, speech, None)) }
            (place(conference))
            ul.links {
                @for (name, path) in [(words.programme, ""), (words.subscribe, "subscribe/"), (words.changes, "changes/")] {
                    li { a href={ (folder) (path) } { (name) } }
                }
            }
        }
    }
}

/// When a conference is over, on its own clock.
fn end(conference: &Conference) -> Option<String> {
    let last = conference.days.last()?;
    let end = conference.zone.start_of(last.date.succ_opt()?);
    Some(end.to_rfc3339_opts(SecondsFormat::Secs, true))
}

fn place(conference: &Conference) -> Markup {
    html! {
        (venue(conference))
        @if let Some(online) = &conference.online { p { a href=(online) { "Online" } } }
    }
}

fn nothing_yet() -> Markup {
    html! {
        h2 { "No conference here yet" }
        p {
            "Make a folder for it in the data folder, with a file " code { "conference.toml" }
            " that says at least this much:"
        }
        pre { code { (FIRST_FILE) } }
        p {
            "Talks go into the same file, or into Markdown notes beside it. "
            code { "handbill check" } " tells what is still missing. Then load this page again."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    fn rendered(conferences: &[&Conference]) -> String {
        let site = Site::new("https://example.org/schedule");
        let page = String::from_utf8(index(conferences, &site)).expect("UTF-8");
        let (_, body) = page.split_once("<body>").expect("a body");
        body.replace('<', "\n<").replace("\n</", "</")
    }

    #[test]
    fn the_latest_conference_comes_first() {
        let old = Conference {
            slug: crate::model::Slug::of("old"),
            days: fixture::days(&["2022-02-05"]),
            ..fixture::conference()
        };
        insta::assert_snapshot!(rendered(&[&old, &fixture::conference()]));
    }

    #[test]
    fn the_page_speaks_german_where_all_conferences_do() {
        let [german, english] = ["de", "en"].map(|tag| Conference {
            language: crate::model::Language::parse(tag).expect("a tag"),
            ..fixture::conference()
        });
        let page = rendered(&[&german, &german]);
        assert!(page.contains("25. Oktober 2026"), "{page}");
        assert!(page.contains("Abonnieren"), "{page}");
        assert!(rendered(&[&german, &english]).contains("Subscribe"));
    }

    #[test]
    fn an_empty_site_says_how_to_add_a_conference() {
        insta::assert_snapshot!(rendered(&[]));
    }
}
