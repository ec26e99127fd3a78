//! The page of one conference: what it is, how to subscribe, the programme by day, every feed.

use super::agenda::{Agenda, AgendaDay, Entry};
use super::frame::{Frame, page};
use super::style::DEFAULT_COLOUR;
use super::{OWN_LANGUAGE, feeds, subscribe, talk, times};
use crate::model::{Conference, Zone};
use crate::render::{Context, text, words};
use maud::{Markup, PreEscaped, html};

/// The page of the selected talks of one conference.
pub(in crate::render) fn programme(context: &Context<'_>) -> Vec<u8> {
    let conference = context.conference;
    let agenda = Agenda::of(context);
    let title = context.title();
    let frame = Frame {
        language: &conference.language,
        title: &format!("{title}: programme and calendar"),
        description: &description(conference),
        url: &context.page_url(),
        colour: conference.colour.unwrap_or(DEFAULT_COLOUR),
        conference: Some(conference),
        feeds: feeds::autodiscovery(context),
    };
    let body = html! {
        a.skip href="#page:programme" lang=(OWN_LANGUAGE) { "Skip to the programme" }
        (header(conference, &title))
        (contents(&agenda))
        main {
            (subscribe::section(context))
            div id="page:programme" tabindex="-1" {
                @for day in &agenda.days { (day_section(context, day)) }
                (unscheduled(context, &agenda.unscheduled))
            }
            (feeds::section(context))
        }
        (footer(context))
    };
    page(&frame, &body)
}

/// What the conference is about; its name and dates where it does not say.
fn description(conference: &Conference) -> String {
    let said = text::plain(&conference.description);
    if !said.trim().is_empty() {
        return said;
    }
    let name = &conference.name;
    match conference.days.first() {
        Some(day) => format!("The programme of {name}, from {}.", times::long(day.date)),
        None => format!("The programme of {name}."),
    }
}

fn header(conference: &Conference, title: &str) -> Markup {
    html! {
        header {
            h1 dir="auto" { (title) }
            p.dates { (times::dates(conference)) }
            (place(conference))
            @if !conference.description.is_empty() {
                div.text dir="auto" {
                    (PreEscaped(text::page_html(&conference.description, conference.url.as_ref())))
                }
            }
            @if conference.url.is_some() || !conference.links.is_empty() {
                ul.links {
                    @if let Some(url) = &conference.url { li { a href=(url) { "Website" } } }
                    @for link in &conference.links { (talk::link(link)) }
                }
            }
            @if !conference.notes.is_empty() {
                details {
                    summary { "Notes" }
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
    html! {
        @if let Some(venue) = &conference.venue {
            p {
                bdi { (venue.name) }
                @if let Some(address) = &venue.address { ", " bdi { (address) } }
            }
        }
        @if let Some(online) = &conference.online {
            p { "Online at " a href=(online) { (talk::host(online)) } }
        }
    }
}

fn contents(agenda: &Agenda<'_>) -> Markup {
    html! {
        nav aria-label="On this page" lang=(OWN_LANGUAGE) {
            a href="#page:subscribe" { "Subscribe" }
            @for day in &agenda.days {
                a href={ "#day:" (day.date) } { (times::short(day.date)) }
            }
            @if !agenda.unscheduled.is_empty() {
                a href="#page:unscheduled" { "To be scheduled" }
            }
            a href="#page:feeds" { "All feeds" }
        }
    }
}

fn day_section(context: &Context<'_>, day: &AgendaDay<'_>) -> Markup {
    let zone = &context.conference.zone;
    let spans = || {
        day.timed
            .iter()
            .filter_map(|entry| entry.slot?.when.timed())
    };
    let usual = spans()
        .next()
        .map(|span| words::abbreviation(span.start(), zone));
    let usual = usual.unwrap_or_default();
    let hours = |entry: &Entry<'_>| {
        let span = entry.slot.and_then(|slot| slot.when.timed());
        span.map_or(html! {}, |span| times::hours(span, zone, day.date, &usual))
    };
    html! {
        section id={ "day:" (day.date) } {
            @if let Some(day) = day.day {
                p.eyebrow {
                    "Day " (day.index)
                    @if let Some(name) = &day.name { " · " bdi { (name) } }
                }
            }
            h2 lang=(OWN_LANGUAGE) { time datetime=(day.date) { (times::long(day.date)) } }
            @if day.is_empty() {
                p.soft { "Nothing is announced for this day yet." }
            }
            @if !day.timed.is_empty() {
                (clocks(day, zone))
                ol.talks { @for entry in &day.timed { (talk::talk(context, entry, &hours(entry))) } }
            }
            @if !day.untimed.is_empty() {
                p.group { "Time to be announced" }
                ol.talks { @for entry in &day.untimed { (talk::talk(context, entry, &html! {})) } }
            }
        }
    }
}

/// Which clock a day's times are read from; both of them when the clocks change that day.
fn clocks(day: &AgendaDay<'_>, zone: &Zone) -> Markup {
    let mut clocks: Vec<String> = Vec::new();
    for span in day
        .timed
        .iter()
        .filter_map(|entry| entry.slot?.when.timed())
    {
        for moment in [span.start(), span.end()] {
            let clock = times::clock(moment, zone);
            if !clocks.contains(&clock) {
                clocks.push(clock);
            }
        }
    }
    html! {
        p.soft {
            "All times in " (clocks.join(", after the clocks change ")) ", " (zone.name()) "."
        }
    }
}

fn unscheduled(context: &Context<'_>, entries: &[Entry<'_>]) -> Markup {
    html! {
        @if !entries.is_empty() {
            section id="page:unscheduled" {
                h2 lang=(OWN_LANGUAGE) { "Day and time to be announced" }
                ol.talks { @for entry in entries { (talk::talk(context, entry, &html! {})) } }
            }
        }
    }
}

fn footer(context: &Context<'_>) -> Markup {
    html! {
        footer lang=(OWN_LANGUAGE) {
            @if let Some(updated) = context.updated() {
                p {
                    "Last changed "
                    time datetime=(updated.format("%Y-%m-%dT%H:%M:%SZ")) {
                        (updated.format("%-d %B %Y, %H:%M UTC"))
                    }
                }
            }
            p { a href=(context.site.url("")) { "All conferences" } " · Published with handbill" }
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
    fn nothing_is_loaded_and_nothing_runs() {
        let page = rendered(fixture::conference());
        for tag in [
            "<script",
            "<img",
            "<iframe",
            "<object",
            "<embed",
            "<form",
            "javascript:",
        ] {
            assert!(!page.contains(tag), "{tag}");
        }
        assert!(values(&page, "src").is_empty() && values(&page, "style").is_empty());
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
            page.matches("Nothing is announced for this day yet.")
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
