//! `handbill convert`: one file, or what is at an address, into another format.

use super::single_file::Additions;
use super::{Failure, UNUSABLE};
use crate::history::History;
use crate::render::{RENDERERS, Rendering, Site, plan};
use chrono::Utc;
use clap::Args;
use clap::builder::PossibleValuesParser;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Convert one file or address, without any conference.toml.
///
/// What the file leaves open can be said here: the time zone, and the date of the first day.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The file to read, or an address such as https://pretalx.com/event/; its format is recognised
    /// by its content.
    file: PathBuf,
    /// The format to write.
    #[arg(long, value_parser = PossibleValuesParser::new(RENDERERS.iter().map(|renderer| renderer.format)))]
    to: String,
    #[command(flatten)]
    additions: Additions,
    /// Where to write; standard output when left out.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Where the result will be published: links to itself begin with this.
    #[arg(long, env = "HANDBILL_BASE_URL", value_name = "URL", default_value = super::build::DEFAULT_BASE_URL, value_parser = super::parse_site)]
    base_url: Site,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let loaded = arguments.additions.load(&arguments.file)?;
    for problem in &loaded.problems {
        eprintln!("{problem}");
    }
    let Some(conference) = loaded.conference else {
        return Ok(ExitCode::from(UNUSABLE));
    };
    let is_wanted = |document: &Rendering| {
        let renderer = document.renderer();
        renderer.is_some_and(|renderer| renderer.format == arguments.to)
    };
    let Some(wanted) = plan(&conference).into_iter().find(is_wanted) else {
        return Err(format!("there is no format {}", arguments.to).into());
    };
    let history = History::default().next(&conference, Utc::now());
    for (what, count) in wanted.leaves_out(&conference, &history, &arguments.base_url) {
        report_left_out(arguments, what, count);
    }
    let document = wanted.render(&conference, &history, &arguments.base_url);
    super::build::warn_of_own_address(&arguments.base_url);
    match &arguments.out {
        Some(path) => std::fs::write(path, &document.bytes)
            .map_err(|error| format!("cannot write {}: {error}", path.display()))?,
        None => std::io::stdout().write_all(&document.bytes)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Says what of the file the format has no place for.
fn report_left_out(arguments: &Arguments, what: &str, count: usize) {
    let file = arguments.file.display();
    let left_out = match count {
        0 => return,
        1 => format!("1 talk {what} is left out"),
        _ => format!("{count} talks {what} are left out"),
    };
    let to = &arguments.to;
    let remedy = match arguments.additions.first_day {
        None => "; --first-day gives the date of day 1, if that is what is missing",
        Some(_) => "",
    };
    eprintln!("{file}: {left_out}, {to} has no place for them{remedy}");
}
