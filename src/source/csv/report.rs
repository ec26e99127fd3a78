//! What is wrong with a table, as far as it is worth reading.

use crate::source::{Place, Problem};

/// The most problems that one file may have before the rest is only counted.
const MOST_PROBLEMS: usize = 500;

/// What was found wrong in a table so far.
#[derive(Default)]
pub(super) struct Report {
    told: Vec<Problem>,
    untold: usize,
}

impl Report {
    /// Adds a problem.
    pub(super) fn push(&mut self, problem: Problem) {
        if self.told.len() < MOST_PROBLEMS {
            self.told.push(problem);
        } else {
            self.untold += 1;
        }
    }

    /// Everything that was found wrong in the file at this place.
    pub(super) fn finish(mut self, place: Place) -> Vec<Problem> {
        if self.untold > 0 {
            let message = format!("{} more problems of this file are not told", self.untold);
            let problem = Problem::error(place, message, "mend those above first");
            self.told.push(problem);
        }
        self.told
    }
}
