//! Old editions: read from an archive when they are asked for, and the last few of them kept.

use super::{Catalogue, Programme};
use crate::render::Site;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// How many old editions are kept in memory, of all conferences.
const KEPT: usize = 8;

/// How many bytes of an old edition's feeds are kept, uncompressed.
pub(super) const KEPT_BYTES: usize = 8 * 1024 * 1024;

/// Remembers every edition of every conference.
pub trait Archive: Send + Sync {
    /// A conference as edition `number` published it, with the history of that time; `None` where it
    /// cannot be read, of which the archive tells the log. May take its time.
    fn programme(&self, slug: &str, number: u64) -> Option<Programme>;
}

/// An archive and the editions that were taken from it last.
pub(super) struct Shelf {
    archive: Arc<dyn Archive>,
    /// The one that was asked for last comes first.
    kept: Mutex<VecDeque<Old>>,
}

struct Old {
    slug: String,
    number: u64,
    catalogue: Arc<Catalogue>,
}

impl Shelf {
    pub(super) fn new(archive: Arc<dyn Archive>) -> Self {
        Self {
            archive,
            kept: Mutex::default(),
        }
    }

    /// The documents of an old edition.
    pub(super) fn get(&self, slug: &str, number: u64, site: &Site) -> Option<Arc<Catalogue>> {
        if let Some(kept) = self.take_forward(slug, number) {
            return Some(kept);
        }
        let programme = self.archive.programme(slug, number)?;
        let catalogue = Arc::new(Catalogue::of_old(programme, site.clone()));
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_front(Old {
            slug: slug.to_owned(),
            number,
            catalogue: Arc::clone(&catalogue),
        });
        kept.truncate(KEPT);
        Some(catalogue)
    }

    fn take_forward(&self, slug: &str, number: u64) -> Option<Arc<Catalogue>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept
            .iter()
            .position(|old| old.slug == slug && old.number == number)?;
        let old = kept.remove(at)?;
        let catalogue = Arc::clone(&old.catalogue);
        kept.push_front(old);
        Some(catalogue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture::programme;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[derive(Default)]
    struct Counting(AtomicUsize);

    impl Archive for Counting {
        fn programme(&self, slug: &str, number: u64) -> Option<Programme> {
            self.0.fetch_add(1, Ordering::Relaxed);
            (number < 100).then(|| programme(slug))
        }
    }

    #[test]
    fn the_last_editions_asked_for_are_kept_and_no_more() {
        let archive = Arc::new(Counting::default());
        let shelf = Shelf::new(Arc::clone(&archive) as Arc<dyn Archive>);
        let site = Site::new("https://example.org");
        let read = |number| {
            assert!(shelf.get("example", number, &site).is_some());
            archive.0.load(Ordering::Relaxed)
        };
        assert_eq!((read(1), read(1)), (1, 1));
        for number in 2..=8 {
            read(number);
        }
        assert_eq!(read(1), 8, "still there, and now the one asked for last");
        assert_eq!(read(9), 9);
        assert_eq!(read(1), 9);
        assert_eq!(read(2), 10, "the one that nobody asked for longest is gone");
        assert!(shelf.get("example", 100, &site).is_none());
        assert_eq!(shelf.kept.lock().expect("no panic before").len(), KEPT);
    }
}
