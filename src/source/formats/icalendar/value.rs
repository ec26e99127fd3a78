//! Values of properties and parameters: the escapes of TEXT, and times.

use crate::model::day;
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

/// TEXT (RFC 5545 §3.3.11), with its line breaks. A backslash that escapes nothing is kept.
pub(super) fn text(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, escaped)) = rest.split_once('\\') {
        text.push_str(before);
        let mut after = escaped.chars();
        match after.next() {
            Some('n' | 'N') => text.push('\n'),
            Some(escaped @ ('\\' | ',' | ';' | ':' | '"')) => text.push(escaped),
            Some(other) => text.extend(['\\', other]),
            None => text.push('\\'),
        }
        rest = after.as_str();
    }
    text.push_str(rest);
    text
}

/// A list of TEXT, divided by the commas that are not escaped.
pub(super) fn texts(raw: &str) -> Vec<String> {
    let mut is_escaped = false;
    let items = raw.split(|character| {
        let divides = character == ',' && !is_escaped;
        is_escaped = character == '\\' && !is_escaped;
        divides
    });
    items.map(text).collect()
}

/// The value of a parameter: without quotes, and with the escapes of RFC 6868 resolved.
pub(super) fn parameter(raw: &str) -> String {
    let mut value = String::with_capacity(raw.len());
    let mut characters = raw.chars().filter(|character| *character != '"').peekable();
    while let Some(character) = characters.next() {
        let escaped = match (character, characters.peek()) {
            ('^', Some('n')) => '\n',
            ('^', Some('^')) => '^',
            ('^', Some('\'')) => '"',
            _ => {
                value.push(character);
                continue;
            }
        };
        value.push(escaped);
        characters.next();
    }
    value
}

/// The quoted-printable encoding (RFC 2045 §6.7) of vCalendar 1.0. Bytes that are no UTF-8 are read as
/// Latin 1.
pub(super) fn quoted_printable(raw: &str) -> String {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if *first != b'=' {
            bytes.push(*first);
            continue;
        }
        let digits = after
            .get(..2)
            .and_then(|digits| str::from_utf8(digits).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (byte, after) {
            (Some(byte), [_, _, after @ ..]) => {
                bytes.push(byte);
                rest = after;
            }
            (_, [b'\n', after @ ..]) => rest = after,
            _ => bytes.push(b'='),
        }
    }
    match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => error
            .as_bytes()
            .iter()
            .map(|byte| char::from(*byte))
            .collect(),
    }
}

/// A DATE or DATE-TIME (RFC 5545 §3.3.4, §3.3.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Time {
    /// A day.
    Date(NaiveDate),
    /// A time on some wall.
    Wall(NaiveDateTime),
    /// An instant.
    Instant(DateTime<FixedOffset>),
}

impl Time {
    /// Reads a time as the RFC writes it, or as RFC 3339 does.
    pub(super) fn parse(raw: &str) -> Option<Self> {
        let raw = raw.trim();
        if let Ok(instant) = DateTime::parse_from_rfc3339(raw) {
            return Some(Self::Instant(instant));
        }
        let compact: String = raw
            .chars()
            .filter(|character| !matches!(character, '-' | ':'))
            .collect();
        let compact = compact.to_ascii_uppercase();
        let (compact, is_utc) = match compact.strip_suffix('Z') {
            Some(compact) => (compact, true),
            None => (&*compact, false),
        };
        let Some((day, time)) = compact.split_once('T') else {
            return date(compact).map(Self::Date).filter(|_| !is_utc);
        };
        let wall = date(day)?.and_time(clock(time)?);
        let time = if is_utc {
            Self::Instant(wall.and_utc().fixed_offset())
        } else {
            Self::Wall(wall)
        };
        Some(time)
    }

    /// The date as it is written.
    pub(super) fn date(self) -> NaiveDate {
        match self {
            Self::Date(date) => date,
            Self::Wall(wall) => wall.date(),
            Self::Instant(instant) => instant.date_naive(),
        }
    }

    /// What the wall shows that it is written for; midnight for a day.
    pub(super) fn wall(self) -> NaiveDateTime {
        match self {
            Self::Date(date) => date.and_time(NaiveTime::MIN),
            Self::Wall(wall) => wall,
            Self::Instant(instant) => instant.naive_local(),
        }
    }

    /// Whether conferences are held then.
    pub(super) fn is_possible(&self) -> bool {
        day::YEARS.contains(&self.date().year())
    }
}

fn digits(text: &str, range: std::ops::Range<usize>) -> Option<u32> {
    let part = text
        .get(range)
        .filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()))?;
    part.parse().ok()
}

fn date(text: &str) -> Option<NaiveDate> {
    let year = i32::try_from(digits(text, 0..4)?).ok()?;
    let date = NaiveDate::from_ymd_opt(year, digits(text, 4..6)?, digits(text, 6..8)?);
    date.filter(|_| text.len() == 8)
}

