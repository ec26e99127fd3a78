//! Sources with an address. The only part of handbill that asks other people's servers.
//!
//! [`Remote`] knows the last good copy of each source and what is wrong with it. Reading a conference
//! takes the copies and never waits for a server; [`Remote::fetch`] asks for news, and its caller says
//! when. A copy is replaced only by an answer that is whole, timely and readable.
//!
//! - `remote_source`: where a source is and how it is to be asked
//! - `plan`: which addresses hold its data
//! - `gather`: asking all of them, and accepting what can be read
//! - `request`, `address`: one question to a server, and which servers may be asked
//! - `pages`: the pages of a list, joined
//! - `last_good`: the copies on disk
//! - `pace`: when to ask again
//!
//! Not supported: proxies, cookies, passwords, and certificates that Mozilla's list does not vouch for.

mod address;
mod failure;
mod gather;
mod last_good;
mod pace;
mod pages;
mod plan;
mod remote_source;
mod request;

pub use remote_source::RemoteSource;

use super::reading::Read;
use super::{Place, Problem};
use chrono::{DateTime, Utc};
use failure::{Failure, FailureKind};
use gather::{Gathered, gather, read_part};
use last_good::LastGood;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How long to wait before a second try, where there is only one.
const SECOND_TRY: Duration = Duration::from_secs(2);

/// What is known of the sources with an address.
#[derive(Debug, Default)]
pub struct Remote {
    folder: Option<PathBuf>,
    /// Whether that folder is published: then no answer may lie in it that is not for everybody.
    is_published: bool,
    known: Mutex<BTreeMap<String, Known>>,
}

/// What is known of one source.
#[derive(Debug, Clone, Default)]
struct Known {
    last_good: Option<Arc<LastGood>>,
    /// Since when it has been down, and why.
    trouble: Option<(DateTime<Utc>, Failure)>,
    /// How often it was asked in vain since it last answered.
    failures: u32,
    /// When it was last asked.
    asked: Option<Instant>,
    /// What is missing beside it and not required.
    missing: Vec<String>,
    /// Why its copy is not on disk.
    unkept: Option<String>,
}

impl Known {
    /// Whether a reader of the source would see a difference.
    fn differs(&self, other: &Self) -> bool {
        let content = |known: &Self| {
            let parts = known.last_good.iter().flat_map(|copy| &copy.parts);
            let parts = parts.map(|part| (part.url.clone(), Arc::clone(&part.bytes)));
            parts.collect::<Vec<_>>()
        };
        self.trouble != other.trouble
            || self.missing != other.missing
            || self.unkept != other.unkept
            || content(self) != content(other)
    }

    /// What a person should know about a source whose copy is read.
    fn problems(&self, copy: &LastGood, place: &Place) -> Vec<Problem> {
        let time = |instant: DateTime<Utc>| instant.format("%Y-%m-%d %H:%M UTC");
        let down = self.trouble.iter().map(|(since, failure)| {
            let message = format!(
                "{}; it has been down since {}, and its copy of {} is read",
                failure.message,
                time(*since),
                time(copy.confirmed)
            );
            Problem::warning(place.clone(), message, failure.remedy.clone())
        });
        let unkept = self.unkept.iter().map(|message| {
            let remedy = "if the source is down at the next start, it will be missing";
            Problem::warning(place.clone(), message, remedy)
        });
        let missing = self.missing.iter();
        let missing = missing.map(|message| Problem::note(place.clone(), message));
        down.chain(unkept).chain(missing).collect()
    }
}

