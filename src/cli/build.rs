//! `handbill build`: all documents as files, for a static host.

use super::publisher::Publisher;
use super::{Failure, UNUSABLE};
use crate::history::Ledger;
use crate::publish::folder::{self, OldEditions};
use crate::push::Settings;
use crate::render::Site;
use crate::source::{self, Remote};
use chrono::{DateTime, Utc};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Where documents say they are published when nobody says otherwise: where `handbill serve` listens.
pub(super) const DEFAULT_BASE_URL: &str = "http://127.0.0.1:8080";

/// Where a built folder keeps what it must remember.
const LEDGER: &str = ".handbill/ledger";

/// Where a built folder keeps the last good copies of sources with an address.
const COPIES: &str = ".handbill/sources";

/// A progress bar appears when the work takes longer.
const PATIENCE: Duration = Duration::from_secs(1);

/// Write all documents as files, for a static host.
///
/// Files that did not change are not touched, files of earlier builds that are no longer wanted are
/// removed, other people's files are left alone.
#[derive(Debug, Args)]
#[command(after_long_help = super::EXAMPLE)]
pub(super) struct Arguments {
    /// A conference's folder, or a folder of such folders.
    #[arg(env = "HANDBILL_DATA", default_value = "data")]
    data: PathBuf,
    /// The folder to write to.
    #[arg(long, value_name = "DIR", default_value = "feeds")]
    out: PathBuf,
    /// Where the folder will be published: links begin with this.
    #[arg(long, env = "HANDBILL_BASE_URL", value_name = "URL", default_value = DEFAULT_BASE_URL, value_parser = super::parse_site)]
    base_url: Site,
    /// Write every document of every old edition, too, below `editions/`.
    #[arg(long)]
    old_editions: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    refuse_own_source(arguments)?;
    let remote = Arc::new(Remote::in_published_folder(&arguments.out.join(COPIES)));
    remote.fetch_all(&source::remote_sources(&arguments.data), Utc::now());
    let ledger = Arc::new(Ledger::in_folder(&arguments.out.join(LEDGER)));
    let mut publisher = Publisher::new(
        &arguments.data,
        ledger,
        remote,
        arguments
            .base_url
            .clone()
            .with_old_editions(arguments.old_editions),
        Settings::default(),
    );
    let now = time_of_the_build()?;
    let mut outcome = publisher.read(now);
    // A folder without one of its conferences would look as if that had been cancelled.
    if outcome.reasons.is_empty() {
        publisher.record(&mut outcome, now);
    }
    for problem in &outcome.problems {
        eprintln!("{problem}");
    }
    let (Some(catalogue), true) = (publisher.catalogue(), outcome.reasons.is_empty()) else {
        for reason in outcome.reasons_beside_problems() {
            eprintln!("{reason}");
        }
        eprintln!("nothing is written: mend what is said above first");
        return Ok(ExitCode::from(UNUSABLE));
    };
    let bar = progress_bar();
    let start = Instant::now();
    let old_editions = match arguments.old_editions {
        true => OldEditions::Written,
        false => OldEditions::LeftOut,
    };
    let written = folder::write(&arguments.out, &catalogue, old_editions, |done, total| {
        if start.elapsed() > PATIENCE {
            bar.set_length(total as u64);
            bar.set_position(done as u64);
        }
    })?;
    bar.finish_and_clear();
    for kept in &written.kept {
        eprintln!(
            "{} is no longer wanted; it stays, since somebody has changed it",
            kept.display()
        );
    }
    eprintln!(
        "{}: {} written, {} unchanged, {} removed",
        arguments.out.display(),
        written.written,
        written.unchanged,
        written.removed
    );
    warn_of_own_address(&arguments.base_url);
    Ok(ExitCode::SUCCESS)
}

/// When the editions of this build are published: now, or when `SOURCE_DATE_EPOCH` says, so that a
/// build can be repeated (<https://reproducible-builds.org/specs/source-date-epoch/>).
fn time_of_the_build() -> Result<DateTime<Utc>, Failure> {
    let Ok(seconds) = std::env::var("SOURCE_DATE_EPOCH") else {
        return Ok(Utc::now());
    };
    let instant = seconds.trim().parse().ok();
    let instant = instant.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    instant.ok_or_else(|| {
        format!("SOURCE_DATE_EPOCH is {seconds:?}; expected seconds since 1970 such as 1643997600")
            .into()
    })
}

/// Documents among the data would be read and watched as if they were data.
fn refuse_own_source(arguments: &Arguments) -> Result<(), Failure> {
    let (data, out) = (&arguments.data, &arguments.out);
    match (data.canonicalize(), out.canonicalize()) {
        (Ok(data), Ok(out)) if data == out => {
            let out = out.display();
            Err(format!("{out} holds the data; name another folder with --out").into())
        }
        _ => Ok(()),
    }
}

/// Warns of documents that lead nowhere for anybody else.
pub(super) fn warn_of_own_address(site: &Site) {
    if site.base_url == DEFAULT_BASE_URL {
        eprintln!(
            "links begin with {DEFAULT_BASE_URL}; say --base-url https://… so that other people's programs can follow them"
        );
    }
}

/// A bar on the terminal; nothing anywhere else.
fn progress_bar() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} documents, {eta} left");
    ProgressBar::no_length().with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
