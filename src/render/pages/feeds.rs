//! Every feed of a conference: as a list for people, as links for programs.

use super::OWN_LANGUAGE;
use crate::model::{Conference, Part, Speaker};
use crate::render::{CHANGES, Context, RENDERERS, Renderer, Selection, Site, UPCOMING};
use crate::render::{feed_path, parts};
use maud::{Markup, html};

/// The parts of a conference that have feeds of their own, in groups with a heading.
///
/// Talks are left out: each has a calendar file that its place on the page links to, and nobody
/// follows a feed of one entry.
pub(in crate::render) fn groups(conference: &Conference) -> Vec<(&'static str, Vec<Part>)> {
    let mut groups: Vec<(&str, Vec<Part>)> = Vec::new();
    for part in parts(conference) {
        let heading = match part {
            Part::Whole => "Whole conference",
            Part::Day(_) => "Days",
            Part::Room(_) => "Rooms",
            Part::Track(_) => "Tracks",
            Part::Speaker(_) => "Speakers",
            Part::Talk(_) => continue,
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

/// The part of the page that lists every feed.
pub(super) fn section(context: &Context<'_>) -> Markup {
    let conference = context.conference;
    html! {
        section id="page:feeds" {
            h2 lang=(OWN_LANGUAGE) { "All feeds" }
            p lang=(OWN_LANGUAGE) {
                "The same talks in four formats: "
                b { "ics" } " for calendars; " b { "rss" } ", " b { "atom" } " and " b { "json" }
                " for feed readers. A feed reader can take "
                a href=(opml_url(conference, context.site)) { "all of them at once" } " (OPML)."
            }
            p lang=(OWN_LANGUAGE) {
                "What was changed, and when: " (formats(context, CHANGES)) ", or the list of "
                a href={ (context.page_url()) "editions/" } { "all editions" } "."
            }
            @if context.site.is_served {
                @let minutes = conference.policy.upcoming_lead.num_minutes();
                p lang=(OWN_LANGUAGE) {
                    "Each talk, " (minutes) " minutes before it begins: " (formats(context, UPCOMING)) "."
                }
            }
            (for_programs(context))
            @for (heading, parts) in groups(conference) {
                h3 lang=(OWN_LANGUAGE) { (heading) }
                ul.feeds {
                    @for part in parts { (row(context, part)) }
                }
            }
        }
    }
}

/// The formats that only the whole conference has.
fn for_programs(context: &Context<'_>) -> Markup {
    let (conference, site) = (context.conference, context.site);
    let formats = RENDERERS.iter();
    let formats = formats.filter(|renderer| !renderer.is_subscribed_to());
    html! {
        p lang=(OWN_LANGUAGE) {
            "For conference apps such as giggity and EventFahrplan, and for other programs: "
            @for (place, renderer) in formats.enumerate() {
                @if place > 0 { ", " }
                @let path = feed_path(conference, &Part::Whole, renderer);
                a href=(site.url(&path)) { (renderer.file()) } " (" (renderer.name) ")"
            }
            "."
        }
    }
}

fn row(context: &Context<'_>, part: Part) -> Markup {
    let conference = context.conference;
    let name = part
        .name(conference)
        .unwrap_or_else(|| conference.name.clone());
    let speaker = speaker(conference, &part);
    let id = speaker.map(|speaker| format!("speaker:{}", speaker.slug));
    let selection = Selection::of(part);
    let part = Context {
        selection: &selection,
        ..*context
    };
    html! {
        li id=[id] {
            @match speaker.and_then(|speaker| speaker.url.as_ref()) {
                Some(url) => a href=(url) { bdi { (name) } },
                None => bdi { (name) },
            }
            span {
                @for renderer in RENDERERS.iter().filter(|renderer| renderer.is_subscribed_to()) {
                    a href=(part.feed_url(renderer)) { (renderer.extension) } " "
                }
            }
        }
    }
}

fn speaker<'a>(conference: &'a Conference, part: &Part) -> Option<&'a Speaker> {
    let Part::Speaker(slug) = part else {
        return None;
    };
    let mut speakers = conference.speakers.iter();
    speakers
        .find(|speaker| speaker.slug == *slug)
        .map(|speaker| &**speaker)
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
