//! What a subscriber sees when the programme changes from one edition to the next.

use crate::conference::{BERLIN, conference, document_of, property};
use chrono::{DateTime, Utc};
use handbill::history::{History, slot_uid};
use handbill::model::Conference;
use handbill::render::{Cancelled, Site, Wishes, plan};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const TALKS: &str = r#"
[[talks]]
code = "FIRST1"
title = "First"
speakers = ["Ada Lovelace"]
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

[[talks.slots]]
start = 2026-10-25T11:00:00
duration = 45
room = "Hall B"
"#;

fn at(day: u32) -> DateTime<Utc> {
    format!("2026-11-{day:02}T12:00:00Z")
        .parse()
        .expect("an instant")
}

/// Publishes `before`, then `after`, and returns both histories with the second conference.
fn published(before: &str, after: &str) -> (History, Conference, History) {
    let first = History::default().next(&conference(before), at(1));
    let changed = conference(after);
    let second = first.next(&changed, at(2));
    (first, changed, second)
}

fn changed(from: &str, to: &str) -> (Conference, History) {
    let before = format!("{BERLIN}{TALKS}");
    let after = before.replace(from, to);
    assert_ne!(before, after, "the change is none");
    let (_, conference, history) = published(&before, &after);
    (conference, history)
}

#[test]
fn an_unchanged_programme_is_no_new_edition() {
    let file = format!("{BERLIN}{TALKS}");
    let (first, _, second) = published(&file, &file);
    assert_eq!(first, second);
    assert_eq!(first.edition, 1);
}

