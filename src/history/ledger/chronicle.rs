//! What each edition changed, told from the versions of pieces: the same as [`diff`] says of the
//! edition and the one before it, so that feeds, logs and messages agree.
//!
//! [`diff`]: crate::history::diff

use super::record::{self, Damage, PARTS, Parts};
use super::{LedgerError, Piece, Store, Version};
use crate::history::change::{Change, change};
use crate::history::chronicle::Publication;
use crate::history::edition::Edition;
use crate::model::{Slug, Talk};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What becomes of pieces at each edition.
pub(super) struct Turns(BTreeMap<u64, Turn>);

/// What becomes of pieces at one edition.
#[derive(Default)]
struct Turn {
    /// What is new or different.
    begun: Vec<Piece>,
    /// The talks that are gone or different.
    ended: BTreeSet<String>,
}

impl Turns {
    /// Those of the editions up to `number`, as far as they concern talks.
    pub(super) fn read(store: &dyn Store, slug: &Slug, number: u64) -> Result<Self, LedgerError> {
        let mut turns = Self(BTreeMap::new());
        let whole = [record::CONFERENCE, record::ORDER];
        for kind in whole.into_iter().chain(PARTS).chain([record::TALK]) {
            for version in store.versions(slug, kind)? {
                turns.add(version, number);
            }
        }
        Ok(turns)
    }

    fn add(&mut self, version: Version, number: u64) {
        let piece = version.piece;
        if let Some(until) = version.until.filter(|until| *until <= number)
            && piece.kind == record::TALK
        {
            let turn = self.0.entry(until).or_default();
            turn.ended.insert(piece.key.clone());
        }
        if version.since <= number {
            self.0.entry(version.since).or_default().begun.push(piece);
        }
    }
}

/// All editions with what each changed.
pub(super) fn publications(
    editions: Vec<Edition>,
    mut turns: Turns,
) -> Result<Vec<Publication>, Damage> {
    let mut programme: Option<Programme> = None;
    let mut publications = Vec::new();
    for edition in editions {
        let turn = turns.0.remove(&edition.number).unwrap_or_default();
        let changes = match &mut programme {
            Some(programme) => programme.turn(turn)?,
            None => {
                programme = Some(Programme::first(turn)?);
                Vec::new()
            }
        };
        publications.push(Publication { edition, changes });
    }
    Ok(publications)
}

/// The programme of an edition.
struct Programme {
    parts: Parts,
    order: Vec<String>,
    talks: BTreeMap<String, (Piece, Arc<Talk>)>,
}

impl Programme {
    fn first(turn: Turn) -> Result<Self, Damage> {
        let mut whole = turn.begun.iter();
        let whole = whole.find(|piece| piece.kind == record::CONFERENCE);
        let zone = record::restore_zone(whole.ok_or_else(record::no_conference)?)?;
        let mut programme = Self {
            parts: Parts::new(zone),
            order: Vec::new(),
            talks: BTreeMap::new(),
        };
        programme.turn(turn)?;
        Ok(programme)
    }

    /// Goes on to the next edition, and tells what it changed: in programme order, talks that are
    /// gone last.
    fn turn(&mut self, turn: Turn) -> Result<Vec<Change>, Damage> {
        let old_order = self.order.clone();
        let mut touched = turn.ended;
        let mut begun = BTreeMap::new();
        let mut parts = Vec::new();
        for piece in turn.begun {
            match &*piece.kind {
                record::TALK => {
                    touched.insert(piece.key.clone());
                    begun.insert(piece.key.clone(), piece);
                }
                record::ORDER => self.order = record::restore_order(&piece)?,
                record::CONFERENCE => touched.extend(self.change_zone(&piece)?),
                _ => parts.push(piece),
            }
        }
        touched.extend(self.change_parts(&parts)?);
        let shown: BTreeSet<&String> = self.order.iter().collect();
        let mut changes = BTreeMap::new();
        for code in touched {
            let old = self.talks.remove(&code);
            let before = old.as_ref().map(|(_, talk)| Arc::clone(talk));
            let piece = begun.remove(&code).or(old.map(|(piece, _)| piece));
            let piece = piece.filter(|_| shown.contains(&code));
            let mut after = None;
            if let Some(piece) = piece {
                let talk = Arc::new(record::restore_talk(&piece, &self.parts)?);
                after = Some(Arc::clone(&talk));
                self.talks.insert(code.clone(), (piece, talk));
            }
            changes.extend(change(before.as_ref(), after.as_ref()).map(|change| (code, change)));
        }
        let in_order = self.order.iter().chain(&old_order);
        Ok(in_order.filter_map(|code| changes.remove(code)).collect())
    }

    /// Takes over the zone of an edition, and names the talks whose clock it changes.
    fn change_zone(&mut self, whole: &Piece) -> Result<Vec<String>, Damage> {
        let zone = record::restore_zone(whole)?;
        if zone == self.parts.zone {
            return Ok(Vec::new());
        }
        self.parts.zone = zone;
        Ok(self.talks.keys().cloned().collect())
    }

    /// Takes over rooms, tracks and speakers, and names the talks that refer to them.
    fn change_parts(&mut self, pieces: &[Piece]) -> Result<Vec<String>, Damage> {
        for piece in pieces {
            self.parts.put(piece)?;
        }
        let changed: BTreeSet<(&str, &str)> = pieces
            .iter()
            .map(|piece| (&*piece.kind, &*piece.key))
            .collect();
        if changed.is_empty() {
            return Ok(Vec::new());
        }
        let refers = |talk: &Talk| record::parts_of(talk).any(|part| changed.contains(&part));
        let talks = self.talks.iter().filter(|(_, (_, talk))| refers(talk));
        Ok(talks.map(|(code, _)| code.clone()).collect())
    }
}
