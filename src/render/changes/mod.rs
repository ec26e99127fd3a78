//! Feeds of what changed: one entry a talk and edition, in pages that never change (RFC 5005 §4).
//!
//! # Not supported
//!
//! Archives of a selection (`changes.atom?room=hall`): such a feed holds all of its entries.

mod atom;
mod entries;
mod json;
mod rss;
mod words;

pub(super) use words::{place as placement, sentence};

use super::{Context, Coverage, Renderer, nothing_left_out, query};
use crate::history::{History, feed_id};
use crate::model::Conference;
use entries::{Entry, entries};

/// How many entries a document of the feed has.
const PAGE: usize = 50;

/// The formats of the feeds of changes, in the order in which pages offer them.
pub static CHANGES: &[&Renderer] = &[&RSS, &ATOM, &JSON];

static RSS: Renderer = renderer(
    "changes.rss",
    "rss",
    "RSS of changes",
    super::rss::RENDERER.media_type,
    |context| rss::write(&Page::of(context, None)),
);
static ATOM: Renderer = renderer(
    "changes.atom",
    "atom",
    "Atom of changes",
    super::atom::RENDERER.media_type,
    |context| atom::write(&Page::of(context, None)),
);
static JSON: Renderer = renderer(
    "changes.json",
    "json",
    "JSON Feed of changes",
    super::json_feed::RENDERER.media_type,
    |context| json::write(&Page::of(context, None)),
);

const fn renderer(
    format: &'static str,
    extension: &'static str,
    name: &'static str,
    media_type: &'static str,
    render: fn(&Context<'_>) -> Vec<u8>,
) -> Renderer {
    Renderer {
        format,
        extension,
        name,
        media_type,
        stem: "changes",
        covers: Coverage::Whole,
        heeds_wishes: false,
        leaves_out: nothing_left_out,
        render,
    }
}

/// A document of the feed: what is newest, or an archive.
struct Page<'a> {
    context: &'a Context<'a>,
    /// Its entries, the newest first.
    entries: Vec<Entry>,
    /// The archive's number, from 1; `None` for the document that people subscribe to.
    archive: Option<usize>,
    /// How many archives there are.
    archives: usize,
}

impl<'a> Page<'a> {
    fn of(context: &'a Context<'a>, archive: Option<usize>) -> Self {
        let mut all = entries(context);
        let archives = if context.selection.is_plain() {
            archives_of(&all)
        } else {
            0
        };
        // Archives are counted from the oldest entry on, so that what they hold stays.
        let entries = match archive {
            Some(number) => {
                let end = all.len().saturating_sub(PAGE * number.saturating_sub(1));
                all.truncate(end);
                all.split_off(end.saturating_sub(PAGE))
            }
            None => {
                all.truncate(all.len() - PAGE * archives);
                all
            }
        };
        Self {
            context,
            entries,
            archive,
            archives,
        }
    }

    /// Its relations to the other documents of the feed, with their addresses.
    fn links(&self, renderer: &Renderer) -> Vec<(&'static str, String)> {
        let subscription = self.context.feed_url(renderer);
        let address = |number: usize| {
            let slug = &self.context.conference.slug;
            let path = format!("{slug}/{}", archive_file(number, renderer));
            self.context.site.url(&path)
        };
        let mut links = Vec::new();
        let older = match self.archive {
            Some(number) => {
                links.push(("self", address(number)));
                links.push(("current", subscription));
                if number < self.archives {
                    links.push(("next-archive", address(number + 1)));
                }
                number.saturating_sub(1)
            }
            None => {
                links.push(("self", subscription));
                links.extend(self.context.site.hub.clone().map(|hub| ("hub", hub)));
                self.archives
            }
        };
        if older > 0 {
            links.push(("prev-archive", address(older)));
            links.push(("next", address(older)));
        }
        links
    }

    fn title(&self) -> String {
        format!("{}: changes", self.context.title())
    }

    fn id(&self) -> String {
        let query = query::canonical(self.context.selection, self.context.wishes);
        let path = match self.archive {
            Some(number) => format!("changes/archive-{number}"),
            None => format!("changes{query}"),
        };
        feed_id(self.context.conference, self.context.history, &path)
    }

    fn updated(&self) -> Option<chrono::DateTime<chrono::Utc>> {
        let newest = self.entries.iter().filter_map(|entry| entry.updated).max();
        newest.or_else(|| self.context.updated())
    }
}

/// How many whole pages of entries are older than the newest ones. The newest edition's, and what may
/// still be joined with a later edit, are always in the document that people subscribe to: then no
/// archive ever changes.
fn archives_of(entries: &[Entry]) -> usize {
    let newest = entries.first().map(|entry| entry.last_edition);
    let is_fresh = |entry: &Entry| entry.is_open || Some(entry.last_edition) == newest;
    let fresh = entries
        .iter()
        .rposition(is_fresh)
        .map_or(0, |last| last + 1);
    entries.len().saturating_sub(fresh.max(PAGE)) / PAGE
}

/// The path of an archive below the conference.
fn archive_file(number: usize, renderer: &Renderer) -> String {
    format!("changes/archive-{number}.{}", renderer.extension)
}

/// The archives of a conference's changes: their numbers, formats and paths.
pub(super) fn archives(
    conference: &Conference,
    history: &History,
) -> Vec<(usize, &'static Renderer, String)> {
    let count = archives_of(&entries::all(conference, history));
    let numbers = 1..=count;
    numbers
        .flat_map(|number| CHANGES.iter().map(move |renderer| (number, *renderer)))
        .map(|(number, renderer)| {
            let path = format!("{}/{}", conference.slug, archive_file(number, renderer));
            (number, renderer, path)
        })
        .collect()
}

/// An archive in a format.
pub(super) fn archive(context: &Context<'_>, number: usize, renderer: &Renderer) -> Vec<u8> {
    let page = Page::of(context, Some(number));
    match renderer.extension {
        "rss" => rss::write(&page),
        "atom" => atom::write(&page),
        _ => json::write(&page),
    }
}

/// When a document of changes last changed: with its newest entry.
pub(super) fn updated(
    context: &Context<'_>,
    archive: Option<usize>,
) -> Option<chrono::DateTime<chrono::Utc>> {
    Page::of(context, archive).updated()
}

#[cfg(test)]
mod tests;
