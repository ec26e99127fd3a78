//! The ledger in PostgreSQL, which several servers share: against a real server that `tests/postgres`
//! starts. Every test has a database of its own.

mod opening;
mod rows;
mod servers;

use chrono::{DateTime, TimeDelta, Utc};
use handbill::history::Edition;
use handbill::history::ledger::postgres::Postgres;
use handbill::history::ledger::{Entry, NewNotice, Piece, Store};
use postgres::{Client, NoTls};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A database that is dropped with its test.
struct Database {
    server: String,
    name: String,
}

impl Database {
    fn new() -> Self {
        static MADE: AtomicUsize = AtomicUsize::new(0);
        let server = std::env::var("HANDBILL_TEST_POSTGRES")
            .expect("HANDBILL_TEST_POSTGRES; start this with tests/postgres cargo test …");
        let made = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("handbill_{}_{made}", std::process::id());
        let database = Self { server, name };
        database.ask_server(&format!("create database {}", database.name));
        database
    }

    fn url(&self) -> String {
        let (server, _) = self
            .server
            .rsplit_once('/')
            .expect("a database in the address");
        format!("{server}/{}", self.name)
    }

    fn open(&self) -> Postgres {
        Postgres::open(&self.url()).expect("a ledger")
    }

    fn ask_server(&self, statement: &str) {
        let mut client = Client::connect(&self.server, NoTls).expect("the server");
        client.batch_execute(statement).expect(statement);
    }

    /// Does something to the database that handbill does not know of.
    fn meddle(&self, statement: &str) {
        let mut client = Client::connect(&self.url(), NoTls).expect("the database");
        client.batch_execute(statement).expect(statement);
    }

    /// Ends every connection to the database, as a restart or a fail-over does.
    fn cut_connections(&self) {
        self.ask_server(&format!(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '{}'",
            self.name
        ));
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.ask_server(&format!("drop database {} with (force)", self.name));
    }
}

const CONFERENCE: &str = "pycascades-2022";

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

fn edition(number: u64) -> Edition {
    let days = i64::try_from(number).expect("a small number");
    Edition {
        number,
        published: Some(at("2022-01-10T09:00:00Z") + TimeDelta::days(days)),
        source: "conference.toml, notes.md".to_owned(),
        digest: format!("digest of edition {number}"),
        note: None,
    }
}

fn piece(kind: &str, key: &str, body: &str) -> Piece {
    Piece {
        kind: kind.to_owned(),
        key: key.to_owned(),
        body: body.to_owned(),
    }
}

fn entry(number: u64, put: Vec<Piece>) -> Entry {
    Entry {
        edition: edition(number),
        put,
        gone: Vec::new(),
        notices: Vec::new(),
    }
}

fn notice(target: &str, body: &str) -> NewNotice {
    NewNotice {
        kind: "webhook".to_owned(),
        target: target.to_owned(),
        body: body.to_owned(),
    }
}

fn append(store: &Postgres, entry: &Entry) {
    assert!(store.append(CONFERENCE, entry).expect("an answer"));
}
