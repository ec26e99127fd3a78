//! Times beside a title: "11:00-11:30", "from 1pm to 1:30pm". Only what cannot be misread.

use super::room;
use chrono::NaiveTime;

/// A start and a later end on the same day.
pub(super) type TimeRange = (NaiveTime, NaiveTime);

/// What stands beside a title, and the title without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Timed {
    pub(super) title: String,
    pub(super) when: When,
    pub(super) room: Option<String>,
}

/// A time range and the zone written after it, which nobody has interpreted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct When {
    pub(super) range: TimeRange,
    pub(super) zone: Option<String>,
}

/// Parts a time range at the end or the beginning from a title, with the room beside it. A range in
/// the middle, or one of several, is part of the title.
pub(super) fn part_from_title(title: &str) -> Option<Timed> {
    let found = only_range(title)?;
    let (title, room) = match enclosed(&found) {
        Some(outside) => without_enclosed(outside)?,
        None => without_bare(found.before, found.after)?,
    };
    let (title, room) = match room {
        Some(room) => (title, Some(room)),
        None => {
            room::part_from_title(&title).map_or((title, None), |(title, room)| (title, Some(room)))
        }
    };
    let when = found.when;
    (!title.is_empty()).then_some(Timed { title, when, room })
}

/// The time range that `text` is, when it is nothing else but the zone.
pub(super) fn whole(text: &str) -> Option<When> {
    let (when, rest) = leading_with_zone(text.trim())?;
    rest.trim().is_empty().then_some(when)
}

/// A time range with the text around it.
struct Found<'t> {
    before: &'t str,
    when: When,
    after: &'t str,
}

/// The text around a pair of brackets, and what stands in there beside the time range.
struct Enclosed<'t> {
    before: &'t str,
    inside: String,
    after: &'t str,
}

const MARKS: [char; 9] = [' ', '\t', '-', '–', '—', '|', ',', ':', '@'];

fn only_range(title: &str) -> Option<Found<'_>> {
    let starts = std::iter::once(0).chain(
        title
            .match_indices(|character: char| character.is_whitespace() || "([".contains(character))
            .map(|(at, mark)| at + mark.len()),
    );
    let mut found: Option<Found<'_>> = None;
    for at in starts {
        // "from 11:00" holds the range of "11:00" once more.
        let is_inside = |known: &Found<'_>| at < title.len() - known.after.len();
        if found.as_ref().is_some_and(is_inside) {
            continue;
        }
        let Some((when, after)) = leading_with_zone(&title[at..]) else {
            continue;
        };
        if found.is_some() {
            return None;
        }
        let before = &title[..at];
        found = Some(Found {
            before,
            when,
            after,
        });
    }
    found
}

fn enclosed<'t>(found: &Found<'t>) -> Option<Enclosed<'t>> {
    let open = found.before.rfind(['(', '['])?;
    let is_open = !found.before[open..].contains([')', ']']);
    let close = found.after.find([')', ']']).filter(|_| is_open)?;
    let parts = [&found.before[open + 1..], &found.after[..close]];
    let parts = parts.map(|part| part.trim_matches(MARKS));
    Some(Enclosed {
        before: found.before[..open].trim(),
        inside: parts.join(" ").trim().to_owned(),
        after: found.after[close + 1..].trim(),
    })
}

/// The title around brackets that hold the time range. What else they hold is a room or stays.
fn without_enclosed(outside: Enclosed<'_>) -> Option<(String, Option<String>)> {
    let Enclosed {
        before,
        inside,
        after,
    } = outside;
    if !before.is_empty() && !after.is_empty() && !room::is_mark(after) {
        return None;
    }
    let is_room = room::is_named(&inside);
    let kept = if inside.is_empty() || is_room {
        String::new()
    } else {
        format!("({inside})")
    };
    let after = if before.is_empty() {
        after.trim_start_matches(MARKS)
    } else {
        after
    };
    let title = joined(&[before.trim_end_matches(MARKS), &kept, after]);
    Some((title, is_room.then_some(inside)))
}

