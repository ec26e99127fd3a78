//! The messages that wait for delivery.

use super::column::{counted, integer, signed, text, texts};
use crate::history::ledger::{Entry, NewNotice, Notice};
use chrono::{DateTime, Utc};
use postgres::{Client, Error, Row, Transaction};

/// Adds what an edition has to tell, due at once.
pub(super) fn insert(
    transaction: &mut Transaction,
    slug: &str,
    entry: &Entry,
) -> Result<(), Error> {
    if entry.notices.is_empty() {
        return Ok(());
    }
    let column = |part: fn(&NewNotice) -> &String| -> Vec<&str> {
        entry
            .notices
            .iter()
            .map(|notice| part(notice).as_str())
            .collect()
    };
    transaction.execute_typed(
        "insert into handbill.notices (conference, edition, kind, target, body)
            select $1, $2, kind, target, body
            from unnest($3, $4, $5) with ordinality as new (kind, target, body, place)
            order by place",
        &[
            text(&slug),
            integer(&signed(entry.edition.number)),
            texts(&column(|notice| &notice.kind)),
            texts(&column(|notice| &notice.target)),
            texts(&column(|notice| &notice.body)),
        ],
    )?;
    Ok(())
}

/// Claims the first notice of a target that is due and claimed by nobody. One that somebody else is
/// about to claim is passed over, and so is everything behind it.
pub(super) fn claim(
    client: &mut Client,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Option<Notice>, Error> {
    let rows = client.query_typed(
        "with next as materialized (
                select id from handbill.notices as notice
                where due <= handbill.moment($1) and claimed_until <= handbill.moment($1)
                    and not exists (select from handbill.notices as older
                        where older.target = notice.target and older.id < notice.id)
                order by id limit 1 for update skip locked
            )
            update handbill.notices as notice set claimed_until = handbill.moment($2)
            from next where notice.id = next.id
            returning notice.id, conference, edition, kind, target, body, failures",
        &[
            integer(&now.timestamp_micros()),
            integer(&until.timestamp_micros()),
        ],
    )?;
    rows.first().map(read).transpose()
}

/// Forgets a notice.
pub(super) fn finish(client: &mut Client, id: i64) -> Result<(), Error> {
    client.execute_typed(
        "delete from handbill.notices where id = $1",
        &[integer(&id)],
    )?;
    Ok(())
}

/// Gives a notice back, to be claimed from `due` on.
pub(super) fn postpone(client: &mut Client, id: i64, due: DateTime<Utc>) -> Result<(), Error> {
    client.execute_typed(
        "update handbill.notices set failures = failures + 1, due = handbill.moment($2),
            claimed_until = '-infinity' where id = $1",
        &[integer(&id), integer(&due.timestamp_micros())],
    )?;
    Ok(())
}

/// How many wait, claimed or not.
pub(super) fn count(client: &mut Client) -> Result<u64, Error> {
    let rows = client.query_typed("select count(*) from handbill.notices", &[])?;
    rows.first().map_or(Ok(0), |row| counted(row, 0))
}

fn read(row: &Row) -> Result<Notice, Error> {
    let failures: i32 = row.try_get(6)?;
    Ok(Notice {
        id: row.try_get(0)?,
        conference: row.try_get(1)?,
        edition: counted(row, 2)?,
        notice: NewNotice {
            kind: row.try_get(3)?,
            target: row.try_get(4)?,
            body: row.try_get(5)?,
        },
        failures: u32::try_from(failures).unwrap_or_default(),
    })
}
