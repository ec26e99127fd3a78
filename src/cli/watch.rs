//! Watching the data folder: one call for every burst of changes.

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};
use tracing::warn;

/// How long it must be quiet before a burst of changes is over. An editor writes a file in several
/// steps, and git a folder in many.
const QUIET: Duration = Duration::from_millis(100);

/// The longest that a burst may take: something that writes all the time must not hold back an edition.
const BURST: Duration = Duration::from_secs(3);

/// How often to look without being told: network file systems and some containers tell nothing.
const PATROL: Duration = Duration::from_secs(5);

/// Calls `changed` once, after every burst of changes below `data` or of other news, and now and then
/// without any. Who has other news sends it on the channel, too.
pub(super) fn watch(
    data: &Path,
    (sender, receiver): (Sender<()>, Receiver<()>),
    mut changed: impl FnMut(),
) {
    let watcher = RecommendedWatcher::new(
        move |event: notify::Result<notify::Event>| {
            if event.is_ok_and(|event| !event.kind.is_access()) {
                let _ = sender.send(());
            }
        },
        notify::Config::default(),
    );
    let watcher = watcher.and_then(|mut watcher| {
        watcher.watch(data, RecursiveMode::Recursive)?;
        Ok(watcher)
    });
    if let Err(error) = &watcher {
        warn!(%error, folder = %data.display(), "cannot watch the data; it is read every few seconds instead");
    }
    // What was changed before the watch began is seen now.
    changed();
    while wait(&receiver) {
        changed();
    }
}

/// Waits for the end of a burst of changes, or for the next patrol; false when there will be none.
fn wait(receiver: &Receiver<()>) -> bool {
    match receiver.recv_timeout(PATROL) {
        Ok(()) => {}
        Err(RecvTimeoutError::Timeout) => return true,
        Err(RecvTimeoutError::Disconnected) => return false,
    }
    let start = Instant::now();
    while start.elapsed() < BURST {
        match receiver.recv_timeout(QUIET) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
    true
}
