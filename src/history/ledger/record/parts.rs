//! What talks refer to.

use super::model::{RoomRecord, SpeakerRecord, TrackRecord};
use super::{Damage, damage, read};
use crate::history::ledger::Piece;
use crate::model::{Room, Slug, Speaker, Talk, Track, Zone};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The kinds of the pieces that talks refer to.
pub(in crate::history::ledger) const PARTS: [&str; 3] = ["room", "track", "speaker"];

/// The zone of an edition, and its rooms, tracks and speakers by slug.
pub(in crate::history::ledger) struct Parts {
    pub zone: Zone,
    pub rooms: BTreeMap<String, Arc<Room>>,
    pub tracks: BTreeMap<String, Arc<Track>>,
    pub speakers: BTreeMap<String, Arc<Speaker>>,
}

impl Parts {
    /// None yet.
    pub(in crate::history::ledger) fn new(zone: Zone) -> Self {
        Self {
            zone,
            rooms: BTreeMap::new(),
            tracks: BTreeMap::new(),
            speakers: BTreeMap::new(),
        }
    }

    /// Takes a room, a track or a speaker in the place of the one of its slug.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub(in crate::history::ledger) fn put(&mut self, piece: &Piece) -> Result<(), Damage> {
        let Piece { kind, key, .. } = piece;
        let slug = Slug::of(key);
        let bad = |expected| damage(kind, key, expected);
        match &**kind {
            "room" => {
                let room: RoomRecord = read(piece)?;
                let room = Arc::new(room.restore(slug).map_err(bad)?);
                self.rooms.insert(key.clone(), room);
            }
            "track" => {
                let track: TrackRecord = read(piece)?;
                self.tracks
                    .insert(key.clone(), Arc::new(track.restore(slug)));
            }
            "speaker" => {
                let speaker: SpeakerRecord = read(piece)?;
                let speaker = Arc::new(speaker.restore(slug).map_err(bad)?);
                self.speakers.insert(key.clone(), speaker);
            }
            _ => {}
        }
        Ok(())
    }
}

/// The kinds and slugs of what a talk refers to.
pub(in crate::history::ledger) fn parts_of(
    talk: &Talk,
) -> impl Iterator<Item = (&'static str, &str)> {
    let rooms = talk.slots.iter().filter_map(|slot| slot.room.as_ref());
    let rooms = rooms.map(|room| ("room", &*room.slug));
    let tracks = talk.track.iter().map(|track| ("track", &*track.slug));
    let speakers = talk.speakers.iter();
    let speakers = speakers.map(|speaker| ("speaker", &*speaker.slug));
    rooms.chain(tracks).chain(speakers)
}
