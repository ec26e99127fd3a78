//! What was found wrong in one file: only so many problems, and few of one sort.

use super::{Place, Problem, Severity};
use std::collections::BTreeMap;

/// The most problems that one file may have before the rest is only counted.
const MOST_PROBLEMS: usize = 500;

/// The most problems of one sort that are told one by one: what an organiser's tool does wrong, it does
/// wrong everywhere.
const MOST_OF_A_SORT: usize = 3;

/// What was found wrong in a file so far.
#[derive(Debug)]
pub(super) struct Findings {
    place: Place,
    told: Vec<Problem>,
    untold: usize,
    sorts: BTreeMap<&'static str, (Severity, usize)>,
}

impl Findings {
    /// Nothing yet; `place` is the file.
    pub(super) fn new(place: Place) -> Self {
        Self {
            place,
            told: Vec::new(),
            untold: 0,
            sorts: BTreeMap::new(),
        }
    }

    /// Adds a problem.
    pub(super) fn report(&mut self, problem: Problem) {
        if self.told.len() < MOST_PROBLEMS {
            self.told.push(problem);
        } else {
            self.untold += 1;
        }
    }

    /// Adds a problem of which a file may be full: the first are told, the others counted. `sort` names
    /// them together, such as "addresses that lead nowhere".
    pub(super) fn report_sort(&mut self, sort: &'static str, problem: Problem) {
        let (severity, count) = self.sorts.entry(sort).or_insert((problem.severity, 0));
        *severity = problem.severity.max(*severity);
        *count += 1;
        if *count <= MOST_OF_A_SORT {
            self.report(problem);
        }
    }

    /// Everything that was found wrong.
    pub(super) fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.told;
        for (sort, (severity, count)) in self.sorts {
            if count > MOST_OF_A_SORT {
                let message = format!("{} more {sort}", count - MOST_OF_A_SORT);
                problems.push(Problem::new(severity, self.place.clone(), message, ""));
            }
        }
        if self.untold > 0 {
            let message = format!("{} more problems of this file are not told", self.untold);
            problems.push(Problem::error(
                self.place,
                message,
                "mend those above first",
            ));
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_problems_of_one_sort_are_a_few_and_a_number() {
        let mut findings = Findings::new(Place::file("s.xml"));
        for line in 1..=5 {
            let problem = Problem::warning(Place::line("s.xml", line), "it is odd", "mend it");
            findings.report_sort("odd things", problem);
        }
        let told: Vec<String> = findings
            .into_problems()
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            told,
            [
                "s.xml:1: warning: it is odd; mend it",
                "s.xml:2: warning: it is odd; mend it",
                "s.xml:3: warning: it is odd; mend it",
                "s.xml: warning: 2 more odd things",
            ]
        );
    }

    #[test]
    fn a_file_has_only_so_many_problems() {
        let mut findings = Findings::new(Place::file("s.xml"));
        for _ in 0..MOST_PROBLEMS + 7 {
            findings.report(Problem::note(Place::file("s.xml"), "odd"));
        }
        let problems = findings.into_problems();
        assert_eq!(problems.len(), MOST_PROBLEMS + 1);
        assert_eq!(
            problems[MOST_PROBLEMS].message,
            "7 more problems of this file are not told"
        );
    }
}
