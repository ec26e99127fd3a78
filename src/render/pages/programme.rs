//! The programme page of a conference: what it is, what is held when and where, and how to choose of it.

use super::agenda::Agenda;
use super::frame::{Frame, page};
use super::speech::Speech;
use super::words::programme::{self, Words};
use super::{Page, assets, day, filters, follow, navigation, star, structured, talk, times};
use crate::model::Conference;
use crate::render::{Context, text};
use maud::{Markup, PreEscaped, html};

/// The page of the selected talks of one conference.
pub(super) fn programme(context: &Context<'_>) -> Vec<u8> {
    let conference = context.conference;
    let speech = Speech::of(conference);
    let own = programme::of(speech);
    let agenda = Agenda::of(context);
    let frame = Frame {
        description: description(conference, speech),
        head: structured::conference(context),
        styles: &[star::STYLE, include_str!("assets/programme.css")],
        scripts: &[assets::PROGRAMME, assets::MY],
        ..Frame::of(context, "", &format!("{}: {}", context.title(), own.title))
    };
    // Of the whole, whatever is selected: the reader has seen as much of it as there was.
    let codes = conference.talks.iter().map(|talk| &talk.code);
    let updated = context.history.updated("", codes);
    let body = html! {
        a.skip href="#page:programme" lang=(speech.tag()) { (own.skip) }
        (navigation::top(context, Page::Programme))
        (header(conference, own, speech))
        (contents(context, &agenda))
        main
            data-conference=(conference.slug)
            data-served[context.site.is_served]
            data-language=(speech.pick("en-GB", "de-DE"))
            data-updated=[updated.map(|updated| updated.timestamp())]
        {
            (news(context, own, speech))
            (filters::form(context))
            (follow::section(context))
            div id="page:programme" tabindex="-1" class=[narrowed(context)] {
                @for day in &agenda.days { (day::section(context, day)) }
                (unscheduled(context, &agenda))
            }
            (last_changed(context, own, speech))
        }
        (navigation::end(context))
    };
    page(&frame, &body)
}

