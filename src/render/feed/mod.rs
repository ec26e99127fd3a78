//! What a feed says, whatever it is of, and the formats that write it: one file each.

mod atom;
mod json;
mod rss;

use super::{Context, Coverage, Renderer, nothing_left_out};
use crate::model::Speaker;
use chrono::{DateTime, Utc};
use serde::Serialize;

/// A feed. `X` is what JSON Feed adds to each item in a form that programs can use.
pub(super) struct Feed<X> {
    /// Stable identifier; the same in every format.
    pub id: String,
    /// Plain text.
    pub title: String,
    /// Plain text, never empty.
    pub description: String,
    /// BCP 47.
    pub language: String,
    /// The time zone of its conference (IANA), for programs that show times.
    pub zone: String,
    /// Who publishes it.
    pub author: Person,
    /// The page that people read instead.
    pub page_url: String,
    /// Relations to other documents (RFC 8288) with their addresses: `self`, `hub`, archives.
    pub links: Vec<(&'static str, String)>,
    /// When anything in it last changed, where that is known.
    pub updated: Option<DateTime<Utc>>,
    /// How much of what there is it holds.
    pub extent: Extent,
    /// Whether nothing more is to come.
    pub is_over: bool,
    /// Its entries, in the order in which they are written.
    pub items: Vec<Item<X>>,
}

/// How much of a feed a document holds (RFC 5005).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// All of it (§2).
    Complete,
    /// What is newest.
    Newest,
    /// An archive, which never changes (§4).
    Archive,
}

impl Extent {
    /// The element that says so.
    fn element(self) -> Option<&'static str> {
        match self {
            Self::Complete => Some("complete"),
            Self::Newest => None,
            Self::Archive => Some("archive"),
        }
    }
}

/// The namespace of those elements.
const HISTORY_NAMESPACE: (&str, &str) = ("fh", "http://purl.org/syndication/history/1.0");

/// An entry of a feed.
pub(super) struct Item<X> {
    /// Stable identifier.
    pub id: String,
    /// Plain text.
    pub title: String,
    /// Its page.
    pub url: String,
    /// When it was first published.
    pub published: Option<DateTime<Utc>>,
    /// When it last changed.
    pub updated: Option<DateTime<Utc>>,
    /// Whom it is by.
    pub authors: Vec<Person>,
    /// BCP 47, where it is not the feed's.
    pub language: Option<String>,
    /// Everything, as safe HTML.
    pub html: String,
    /// The gist, as safe HTML.
    pub summary_html: String,
    /// The gist, as plain text.
    pub summary: String,
    /// The gist on one plain line.
    pub line: String,
    /// The address of a picture.
    pub image: Option<String>,
    /// Words that it can be found by.
    pub categories: Vec<String>,
    /// What programs can use.
    pub extension: X,
}

/// Somebody.
pub(super) struct Person {
    /// Plain text.
    pub name: String,
    /// Their page.
    pub url: Option<String>,
    /// The address of their picture.
    pub picture: Option<String>,
}

impl Person {
    /// The conference, which publishes its feeds.
    pub(super) fn publisher(context: &Context<'_>) -> Self {
        let conference = context.conference;
        Self {
            name: conference.name.to_string(),
            url: conference.url.as_ref().map(ToString::to_string),
            picture: None,
        }
    }

    /// Who speaks.
    pub(super) fn speaker(speaker: &Speaker) -> Self {
        Self {
            name: speaker.name.to_string(),
            url: speaker.url.as_ref().map(ToString::to_string),
            picture: speaker.picture.as_ref().map(ToString::to_string),
        }
    }
}

/// A format that feeds are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// RSS 2.0.
    Rss,
    /// Atom.
    Atom,
    /// JSON Feed 1.1.
    Json,
}

impl Format {
    /// The extension of its files.
    const fn extension(self) -> &'static str {
        match self {
            Self::Rss => "rss",
            Self::Atom => "atom",
            Self::Json => "json",
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Rss => "application/rss+xml; charset=utf-8",
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::Json => "application/feed+json; charset=utf-8",
        }
    }

    /// A renderer of feeds of talks, for every part of a conference.
    pub(super) const fn of_talks(
        self,
        name: &'static str,
        render: fn(&Context<'_>) -> Vec<u8>,
    ) -> Renderer {
        Renderer {
            format: self.extension(),
            extension: self.extension(),
            name,
            media_type: self.media_type(),
            stem: "talks",
            covers: Coverage::EveryPart,
            heeds_wishes: false,
            leaves_out: nothing_left_out,
            render,
            last_modified: |context| context.updated(),
        }
    }

    /// A renderer of another feed of the whole conference.
    pub(super) const fn of_whole(
        self,
        stem: &'static str,
        format: &'static str,
        name: &'static str,
        render: fn(&Context<'_>) -> Vec<u8>,
        last_modified: fn(&Context<'_>) -> Option<DateTime<Utc>>,
    ) -> Renderer {
        Renderer {
            format,
            name,
            stem,
            covers: Coverage::Whole,
            last_modified,
            ..self.of_talks(name, render)
        }
    }

    /// Writes a feed.
    pub(super) fn write<X: Serialize>(self, feed: Feed<X>) -> Vec<u8> {
        match self {
            Self::Rss => rss::write(feed),
            Self::Atom => atom::write(feed),
            Self::Json => json::write(feed),
        }
    }
}

/// The addresses of a feed itself and of the hub that tells of its changes (W3C `WebSub` §4).
pub(super) fn own_links(context: &Context<'_>, renderer: &Renderer) -> Vec<(&'static str, String)> {
    let own = ("self", context.feed_url(renderer));
    let hub = context.site.hub.clone().map(|hub| ("hub", hub));
    [own].into_iter().chain(hub).collect()
}
