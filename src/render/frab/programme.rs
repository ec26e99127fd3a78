//! The programme as these formats see it: days, rooms in them, events in those.

use super::address::strict;
use super::identifiers::{self, Known};
use crate::history::slot_uid;
use crate::model::zone::Resolved;
use crate::model::{Conference, Day, LinkKind, Slot, Span, Talk, WebUrl, Zone, day};
use crate::render::{Context, words};
use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// A conference's programme, or what is selected of it.
pub(super) struct Programme<'a> {
    pub(super) version: String,
    pub(super) days: Vec<DayPlan<'a>>,
    /// The slugs that the organisers gave events.
    given_slugs: HashSet<&'a str>,
}

/// A day and what happens on it.
pub(super) struct DayPlan<'a> {
    pub(super) day: Day,
    pub(super) start: String,
    pub(super) end: String,
    /// Rooms by name in the order of the conference, each with its events by start; what has no room
    /// comes last.
    pub(super) rooms: Vec<(&'a str, Vec<Event<'a>>)>,
}

/// A slot whose hour is known.
pub(super) struct Event<'a> {
    pub(super) talk: &'a Talk,
    pub(super) slot: &'a Slot,
    pub(super) span: &'a Span,
    pub(super) known: Known<'a>,
}

/// The links of a talk, by what becomes of them.
#[derive(Default)]
pub(super) struct Links<'a> {
    /// Pages elsewhere, and the stream.
    pub(super) links: Vec<Reference<'a>>,
    /// Files that belong to the talk.
    pub(super) attachments: Vec<Reference<'a>>,
    /// Where opinions are asked for.
    pub(super) feedback: Option<&'a WebUrl>,
}

/// A link, as it is written.
pub(super) struct Reference<'a> {
    pub(super) url: &'a WebUrl,
    pub(super) title: Option<&'a str>,
    pub(super) kind: LinkKind,
}

impl<'a> Programme<'a> {
    pub(super) fn of(context: &Context<'a>) -> Self {
        let conference = context.conference;
        let mut known = identifiers::of(conference);
        let given_slugs = known.values().filter_map(|known| known.slug).collect();
        let mut by_day: HashMap<_, Vec<Event<'a>>> = HashMap::new();
        for occurrence in context.talks() {
            for slot in occurrence.slots {
                let uid = slot_uid(conference, occurrence.talk, slot);
                let (Some(span), Some(known)) = (slot.when.timed(), known.remove(&uid)) else {
                    continue;
                };
                let day = by_day.entry(slot.day(&conference.days)).or_default();
                day.push(Event {
                    talk: occurrence.talk,
                    slot,
                    span,
                    known,
                });
            }
        }
        let days = all_days(conference, by_day.keys().copied())
            .into_iter()
            .map(|day| {
                let events = by_day.remove(&day.date).unwrap_or_default();
                DayPlan::of(day, events, conference)
            });
        let version = conference.version.as_deref().map(str::to_owned);
        Self {
            version: version.unwrap_or_else(|| context.history.edition.to_string()),
            days: days.collect(),
            given_slugs,
        }
    }

    /// All events, by day, room and start.
    pub(super) fn events(&self) -> impl Iterator<Item = &Event<'a>> {
        let rooms = self.days.iter().flat_map(|day| &day.rooms);
        rooms.flat_map(|(_, events)| events)
    }

    /// The slug of an event, for formats that want one.
    pub(super) fn slug(&self, event: &Event<'_>, acronym: &str) -> String {
        identifiers::slug(&event.known, &event.talk.title, acronym, &self.given_slugs)
    }
}

/// The days of the conference, and those on which something is held all the same. The XML wants one:
/// where nothing is known it is that of the undated, as in feeds.
fn all_days(conference: &Conference, held: impl Iterator<Item = NaiveDate>) -> Vec<Day> {
    let listed = conference.days.iter().cloned();
    let mut days: BTreeMap<NaiveDate, Day> = listed.map(|day| (day.date, day)).collect();
    let undated = DateTime::<Utc>::UNIX_EPOCH.date_naive();
    let mut held: BTreeSet<NaiveDate> = held.collect();
    if days.is_empty() && held.is_empty() {
        held.insert(undated);
    }
    for date in held {
        let index = days.len() + 1;
        days.entry(date).or_insert_with(|| Day {
            index,
            date,
            name: None,
            hours: None,
        });
    }
    days.into_values().collect()
}

