//! `handbill check`: what organisers are told, and how.

use crate::command_line::{folder_with, handbill, text};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

/// A conference about which there is nothing to say.
const CLEAN: &str = r#"name = "Test Days"
slug = "test"
time_zone = "Europe/Berlin"
url = "https://example.org/"
online = "https://example.org/live"
days = [2026-10-24, 2026-10-25]
updated = 2026-10-01
"#;

/// A talk about which there is nothing to say, with further lines.
fn talk(code: &str, more: &str) -> String {
    format!(
        "\n[[talks]]\ncode = \"{code}\"\ntitle = \"About {code}\"\nabstract = \"All of it.\"\nspeakers = [\"Ada {code}\"]\n{more}\n"
    )
}

fn at(start: &str, minutes: u32, room: &str) -> String {
    format!("start = {start}\nduration = {minutes}\nroom = \"{room}\"")
}

/// The report for programs, and the exit code.
fn report(conference_file: &str, arguments: &[&str]) -> (Value, Option<i32>) {
    let folder = folder_with(&[("conference.toml", conference_file)]);
    let mut all = vec!["check", ".", "--format", "json"];
    all.extend(arguments);
    let output = handbill(folder.path(), &all);
    let report = serde_json::from_slice(&output.stdout);
    (report.expect("JSON"), output.status.code())
}

/// What is said under a rule's name: place, severity, message.
fn found(conference_file: &str, rule: &str) -> Vec<String> {
    let (report, _) = report(conference_file, &[]);
    let problems = report["conferences"][0]["problems"].as_array();
    let problems = problems.expect("problems").iter();
    problems
        .filter(|problem| problem["rule"] == rule)
        .map(|problem| {
            let text = |key: &str| problem[key].as_str().unwrap_or_default().replace("./", "");
            format!(
                "{}: {}: {}",
                problem["line"],
                text("severity"),
                text("message")
            )
        })
        .collect()
}

#[track_caller]
fn assert_found<const N: usize>(conference_file: &str, rule: &str, expected: [&str; N]) {
    assert_eq!(found(conference_file, rule), expected);
}

/// A conference that breaks each rule.
fn breaking(rule: &str) -> String {
    let morning = "2026-10-24T10:00:00";
    let talks = match rule {
        "double-booked-room" => {
            talk("T1", &at(morning, 45, "Hall"))
                + &talk("T2", &at("2026-10-24T10:30:00", 45, "Hall"))
        }
        "break-during-talk" => {
            let pause = at("2026-10-24T10:30:00", 45, "Hall") + "\nkind = \"break\"";
            talk("T1", &at(morning, 45, "Hall")) + &talk("T2", &pause)
        }
        "double-booked-speaker" => (talk("T1", &at(morning, 45, "Hall"))
            + &talk("T2", &at(morning, 45, "Attic")))
            .replace("Ada T2", "Ada T1"),
        "speaker-names-alike" => (talk("T1", "") + &talk("T2", ""))
            .replace("Ada T1", "José F. Ruiz")
            .replace("Ada T2", "Jose F Ruiz"),
        "talk-outside-days" => talk("T1", &at("2026-10-27T10:00:00", 45, "Hall")),
        "no-end" => talk("T1", &format!("start = {morning}")),
        "unlikely-hours" => (0..6)
            .map(|hour| {
                talk(
                    &format!("T{hour}"),
                    &at(&format!("2026-10-24T0{hour}:00:00"), 30, "Hall"),
                )
            })
            .collect(),
        "clock-change" => String::new(),
        "talk-over-clock-change" => talk("T1", &at("2026-10-25T01:30:00", 120, "Hall")),
        "gap-over-clock-change" => {
            talk("T1", &at("2026-10-25T00:30:00", 60, "Hall"))
                + &talk("T2", &at("2026-10-25T03:30:00", 15, "Hall"))
        }
        "repeated-hour" => talk("T1", &at("2026-10-25T02:30:00", 15, "Hall")),
        "skipped-hour" => talk("T1", &at("2026-03-29T02:30:00", 15, "Hall")),
        "no-abstract" => talk("T1", "").replace("All of it.", ""),
        "no-speakers" => talk("T1", "").replace("\"Ada T1\"", ""),
        "long-title" => talk("T1", "").replace("About", &"About ".repeat(40)),
        "long-description" => talk("T1", "").replace("All of it.", &"All of it. ".repeat(800)),
        "duplicate-code" => talk("T1", "") + &talk("T1", "").replace("About", "On"),
        "codes-alike" => talk("T1", "") + &talk("t1", ""),
        "derived-code" => talk("T1", "").replace("code = \"T1\"\n", ""),
        "not-listed" => {
            "\n[[rooms]]\nname = \"Hall\"\n".to_owned() + &talk("T1", &at(morning, 45, "Haall"))
        }
        "calendar-too-large" => (0..1001)
            .map(|number| {
                talk(
                    &format!("T{number}"),
                    &at("2026-10-24T10:00:00", 1, &format!("Room {number}")),
                )
            })
            .collect(),
        "insecure-link" => talk("T1", "url = \"http://example.org/t1\""),
        "shared-address" => {
            let url = "url = \"https://example.org/talks\"";
            talk("T1", url) + &talk("T2", url)
        }
        "local-address" => talk("T1", "url = \"http://localhost:8000/t1\""),
        _ => String::new(),
    };
    let head = match rule {
        "no-date" => CLEAN.replace("updated = 2026-10-01\n", ""),
        "no-url" => CLEAN.replace("url = \"https://example.org/\"\n", ""),
        "no-place" => CLEAN.replace("online = \"https://example.org/live\"\n", ""),
        "suspicious-zone" => {
            CLEAN.replace("Europe/Berlin", "UTC") + "venue = { name = \"Old Hall\" }\n"
        }
        _ => CLEAN.to_owned(),
    };
    head + &talks
}

