//! The values that stand in a TOML file: numbers, dates, times and lengths.

use crate::model::day::YEARS;
use crate::source::Clock;
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};
use toml::de::DeValue;

pub(in crate::source) fn count(value: &DeValue<'_>) -> Option<usize> {
    let number = value.as_integer()?;
    let plain = number.as_str().replace('_', "");
    (number.radix() == 10)
        .then(|| plain.parse().ok())
        .flatten()
        .filter(|count| *count > 0)
}

pub(in crate::source) fn date(value: &DeValue<'_>) -> Option<NaiveDate> {
    let text = match value {
        DeValue::String(text) => text.trim().to_owned(),
        DeValue::Datetime(datetime) if datetime.time.is_none() && datetime.offset.is_none() => {
            datetime.to_string()
        }
        _ => return None,
    };
    let date: NaiveDate = text.parse().ok()?;
    YEARS.contains(&date.year()).then_some(date)
}

pub(in crate::source) fn clock(value: &DeValue<'_>) -> Option<Clock> {
    let text = match value {
        DeValue::String(text) => text.trim().to_owned(),
        DeValue::Datetime(datetime) => datetime.to_string(),
        _ => return None,
    };
    let time = |text: &str| {
        let formats = ["%H:%M", "%H:%M:%S"];
        formats
            .iter()
            .find_map(|format| NaiveTime::parse_from_str(text, format).ok())
    };
    let wall = |text: &str| {
        let formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"];
        formats
            .iter()
            .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
    };
    let text = text.replacen(' ', "T", 1);
    if let Some(time) = time(&text) {
        return Some(Clock::Time(time));
    }
    let wall = wall(&text).filter(|wall| YEARS.contains(&wall.year()));
    let instant = || {
        let instant = DateTime::<FixedOffset>::parse_from_rfc3339(&text).ok();
        instant.filter(|instant| YEARS.contains(&instant.year()))
    };
    wall.map(Clock::Wall)
        .or_else(|| instant().map(Clock::Instant))
}

/// Reads "45m", "1h", "1h30m", "1h30" or "1:30".
pub(in crate::source) fn minutes(text: &str) -> Option<usize> {
    let text = text.trim().to_ascii_lowercase().replace(' ', "");
    let (hours, minutes) = match text.split_once(['h', ':']) {
        Some((hours, minutes)) => (hours.parse::<usize>().ok()?, minutes.to_owned()),
        None => (
            0,
            text.strip_suffix("min")
                .or(text.strip_suffix('m'))?
                .to_owned(),
        ),
    };
    let minutes = minutes.trim_end_matches("min").trim_end_matches('m');
    let minutes = if minutes.is_empty() {
        0
    } else {
        minutes.parse().ok()?
    };
    hours
        .checked_mul(60)?
        .checked_add(minutes)
        .filter(|minutes| *minutes > 0)
}

/// Reads "30s", and what [`minutes`] reads.
pub(in crate::source) fn seconds(text: &str) -> Option<usize> {
    let text = text.trim().to_ascii_lowercase();
    match text.strip_suffix('s') {
        Some(seconds) => seconds.trim().parse().ok(),
        None => minutes(&text)?.checked_mul(60),
    }
}
