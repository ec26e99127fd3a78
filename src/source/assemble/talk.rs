//! One talk: its slots' days and times, and what it shares with others.

use super::TalkPlaces;
use super::parts::Parts;
use crate::model::zone::Resolved;
use crate::model::{
    Day, Kind, Moment, Plain, Slot, Speaker, State, Talk, TalkCode, When, Zone, day,
};
use crate::source::vocabulary::nearest::{likeness, nearest};
use crate::source::{Clock, DayRef, DraftSlot, DraftTalk, End, Place, Problem};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use std::collections::HashSet;
use std::sync::Arc;

/// The most names that are compared to find out what somebody may have meant.
const MOST_COMPARED: usize = 200_000;

/// The making of one talk.
pub(super) struct Assembly<'a> {
    pub(super) zone: &'a Zone,
    /// Whether the zone is more than a stopgap.
    pub(super) zone_is_known: bool,
    pub(super) days: &'a [Day],
    pub(super) parts: &'a mut Parts,
    /// How many names were compared.
    pub(super) compared: &'a mut usize,
    pub(super) problems: &'a mut Vec<Problem>,
    /// Where the talk is said.
    pub(super) places: TalkPlaces,
    pub(super) name: String,
}

impl Assembly<'_> {
    pub(super) fn talk(&mut self, draft: DraftTalk, code: TalkCode) -> Talk {
        let mut state = draft.state.unwrap_or_default();
        let slots = self.slots(&draft.slots, state);
        let is_cancelled = |slot: &Slot| slot.state == State::Cancelled;
        if !slots.is_empty() && slots.iter().all(is_cancelled) {
            state = State::Cancelled;
        }
        self.check_listed(&draft);
        Talk {
            given_code: draft.code,
            code,
            title: draft.title,
            subtitle: draft.subtitle,
            kind: draft.kind.unwrap_or(Kind::Talk),
            format: draft.format,
            level: draft.level,
            state,
            summary: draft.summary.unwrap_or_default(),
            description: draft.description.unwrap_or_default(),
            notes: draft.notes.unwrap_or_default(),
            speakers: self.speakers(&draft.speakers),
            track: draft.track.as_ref().map(|name| self.parts.track(name)),
            language: draft.language,
            url: draft.url,
            online: draft.online,
            image: draft.image,
            links: draft.links,
            tags: draft.tags,
            licence: draft.licence,
            recording_optout: draft.recording_optout,
            origin: draft.origin,
            updated: draft.updated,
            slots,
        }
    }

    fn speakers(&mut self, names: &[Plain]) -> Vec<Arc<Speaker>> {
        let mut seen = HashSet::with_capacity(names.len());
        let mut speakers: Vec<Arc<Speaker>> = Vec::with_capacity(names.len());
        for name in names {
            let speaker = self.parts.speaker(name);
            if seen.insert(speaker.slug.clone()) {
                speakers.push(speaker);
            }
        }
        speakers
    }

    /// A room or track that is not in the list, where there is one, is perhaps misspelt.
    fn check_listed(&mut self, draft: &DraftTalk) {
        let rooms = draft
            .slots
            .iter()
            .filter_map(|slot| Some((slot.room.as_ref()?, &slot.place)));
        let rooms = rooms.map(|(name, place)| ("room", name, place, &self.parts.listed_rooms));
        let track = draft
            .track
            .as_ref()
            .map(|name| ("track", name, &draft.place, &self.parts.listed_tracks));
        let mut found = Vec::new();
        for (what, name, place, listed) in rooms.chain(track) {
            if listed.is_empty() || listed.contains(name) {
                continue;
            }
            let compared = self.compared.saturating_add(listed.len());
            let names = listed.iter().filter(|_| compared <= MOST_COMPARED);
            let remedy = match nearest(names, |listed| likeness(listed, name), 0.8) {
                Some(nearest) => format!("did you mean \"{nearest}\"?"),
                None => format!("add it to `{what}s`"),
            };
            *self.compared = compared;
            let message = format!("the {what} \"{name}\" is not listed");
            found.push(Problem::warning(place.clone(), message, remedy).by_rule("not-listed"));
        }
        for problem in found {
            self.report(problem);
        }
    }

    fn slots(&mut self, drafts: &[DraftSlot], state: State) -> Vec<Slot> {
        let fixed: HashSet<u32> = drafts.iter().filter_map(|draft| draft.occurrence).collect();
        let mut used = HashSet::new();
        let mut next = 1;
        let mut slots = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let occurrence = draft.occurrence.unwrap_or_else(|| {
                while fixed.contains(&next) {
                    next += 1;
                }
                next += 1;
                next - 1
            });
            if !used.insert(occurrence) {
                let message = format!("the occurrence {occurrence} is there already");
                self.report(Problem::error(
                    draft.place.clone(),
                    message,
                    "number each occurrence once",
                ));
                continue;
            }
            let Some(when) = self.when(draft) else {
                continue;
            };
            let room = draft.room.as_ref().map(|name| self.parts.room(name));
            let state = match (state, draft.state) {
                (State::Cancelled, _) | (_, None) => state,
                (_, Some(own)) => own,
            };
            slots.push(Slot {
                occurrence,
                is_numbered: draft.occurrence.is_some(),
                when,
                room,
                state,
                identifiers: draft.identifiers.clone(),
            });
            self.places.slots.insert(occurrence, draft.place.clone());
        }
        slots
    }

    fn when(&mut self, draft: &DraftSlot) -> Option<When> {
        let day = match draft.day {
            Some(reference) => Some(self.date(reference, &draft.place)?),
            None => None,
        };
        let Some(start) = draft.start.map(|start| start.settled(self.zone_is_known)) else {
            if draft.end.is_some() {
                let message = "there is an end without a start";
                self.report(Problem::error(draft.place.clone(), message, "add `start`"));
            }
            return day.map(When::Day);
        };
        let start_wall = match start {
            Clock::Wall(wall) => wall,
            Clock::Time(time) => self.on_day(day, time, &draft.place)?,
            Clock::Instant(instant) | Clock::Doubtful(instant) => self.zone.wall(instant.to_utc()),
        };
        if let Some(day) = day
            && day::date_of(start_wall, self.days) != day
            && start_wall.date() != day
        {
            let message = format!("the day is {day}, the start {start_wall} is on another");
            self.report(Problem::warning(
                draft.place.clone(),
                message,
                "make the two agree; the start is published",
            ));
        }
        let start_instant = match start {
            Clock::Instant(instant) | Clock::Doubtful(instant) => instant.to_utc(),
            Clock::Wall(_) | Clock::Time(_) => self.instant(start_wall, None, &draft.place),
        };
        let end_instant = self.end(draft, start_wall, start_instant);
        let end_instant = end_instant.unwrap_or(start_instant);
        if end_instant == start_instant {
            self.report(no_end(draft, start_wall));
        }
        let (start, end) = (
            Moment::new(start_instant, self.zone),
            Moment::new(end_instant, self.zone),
        );
        match When::span(start, end) {
            Ok(when) => Some(when),
            Err(error) => {
                let remedy =
                    "mend `start`, `end` or `duration`; until then only its day is published";
                self.report(Problem::error(
                    draft.place.clone(),
                    error.to_string(),
                    remedy,
                ));
                Some(When::Day(day::date_of(start_wall, self.days)))
            }
        }
    }

    fn date(&mut self, reference: DayRef, place: &Place) -> Option<NaiveDate> {
        let number = match reference {
            DayRef::Date(date) => return Some(date),
            DayRef::Number(number) => number,
        };
        let day = self.days.iter().find(|day| day.index == number);
        // Where no date is known at all, that is one problem and not one a talk.
        let is_told = self.days.is_empty() && !self.parts.undated.insert(number);
        if day.is_none() && !is_told {
            let message = match self.days.len() {
                0 => format!("it is on day {number}, and the dates of the days are not known"),
                days => format!("it is on day {number}, and the conference has {days}"),
            };
            let remedy = "list the dates in `days` in conference.toml, or with convert give the first: --first-day 2026-10-24";
            self.report(Problem::warning(place.clone(), message, remedy));
        }
        day.map(|day| day.date)
    }

    /// A time of a conference day: before the day's change it is past midnight.
    fn on_day(
        &mut self,
        day: Option<NaiveDate>,
        time: chrono::NaiveTime,
        place: &Place,
    ) -> Option<NaiveDateTime> {
        let only_day = || match self.days {
            [day] => Some(day.date),
            _ => None,
        };
        let Some(date) = day.or_else(only_day) else {
            let message = format!(
                "it starts at {}, and its day is not known",
                time.format("%H:%M")
            );
            self.report(Problem::error(
                place.clone(),
                message,
                "add `day`, or the date to `start`",
            ));
            return None;
        };
        Some(day::on_day(date, time))
    }

    fn end(
        &mut self,
        draft: &DraftSlot,
        start_wall: NaiveDateTime,
        start: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        let at = match draft.end? {
            End::After(length) => return start.checked_add_signed(length),
            End::At(at) => at.settled(self.zone_is_known),
        };
        match at {
            Clock::Instant(instant) | Clock::Doubtful(instant) => Some(instant.to_utc()),
            Clock::Wall(wall) => Some(self.instant(wall, Some(start), &draft.place)),
            Clock::Time(time) => {
                let wall = day::end_after(start_wall, time);
                Some(self.instant(wall, Some(start), &draft.place))
            }
        }
    }

    /// The instant of a wall clock time. A time that exists twice or never is reported, with the
    /// choice that was made. Of two ends only one may lie after the start: then there is no choice.
    fn instant(
        &mut self,
        wall: NaiveDateTime,
        start: Option<DateTime<Utc>>,
        place: &Place,
    ) -> DateTime<Utc> {
        let zone = self.zone;
        match zone.resolve(wall) {
            Resolved::Once(instant) => instant,
            Resolved::Twice { first, second } => {
                if start.is_some_and(|start| first <= start) {
                    return second;
                }
                let with_offset = |instant: DateTime<Utc>| {
                    let offset = chrono::FixedOffset::east_opt(zone.offset(instant));
                    offset.map_or_else(
                        || instant.to_rfc3339(),
                        |offset| instant.with_timezone(&offset).to_rfc3339(),
                    )
                };
                let message = format!(
                    "the time {wall} exists twice in {}: the clocks are set back; the first is taken",
                    zone.name()
                );
                let remedy = format!("write {} or {}", with_offset(first), with_offset(second));
                let problem = Problem::warning(place.clone(), message, remedy);
                self.report(problem.by_rule("repeated-hour"));
                first
            }
            Resolved::Never(instant) => {
                let shown = zone.wall(instant).format("%H:%M");
                let message = format!(
                    "the time {wall} does not exist in {}: the clocks are set forward; {shown} is taken",
                    zone.name()
                );
                let remedy = "write the time that the clocks will show";
                let problem = Problem::warning(place.clone(), message, remedy);
                self.report(problem.by_rule("skipped-hour"));
                instant
            }
        }
    }

    fn report(&mut self, problem: Problem) {
        self.problems.push(problem.of_talk(self.name.clone()));
    }
}

/// Only the start is published. An end at the start is said on purpose: calendars mark a moment so.
fn no_end(draft: &DraftSlot, start: NaiveDateTime) -> Problem {
    let time = start.format("%H:%M");
    let problem = if draft.end.is_some() {
        Problem::note(
            draft.place.clone(),
            format!("it ends when it starts, at {time}"),
        )
    } else {
        let message = format!("it starts at {time}, and no end is known");
        let remedy = "add `end` or `duration`; until then only its start is published";
        Problem::warning(draft.place.clone(), message, remedy)
    };
    problem.by_rule("no-end")
}
