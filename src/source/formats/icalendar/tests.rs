use super::SOURCE;
use crate::model::{Colour, Kind, State};
use crate::source::{Clock, DayRef, Draft, DraftSlot, End, Input, Options, Problem, Reading};
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::{Duration, Instant};

fn read_bytes(bytes: &[u8]) -> Reading {
    let options = &Options::default();
    (SOURCE.read)(&Input {
        file: "c.ics",
        bytes,
        options,
    })
}

fn read(text: &str) -> (Draft, Vec<String>) {
    let (draft, problems) = read_bytes(text.as_bytes()).expect("a calendar");
    (draft, problems.iter().map(ToString::to_string).collect())
}

/// What is said of a calendar of these lines.
fn calendar(lines: &str) -> (Draft, Vec<String>) {
    read(&format!("BEGIN:VCALENDAR\n{lines}\nEND:VCALENDAR\n"))
}

/// An event of these lines, with a title and an hour.
fn event(lines: &str) -> String {
    format!(
        "BEGIN:VEVENT\nSUMMARY:Engines\nDTSTART:20261024T080000Z\nDTEND:20261024T090000Z\n{lines}\nEND:VEVENT\n"
    )
}

fn titles(draft: &Draft) -> Vec<&str> {
    draft.talks.iter().map(|talk| &*talk.title).collect()
}

fn slots(draft: &Draft) -> Vec<&DraftSlot> {
    draft.talks.iter().flat_map(|talk| &talk.slots).collect()
}

fn instant(text: &str) -> Clock {
    Clock::Instant(DateTime::parse_from_rfc3339(text).expect("an instant"))
}

fn wall(text: &str) -> Clock {
    Clock::Wall(NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").expect("a time"))
}

fn starts(draft: &Draft) -> Vec<Clock> {
    slots(draft).iter().filter_map(|slot| slot.start).collect()
}

fn zone(draft: &Draft) -> Option<&str> {
    draft.zone.as_ref().map(|zone| zone.name())
}

#[test]
fn a_calendar_as_a_tool_writes_it() {
    let (draft, problems) = read(concat!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//Schedule//EN\r\n",
        "X-WR-CALNAME:Handbill Days\r\nX-WR-CALDESC:Two days about\\nprinting\r\nX-WR-TIMEZONE:Europe/Berlin\r\n",
        "URL:https://example.org/\r\nX-APPLE-CALENDAR-COLOR:#B3261EFF\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n",
        "BEGIN:VEVENT\r\nUID:type-1@example.org\r\nDTSTAMP:20260101T000000Z\r\nLAST-MODIFIED:20260901T120000Z\r\n",
        "DTSTART:20261024T080000Z\r\nDURATION:PT45M\r\nSUMMARY:Lead\\, and why\r\n",
        "DESCRIPTION:Speakers: Ada Lovelace (London)\\, Émilie du Châtelet\\nLetters of le\r\n ad.\\nBring gloves.\r\n",
        "LOCATION:Grand Hall\r\nCATEGORIES:Typesetting\r\nURL:https://example.org/talks/1\r\nSTATUS:TENTATIVE\r\n",
        "ATTACH;FILENAME=slides.pdf:https://example.org/1.pdf\r\nATTACH;VALUE=BINARY:AAAA\r\n",
        "CONFERENCE;VALUE=URI:https://stream.example.org/1\r\nIMAGE;VALUE=URI:https://example.org/1.png\r\n",
        "ORGANIZER:mailto:office@example.org\r\nCLASS:PUBLIC\r\n",
        "BEGIN:VALARM\r\nTRIGGER:-PT5M\r\nDESCRIPTION:Reminder\r\nEND:VALARM\r\nEND:VEVENT\r\n",
        "BEGIN:VTODO\r\nSUMMARY:Buy ink\r\nEND:VTODO\r\nEND:VCALENDAR\r\n",
    ));
    assert_eq!(problems, [] as [&str; 0]);
    assert_eq!(draft.name.as_deref(), Some("Handbill Days"));
    assert_eq!(
        draft.description.as_deref(),
        Some("Two days about  \nprinting")
    );
    assert_eq!(zone(&draft), Some("Europe/Berlin"));
    assert_eq!(draft.url.as_deref(), Some("https://example.org/"));
    assert_eq!(draft.colour, Colour::parse("#b3261e"));
    assert_eq!(draft.counts, [("events", 1), ("rooms", 1)]);
    let left_out: Vec<&str> = draft.uncarried.keys().map(String::as_str).collect();
    assert_eq!(
        left_out,
        [
            "ATTACH",
            "CLASS",
            "ORGANIZER",
            "VALARM",
            "VTODO",
            "affiliations of speakers"
        ]
    );
    let [talk] = &draft.talks[..] else {
        panic!("one talk")
    };
    assert_eq!(talk.place.line, Some(10));
    assert_eq!(talk.code.as_deref(), Some("type-1"));
    assert_eq!(&*talk.title, "Lead, and why");
    assert_eq!(
        talk.summary.as_deref(),
        Some("Letters of lead.  \nBring gloves.")
    );
    let speakers: Vec<&str> = talk.speakers.iter().map(|name| &**name).collect();
    assert_eq!(speakers, ["Ada Lovelace", "Émilie du Châtelet"]);
    assert_eq!(talk.track.as_deref(), Some("Typesetting"));
    assert_eq!(talk.state, Some(State::Tentative));
    assert_eq!(talk.links.len(), 1);
    assert!(talk.links[0].is_attachment);
    assert_eq!(talk.links[0].title.as_deref(), Some("slides.pdf"));
    assert_eq!(talk.online.as_deref(), Some("https://stream.example.org/1"));
    assert_eq!(talk.image.as_deref(), Some("https://example.org/1.png"));
    assert_eq!(
        talk.updated,
        DateTime::<Utc>::from_timestamp(1_788_264_000, 0)
    );
    let [slot] = &talk.slots[..] else {
        panic!("one slot")
    };
    assert_eq!(slot.start, Some(instant("2026-10-24T08:00:00+00:00")));
    assert_eq!(slot.end, Some(End::After(TimeDelta::minutes(45))));
    assert_eq!(slot.room.as_deref(), Some("Grand Hall"));
}

