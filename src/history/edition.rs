//! A published state of a conference.

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
