//! The pieces of a conference's states.

use super::column::{counted, integer, signed, text, texts, unsigned};
use crate::history::ledger::{Entry, Piece, Version};
use postgres::{Client, Error, Row, Transaction};

/// The pieces that an edition shows.
pub(super) fn at(client: &mut Client, slug: &str, number: u64) -> Result<Vec<Piece>, Error> {
    let rows = client.query_typed(
        "select kind, key, body from handbill.pieces
            where conference = $1 and since <= $2 and (until is null or until > $2)
            order by kind, key",
        &[text(&slug), integer(&signed(number))],
    )?;
    rows.iter().map(read).collect()
}

/// Every version of the pieces of a kind.
pub(super) fn versions(client: &mut Client, slug: &str, kind: &str) -> Result<Vec<Version>, Error> {
    let rows = client.query_typed(
        "select kind, key, body, since, until from handbill.pieces
            where conference = $1 and kind = $2 order by key, since",
        &[text(&slug), text(&kind)],
    )?;
    let version = |row: &Row| {
        let until: Option<i64> = row.try_get(4)?;
        Ok(Version {
            piece: read(row)?,
            since: counted(row, 3)?,
            until: until.map(unsigned),
        })
    };
    rows.iter().map(version).collect()
}

/// Ends the versions that an edition replaces or drops, and adds the new ones.
pub(super) fn replace(
    transaction: &mut Transaction,
    slug: &str,
    entry: &Entry,
) -> Result<(), Error> {
    let put = entry.put.iter();
    let (kinds, keys): (Vec<&str>, Vec<&str>) = put
        .clone()
        .map(|piece| (piece.kind.as_str(), piece.key.as_str()))
        .unzip();
    let bodies: Vec<&str> = put.map(|piece| piece.body.as_str()).collect();
    let gone = entry.gone.iter();
    let gone = gone.map(|(kind, key)| (kind.as_str(), key.as_str()));
    let replaced = kinds.iter().copied().zip(keys.iter().copied());
    let (old_kinds, old_keys): (Vec<&str>, Vec<&str>) = replaced.chain(gone).unzip();
    let number = signed(entry.edition.number);
    transaction.execute_typed(
        "update handbill.pieces as piece set until = $2
            from unnest($3, $4) as old (kind, key)
            where piece.conference = $1 and piece.kind = old.kind and piece.key = old.key
                and piece.until is null",
        &[
            text(&slug),
            integer(&number),
            texts(&old_kinds),
            texts(&old_keys),
        ],
    )?;
    transaction.execute_typed(
        "insert into handbill.pieces (conference, since, kind, key, body)
            select $1, $2, kind, key, body from unnest($3, $4, $5) as new (kind, key, body)",
        &[
            text(&slug),
            integer(&number),
            texts(&kinds),
            texts(&keys),
            texts(&bodies),
        ],
    )?;
    Ok(())
}

fn read(row: &Row) -> Result<Piece, Error> {
    Ok(Piece {
        kind: row.try_get(0)?,
        key: row.try_get(1)?,
        body: row.try_get(2)?,
    })
}
