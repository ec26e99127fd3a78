use super::SOURCE;
use crate::model::Kind;
use crate::source::SOURCES;
use crate::source::syntax::json::fixture::{
    damaged, nothing_is_too_odd_for, read, real, reshaped, shown, try_read,
};
use proptest::prelude::*;

/// One of everything in the schema, and what the hub adds.
const WHOLE: &str = r##"{
  "$schema": "https://c3voc.de/schema/schedule2",
  "schedule": {
    "version": "2026-10-20 20:23", "base_url": "https://hub.example.org/otter/",
    "conference": {
      "acronym": "otter26", "title": "OtterConf", "description": {"en": "About otters", "de": "Über Otter"},
      "start": "2026-10-24T09:30:00+02:00", "end": "2026-10-25T17:45:00+01:00", "timeslot_duration": "PT15M",
      "time_zone_name": "Europe/Berlin", "logo": {"type": "Image", "url": "/logo.svg"},
      "colors": {"primary": "#3776ab"}, "keywords": ["fur"], "url": "https://otter.example.org/",
      "languages": ["de", "en"], "defaults": {"theme": "dark", "language": "de"},
      "tracks": [{"name": {"en": "Rivers", "de": "Flüsse"}, "slug": "rivers", "colors": {"light": "#f9b000", "dark": "#000000"}},
                 {"name": "Fur", "slug": "fur", "color": "#112233", "type": "DevRoom"}],
      "rooms": [{"name": "Hall", "slug": "hall", "guid": "ba692ba3-421b-5371-8309-60acc34a3c05", "capacity": 300,
                 "description": {"en": "Level 0", "de": "Erdgeschoss"}, "type": "STAGE", "stream_id": "s1",
                 "features": {"recording": "UNKNOWN"}, "parent": {"name": "Holt"}}],
      "days": [{"index": 1, "date": "2026-10-24", "start": "2026-10-24T09:30:00+02:00", "end": "2026-10-25T06:00:00+01:00"}]
    },
    "events": [
      {"guid": "270fa44c-821a-577f-8ca3-33e8d4a8c2a7", "code": "OTTER1", "slug": "otter26-swimming", "type": "HANDS-ON",
       "start": "2026-10-24T10:30:00+02:00", "end": "2026-10-24T11:00:00+02:00", "duration": "PT30M",
       "room": {"guid": "ba692ba3-421b-5371-8309-60acc34a3c05"}, "url": "https://hub.example.org/otter/event/swimming",
       "title": {"en": "Swimming", "de": "Schwimmen"}, "subtitle": null, "language": "en", "track": {"slug": "rivers"},
       "abstract": {"en": "How otters swim", "fr": "Comment"}, "description": null,
       "logo": {"url": "https://hub.example.org/swim.png"},
       "participants": [{"guid": "0c16ffaa-709d-599f-959f-9a38b911361a", "name": "A. Otter", "role": "SPEAKER"},
                        {"guid": "721a267b-b09d-5422-8221-4f9a71cfc727", "name": "Björn", "role": "MODERATOR"}],
       "links": [{"type": "ORIGIN", "url": "https://origin.example.org/1"}, {"type": "FEEDBACK", "url": "/feedback/1"},
                 {"type": "MEDIA", "url": "https://media.example.org/1", "title": "Recording", "service": "MEDIACCCDE"}],
       "attachments": [{"type": "SLIDES", "url": "https://hub.example.org/1.pdf"}], "state": "DELAYED"},
      {"guid": "b1740c2f-0c44-5f1b-89ed-456a9eecf0b8", "title": "Cancelled one", "type": "TALK", "language": "fr",
       "abstract": {"fr": "Annulé", "en": "Off"}, "room": {"guid": "11111111-421b-5371-8309-60acc34a3c05", "name": "Cellar"},
       "track": {"slug": "unlisted"}, "start": "2026-10-24T11:00:00+02:00", "duration": "PT1H",
       "participants": [], "links": [], "state": "CANCELED"},
      {"type": "BREAK", "title": "Lunch", "guid": "22222222-421b-5371-8309-60acc34a3c05",
       "start": "2026-10-24T12:00:00+02:00", "end": "2026-10-24T13:00:00+02:00"},
      {"type": "META", "title": "Doors open", "start": "2026-10-24T09:00:00+02:00", "end": "2026-10-24T09:30:00+02:00"},
      {"title": "D", "state": "DRAFT"}, {"title": "S", "state": "SUBMITTED"}, {"title": "R", "state": "REJECTED"},
      {"title": "W", "state": "WITHDRAWN"}, {"title": "X", "state": "DELETED"}, {"title": "U", "state": "UNHEARD_OF"}
    ],
    "persons": [
      {"guid": "0c16ffaa-709d-599f-959f-9a38b911361a", "name": "Anna Otter", "biography": {"en": "Swims", "de": "Schwimmt"},
       "avatar": {"url": "/anna.png"}, "url": "https://hub.example.org/anna",
       "links": [{"type": "ACTIVITYPUB", "url": "https://social.example.org/@anna", "service": "MASTODON"}]},
      {"guid": "33333333-709d-599f-959f-9a38b911361a", "name": "Only rejected"}
    ]
  }
}"##;

