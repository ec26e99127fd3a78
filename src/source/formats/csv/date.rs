//! Dates as people write them: 2026-10-24, 24.10.2026, 24 October 2026, and 24/10/2026 or 10/24/2026,
//! where other dates of the table show which of the two is meant.

use super::column::folded;
use crate::model::day::YEARS;
use chrono::{Datelike, NaiveDate};

/// A date as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// Its notation says what is what.
    Clear(NaiveDate),
    /// Its numbers show their order: there is no thirteenth month.
    Shown(NaiveDate, Order),
    /// It can be read in two ways.
    Either {
        day_first: NaiveDate,
        month_first: NaiveDate,
    },
}

/// Which of two numbers of a date is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    DayFirst,
    MonthFirst,
}

/// What the dates of a table show about their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Evidence {
    /// One of them can only be read in this order.
    Certain(Order),
    /// Only in this order they lie together as a conference's days do.
    Likely(Order),
    /// Nothing, or two things that contradict each other.
    None,
}

impl Evidence {
    /// The order in which dates are read.
    pub(super) fn order(self) -> Option<Order> {
        match self {
            Self::Certain(order) | Self::Likely(order) => Some(order),
            Self::None => None,
        }
    }
}

impl Written {
    /// The date that is meant, `None` where that is not known.
    pub(super) fn date(self, order: Option<Order>) -> Option<NaiveDate> {
        match (self, order) {
            (Self::Clear(date) | Self::Shown(date, _), _) => Some(date),
            (Self::Either { day_first, .. }, Some(Order::DayFirst)) => Some(day_first),
            (Self::Either { month_first, .. }, Some(Order::MonthFirst)) => Some(month_first),
            (Self::Either { .. }, None) => None,
        }
    }
}

/// Reads a date. Weekdays beside it are not looked at.
pub(super) fn parse(text: &str) -> Option<Written> {
    let parts: Vec<&str> = text
        .split(|character: char| !character.is_alphanumeric())
        .filter(|part| !part.is_empty() && !is_weekday(part))
        .collect();
    let [first, second, third] = *parts else {
        return None;
    };
    let month = [first, second].iter().find_map(|part| month_named(part));
    if let Some(month) = month {
        let day = if month_named(first).is_some() {
            second
        } else {
            first
        };
        return date(year(third)?, month, day_number(day)?).map(Written::Clear);
    }
    let (first_number, second_number) = (number(first)?, number(second)?);
    if first.len() == 4 {
        return date(year(first)?, second_number, number(third)?).map(Written::Clear);
    }
    let year = year(third)?;
    let day_first = date(year, second_number, first_number);
    let month_first = date(year, first_number, second_number);
    match (day_first, month_first) {
        // Dots are written where the day comes first.
        _ if text.contains('.') => day_first.map(Written::Clear),
        (Some(day_first), Some(month_first)) if day_first == month_first => {
            Some(Written::Clear(day_first))
        }
        (Some(day_first), Some(month_first)) => Some(Written::Either {
            day_first,
            month_first,
        }),
        (Some(date), None) => Some(Written::Shown(date, Order::DayFirst)),
        (None, Some(date)) => Some(Written::Shown(date, Order::MonthFirst)),
        (None, None) => None,
    }
}

/// What the dates of a table show about their order.
pub(super) fn evidence(dates: &[Written]) -> Evidence {
    /// The days of a conference lie within this many days.
    const LONGEST_CONFERENCE: i64 = 14;
    let is_shown = |order| {
        let mut dates = dates.iter();
        dates.any(|date| matches!(date, Written::Shown(_, shown) if *shown == order))
    };
    match (is_shown(Order::DayFirst), is_shown(Order::MonthFirst)) {
        (true, true) => return Evidence::None,
        (true, false) => return Evidence::Certain(Order::DayFirst),
        (false, true) => return Evidence::Certain(Order::MonthFirst),
        (false, false) => {}
    }
    let lie_together = |order| {
        let dates = || dates.iter().filter_map(|written| written.date(Some(order)));
        let span = dates().max().zip(dates().min());
        span.is_some_and(|(last, first)| (last - first).num_days() <= LONGEST_CONFERENCE)
    };
    match (
        lie_together(Order::DayFirst),
        lie_together(Order::MonthFirst),
    ) {
        (true, false) => Evidence::Likely(Order::DayFirst),
        (false, true) => Evidence::Likely(Order::MonthFirst),
        _ => Evidence::None,
    }
}

