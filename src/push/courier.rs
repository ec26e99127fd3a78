//! The thread of a running server that empties the outbox.

use super::Client;
use super::delivery::deliver;
use crate::history::ledger::Store;
use chrono::{DateTime, Utc};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;
use tracing::{info, warn};

/// How often to look without being told: other processes publish, too, and failures become due.
const PATROL: Duration = Duration::from_secs(1);

/// Delivers what is in the outbox while anybody holds its [`Bell`].
#[derive(Debug)]
pub struct Courier {
    client: Client,
    rung: Receiver<()>,
}

/// Tells a [`Courier`] that there is something to deliver. When the last bell is dropped, it goes home.
#[derive(Debug, Clone)]
pub struct Bell(SyncSender<()>);

impl Bell {
    /// Rings; a courier who is on the way looks again afterwards.
    pub fn ring(&self) {
        // A full channel means that it is ringing already.
        let _ = self.0.try_send(());
    }
}

impl Courier {
    /// A courier who sends with `client`, and the bell for it.
    pub fn new(client: Client) -> (Self, Bell) {
        let (bell, rung) = sync_channel(1);
        (Self { client, rung }, Bell(bell))
    }

    /// Delivers all that is due, now and whenever something is, until the last bell is dropped.
    pub fn run(self, store: &dyn Store, clock: impl Fn() -> DateTime<Utc>) {
        let mut was_reached = true;
        loop {
            let outcome = deliver(store, &self.client, &clock);
            let is_reached = outcome.is_ok();
            match outcome {
                Err(error) if was_reached => {
                    warn!(%error, "the outbox cannot be used; nobody is told of new editions meanwhile");
                }
                Ok(_) if !was_reached => info!("the outbox can be used again"),
                Ok(_) | Err(_) => {}
            }
            was_reached = is_reached;
            if self.rung.recv_timeout(PATROL) == Err(RecvTimeoutError::Disconnected) {
                return;
            }
        }
    }
}
