//! The report for programs: README.md documents its fields.

use super::counts;
use crate::cli::lint::{Checked, Client};
use crate::source::{Problem, Severity};
use serde::Serialize;
use std::collections::BTreeMap;

/// The report of `handbill check --format json`.
#[derive(Serialize)]
pub(in crate::cli) struct Report {
    /// How many problems there are that somebody should mend.
    problems: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
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
    clients: Vec<ClientReport>,
}

#[derive(Serialize)]
struct ClientReport {
    client: &'static str,
    remarks: Vec<String>,
}

#[derive(Serialize)]
struct SourceReport {
    file: String,
    format: &'static str,
    counts: BTreeMap<&'static str, usize>,
}

#[derive(Serialize)]
struct ProblemReport {
    rule: Option<&'static str>,
    severity: String,
    file: String,
    line: Option<u32>,
    column: Option<u32>,
    talk: Option<String>,
    message: String,
    remedy: String,
}

impl Report {
    /// The report on some conferences.
    pub(in crate::cli) fn new(checked: &[Checked]) -> Self {
        let count = |severity| checked.iter().map(|checked| checked.count(severity)).sum();
        Self {
            problems: checked.iter().map(Checked::to_mend).sum(),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
            unusable: None,
            conferences: checked.iter().map(ConferenceReport::new).collect(),
        }
    }

    /// The report when there is no conference at all.
    pub(in crate::cli) fn unusable(problem: &Problem) -> Self {
        Self {
            problems: 1,
            errors: 1,
            warnings: 0,
            notes: 0,
            unusable: Some(ProblemReport::new(problem)),
            conferences: Vec::new(),
        }
    }
}

impl ConferenceReport {
    fn new(checked: &Checked) -> Self {
        let loaded = &checked.loaded;
        let conference = loaded.conference.as_ref();
        let sources = loaded
            .sources
            .iter()
            .filter(|source| !source.counts.is_empty());
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
                .map(|source| SourceReport {
                    file: source.file.to_string(),
                    format: source.format,
                    counts: source.counts.iter().copied().collect(),
                })
                .collect(),
            problems: loaded.problems.iter().map(ProblemReport::new).collect(),
            clients: checked.clients.iter().map(ClientReport::new).collect(),
        }
    }
}

impl ProblemReport {
    fn new(problem: &Problem) -> Self {
        Self {
            rule: problem.rule,
            severity: problem.severity.to_string(),
            file: problem.place.file.to_string(),
            line: problem.place.line,
            column: problem.place.column,
            talk: problem.talk.clone(),
            message: problem.message.clone(),
            remedy: problem.remedy.clone(),
        }
    }
}

impl ClientReport {
    fn new(client: &Client) -> Self {
        Self {
            client: client.name,
            remarks: client.remarks.clone(),
        }
    }
}
