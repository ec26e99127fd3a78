//! Rooms, tracks, speakers and codes: what talks share, and what tells them apart.

use crate::model::{Plain, Room, Slug, Speaker, TalkCode, Track, WebUrl};
use crate::source::{Clock, DayRef, Draft, DraftSlot, DraftTalk};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// Things that have a name and a slug of their own.
pub(super) struct Named<T> {
    pub(super) list: Vec<Arc<T>>,
    pub(super) by_name: HashMap<String, usize>,
    pub(super) slugs: HashSet<Slug>,
    /// The next number to try for a slug that several names have.
    next: HashMap<Slug, usize>,
}

impl<T> Named<T> {
    fn new() -> Self {
        Self {
            list: Vec::new(),
            by_name: HashMap::new(),
            slugs: HashSet::new(),
            next: HashMap::new(),
        }
    }

    /// The thing of this name, made on first mention.
    fn get(&mut self, name: &Plain, slug: Option<&Slug>, make: impl FnOnce(Slug) -> T) -> Arc<T> {
        if let Some(at) = self.by_name.get(&**name) {
            return Arc::clone(&self.list[*at]);
        }
        let wanted = slug.cloned().unwrap_or_else(|| Slug::of(name));
        let mut free = wanted.clone();
        while !self.slugs.insert(free.clone()) {
            let number = self.next.entry(wanted.clone()).or_insert(2);
            free = wanted.numbered(*number);
            *number += 1;
        }
        let thing = Arc::new(make(free));
        self.by_name.insert(name.to_string(), self.list.len());
        self.list.push(Arc::clone(&thing));
        thing
    }
}

/// Rooms, tracks and speakers, the listed ones first.
pub(super) struct Parts {
    pub(super) rooms: Named<Room>,
    pub(super) listed_rooms: BTreeSet<Plain>,
    pub(super) tracks: Named<Track>,
    pub(super) listed_tracks: BTreeSet<Plain>,
    pub(super) speakers: Named<Speaker>,
    /// The numbers of days whose dates nobody knows.
    pub(super) undated: HashSet<usize>,
}

impl Parts {
    pub(super) fn listed(draft: &Draft) -> Self {
        let (mut rooms, mut tracks, mut speakers) = (Named::new(), Named::new(), Named::new());
        for room in &draft.rooms {
            rooms.get(&room.name, room.slug.as_ref(), |slug| Room {
                slug,
                name: room.name.clone(),
                online: room.online.clone(),
                guid: room.guid,
                capacity: room.capacity,
                description: room.description.clone(),
            });
        }
        for track in &draft.tracks {
            tracks.get(&track.name, track.slug.as_ref(), |slug| Track {
                slug,
                name: track.name.clone(),
                colour: track.colour,
            });
        }
        let said: HashSet<&str> = draft
            .talks
            .iter()
            .flat_map(|talk| &talk.speakers)
            .map(|name| &**name)
            .collect();
        for speaker in draft
            .speakers
            .iter()
            .filter(|speaker| said.contains(&*speaker.name))
        {
            speakers.get(&speaker.name, None, |slug| Speaker {
                slug,
                name: speaker.name.clone(),
                biography: speaker.biography.clone(),
                url: speaker.url.clone(),
                picture: speaker.picture.clone(),
                links: speaker.links.clone(),
                guid: speaker.guid,
                id: speaker.id,
                code: speaker.code.clone(),
            });
        }
        Self {
            rooms,
            listed_rooms: draft.rooms.iter().map(|room| room.name.clone()).collect(),
            tracks,
            listed_tracks: draft
                .tracks
                .iter()
                .map(|track| track.name.clone())
                .collect(),
            speakers,
            undated: HashSet::new(),
        }
    }

    pub(super) fn room(&mut self, name: &Plain) -> Arc<Room> {
        let name_of = name.clone();
        self.rooms.get(name, None, |slug| Room::new(slug, name_of))
    }

    pub(super) fn track(&mut self, name: &Plain) -> Arc<Track> {
        let name_of = name.clone();
        self.tracks.get(name, None, |slug| Track {
            slug,
            name: name_of,
            colour: None,
        })
    }

    pub(super) fn speaker(&mut self, name: &Plain) -> Arc<Speaker> {
        let name_of = name.clone();
        self.speakers
            .get(name, None, |slug| Speaker::new(slug, name_of))
    }
}

pub(super) fn by_name(mut speakers: Vec<Arc<Speaker>>) -> Vec<Arc<Speaker>> {
    speakers.sort_by_cached_key(|speaker| (speaker.name.to_lowercase(), speaker.slug.clone()));
    speakers
}

/// The codes in use, so that a talk without one gets one of its own.
pub(super) struct Codes {
    taken: HashSet<TalkCode>,
    /// How many talks have each address and each title.
    addresses: HashMap<WebUrl, usize>,
    titles: HashMap<Slug, usize>,
    /// The next number to try for each stem.
    next: HashMap<String, usize>,
}

impl Codes {
    pub(super) fn taken_by(talks: &[DraftTalk]) -> Self {
        let mut codes = Self {
            taken: talks.iter().filter_map(|talk| talk.code.clone()).collect(),
            addresses: HashMap::new(),
            titles: HashMap::new(),
            next: HashMap::new(),
        };
        for talk in talks.iter().filter(|talk| talk.code.is_none()) {
            *codes.titles.entry(Slug::of(&talk.title)).or_default() += 1;
            if let Some(url) = &talk.url {
                *codes.addresses.entry(url.clone()).or_default() += 1;
            }
        }
        codes
    }

    /// The organisers' code, else one made of what is likely to stay: the end of the talk's own
    /// address, else its title, with its day where several are called alike.
    pub(super) fn code_for(&mut self, talk: &DraftTalk) -> TalkCode {
        if let Some(code) = &talk.code {
            return code.clone();
        }
        let stem = self.stem(talk);
        let stem = stem[..stem.len().min(56)].trim_end_matches('-');
        let next = self.next.entry(stem.to_owned()).or_insert(1);
        loop {
            let name = match *next {
                1 => stem.to_owned(),
                number => format!("{stem}-{number}"),
            };
            *next += 1;
            if let Some(code) = TalkCode::parse(&name)
                && self.taken.insert(code.clone())
            {
                return code;
            }
        }
    }

    fn stem(&self, talk: &DraftTalk) -> String {
        let own = talk
            .url
            .as_ref()
            .filter(|url| self.addresses.get(url) == Some(&1));
        let end = own.and_then(|url| url.path().trim_end_matches('/').rsplit('/').next());
        if let Some(end) = end.filter(|end| !end.is_empty()) {
            return Slug::of(end).to_string();
        }
        let title = Slug::of(&talk.title);
        let is_shared = self.titles.get(&title).is_some_and(|talks| *talks > 1);
        let day = talk.slots.first().filter(|_| is_shared).and_then(day_name);
        match day {
            Some(day) => format!("{}-{day}", &title[..title.len().min(44)]),
            None => title.to_string(),
        }
    }
}

/// A slot's day as a part of a code.
fn day_name(slot: &DraftSlot) -> Option<String> {
    match (slot.day, slot.start) {
        (Some(DayRef::Date(date)), _) => Some(date.to_string()),
        (Some(DayRef::Number(number)), _) => Some(format!("day-{number}")),
        (None, Some(Clock::Wall(wall))) => Some(wall.date().to_string()),
        (None, Some(Clock::Instant(instant) | Clock::Doubtful(instant))) => {
            Some(instant.date_naive().to_string())
        }
        (None, _) => None,
    }
}
