//! How long the way from `conference.toml` to what is served takes: `cargo bench --bench render`.
#![allow(
    clippy::expect_used,
    reason = "whoever measures wants to see at once that something is missing"
)]

mod programme;

use chrono::Utc;
use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use handbill::history::History;
use handbill::model::Conference;
use handbill::publish::{Catalogue, Coding, Programme};
use handbill::render::{Rendering, Site, plan};
use handbill::source::{self, Remote};
use std::fs;
use std::sync::Arc;

fn main() {
    divan::main();
}

/// What is left of a conference once it has been read.
struct Read {
    conference: Arc<Conference>,
    history: Arc<History>,
    site: Site,
}

impl Read {
    fn new(talks: usize) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(
            folder.path().join(source::CONFERENCE_FILE),
            programme::toml(talks),
        )
        .expect("written");
        let loaded = source::load(folder.path(), &Remote::default())
            .expect("a folder")
            .remove(0);
        let conference = loaded.conference.expect("a conference");
        assert_eq!(loaded.problems, []);
        let history = History::default().next(&conference, Utc::now());
        Self {
            conference: Arc::new(conference),
            history: Arc::new(history),
            site: Site::new("https://example.org"),
        }
    }

    fn rendering(&self, path: &str) -> Rendering {
        plan(&self.conference)
            .into_iter()
            .find(|rendering| rendering.path == path)
            .expect("a document")
    }

    fn render(&self, rendering: &Rendering) -> Vec<u8> {
        rendering
            .render(&self.conference, &self.history, &self.site)
            .bytes
    }

    fn catalogue(&self) -> Catalogue {
        let programme = Programme::new(Arc::clone(&self.conference), Arc::clone(&self.history));
        Catalogue::new(vec![programme], self.site.clone())
    }
}

#[divan::bench(args = [1_000, 10_000], sample_count = 20, sample_size = 1)]
fn ics(bencher: Bencher<'_, '_>, talks: usize) {
    whole(bencher, talks, "large/schedule.ics");
}

#[divan::bench(args = [1_000, 10_000], sample_count = 10, sample_size = 1)]
fn rss(bencher: Bencher<'_, '_>, talks: usize) {
    whole(bencher, talks, "large/talks.rss");
}

#[divan::bench(args = [1_000, 10_000], sample_count = 10, sample_size = 1)]
fn atom(bencher: Bencher<'_, '_>, talks: usize) {
    whole(bencher, talks, "large/talks.atom");
}

#[divan::bench(args = [1_000, 10_000], sample_count = 10, sample_size = 1)]
fn json(bencher: Bencher<'_, '_>, talks: usize) {
    whole(bencher, talks, "large/talks.json");
}

/// The document that holds every talk.
fn whole(bencher: Bencher<'_, '_>, talks: usize, path: &str) {
    let read = Read::new(talks);
    let rendering = read.rendering(path);
    bencher
        .counter(ItemsCount::new(talks))
        .bench(|| read.render(black_box(&rendering)));
}

/// From a `conference.toml` to the model.
#[divan::bench(args = [1_000, 10_000], sample_count = 10, sample_size = 1)]
fn load(bencher: Bencher<'_, '_>, talks: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let toml = programme::toml(talks);
    fs::write(folder.path().join(source::CONFERENCE_FILE), &toml).expect("written");
    bencher
        .counter(ItemsCount::new(talks))
        .counter(BytesCount::of_str(&toml))
        .bench(|| source::load(black_box(folder.path()), &Remote::default()));
}

/// From one edition's history to the next.
#[divan::bench(args = [1_000, 10_000], sample_count = 10, sample_size = 1)]
fn next_history(bencher: Bencher<'_, '_>, talks: usize) {
    let read = Read::new(talks);
    bencher
        .counter(ItemsCount::new(talks))
        .bench(|| read.history.next(black_box(&read.conference), Utc::now()));
}

/// The codings of a calendar of a thousand talks, each with its validator.
#[divan::bench(args = [Coding::Gzip, Coding::Brotli], sample_count = 10, sample_size = 1)]
fn compress(bencher: Bencher<'_, '_>, coding: Coding) {
    let read = Read::new(1_000);
    bencher
        .with_inputs(|| {
            let catalogue = read.catalogue();
            let calendar = catalogue.get("large/schedule.ics").expect("a calendar");
            calendar.publication().expect("rendered");
            catalogue
        })
        .bench_refs(|catalogue| {
            let calendar = catalogue.get("large/schedule.ics").expect("a calendar");
            let publication = calendar.publication().expect("rendered");
            publication.representation(coding).bytes().len()
        });
}

/// Everything that a conference of a thousand talks can be asked for, in every coding.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn prepare(bencher: Bencher<'_, '_>) {
    let read = Read::new(1_000);
    bencher
        .with_inputs(|| read.catalogue())
        .bench_refs(|catalogue| catalogue.render(None));
}
