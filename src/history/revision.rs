//! Since when everything in a conference has been as it is: the rules for SEQUENCE, LAST-MODIFIED
//! and `updated`, as one pure function from the last edition to the next.
//!
//! - SEQUENCE rises exactly when start, end, room or state of a slot changes (RFC 5546 §2.1.4).
//! - LAST-MODIFIED rises on any change that a subscriber can see.
//! - Neither ever falls, whatever the data say.
//!
//! The time of a change is what the data say (`updated`), where that is later than every change
//! before; else the time of publication. What has never changed and has no date in the data has
//! no time at all: a made-up one would differ between two machines.

use super::change::Placement;
use super::chronicle::Chronicle;
use super::content::{
    fingerprint, header_content, marks, page_content, parts_of, slot_content, talk_content, timing,
};
use super::identity::slot_uid;
use crate::model::{Conference, Talk, TalkCode};
use chrono::{DateTime, Datelike, TimeDelta, Timelike, Utc};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use uuid::Uuid;

/// Since when everything in a conference has been as it is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct History {
    /// The number of the edition, from 1; 0 before the first.
    pub edition: u64,
    /// What every document says about the conference as a whole.
    pub header: Revision,
    /// Every slot's revision, by its UID.
    pub slots: BTreeMap<Uuid, SlotRevision>,
    /// Every talk's revision, by its code.
    pub talks: BTreeMap<TalkCode, TalkRevision>,
    /// What documents of the whole conference say beyond that: days by name, links, remarks, the
    /// identifiers of the organisers' tool.
    pub page: Revision,
    /// When a talk last left a part of the programme, by the part's path, such as `rooms/main`.
    pub left: BTreeMap<String, DateTime<Utc>>,
    /// The owner of the `tag:` identifiers since the first edition (RFC 4151 §2.1 taggingEntity).
    pub authority: Option<String>,
    /// All editions up to this one, with what each changed.
    pub chronicle: Arc<Chronicle>,
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
    /// Whether that is no longer in the programme.
    pub(super) fn is_gone(&self) -> bool {
        self.content.is_empty()
    }

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
    /// Where and when it is held; `None` where an older handbill did not note it.
    pub at: Option<Placement>,
    /// Where and when it was held before it was last moved. A mere change of state is no move.
    pub before: Option<Placement>,
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
    /// What the talk is recognised by, where the organisers gave it no code: address, title, place.
    pub marks: Vec<String>,
    /// The code that the organisers gave it after it was published without.
    pub alias: Option<TalkCode>,
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
            last: self.last_change(),
        };
        let before = |revision| Some(revision).filter(|_| !clock.is_first);
        let authority = conference.authority.clone();
        let authority = authority
            .or_else(|| self.authority.clone())
            .or_else(|| derived_authority(conference));
        let mut next = Self {
            edition: self.edition,
            header: clock.revise(
                before(&self.header),
                header_content(conference, authority.as_deref()),
                None,
            ),
            page: clock.revise(before(&self.page), page_content(conference), None),
            left: self.left.clone(),
            authority,
            chronicle: Arc::clone(&self.chronicle),
            ..Self::default()
        };
        for talk in &conference.talks {
            let stated = talk.updated.filter(|stated| *stated <= now);
            next.add_talk(self, conference, talk, &clock, stated);
        }
        next.remember_gone(self, &clock);
        if next != self.noted(&next) {
            next.edition += 1;
        }
        next
    }

    /// The same history with the placements that it did not note yet: those are no change.
    fn noted(&self, next: &Self) -> Self {
        let mut noted = self.clone();
        for (uid, slot) in &mut noted.slots {
            if slot.at.is_none() {
                slot.at = next.slots.get(uid).and_then(|next| next.at.clone());
            }
        }
        noted
    }

    /// How many published talks and slots `conference` no longer has.
    pub fn lost(&self, conference: &Conference) -> usize {
        let talks: BTreeSet<&TalkCode> = conference.talks.iter().map(|talk| &talk.code).collect();
        let slots: BTreeSet<Uuid> = conference
            .talks
            .iter()
            .flat_map(|talk| {
                talk.slots
                    .iter()
                    .map(|slot| slot_uid(conference, talk, slot))
            })
            .collect();
        let lost_talks = self
            .talks
            .iter()
            .filter(|(code, talk)| !talk.revision.is_gone() && !talks.contains(code));
        let lost_slots = self
            .slots
            .iter()
            .filter(|(uid, slot)| !slot.revision.is_gone() && !slots.contains(uid));
        lost_talks.count() + lost_slots.count()
    }

    /// Whether there is a talk in the programme.
    pub fn has_talks(&self) -> bool {
        self.talks.values().any(|talk| !talk.revision.is_gone())
    }

    /// When anything last changed.
    pub fn last_change(&self) -> Option<DateTime<Utc>> {
        let talks = self.talks.values().map(|talk| talk.revision.updated);
        let slots = self.slots.values().map(|slot| slot.revision.updated);
        let left = self.left.values().map(|left| Some(*left));
        let whole = [self.header.updated, self.page.updated];
        talks.chain(slots).chain(left).chain(whole).max().flatten()
    }

    /// Remembers what is no longer in the programme, so that nothing falls should it come back.
    fn remember_gone(&mut self, before: &Self, clock: &Clock) {
        for (code, old) in &before.talks {
            if !self.talks.contains_key(code) {
                for part in &old.parts {
                    self.left.insert(part.clone(), clock.of_change(None));
                }
                let gone = TalkRevision {
                    revision: old.revision.emptied(),
                    parts: BTreeSet::new(),
                    ..old.clone()
                };
                self.talks.insert(code.clone(), gone);
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
        let is_derived = talk.given_code.as_ref() != Some(&talk.code);
        let revision = clock.revise(
            old.map(|old| &old.revision),
            talk_content(conference, talk),
            stated,
        );
        let parts = parts_of(conference, talk);
        for part in old.iter().flat_map(|old| old.parts.difference(&parts)) {
            let since = revision.updated.unwrap_or_else(|| clock.of_change(None));
            self.left.insert(part.clone(), since);
        }
        for slot in &talk.slots {
            let uid = slot_uid(conference, talk, slot);
            let old = before.slots.get(&uid);
            let timing = timing(slot);
            let at = Placement {
                when: slot.when.clone(),
                room: slot.room.as_ref().map(|room| room.name.clone()),
            };
            let moved = old.is_some_and(|old| old.timing != timing);
            let content = fingerprint(&[&timing, &slot_content(conference, talk, slot)]);
            self.slots.insert(
                uid,
                SlotRevision {
                    sequence: old.map_or(0, |old| old.sequence) + u32::from(moved),
                    timing,
                    revision: clock.revise(old.map(|old| &old.revision), content, stated),
                    before: before_last_move(old, &at),
                    at: Some(at),
                },
            );
        }
        self.talks.insert(
            talk.code.clone(),
            TalkRevision {
                published: old.map_or(revision.updated, |old| old.published),
                revision,
                parts,
                marks: if is_derived { marks(talk) } else { Vec::new() },
                alias: talk.given_code.clone().filter(|given| *given != talk.code),
            },
        );
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

/// Where a slot that is held at `at` was before it was last moved.
fn before_last_move(old: Option<&SlotRevision>, at: &Placement) -> Option<Placement> {
    let old = old?;
    let left = old.at.as_ref().filter(|was| *was != at);
    left.or(old.before.as_ref()).cloned()
}

/// What decides on the time of a change.
struct Clock {
    is_first: bool,
    now: DateTime<Utc>,
    stated: Option<DateTime<Utc>>,
    /// When anything last changed before.
    last: Option<DateTime<Utc>>,
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
            None if self.is_first => stated.or(self.stated),
            _ => Some(self.of_change(stated)),
        };
        Revision { content, updated }
    }

    /// The time of a change: later than every change before, so that no document that shows it keeps
    /// its old date (RFC 9110 §8.8.2).
    fn of_change(&self, stated: Option<DateTime<Utc>>) -> DateTime<Utc> {
        let is_news = |at: &DateTime<Utc>| self.last.is_none_or(|last| *at > last);
        let said = stated.filter(is_news).or(self.stated.filter(is_news));
        let after_last = self.last.map(|last| last + TimeDelta::seconds(1));
        // Documents tell whole seconds.
        let now = self.now.with_nanosecond(0).unwrap_or(self.now);
        said.unwrap_or_else(|| after_last.map_or(now, |after| after.max(now)))
    }
}

/// The site's host and the year of the first day.
fn derived_authority(conference: &Conference) -> Option<String> {
    let host = conference.url.as_ref()?.host();
    Some(format!("{host},{}", conference.days.first()?.date.year()))
}