#[test]
fn calendars_are_recognised_by_their_beginning() {
    let is = |name: &str, text: &str| (SOURCE.detect)(name, text.as_bytes());
    assert!(is("feed", "BEGIN:VCALENDAR\r\n"));
    assert!(is("feed", "\u{feff}\n\n begin:vcalendar \nEND:VCALENDAR"));
    assert!(is("a.ics", "Warning: deprecated\nBEGIN:VCALENDAR\n"));
    assert!(!is("a.md", "# Notes\n\n```\nBEGIN:VCALENDAR\n```\n"));
    assert!(!is(
        "a.ics",
        "<!DOCTYPE html><title>BEGIN:VCALENDAR</title>"
    ));
    assert!(!is("a.ics", "BEGIN:VEVENT\n"));
    assert!(!is("a.ics", ""));
}

#[test]
fn a_page_instead_of_a_calendar_is_refused() {
    let error = read_bytes(b"<html><body>503</body></html>").expect_err("no calendar");
    assert_eq!(
        error.to_string(),
        "c.ics: error: there is no BEGIN:VCALENDAR here, so this is no iCalendar file; fetch or export it again; a page that says why it failed has come instead"
    );
}

#[test]
fn half_a_calendar_is_refused_as_a_whole() {
    let whole = format!(
        "BEGIN:VCALENDAR\n{}{}END:VCALENDAR\n",
        event("UID:1"),
        event("UID:2")
    );
    assert!(read_bytes(whole.as_bytes()).is_ok());
    for end in 0..whole.len() - 1 {
        assert!(read_bytes(&whole.as_bytes()[..end]).is_err(), "{end}");
    }
    let error = read_bytes(&whole.as_bytes()[..60]).expect_err("half a calendar");
    assert_eq!(
        error.to_string(),
        "c.ics:1: error: the calendar that begins here has no END:VCALENDAR: part of the file is missing; fetch or export the file again"
    );
    let joined = format!("BEGIN:VCALENDAR\n{}{whole}", event("UID:1"));
    assert!(read_bytes(joined.as_bytes()).is_err());
}

#[test]
fn a_calendar_without_events_has_no_talks_and_a_warning() {
    let (draft, problems) = calendar("X-WR-CALNAME:Empty");
    assert_eq!(titles(&draft), [] as [&str; 0]);
    assert_eq!(
        problems,
        ["c.ics: warning: there are no events in this calendar; check that it is the right one"]
    );
}

#[test]
fn line_ends_and_folds_of_every_kind() {
    let lines = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Gr\n ü\n\t\u{df}e\n\nDTSTART:20261024T080000Z\nDTEND:20261024T090000Z\nEND:VEVENT\nEND:VCALENDAR\n";
    for line_end in ["\n", "\r\n", "\r", "\r\r\n"] {
        let text = format!("\u{feff}{}", lines.replace('\n', line_end));
        let (draft, problems) = read(&text);
        assert_eq!(
            (titles(&draft), problems.len()),
            (vec!["Grüße"], 0),
            "{line_end:?}"
        );
        assert_eq!(draft.talks[0].place.line, Some(2), "{line_end:?}");
    }
}

#[test]
fn a_character_may_be_folded_in_its_midst() {
    let whole = format!(
        "BEGIN:VCALENDAR\r\n{}END:VCALENDAR\r\n",
        event("LOCATION:a\u{20ac}b").replace('\n', "\r\n")
    );
    let at = whole.find('\u{20ac}').expect("the sign");
    for inside in 1..3 {
        let (before, after) = whole.as_bytes().split_at(at + inside);
        let bytes = [before, b"\r\n ", after].concat();
        let (draft, problems) = read_bytes(&bytes).expect("a calendar");
        assert_eq!(slots(&draft)[0].room.as_deref(), Some("a\u{20ac}b"));
        assert_eq!(problems, []);
    }
}

#[test]
fn lines_that_nobody_folded_are_joined_and_told_once() {
    let (draft, problems) = calendar(&event(
        "DESCRIPTION:Bring a pen\nNote: a black one\n\nhttps://example.org/pens\nX\nLOCATION:Attic\nUID:1\nnonsense=1",
    ));
    assert_eq!(
        draft.talks[0].summary.as_deref(),
        Some("Bring a pen  \nNote: a black one\n\nhttps://example.org/pens  \nX")
    );
    assert_eq!(slots(&draft)[0].room.as_deref(), Some("Attic"));
    assert_eq!(draft.talks[0].code.as_deref(), Some("1"));
    assert_eq!(
        problems,
        [
            "c.ics:7: note: 3 lines are no property and not folded, the first one here; each is joined to the text before it",
            "c.ics:13: note: 1 line is no property and left out, the first one here",
        ]
    );
}

