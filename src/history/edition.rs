//! A published state of a conference, and the row of all of them.

use super::change::Change;
use chrono::{DateTime, Utc};

/// What is known of an edition beside its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// Its number, from 1, without gaps.
    pub number: u64,
    /// When it was published, in whole seconds, later than the edition before. Documents say so.
    /// `None` for a first edition whose data have no date: a made-up one would differ between two
    /// machines.
    pub published: Option<DateTime<Utc>>,
    /// What it was read from, for people: `conference.toml, notes.md`.
    pub source: String,
    /// A fingerprint of what the source said, before history was applied to it.
    pub digest: String,
    /// What subscribers are told about it.
    pub note: Option<String>,
}

/// All editions of a conference with what each changed, the oldest first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Chronicle {
    /// The editions. The first changes nothing: there was nothing before.
    pub publications: Vec<Publication>,
}

/// An edition with what it changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Publication {
    /// The edition.
    pub edition: Edition,
    /// What it did to each talk.
    pub changes: Vec<Change>,
}
