//! Times beside a title: "11:00-11:30", "from 1pm to 1:30pm". Only what cannot be misread.

use chrono::NaiveTime;

/// A start and a later end on the same day.
pub(super) type TimeRange = (NaiveTime, NaiveTime);

/// Parts a time range at the end or the beginning from a title.
pub(super) fn part_from_title(title: &str) -> Option<(String, TimeRange)> {
    let starts = title
        .char_indices()
        .filter(|(_, character)| character.is_whitespace());
    for (at, _) in starts {
        let tail = title[at..]
            .trim()
            .trim_start_matches('(')
            .trim_end_matches(')');
        if let Some(range) = whole(tail) {
            let title =
                title[..at].trim_end_matches([' ', '\t', '-', '–', '—', '|', ',', ':', '@', '(']);
            return (!title.is_empty()).then(|| (title.to_owned(), range));
        }
    }
    let (range, rest) = leading(title)?;
    if !rest.starts_with([' ', ':', '|', '-', '–', '—', ',']) {
        return None;
    }
    let rest = rest.trim_start_matches([' ', '\t', ':', '|', '-', '–', '—', ',']);
    // "9:00-10:00 PST Opening" names a clock of its own.
    let is_zone = |word: &str| word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let first_word = rest.split_whitespace().next()?;
    (!is_zone(first_word)).then(|| (rest.to_owned(), range))
}

/// The time range that `text` is, when it is nothing else.
pub(super) fn whole(text: &str) -> Option<TimeRange> {
    let (range, rest) = leading(text.trim())?;
    rest.trim().is_empty().then_some(range)
}

/// Whether a text holds something like "11:00": a line of a timetable does.
pub(super) fn holds_time(text: &str) -> bool {
    let is_digit = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    text.match_indices(':')
        .any(|(at, _)| at > 0 && is_digit(at - 1) && is_digit(at + 1) && is_digit(at + 2))
}

/// Half of the day, where it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

/// A time as it is written.
struct Written {
    hour: u32,
    minute: Option<u32>,
    hour_digits: usize,
    half: Option<Half>,
}

fn leading(text: &str) -> Option<(TimeRange, &str)> {
    let text = strip_word(text, "from").unwrap_or(text);
    let (start, rest) = written(text)?;
    let rest = rest.trim_start();
    let rest = ["-", "–", "—"]
        .iter()
        .find_map(|dash| rest.strip_prefix(dash))
        .or_else(|| strip_word(rest, "to"))
        .or_else(|| strip_word(rest, "until"))?;
    let (end, rest) = written(rest.trim_start())?;
    let (start, end) = (clock(&start, &end)?, clock(&end, &start)?);
    (start < end).then_some(((start, end), rest))
}

fn strip_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (head, rest) = text.split_at_checked(word.len())?;
    (head.eq_ignore_ascii_case(word) && rest.starts_with(char::is_whitespace))
        .then(|| rest.trim_start())
}

fn written(text: &str) -> Option<(Written, &str)> {
    let (hour, hour_digits, rest) = number(text)?;
    let (minute, rest) = match rest.strip_prefix(':').and_then(number) {
        Some((minute, 2, rest)) => (Some(minute), rest),
        Some(_) => return None,
        None => (None, rest),
    };
    let after = rest.trim_start();
    let half = [
        ("am", Half::Morning),
        ("a.m.", Half::Morning),
        ("pm", Half::Afternoon),
        ("p.m.", Half::Afternoon),
    ]
    .into_iter()
    .find_map(|(word, half)| {
        let (head, tail) = after.split_at_checked(word.len())?;
        let ends = !tail.starts_with(char::is_alphanumeric);
        (head.eq_ignore_ascii_case(word) && ends).then_some((half, tail))
    });
    let (half, rest) = half.map_or((None, rest), |(half, tail)| (Some(half), tail));
    let is_longer = rest
        .strip_prefix(':')
        .unwrap_or(rest)
        .starts_with(char::is_alphanumeric);
    if is_longer {
        return None;
    }
    Some((
        Written {
            hour,
            minute,
            hour_digits,
            half,
        },
        rest,
    ))
}

fn number(text: &str) -> Option<(u32, usize, &str)> {
    let end = text
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(text.len());
    (1..=2).contains(&end).then_some(())?;
    Some((text[..end].parse().ok()?, end, &text[end..]))
}

/// The time on the clock, when it can only be one.
fn clock(time: &Written, other: &Written) -> Option<NaiveTime> {
    // On a twelve-hour clock "1:00" may be noon's neighbour or midnight's.
    const EARLIEST_WITHOUT_HALF: u32 = 7;
    let hour = match (time.half, other.half) {
        (Some(half), Some(_)) if (1..=12).contains(&time.hour) => match half {
            Half::Morning => time.hour % 12,
            Half::Afternoon => time.hour % 12 + 12,
        },
        (None, None) => {
            let is_long_clock = time.hour_digits == 2 || other.hour > 12;
            let is_clear =
                time.minute.is_some() && time.hour >= EARLIEST_WITHOUT_HALF && is_long_clock;
            is_clear.then_some(time.hour)?
        }
        _ => return None,
    };
    NaiveTime::from_hms_opt(hour, time.minute.unwrap_or(0), 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, expected: Option<(&str, &str)>) {
        let found = part_from_title(title);
        let found = found.map(|(title, (start, end))| {
            (
                title,
                format!("{} {}", start.format("%H:%M"), end.format("%H:%M")),
            )
        });
        let found = found
            .as_ref()
            .map(|(title, times)| (title.as_str(), times.as_str()));
        assert_eq!(found, expected);
    }

    #[test]
    fn a_clear_time_range_beside_a_title_is_parted_from_it() {
        check(
            "Ask us anything 11:00-11:30",
            Some(("Ask us anything", "11:00 11:30")),
        );
        check("Demo (1pm to 1:30pm)", Some(("Demo", "13:00 13:30")));
        check("09:00 – 10:15: Opening", Some(("Opening", "09:00 10:15")));
        check(
            "Demo from 11:30am - 12:15 p.m.",
            Some(("Demo", "11:30 12:15")),
        );
    }

    #[test]
    fn an_unclear_time_stays_in_the_title() {
        for title in [
            "Demo 1:00-1:30",
            "Demo 11:30-12:15pm",
            "Demo 11:00-11:30 PST",
            "9:00-10:00 PST Opening",
            "Scores 3-2",
            "Python 3.10-3.11",
            "Open 24/7",
            "Demo at 11:00",
            "Demo 11:30-11:00",
            "11:00-11:30",
            "Ratio 10:20:30-11:00",
        ] {
            check(title, None);
        }
    }
}