#[test]
fn old_encodings_and_odd_parameters_are_read() {
    let (draft, problems) = calendar(concat!(
        "begin:vevent\nsummary;charset=UTF-8;encoding=8BIT:Lumières\nuid:1\n",
        "DESCRIPTION;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Gr=C3=BC=\n=C3=9Fe=0D=0AEnde\n",
        "DTSTART;;VALUE=DATE-TIME:20261024T080000Z\nDTEND;X=\"a;b:c\";VALUE=DATE-TIME:20261024T090000Z\n",
        "DTSTAMP;TZID=Europe/Paris:20260101T000000\nMETHOD:PUBLISH\nend:vevent",
    ));
    assert_eq!(problems, [] as [&str; 0]);
    assert_eq!(titles(&draft), ["Lumières"]);
    assert_eq!(draft.talks[0].summary.as_deref(), Some("Grüße  \nEnde"));
    assert_eq!(
        slots(&draft)[0].end,
        Some(End::At(instant("2026-10-24T09:00:00+00:00")))
    );
}

#[test]
fn a_wrong_event_is_told_and_the_others_are_read() {
    let (draft, problems) = calendar(concat!(
        "BEGIN:VEVENT\nSUMMARY:No start\nUID:1\nEND:VEVENT\n",
        "BEGIN:VEVENT\nDTSTART:20261332T080000Z\nSUMMARY:Wrong start\nEND:VEVENT\n",
        "BEGIN:VEVENT\nDTSTART:20261024T080000Z\nEND:VEVENT\n",
        "BEGIN:VEVENT\nSUMMARY:Long\nDTSTART:20261024T080000Z\nDTEND:20271024T080000Z\nEND:VEVENT\n",
        "BEGIN:VEVENT\nSUMMARY:Open\nDTSTART:20261024T080000Z\nDURATION:soon\nURL:nowhere\nSTATUS:RESCHEDULED TO MONDAY\n",
        "BEGIN:VEVENT\nSUMMARY:Good\nDTSTART:20261024T080000Z\nDTEND:20261024T090000Z\nEND:VEVENT",
    ));
    assert_eq!(
        titles(&draft),
        ["No start", "Wrong start", "Long", "Open", "Good"]
    );
    assert_eq!(
        problems,
        [
            "c.ics:7: error: talk Wrong start: DTSTART is \"20261332T080000Z\"; expected a time such as 20261024T093000 or a date such as 20261024",
            "c.ics:18: warning: the event that begins here has no END:VEVENT; it is read up to the next; check that nothing of it is missing",
            "c.ics:21: warning: talk Open: DURATION is \"soon\"; expected a length such as PT45M",
            "c.ics:22: warning: talk Open: URL is \"nowhere\"; expected an absolute address such as https://example.org/",
            "c.ics:23: note: talk Open: STATUS is \"RESCHEDULED TO MONDAY\"; the event is read as confirmed",
            "c.ics:10: error: the event that begins here has no SUMMARY and is left out; give it a title",
            "c.ics:2: error: talk No start: it has no DTSTART and is published without a time; add its start",
            "c.ics:13: error: talk Long: it lasts longer than a week; only its first day is published; check DTSTART and DTEND",
        ]
    );
    assert_eq!(slots(&draft).len(), 3);
}

#[test]
fn the_zone_that_all_times_name_is_the_conferences() {
    let named = |tzid: &str| {
        format!(
            "BEGIN:VEVENT\nSUMMARY:A\nDTSTART;TZID={tzid}:20261024T100000\nDTEND;TZID={tzid}:20261024T110000\nEND:VEVENT"
        )
    };
    let at_ten = [instant("2026-10-24T10:00:00+02:00")];
    for tzid in [
        "Europe/Berlin",
        "\"Europe/Berlin\"",
        "W. Europe Standard Time",
        "/mozilla.org/20050126_1/Europe/Berlin",
        "\"(UTC+01:00) Berlin, Bern, Rome\"",
        "Berlin",
    ] {
        let (draft, problems) = calendar(&named(tzid));
        assert_eq!(
            (zone(&draft), starts(&draft)),
            (Some("Europe/Berlin"), at_ten.to_vec()),
            "{tzid}"
        );
        assert_eq!(problems, [] as [&str; 0]);
    }
    let (draft, problems) = calendar(&named("CET"));
    assert_eq!(
        (zone(&draft), starts(&draft)),
        (Some("CET"), at_ten.to_vec())
    );
    assert_eq!(
        problems,
        [
            "c.ics:4: note: the time zone is called CET; the name of a place, such as Europe/Berlin, would say more: set it with time_zone in conference.toml"
        ]
    );
}

#[test]
fn times_in_other_zones_are_instants() {
    let text = "BEGIN:VEVENT\nSUMMARY:A\nDTSTART;TZID=Europe/London:20261024T100000\nDTEND;TZID=Etc/UTC:20261024T110000\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:B\nDTSTART;TZID=Europe/Berlin:20261024T100000\nDTEND;TZID=Europe/Berlin:20261024T110000\nEND:VEVENT";
    let (draft, problems) = calendar(text);
    assert_eq!(zone(&draft), None);
    assert_eq!(
        starts(&draft),
        [
            instant("2026-10-24T10:00:00+01:00"),
            instant("2026-10-24T10:00:00+02:00")
        ]
    );
    assert_eq!(
        problems,
        [
            "c.ics: warning: the times are in several zones: Europe/London, Europe/Berlin; name the conference's with time_zone = \"Europe/Berlin\" in conference.toml, or whichever it is"
        ]
    );
    let (draft, _) = calendar(&format!("X-WR-TIMEZONE:Europe/Berlin\n{text}"));
    assert_eq!(zone(&draft), Some("Europe/Berlin"));
}

