//! What times look like in the dialects.

use crate::model::day::YEARS;
use crate::source::vocabulary::length::numbers;
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};

/// A date, as far as it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Date {
    /// With its offset from UTC: `2025-02-01T10:35:00+01:00`, `2023-09-09T21:30Z`.
    Instant(DateTime<FixedOffset>),
    /// Without: `2025-02-01T10:35:00`.
    Wall(NaiveDateTime),
    /// `2025-02-01`.
    Day(NaiveDate),
}

/// When an event is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// `10:50`.
    Time(NaiveTime),
    /// A date with a time.
    Date(Date),
}

/// A date with or without a time, in a year in which conferences are held.
pub(super) fn date(text: &str) -> Option<Date> {
    let text = text.trim();
    let date = match text.len() {
        0..=10 => Date::Day(text.parse().ok()?),
        _ => instant(text)
            .map(Date::Instant)
            .or_else(|| wall(text).map(Date::Wall))?,
    };
    let day = match date {
        Date::Instant(instant) => instant.date_naive(),
        Date::Wall(wall) => wall.date(),
        Date::Day(day) => day,
    };
    YEARS.contains(&day.year()).then_some(date)
}

fn instant(text: &str) -> Option<DateTime<FixedOffset>> {
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return Some(instant);
    }
    let with_offset = match text.strip_suffix(['Z', 'z']) {
        Some(text) => format!("{text}+0000"),
        None => text.to_owned(),
    };
    [
        "%Y-%m-%dT%H:%M:%S%.f%z",
        "%Y-%m-%dT%H:%M%z",
        "%Y-%m-%d %H:%M%z",
    ]
    .iter()
    .find_map(|form| DateTime::parse_from_str(&with_offset, form).ok())
}

fn wall(text: &str) -> Option<NaiveDateTime> {
    [
        "%Y-%m-%dT%H:%M:%S%.f",
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%d %H:%M",
    ]
    .iter()
    .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
}

/// A time of day: `10:30`, `9:00`, `10:30:00`.
pub(super) fn time(text: &str) -> Option<NaiveTime> {
    let numbers = numbers(text)?;
    match numbers[..] {
        [hours, minutes] => NaiveTime::from_hms_opt(hours, minutes, 0),
        [hours, minutes, seconds] => NaiveTime::from_hms_opt(hours, minutes, seconds),
        _ => None,
    }
}

/// The end of an event: a time of day, or a date with a time.
pub(super) fn ending(text: &str) -> Option<Ending> {
    if let Some(time) = time(text) {
        return Some(Ending::Time(time));
    }
    let date = date(text).filter(|date| !matches!(date, Date::Day(_)))?;
    Some(Ending::Date(date))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_say_an_instant_a_wall_clock_or_a_day() {
        let offset = |text: &str| match date(text) {
            Some(Date::Instant(instant)) => Some(instant.offset().local_minus_utc()),
            _ => None,
        };
        assert_eq!(offset("2025-02-01T10:35:00+01:00"), Some(3600));
        assert_eq!(offset("2025-02-01T10:35:00+0100"), Some(3600));
        assert_eq!(offset("2023-09-09T21:30Z"), Some(0));
        assert!(matches!(date("2025-02-01T10:35"), Some(Date::Wall(_))));
        assert!(matches!(date("2025-02-01"), Some(Date::Day(_))));
        assert_eq!(date("0205-02-01"), None);
        assert_eq!(date("1 February"), None);
    }
}
