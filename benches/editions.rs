//! What a ledger of many editions costs: `cargo bench --bench editions`.
//!
//! Environment: TALKS (1000), EDITIONS (500), ROUNDS (10). PostgreSQL is measured, too, under
//! `tests/postgres cargo bench --bench editions`.
#![allow(
    clippy::expect_used,
    reason = "whoever measures wants to see at once that something is missing"
)]

mod past;
mod programme;

use handbill::history::ledger::{Ledger, sqlite::Sqlite};
use handbill::model::Slug;
use std::env;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

fn main() {
    // `cargo test --benches` asks for nothing but that it runs.
    let is_measured = env::args().any(|argument| argument == "--bench");
    let number = |name: &str, otherwise: usize| {
        let told = env::var(name).ok().filter(|_| is_measured);
        told.map_or(otherwise, |told| told.parse().expect("a number"))
    };
    let talks = number("TALKS", if is_measured { 1000 } else { 20 });
    let editions = number("EDITIONS", if is_measured { 500 } else { 3 });
    let measured = Measured {
        talks,
        editions,
        rounds: number("ROUNDS", if is_measured { 10 } else { 1 }),
    };
    println!("{editions} editions of {talks} talks; medians in milliseconds\n");
    println!("| | recording an edition | opening and reading the newest | the first | MB |");
    println!("|---|---:|---:|---:|---:|");
    let folder = tempfile::tempdir().expect("a folder");
    let sqlite = folder.path().join("sqlite");
    measured.store("SQLite", &|| {
        Ledger::new(Box::new(Sqlite::open(&sqlite).expect("a ledger")))
    });
    println!(" {:.1} |", megabytes(&sqlite));
    let text = folder.path().join("text");
    measured.store("text files", &|| Ledger::in_folder(&text));
    println!(" {:.1} |", megabytes(&text));
    if let Ok(server) = env::var("HANDBILL_TEST_POSTGRES") {
        measured.store("PostgreSQL", &|| Ledger::open(&server).expect("a ledger"));
        println!(" – |");
    }
}

/// How much is measured.
struct Measured {
    talks: usize,
    editions: usize,
    rounds: usize,
}

impl Measured {
    /// Prints a row but for its last column.
    fn store(&self, name: &str, open: &dyn Fn() -> Ledger) {
        let times = past::record(&open(), self.talks, self.editions);
        let slug = Slug::of("large");
        let reading = |number: usize| {
            let round = || {
                let start = Instant::now();
                let recorded = open().at(&slug, number as u64).expect("readable");
                assert!(
                    recorded.is_some_and(|recorded| recorded.conference.talks.len() == self.talks)
                );
                start.elapsed()
            };
            (0..self.rounds).map(|_| round()).collect()
        };
        print!(
            "| {name} | {:.0} | {:.0} | {:.0} |",
            median(times),
            median(reading(self.editions)),
            median(reading(1)),
        );
    }
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times
        .get(times.len() / 2)
        .map_or(0.0, Duration::as_secs_f64)
        * 1000.0
}

/// The size of a folder without folders in it.
fn megabytes(folder: &Path) -> f64 {
    let files = fs::read_dir(folder).expect("a folder");
    let sizes = files.map(|file| file.expect("a file").metadata().expect("its size").len());
    sizes.sum::<u64>() as f64 / 1e6
}
