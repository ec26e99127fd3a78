//! The imports that were held back.

use super::column::{integer, text, texts};
use crate::history::ledger::{Held, Verdict};
use chrono::DateTime;
use postgres::{Client, Error, Row};

/// What is held of a conference, or which part of that cannot be understood.
pub(super) fn find(
    client: &mut Client,
    slug: &str,
) -> Result<Option<Result<Held, &'static str>>, Error> {
    let rows = client.query_typed(
        "select digest, handbill.micros(since), reasons, verdict
            from handbill.held where conference = $1",
        &[text(&slug)],
    )?;
    rows.first().map(read).transpose()
}

/// Holds an import in the place of what was held.
pub(super) fn put(client: &mut Client, slug: &str, held: &Held) -> Result<(), Error> {
    client.query_typed(
        "with put as (
                insert into handbill.held (conference, digest, since, reasons, verdict)
                values ($1, $2, handbill.moment($3), $4, $5)
                on conflict (conference) do update set digest = excluded.digest,
                    since = excluded.since, reasons = excluded.reasons, verdict = excluded.verdict
                returning conference
            ) select pg_notify('handbill', conference) from put",
        &[
            text(&slug),
            text(&held.digest),
            integer(&held.since.timestamp_micros()),
            texts(&held.reasons),
            text(&held.verdict.word()),
        ],
    )?;
    Ok(())
}

/// Holds nothing of a conference.
pub(super) fn take(client: &mut Client, slug: &str) -> Result<(), Error> {
    client.query_typed(
        "with taken as (
                delete from handbill.held where conference = $1 returning conference
            ) select pg_notify('handbill', conference) from taken",
        &[text(&slug)],
    )?;
    Ok(())
}

fn read(row: &Row) -> Result<Result<Held, &'static str>, Error> {
    let (since, verdict): (i64, String) = (row.try_get(1)?, row.try_get(3)?);
    let Some(since) = DateTime::from_timestamp_micros(since) else {
        return Ok(Err("a date"));
    };
    let Some(verdict) = Verdict::parse(&verdict) else {
        return Ok(Err("a verdict"));
    };
    Ok(Ok(Held {
        digest: row.try_get(0)?,
        since,
        reasons: row.try_get(2)?,
        verdict,
    }))
}
