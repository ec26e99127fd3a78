use super::SOURCE;
use crate::model::{State, Zone};
use crate::source::syntax::json::fixture::{
    damaged, nothing_is_too_odd_for, read, real, real_in, reshaped, shown, try_read,
};
use crate::source::{Clock, DayRef, DraftTalk, SOURCES};
use chrono::{TimeDelta, Timelike};
use proptest::prelude::*;

/// One of everything that today's pretalx and the hub write.
const WHOLE: &str = r##"{
  "$schema": "https://c3voc.de/schedule/schema.json",
  "generator": {"name": "invented", "version": "1"},
  "schedule": {
    "url": "https://talks.example.org/otter/schedule/",
    "version": "1.2",
    "base_url": "https://talks.example.org",
    "conference": {
      "acronym": "otter26", "title": "OtterConf 2026", "start": "2026-10-24", "end": "2026-10-25",
      "daysCount": 2, "timeslot_duration": "00:05", "time_zone_name": "Europe/Berlin",
      "url": "https://otter.example.org/", "logo": "/media/otter.svg",
      "description": "Two days about otters.",
      "colors": {"primary": "#3776ab", "background": "#ffffff"},
      "keywords": ["rivers", "fur"],
      "rooms": [
        {"name": "Hall", "slug": "1-hall", "guid": "0b1c7960-d032-5fdc-aab2-3447080d240d", "capacity": 300,
         "description": null, "description_en": "Ground floor", "description_de": "Erdgeschoss",
         "type": "lecturehall", "stream_id": "s1", "features": {"recording": "unknown"},
         "assembly": {"name": "Holt", "slug": "holt"}}
      ],
      "tracks": [{"name": "Rivers &amp; Lakes", "slug": "1-rivers", "color": "#00a356"}],
      "days": [
        {"index": 1, "date": "2026-10-24",
         "day_start": "2026-10-24T04:00:00+02:00", "day_end": "2026-10-25T03:59:00+01:00",
         "rooms": {"Hall": [
           {"guid": "baaba52c-7579-5f39-a54c-e2ea8df19a3b", "code": "OTTER1", "id": 7,
            "date": "2026-10-24T10:00:00+02:00", "start": "10:00", "end": "2026-10-24T10:45:00+02:00",
            "duration": "00:45", "room": "Hall", "slug": "otter26-7-swimming",
            "url": "https://talks.example.org/otter/talk/OTTER1/",
            "title": "Swimming &quot;upstream&quot;", "subtitle": "A short history",
            "logo": "/media/swim.png", "track": "Rivers &amp; Lakes", "type": "Workshop (90 min)",
            "language": "de-formal", "level": "beginner",
            "abstract": "How *otters* swim.", "description": "More.\r\n\r\nMuch more.",
            "recording_license": "CC BY 4.0", "do_not_record": true, "do_not_stream": true,
            "persons": [
              {"code": "ANNAAA", "name": "Anna Otter", "public_name": "Anna Otter", "avatar": "/media/anna.png",
               "biography": "Swims.", "guid": "e31e95d3-2869-5f24-b7b8-9e9e4552ac2a",
               "url": "https://talks.example.org/otter/speaker/ANNAAA/", "answers": [{"answer": "vegan"}]},
              {"id": 12, "public_name": "Björn"}
            ],
            "links": [{"title": null, "url": "https://example.net/otters", "type": "related"},
                      "https://example.net/more", {"url": "www.example.net/x", "title": "No scheme"}],
            "attachments": [{"title": "Slides", "url": "/media/slides.pdf", "type": "related"}],
            "feedback_url": "https://talks.example.org/otter/talk/OTTER1/feedback/",
            "origin_url": "https://origin.example.org/7",
            "video_download_url": "https://media.example.org/7.mp4",
            "answers": [{"question": 1, "answer": "0160 123"}, {"question": 2, "answer": "x"}]}
         ], "Cellar": []}},
        {"index": 2, "date": "2026-10-25", "rooms": {"Hall": [
           {"guid": "f63b52e7-7e7d-5fda-9114-8b369bce2552", "code": "OTTER1", "id": 8,
            "date": "2026-10-25T10:00:00+01:00", "start": "10:00", "duration": "0:45", "room": "Hall",
            "title": "Swimming &quot;upstream&quot;", "subtitle": "A short history",
            "track": "Rivers &amp; Lakes", "type": "Workshop (90 min)", "language": "de-formal",
            "abstract": "How *otters* swim.", "description": "More.\r\n\r\nMuch more.",
            "persons": [{"code": "ANNAAA", "name": "Anna Otter"}, {"id": 12, "public_name": "Björn"}],
            "links": []}
        ]}}
      ]
    }
  }
}"##;

