//! What a document is made of, as fingerprints: a document whose inputs are what they were need not
//! be rendered again.

use super::Programme;
use crate::history::{Story, slot_uid};
use crate::model::{Conference, Part, Slug, Talk, TalkCode};
use crate::render::{Moments, Rendering};
use blake3::{Hash, Hasher};
use std::collections::HashMap;
use std::fmt::{self, Debug, Write};
use std::sync::{Arc, OnceLock};

/// A programme with fingerprints of its pieces, made when they are first compared.
pub(super) struct Inputs {
    programme: Arc<Programme>,
    pieces: OnceLock<Pieces>,
    moments: OnceLock<Moments>,
}

struct Pieces {
    /// What every feed of a part shows of the conference.
    common: Hash,
    /// Rooms and tracks: every page's head names their feeds.
    listed: Hash,
    /// Everything.
    whole: Hash,
    /// Each talk with its revisions and what became of it, by its place in the programme.
    talks: Vec<Hash>,
    /// Rooms, tracks and speakers, which give feeds their titles.
    named: HashMap<Part, Hash>,
}

impl Inputs {
    pub(super) fn new(programme: Arc<Programme>) -> Self {
        Self {
            programme,
            pieces: OnceLock::new(),
            moments: OnceLock::new(),
        }
    }

    /// When what is coming up changes.
    pub(super) fn moments(&self) -> &Moments {
        let conference = &self.programme.conference;
        self.moments.get_or_init(|| Moments::of(conference))
    }

    pub(super) fn programme(&self) -> &Programme {
        &self.programme
    }

    /// Whether both are of the very same state.
    pub(super) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.programme.conference, &other.programme.conference)
            && Arc::ptr_eq(&self.programme.history, &other.programme.history)
    }

    /// The fingerprint of everything.
    pub(super) fn whole(&self) -> Hash {
        self.pieces().whole
    }

    /// The fingerprint of what a rendering may show.
    pub(super) fn of(&self, rendering: &Rendering) -> Hash {
        let part = &rendering.selection.part;
        let pieces = self.pieces();
        let Programme {
            conference,
            history,
            ..
        } = &*self.programme;
        if let Some(archived) = rendering.archived(conference, history) {
            let mut hasher = Hasher::new();
            hasher.update(pieces.common.as_bytes());
            add(&mut hasher, &archived);
            return hasher.finalize();
        }
        if rendering.is_of_no_talk() {
            return pieces.common;
        }
        let Some(places) = rendering.places().filter(|_| rendering.is_of_a_part()) else {
            return pieces.whole;
        };
        let mut hasher = Hasher::new();
        hasher.update(pieces.common.as_bytes());
        if rendering.renderer().is_none() {
            hasher.update(pieces.listed.as_bytes());
        }
        if let Some(named) = pieces.named.get(part) {
            hasher.update(named.as_bytes());
        }
        add(&mut hasher, &self.programme.history.left.get(&part.path()));
        for talk in places.iter().filter_map(|place| pieces.talks.get(*place)) {
            hasher.update(talk.as_bytes());
        }
        hasher.finalize()
    }

    fn pieces(&self) -> &Pieces {
        self.pieces.get_or_init(|| Pieces::of(&self.programme))
    }
}

impl Pieces {
    fn of(programme: &Programme) -> Self {
        let stories = stories(programme);
        let told = |talk: &Talk| stories.get(&talk.code).map_or(&[][..], Vec::as_slice);
        let talks = programme.conference.talks.iter();
        let talks: Vec<Hash> = talks
            .map(|talk| of_talk(programme, talk, told(talk)))
            .collect();
        let common = common(programme);
        let conference = &programme.conference;
        let mut listed = Hasher::new();
        add(&mut listed, &(&conference.rooms, &conference.tracks));
        Self {
            common,
            listed: listed.finalize(),
            whole: whole(programme, common, &talks),
            talks,
            named: named(&programme.conference),
        }
    }
}

