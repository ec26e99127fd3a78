//! Times and lengths as people write them: 14:30, 2:30 PM, 14.30 Uhr, with or without a date; 45, 45
//! min, 1:30.

use super::date::{self, Written};
use crate::source::syntax::toml_value::minutes;
use chrono::{DateTime, FixedOffset, NaiveTime, TimeDelta};

/// A date, a time of day, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Stamp {
    pub(super) date: Option<Written>,
    pub(super) time: Option<NaiveTime>,
    pub(super) offset: Option<FixedOffset>,
}

/// A start, and an end where it stands beside it.
pub(super) type Range = (Stamp, Option<Stamp>);

/// A longer text is no time.
const LONGEST: usize = 80;

/// Nothing of a programme is longer; more is a typing mistake.
const MOST_MINUTES: usize = 7 * 24 * 60;

/// The word that ends a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Am,
    Pm,
    Uhr,
}

/// Reads a date, a time, or both.
pub(super) fn stamp(text: &str) -> Option<Stamp> {
    if text.len() > LONGEST {
        return None;
    }
    with_offset(text).or_else(|| local(text))
}

/// Reads a time, or two with a dash or "to" between them.
pub(super) fn range(text: &str) -> Option<Range> {
    if let Some(stamp) = stamp(text) {
        return Some((stamp, None));
    }
    let marks = ["–", "—", " - ", " to ", " bis ", " until ", "-"];
    marks.iter().find_map(|mark| {
        let (start, end) = text.rsplit_once(mark)?;
        // "10:00 -05:00" is an offset that no date makes an instant.
        if *mark == "-" && start.ends_with(' ') {
            return None;
        }
        let (start, end) = (start.trim(), end.trim());
        let last = stamp(end).filter(|stamp| stamp.time.is_some())?;
        let first = match (ending(start), ending(end)) {
            // "2:00–3:30 PM" begins in the afternoon, "11:00–1:00 PM" in the morning.
            (None, Some((Ending::Pm, _))) => {
                let afternoon = stamp(&format!("{start} pm"));
                let afternoon = afternoon.filter(|first| first.time < last.time);
                afternoon.or_else(|| stamp(&format!("{start} am")))?
            }
            (None, Some((Ending::Am, _))) => stamp(&format!("{start} am"))?,
            _ => stamp(start)?,
        };
        first.time.is_some().then_some((first, Some(last)))
    })
}

/// Reads a length of at most a week: minutes as a number, or with their unit.
pub(super) fn length(text: &str) -> Option<TimeDelta> {
    const UNITS: [(&str, &str); 12] = [
        ("minutes", "m"),
        ("minuten", "m"),
        ("minute", "m"),
        ("mins", "m"),
        ("min.", "m"),
        ("min", "m"),
        ("stunden", "h"),
        ("stunde", "h"),
        ("hours", "h"),
        ("hour", "h"),
        ("hrs", "h"),
        ("std", "h"),
    ];
    let mut text = text.trim().to_lowercase();
    if text.len() > LONGEST {
        return None;
    }
    for (long, short) in UNITS {
        text = text.replace(long, short);
    }
    // Spreadsheets write 0:45 as 00:45:00.
    if text.matches(':').count() == 2 {
        text = text.strip_suffix(":00")?.to_owned();
    }
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let read = if is_number {
        text.parse().ok().filter(|minutes| *minutes > 0)
    } else {
        minutes(&text)
    };
    let minutes = read.filter(|minutes| *minutes <= MOST_MINUTES)?;
    Some(TimeDelta::minutes(i64::try_from(minutes).ok()?))
}

fn with_offset(text: &str) -> Option<Stamp> {
    let text = text.trim();
    // "2026-10-24 10:00-11:00" is an hour and no offset.
    let may_be_range = !text.contains(['T', '+']);
    let text = text.replacen(' ', "T", 1).replace(' ', "");
    let short = || DateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M%:z").ok();
    let read = DateTime::parse_from_rfc3339(&text).ok();
    let read = read.or_else(|| if may_be_range { None } else { short() })?;
    let local = read.naive_local();
    Some(Stamp {
        date: Some(date::parse(&local.date().to_string())?),
        time: Some(local.time()),
        offset: Some(*read.offset()),
    })
}

fn local(text: &str) -> Option<Stamp> {
    let (date, time) = parted(text)?;
    let date = if date.is_empty() {
        None
    } else {
        Some(date::parse(date)?)
    };
    let time = if time.is_empty() {
        None
    } else {
        Some(clock(time)?)
    };
    (date.is_some() || time.is_some()).then_some(Stamp {
        date,
        time,
        offset: None,
    })
}

/// The words of a date and those of a time.
fn parted(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let start = match (text.find(':'), ending(text)) {
        (Some(colon), _) => {
            let before = text.get(..colon)?;
            before
                .trim_end_matches(|digit: char| digit.is_ascii_digit())
                .len()
        }
        // "2 PM", "24.10.2026 14.30 Uhr": the number before the word is the time.
        (None, Some((_, before))) => before.trim_end().rfind([' ', ',']).map_or(0, |at| at + 1),
        (None, None) if is_dotted(text) => 0,
        (None, None) => text.len(),
    };
    let (date, time) = text.split_at_checked(start)?;
    Some((date.trim_end_matches(['T', ' ', ',']), time))
}