#[test]
fn an_hour_that_exists_twice_or_never_is_left_for_the_conference_to_tell() {
    let (draft, _) = calendar(
        "BEGIN:VEVENT\nSUMMARY:A\nDTSTART;TZID=Europe/Berlin:20261025T023000\nDTEND;TZID=Europe/Berlin:20261025T040000\nEND:VEVENT",
    );
    assert_eq!(starts(&draft), [wall("2026-10-25T02:30")]);
}

#[test]
fn times_without_zone_are_in_the_calendars_else_nobody_knows() {
    let floating =
        "BEGIN:VEVENT\nSUMMARY:A\nDTSTART:20261024T100000\nDTEND:20261024T110000\nEND:VEVENT";
    let (draft, problems) = calendar(floating);
    assert_eq!(
        (zone(&draft), starts(&draft)),
        (None, vec![wall("2026-10-24T10:00")])
    );
    assert_eq!(problems, [] as [&str; 0]);
    for own in [
        "X-WR-TIMEZONE:Europe/Berlin",
        "TZID:Europe/Berlin",
        "BEGIN:VTIMEZONE\nTZID:Europe/Berlin\nEND:VTIMEZONE",
    ] {
        let (draft, problems) = calendar(&format!("{own}\n{floating}"));
        assert_eq!(
            (zone(&draft), starts(&draft)),
            (Some("Europe/Berlin"), vec![wall("2026-10-24T10:00")])
        );
        assert_eq!(problems, [] as [&str; 0]);
    }
    let (draft, _) = calendar(&floating.replace("SUMMARY", "TZID:Europe/Berlin\nSUMMARY"));
    assert_eq!(
        (zone(&draft), starts(&draft)),
        (
            Some("Europe/Berlin"),
            vec![instant("2026-10-24T10:00:00+02:00")]
        )
    );
    let (draft, problems) = calendar(&format!("X-WR-TIMEZONE:Mars/Olympus\n{floating}"));
    assert_eq!(zone(&draft), None);
    assert_eq!(
        problems,
        [
            "c.ics:2: warning: the time zone \"Mars/Olympus\" is not in the IANA database; name it with time_zone = \"Europe/Berlin\" in conference.toml, or whichever it is"
        ]
    );
}

#[test]
fn utc_is_not_the_zone_of_a_venue() {
    let (draft, problems) = calendar(&format!("X-WR-TIMEZONE:UTC\n{}", event("UID:1")));
    assert_eq!(
        (zone(&draft), starts(&draft)),
        (None, vec![instant("2026-10-24T08:00:00+00:00")])
    );
    assert_eq!(problems.len(), 1);
    assert!(problems[0].starts_with("c.ics:2: note: the calendar and its times are in UTC"));
    let (draft, _) = calendar(&format!(
        "X-WR-TIMEZONE:America/New_York\n{}",
        event("UID:1")
    ));
    assert_eq!(zone(&draft), Some("America/New_York"));
}

#[test]
fn a_zone_that_only_the_calendar_knows_gives_instants() {
    let zone_of = "BEGIN:VTIMEZONE\nTZID:Customized Time Zone\nBEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE";
    let events = "BEGIN:VEVENT\nSUMMARY:A\nDTSTART;TZID=Customized Time Zone:20261024T100000\nDTEND;TZID=Customized Time Zone:20261024T110000\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:B\nDTSTART;TZID=Customized Time Zone:20261026T100000\nDTEND;TZID=Customized Time Zone:20261026T110000\nEND:VEVENT";
    for text in [
        format!("{zone_of}\n{events}"),
        format!("{events}\n{zone_of}"),
    ] {
        let (draft, problems) = calendar(&text);
        assert_eq!(zone(&draft), None);
        assert_eq!(
            starts(&draft),
            [
                instant("2026-10-24T10:00:00+02:00"),
                instant("2026-10-26T10:00:00+01:00")
            ]
        );
        assert_eq!(problems, [] as [&str; 0]);
    }
    let (draft, problems) = calendar(events);
    assert_eq!(starts(&draft)[0], wall("2026-10-24T10:00"));
    assert_eq!(
        problems,
        [
            "c.ics:4: warning: the time zone \"Customized Time Zone\" is not in the IANA database, and the calendar does not describe it; its times are read in the conference's zone; if that is another one, name it as the database does, such as Europe/Berlin"
        ]
    );
}

fn days(draft: &Draft) -> Vec<String> {
    let day = |slot: &DraftSlot| match slot.day {
        Some(DayRef::Date(date)) => Some(date.to_string()),
        _ => None,
    };
    slots(draft).into_iter().filter_map(day).collect()
}

#[test]
fn whole_days_are_slots_without_an_hour() {
    let (draft, problems) = calendar(
        "BEGIN:VEVENT\nSUMMARY:One\nDTSTART;VALUE=DATE:20261024\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:Two\nDTSTART;VALUE=DATE:20261024\nDTEND;VALUE=DATE:20261026\nEND:VEVENT",
    );
    assert_eq!(days(&draft), ["2026-10-24", "2026-10-24", "2026-10-25"]);
    assert_eq!(starts(&draft), []);
    assert_eq!(problems, [] as [&str; 0]);
}

