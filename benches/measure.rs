//! What the scripts beside this file need from inside the program.
//!
//! - `measure conference TALKS` writes an invented conference to standard output.
//! - `measure ledger TALKS EDITIONS LOCATION` records editions of that conference in a folder or
//!   database.
//! - `measure read FILE ROUNDS ZONE` reads a schedule in any format, from its bytes to the model, and
//!   prints the milliseconds of each round.
//! - `measure render FOLDER ROUNDS` renders the calendar of the conference in a folder, and prints
//!   the milliseconds of each round. Reading the folder takes no part.
#![allow(
    clippy::expect_used,
    reason = "whoever measures wants to see at once that something is missing"
)]

mod past;
mod programme;

use chrono::Utc;
use handbill::history::{History, Ledger};
use handbill::model::Zone;
use handbill::render::{Site, plan};
use handbill::source::{self, Input, Options, Remote, SOURCES};
use std::env;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["conference", talks] => print!("{}", programme::toml(talks.parse().expect("a number"))),
        ["ledger", talks, editions, location] => {
            let ledger = Ledger::open(location).expect("a ledger");
            let (talks, editions) = (talks.parse(), editions.parse());
            past::record(
                &ledger,
                talks.expect("a number"),
                editions.expect("a number"),
            );
        }
        ["read", file, rounds, zone] => read(file, rounds.parse().expect("a number"), zone),
        ["render", folder, rounds] => render(Path::new(folder), rounds.parse().expect("a number")),
        _ => eprintln!(
            "measure conference TALKS | measure ledger TALKS EDITIONS LOCATION | measure read FILE ROUNDS ZONE | measure render FOLDER ROUNDS"
        ),
    }
}

fn read(file: &str, rounds: usize, zone: &str) {
    let bytes = fs::read(file).expect("a file");
    let zone = Zone::named(zone);
    let format = SOURCES
        .iter()
        .find(|source| (source.detect)(file, &bytes))
        .expect("a known format");
    for _ in 0..rounds {
        let start = Instant::now();
        let input = Input {
            file,
            bytes: &bytes,
            options: &Options::default(),
        };
        let (mut draft, _) = (format.read)(&input).expect("a schedule");
        draft.zone = draft.zone.or_else(|| zone.clone());
        let (draft, _) = source::merge(vec![draft]);
        let assembled = source::assemble(draft, "conference").expect("a conference");
        let elapsed = start.elapsed();
        assert!(!assembled.conference.talks.is_empty());
        black_box(assembled);
        println!("{:.3}", elapsed.as_secs_f64() * 1000.0);
    }
}

fn render(folder: &Path, rounds: usize) {
    let loaded = source::load(folder, &Remote::default())
        .expect("a folder")
        .remove(0);
    let conference = loaded.conference.expect("a conference");
    let history = History::default().next(&conference, Utc::now());
    let site = Site::new("https://example.org");
    let calendar = plan(&conference)
        .into_iter()
        .find(|rendering| rendering.path.ends_with("/schedule.ics"))
        .expect("a calendar");
    for _ in 0..rounds {
        let start = Instant::now();
        let document = calendar.render(&conference, &history, &site);
        let elapsed = start.elapsed();
        black_box(document);
        println!("{:.3}", elapsed.as_secs_f64() * 1000.0);
    }
}