/// Whether a text is a time such as 14.30, which is too short for a date.
fn is_dotted(text: &str) -> bool {
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('.').is_some_and(|(hour, minute)| {
        (1..=2).contains(&hour.len()) && minute.len() == 2 && is_number(hour) && is_number(minute)
    })
}

/// The word that ends a time, and the text before it.
fn ending(text: &str) -> Option<(Ending, &str)> {
    const ENDINGS: [(&str, Ending); 5] = [
        ("a.m.", Ending::Am),
        ("p.m.", Ending::Pm),
        ("am", Ending::Am),
        ("pm", Ending::Pm),
        ("uhr", Ending::Uhr),
    ];
    let text = text.trim();
    ENDINGS.iter().find_map(|(word, ending)| {
        let at = text.len().checked_sub(word.len())?;
        let (before, end) = text.split_at_checked(at)?;
        let is_time = before
            .trim_end()
            .ends_with(|digit: char| digit.is_ascii_digit());
        (end.eq_ignore_ascii_case(word) && is_time).then_some((*ending, before))
    })
}

/// Reads 14:30, 14:30:00, 2:30 pm, 2pm, 14.30 Uhr; 24:00 is midnight.
fn clock(text: &str) -> Option<NaiveTime> {
    let (ending, text) = ending(text).map_or((None, text), |(word, rest)| (Some(word), rest));
    let parts: Vec<&str> = text.trim().split([':', '.']).collect();
    let (hour, minute, second) = match *parts {
        [hour] => (hour, "00", "00"),
        [hour, minute] => (hour, minute, "00"),
        // Some programs write thousandths of seconds.
        [hour, minute, second] | [hour, minute, second, "000"] => (hour, minute, second),
        _ => return None,
    };
    let number = |text: &str, shortest: usize| {
        let is_number = (shortest..=2).contains(&text.len());
        let is_number = is_number && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<u32>().ok().filter(|_| is_number)
    };
    let (hour, minute, second) = (number(hour, 1)?, number(minute, 2)?, number(second, 2)?);
    let hour = match ending {
        Some(Ending::Am | Ending::Pm) if !(1..=12).contains(&hour) => return None,
        Some(Ending::Am) => hour % 12,
        Some(Ending::Pm) => hour % 12 + 12,
        _ if (hour, minute, second) == (24, 0, 0) => 0,
        _ => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, second)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> NaiveTime {
        NaiveTime::parse_from_str(text, "%H:%M").expect("a time")
    }

    fn times(text: &str) -> Option<(NaiveTime, Option<NaiveTime>)> {
        let (start, end) = range(text)?;
        Some((start.time?, end.and_then(|end| end.time)))
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        for text in [
            "14:30",
            "14:30:00",
            "14.30",
            "14.30 Uhr",
            "14:30 Uhr",
            "2:30 PM",
            "2:30pm",
            "2:30 p.m.",
            "2026-10-24 14:30",
            "2026-10-24T14:30:00",
            "2026-10-24 14:30:00.000",
            "2026-10-24T14:30:00+02:00",
            "2026-10-24 14:30 +02:00",
            "2026-10-24T14:30-05:00",
            "2026-10-24 14:30:00-05:00",
            "24.10.2026, 14.30 Uhr",
            "10/24/2026 2:30 PM",
            "Sat 24 Oct 2026 14:30",
        ] {
            assert_eq!(times(text), Some((time("14:30"), None)), "{text}");
        }
        assert_eq!(times("2 pm"), Some((time("14:00"), None)));
        assert_eq!(times("12am"), Some((time("00:00"), None)));
        assert_eq!(times("24:00"), Some((time("00:00"), None)));
    }

    #[test]
    fn a_range_may_say_once_which_half_of_the_day_it_is_in() {
        let read = |text| times(text).map(|(start, end)| (start, end.expect("an end")));
        for text in [
            "14:00-15:30",
            "14:00 – 15:30",
            "2:00-3:30 PM",
            "2 to 3:30 pm",
        ] {
            assert_eq!(read(text), Some((time("14:00"), time("15:30"))), "{text}");
        }
        assert_eq!(read("11:00–1:00 PM"), Some((time("11:00"), time("13:00"))));
        assert_eq!(
            read("2026-10-24 14:00-15:30"),
            Some((time("14:00"), time("15:30")))
        );
    }

    #[test]
    fn what_cannot_be_sure_is_no_time() {
        for text in [
            "",
            "14",
            "9:5",
            "25:00",
            "14:30 CET",
            "14:30 UTC",
            "2026-10-24 14:30 -03:00",
            "13:00 pm",
            "soon",
            "10:00, 11:00",
            "0.6041666",
            "Sat 14:30",
            "2026-10-24",
        ] {
            assert_eq!(times(text), None, "{text}");
        }
    }

    #[test]
    fn lengths_are_minutes_unless_they_say_otherwise() {
        let minutes = |text| length(text).map(|length| length.num_minutes());
        for text in [
            "90",
            "90 min",
            "90min.",
            "90 minutes",
            "1:30",
            "01:30:00",
            "1h30",
            "1 h 30 m",
        ] {
            assert_eq!(minutes(text), Some(90), "{text}");
        }
        assert_eq!(minutes("2 Stunden"), Some(120));
        for text in [
            "",
            "0",
            "long",
            "-5",
            "20000",
            "99999999999999999999",
            "1.5",
        ] {
            assert_eq!(minutes(text), None, "{text}");
        }
    }
}
