//! `handbill serve`: the data as a site that follows its changes.

use super::address::{Address, reachable};
use super::polling::Polling;
use super::publisher::{Outcome, Publisher};
use super::{Failure, UNUSABLE, watch};
use crate::publish::RenderFailure;
use crate::render::Site;
use crate::server::{self, Live};
use crate::source::{self, Problem, Remote, Severity};
use chrono::Utc;
use clap::{Args, ValueEnum};
use std::io::{IsTerminal, Write};
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, mpsc};
use std::thread;
use tracing::level_filters::LevelFilter;
use tracing::{error, info, warn};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::prelude::*;

/// The folder of the last good copies of sources with an address, below the state directory.
const COPIES: &str = "sources";

/// Serve the data over HTTP, and follow its changes.
#[derive(Debug, Args)]
#[command(after_long_help = super::EXAMPLE)]
pub(super) struct Arguments {
    /// A conference's folder, or a folder of such folders.
    #[arg(env = "HANDBILL_DATA", default_value = "data")]
    data: PathBuf,
    #[command(flatten)]
    address: Address,
    /// The address under which people reach the site: links begin with it. Where it listens when
    /// left out.
    #[arg(long, env = "HANDBILL_BASE_URL", value_name = "URL", value_parser = super::parse_site)]
    base_url: Option<Site>,
    /// The folder that remembers what was published, so that sequence numbers never fall.
    #[arg(
        long,
        env = "HANDBILL_STATE",
        value_name = "DIR",
        default_value = ".handbill"
    )]
    state: PathBuf,
    /// How many threads answer requests; one a processor when left out.
    #[arg(long, env = "HANDBILL_WORKERS", value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    workers: Option<u16>,
    /// How log lines look.
    #[arg(long, env = "HANDBILL_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    log_format: LogFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for programs.
    Json,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    log_to_standard_error(arguments.log_format);
    let listener = listen(&arguments.address.listen)?;
    let address = listener.local_addr()?;
    let own_url = format!("http://{}", reachable(address));
    let site = arguments.base_url.clone();
    let site = site.unwrap_or_else(|| Site::new(&own_url));
    let remote = Arc::new(Remote::new(&arguments.state.join(COPIES)));
    let mut missing = source::remote_sources(&arguments.data);
    missing.retain(|source| !remote.has_copy(source));
    for source in &missing {
        info!("asking {} for the first time", source.name());
    }
    remote.fetch_all(&missing, Utc::now());
    let (data, state) = (&arguments.data, &arguments.state);
    let mut publisher = Publisher::new(data, state, Arc::clone(&remote), site);
    let mut outcome = publisher.next(Utc::now());
    log(&outcome.problems);
    for reason in outcome.reasons_beside_problems() {
        error!("{reason}");
    }
    let Some(edition) = outcome.edition.take() else {
        error!(data = %arguments.data.display(), "there is nothing to serve: mend what is said above");
        return Ok(ExitCode::from(UNUSABLE));
    };
    publisher.published(&outcome);
    let live = Arc::new(Live::new(Arc::new(edition)));
    if !outcome.reasons.is_empty() {
        live.hold(outcome.reasons.clone());
    }
    if arguments.base_url.is_none() && !address.ip().is_loopback() {
        warn!(
            "links begin with {own_url}; say --base-url https://… so that other people's programs can follow them"
        );
    }
    let workers = arguments.workers.map(usize::from);
    actix_web::rt::System::new().block_on(async {
        let server = server::serve(Arc::clone(&live), listener, workers)?;
        announce(&arguments.data, &own_url);
        let data = arguments.data.clone();
        let first = Arc::clone(&live);
        thread::spawn(move || {
            report(&first.edition().render(None));
            compress(&first);
        });
        thread::spawn(move || follow(&live, publisher, outcome, &data, remote));
        server.await
    })?;
    info!("stopped");
    Ok(ExitCode::SUCCESS)
}