/// Whatever feeds of a part show that belongs to no talk. Every field is named, so that a new one is
/// put in its place here or in [`whole`].
fn common(programme: &Programme) -> Hash {
    let Conference {
        slug,
        name,
        zone,
        url,
        authority,
        description,
        language,
        venue,
        online,
        colour,
        logo,
        days,
        policy,
        acronym: _,
        version: _,
        base_url: _,
        timeslot: _,
        links: _,
        notes: _,
        updated: _,
        rooms: _,
        tracks: _,
        speakers: _,
        talks: _,
    } = &*programme.conference;
    let history = &programme.history;
    let mut hasher = Hasher::new();
    add(&mut hasher, &(slug, name, zone, url, authority));
    add(&mut hasher, &(description, language, venue, online));
    add(&mut hasher, &(colour, logo, days, policy));
    add(&mut hasher, &(&history.header, &history.authority));
    hasher.finalize()
}

/// Everything, of which [`common`] and the talks' fingerprints are a part.
fn whole(programme: &Programme, common: Hash, talks: &[Hash]) -> Hash {
    let (conference, history) = (&programme.conference, &programme.history);
    let mut hasher = Hasher::new();
    hasher.update(common.as_bytes());
    let tool = (&conference.acronym, &conference.version);
    add(&mut hasher, &(tool, &conference.base_url));
    add(&mut hasher, &(&conference.timeslot, &conference.updated));
    add(&mut hasher, &(&conference.links, &conference.notes));
    let lists = (&conference.rooms, &conference.tracks);
    add(&mut hasher, &(lists, &conference.speakers));
    add(&mut hasher, &(&history.edition, &history.page));
    add(&mut hasher, &history.left);
    // What an edition changed never changes; what is said of it, its note, may.
    for publication in &history.chronicle.publications {
        add(&mut hasher, &publication.edition);
    }
    for talk in talks {
        hasher.update(talk.as_bytes());
    }
    hasher.finalize()
}

/// What became of each talk.
fn stories(programme: &Programme) -> HashMap<&TalkCode, Vec<&Story>> {
    let mut stories: HashMap<&TalkCode, Vec<&Story>> = HashMap::new();
    for story in programme.history.chronicle.stories() {
        stories.entry(&story.code).or_default().push(story);
    }
    stories
}

fn of_talk(programme: &Programme, talk: &Talk, stories: &[&Story]) -> Hash {
    let (conference, history) = (&programme.conference, &programme.history);
    let mut hasher = Hasher::new();
    add(&mut hasher, talk);
    add(&mut hasher, &history.talks.get(&talk.code));
    for slot in &talk.slots {
        let revision = history.slots.get(&slot_uid(conference, talk, slot));
        add(&mut hasher, &revision);
    }
    // A change may be told that a later one undid: nothing else may show it.
    for story in stories {
        add(&mut hasher, &(&story.details, story.last.published));
    }
    hasher.finalize()
}

fn named(conference: &Conference) -> HashMap<Part, Hash> {
    fn one<T: Debug>(part: fn(Slug) -> Part, slug: &Slug, named: &T) -> (Part, Hash) {
        let mut hasher = Hasher::new();
        add(&mut hasher, named);
        (part(slug.clone()), hasher.finalize())
    }
    let rooms = conference.rooms.iter();
    let rooms = rooms.map(|room| one(Part::Room, &room.slug, room));
    let tracks = conference.tracks.iter();
    let tracks = tracks.map(|track| one(Part::Track, &track.slug, track));
    let speakers = conference.speakers.iter();
    let speakers = speakers.map(|speaker| one(Part::Speaker, &speaker.slug, speaker));
    rooms.chain(tracks).chain(speakers).collect()
}

/// Adds a value as its derived `Debug` shows it: every field by name, and every text in quotes, so
/// that no two values look alike.
fn add(hasher: &mut Hasher, value: &(impl Debug + ?Sized)) {
    struct Sink<'a>(&'a mut Hasher);
    impl Write for Sink<'_> {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0.update(text.as_bytes());
            Ok(())
        }
    }
    // Neither the sink nor a derived `Debug` fails.
    let _ = write!(Sink(hasher), "{value:?};");
}

#[cfg(test)]
mod tests;
