//! `handbill serve`: the data as a site that follows its changes.

use super::address::{Address, reachable};
use super::operator::Operator;
use super::polling::Polling;
use super::publisher::{Outcome, Publisher, chain};
use super::push_arguments::PushArguments;
use super::{Failure, UNUSABLE, watch};
use crate::history::Ledger;
use crate::publish::RenderFailure;
use crate::push::{Bell, Client, Courier};
use crate::render::Site;
use crate::server::{self, Admin, Live, Token};
use crate::source::{self, Problem, Remote, Severity};
use chrono::Utc;
use clap::{Args, ValueEnum};
use std::io::{IsTerminal, Write};
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;
use tracing::level_filters::LevelFilter;
use tracing::{error, info, warn};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::prelude::*;

/// The folder of the last good copies of sources with an address, below the state directory.
const COPIES: &str = "sources";

/// How often to look into a ledger that does not tell when somebody else has written to it.
const LEDGER_PATROL: Duration = Duration::from_secs(5);

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
    /// The folder with the ledger of all editions, and copies of sources with an address.
    #[arg(
        long,
        env = "HANDBILL_STATE",
        value_name = "DIR",
        default_value = ".handbill"
    )]
    state: PathBuf,
    /// A PostgreSQL database that keeps the ledger, for several servers of the same conferences.
    #[arg(
        long,
        env = "HANDBILL_LEDGER",
        value_name = "URL",
        hide_env_values = true
    )]
    ledger: Option<String>,
    #[command(flatten)]
    push: PushArguments,
    /// What operators show to approve held imports over HTTP; without, there is no such address.
    #[arg(
        long,
        env = "HANDBILL_ADMIN_TOKEN",
        value_name = "TOKEN",
        hide_env_values = true
    )]
    admin_token: Option<String>,
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
    let push = arguments.push.settings()?;
    let listener = listen(&arguments.address.listen)?;
    let address = listener.local_addr()?;
    let own_url = format!("http://{}", reachable(address));
    let site = arguments.base_url.clone();
    let site = site.unwrap_or_else(|| Site::new(&own_url));
    let site = site.with_hub(push.hub.clone()).with_server();
    let remote = Arc::new(Remote::new(&arguments.state.join(COPIES)));
    let mut missing = source::remote_sources(&arguments.data);
    missing.retain(|source| !remote.has_copy(source));
    for source in &missing {
        info!("asking {} for the first time", source.name());
    }
    remote.fetch_all(&missing, Utc::now());
    let (ledger, unrecorded) = arguments.ledger()?;
    let ledger = Arc::new(ledger);
    let following = Following {
        publisher: Publisher::new(
            &arguments.data,
            Arc::clone(&ledger),
            Arc::clone(&remote),
            site,
            push.clone(),
        ),
        unrecorded,
        reported: Outcome::default(),
    };
    let Some((following, live)) = following.start() else {
        error!(data = %arguments.data.display(), "there is nothing to serve: mend what is said above");
        return Ok(ExitCode::from(UNUSABLE));
    };
    if arguments.base_url.is_none() && !address.ip().is_loopback() {
        warn!(
            "links begin with {own_url}; say --base-url https://… so that other people's programs can follow them"
        );
    }
    let workers = arguments.workers.map(usize::from);
    actix_web::rt::System::new().block_on(async {
        let (sender, receiver) = mpsc::channel();
        let operator = Operator {
            ledger: Arc::clone(&ledger),
            news: sender.clone(),
        };
        let token = arguments.admin_token.as_deref().and_then(Token::new);
        let admin = token.map(|token| (token, Arc::new(operator) as Arc<dyn Admin>));
        let server = server::serve(Arc::clone(&live), listener, workers, admin)?;
        announce(&arguments.data, &own_url);
        let data = arguments.data.clone();
        let first = Arc::clone(&live);
        thread::spawn(move || {
            report(&first.catalogue().render(None).failures);
            compress(&first);
        });
        let (courier, bell) = Courier::new(Client::new(push.secret.clone()));
        let outbox = Arc::clone(&ledger);
        thread::spawn(move || courier.run(outbox.store(), Utc::now));
        thread::spawn(move || {
            let news = (sender, receiver);
            following.follow(&live, &data, remote, &ledger, &bell, news);
        });
        server.await
    })?;
    info!("stopped");
    Ok(ExitCode::SUCCESS)
}

