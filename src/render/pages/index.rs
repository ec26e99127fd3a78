//! The page of all conferences.

use super::OWN_LANGUAGE;
use super::feeds::{alternate, found};
use super::frame::{Frame, page};
use super::programme::place;
use super::style::DEFAULT_COLOUR;
use super::times;
use crate::model::{Conference, Part};
use crate::render::{Renderer, Site, feed_path, ics, talks};
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
    let frame = Frame {
        language: OWN_LANGUAGE,
        title: "Conference programmes",
        description: "Programmes of conferences, as calendars and feeds to subscribe to.",
        url: &site.url(""),
        colour: DEFAULT_COLOUR,
        conference: None,
        feeds: html! { @for conference in &conferences { (autodiscovery(conference, site)) } },
    };
    let content = html! {
        header {
            h1 { "Conference programmes" }
            @if !conferences.is_empty() {
                p { "Open a programme, or subscribe to it in your calendar or feed reader." }
            }
        }
        main {
            @if conferences.is_empty() { (nothing_yet()) }
            @else {
                ul.conferences { @for conference in &conferences { (item(conference, site)) } }
            }
        }
        footer { p { "Published with handbill" } }
    };
    page(&frame, &content)
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

fn item(conference: &Conference, site: &Site) -> Markup {
    html! {
        li {
            h2 {
                a href=(site.url(&format!("{}/", conference.slug))) {
                    bdi lang=(&*conference.language) { (conference.name) }
                }
            }
            p.dates { (times::dates(conference)) }
            (place(conference))
            ul.links {
                li { a href=(feed_url(conference, site, &ics::RENDERER)) { "Calendar (ics)" } }
                li { a href=(feed_url(conference, site, &talks::RSS)) { "Feed (rss)" } }
            }
        }
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
    fn an_empty_site_says_how_to_add_a_conference() {
        insta::assert_snapshot!(rendered(&[]));
    }
}
