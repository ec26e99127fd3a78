//! The pages that people see: HTML that is whole without a script and asks nobody else for anything.
//!
//! A page holds its style and its text; it follows the reader's choice of light or dark, prints the
//! programme alone, and takes the conference's colour as its accent where that stays readable. Scripts
//! ([`assets`]) add to it what only the reader's own computer knows: the hour, the zone, what was seen.
//!
//! A talk's code is the `id` of its place on the programme page. Every other `id` holds a colon, which
//! no code may hold: `day:2026-10-24`, `speaker:ada`, `page:subscribe`.
//!
//! # Not supported
//!
//! Pictures are linked, never shown: showing them would tell their host who reads the page.

mod add_once;
mod agenda;
mod assets;
mod calendar_links;
mod card;
mod changes;
mod chosen;
mod clashes;
mod contrast;
mod day;
mod editions;
mod embed;
mod feeds;
mod filters;
#[cfg(test)]
pub(super) mod fixture;
mod follow;
mod frame;
mod grid;
mod index;
mod language;
pub(super) mod manifest;
mod navigation;
mod occurrences;
mod people;
mod preview;
mod problem;
mod programme;
mod qr;
mod speaker;
mod speech;
mod star;
mod stories;
mod structured;
mod style;
mod subscribe;
mod talk;
mod talk_links;
mod talk_page;
mod times;
mod told;
mod wishes;
mod words;
pub(super) mod worker;

pub use assets::{ASSETS, Asset};
pub(super) use chosen::name as name_of_a_choice;
pub use embed::OEMBED;
pub(super) use feeds::{beside_talks, groups, whole_url};
pub use index::index;
pub use problem::{Trouble, problem};

use super::Context;

/// The media type of pages.
pub(super) const MEDIA_TYPE: &str = "text/html; charset=utf-8";

/// A page of a conference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// The programme, or a selection of it.
    Programme,
    /// How to subscribe to the programme, or to a selection of it.
    Subscribe,
    /// How the organisers show the programme on their own site.
    Embed,
    /// What changed.
    Changes,
    /// The published states.
    Editions,
    /// One talk.
    Talk,
    /// One speaker.
    Speaker,
    /// The talks that somebody chose.
    Chosen,
}

/// The pages of a whole conference that every site has, the most wanted first.
pub(super) const OF_WHOLE: [Page; 5] = [
    Page::Programme,
    Page::Subscribe,
    Page::Changes,
    Page::Editions,
    Page::Embed,
];

impl Page {
    /// The path of its folder below the conference, for a page of the whole conference.
    pub(super) fn folder(self) -> &'static str {
        match self {
            Self::Programme | Self::Talk | Self::Speaker => "",
            Self::Subscribe => "subscribe/",
            Self::Embed => "embed/",
            Self::Changes => "changes/",
            Self::Editions => "editions/",
            Self::Chosen => "my/",
        }
    }

    /// Whether its query selects talks.
    pub(super) fn is_of_a_selection(self) -> bool {
        matches!(self, Self::Programme | Self::Subscribe)
    }

    /// Whether it shows the context's part alone, and nothing else of the conference but its name,
    /// place and days.
    pub(super) fn is_of_a_part(self) -> bool {
        matches!(self, Self::Talk | Self::Speaker)
    }

    /// Writes the page.
    pub(super) fn render(self, context: &Context<'_>) -> Vec<u8> {
        match self {
            Self::Programme => programme::programme(context),
            Self::Subscribe => subscribe::page(context),
            Self::Embed => embed::page(context),
            Self::Changes => changes::page(context),
            Self::Editions => editions::editions(context),
            Self::Talk => talk_page::page(context),
            Self::Speaker => speaker::page(context),
            Self::Chosen => chosen::page(context),
        }
    }
}
