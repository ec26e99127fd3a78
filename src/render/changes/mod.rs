//! Feeds of what changed: one entry a talk and edition, in pages that never change (RFC 5005 §4).
//!
//! # Not supported
//!
//! Archives of a selection (`changes.atom?room=hall`): such a feed holds all of its entries.

mod entries;
mod told;
mod words;

pub use told::{Told, ToldDetail, ToldValue, instant};
pub(super) use words::{before, moved};

use super::feed::{Extent, Feed, Format, Person, own_links};
use super::{Context, Instalment, Renderer, Selection, query};
use crate::history::{History, feed_id};
use crate::model::{Conference, Part};
use chrono::{DateTime, Utc};
use entries::{Entry, Facts};

/// How many entries a document of the feed has.
const PAGE: usize = 50;

/// The formats of the feeds of changes, in the order in which pages offer them.
pub static CHANGES: &[&Renderer] = &[&RSS, &ATOM, &JSON];

const STEM: &str = "changes";

static RSS: Renderer = Format::Rss.of_whole(
    STEM,
    "changes.rss",
    "RSS of changes",
    |context| Format::Rss.write(feed(context, &RSS)),
    updated,
);
static ATOM: Renderer = Format::Atom.of_whole(
    STEM,
    "changes.atom",
    "Atom of changes",
    |context| Format::Atom.write(feed(context, &ATOM)),
    updated,
);
static JSON: Renderer = Format::Json.of_whole(
    STEM,
    "changes.json",
    "JSON Feed of changes",
    |context| Format::Json.write(feed(context, &JSON)),
    updated,
);

/// A document of the feed: what is newest, or an archive.
struct Page<'a> {
    /// Its entries, the newest first.
    entries: Vec<Entry<'a>>,
    /// The archive's number, from 1; `None` for the document that people subscribe to.
    archive: Option<usize>,
    /// How many archives there are.
    archives: usize,
}

impl<'a> Page<'a> {
    fn of(context: &Context<'a>) -> Self {
        let mut all = entries::selected(context);
        let archives = if *context.selection == Selection::default() {
            archives_of(&all)
        } else {
            0
        };
        // Archives are counted from the oldest entry on, so that what they hold stays.
        let (entries, archive) = match context.instalment {
            Instalment::Archive(number) => {
                let end = all.len().saturating_sub(PAGE * number.saturating_sub(1));
                all.truncate(end);
                (all.split_off(end.saturating_sub(PAGE)), Some(number))
            }
            Instalment::Newest | Instalment::Upcoming(_) => {
                all.truncate(all.len() - PAGE * archives);
                (all, None)
            }
        };
        Self {
            entries,
            archive,
            archives,
        }
    }

    /// Its relations to the other documents of the feed, with their addresses.
    fn links(&self, context: &Context<'_>, renderer: &Renderer) -> Vec<(&'static str, String)> {
        let address = |number: usize| {
            let path = archive_path(context.conference, number, renderer);
            context.site.url(&path)
        };
        let (mut links, older) = match self.archive {
            Some(number) => {
                // Not the archive that follows: an archive never changes.
                let current = context.feed_url(renderer);
                let links = vec![("self", address(number)), ("current", current)];
                (links, number.saturating_sub(1))
            }
            None => (own_links(context, renderer), self.archives),
        };
        if older > 0 {
            links.push(("prev-archive", address(older)));
            links.push(("next", address(older)));
        }
        links
    }

    fn updated(&self, context: &Context<'_>) -> Option<DateTime<Utc>> {
        let entries = self.entries.iter();
        let newest = entries.filter_map(|entry| entry.edition().published).max();
        newest.or_else(|| context.updated())
    }
}

fn feed(context: &Context<'_>, renderer: &Renderer) -> Feed<Facts> {
    let page = Page::of(context);
    // An archive is a part of the feed, not a feed of its own (RFC 5005 §4).
    let query = query::canonical(context.selection, context.wishes);
    let path = match &context.selection.part {
        Part::Whole => format!("{STEM}{query}"),
        part => format!("{}/{STEM}{query}", part.path()),
    };
    Feed {
        id: feed_id(context.conference, context.history, &path),
        title: format!("{}: changes", context.title()),
        description: format!(
            "What changed in the programme of {}",
            context.conference.name
        ),
        language: context.conference.language.to_string(),
        zone: context.conference.zone.name().to_owned(),
        author: Person::publisher(context),
        page_url: context.own_page_url(),
        links: page.links(context, renderer),
        updated: page.updated(context),
        extent: match page.archive {
            Some(_) => Extent::Archive,
            None => Extent::Newest,
        },
        is_over: false,
        items: page
            .entries
            .iter()
            .map(|entry| entry.item(context))
            .collect(),
    }
}

/// When a document of changes last changed: with its newest entry.
fn updated(context: &Context<'_>) -> Option<DateTime<Utc>> {
    Page::of(context).updated(context)
}

/// How many whole pages of entries are older than the newest ones. The newest edition's, and what may
/// still be joined with a later edit, are always in the document that people subscribe to: then no
/// archive ever changes.
fn archives_of(entries: &[Entry<'_>]) -> usize {
    let newest = entries.first().map(|entry| entry.edition().number);
    let is_fresh = |entry: &Entry<'_>| entry.is_open() || Some(entry.edition().number) == newest;
    let fresh = entries
        .iter()
        .rposition(is_fresh)
        .map_or(0, |last| last + 1);
    entries.len().saturating_sub(fresh.max(PAGE)) / PAGE
}

/// The path of an archive below the root.
fn archive_path(conference: &Conference, number: usize, renderer: &Renderer) -> String {
    let (slug, extension) = (&conference.slug, renderer.extension);
    format!("{slug}/{STEM}/archive-{number}.{extension}")
}

/// The archives of a conference's changes: their numbers, formats and paths.
pub(super) fn archives(
    conference: &Conference,
    history: &History,
) -> Vec<(usize, &'static Renderer, String)> {
    let count = archives_of(&entries::all(history));
    let numbers = 1..=count;
    numbers
        .flat_map(|number| CHANGES.iter().map(move |renderer| (number, *renderer)))
        .map(|(number, renderer)| {
            let path = archive_path(conference, number, renderer);
            (number, renderer, path)
        })
        .collect()
}

/// What an archive is made of beside the conference's own name and place: the talks and editions that
/// it tells of, and the notes.
pub(super) fn contents(context: &Context<'_>) -> impl std::fmt::Debug {
    let entries = Page::of(context).entries.into_iter();
    let contents = entries.map(|entry| match entry {
        Entry::Story(story) => (Some(&story.code), story.first.number, None),
        Entry::Note(edition, note) => (None, edition.number, Some(note)),
    });
    contents.collect::<Vec<_>>()
}

#[cfg(test)]
mod tests;
