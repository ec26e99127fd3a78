//! `handbill check`: what is wrong with the data, and how to mend it.

use super::lint::{self, Checked};
use super::report::{self, Ink, Report};
use super::single_file::{Additions, is_address};
use super::{Failure, UNUSABLE};
use crate::source::{self, CONFERENCE_FILE, Place, Problem, Remote};
use chrono::Utc;
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Say what is wrong with the data, what was found in it, and what programs will make of it.
///
/// Exits with 0 when there is nothing to mend, 1 when there are problems, 2 when something cannot be
/// published at all.
#[derive(Debug, Args)]
#[command(after_long_help = super::EXAMPLE)]
pub(super) struct Arguments {
    /// A conference's folder, a folder of such folders, or one file or address in any format.
    #[arg(env = "HANDBILL_DATA", default_value = "data")]
    data: PathBuf,
    /// For whom the report is.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// A rule whose findings are all right here; may be given more than once.
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = PossibleValuesParser::new(lint::names()), hide_possible_values = true)]
    allow: Vec<String>,
    #[command(flatten)]
    additions: Additions,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let Arguments {
        data, additions, ..
    } = arguments;
    let loaded = if is_by_itself(data) {
        Ok(vec![additions.load(data)?])
    } else if !data.exists() {
        Err(missing(data))
    } else if additions.is_empty() {
        let remote = Remote::default();
        remote.fetch_all(&source::remote_sources(data), Utc::now());
        source::load(data, &remote)
    } else {
        let message = "--time-zone, --first-day and --private-network are for a file or address by itself; conference.toml has `time_zone` and `days`";
        return Err(message.into());
    };
    let loaded = match loaded {
        Ok(loaded) => loaded,
        Err(problem) => {
            match arguments.format {
                Format::Text => eprintln!("{problem}"),
                Format::Json => say(&serde_json::to_string_pretty(&Report::unusable(&problem))?),
            }
            return Ok(ExitCode::from(UNUSABLE));
        }
    };
    let check = |loaded| Checked::new(loaded, &arguments.allow);
    let checked: Vec<Checked> = loaded.into_iter().map(check).collect();
    let report = match arguments.format {
        Format::Json => serde_json::to_string_pretty(&Report::new(&checked))?,
        Format::Text => report::text(&checked, Ink::of_stdout()),
    };
    say(&report);
    let is_unusable = |checked: &Checked| checked.loaded.conference.is_none();
    let is_clean = |checked: &Checked| checked.to_mend() == 0;
    Ok(if checked.iter().any(is_unusable) {
        ExitCode::from(UNUSABLE)
    } else if checked.iter().all(is_clean) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn missing(data: &Path) -> Problem {
    let name = data.display().to_string();
    let message = "there is no such file or folder";
    Problem::error(Place::file(&name), message, "check the name")
}

/// Whether this is a file by itself, and no conference's folder.
fn is_by_itself(data: &Path) -> bool {
    let is_file = data.is_file() && data.file_name().is_none_or(|name| name != CONFERENCE_FILE);
    is_file || data.to_str().is_some_and(is_address)
}

/// Writes to standard output. Whoever reads it may have seen enough: `handbill check | head`.
fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}
