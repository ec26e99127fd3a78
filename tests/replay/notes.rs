//! Eight dated versions of an organiser's notes, without a code anywhere: slips are mended, talks are
//! retitled, swapped, cancelled and taken off, the layout is tidied, recordings are added.

use super::subscriber::{Subscriber, Told, chronicle};
use std::fs;
use std::path::Path;

const VERSIONS: [&str; 8] = [
    "2027-03-02",
    "2027-03-20",
    "2027-04-10",
    "2027-04-24",
    "2027-05-02",
    "2027-05-04",
    "2027-05-07",
    "2027-05-12",
];

fn fixture(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/replay/notes");
    fs::read_to_string(folder.join(name)).expect("a fixture")
}

fn subscriber() -> Subscriber {
    Subscriber::new(&fixture("conference.toml"), "notes.md")
}

#[test]
fn eight_versions_of_notes_tell_each_edit_once_and_no_false_removal() {
    let mut subscriber = subscriber();
    let mut history: Vec<(&str, Told)> = Vec::new();
    for date in VERSIONS {
        let told = subscriber.look(date, &fixture(&format!("{date}.md")));
        history.push((date, told));
    }
    insta::assert_snapshot!(chronicle(&history));
    let titles = subscriber.events.values().map(|event| &*event.summary);
    let mut titles: Vec<&str> = titles.collect();
    titles.sort_unstable();
    let expected = [
        "Coffee break",
        "Concurrency without tears",
        "Keynote: the harbour that ran on Python",
        "Lightning talks",
        "Opening",
        "Packaging a lighthouse",
        "Panel: who maintains the maintainers?",
        "Property-based testing at sea",
        "Reading the tides with pandas",
        "Sprints",
        "Type hints for sailors",
    ];
    assert_eq!(titles, expected, "an event for each talk, and no other");
}

/// A version of the notes, edited.
#[track_caller]
fn edited(version: &str, edits: &[(&str, &str)]) -> String {
    let mut text = fixture(&format!("{version}.md"));
    for (from, to) in edits {
        assert!(text.contains(from), "{from:?} does not stand in {version}");
        text = text.replace(from, to);
    }
    text
}

/// What the subscriber of a version is told when it is edited.
#[track_caller]
fn told(version: &str, edits: &[(&str, &str)]) -> Vec<String> {
    let mut subscriber = subscriber();
    subscriber.look("2027-03-01", &fixture(&format!("{version}.md")));
    let told = subscriber.look("2027-03-02", &edited(version, edits));
    told.headlines()
        .into_iter()
        .map(ToOwned::to_owned)
        .collect()
}

#[test]
fn another_layout_of_the_same_words_is_no_new_edition() {
    let layouts: [&[(&str, &str)]; 5] = [
        &[("\n\n", "\n\n\n")],
        &[("\n", "\r\n")],
        &[("\n\n---\n\n", "\n\n")],
        &[("## ", "### ")],
        &[(" 10:00 - 10:45", ", 10:00–10:45")],
    ];
    for edits in layouts {
        let mut subscriber = subscriber();
        subscriber.look("2027-05-03", &fixture("2027-05-04.md"));
        let told = subscriber.look("2027-05-04", &edited("2027-05-04", edits));
        assert_eq!((told.editions, told.headlines()), (1, vec![]), "{edits:?}");
    }
}

#[test]
fn a_talk_that_changes_its_place_in_the_file_alone_is_no_news() {
    let panel = "## Panel: who maintains the maintainers? (Hall A) 13:00 - 13:45\n\n---\n\n";
    let last = "## Sprints (Stage on the quay) 14:00 - 17:00\n";
    let reordered = [(panel, ""), (last, &*format!("{last}\n---\n\n{panel}"))];
    assert_eq!(told("2027-05-04", &reordered), [""; 0]);
}

#[test]
fn two_talks_that_swap_their_hours_are_moved() {
    let swapped = [
        ("10:00-10:45 Reading", "AT ONE Reading"),
        ("10:45-11:30 Concurrency", "10:00-10:45 Concurrency"),
        ("AT ONE Reading", "10:45-11:30 Reading"),
    ];
    assert_eq!(
        told("2027-04-10", &swapped),
        [
            "Moved: Concurrency without tears",
            "Moved: Reading the tides with pandas"
        ]
    );
}

