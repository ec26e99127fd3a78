//! A store in text files, one a conference, for a built folder: it is read in reviews and kept in version
//! control. A file is replaced whole. Nobody is to be told of a built folder's editions, so notices are
//! not kept.

use super::{Entry, Held, LedgerError, Mark, Notice, Piece, Store, Verdict, Version};
use crate::history::edition::Edition;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, thread};

/// The version of the file format that this program writes.
const FORMAT: u32 = 2;

/// A folder of text files.
pub struct TextFiles {
    folder: PathBuf,
}

/// One line of a file.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Line {
    Ledger {
        format: u32,
        #[serde(default, skip_serializing_if = "is_zero")]
        notes: u64,
    },
    Held {
        digest: String,
        since: DateTime<Utc>,
        reasons: Vec<String>,
        verdict: String,
    },
    Edition {
        number: u64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        published: Option<DateTime<Utc>>,
        source: String,
        digest: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    Piece {
        since: u64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<u64>,
        kind: String,
        key: String,
        body: Box<RawValue>,
    },
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// What a file holds.
#[derive(Default)]
struct Content {
    notes: u64,
    held: Option<Held>,
    editions: Vec<Edition>,
    versions: Vec<Version>,
}

impl TextFiles {
    /// The store in a folder, which is made when something is first written.
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    fn path(&self, slug: &str) -> PathBuf {
        self.folder.join(format!("{slug}.jsonl"))
    }

    fn read(&self, slug: &str) -> Result<Content, LedgerError> {
        let path = self.path(slug);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Content::default()),
            Err(error) => return Err(failed("read", &path, error)),
        };
        let mut content = Content::default();
        for (at, line) in text.lines().enumerate() {
            let line = serde_json::from_str(line).map_err(|error| damaged(&path, at + 1, error))?;
            content.add(line, &path)?;
        }
        Ok(content)
    }

    fn replace(&self, slug: &str, content: &Content) -> Result<(), LedgerError> {
        let path = self.path(slug);
        let write = || {
            let mut bytes = Vec::new();
            for line in content.lines()? {
                serde_json::to_writer(&mut bytes, &line)?;
                bytes.push(b'\n');
            }
            if fs::read(&path).is_ok_and(|old| old == bytes) {
                return Ok(());
            }
            fs::create_dir_all(&self.folder)?;
            let beside = path.with_extension("new");
            let mut file = fs::File::create(&beside)?;
            file.write_all(&bytes)?;
            file.sync_all()?;
            fs::rename(&beside, &path)
        };
        write().map_err(|error| failed("write", &path, error))
    }
}

impl Content {
    fn add(&mut self, line: Line, path: &Path) -> Result<(), LedgerError> {
        match line {
            Line::Ledger { format, .. } if format > FORMAT => {
                let path = path.display();
                return Err(LedgerError {
                    message: format!(
                        "the ledger {path} has format {format}, this program knows format {FORMAT}; use a newer handbill"
                    ),
                    source: None,
                });
            }
            Line::Ledger { notes, .. } => self.notes = notes,
            Line::Held {
                digest,
                since,
                reasons,
                verdict,
            } => {
                self.held = Some(Held {
                    digest,
                    since,
                    reasons,
                    verdict: Verdict::parse(&verdict).unwrap_or(Verdict::Pending),
                });
            }
            Line::Edition {
                number,
                published,
                source,
                digest,
                note,
            } => self.editions.push(Edition {
                number,
                published,
                source,
                digest,
                note,
            }),
            Line::Piece {
                since,
                until,
                kind,
                key,
                body,
            } => {
                let body = body.get().to_owned();
                let piece = Piece { kind, key, body };
                self.versions.push(Version {
                    piece,
                    since,
                    until,
                });
            }
        }
        Ok(())
    }

    fn lines(&self) -> Result<Vec<Line>, serde_json::Error> {
        let format = FORMAT;
        let notes = self.notes;
        let mut lines = vec![Line::Ledger { format, notes }];
        lines.extend(self.held.clone().map(|held| Line::Held {
            digest: held.digest,
            since: held.since,
            reasons: held.reasons,
            verdict: held.verdict.word().into(),
        }));
        lines.extend(self.editions.iter().cloned().map(|edition| Line::Edition {
            number: edition.number,
            published: edition.published,
            source: edition.source,
            digest: edition.digest,
            note: edition.note,
        }));
        for Version {
            piece,
            since,
            until,
        } in &self.versions
        {
            lines.push(Line::Piece {
                since: *since,
                until: *until,
                kind: piece.kind.clone(),
                key: piece.key.clone(),
                body: RawValue::from_string(piece.body.clone())?,
            });
        }
        Ok(lines)
    }