/// The rules that README.md lists.
fn rules() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(path).expect("README.md");
    let (_, after) = readme
        .split_once("| rule | finds |")
        .expect("the table of rules");
    let rows = after
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    let names = rows.filter_map(|row| row.split('`').nth(1));
    names.map(ToOwned::to_owned).collect()
}

#[test]
fn every_rule_is_found_where_it_is_broken_and_only_there_unless_it_is_allowed() {
    let rules = rules();
    assert!(rules.len() > 20, "{rules:?}");
    for rule in &rules {
        // No conference.toml can say when a day opens; other sources can.
        if rule == "talk-outside-hours" {
            continue;
        }
        let file = breaking(rule);
        assert!(!found(&file, rule).is_empty(), "{rule}");
        let (report, _) = report(&file, &["--allow", rule]);
        let left = report["conferences"][0]["problems"].to_string();
        assert!(!left.contains(&format!("\"{rule}\"")), "{rule}: {left}");
    }
    let quiet = CLEAN.replace("2026-10-24, 2026-10-25", "2026-11-07")
        + &talk("T1", &at("2026-11-07T10:00:00", 45, "Hall"));
    let (report, code) = report(&quiet, &[]);
    assert_eq!(report["conferences"][0]["problems"], serde_json::json!([]));
    assert_eq!(code, Some(0));
}

#[test]
fn a_room_is_double_booked_once_for_each_talk_that_begins_while_another_is_on() {
    let file = CLEAN.to_owned()
        + &talk("T1", &at("2026-10-24T10:00:00", 120, "Hall"))
        + &talk("T2", &at("2026-10-24T10:30:00", 15, "Hall"))
        + &talk("T3", &at("2026-10-24T11:00:00", 120, "Hall"))
        + &talk("T4", &at("2026-10-24T13:00:00", 30, "Hall"))
        + &talk(
            "T5",
            &(at("2026-10-24T13:00:00", 30, "Hall") + "\nstate = \"cancelled\""),
        )
        + &talk("T6", &at("2026-10-24T13:00:00", 30, "Attic"));
    assert_found(
        &file,
        "double-booked-room",
        [
            "18: warning: \"About T2\" (2026-10-24 10:30–10:45) begins in Hall while \"About T1\" (2026-10-24 10:00–12:00) is there, said at conference.toml:9:1",
            "27: warning: \"About T3\" (2026-10-24 11:00–13:00) begins in Hall while \"About T1\" (2026-10-24 10:00–12:00) is there, said at conference.toml:9:1",
        ],
    );
}

#[test]
fn lightning_talks_may_lie_in_their_block_and_not_on_each_other() {
    let lightning = |start: &str, minutes| {
        at(&format!("2026-10-24T{start}:00"), minutes, "Hall") + "\nkind = \"lightning\""
    };
    let file = CLEAN.to_owned()
        + &talk("BLOCK", &lightning("10:00", 60))
        + &talk("T1", &lightning("10:00", 5))
        + &talk("T2", &lightning("10:05", 10))
        + &talk("T3", &lightning("10:10", 5))
        + &talk("T4", &at("2026-10-24T10:30:00", 60, "Hall"));
    let found = found(&file, "double-booked-room");
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found[0].contains("\"About T3\"") && found[0].contains("\"About T2\""));
    assert!(found[1].contains("\"About T4\"") && found[1].contains("\"About BLOCK\""));
}

