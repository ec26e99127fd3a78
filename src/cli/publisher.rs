//! From the data folder to the next edition: what can be read replaces what was published before,
//! what cannot be read leaves it up.

use crate::history::{History, Ledger, LedgerError};
use crate::model::{Conference, Slug};
use crate::publish::Edition;
use crate::render::Site;
use crate::source::{self, Loaded, Place, Problem, Remote, Severity};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Makes editions of a data folder.
pub(super) struct Publisher {
    data: PathBuf,
    ledger: Ledger,
    remote: Arc<Remote>,
    site: Site,
    /// Whether there is a last good edition from before the start: a built folder is one.
    has_last_good: bool,
    published: Programmes,
}

/// The last good state of each conference, by its folder.
#[derive(Clone, Default)]
struct Programmes {
    by_folder: BTreeMap<PathBuf, (Arc<Conference>, Arc<History>)>,
    /// Conferences whose history is not on disk: the ledger refused it.
    unwritten: BTreeSet<Slug>,
}

/// What came of reading the data.
#[derive(Default)]
pub(super) struct Outcome {
    /// The new edition; `None` when nothing has changed, or nothing can be published.
    pub edition: Option<Edition>,
    /// Everything that was found.
    pub problems: Vec<Problem>,
    /// Why parts of the data are not published; empty when all are.
    pub reasons: Vec<String>,
    programmes: Programmes,
}

impl Outcome {
    /// The reasons that no problem has told already.
    pub(super) fn reasons_beside_problems(&self) -> impl Iterator<Item = &String> {
        let told: BTreeSet<String> = self.problems.iter().map(ToString::to_string).collect();
        self.reasons
            .iter()
            .filter(move |reason| !told.contains(*reason))
    }
}

impl Publisher {
    /// A publisher of `data` that remembers in `ledger` what it published, and reads sources with an
    /// address from `remote`.
    pub(super) fn new(data: &Path, ledger: &Path, remote: Arc<Remote>, site: Site) -> Self {
        Self {
            data: data.to_owned(),
            ledger: Ledger::new(ledger),
            remote,
            site,
            has_last_good: false,
            published: Programmes::default(),
        }
    }

    /// The same, where what was published last is still up.
    pub(super) fn with_last_good(self) -> Self {
        Self {
            has_last_good: true,
            ..self
        }
    }

    /// Reads the data and makes the next edition of it. Until [`Self::published`] is told that the
    /// edition is up, the next call makes it again.
    pub(super) fn next(&self, now: DateTime<Utc>) -> Outcome {
        let mut outcome = Outcome {
            programmes: self.published.clone(),
            ..Outcome::default()
        };
        match source::load(&self.data, &self.remote) {
            Ok(loaded) => self.take_all(loaded, now, &mut outcome),
            Err(problem) => {
                outcome.reasons.push(problem.to_string());
                outcome.problems.push(problem);
            }
        }
        self.retry_ledger(&mut outcome);
        outcome
    }

    /// The outcome's edition is up.
    pub(super) fn published(&mut self, outcome: &Outcome) {
        self.published = outcome.programmes.clone();
    }

    fn take_all(&self, loaded: Vec<Loaded>, now: DateTime<Utc>, outcome: &mut Outcome) {
        let mut is_new = follow_renamed_folders(&loaded, &mut outcome.programmes);
        for folder in self.published.by_folder.keys() {
            let is_gone = outcome.programmes.by_folder.contains_key(folder)
                && !loaded.iter().any(|loaded| loaded.folder == *folder);
            if is_gone {
                let folder = folder.display();
                let reason =
                    format!("{folder} is gone; what was published of it stays until a restart");
                outcome.reasons.push(reason);
            }
        }
        for loaded in loaded {
            is_new |= self.take(loaded, now, outcome);
        }
        if is_new {
            let conferences = outcome.programmes.by_folder.values().cloned().collect();
            outcome.edition = Some(Edition::new(conferences, self.site.clone()));
        }
    }