impl<'a> DayPlan<'a> {
    fn of(day: Day, mut events: Vec<Event<'a>>, conference: &'a Conference) -> Self {
        let zone = &conference.zone;
        events.sort_by_key(|event| event.span.start().instant());
        let names = conference.rooms.iter().map(|room| &*room.name);
        let mut rooms: Vec<(&str, Vec<Event<'a>>)> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        for name in names.chain([no_room(conference)]) {
            places.entry(name).or_insert_with(|| {
                rooms.push((name, Vec::new()));
                rooms.len() - 1
            });
        }
        for event in events {
            let name = event.room(conference);
            let place = places.get(name).and_then(|place| rooms.get_mut(*place));
            match place {
                Some((_, events)) => events.push(event),
                None => rooms.push((name, vec![event])),
            }
        }
        rooms.retain(|(_, events)| !events.is_empty());
        let (start, end) = match day.hours {
            Some((start, end)) => (start.instant(), end.instant()),
            None => bounds(&day, zone),
        };
        Self {
            start: with_offset(start, zone),
            end: with_offset(end, zone),
            day,
            rooms,
        }
    }
}

/// Where something is held that has no room: in the formats everything has one.
pub(super) fn no_room(conference: &Conference) -> &str {
    let venue = conference.venue.as_ref();
    venue.map_or(words::NO_PLACE, |venue| &*venue.name)
}

/// From four in the morning to a minute before four, as pretalx and frab have it.
fn bounds(day: &Day, zone: &Zone) -> (DateTime<Utc>, DateTime<Utc>) {
    let start = day.date.and_time(day::DAY_CHANGE);
    let end = start.checked_add_days(Days::new(1)).unwrap_or(start) - TimeDelta::minutes(1);
    (instant(start, zone), instant(end, zone))
}

fn instant(wall: NaiveDateTime, zone: &Zone) -> DateTime<Utc> {
    let (Resolved::Once(instant)
    | Resolved::Never(instant)
    | Resolved::Twice { first: instant, .. }) = zone.resolve(wall);
    instant
}

/// An instant with the offset of a zone (RFC 3339); with that of UTC where the zone's has seconds, as
/// it had long ago.
fn with_offset(instant: DateTime<Utc>, zone: &Zone) -> String {
    let seconds = Some(zone.offset(instant)).filter(|seconds| seconds % 60 == 0);
    match seconds.and_then(FixedOffset::east_opt) {
        Some(offset) => instant.with_timezone(&offset).to_rfc3339(),
        None => instant.to_rfc3339(),
    }
}

impl<'a> Event<'a> {
    /// The name of its room.
    pub(super) fn room(&self, conference: &'a Conference) -> &'a str {
        let room = self.slot.room.as_ref();
        room.map_or_else(|| no_room(conference), |room| &*room.name)
    }

    /// Its title, with a mark where it does not take place.
    pub(super) fn title(&self) -> Cow<'a, str> {
        words::title(self.talk, self.slot.state)
    }

    /// The organisers' own word for what it is, else ours.
    pub(super) fn word(&self) -> &'a str {
        let format = self.talk.format.as_deref();
        format.unwrap_or_else(|| self.talk.kind.word())
    }

    /// When it begins, on the wall clock: `09:30`.
    pub(super) fn start(&self) -> String {
        self.span.start().wall().format("%H:%M").to_string()
    }

    /// When it begins, with the offset of the conference's zone.
    pub(super) fn date(&self, conference: &Conference) -> String {
        with_offset(self.span.start().instant(), &conference.zone)
    }

    /// When it is over, likewise.
    pub(super) fn end(&self, conference: &Conference) -> String {
        with_offset(self.span.end().instant(), &conference.zone)
    }

    /// The address that stands for its talk.
    pub(super) fn url(&self, context: &Context<'_>) -> String {
        let own = self.talk.url.as_ref().map(|url| strict(url).into_owned());
        own.unwrap_or_else(|| context.talk_url(self.talk))
    }

    /// How long it takes.
    pub(super) fn length(&self) -> TimeDelta {
        self.span.end().instant() - self.span.start().instant()
    }

    pub(super) fn links(&self) -> Links<'a> {
        let talk = self.talk;
        let mut sorted = Links::default();
        for link in &talk.links {
            let reference = Reference {
                url: &link.url,
                title: link.title.as_deref(),
                kind: link.kind,
            };
            if link.is_attachment {
                sorted.attachments.push(reference);
            } else if link.kind == LinkKind::Feedback && sorted.feedback.is_none() {
                sorted.feedback = Some(&link.url);
            } else {
                sorted.links.push(reference);
            }
        }
        sorted
            .links
            .extend(talk.online.as_ref().map(|online| Reference {
                url: online,
                title: Some("Stream"),
                kind: LinkKind::Related,
            }));
        sorted
    }
}

/// c3voc's word for what a link leads to.
pub(super) fn link_word(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Slides => "slides",
        LinkKind::Paper => "paper",
        LinkKind::Recording => "media",
        LinkKind::Related | LinkKind::Image | LinkKind::Feedback => "related",
    }
}

/// Hours and minutes, begun ones counted: `01:30`.
pub(super) fn hours_and_minutes(length: TimeDelta) -> String {
    let minutes = (length.num_seconds() + 59) / 60;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}
