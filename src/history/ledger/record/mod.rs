//! A state of a conference as pieces, and back. What is read is what was written, to the byte of every
//! document: replicas render from it.

mod model;
mod parts;
mod revisions;
mod talk;

use self::model::{
    DayRecord, LinkRecord, RoomRecord, SpeakerRecord, TrackRecord, Unreadable, VenueRecord,
};
pub(super) use self::parts::{PARTS, Parts, parts_of};
use self::talk::TalkRecord;
use super::Piece;
use crate::history::revision::History;
use crate::model::{
    Colour, Conference, Language, Markdown, Plain, Policy, Slug, Talk, TalkCode, WebUrl, Zone,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use revisions::{RevisionRecord, SlotRevisionRecord, TalkRevisionRecord};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// The kind of the piece that holds what concerns the whole conference.
pub(super) const CONFERENCE: &str = "conference";
/// The kind of the piece that holds the order of the lists.
pub(super) const ORDER: &str = "order";
/// The kind of the pieces that hold talks.
pub(super) const TALK: &str = "talk";

/// Why pieces are no conference.
#[derive(Debug, thiserror::Error)]
#[error("the piece {kind} {key:?} is not {expected}")]
pub(super) struct Damage {
    kind: String,
    key: String,
    expected: String,
}

#[derive(Serialize, Deserialize)]
struct ConferenceRecord {
    slug: String,
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    acronym: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    zone: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    authority: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    description: String,
    language: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    venue: Option<VenueRecord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    online: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    colour: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    logo: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    base_url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    timeslot_seconds: Option<i64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    links: Vec<LinkRecord>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    notes: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    updated: Option<DateTime<Utc>>,
    changes_window_seconds: i64,
    upcoming_lead_seconds: i64,
}

/// The order of the lists, by key.
#[derive(Serialize, Deserialize)]
struct OrderRecord {
    days: Vec<NaiveDate>,
    rooms: Vec<String>,
    tracks: Vec<String>,
    speakers: Vec<String>,
    talks: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct HistoryRecord {
    header: RevisionRecord,
    page: RevisionRecord,
    authority: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct LeftRecord {
    at: DateTime<Utc>,
}

fn piece<T: Serialize>(kind: &str, key: &str, record: &T) -> Piece {
    Piece {
        kind: kind.to_owned(),
        key: key.to_owned(),
        // Structs of texts and numbers are always JSON.
        body: serde_json::to_string(record).unwrap_or_default(),
    }
}

/// The pieces of a conference.
pub(super) fn conference_pieces(conference: &Conference) -> Vec<Piece> {
    let Conference {
        slug,
        name,
        acronym,
        version,
        zone,
        url,
        authority,
        description,
        language,
        venue,
        online,
        colour,
        logo,
        base_url,
        timeslot,
        days,
        rooms,
        tracks,
        speakers,
        talks,
        links,
        notes,
        updated,
        policy: Policy {
            changes_window,
            upcoming_lead,
        },
    } = conference;
    let text = |plain: &Option<Plain>| plain.as_ref().map(ToString::to_string);
    let address = |url: &Option<WebUrl>| url.as_ref().map(ToString::to_string);
    let record = ConferenceRecord {
        slug: slug.to_string(),
        name: name.to_string(),
        acronym: text(acronym),
        version: text(version),
        zone: zone.name().to_owned(),
        url: address(url),
        authority: authority.clone(),
        description: description.to_string(),
        language: language.to_string(),
        venue: venue.as_ref().map(VenueRecord::new),
        online: address(online),
        colour: colour.map(|colour| colour.to_string()),
        logo: address(logo),
        base_url: address(base_url),
        timeslot_seconds: timeslot.map(|timeslot| timeslot.num_seconds()),
        links: LinkRecord::all(links),
        notes: notes.to_string(),
        updated: *updated,
        changes_window_seconds: changes_window.num_seconds(),
        upcoming_lead_seconds: upcoming_lead.num_seconds(),
    };
    let order = OrderRecord {
        days: days.iter().map(|day| day.date).collect(),
        rooms: rooms.iter().map(|room| room.slug.to_string()).collect(),
        tracks: tracks.iter().map(|track| track.slug.to_string()).collect(),
        speakers: speakers
            .iter()
            .map(|speaker| speaker.slug.to_string())
            .collect(),
        talks: talks.iter().map(|talk| talk.code.to_string()).collect(),
    };
    let mut pieces = vec![piece(CONFERENCE, "", &record), piece(ORDER, "", &order)];
    pieces.extend(
        days.iter()
            .map(|day| piece("day", &day.date.to_string(), &DayRecord::new(day))),
    );
    pieces.extend(
        rooms
            .iter()
            .map(|room| piece("room", &room.slug, &RoomRecord::new(room))),
    );
    pieces.extend(
        tracks
            .iter()
            .map(|track| piece("track", &track.slug, &TrackRecord::new(track))),
    );
    let speakers = speakers.iter();
    pieces.extend(speakers.map(|one| piece("speaker", &one.slug, &SpeakerRecord::new(one))));
    pieces.extend(
        talks
            .iter()
            .map(|talk| piece(TALK, &talk.code, &TalkRecord::new(talk))),
    );
    pieces
}

/// The pieces of a conference and its history, without number and chronicle.
pub(super) fn pieces(conference: &Conference, history: &History) -> Vec<Piece> {
    let History {
        edition: _,
        header,
        slots,
        talks,
        page,
        left,
        authority,
        chronicle: _,
    } = history;
    let mut pieces = conference_pieces(conference);
    let record = HistoryRecord {
        header: RevisionRecord::new(header),
        page: RevisionRecord::new(page),
        authority: authority.clone(),
    };
    pieces.push(piece("history", "", &record));
    pieces.extend(
        left.iter()
            .map(|(part, at)| piece("left", part, &LeftRecord { at: *at })),
    );
    let slots = slots.iter();
    pieces.extend(
        slots.map(|(uid, slot)| piece("slot", &uid.to_string(), &SlotRevisionRecord::new(slot))),
    );
    let talks = talks.iter();
    pieces
        .extend(talks.map(|(code, talk)| piece("revision", code, &TalkRevisionRecord::new(talk))));
    pieces
}

/// Pieces by kind and key, each read once.
struct Unread(BTreeMap<(String, String), Piece>);

impl Unread {
    fn piece(&mut self, kind: &str, key: &str) -> Result<Piece, Damage> {
        let piece = self.0.remove(&(kind.to_owned(), key.to_owned()));
        piece.ok_or_else(|| damage(kind, key, "there"))
    }

    fn take<T: DeserializeOwned>(&mut self, kind: &str, key: &str) -> Result<T, Damage> {
        read(&self.piece(kind, key)?)
    }

    fn keys(&self, kind: &str) -> Vec<String> {
        let pieces = self.0.keys().filter(|(found, _)| found == kind);
        pieces.map(|(_, key)| key.clone()).collect()
    }
}

fn read<T: DeserializeOwned>(piece: &Piece) -> Result<T, Damage> {
    serde_json::from_str(&piece.body)
        .map_err(|error| damage(&piece.kind, &piece.key, &format!("readable ({error})")))
}

fn damage(kind: &str, key: &str, expected: &str) -> Damage {
    Damage {
        kind: kind.to_owned(),
        key: key.to_owned(),
        expected: expected.to_owned(),
    }
}

/// The conference and the history of pieces.
pub(super) fn restore(pieces: Vec<Piece>) -> Result<(Conference, History), Damage> {
    let pieces = pieces.into_iter();
    let mut unread = Unread(
        pieces
            .map(|piece| ((piece.kind.clone(), piece.key.clone()), piece))
            .collect(),
    );
    let record: ConferenceRecord = unread.take(CONFERENCE, "")?;
    let order: OrderRecord = unread.take(ORDER, "")?;
    let bad = |expected: Unreadable| damage(CONFERENCE, "", expected);
    let zone = zone(&record.zone)?;
    let parts = parts(&mut unread, &order, zone.clone())?;
    let mut days = Vec::new();
    for (before, date) in order.days.iter().enumerate() {
        let day: DayRecord = unread.take("day", &date.to_string())?;
        days.push(day.restore(before + 1, *date, &zone));
    }
    let mut talks = Vec::new();
    for code in &order.talks {
        talks.push(restore_talk(&unread.piece(TALK, code)?, &parts)?);
    }
    let plain = |text: Option<String>| text.map(|text| Plain::new(&text));
    let url = |address: Option<String>| address.and_then(|address| WebUrl::parse(&address));
    fn listed<T>(keys: &[String], parts: &BTreeMap<String, Arc<T>>) -> Vec<Arc<T>> {
        keys.iter()
            .filter_map(|key| parts.get(key).cloned())
            .collect()
    }
    let conference = Conference {
        slug: Slug::of(&record.slug),
        name: Plain::new(&record.name),
        acronym: plain(record.acronym),
        version: plain(record.version),
        zone: zone.clone(),
        url: url(record.url),
        authority: record.authority,
        description: Markdown::new(&record.description),
        language: Language::parse(&record.language).ok_or_else(|| bad("one with a language"))?,
        venue: record.venue.map(VenueRecord::restore),
        online: url(record.online),
        colour: record.colour.and_then(|colour| Colour::parse(&colour)),
        logo: url(record.logo),
        base_url: url(record.base_url),
        timeslot: record.timeslot_seconds.map(TimeDelta::seconds),
        days,
        rooms: listed(&order.rooms, &parts.rooms),
        tracks: listed(&order.tracks, &parts.tracks),
        speakers: listed(&order.speakers, &parts.speakers),
        talks,
        links: LinkRecord::restore_all(record.links).map_err(bad)?,
        notes: Markdown::new(&record.notes),
        updated: record.updated,
        policy: Policy {
            changes_window: TimeDelta::seconds(record.changes_window_seconds),
            upcoming_lead: TimeDelta::seconds(record.upcoming_lead_seconds),
        },
    };
    Ok((conference, history(&mut unread, &zone)?))
}

fn zone(name: &str) -> Result<Zone, Damage> {
    let zone = Zone::named(name).or_else(|| (name == "UTC").then(Zone::utc));
    zone.ok_or_else(|| damage(CONFERENCE, "", "one with a known time zone"))
}

fn parts(unread: &mut Unread, order: &OrderRecord, zone: Zone) -> Result<Parts, Damage> {
    let mut parts = Parts::new(zone);
    for (kind, keys) in PARTS
        .iter()
        .zip([&order.rooms, &order.tracks, &order.speakers])
    {
        for key in keys {
            parts.put(&unread.piece(kind, key)?)?;
        }
    }
    Ok(parts)
}

fn history(unread: &mut Unread, zone: &Zone) -> Result<History, Damage> {
    let record: HistoryRecord = unread.take("history", "")?;
    let mut history = History {
        header: record.header.restore(),
        page: record.page.restore(),
        authority: record.authority,
        ..History::default()
    };
    for part in unread.keys("left") {
        let LeftRecord { at } = unread.take("left", &part)?;
        history.left.insert(part, at);
    }
    for key in unread.keys("slot") {
        let slot: SlotRevisionRecord = unread.take("slot", &key)?;
        let slot = slot
            .restore(zone)
            .map_err(|expected| damage("slot", &key, expected))?;
        let uid = Uuid::parse_str(&key).map_err(|_| damage("slot", &key, "a UUID's"))?;
        history.slots.insert(uid, slot);
    }
    for key in unread.keys("revision") {
        let talk: TalkRevisionRecord = unread.take("revision", &key)?;
        let code = TalkCode::parse(&key).ok_or_else(|| damage("revision", &key, "a talk's"))?;
        history.talks.insert(code, talk.restore());
    }
    Ok(history)
}

/// The talk of a piece.
pub(super) fn restore_talk(piece: &Piece, parts: &Parts) -> Result<Talk, Damage> {
    let record: TalkRecord = read(piece)?;
    let talk = record.restore(&piece.key, parts);
    talk.map_err(|expected| damage(TALK, &piece.key, expected))
}

/// The zone of the piece that holds what concerns the whole conference.
pub(super) fn restore_zone(piece: &Piece) -> Result<Zone, Damage> {
    #[derive(Deserialize)]
    struct ZoneRecord {
        zone: String,
    }
    let ZoneRecord { zone: name } = read(piece)?;
    zone(&name)
}

/// The codes of all talks, in programme order, of the piece that holds the order.
pub(super) fn restore_order(piece: &Piece) -> Result<Vec<String>, Damage> {
    let order: OrderRecord = read(piece)?;
    Ok(order.talks)
}

/// That there is no piece of the whole conference.
pub(super) fn no_conference() -> Damage {
    damage(CONFERENCE, "", "there")
}
