//! The days: which dates they have, and when they open and end.

use super::conference::shown;
use super::intake::{Intake, take};
use super::time::{self, Date};
use crate::model::Zone;
use crate::source::syntax::xml::Element;
use crate::source::{Clock, DraftDay, Place, Problem};
use chrono::{Days, NaiveDate};
use std::collections::{BTreeMap, HashMap};

/// The most days that are made of the conference's first and last date.
const MOST_DAYS: usize = 60;

/// A day as the file says it.
pub(super) struct DayHead {
    place: Place,
    said: Option<Date>,
    hours: (Option<Date>, Option<Date>),
    /// Its date, once the whole file is read.
    pub(super) date: Option<NaiveDate>,
}

impl Intake<'_> {
    /// Reads a day's own attributes. Its number says nothing that its date does not: some count from 0.
    pub(super) fn open_day(&mut self, element: &Element<'_>) {
        self.leave_out_attributes(element, &["index", "date", "start", "end"]);
        let mut read = |name: &str| {
            let text = element.attribute(name)?;
            let date = time::date(text);
            if date.is_none() {
                let message = format!("the `{name}` of this day is `{}`", shown(text));
                let place = self.file.place_of(element);
                let remedy = "expected a date such as 2026-10-24 or 2026-10-24T09:00:00+02:00";
                self.findings
                    .report(Problem::warning(place, message, remedy));
            }
            date
        };
        let head = DayHead {
            said: read("date"),
            hours: (read("start"), read("end")),
            place: self.file.place_of(element),
            date: None,
        };
        self.days.push(head);
    }

    /// Finds the date of each day. wafer writes the instant at which a day begins, in UTC: without a zone
    /// that is a date only together with the events.
    pub(super) fn settle_days(&mut self) {
        let zone = self.draft.zone.as_ref();
        let usual = self.usual_dates();
        let mut undated = 0;
        for (at, day) in self.days.iter_mut().enumerate() {
            day.date = match (day.said, zone) {
                (Some(Date::Instant(instant)), None) if instant.offset().local_minus_utc() == 0 => {
                    usual.get(&at).copied()
                }
                (Some(date), zone) => Some(local(date, zone)),
                (None, _) => usual.get(&at).copied(),
            };
            undated += usize::from(day.date.is_none());
        }
        for _ in 0..undated {
            self.leave_out("day without a date");
        }
    }

    /// The date on which most of each day's events start.
    fn usual_dates(&self) -> HashMap<usize, NaiveDate> {
        let mut counts: BTreeMap<(usize, NaiveDate), usize> = BTreeMap::new();
        for times in self.events.iter().map(|event| &event.times) {
            if let Some(date) = times.local_date() {
                *counts.entry((times.day, date)).or_default() += 1;
            }
        }
        let mut usual: HashMap<usize, (usize, NaiveDate)> = HashMap::new();
        for ((day, date), count) in counts {
            let best = usual.entry(day).or_insert((count, date));
            // Of two the earlier one.
            if count > best.0 {
                *best = (count, date);
            }
        }
        let usual = usual.into_iter();
        usual.map(|(day, (_, date))| (day, date)).collect()
    }

    /// Lists the days in the order of their dates; the conference's own first and last date where there
    /// is no day.
    pub(super) fn list_days(&mut self, doubt: bool) {
        let mut days: BTreeMap<NaiveDate, DraftDay> = BTreeMap::new();
        for head in std::mem::take(&mut self.days) {
            let clock = |date| clock(date, doubt);
            let (start, end) = head.hours;
            let hours = start.and_then(clock).zip(end.and_then(clock));
            if hours.is_none() && (start.is_some() || end.is_some()) {
                self.leave_out("half of the hours of a day");
            }
            if let Some(date) = head.date {
                let known = days.entry(date).or_insert(DraftDay {
                    place: head.place.clone(),
                    date,
                    name: None,
                    hours: None,
                });
                if !take(&mut known.hours, hours) {
                    self.leave_out("hours of a day that is there twice");
                }
            }
            self.day_dates.push(head.date);
        }
        let zone = self.draft.zone.as_ref();
        let first = self.span.0.map(|start| local(start, zone));
        let last = self.span.1.map(|end| local(end, zone));
        if let (true, Some(first), Some(last)) = (days.is_empty(), first, last) {
            let dates = first.iter_days().take_while(|date| *date <= last);
            for date in dates.take(MOST_DAYS) {
                let place = self.draft.place.clone();
                let day = DraftDay {
                    place,
                    date,
                    name: None,
                    hours: None,
                };
                days.insert(date, day);
            }
        }
        // An end at midnight is that of the day before.
        let is_end = |date: &NaiveDate| {
            days.contains_key(date) || days.contains_key(&(*date - Days::new(1)))
        };
        let starts_elsewhere = first.is_some_and(|first| !days.contains_key(&first));
        let ends_elsewhere = last.is_some_and(|last| !is_end(&last));
        for (is_left_out, what) in [
            (starts_elsewhere, "conference/start"),
            (ends_elsewhere, "conference/end"),
        ] {
            if is_left_out {
                self.leave_out(what);
            }
        }
        self.draft.days = days.into_values().collect();
    }
}

/// The date of something on the conference's wall.
fn local(date: Date, zone: Option<&Zone>) -> NaiveDate {
    match (date, zone) {
        (Date::Day(date), _) => date,
        (Date::Wall(wall), _) => wall.date(),
        (Date::Instant(instant), Some(zone)) => zone.wall(instant.to_utc()).date(),
        (Date::Instant(instant), None) => instant.date_naive(),
    }
}

/// A date with a time as a clock; `None` where there is no time.
pub(super) fn clock(date: Date, doubt: bool) -> Option<Clock> {
    match date {
        Date::Instant(instant) if doubt && instant.offset().local_minus_utc() == 0 => {
            Some(Clock::Doubtful(instant))
        }
        Date::Instant(instant) => Some(Clock::Instant(instant)),
        Date::Wall(wall) => Some(Clock::Wall(wall)),
        Date::Day(_) => None,
    }
}
