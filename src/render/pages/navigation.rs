//! The ways from a page of a conference to the others, and what stands at the end of each.

use super::Page;
use super::speech::Speech;
use super::words::navigation;
use crate::render::Context;
use maud::{Markup, html};

/// The row of links at the top of a page.
pub(super) fn top(context: &Context<'_>, here: Page) -> Markup {
    let speech = Speech::of(context.conference);
    let words = navigation::of(speech);
    // Only a server can give the talks that somebody chose a feed.
    let my_talks = (Page::Chosen, words.my_talks);
    let my_talks = context.site.is_served.then_some(my_talks);
    let pages = [
        Some((Page::Programme, words.programme)),
        Some((Page::Subscribe, words.subscribe)),
        my_talks,
        Some((Page::Changes, words.changes)),
    ];
    html! {
        nav.pages aria-label=(words.label) lang=(speech.tag()) {
            @for (page, name) in pages.into_iter().flatten() {
                @let current = (page == here).then_some("page");
                a href={ (context.page_url()) (page.folder()) } aria-current=[current] { (name) }
            }
        }
    }
}

/// What stands at the end of a page: what few visitors look for.
pub(super) fn end(context: &Context<'_>) -> Markup {
    let speech = Speech::of(context.conference);
    let words = navigation::of(speech);
    let pages = [(Page::Editions, words.editions), (Page::Embed, words.embed)];
    html! {
        footer lang=(speech.tag()) {
            nav aria-label=(words.more) {
                @for (page, name) in pages {
                    a href={ (context.page_url()) (page.folder()) } { (name) }
                }
                a href=(context.site.url("")) { (words.all_conferences) }
            }
            p { (words.published_with) }
        }
    }
}
