//! Words that begin or end a day: "Day 2 - Sunday", "2022-02-06", "END OF DAY 1".

use super::date;
use super::heading::plain_words;
use chrono::NaiveDate;

/// How a heading names the day that begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum DayName {
    Date(NaiveDate),
    Number(usize),
    /// A weekday or a date without a year.
    Other(String),
}

/// The number of the day that ends a title: "PyCon 2020 - Day 2".
pub(super) fn trailing_day(title: &str) -> Option<usize> {
    let words = plain_words(title);
    match words.as_slice() {
        [_, .., day, number] if day == "day" => count(number),
        _ => None,
    }
}

/// The day that such a talk opens: "Opening Remarks Day 2".
pub(super) fn opened_day(title: &str) -> Option<usize> {
    let words = plain_words(title);
    let opens = matches!(
        words.first().map(String::as_str),
        Some("opening" | "welcome")
    );
    let starts_with_day = match words.as_slice() {
        [day, number, rest @ ..] if day == "day" => {
            let opening = |word: &String| matches!(word.as_str(), "opening" | "welcome");
            count(number).filter(|_| rest.first().is_some_and(opening))
        }
        _ => None,
    };
    starts_with_day.or_else(|| trailing_day(title).filter(|_| opens))
}

/// A small number in digits or words, also as an ordinal.
pub(super) fn count(word: &str) -> Option<usize> {
    const CARDINALS: [&str; 10] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    const ORDINALS: [&str; 10] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth",
    ];
    let spelled = |words: &[&str]| {
        words
            .iter()
            .position(|known| *known == word)
            .map(|at| at + 1)
    };
    let digits = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|suffix| word.strip_suffix(suffix))
        .unwrap_or(word);
    let written = || {
        digits
            .parse()
            .ok()
            .filter(|_| digits.len() <= 2 && !digits.starts_with('+'))
    };
    spelled(&CARDINALS)
        .or_else(|| spelled(&ORDINALS))
        .or_else(written)
}

/// `Some(None)` when a day ends that is not numbered.
pub(super) fn day_end(words: &[String]) -> Option<Option<usize>> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let words = match words.as_slice() {
        ["that's" | "that’s" | "this" | "thus", "is", rest @ ..] => rest,
        ["that's" | "that’s" | "and" | "thus", rest @ ..] => rest,
        all => all,
    };
    let words: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| *word != "the")
        .collect();
    match words.as_slice() {
        ["end", "of", "day"] | ["day", "end" | "ends"] | ["end", "of", "conference"] => Some(None),
        ["end", "of", "day", number] | ["end", "day", number] | ["eod", number] => {
            count(number).map(Some)
        }
        ["end", "of", "day", number, rest @ ..] if rest.iter().all(|word| is_day_word(word)) => {
            count(number).map(Some)
        }
        [
            "day",
            number,
            "end" | "ends" | "ended" | "over" | "done" | "finished" | "complete",
        ]
        | ["day", number, "is", "over" | "done" | "finished"]
        | ["end", "of", number, "day"] => count(number).map(Some),
        _ => None,
    }
}

pub(super) fn day_start(title: &str, words: &[String]) -> Option<DayName> {
    const BEFORE: [&str; 4] = ["conference", "main", "begin", "start"];
    let text = title.trim_start_matches(|character: char| !character.is_alphanumeric());
    if let Some((dates, rest)) = date::leading_dates(text)
        && let [date] = dates.as_slice()
        && plain_words(rest)
            .iter()
            .all(|word| is_day_word(word) || count(word).is_some())
    {
        return Some(DayName::Date(*date));
    }
    let words: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| !matches!(*word, "of" | "the"))
        .collect();
    let words = match words.as_slice() {
        [first, rest @ ..] if BEFORE.contains(first) => rest,
        all => all,
    };
    let numbered = match words {
        ["day", number, rest @ ..] | [number, "day", rest @ ..] => {
            count(number).map(|number| (number, rest))
        }
        _ => None,
    };
    let is_rest = |rest: &[&str]| {
        rest.iter()
            .all(|word| is_day_word(word) || count(word).is_some() || is_year(word))
    };
    if let Some((number, rest)) = numbered {
        if !is_rest(rest) {
            return None;
        }
        let full_date = text
            .char_indices()
            .filter(|(at, _)| *at > 0 && text[..*at].ends_with([' ', '(']));
        let full_date = full_date
            .filter_map(|(at, _)| date::leading_dates(&text[at..]))
            .find_map(|(dates, _)| (dates.len() == 1).then(|| dates[0]));
        return Some(full_date.map_or(DayName::Number(number), DayName::Date));
    }
    let has_weekday = words.iter().any(|word| date::is_weekday(word));
    let has_date = words.iter().any(|word| date::is_month(word))
        && words.iter().any(|word| count(word).is_some());
    let is_name = |word: &&str| {
        date::is_weekday(word) || date::is_month(word) || count(word).is_some() || is_year(word)
    };
    let is_day = (has_weekday || has_date) && words.iter().all(is_name);
    is_day.then(|| DayName::Other(words.join(" ")))
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Words that may follow "Day 2" without making it a title.
fn is_day_word(word: &str) -> bool {
    const DAY_WORDS: [&str; 10] = [
        "conference",
        "main",
        "notes",
        "of",
        "sessions",
        "sprint",
        "sprints",
        "talks",
        "tutorials",
        "workshops",
    ];
    DAY_WORDS.contains(&word) || date::is_weekday(word) || date::is_month(word)
}
