//! The tables, made and brought up to date by numbered steps.

use postgres::{Client, Error, GenericClient};

/// What each version of the schema adds to the one before; the first is version 1.
const STEPS: &[&str] = &[include_str!("schema-1.sql")];

/// The advisory lock under which the schema is changed: `handbill`, as eight bytes.
const LOCK: i64 = i64::from_be_bytes(*b"handbill");

/// How a database's schema suits this program.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Schema {
    /// It is the one that this program knows.
    Current,
    /// A newer program made it, of this version.
    Newer(i32),
    /// The database keeps its text in this encoding, which is not UTF-8.
    Encoding(String),
}

/// The version that this program knows.
pub(super) fn known() -> i32 {
    i32::try_from(STEPS.len()).unwrap_or(i32::MAX)
}

/// Brings the schema up to date, all or nothing. Of several that try at once one does it.
pub(super) fn migrate(client: &mut Client) -> Result<Schema, Error> {
    let mut transaction = client.transaction()?;
    transaction.batch_execute(&format!("select pg_advisory_xact_lock({LOCK})"))?;
    let encoding: String = transaction
        .query_one("select current_setting('server_encoding')", &[])?
        .try_get(0)?;
    if encoding != "UTF8" {
        return Ok(Schema::Encoding(encoding));
    }
    let found = version(&mut transaction)?;
    if found > known() {
        return Ok(Schema::Newer(found));
    }
    let done = usize::try_from(found).unwrap_or_default();
    for (step, number) in STEPS.iter().zip(1_i32..).skip(done) {
        transaction.batch_execute(step)?;
        transaction.execute(
            "insert into handbill.migrations (number) values ($1)",
            &[&number],
        )?;
    }
    transaction.commit()?;
    Ok(Schema::Current)
}

/// The version of the schema, 0 where there was none; then only its own table is made.
fn version(client: &mut impl GenericClient) -> Result<i32, Error> {
    // `create … if not exists` asks for the right to create even where nothing is to be created.
    let has_schema = holds(client, "to_regnamespace('handbill') is not null")?;
    let has_table = holds(client, "to_regclass('handbill.migrations') is not null")?;
    if !has_schema {
        client.batch_execute("create schema handbill")?;
    }
    if !has_table {
        client.batch_execute(
            "create table handbill.migrations (
                number integer primary key,
                applied timestamptz not null default now()
            )",
        )?;
    }
    client
        .query_one(
            "select coalesce(max(number), 0) from handbill.migrations",
            &[],
        )?
        .try_get(0)
}

/// Whether a condition holds in the database.
fn holds(client: &mut impl GenericClient, condition: &str) -> Result<bool, Error> {
    let query = format!("select {condition}");
    client.query_one(&query, &[])?.try_get(0)
}
