//! `handbill check`: what is wrong with the data, and how to mend it.

use super::report::{self, Report};
use super::{Failure, UNUSABLE};
use crate::source;
use clap::{Args, ValueEnum};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Say what is wrong with the data, and what was found in it.
///
/// Exits with 0 when there is nothing to mend, 1 when there are problems, 2 when something cannot be
/// published at all.
#[derive(Debug, Args)]
#[command(after_long_help = super::EXAMPLE)]
pub(super) struct Arguments {
    /// A conference's folder, or a folder of such folders.
    #[arg(env = "HANDBILL_DATA", default_value = "data")]
    data: PathBuf,
    /// For whom the report is.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let loaded = match source::load(&arguments.data) {
        Ok(loaded) => loaded,
        Err(problem) => {
            match arguments.format {
                Format::Text => eprintln!("{problem}"),
                Format::Json => say(&serde_json::to_string_pretty(&Report::unusable(&problem))?),
            }
            return Ok(ExitCode::from(UNUSABLE));
        }
    };
    let to_mend: usize = loaded
        .iter()
        .map(|loaded| report::to_mend(&loaded.problems))
        .sum();
    let report = match arguments.format {
        Format::Json => serde_json::to_string_pretty(&Report::new(&loaded))?,
        Format::Text => {
            let word = if to_mend == 1 { "problem" } else { "problems" };
            let texts: String = loaded.iter().map(report::text).collect();
            format!("{texts}{to_mend} {word}")
        }
    };
    say(&report);
    let is_unusable = loaded.iter().any(|loaded| loaded.conference.is_none());
    Ok(match (is_unusable, to_mend) {
        (true, _) => ExitCode::from(UNUSABLE),
        (false, 0) => ExitCode::SUCCESS,
        (false, _) => ExitCode::FAILURE,
    })
}

/// Writes to standard output. Whoever reads it may have seen enough: `handbill check | head`.
fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}