#[test]
fn whole_days_that_are_called_like_the_calendar_are_the_conference() {
    let days_of = |name: &str| {
        format!(
            "X-WR-CALNAME:Handbill Days 2026\nBEGIN:VEVENT\nSUMMARY:{name}\nDTSTART;VALUE=DATE:20261024\nDTEND;VALUE=DATE:20261026\nURL:https://example.org/\nEND:VEVENT\n{}",
            event("UID:1")
        )
    };
    let (draft, problems) = calendar(&days_of("Handbill Days"));
    assert_eq!(titles(&draft), ["Engines"]);
    assert_eq!(draft.days.len(), 2);
    assert_eq!(draft.url.as_deref(), Some("https://example.org/"));
    assert_eq!(
        problems,
        [
            "c.ics:3: note: the event \"Handbill Days\" is read as the conference itself: it gives the days and is no talk"
        ]
    );
    let (draft, _) = calendar(&days_of("Exhibition"));
    assert_eq!(titles(&draft), ["Exhibition", "Engines"]);
}

#[test]
fn simple_repetitions_are_slots_that_keep_their_number() {
    let text = "BEGIN:VEVENT\nUID:1\nSUMMARY:Yoga\nLOCATION:Attic\nDTSTART;TZID=Europe/Berlin:20261023T070000\nDTEND;TZID=Europe/Berlin:20261023T080000\nRRULE:FREQ=DAILY;COUNT=4\nEXDATE;TZID=Europe/Berlin:20261024T070000\nEND:VEVENT\nBEGIN:VEVENT\nUID:1\nSUMMARY:Yoga\nRECURRENCE-ID:20261025T060000Z\nLOCATION:Garden\nDTSTART;TZID=Europe/Berlin:20261025T090000\nDTEND;TZID=Europe/Berlin:20261025T100000\nEND:VEVENT";
    let (draft, problems) = calendar(text);
    assert_eq!(problems, [] as [&str; 0]);
    assert_eq!(titles(&draft), ["Yoga"]);
    let found: Vec<_> = slots(&draft)
        .iter()
        .map(|slot| (slot.occurrence, slot.start, slot.room.as_deref()))
        .collect();
    assert_eq!(
        found,
        [
            (
                Some(1),
                Some(instant("2026-10-23T07:00:00+02:00")),
                Some("Attic")
            ),
            (
                Some(3),
                Some(instant("2026-10-25T09:00:00+01:00")),
                Some("Garden")
            ),
            (
                Some(4),
                Some(instant("2026-10-26T07:00:00+01:00")),
                Some("Attic")
            ),
        ]
    );
    let (draft, _) = calendar(&text.replace("SUMMARY:Yoga\nREC", "SUMMARY:Yoga for two\nREC"));
    assert_eq!(titles(&draft), ["Yoga", "Yoga for two"]);
    assert_eq!(draft.talks[0].slots.len(), 2);
    assert_eq!(draft.talks[1].code, None);
}

#[test]
fn rules_of_weeks_and_single_dates_are_followed() {
    let ruled = |rule: &str| {
        let (draft, problems) = calendar(&format!(
            "BEGIN:VEVENT\nSUMMARY:A\nDTSTART:20261005T100000\nDURATION:PT1H\n{rule}\nEND:VEVENT"
        ));
        let starts: Vec<String> = starts(&draft)
            .into_iter()
            .map(|start| match start {
                Clock::Wall(wall) => wall.format("%m%d").to_string(),
                other => format!("{other:?}"),
            })
            .collect();
        (starts.join(" "), problems)
    };
    let (starts, problems) = ruled("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20261102");
    assert_eq!(
        (starts.as_str(), problems.len()),
        ("1005 1007 1019 1021 1102", 0)
    );
    assert_eq!(
        ruled("RRULE:FREQ=DAILY;UNTIL=20261008T100000;BYDAY=MO, TU, TH").0,
        "1005 1006 1008"
    );
    assert_eq!(ruled("RRULE:FREQ=WEEKLY;COUNT=2").0, "1005 1012");
    assert_eq!(
        ruled("RDATE:20261007T100000,20261006T100000\nEXDATE;VALUE=DATE:20261005").0,
        "1006 1007"
    );
    for rule in [
        "FREQ=MONTHLY;COUNT=2",
        "FREQ=DAILY",
        "FREQ=DAILY;COUNT=2;BYHOUR=9",
        "nonsense",
    ] {
        let (starts, problems) = ruled(&format!("RRULE:{rule}"));
        assert_eq!((starts.as_str(), problems.len()), ("1005", 1), "{rule}");
        assert!(problems[0].contains("only the first occurrence is"));
    }
    let (starts, problems) = ruled("RRULE:FREQ=DAILY;COUNT=100000");
    assert_eq!((starts.split(' ').count(), problems.len()), (366, 1));
}

#[test]
fn events_of_one_uid_are_one_talk_where_they_have_one_title() {
    let event = |title: &str, hour: u8| {
        format!(
            "BEGIN:VEVENT\nUID:1@example.org\nSUMMARY:{title}\nDTSTART:20261024T{hour:02}0000Z\nDURATION:PT1H\nEND:VEVENT\n"
        )
    };
    let (draft, problems) = calendar(
        &[
            event("A", 8),
            event("A", 9),
            event("B", 10),
            event("B", 11),
            event("A", 8),
        ]
        .concat(),
    );
    let found: Vec<_> = draft
        .talks
        .iter()
        .map(|talk| (&*talk.title, talk.code.as_deref(), talk.slots.len()))
        .collect();
    assert_eq!(found, [("A", Some("1"), 2), ("B", None, 2)]);
    assert_eq!(
        problems,
        ["c.ics: note: 1 event is there twice and read once"]
    );
}

