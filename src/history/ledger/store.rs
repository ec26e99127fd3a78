//! What a ledger keeps its rows in, and what the rows are.

use crate::history::edition::Edition;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
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
    /// An error where the store was opened without the right to write, and still may not be written.
    fn writable(&self) -> Result<(), LedgerError> {
        Ok(())
    }
    /// How many notices wait.
    fn waiting(&self) -> Result<u64, LedgerError>;
    /// Waits until another process may have changed something, at most `timeout`. Stores that cannot
    /// be told sleep.
    fn wait(&self, timeout: Duration);
}
