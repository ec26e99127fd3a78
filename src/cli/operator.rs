//! What the server asks of the ledger: old editions for everybody, and an operator's work.

use super::publisher::chain;
use crate::history::Ledger;
use crate::history::ledger::{Held, LedgerError, Verdict};
use crate::model::Slug;
use crate::publish::{Archive, Programme};
use crate::server::{Admin, Refusal};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use tracing::error;

/// The ledger as an archive of old editions.
pub(super) struct LedgerArchive(pub Arc<Ledger>);

impl Archive for LedgerArchive {
    fn programme(&self, slug: &str, number: u64) -> Option<Programme> {
        match self.0.at(&Slug::of(slug), number) {
            Ok(recorded) => {
                let recorded = recorded?;
                Some(Programme::new(recorded.conference, recorded.history))
            }
            Err(failure) => {
                error!("{}", chain(&failure));
                None
            }
        }
    }
}

/// An operator's work on the ledger.
pub(super) struct Operator {
    pub ledger: Arc<Ledger>,
    /// Makes the publisher look at once.
    pub news: Sender<()>,
}

impl Operator {
    /// Refuses what is no conference.
    fn know(&self, slug: &str) -> Result<(), Refusal> {
        let marks = self.ledger.store().marks().map_err(failed)?;
        if marks.contains_key(slug) {
            return Ok(());
        }
        Err(Refusal::Unknown(format!("there is no conference `{slug}`")))
    }

    fn settle(&self, slug: &str, verdict: Verdict) -> Result<(), Refusal> {
        self.know(slug)?;
        if !self.ledger.decide(slug, verdict).map_err(failed)? {
            let message = format!("nothing is held of the conference `{slug}`");
            return Err(Refusal::NothingHeld(message));
        }
        // Nobody listens any more while the server stops.
        let _ = self.news.send(());
        Ok(())
    }
}

fn failed(error: LedgerError) -> Refusal {
    Refusal::Failed(chain(&error))
}

impl Admin for Operator {
    fn held(&self, slug: &str) -> Result<Option<Held>, Refusal> {
        self.know(slug)?;
        self.ledger.store().held(slug).map_err(failed)
    }

    fn approve(&self, slug: &str) -> Result<String, Refusal> {
        self.settle(slug, Verdict::Approved)?;
        Ok("it is published in a moment".into())
    }

    fn discard(&self, slug: &str) -> Result<String, Refusal> {
        self.settle(slug, Verdict::Discarded)?;
        Ok("nothing is published until the source says something else".into())
    }

    fn note(&self, slug: &str, number: u64, note: Option<&str>) -> Result<String, Refusal> {
        let store = self.ledger.store();
        if !store.set_note(slug, number, note).map_err(failed)? {
            return Err(Refusal::Unknown(format!(
                "there is no edition {number} of `{slug}`"
            )));
        }
        let _ = self.news.send(());
        Ok("subscribers see it in a moment".into())
    }
}
