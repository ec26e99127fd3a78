//! An outbox in memory, for tests of what is done with it.

use chrono::{DateTime, Utc};
use handbill::history::Edition;
use handbill::history::ledger::{
    Entry, Held, LedgerError, Mark, NewNotice, Notice, Piece, Store, Version,
};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

struct Waiting {
    notice: Notice,
    /// When it is due, or may be claimed by somebody else.
    due: DateTime<Utc>,
}

/// The notices of editions that nobody else keeps.
#[derive(Default)]
pub(super) struct Outbox {
    waiting: Mutex<Vec<Waiting>>,
    /// Whether deliveries cannot be recorded.
    pub(super) is_read_only: AtomicBool,
}

impl Outbox {
    /// An outbox with notices of the editions 1, 2, 3 … of `test`.
    pub(super) fn with(notices: impl IntoIterator<Item = NewNotice>) -> Self {
        let outbox = Self::default();
        for notice in notices {
            outbox.add(notice);
        }
        outbox
    }

    /// Adds a notice of a further edition.
    pub(super) fn add(&self, notice: NewNotice) {
        let mut waiting = self.waiting.lock().expect("the notices");
        let id = 1 + waiting.last().map_or(0, |last| last.notice.id);
        waiting.push(Waiting {
            notice: Notice {
                id,
                conference: "test".into(),
                edition: id.unsigned_abs(),
                notice,
                failures: 0,
            },
            due: DateTime::UNIX_EPOCH,
        });
    }

    /// How long after `now` each waiting notice is due, in seconds.
    pub(super) fn pauses(&self, now: DateTime<Utc>) -> Vec<i64> {
        let waiting = self.waiting.lock().expect("the notices");
        let pauses = waiting
            .iter()
            .map(|waiting| (waiting.due - now).num_seconds());
        pauses.collect()
    }
}

fn refused() -> LedgerError {
    LedgerError {
        message: "the outbox is read-only".into(),
        source: None,
    }
}

impl Store for Outbox {
    fn claim(
        &self,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Option<Notice>, LedgerError> {
        let mut waiting = self.waiting.lock().expect("the notices");
        let mut seen: Vec<String> = Vec::new();
        for waiting in waiting.iter_mut() {
            let target = &waiting.notice.notice.target;
            if seen.contains(target) {
                continue;
            }
            if waiting.due <= now {
                waiting.due = until;
                return Ok(Some(waiting.notice.clone()));
            }
            seen.push(target.clone());
        }
        Ok(None)
    }

    fn finish(&self, id: i64) -> Result<(), LedgerError> {
        if self.is_read_only.load(Ordering::SeqCst) {
            return Err(refused());
        }
        let mut waiting = self.waiting.lock().expect("the notices");
        waiting.retain(|waiting| waiting.notice.id != id);
        Ok(())
    }

    fn postpone(&self, id: i64, due: DateTime<Utc>) -> Result<(), LedgerError> {
        let mut waiting = self.waiting.lock().expect("the notices");
        let mut of_id = waiting.iter_mut().filter(|waiting| waiting.notice.id == id);
        let waiting = of_id.next().expect("a claimed notice");
        waiting.notice.failures += 1;
        waiting.due = due;
        Ok(())
    }

    fn waiting(&self) -> Result<u64, LedgerError> {
        Ok(self.waiting.lock().expect("the notices").len() as u64)
    }

    fn wait(&self, _timeout: Duration) {}

    fn marks(&self) -> Result<BTreeMap<String, Mark>, LedgerError> {
        Ok(BTreeMap::new())
    }

    fn editions(&self, _slug: &str) -> Result<Vec<Edition>, LedgerError> {
        Ok(Vec::new())
    }

    fn pieces(&self, _slug: &str, _number: u64) -> Result<Vec<Piece>, LedgerError> {
        Ok(Vec::new())
    }

    fn versions(&self, _slug: &str, _kind: &str) -> Result<Vec<Version>, LedgerError> {
        Ok(Vec::new())
    }

    fn append(&self, _slug: &str, _entry: &Entry) -> Result<bool, LedgerError> {
        Err(refused())
    }

    fn set_note(
        &self,
        _slug: &str,
        _number: u64,
        _note: Option<&str>,
    ) -> Result<bool, LedgerError> {
        Ok(false)
    }

    fn held(&self, _slug: &str) -> Result<Option<Held>, LedgerError> {
        Ok(None)
    }

    fn hold(&self, _slug: &str, _held: Option<&Held>) -> Result<(), LedgerError> {
        Err(refused())
    }
}
