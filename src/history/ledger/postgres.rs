//! The ledger in a PostgreSQL database, which several servers share.
//!
//! The client is synchronous: it must not be used on a thread that runs asynchronous tasks, where it
//! panics. Call it on a thread of its own.

mod address;
mod column;
mod editions;
mod held;
mod notices;
mod pieces;
mod schema;

use super::{Entry, Held, LedgerError, Mark, Notice, Piece, Store, Version};
use crate::history::edition::Edition;
use address::Address;
use chrono::{DateTime, Utc};
use column::text;
use postgres::fallible_iterator::FallibleIterator;
use postgres::{Client, Error};
use schema::Schema;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// How long a listening connection may take to show that it still works.
const ALIVE: Duration = Duration::from_secs(5);

/// A ledger in the schema `handbill` of a PostgreSQL database. A connection that breaks is made anew.
/// One thread may wait while others read and write; a second one waits for the first.
pub struct Postgres {
    address: Address,
    client: Mutex<Option<Client>>,
    /// Hears of what others write; a connection of its own, because waiting keeps it busy.
    listener: Mutex<Option<Client>>,
}

impl Postgres {
    /// Opens the ledger in the database at `url`, such as
    /// `postgres://user:password@host:5432/database?sslmode=require`, and makes its tables.
    ///
    /// # Errors
    ///
    /// When the database cannot be reached, does not let this program make tables, or was used by a
    /// newer one.
    pub fn open(url: &str) -> Result<Self, LedgerError> {
        let address = Address::parse(url)?;
        let mut client = address.connect()?;
        match schema::migrate(&mut client).map_err(|error| address.refusal("prepare", error))? {
            Schema::Current => {}
            Schema::Newer(found) => {
                let known = schema::known();
                return Err(address.unsuitable(&format!(
                    "has schema {found}, this program knows schema {known}; use a newer handbill"
                )));
            }
            Schema::Encoding(found) => {
                return Err(address.unsuitable(&format!(
                    "keeps its text in {found}, which cannot hold every name; make a database with UTF8: createdb --encoding UTF8 --template template0"
                )));
            }
        }
        Ok(Self {
            address,
            client: Mutex::new(Some(client)),
            listener: Mutex::new(None),
        })
    }

    /// Does `work` on the connection; once more on a new one when the old one turns out to be broken.
    fn run<T>(
        &self,
        action: &str,
        work: impl Fn(&mut Client) -> Result<T, Error>,
    ) -> Result<T, LedgerError> {
        let refused = |error| self.address.refusal(action, error);
        let mut connection = lock(&self.client);
        if let Some(client) = &mut *connection {
            let answer = work(client);
            if answer.is_ok() || !client.is_closed() {
                return answer.map_err(refused);
            }
        }
        *connection = None;
        work(connection.insert(self.address.connect()?)).map_err(refused)
    }

    fn damaged(&self, what: &str) -> LedgerError {
        self.address.unsuitable(&format!(
            "holds {what} that this program cannot read; put back a backup of the schema handbill"
        ))
    }

    /// Waits for a notification on the listening connection. What was said while it was broken is
    /// lost, so that a new one is as good as a notification.
    fn listen(&self, timeout: Duration) -> Result<(), LedgerError> {
        let mut listener = lock(&self.listener);
        if let Some(client) = &mut *listener
            && hear(client, timeout).is_ok()
            && !client.is_closed()
        {
            return Ok(());
        }
        *listener = None;
        let mut client = self.address.connect()?;
        client
            .batch_execute("listen handbill")
            .map_err(|error| self.address.refusal("listen to", error))?;
        *listener = Some(client);
        Ok(())
    }
}

impl Store for Postgres {
    fn marks(&self) -> Result<BTreeMap<String, Mark>, LedgerError> {
        self.run("read", editions::marks)
    }

    fn editions(&self, slug: &str) -> Result<Vec<Edition>, LedgerError> {
        self.run("read", |client| editions::all(client, slug))
    }

    fn pieces(&self, slug: &str, number: u64) -> Result<Vec<Piece>, LedgerError> {
        self.run("read", |client| pieces::at(client, slug, number))
    }

    fn versions(&self, slug: &str, kind: &str) -> Result<Vec<Version>, LedgerError> {
        self.run("read", |client| pieces::versions(client, slug, kind))
    }

    /// When the connection breaks while the edition is being confirmed, it may have been kept: the
    /// second try then says false, and the caller finds its own edition.
    fn append(&self, slug: &str, entry: &Entry) -> Result<bool, LedgerError> {
        self.run("write", |client| {
            let mut transaction = client.transaction()?;
            let is_next = editions::insert(&mut transaction, slug, &entry.edition)?;
            if is_next {
                pieces::replace(&mut transaction, slug, entry)?;
                notices::insert(&mut transaction, slug, entry)?;
                transaction.query_typed("select pg_notify('handbill', $1)", &[text(&slug)])?;
                transaction.commit()?;
            }
            Ok(is_next)
        })
    }

    fn set_note(&self, slug: &str, number: u64, note: Option<&str>) -> Result<bool, LedgerError> {
        self.run("write", |client| {
            editions::set_note(client, slug, number, note)
        })
    }

    fn held(&self, slug: &str) -> Result<Option<Held>, LedgerError> {
        let held = self.run("read", |client| held::find(client, slug))?;
        let read = held.map(|held| held.map_err(|what| self.damaged(what)));
        read.transpose()
    }

    fn hold(&self, slug: &str, held: Option<&Held>) -> Result<(), LedgerError> {
        self.run("write", |client| match held {
            Some(held) => held::put(client, slug, held),
            None => held::take(client, slug),
        })
    }

    fn claim(
        &self,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Option<Notice>, LedgerError> {
        self.run("write", |client| notices::claim(client, now, until))
    }

    fn finish(&self, id: i64) -> Result<(), LedgerError> {
        self.run("write", |client| notices::finish(client, id))
    }

    fn postpone(&self, id: i64, due: DateTime<Utc>) -> Result<(), LedgerError> {
        self.run("write", |client| notices::postpone(client, id, due))
    }

    fn waiting(&self) -> Result<u64, LedgerError> {
        self.run("read", notices::count)
    }

    fn wait(&self, timeout: Duration) {
        if let Err(error) = self.listen(timeout) {
            tracing::warn!(error = %error, "cannot hear of other servers' editions, looking again later");
            thread::sleep(timeout);
        }
    }
}

/// Waits for a notification, and takes all that came with it: one change may have several.
fn hear(client: &mut Client, timeout: Duration) -> Result<(), Error> {
    client.is_valid(ALIVE)?;
    let mut notifications = client.notifications();
    notifications.timeout_iter(timeout).next()?;
    notifications.iter().count()?;
    Ok(())
}

/// The connection behind a lock. A thread that panicked left at worst a broken one, which is made anew.
fn lock(connection: &Mutex<Option<Client>>) -> MutexGuard<'_, Option<Client>> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}
