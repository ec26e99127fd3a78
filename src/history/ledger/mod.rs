//! The memory of all editions. A [`Store`] keeps rows, transactionally; the [`Ledger`] knows what they
//! mean. Stores: SQLite in a folder, PostgreSQL by URL, text files for a built folder.

pub mod file;
pub mod postgres;
mod record;
pub mod sqlite;

use super::change::{Change, change};
use super::chronicle::{Chronicle, Publication};
use super::content::fingerprint;
use super::edition::Edition;
use super::revision::History;
use crate::model::{Conference, Slug, Talk};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// A part of a conference's state that changes by itself: a talk, a room, a talk's revision.
///
/// A state of a conference is the set of pieces that are valid at an edition. A piece that an edition
/// does not change is kept once, however many editions show it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Piece {
    /// What it is: `conference`, `order`, `day`, `room`, `track`, `speaker`, `talk`, `revision` …
    pub kind: String,
    /// Its key among those of its kind: a slug, a code, a date; empty where there is only one.
    pub key: String,
    /// Its content, a JSON object on one line.
    pub body: String,
}

/// A piece with the editions that show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The piece.
    pub piece: Piece,
    /// The first edition that shows it.
    pub since: u64,
    /// The first later edition that does not; `None` while the newest does.
    pub until: Option<u64>,
}

/// What an edition adds to a store, all or nothing.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The edition; its number is one more than the newest's.
    pub edition: Edition,
    /// Pieces that are new or different.
    pub put: Vec<Piece>,
    /// Pieces that are gone, by kind and key.
    pub gone: Vec<(String, String)>,
    /// What is to be told to others.
    pub notices: Vec<NewNotice>,
}

/// A message that is to be delivered to somebody's server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNotice {
    /// `websub` or `webhook`.
    pub kind: String,
    /// The address that it goes to.
    pub target: String,
    /// What is sent.
    pub body: String,
}

/// A message that was claimed for delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its number in the store; later ones are larger.
    pub id: i64,
    /// The conference and edition that it tells of.
    pub conference: String,
    /// The edition that it tells of.
    pub edition: u64,
    /// The message.
    pub notice: NewNotice,
    /// How often delivery has failed.
    pub failures: u32,
}

/// An import that was held back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The fingerprint of what the source said.
    pub digest: String,
    /// When it was first held.
    pub since: DateTime<Utc>,
    /// Why, a sentence each.
    pub reasons: Vec<String>,
    /// What the operator said.
    pub verdict: Verdict,
}

/// What an operator says of a held import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing yet.
    Pending,
    /// Publish it.
    Approved,
    /// Forget it: nothing is published until the source says something else.
    Discarded,
}

impl Verdict {
    /// Its word in a store.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Discarded => "discarded",
        }
    }

    /// Reads that word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Pending, Self::Approved, Self::Discarded]
            .into_iter()
            .find(|verdict| verdict.word() == word)
    }
}

/// How far a conference has got, to see whether somebody else has published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mark {
    /// The newest edition.
    pub edition: u64,
    /// How often notes were set.
    pub notes: u64,
}

/// Why the memory could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct LedgerError {
    /// Which ledger, what was tried, and how to mend it.
    pub message: String,
    /// What the system said.
    #[source]
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// Keeps rows. Every method is one transaction; errors leave the store as it was.
pub trait Store: Send + Sync {
    /// The newest edition and count of notes of each conference that has any.
    fn marks(&self) -> Result<BTreeMap<String, Mark>, LedgerError>;
    /// Every edition of a conference, the oldest first, with its note.
    fn editions(&self, slug: &str) -> Result<Vec<Edition>, LedgerError>;
    /// The pieces that edition `number` shows, by kind and key.
    fn pieces(&self, slug: &str, number: u64) -> Result<Vec<Piece>, LedgerError>;
    /// Every version of the pieces of a kind, by key and since.
    fn versions(&self, slug: &str, kind: &str) -> Result<Vec<Version>, LedgerError>;
    /// Adds an edition; false, and nothing is added, when `entry.edition.number` is not the next:
    /// somebody else has published.
    fn append(&self, slug: &str, entry: &Entry) -> Result<bool, LedgerError>;
    /// Attaches a note to an edition, `None` takes it off; false where there is no such edition.
    fn set_note(&self, slug: &str, number: u64, note: Option<&str>) -> Result<bool, LedgerError>;
    /// What is held of a conference.
    fn held(&self, slug: &str) -> Result<Option<Held>, LedgerError>;
    /// Holds an import in the place of what was held, or holds nothing.
    fn hold(&self, slug: &str, held: Option<&Held>) -> Result<(), LedgerError>;
    /// Claims the oldest undelivered notice of a target that is due and of which no older notice waits,
    /// so that nobody else claims it before `until`.
    fn claim(
        &self,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Option<Notice>, LedgerError>;
    /// A claimed notice is delivered, or given up.
    fn finish(&self, id: i64) -> Result<(), LedgerError>;
    /// A claimed notice could not be delivered and is due again at `due`.
    fn postpone(&self, id: i64, due: DateTime<Utc>) -> Result<(), LedgerError>;
    /// How many notices wait.
    fn waiting(&self) -> Result<u64, LedgerError>;
    /// Waits until another process may have changed something, at most `timeout`. Stores that cannot
    /// be told sleep.
    fn wait(&self, timeout: Duration);
}

/// A state of a conference as an edition published it.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// The edition.
    pub edition: Edition,
    /// The conference.
    pub conference: Arc<Conference>,
    /// Since when everything in it has been as it is.
    pub history: Arc<History>,
}

