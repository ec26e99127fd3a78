use super::SOURCE;
use crate::model::State;
use crate::source::SOURCES;
use crate::source::syntax::json::fixture::{
    damaged, nothing_is_too_odd_for, read, reshaped, shown, try_read,
};
use proptest::prelude::*;

/// A page of submissions as an organiser is given it, everything expanded.
const WHOLE: &str = r##"{
  "count": 8, "next": null, "previous": null,
  "results": [
    {"code": "OTTER1", "title": "Swimming", "state": "confirmed",
     "speakers": [{"code": "ANNAAA", "name": "Anna Otter", "biography": "Swims", "avatar_url": "https://talks.example.org/anna.png",
                   "email": "anna@example.org", "submissions": ["OTTER1"], "answers": [1]}],
     "submission_type": {"id": 3, "name": {"en": "Workshop", "de": "Werkstatt"}, "default_duration": 90},
     "track": {"id": 2, "name": {"en": "Rivers"}, "color": "#00a356"}, "tags": [{"id": 1, "tag": "fur", "is_public": true}, {"id": 2, "tag": "secret", "is_public": false}],
     "abstract": "How otters swim", "description": "More", "duration": 90, "slot_count": 2, "content_locale": "de", "do_not_record": true,
     "image": "https://talks.example.org/swim.png", "is_featured": true, "created": "2026-01-01T00:00:00Z", "updated": "2026-09-01T12:00:00+02:00",
     "notes": "I need a tank", "internal_notes": "dubious", "access_code": "abc", "reviews": [1, 2], "answers": [{"answer": "vegan"}],
     "resources": [{"id": 1, "resource": "https://talks.example.org/slides.pdf", "description": "Slides", "is_public": true},
                   {"id": 2, "resource": "https://talks.example.org/draft.pdf", "description": "Draft", "is_public": false}],
     "slots": [{"id": 11, "room": {"id": 1, "name": {"en": "Hall"}, "guid": "0b1c7960-d032-5fdc-aab2-3447080d240d", "capacity": 300, "speaker_info": "Bring HDMI"},
                "start": "2026-10-24T10:00:00+02:00", "end": "2026-10-24T11:30:00+02:00", "duration": 90, "is_visible": true},
               {"id": 12, "room": {"id": 1, "name": {"en": "Hall"}}, "start": "2026-10-25T10:00:00+01:00", "end": null, "is_visible": true},
               {"id": 13, "room": {"id": 1, "name": {"en": "Hall"}}, "start": "2026-10-25T15:00:00+01:00", "is_visible": false}]},
    {"code": "OTTER2", "title": "Fur", "state": "accepted", "speakers": [{"name": "Björn", "code": "BJORNB", "biography": "", "avatar": null}],
     "submission_type": "Talk", "submission_type_id": 4, "track": "Fur", "track_id": 3, "abstract": "", "duration": 30,
     "slot": {"room_id": 1, "room": {"en": "Hall"}, "start": "2026-10-24T12:00:00+02:00", "end": "2026-10-24T12:30:00+02:00"},
     "tags": ["soft"], "tag_ids": [7], "resources": [{"url": "/media/a.pdf", "description": "A"}]},
    {"code": "OTTER3", "title": "Called off", "state": "canceled", "speakers": [], "submission_type": {"en": "Talk"},
     "slot": {"room": "Hall", "start": "2026-10-24T14:00:00+02:00", "end": "2026-10-24T14:30:00+02:00"}},
    {"code": "OTTER4", "title": "Called off early", "state": "canceled", "speakers": [], "submission_type": "Talk", "slot": null},
    {"code": "OTTER5", "title": "Withdrawn", "state": "withdrawn", "speakers": [], "slot": {"start": "2026-10-24T14:00:00+02:00"}},
    {"code": "OTTER6", "title": "Rejected", "state": "rejected"},
    {"code": "OTTER7", "title": "Proposed", "state": "submitted"},
    {"code": "OTTER8", "title": "Draft", "state": "draft"}
  ]
}"##;

#[test]
fn every_field_that_the_model_has_a_place_for_arrives() {
    let (draft, told) = read(&SOURCE, WHOLE);
    insta::assert_snapshot!(shown(&draft));
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn what_is_for_organisers_only_leaves_no_trace() {
    let (draft, told) = read(&SOURCE, WHOLE);
    let everything = format!("{draft:?}{told:?}");
    for secret in [
        "I need a tank",
        "dubious",
        "anna@example.org",
        "vegan",
        "secret",
        "draft.pdf",
        "HDMI",
        "Withdrawn",
        "Proposed",
        "15:00",
    ] {
        assert!(!everything.contains(secret), "{secret}");
    }
    let cancelled = draft
        .talks
        .iter()
        .filter(|talk| talk.state == Some(State::Cancelled));
    assert_eq!(cancelled.count(), 1);
}

#[test]
fn numbers_instead_of_names_are_told_with_what_to_ask_for() {
    let (draft, told) = read(
        &SOURCE,
        r#"{"count": 2, "next": "https://talks.example.org/api/?page=2", "previous": null, "results": [
        {"code": "OTTER1", "title": "T", "state": "confirmed", "speakers": ["ANNAAA"], "submission_type": 3, "track": 2, "tags": [1], "slots": [11], "resources": [4], "answers": []}]}"#,
    );
    assert_eq!(draft.talks.len(), 1);
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_schedule_holds_its_slots_with_the_submissions_in_them() {
    let (draft, told) = read(
        &SOURCE,
        r#"{"id": 5, "version": "1.2", "published": "2026-09-01T00:00:00Z", "comment": {"en": "Moved"}, "slots": [
        {"id": 1, "room": {"name": {"en": "Hall"}}, "start": "2026-10-24T10:00:00+02:00", "end": "2026-10-24T10:30:00+02:00", "duration": 30,
         "submission": {"code": "OTTER1", "title": "T", "speakers": [], "submission_type": {"name": "Talk"}, "state": "confirmed"}},
        {"id": 2, "room": {"name": {"en": "Hall"}}, "start": "2026-10-24T12:00:00+02:00", "end": "2026-10-24T13:00:00+02:00", "submission": null, "description": {"en": "Lunch"}},
        {"id": 3, "room": {"name": {"en": "Hall"}}, "start": "2026-10-24T08:00:00+02:00", "end": "2026-10-24T09:00:00+02:00", "submission": null, "description": {"en": "Sound check"}, "slot_type": "blocker"},
        {"id": 4, "room": {"name": {"en": "Hall"}}, "start": "2026-10-24T15:00:00+02:00", "submission": "OTTER2"}]}"#,
    );
    insta::assert_snapshot!(format!("{}\n{}", shown(&draft), told.join("\n")));
}