#[test]
fn speakers_are_double_booked_in_two_places_and_not_in_one() {
    let both =
        |code: &str, more: &str| talk(code, more).replace(&format!("Ada {code}"), "Ada\", \"Grace");
    let again = "[[talks.slots]]\nstart = 2026-10-25T10:00:00\nduration = 30\nroom = \"Hall\"\n[[talks.slots]]\nstart = 2026-10-25T10:00:00\nduration = 30\nroom = \"Attic\"";
    let file = CLEAN.to_owned()
        + &both("T1", &at("2026-10-24T10:00:00", 60, "Hall"))
        + &both("T2", &at("2026-10-24T10:30:00", 15, "Hall"))
        + &both("T3", &at("2026-10-24T10:30:00", 30, "Attic"))
        + &both("T4", &at("2026-10-24T11:00:00", 30, "Hall"))
        + &both("T5", again);
    assert_found(
        &file,
        "double-booked-speaker",
        [
            "27: warning: Ada, Grace have \"About T3\" (2026-10-24 10:30–11:00) in Attic during \"About T1\" (2026-10-24 10:00–11:00) in Hall, said at conference.toml:9:1",
        ],
    );
}

#[test]
fn a_talk_and_a_pause_over_a_change_of_the_clocks_tell_how_long_they_are() {
    let file = CLEAN.to_owned()
        + &talk("T1", &at("2026-10-25T00:30:00", 60, "Hall"))
        + &talk("T2", &at("2026-10-25T03:30:00", 15, "Hall"))
        + &talk(
            "T3",
            "start = 2026-10-25T02:30:00+01:00\nduration = 15\nroom = \"Attic\"",
        )
        + &talk("T4", &at("2026-10-25T01:30:00", 120, "Cellar"));
    assert_found(
        &file,
        "clock-change",
        [
            "null: note: in Europe/Berlin the clocks are set back from 03:00 to 02:00 on 2026-10-25 (CET); calendars give in UTC what begins or ends in the repeated hour: \"About T4\", \"About T3\"",
        ],
    );
    assert_found(
        &file,
        "gap-over-clock-change",
        [
            "18: note: the pause between \"About T1\" (2026-10-25 00:30–01:30) and \"About T2\" (2026-10-25 03:30–03:45) lasts 3 h, not the 2 h that the clock shows: it is changed meanwhile",
        ],
    );
    assert_found(
        &file,
        "talk-over-clock-change",
        [
            "36: note: \"About T4\" (2026-10-25 01:30–02:30) lasts 2 h, not the 1 h that the clock shows: it is changed meanwhile",
        ],
    );
}

#[test]
fn the_night_after_the_last_day_belongs_to_it_and_other_nights_do_not() {
    let on = |days: &str| {
        found(
            &CLEAN.replace("2026-10-24, 2026-10-25", days),
            "clock-change",
        )
        .len()
    };
    assert_eq!(on("2026-10-24"), 1);
    assert_eq!(on("2026-10-25"), 1);
    assert_eq!(on("2026-10-23"), 0);
    assert_eq!(on("2026-10-23, 2026-10-26"), 0);
}

#[test]
fn texts_that_are_missing_are_counted_in_one_line() {
    let bare = |code: &str, more: &str| talk(code, more).replace("All of it.", "");
    let file = CLEAN.to_owned()
        + &bare("T1", "")
        + &bare("T2", "")
        + &bare("T3", "kind = \"break\"")
        + &bare("T4", "state = \"cancelled\"")
        + &bare("T5", "")
        + &bare("T6", "");
    assert_found(
        &file,
        "no-abstract",
        [
            "9: note: 4 talks without abstract: \"About T1\" (conference.toml:9:1), \"About T2\" (conference.toml:16:1), \"About T5\" (conference.toml:37:1) and 1 more",
        ],
    );
}

#[test]
fn a_large_calendar_names_the_smaller_ones() {
    let mut file = CLEAN.to_owned();
    for number in 0..1200 {
        let day = 24 + number % 2;
        let start = format!("2026-10-{day}T10:00:00");
        file += &talk(
            &format!("T{number}"),
            &at(&start, 45, &format!("Room {}", number / 600)),
        );
    }
    let (report, code) = report(&file, &["--allow", "double-booked-room"]);
    let problems = report["conferences"][0]["problems"].to_string();
    assert_eq!(code, Some(1));
    assert!(
        problems.contains("test/schedule.ics has 616 kB and 1200 events"),
        "{problems}"
    );
    assert!(problems.contains(
        "test/days/2026-10-24.ics, test/days/2026-10-25.ics, test/rooms/room-0.ics and 1 more"
    ));
    let google = &report["conferences"][0]["clients"][1];
    assert_eq!(google["client"], "Google Calendar");
    assert_eq!(
        google["remarks"][0],
        "takes a part of the whole calendar or nothing: it has 616 kB and 1200 events"
    );
}

