use super::SOURCE;
use crate::model::Language;
use crate::source::syntax::json::fixture::{
    damaged, nothing_is_too_odd_for, read, real, reshaped, shown, try_read,
};
use crate::source::{Input, Options, SOURCES};
use proptest::prelude::*;

/// One of everything that the widget is given.
const WHOLE: &str = r##"{
  "talks": [
    {"code": "OTTER1", "id": 31, "title": "Swimming", "abstract": "How otters swim", "speakers": ["ANNAAA", "BJORNB", "NOBODY"],
     "track": 2, "start": "2026-10-24T10:00:00+02:00", "end": "2026-10-24T10:45:00+02:00", "room": 1, "duration": 45,
     "updated": "2026-09-01T12:00:00+02:00", "content_locale": "de", "do_not_record": true, "state": "confirmed",
     "submission_type": {"en": "Workshop", "de": "Werkstatt"}, "fav_count": 12, "tags": ["fur"]},
    {"code": "OTTER1", "id": 35, "title": "Swimming", "abstract": "How otters swim", "speakers": ["ANNAAA", "BJORNB"],
     "track": 2, "start": "2026-10-25T10:00:00+01:00", "end": "2026-10-25T10:00:00+01:00", "room": 2, "duration": 45,
     "content_locale": "de", "submission_type": {"en": "Workshop", "de": "Werkstatt"}},
    {"id": 32, "title": {"de": "Mittag", "en": "Lunch"}, "start": "2026-10-24T12:00:00+02:00",
     "end": "2026-10-24T13:00:00+02:00", "room": 1, "slot_type": "break", "duration": 60},
    {"id": 33, "title": "Sound check", "start": "2026-10-24T08:00:00+02:00", "end": "2026-10-24T09:00:00+02:00", "room": 1, "slot_type": "blocker"},
    {"code": "OTTER2", "id": 34, "title": "Unsure", "state": "submitted", "speakers": []},
    {"code": "OTTER3", "id": 36, "title": "No hour yet", "speakers": [], "track": null, "start": null, "end": null, "room": 9}
  ],
  "version": "1.3", "timezone": "Europe/Berlin", "event_start": "2026-10-24", "event_end": "2026-10-25",
  "tracks": [{"id": 2, "name": {"en": "Rivers", "de": "Flüsse"}, "description": "Wet", "color": "#00a356"}],
  "rooms": [{"id": 1, "name": {"en": "Hall"}, "description": {"en": "Ground floor"}, "guid": "0b1c7960-d032-5fdc-aab2-3447080d240d", "capacity": 300},
            {"id": 2, "name": "Cellar"}],
  "speakers": [{"code": "ANNAAA", "name": "Anna Otter", "avatar": "https://talks.example.org/anna.png", "biography": "Swims",
                "avatar_thumbnail_tiny": "https://talks.example.org/anna-tiny.png"},
               {"code": "BJORNB", "name": "Björn", "avatar": "/media/bjorn.png"}]
}"##;

#[test]
fn every_field_that_the_model_has_a_place_for_arrives() {
    let (draft, told) = read(&SOURCE, WHOLE);
    insta::assert_snapshot!(shown(&draft));
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_file_of_which_no_talk_can_be_read_is_refused() {
    assert_eq!(
        try_read(&SOURCE, br#"{"talks": [{}, 3]}"#).err().as_deref(),
        Some(
            "s.json: error: none of the talks in this file can be read; fetch the widget's data from pretalx again"
        )
    );
    assert!(
        try_read(&SOURCE, br#"{"talks": []}"#).is_ok(),
        "a programme may still be empty"
    );
}

#[test]
fn half_a_file_is_recognised_and_refused_with_the_place_where_it_ends() {
    let half = &WHOLE[..WHOLE.len() / 2];
    let source = SOURCES
        .iter()
        .find(|source| (source.detect)("s.json", half.as_bytes()));
    assert_eq!(source.map(|source| source.name), Some("pretalx-widget"));
    let error = try_read(&SOURCE, half.as_bytes()).expect_err("an error");
    assert!(
        error.contains("this JSON ends before it is complete"),
        "{error}"
    );
}

nothing_is_too_odd_for!(SOURCE, WHOLE);

#[test]
fn real_files_are_read_whole() {
    for (path, start) in [
        (
            "pretalx/widget-v2-at-v1.0.json",
            "2022-09-06T07:00:00+00:00",
        ),
        (
            "pretalx/widget-v2-at-v1.10.json",
            "2022-09-05T23:50:00+00:00",
        ),
    ] {
        let Some(loaded) = real(path) else { return };
        assert_eq!(loaded.sources[0].format, "pretalx-widget");
        let conference = loaded.conference.expect("a conference");
        let slots: usize = conference.talks.iter().map(|talk| talk.slots.len()).sum();
        assert_eq!((slots, conference.speakers.len()), (36, 31), "{path}");
        assert_eq!(
            (conference.rooms.len(), conference.tracks.len()),
            (2, 4),
            "{path}"
        );
        let talk = conference.talk("XFUR3C").expect("a talk");
        let span = talk.slots[0].when.timed().expect("hours");
        assert_eq!(span.start().instant().to_rfc3339(), start, "{path}");
        assert_eq!(talk.speaker_names(), "Susan Martinez", "{path}");
    }
}

#[test]
fn texts_are_read_in_the_conferences_language() {
    let language = |tag| Options {
        language: Language::parse(tag),
        ..Options::default()
    };
    let title_in = |options: &Options| {
        let input = Input {
            file: "s.json",
            bytes: WHOLE.as_bytes(),
            options,
        };
        let (draft, _) = (SOURCE.read)(&input).expect("a widget");
        let mut titles = draft.talks.iter().map(|talk| talk.title.to_string());
        titles.nth(1)
    };
    assert_eq!(title_in(&language("de-AT")).as_deref(), Some("Mittag"));
    assert_eq!(title_in(&language("fr")).as_deref(), Some("Lunch"));
}
