//! RRULE, RDATE and EXDATE (RFC 5545 §3.8.5): when an event is repeated.
//!
//! # Not supported
//!
//! Rules that are neither daily nor weekly, that have no end, or that choose by more than the day of
//! the week. Conferences hardly use even these; of others only the first occurrence is read.

use super::value::Time;
use super::zone::{Stamp, Zones};
use chrono::{Datelike, Days, NaiveDateTime, Weekday};
use std::collections::HashSet;

/// The most occurrences of one event that are read.
pub(super) const MOST_OCCURRENCES: usize = 366;

/// How far behind the first occurrence others are looked for, in days.
const FARTHEST: u64 = 1_500;

/// What an event says about its repetitions.
#[derive(Debug, Default)]
pub(super) struct Recurrence {
    /// The rule and its line.
    pub(super) rule: Option<(String, usize)>,
    /// RDATE.
    pub(super) added: Vec<Stamp>,
    /// EXDATE.
    pub(super) removed: Vec<Stamp>,
}

/// A rule that can be followed.
#[derive(Debug)]
struct Rule {
    is_weekly: bool,
    interval: u64,
    count: Option<usize>,
    until: Option<Time>,
    weekdays: Vec<Weekday>,
    week_start: Weekday,
}

/// The parts of a rule: names and values, in capitals.
pub(super) fn parts(rule: &str) -> impl Iterator<Item = (String, String)> {
    let parts = rule.split(';').filter_map(|part| part.split_once('='));
    parts.map(|(name, value)| {
        (
            name.trim().to_ascii_uppercase(),
            value.trim().to_ascii_uppercase(),
        )
    })
}

/// `MO` … `SU`.
pub(super) fn weekday(text: &str) -> Option<Weekday> {
    Some(match text.trim() {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        "SU" => Weekday::Sun,
        _ => return None,
    })
}

impl Recurrence {
    /// Whether the event says that it is held more than once.
    pub(super) fn is_some(&self) -> bool {
        self.rule.is_some() || !self.added.is_empty()
    }

    /// When each occurrence starts, in order, at most `most`; whether that is all. EXDATEs leave gaps,
    /// so that the others keep their number.
    ///
    /// # Errors
    ///
    /// When the rule cannot be followed.
    pub(super) fn starts(
        &self,
        first: Stamp,
        zones: &Zones,
        most: usize,
    ) -> Result<(Vec<Option<Stamp>>, bool), ()> {
        let mut starts = vec![first];
        let mut is_all = true;
        if let Some((rule, _)) = &self.rule {
            let rule = Rule::parse(rule).ok_or(())?;
            is_all = rule.follow(first, zones, most, &mut starts);
        }
        starts.extend(&self.added);
        let mut seen = HashSet::new();
        starts.retain(|start| seen.insert(zones.key(*start)));
        starts.sort_by_key(|start| zones.key(*start));
        is_all &= starts.len() <= most;
        starts.truncate(most);
        let removed: HashSet<NaiveDateTime> =
            self.removed.iter().map(|stamp| zones.key(*stamp)).collect();
        let days = self
            .removed
            .iter()
            .filter(|stamp| matches!(stamp.time, Time::Date(_)));
        let days: HashSet<_> = days.map(|stamp| stamp.time.date()).collect();
        let is_left = |start: &Stamp| {
            !removed.contains(&zones.key(*start)) && !days.contains(&start.time.date())
        };
        let starts = starts.into_iter().map(|start| Some(start).filter(is_left));
        Ok((starts.collect(), is_all))
    }
}

impl Rule {
    fn parse(rule: &str) -> Option<Self> {
        let mut read = Self {
            is_weekly: false,
            interval: 1,
            count: None,
            until: None,
            weekdays: Vec::new(),
            week_start: Weekday::Mon,
        };
        let mut has_frequency = false;
        for (name, value) in parts(rule) {
            match (name.as_str(), value.as_str()) {
                ("FREQ", "DAILY" | "WEEKLY") => {
                    has_frequency = true;
                    read.is_weekly = value == "WEEKLY";
                }
                ("INTERVAL", _) => {
                    read.interval = value.parse().ok().filter(|interval| *interval > 0)?
                }
                ("COUNT", _) => read.count = Some(value.parse().ok()?),
                ("UNTIL", _) => read.until = Some(Time::parse(&value)?),
                ("WKST", _) => read.week_start = weekday(&value)?,
                ("BYDAY", _) => {
                    let days = value.split(',').take(7).map(weekday);
                    read.weekdays = days.collect::<Option<_>>()?;
                }
                _ => return None,
            }
        }
        let has_end = read.count.is_some() || read.until.is_some();
        (has_frequency && has_end).then_some(read)
    }

    /// Adds the occurrences behind the first; whether these are all.
    fn follow(&self, first: Stamp, zones: &Zones, most: usize, starts: &mut Vec<Stamp>) -> bool {
        let date = first.time.date();
        let into_week = u64::from(date.weekday().days_since(self.week_start));
        let count = self.count.unwrap_or(usize::MAX);
        for later in 1..=FARTHEST {
            if starts.len() >= count {
                return true;
            }
            let Some(start) = first.later(later) else {
                return false;
            };
            let weekday = start.time.date().weekday();
            let is_day = match (self.weekdays.is_empty(), self.is_weekly) {
                (true, false) => true,
                (true, true) => weekday == date.weekday(),
                (false, _) => self.weekdays.contains(&weekday),
            };
            let steps = if self.is_weekly {
                (into_week + later) / 7
            } else {
                later
            };
            if !is_day || !steps.is_multiple_of(self.interval) {
                continue;
            }
            if self
                .until
                .is_some_and(|until| is_behind(start, until, zones))
            {
                return true;
            }
            if starts.len() >= most {
                return false;
            }
            starts.push(start);
        }
        false
    }
}

fn is_behind(start: Stamp, until: Time, zones: &Zones) -> bool {
    match until {
        Time::Date(date) => start.time.date() > date,
        Time::Wall(wall) => start.time.wall() > wall,
        Time::Instant(instant) => zones.key(start) > instant.naive_utc(),
    }
}

impl Stamp {
    /// The same time of day, days later.
    fn later(self, days: u64) -> Option<Self> {
        let days = Days::new(days);
        let time = match self.time {
            Time::Date(date) => Time::Date(date.checked_add_days(days)?),
            Time::Wall(wall) => Time::Wall(wall.checked_add_days(days)?),
            Time::Instant(instant) => Time::Instant(instant.checked_add_days(days)?),
        };
        Some(self.at(time))
    }
}
