//! From the data folder to the next edition: what can be read is recorded and replaces what was
//! published before, what cannot be read leaves it up.
//!
//! Nothing is published that is not recorded: sequence numbers would fall after a restart. Several
//! publishers may share a ledger. Each proposes what its own source newly says, and shows what the
//! ledger has, whoever recorded it.

use super::operator::LedgerArchive;
use super::sightings::{Sighting, Sightings};
use crate::history::ledger::{Held, Mark, Recorded, Verdict};
use crate::history::{Edition, Ledger, LedgerError, diff, publication_time, successor, suspicions};
use crate::model::{Conference, Slug};
use crate::publish::{Catalogue, Programme};
use crate::push;
use crate::render::Site;
use crate::source::{self, Loaded, Place, Problem, Remote, Severity};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How often somebody else may record first before this publisher gives up until the next call.
const ATTEMPTS: usize = 8;

/// Makes editions of a data folder.
pub(super) struct Publisher {
    data: PathBuf,
    ledger: Arc<Ledger>,
    remote: Arc<Remote>,
    site: Site,
    push: push::Settings,
    known: BTreeMap<Slug, Known>,
    folders: BTreeMap<PathBuf, Slug>,
    sightings: Sightings,
    /// What the catalogue that is up shows.
    shown: BTreeMap<Slug, Mark>,
}

/// The newest edition of a conference.
struct Known {
    recorded: Arc<Recorded>,
    mark: Mark,
    retired: Arc<BTreeSet<String>>,
}

/// What a source says that is not published yet.
struct Proposal {
    conference: Conference,
    digest: String,
    source: String,
}

/// What came of reading the data.
#[derive(Default)]
pub(super) struct Outcome {
    /// Everything that was found.
    pub problems: Vec<Problem>,
    /// Why parts of the data are not published; empty when all are.
    pub reasons: Vec<String>,
    proposals: Vec<Proposal>,
}

impl Outcome {
    /// The reasons that no problem has told already.
    pub(super) fn reasons_beside_problems(&self) -> impl Iterator<Item = &String> {
        let told: BTreeSet<String> = self.problems.iter().map(ToString::to_string).collect();
        self.reasons
            .iter()
            .filter(move |reason| !told.contains(*reason))
    }

    fn refuse(&mut self, folder: &Path, reason: &str) {
        self.reasons.push(format!("{}: {reason}", folder.display()));
    }
}

impl Publisher {
    /// A publisher of `data` that records in `ledger` what it publishes, and reads sources with an
    /// address from `remote`.
    pub(super) fn new(
        data: &Path,
        ledger: Arc<Ledger>,
        remote: Arc<Remote>,
        site: Site,
        push: push::Settings,
    ) -> Self {
        Self {
            data: data.to_owned(),
            ledger,
            remote,
            site,
            push,
            known: BTreeMap::new(),
            folders: BTreeMap::new(),
            sightings: Sightings::default(),
            shown: BTreeMap::new(),
        }
    }

    /// Reads the ledger and the data, and says what of the data is new and what is amiss.
    pub(super) fn read(&mut self, now: DateTime<Utc>) -> Outcome {
        let mut outcome = Outcome::default();
        if let Err(error) = self.ledger.store().writable() {
            let error = chain(&error);
            outcome
                .reasons
                .push(format!("nothing new can be published: {error}"));
        }
        if let Err(error) = self.follow_ledger() {
            outcome.reasons.push(chain(&error));
        }
        let is_whole = match source::load(&self.data, &self.remote) {
            Ok(loaded) => self.consider_all(loaded, now, &mut outcome),
            Err(problem) => {
                outcome.reasons.push(problem.to_string());
                outcome.problems.push(problem);
                false
            }
        };
        if !is_whole && let Err(error) = self.bring_up_what_was() {
            outcome.reasons.push(chain(&error));
        }
        outcome
    }

    /// Records what the outcome proposes. What cannot be recorded is not published, and is proposed
    /// again by the next reading.
    pub(super) fn record(&mut self, outcome: &mut Outcome, now: DateTime<Utc>) {
        for proposal in std::mem::take(&mut outcome.proposals) {
            if let Err(error) = self.record_one(&proposal, now) {
                let place = Place::file(&self.data.display().to_string());
                let remedy = "what was published before stays up; this is tried again";
                let problem = Problem::error(place, chain(&error), remedy);
                outcome.reasons.push(problem.to_string());
                outcome.problems.push(problem);
            }
        }
    }

    /// The catalogue of the newest editions; `None` while it would be the one that is up.
    pub(super) fn catalogue(&self) -> Option<Catalogue> {
        if self.known.is_empty() || self.shown == self.marks() {
            return None;
        }
        let programmes = self.known.values().map(|known| Programme {
            conference: Arc::clone(&known.recorded.conference),
            history: Arc::clone(&known.recorded.history),
            retired: Arc::clone(&known.retired),
        });
        let archive = Arc::new(LedgerArchive(Arc::clone(&self.ledger)));
        let catalogue = Catalogue::new(programmes.collect(), self.site.clone());
        Some(catalogue.with_archive(archive))
    }