impl Remote {
    /// What is known of sources, with copies in `folder`, which is made when something is first
    /// written. Without one ([`Default`]) copies last as long as the program.
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: Some(folder.to_owned()),
            is_published: false,
            known: Mutex::default(),
        }
    }

    /// The same, with copies in a folder that is published. Answers to a token are not kept
    /// there.
    pub fn in_published_folder(folder: &Path) -> Self {
        Self {
            is_published: true,
            ..Self::new(folder)
        }
    }

    /// Whether there is a copy of a source to read.
    pub fn has_copy(&self, source: &RemoteSource) -> bool {
        self.known(source).last_good.is_some()
    }

    /// How long to wait before a source is asked again. `chance`, 0 to 1, keeps many programs from
    /// asking in step.
    pub fn wait(&self, source: &RemoteSource, chance: f64) -> Duration {
        let known = self.known(source);
        let Some(asked) = known.asked else {
            return Duration::ZERO;
        };
        let wish = known.trouble.and_then(|(_, failure)| failure.retry_after);
        pace::wait(source.interval, known.failures, wish, chance).saturating_sub(asked.elapsed())
    }

    /// Asks a source for news, and waits for the answer. Whether anything is different now: its
    /// content, or what is wrong with it.
    pub fn fetch(&self, source: &RemoteSource, now: DateTime<Utc>) -> bool {
        let before = self.known(source);
        // Said before asking, so that nobody else asks meanwhile.
        let mut known = Known {
            asked: Some(Instant::now()),
            ..before.clone()
        };
        self.lock().insert(source.key(), known.clone());
        match gather(source, before.last_good.as_deref(), now) {
            Ok(Gathered { parts, missing }) => {
                let copy = LastGood {
                    confirmed: now,
                    parts,
                };
                known.unkept = self.keep(source, &copy);
                known.last_good = Some(Arc::new(copy));
                known.missing = missing;
                (known.failures, known.trouble) = (0, None);
            }
            Err(failure) => {
                let since = known.trouble.map_or(now, |(since, _)| since);
                known.trouble = Some((since, failure));
                known.failures = known.failures.saturating_add(1);
            }
        }
        known.asked = Some(Instant::now());
        let is_news = known.differs(&before);
        self.lock().insert(source.key(), known);
        is_news
    }

    /// Asks sources all at once, and waits for the answers. One that is out is asked a second time.
    pub fn fetch_all(&self, sources: &[RemoteSource], now: DateTime<Utc>) {
        thread::scope(|scope| {
            for source in sources {
                scope.spawn(move || {
                    self.fetch(source, now);
                    if self.is_worth_a_second_try(source) {
                        thread::sleep(SECOND_TRY);
                        self.fetch(source, now);
                    }
                });
            }
        });
    }

    /// Whether a source is out, and may be asked again so soon.
    fn is_worth_a_second_try(&self, source: &RemoteSource) -> bool {
        self.known(source).trouble.is_some_and(|(_, failure)| {
            failure.kind == FailureKind::Passing
                && failure.retry_after.is_none_or(|wish| wish <= SECOND_TRY)
        })
    }

    /// Reads the copy of a source that is named at `place`.
    ///
    /// # Errors
    ///
    /// When there is no copy, or it cannot be read as it should be.
    pub(super) fn read(&self, source: &RemoteSource, place: &Place) -> Result<Vec<Read>, Problem> {
        let known = self.known(source);
        let Some(copy) = &known.last_good else {
            return Err(match known.trouble {
                Some((_, failure)) => {
                    Problem::error(place.clone(), failure.message, failure.remedy)
                }
                None => {
                    let message = format!("{} has not answered yet", source.name());
                    Problem::error(place.clone(), message, "")
                }
            });
        };
        let mut problems = known.problems(copy, place);
        let mut read = Vec::new();
        for part in &copy.parts {
            match read_part(source, &part.url, part.bytes.to_vec(), place) {
                Ok(part) => read.push(part),
                Err(problem) if read.is_empty() => return Err(problem),
                // Only the first part is required.
                Err(problem) => problems.push(Problem::note(problem.place, problem.message)),
            }
        }
        if let Some((_, _, found)) = read.first_mut() {
            found.extend(problems);
        }
        Ok(read)
    }

    fn known(&self, source: &RemoteSource) -> Known {
        let key = source.key();
        let mut known = self.lock();
        let known = known.entry(key).or_insert_with_key(|key| Known {
            last_good: self
                .folder
                .as_deref()
                .and_then(|folder| last_good::read(folder, key))
                .map(Arc::new),
            ..Known::default()
        });
        known.clone()
    }

    /// Writes a copy to disk; why that is not possible.
    fn keep(&self, source: &RemoteSource, copy: &LastGood) -> Option<String> {
        let folder = self.folder.as_deref()?;
        if self.is_published && source.token_env.is_some() {
            return None;
        }
        let error = last_good::write(folder, &source.key(), copy).err()?;
        Some(format!(
            "the copy of {} cannot be kept in {}: {error}",
            source.name(),
            folder.display()
        ))
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
