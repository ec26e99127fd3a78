//! Making the tables, and saying why that is not possible.

use super::{CONFERENCE, Database, append, edition, entry};
use handbill::history::ledger::Store;
use handbill::history::ledger::postgres::Postgres;
use std::thread;

#[test]
#[ignore = "needs PostgreSQL: tests/run starts one"]
fn servers_that_start_at_once_make_the_tables_once() {
    let database = Database::new();
    let url = database.url();
    thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| Postgres::open(&url).expect("a ledger"));
        }
    });
    let store = database.open();
    append(&store, &entry(1, Vec::new()));
    drop(store);
    let again = database.open();
    assert_eq!(again.editions(CONFERENCE).expect("editions"), [edition(1)]);
}

#[test]
#[ignore = "needs PostgreSQL: tests/run starts one"]
fn a_ledger_of_a_newer_program_is_refused() {
    let database = Database::new();
    drop(database.open());
    database.meddle("insert into handbill.migrations (number) values (99)");
    let Err(error) = Postgres::open(&database.url()) else {
        panic!("schema 99 was accepted");
    };
    assert!(
        error
            .message
            .ends_with("has schema 99, this program knows schema 1; use a newer handbill"),
        "{error}"
    );
}

#[test]
#[ignore = "needs PostgreSQL: tests/run starts one"]
fn a_role_needs_no_more_than_its_own_schema() {
    let database = Database::new();
    let role = format!("{}_role", database.name);
    database.ask_server(&format!("create role {role} login"));
    let url = database.url().replace("handbill@", &format!("{role}@"));
    let Err(error) = Postgres::open(&url) else {
        panic!("tables were made without the right to");
    };
    let name = &database.name;
    assert!(
        error
            .message
            .ends_with(&format!("grant create on database {name} to {role}")),
        "{error}"
    );
    database.meddle(&format!("create schema handbill authorization {role}"));
    let store = Postgres::open(&url).expect("a ledger");
    append(&store, &entry(1, Vec::new()));
    drop(store);
    Postgres::open(&url).expect("the same ledger");
    database.meddle(&format!("drop owned by {role} cascade; drop role {role}"));
}

#[test]
#[ignore = "needs PostgreSQL: tests/run starts one"]
fn a_database_that_is_not_there_or_not_in_utf8_is_named() {
    let database = Database::new();
    let missing = format!("{}_missing", database.url());
    let Err(error) = Postgres::open(&missing) else {
        panic!("a database that is not there was opened");
    };
    let name = &database.name;
    assert!(
        error
            .message
            .contains(&format!("the database {name}_missing at 127.0.0.1:")),
        "{error}"
    );
    assert!(
        error
            .message
            .ends_with(&format!("make it: createdb {name}_missing")),
        "{error}"
    );

    database.ask_server(&format!(
        "create database {name}_latin encoding 'LATIN1' locale 'C' template template0"
    ));
    let latin = Postgres::open(&format!("{}_latin", database.url()));
    database.ask_server(&format!("drop database {name}_latin with (force)"));
    let Err(error) = latin else {
        panic!("a database in LATIN1 was accepted");
    };
    assert!(
        error.message.contains("keeps its text in LATIN1"),
        "{error}"
    );
}

#[test]
#[ignore = "needs PostgreSQL: tests/run starts one"]
fn a_certificate_that_nobody_signed_is_refused_where_tls_is_required() {
    let database = Database::new();
    for mode in ["require", "verify-full"] {
        let Err(error) = Postgres::open(&format!("{}?sslmode={mode}", database.url())) else {
            panic!("sslmode={mode} accepted a certificate that nobody signed");
        };
        assert!(error.message.contains("or say sslmode=disable"), "{error}");
    }
    for mode in ["prefer", "disable"] {
        let opened = Postgres::open(&format!("{}?sslmode={mode}", database.url()));
        opened.expect("a ledger");
    }
}