impl Arguments {
    /// The ledger, and why it is none that lasts.
    fn ledger(&self) -> Result<(Ledger, Option<String>), Failure> {
        let folder = self.state.display().to_string();
        let location = self.ledger.as_ref().unwrap_or(&folder);
        match Ledger::open(location) {
            Ok(ledger) => Ok((ledger, None)),
            // Where a ledger is and cannot be read, sequence numbers would fall without it.
            Err(error) if self.ledger.is_some() || Ledger::is_in(&self.state) => {
                Err(chain(&error).into())
            }
            Err(error) => {
                let reason = format!(
                    "what is published is not recorded, so sequence numbers may fall at the next start; mend this and restart: {}",
                    chain(&error)
                );
                error!("{reason}");
                Ok((Ledger::in_memory()?, Some(reason)))
            }
        }
    }
}

/// Publishes an edition after each change of the data or of the ledger.
struct Following {
    publisher: Publisher,
    /// Why the ledger does not last; `None` where it does.
    unrecorded: Option<String>,
    /// What was said last.
    reported: Outcome,
}

impl Following {
    /// Publishes what there is; `None` where there is nothing.
    fn start(mut self) -> Option<(Self, Arc<Live>)> {
        let outcome = self.read();
        log(&outcome.problems);
        for reason in outcome.reasons_beside_problems() {
            error!("{reason}");
        }
        let catalogue = self.publisher.catalogue()?;
        self.publisher.published();
        let live = Arc::new(Live::new(Arc::new(catalogue)));
        if !outcome.reasons.is_empty() {
            live.hold(outcome.reasons.clone());
        }
        self.reported = outcome;
        Some((self, live))
    }

    fn read(&mut self) -> Outcome {
        let now = Utc::now();
        let mut outcome = self.publisher.read(now);
        self.publisher.record(&mut outcome, now);
        outcome.reasons.extend(self.unrecorded.clone());
        outcome
    }

    /// Follows the data, the ledger, and sources with an address.
    fn follow(
        mut self,
        live: &Arc<Live>,
        data: &Path,
        remote: Arc<Remote>,
        ledger: &Arc<Ledger>,
        bell: &Bell,
        (sender, receiver): (Sender<()>, Receiver<()>),
    ) {
        let mut polling = Polling::new(remote, sender.clone());
        let (ledger, news) = (Arc::clone(ledger), sender.clone());
        thread::spawn(move || {
            while news.send(()).is_ok() {
                ledger.store().wait(LEDGER_PATROL);
            }
        });
        watch::watch(data, (sender, receiver), || {
            polling.follow(source::remote_sources(data));
            let outcome = self.read();
            self.take_over(live, outcome);
            bell.ring();
        });
    }

    /// Publishes the newest editions, whole and rendered, and says what of the data is held back.
    fn take_over(&mut self, live: &Arc<Live>, mut outcome: Outcome) {
        let is_news =
            self.reported.problems != outcome.problems || self.reported.reasons != outcome.reasons;
        if is_news {
            log(&outcome.problems);
        }
        let is_amiss = |outcome: &Outcome| {
            !outcome.reasons.is_empty() || outcome.problems.iter().any(Problem::is_to_mend)
        };
        if is_amiss(&self.reported) && !is_amiss(&outcome) {
            info!("what was amiss is mended");
        }
        if let Some(catalogue) = self.publisher.catalogue() {
            let rendered = catalogue.render(Some(&*live.catalogue()));
            if rendered.failures.is_empty() {
                let (anew, all) = (rendered.anew, catalogue.len());
                live.rendered(&rendered);
                live.publish(Arc::new(catalogue));
                self.publisher.published();
                let live = Arc::clone(live);
                thread::spawn(move || compress(&live));
                info!("a new edition is published: {anew} of {all} documents rendered anew");
            }
            report(&rendered.failures);
            let failures = rendered.failures.iter().map(ToString::to_string);
            outcome.reasons.extend(failures);
        }
        if outcome.reasons.is_empty() {
            live.release();
        } else if is_news || live.held().is_none() {
            let reasons = outcome.reasons_beside_problems();
            let reasons: Vec<&str> = reasons.map(String::as_str).collect();
            warn!("not everything is as the data say: {}", reasons.join("; "));
            live.hold(outcome.reasons.clone());
        }
        self.reported = outcome;
    }
}

/// Says where to look. Whoever started the program may have stopped listening.
fn announce(data: &Path, own_url: &str) {
    let text = format!(
        "handbill serves {} at {own_url}/\nOpen that address to see the programme and its feeds. Stop with Ctrl+C.\n",
        data.display()
    );
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// Compresses the catalogue that is up, until another one is.
fn compress(live: &Live) {
    let catalogue = live.catalogue();
    catalogue.compress(|| Arc::ptr_eq(&catalogue, &live.catalogue()));
}

fn report(failures: &[RenderFailure]) {
    for failure in failures {
        error!("{failure}");
    }
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
