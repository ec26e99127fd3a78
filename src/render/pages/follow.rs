//! The way from what is seen on the programme page to a subscription to it.

use super::calendar_links::webcal;
use super::speech::Speech;
use super::words::programme;
use crate::render::{Context, Renderer, Wishes, canonical_query, ics, talks};
use maud::{Markup, html};

/// The box of links to the feeds of the selection. A script keeps them in step with the filters.
pub(super) fn section(context: &Context<'_>) -> Markup {
    let speech = Speech::of(context.conference);
    let own = programme::of(speech);
    let heading = if context.selection.is_plain() {
        own.follow
    } else {
        own.follow_selection
    };
    let calendar = context.feed_url(&ics::RENDERER);
    let query = canonical_query(context.selection, context.wishes);
    // Feeds for readers know no zone.
    let wishes = Wishes::default();
    let plain = Context {
        wishes: &wishes,
        ..*context
    };
    let feed = |renderer: &Renderer| plain.feed_url(renderer);
    html! {
        section id="page:subscribe" class="follow" lang=(speech.tag()) {
            h2 data-whole=(own.follow) data-selection=(own.follow_selection) { (heading) }
            p.soft { (own.follow_hint) }
            ul {
                li { a.button href=(webcal(&calendar)) data-follow="calendar" { (own.calendar) } }
                li {
                    a href={ (context.page_url()) "subscribe/" (query) } data-follow="calendar" {
                        (own.every_way)
                    }
                }
                li { a href=(calendar) data-follow="calendar" { (own.calendar_file) } }
                li { a href=(feed(&talks::RSS)) data-follow="feed" { "RSS" } }
                li { a href=(feed(&talks::ATOM)) data-follow="feed" { "Atom" } }
                li { a href=(feed(&talks::JSON)) data-follow="feed" { "JSON Feed" } }
            }
        }
    }
}
