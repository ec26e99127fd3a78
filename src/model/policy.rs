//! How the organisers want changes of their programme to be published.

use chrono::TimeDelta;

/// How changes of a conference are published, where its documents depend on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Edits of one talk within this time of the first become one entry of the feeds of changes.
    pub changes_window: TimeDelta,
    /// How long before a talk begins the feeds of what is coming up show it.
    pub upcoming_lead: TimeDelta,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            changes_window: TimeDelta::seconds(60),
            upcoming_lead: TimeDelta::minutes(30),
        }
    }
}

/// From which shares on, 0 to 1, an import looks like a mistake. A share of 1 is never exceeded, so it
/// turns a check off.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Of the talks that take place, how many may be missing.
    pub lost: f64,
    /// Of the known times, how many may have moved by one offset between two zones.
    pub shifted: f64,
    /// Of the abstracts, how many may have become empty.
    pub emptied: f64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            lost: 0.3,
            shifted: 0.5,
            emptied: 0.5,
        }
    }
}