/// The memory of all editions.
pub struct Ledger {
    store: Box<dyn Store>,
}

impl Ledger {
    /// The ledger at a `postgres://` URL, or in a folder.
    ///
    /// # Errors
    ///
    /// When it cannot be opened or made.
    pub fn open(location: &str) -> Result<Self, LedgerError> {
        let store: Box<dyn Store> = if Self::is_database(location) {
            Box::new(postgres::Postgres::open(location)?)
        } else {
            Box::new(sqlite::Sqlite::open(Path::new(location))?)
        };
        Ok(Self::new(store))
    }

    /// The ledger of a built folder: text files in `folder`.
    pub fn in_folder(folder: &Path) -> Self {
        Self::new(Box::new(file::TextFiles::new(folder)))
    }

    /// A ledger that lasts as long as the process.
    ///
    /// # Errors
    ///
    /// When there is no memory for it.
    pub fn in_memory() -> Result<Self, LedgerError> {
        Ok(Self::new(Box::new(sqlite::Sqlite::in_memory()?)))
    }

    /// Whether a location is a database's address, and no folder.
    pub fn is_database(location: &str) -> bool {
        ["postgres://", "postgresql://"]
            .iter()
            .any(|scheme| location.starts_with(scheme))
    }

    /// Whether a folder holds a ledger.
    pub fn is_in(folder: &Path) -> bool {
        folder.join(sqlite::FILE).exists()
    }

    /// A ledger that keeps its rows in `store`.
    pub fn new(store: Box<dyn Store>) -> Self {
        Self { store }
    }

    /// Its rows.
    pub fn store(&self) -> &dyn Store {
        &*self.store
    }

    /// A fingerprint of what a source says.
    pub fn digest(&self, conference: &Conference) -> String {
        let pieces = record::conference_pieces(conference);
        let parts = pieces
            .iter()
            .flat_map(|piece| [&*piece.kind, &*piece.key, &*piece.body]);
        fingerprint(&parts.collect::<Vec<_>>())
    }

