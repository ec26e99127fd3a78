//! What was found wrong in one file: only so many problems, and few of one sort.

use crate::source::{Place, Problem, Severity};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The most problems that one file may have before the rest is only counted.
const MOST_PROBLEMS: usize = 500;

/// The most problems of one sort that are told one by one: what an organiser's tool does wrong, it does
/// wrong everywhere.
const MOST_OF_A_SORT: usize = 3;

/// The most sorts that are told apart, where their names come from the file.
const MOST_SORTS: usize = 200;

/// What was found wrong in a file so far.
#[derive(Debug)]
pub(in crate::source) struct Findings {
    file: Place,
    told: Vec<Problem>,
    untold: usize,
    /// The worst of those.
    worst: Severity,
    sorts: BTreeMap<Cow<'static, str>, (Severity, usize)>,
}

impl Findings {
    /// Nothing yet; `file` is the whole file as a place.
    pub(in crate::source) fn new(file: Place) -> Self {
        Self {
            file,
            told: Vec::new(),
            untold: 0,
            worst: Severity::Note,
            sorts: BTreeMap::new(),
        }
    }

    /// The file as a place.
    pub(in crate::source) fn file(&self) -> Place {
        self.file.clone()
    }

    /// A line of the file, from 1.
    pub(in crate::source) fn line(&self, number: usize) -> Place {
        Place {
            line: u32::try_from(number).ok(),
            ..self.file()
        }
    }

    /// Adds a problem.
    pub(in crate::source) fn report(&mut self, problem: Problem) {
        if self.told.len() < MOST_PROBLEMS {
            self.told.push(problem);
        } else {
            self.untold += 1;
            self.worst = self.worst.max(problem.severity);
        }
    }

    /// Adds a problem of which a file may be full: the first are told, the others counted. `sort` names
    /// them together, such as "addresses that lead nowhere".
    pub(in crate::source) fn report_sort(
        &mut self,
        sort: impl Into<Cow<'static, str>>,
        problem: Problem,
    ) {
        let sort = sort.into();
        if self.sorts.len() >= MOST_SORTS && !self.sorts.contains_key(&sort) {
            self.report(problem);
            return;
        }
        let (severity, count) = self.sorts.entry(sort).or_insert((problem.severity, 0));
        *severity = problem.severity.max(*severity);
        *count += 1;
        if *count <= MOST_OF_A_SORT {
            self.report(problem);
        }
    }

    /// What was told so far.
    pub(in crate::source) fn told(&self) -> &[Problem] {
        &self.told
    }

    /// Everything that was found wrong.
    pub(in crate::source) fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.told;
        for (sort, (severity, count)) in self.sorts {
            if count > MOST_OF_A_SORT {
                let message = format!("{} more {sort}", count - MOST_OF_A_SORT);
                problems.push(Problem::new(severity, self.file.clone(), message, ""));
            }
        }
        if self.untold > 0 {
            let message = format!("{} more problems of this file are not told", self.untold);
            let remedy = "mend those above first";
            problems.push(Problem::new(self.worst, self.file, message, remedy));
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