/// The title before or after a time range; on the other side only a room may be.
fn without_bare(before: &str, after: &str) -> Option<(String, Option<String>)> {
    let (before, after) = (before.trim(), after.trim());
    if before.is_empty() {
        return Some((after.trim_start_matches(MARKS).to_owned(), None));
    }
    if room::is_prefix(before) {
        return Some((joined(&[before, after.trim_start_matches(MARKS)]), None));
    }
    let is_beside = after.is_empty() || room::is_mark(after);
    is_beside.then(|| (joined(&[before.trim_end_matches(MARKS), after]), None))
}

fn joined(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts
        .iter()
        .copied()
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(" ")
}

/// A time range, its zone, and the rest, which begins with a mark or a space.
fn leading_with_zone(text: &str) -> Option<(When, &str)> {
    let (range, rest) = leading(text)?;
    let (zone, rest) = zone(rest).map_or((None, rest), |(zone, rest)| (Some(zone), rest));
    let is_parted = rest.is_empty()
        || rest.starts_with(char::is_whitespace)
        || rest.starts_with([',', ':', ';', '|', '–', '—', ')', ']'])
        || rest.starts_with("- ");
    is_parted.then_some((When { range, zone }, rest))
}

/// The abbreviation of a zone after a time, also in brackets, and the rest.
fn zone(text: &str) -> Option<(String, &str)> {
    const ZONES: &str = "\
        ACDT ACST ADT AEDT AEST AKDT AKST AST AWST BRT BST CDT CEST CET CST CT EAT EDT EEST EET \
        EST ET GMT HKT HST IST JST KST MDT MSK MST MT NST NZDT NZST PDT PHT PST PT SAST SGT UTC \
        WAT WEST WET";
    let word = text.trim_start();
    let (word, is_enclosed) = match word.strip_prefix('(') {
        Some(word) => (word, true),
        None => (word, false),
    };
    let is_end = |character: char| !character.is_ascii_alphanumeric() && !"+-:".contains(character);
    let (word, rest) = word.split_at(word.find(is_end).unwrap_or(word.len()));
    let trimmed = word.trim_end_matches([':', '-']);
    let rest = &text[text.len() - rest.len() - (word.len() - trimmed.len())..];
    let name = trimmed.split(['+', '-']).next().unwrap_or(trimmed);
    let is_zone = ZONES.split_whitespace().any(|zone| zone == name);
    let rest = if is_enclosed {
        rest.strip_prefix(')')?
    } else {
        rest
    };
    is_zone.then(|| (trimmed.to_owned(), rest))
}

/// Whether a text holds something like "11:00": a line of a timetable does.
pub(super) fn holds_time(text: &str) -> bool {
    count(text) > 0
}

