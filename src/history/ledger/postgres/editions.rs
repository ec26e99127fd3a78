//! The editions and their notes.

use super::column::{counted, integer, signed, text};
use crate::history::edition::Edition;
use crate::history::ledger::Mark;
use chrono::DateTime;
use postgres::{Client, Error, Row, Transaction};
use std::collections::BTreeMap;

/// How far every conference has got.
pub(super) fn marks(client: &mut Client) -> Result<BTreeMap<String, Mark>, Error> {
    let rows = client.query_typed(
        "select conference, max(number), coalesce(max(times), 0)
            from handbill.editions left join handbill.notes using (conference) group by conference",
        &[],
    )?;
    let mark = |row: &Row| {
        let (edition, notes) = (counted(row, 1)?, counted(row, 2)?);
        Ok((row.try_get(0)?, Mark { edition, notes }))
    };
    rows.iter().map(mark).collect()
}

/// Every edition of a conference, the oldest first.
pub(super) fn all(client: &mut Client, slug: &str) -> Result<Vec<Edition>, Error> {
    let rows = client.query_typed(
        "select number, handbill.micros(published), source, digest, note
            from handbill.editions where conference = $1 order by number",
        &[text(&slug)],
    )?;
    rows.iter().map(read).collect()
}

/// Adds an edition if it is the next. Whoever comes second waits for the first, and then sees it.
pub(super) fn insert(
    transaction: &mut Transaction,
    slug: &str,
    edition: &Edition,
) -> Result<bool, Error> {
    // A statement sees what was there when it began, so the lock has one of its own.
    transaction.query_typed(
        "select pg_advisory_xact_lock(hashtextextended('handbill:' || $1, 0))",
        &[text(&slug)],
    )?;
    let inserted = transaction.execute_typed(
        "insert into handbill.editions (conference, number, published, source, digest, note)
            select $1, $2, handbill.moment($3), $4, $5, $6
            where $2 = (select coalesce(max(number), 0) + 1 from handbill.editions where conference = $1)",
        &[
            text(&slug),
            integer(&signed(edition.number)),
            integer(&edition.published.map(|moment| moment.timestamp_micros())),
            text(&edition.source),
            text(&edition.digest),
            text(&edition.note),
        ],
    )?;
    Ok(inserted == 1)
}

/// Sets or takes off a note, and counts that; false where there is no such edition.
pub(super) fn set_note(
    client: &mut Client,
    slug: &str,
    number: u64,
    note: Option<&str>,
) -> Result<bool, Error> {
    let rows = client.query_typed(
        "with noted as (
                update handbill.editions set note = $3
                where conference = $1 and number = $2 returning conference
            ), counted as (
                insert into handbill.notes as notes (conference, times) select conference, 1 from noted
                on conflict (conference) do update set times = notes.times + 1 returning conference
            ) select pg_notify('handbill', conference) from counted",
        &[text(&slug), integer(&signed(number)), text(&note)],
    )?;
    Ok(!rows.is_empty())
}

fn read(row: &Row) -> Result<Edition, Error> {
    let published: Option<i64> = row.try_get(1)?;
    Ok(Edition {
        number: counted(row, 0)?,
        published: published.and_then(DateTime::from_timestamp_micros),
        source: row.try_get(2)?,
        digest: row.try_get(3)?,
        note: row.try_get(4)?,
    })
}