#[test]
fn cancellations_are_those_of_events_of_occurrences_and_of_whole_calendars() {
    let states = |text: &str| {
        let (draft, _) = read(text);
        draft
            .talks
            .iter()
            .map(|talk| (talk.title.to_string(), talk.state))
            .collect::<Vec<_>>()
    };
    let own = format!(
        "BEGIN:VCALENDAR\n{}{}END:VCALENDAR\n",
        event("STATUS:CANCELLED"),
        event("STATUS:CONFIRMED").replace("Engines", "CANCELLED: Steam")
    );
    assert_eq!(
        states(&own),
        [
            ("Engines".into(), Some(State::Cancelled)),
            ("Steam".into(), Some(State::Cancelled))
        ]
    );
    let whole = format!(
        "BEGIN:VCALENDAR\n{}METHOD:CANCEL\nEND:VCALENDAR\nBEGIN:VCALENDAR\n{}END:VCALENDAR\n",
        event("UID:1"),
        event("UID:2")
    );
    assert_eq!(
        states(&whole),
        [
            ("Engines".into(), Some(State::Cancelled)),
            ("Engines".into(), None)
        ]
    );
    let (draft, _) = calendar(
        &[
            event("UID:1"),
            event("UID:1\nSTATUS:CANCELLED").replace("T08", "T07"),
        ]
        .concat(),
    );
    assert_eq!(draft.talks[0].state, None);
    assert_eq!(draft.talks[0].slots[1].state, Some(State::Cancelled));
}

#[test]
fn pretalx_writes_speakers_into_titles_and_codes_into_uids() {
    let text = "BEGIN:VEVENT\nUID:pretalx-my-conf-ABC7DE@example.org\nSUMMARY:Lead - or gold - Ada Lovelace\\, Émilie du Châtelet\nDTSTART:20261024T080000Z\nDTEND:20261024T090000Z\nEND:VEVENT";
    let (draft, _) = calendar(&format!("PRODID:-//pretalx//example.org//my-conf\n{text}"));
    assert_eq!(titles(&draft), ["Lead - or gold"]);
    assert_eq!(draft.talks[0].speakers.len(), 2);
    assert_eq!(draft.talks[0].code.as_deref(), Some("ABC7DE"));
    let (draft, _) = calendar(text);
    assert_eq!(
        titles(&draft),
        ["Lead - or gold - Ada Lovelace, Émilie du Châtelet"]
    );
}

#[test]
fn only_those_invited_without_an_address_are_speakers() {
    let (draft, _) = calendar(&event(
        "ATTENDEE;CN=\"Ada ^'Lady^' Lovelace\":invalid:nomail\nATTENDEE;CN=A Guest:mailto:guest@example.org\nORGANIZER;CN=Office:mailto:office@example.org\nDESCRIPTION:von: Ada \"Lady\" Lovelace\\n\\nText",
    ));
    assert_eq!(
        draft.talks[0]
            .speakers
            .iter()
            .map(|name| &**name)
            .collect::<Vec<_>>(),
        ["Ada \"Lady\" Lovelace"]
    );
    assert_eq!(draft.talks[0].summary.as_deref(), Some("Text"));
    assert_eq!(draft.uncarried.get("ATTENDEE"), Some(&1));
}

#[test]
fn one_category_an_event_is_a_track_several_are_tags_and_kinds_are_kinds() {
    let (draft, _) = calendar(
        &[
            event("UID:1\nCATEGORIES:Letters"),
            event("UID:2\nCATEGORIES:Keynote,Presses"),
        ]
        .concat(),
    );
    let found: Vec<_> = draft
        .talks
        .iter()
        .map(|talk| (talk.track.as_deref(), talk.kind, talk.tags.len()))
        .collect();
    assert_eq!(
        found,
        [
            (Some("Letters"), None, 0),
            (Some("Presses"), Some(Kind::Keynote), 0)
        ]
    );
    let (draft, _) = calendar(
        &[
            event("UID:1\nCATEGORIES:Letters"),
            event("UID:2\nCATEGORIES:A\\,B,C"),
        ]
        .concat(),
    );
    let tags: Vec<&str> = draft
        .talks
        .iter()
        .flat_map(|talk| &talk.tags)
        .map(|tag| &**tag)
        .collect();
    assert_eq!(tags, ["Letters", "A,B", "C"]);
}

#[test]
fn a_format_before_every_title_is_no_part_of_it() {
    let titled = |title: &str| event("X-A:1").replace("Engines", title);
    let (draft, _) = calendar(&[titled("[tutorial] Engines"), titled("[talk] Steam")].concat());
    assert_eq!(titles(&draft), ["Engines", "Steam"]);
    assert_eq!(draft.talks[0].kind, Some(Kind::Workshop));
    assert_eq!(draft.talks[0].format.as_deref(), Some("tutorial"));
    let (draft, _) = calendar(&[titled("[tutorial] Engines"), titled("Steam")].concat());
    assert_eq!(titles(&draft), ["[tutorial] Engines", "Steam"]);
}

#[test]
fn what_all_events_say_alike_is_the_conferences() {
    let lines = "URL:https://example.org/\nCONFERENCE:https://stream.example.org/\nGEO:52.53;13.38\nX-SECRET:1";
    let (draft, _) = calendar(&[event(lines), event(lines)].concat());
    assert_eq!(draft.url.as_deref(), Some("https://example.org/"));
    assert_eq!(draft.online.as_deref(), Some("https://stream.example.org/"));
    assert_eq!(draft.geo.map(|geo| geo.latitude), Some(52.53));
    assert!(
        draft
            .talks
            .iter()
            .all(|talk| talk.url.is_none() && talk.online.is_none())
    );
    assert_eq!(
        draft.uncarried,
        BTreeMap::from([("X-SECRET".to_owned(), 2)])
    );
}

