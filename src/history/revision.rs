//! Since when everything in a conference has been as it is: the rules for SEQUENCE, LAST-MODIFIED
//! and `updated`, as one pure function from the last edition to the next.
//!
//! - SEQUENCE rises exactly when start, end, room or state of a slot changes (RFC 5546 §2.1.4).
//! - LAST-MODIFIED rises on any change that a subscriber can see.
//! - Neither ever falls, whatever the data say.
//!
//! The time of a change is what the data say (`updated`), where that is later than the change
//! before it; else the time of publication. What has never changed and has no date in the data has
//! no time at all: a made-up one would differ between two machines.

use super::identity::slot_uid;
use crate::model::{Conference, Slot, Talk, TalkCode, When};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Since when everything in a conference has been as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    /// The number of the edition, from 1; 0 before the first.
    pub edition: u64,
    /// What every document says about the conference as a whole.
    pub header: Revision,
    /// Every slot's revision, by its UID.
    pub slots: BTreeMap<Uuid, SlotRevision>,
    /// Every talk's revision, by its code.
    pub talks: BTreeMap<TalkCode, TalkRevision>,
    /// When a talk last left a part of the programme, by the part's path, such as `rooms/main`.
    pub left: BTreeMap<String, DateTime<Utc>>,
}

/// A fingerprint and since when it has been so.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Revision {
    /// Fingerprint of everything that a subscriber can see of it.
    pub content: String,
    /// When that last changed; `None` when nothing says so.
    pub updated: Option<DateTime<Utc>>,
}

impl Revision {
    /// The revision of something that is gone: should it come back, that is a change.
    fn emptied(&self) -> Self {
        Self {
            content: String::new(),
            updated: self.updated,
        }
    }
}

/// The revision of a slot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SlotRevision {
    /// SEQUENCE (RFC 5545 §3.8.7.4).
    pub sequence: u32,
    /// Fingerprint of start, end, room and state.
    pub timing: String,
    /// What a subscriber can see, and LAST-MODIFIED (RFC 5545 §3.8.7.3).
    pub revision: Revision,
}

/// The revision of a talk.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TalkRevision {
    /// When it was first published.
    pub published: Option<DateTime<Utc>>,
    /// What a subscriber can see, and `updated`.
    pub revision: Revision,
    /// The paths of the parts of the programme that it is in.
    pub parts: BTreeSet<String>,
}

impl History {
    /// The history after publishing `conference` at `now`.
    ///
    /// Equal to `self` but for the edition's number when nothing has changed; then the number stays
    /// too.
    #[must_use]
    pub fn next(&self, conference: &Conference, now: DateTime<Utc>) -> Self {
        let clock = Clock {
            is_first: self.edition == 0,
            now,
            stated: conference.updated.filter(|stated| *stated <= now),
        };
        let mut next = Self {
            edition: self.edition,
            header: clock.revise(
                Some(&self.header).filter(|_| !clock.is_first),
                header_content(conference),
                None,
            ),
            left: self.left.clone(),
            ..Self::default()
        };
        for talk in &conference.talks {
            let stated = talk.updated.filter(|stated| *stated <= now);
            next.add_talk(self, conference, talk, &clock, stated);
        }
        next.keep_vanished(self, &clock);
        if next != *self {
            next.edition += 1;
        }
        next
    }

    /// Remembers what is no longer in the programme, so that nothing falls should it come back.
    fn keep_vanished(&mut self, before: &Self, clock: &Clock) {
        for (code, old) in &before.talks {
            if !self.talks.contains_key(code) {
                for part in &old.parts {
                    self.left
                        .insert(part.clone(), clock.of_change(old.revision.updated, None));
                }
                let revision = old.revision.emptied();
                let published = old.published;
                let parts = BTreeSet::new();
                self.talks.insert(
                    code.clone(),
                    TalkRevision {
                        published,
                        revision,
                        parts,
                    },
                );
            }
        }
        for (uid, old) in &before.slots {
            self.slots.entry(*uid).or_insert_with(|| SlotRevision {
                revision: old.revision.emptied(),
                ..old.clone()
            });
        }
    }

    fn add_talk(
        &mut self,
        before: &Self,
        conference: &Conference,
        talk: &Talk,
        clock: &Clock,
        stated: Option<DateTime<Utc>>,
    ) {
        let old = before.talks.get(&talk.code);
        let revision = clock.revise(old.map(|old| &old.revision), talk_content(talk), stated);
        let parts = parts_of(conference, talk);
        for part in old.iter().flat_map(|old| old.parts.difference(&parts)) {
            let since = revision
                .updated
                .unwrap_or_else(|| clock.of_change(None, None));
            self.left.insert(part.clone(), since);
        }
        for slot in &talk.slots {
            let uid = slot_uid(conference, talk, slot);
            let old = before.slots.get(&uid);
            let timing = timing(slot);
            let moved = old.is_some_and(|old| old.timing != timing);
            let content = fingerprint(&[&timing, &slot_content(conference, talk)]);
            self.slots.insert(
                uid,
                SlotRevision {
                    sequence: old.map_or(0, |old| old.sequence) + u32::from(moved),
                    timing,
                    revision: clock.revise(old.map(|old| &old.revision), content, stated),
                },
            );
        }
        self.talks.insert(
            talk.code.clone(),
            TalkRevision {
                published: old.map_or(revision.updated, |old| old.published),
                revision,
                parts,
            },
        );
    }

    /// The revision of a slot.
    pub fn slot(&self, conference: &Conference, talk: &Talk, slot: &Slot) -> SlotRevision {
        let uid = slot_uid(conference, talk, slot);
        self.slots.get(&uid).cloned().unwrap_or_default()
    }