/// How often a text holds something like "11:00".
pub(super) fn count(text: &str) -> usize {
    let is_digit = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    text.match_indices(':')
        .filter(|(at, _)| *at > 0 && is_digit(at - 1) && is_digit(at + 1) && is_digit(at + 2))
        .count()
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
    // "1:00-1:30pm": where only one half is written, both times are in it.
    let hour = match time.half.or(other.half) {
        Some(half) if (1..=12).contains(&time.hour) => match half {
            Half::Morning => time.hour % 12,
            Half::Afternoon => time.hour % 12 + 12,
        },
        None => {
            let is_long_clock = time.hour_digits == 2 || other.hour > 12;
            let is_clear =
                time.minute.is_some() && time.hour >= EARLIEST_WITHOUT_HALF && is_long_clock;
            is_clear.then_some(time.hour)?
        }
        Some(_) => return None,
    };
    NaiveTime::from_hms_opt(hour, time.minute.unwrap_or(0), 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Title, times, zone and room, parted by bars.
    fn shown(title: &str) -> Option<String> {
        let Timed { title, when, room } = part_from_title(title)?;
        let (start, end) = when.range;
        let (start, end) = (start.format("%H:%M"), end.format("%H:%M"));
        let zone = when.zone.unwrap_or_default();
        let room = room.unwrap_or_default();
        Some(format!("{title}|{start}-{end}|{zone}|{room}"))
    }

    #[track_caller]
    fn check(title: &str, expected: &str) {
        assert_eq!(shown(title).as_deref(), Some(expected), "{title}");
    }

    #[test]
    fn a_clear_time_range_beside_a_title_is_parted_from_it() {
        check("Ask us 11:00-11:30", "Ask us|11:00-11:30||");
        check("Demo (1pm to 1:30pm)", "Demo|13:00-13:30||");
        check("09:00 – 10:15: Opening", "Opening|09:00-10:15||");
        check("11:00–11:30 – AMA with Ada", "AMA with Ada|11:00-11:30||");
        check("AMA (11:00am - 11:30am)", "AMA|11:00-11:30||");
        check("Demo from 11:30am - 12:15 p.m.", "Demo|11:30-12:15||");
        check("[11:00-11:30] Demo", "Demo|11:00-11:30||");
        check("Demo (part 2), 11:00-11:30", "Demo (part 2)|11:00-11:30||");
        check("Demo (11:00-11:30, part 2)", "Demo (part 2)|11:00-11:30||");
        check("Demo 11:00-11:30 (part 2)", "Demo (part 2)|11:00-11:30||");
    }

    #[test]
    fn one_half_of_the_day_may_serve_both_times() {
        check("Demo 1:00-1:30pm", "Demo|13:00-13:30||");
        check("4-5pm What's new", "What's new|16:00-17:00||");
        check("Demo 11:00am-11:30", "Demo|11:00-11:30||");
        check("Demo 12-1pm", "Demo|12:00-13:00||");
    }

    #[test]
    fn the_zone_after_a_time_is_parted_from_the_title() {
        check("AMA 11:00-11:30 PST", "AMA|11:00-11:30|PST|");
        check("AMA (11:00-11:30 CET)", "AMA|11:00-11:30|CET|");
        check("AMA 11:00-11:30 (UTC)", "AMA|11:00-11:30|UTC|");
        check("AMA 11:00-11:30 UTC-8", "AMA|11:00-11:30|UTC-8|");
        check("09:00-10:00 PST: Opening", "Opening|09:00-10:00|PST|");
        check("09:00-10:00 AWS at home", "AWS at home|09:00-10:00||");
    }

    #[test]
    fn the_room_beside_a_time_is_parted_from_the_title() {
        check("AMA 11:00-11:30 (MS booth)", "AMA|11:00-11:30||MS booth");
        check("AMA, MS booth 11:00-11:30", "AMA|11:00-11:30||MS booth");
        check("Demo @ MS booth, 1:00-1:30pm", "Demo|13:00-13:30||MS booth");
        check("Demo 11:00-11:30 @ Hall A", "Demo|11:00-11:30||Hall A");
        check("MS Booth: 11:00-11:30 Demo", "Demo|11:00-11:30||MS Booth");
        check("MS Booth: Demo 11:00-11:30", "Demo|11:00-11:30||MS Booth");
        check("11:00-11:30 MS Booth: Demo", "Demo|11:00-11:30||MS Booth");
        check("(Room 5) Demo 11:00-11:30", "Demo|11:00-11:30||Room 5");
        check(
            "Demo (MS booth, 11:00-11:30 PST)",
            "Demo|11:00-11:30|PST|MS booth",
        );
        check(
            "Demo (11:00-11:30) @ Main Stage",
            "Demo|11:00-11:30||Main Stage",
        );
    }

    #[test]
    fn what_is_no_room_stays_in_the_title() {
        check("Demo 11:00-11:30 (online)", "Demo (online)|11:00-11:30||");
        check("Ada @ work 11:00-11:30", "Ada @ work|11:00-11:30||");
        check(
            "All done, the stage is yours 11:00-11:30",
            "All done, the stage is yours|11:00-11:30||",
        );
        check(
            "How to: room for all 11:00-11:30",
            "How to: room for all|11:00-11:30||",
        );
        check(
            "Keeping track: a tale 11:00-11:30",
            "Keeping track: a tale|11:00-11:30||",
        );
    }

    #[test]
    fn an_unclear_time_stays_in_the_title() {
        for title in [
            "Demo 1:00-1:30",
            "Demo 11:30-12:15pm",
            "Demo 11-1pm",
            "Scores 3-2",
            "Python 3.10-3.11",
            "Open 24/7",
            "Demo at 11:00",
            "9:00am Bar",
            "Demo 11:30-11:00",
            "11:00-11:30",
            "11:00-11:30 PST",
            "Ratio 10:20:30-11:00",
            "From 9-5pm to remote work",
            "AMA 11:00-11:30, 13:00-13:30",
            "AMA 11:00-11:30-ish",
        ] {
            assert_eq!(shown(title), None, "{title}");
        }
    }
}