#[test]
fn what_stands_outside_of_calendars_is_told() {
    let text = format!(
        "Notice: x\nBEGIN:VCALENDAR\n{}END:VCALENDAR\nX-COMMENT:cached\n",
        event("UID:1")
    );
    let (draft, problems) = read(&text);
    assert_eq!(titles(&draft), ["Engines"]);
    assert_eq!(
        problems,
        [
            "c.ics:1: note: 1 line is no property and left out, the first one here",
            "c.ics: note: 1 line is outside of BEGIN:VCALENDAR and END:VCALENDAR and left out",
        ]
    );
}

/// Inputs that are long in one thing, for what costs more than its length.
#[test]
fn nothing_costs_more_than_its_length() {
    let wrap = |lines: String| format!("BEGIN:VCALENDAR\n{lines}\nEND:VCALENDAR\n");
    let many = 30_000;
    let inputs = [
        wrap("BEGIN:X\n".repeat(many)),
        wrap(format!(
            "{}{}",
            "BEGIN:X\n".repeat(many),
            "END:Y\n".repeat(many)
        )),
        wrap(event(&format!("DESCRIPTION:{}", "<".repeat(20 * many)))),
        wrap(event(&format!(
            "DESCRIPTION;A=\"{}:x",
            ";".repeat(20 * many)
        ))),
        wrap(event(&format!("DESCRIPTION:x\n{}", "text\n".repeat(many)))),
        wrap(event(&format!(
            "RRULE:FREQ=DAILY;COUNT=366\n{}",
            "EXDATE:20261025T080000Z\n".repeat(many)
        ))),
        wrap(event(&"X-A:\n".repeat(many))),
        wrap((0..many).map(|at| format!("X-{at}:1\n")).collect()),
        wrap("BEGIN:VTIMEZONE\nTZID:A\n".to_owned() + &"BEGIN:STANDARD\n".repeat(many)),
        wrap(event("RRULE:FREQ=DAILY;COUNT=366").repeat(3_000)),
        "\n ".repeat(many),
    ];
    for (at, input) in inputs.iter().enumerate() {
        let before = Instant::now();
        if let Ok((draft, problems)) = read_bytes(input.as_bytes()) {
            assert!(problems.len() <= 501, "{at}");
            assert!(draft.uncarried.len() <= 42, "{at}");
            assert!(slots(&draft).len() <= 40_000, "{at}");
        }
        assert!(
            before.elapsed() < Duration::from_secs(10),
            "{at}: {:?}",
            before.elapsed()
        );
    }
}

#[test]
fn too_many_events_are_refused() {
    let text = format!(
        "BEGIN:VCALENDAR\n{}END:VCALENDAR\n",
        "BEGIN:VEVENT\nEND:VEVENT\n".repeat(20_001)
    );
    let error = read_bytes(text.as_bytes()).expect_err("too much");
    assert_eq!(error.message, "there are more than 20000 events here");
}

/// Lines that mean something, in any order.
const PIECES: [&str; 40] = [
    "BEGIN:VCALENDAR\n",
    "END:VCALENDAR\n",
    "BEGIN:VEVENT\n",
    "END:VEVENT\n",
    "BEGIN:VTIMEZONE\n",
    "END:VTIMEZONE\n",
    "BEGIN:STANDARD\n",
    "END:STANDARD\n",
    "BEGIN:VALARM\n",
    "END:VALARM\n",
    "SUMMARY:A\n",
    "SUMMARY;LANGUAGE=de:[x] B - C, D\n",
    "UID:1\n",
    "UID:pretalx-a-b-1@x\n",
    "DTSTART:20261025T003000Z\n",
    "DTSTART;TZID=Europe/Berlin:20261025T023000\n",
    "DTSTART;TZID=X:29991231T235959\n",
    "DTSTART;VALUE=DATE:20261024\n",
    "DTEND;VALUE=DATE:29991231\n",
    "DTEND:20261025T013000\n",
    "DURATION:PT1H\n",
    "DURATION:-P9999W\n",
    "RRULE:FREQ=DAILY;COUNT=9\n",
    "RRULE:FREQ=WEEKLY;INTERVAL=99999;UNTIL=29991231;BYDAY=SU\n",
    "RRULE:FREQ=YEARLY;BYMONTH=13;BYDAY=-9SU\n",
    "RDATE;VALUE=PERIOD:19000101T000000Z/PT1H\n",
    "EXDATE:20261025T003000Z\n",
    "RECURRENCE-ID:20261025T003000Z\n",
    "TZID:X\n",
    "TZOFFSETTO:+0100\n",
    "TZOFFSETFROM:-2359\n",
    "X-WR-TIMEZONE:UTC\n",
    "X-WR-CALNAME:A\n",
    "LOCATION:A, B, C\n",
    "LOCATION:D, B, C\n",
    "CATEGORIES:A,\\,B\n",
    "STATUS:CANCELLED\n",
    " fold\n",
    "\n",
    "é;:\"\n",
];

proptest! {
    #[test]
    fn no_bytes_are_too_odd(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = (SOURCE.detect)("c.ics", &bytes);
        let _ = read_bytes(&bytes);
    }

    #[test]
    fn no_calendar_is_too_odd(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60), at in 0..900_usize, byte in any::<u8>()) {
        let mut bytes = format!("BEGIN:VCALENDAR\n{}END:VCALENDAR\n", pieces.concat()).into_bytes();
        if let Ok((draft, _)) = read_bytes(&bytes) {
            prop_assert!(draft.talks.iter().all(|talk| !talk.title.is_empty()));
        }
        if let Some(changed) = bytes.get_mut(at) {
            *changed = byte;
        }
        let _ = read_bytes(&bytes);
    }
}

