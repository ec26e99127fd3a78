//! A store in one SQLite file, for one machine: `ledger.sqlite` in the state directory.

use super::{Entry, Held, LedgerError, Mark, NewNotice, Notice, Piece, Store, Verdict, Version};
use crate::history::edition::Edition;
use chrono::{DateTime, Utc};
use rusqlite::{
    Connection, MAIN_DB, OpenFlags, OptionalExtension, Row, Transaction, TransactionBehavior,
    params,
};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use url::Url;

/// The file in the state directory.
pub(super) const FILE: &str = "ledger.sqlite";

/// How long a writer waits for another.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often a waiting reader looks whether another process has written.
const GLANCE: Duration = Duration::from_millis(250);

/// What each version of the schema adds to the one before; `PRAGMA user_version` counts them.
const MIGRATIONS: &[&str] = &["
CREATE TABLE editions (
  conference TEXT NOT NULL,
  number INTEGER NOT NULL,
  published TEXT,
  source TEXT NOT NULL,
  digest TEXT NOT NULL,
  note TEXT,
  PRIMARY KEY (conference, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE pieces (
  conference TEXT NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER,
  body TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX pieces_by_key ON pieces (conference, kind, key, since);
CREATE INDEX pieces_of_the_newest ON pieces (conference) WHERE until IS NULL;
CREATE TABLE notes (
  conference TEXT PRIMARY KEY,
  changes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE held (
  conference TEXT PRIMARY KEY,
  digest TEXT NOT NULL,
  since TEXT NOT NULL,
  reasons TEXT NOT NULL,
  verdict TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE notices (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  conference TEXT NOT NULL,
  edition INTEGER NOT NULL,
  kind TEXT NOT NULL,
  target TEXT NOT NULL,
  body TEXT NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0,
  due INTEGER NOT NULL DEFAULT 0
) STRICT;
"];

/// A store in one file, or in memory.
pub struct Sqlite {
    /// Where it is, for messages.
    path: PathBuf,
    /// A connection that only looks whether another has written. It is closed first: the last one
    /// to be closed tidies up, and has to be able to.
    glance: Mutex<Connection>,
    connection: Mutex<Connection>,
    /// What SQLite called it when it was opened.
    opened: Option<String>,
}

impl Sqlite {
    /// The store in a folder, which is made where it is missing. One that may not be written is opened
    /// for reading.
    ///
    /// # Errors
    ///
    /// When there is none and none can be made, when it is damaged, or a newer handbill's.
    pub fn open(folder: &Path) -> Result<Self, LedgerError> {
        let path = folder.join(FILE);
        let made = fs::create_dir_all(folder);
        let opened = open(
            &path,
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        );
        let connection = match (opened, made) {
            (Ok(connection), _) => connection,
            (Err(_), Err(error)) => return Err(failed(&path, "make", error)),
            (Err(error), Ok(())) if is_refusal(&error) && path.exists() => {
                open_to_read(&path).map_err(|error| failed(&path, "open", error))?
            }
            (Err(error), Ok(())) => return Err(failed(&path, "open", error)),
        };
        let glance = open_to_read(&path).map_err(|error| failed(&path, "open", error))?;
        Self::new(path, connection, glance)
    }

    /// A store that lasts as long as the process.
    ///
    /// # Errors
    ///
    /// When there is no memory for it.
    pub fn in_memory() -> Result<Self, LedgerError> {
        let path = PathBuf::from("in memory");
        let open = || Connection::open_in_memory().map_err(|error| failed(&path, "open", error));
        let (connection, glance) = (open()?, open()?);
        Self::new(path, connection, glance)
    }

    fn new(path: PathBuf, connection: Connection, glance: Connection) -> Result<Self, LedgerError> {
        let opened = connection.path().map(ToOwned::to_owned);
        let store = Self {
            opened,
            path,
            connection: Mutex::new(connection),
            glance: Mutex::new(glance),
        };
        store.migrate()?;
        Ok(store)
    }

    fn migrate(&self) -> Result<(), LedgerError> {
        let mut connection = self.lock();
        let version = |connection: &Connection| -> rusqlite::Result<usize> {
            connection.query_row("PRAGMA user_version", [], |row| row.get(0))
        };
        let found = version(&connection).map_err(|error| self.failed("read", error))?;
        if found > MIGRATIONS.len() {
            let path = self.path.display();
            let known = MIGRATIONS.len();
            return Err(LedgerError {
                message: format!(
                    "the ledger {path} has version {found}, this program knows version {known}; use a newer handbill"
                ),
                source: None,
            });
        }
        if found == MIGRATIONS.len() {
            return Ok(());
        }
        let mut migrate = || -> rusqlite::Result<()> {
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            // Another process may have been first.
            for (at, migration) in MIGRATIONS.iter().enumerate().skip(version(&transaction)?) {
                transaction.execute_batch(migration)?;
                transaction.pragma_update(None, "user_version", at + 1)?;
            }
            transaction.commit()
        };
        migrate().map_err(|error| self.failed("write", error))
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn failed(&self, action: &str, error: rusqlite::Error) -> LedgerError {
        failed(&self.path, action, error)
    }

    fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, LedgerError> {
        work(&self.lock()).map_err(|error| self.failed("read", error))
    }

    fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, LedgerError> {
        let mut connection = self.lock();
        let write = || {
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let made = work(&transaction)?;
            transaction.commit()?;
            Ok(made)
        };
        write().map_err(|error| self.failed("write", error))
    }
}

/// Opens a file to read and write it; an error where it may only be read, of which SQLite says nothing.
fn open(path: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
    let connection = open_plainly(path, flags)?;
    if connection.is_readonly(MAIN_DB)? {
        return Err(refusal());
    }
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    Ok(connection)
}

fn refusal() -> rusqlite::Error {
    let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_READONLY);
    rusqlite::Error::SqliteFailure(code, Some("it may only be read".to_owned()))
}

/// Whether the files of a ledger, those that there are, may be written.
fn may_be_written(path: &Path) -> bool {
    ["sqlite", "sqlite-wal", "sqlite-shm"].iter().all(|ending| {
        let file = path.with_extension(ending);
        let mut writing = fs::File::options();
        !file.exists() || writing.write(true).open(file).is_ok()
    })
}

fn open_to_read(path: &Path) -> rusqlite::Result<Connection> {
    let connection = open_plainly(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let read = connection.query_row("PRAGMA schema_version", [], |_| Ok(()));
    match (read, unchanging(path)) {
        // Readers make a file beside a ledger, too. Where they may not, nobody of the same rights writes.
        (Err(error), Some(address)) if is_refusal(&error) => {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
            open_plainly(Path::new(address.as_str()), flags)
        }
        (read, _) => read.map(|()| connection),
    }
}

/// The address of a file that is read without files beside it; `None` where there is a journal, without
/// which it is not whole.
fn unchanging(path: &Path) -> Option<Url> {
    if path.with_extension("sqlite-wal").exists() {
        return None;
    }
    let mut address = Url::from_file_path(std::path::absolute(path).ok()?).ok()?;
    address.set_query(Some("immutable=1"));
    Some(address)
}

fn open_plainly(path: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    Ok(connection)
}

/// Whether the file may be read and not written.
fn is_refusal(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{CannotOpen, PermissionDenied, ReadOnly};
    matches!(
        error.sqlite_error_code(),
        Some(CannotOpen | PermissionDenied | ReadOnly)
    )
}

fn failed(
    path: &Path,
    action: &str,
    error: impl std::error::Error + Send + Sync + 'static,
) -> LedgerError {
    let path = path.display();
    LedgerError {
        message: format!(
            "cannot {action} the ledger {path}; check that its folder is writable, that the disk is not full, and that the file is a ledger, or name another folder with --state"
        ),
        source: Some(Box::new(error)),
    }
}

fn time(text: Option<String>) -> rusqlite::Result<Option<DateTime<Utc>>> {
    let parse = |text: String| {
        text.parse().map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(
                0,
                rusqlite::types::Type::Text,
                Box::new(error),
            )
        })
    };
    text.map(parse).transpose()
}

fn edition(row: &Row<'_>) -> rusqlite::Result<Edition> {
    Ok(Edition {
        number: row.get(0)?,
        published: time(row.get(1)?)?,
        source: row.get(2)?,
        digest: row.get(3)?,
        note: row.get(4)?,
    })
}

impl Store for Sqlite {
    fn marks(&self) -> Result<BTreeMap<String, Mark>, LedgerError> {
        self.read(|connection| {
            let mut rows = connection.prepare_cached(
                "SELECT conference, max(number), coalesce((SELECT changes FROM notes WHERE notes.conference = editions.conference), 0)
                 FROM editions GROUP BY conference",
            )?;
            let rows = rows.query_map([], |row| {
                let mark = Mark {
                    edition: row.get(1)?,
                    notes: row.get(2)?,
                };
                Ok((row.get(0)?, mark))
            })?;
            rows.collect()
        })
    }

    fn editions(&self, slug: &str) -> Result<Vec<Edition>, LedgerError> {
        self.read(|connection| {
            let mut rows = connection.prepare_cached(
                "SELECT number, published, source, digest, note FROM editions WHERE conference = ? ORDER BY number",
            )?;
            rows.query_map([slug], edition)?.collect()
        })
    }

    fn pieces(&self, slug: &str, number: u64) -> Result<Vec<Piece>, LedgerError> {
        self.read(|connection| {
            let mut rows = connection.prepare_cached(
                "SELECT kind, key, body FROM pieces
                 WHERE conference = ?1 AND since <= ?2 AND (until IS NULL OR until > ?2) ORDER BY kind, key",
            )?;
            let piece = |row: &Row<'_>| {
                Ok(Piece {
                    kind: row.get(0)?,
                    key: row.get(1)?,
                    body: row.get(2)?,
                })
            };
            rows.query_map(params![slug, number], piece)?.collect()
        })
    }

    fn versions(&self, slug: &str, kind: &str) -> Result<Vec<Version>, LedgerError> {
        self.read(|connection| {
            let mut rows = connection.prepare_cached(
                "SELECT key, body, since, until FROM pieces WHERE conference = ? AND kind = ? ORDER BY key, since",
            )?;
            let version = |row: &Row<'_>| {
                let piece = Piece {
                    kind: kind.to_owned(),
                    key: row.get(0)?,
                    body: row.get(1)?,
                };
                Ok(Version {
                    piece,
                    since: row.get(2)?,
                    until: row.get(3)?,
                })
            };
            rows.query_map([slug, kind], version)?.collect()
        })
    }

    fn append(&self, slug: &str, entry: &Entry) -> Result<bool, LedgerError> {
        self.write(|transaction| {
            let newest: u64 = transaction.query_row(
                "SELECT coalesce(max(number), 0) FROM editions WHERE conference = ?",
                [slug],
                |row| row.get(0),
            )?;
            let Edition {
                number,
                published,
                source,
                digest,
                note,
            } = &entry.edition;
            if *number != newest + 1 {
                return Ok(false);
            }
            let published = published.map(|published| published.to_rfc3339());
            transaction.execute(
                "INSERT INTO editions (conference, number, published, source, digest, note) VALUES (?, ?, ?, ?, ?, ?)",
                params![slug, number, published, source, digest, note],
            )?;
            let mut end = transaction.prepare(
                "UPDATE pieces SET until = ? WHERE conference = ? AND kind = ? AND key = ? AND until IS NULL",
            )?;
            let put = entry.put.iter().map(|piece| (&piece.kind, &piece.key));
            for (kind, key) in put.chain(entry.gone.iter().map(|(kind, key)| (kind, key))) {
                end.execute(params![number, slug, kind, key])?;
            }
            let mut begin = transaction.prepare(
                "INSERT INTO pieces (conference, kind, key, since, body) VALUES (?, ?, ?, ?, ?)",
            )?;
            for Piece { kind, key, body } in &entry.put {
                begin.execute(params![slug, kind, key, number, body])?;
            }
            let mut tell = transaction.prepare(
                "INSERT INTO notices (conference, edition, kind, target, body) VALUES (?, ?, ?, ?, ?)",
            )?;
            for NewNotice { kind, target, body } in &entry.notices {
                tell.execute(params![slug, number, kind, target, body])?;
            }
            Ok(true)
        })
    }

    fn set_note(&self, slug: &str, number: u64, note: Option<&str>) -> Result<bool, LedgerError> {
        self.write(|transaction| {
            let changed = transaction.execute(
                "UPDATE editions SET note = ? WHERE conference = ? AND number = ?",
                params![note, slug, number],
            )?;
            if changed > 0 {
                transaction.execute(
                    "INSERT INTO notes VALUES (?, 1) ON CONFLICT DO UPDATE SET changes = changes + 1",
                    [slug],
                )?;
            }
            Ok(changed > 0)
        })
    }

    fn held(&self, slug: &str) -> Result<Option<Held>, LedgerError> {
        self.read(|connection| {
            let held = |row: &Row<'_>| {
                let reasons: String = row.get(2)?;
                let verdict: String = row.get(3)?;
                Ok(Held {
                    digest: row.get(0)?,
                    since: time(row.get(1)?)?.unwrap_or_default(),
                    reasons: reasons.lines().map(ToOwned::to_owned).collect(),
                    verdict: Verdict::parse(&verdict).unwrap_or(Verdict::Pending),
                })
            };
            connection
                .query_row(
                    "SELECT digest, since, reasons, verdict FROM held WHERE conference = ?",
                    [slug],
                    held,
                )
                .optional()
        })
    }

    fn hold(&self, slug: &str, held: Option<&Held>) -> Result<(), LedgerError> {
        self.write(|transaction| {
            transaction.execute("DELETE FROM held WHERE conference = ?", [slug])?;
            if let Some(held) = held {
                let (since, verdict) = (held.since.to_rfc3339(), held.verdict.word());
                transaction.execute(
                    "INSERT INTO held (conference, digest, since, reasons, verdict) VALUES (?, ?, ?, ?, ?)",
                    params![slug, held.digest, since, held.reasons.join("\n"), verdict],
                )?;
            }
            Ok(())
        })
    }

    fn claim(
        &self,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Option<Notice>, LedgerError> {
        self.write(|transaction| {
            let notice = |row: &Row<'_>| {
                let notice = NewNotice {
                    kind: row.get(3)?,
                    target: row.get(4)?,
                    body: row.get(5)?,
                };
                Ok(Notice {
                    id: row.get(0)?,
                    conference: row.get(1)?,
                    edition: row.get(2)?,
                    notice,
                    failures: row.get(6)?,
                })
            };
            let claimed = transaction
                .query_row(
                    "SELECT id, conference, edition, kind, target, body, failures FROM notices
                     WHERE due <= ? AND id IN (SELECT min(id) FROM notices GROUP BY kind, target) ORDER BY id LIMIT 1",
                    [now.timestamp_millis()],
                    notice,
                )
                .optional()?;
            if let Some(notice) = &claimed {
                transaction.execute(
                    "UPDATE notices SET due = ? WHERE id = ?",
                    params![until.timestamp_millis(), notice.id],
                )?;
            }
            Ok(claimed)
        })
    }

    fn finish(&self, id: i64) -> Result<(), LedgerError> {
        self.write(|transaction| {
            transaction
                .execute("DELETE FROM notices WHERE id = ?", [id])
                .map(drop)
        })
    }

    fn postpone(&self, id: i64, due: DateTime<Utc>) -> Result<(), LedgerError> {
        self.write(|transaction| {
            let due = due.timestamp_millis();
            let sql = "UPDATE notices SET due = ?, failures = failures + 1 WHERE id = ?";
            transaction.execute(sql, params![due, id]).map(drop)
        })
    }

    fn writable(&self) -> Result<(), LedgerError> {
        let reopen = || -> rusqlite::Result<()> {
            let mut connection = self.lock();
            let is_lost = connection.path() != self.opened.as_deref();
            if !is_lost && !connection.is_readonly(MAIN_DB)? {
                return Ok(());
            }
            let mut glance = self.glance.lock().unwrap_or_else(PoisonError::into_inner);
            if !may_be_written(&self.path) {
                return Err(refusal());
            }
            // While one connection of a process may only read a journal, no other may write it.
            *glance = Connection::open_in_memory()?;
            *connection = Connection::open_in_memory()?;
            let opened = open(&self.path, OpenFlags::SQLITE_OPEN_READ_WRITE);
            let (opened, failure) = match opened {
                Ok(opened) => (opened, None),
                Err(error) => (open_to_read(&self.path)?, Some(error)),
            };
            *connection = opened;
            *glance = open_to_read(&self.path)?;
            failure.map_or(Ok(()), Err)
        };
        reopen().map_err(|error| self.failed("write", error))
    }

    fn waiting(&self) -> Result<u64, LedgerError> {
        self.read(|connection| {
            connection.query_row("SELECT count(*) FROM notices", [], |row| row.get(0))
        })
    }

    fn wait(&self, timeout: Duration) {
        let version = || -> Option<i64> {
            let glance = self.glance.lock().unwrap_or_else(PoisonError::into_inner);
            glance
                .query_row("PRAGMA data_version", [], |row| row.get(0))
                .ok()
        };
        let (start, before) = (Instant::now(), version());
        while start.elapsed() < timeout && version() == before {
            thread::sleep(GLANCE.min(timeout));
        }
    }
}