fn number(text: &str) -> Option<u32> {
    let is_number = (1..=2).contains(&text.len()) || text.len() == 4;
    text.parse().ok().filter(|_| is_number)
}

/// A day of the month, also as "1st".
fn day_number(text: &str) -> Option<u32> {
    let digits = text.trim_end_matches(|character: char| character.is_ascii_alphabetic());
    let ending = text.get(digits.len()..)?.to_ascii_lowercase();
    ["", "st", "nd", "rd", "th"]
        .contains(&&*ending)
        .then(|| number(digits))
        .flatten()
}

/// A year, also as its last two digits.
fn year(text: &str) -> Option<i32> {
    let year: i32 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 => Some(2000 + year),
        _ => None,
    }
}

fn date(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    let date = NaiveDate::from_ymd_opt(year, month, day)?;
    YEARS.contains(&date.year()).then_some(date)
}

fn is_weekday(word: &str) -> bool {
    const WEEKDAYS: [&str; 14] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonntag",
    ];
    let word = folded(word);
    word.len() > 1
        && word
            .chars()
            .all(|character| character.is_ascii_alphabetic())
        && WEEKDAYS.iter().any(|day| day.starts_with(&word))
}

fn month_named(word: &str) -> Option<u32> {
    const MONTHS: [[&str; 2]; 12] = [
        ["january", "januar"],
        ["february", "februar"],
        ["march", "marz"],
        ["april", "april"],
        ["may", "mai"],
        ["june", "juni"],
        ["july", "juli"],
        ["august", "august"],
        ["september", "september"],
        ["october", "oktober"],
        ["november", "november"],
        ["december", "dezember"],
    ];
    /// "Sept" and "Okt" are months, "Ma" is none.
    const SHORTEST: usize = 3;
    let word = folded(word);
    let is_month = |names: &[&str; 2]| names.iter().any(|name| name.starts_with(&word));
    let at = MONTHS.iter().position(is_month)?;
    (word.len() >= SHORTEST).then(|| u32::try_from(at + 1).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(dates: &[&str]) -> Evidence {
        let dates: Vec<Written> = dates.iter().filter_map(|date| parse(date)).collect();
        evidence(&dates)
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        for text in [
            "2026-10-24",
            "2026/10/24",
            "24.10.2026",
            "24.10.26",
            "Sat, 24.10.2026",
            "24/10/2026",
            "10/24/2026",
            "24 October 2026",
            "Saturday, October 24th, 2026",
            "Samstag, 24. Oktober 2026",
            "Oct 24 2026",
        ] {
            let found = parse(text).and_then(|written| written.date(None));
            assert_eq!(found, Some(day("2026-10-24")), "{text}");
        }
        let march = parse("1. März 2026");
        assert_eq!(march, Some(Written::Clear(day("2026-03-01"))));
    }

    #[test]
    fn what_is_no_whole_date_is_none() {
        for text in [
            "",
            "24.10.",
            "Saturday",
            "2026-13-01",
            "10.24.2026",
            "1/2",
            "Day 1",
            "0026-10-24",
            "24 October",
            "1/2/3/2026",
            "999999999999999999999/1/2026",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn one_date_shows_the_order_of_all() {
        assert_eq!(
            found(&["03/04/2026", "13/04/2026"]),
            Evidence::Certain(Order::DayFirst)
        );
        assert_eq!(
            found(&["03/04/2026", "03/14/2026"]),
            Evidence::Certain(Order::MonthFirst)
        );
        assert_eq!(found(&["13/04/2026", "03/14/2026"]), Evidence::None);
        assert_eq!(found(&["03/04/2026"]), Evidence::None);
    }

    #[test]
    fn days_that_lie_together_show_the_order_too() {
        assert_eq!(
            found(&["10/02/2026", "10/03/2026"]),
            Evidence::Likely(Order::MonthFirst)
        );
        assert_eq!(
            found(&["02/10/2026", "03/10/2026"]),
            Evidence::Likely(Order::DayFirst)
        );
        assert_eq!(found(&["04/04/2026", "2026-04-05"]), Evidence::None);
    }
}