/// What is left by more than days is shown as a list: most of a grid would be empty.
fn narrowed(context: &Context<'_>) -> Option<&'static str> {
    let selection = crate::render::Selection {
        days: Vec::new(),
        ..context.selection.clone()
    };
    (!selection.is_plain()).then_some("narrowed")
}

/// What the conference is about; its name and dates where it does not say.
fn description(conference: &Conference, speech: Speech) -> String {
    let said = text::plain(&conference.description);
    if !said.trim().is_empty() {
        return said;
    }
    let title = format!("{}: {}", conference.name, programme::of(speech).title);
    match conference.days.first() {
        Some(day) => format!("{title}, {}", speech.long(day.date)),
        None => title,
    }
}

fn header(conference: &Conference, own: &Words, speech: Speech) -> Markup {
    html! {
        header {
            h1 dir="auto" { (conference.name) }
            p.dates { (times::dates(conference, speech, Some(speech.tag()))) }
            (place(conference))
            @if !conference.description.is_empty() {
                div.text dir="auto" {
                    (PreEscaped(text::page_html(&conference.description, conference.url.as_ref())))
                }
            }
            @if conference.url.is_some() || !conference.links.is_empty() {
                ul.links {
                    @if let Some(url) = &conference.url {
                        li { a href=(url) lang=(speech.tag()) { (own.website) } }
                    }
                    @for link in &conference.links { (talk::link(link)) }
                }
            }
            @if !conference.notes.is_empty() {
                details {
                    summary lang=(speech.tag()) { (own.notes) }
                    div.text dir="auto" {
                        (PreEscaped(text::page_html(&conference.notes, conference.url.as_ref())))
                    }
                }
            }
        }
    }
}

/// Where the conference is held and streamed.
pub(super) fn place(conference: &Conference) -> Markup {
    let speech = Speech::of(conference);
    html! {
        (venue(conference))
        @if let Some(online) = &conference.online {
            p lang=(speech.tag()) {
                (programme::of(speech).online_at) " " a href=(online) { (talk::host(online)) }
            }
        }
    }
}

/// The place that people go to.
pub(super) fn venue(conference: &Conference) -> Markup {
    html! {
        @if let Some(venue) = &conference.venue {
            p {
                bdi { (venue.name) }
                @if let Some(address) = &venue.address { ", " bdi { (address) } }
            }
        }
    }
}

fn contents(context: &Context<'_>, agenda: &Agenda<'_>) -> Markup {
    let speech = Speech::of(context.conference);
    let own = programme::of(speech);
    let is_filtered = !context.selection.is_plain();
    html! {
        nav.days aria-label=(own.on_this_page) lang=(speech.tag()) {
            @for day in &agenda.days {
                a href={ "#day:" (day.date) } hidden[day.is_hidden(is_filtered)] {
                    (speech.short(day.date))
                }
            }
            @if !agenda.unscheduled.is_empty() {
                @let is_hidden = agenda.unscheduled.iter().all(|entry| entry.is_hidden);
                a href="#page:unscheduled" hidden[is_hidden] { (own.unscheduled_short) }
            }
            @if context.site.is_served { a href="#page:filter" { (own.search) } }
            a href="#page:subscribe" { (own.follow) }
        }
    }
}

/// Where scripts say what runs now, and what changed since the reader's last visit.
fn news(context: &Context<'_>, own: &Words, speech: Speech) -> Markup {
    html! {
        p id="page:news" class="notice" hidden lang=(speech.tag())
            data-badge=(own.changed) data-one=(own.one_changed) data-several=(own.several_changed) {
            span {} " " a href={ (context.page_url()) "changes/" } { (own.what_changed) }
        }
        section id="page:now" class="now" hidden aria-label=(own.now) data-now=(own.now) data-next=(own.next) lang=(speech.tag()) {}
    }
}

fn unscheduled(context: &Context<'_>, agenda: &Agenda<'_>) -> Markup {
    let speech = Speech::of(context.conference);
    let entries = &agenda.unscheduled;
    let is_hidden = entries.iter().all(|entry| entry.is_hidden);
    html! {
        @if !entries.is_empty() {
            section id="page:unscheduled" hidden[is_hidden] {
                h2 lang=(speech.tag()) { (programme::of(speech).unscheduled) }
                (day::untimed(context, entries))
            }
        }
    }
}

fn last_changed(context: &Context<'_>, own: &Words, speech: Speech) -> Markup {
    html! {
        @if let Some(updated) = context.updated() {
            p.soft.changed lang=(speech.tag()) {
                (own.last_changed) " "
                time datetime=(updated.format("%Y-%m-%dT%H:%M:%SZ")) {
                    (speech.date(updated.date_naive(), speech.pick("%-d %B %Y", "%-d. %B %Y")))
                    (updated.format(", %H:%M UTC"))
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{self, Whole};
    use super::*;
    use std::collections::BTreeSet;
    use std::io::Write;

    fn rendered(conference: Conference) -> String {
        let whole = Whole::new(conference);
        String::from_utf8(programme(&whole.context())).expect("UTF-8")
    }

    /// The values of an attribute in the order of the page.
    fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
        let start = format!(" {attribute}=\"");
        let pieces = page.split(start.as_str()).skip(1);
        pieces.filter_map(|piece| piece.split('"').next()).collect()
    }

    /// A page with a line break before each element, without its style sheet.
    fn readable(page: &str) -> String {
        let (before, rest) = page.split_once("<style>").expect("a style sheet");
        let (_, after) = rest.split_once("</style>").expect("its end");
        format!("{before}<style></style>{after}")
            .replace('<', "\n<")
            .replace("\n</", "</")
    }

    #[test]
    fn the_whole_page() {
        insta::assert_snapshot!(readable(&rendered(fixture::conference())));
    }

    #[test]
    fn every_talk_is_found_under_its_code_and_no_id_twice() {
        let conference = fixture::conference();
        let page = rendered(conference.clone());
        let ids = values(&page, "id");
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(unique.len(), ids.len());
        for talk in &conference.talks {
            assert!(unique.contains(&*talk.code), "{}", talk.code);
        }
        let own = ids.iter().filter(|id| conference.talk(id).is_none());
        assert!(own.into_iter().all(|id| id.contains(':')), "{ids:?}");
    }

    #[test]
    fn links_within_the_page_lead_somewhere() {
        let page = rendered(fixture::conference());
        let ids: BTreeSet<&str> = values(&page, "id").into_iter().collect();
        for place in values(&page, "href")
            .iter()
            .filter_map(|href| href.strip_prefix('#'))
        {
            assert!(ids.contains(place), "{place}");
        }
    }

    #[test]
    fn nothing_but_the_sites_own_scripts_is_loaded() {
        let page = rendered(fixture::conference());
        for tag in ["<img", "<iframe", "<object", "<embed", "javascript:"] {
            assert!(!page.contains(tag), "{tag}");
        }
        for script in values(&page, "src") {
            assert!(script.starts_with("../assets/"), "{script}");
        }
        assert!(!page.contains("<script>"));
    }

    #[test]
    fn the_whole_conference_is_the_first_feed_that_programs_find() {
        let page = rendered(fixture::conference());
        let names = ["schedule.ics", "talks.rss", "talks.atom", "talks.json"];
        let expected = names.map(|name| format!("https://example.org/schedule/fixture/{name}"));
        let links = page.split("<link rel=\"alternate\"").skip(1);
        let found: Vec<&str> = links
            .filter_map(|link| values(link, "href").first().copied())
            .collect();
        assert_eq!(found[..4], expected);
        // The whole conference in three more formats, and its changes in three.
        let parts = 1 + 2 + 2 + 2;
        assert_eq!(found.len(), parts * names.len() + 3 + 3);
        assert!(found.iter().all(|href| !href.ends_with("schedule.json")));
    }

    #[test]
    fn a_day_without_talks_says_so() {
        let mut conference = fixture::conference();
        conference.talks.clear();
        let page = rendered(conference);
        assert_eq!(
            page.matches("Für diesen Tag ist noch nichts angekündigt.")
                .count(),
            2
        );
    }

    #[test]
    fn a_hundred_talks_weigh_little() {
        let page = rendered(fixture::large(100));
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gzip.write_all(page.as_bytes()).expect("memory");
        let size = gzip.finish().expect("memory").len();
        assert!(size < 100_000, "{size} bytes");
    }
}
