//! The pieces of a programme beside its talks, as a ledger keeps them: what is empty is left out, and
//! times are instants.

use crate::model::{
    Colour, Day, Geo, Link, LinkKind, Markdown, Moment, Plain, Room, Slug, Speaker, Track, Venue,
    WebUrl, Zone,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a piece must be and is not.
pub(super) type Unreadable = &'static str;

pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

pub(super) fn text(plain: Option<&Plain>) -> Option<String> {
    plain.map(ToString::to_string)
}

pub(super) fn address(url: Option<&WebUrl>) -> Option<String> {
    url.map(ToString::to_string)
}

pub(super) fn plain(text: Option<String>) -> Option<Plain> {
    text.map(|text| Plain::new(&text))
}

pub(super) fn url(address: Option<String>) -> Result<Option<WebUrl>, Unreadable> {
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
