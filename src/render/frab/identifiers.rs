//! The identifiers of an event. The organisers' own are passed on where they are what the schemas
//! want, above all unique; else they are made of the slot's UID, so that they are the same in the next
//! edition whatever other talks come and go. EventFahrplan tells events apart by their number.

use super::names;
use crate::history::slot_uid;
use crate::model::{Conference, Slot, Slug, Talk};
use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use uuid::Uuid;

/// What an event is called.
pub(super) struct Known<'a> {
    pub(super) guid: Uuid,
    /// From 1, exact in JavaScript.
    pub(super) id: u64,
    /// The organisers' own.
    pub(super) slug: Option<&'a str>,
    /// pretalx's code of the talk; others of its slots may have it too.
    pub(super) code: Option<&'a str>,
    /// Whether no other slot has the code.
    pub(super) is_only_slot: bool,
}

/// The largest number that every reader of JSON keeps (RFC 8259 §6).
const MOST_ID: u64 = (1 << 53) - 1;

/// The identifiers of all slots, by their UIDs. Those of a part of a conference are the same.
pub(super) fn of(conference: &Conference) -> HashMap<Uuid, Known<'_>> {
    let talks = conference.talks.iter();
    let slots = talks.flat_map(|talk| talk.slots.iter().map(move |slot| (talk, slot)));
    let slots: Vec<(Uuid, &Talk, &Slot)> = slots
        .map(|(talk, slot)| (slot_uid(conference, talk, slot), talk, slot))
        .collect();
    let uids: HashSet<Uuid> = slots.iter().map(|(uid, ..)| *uid).collect();
    let given = || slots.iter().map(|(_, _, slot)| &slot.identifiers);
    let guids = unique(given().filter_map(|given| given.guid));
    let ids = unique(given().filter_map(|given| given.id));
    let slugs = unique(given().filter_map(|given| given.slug.as_deref()));
    let codes = unique(slots.iter().filter_map(|(_, talk, slot)| code(talk, slot)));

    let is_good = |id: &u64| (1..=MOST_ID).contains(id) && ids.contains(id);
    let mut taken: HashSet<u64> = ids.iter().copied().filter(is_good).collect();
    let mut in_order: Vec<&(Uuid, &Talk, &Slot)> = slots.iter().collect();
    in_order.sort_unstable_by_key(|(uid, ..)| *uid);
    let mut known = HashMap::with_capacity(slots.len());
    for (uid, talk, slot) in in_order {
        let identifiers = &slot.identifiers;
        let guid = identifiers
            .guid
            .filter(|guid| guids.contains(guid) && (guid == uid || !uids.contains(guid)));
        let id = identifiers
            .id
            .filter(is_good)
            .unwrap_or_else(|| made_id(uid, &mut taken));
        let slug = identifiers
            .slug
            .as_deref()
            .filter(|slug| slugs.contains(slug));
        let code = code(talk, slot);
        let is_only_slot = code.is_some_and(|code| codes.contains(code));
        known.insert(
            *uid,
            Known {
                guid: guid.unwrap_or(*uid),
                id,
                slug,
                code,
                is_only_slot,
            },
        );
    }
    known
}

/// The values that occur once.
fn unique<T: Copy + Eq + Hash>(values: impl Iterator<Item = T>) -> HashSet<T> {
    let mut counts: HashMap<T, usize> = HashMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let once = counts.into_iter().filter(|(_, count)| *count == 1);
    once.map(|(value, _)| value).collect()
}

/// The talk's code where the organisers' tool gave it one: where a file has none, its numbers stand
/// in for it.
fn code<'a>(talk: &'a Talk, slot: &Slot) -> Option<&'a str> {
    let id = slot.identifiers.id.map(|id| id.to_string());
    let code = talk.given_code.as_deref()?;
    (names::is_code(code) && id.as_deref() != Some(code)).then_some(code)
}

/// A number of 31 bits of a UID that no other slot has: Java's `int` holds it.
fn made_id(uid: &Uuid, taken: &mut HashSet<u64>) -> u64 {
    const BITS: u128 = (1 << 31) - 1;
    let windows = [0, 32, 64, 96].map(|shift| (uid.as_u128() >> shift & BITS) as u64);
    let last = windows[0];
    let candidates = windows.into_iter().chain(last..);
    let free = candidates
        .filter(|id| *id > 0)
        .find(|id| !taken.contains(id));
    let id = free.unwrap_or(MOST_ID);
    taken.insert(id);
    id
}

/// The slug of an event: the organisers' own, else one that begins with the conference's acronym, as
/// frab makes it.
pub(super) fn slug(known: &Known<'_>, title: &str, acronym: &str, given: &HashSet<&str>) -> String {
    if let Some(slug) = known.slug.filter(|slug| names::is_slug(slug)) {
        return slug.to_owned();
    }
    let acronym = acronym.replace('-', "_");
    let slug = format!("{acronym}-{:04}-{}", known.id, &*Slug::of(title));
    if given.contains(&*slug) {
        format!("{slug}-{}", known.guid)
    } else {
        slug
    }
}