#[test]
fn every_field_that_the_model_has_a_place_for_arrives() {
    let (draft, told) = read(&SOURCE, WHOLE);
    insta::assert_snapshot!(shown(&draft));
    assert_eq!(
        told,
        [
            "s.json:42:59: warning: talk Swimming \"upstream\": `url` is \"www.example.net/x\", read as https://www.example.net/x; write the whole address, with https://"
        ]
    );
}

/// A file with these events in one room of one day, without a time zone.
fn events(events: &str) -> String {
    format!(
        r#"{{"schedule": {{"version": "1", "conference": {{"title": "C", "days": [
        {{"index": 0, "date": "2026-10-24", "rooms": {{"Hall": [{events}]}}}}]}}}}}}"#
    )
}

#[track_caller]
fn only_talk(text: &str) -> (DraftTalk, Vec<String>) {
    let (mut draft, told) = read(&SOURCE, text);
    assert_eq!(draft.talks.len(), 1, "{told:?}");
    (draft.talks.remove(0), told)
}

#[test]
fn numbers_may_be_text_and_times_may_lack_a_date_as_in_30c3() {
    let (talk, told) = only_talk(&events(
        r#"{"id": "5605", "start": "00:30", "duration": "1:00", "title": "Late",
            "abstract": "&quot;Escaped &amp; wrapped&quot;", "description": "&quot;&quot;",
            "persons": [{"id": "1817", "full_public_name": "Tim"}]}"#,
    ));
    assert_eq!(told, Vec::<String>::new());
    let slot = &talk.slots[0];
    let night = "2026-10-25T00:30:00".parse().expect("a time");
    assert_eq!(slot.start, Some(Clock::Wall(night)));
    assert_eq!(slot.identifiers.id, Some(5605));
    assert_eq!(talk.code.as_deref(), Some("5605"));
    assert_eq!(talk.summary.as_deref(), Some("Escaped &amp; wrapped"));
    assert_eq!(talk.description, None);
    assert_eq!(&*talk.speakers[0], "Tim");
}

#[test]
fn days_may_stand_beside_the_conference_and_the_outer_schedule_may_be_missing() {
    let text = r#"{"conference": {"title": "C"}, "rooms": [{"name": "Hall", "capacity": 5}],
        "days": [{"date": "2026-10-24", "rooms": {"Hall": [{"id": 1, "title": "T"}]}}]}"#;
    let (draft, told) = read(&SOURCE, text);
    assert_eq!(told, Vec::<String>::new());
    assert_eq!(draft.rooms[0].capacity, Some(5));
    assert_eq!(
        draft.talks[0].slots[0].day,
        Some(DayRef::Date(draft.days[0].date))
    );
}

