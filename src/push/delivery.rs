//! Emptying the outbox: claim, send, and try again later what failed.

use super::client::{Client, delivery_id, shown};
use crate::history::ledger::{LedgerError, Notice, Store};
use chrono::{DateTime, TimeDelta, Utc};
use tracing::{debug, error, warn};

/// How long a claimed notice is left to whoever claimed it. Longer than a delivery may take, so that
/// nobody sends it a second time meanwhile; when the claimer dies, somebody else takes over after it.
const LEASE: TimeDelta = TimeDelta::seconds(60);

/// The longest time between two tries, in seconds.
const LONGEST_PAUSE: i64 = 60;

/// After so many failures a notice is given up, so that later ones to its receiver get their turn.
const MOST_FAILURES: u32 = 200;

/// Sends every notice that is due, one after another, until none is; how many were delivered.
///
/// `clock` tells the time before each delivery: many take longer than a claim lasts.
///
/// # Errors
///
/// When the store cannot be read or written. What was sent but could not be recorded as such is sent
/// again.
pub fn deliver(
    store: &dyn Store,
    client: &Client,
    clock: impl Fn() -> DateTime<Utc>,
) -> Result<u64, LedgerError> {
    let mut delivered = 0;
    loop {
        let now = clock();
        let Some(notice) = store.claim(now, now + LEASE)? else {
            return Ok(delivered);
        };
        let (delivery, receiver) = (delivery_id(&notice), shown(&notice.notice.target));
        let Err(refusal) = client.send(&notice) else {
            debug!(delivery, receiver, "delivered");
            store.finish(notice.id)?;
            delivered += 1;
            continue;
        };
        if notice.failures + 1 >= MOST_FAILURES {
            error!(%refusal, delivery, receiver, "given up after {MOST_FAILURES} tries; its receiver will not learn of this edition");
            store.finish(notice.id)?;
        } else {
            let pause = pause(&notice);
            warn!(%refusal, delivery, receiver, failures = notice.failures + 1, "not delivered; tried again in {} s", pause.num_seconds());
            store.postpone(notice.id, clock() + pause)?;
        }
    }
}

/// How long to wait after a further failure: 1 s, 2 s, 4 s … 60 s.
fn pause(notice: &Notice) -> TimeDelta {
    let doubled = 1_i64.checked_shl(notice.failures.min(62));
    TimeDelta::seconds(doubled.unwrap_or(LONGEST_PAUSE).min(LONGEST_PAUSE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::ledger::NewNotice;

    #[test]
    fn pauses_double_up_to_a_minute() {
        let pauses = [0, 1, 2, 5, 6, 199].map(|failures| {
            let notice = Notice {
                id: 1,
                conference: "test".into(),
                edition: 1,
                notice: NewNotice {
                    kind: "websub".into(),
                    target: "https://hub.example.org/".into(),
                    body: String::new(),
                },
                failures,
            };
            pause(&notice).num_seconds()
        });
        assert_eq!(pauses, [1, 2, 4, 32, 60, 60]);
    }
}
