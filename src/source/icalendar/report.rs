//! What was found wrong in a calendar, up to a bound.

use crate::source::{Place, Problem};
use std::sync::Arc;

/// The most problems that are told of one file.
const MOST_PROBLEMS: usize = 500;

/// The problems of a file.
pub(super) struct Report {
    file: Arc<str>,
    problems: Vec<Problem>,
    untold: usize,
}

impl Report {
    /// No problems yet; `file` is the name that problems give it.
    pub(super) fn new(file: &str, problems: Vec<Problem>) -> Self {
        Self {
            file: file.into(),
            problems,
            untold: 0,
        }
    }

    /// The file as a place.
    pub(super) fn file(&self) -> Place {
        Place {
            file: Arc::clone(&self.file),
            line: None,
            column: None,
        }
    }

    /// A line of the file, from 1.
    pub(super) fn line(&self, number: usize) -> Place {
        Place {
            line: u32::try_from(number).ok(),
            ..self.file()
        }
    }

    /// Adds a problem.
    pub(super) fn add(&mut self, problem: Problem) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(problem);
        } else {
            self.untold += 1;
        }
    }

    /// Every problem, and how many more there are.
    pub(super) fn finish(mut self) -> Vec<Problem> {
        if self.untold > 0 {
            let message = format!("{} more problems of this file are not told", self.untold);
            let place = self.file();
            self.problems
                .push(Problem::error(place, message, "mend those above first"));
        }
        self.problems
    }
}
