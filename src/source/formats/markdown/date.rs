//! Dates as people write them: "February 5, 2022", "May 18–19, 2016", "2022-02-06".

use crate::model::day::YEARS;
use chrono::NaiveDate;

/// Longer stretches are more likely misread than held.
const LONGEST_CONFERENCE: usize = 14;

/// Tokens of "April 30, 2022 to May 2, 2022".
const LONGEST_DATE: usize = 7;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// One word, number or dash of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Number(u32),
    Month(u32),
    To,
}

/// The dates that `text` begins with, first to last, and what follows them.
pub(super) fn leading_dates(text: &str) -> Option<(Vec<NaiveDate>, &str)> {
    let mut tokens = Vec::new();
    let mut best = None;
    let mut rest = text;
    while let Some((token, after)) = next_token(rest) {
        rest = after;
        tokens.extend(token);
        if tokens.len() > LONGEST_DATE {
            break;
        }
        if let Some((first, last)) = date_range(&tokens) {
            best = Some((first, last, after));
        }
    }
    let (first, last, rest) = best?;
    let dates: Vec<NaiveDate> = first
        .iter_days()
        .take_while(|date| *date <= last)
        .take(LONGEST_CONFERENCE + 1)
        .collect();
    (1..=LONGEST_CONFERENCE)
        .contains(&dates.len())
        .then_some((dates, rest))
}

/// Whether a word names a day of the week, in full or shortened.
pub(super) fn is_weekday(word: &str) -> bool {
    is_name_in(&WEEKDAYS, word).is_some()
}

/// The only day of the week in a text, Monday being 0.
pub(super) fn weekday_in(text: &str) -> Option<usize> {
    let words = text.split(|character: char| !character.is_alphanumeric());
    let mut days = words.filter_map(|word| is_name_in(&WEEKDAYS, word));
    let day = days.next()?;
    days.next().is_none().then_some(day)
}

/// Whether a word names a month, in full or shortened.
pub(super) fn is_month(word: &str) -> bool {
    is_name_in(&MONTHS, word).is_some()
}

fn is_name_in(names: &[&str], word: &str) -> Option<usize> {
    let word = word.trim_end_matches('.').to_lowercase();
    let is_shortened = (3..=4).contains(&word.len());
    names
        .iter()
        .position(|name| *name == word || is_shortened && name.starts_with(&word))
}

/// Reads a token; `None` inside for a word that says nothing, such as a weekday.
fn next_token(text: &str) -> Option<(Option<Token>, &str)> {
    let text = text.trim_start_matches([' ', '\t', ',', '*', '_']);
    let first = text.chars().next()?;
    if matches!(first, '-' | '–' | '—') {
        return Some((Some(Token::To), text.trim_start_matches(['-', '–', '—'])));
    }
    if first.is_ascii_digit() {
        let end = text
            .find(|character: char| !character.is_ascii_digit())
            .unwrap_or(text.len());
        let number = text[..end].parse().ok()?;
        let rest = &text[end..];
        let ordinal = ["st", "nd", "rd", "th"]
            .iter()
            .find_map(|suffix| rest.strip_prefix(suffix));
        return Some((Some(Token::Number(number)), ordinal.unwrap_or(rest)));
    }
    let end = text
        .find(|character: char| !character.is_alphabetic())
        .unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let token = match word.to_lowercase().as_str() {
        "to" | "through" | "and" | "until" => Some(Token::To),
        "of" | "the" => None,
        word if is_weekday(word) => None,
        word => Some(Token::Month(is_name_in(&MONTHS, word)? as u32 + 1)),
    };
    Some((token, rest.strip_prefix('.').unwrap_or(rest)))
}

fn date_range(tokens: &[Token]) -> Option<(NaiveDate, NaiveDate)> {
    use Token::{Month, Number, To};
    let (from, to) = match *tokens {
        [Number(y), To, Number(m), To, Number(d)] if y > 999 => ((y, m, d), (y, m, d)),
        [Month(m), Number(d), Number(y)] | [Number(d), Month(m), Number(y)] => {
            ((y, m, d), (y, m, d))
        }
        [Month(m), Number(d), To, Number(e), Number(y)]
        | [Number(d), To, Number(e), Month(m), Number(y)] => ((y, m, d), (y, m, e)),
        [Month(m), Number(d), To, Month(n), Number(e), Number(y)]
        | [Number(d), Month(m), To, Number(e), Month(n), Number(y)] => ((y, m, d), (y, n, e)),
        [
            Month(m),
            Number(d),
            Number(y),
            To,
            Month(n),
            Number(e),
            Number(z),
        ]
        | [
            Number(d),
            Month(m),
            Number(y),
            To,
            Number(e),
            Month(n),
            Number(z),
        ] => ((y, m, d), (z, n, e)),
        [Number(compact)] if compact > 9_999_999 => {
            let day = (compact / 10_000, compact / 100 % 100, compact % 100);
            (day, day)
        }
        _ => return None,
    };
    let date = |(year, month, day): (u32, u32, u32)| {
        let year = i32::try_from(year)
            .ok()
            .filter(|year| YEARS.contains(year))?;
        NaiveDate::from_ymd_opt(year, month, day)
    };
    Some((date(from)?, date(to)?)).filter(|(from, to)| from <= to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str], expected_rest: &str) {
        let (dates, rest) = leading_dates(text).unwrap_or_default();
        let dates: Vec<String> = dates.iter().map(NaiveDate::to_string).collect();
        assert_eq!(dates, expected);
        assert_eq!(rest, expected_rest);
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        check("April 21-22, 2021", &["2021-04-21", "2021-04-22"], "");
        check(
            "MAY 18–19, 2016: Conference",
            &["2016-05-18", "2016-05-19"],
            ": Conference",
        );
        check("Saturday, February 5th, 2022", &["2022-02-05"], "");
        check(
            "31 Jan - 1 Feb 2020 (online)",
            &["2020-01-31", "2020-02-01"],
            " (online)",
        );
        check("2022-02-06", &["2022-02-06"], "");
        check("3 May 2019", &["2019-05-03"], "");
        check(
            "Sat, April 30, 2022 – Sun, May 1, 2022",
            &["2022-04-30", "2022-05-01"],
            "",
        );
        check("20201013", &["2020-10-13"], "");
    }

    #[test]
    fn half_a_date_is_none() {
        for text in [
            "February 5",
            "May",
            "2022",
            "Saturday",
            "13-14-15",
            "Feb 31, 2022",
            "22-21 May 2020",
            "x",
        ] {
            assert_eq!(leading_dates(text), None, "{text}");
        }
    }

    #[test]
    fn a_year_long_range_is_no_conference() {
        assert_eq!(leading_dates("January 1 - December 31, 2020"), None);
    }
}