/// Two files with something of everything.
fn showcase() -> tempfile::TempDir {
    let file = CLEAN.replace("updated", "sources = [\"notes.md\"]\nupdated")
        + &talk("T1", &at("2026-10-24T10:00:00", 60, "Hall"))
        + &talk("T2", &at("2026-10-24T10:30:00", 60, "Hall"))
        + &talk(
            "T3",
            &(at("2026-10-25T02:30:00", 30, "Hall") + "\nstate = \"cancelled\""),
        )
        + &talk("T4", "day = 1\nurl = \"http://example.org/t4\"");
    let notes = "# Notes\n\n## About T1\n\n> Something \u{1b}[31melse\u{1b}[0m.\n\n## Only here\n\n> A text.\n";
    folder_with(&[("conference.toml", &file), ("notes.md", notes)])
}

#[test]
fn people_see_the_lines_that_the_problems_are_in() {
    let folder = showcase();
    let output = handbill(folder.path(), &["check", "."]);
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!(text(&output.stdout));
}

#[test]
fn programs_get_every_field_under_a_name_that_stays() {
    let folder = showcase();
    let output = handbill(folder.path(), &["check", ".", "--format", "json"]);
    insta::assert_snapshot!(text(&output.stdout));
}

#[test]
fn many_problems_of_one_rule_are_cut_for_people_and_complete_for_programs() {
    let mut file = CLEAN.to_owned();
    for number in 0..30 {
        file += &talk(
            &format!("T{number}"),
            &at("2026-10-24T10:00:00", 45, "Hall"),
        );
    }
    assert_eq!(found(&file, "double-booked-room").len(), 29);
    let folder = folder_with(&[("conference.toml", &file)]);
    let said = text(&handbill(folder.path(), &["check", "."]).stdout);
    assert_eq!(said.matches("[double-booked-room]").count(), 20);
    assert!(
        said.contains("and 9 more of double-booked-room; --format json tells all"),
        "{said}"
    );
    assert!(
        said.contains("29 problems: 0 errors, 29 warnings, 1 note"),
        "{said}"
    );
}

#[test]
fn one_file_in_any_format_is_checked_with_what_it_leaves_open() {
    let folder = folder_with(&[(
        "notes.md",
        "# Notes\n\n## A talk 11:00-11:30\n\n> About it.\n\n## END OF DAY 1\n\n## Another\n\n> Too.\n",
    )]);
    let output = handbill(folder.path(), &["check", "notes.md"]);
    assert!(text(&output.stdout).contains("1 time is left out: no time zone is known"));
    assert_eq!(output.status.code(), Some(1));
    let zone = ["--time-zone", "Europe/Berlin", "--first-day", "2026-11-07"];
    let output = handbill(folder.path(), &[&["check", "notes.md"][..], &zone].concat());
    let said = text(&output.stdout);
    assert!(
        said.contains("0 problems: 0 errors, 0 warnings") && said.contains("1 slot with an hour"),
        "{said}"
    );
    let folder = folder_with(&[("conference.toml", CLEAN)]);
    let output = handbill(folder.path(), &[&["check", "."][..], &zone].concat());
    assert!(text(&output.stderr).contains("conference.toml has `time_zone` and `days`"));
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn only_rules_that_there_are_can_be_allowed() {
    let folder = folder_with(&[("conference.toml", CLEAN)]);
    let output = handbill(
        folder.path(),
        &["check", ".", "--allow", "double-booked-romo"],
    );
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("double-booked-room"));
}

/// Nobody has the abstracts of the second day's talks: the notes stop before them.
#[test]
fn the_bundled_conferences_lack_nothing_but_some_abstracts() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = handbill(root, &["check", "data", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let conferences = report["conferences"]
        .as_array()
        .expect("conferences")
        .iter();
    let mut rules = BTreeSet::new();
    for problem in
        conferences.flat_map(|conference| conference["problems"].as_array().expect("problems"))
    {
        rules.insert(problem["rule"].as_str().expect("a rule"));
    }
    let mut listed = String::new();
    for rule in rules {
        let _ = writeln!(listed, "{rule}");
    }
    assert_eq!(listed, "clock-change\ngap-over-clock-change\nno-abstract\n");
    assert_eq!(report["problems"], 0);
}