#[test]
fn a_code_is_found_in_a_pretalx_address_before_the_guid_is_taken() {
    let url = r#""url": "https://talks.example.org/otter/talk/XFUR3C/","#;
    let guid = r#""guid": "baaba52c-7579-5f39-a54c-e2ea8df19a3b","#;
    let code = |members: &str| {
        let (talk, _) = only_talk(&events(&format!(r#"{{{members} "id": 7, "title": "T"}}"#)));
        talk.code.map(|code| code.to_string())
    };
    assert_eq!(code(&format!("{guid}{url}")).as_deref(), Some("XFUR3C"));
    assert_eq!(
        code(guid).as_deref(),
        Some("baaba52c-7579-5f39-a54c-e2ea8df19a3b")
    );
    assert_eq!(code("\"code\": null,").as_deref(), Some("7"));
}

#[test]
fn one_code_with_two_titles_is_two_talks() {
    let two = r#"{"code": "A", "title": "One", "start": "09:00", "subtitle": "R"}, {"code": "A", "title": "Two"}, {"code": "A", "title": "One", "subtitle": "S"}"#;
    let (draft, told) = read(&SOURCE, &events(two));
    let slots: Vec<usize> = draft.talks.iter().map(|talk| talk.slots.len()).collect();
    assert_eq!(slots, [2, 1]);
    assert_eq!(
        told,
        [
            "s.json:2:160: warning: talk One: it is listed before at s.json:2:63, with another subtitle; the first is published; make them agree"
        ]
    );
}

#[test]
fn an_event_that_is_listed_twice_is_published_once() {
    let one = r#"{"code": "A", "title": "One", "date": "2026-10-24T10:00:00+02:00"}"#;
    let (talk, told) = only_talk(&events(&[one, one].join(",")));
    assert_eq!(talk.slots.len(), 1);
    assert_eq!(told.len(), 1);
    assert!(
        told[0].contains("at the same time; remove one of the two"),
        "{told:?}"
    );
}

#[test]
fn what_a_tool_always_writes_oddly_is_told_a_few_times() {
    let odd = vec![r#"{"title": "T", "language": "de oder en"}"#; 20].join(",");
    let (_, told) = read(&SOURCE, &events(&odd));
    assert_eq!(told.len(), 4);
    assert_eq!(told[3], "s.json: warning: 17 more odd values of `language`");
}

#[test]
fn the_instant_is_right_whatever_the_day_the_start_and_the_zone_say() {
    let text = events(r#"{"id": 1, "title": "T", "date": "2026-10-26T09:00:00+01:00", "start": "10:00", "duration": "30:00"}"#)
        .replace(r#""title": "C","#, r#""title": "C", "time_zone_name": "UTC","#);
    let (talk, told) = only_talk(&text);
    let Some(Clock::Instant(start)) = talk.slots[0].start else {
        panic!("an instant")
    };
    assert_eq!(start.to_rfc3339(), "2026-10-26T09:00:00+01:00");
    assert_eq!(
        talk.slots[0].end,
        Some(crate::source::End::After(TimeDelta::hours(30)))
    );
    assert_eq!(
        told,
        [
            "s.json:2:63: warning: talk T: `start` is 10:00, `date` says 2026-10-26 09:00:00 +01:00; make the two agree; the date is published",
            "s.json:2:63: warning: `date` has an offset that the zone UTC does not have then, in 1 events, first +01:00 here; the instants are published; if the zone is another, name it as time_zone in conference.toml",
        ]
    );
}

#[test]
fn a_start_in_the_zone_of_the_conference_agrees_with_a_date_in_utc() {
    let text =
        events(r#"{"id": 1, "title": "T", "date": "2026-10-24T08:00:00+00:00", "start": "10:00"}"#)
            .replace(
                r#""title": "C","#,
                r#""title": "C", "time_zone_name": "Europe/Berlin","#,
            );
    assert_eq!(only_talk(&text).1, Vec::<String>::new());
}

#[test]
fn starts_that_mostly_disagree_are_told_once() {
    let one = |id| {
        format!(
            r#"{{"id": {id}, "title": "T{id}", "date": "2026-10-24T08:00:00Z", "start": "11:00"}}"#
        )
    };
    let (_, told) = read(&SOURCE, &events(&[one(1), one(2), one(3)].join(",")));
    assert_eq!(
        told,
        [
            "s.json: warning: `start` and `date` disagree in 3 of 3 events; the dates are published; check the time zone in the tool that wrote them"
        ]
    );
}

#[test]
fn an_offset_of_zero_without_a_zone_is_doubtful() {
    let date = r#"{"id": 1, "title": "T", "date": "2026-10-24T10:00:00+00:00", "start": "10:00"}"#;
    let (talk, _) = only_talk(&events(date));
    assert!(matches!(talk.slots[0].start, Some(Clock::Doubtful(_))));
}

#[test]
fn a_zone_that_nobody_knows_is_a_warning_and_no_zone() {
    let text = events("").replace(
        r#""title": "C","#,
        r#""title": "C", "time_zone_name": "Otterville","#,
    );
    let (draft, told) = read(&SOURCE, &text);
    assert_eq!(draft.zone, None);
    assert_eq!(
        told,
        [
            "s.json:1:78: warning: there is no time zone \"Otterville\"; name one: time_zone = \"Europe/Berlin\" in conference.toml, or with convert --time-zone Europe/Berlin"
        ]
    );
    let (draft, told) = read(&SOURCE, &text.replace("Otterville", "Berlin"));
    assert_eq!(
        draft.zone.map(|zone| zone.name().to_owned()).as_deref(),
        Some("Europe/Berlin")
    );
    assert_eq!(
        told,
        ["s.json:1:78: note: the time zone \"Berlin\" is read as Europe/Berlin"]
    );
}

#[test]
fn a_wrong_event_is_left_out_and_the_others_are_read() {
    let text = events(
        r#"7, {"id": 1}, {"id": 2, "title": "T", "date": "soon", "start": "25:99", "duration": "400:00", "persons": [{}, 3], "links": {}, "guid": "x"}"#,
    );
    let (talk, told) = only_talk(&text);
    assert!(talk.slots[0].day.is_some());
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_mark_in_the_title_and_a_state_say_what_is_cancelled_and_what_is_kept_back() {
    let text = events(
        r#"{"id": 1, "title": "CANCELLED: One"}, {"id": 2, "title": "Two", "state": "rejected"}, {"id": 3, "title": "Three", "state": "canceled"}, {"id": 4, "title": "Four", "state": "confirmed"}"#,
    );
    let (draft, told) = read(&SOURCE, &text);
    let states: Vec<_> = draft
        .talks
        .iter()
        .map(|talk| (&*talk.title, talk.state))
        .collect();
    let cancelled = Some(State::Cancelled);
    assert_eq!(
        states,
        [
            ("One", cancelled),
            ("Three", cancelled),
            ("Four", Some(State::Confirmed))
        ]
    );
    assert_eq!(
        told,
        ["s.json: note: not published, since only accepted and confirmed events are: rejected (1)"]
    );
}

#[test]
fn a_list_of_rooms_in_the_wrong_place_refuses_the_file_with_every_reason() {
    let text = events(r#"{"id": 1, "title": "T", "persons": [{"id": "abc", "public_name": "P"}]}"#)
        .replace(
            r#""version": "1","#,
            r#""version": "1", "rooms": [{"name": "Hall"}],"#,
        );
    assert_eq!(
        try_read(&SOURCE, text.as_bytes()).err().as_deref(),
        Some(
            "s.json:1:40: error: this contradicts c3voc's schedule format: `rooms` is a list in `schedule`, the days are in `conference`; also line 2: `id` is \"abc\" (expected a whole number); move it into `conference`"
        )
    );
}

#[test]
fn a_file_of_which_no_event_can_be_read_is_refused() {
    let refused = |text: &str| try_read(&SOURCE, text.as_bytes()).expect_err("a refusal");
    assert_eq!(
        refused(&events(r#"{"id": 1}"#)),
        "s.json: error: none of the events in this schedule can be read; also line 2: this event has no `title` (give it one; until then it is left out); export the schedule again"
    );
    assert_eq!(
        refused(r#"{"schedule": {"conference": {"title": "C"}}}"#),
        "s.json: error: there are no `days` in this JSON; export the schedule as JSON from frab or pretalx again"
    );
    assert!(
        try_read(&SOURCE, events("").as_bytes()).is_ok(),
        "a programme may still be empty"
    );
}

#[test]
fn half_a_file_is_recognised_and_refused_with_the_place_where_it_ends() {
    let half = &WHOLE[..WHOLE.len() / 2];
    let source = SOURCES
        .iter()
        .find(|source| (source.detect)("s.json", half.as_bytes()));
    assert_eq!(source.map(|source| source.name), Some("frab-json"));
    let error = try_read(&SOURCE, half.as_bytes()).expect_err("an error");
    assert!(
        error.ends_with(
            "error: this JSON ends before it is complete; fetch or export the file again"
        ),
        "{error}"
    );
}

#[test]
fn too_many_events_are_refused() {
    let many = vec!["{\"title\": \"T\"}"; crate::source::MOST_TALKS + 1].join(",");
    assert_eq!(
        try_read(&SOURCE, events(&many).as_bytes()).err().as_deref(),
        Some(
            "s.json: error: there are more than 20000 events here; split it, or check that it is a conference's programme"
        )
    );
}

nothing_is_too_odd_for!(SOURCE, WHOLE);

/// What is in a real file: events, people by name, rooms, and one start.
#[track_caller]
fn check(path: &str, (slots, people, rooms): (usize, usize, usize), (title, start): (&str, &str)) {
    let Some(loaded) = real(path) else { return };
    assert_eq!(loaded.sources[0].format, "frab-json", "{path}");
    let conference = loaded.conference.expect("a conference");
    let found: usize = conference.talks.iter().map(|talk| talk.slots.len()).sum();
    assert_eq!(found, slots, "{path}: events");
    assert_eq!(conference.speakers.len(), people, "{path}: people");
    assert_eq!(conference.rooms.len(), rooms, "{path}: rooms");
    let talk = conference
        .talks
        .iter()
        .find(|talk| &*talk.title == title)
        .expect("the talk");
    let first = talk.slots[0]
        .when
        .timed()
        .map(|span| span.start().instant().to_rfc3339());
    assert_eq!(
        first.as_deref().unwrap_or_default(),
        start,
        "{path}: {title}"
    );
}

#[test]
fn real_files_are_read_whole() {
    let cases = [
        // It names no zone, so alone it has no hours.
        (
            "c3voc/30c3-schedule.json",
            (124, 145, 4),
            ("Dead Man Edition", ""),
        ),
        (
            "c3voc/voc-example-frab-camp2019.json",
            (79, 90, 2),
            (
                "Visualization of networks using physics",
                "2019-08-25T14:00:00+00:00",
            ),
        ),
        (
            "pretalx/schedule-v1.43.json",
            (35, 31, 2),
            (
                "Self-enabling disintermediate core",
                "2022-09-08T12:00:00+00:00",
            ),
        ),
        (
            "pretalx/schedule-v1.85.json",
            (35, 31, 2),
            ("Persevering cohesive concept", "2022-09-05T23:50:00+00:00"),
        ),
        (
            "pretalx/voc-example-pretalx-democon.json",
            (36, 27, 2),
            (
                "Focused 5thgeneration hardware",
                "2020-12-14T08:00:00+00:00",
            ),
        ),
        (
            "pretalx/voc-example-pretalx-rc3.json",
            (48, 56, 5),
            ("Your Name Is Invalid!", "2020-12-28T17:55:00+00:00"),
        ),
        (
            "pretalx/demo-export/schedule.json",
            (20, 10, 2),
            (
                "High sister two free they its us building side section",
                "2027-03-27T10:20:00+00:00",
            ),
        ),
    ];
    for (path, numbers, start) in cases {
        check(path, numbers, start);
    }
}

#[test]
fn nothing_of_30c3_is_escaped_any_more() {
    let Some(loaded) = real("c3voc/30c3-schedule.json") else {
        return;
    };
    let conference = loaded.conference.expect("a conference");
    let titles = conference.talks.iter().map(|talk| &talk.title);
    let tracks = conference.tracks.iter().map(|track| &track.name);
    assert!(
        titles
            .chain(tracks)
            .all(|text| !text.contains("&amp;") && !text.contains("&#"))
    );
    let texts = conference.talks.iter().map(|talk| &talk.summary);
    assert!(texts.into_iter().all(|text| !text.starts_with("&quot;")));
}

#[test]
fn the_example_that_is_meant_to_be_refused_is() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/data/c3voc/voc-example-invalid-example.json"
    );
    let Ok(bytes) = std::fs::read(path) else {
        return;
    };
    let error = try_read(&SOURCE, &bytes).expect_err("a refusal");
    assert!(error.contains("`rooms` is a list in `schedule`"), "{error}");
    assert!(error.contains("`id` is \"dsadf\""), "{error}");
}

#[test]
fn pictures_and_attachments_are_absolute() {
    let Some(loaded) = real("c3voc/voc-example-frab-camp2019.json") else {
        return;
    };
    let conference = loaded.conference.expect("a conference");
    let images = conference
        .talks
        .iter()
        .filter_map(|talk| talk.image.as_ref());
    assert_eq!(
        images
            .filter(|image| image.host() == "fahrplan.events.ccc.de")
            .count(),
        28
    );
    let links = conference.talks.iter().flat_map(|talk| &talk.links);
    let (attached, pages): (Vec<_>, Vec<_>) = links.partition(|link| link.is_attachment);
    assert_eq!((attached.len(), pages.len()), (12, 52));
}

#[test]
fn the_hours_of_30c3_are_those_that_its_slugs_say() {
    let Some(loaded) = real_in("c3voc/30c3-schedule.json", Zone::named("Europe/Berlin")) else {
        return;
    };
    let conference = loaded.conference.expect("a conference");
    let mut night = 0;
    for slot in conference.talks.iter().flat_map(|talk| &talk.slots) {
        let slug = slot.identifiers.slug.as_deref().expect("a slug");
        let start = slot.when.timed().expect("hours").start().wall();
        let written = start.format("_-_%Y%m%d%H%M_-_").to_string();
        assert!(slug.contains(&written), "{slug}: {start}");
        night += usize::from(start.hour() < 4);
    }
    assert!(night > 0, "some begin after midnight");
}
