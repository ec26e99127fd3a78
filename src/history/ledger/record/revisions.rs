//! The pieces of a history, as a ledger keeps them.

use super::model::Unreadable;
use super::talk::WhenRecord;
use crate::history::change::Placement;
use crate::history::revision::{Revision, SlotRevision, TalkRevision};
use crate::model::{Plain, TalkCode, Zone};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

#[derive(Serialize, Deserialize)]
pub(super) struct RevisionRecord {
    content: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    updated: Option<DateTime<Utc>>,
}

impl RevisionRecord {
    pub(super) fn new(revision: &Revision) -> Self {
        let Revision { content, updated } = revision;
        Self {
            content: content.clone(),
            updated: *updated,
        }
    }

    pub(super) fn restore(self) -> Revision {
        Revision {
            content: self.content,
            updated: self.updated,
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct TalkRevisionRecord {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    published: Option<DateTime<Utc>>,
    #[serde(flatten)]
    revision: RevisionRecord,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    parts: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    marks: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    alias: Option<String>,
}

impl TalkRevisionRecord {
    pub(super) fn new(talk: &TalkRevision) -> Self {
        let TalkRevision {
            published,
            revision,
            parts,
            marks,
            alias,
        } = talk;
        Self {
            published: *published,
            revision: RevisionRecord::new(revision),
            parts: parts.clone(),
            marks: marks.clone(),
            alias: alias.as_ref().map(ToString::to_string),
        }
    }

    pub(super) fn restore(self) -> TalkRevision {
        TalkRevision {
            published: self.published,
            revision: self.revision.restore(),
            parts: self.parts,
            marks: self.marks,
            alias: self.alias.and_then(|alias| TalkCode::parse(&alias)),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct PlacementRecord {
    #[serde(flatten)]
    when: WhenRecord,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    room: Option<String>,
}

impl PlacementRecord {
    fn new(placement: &Placement) -> Self {
        let Placement { when, room } = placement;
        Self {
            when: WhenRecord::new(when),
            room: room.as_ref().map(ToString::to_string),
        }
    }

    fn restore(self, zone: &Zone) -> Result<Placement, Unreadable> {
        Ok(Placement {
            when: self.when.restore(zone)?,
            room: self.room.map(|room| Plain::new(&room)),
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct SlotRevisionRecord {
    sequence: u32,
    timing: String,
    #[serde(flatten)]
    revision: RevisionRecord,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<PlacementRecord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<PlacementRecord>,
}

impl SlotRevisionRecord {
    pub(super) fn new(slot: &SlotRevision) -> Self {
        let SlotRevision {
            sequence,
            timing,
            revision,
            at,
            before,
        } = slot;
        Self {
            sequence: *sequence,
            timing: timing.clone(),
            revision: RevisionRecord::new(revision),
            at: at.as_ref().map(PlacementRecord::new),
            before: before.as_ref().map(PlacementRecord::new),
        }
    }

    pub(super) fn restore(self, zone: &Zone) -> Result<SlotRevision, Unreadable> {
        let restore = |placement: Option<PlacementRecord>| {
            placement
                .map(|placement| placement.restore(zone))
                .transpose()
        };
        Ok(SlotRevision {
            sequence: self.sequence,
            timing: self.timing,
            revision: self.revision.restore(),
            at: restore(self.at)?,
            before: restore(self.before)?,
        })
    }
}
