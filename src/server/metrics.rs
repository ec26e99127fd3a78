//! Counters for Prometheus. Counting is an addition to an atomic number, found without a look-up by
//! label.

use crate::publish::Rendered;
use actix_web::http::StatusCode;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::AtomicU64;
use std::time::Instant;

/// The media type of the answer (`OpenMetrics` 1.0).
pub(super) const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// What was asked for, by the end of its path.
const KINDS: [&str; 10] = [
    "ics", "rss", "atom", "json", "xml", "xcal", "jcal", "opml", "html", "other",
];

/// The answers that are given; anything else counts as the last.
const STATUSES: [u16; 11] = [200, 204, 304, 308, 400, 404, 405, 410, 503, 500, 0];

type Labels = [(&'static str, String); 2];

/// What is counted.
pub(super) struct Metrics {
    registry: Registry,
    requests: [[Counter; STATUSES.len()]; KINDS.len()],
    sent: Counter,
    documents: Gauge,
    editions: Counter,
    failed_reloads: Counter,
    documents_rendered: Counter,
    documents_kept: Counter,
    age: Gauge<f64, AtomicU64>,
    published_at: Mutex<Instant>,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("handbill");
        let family = Family::<Labels, Counter>::default();
        let requests = KINDS.map(|kind| {
            STATUSES.map(|status| {
                let status = if status == 0 {
                    "other".into()
                } else {
                    status.to_string()
                };
                family
                    .get_or_create(&[("kind", kind.to_owned()), ("status", status)])
                    .clone()
            })
        });
        registry.register(
            "requests",
            "Requests answered, by kind of document and status",
            family,
        );
        let (sent, documents) = (Counter::default(), Gauge::default());
        registry.register_with_unit("sent", "Bytes of content sent", Unit::Bytes, sent.clone());
        registry.register(
            "documents",
            "Documents of the edition that is served",
            documents.clone(),
        );
        let (editions, failed_reloads) = (Counter::default(), Counter::default());
        registry.register(
            "editions",
            "Editions published since the start",
            editions.clone(),
        );
        registry.register(
            "failed_reloads",
            "Changes of the data that could not be published",
            failed_reloads.clone(),
        );
        let (documents_rendered, documents_kept) = (Counter::default(), Counter::default());
        registry.register(
            "documents_rendered",
            "Documents rendered for new editions",
            documents_rendered.clone(),
        );
        registry.register(
            "documents_kept",
            "Documents that new editions took over, since nothing in them had changed",
            documents_kept.clone(),
        );
        let age = Gauge::default();
        registry.register_with_unit(
            "edition_age",
            "Time since the edition that is served was published",
            Unit::Seconds,
            age.clone(),
        );
        Self {
            registry,
            requests,
            sent,
            documents,
            editions,
            failed_reloads,
            documents_rendered,
            documents_kept,
            age,
            published_at: Mutex::new(Instant::now()),
        }
    }
}

impl Metrics {
    /// Counts an answer with this much content.
    pub(super) fn answered(&self, path: &str, status: StatusCode, bytes: u64) {
        let others = (KINDS.len() - 1, STATUSES.len() - 1);
        let kind = kind(path);
        let kind = KINDS
            .iter()
            .position(|known| *known == kind)
            .unwrap_or(others.0);
        let status = STATUSES
            .iter()
            .position(|known| *known == status.as_u16())
            .unwrap_or(others.1);
        self.requests[kind][status].inc();
        self.sent.inc_by(bytes);
    }

    /// Counts an edition that is served from now on.
    pub(super) fn published(&self) {
        self.editions.inc();
        *self
            .published_at
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// Counts what came of rendering a catalogue.
    pub(super) fn rendered(&self, rendered: &Rendered) {
        self.documents_rendered.inc_by(rendered.anew as u64);
        self.documents_kept.inc_by(rendered.kept as u64);
    }

    /// Counts a state of the data that could not be published.
    pub(super) fn reload_failed(&self) {
        self.failed_reloads.inc();
    }

    /// Everything, as Prometheus reads it.
    pub(super) fn text(&self, documents: usize) -> String {
        self.documents
            .set(i64::try_from(documents).unwrap_or(i64::MAX));
        let published_at = *self
            .published_at
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        self.age.set(published_at.elapsed().as_secs_f64());
        let mut text = String::new();
        match encode(&mut text, &self.registry) {
            Ok(()) => text,
            Err(error) => format!("# {error}\n# EOF\n"),
        }
    }
}

fn kind(path: &str) -> &str {
    if path.is_empty() || path.ends_with('/') {
        return "html";
    }
    path.rsplit_once('.')
        .map_or("other", |(_, extension)| extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_counted_by_kind_and_status() {
        let metrics = Metrics::default();
        metrics.answered("/a/schedule.ics", StatusCode::OK, 10);
        metrics.answered("/a/schedule.ics", StatusCode::NOT_MODIFIED, 0);
        metrics.answered("/a/", StatusCode::OK, 5);
        metrics.answered("/a/x.\"}\n", StatusCode::IM_A_TEAPOT, 0);
        let text = metrics.text(7);
        for line in [
            r#"handbill_requests_total{kind="ics",status="200"} 1"#,
            r#"handbill_requests_total{kind="ics",status="304"} 1"#,
            r#"handbill_requests_total{kind="html",status="200"} 1"#,
            r#"handbill_requests_total{kind="other",status="other"} 1"#,
            "handbill_sent_bytes_total 15",
            "handbill_documents 7",
            "handbill_failed_reloads_total 0",
            "# EOF",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} in {text}");
        }
    }
}
