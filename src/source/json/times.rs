//! Times, dates and lengths as the tools of the frab family write them.

use crate::model::day::YEARS;
use crate::source::Clock;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

/// The longest thing that a programme holds.
const LONGEST: TimeDelta = TimeDelta::weeks(1);

/// A time with its date: an instant where it has an offset, else one on the conference's wall.
pub(super) fn clock(text: &str) -> Option<Clock> {
    const WITH_OFFSET: [&str; 3] = [
        "%Y-%m-%dT%H:%M:%S%.f%#z",
        "%Y-%m-%dT%H:%M%#z",
        "%Y-%m-%d %H:%M:%S%.f%#z",
    ];
    const WITHOUT: [&str; 4] = [
        "%Y-%m-%dT%H:%M:%S%.f",
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M:%S%.f",
        "%Y-%m-%d %H:%M",
    ];
    let text = text.trim();
    let instant = DateTime::parse_from_rfc3339(text).ok().or_else(|| {
        let mut formats = WITH_OFFSET.iter();
        formats.find_map(|format| DateTime::parse_from_str(text, format).ok())
    });
    let clock = match instant {
        Some(instant) => Clock::Instant(instant),
        None => {
            let mut formats = WITHOUT.iter();
            Clock::Wall(
                formats.find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())?,
            )
        }
    };
    let year = match clock {
        Clock::Instant(instant) => instant.year(),
        Clock::Wall(wall) => wall.year(),
        Clock::Doubtful(_) | Clock::Time(_) => return None,
    };
    YEARS.contains(&year).then_some(clock)
}

/// A date, also the one of a time.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    let date: NaiveDate = text.trim().get(..10)?.parse().ok()?;
    YEARS.contains(&date.year()).then_some(date)
}

/// A time of day: `9:00`, `09:00`, `09:00:00`.
pub(super) fn time(text: &str) -> Option<NaiveTime> {
    let text = text.trim();
    let formats = ["%H:%M", "%H:%M:%S"];
    formats
        .iter()
        .find_map(|format| NaiveTime::parse_from_str(text, format).ok())
}

/// A length of at most a week: `1:30`, `01:30:00`, `30:00`, `PT1H30M` (ISO 8601).
pub(super) fn length(text: &str) -> Option<TimeDelta> {
    let text = text.trim();
    let seconds = match text.strip_prefix('P') {
        Some(rest) => iso_seconds(rest)?,
        None => {
            let parts: Vec<&str> = text.split(':').collect();
            let number = |part: &str| part.parse::<u32>().ok().map(i64::from);
            let small = |part: &str| number(part).filter(|number| *number < 60);
            match *parts.as_slice() {
                [hours, minutes] => number(hours)? * 3600 + small(minutes)? * 60,
                [hours, minutes, seconds] => {
                    number(hours)? * 3600 + small(minutes)? * 60 + small(seconds)?
                }
                _ => return None,
            }
        }
    };
    within_a_week(TimeDelta::try_seconds(seconds)?)
}

/// A length in minutes.
pub(super) fn minutes(count: u64) -> Option<TimeDelta> {
    within_a_week(TimeDelta::try_minutes(i64::try_from(count).ok()?)?)
}

fn within_a_week(length: TimeDelta) -> Option<TimeDelta> {
    (TimeDelta::zero()..=LONGEST)
        .contains(&length)
        .then_some(length)
}

/// The seconds of an ISO 8601 duration behind its `P`. Months and years are of no known length.
fn iso_seconds(text: &str) -> Option<i64> {
    let mut total = 0_i64;
    let mut digits = 0_usize;
    let mut is_time = false;
    for (at, character) in text.char_indices() {
        let unit = match (character, is_time) {
            ('0'..='9', _) => continue,
            ('T', false) if digits == at => {
                is_time = true;
                digits = at + 1;
                continue;
            }
            ('W', false) => 7 * 86_400,
            ('D', false) => 86_400,
            ('H', true) => 3600,
            ('M', true) => 60,
            ('S', true) => 1,
            _ => return None,
        };
        let count: u32 = text.get(digits..at)?.parse().ok()?;
        total += i64::from(count) * unit;
        digits = at + 1;
    }
    (digits == text.len() && text.ends_with(|last: char| last.is_ascii_alphabetic() && last != 'T'))
        .then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_as_hours_and_minutes_and_as_iso_8601() {
        let cases = [
            ("00:30", Some(30)),
            ("1:30", Some(90)),
            ("30:00", Some(1800)),
            ("01:30:00", Some(90)),
            ("PT15M", Some(15)),
            ("P1DT1H", Some(1500)),
            ("P1W", Some(10_080)),
            ("P8D", None),
            ("200:00", None),
            ("1:99", None),
            ("P1M", None),
            ("PT", None),
            ("P", None),
            ("PT5", None),
            ("45", None),
            ("99999999999:00", None),
            ("-1:00", None),
            ("P1T", None),
        ];
        for (text, expected) in cases {
            assert_eq!(length(text), expected.map(TimeDelta::minutes), "{text}");
        }
    }

    #[test]
    fn a_time_with_an_offset_is_an_instant_and_one_without_is_on_the_wall() {
        let instant = |text: &str| match clock(text) {
            Some(Clock::Instant(instant)) => Some(instant.to_rfc3339()),
            _ => None,
        };
        let expected = Some("2026-10-24T10:00:00+02:00".to_owned());
        assert_eq!(instant("2026-10-24T10:00:00+02:00"), expected);
        assert_eq!(instant("2026-10-24T10:00:00.000+0200"), expected);
        assert_eq!(instant("2026-10-24 10:00:00+02:00"), expected);
        assert_eq!(instant("2026-10-24T10:00+02:00"), expected);
        assert!(matches!(clock("2026-10-24T10:00:00"), Some(Clock::Wall(_))));
        assert_eq!(clock("2026-10-24"), None);
        assert_eq!(clock("9026-10-24T10:00:00Z"), None);
    }
}
