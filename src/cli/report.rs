//! What was found in the sources, for people and for programs.

use crate::model::{Conference, When};
use crate::source::{Loaded, Problem, Severity};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Writes a conference's problems and what was found, for a terminal.
pub(super) fn text(loaded: &Loaded) -> String {
    let mut text = String::new();
    for problem in &loaded.problems {
        let _ = writeln!(text, "{problem}");
    }
    let folder = loaded.folder.display();
    match &loaded.conference {
        Some(conference) => {
            let found: Vec<String> = counts(conference).into_iter().map(counted).collect();
            let _ = writeln!(text, "{folder}: {}: {}", conference.name, found.join(", "));
        }
        None => {
            let _ = writeln!(text, "{folder}: unusable, nothing of it can be published");
        }
    }
    for (file, counts) in &loaded.counts {
        let found: Vec<String> = counts.iter().copied().map(counted).collect();
        let _ = writeln!(text, "{file}: {}", found.join(", "));
    }
    text
}

/// What a conference holds.
fn counts(conference: &Conference) -> Vec<(&'static str, usize)> {
    let slots = || conference.talks.iter().flat_map(|talk| &talk.slots);
    let timed = slots().filter(|slot| slot.when.timed().is_some()).count();
    let days_only = slots()
        .filter(|slot| matches!(slot.when, When::Day(_)))
        .count();
    let unplaced = conference
        .talks
        .iter()
        .filter(|talk| talk.slots.is_empty())
        .count();
    vec![
        ("talks", conference.talks.len()),
        ("slots with an hour", timed),
        ("slots with a day only", days_only),
        ("talks without a day", unplaced),
        ("days", conference.days.len()),
        ("rooms", conference.rooms.len()),
        ("tracks", conference.tracks.len()),
        ("speakers", conference.speakers.len()),
    ]
}

fn counted((what, count): (&'static str, usize)) -> String {
    let word = match what.strip_suffix('s') {
        Some(one) if count == 1 => one,
        _ => what,
    };
    match what.split_once(' ') {
        Some((thing, rest)) if count == 1 => format!("1 {} {rest}", thing.trim_end_matches('s')),
        _ => format!("{count} {word}"),
    }
}

/// How many problems there are that somebody should mend.
pub(super) fn to_mend(problems: &[Problem]) -> usize {
    let worth_mending = problems
        .iter()
        .filter(|problem| problem.severity > Severity::Note);
    worth_mending.count()
}

/// The report of `handbill check --format json`.
#[derive(Serialize)]
pub(super) struct Report {
    /// How many problems there are that somebody should mend.
    problems: usize,
    /// Why there is no conference at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    unusable: Option<ProblemReport>,
    conferences: Vec<ConferenceReport>,
}

#[derive(Serialize)]
struct ConferenceReport {
    folder: String,
    slug: Option<String>,
    name: Option<String>,
    usable: bool,
    counts: BTreeMap<&'static str, usize>,
    sources: Vec<SourceReport>,
    problems: Vec<ProblemReport>,
}

#[derive(Serialize)]
struct SourceReport {
    file: String,
    counts: BTreeMap<&'static str, usize>,
}

#[derive(Serialize)]
struct ProblemReport {
    severity: String,
    file: String,
    line: Option<usize>,
    column: Option<usize>,
    talk: Option<String>,
    message: String,
    remedy: String,
}

impl Report {
    /// The report on some conferences.
    pub(super) fn new(loaded: &[Loaded]) -> Self {
        Self {
            problems: loaded.iter().map(|loaded| to_mend(&loaded.problems)).sum(),
            unusable: None,
            conferences: loaded.iter().map(ConferenceReport::new).collect(),
        }
    }

    /// The report when there is no conference at all.
    pub(super) fn unusable(problem: &Problem) -> Self {
        Self {
            problems: 1,
            unusable: Some(ProblemReport::new(problem)),
            conferences: Vec::new(),
        }
    }
}

impl ConferenceReport {
    fn new(loaded: &Loaded) -> Self {
        let conference = loaded.conference.as_ref();
        let sources = loaded.counts.iter();
        Self {
            folder: loaded.folder.display().to_string(),
            slug: conference.map(|conference| conference.slug.to_string()),
            name: conference.map(|conference| conference.name.to_string()),
            usable: conference.is_some(),
            counts: conference
                .map(counts)
                .unwrap_or_default()
                .into_iter()
                .collect(),
            sources: sources
                .map(|(file, counts)| SourceReport {
                    file: file.clone(),
                    counts: counts.iter().copied().collect(),
                })
                .collect(),
            problems: loaded.problems.iter().map(ProblemReport::new).collect(),
        }
    }
}

impl ProblemReport {
    fn new(problem: &Problem) -> Self {
        Self {
            severity: problem.severity.to_string(),
            file: problem.place.file.clone(),
            line: problem.place.line,
            column: problem.place.column,
            talk: problem.talk.clone(),
            message: problem.message.clone(),
            remedy: problem.remedy.clone(),
        }
    }
}
