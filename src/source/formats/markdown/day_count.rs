//! Which day a talk is on, by the marks that have gone by.

use super::day::{DayName, opened_day};
use crate::source::DayRef;
use chrono::Datelike;

/// Marks that contradict one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Oddity {
    pub(super) message: String,
    pub(super) remedy: String,
}

/// Keeps track of the day while the sections go by.
pub(super) struct Days {
    /// Whether anything in the file tells days apart.
    is_told: bool,
    current: Option<DayRef>,
    /// The day that `current` would have by counting.
    number: usize,
    /// The day of the week that `current` is said to be, Monday being 0.
    weekday: Option<usize>,
    /// The day of every talk so far.
    placed: Vec<Option<DayRef>>,
    /// The first talk after the last mark.
    since_mark: usize,
    /// Whether the day at hand was opened by a mark of its own.
    is_opened: bool,
    /// The day that the last mark ended, where it ended one.
    just_ended: Option<usize>,
    names: Vec<(String, Option<DayRef>)>,
}

impl Days {
    pub(super) fn new(has_marks: bool, day_in_title: Option<usize>) -> Self {
        Self {
            is_told: has_marks || day_in_title.is_some(),
            current: Some(DayRef::Number(day_in_title.unwrap_or(1))),
            number: day_in_title.unwrap_or(1),
            weekday: None,
            placed: Vec::new(),
            since_mark: 0,
            is_opened: day_in_title.is_some(),
            just_ended: None,
            names: Vec::new(),
        }
    }

    /// Whether the day at hand is known.
    pub(super) fn is_known(&self, is_one_day: bool) -> bool {
        (self.is_told || is_one_day) && self.current.is_some()
    }

    /// Begins a day. `weekday` is the one in its name, Monday being 0.
    pub(super) fn start(&mut self, name: &DayName, weekday: Option<usize>) {
        // Talks above the first "Day 1" are on no day that anybody named.
        if !self.is_opened && self.since_mark == 0 {
            self.placed.iter_mut().for_each(|day| *day = None);
        }
        let counted = self.number + usize::from(self.is_opened);
        (self.current, self.number) = match name {
            DayName::Date(date) => (Some(DayRef::Date(*date)), counted),
            // "Day 0" is a day before the first: it has no number in the programme.
            DayName::Number(0) => (None, 0),
            DayName::Number(number) => (Some(DayRef::Number(*number)), *number),
            DayName::Other(name) => self.named(name, weekday, counted),
        };
        self.weekday = weekday.or_else(|| match self.current {
            Some(DayRef::Date(date)) => Some(date.weekday().num_days_from_monday() as usize),
            _ => None,
        });
        self.open();
    }

    /// The day that a weekday or a date without a year names: one that had the name already, the
    /// one just begun without such a name, or the next.
    fn named(
        &mut self,
        name: &str,
        weekday: Option<usize>,
        counted: usize,
    ) -> (Option<DayRef>, usize) {
        if let Some((_, day)) = self.names.iter().find(|(known, _)| known == name) {
            let number = match day {
                Some(DayRef::Number(number)) => *number,
                _ => self.number,
            };
            return (*day, number);
        }
        let is_just_begun = self.is_opened && self.since_mark == self.placed.len();
        let is_second_name = !self.names.iter().any(|(_, day)| *day == self.current)
            && (self.weekday.is_none() || self.weekday == weekday);
        let (day, number) = match self.current {
            current if is_just_begun && is_second_name => (current, self.number),
            Some(DayRef::Date(date)) if self.is_next(weekday) => {
                (date.succ_opt().map(DayRef::Date), counted)
            }
            _ => (Some(DayRef::Number(counted)), counted),
        };
        self.names.push((name.to_owned(), day));
        (day, number)
    }

    /// Whether a weekday follows that of the day at hand.
    fn is_next(&self, weekday: Option<usize>) -> bool {
        let next = self.weekday.map(|weekday| (weekday + 1) % 7);
        next.is_some() && next == weekday
    }

    fn open(&mut self) {
        self.is_opened = true;
        self.just_ended = None;
        self.since_mark = self.placed.len();
    }

    /// Ends the day at hand, which the mark may number. Says what contradicts the marks before.
    pub(super) fn end(&mut self, written: Option<usize>) -> Option<Oddity> {
        let is_empty = self.since_mark == self.placed.len();
        if let Some(ended) = self.just_ended
            && is_empty
            && written.is_none_or(|number| number == ended)
        {
            return written.map(|number| Oddity {
                message: format!("day {number} has ended already"),
                remedy: "remove one of the two marks".to_owned(),
            });
        }
        let (number, oddity) = self.ended(written);
        if !self.is_opened {
            for day in &mut self.placed[self.since_mark..] {
                *day = Some(DayRef::Number(number));
            }
        }
        self.number = number + 1;
        self.current = Some(DayRef::Number(self.number));
        self.weekday = None;
        self.is_opened = false;
        self.just_ended = Some(number);
        self.since_mark = self.placed.len();
        oddity
    }

    /// The number of the day that ends: the one written, unless that day is over or another is at
    /// hand.
    fn ended(&self, written: Option<usize>) -> (usize, Option<Oddity>) {
        let counted = self.number;
        let Some(number) = written.filter(|number| *number != counted) else {
            return (counted, None);
        };
        let is_numbered = !matches!(self.current, Some(DayRef::Date(_)));
        if number < counted || self.is_opened && is_numbered {
            let message =
                format!("this ends day {number}, but by the marks before it is day {counted}");
            let remedy = format!("read as the end of day {counted}; correct the number");
            return (counted, Some(Oddity { message, remedy }));
        }
        let oddity = Oddity {
            message: format!(
                "this ends day {number}, and no mark before ends day {}",
                number - 1
            ),
            remedy: format!("if day {} is in the notes, mark its end", number - 1),
        };
        (number, Some(oddity).filter(|_| is_numbered))
    }

    pub(super) fn place(&mut self, title: &str) {
        let opened = opened_day(title).filter(|day| *day == self.number + 1);
        if self.is_told
            && let Some(number) = opened
        {
            self.current = Some(DayRef::Number(number));
            self.number = number;
            self.weekday = None;
            self.open();
        }
        self.placed.push(self.current);
    }

    pub(super) fn finish(self, is_one_day: bool) -> Vec<Option<DayRef>> {
        let count = self.placed.len();
        match (self.is_told, is_one_day) {
            (true, _) => self.placed,
            (false, true) => vec![Some(DayRef::Number(1)); count],
            (false, false) => vec![None; count],
        }
    }
}