    fn newest(&self) -> u64 {
        self.editions.last().map_or(0, |edition| edition.number)
    }
}

fn failed(action: &str, path: &Path, error: std::io::Error) -> LedgerError {
    let path = path.display();
    LedgerError {
        message: format!(
            "cannot {action} the ledger {path}; check that its folder is writable and the disk not full"
        ),
        source: Some(Box::new(error)),
    }
}

fn damaged(path: &Path, line: usize, error: serde_json::Error) -> LedgerError {
    let path = path.display();
    LedgerError {
        message: format!(
            "the ledger {path} is damaged in line {line}; put back a copy of it, or move it away to start anew (subscribers then see sequence numbers fall)"
        ),
        source: Some(Box::new(error)),
    }
}

impl Store for TextFiles {
    fn marks(&self) -> Result<BTreeMap<String, Mark>, LedgerError> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(BTreeMap::new()),
            Err(error) => return Err(failed("read", &self.folder, error)),
        };
        let mut marks = BTreeMap::new();
        for entry in entries.flatten() {
            let path = entry.path();
            let name = path.file_stem().and_then(|name| name.to_str());
            let is_ledger = path
                .extension()
                .is_some_and(|extension| extension == "jsonl");
            if let Some(name) = name.filter(|_| is_ledger) {
                let content = self.read(name)?;
                let mark = Mark {
                    edition: content.newest(),
                    notes: content.notes,
                };
                if mark.edition > 0 {
                    marks.insert(name.to_owned(), mark);
                }
            }
        }
        Ok(marks)
    }

    fn editions(&self, slug: &str) -> Result<Vec<Edition>, LedgerError> {
        Ok(self.read(slug)?.editions)
    }

    fn pieces(&self, slug: &str, number: u64) -> Result<Vec<Piece>, LedgerError> {
        let versions = self.read(slug)?.versions.into_iter();
        let shown = versions.filter(|version| {
            version.since <= number && version.until.is_none_or(|until| until > number)
        });
        let mut pieces: Vec<Piece> = shown.map(|version| version.piece).collect();
        pieces.sort();
        Ok(pieces)
    }

    fn versions(&self, slug: &str, kind: &str) -> Result<Vec<Version>, LedgerError> {
        let mut versions = self.read(slug)?.versions;
        versions.retain(|version| version.piece.kind == kind);
        versions.sort_by(|one, other| {
            (&one.piece.key, one.since).cmp(&(&other.piece.key, other.since))
        });
        Ok(versions)
    }

    fn append(&self, slug: &str, entry: &Entry) -> Result<bool, LedgerError> {
        let mut content = self.read(slug)?;
        let number = entry.edition.number;
        if number != content.newest() + 1 {
            return Ok(false);
        }
        content.editions.push(entry.edition.clone());
        let put = entry.put.iter().map(|piece| (&piece.kind, &piece.key));
        let gone = entry.gone.iter().map(|(kind, key)| (kind, key));
        let ended: std::collections::BTreeSet<_> = put.chain(gone).collect();
        for version in &mut content.versions {
            let piece = &version.piece;
            if version.until.is_none() && ended.contains(&(&piece.kind, &piece.key)) {
                version.until = Some(number);
            }
        }
        content
            .versions
            .extend(entry.put.iter().cloned().map(|piece| Version {
                piece,
                since: number,
                until: None,
            }));
        self.replace(slug, &content)?;
        Ok(true)
    }

    fn set_note(&self, slug: &str, number: u64, note: Option<&str>) -> Result<bool, LedgerError> {
        let mut content = self.read(slug)?;
        let mut editions = content.editions.iter_mut();
        let Some(edition) = editions.find(|edition| edition.number == number) else {
            return Ok(false);
        };
        edition.note = note.map(ToOwned::to_owned);
        content.notes += 1;
        self.replace(slug, &content)?;
        Ok(true)
    }

    fn held(&self, slug: &str) -> Result<Option<Held>, LedgerError> {
        Ok(self.read(slug)?.held)
    }

    fn hold(&self, slug: &str, held: Option<&Held>) -> Result<(), LedgerError> {
        let mut content = self.read(slug)?;
        content.held = held.cloned();
        self.replace(slug, &content)
    }

    fn claim(&self, _: DateTime<Utc>, _: DateTime<Utc>) -> Result<Option<Notice>, LedgerError> {
        Ok(None)
    }

    fn finish(&self, _: i64) -> Result<(), LedgerError> {
        Ok(())
    }

    fn postpone(&self, _: i64, _: DateTime<Utc>) -> Result<(), LedgerError> {
        Ok(())
    }

    fn waiting(&self) -> Result<u64, LedgerError> {
        Ok(0)
    }

    fn wait(&self, timeout: Duration) {
        thread::sleep(timeout);
    }
}
