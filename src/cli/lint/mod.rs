//! What organisers want to know before subscribers do: a rule a finding, a file a group of rules.
//!
//! A rule is a pure function on a conference and on where it is said. It looks at what will be
//! published, so it finds the same whichever format the programme comes from.

mod clients;
mod clock;
mod codes;
mod conference;
mod days;
mod links;
mod programme;
mod rooms;
mod size;
mod speakers;
mod texts;

pub(super) use clients::Client;

use crate::source::{Loaded, LoadedSource, Problem, Severity};
use programme::Programme;
use std::cmp::Reverse;

/// Something that can be found in a programme.
struct Rule {
    /// Its name in reports and for `--allow`. Never changes.
    name: &'static str,
    /// Finds it; `None` where it is found while the sources are read.
    find: Option<fn(&Programme<'_>) -> Vec<Problem>>,
}

impl Rule {
    const fn new(name: &'static str, find: fn(&Programme<'_>) -> Vec<Problem>) -> Self {
        let find = Some(find);
        Self { name, find }
    }

    const fn of_reading(name: &'static str) -> Self {
        Self { name, find: None }
    }
}

/// Every rule. README.md tells what each finds.
static RULES: &[Rule] = &[
    Rule::new("double-booked-room", rooms::double_booked),
    Rule::new("break-during-talk", rooms::break_during_talk),
    Rule::new("double-booked-speaker", speakers::double_booked),
    Rule::new("speaker-names-alike", speakers::names_alike),
    Rule::of_reading("talk-outside-days"),
    Rule::new("talk-outside-hours", days::outside_hours),
    Rule::of_reading("no-end"),
    Rule::new("unlikely-hours", days::unlikely_hours),
    Rule::new("clock-change", clock::change),
    Rule::new("talk-over-clock-change", clock::talk_over_change),
    Rule::new("gap-over-clock-change", clock::gap_over_change),
    Rule::of_reading("repeated-hour"),
    Rule::of_reading("skipped-hour"),
    Rule::new("no-abstract", texts::no_abstract),
    Rule::new("no-speakers", texts::no_speakers),
    Rule::new("long-title", texts::long_title),
    Rule::new("long-description", texts::long_description),
    Rule::of_reading("duplicate-code"),
    Rule::of_reading("codes-alike"),
    Rule::new("derived-code", codes::derived),
    Rule::of_reading("not-listed"),
    Rule::new("calendar-too-large", size::too_large),
    Rule::of_reading("no-date"),
    Rule::new("no-url", conference::no_url),
    Rule::new("no-place", conference::no_place),
    Rule::new("suspicious-zone", conference::suspicious_zone),
    Rule::new("insecure-link", links::insecure),
    Rule::new("shared-address", links::shared),
    Rule::new("local-address", links::local),
];

/// The names of all rules.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|rule| rule.name)
}

/// What was read, with what the rules found in it.
pub(super) struct Checked {
    /// What was read. Its problems are those of reading and those of the rules, the worst first.
    pub loaded: Loaded,
    /// What each program makes of the calendars and feeds; empty when there is nothing to make.
    pub clients: Vec<Client>,
}

impl Checked {
    /// Applies every rule to a conference, and leaves out what the `allowed` ones find.
    pub(super) fn new(mut loaded: Loaded, allowed: &[String]) -> Self {
        let mut clients = Vec::new();
        if let Some(conference) = &loaded.conference {
            let file = loaded.sources.first().map(|source| &*source.file);
            let programme = Programme::new(conference, &loaded.places, file.unwrap_or_default());
            let mut found = found(&programme);
            sort(&mut found, &loaded.sources);
            clients = clients::all(&programme);
            loaded.problems.extend(found);
        }
        let is_allowed = |problem: &Problem| {
            let rule = problem.rule;
            rule.is_some_and(|rule| allowed.iter().any(|allowed| allowed == rule))
        };
        loaded.problems.retain(|problem| !is_allowed(problem));
        // What reading found is in the order in which it was found: causes before consequences.
        let problems = &mut loaded.problems;
        problems.sort_by_key(|problem| Reverse(problem.severity));
        Self { loaded, clients }
    }

    /// How many problems there are of a severity.
    pub(super) fn count(&self, severity: Severity) -> usize {
        let problems = self.loaded.problems.iter();
        problems
            .filter(|problem| problem.severity == severity)
            .count()
    }

    /// How many problems there are that somebody should mend.
    pub(super) fn to_mend(&self) -> usize {
        let problems = self.loaded.problems.iter();
        problems.filter(|problem| problem.is_to_mend()).count()
    }
}

/// What all rules find.
fn found(programme: &Programme<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for rule in RULES {
        let found = rule.find.map(|find| find(programme)).unwrap_or_default();
        problems.extend(found.into_iter().map(|problem| problem.by_rule(rule.name)));
    }
    problems
}

/// Puts what the rules found in the order of the sources, from the top.
fn sort(problems: &mut [Problem], sources: &[LoadedSource]) {
    problems.sort_by_cached_key(|problem| {
        let place = problem.place.clone();
        let rank = sources.iter().position(|source| source.file == place.file);
        (rank, place)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readme_tells_of_every_rule() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
        let readme = std::fs::read_to_string(path).expect("README.md");
        for name in names() {
            assert!(readme.contains(&format!("| `{name}` |")), "{name}");
        }
    }

    #[test]
    fn every_rule_has_a_name_of_its_own() {
        let mut seen = std::collections::HashSet::new();
        assert!(names().all(|name| seen.insert(name)));
    }
}