#[test]
fn the_older_schedule_has_submissions_for_slots_and_breaks_beside_them() {
    let (draft, told) = read(
        &SOURCE,
        r#"{"version": "0.9", "slots": [
        {"code": "OTTER1", "title": "T", "speakers": [], "submission_type": {"en": "Talk"}, "slot": {"room": {"en": "Hall"}, "start": "2026-10-24T10:00:00+02:00", "end": "2026-10-24T10:30:00+02:00"}}],
        "breaks": [{"room": {"en": "Hall"}, "room_id": 1, "start": "2026-10-24T12:00:00+02:00", "end": "2026-10-24T13:00:00+02:00", "description": {"en": "Lunch"}}]}"#,
    );
    insta::assert_snapshot!(format!("{}\n{}", shown(&draft), told.join("\n")));
}

#[test]
fn a_bare_list_is_read_like_a_page() {
    let list = r#"[{"code": "OTTER1", "speakers": [{"name": "Anna", "code": "ANNAAA", "biography": ""}], "title": "T", "submission_type": "talk", "state": "confirmed"}, 3]"#;
    assert!((SOURCE.detect)("s.json", list.as_bytes()));
    let (draft, _) = read(&SOURCE, list);
    assert_eq!(draft.talks.len(), 1);
}

#[test]
fn a_list_of_which_nothing_can_be_read_is_refused() {
    let error = try_read(&SOURCE, br#"{"results": [{"name": "Hall"}]}"#).err();
    assert_eq!(
        error.as_deref(),
        Some(
            "s.json: error: nothing in this list can be read as a submission; save the answer of /api/events/…/submissions/?expand=speakers,slots.room,track,submission_type,tags,resources"
        )
    );
}

#[test]
fn half_a_file_is_recognised_and_refused_with_the_place_where_it_ends() {
    let half = &WHOLE[..WHOLE.len() / 2 - 1];
    let source = SOURCES
        .iter()
        .find(|source| (source.detect)("s.json", half.as_bytes()));
    assert_eq!(source.map(|source| source.name), Some("pretalx-api"));
    let error = try_read(&SOURCE, half.as_bytes()).expect_err("an error");
    assert!(
        error.contains("this JSON ends before it is complete"),
        "{error}"
    );
}

/// An event as the API has described it since 2025.
const EVENT: &str = r##"{"name": {"en": "Harbour Days", "de": "Hafentage"}, "slug": "harbour", "is_public": true,
  "date_from": "2027-05-14", "date_to": "2027-05-16", "timezone": "Europe/Lisbon", "email": "orga@example.org",
  "primary_color": "#0a5f73", "custom_domain": "https://talks.example.org", "logo": null, "header_image": null,
  "og_image": null, "locale": "de", "locales": ["de", "en"], "content_locales": ["de", "en"]}"##;

#[test]
fn an_event_tells_name_days_and_zone() {
    assert!((SOURCE.detect)("s.json", EVENT.as_bytes()));
    let (draft, told) = read(&SOURCE, EVENT);
    assert_eq!(told, [""; 0]);
    assert_eq!(draft.name.as_deref(), Some("Hafentage"));
    assert_eq!(draft.zone, crate::model::Zone::named("Europe/Lisbon"));
    let days = draft.days.iter().map(|day| day.date.to_string());
    assert_eq!(
        days.collect::<Vec<_>>(),
        ["2027-05-14", "2027-05-15", "2027-05-16"]
    );
    let url = draft.url.map(|url| url.to_string());
    assert_eq!(url.as_deref(), Some("https://talks.example.org/harbour/"));
    assert!(draft.talks.is_empty());
    // The name in the other language.
    assert_eq!(draft.uncarried.into_keys().collect::<Vec<_>>(), ["name.en"]);
}

#[test]
fn an_event_of_the_older_api_names_its_page() {
    let older = EVENT.replace(
        r#""custom_domain": "https://talks.example.org""#,
        r#""urls": {"base": "https://pretalx.example/harbour/", "schedule": "https://pretalx.example/harbour/schedule/", "login": "x", "feed": "x"}"#,
    );
    let (draft, told) = read(&SOURCE, &older);
    assert_eq!(told, [""; 0]);
    let url = draft.url.map(|url| url.to_string());
    assert_eq!(url.as_deref(), Some("https://pretalx.example/harbour/"));
}

#[test]
fn an_event_in_a_list_is_none_by_itself() {
    let list = format!(r#"{{"count": 1, "next": null, "results": [{EVENT}]}}"#);
    assert!(!(SOURCE.detect)("s.json", list.as_bytes()));
}

nothing_is_too_odd_for!(SOURCE, WHOLE);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn an_event_of_another_shape_is_read_for_the_rest(text in reshaped(EVENT)) {
        let _ = try_read(&SOURCE, text.as_bytes());
    }
}
