//! What the scripts beside this file need from inside the program.
//!
//! - `measure conference TALKS` writes an invented conference to standard output.
//! - `measure render FOLDER ROUNDS` renders the calendar of the conference in a folder, and prints
//!   the milliseconds of each round. Reading the folder takes no part.
#![allow(
    clippy::expect_used,
    reason = "whoever measures wants to see at once that something is missing"
)]

mod programme;

use chrono::Utc;
use handbill::history::History;
use handbill::render::{Site, plan};
use handbill::source;
use std::env;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["conference", talks] => print!("{}", programme::toml(talks.parse().expect("a number"))),
        ["render", folder, rounds] => render(Path::new(folder), rounds.parse().expect("a number")),
        _ => eprintln!("measure conference TALKS | measure render FOLDER ROUNDS"),
    }
}

fn render(folder: &Path, rounds: usize) {
    let loaded = source::load(folder).expect("a folder").remove(0);
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