    /// The newest edition of a conference.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn latest(&self, slug: &Slug) -> Result<Option<Recorded>, LedgerError> {
        let mark = self.store.marks()?.get(&**slug).copied();
        mark.map_or(Ok(None), |mark| self.at(slug, mark.edition))
    }

    /// An edition of a conference.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn at(&self, slug: &Slug, number: u64) -> Result<Option<Recorded>, LedgerError> {
        let editions = self.store.editions(slug)?;
        let Some(edition) = editions.iter().find(|edition| edition.number == number) else {
            return Ok(None);
        };
        let pieces = self.store.pieces(slug, number)?;
        let (conference, mut history) =
            record::restore(pieces).map_err(|error| damaged(slug, error))?;
        let mut chronicle = self.chronicle(slug, &conference)?;
        chronicle
            .publications
            .retain(|publication| publication.edition.number <= number);
        history.edition = number;
        history.chronicle = Arc::new(chronicle);
        Ok(Some(Recorded {
            edition: edition.clone(),
            conference: Arc::new(conference),
            history: Arc::new(history),
        }))
    }

    /// All editions of a conference, the oldest first.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    pub fn editions(&self, slug: &Slug) -> Result<Vec<Edition>, LedgerError> {
        self.store.editions(slug)
    }

    /// All editions with what each changed.
    fn chronicle(&self, slug: &Slug, conference: &Conference) -> Result<Chronicle, LedgerError> {
        let editions = self.store.editions(slug)?;
        let mut parts = Vec::new();
        for kind in ["room", "track", "speaker"] {
            parts.extend(self.store.versions(slug, kind)?);
        }
        parts.sort_by_key(|version| version.since);
        let parts = parts.into_iter().map(|version| version.piece);
        let parts = record::PastParts::new(parts, &conference.zone);
        let mut changes: BTreeMap<u64, Vec<Change>> = BTreeMap::new();
        let mut before: Option<(Version, Arc<Talk>)> = None;
        let versions = self.store.versions(slug, record::TALK)?;
        let is_changed = |version: &Version| version.since > 1 || version.until.is_some();
        let mut tell = |number: u64, one: Option<&Arc<Talk>>, other: Option<&Arc<Talk>>| {
            if let Some(change) = change(one, other) {
                changes.entry(number).or_default().push(change);
            }
        };
        for version in versions.into_iter().filter(is_changed) {
            let talk = record::restore_talk(&version.piece, &parts);
            let talk = Arc::new(talk.map_err(|error| damaged(slug, error))?);
            let last = before
                .take()
                .filter(|(last, _)| last.piece.key == version.piece.key);
            let follows = |(last, _): &&(Version, Arc<Talk>)| last.until == Some(version.since);
            let old = last.as_ref().filter(follows).map(|(_, talk)| talk);
            if version.since > 1 {
                tell(version.since, old, Some(&talk));
            }
            before = Some((version, talk));
        }
        self.tell_gone(slug, &parts, &mut tell)?;
        let publication = |edition: Edition| Publication {
            changes: changes.remove(&edition.number).unwrap_or_default(),
            edition,
        };
        let publications = editions.into_iter().map(publication).collect();
        Ok(Chronicle::new(publications, &conference.policy))
    }

    /// Tells of talks that an edition ended and did not replace.
    fn tell_gone(
        &self,
        slug: &Slug,
        parts: &record::PastParts,
        tell: &mut impl FnMut(u64, Option<&Arc<Talk>>, Option<&Arc<Talk>>),
    ) -> Result<(), LedgerError> {
        let versions = self.store.versions(slug, record::TALK)?;
        let begun: BTreeSet<(&str, u64)> = versions
            .iter()
            .map(|version| (&*version.piece.key, version.since))
            .collect();
        for version in &versions {
            if let Some(until) = version.until
                && !begun.contains(&(&*version.piece.key, until))
            {
                let talk = record::restore_talk(&version.piece, parts);
                let talk = Arc::new(talk.map_err(|error| damaged(slug, error))?);
                tell(until, Some(&talk), None);
            }
        }
        Ok(())
    }

    /// Records an edition that follows `before`, with what is to be told of it; `None`, and nothing is
    /// recorded, where somebody else has published.
    ///
    /// # Errors
    ///
    /// When it cannot be written. Nothing is recorded then.
    pub fn record(
        &self,
        (conference, history): (&Conference, &History),
        before: Option<&Recorded>,
        edition: Edition,
        notices: Vec<NewNotice>,
    ) -> Result<Option<Recorded>, LedgerError> {
        let slug = &conference.slug;
        let old = before.map_or_else(Vec::new, |before| {
            record::pieces(&before.conference, &before.history)
        });
        let new = record::pieces(conference, history);
        let known: BTreeSet<&Piece> = old.iter().collect();
        let keys: BTreeSet<(&str, &str)> = new
            .iter()
            .map(|piece| (&*piece.kind, &*piece.key))
            .collect();
        let gone = old
            .iter()
            .filter(|piece| !keys.contains(&(&*piece.kind, &*piece.key)));
        let gone = gone
            .map(|piece| (piece.kind.clone(), piece.key.clone()))
            .collect();
        let put = new
            .iter()
            .filter(|piece| !known.contains(piece))
            .cloned()
            .collect();
        let number = edition.number;
        let entry = Entry {
            edition,
            put,
            gone,
            notices,
        };
        if self.store.append(slug, &entry)? {
            self.at(slug, number)
        } else {
            Ok(None)
        }
    }

    /// The paths of all parts that any edition had documents of, such as `rooms/attic`.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    pub fn parts_ever(&self, slug: &Slug) -> Result<BTreeSet<String>, LedgerError> {
        let mut paths = BTreeSet::new();
        for kind in ["day", "room", "track", "speaker", record::TALK] {
            let versions = self.store.versions(slug, kind)?;
            paths.extend(
                versions
                    .iter()
                    .map(|version| format!("{kind}s/{}", version.piece.key)),
            );
        }
        Ok(paths)
    }
}

fn damaged(slug: &Slug, damage: record::Damage) -> LedgerError {
    LedgerError {
        message: format!(
            "the ledger of {slug} is damaged; put back a copy of it, or move it away to start anew (subscribers then see sequence numbers fall)"
        ),
        source: Some(Box::new(damage)),
    }
}
