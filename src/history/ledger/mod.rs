//! The memory of all editions. A [`Store`] keeps rows, transactionally; the [`Ledger`] knows what they
//! mean. Stores: SQLite in a folder, PostgreSQL by URL, text files for a built folder.

mod chronicle;
pub mod file;
pub mod postgres;
mod record;
pub mod sqlite;
mod store;

pub use self::store::{
    Entry, Held, LedgerError, Mark, NewNotice, Notice, Piece, Store, Verdict, Version,
};

use self::chronicle::{Turns, publications};
use super::change::diff;
use super::chronicle::{Chronicle, Publication};
use super::content::fingerprint;
use super::edition::Edition;
use super::revision::History;
use crate::model::{Conference, Slug};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

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

impl Recorded {
    fn new(
        edition: Edition,
        (conference, mut history): (Conference, History),
        publications: Vec<Publication>,
    ) -> Self {
        let chronicle = Chronicle::new(publications, &conference.policy);
        history.edition = edition.number;
        history.chronicle = Arc::new(chronicle);
        Self {
            edition,
            conference: Arc::new(conference),
            history: Arc::new(history),
        }
    }
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
        let mut editions = self.store.editions(slug)?;
        editions.retain(|edition| edition.number <= number);
        let Some(edition) = editions.last().filter(|edition| edition.number == number) else {
            return Ok(None);
        };
        let edition = edition.clone();
        let damaged = |damage| damaged(slug, damage);
        let turns = Turns::read(&*self.store, slug, number)?;
        let publications = publications(editions, turns).map_err(damaged)?;
        let pieces = self.store.pieces(slug, number)?;
        let state = record::restore(pieces).map_err(damaged)?;
        Ok(Some(Recorded::new(edition, state, publications)))
    }

    /// All editions of a conference, the oldest first.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    pub fn editions(&self, slug: &Slug) -> Result<Vec<Edition>, LedgerError> {
        self.store.editions(slug)
    }

    /// Records an edition that follows `before`, with what is to be told of it; `None`, and nothing is
    /// recorded, where somebody else has published.
    ///
    /// What comes back is what [`Self::at`] reads of it from then on, but for notes that were set
    /// since `before` was read.
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
        let entry = entry(&old, &new, edition.clone(), notices);
        let state = record::restore(new).map_err(|damage| lossy(slug, damage))?;
        if !self.store.append(slug, &entry)? {
            return Ok(None);
        }
        let changes = before.map(|before| diff(&before.conference, &state.0));
        let mut publications = before.map_or_else(Vec::new, |before| {
            before.history.chronicle.publications.clone()
        });
        publications.push(Publication {
            edition: edition.clone(),
            changes: changes.unwrap_or_default(),
        });
        Ok(Some(Recorded::new(edition, state, publications)))
    }

    /// Says what becomes of what is held of a conference; false where nothing is.
    ///
    /// # Errors
    ///
    /// When that cannot be read or written.
    pub fn decide(&self, slug: &str, verdict: Verdict) -> Result<bool, LedgerError> {
        let Some(held) = self.store.held(slug)? else {
            return Ok(false);
        };
        let decided = Held { verdict, ..held };
        self.store.hold(slug, Some(&decided))?;
        Ok(true)
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

/// What an edition with the pieces `new` adds to a store that shows `old`.
fn entry(old: &[Piece], new: &[Piece], edition: Edition, notices: Vec<NewNotice>) -> Entry {
    let known: BTreeSet<&Piece> = old.iter().collect();
    let key = |piece: &Piece| (piece.kind.clone(), piece.key.clone());
    let kept: BTreeSet<(String, String)> = new.iter().map(key).collect();
    let put = new.iter().filter(|piece| !known.contains(piece));
    let gone = old.iter().map(key).filter(|key| !kept.contains(key));
    Entry {
        edition,
        put: put.cloned().collect(),
        gone: gone.collect(),
        notices,
    }
}

fn lossy(slug: &Slug, damage: record::Damage) -> LedgerError {
    LedgerError {
        message: format!(
            "the new edition of {slug} cannot be kept, since it could not be read again"
        ),
        source: Some(Box::new(damage)),
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
