//! Lengths of time as tools write them.

use chrono::TimeDelta;

/// The longest thing that a programme holds.
const LONGEST: TimeDelta = TimeDelta::weeks(1);

/// A length of at most a week: `00:45`, `0:45`, `26:00`, `00:45:00`, with days before the hours `1:02:00`
/// and `1:02:00:00`, or as ISO 8601 writes it, `PT1H30M`. Tools write days without a zero before them,
/// and hours, where seconds follow, with one.
pub(in crate::source) fn length(text: &str) -> Option<TimeDelta> {
    let text = text.trim();
    let seconds = match text.strip_prefix('P') {
        Some(rest) => iso_seconds(rest)?,
        None => colon_seconds(text)?,
    };
    within_a_week(TimeDelta::try_seconds(seconds)?)
}

/// A length in minutes, of at most a week.
pub(in crate::source) fn minutes(count: u64) -> Option<TimeDelta> {
    within_a_week(TimeDelta::try_minutes(i64::try_from(count).ok()?)?)
}

fn within_a_week(length: TimeDelta) -> Option<TimeDelta> {
    (TimeDelta::zero()..=LONGEST)
        .contains(&length)
        .then_some(length)
}

/// The seconds of numbers between colons.
fn colon_seconds(text: &str) -> Option<i64> {
    let numbers: Vec<i64> = numbers(text)?.into_iter().map(i64::from).collect();
    let has_days = text.find(':') == Some(1);
    match numbers[..] {
        [hours, minutes @ ..60] => Some(hours * 3600 + minutes * 60),
        [days, hours @ ..24, minutes @ ..60] if has_days && days > 0 => {
            Some((days * 24 + hours) * 3600 + minutes * 60)
        }
        [hours, minutes @ ..60, seconds @ ..60] => Some(hours * 3600 + minutes * 60 + seconds),
        [days, hours @ ..24, minutes @ ..60, seconds @ ..60] => {
            Some((days * 24 + hours) * 3600 + minutes * 60 + seconds)
        }
        _ => None,
    }
}

/// Up to four numbers between colons.
pub(in crate::source) fn numbers(text: &str) -> Option<Vec<u32>> {
    const LONGEST_NUMBER: usize = 4;
    let numbers = text.trim().split(':').map(|number| {
        let is_number = (1..=LONGEST_NUMBER).contains(&number.len())
            && number.bytes().all(|byte| byte.is_ascii_digit());
        number.parse().ok().filter(|_| is_number)
    });
    numbers.take(5).collect()
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
    fn lengths_are_read_with_colons_and_as_iso_8601() {
        let cases = [
            ("00:30", Some(30)),
            ("1:30", Some(90)),
            ("30:00", Some(1800)),
            ("26:30", Some(26 * 60 + 30)),
            ("00:05:00", Some(5)),
            ("0:45:00", Some(45)),
            ("01:30:00", Some(90)),
            ("1:02:30", Some(26 * 60 + 30)),
            ("1:30:00", Some(90)),
            ("0:02:30:00", Some(150)),
            ("PT15M", Some(15)),
            ("P1DT1H", Some(1500)),
            ("P1W", Some(10_080)),
            ("P8D", None),
            ("169:00", None),
            ("1:99", None),
            ("P1M", None),
            ("PT", None),
            ("P", None),
            ("PT5", None),
            ("P1T", None),
            ("", None),
            ("45", None),
            ("a:b", None),
            ("-1:00", None),
            ("99999:00", None),
            ("1:00:00:00:00", None),
        ];
        for (text, expected) in cases {
            assert_eq!(length(text), expected.map(TimeDelta::minutes), "{text}");
        }
    }
}
