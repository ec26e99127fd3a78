//! A ledger with a past: many editions of the invented conference, each with a few talks changed.

use crate::programme;
use chrono::{DateTime, TimeDelta, Utc};
use handbill::history::ledger::{Ledger, Recorded};
use handbill::history::{Edition, publication_time, successor};
use handbill::model::{Conference, Markdown, Moment, Plain, When};
use handbill::source::{self, Remote};
use std::fs;
use std::time::{Duration, Instant};

/// The invented conference with this many talks.
pub(crate) fn conference(talks: usize) -> Conference {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join(source::CONFERENCE_FILE);
    fs::write(file, programme::toml(talks)).expect("written");
    let mut loaded = source::load(folder.path(), &Remote::default()).expect("a folder");
    loaded.remove(0).conference.expect("a conference")
}

/// Records this many editions: the first is the whole programme, and each later one changes one to
/// three talks for good. Returns how long recording each of the later ones took.
pub(crate) fn record(ledger: &Ledger, talks: usize, editions: usize) -> Vec<Duration> {
    let mut conference = conference(talks);
    let mut last = record_one(ledger, None, &conference, 0);
    let mut times = Vec::new();
    for number in 1..editions {
        for place in 0..=number % 3 {
            change(&mut conference, number, number * 37 + place * 311);
        }
        let start = Instant::now();
        last = record_one(ledger, Some(&last), &conference, number);
        times.push(start.elapsed());
    }
    times
}

/// Moves a talk, retitles it, or rewrites its abstract.
fn change(conference: &mut Conference, number: usize, place: usize) {
    let place = place % conference.talks.len();
    let zone = conference.zone.clone();
    let talk = conference.talks.get_mut(place).expect("a talk");
    match number % 3 {
        0 => talk.title = Plain::new(&format!("Talk {place}: as of edition {number}")),
        1 => talk.summary = Markdown::new(&format!("Rewritten *once more*, for edition {number}.")),
        _ => {
            let slot = talk.slots.first_mut().expect("an occurrence");
            let span = slot.when.timed().expect("a time");
            let later =
                |moment: Moment| Moment::new(moment.instant() + TimeDelta::minutes(5), &zone);
            slot.when = When::span(later(span.start()), later(span.end())).expect("a span");
        }
    }
}

fn record_one(
    ledger: &Ledger,
    before: Option<&Recorded>,
    next: &Conference,
    minute: usize,
) -> Recorded {
    let start: DateTime<Utc> = "2026-01-01T12:00:00Z".parse().expect("an instant");
    let now = start + TimeDelta::minutes(i64::try_from(minute).expect("a number"));
    let (conference, history) = successor(before, next.clone(), now).expect("a change");
    let last = before.and_then(|before| before.edition.published);
    let edition = Edition {
        number: history.edition,
        published: Some(publication_time(last, now)),
        source: source::CONFERENCE_FILE.into(),
        digest: ledger.digest(next),
        note: None,
    };
    let recorded = ledger.record((&conference, &history), before, edition, Vec::new());
    recorded.expect("written").expect("nobody else records")
}
