//! From the model to documents: one file a format, all of them pure.
//!
//! A renderer gets a [`Context`] and gives bytes. It knows no clock, no file and no network, so the
//! same edition gives the same bytes on every machine.

mod calendar;
mod changes;
mod feed;
mod frab;
mod json;
mod opml;
mod pages;
mod plan;
mod query;
mod selection;
mod talks;
mod text;
mod upcoming;
mod words;
mod xml;

pub use changes::{CHANGES, Told, ToldDetail, ToldValue, instant};
pub use pages::{ASSETS, Asset, OEMBED, Page, Trouble, index, problem};
pub use plan::{Asked, Rendering, archives, chosen, feed_path, parts, plan, upcoming};
pub use query::canonical as canonical_query;
pub use selection::{Occurrence, Selection};
pub use upcoming::{Moments, UPCOMING};

use crate::history::History;
use crate::model::{Conference, Part, Slot, State, WebUrl};
use calendar::ics;
use chrono::{DateTime, Utc};

/// What a renderer works on.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The whole conference.
    pub conference: &'a Conference,
    /// Since when everything in it has been as it is.
    pub history: &'a History,
    /// Which part of it to show.
    pub selection: &'a Selection,
    /// Where in the conference the talks of the selection's part stand, in order; `None` when
    /// nobody has looked. Without, every one of a conference's thousands of documents would look
    /// through all of its talks.
    pub places: Option<&'a [usize]>,
    /// Where the documents are published.
    pub site: &'a Site,
    /// What the subscriber asked for beyond a selection.
    pub wishes: &'a Wishes,
    /// Which document of a feed in several.
    pub instalment: Instalment,
}

/// Which document of a feed that does not show all at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Instalment {
    /// The one that people subscribe to.
    #[default]
    Newest,
    /// An archive of changes by its number, from 1 (RFC 5005 §4).
    Archive(usize),
    /// What is coming up, when so many moments have passed: [`Moments::passed`].
    Upcoming(usize),
}

/// Where documents are published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The address of the root, without a slash at the end: `https://example.org/schedule`.
    pub base_url: String,
    /// The address of the hub that tells subscribers of feeds about changes (W3C `WebSub` §4).
    pub hub: Option<String>,
    /// Whether a server answers there, which knows the hour and what was asked for.
    pub is_served: bool,
    /// Whether old editions are there, too.
    pub has_old_editions: bool,
}

/// What a subscriber may ask of a calendar in the query of its URL.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wishes {
    /// Times in this zone instead of the conference's (`tz=`); UTC gives `Z` times.
    pub zone: Option<crate::model::Zone>,
    /// A reminder this many minutes before each talk (`alarm=`, RFC 5545 §3.6.6).
    pub alarm: Option<u32>,
    /// What becomes of cancelled talks (`cancelled=`).
    pub cancelled: Cancelled,
    /// Whether to add the properties of RFC 9073 and RFC 9253 (`profile=rich`).
    pub rich: bool,
}

/// What becomes of cancelled talks. Formats that know no status mark the title and can leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cancelled {
    /// `STATUS:CANCELLED`, a marked title, and no busy time.
    #[default]
    Mark,
    /// A marked title only: for clients that hide cancelled events (Google Calendar).
    Keep,
    /// Left out.
    Hide,
}

/// A rendered document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its media type with charset.
    pub media_type: &'static str,
    /// Its content.
    pub bytes: Vec<u8>,
    /// When its content last changed, where the data say so.
    pub last_modified: Option<DateTime<Utc>>,
}

/// A format that handbill writes.
pub struct Renderer {
    /// Its name in `--to`.
    pub format: &'static str,
    /// The extension of its files.
    pub extension: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// Its media type, with charset where it has one.
    pub media_type: &'static str,
    /// The stem of the whole conference's file: `schedule` or `talks`.
    pub stem: &'static str,
    /// Which parts of a programme have a document in it.
    pub covers: Coverage,
    /// Whether it heeds [`Wishes`]: only calendars know zones and alarms.
    pub heeds_wishes: bool,
    /// How many talks it has no place for, by what they lack: "without a known day".
    pub leaves_out: fn(&Context<'_>) -> Vec<(&'static str, usize)>,
    /// Writes a document's content.
    pub render: fn(&Context<'_>) -> Vec<u8>,
    /// When a document's content last changed, where the data say so.
    pub last_modified: fn(&Context<'_>) -> Option<DateTime<Utc>>,
}

/// Which parts of a programme have a document in a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coverage {
    /// The whole, and each day, room, track, speaker and talk: people subscribe to it.
    EveryPart,
    /// The whole only: programs read it. A query may select of it.
    Whole,
}

/// Every format, in the order in which pages offer them.
pub static RENDERERS: &[&Renderer] = &[
    &ics::RENDERER,
    &talks::RSS,
    &talks::ATOM,
    &talks::JSON,
    &frab::xml::RENDERER,
    &frab::json::RENDERER,
    &frab::schedule2::RENDERER,
    &calendar::xcal::RENDERER,
    &calendar::jcal::RENDERER,
];

impl Renderer {
    /// Whether a part of a programme has a document in this format.
    pub fn covers(&self, part: &Part) -> bool {
        self.is_subscribed_to() || *part == Part::Whole
    }

