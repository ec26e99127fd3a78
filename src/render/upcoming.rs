//! Feeds of what is coming up: an entry for each talk, some time before it begins.
//!
//! They depend on the hour, so no edition and no folder has them. What they hold depends on how many of
//! the conference's moments have passed, and on nothing else of the clock: all replicas write the same.

use super::feed::{Extent, Feed, Format, Item, Person};
use super::talks::{Programme, item};
use super::{Context, Instalment, Occurrence, Renderer, query, words};
use crate::history::{feed_id, slot_uid};
use crate::model::{Conference, Slot, State, Talk};
use chrono::{DateTime, Utc};
use std::cmp::Reverse;

/// How many entries a feed has, the newest; more where they appear together.
const NEWEST: usize = 30;

/// The formats of the feeds of what is coming up, in the order in which pages offer them.
pub static UPCOMING: &[&Renderer] = &[&RSS, &ATOM, &JSON];

const STEM: &str = "upcoming";

static RSS: Renderer = Format::Rss.of_whole(
    STEM,
    "upcoming.rss",
    "RSS of what is coming up",
    |context| Format::Rss.write(feed(context, &RSS)),
    updated,
);
static ATOM: Renderer = Format::Atom.of_whole(
    STEM,
    "upcoming.atom",
    "Atom of what is coming up",
    |context| Format::Atom.write(feed(context, &ATOM)),
    updated,
);
static JSON: Renderer = Format::Json.of_whole(
    STEM,
    "upcoming.json",
    "JSON Feed of what is coming up",
    |context| Format::Json.write(feed(context, &JSON)),
    updated,
);

/// When entries of a conference appear: each moment once, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moments(Vec<DateTime<Utc>>);

impl Moments {
    /// The moments of a conference.
    pub fn of(conference: &Conference) -> Self {
        let slots = conference.talks.iter().flat_map(|talk| &talk.slots);
        let moments = slots.filter_map(|slot| moment(conference, slot));
        let mut moments: Vec<DateTime<Utc>> = moments.collect();
        moments.sort_unstable();
        moments.dedup();
        Self(moments)
    }

    /// How many have passed at `now`.
    pub fn passed(&self, now: DateTime<Utc>) -> usize {
        self.0.partition_point(|moment| *moment <= now)
    }

    /// The moment after so many have passed.
    pub fn after(&self, passed: usize) -> Option<DateTime<Utc>> {
        self.0.get(passed).copied()
    }
}

/// When the entry of a slot appears; `None` where its hour is not known.
fn moment(conference: &Conference, slot: &Slot) -> Option<DateTime<Utc>> {
    let start = slot.when.timed()?.start().instant();
    start.checked_sub_signed(conference.policy.upcoming_lead)
}

/// The last moment that has passed.
fn last_moment(context: &Context<'_>) -> Option<DateTime<Utc>> {
    let Instalment::Upcoming(passed) = context.instalment else {
        return None;
    };
    Moments::of(context.conference).after(passed.checked_sub(1)?)
}

/// A talk that has appeared.
struct Appearance<'a> {
    moment: DateTime<Utc>,
    talk: &'a Talk,
    slot: &'a Slot,
    /// When the slot was last changed.
    changed: Option<DateTime<Utc>>,
}

impl Appearance<'_> {
    /// Whether it was called off before it was to appear: then it never does.
    fn was_called_off(&self) -> bool {
        let is_late = self.changed.is_some_and(|changed| changed > self.moment);
        self.slot.state == State::Cancelled && !is_late
    }
}

/// What has appeared, the newest first.
fn appearances<'a>(context: &Context<'a>) -> Vec<Appearance<'a>> {
    let (conference, history) = (context.conference, context.history);
    let Some(last) = last_moment(context) else {
        return Vec::new();
    };
    let mut appearances = Vec::new();
    for Occurrence { talk, slots } in context.talks() {
        for slot in slots {
            let uid = slot_uid(conference, talk, slot);
            let revision = history.slots.get(&uid);
            let appearance = moment(conference, slot).map(|moment| Appearance {
                moment,
                talk,
                slot,
                changed: revision.and_then(|revision| revision.revision.updated),
            });
            appearances.extend(appearance);
        }
    }
    appearances.retain(|one| one.moment <= last && !one.was_called_off());
    appearances.sort_by_key(|one| Reverse(one.moment));
    let oldest = appearances.get(NEWEST - 1).map(|one| one.moment);
    appearances.retain(|one| oldest.is_none_or(|oldest| one.moment >= oldest));
    appearances
}

fn feed(context: &Context<'_>, renderer: &Renderer) -> Feed<Programme> {
    let conference = context.conference;
    let query = query::canonical(context.selection, context.wishes);
    let path = format!("{STEM}{query}");
    let minutes = conference.policy.upcoming_lead.num_minutes();
    Feed {
        id: feed_id(conference, context.history, &path),
        title: format!("{}: coming up", context.title()),
        description: format!(
            "The talks of {}, {minutes} minutes before each begins",
            conference.name
        ),
        language: conference.language.to_string(),
        zone: conference.zone.name().to_owned(),
        author: Person::publisher(context),
        page_url: context.page_url(),
        // No hub tells of the hour.
        links: vec![("self", context.feed_url(renderer))],
        updated: updated(context),
        extent: Extent::Newest,
        is_over: false,
        items: appearances(context)
            .into_iter()
            .map(|appearance| entry(context, &appearance))
            .collect(),
    }
}

/// When the newest entry appeared, or the programme last changed.
fn updated(context: &Context<'_>) -> Option<DateTime<Utc>> {
    last_moment(context).max(context.updated())
}

/// A talk that moves appears again at its new time: its entry is another one.
fn entry(context: &Context<'_>, appearance: &Appearance<'_>) -> Item<Programme> {
    let Appearance { talk, slot, .. } = *appearance;
    let occurrence = Occurrence {
        talk,
        slots: vec![slot],
    };
    let uid = slot_uid(context.conference, talk, slot);
    let start = slot.when.timed().map(|span| span.start());
    let stamp = start.map_or(0, |start| start.instant().timestamp());
    let time = start.map(|start| start.wall().format("%H:%M").to_string());
    let room = slot.room.as_ref().map(|room| room.name.to_string());
    let place: Vec<String> = [time, room].into_iter().flatten().collect();
    let path = format!("{STEM}/{uid}/{stamp}");
    Item {
        id: feed_id(context.conference, context.history, &path),
        title: format!("{}: {}", place.join(", "), words::title(talk, slot.state)),
        published: Some(appearance.moment),
        updated: Some(appearance.moment).max(appearance.changed),
        ..item(context, &occurrence)
    }
}

#[cfg(test)]
mod tests;