/// The calendars of others, where they are at hand.
fn shared(name: &str) -> Option<Vec<u8>> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data"));
    std::fs::read(folder.join(name)).ok()
}

fn shared_calendar(name: &str) -> Option<(Draft, Vec<Problem>)> {
    let bytes = shared(name)?;
    assert!((SOURCE.detect)(name, &bytes), "{name}");
    Some(read_bytes(&bytes).unwrap_or_else(|problem| panic!("{name}: {problem}")))
}

/// Counts as they were made by `grep`: events and rooms.
#[test]
fn published_calendars_are_read_whole() {
    let cases = [
        ("ics/giggity-jres_2022.ics", 120, Some("Europe/Paris")),
        ("ics/giggity-kielux_2020.ics", 24, None),
        ("ics/pyconus2025-all_events-at-06279b1.ics", 224, None),
        ("ics/nightlybuild-conference-v1.0.ics", 1, None),
        ("ics/tburny-doddd-meetup.ics", 1, Some("Europe/Berlin")),
        ("pretalx/schedule-v1.43.ics", 36, Some("Europe/Berlin")),
        ("pretalx/demo-export/schedule.ics", 20, Some("CET")),
    ];
    for (name, events, of) in cases {
        let Some((draft, problems)) = shared_calendar(name) else {
            return;
        };
        assert_eq!(draft.counts[0], ("events", events), "{name}");
        assert_eq!((slots(&draft).len(), zone(&draft)), (events, of), "{name}");
        assert!(problems.len() <= 2, "{name}: {problems:#?}");
        let bytes = shared(name).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let text = text.replace("\r\n", "\n").replace("\n ", "");
        let rooms = text.lines().filter(|line| line.starts_with("LOCATION"));
        let rooms: BTreeSet<&str> = rooms
            .filter_map(|line| Some(line.split_once(':')?.1.trim()))
            .filter(|room| !room.is_empty())
            .collect();
        assert_eq!(draft.counts[1], ("rooms", rooms.len()), "{name}");
    }
}

/// Start, title, room and speakers.
type Exported = (DateTime<Utc>, String, String, Vec<String>);

/// What frab's JSON says of a conference, by code.
fn exported(name: &str) -> Option<BTreeMap<String, Exported>> {
    let json: serde_json::Value = serde_json::from_slice(&shared(name)?).expect("JSON");
    let days = json["schedule"]["conference"]["days"]
        .as_array()
        .expect("days")
        .clone();
    let rooms = days
        .iter()
        .filter_map(|day| day["rooms"].as_object())
        .flat_map(|rooms| rooms.values());
    let events = rooms.filter_map(|events| events.as_array()).flatten();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let talk = |event: &serde_json::Value| {
        let url = text(&event["url"]);
        let code = url
            .trim_end_matches('/')
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .to_owned();
        let persons = event["persons"].as_array().expect("persons").iter();
        let names = persons.map(|person| text(&person["public_name"]));
        let start = text(&event["date"]).parse().expect("a date");
        (
            code,
            (
                start,
                text(&event["title"]),
                text(&event["room"]),
                names.collect(),
            ),
        )
    };
    Some(events.map(talk).collect())
}

#[test]
fn pretalxs_calendar_says_what_its_json_says() {
    for (calendar, json) in [
        ("pretalx/schedule-v1.43.ics", "pretalx/schedule-v1.43.json"),
        (
            "pretalx/demo-export/schedule.ics",
            "pretalx/demo-export/schedule.json",
        ),
    ] {
        let (Some((draft, _)), Some(exported)) = (shared_calendar(calendar), exported(json)) else {
            return;
        };
        let mut compared = 0;
        for talk in &draft.talks {
            let code = talk.code.as_deref().expect("a code");
            let Some((start, title, room, speakers)) = exported.get(code) else {
                continue;
            };
            compared += 1;
            assert_eq!(&*talk.title, title, "{code}");
            assert_eq!(talk.slots[0].room.as_deref(), Some(room.as_str()), "{code}");
            let names: Vec<&str> = talk.speakers.iter().map(|name| &**name).collect();
            assert_eq!(&names, speakers, "{code}");
            let Some(Clock::Instant(found)) = talk.slots[0].start else {
                panic!("{code}")
            };
            assert_eq!(found.to_utc(), *start, "{code}");
        }
        // What lies before or after the conference is in pretalx's calendar and not in its JSON.
        assert_eq!(compared, exported.len(), "{calendar}");
        assert!(draft.talks.len() <= compared + 1, "{calendar}");
    }
}

#[test]
fn no_calendar_of_other_parsers_tests_is_too_odd() {
    let folder = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/data/ics/torture"
    ));
    let Ok(folders) = std::fs::read_dir(folder) else {
        return;
    };
    let mut read = 0;
    for folder in folders.filter_map(Result::ok) {
        for entry in std::fs::read_dir(folder.path())
            .expect("a folder")
            .filter_map(Result::ok)
        {
            let bytes = std::fs::read(entry.path()).expect("a file");
            read += usize::from(read_bytes(&bytes).is_ok());
            for end in (0..bytes.len()).step_by(97) {
                let _ = read_bytes(&bytes[..end]);
            }
        }
    }
    assert!(read > 40, "only {read} were read");
}