    /// Whether people subscribe to documents in this format, and programs do not just read them.
    pub fn is_subscribed_to(&self) -> bool {
        self.covers == Coverage::EveryPart
    }

    /// The name of the whole conference's file: `schedule.ics`.
    pub fn file(&self) -> String {
        format!("{}.{}", self.stem, self.extension)
    }
}

/// A format that has a place for every talk.
fn nothing_left_out(_: &Context<'_>) -> Vec<(&'static str, usize)> {
    Vec::new()
}

impl Site {
    /// A site whose root is `base_url`, an absolute web address; slashes at its end do not matter.
    pub fn new(base_url: &str) -> Self {
        Self {
            base_url: base_url.trim_end_matches('/').to_owned(),
            hub: None,
            is_served: false,
            has_old_editions: false,
        }
    }

    /// The same, where a server answers.
    #[must_use]
    pub fn with_server(self) -> Self {
        Self {
            is_served: true,
            ..self.with_old_editions(true)
        }
    }

    /// The same, with or without old editions.
    #[must_use]
    pub fn with_old_editions(self, has_old_editions: bool) -> Self {
        Self {
            has_old_editions,
            ..self
        }
    }

    /// The same, whose feeds name a hub.
    #[must_use]
    pub fn with_hub(self, hub: Option<String>) -> Self {
        Self { hub, ..self }
    }

    /// The same; `None` where that is no absolute web address, or has a query or a fragment.
    pub fn parse(base_url: &str) -> Option<Self> {
        let url = WebUrl::parse(base_url).filter(|url| !url.contains(['?', '#']))?;
        Some(Self::new(&url))
    }

    /// The absolute address of a path below the root.
    pub fn url(&self, path: &str) -> String {
        format!("{}/{path}", self.base_url)
    }
}

impl<'a> Context<'a> {
    /// The selected talks in programme order.
    pub fn talks(&self) -> Vec<Occurrence<'a>> {
        let mut talks = self.selected();
        if self.wishes.cancelled == Cancelled::Hide {
            let takes_place = |slot: &&Slot| slot.state != State::Cancelled;
            talks.retain_mut(|occurrence| {
                let had_slots = !occurrence.slots.is_empty();
                occurrence.slots.retain(takes_place);
                let is_left = !had_slots || !occurrence.slots.is_empty();
                is_left && occurrence.talk.state != State::Cancelled
            });
        }
        talks
    }

    fn selected(&self) -> Vec<Occurrence<'a>> {
        match self.places {
            Some(places) => {
                let talks = self.conference.talks_at(places);
                self.selection.talks_among(talks, self.conference)
            }
            None => self.selection.talks(self.conference),
        }
    }

    /// When anything that this document shows last changed, where the data say so.
    pub fn updated(&self) -> Option<DateTime<Utc>> {
        let talks = self.talks();
        let codes = talks.iter().map(|occurrence| &occurrence.talk.code);
        self.history.updated(&self.selection.part.path(), codes)
    }

    /// When anything of the whole conference last changed, what no feed of talks says included.
    fn whole_updated(&self) -> Option<DateTime<Utc>> {
        self.updated().max(self.history.page.updated)
    }

    /// The title of this document: the conference's name, and the part's where it is not the whole.
    pub fn title(&self) -> String {
        let name = &self.conference.name;
        let part = match (&self.selection.part, self.places) {
            (Part::Talk(code), Some(places)) => {
                let mut talks = self.conference.talks_at(places);
                let talk = talks.find(|talk| talk.code == *code);
                talk.map(|talk| talk.title.clone())
            }
            (Part::Chosen(_), _) => Some(pages::name_of_a_choice(self.conference)),
            (part, _) => part.name(self.conference),
        };
        let title = match part {
            Some(part) => format!("{name} – {part}"),
            None => name.to_string(),
        };
        match query::description(self.selection) {
            Some(filters) => format!("{title} ({filters})"),
            None => title,
        }
    }

    /// The canonical address of this selection's feed in a format, with all that was asked for.
    pub fn feed_url(&self, renderer: &Renderer) -> String {
        let path = feed_path(self.conference, &self.selection.part, renderer);
        let query = query::canonical(self.selection, self.wishes);
        self.site.url(&format!("{path}{query}"))
    }

    /// The conference's page on this site.
    pub fn page_url(&self) -> String {
        self.site.url(&format!("{}/", self.conference.slug))
    }

    /// The address that stands for a talk: the organisers' page of it, else this site's.
    pub fn talk_url(&self, talk: &crate::model::Talk) -> String {
        match &talk.url {
            Some(url) => url.to_string(),
            None => self.part_url(&Part::Talk(talk.code.clone())),
        }
    }

    /// The page that people read instead of this selection's feeds.
    pub fn own_page_url(&self) -> String {
        match &self.selection.part {
            part @ Part::Chosen(_) => self.part_url(part),
            _ => self.page_url(),
        }
    }

    /// The page of a talk, a speaker, or the talks that somebody chose.
    pub fn part_url(&self, part: &Part) -> String {
        let slug = &self.conference.slug;
        self.site.url(&format!("{slug}/{}/", part.path()))
    }
}
