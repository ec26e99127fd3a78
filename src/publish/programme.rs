use crate::history::History;
use crate::model::Conference;
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A conference and since when everything in it has been as it is.
#[derive(Debug, Clone)]
pub struct Programme {
    /// The conference.
    pub conference: Arc<Conference>,
    /// Its history.
    pub history: Arc<History>,
    /// The paths of the parts that once had documents, such as `rooms/attic`, whether or not they
    /// have any now.
    pub retired: Arc<BTreeSet<String>>,
}

impl Programme {
    /// A conference of which no part was ever left.
    pub fn new(conference: Arc<Conference>, history: Arc<History>) -> Self {
        Self {
            conference,
            history,
            retired: Arc::default(),
        }
    }

    /// When anything in it last changed, where the data say so.
    pub(super) fn last_modified(&self) -> Option<DateTime<Utc>> {
        let talks = self.conference.talks.iter().map(|talk| &talk.code);
        self.history.updated("", talks)
    }
}
