//! Nights in which the clocks change, and talks past midnight.

use crate::conference::{BERLIN, conference, document, load, property, to_mend};

fn with_talk(slot: &str) -> String {
    format!("{BERLIN}\n[[talks]]\ncode = \"NIGHT1\"\ntitle = \"Night\"\n{slot}\n")
}

#[test]
fn a_time_that_exists_twice_is_reported_and_the_first_is_taken() {
    let file = with_talk("start = 2026-10-25T02:30:00\nduration = 15");
    let (conference, problems) = load(&file, &[]);
    assert_eq!(
        to_mend(&problems),
        [
            "conference.toml:9:1: warning: talk NIGHT1: the time 2026-10-25 02:30:00 exists twice in Europe/Berlin: \
          the clocks are set back; the first is taken; write 2026-10-25T02:30:00+02:00 or 2026-10-25T02:30:00+01:00"
        ]
    );
    let calendar = document(&conference.expect("a conference"), "schedule.ics");
    assert_eq!(property(&calendar, "DTSTART"), ["DTSTART:20261025T003000Z"]);
}

#[test]
fn a_time_with_its_offset_says_which_of_the_two_is_meant() {
    let file = with_talk("start = 2026-10-25T02:30:00+01:00\nend = \"03:15\"");
    let calendar = document(&conference(&file), "schedule.ics");
    assert_eq!(property(&calendar, "DTSTART"), ["DTSTART:20261025T013000Z"]);
    assert_eq!(property(&calendar, "DTEND"), ["DTEND:20261025T021500Z"]);
}

#[test]
fn a_time_that_does_not_exist_is_reported_and_the_hour_after_is_taken() {
    let file = with_talk("start = 2026-03-29T02:30:00\nduration = 30")
        .replace("2026-10-24, 2026-10-25", "2026-03-28");
    let (conference, problems) = load(&file, &[]);
    let problems = to_mend(&problems);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert!(
        problems[0].contains("the time 2026-03-29 02:30:00 does not exist in Europe/Berlin: the clocks are set forward; 03:30 is taken"),
        "{problems:#?}"
    );
    let calendar = document(&conference.expect("a conference"), "schedule.ics");
    assert_eq!(
        property(&calendar, "DTSTART"),
        ["DTSTART;TZID=Europe/Berlin:20260329T033000"]
    );
}

#[test]
fn a_talk_over_the_change_lasts_as_long_as_its_length_says() {
    let file = with_talk("start = 2026-10-25T01:30:00\nduration = \"2h\"");
    let calendar = document(&conference(&file), "schedule.ics");
    assert_eq!(property(&calendar, "DTSTART"), ["DTSTART:20261024T233000Z"]);
    assert_eq!(property(&calendar, "DTEND"), ["DTEND:20261025T013000Z"]);
}

#[test]
fn half_past_midnight_of_a_day_is_the_night_after_it() {
    let file = with_talk("day = 1\nstart = \"00:30\"\nend = \"01:15\"");
    let conference = conference(&file);
    let calendar = document(&conference, "days/2026-10-24.ics");
    assert_eq!(
        property(&calendar, "DTSTART"),
        ["DTSTART;TZID=Europe/Berlin:20261025T003000"]
    );
    assert_eq!(
        property(
            &document(&conference, "days/2026-10-25.ics"),
            "DTSTART;TZID"
        ),
        [] as [String; 0]
    );
}

#[test]
fn a_december_talk_in_vancouver_is_seven_hours_behind_utc() {
    let file = with_talk("start = 2026-12-01T09:00:00\nduration = 30")
        .replace("Europe/Berlin", "America/Vancouver")
        .replace("2026-10-24, 2026-10-25", "2026-12-01");
    let conference = conference(&file);
    let calendar = document(&conference, "schedule.ics");
    assert_eq!(
        property(&calendar, "DTSTART"),
        ["DTSTART;TZID=America/Vancouver:20261201T090000"]
    );
    assert!(calendar.contains("TZOFFSETTO:-0700\r\n"), "{calendar}");
    assert!(document(&conference, "talks.json").contains("2026-12-01T09:00:00-07:00"));
}

#[test]
fn times_without_a_zone_are_never_read_as_utc() {
    let file = with_talk("start = 2026-10-24T10:00:00\nduration = 30")
        .replace("time_zone = \"Europe/Berlin\"", "");
    let (conference, problems) = load(&file, &[]);
    assert_eq!(conference, None);
    assert_eq!(
        to_mend(&problems),
        [
            "conference.toml:9:1: error: there are times here, and no time zone to read them in; \
          name one: time_zone = \"Europe/Berlin\" in conference.toml, or with convert --time-zone Europe/Berlin"
        ]
    );
}

#[test]
fn a_talk_whose_hour_is_unknown_is_an_all_day_event_that_blocks_no_time() {
    let calendar = document(&conference(&with_talk("day = 2")), "schedule.ics");
    assert_eq!(
        property(&calendar, "DTSTART"),
        ["DTSTART;VALUE=DATE:20261025"]
    );
    assert_eq!(property(&calendar, "DTEND"), ["DTEND;VALUE=DATE:20261026"]);
    assert_eq!(property(&calendar, "TRANSP"), ["TRANSP:TRANSPARENT"]);
    assert!(!calendar.contains("VTIMEZONE"));
}

#[test]
fn nobody_invents_an_end() {
    let (conference, problems) = load(&with_talk("start = 2026-10-24T10:00:00"), &[]);
    assert_eq!(
        to_mend(&problems),
        [
            "conference.toml:9:1: warning: talk NIGHT1: it starts at 10:00, and no end is known; \
          add `end` or `duration`; until then only its start is published"
        ]
    );
    let calendar = document(&conference.expect("a conference"), "schedule.ics");
    assert_eq!(
        property(&calendar, "DTSTART"),
        ["DTSTART;TZID=Europe/Berlin:20261024T100000"]
    );
    assert!(property(&calendar, "DTEND").is_empty(), "{calendar}");
}

#[test]
fn an_end_before_the_start_is_no_talk_of_a_day_and_a_half() {
    let (conference, problems) = load(
        &with_talk("day = 1\nstart = \"11:00\"\nend = \"10:30\""),
        &[],
    );
    assert_eq!(
        to_mend(&problems),
        [
            "conference.toml:9:1: error: talk NIGHT1: the end 2026-10-24 10:30:00 is before the start 2026-10-24 11:00:00; \
          mend `start`, `end` or `duration`; until then only its day is published"
        ]
    );
    let calendar = document(&conference.expect("a conference"), "schedule.ics");
    assert_eq!(
        property(&calendar, "DTSTART"),
        ["DTSTART;VALUE=DATE:20261024"]
    );
}
