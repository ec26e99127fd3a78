//! `handbill diff` and `handbill editions` as a person or a script runs them.

use crate::command_line::{folder_with, handbill, text};

const GOOD: &str = "name = \"Test Days\"\ntime_zone = \"Europe/Berlin\"\ndays = [2026-10-24]\n\n[[talks]]\ntitle = \"One\"\nday = 1\nstart = \"10:00\"\nduration = 30\n";

#[test]
fn two_states_that_show_the_same_are_no_different() {
    let folder = folder_with(&[("a/test/conference.toml", GOOD), ("b.toml", GOOD)]);
    for after in ["a", "a/test", "a/test/conference.toml", "b.toml"] {
        let output = handbill(folder.path(), &["diff", "a", after]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert_eq!(text(&output.stdout), "");
    }
}

#[test]
fn a_talk_without_a_code_that_is_called_otherwise_is_the_same_talk() {
    let retitled = GOOD.replace("\"One\"", "\"Another\"");
    let folder = folder_with(&[
        ("a/conference.toml", GOOD),
        ("b/conference.toml", &retitled),
    ]);
    let output = handbill(folder.path(), &["diff", "a", "b"]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert_eq!(
        text(&output.stdout),
        "one  Another\n    retitled from \"One\" to \"Another\"\n"
    );
}

#[test]
fn a_talk_that_moves_is_told_to_people_and_to_programs() {
    let moved = GOOD.replace("10:00", "11:00");
    let folder = folder_with(&[("a.toml", GOOD), ("b.toml", &moved)]);
    let output = handbill(folder.path(), &["diff", "a.toml", "b.toml"]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert_eq!(
        text(&output.stdout),
        "one  One\n    moved from Sat 24 Oct 2026 10:00–10:30 to Sat 24 Oct 2026 11:00–11:30\n"
    );
    let arguments = ["diff", "a.toml", "b.toml", "--format", "json"];
    let output = handbill(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let detail = &document["conferences"][0]["changes"][0]["details"][0];
    assert_eq!(detail["kind"], "moved");
    assert_eq!(detail["from"]["start"], "2026-10-24T10:00:00+02:00");
    assert_eq!(detail["to"]["end"], "2026-10-24T11:30:00+02:00");
}

#[test]
fn a_conference_that_is_only_in_one_of_two_folders_is_a_difference() {
    let folder = folder_with(&[
        ("a/one/conference.toml", GOOD),
        ("a/two/conference.toml", GOOD),
        ("b/two/conference.toml", GOOD),
        ("b/ten/conference.toml", GOOD),
    ]);
    let output = handbill(folder.path(), &["diff", "a", "b"]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert_eq!(
        text(&output.stdout),
        "== one: only before\n\n== ten: only after\n"
    );
    let output = handbill(folder.path(), &["diff", "a", "b", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let conferences = document["conferences"].as_array().expect("a list");
    let said = conferences
        .iter()
        .map(|told| (told["conference"].as_str(), told["missing"].as_str()));
    assert_eq!(
        said.collect::<Vec<_>>(),
        [
            (Some("one"), Some("after")),
            (Some("ten"), Some("before")),
            (Some("two"), None)
        ]
    );
}

#[test]
fn what_cannot_be_read_is_neither_the_same_nor_different() {
    let broken = GOOD.replace("[[talks]]", "[[talks]");
    let folder = folder_with(&[("a/conference.toml", GOOD), ("b/conference.toml", &broken)]);
    for (after, reason) in [
        ("b", "cannot be compared: mend what is said above first"),
        ("c", "c: there is no such file or folder"),
        ("test@1", "there is no ledger in .handbill; name the folder"),
    ] {
        let output = handbill(folder.path(), &["diff", "a", after]);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(reason), "{said}");
    }
}

#[test]
fn who_asks_for_editions_where_there_is_no_ledger_gets_no_empty_one() {
    let folder = folder_with(&[("state/other.txt", "")]);
    let commands: [&[&str]; 6] = [
        &["list"],
        &["list", "test"],
        &["show", "test", "1"],
        &["approve", "test"],
        &["discard", "test"],
        &["note", "test", "1", "Hall A is closed."],
    ];
    for command in commands {
        for place in [
            &["--state", "state"],
            &["--state", "nowhere"],
            &["--out", "nowhere"],
        ] {
            let arguments = [&["editions"], command, place].concat();
            let output = handbill(folder.path(), &arguments);
            let said = text(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{said}");
            assert!(said.contains("there is no ledger in "), "{said}");
        }
    }
    let entries = std::fs::read_dir(folder.path()).expect("a folder");
    assert_eq!(entries.count(), 1, "nothing was made");
}

#[test]
fn a_note_is_either_said_or_taken_off() {
    let folder = folder_with(&[]);
    for arguments in [
        &["editions", "note", "test", "1"][..],
        &["editions", "note", "test", "1", "Moved.", "--remove"],
    ] {
        let output = handbill(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains("Usage: "));
    }
}

#[test]
fn a_built_folder_can_hold_old_editions_as_they_were() {
    let data = "data/test/conference.toml";
    let folder = folder_with(&[(data, GOOD)]);
    let site = ["--base-url", "https://example.org/feeds"];
    let build = |more: &[&str]| {
        let arguments = [&["build", "data"], &site[..], more].concat();
        let output = handbill(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    };
    let read = |path: &str| std::fs::read(folder.path().join("feeds/test").join(path));
    build(&[]);
    let documents = ["index.html", "schedule.ics", "talks.atom", "talks/one.json"];
    let first = documents.map(|path| read(path).expect("a document"));
    let moved = GOOD.replace("10:00", "11:00");
    std::fs::write(folder.path().join(data), moved).expect("a written file");

    build(&[]);
    assert!(read("editions/1/schedule.ics").is_err());
    build(&["--old-editions"]);
    for (path, before) in documents.iter().zip(first) {
        let old = read(&format!("editions/1/{path}")).expect("a document");
        assert_eq!(text(&old), text(&before), "{path}");
        assert_ne!(old, read(path).expect("a document"), "{path}");
    }
    let page = read("editions/index.html").expect("a page");
    assert!(text(&page).contains("https://example.org/feeds/test/editions/1/schedule.ics"));

    build(&[]);
    assert!(read("editions/1/schedule.ics").is_err(), "no longer wanted");
}
