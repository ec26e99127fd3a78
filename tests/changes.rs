//! What is different from one state of a programme to the next, in the words of the feeds of changes.

use crate::conference::{BERLIN, conference};
use handbill::history::{Change, Detail, Placement, diff};

const TALKS: &str = r#"
[[talks]]
code = "FIRST1"
title = "First"
abstract = "About the first things."
speakers = ["Ada Lovelace"]
track = "Beginnings"
start = 2026-10-24T10:00:00
duration = 45
room = "Hall A"

[[talks]]
code = "TWICE2"
title = "Twice"

[[talks.slots]]
start = 2026-10-24T11:00:00
duration = 45
room = "Hall A"
occurrence = 1

[[talks.slots]]
start = 2026-10-25T11:00:00
duration = 45
room = "Hall B"
occurrence = 2
"#;

/// What an edit of the file changes.
#[track_caller]
fn changes(edits: &[(&str, &str)]) -> Vec<Change> {
    let before = format!("{BERLIN}{TALKS}");
    let mut after = before.clone();
    for (from, to) in edits {
        assert!(after.contains(from), "{from} is not there");
        after = after.replacen(from, to, 1);
    }
    diff(&conference(&before), &conference(&after))
}

/// The only talk's details.
#[track_caller]
fn details(edits: &[(&str, &str)]) -> Vec<Detail> {
    let mut changes = changes(edits);
    assert_eq!(changes.len(), 1, "{changes:#?}");
    changes.remove(0).details
}

fn place(placement: &Placement) -> String {
    let start = placement.when.timed().expect("a time").start();
    let room = placement.room.as_deref().unwrap_or("nowhere");
    format!("{} {room}", start.wall().format("%-d %H:%M"))
}

#[test]
fn nothing_is_different_from_itself() {
    assert!(changes(&[]).is_empty());
    assert!(changes(&[("updated = 2026-10-01", "updated = 2026-10-02")]).is_empty());
}

#[test]
fn a_move_tells_where_and_when_it_was_and_is() {
    let found = details(&[
        ("2026-10-24T10:00:00", "2026-10-25T12:30:00"),
        ("room = \"Hall A\"", "room = \"Hall B\""),
    ]);
    let [Detail::Moved { from, to }] = &*found else {
        panic!("{found:?}");
    };
    assert_eq!(
        (&*place(from), &*place(to)),
        ("24 10:00 Hall A", "25 12:30 Hall B")
    );
}

#[test]
fn another_room_at_the_same_time_is_no_move() {
    let found = details(&[("room = \"Hall A\"", "room = \"Hall B\"")]);
    assert!(matches!(&*found, [Detail::RoomChanged { .. }]), "{found:?}");
}

#[test]
fn a_longer_talk_has_moved() {
    let found = details(&[("duration = 45", "duration = 60")]);
    assert!(matches!(&*found, [Detail::Moved { .. }]), "{found:?}");
}

#[test]
fn texts_and_people_are_told_apart() {
    let found = details(&[("title = \"First\"", "title = \"First of all\"")]);
    assert!(
        matches!(&*found, [Detail::Retitled { from, to }] if **from == *"First" && **to == *"First of all")
    );
    let found = details(&[("\"Ada Lovelace\"", "\"Ada Lovelace\", \"Grace Hopper\"")]);
    assert!(
        matches!(&*found, [Detail::Speakers { from, to }] if from == "Ada Lovelace" && to == "Ada Lovelace, Grace Hopper"),
        "{found:?}"
    );
    let found = details(&[("the first things", "first principles")]);
    assert_eq!(found, [Detail::Text]);
    let found = details(&[("track = \"Beginnings\"", "track = \"Endings\"")]);
    assert!(
        matches!(&*found, [Detail::Field { from, to, .. }] if from == "Beginnings" && to == "Endings"),
        "{found:?}"
    );
    let slides = "links = [{ url = \"https://example.org/slides.pdf\", kind = \"slides\" }]\nroom = \"Hall A\"";
    let found = details(&[("room = \"Hall A\"", slides)]);
    assert_eq!(
        found,
        [Detail::LinksAdded(vec![
            "https://example.org/slides.pdf".into()
        ])]
    );
}

#[test]
fn a_talk_is_cancelled_and_restored() {
    let cancelled = "title = \"First\"\nstate = \"cancelled\"";
    let found = details(&[("title = \"First\"", cancelled)]);
    assert!(matches!(&*found, [Detail::Cancelled(_)]), "{found:?}");
    let before = format!("{BERLIN}{TALKS}").replacen("title = \"First\"", cancelled, 1);
    let after = format!("{BERLIN}{TALKS}");
    let found = diff(&conference(&before), &conference(&after));
    assert!(
        matches!(&*found[0].details, [Detail::Restored(_)]),
        "{found:?}"
    );
}

#[test]
fn one_of_two_occurrences_is_cancelled() {
    let found = details(&[("occurrence = 2", "occurrence = 2\nstate = \"cancelled\"")]);
    assert!(
        matches!(&*found, [Detail::Cancelled(Some(at))] if place(at) == "25 11:00 Hall B"),
        "{found:?}"
    );
}

#[test]
fn talks_are_added_and_removed() {
    let both = format!("{BERLIN}{TALKS}");
    let (one, _) = both.rsplit_once("\n[[talks]]\n").expect("the second talk");
    let (both, one) = (conference(&both), conference(one));
    let added = diff(&one, &both);
    assert_eq!((added.len(), &*added[0].details), (1, &[Detail::Added][..]));
    let removed = diff(&both, &one);
    assert_eq!(
        (removed.len(), &*removed[0].details),
        (1, &[Detail::Removed][..])
    );
    assert!(removed[0].after.is_none());
}

#[test]
fn a_cancelled_talk_that_goes_is_not_told_again() {
    let cancelled = "title = \"Twice\"\nstate = \"cancelled\"";
    let both = format!("{BERLIN}{TALKS}").replacen("title = \"Twice\"", cancelled, 1);
    let (one, _) = both.rsplit_once("\n[[talks]]\n").expect("the second talk");
    assert_eq!(diff(&conference(&both), &conference(one)), []);
}

#[test]
fn an_abstract_that_is_broken_into_other_lines_says_the_same() {
    let broken = ("About the first things.", "About\\n*the* first things.");
    assert!(changes(&[broken]).is_empty());
}

#[test]
fn an_hour_that_becomes_known_is_no_move() {
    let on_the_day = format!("{BERLIN}{TALKS}").replacen(
        "start = 2026-10-24T10:00:00\nduration = 45",
        "day = 1",
        1,
    );
    let found = diff(
        &conference(&on_the_day),
        &conference(&format!("{BERLIN}{TALKS}")),
    );
    assert!(
        matches!(&*found[0].details, [Detail::Scheduled(at)] if place(at) == "24 10:00 Hall A"),
        "{found:?}"
    );
}

#[test]
fn several_things_are_told_the_most_important_first() {
    let found = details(&[
        ("title = \"First\"", "title = \"First of all\""),
        ("2026-10-24T10:00:00", "2026-10-24T12:30:00"),
    ]);
    let kinds: Vec<&str> = found.iter().map(Detail::kind).collect();
    assert_eq!(kinds, ["moved", "retitled"]);
}