#[test]
fn a_moved_talk_raises_its_sequence_and_keeps_its_uid() {
    let before = conference(&format!("{BERLIN}{TALKS}"));
    let old = document_of(
        &before,
        &History::default().next(&before, at(1)),
        "schedule.ics",
    );
    let (conference, history) = changed("2026-10-24T10:00:00", "2026-10-24T12:30:00");
    let new = document_of(&conference, &history, "schedule.ics");
    let uids = |calendar: &str| {
        property(calendar, "UID")
            .into_iter()
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(uids(&old), uids(&new));
    let of_first = new
        .split("BEGIN:VEVENT")
        .find(|event| event.contains("SUMMARY:First"))
        .expect("the moved talk");
    assert!(
        of_first.contains("SEQUENCE:1\r\n") && of_first.contains("LAST-MODIFIED:20261102T120000Z"),
        "{of_first}"
    );
    assert!(of_first.contains("DTSTAMP:20261102T120000Z"), "{of_first}");
}

#[test]
fn a_retitled_talk_keeps_its_sequence_and_raises_its_last_modified() {
    let (conference, history) = changed("\"First\"", "\"First of all\"");
    let calendar = document_of(&conference, &history, "talks/FIRST1.ics");
    assert_eq!(property(&calendar, "SEQUENCE"), ["SEQUENCE:0"]);
    assert_eq!(
        property(&calendar, "LAST-MODIFIED"),
        ["LAST-MODIFIED:20261102T120000Z"]
    );
}

#[test]
fn a_change_touches_only_the_documents_that_show_it() {
    let before = conference(&format!("{BERLIN}{TALKS}"));
    let first = History::default().next(&before, at(1));
    let (after, second) = changed("\"First\"", "\"First of all\"");
    for path in [
        "rooms/hall-b.ics",
        "rooms/hall-b.rss",
        "rooms/hall-b.atom",
        "talks/TWICE2.ics",
        "days/2026-10-25.json",
    ] {
        assert_eq!(
            document_of(&before, &first, path),
            document_of(&after, &second, path),
            "{path}"
        );
    }
    for path in [
        "schedule.ics",
        "rooms/hall-a.rss",
        "days/2026-10-24.atom",
        "speakers/ada-lovelace.json",
    ] {
        assert_ne!(
            document_of(&before, &first, path),
            document_of(&after, &second, path),
            "{path}"
        );
    }
}

#[test]
fn a_part_that_a_talk_has_left_is_updated_too() {
    let (conference, history) = changed(
        "duration = 45\nroom = \"Hall A\"\n\n[[talks]]",
        "duration = 45\nroom = \"Hall B\"\n\n[[talks]]",
    );
    let feed = document_of(&conference, &history, "rooms/hall-a.atom");
    assert!(
        feed.contains("<updated>2026-11-02T12:00:00+00:00</updated>"),
        "{feed}"
    );
}

#[test]
fn a_date_in_the_data_beats_the_clock_where_it_is_news() {
    let before = format!("{BERLIN}{TALKS}");
    let after = before
        .replace("\"First\"", "\"First of all\"")
        .replace("2026-10-01T00:00:00Z", "2026-10-31T00:00:00Z");
    let (_, conference, history) = published(&before, &after);
    let calendar = document_of(&conference, &history, "talks/FIRST1.ics");
    assert_eq!(
        property(&calendar, "LAST-MODIFIED"),
        ["LAST-MODIFIED:20261031T000000Z"]
    );
    let other = document_of(&conference, &history, "talks/TWICE2.ics");
    assert_eq!(
        property(&other, "LAST-MODIFIED"),
        ["LAST-MODIFIED:20261001T000000Z"; 2]
    );
}

#[test]
fn no_date_is_in_the_future() {
    let file = format!("{BERLIN}{TALKS}").replace("2026-10-01T00:00:00Z", "2030-01-01T00:00:00Z");
    let conference = conference(&file);
    let history = History::default().next(&conference, at(1));
    for path in [
        "schedule.ics",
        "talks.rss",
        "talks.atom",
        "talks.json",
        "index.html",
    ] {
        let document = document_of(&conference, &history, path);
        assert!(!document.contains("2030"), "{path}");
    }
}

#[test]
fn a_restored_talk_goes_on_counting_where_it_stopped() {
    let file = format!("{BERLIN}{TALKS}");
    let moved = file.replace("2026-10-24T10:00:00", "2026-10-24T12:30:00");
    let without = format!(
        "{BERLIN}{}",
        &TALKS[TALKS
            .find("[[talks]]\ncode = \"TWICE2\"")
            .expect("the second talk")..]
    );
    let mut history = History::default();
    for (day, text) in [(1, &file), (2, &moved), (3, &without), (4, &moved)] {
        history = history.next(&conference(text), at(day));
    }
    let calendar = document_of(&conference(&moved), &history, "talks/FIRST1.ics");
    assert_eq!(property(&calendar, "SEQUENCE"), ["SEQUENCE:1"]);
    assert_eq!(
        property(&calendar, "LAST-MODIFIED"),
        ["LAST-MODIFIED:20261104T120000Z"]
    );
}

#[test]
fn cancelled_talks_can_be_hidden_in_every_format() {
    let file = format!("{BERLIN}{TALKS}").replacen(
        "title = \"First\"",
        "title = \"First\"\nstate = \"cancelled\"",
        1,
    );
    let conference = conference(&file);
    let history = History::default().next(&conference, at(1));
    let hide = Wishes {
        cancelled: Cancelled::Hide,
        ..Wishes::default()
    };
    let site = Site::new("https://feeds.example.org");
    let mut seen = 0;
    for rendering in plan(&conference) {
        let name = rendering.path.trim_start_matches("test/").to_owned();
        if name.contains('/') || !name.starts_with("schedule.") && !name.starts_with("talks.") {
            continue;
        }
        let text = |wishes: &Wishes| {
            let document = rendering.render_for(&conference, &history, &site, wishes);
            String::from_utf8(document.bytes).expect("UTF-8")
        };
        assert!(text(&Wishes::default()).contains("First"), "{name}");
        let hidden = text(&hide);
        assert!(!hidden.contains("First"), "{name}");
        assert!(hidden.contains("Twice"), "{name}");
        seen += 1;
    }
    assert_eq!(seen, 8);
}

/// A conference of talks without codes.
fn uncoded(talks: &[(&str, &str)]) -> String {
    let mut text = BERLIN.to_owned();
    for (title, start) in talks {
        text.push_str(&format!(
            "[[talks]]\ntitle = \"{title}\"\nstart = 2026-10-24T{start}:00\nduration = 30\nroom = \"R\"\n"
        ));
    }
    text
}

fn codes_after(before: &str, after: &str) -> Vec<String> {
    let published = conference(before);
    let history = History::default().next(&published, at(1));
    let mut changed = conference(after);
    history.keep_codes(&published.talks, &mut changed);
    changed
        .talks
        .iter()
        .map(|talk| talk.code.to_string())
        .collect()
}

#[test]
fn a_talk_without_a_code_keeps_its_identifier_when_it_is_retitled() {
    let before = uncoded(&[("Lunch", "12:00"), ("Closing", "17:00")]);
    let after = uncoded(&[("A long lunch", "12:00"), ("Closing", "17:00")]);
    assert_eq!(codes_after(&before, &after), ["lunch", "closing"]);
}

#[test]
fn a_talk_that_gets_a_code_later_keeps_its_identifier() {
    let before = uncoded(&[("Lunch", "12:00"), ("Closing", "17:00")]);
    let after = before.replace(
        "title = \"Closing\"",
        "code = \"CLOSE9\"\ntitle = \"Closing\"",
    );
    assert_eq!(codes_after(&before, &after), ["lunch", "closing"]);
}

#[test]
fn a_code_that_came_later_is_remembered_through_a_move_and_a_new_title() {
    let before = uncoded(&[("Lunch", "12:00"), ("Closing", "17:00")]);
    let coded = before.replace(
        "title = \"Closing\"",
        "code = \"CLOSE9\"\ntitle = \"Closing\"",
    );
    let moved = coded
        .replace("\"Closing\"", "\"Goodbye\"")
        .replace("T17:00", "T18:00");
    let mut history = History::default();
    let mut published = Vec::new();
    for (day, text) in [(1, &before), (2, &coded), (3, &moved)] {
        let mut changed = conference(text);
        history.keep_codes(&published, &mut changed);
        let codes: Vec<&str> = changed.talks.iter().map(|talk| &*talk.code).collect();
        assert_eq!(codes, ["lunch", "closing"]);
        history = history.next(&changed, at(day));
        published = changed.talks;
    }
}

#[test]
fn a_replacement_by_other_speakers_is_another_talk() {
    let speaking = |title: &str, speaker: &str| {
        uncoded(&[(title, "12:00")])
            .replace("room = ", &format!("speakers = [\"{speaker}\"]\nroom = "))
    };
    let before = speaking("Rust for snakes", "Ada Lovelace");
    let after = speaking("Cooking at home", "Grace Hopper");
    assert_eq!(codes_after(&before, &after), ["cooking-at-home"]);
}

#[test]
fn the_title_tells_more_than_the_place() {
    let before = uncoded(&[("Opening", "10:00")]);
    let after = uncoded(&[("Keynote", "10:00"), ("Opening", "14:00")]);
    assert_eq!(codes_after(&before, &after), ["keynote", "opening"]);
}

#[test]
fn a_new_talk_under_a_former_title_takes_nobodys_identifier() {
    let mut history = History::default();
    let states = [
        (uncoded(&[("Alpha", "10:00")]), vec!["alpha"]),
        (uncoded(&[("Beta", "10:00")]), vec!["alpha"]),
        (
            uncoded(&[("Beta", "10:00"), ("Alpha", "15:00")]),
            vec!["alpha", "alpha-2"],
        ),
        (
            uncoded(&[("Beta", "10:00"), ("Alpha", "16:00")]),
            vec!["alpha", "alpha-2"],
        ),
    ];
    let mut published = Vec::new();
    for (day, (text, expected)) in states.iter().enumerate() {
        let mut changed = conference(text);
        history.keep_codes(&published, &mut changed);
        let codes: Vec<&str> = changed.talks.iter().map(|talk| &*talk.code).collect();
        assert_eq!(codes, *expected);
        history = history.next(&changed, at(day as u32 + 1));
        published = changed.talks;
    }
}

#[test]
fn without_a_ledger_a_talk_is_known_by_its_own_address() {
    let talk = |title: &str| {
        conference(&format!(
            "{BERLIN}[[talks]]\ntitle = \"{title}\"\nurl = \"https://example.org/talk/about-time/\"\nday = 1\n"
        ))
    };
    let codes = ["First title", "Second title"].map(|title| talk(title).talks[0].code.to_string());
    assert_eq!(codes, ["about-time", "about-time"]);
}

#[test]
fn talks_of_one_title_on_two_days_have_their_day_in_the_code() {
    let talk = |day: u32| format!("[[talks]]\ntitle = \"Lunch\"\nday = {day}\n");
    let conference = conference(&format!("{BERLIN}{}{}", talk(2), talk(1)));
    let codes: Vec<&str> = conference.talks.iter().map(|talk| &*talk.code).collect();
    assert_eq!(codes, ["lunch-day-1", "lunch-day-2"]);
}

#[test]
fn talks_of_one_title_keep_their_identifiers_when_they_change_places_in_the_file() {
    let before = uncoded(&[("Break", "11:00"), ("Break", "15:00")]);
    let after = uncoded(&[("Break", "15:00"), ("Break", "11:00")]);
    assert_eq!(
        codes_after(&before, &after),
        ["break-2026-10-24", "break-2026-10-24-2"]
    );
}

#[test]
fn a_new_time_zone_changes_the_date_of_what_it_changes() {
    let file =
        format!("{BERLIN}{TALKS}").replace("2026-10-24T10:00:00", "2026-10-24T10:00:00+02:00");
    let (_, conference, history) =
        published(&file, &file.replace("Europe/Berlin", "Europe/London"));
    let calendar = document_of(&conference, &history, "talks/FIRST1.ics");
    assert_eq!(
        property(&calendar, "LAST-MODIFIED"),
        ["LAST-MODIFIED:20261102T120000Z"]
    );
}

#[test]
fn a_talk_in_the_place_of_one_that_is_still_there_is_another_talk() {
    let before = uncoded(&[("Lunch", "12:00")]);
    let after = uncoded(&[("Lunch", "13:00"), ("Keynote", "12:00")]);
    assert_eq!(codes_after(&before, &after), ["keynote", "lunch"]);
}

#[test]
fn a_new_host_of_the_site_changes_no_identifier_of_an_entry() {
    let before = format!("{BERLIN}{TALKS}");
    let after = before.replace("https://example.org/", "https://conf.example.com/");
    let (_, conference, history) = published(&before, &after);
    let feed = document_of(&conference, &history, "talks.atom");
    assert!(
        feed.contains("<id>tag:example.org,2026:test/talks/FIRST1</id>"),
        "{feed}"
    );
}

#[test]
fn an_added_talk_is_dated_by_its_publication() {
    let before = format!("{BERLIN}{TALKS}");
    let after = format!("{before}[[talks]]\ncode = \"ADDED3\"\ntitle = \"Added\"\nday = 1\n");
    let (_, conference, history) = published(&before, &after);
    let calendar = document_of(&conference, &history, "talks/ADDED3.ics");
    assert_eq!(
        property(&calendar, "LAST-MODIFIED"),
        ["LAST-MODIFIED:20261102T120000Z"]
    );
    let feed = document_of(&conference, &history, "talks.atom");
    assert!(
        feed.contains(" <updated>2026-11-02T12:00:00+00:00</updated>"),
        "{feed}"
    );
}

#[test]
fn a_talks_own_date_that_is_no_news_to_its_feed_is_not_taken() {
    let before = format!("{BERLIN}{TALKS}").replace(
        "title = \"First\"",
        "title = \"First\"\nupdated = 2026-09-01",
    );
    let after = before
        .replace("title = \"First\"", "title = \"First of all\"")
        .replace("2026-09-01", "2026-09-02");
    let (_, conference, history) = published(&before, &after);
    let calendar = document_of(&conference, &history, "talks/FIRST1.ics");
    assert_eq!(
        property(&calendar, "LAST-MODIFIED"),
        ["LAST-MODIFIED:20261102T120000Z"]
    );
}

/// A random state of the programme: for each of three talks whether it is there, when, where, and its
/// title.
fn edits() -> impl Strategy<Value = Vec<[Option<(u8, u8, u8)>; 3]>> {
    let talk = || proptest::option::weighted(0.8, (0..4u8, 0..3u8, 0..3u8));
    proptest::collection::vec([talk(), talk(), talk()], 1..8)
}

fn edited(state: &[Option<(u8, u8, u8)>; 3]) -> String {
    let mut text = BERLIN.to_owned();
    for (number, talk) in state.iter().enumerate() {
        if let Some((hour, room, title)) = talk {
            text.push_str(&format!(
                "[[talks]]\ncode = \"T{number}\"\ntitle = \"Title {title}\"\nstart = 2026-10-24T1{hour}:00:00\nduration = 30\nroom = \"R{room}\"\n"
            ));
        }
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn sequence_and_last_modified_never_fall(states in edits()) {
        let mut history = History::default();
        let mut known = BTreeMap::new();
        for (day, state) in states.iter().enumerate() {
            let conference = conference(&edited(state));
            history = history.next(&conference, at(day as u32 + 1));
            for talk in &conference.talks {
                let revision = &history.slots[&slot_uid(&conference, talk, &talk.slots[0])];
                let timing = format!("{:?} {:?}", talk.slots[0].when, talk.slots[0].room);
                let now = (revision.sequence, revision.revision.updated, timing, talk.title.to_string());
                if let Some(before) = known.insert(talk.code.to_string(), now.clone()) {
                    let moved = before.2 != now.2;
                    prop_assert_eq!(now.0, before.0 + u32::from(moved));
                    prop_assert!(now.1 >= before.1);
                    let visibly_changed = moved || before.3 != now.3;
                    prop_assert!(!visibly_changed || now.1 > before.1);
                }
            }
        }
    }
}
