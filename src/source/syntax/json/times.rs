//! Times and dates as the tools of the frab family write them.

use crate::model::day::YEARS;
use crate::source::Clock;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime};

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

#[cfg(test)]
mod tests {
    use super::*;

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
