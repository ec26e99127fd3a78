use super::{
    Colour, Day, Language, Link, Markdown, Plain, Policy, Room, Slug, Speaker, Talk, Track, WebUrl,
    Zone,
};
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Arc;

/// A conference with its whole programme.
///
/// Called *conference* by frab and c3voc, *event* by pretalx and Sessionize; becomes a VCALENDAR,
/// an RSS channel, an Atom feed.
#[derive(Debug, Clone, PartialEq)]
pub struct Conference {
    /// Its name in URLs and the root of every identifier. Never changes.
    pub slug: Slug,
    /// Its name for people.
    pub name: Plain,
    /// Its short name in the organisers' tool (frab's `acronym`).
    pub acronym: Option<Plain>,
    /// The name of this state of the schedule in the organisers' tool (frab's and pretalx's
    /// `version`).
    pub version: Option<Plain>,
    /// The zone of every wall clock time in it.
    pub zone: Zone,
    /// The human site.
    pub url: Option<WebUrl>,
    /// The owner of its `tag:` identifiers (RFC 4151 §2.1 taggingEntity), such as
    /// `example.org,2026`, where the organisers name one.
    pub authority: Option<String>,
    /// What it is about.
    pub description: Markdown,
    /// The language of its texts.
    pub language: Language,
    /// Where it is held.
    pub venue: Option<Venue>,
    /// Where it is streamed.
    pub online: Option<WebUrl>,
    /// The colour of its calendar.
    pub colour: Option<Colour>,
    /// Its picture.
    pub logo: Option<WebUrl>,
    /// What the organisers' tool takes relative addresses from (frab's `base_url`). Those in the
    /// model are absolute.
    pub base_url: Option<WebUrl>,
    /// The step of the grid that talks are placed on (frab's `timeslot_duration`).
    pub timeslot: Option<TimeDelta>,
    /// Its days in order.
    pub days: Vec<Day>,
    /// Its rooms in the order they are listed.
    pub rooms: Vec<Arc<Room>>,
    /// Its tracks in the order they are listed.
    pub tracks: Vec<Arc<Track>>,
    /// Its speakers, sorted by name.
    pub speakers: Vec<Arc<Speaker>>,
    /// Its talks in programme order: by first slot, then as listed.
    pub talks: Vec<Talk>,
    /// Links that belong to the conference as a whole.
    pub links: Vec<Link>,
    /// Remarks that belong to no talk.
    pub notes: Markdown,
    /// When the organisers last revised the data; `None` when the data do not say.
    pub updated: Option<DateTime<Utc>>,
    /// How changes of it are published.
    pub policy: Policy,
}

/// A place that people travel to.
#[derive(Debug, Clone, PartialEq)]
pub struct Venue {
    /// Its name.
    pub name: Plain,
    /// Its postal address, on one line.
    pub address: Option<Plain>,
    /// Where it lies.
    pub geo: Option<Geo>,
}

/// A position in WGS 84 decimal degrees (RFC 5545 §3.8.1.6).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Geo {
    /// Degrees north, -90 to 90.
    pub latitude: f64,
    /// Degrees east, -180 to 180.
    pub longitude: f64,
}

impl Geo {
    /// A position, `None` when a number is not on the globe.
    pub fn new(latitude: f64, longitude: f64) -> Option<Self> {
        ((-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude)).then_some(
            Self {
                latitude,
                longitude,
            },
        )
    }
}

impl Conference {
    /// Puts its talks in programme order: by day; on a day first what has no hour, as listed, then by
    /// start.
    pub fn sort_talks(&mut self) {
        let days = &self.days;
        self.talks.sort_by_cached_key(|talk| {
            let first = talk.slots.iter().map(|slot| {
                let start = slot.when.timed().map(|span| span.start().instant());
                (slot.day(days), start)
            });
            let first = first.min();
            (first.is_none(), first)
        });
    }

    /// The talk with this code.
    pub fn talk(&self, code: &str) -> Option<&Talk> {
        self.talks.iter().find(|talk| &*talk.code == code)
    }

    /// The talks at these places of the programme.
    pub fn talks_at<'a>(&'a self, places: &'a [usize]) -> impl Iterator<Item = &'a Talk> {
        places.iter().filter_map(|place| self.talks.get(*place))
    }
}
