//! The page that lists every edition of a conference with what it changed, the newest first.

use super::OWN_LANGUAGE;
use super::frame::{Frame, page};
use super::style::DEFAULT_COLOUR;
use crate::history::{Change, Publication};
use crate::render::{CHANGES, Context, changes};
use maud::{Markup, html};

/// How many changed talks of one edition are told.
const TOLD: usize = 100;

/// The page of all editions.
pub(in crate::render) fn editions(context: &Context<'_>) -> Vec<u8> {
    let conference = context.conference;
    let title = format!("{}: editions", conference.name);
    let description = format!(
        "What was changed in the programme of {}, and when.",
        conference.name
    );
    let frame = Frame {
        language: &conference.language,
        title: &title,
        description: &description,
        url: &url(context, "editions/"),
        colour: conference.colour.unwrap_or(DEFAULT_COLOUR),
        conference: Some(conference),
        feeds: super::feeds::of_whole(context, "changes", CHANGES),
    };
    let publications = context.history.chronicle.publications.iter().rev();
    let content = html! {
        header lang=(OWN_LANGUAGE) {
            h1 { bdi lang=(conference.language) { (conference.name) } ": editions" }
            p {
                "Every published state of the programme, the newest first. Each stays as it was. "
                a href=(context.page_url()) { "The programme as it is now" }
            }
            p {
                "Follow the changes: "
                (super::feeds::formats(context, CHANGES))
            }
        }
        main lang=(OWN_LANGUAGE) {
            @for publication in publications { (edition(context, publication)) }
        }
        footer lang=(OWN_LANGUAGE) { p { "Published with handbill" } }
    };
    page(&frame, &content)
}

fn url(context: &Context<'_>, path: &str) -> String {
    context
        .site
        .url(&format!("{}/{path}", context.conference.slug))
}

fn edition(context: &Context<'_>, publication: &Publication) -> Markup {
    let Publication { edition, changes } = publication;
    let folder = format!("editions/{}/", edition.number);
    html! {
        section id={ "edition:" (edition.number) } {
            h2 { "Edition " (edition.number) }
            @if let Some(published) = edition.published {
                p.soft {
                    time datetime=(published.format("%Y-%m-%dT%H:%M:%SZ")) {
                        (published.format("%A, %-d %B %Y, %H:%M UTC"))
                    }
                }
            }
            @if let Some(note) = &edition.note { p.notice dir="auto" { (note) } }
            @if context.site.has_old_editions {
                p {
                    a href=(url(context, &folder)) { "Programme" } " · "
                    a href=(url(context, &format!("{folder}schedule.ics"))) { "Calendar (ics)" }
                }
            }
            @if edition.number == 1 { p { "The first edition." } }
            @else if changes.is_empty() { p { "No talk was changed." } }
            @else {
                p { @if changes.len() == 1 { "1 talk was changed." } @else { (changes.len()) " talks were changed." } }
                ul { @for change in changes.iter().take(TOLD) { (item(context, change)) } }
                @if changes.len() > TOLD { p { "And " (changes.len() - TOLD) " more." } }
            }
        }
    }
}

fn item(context: &Context<'_>, change: &Change) -> Markup {
    let zone = &context.conference.zone;
    let talk = change.after.as_ref().or(change.before.as_ref());
    html! {
        @if let Some(talk) = talk {
            li {
                b { bdi { (talk.title) } } ": "
                @for (place, detail) in change.details.iter().enumerate() {
                    @if place > 0 { "; " }
                    bdi { (changes::sentence(detail, zone)) }
                }
            }
        }
    }
}
