//! The pieces of a programme, as a ledger keeps them: what is empty is left out, times are instants,
//! and talks name rooms, tracks and speakers by their slugs.

use crate::model::{
    Colour, Day, Geo, Identifiers, Kind, Language, Link, LinkKind, Markdown, Moment, Plain, Room,
    Slot, Slug, Speaker, State, Talk, TalkCode, Track, Venue, WebUrl, When, Zone,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// What a piece must be and is not.
pub(super) type Unreadable = &'static str;

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

fn text(plain: Option<&Plain>) -> Option<String> {
    plain.map(ToString::to_string)
}

fn address(url: Option<&WebUrl>) -> Option<String> {
    url.map(ToString::to_string)
}

fn plain(text: Option<String>) -> Option<Plain> {
    text.map(|text| Plain::new(&text))
}

fn url(address: Option<String>) -> Result<Option<WebUrl>, Unreadable> {
    address
        .map(|address| WebUrl::parse(&address).ok_or("a web address"))
        .transpose()
}

#[derive(Serialize, Deserialize)]
pub(super) struct LinkRecord {
    url: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    kind: String,
    #[serde(default, skip_serializing_if = "is_default")]
    is_attachment: bool,
}

impl LinkRecord {
    pub(super) fn all(links: &[Link]) -> Vec<Self> {
        let record = |link: &Link| {
            let Link {
                url,
                title,
                kind,
                is_attachment,
            } = link;
            Self {
                url: url.to_string(),
                title: text(title.as_ref()),
                kind: kind.word().into(),
                is_attachment: *is_attachment,
            }
        };
        links.iter().map(record).collect()
    }

    pub(super) fn restore_all(records: Vec<Self>) -> Result<Vec<Link>, Unreadable> {
        let link = |record: Self| {
            Ok(Link {
                url: WebUrl::parse(&record.url).ok_or("a web address")?,
                title: plain(record.title),
                kind: LinkKind::parse(&record.kind).ok_or("a kind of link")?,
                is_attachment: record.is_attachment,
            })
        };
        records.into_iter().map(link).collect()
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct VenueRecord {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    geo: Option<(f64, f64)>,
}

impl VenueRecord {
    pub(super) fn new(venue: &Venue) -> Self {
        let Venue { name, address, geo } = venue;
        Self {
            name: name.to_string(),
            address: text(address.as_ref()),
            geo: geo.map(|geo| (geo.latitude, geo.longitude)),
        }
    }

    pub(super) fn restore(self) -> Venue {
        Venue {
            name: Plain::new(&self.name),
            address: plain(self.address),
            geo: self
                .geo
                .and_then(|(latitude, longitude)| Geo::new(latitude, longitude)),
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct DayRecord {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hours: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

impl DayRecord {
    pub(super) fn new(day: &Day) -> Self {
        let Day {
            index: _,
            date: _,
            name,
            hours,
        } = day;
        Self {
            name: text(name.as_ref()),
            hours: hours.map(|(opens, ends)| (opens.instant(), ends.instant())),
        }
    }

    pub(super) fn restore(self, index: usize, date: NaiveDate, zone: &Zone) -> Day {
        let moment = |instant| Moment::new(instant, zone);
        Day {
            index,
            date,
            name: plain(self.name),
            hours: self
                .hours
                .map(|(opens, ends)| (moment(opens), moment(ends))),
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct RoomRecord {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    online: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    guid: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    capacity: Option<u32>,
    #[serde(default, skip_serializing_if = "is_default")]
    description: String,
}

impl RoomRecord {
    pub(super) fn new(room: &Room) -> Self {
        let Room {
            slug: _,
            name,
            online,
            guid,
            capacity,
            description,
        } = room;
        Self {
            name: name.to_string(),
            online: address(online.as_ref()),
            guid: *guid,
            capacity: *capacity,
            description: description.to_string(),
        }
    }

    pub(super) fn restore(self, slug: Slug) -> Result<Room, Unreadable> {
        Ok(Room {
            slug,
            name: Plain::new(&self.name),
            online: url(self.online)?,
            guid: self.guid,
            capacity: self.capacity,
            description: Markdown::new(&self.description),
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct TrackRecord {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    colour: Option<String>,
}

impl TrackRecord {
    pub(super) fn new(track: &Track) -> Self {
        let Track {
            slug: _,
            name,
            colour,
        } = track;
        Self {
            name: name.to_string(),
            colour: colour.map(|colour| colour.to_string()),
        }
    }

    pub(super) fn restore(self, slug: Slug) -> Track {
        Track {
            slug,
            name: Plain::new(&self.name),
            colour: self.colour.and_then(|colour| Colour::parse(&colour)),
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct SpeakerRecord {
    name: String,
    #[serde(default, skip_serializing_if = "is_default")]
    biography: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    picture: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    links: Vec<LinkRecord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    guid: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<String>,
}

impl SpeakerRecord {
    pub(super) fn new(speaker: &Speaker) -> Self {
        let Speaker {
            slug: _,
            name,
            biography,
            url,
            picture,
            links,
            guid,
            id,
            code,
        } = speaker;
        Self {
            name: name.to_string(),
            biography: biography.to_string(),
            url: address(url.as_ref()),
            picture: address(picture.as_ref()),
            links: LinkRecord::all(links),
            guid: *guid,
            id: *id,
            code: text(code.as_ref()),
        }
    }

    pub(super) fn restore(self, slug: Slug) -> Result<Speaker, Unreadable> {
        Ok(Speaker {
            slug,
            name: Plain::new(&self.name),
            biography: Markdown::new(&self.biography),
            url: url(self.url)?,
            picture: url(self.picture)?,
            links: LinkRecord::restore_all(self.links)?,
            guid: self.guid,
            id: self.id,
            code: plain(self.code),
        })
    }
}

/// When something is: a day, a start, or a start and an end.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum WhenRecord {
    Span {
        start: DateTime<Utc>,
        end: DateTime<Utc>,
    },
    Day {
        day: NaiveDate,
    },
}

impl WhenRecord {
    pub(super) fn new(when: &When) -> Self {
        match when {
            When::Span(span) => Self::Span {
                start: span.start().instant(),
                end: span.end().instant(),
            },
            When::Day(day) => Self::Day { day: *day },
        }
    }

    pub(super) fn restore(self, zone: &Zone) -> Result<When, Unreadable> {
        match self {
            Self::Span { start, end } => {
                let (start, end) = (Moment::new(start, zone), Moment::new(end, zone));
                When::span(start, end).map_err(|_| "an end that is not before the start")
            }
            Self::Day { day } => Ok(When::Day(day)),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct SlotRecord {
    occurrence: u32,
    #[serde(default, skip_serializing_if = "is_default")]
    is_numbered: bool,
    #[serde(flatten)]
    when: WhenRecord,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    room: Option<String>,
    state: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    guid: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    slug: Option<String>,
}

impl SlotRecord {
    fn new(slot: &Slot) -> Self {
        let Slot {
            occurrence,
            is_numbered,
            when,
            room,
            state,
            identifiers: Identifiers { guid, id, slug },
        } = slot;
        Self {
            occurrence: *occurrence,
            is_numbered: *is_numbered,
            when: WhenRecord::new(when),
            room: room.as_ref().map(|room| room.slug.to_string()),
            state: state.word().into(),
            guid: *guid,
            id: *id,
            slug: text(slug.as_ref()),
        }
    }

    fn restore(self, parts: &Parts) -> Result<Slot, Unreadable> {
        Ok(Slot {
            occurrence: self.occurrence,
            is_numbered: self.is_numbered,
            when: self.when.restore(&parts.zone)?,
            room: self.room.and_then(|slug| parts.rooms.get(&slug).cloned()),
            state: State::parse(&self.state).ok_or("a state")?,
            identifiers: Identifiers {
                guid: self.guid,
                id: self.id,
                slug: plain(self.slug),
            },
        })
    }
}

/// What talks refer to, by slug.
pub(super) struct Parts {
    pub zone: Zone,
    pub rooms: BTreeMap<String, Arc<Room>>,
    pub tracks: BTreeMap<String, Arc<Track>>,
    pub speakers: BTreeMap<String, Arc<Speaker>>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct TalkRecord {
    title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    given_code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    subtitle: Option<String>,
    kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    format: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    level: Option<String>,
    state: String,
    #[serde(default, skip_serializing_if = "is_default")]
    summary: String,
    #[serde(default, skip_serializing_if = "is_default")]
    description: String,
    #[serde(default, skip_serializing_if = "is_default")]
    notes: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    speakers: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    track: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    online: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    links: Vec<LinkRecord>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    licence: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    recording_optout: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    origin: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    updated: Option<DateTime<Utc>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    slots: Vec<SlotRecord>,
}

impl TalkRecord {
    pub(super) fn new(talk: &Talk) -> Self {
        let Talk {
            code: _,
            given_code,
            title,
            subtitle,
            kind,
            format,
            level,
            state,
            summary,
            description,
            notes,
            speakers,
            track,
            language,
            url,
            online,
            image,
            links,
            tags,
            licence,
            recording_optout,
            origin,
            updated,
            slots,
        } = talk;
        Self {
            title: title.to_string(),
            given_code: given_code.as_ref().map(ToString::to_string),
            subtitle: text(subtitle.as_ref()),
            kind: kind.word().into(),
            format: text(format.as_ref()),
            level: text(level.as_ref()),
            state: state.word().into(),
            summary: summary.to_string(),
            description: description.to_string(),
            notes: notes.to_string(),
            speakers: speakers
                .iter()
                .map(|speaker| speaker.slug.to_string())
                .collect(),
            track: track.as_ref().map(|track| track.slug.to_string()),
            language: language.as_ref().map(ToString::to_string),
            url: address(url.as_ref()),
            online: address(online.as_ref()),
            image: address(image.as_ref()),
            links: LinkRecord::all(links),
            tags: tags.iter().map(ToString::to_string).collect(),
            licence: text(licence.as_ref()),
            recording_optout: *recording_optout,
            origin: address(origin.as_ref()),
            updated: *updated,
            slots: slots.iter().map(SlotRecord::new).collect(),
        }
    }

    pub(super) fn restore(self, code: &str, parts: &Parts) -> Result<Talk, Unreadable> {
        let speakers = self.speakers.iter();
        let slots = self.slots.into_iter();
        Ok(Talk {
            code: TalkCode::parse(code).ok_or("a talk's code")?,
            given_code: self.given_code.and_then(|code| TalkCode::parse(&code)),
            title: Plain::new(&self.title),
            subtitle: plain(self.subtitle),
            kind: Kind::parse(&self.kind).ok_or("a kind of talk")?,
            format: plain(self.format),
            level: plain(self.level),
            state: State::parse(&self.state).ok_or("a state")?,
            summary: Markdown::new(&self.summary),
            description: Markdown::new(&self.description),
            notes: Markdown::new(&self.notes),
            speakers: speakers
                .filter_map(|slug| parts.speakers.get(slug).cloned())
                .collect(),
            track: self.track.and_then(|slug| parts.tracks.get(&slug).cloned()),
            language: self
                .language
                .and_then(|language| Language::parse(&language)),
            url: url(self.url)?,
            online: url(self.online)?,
            image: url(self.image)?,
            links: LinkRecord::restore_all(self.links)?,
            tags: self.tags.iter().map(|tag| Plain::new(tag)).collect(),
            licence: plain(self.licence),
            recording_optout: self.recording_optout,
            origin: url(self.origin)?,
            updated: self.updated,
            slots: slots
                .map(|slot| slot.restore(parts))
                .collect::<Result<_, _>>()?,
        })
    }
}
