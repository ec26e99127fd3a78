//! handbill's own calendars are calendars like others: what is published can be read back.

use handbill::model::{Conference, When};
use handbill::source::{Remote, Severity, load, load_file};
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// When each slot of a conference is held, in order: from instant to instant, or on a day.
fn times(conference: &Conference) -> Vec<String> {
    let slots = conference.talks.iter().flat_map(|talk| &talk.slots);
    let mut times: Vec<String> = slots
        .map(|slot| match &slot.when {
            When::Span(span) => format!("{} {}", span.start().instant(), span.end().instant()),
            When::Day(day) => day.to_string(),
        })
        .collect();
    times.sort();
    times
}

#[test]
fn what_is_published_can_be_read_back() {
    for name in ["example", "pycascades-2022"] {
        let own = load(&root().join("data").join(name), &Remote::default())
            .expect("a conference's folder");
        let own = own.into_iter().find_map(|loaded| loaded.conference);
        let own = own.expect("a conference");
        let read = load_file(
            &root().join("feeds").join(name).join("schedule.ics"),
            |_| (),
        );
        let worst = read.problems.iter().map(|problem| problem.severity).max();
        assert!(worst <= Some(Severity::Note), "{:#?}", read.problems);
        let read = read.conference.expect("a conference");
        assert_eq!(read.name, own.name);
        assert_eq!(read.updated, own.updated);
        assert_eq!(read.colour, own.colour);
        assert_eq!(times(&read), times(&own), "{name}");
        let timed = own
            .talks
            .iter()
            .flat_map(|talk| &talk.slots)
            .any(|slot| slot.when.timed().is_some());
        if timed {
            assert_eq!(read.zone, own.zone, "{name}");
        }
        let names: Vec<&str> = read.speakers.iter().map(|speaker| &*speaker.name).collect();
        assert!(
            names.contains(&"Ada Lovelace") || names.contains(&"Thursday Bram"),
            "{names:?}"
        );
    }
}
