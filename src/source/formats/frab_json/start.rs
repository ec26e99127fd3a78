//! When an event starts. It is said up to three times: as `date`, as `start`, and by the day it is
//! listed under.

use crate::model::{Plain, Zone, day};
use crate::source::{Clock, DayRef, Place, Problem};
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Timelike, Utc};

/// The most events that are told one by one.
const MOST_TOLD: usize = 10;

/// What an event says about its start.
pub(super) struct Start {
    /// Its `date`: an instant.
    pub(super) date: Option<Clock>,
    /// Its `start`: a time on the wall.
    pub(super) time: Option<NaiveTime>,
    /// The date of the day that it is listed under.
    pub(super) day: Option<NaiveDate>,
}

impl Start {
    /// What is meant. The instant is right; without one (30C3) the time of the day; without a time
    /// only the day is known.
    pub(super) fn meant(&self, zone_is_known: bool) -> (Option<Clock>, Option<DayRef>) {
        match (self.date, self.time, self.day) {
            (Some(Clock::Instant(instant)), time, _) => {
                // A tool that knows no zone writes its wall clock with an offset of zero.
                let is_wall = time.is_some_and(|time| same(time, instant.time()));
                let is_doubtful =
                    !zone_is_known && instant.offset().local_minus_utc() == 0 && is_wall;
                let clock = if is_doubtful {
                    Clock::Doubtful(instant)
                } else {
                    Clock::Instant(instant)
                };
                (Some(clock), None)
            }
            (Some(clock), _, _) => (Some(clock), None),
            (None, Some(time), Some(date)) => (Some(Clock::Wall(day::on_day(date, time))), None),
            (None, Some(time), None) => (Some(Clock::Time(time)), None),
            (None, None, date) => (None, date.map(DayRef::Date)),
        }
    }
}

fn same(left: NaiveTime, right: NaiveTime) -> bool {
    (left.hour(), left.minute()) == (right.hour(), right.minute())
}

/// Whether the starts of a file agree with themselves and with its zone.
#[derive(Default)]
pub(super) struct Starts {
    compared: usize,
    /// Events whose `start` is neither what `date` says nor what the clock in the zone shows then.
    disagreeing: Vec<Problem>,
    /// Events whose `date` has an offset that the zone never has then.
    elsewhere: usize,
    first_elsewhere: Option<(Place, FixedOffset, Zone)>,
}

impl Starts {
    pub(super) fn check(
        &mut self,
        start: &Start,
        title: &Plain,
        place: &Place,
        zone: Option<&Zone>,
    ) {
        let Some(Clock::Instant(instant)) = start.date else {
            return;
        };
        if let Some(zone) = zone {
            self.check_offset(instant, place, zone);
        }
        let Some(time) = start.time else { return };
        self.compared += 1;
        let on_wall = zone.map(|zone| zone.wall(instant.to_utc()).time());
        if !same(time, instant.time()) && !on_wall.is_some_and(|wall| same(time, wall)) {
            let message = format!("`start` is {}, `date` says {instant}", time.format("%H:%M"));
            let remedy = "make the two agree; the date is published";
            let problem = Problem::warning(place.clone(), message, remedy);
            self.disagreeing.push(problem.of_talk(&**title));
        }
    }

    fn check_offset(&mut self, instant: DateTime<FixedOffset>, place: &Place, zone: &Zone) {
        let written = instant.offset().local_minus_utc();
        let utc: DateTime<Utc> = instant.to_utc();
        // A zero offset is how tools write an instant without a place.
        if written != 0 && written != zone.offset(utc) {
            self.elsewhere += 1;
            self.first_elsewhere
                .get_or_insert_with(|| (place.clone(), *instant.offset(), zone.clone()));
        }
    }

    /// What to tell: each event by itself, or once where many have it.
    pub(super) fn problems(&mut self, file: Place) -> Vec<Problem> {
        let mut problems = std::mem::take(&mut self.disagreeing);
        let are_most = problems.len() > 2 && problems.len() * 2 > self.compared;
        if are_most || problems.len() > MOST_TOLD {
            let message = format!(
                "`start` and `date` disagree in {} of {} events; the dates are published",
                problems.len(),
                self.compared
            );
            problems = vec![Problem::warning(
                file,
                message,
                "check the time zone in the tool that wrote them",
            )];
        }
        if let Some((place, offset, zone)) = self.first_elsewhere.take() {
            let message = format!(
                "`date` has an offset that the zone {} does not have then, in {} events, first {offset} here",
                zone.name(),
                self.elsewhere
            );
            let remedy = "the instants are published; if the zone is another, name it as time_zone in conference.toml";
            problems.push(Problem::warning(place, message, remedy));
        }
        problems
    }
}