#[test]
fn every_field_that_the_model_has_a_place_for_arrives() {
    let (draft, told) = read(&SOURCE, WHOLE);
    insta::assert_snapshot!(shown(&draft));
    assert_eq!(
        told,
        [
            "s.json: note: not published, since only accepted and confirmed events are: deleted (1), draft (1), rejected (1), submitted (1), unheard_of (1), withdrawn (1)"
        ]
    );
}

/// A file with these events.
fn events(events: &str) -> String {
    format!(
        r#"{{"schedule": {{"conference": {{"title": "C", "days": []}}, "events": [{events}]}}}}"#
    )
}

#[test]
fn what_is_not_accepted_leaves_no_trace() {
    let (draft, _) = read(&SOURCE, WHOLE);
    let titles: Vec<&str> = draft.talks.iter().map(|talk| &*talk.title).collect();
    assert_eq!(
        titles,
        ["Schwimmen", "Cancelled one", "Lunch", "Doors open"]
    );
}

#[test]
fn breaks_have_a_kind_and_no_code() {
    let (draft, _) = read(&SOURCE, WHOLE);
    let kinds: Vec<_> = draft
        .talks
        .iter()
        .skip(2)
        .map(|talk| (talk.kind, talk.code.is_some()))
        .collect();
    assert_eq!(
        kinds,
        [(Some(Kind::Break), false), (Some(Kind::Other), false)]
    );
}

#[test]
fn of_a_text_in_several_languages_the_events_own_is_taken_before_english() {
    let (draft, _) = read(
        &SOURCE,
        &events(
            r#"{"title": {"en": "E", "fr": "F", "it": "I"}, "language": "it"}, {"title": {"pt": "P", "fr": "F"}}"#,
        ),
    );
    let titles: Vec<&str> = draft.talks.iter().map(|talk| &*talk.title).collect();
    assert_eq!(titles, ["I", "P"]);
    assert_eq!(
        draft.uncarried.into_iter().collect::<Vec<_>>(),
        [("title.en".to_owned(), 1), ("title.fr".into(), 2)]
    );
}

#[test]
fn a_wrong_event_is_left_out_and_the_others_are_read() {
    let (draft, told) = read(
        &SOURCE,
        &events(
            r#"7, {"code": "A"}, {"title": "T", "start": "soon", "track": 3, "room": "Hall", "participants": [1]}"#,
        ),
    );
    assert_eq!(draft.talks.len(), 1);
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_file_of_which_no_event_can_be_read_is_refused() {
    assert_eq!(
        try_read(&SOURCE, events("{}").as_bytes()).err().as_deref(),
        Some(
            "s.json: error: none of the events in this schedule can be read, such as line 1: this event has no `title`; export the schedule as schedule2 again"
        )
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
    assert_eq!(source.map(|source| source.name), Some("schedule2"));
    let error = try_read(&SOURCE, half.as_bytes()).expect_err("an error");
    assert!(
        error.contains("this JSON ends before it is complete"),
        "{error}"
    );
}

nothing_is_too_odd_for!(SOURCE, WHOLE);

#[test]
fn the_published_example_is_read_whole() {
    let Some(loaded) = real("c3voc/voc-example-hub-schedule2.json") else {
        return;
    };
    assert_eq!(loaded.sources[0].format, "schedule2");
    let conference = loaded.conference.expect("a conference");
    assert_eq!((conference.talks.len(), conference.speakers.len()), (2, 4));
    assert_eq!(
        (
            conference.rooms.len(),
            conference.tracks.len(),
            conference.days.len()
        ),
        (5, 7, 4)
    );
    let opening = conference.talk("HQCCYH").expect("the opening");
    let span = opening.slots[0].when.timed().expect("hours");
    assert_eq!(
        span.start().instant().to_rfc3339(),
        "2024-12-27T09:30:00+00:00"
    );
    assert_eq!(
        opening.slots[0].room.as_ref().map(|room| &*room.name),
        Some("Saal 1")
    );
    assert_eq!(
        opening.track.as_ref().map(|track| &*track.name),
        Some("CCC")
    );
    let speakers = conference.speakers.iter();
    assert!(
        speakers
            .into_iter()
            .all(|speaker| !speaker.biography.is_empty() && speaker.picture.is_some())
    );
}
