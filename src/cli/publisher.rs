//! From the data folder to the next edition: what can be read replaces what was published before,
//! what cannot be read leaves it up.

use crate::history::{History, Ledger, LedgerError};
use crate::model::{Conference, Slug};
use crate::publish::Edition;
use crate::render::Site;
use crate::source::{self, Loaded, Problem, Severity};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Makes editions of a data folder.
pub(super) struct Publisher {
    data: PathBuf,
    ledger: Ledger,
    site: Site,
    /// The last good state of each conference, by its folder.
    good: BTreeMap<PathBuf, (Arc<Conference>, Arc<History>)>,
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
}

impl Publisher {
    /// A publisher of `data` that remembers what it published in `state`.
    pub(super) fn new(data: &Path, state: &Path, site: Site) -> Self {
        Self {
            data: data.to_owned(),
            ledger: Ledger::new(state),
            site,
            good: BTreeMap::new(),
        }
    }

    /// Reads the data and makes the next edition of it.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read: publishing without it could let sequence numbers fall.
    pub(super) fn next(&mut self, now: DateTime<Utc>) -> Result<Outcome, LedgerError> {
        let mut outcome = Outcome::default();
        let loaded = match source::load(&self.data) {
            Ok(loaded) => loaded,
            Err(problem) => {
                outcome.reasons.push(problem.to_string());
                outcome.problems.push(problem);
                return Ok(outcome);
            }
        };
        for folder in self.good.keys() {
            if !loaded.iter().any(|loaded| loaded.folder == *folder) {
                let folder = folder.display();
                let reason =
                    format!("{folder} is gone; what was published of it stays until a restart");
                outcome.reasons.push(reason);
            }
        }
        let mut is_new = false;
        for loaded in loaded {
            is_new |= self.take(loaded, now, &mut outcome)?;
        }
        if is_new {
            let conferences = self.good.values().cloned().collect();
            outcome.edition = Some(Edition::new(conferences, self.site.clone()));
        }
        Ok(outcome)
    }

    /// Takes over what was read of one conference; whether anything about it is new.
    fn take(
        &mut self,
        loaded: Loaded,
        now: DateTime<Utc>,
        outcome: &mut Outcome,
    ) -> Result<bool, LedgerError> {
        let Loaded {
            folder,
            conference,
            mut problems,
            ..
        } = loaded;
        let Some(conference) = conference else {
            let errors = problems
                .iter()
                .filter(|problem| problem.severity == Severity::Error);
            outcome.reasons.extend(errors.map(ToString::to_string));
            outcome.problems.append(&mut problems);
            return Ok(false);
        };
        outcome.problems.append(&mut problems);
        let before = match self.good.get(&folder) {
            Some((known, _)) if **known == conference => return Ok(false),
            Some((_, history)) => Arc::clone(history),
            None => Arc::new(self.ledger.read(&conference.slug)?),
        };
        let history = before.next(&conference, now);
        self.remember(&conference.slug, &history, outcome);
        self.good
            .insert(folder, (Arc::new(conference), Arc::new(history)));
        Ok(true)
    }

    /// A ledger that cannot be written keeps nobody from publishing: what is published is right until
    /// the next start.
    fn remember(&self, slug: &Slug, history: &History, outcome: &mut Outcome) {
        if let Err(error) = self.ledger.write(slug, history) {
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            let reason = format!("{error}: {}", cause.unwrap_or_default());
            outcome.problems.push(Problem::warning(
                source::Place::file(&self.data.display().to_string()),
                reason,
                "sequence numbers may fall at the next start",
            ));
        }
    }
}
