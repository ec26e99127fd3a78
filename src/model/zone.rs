//! Time zones: from a wall clock to an instant and back.
//!
//! The only place that knows zone rules. They come from the tz database that is compiled into the
//! program (never the system's), so every machine agrees on them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};
use std::fmt;
use std::sync::LazyLock;

static DATABASE: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// A zone of the IANA tz database, such as `America/Vancouver`.
#[derive(Clone)]
pub struct Zone {
    name: String,
    rules: TimeZone,
}

/// How a wall clock time stands in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolved {
    /// The time exists once.
    Once(DateTime<Utc>),
    /// The clocks are set back over this time: it exists twice.
    Twice {
        /// The first pass, usually summer time.
        first: DateTime<Utc>,
        /// The second pass.
        second: DateTime<Utc>,
    },
    /// The clocks are set forward over this time: it does not exist. The instant is the one that a
    /// clock which was not set forward would show, so a talk keeps its distance from midnight.
    Never(DateTime<Utc>),
}

/// A change of a zone's offset from UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    /// When the new offset begins.
    pub instant: DateTime<Utc>,
    /// Offset before, in seconds east of UTC.
    pub offset_from: i32,
    /// Offset from then on, in seconds east of UTC.
    pub offset_to: i32,
    /// Abbreviation from then on, such as `CEST`.
    pub abbreviation: String,
}

impl Zone {
    /// Looks up a zone by its IANA name, whatever its letter case.
    pub fn named(name: &str) -> Option<Self> {
        let rules = DATABASE.get(name.trim()).ok()?;
        let name = rules.iana_name()?.to_owned();
        (name != "Etc/Unknown").then_some(Self { name, rules })
    }

    /// Coordinated Universal Time.
    pub fn utc() -> Self {
        Self {
            name: "UTC".into(),
            rules: TimeZone::UTC,
        }
    }

    /// Every name in the database, sorted.
    pub fn names() -> Vec<String> {
        let mut names: Vec<String> = DATABASE
            .available()
            .map(|name| name.as_str().to_owned())
            .collect();
        names.sort();
        names
    }

    /// The IANA name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Finds the instants that a wall clock time stands for.
    pub fn resolve(&self, wall: NaiveDateTime) -> Resolved {
        let Some(civil) = to_civil(wall) else {
            return Resolved::Once(wall.and_utc());
        };
        let at = |offset: jiff::tz::Offset| (wall - seconds(offset.seconds())).and_utc();
        match self.rules.to_ambiguous_timestamp(civil).offset() {
            AmbiguousOffset::Unambiguous { offset } => Resolved::Once(at(offset)),
            AmbiguousOffset::Fold { before, after } => Resolved::Twice {
                first: at(before),
                second: at(after),
            },
            AmbiguousOffset::Gap { before, .. } => Resolved::Never(at(before)),
        }
    }

    /// What the clock on the wall shows at `instant`.
    pub fn wall(&self, instant: DateTime<Utc>) -> NaiveDateTime {
        instant.naive_utc() + seconds(self.offset(instant))
    }

    /// Offset at `instant`, in seconds east of UTC.
    pub fn offset(&self, instant: DateTime<Utc>) -> i32 {
        self.rules.to_offset(to_timestamp(instant)).seconds()
    }

    /// Abbreviation at `instant`, such as `PST` or `+04`.
    pub fn abbreviation(&self, instant: DateTime<Utc>) -> String {
        self.rules
            .to_offset_info(to_timestamp(instant))
            .abbreviation()
            .to_owned()
    }

    /// The changes of offset in `from..until`, in order. Changes of the name alone are left out.
    pub fn transitions(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> Vec<Transition> {
        let mut offset = self.offset(from - TimeDelta::seconds(1));
        let mut transitions = Vec::new();
        for change in self
            .rules
            .following(to_timestamp(from - TimeDelta::seconds(1)))
        {
            let Some(instant) = DateTime::from_timestamp(change.timestamp().as_second(), 0) else {
                break;
            };
            if instant >= until {
                break;
            }
            let offset_to = change.offset().seconds();
            if offset_to != offset {
                transitions.push(Transition {
                    instant,
                    offset_from: offset,
                    offset_to,
                    abbreviation: change.abbreviation().to_owned(),
                });
                offset = offset_to;
            }
        }
        transitions
    }

    /// The first instant of a civil date in this zone.
    pub fn start_of(&self, date: NaiveDate) -> DateTime<Utc> {
        match self.resolve(date.and_time(NaiveTime::MIN)) {
            Resolved::Once(instant) | Resolved::Never(instant) => instant,
            Resolved::Twice { first, .. } => first,
        }
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Zone {}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Zone({})", self.name)
    }
}

fn seconds(count: i32) -> TimeDelta {
    TimeDelta::seconds(i64::from(count))
}

fn to_timestamp(instant: DateTime<Utc>) -> jiff::Timestamp {
    jiff::Timestamp::from_second(instant.timestamp()).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
}

fn to_civil(wall: NaiveDateTime) -> Option<jiff::civil::DateTime> {
    use chrono::{Datelike, Timelike};
    jiff::civil::DateTime::new(
        i16::try_from(wall.year()).ok()?,
        wall.month() as i8,
        wall.day() as i8,
        wall.hour() as i8,
        wall.minute() as i8,
        wall.second() as i8,
        0,
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> Zone {
        Zone::named(name).expect("a known zone")
    }

    fn wall(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a wall clock time")
    }

    fn utc(text: &str) -> DateTime<Utc> {
        wall(text).and_utc()
    }

    #[test]
    fn vancouver_keeps_summer_time_in_december_2026() {
        let resolved = zone("America/Vancouver").resolve(wall("2026-12-01 09:00"));
        assert_eq!(resolved, Resolved::Once(utc("2026-12-01 16:00")));
    }

    #[test]
    fn an_hour_that_exists_twice_gives_both_instants() {
        let resolved = zone("Europe/Berlin").resolve(wall("2026-10-25 02:30"));
        let (first, second) = (utc("2026-10-25 00:30"), utc("2026-10-25 01:30"));
        assert_eq!(resolved, Resolved::Twice { first, second });
    }

    #[test]
    fn an_hour_that_does_not_exist_keeps_its_distance_from_midnight() {
        let zone = zone("Europe/Berlin");
        let instant = utc("2026-03-29 01:30");
        assert_eq!(
            zone.resolve(wall("2026-03-29 02:30")),
            Resolved::Never(instant)
        );
        assert_eq!(zone.wall(instant), wall("2026-03-29 03:30"));
    }

    #[test]
    fn names_are_found_in_any_letter_case_and_unknown_ones_are_not() {
        assert_eq!(zone("europe/berlin").name(), "Europe/Berlin");
        assert!(Zone::named("Mars/Olympus_Mons").is_none());
        assert!(Zone::named("").is_none());
    }

    #[test]
    fn transitions_are_the_changes_of_offset() {
        let found =
            zone("Europe/Berlin").transitions(utc("2026-01-01 00:00"), utc("2027-01-01 00:00"));
        let summary: Vec<_> = found
            .iter()
            .map(|change| {
                (
                    change.instant,
                    change.offset_to,
                    change.abbreviation.as_str(),
                )
            })
            .collect();
        let expected = [
            (utc("2026-03-29 01:00"), 7200, "CEST"),
            (utc("2026-10-25 01:00"), 3600, "CET"),
        ];
        assert_eq!(summary, expected);
    }
}