    /// That catalogue is up.
    pub(super) fn published(&mut self) {
        self.shown = self.marks();
    }

    fn marks(&self) -> BTreeMap<Slug, Mark> {
        let known = self.known.iter();
        known
            .map(|(slug, known)| (slug.clone(), known.mark))
            .collect()
    }

    /// Takes over what others have recorded.
    fn follow_ledger(&mut self) -> Result<(), LedgerError> {
        let marks = self.ledger.store().marks()?;
        let behind: Vec<(Slug, Mark)> = self
            .known
            .iter()
            .filter_map(|(slug, known)| {
                let mark = *marks.get(&**slug)?;
                (mark != known.mark).then(|| (slug.clone(), mark))
            })
            .collect();
        for (slug, mark) in behind {
            self.bring_up(&slug, mark)?;
        }
        Ok(())
    }

    fn bring_up(&mut self, slug: &Slug, mark: Mark) -> Result<(), LedgerError> {
        if let Some(recorded) = self.ledger.latest(slug)? {
            self.keep(slug, recorded, mark)?;
        }
        Ok(())
    }

    fn keep(&mut self, slug: &Slug, recorded: Recorded, mark: Mark) -> Result<(), LedgerError> {
        let retired = Arc::new(self.ledger.parts_ever(slug)?);
        let mark = Mark {
            edition: recorded.edition.number,
            ..mark
        };
        let recorded = Arc::new(recorded);
        let known = Known {
            recorded,
            mark,
            retired,
        };
        self.known.insert(slug.clone(), known);
        Ok(())
    }

    /// Shows the last editions of conferences whose data cannot be read. Which those are the data
    /// cannot say.
    fn bring_up_what_was(&mut self) -> Result<(), LedgerError> {
        for (name, mark) in self.ledger.store().marks()? {
            let slug = Slug::of(&name);
            if !self.known.contains_key(&slug) {
                self.bring_up(&slug, mark)?;
            }
        }
        Ok(())
    }

    /// Whether every conference could be read.
    fn consider_all(
        &mut self,
        loaded: Vec<Loaded>,
        now: DateTime<Utc>,
        outcome: &mut Outcome,
    ) -> bool {
        let read: BTreeSet<Slug> = loaded
            .iter()
            .filter_map(|loaded| Some(loaded.conference.as_ref()?.slug.clone()))
            .collect();
        let here: BTreeSet<&Path> = loaded.iter().map(|loaded| &*loaded.folder).collect();
        self.folders.retain(|folder, slug| {
            let is_gone = !here.contains(&**folder);
            if is_gone && !read.contains(slug) {
                let folder = folder.display();
                outcome.reasons.push(format!(
                    "{folder} is gone; what was published of it stays until a restart"
                ));
            }
            !is_gone || !read.contains(slug)
        });
        let mut is_whole = true;
        for loaded in loaded {
            is_whole &= self.consider(loaded, now, outcome);
        }
        is_whole
    }

