//! The memory between two runs: one JSON file a conference, replaced whole.

use super::revision::{History, Revision, SlotRevision, TalkRevision};
use crate::model::{Slug, TalkCode};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, io};
use uuid::Uuid;

/// The version of the file format that this program writes.
const FORMAT: u32 = 1;

/// A folder that remembers what was published.
#[derive(Debug, Clone)]
pub struct Ledger {
    folder: PathBuf,
}

/// Why the memory could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The file system refused.
    #[error("cannot {action} the ledger {}; check that the folder exists and is writable, or name another with --state", path.display())]
    Io {
        /// What was tried: `read` or `write`.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The file is not a ledger.
    #[error("the ledger {} is damaged; put back a copy of it, or move it away to start anew (subscribers then see sequence numbers fall)", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was wrong.
        #[source]
        source: serde_json::Error,
    },
    /// A newer program wrote the file.
    #[error("the ledger {} has format {found}, this program knows format {FORMAT}; use a newer handbill", path.display())]
    TooNew {
        /// The file.
        path: PathBuf,
        /// The format it has.
        found: u32,
    },
}

impl Ledger {
    /// A ledger in `folder`, which is made when something is first written.
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// What was last published of a conference; an empty history when nothing was.
    ///
    /// # Errors
    ///
    /// When the file exists and cannot be understood. An empty history in its place would let
    /// sequence numbers fall.
    pub fn read(&self, slug: &Slug) -> Result<History, LedgerError> {
        let path = self.path(slug);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(History::default()),
            Err(source) => {
                let action = "read";
                return Err(LedgerError::Io {
                    action,
                    path,
                    source,
                });
            }
        };
        let damaged = |source| {
            let path = path.clone();
            LedgerError::Damaged { path, source }
        };
        let Format { format: found } = serde_json::from_slice(&bytes).map_err(damaged)?;
        if found > FORMAT {
            return Err(LedgerError::TooNew { path, found });
        }
        let file: LedgerFile = serde_json::from_slice(&bytes).map_err(damaged)?;
        Ok(file.into_history())
    }

    /// Remembers what is published of a conference. A reader sees the old file or the new one,
    /// never half of one; a file that would not change is not touched.
    ///
    /// # Errors
    ///
    /// When the folder cannot be made or the file not be replaced.
    pub fn write(&self, slug: &Slug, history: &History) -> Result<(), LedgerError> {
        let path = self.path(slug);
        let mut bytes = serde_json::to_vec_pretty(&LedgerFile::new(history)).map_err(|source| {
            LedgerError::Damaged {
                path: path.clone(),
                source,
            }
        })?;
        bytes.push(b'\n');
        if fs::read(&path).is_ok_and(|old| old == bytes) {
            return Ok(());
        }
        let replace = || {
            fs::create_dir_all(&self.folder)?;
            let beside = path.with_extension("json.new");
            fs::File::create(&beside).and_then(|mut file| {
                io::Write::write_all(&mut file, &bytes)?;
                file.sync_all()
            })?;
            fs::rename(&beside, &path)
        };
        replace().map_err(|source| LedgerError::Io {
            action: "write",
            path: path.clone(),
            source,
        })
    }

    fn path(&self, slug: &Slug) -> PathBuf {
        self.folder.join(format!("{slug}.json"))
    }
}

/// What every format of the file has.
#[derive(Deserialize)]
struct Format {
    format: u32,
}

#[derive(Serialize, Deserialize)]
struct LedgerFile {
    format: u32,
    edition: u64,
    authority: Option<String>,
    header: RevisionEntry,
    page: RevisionEntry,
    talks: BTreeMap<String, TalkEntry>,
    slots: BTreeMap<Uuid, SlotEntry>,
    left: BTreeMap<String, DateTime<Utc>>,
}

#[derive(Serialize, Deserialize)]
struct RevisionEntry {
    content: String,
    updated: Option<DateTime<Utc>>,
}

#[derive(Serialize, Deserialize)]
struct TalkEntry {
    published: Option<DateTime<Utc>>,
    #[serde(flatten)]
    revision: RevisionEntry,
    parts: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    marks: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    alias: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct SlotEntry {
    sequence: u32,
    timing: String,
    #[serde(flatten)]
    revision: RevisionEntry,
}

impl RevisionEntry {
    fn new(revision: &Revision) -> Self {
        Self {
            content: revision.content.clone(),
            updated: revision.updated,
        }
    }

    fn into_revision(self) -> Revision {
        Revision {
            content: self.content,
            updated: self.updated,
        }
    }
}

impl LedgerFile {
    fn new(history: &History) -> Self {
        let talk = |talk: &TalkRevision| TalkEntry {
            published: talk.published,
            revision: RevisionEntry::new(&talk.revision),
            parts: talk.parts.clone(),
            marks: talk.marks.clone(),
            alias: talk.alias.as_ref().map(ToString::to_string),
        };
        let slot = |slot: &SlotRevision| SlotEntry {
            sequence: slot.sequence,
            timing: slot.timing.clone(),
            revision: RevisionEntry::new(&slot.revision),
        };
        let talks = history.talks.iter();
        let slots = history.slots.iter();
        Self {
            format: FORMAT,
            edition: history.edition,
            authority: history.authority.clone(),
            header: RevisionEntry::new(&history.header),
            page: RevisionEntry::new(&history.page),
            talks: talks
                .map(|(code, revision)| (code.to_string(), talk(revision)))
                .collect(),
            slots: slots
                .map(|(uid, revision)| (*uid, slot(revision)))
                .collect(),
            left: history.left.clone(),
        }
    }

    fn into_history(self) -> History {
        let talk = |talk: TalkEntry| TalkRevision {
            published: talk.published,
            revision: talk.revision.into_revision(),
            parts: talk.parts,
            marks: talk.marks,
            alias: talk.alias.and_then(|alias| TalkCode::parse(&alias)),
        };
        let slot = |slot: SlotEntry| SlotRevision {
            sequence: slot.sequence,
            timing: slot.timing,
            revision: slot.revision.into_revision(),
        };
        let talks = self.talks.into_iter();
        let slots = self.slots.into_iter();
        History {
            edition: self.edition,
            authority: self.authority,
            header: self.header.into_revision(),
            page: self.page.into_revision(),
            talks: talks
                .filter_map(|(code, entry)| Some((TalkCode::parse(&code)?, talk(entry))))
                .collect(),
            slots: slots.map(|(uid, entry)| (uid, slot(entry))).collect(),
            left: self.left,
        }
    }
}
