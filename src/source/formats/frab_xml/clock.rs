//! What the times of the events mean, once the whole file is known.

use super::day::clock;
use super::intake::Intake;
use super::time::{Date, Ending};
use crate::model::Zone;
use crate::source::{Clock, DayRef, DraftSlot, End, Problem};
use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Timelike};

/// When an event is held, as the file says it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Times {
    /// Which of the file's days it stands in, from 0.
    pub(super) day: usize,
    pub(super) date: Option<Date>,
    pub(super) start: Option<NaiveTime>,
    pub(super) length: Option<TimeDelta>,
    pub(super) ending: Option<Ending>,
}

impl Times {
    /// The date on which it starts where it is held. A date in UTC beside a start on the wall is that of
    /// the nearest such start.
    pub(super) fn local_date(&self) -> Option<NaiveDate> {
        let local = match self.date? {
            Date::Day(date) => return Some(date),
            Date::Wall(wall) => return Some(wall.date()),
            Date::Instant(instant) => instant.naive_local(),
        };
        let Some(start) = self.start else {
            return Some(local.date());
        };
        let date = local.date();
        let near = [date.pred_opt(), Some(date), date.succ_opt()];
        let near = near.into_iter().flatten();
        near.min_by_key(|date| (date.and_time(start) - local).abs())
    }

    /// Whether the end says something else than the duration, which is the one that counts.
    fn end_differs(&self) -> bool {
        let (Some(length), Some(ending)) = (self.length, self.ending) else {
            return false;
        };
        match (self.date, ending) {
            (Some(Date::Instant(start)), Ending::Date(Date::Instant(end))) => end - start != length,
            (Some(Date::Wall(start)), Ending::Date(Date::Wall(end))) => end - start != length,
            (date, Ending::Time(end)) => {
                let start = self.start.or(match date {
                    Some(Date::Instant(start)) => Some(start.time()),
                    Some(Date::Wall(start)) => Some(start.time()),
                    _ => None,
                });
                start.is_some_and(|start| !is_same(start + length, end))
            }
            (_, Ending::Date(_)) => true,
        }
    }
}

/// Whether every date says +00:00 and the hour that `start` says, in a file that names no zone: then the
/// tool may have known none and written what the clock on the wall shows.
pub(super) fn is_doubtful<'a>(times: impl Iterator<Item = &'a Times>, zone: Option<&Zone>) -> bool {
    let mut is_told_twice = false;
    for times in times {
        let Some(Date::Instant(instant)) = times.date else {
            continue;
        };
        let is_utc = instant.offset().local_minus_utc() == 0;
        let agrees = |start| is_same(instant.time(), start);
        if !is_utc || !times.start.is_none_or(agrees) {
            return false;
        }
        is_told_twice |= times.start.is_some();
    }
    zone.is_none() && is_told_twice
}

impl Intake<'_> {
    /// Gives each event its slot.
    pub(super) fn settle_times(&mut self, doubt: bool) {
        let mut events = std::mem::take(&mut self.events);
        let mut in_utc = 0;
        for event in &mut events {
            let times = event.times;
            let slot = std::mem::take(&mut event.slot);
            if let Some(disagreement) = self.disagreement(&times) {
                if disagreement.is_utc {
                    in_utc += 1;
                } else {
                    let name = event.talk.code.as_deref().unwrap_or(&event.talk.title);
                    let problem = Problem::warning(
                        slot.place.clone(),
                        disagreement.message,
                        "make the two agree; `date` is published",
                    );
                    let sort = "events whose `start` and `date` disagree; `date` is published";
                    self.findings.report_sort(sort, problem.of_talk(name));
                }
            }
            if times.end_differs() {
                self.leave_out("end that differs from the duration");
            }
            let slot = self.slot(slot, &times, doubt);
            let is_known = slot.start.is_some() || slot.day.is_some();
            if !is_known && slot.room.is_some() {
                self.leave_out("room of an event without a time");
            }
            event.talk.slots.extend(is_known.then_some(slot));
        }
        if in_utc > 0 {
            let events = if in_utc == 1 { "event" } else { "events" };
            let message = format!("`start` is in UTC in {in_utc} {events}; `date` is published");
            let place = self.draft.place.clone();
            self.findings.report(Problem::note(place, message));
        }
        self.events = events;
    }

    fn slot(&self, slot: DraftSlot, times: &Times, doubt: bool) -> DraftSlot {
        let day = self.day_dates.get(times.day).copied().flatten();
        let (start, day) = match (times.date, times.start) {
            (Some(Date::Day(date)), Some(start)) => (Some(Clock::Wall(date.and_time(start))), None),
            (Some(Date::Day(date)), None) => (None, Some(DayRef::Date(date))),
            (Some(date), _) => (clock(date, doubt), None),
            (None, Some(start)) => match day {
                Some(day) => {
                    let later = Days::new(u64::from(start < self.day_change));
                    let date = day.checked_add_days(later).unwrap_or(day);
                    (Some(Clock::Wall(date.and_time(start))), None)
                }
                None => (
                    Some(Clock::Time(start)),
                    Some(DayRef::Number(times.day + 1)),
                ),
            },
            (None, None) => (None, day.map(DayRef::Date)),
        };
        let end = match (times.length, times.ending) {
            (Some(length), _) => Some(End::After(length)),
            (None, Some(Ending::Time(time))) => Some(End::At(Clock::Time(time))),
            (None, Some(Ending::Date(date))) => clock(date, doubt).map(End::At),
            (None, None) => None,
        };
        DraftSlot {
            day,
            start,
            end: end.filter(|_| start.is_some()),
            ..slot
        }
    }

    /// Whether a start says another hour than the date: in the date's own offset, in the file's zone and,
    /// where the date is in UTC and no zone is known, in any.
    fn disagreement(&self, times: &Times) -> Option<Disagreement> {
        let start = times.start?;
        let instant = match times.date? {
            Date::Instant(instant) => instant,
            Date::Wall(wall) if !is_same(wall.time(), start) => {
                let is_utc = false;
                let message = message(start, &wall.format("%H:%M").to_string());
                return Some(Disagreement { message, is_utc });
            }
            Date::Wall(_) | Date::Day(_) => return None,
        };
        let zone = self.draft.zone.as_ref();
        let on_wall = zone.map(|zone| zone.wall(instant.to_utc()).time());
        let is_explained = is_same(instant.time(), start)
            || on_wall.is_some_and(|on_wall| is_same(on_wall, start))
            || (zone.is_none() && instant.offset().local_minus_utc() == 0);
        (!is_explained).then(|| Disagreement {
            message: message(start, &shown(instant)),
            is_utc: is_same(instant.to_utc().time(), start),
        })
    }
}

/// A `start` and a `date` that say different hours.
struct Disagreement {
    message: String,
    /// Whether the start is the date's hour in UTC (OSEM).
    is_utc: bool,
}

fn message(start: NaiveTime, date: &str) -> String {
    format!("`start` is {} and `date` {date}", start.format("%H:%M"))
}

fn shown(instant: DateTime<FixedOffset>) -> String {
    instant.format("%Y-%m-%d %H:%M %:z").to_string()
}

/// Whether two times are the same minute: some dialects write no seconds.
fn is_same(one: NaiveTime, other: NaiveTime) -> bool {
    (one.hour(), one.minute()) == (other.hour(), other.minute())
}
