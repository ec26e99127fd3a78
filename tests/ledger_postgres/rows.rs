//! What is written is read, and what is half written is not there.

use super::{CONFERENCE, Database, append, at, edition, entry, notice, piece};
use chrono::TimeDelta;
use handbill::history::Edition;
use handbill::history::ledger::{Entry, Held, Mark, Store, Verdict};

#[test]
#[ignore = "needs PostgreSQL: tests/run starts one"]
fn an_edition_is_read_as_it_was_written() {
    let database = Database::new();
    let store = database.open();
    let undated = Edition {
        published: None,
        note: Some("The first draft — “quoted” ✎".to_owned()),
        ..edition(1)
    };
    let first = Entry {
        edition: undated.clone(),
        ..entry(1, Vec::new())
    };
    append(&store, &first);
    append(&store, &entry(2, Vec::new()));
    let found = store.editions(CONFERENCE).expect("editions");
    assert_eq!(found, [undated, edition(2)]);
    assert_eq!(store.editions("djangocon-2022").expect("editions"), []);
}

#[test]
#[ignore = "needs PostgreSQL: tests/run starts one"]
fn a_state_is_the_pieces_that_are_valid_at_its_edition() {
    let database = Database::new();
    let store = database.open();
    // Spaces and the order of keys stay: a digest is taken of these bytes.
    let keynote = piece(
        "talk",
        "KEYNOTE",
        r#"{"title": "Wörk",  "abstract":"a\nb"}"#,
    );
    let moved = piece("talk", "KEYNOTE", r#"{"title":"Work"}"#);
    let hall = piece("room", "hall", r#"{"name":"Hall"}"#);
    let order = piece("order", "", "[]");
    append(
        &store,
        &entry(1, vec![hall.clone(), keynote.clone(), order.clone()]),
    );
    append(&store, &entry(2, vec![moved.clone()]));
    let third = Entry {
        gone: vec![("room".to_owned(), "hall".to_owned())],
        ..entry(3, Vec::new())
    };
    append(&store, &third);
    append(&store, &entry(4, vec![hall.clone()]));

    let state = |number| store.pieces(CONFERENCE, number).expect("pieces");
    assert_eq!(state(0), []);
    assert_eq!(state(1), [order.clone(), hall.clone(), keynote.clone()]);
    assert_eq!(state(2), [order.clone(), hall.clone(), moved.clone()]);
    assert_eq!(state(3), [order.clone(), moved.clone()]);
    assert_eq!(state(4), [order.clone(), hall.clone(), moved.clone()]);
    assert_eq!(state(u64::MAX), state(4));

    let rooms = store.versions(CONFERENCE, "room").expect("versions");
    let spans: Vec<_> = rooms.iter().map(|room| (room.since, room.until)).collect();
    assert_eq!(spans, [(1, Some(3)), (4, None)]);
    let talks = store.versions(CONFERENCE, "talk").expect("versions");
    assert_eq!(talks[0].piece, keynote);
    assert_eq!(talks[1].piece, moved);
}

#[test]
#[ignore = "needs PostgreSQL: tests/run starts one"]
fn pieces_are_ordered_by_bytes_whatever_the_database_sorts_by() {
    let database = Database::new();
    let store = database.open();
    let keys = ["a-b", "B", "é", "a", "Z", "aa", "_", "z"];
    let put = keys.map(|key| piece("talk", key, "{}")).to_vec();
    append(&store, &entry(1, put.clone()));
    let mut sorted = put;
    sorted.sort();
    assert_eq!(store.pieces(CONFERENCE, 1).expect("pieces"), sorted);
}

#[test]
#[ignore = "needs PostgreSQL: tests/run starts one"]
fn an_edition_that_is_not_the_next_adds_nothing() {
    let database = Database::new();
    let store = database.open();
    append(&store, &entry(1, vec![piece("talk", "A", "1")]));
    for number in [0, 1, 3, u64::MAX] {
        let other = Entry {
            edition: Edition {
                number,
                ..edition(1)
            },
            put: vec![piece("talk", "A", "2"), piece("talk", "B", "2")],
            gone: Vec::new(),
            notices: vec![notice("https://app.example.org/hook", "2")],
        };
        let is_added = store.append(CONFERENCE, &other).expect("an answer");
        assert!(!is_added, "edition {number}");
    }
    let pieces = store.pieces(CONFERENCE, u64::MAX).expect("pieces");
    assert_eq!(pieces, [piece("talk", "A", "1")]);
    assert_eq!(store.waiting().expect("a count"), 0);
}

#[test]
#[ignore = "needs PostgreSQL: tests/run starts one"]
fn an_edition_that_fails_half_way_adds_nothing() {
    let database = Database::new();
    let store = database.open();
    let twice = vec![piece("talk", "A", "1"), piece("talk", "A", "2")];
    let error = store
        .append(CONFERENCE, &entry(1, twice))
        .expect_err("one key, two pieces");
    assert!(
        error.message.starts_with("cannot write the ledger"),
        "{error}"
    );
    assert_eq!(store.editions(CONFERENCE).expect("editions"), []);
    append(&store, &entry(1, Vec::new()));
}

#[test]
#[ignore = "needs PostgreSQL: tests/run starts one"]
fn a_mark_counts_editions_and_notes() {
    let database = Database::new();
    let store = database.open();
    assert!(store.marks().expect("marks").is_empty());
    append(&store, &entry(1, Vec::new()));
    append(&store, &entry(2, Vec::new()));
    assert!(
        store
            .set_note(CONFERENCE, 1, Some("Room changes on Sunday"))
            .expect("an answer")
    );
    assert!(
        store
            .set_note(CONFERENCE, 2, Some("Typo"))
            .expect("an answer")
    );
    assert!(store.set_note(CONFERENCE, 2, None).expect("an answer"));
    assert!(
        !store
            .set_note(CONFERENCE, 3, Some("Too early"))
            .expect("an answer")
    );
    assert!(
        !store
            .set_note("djangocon-2022", 1, Some("No such"))
            .expect("an answer")
    );
    let marks = store.marks().expect("marks");
    assert_eq!(marks.len(), 1);
    assert_eq!(
        marks[CONFERENCE],
        Mark {
            edition: 2,
            notes: 3
        }
    );
    let notes = store.editions(CONFERENCE).expect("editions").into_iter();
    let notes: Vec<_> = notes.map(|edition| edition.note).collect();
    assert_eq!(notes, [Some("Room changes on Sunday".to_owned()), None]);
}

#[test]
#[ignore = "needs PostgreSQL: tests/run starts one"]
fn what_is_held_is_replaced_and_let_go() {
    let database = Database::new();
    let store = database.open();
    let mut held = Held {
        digest: "outage".to_owned(),
        since: at("2022-02-04T17:30:00.25Z"),
        reasons: vec![
            "31 of 34 talks are gone".to_owned(),
            "a day is gone, \"Sunday\"".to_owned(),
        ],
        verdict: Verdict::Pending,
    };
    assert_eq!(store.held(CONFERENCE).expect("an answer"), None);
    for verdict in [Verdict::Pending, Verdict::Approved, Verdict::Discarded] {
        held.verdict = verdict;
        store.hold(CONFERENCE, Some(&held)).expect("held");
        assert_eq!(
            store.held(CONFERENCE).expect("an answer"),
            Some(held.clone())
        );
    }
    assert_eq!(store.held("djangocon-2022").expect("an answer"), None);
    store.hold(CONFERENCE, None).expect("let go");
    assert_eq!(store.held(CONFERENCE).expect("an answer"), None);
}

#[test]
#[ignore = "needs PostgreSQL: tests/run starts one"]
fn a_notice_waits_until_the_older_ones_of_its_target_are_delivered() {
    let database = Database::new();
    let store = database.open();
    let (hook, hub) = ("https://app.example.org/hook", "https://hub.example.org/");
    let first = Entry {
        notices: vec![notice(hook, "1"), notice(hook, "2"), notice(hub, "3")],
        ..entry(1, Vec::new())
    };
    append(&store, &first);
    let now = at("2022-01-11T09:00:00Z");
    let after = |seconds| now + TimeDelta::seconds(seconds);
    let claim = |seconds| {
        let claimed = store
            .claim(after(seconds), after(seconds + 60))
            .expect("an answer");
        claimed.map(|notice| (notice.id, notice.notice.body, notice.failures))
    };
    let (one, body, failures) = claim(0).expect("the first");
    assert_eq!((body.as_str(), failures), ("1", 0));
    let (three, body, _) = claim(0).expect("the other target's");
    assert_eq!(body, "3");
    assert_eq!(claim(0), None);

    store.finish(three).expect("finished");
    store.postpone(one, after(30)).expect("postponed");
    assert_eq!(store.waiting().expect("a count"), 2);
    assert_eq!(claim(29), None);
    assert_eq!(claim(30), Some((one, "1".to_owned(), 1)));
    // Whoever claimed it never came back.
    assert_eq!(claim(89), None);
    assert_eq!(claim(90), Some((one, "1".to_owned(), 1)));
    store.finish(one).expect("finished");
    let (two, body, failures) = claim(91).expect("the second");
    assert_eq!((body.as_str(), failures), ("2", 0));
    store.finish(two).expect("finished");
    store.finish(two).expect("already finished");
    assert_eq!(claim(1000), None);
    assert_eq!(store.waiting().expect("a count"), 0);
}
