//! The commands: one file each. The only place that joins the layers.

mod address;
mod build;
mod changes;
mod check;
mod completions;
mod convert;
mod diff;
mod editions;
mod health;
mod lint;
mod operator;
mod polling;
mod publisher;
mod push_arguments;
mod report;
mod serve;
mod sightings;
mod single_file;
mod state;
mod watch;

use crate::render::Site;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Publishes a conference's programme as calendars and feeds.
///
/// Without a command, handbill serves the folder `data`.
#[derive(Debug, Parser)]
#[command(name = "handbill", version, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Arguments),
    Build(build::Arguments),
    Check(check::Arguments),
    Convert(convert::Arguments),
    Diff(diff::Arguments),
    Editions(editions::Arguments),
    Health(health::Arguments),
    Completions(completions::Arguments),
}

/// The exit code of a command that could do nothing with its input.
const UNUSABLE: u8 = 2;

/// The least that a conference needs, for the help texts.
const EXAMPLE: &str = "\
A conference is a folder with a file conference.toml in it:

  name = \"Example Days\"
  time_zone = \"Europe/Berlin\"
  url = \"https://example.org/\"
  days = [2027-05-08, 2027-05-09]
  updated = 2027-03-01
  sources = [\"notes.md\"]           # if you keep Markdown notes, too

  [[talks]]
  code = \"OPENING\"
  title = \"Opening\"
  speakers = [\"Ada Lovelace\"]
  start = 2027-05-08T10:00:00
  end = 2027-05-08T10:45:00
  room = \"Grand Hall\"

README.md lists every key.";

/// What makes a command give up; its sources tell why.
pub type Failure = Box<dyn std::error::Error>;

/// Reads a base URL.
fn parse_site(base_url: &str) -> Result<Site, String> {
    Site::parse(base_url).ok_or_else(|| {
        "expected an absolute address such as https://feeds.example.org, without ? and #".into()
    })
}

impl Cli {
    /// Runs the command that the arguments name.
    ///
    /// # Errors
    ///
    /// When the command cannot do its work at all.
    pub fn run(self) -> Result<ExitCode, Failure> {
        match self.command {
            None => Self::try_parse_from(["handbill", "serve"])?.run(),
            Some(Command::Serve(arguments)) => serve::run(&arguments),
            Some(Command::Build(arguments)) => build::run(&arguments),
            Some(Command::Check(arguments)) => check::run(&arguments),
            Some(Command::Convert(arguments)) => convert::run(&arguments),
            Some(Command::Diff(arguments)) => diff::run(&arguments),
            Some(Command::Editions(arguments)) => editions::run(&arguments),
            Some(Command::Health(arguments)) => health::run(&arguments),
            Some(Command::Completions(arguments)) => completions::run(&arguments),
        }
    }
}
