//! `handbill diff`: what is different between two states of a conference.

use super::Failure;
use super::changes;
use super::single_file::{Additions, is_address};
use super::state::{State, parse_slug, recorded};
use crate::history::ledger::Ledger;
use crate::history::{Change, History, diff};
use crate::model::{Conference, Slug};
use crate::render::Told;
use crate::source::{self, CONFERENCE_FILE, Loaded, Remote, Severity};
use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// Say what is different between two states of a conference, talk by talk.
///
/// Exits with 0 when nothing is different, 1 when something is, 2 when that cannot be said.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The state before: a conference's folder, a folder of such folders, a file or address in any
    /// format, or an edition of the ledger such as example-2026@3.
    before: String,
    /// The state after.
    after: String,
    /// For whom the differences are.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    state: State,
    #[command(flatten)]
    additions: Additions,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// A state of a conference.
struct Side {
    conference: Conference,
    /// What its talks are recognised by; `None` where it was read and never published.
    history: Option<History>,
}

/// What is different about one conference.
struct Difference {
    conference: Conference,
    changes: Vec<Change>,
    missing: Option<Missing>,
}

/// In which of the two states a conference is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Missing {
    Before,
    After,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let now = Utc::now();
    let before = arguments.sides(&arguments.before, now)?;
    let after = arguments.sides(&arguments.after, now)?;
    let differences = differences(before, after, now);
    let told = match arguments.format {
        Format::Text => text(&differences),
        Format::Json => json(&differences)?,
    };
    // Whoever reads it may have seen enough: `handbill diff a b | head`.
    let _ = std::io::stdout().write_all(told.as_bytes());
    let is_same =
        |difference: &Difference| difference.changes.is_empty() && difference.missing.is_none();
    Ok(if differences.iter().all(is_same) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

impl Arguments {
    /// What somebody names a state by: its conferences.
    fn sides(&self, name: &str, now: DateTime<Utc>) -> Result<Vec<Side>, Failure> {
        if let Some((slug, number)) = edition_name(name) {
            let ledger: Ledger = self.state.open()?;
            let recorded = recorded(&ledger, &slug, number)?;
            return Ok(vec![Side {
                conference: Arc::unwrap_or_clone(recorded.conference),
                history: Some(Arc::unwrap_or_clone(recorded.history)),
            }]);
        }
        let path = Path::new(name);
        let is_folder =
            path.is_dir() || path.file_name().is_some_and(|name| name == CONFERENCE_FILE);
        let loaded = if is_address(name) || path.is_file() && !is_folder {
            vec![self.additions.load(path)?]
        } else if is_folder {
            let remote = Remote::default();
            let data = if path.is_dir() { path } else { folder_of(path) };
            remote.fetch_all(&source::remote_sources(data), now);
            source::load(data, &remote).map_err(|problem| problem.to_string())?
        } else {
            let message = format!(
                "{name}: there is no such file or folder, and an edition is named like example-2026@3"
            );
            return Err(message.into());
        };
        loaded.into_iter().map(Side::read).collect()
    }
}

fn folder_of(file: &Path) -> &Path {
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

/// Reads the name of an edition; a file or folder of that name comes first.
fn edition_name(name: &str) -> Option<(Slug, u64)> {
    let (slug, number) = name.rsplit_once('@')?;
    if is_address(name) || Path::new(name).exists() {
        return None;
    }
    Some((parse_slug(slug).ok()?, number.parse().ok()?))
}

impl Side {
    fn read(loaded: Loaded) -> Result<Self, Failure> {
        let problems = loaded.problems.iter();
        for problem in problems.filter(|problem| problem.severity > Severity::Note) {
            eprintln!("{problem}");
        }
        match loaded.conference {
            Some(conference) => Ok(Self {
                conference,
                history: None,
            }),
            None => Err(format!(
                "{} cannot be compared: mend what is said above first",
                loaded.folder.display()
            )
            .into()),
        }
    }

    /// Its talks under the codes by which `before` knows them, where they were only read.
    fn recognised(mut self, before: &Self, now: DateTime<Utc>) -> Self {
        if self.history.is_none() {
            let published = &before.conference.talks;
            match &before.history {
                Some(history) => history.keep_codes(published, &mut self.conference),
                None => History::default()
                    .next(&before.conference, now)
                    .keep_codes(published, &mut self.conference),
            }
        }
        self
    }
}

/// Compares conferences of one slug; two that are alone need not have the same.
fn differences(mut before: Vec<Side>, mut after: Vec<Side>, now: DateTime<Utc>) -> Vec<Difference> {
    if let ([_], [_]) = (&*before, &*after)
        && let (Some(before), Some(after)) = (before.pop(), after.pop())
    {
        return vec![Difference::of(&before, after, now)];
    }
    let slugs: BTreeSet<String> = before
        .iter()
        .chain(&after)
        .map(|side| side.conference.slug.to_string())
        .collect();
    let take = |sides: &mut Vec<Side>, slug: &str| {
        let place = sides
            .iter()
            .position(|side| *side.conference.slug == *slug)?;
        Some(sides.swap_remove(place))
    };
    let mut differences = Vec::new();
    for slug in &slugs {
        differences.extend(match (take(&mut before, slug), take(&mut after, slug)) {
            (Some(before), Some(after)) => Some(Difference::of(&before, after, now)),
            (Some(before), None) => Some(Difference::missing(before, Missing::After)),
            (None, Some(after)) => Some(Difference::missing(after, Missing::Before)),
            (None, None) => None,
        });
    }
    differences
}

impl Difference {
    fn of(before: &Side, after: Side, now: DateTime<Utc>) -> Self {
        let after = after.recognised(before, now);
        Self {
            changes: diff(&before.conference, &after.conference),
            conference: after.conference,
            missing: None,
        }
    }

    fn missing(side: Side, missing: Missing) -> Self {
        Self {
            conference: side.conference,
            changes: Vec::new(),
            missing: Some(missing),
        }
    }
}

/// The differences for people; conferences are named where there are several.
fn text(differences: &[Difference]) -> String {
    let is_alone = differences.len() == 1;
    let mut blocks = Vec::new();
    for difference in differences {
        let slug = &difference.conference.slug;
        match difference.missing {
            Some(Missing::After) => blocks.push(format!("== {slug}: only before\n")),
            Some(Missing::Before) => blocks.push(format!("== {slug}: only after\n")),
            None if difference.changes.is_empty() => {}
            None => {
                let name = (!is_alone).then(|| format!("== {slug}\n"));
                blocks.extend(name);
                blocks.push(changes::text(&difference.changes));
            }
        }
    }
    blocks.join("\n")
}

#[derive(Serialize)]
struct ToldDifference<'a> {
    conference: &'a str,
    name: &'a str,
    missing: Option<Missing>,
    changes: Vec<Told>,
}

/// The differences for programs.
fn json(differences: &[Difference]) -> Result<String, Failure> {
    let told: Vec<ToldDifference<'_>> = differences
        .iter()
        .map(|difference| ToldDifference {
            conference: &difference.conference.slug,
            name: &difference.conference.name,
            missing: difference.missing,
            changes: difference
                .changes
                .iter()
                .map(|change| Told::new(change, &difference.conference))
                .collect(),
        })
        .collect();
    let document = serde_json::json!({ "conferences": told });
    Ok(format!("{}\n", serde_json::to_string_pretty(&document)?))
}
