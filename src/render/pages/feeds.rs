//! Every feed of a conference: as a list for people, as links for programs.

use super::Page;
use super::speech::Speech;
use super::words::feeds::{self as words, Words};
use crate::model::{Conference, Part};
use crate::render::{CHANGES, Context, RENDERERS, Renderer, Selection, Site, UPCOMING, Wishes};
use crate::render::{feed_path, parts};
use maud::{Markup, html};

/// The parts of a conference that have feeds of their own, in groups with a heading in English.
pub(in crate::render) fn groups(conference: &Conference) -> Vec<(&'static str, Vec<Part>)> {
    grouped(conference, words::of(Speech::English))
}

fn grouped(conference: &Conference, words: &Words) -> Vec<(&'static str, Vec<Part>)> {
    let mut groups: Vec<(&str, Vec<Part>)> = Vec::new();
    for part in parts(conference) {
        let Some(heading) = words.heading(&part) else {
            continue;
        };
        match groups.last_mut() {
            Some((last, parts)) if *last == heading => parts.push(part),
            _ => groups.push((heading, vec![part])),
        }
    }
    groups
}

/// The links by which feed readers and calendars find the feeds of a page (WHATWG HTML §4.6.7.1):
/// the whole conference first, then its days, rooms and tracks.
pub(super) fn autodiscovery(context: &Context<'_>) -> Markup {
    let parts = parts(context.conference).into_iter();
    let selections = parts
        .filter(|part| !matches!(part, Part::Speaker(_) | Part::Talk(_)))
        .map(Selection::of);
    html! {
        @for selection in selections {
            @let part = Context { selection: &selection, ..*context };
            @for renderer in found(&selection.part) {
                (alternate(renderer, &part.title(), &part.feed_url(renderer)))
            }
        }
        @for (name, renderers) in beside_talks(context) {
            (of_whole(context, name, renderers))
        }
    }
}

/// The feeds of the whole conference that are not of its talks, by what they are of. Nobody tells a
/// folder the hour: what is coming up is only where a server answers.
pub(in crate::render) fn beside_talks(
    context: &Context<'_>,
) -> impl Iterator<Item = (&'static str, &'static [&'static Renderer])> {
    let upcoming = context.site.is_served.then_some(("coming up", UPCOMING));
    [("changes", CHANGES)].into_iter().chain(upcoming)
}

/// The links by which feed readers find the feeds of the context's part.
pub(super) fn alternates(context: &Context<'_>) -> Markup {
    let title = context.title();
    html! {
        @for renderer in found(&context.selection.part) {
            (alternate(renderer, &title, &context.feed_url(renderer)))
        }
    }
}

/// The feeds of the context's part in each format, for people.
pub(super) fn of_part(context: &Context<'_>) -> Markup {
    let formats = RENDERERS.iter();
    let formats = formats.filter(|renderer| renderer.is_subscribed_to());
    html! {
        @for (place, renderer) in formats.enumerate() {
            @if place > 0 { " " }
            a href=(context.feed_url(renderer)) { (renderer.extension) }
        }
    }
}

/// The links by which feed readers find a feed of the whole conference.
pub(super) fn of_whole(context: &Context<'_>, name: &str, renderers: &[&Renderer]) -> Markup {
    let title = format!("{}: {name}", context.conference.name);
    html! {
        @for renderer in renderers {
            (alternate(renderer, &title, &whole_url(context, renderer)))
        }
    }
}

/// A feed of the whole conference in each of its formats, for people.
pub(super) fn formats(context: &Context<'_>, renderers: &[&Renderer]) -> Markup {
    html! {
        @for (place, renderer) in renderers.iter().enumerate() {
            @if place > 0 { " " }
            a href=(whole_url(context, renderer)) { (renderer.extension) }
        }
    }
}

/// The address of a feed of the whole conference.
pub(in crate::render) fn whole_url(context: &Context<'_>, renderer: &Renderer) -> String {
    let path = feed_path(context.conference, &Part::Whole, renderer);
    context.site.url(&path)
}

/// The formats in which programs find a part by a link in the head. giggity looks there for the frab
/// XML. Feed readers take `application/json` for a JSON Feed, as its version 1.0 was served.
pub(super) fn found(part: &Part) -> impl Iterator<Item = &'static Renderer> {
    let formats = RENDERERS.iter().copied();
    formats.filter(|renderer| renderer.covers(part) && renderer.media_type != "application/json")
}

