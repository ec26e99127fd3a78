//! Which day a talk is on, by the marks that have gone by.

use super::day::{DayName, opened_day};
use crate::source::DayRef;

/// Keeps track of the day while the sections go by.
pub(super) struct Days {
    /// Whether anything in the file tells days apart.
    is_told: bool,
    current: Option<DayRef>,
    /// The day that `current` would have by counting.
    number: usize,
    /// The day of every talk so far.
    placed: Vec<Option<DayRef>>,
    /// The first talk after the last mark.
    since_mark: usize,
    /// Whether the day at hand was opened by a mark of its own.
    is_opened: bool,
    names: Vec<String>,
}

impl Days {
    pub(super) fn new(has_marks: bool, day_in_title: Option<usize>) -> Self {
        Self {
            is_told: has_marks || day_in_title.is_some(),
            current: Some(DayRef::Number(day_in_title.unwrap_or(1))),
            number: day_in_title.unwrap_or(1),
            placed: Vec::new(),
            since_mark: 0,
            is_opened: day_in_title.is_some(),
            names: Vec::new(),
        }
    }

    pub(super) fn start(&mut self, name: &DayName) {
        // Talks above the first "Day 1" are on no day that anybody named.
        if !self.is_opened && self.since_mark == 0 {
            self.placed.iter_mut().for_each(|day| *day = None);
        }
        self.current = match name {
            DayName::Date(date) => Some(DayRef::Date(*date)),
            // "Day 0" is a day before the first: it has no number in the programme.
            DayName::Number(0) => None,
            DayName::Number(number) => Some(DayRef::Number(*number)),
            DayName::Other(name) => Some(DayRef::Number(self.ordinal(name))),
        };
        self.number = match self.current {
            Some(DayRef::Number(number)) => number,
            _ => self.number + usize::from(self.is_opened),
        };
        self.is_opened = true;
        self.since_mark = self.placed.len();
    }

    fn ordinal(&mut self, name: &str) -> usize {
        if let Some(at) = self.names.iter().position(|known| known == name) {
            return at + 1;
        }
        self.names.push(name.to_owned());
        self.names.len()
    }

    pub(super) fn end(&mut self, number: Option<usize>) {
        let number = number.filter(|number| *number > 0).unwrap_or(self.number);
        if !self.is_opened {
            for day in &mut self.placed[self.since_mark..] {
                *day = Some(DayRef::Number(number));
            }
        }
        self.number = number + 1;
        self.current = Some(DayRef::Number(self.number));
        self.is_opened = false;
        self.since_mark = self.placed.len();
    }

    pub(super) fn place(&mut self, title: &str) {
        let opened = opened_day(title).filter(|day| *day == self.number + 1);
        if self.is_told
            && let Some(number) = opened
        {
            self.current = Some(DayRef::Number(number));
            self.number = number;
            self.is_opened = true;
            self.since_mark = self.placed.len();
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