/// Says where to look. Whoever started the program may have stopped listening.
fn announce(data: &Path, own_url: &str) {
    let text = format!(
        "handbill serves {} at {own_url}/\nOpen that address to see the programme and its feeds. Stop with Ctrl+C.\n",
        data.display()
    );
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// Publishes an edition after each change of the data, and asks sources with an address for news.
fn follow(
    live: &Arc<Live>,
    mut publisher: Publisher,
    mut reported: Outcome,
    data: &Path,
    remote: Arc<Remote>,
) {
    let (sender, receiver) = mpsc::channel();
    let mut polling = Polling::new(remote, sender.clone());
    watch::watch(data, (sender, receiver), || {
        polling.follow(source::remote_sources(data));
        let outcome = publisher.next(Utc::now());
        let is_news = reported.problems != outcome.problems || reported.reasons != outcome.reasons;
        if is_news {
            log(&outcome.problems);
        }
        let is_amiss = |outcome: &Outcome| outcome.problems.iter().any(Problem::is_to_mend);
        if is_amiss(&reported) && !is_amiss(&outcome) {
            info!("what was amiss is mended");
        }
        reported = take_over(live, &mut publisher, outcome, is_news);
    });
}

/// Compresses the edition that is up, until another one is.
fn compress(live: &Live) {
    let edition = live.edition();
    edition.compress(|| Arc::ptr_eq(&edition, &live.edition()));
}

fn report(failures: &[RenderFailure]) {
    for failure in failures {
        error!("{failure}");
    }
}

/// Publishes the outcome's edition, whole and rendered, and says what of the data is held back.
fn take_over(
    live: &Arc<Live>,
    publisher: &mut Publisher,
    mut outcome: Outcome,
    is_news: bool,
) -> Outcome {
    match outcome.edition.take() {
        // The ledger may have been written meanwhile.
        None => publisher.published(&outcome),
        Some(edition) => {
            let failures = edition.render(Some(&*live.edition()));
            if failures.is_empty() {
                live.publish(Arc::new(edition));
                publisher.published(&outcome);
                let live = Arc::clone(live);
                thread::spawn(move || compress(&live));
                info!("a new edition is published");
            }
            report(&failures);
            let failures = failures.iter().map(ToString::to_string);
            outcome.reasons.extend(failures);
        }
    }
    if outcome.reasons.is_empty() {
        live.release();
    } else if is_news || live.held().is_none() {
        let reasons = outcome.reasons.join("; ");
        warn!("not everything is as the data say: {reasons}");
        live.hold(outcome.reasons.clone());
    }
    outcome
}

fn log(problems: &[Problem]) {
    for problem in problems {
        let place = problem.place.to_string();
        let talk = problem.talk.as_deref();
        let remedy = Some(&*problem.remedy).filter(|remedy| !remedy.is_empty());
        match problem.severity {
            Severity::Note => info!(%place, talk, "{}", problem.message),
            Severity::Warning => warn!(%place, talk, remedy, "{}", problem.message),
            Severity::Error => error!(%place, talk, remedy, "{}", problem.message),
        }
    }
}

fn listen(address: &str) -> Result<TcpListener, Failure> {
    let found = address.to_socket_addrs().map_err(|error| {
        format!("cannot listen on {address}: {error}; expected an address and a port such as 127.0.0.1:8080")
    })?;
    let found: Vec<SocketAddr> = found.collect();
    let listener = TcpListener::bind(&*found).map_err(|error| {
        format!("cannot listen on {address}: {error}; is another program there? --listen 127.0.0.1:0 picks a free port")
    })?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// Logs handbill's own words, and of its libraries only what is amiss.
fn log_to_standard_error(format: LogFormat) {
    let levels = Targets::new()
        .with_default(LevelFilter::WARN)
        .with_target("handbill", LevelFilter::INFO);
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_target(false);
    let lines = match format {
        LogFormat::Text => lines.with_ansi(std::io::stderr().is_terminal()).boxed(),
        LogFormat::Json => lines.json().boxed(),
    };
    tracing_subscriber::registry()
        .with(lines.with_filter(levels))
        .init();
}