    /// Whether the conference could be read.
    fn consider(&mut self, loaded: Loaded, now: DateTime<Utc>, outcome: &mut Outcome) -> bool {
        let Loaded {
            folder,
            conference,
            mut problems,
            sources,
            limits,
            ..
        } = loaded;
        let errors: Vec<String> = problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error)
            .map(ToString::to_string)
            .collect();
        outcome.problems.append(&mut problems);
        let Some(conference) = conference else {
            outcome.reasons.extend(errors);
            return false;
        };
        let slug = conference.slug.clone();
        if let Some(reason) = self.claims_anothers_name(&folder, &slug) {
            outcome.refuse(&folder, &reason);
            return true;
        }
        if let Err(error) = self.know(&slug) {
            outcome.reasons.push(chain(&error));
            return false;
        }
        self.folders.insert(folder.clone(), slug.clone());
        let digest = self.ledger.digest(&conference);
        let Some(known) = self.known.get(&slug) else {
            outcome
                .proposals
                .push(Proposal::new(conference, digest, &folder, &sources));
            return true;
        };
        let editions = &known.recorded.history.chronicle;
        if self.sightings.see(&slug, &digest, editions) == Sighting::Settled {
            return true;
        }
        match self.judge(&conference, &digest, &errors, &limits, now) {
            Ok(None) => outcome
                .proposals
                .push(Proposal::new(conference, digest, &folder, &sources)),
            Ok(Some(reason)) if reason.is_empty() => self.sightings.settle(&slug, &digest),
            Ok(Some(reason)) => outcome.refuse(&folder, &reason),
            Err(error) => outcome.reasons.push(chain(&error)),
        }
        true
    }

    /// Two folders cannot have one slug, and a folder keeps the one that it has.
    fn claims_anothers_name(&self, folder: &Path, slug: &Slug) -> Option<String> {
        let mut folders = self.folders.iter();
        if let Some((other, _)) = folders.find(|(other, known)| *other != folder && *known == slug)
            && other.exists()
        {
            let other = other.display();
            return Some(format!(
                "the slug `{slug}` is that of {other} too; give each conference its own"
            ));
        }
        let known = self.folders.get(folder).filter(|known| *known != slug)?;
        Some(format!(
            "the slug was {known} and is {slug} now: every address and identifier would change; restart to publish that"
        ))
    }

    /// Reads the newest edition of a conference that is not known yet.
    fn know(&mut self, slug: &Slug) -> Result<(), LedgerError> {
        if self.known.contains_key(slug) {
            return Ok(());
        }
        match self.ledger.store().marks()?.get(&**slug) {
            Some(mark) => self.bring_up(slug, *mark),
            None => Ok(()),
        }
    }

    /// Why an import is not published; `None` where it may be, an empty text where nobody is to be
    /// told again.
    fn judge(
        &self,
        conference: &Conference,
        digest: &str,
        errors: &[String],
        limits: &crate::model::Limits,
        now: DateTime<Utc>,
    ) -> Result<Option<String>, LedgerError> {
        let slug = &conference.slug;
        let Some(known) = self.known.get(slug) else {
            return Ok(None);
        };
        let before = &known.recorded;
        let mut coded = conference.clone();
        let published = &before.conference.talks;
        before.history.keep_codes(published, &mut coded);
        let mut reasons = suspicions(&before.conference, &coded, limits);
        let lost = before.history.lost(&coded);
        if lost > 0 && !errors.is_empty() {
            let errors = errors.join("; ");
            reasons.push(format!(
                "{lost} talks and slots would vanish, and there are errors: {errors}"
            ));
        }
        let held = self.ledger.store().held(slug)?;
        if reasons.is_empty() {
            if held.is_some() {
                self.ledger.store().hold(slug, None)?;
            }
            return Ok(None);
        }
        let same = held.filter(|held| held.digest == digest);
        let verdict = same.as_ref().map_or(Verdict::Pending, |held| held.verdict);
        match verdict {
            Verdict::Approved => return Ok(None),
            Verdict::Discarded => return Ok(Some(String::new())),
            Verdict::Pending => {}
        }
        let text = reasons.join("; ");
        if same.is_none() {
            let held = Held {
                digest: digest.to_owned(),
                since: now,
                reasons,
                verdict: Verdict::Pending,
            };
            self.ledger.store().hold(slug, Some(&held))?;
        }
        Ok(Some(format!(
            "held back, the last good edition stays up: {text}; if that is meant, run `handbill editions approve {slug}`, else mend the source or run `handbill editions discard {slug}`"
        )))
    }

    fn record_one(&mut self, proposal: &Proposal, now: DateTime<Utc>) -> Result<(), LedgerError> {
        let slug = proposal.conference.slug.clone();
        for _ in 0..ATTEMPTS {
            let known = self
                .known
                .get(&slug)
                .map(|known| Arc::clone(&known.recorded));
            let before = known.as_deref();
            let Some((conference, history)) = successor(before, proposal.conference.clone(), now)
            else {
                break;
            };
            let edition = Edition {
                number: history.edition,
                published: match before {
                    Some(before) => {
                        let last = before.edition.published.max(before.history.last_change());
                        Some(publication_time(last, now))
                    }
                    None => conference.updated.filter(|updated| *updated <= now),
                },
                source: proposal.source.clone(),
                digest: proposal.digest.clone(),
                note: None,
            };
            let changes = before.map(|before| diff(&before.conference, &conference));
            let changes = changes.unwrap_or_default();
            let notices = push::notices(&conference, &edition, &changes, &self.site, &self.push);
            let state = (&conference, &history);
            let recorded = self.ledger.record(state, before, edition, notices)?;
            if let Some(recorded) = recorded {
                if self.ledger.store().held(&slug)?.is_some() {
                    self.ledger.store().hold(&slug, None)?;
                }
                let mark = self
                    .known
                    .get(&slug)
                    .map_or(Mark::default(), |known| known.mark);
                self.keep(&slug, recorded, mark)?;
                break;
            }
            let mark = self
                .ledger
                .store()
                .marks()?
                .get(&*slug)
                .copied()
                .unwrap_or_default();
            self.bring_up(&slug, mark)?;
        }
        self.sightings.settle(&slug, &proposal.digest);
        Ok(())
    }
}

impl Proposal {
    fn new(
        conference: Conference,
        digest: String,
        folder: &Path,
        sources: &[source::LoadedSource],
    ) -> Self {
        // Where the folder lies is nobody's business: a built ledger is published.
        let name = |source: &source::LoadedSource| {
            let inside = Path::new(&*source.file).strip_prefix(folder).ok();
            inside.map_or_else(
                || source.file.to_string(),
                |path| path.display().to_string(),
            )
        };
        let names: Vec<String> = sources.iter().map(name).collect();
        Self {
            conference,
            digest,
            source: names.join(", "),
        }
    }
}

/// An error with its causes on one line.
pub(super) fn chain(error: &LedgerError) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