#[test]
fn a_talk_that_is_retitled_and_moved_at_once_is_the_same_talk() {
    let edits = [(
        "11:45-12:15 Property-based testing at sea (Hall A)",
        "15:00-15:30 Hypothesis, hands-on (Hall B)",
    )];
    assert_eq!(
        told("2027-04-24", &edits),
        ["Moved and retitled: Hypothesis, hands-on"]
    );
}

#[test]
fn a_talk_of_a_new_title_with_the_words_of_the_old_one_is_the_same_talk() {
    // Nobody is named, no hour is known: only its abstract says which talk it is.
    let before = [("\n\nSpeaker: Nadia Holm\n", "\n")];
    let mut subscriber = subscriber();
    subscriber.look("2027-03-01", &edited("2027-03-02", &before));
    let after = [
        before[0],
        ("Reading the tides with pandas", "The moon in a data frame"),
    ];
    let told = subscriber.look("2027-03-02", &edited("2027-03-02", &after));
    assert_eq!(told.headlines(), ["Retitled: The moon in a data frame"]);
}

#[test]
fn a_talk_by_somebody_else_is_another_talk() {
    let edits = [
        (
            "10:00-10:45 Packaging a lighthouse",
            "10:00-10:45 Wheels for wharves",
        ),
        ("Speaker: Mei Tanaka", "Speaker: Adaeze Obi"),
    ];
    assert_eq!(
        told("2027-04-10", &edits),
        [
            "Added: Wheels for wharves",
            "Cancelled: Packaging a lighthouse"
        ]
    );
}

#[test]
fn numbered_parts_are_not_taken_for_slips_of_each_other() {
    let edits = [("### Sprints", "### Sprints, part 1")];
    let mut subscriber = subscriber();
    subscriber.look("2027-03-19", &edited("2027-03-20", &edits));
    let edits = [("### Sprints", "### Sprints, part 2")];
    let told = subscriber.look("2027-03-20", &edited("2027-03-20", &edits));
    assert_eq!(
        told.headlines(),
        ["Added: Sprints, part 2", "Cancelled: Sprints, part 1"]
    );
}

#[test]
fn of_two_talks_that_one_may_have_become_neither_is_guessed() {
    let edits = [(
        "### Keynote\n",
        "### Keynote by the sea\n\n### Keynote on the quay\n",
    )];
    assert_eq!(
        told("2027-03-02", &edits),
        [
            "Added: Keynote by the sea",
            "Added: Keynote on the quay",
            "Cancelled: Keynote"
        ]
    );
}

#[test]
fn a_break_that_shifts_the_rest_of_a_day_moves_each_talk_once() {
    let edits = [
        (
            "### 10:45-11:30 Conc",
            "### 10:45-11:00 Coffee (Hall A)\n\n### 11:00-11:45 Conc",
        ),
        ("11:30-12:00 A talk", "11:45-12:15 A talk"),
        ("14:00-14:45 Lightning", "14:15-15:00 Lightning"),
        ("16:00-17:00 Keynote", "16:15-17:15 Keynote"),
    ];
    assert_eq!(
        told("2027-04-10", &edits),
        [
            "Added: Coffee",
            "Moved: A talk about testing",
            "Moved: Concurrency without tears",
            "Moved: Keynote",
            "Moved: Lightning talks"
        ]
    );
}

#[test]
fn a_talk_without_an_hour_again_says_so() {
    let edits = [("### 14:00-17:00 Sprints (Hall B)", "### Sprints")];
    assert_eq!(told("2027-04-10", &edits), ["Moved: Sprints"]);
}

#[test]
fn a_renamed_room_is_told_for_each_talk_in_it_and_moves_no_hour() {
    assert_eq!(
        told("2027-04-10", &[("(Hall B)", "(Harbour Hall)")]),
        [
            "Room changed: Sprints",
            "Room changed: Type hints for sailors"
        ]
    );
}