    /// Takes over what was read of one conference; whether anything about it is new.
    fn take(&self, loaded: Loaded, now: DateTime<Utc>, outcome: &mut Outcome) -> bool {
        let Loaded {
            folder,
            conference,
            mut problems,
            ..
        } = loaded;
        let errors: Vec<String> = problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error)
            .map(ToString::to_string)
            .collect();
        outcome.problems.append(&mut problems);
        let Some(mut conference) = conference else {
            outcome.reasons.extend(errors);
            return false;
        };
        let twin = outcome
            .programmes
            .by_folder
            .iter()
            .find(|(other, (known, _))| **other != folder && known.slug == conference.slug);
        if let Some((other, _)) = twin {
            let (folder, other) = (folder.display(), other.display());
            let slug = &conference.slug;
            outcome.reasons.push(format!(
                "{folder}: the slug `{slug}` is that of {other} too; give each conference its own"
            ));
            return false;
        }
        let known = outcome.programmes.by_folder.get(&folder);
        let before = match known {
            Some((known, _)) if known.slug != conference.slug => {
                outcome.reasons.push(format!(
                    "{}: the slug was {} and is {} now: every address and identifier would change; restart to publish that",
                    folder.display(),
                    known.slug,
                    conference.slug
                ));
                return false;
            }
            Some((_, history)) => Arc::clone(history),
            None => match self.ledger.read(&conference.slug) {
                Ok(history) => Arc::new(history),
                Err(error) => {
                    outcome.reasons.push(chain(&error));
                    return false;
                }
            },
        };
        let is_up = known.is_some() || self.has_last_good;
        if is_up && conference.talks.is_empty() && before.has_talks() {
            outcome.reasons.push(format!(
                "{}: all talks are gone, which looks like an outage; to publish that, remove the conference's ledger",
                folder.display()
            ));
            return false;
        }
        before.keep_codes(&mut conference);
        let lost = if errors.is_empty() {
            0
        } else {
            before.lost(&conference)
        };
        if is_up && lost > 0 {
            outcome.reasons.push(format!(
                "{}: {lost} talks and slots would vanish, and there are errors: {}",
                folder.display(),
                errors.join("; ")
            ));
            return false;
        }
        if known.is_some_and(|(known, _)| **known == conference) {
            return false;
        }
        let history = before.next(&conference, now);
        outcome.programmes.unwritten.insert(conference.slug.clone());
        let programme = (Arc::new(conference), Arc::new(history));
        outcome.programmes.by_folder.insert(folder, programme);
        true
    }

    /// Writes what is not in the ledger yet. A ledger that cannot be written keeps nobody from
    /// publishing: what is published is right until the next start. It is tried again each time.
    fn retry_ledger(&self, outcome: &mut Outcome) {
        let Programmes {
            by_folder,
            unwritten,
        } = &mut outcome.programmes;
        let mut failures = Vec::new();
        for (conference, history) in by_folder.values() {
            if !unwritten.contains(&conference.slug) {
                continue;
            }
            match self.ledger.write(&conference.slug, history) {
                Ok(()) => {
                    unwritten.remove(&conference.slug);
                }
                Err(error) => failures.push(chain(&error)),
            }
        }
        for failure in failures {
            let place = Place::file(&self.data.display().to_string());
            let remedy = "what is published is right; sequence numbers may fall at the next start";
            let problem = Problem::warning(place, failure, remedy);
            outcome.reasons.push(problem.to_string());
            outcome.problems.push(problem);
        }
    }
}

/// A conference whose folder has another name now is the same conference. Whether there is one.
fn follow_renamed_folders(loaded: &[Loaded], programmes: &mut Programmes) -> bool {
    let mut any = false;
    for new in loaded {
        let Some(conference) = &new.conference else {
            continue;
        };
        if programmes.by_folder.contains_key(&new.folder) {
            continue;
        }
        let old = programmes.by_folder.iter().find(|(folder, (known, _))| {
            known.slug == conference.slug && !loaded.iter().any(|loaded| loaded.folder == **folder)
        });
        if let Some(old) = old.map(|(folder, _)| folder.clone())
            && let Some(programme) = programmes.by_folder.remove(&old)
        {
            programmes.by_folder.insert(new.folder.clone(), programme);
            any = true;
        }
    }
    any
}

/// An error with its causes on one line.
fn chain(error: &LedgerError) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
