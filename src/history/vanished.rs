//! What is no longer in the programme stays in it as cancelled until the conference is over:
//! calendars delete nothing that a feed merely omits, so people would still go there (RFC 5546 §3.2.5).

use crate::model::{
    Conference, Day, Moment, Room, Slot, Slug, Speaker, State, Talk, Track, When, Zone, day,
    zone::Resolved,
};
use chrono::{DateTime, Days, NaiveDate, Utc};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Adds to `conference` the talks and slots of `before`, the published state, that it no longer has,
/// as cancelled. What was over at `now` took place and stays as it was. Once the whole conference
/// is over nothing is added. Codes and occurrences must be the published ones already.
pub fn keep_vanished(before: &Conference, conference: &mut Conference, now: DateTime<Utc>) {
    if end_of(before).is_some_and(|end| end <= now) {
        return;
    }
    let own = (conference.rooms.len(), conference.tracks.len());
    let mut keeping = Keeping {
        before,
        conference,
        now,
    };
    let talks = before.talks.iter();
    let is_added = talks.fold(false, |is_added, talk| keeping.keep(talk) | is_added);
    if is_added {
        conference
            .speakers
            .sort_by_cached_key(|speaker| (speaker.name.to_lowercase(), speaker.slug.clone()));
        put_in_order(&mut conference.rooms, own.0, &before.rooms);
        put_in_order(&mut conference.tracks, own.1, &before.tracks);
        conference.sort_talks();
    }
}

/// Puts what was added behind a list's `own` items into the order in which it was published: in another
/// one each reading of the same source would be a new edition.
fn put_in_order<T: Shared>(list: &mut [Arc<T>], own: usize, published: &[Arc<T>]) {
    let place = |added: &Arc<T>| {
        let mut published = published.iter();
        published.position(|known| known.name() == added.name())
    };
    if let Some(added) = list.get_mut(own..) {
        added.sort_by_key(place);
    }
}

/// When the last day and the last slot of a conference are over, if it has any.
fn end_of(conference: &Conference) -> Option<DateTime<Utc>> {
    let zone = &conference.zone;
    let days = conference.days.iter().map(|day| {
        let closes = day.hours.map(|(_, closes)| closes.instant());
        closes.unwrap_or_else(|| end_of_day(day.date, zone))
    });
    let slots = conference.talks.iter().flat_map(|talk| &talk.slots);
    days.chain(slots.map(|slot| end_of_slot(slot, zone))).max()
}

fn end_of_slot(slot: &Slot, zone: &Zone) -> DateTime<Utc> {
    match &slot.when {
        When::Span(span) => span.end().instant(),
        When::Day(date) => end_of_day(*date, zone),
    }
}

fn end_of_day(date: NaiveDate, zone: &Zone) -> DateTime<Utc> {
    let next = date.checked_add_days(Days::new(1)).unwrap_or(date);
    let (Resolved::Once(instant)
    | Resolved::Never(instant)
    | Resolved::Twice { first: instant, .. }) = zone.resolve(next.and_time(day::DAY_CHANGE));
    instant
}

/// The putting back of what has vanished.
struct Keeping<'a> {
    before: &'a Conference,
    conference: &'a mut Conference,
    now: DateTime<Utc>,
}

impl Keeping<'_> {
    /// Keeps what is gone of a published talk. Whether there was anything.
    fn keep(&mut self, published: &Talk) -> bool {
        let mut talks = self.conference.talks.iter();
        let place = talks.position(|talk| talk.code == published.code);
        let Some(place) = place else {
            let talk = self.whole_talk(published);
            self.conference.talks.push(talk);
            return true;
        };
        let Some(talk) = self.conference.talks.get(place) else {
            return false;
        };
        let is_cancelled = talk.state == State::Cancelled;
        let numbers: BTreeSet<u32> = talk.slots.iter().map(|slot| slot.occurrence).collect();
        let gone = published.slots.iter();
        let gone = gone.filter(|slot| !numbers.contains(&slot.occurrence));
        let kept: Vec<Slot> = gone.map(|slot| self.slot(slot, is_cancelled)).collect();
        let is_added = !kept.is_empty();
        if let Some(talk) = self.conference.talks.get_mut(place) {
            talk.slots.extend(kept);
        }
        is_added
    }

    fn whole_talk(&mut self, published: &Talk) -> Talk {
        let mut talk = published.clone();
        for slot in &mut talk.slots {
            *slot = self.slot(slot, false);
        }
        let takes_place = |slot: &Slot| slot.state != State::Cancelled;
        if !talk.slots.iter().any(takes_place) {
            talk.state = State::Cancelled;
        }
        talk.track = talk
            .track
            .map(|track| kept(&mut self.conference.tracks, &track));
        for speaker in &mut talk.speakers {
            *speaker = kept(&mut self.conference.speakers, speaker);
        }
        talk
    }

    fn slot(&mut self, published: &Slot, is_cancelled: bool) -> Slot {
        let mut slot = published.clone();
        if is_cancelled || end_of_slot(published, &self.before.zone) > self.now {
            slot.state = State::Cancelled;
        }
        if self.before.zone != self.conference.zone {
            slot.when = in_zone(slot.when, &self.conference.zone);
        }
        self.keep_day(slot.day(&self.before.days));
        let rooms = &mut self.conference.rooms;
        slot.room = slot.room.map(|room| kept(rooms, &room));
        slot
    }

    fn keep_day(&mut self, date: NaiveDate) {
        let days = &mut self.conference.days;
        if days.iter().any(|day| day.date == date) {
            return;
        }
        let mut published = self.before.days.iter();
        let known = published.find(|day| day.date == date).cloned();
        days.push(known.unwrap_or(Day {
            index: 0,
            date,
            name: None,
            hours: None,
        }));
        days.sort_by_key(|day| day.date);
        for (before, day) in days.iter_mut().enumerate() {
            day.index = before + 1;
        }
    }
}

/// The same instants on another wall.
fn in_zone(when: When, zone: &Zone) -> When {
    let moved = when.timed().map(|span| {
        let moment = |moment: Moment| Moment::new(moment.instant(), zone);
        When::span(moment(span.start()), moment(span.end()))
    });
    moved.and_then(Result::ok).unwrap_or(when)
}

/// What talks share: it has a name, and a slug that only it has.
trait Shared: Clone {
    fn name(&self) -> &str;
    fn slug(&mut self) -> &mut Slug;
}

macro_rules! shared {
    ($($kind:ident)*) => {$(
        impl Shared for $kind {
            fn name(&self) -> &str {
                &self.name
            }
            fn slug(&mut self) -> &mut Slug {
                &mut self.slug
            }
        }
    )*};
}
shared!(Room Track Speaker);

/// The thing of this name in the list, which gets it where it is not there yet.
fn kept<T: Shared>(list: &mut Vec<Arc<T>>, published: &Arc<T>) -> Arc<T> {
    if let Some(known) = list.iter().find(|known| known.name() == published.name()) {
        return Arc::clone(known);
    }
    let taken: BTreeSet<Slug> = list
        .iter()
        .map(|known| T::clone(known).slug().clone())
        .collect();
    let mut thing = T::clone(published);
    let wanted = thing.slug().clone();
    let mut number = 2;
    while taken.contains(thing.slug()) {
        *thing.slug() = wanted.numbered(number);
        number += 1;
    }
    let thing = Arc::new(thing);
    list.push(Arc::clone(&thing));
    thing
}
