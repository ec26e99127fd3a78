//! What both JSON formats say in the same form.

use super::address::strict;
use super::{GENERATOR, names};
use crate::history::room_uid;
use crate::model::{Conference, WebUrl};
use serde::Serialize;
use uuid::Uuid;

#[derive(Serialize)]
pub(super) struct Generator {
    name: &'static str,
}

impl Generator {
    pub(super) const HANDBILL: Self = Self { name: GENERATOR };
}

#[derive(Serialize)]
pub(super) struct Colours {
    primary: String,
}

#[derive(Serialize)]
pub(super) struct Track<'a> {
    name: &'a str,
    slug: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    color: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Room<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    slug: Option<&'a str>,
    guid: Uuid,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    capacity: Option<u32>,
}

#[derive(Serialize)]
pub(super) struct Link<'a> {
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(rename = "type")]
    word: &'static str,
}

impl<'a> Link<'a> {
    /// A link; `word` is the format's own for what is found there.
    pub(super) fn new(url: &WebUrl, title: Option<&'a str>, word: &'static str) -> Self {
        let url = strict(url).into_owned();
        Self { url, title, word }
    }
}

pub(super) fn address(url: Option<&WebUrl>) -> Option<String> {
    url.map(|url| strict(url).into_owned())
}

pub(super) fn colours(conference: &Conference) -> Option<Colours> {
    let colour = conference.colour?;
    let primary = colour.to_string();
    Some(Colours { primary })
}

pub(super) fn tracks(conference: &Conference) -> Vec<Track<'_>> {
    let tracks = conference.tracks.iter();
    let tracks = tracks.map(|track| Track {
        name: &track.name,
        slug: track_slug(&track.slug),
        color: track.colour.map(|colour| colour.to_string()),
    });
    tracks.collect()
}

/// A slug has two characters in the schema.
pub(super) fn track_slug(slug: &str) -> String {
    if names::is_slug(slug) {
        slug.to_owned()
    } else {
        format!("track-{slug}")
    }
}

pub(super) fn rooms(conference: &Conference) -> Vec<Room<'_>> {
    let rooms = conference.rooms.iter();
    let rooms = rooms.map(|room| Room {
        name: &room.name,
        slug: Some(&*room.slug).filter(|slug| names::is_slug(slug)),
        guid: room_uid(conference, room),
        description: &room.description,
        capacity: room.capacity,
    });
    rooms.collect()
}
