use super::metrics::Metrics;
use crate::publish::{Catalogue, Rendered};
use arc_swap::{ArcSwap, ArcSwapOption, Guard};
use chrono::{DateTime, Utc};
use std::sync::Arc;

/// What is served at the moment, and how it is going.
///
/// The catalogue is replaced whole: a request sees the old one or the new one.
pub struct Live {
    catalogue: ArcSwap<Catalogue>,
    held: ArcSwapOption<Held>,
    metrics: Metrics,
}

/// Why a newer state of the data is not served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The problems, with file and line.
    pub reasons: Vec<String>,
    /// When the first of the broken states was met.
    pub since: DateTime<Utc>,
}

impl Live {
    /// Serves this catalogue first. An empty one is answered with 503 until another is published.
    pub fn new(catalogue: Arc<Catalogue>) -> Self {
        let metrics = Metrics::default();
        metrics.published();
        Self {
            catalogue: ArcSwap::new(catalogue),
            held: ArcSwapOption::empty(),
            metrics,
        }
    }

    /// Serves a new catalogue from the next request on.
    pub fn publish(&self, catalogue: Arc<Catalogue>) {
        self.catalogue.store(catalogue);
        self.held.store(None);
        self.metrics.published();
    }

    /// Keeps the catalogue that is served, because the data cannot replace it. `/readyz` says why.
    pub fn hold(&self, reasons: Vec<String>) {
        let held = self.held();
        let since = held.map_or_else(Utc::now, |held| held.since);
        self.held.store(Some(Arc::new(Held { reasons, since })));
        self.metrics.reload_failed();
    }

    /// Says that nothing is held back any more: the data are again what is served.
    pub fn release(&self) {
        self.held.store(None);
    }

    /// The catalogue that is served.
    pub fn catalogue(&self) -> Arc<Catalogue> {
        self.catalogue.load_full()
    }

    /// Counts what came of rendering a catalogue.
    pub fn rendered(&self, rendered: &Rendered) {
        self.metrics.rendered(rendered);
    }

    /// Why a newer state of the data is not served; `None` while the newest is.
    pub fn held(&self) -> Option<Arc<Held>> {
        self.held.load_full()
    }

    /// The catalogue for the length of one look-up, without touching its reference count.
    pub(super) fn look(&self) -> Guard<Arc<Catalogue>> {
        self.catalogue.load()
    }

    pub(super) fn metrics(&self) -> &Metrics {
        &self.metrics
    }
}
