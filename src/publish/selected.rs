use super::Published;
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

/// How many bytes of documents with a query a catalogue keeps, uncompressed. Compressed they take
/// less than half as much again.
pub(super) const KEPT_BYTES: usize = 64 * 1024 * 1024;

/// What a kept document takes beside its content.
const OVERHEAD: usize = 1024;

/// Documents that somebody asked for with a query, the oldest dropped first.
pub(super) struct Selected {
    room: usize,
    documents: HashMap<String, (Arc<Published>, usize)>,
    order: VecDeque<String>,
    bytes: usize,
}

impl Selected {
    /// Keeps `room` bytes at most.
    pub(super) fn with_room(room: usize) -> Self {
        Self {
            room,
            documents: HashMap::new(),
            order: VecDeque::new(),
            bytes: 0,
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<Arc<Published>> {
        self.documents
            .get(key)
            .map(|(published, _)| Arc::clone(published))
    }

    /// Keeps a document of `length` bytes; one larger than all room is not kept.
    pub(super) fn keep(&mut self, key: String, published: Arc<Published>, length: usize) {
        let size = length + key.len() + OVERHEAD;
        if size > self.room || self.documents.contains_key(&key) {
            return;
        }
        while self.bytes + size > self.room {
            let Some(oldest) = self.order.pop_front() else {
                break;
            };
            if let Some((_, size)) = self.documents.remove(&oldest) {
                self.bytes -= size;
            }
        }
        self.bytes += size;
        self.order.push_back(key.clone());
        self.documents.insert(key, (published, size));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture::catalogue;

    #[test]
    fn the_oldest_go_when_there_is_no_room() {
        let catalogue = catalogue();
        let published = catalogue.get("example/schedule.ics").expect("a feed");
        let mut selected = Selected::with_room(KEPT_BYTES);
        for number in 0..100 {
            selected.keep(number.to_string(), Arc::clone(published), KEPT_BYTES / 10);
        }
        assert!(selected.bytes <= KEPT_BYTES);
        assert_eq!(selected.order.len(), selected.documents.len());
        assert!(selected.get("0").is_none());
        assert!(selected.get("99").is_some());
    }

    #[test]
    fn a_document_larger_than_all_room_drops_nothing() {
        let catalogue = catalogue();
        let published = catalogue.get("example/schedule.ics").expect("a feed");
        let mut selected = Selected::with_room(KEPT_BYTES);
        selected.keep("small".into(), Arc::clone(published), 10);
        selected.keep("large".into(), Arc::clone(published), KEPT_BYTES + 1);
        assert!(selected.get("small").is_some());
        assert!(selected.get("large").is_none());
    }
}
