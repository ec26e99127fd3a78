//! Identifiers that never change: they are made of what stays, not of titles, times or hosts.

use super::revision::History;
use crate::model::{Conference, Room, Slot, Speaker, Talk};
use uuid::Uuid;

/// The namespace of handbill's UUIDs (RFC 9562 §5.5). Changing it would change every UID.
const NAMESPACE: Uuid = Uuid::from_u128(0x5b1c_4e0a_6f0d_5c1e_9a57_1c0f_6a2b_d3e4);

/// The UID of a slot's VEVENT: a UUIDv5 of conference, talk code and occurrence.
///
/// It survives a move, a new title, a new import and a new host, and holds no personal or host data
/// (RFC 7986 §5.3).
pub fn slot_uid(conference: &Conference, talk: &Talk, slot: &Slot) -> Uuid {
    let name = format!("{}/{}/{}", conference.slug, talk.code, slot.occurrence);
    Uuid::new_v5(&NAMESPACE, name.as_bytes())
}

/// The UUID of a room, for formats that want one (frab, c3voc): the organisers' tool's, else one made
/// of conference and room. A number sign is in no slug, so it is the UID of no slot.
pub fn room_uid(conference: &Conference, room: &Room) -> Uuid {
    let name = || format!("{}#rooms/{}", conference.slug, room.slug);
    room.guid
        .unwrap_or_else(|| Uuid::new_v5(&NAMESPACE, name().as_bytes()))
}

/// The UUID of a speaker, likewise.
pub fn speaker_uid(conference: &Conference, speaker: &Speaker) -> Uuid {
    let name = || format!("{}#speakers/{}", conference.slug, speaker.slug);
    speaker
        .guid
        .unwrap_or_else(|| Uuid::new_v5(&NAMESPACE, name().as_bytes()))
}

/// The UUID of the place of what has no room yet, likewise.
pub fn no_room_uid(conference: &Conference) -> Uuid {
    let name = format!("{}#rooms", conference.slug);
    Uuid::new_v5(&NAMESPACE, name.as_bytes())
}

/// The identifier of a talk's entry in feeds: a `tag:` URI (RFC 4151), or `urn:uuid:` where the
/// conference names no host.
pub fn entry_id(conference: &Conference, history: &History, talk: &Talk) -> String {
    identifier(conference, history, &format!("talks/{}", talk.code))
}

/// The identifier of a feed. `path` is its path below the conference, without extension: the same
/// feed in another format is the same feed.
pub fn feed_id(conference: &Conference, history: &History, path: &str) -> String {
    identifier(conference, history, path)
}

/// The authority is the one of the first edition: a new host of the site changes no identifier.
fn identifier(conference: &Conference, history: &History, path: &str) -> String {
    let name = format!("{}/{path}", conference.slug);
    match &history.authority {
        Some(authority) => format!("tag:{authority}:{name}"),
        None => Uuid::new_v5(&NAMESPACE, name.as_bytes()).urn().to_string(),
    }
}