    /// When a talk was first published and last updated.
    pub fn talk(&self, code: &TalkCode) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
        let talk = self.talks.get(code);
        let published = talk.and_then(|talk| talk.published);
        (published, talk.and_then(|talk| talk.revision.updated))
    }

    /// When a part of the programme last changed: one of the `talks` in it, a talk that left it, or
    /// the conference's own name and place. `part` is its path, `""` for the whole programme.
    pub fn updated<'a>(
        &self,
        part: &str,
        talks: impl IntoIterator<Item = &'a TalkCode>,
    ) -> Option<DateTime<Utc>> {
        let inside = talks.into_iter().map(|code| self.talk(code).1);
        inside
            .chain([self.header.updated, self.left.get(part).copied()])
            .max()
            .flatten()
    }
}

/// What decides on the time of a change.
struct Clock {
    is_first: bool,
    now: DateTime<Utc>,
    stated: Option<DateTime<Utc>>,
}

impl Clock {
    /// The revision of something whose content is now `content`.
    fn revise(
        &self,
        old: Option<&Revision>,
        content: String,
        stated: Option<DateTime<Utc>>,
    ) -> Revision {
        let updated = match old {
            Some(old) if old.content == content => old.updated,
            Some(old) => Some(self.of_change(old.updated, stated)),
            None if self.is_first => stated.or(self.stated),
            None => Some(self.of_change(None, stated)),
        };
        Revision { content, updated }
    }

    /// The time of a change to something that last changed at `before`.
    fn of_change(
        &self,
        before: Option<DateTime<Utc>>,
        stated: Option<DateTime<Utc>>,
    ) -> DateTime<Utc> {
        let is_news = |at: &DateTime<Utc>| before.is_none_or(|before| *at > before);
        let said = stated.filter(is_news).or(self.stated.filter(is_news));
        said.unwrap_or_else(|| before.map_or(self.now, |before| before.max(self.now)))
    }
}

/// The paths of the parts of the programme that a talk is in; `""` is the whole.
fn parts_of(conference: &Conference, talk: &Talk) -> BTreeSet<String> {
    let mut parts = BTreeSet::from([String::new(), format!("talks/{}", talk.code)]);
    parts.extend(
        talk.track
            .iter()
            .map(|track| format!("tracks/{}", track.slug)),
    );
    parts.extend(
        talk.speakers
            .iter()
            .map(|speaker| format!("speakers/{}", speaker.slug)),
    );
    for slot in &talk.slots {
        parts.extend(slot.room.iter().map(|room| format!("rooms/{}", room.slug)));
        parts.insert(format!("days/{}", slot.day(&conference.days)));
    }
    parts
}

/// A fingerprint that tells `["ab", "c"]` from `["a", "bc"]`.
fn fingerprint(parts: &[&str]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().to_hex().as_str()[..32].to_owned()
}

fn timing(slot: &Slot) -> String {
    let (start, end) = match &slot.when {
        When::Span(span) => (
            span.start().instant().to_rfc3339(),
            span.end().instant().to_rfc3339(),
        ),
        When::Day(date) => (date.to_string(), String::new()),
    };
    let room = slot.room.as_ref().map_or("", |room| &*room.name);
    fingerprint(&[&start, &end, room, slot.state.word()])
}

fn header_content(conference: &Conference) -> String {
    let venue = conference.venue.as_ref();
    let colour = conference.colour.map(|colour| colour.to_string());
    fingerprint(&[
        &conference.name,
        conference.zone.name(),
        conference.url.as_deref().unwrap_or_default(),
        &conference.description,
        &conference.language,
        &place_content(conference),
        colour.as_deref().unwrap_or_default(),
        venue.map_or("", |venue| &*venue.name),
    ])
}

fn place_content(conference: &Conference) -> String {
    let venue = conference.venue.as_ref();
    let geo = venue.and_then(|venue| venue.geo);
    let geo = geo.map(|geo| format!("{};{}", geo.latitude, geo.longitude));
    fingerprint(&[
        venue.map_or("", |venue| &*venue.name),
        venue
            .and_then(|venue| venue.address.as_deref())
            .unwrap_or_default(),
        geo.as_deref().unwrap_or_default(),
        conference.online.as_deref().unwrap_or_default(),
    ])
}

/// What a feed's reader sees of a talk.
fn talk_content(talk: &Talk) -> String {
    let mut parts = text_parts(talk);
    parts.push(&talk.notes);
    let slots: Vec<String> = talk.slots.iter().map(timing).collect();
    parts.extend(slots.iter().map(String::as_str));
    fingerprint(&parts)
}

/// What a calendar's reader sees of a talk beside its time.
fn slot_content(conference: &Conference, talk: &Talk) -> String {
    let place = place_content(conference);
    let mut parts = text_parts(talk);
    parts.push(&place);
    parts.push(&talk.notes);
    fingerprint(&parts)
}

fn text_parts(talk: &Talk) -> Vec<&str> {
    let mut parts = vec![
        &*talk.title,
        talk.subtitle.as_deref().unwrap_or_default(),
        talk.kind.word(),
        talk.state.word(),
        &talk.summary,
        &talk.description,
        talk.track.as_ref().map_or("", |track| &*track.name),
        talk.language.as_deref().unwrap_or_default(),
        talk.url.as_deref().unwrap_or_default(),
        talk.online.as_deref().unwrap_or_default(),
        talk.image.as_deref().unwrap_or_default(),
        talk.licence.as_deref().unwrap_or_default(),
    ];
    parts.extend(talk.speakers.iter().map(|speaker| &*speaker.name));
    parts.push("tags");
    parts.extend(talk.tags.iter().map(|tag| &**tag));
    parts.push("links");
    for link in &talk.links {
        parts.push(&link.url);
        parts.push(link.title.as_deref().unwrap_or_default());
    }
    parts
}
