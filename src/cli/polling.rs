//! Asking sources with an address for news, each at its own pace.

use crate::source::{Remote, RemoteSource};
use chrono::Utc;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};

/// One thread a source, so that a slow server holds up nobody else's news.
pub(super) struct Polling {
    remote: Arc<Remote>,
    news: Sender<()>,
    sources: Vec<Polled>,
}

/// A source that is asked now.
struct Polled {
    source: RemoteSource,
    thread: JoinHandle<()>,
    /// The thread ends when this is dropped.
    _end: Sender<()>,
}

impl Polling {
    /// Polling that asks nobody yet, and says on `news` when something is different.
    pub(super) fn new(remote: Arc<Remote>, news: Sender<()>) -> Self {
        Self {
            remote,
            news,
            sources: Vec::new(),
        }
    }

    /// Asks these sources from now on, and no others.
    pub(super) fn follow(&mut self, wanted: Vec<RemoteSource>) {
        self.sources
            .retain(|polled| wanted.contains(&polled.source) && !polled.thread.is_finished());
        for source in wanted {
            if self.sources.iter().any(|polled| polled.source == source) {
                continue;
            }
            let (end, ended) = mpsc::channel();
            let (remote, news) = (Arc::clone(&self.remote), self.news.clone());
            let asked = source.clone();
            self.sources.push(Polled {
                source,
                thread: thread::spawn(move || poll(&remote, &asked, &news, &ended)),
                _end: end,
            });
        }
    }
}

fn poll(remote: &Remote, source: &RemoteSource, news: &Sender<()>, ended: &Receiver<()>) {
    loop {
        match ended.recv_timeout(remote.wait(source, chance())) {
            Err(RecvTimeoutError::Timeout) => {}
            Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
        }
        if remote.fetch(source, Utc::now()) && news.send(()).is_err() {
            return;
        }
    }
}

/// A number from 0 to 1 that nobody can guess: the standard library seeds its hashers with such.
fn chance() -> f64 {
    let number = RandomState::new().build_hasher().finish();
    f64::from(u32::try_from(number >> 32).unwrap_or_default()) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_is_spread_between_0_and_1() {
        let chances: Vec<f64> = (0..100).map(|_| chance()).collect();
        assert!(chances.iter().all(|chance| (0.0..=1.0).contains(chance)));
        assert!(chances.iter().any(|chance| *chance < 0.4));
        assert!(chances.iter().any(|chance| *chance > 0.6));
    }
}