/// The link by which programs find one feed.
pub(super) fn alternate(renderer: &Renderer, title: &str, address: &str) -> Markup {
    let media_type = renderer.media_type.split(';').next();
    html! {
        link rel="alternate" type=[media_type] title={ (title) " (" (renderer.name) ")" } href=(address);
    }
}

/// The address of the list of all feeds of a conference.
pub(super) fn opml_url(conference: &Conference, site: &Site) -> String {
    site.url(&format!("{}/feeds.opml", conference.slug))
}

/// The part of a page that lists every feed.
pub(super) fn section(context: &Context<'_>) -> Markup {
    let conference = context.conference;
    let speech = Speech::of(conference);
    let words = words::of(speech);
    let [each, before] = words.upcoming;
    html! {
        section id="page:feeds" {
            div lang=(speech.tag()) {
                h2 { (words.title) }
                p {
                    (words.formats) " "
                    a href=(opml_url(conference, context.site)) { (words.opml) }
                }
                p {
                    (words.changes) " " (formats(context, CHANGES)) "; "
                    a href={ (context.page_url()) (Page::Editions.folder()) } { (words.editions) }
                }
                @if context.site.is_served {
                    @let minutes = conference.policy.upcoming_lead.num_minutes();
                    p { (each) " " (minutes) " " (before) " " (formats(context, UPCOMING)) }
                }
                (for_programs(context, words))
            }
            @for (heading, parts) in grouped(conference, words) {
                h3 lang=(speech.tag()) { (heading) }
                ul.feeds {
                    @for part in parts { (row(context, part)) }
                }
            }
        }
    }
}

/// The formats that only the whole conference has.
fn for_programs(context: &Context<'_>, words: &Words) -> Markup {
    let (conference, site) = (context.conference, context.site);
    let formats = RENDERERS.iter();
    let formats = formats.filter(|renderer| !renderer.is_subscribed_to());
    html! {
        p {
            (words.programs) " "
            @for (place, renderer) in formats.enumerate() {
                @if place > 0 { ", " }
                @let path = feed_path(conference, &Part::Whole, renderer);
                a href=(site.url(&path)) { (renderer.file()) } " (" (renderer.name) ")"
            }
        }
    }
}

fn row(context: &Context<'_>, part: Part) -> Markup {
    let conference = context.conference;
    let name = match &part {
        Part::Day(date) => Speech::of(conference).long(*date),
        part => part
            .name(conference)
            .map_or_else(|| conference.name.to_string(), |name| name.to_string()),
    };
    let page = matches!(part, Part::Speaker(_)).then(|| context.part_url(&part));
    let selection = Selection::of(part);
    let part = Context {
        selection: &selection,
        wishes: &Wishes::default(),
        ..*context
    };
    html! {
        li {
            @match page {
                Some(page) => a href=(page) { bdi { (name) } },
                None => bdi { (name) },
            }
            span {
                @for renderer in RENDERERS.iter().filter(|renderer| renderer.is_subscribed_to()) {
                    a href=(part.feed_url(renderer)) aria-label={ (renderer.extension) ", " (name) } {
                        (renderer.extension)
                    } " "
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn groups_hold_every_part_but_talks() {
        let conference = fixture::conference();
        let sizes: Vec<(&str, usize)> = groups(&conference)
            .into_iter()
            .map(|(heading, parts)| (heading, parts.len()))
            .collect();
        let expected = [
            ("Whole conference", 1),
            ("Days", 2),
            ("Rooms", 2),
            ("Tracks", 2),
            ("Speakers", 3),
        ];
        assert_eq!(sizes, expected);
    }
}