/// HHMMSS, or HHMM. A leap second is the second before it (RFC 5545 §3.3.12).
fn clock(text: &str) -> Option<NaiveTime> {
    let seconds = if text.len() == 4 {
        0
    } else {
        digits(text, 4..6)?.min(59)
    };
    let time = NaiveTime::from_hms_opt(digits(text, 0..2)?, digits(text, 2..4)?, seconds);
    time.filter(|_| matches!(text.len(), 4 | 6))
}

/// A DURATION (RFC 5545 §3.3.6). Negative ones are those of alarms.
pub(super) fn duration(raw: &str) -> Option<TimeDelta> {
    let text = raw.trim().to_ascii_uppercase();
    let mut rest = text.strip_prefix('+').unwrap_or(&text).strip_prefix('P')?;
    let mut seconds: i64 = 0;
    while !rest.is_empty() {
        rest = rest.strip_prefix('T').unwrap_or(rest);
        let end = rest.find(|character: char| !character.is_ascii_digit())?;
        let number: i64 = rest[..end].parse().ok()?;
        let unit = match rest.as_bytes().get(end)? {
            b'W' => 7 * 86_400,
            b'D' => 86_400,
            b'H' => 3_600,
            b'M' => 60,
            b'S' => 1,
            _ => return None,
        };
        seconds = seconds.checked_add(number.checked_mul(unit)?)?;
        rest = &rest[end + 1..];
    }
    TimeDelta::try_seconds(seconds)
}

/// A UTC-OFFSET (RFC 5545 §3.3.14), in seconds east of UTC.
pub(super) fn offset(raw: &str) -> Option<FixedOffset> {
    let raw = raw.trim();
    let (sign, text) = match raw.strip_prefix('-') {
        Some(text) => (-1, text),
        None => (1, raw.strip_prefix('+').unwrap_or(raw)),
    };
    let text = text.replace(':', "");
    let seconds = if text.len() == 4 {
        0
    } else {
        digits(&text, 4..6)?
    };
    let seconds = digits(&text, 0..2)? * 3_600 + digits(&text, 2..4)? * 60 + seconds;
    FixedOffset::east_opt(sign * i32::try_from(seconds).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_unescaped_once() {
        assert_eq!(text(r"a\nb\Nc\, d\; e\\n \q \"), "a\nb\nc, d; e\\n \\q \\");
        assert_eq!(
            texts(r"Meeting\, John,Work\\,Project"),
            ["Meeting, John", r"Work\", "Project"]
        );
        assert_eq!(
            parameter("\"George ^'Babe^' Ruth^nx ^^ ^a\""),
            "George \"Babe\" Ruth\nx ^ ^a"
        );
        assert_eq!(
            quoted_printable("Gr=C3=BC=\n=C3=9Fe =0D=0A= =4"),
            "Grüße \r\n= =4"
        );
        assert_eq!(quoted_printable("Gr=FC=DFe"), "Grüße");
    }

    #[test]
    fn times_are_read_in_their_usual_spellings_and_only_where_they_exist() {
        let wall =
            NaiveDate::from_ymd_opt(2026, 10, 24).and_then(|date| date.and_hms_opt(9, 30, 0));
        let wall = wall.expect("a time");
        assert_eq!(Time::parse("20261024T093000"), Some(Time::Wall(wall)));
        assert_eq!(Time::parse(" 20261024t0930 "), Some(Time::Wall(wall)));
        assert_eq!(Time::parse("2026-10-24T09:30:00"), Some(Time::Wall(wall)));
        let utc = Time::Instant(wall.and_utc().fixed_offset());
        assert_eq!(Time::parse("20261024T093000Z"), Some(utc));
        assert_eq!(
            Time::parse("2026-10-24T11:30:00+02:00").map(|time| time == utc),
            Some(true)
        );
        assert_eq!(Time::parse("20261024"), Some(Time::Date(wall.date())));
        for wrong in [
            "",
            "Z",
            "20261324",
            "20261024T",
            "20261024T250000",
            "2026102",
            "+2026102",
        ] {
            assert_eq!(Time::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn lengths_and_offsets_are_read() {
        assert_eq!(duration("PT1H30M"), TimeDelta::try_minutes(90));
        assert_eq!(
            duration("+P1W2DT3S"),
            TimeDelta::try_seconds(9 * 86_400 + 3)
        );
        assert_eq!(duration("-PT5M"), None);
        assert_eq!(duration("P99999999999999999W"), None);
        assert_eq!(
            offset("-0741").map(|offset| offset.local_minus_utc()),
            Some(-27_660)
        );
        assert_eq!(
            offset("+055001").map(|offset| offset.local_minus_utc()),
            Some(21_001)
        );
        assert_eq!(offset("+9999"), None);
    }
}
