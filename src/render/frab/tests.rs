//! What conference apps read.

use super::identifiers::{self, Known};
use super::{json, schedule2, xml};
use crate::history::slot_uid;
use crate::model::{
    Conference, Identifiers, Kind, Moment, Plain, Slot, Talk, TalkCode, Track, WebUrl, When,
};
use crate::render::pages::fixture::{self, Whole};
use crate::render::{Renderer, Selection};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

fn rendered(renderer: &Renderer, conference: Conference) -> String {
    let whole = Whole::new(conference);
    String::from_utf8((renderer.render)(&whole.context())).expect("UTF-8")
}

/// The fixture with what the organisers' tool knows of it.
fn conference() -> Conference {
    let mut conference = fixture::conference();
    conference.acronym = Some(Plain::new("fix26"));
    conference.version = Some(Plain::new("v1.2"));
    conference.base_url = WebUrl::parse("https://example.org/programme/");
    let opening = &mut conference.talks[0];
    opening.given_code = TalkCode::parse("OPEN01");
    opening.recording_optout = Some(true);
    opening.origin = WebUrl::parse("https://tool.example.org/1?a[]=1");
    opening.slots[0].identifiers = Identifiers {
        guid: Uuid::parse_str("0b1c7960-d032-5fdc-aab2-3447080d240d").ok(),
        id: Some(17),
        slug: Some(Plain::new("fix26-17-opening")),
    };
    let mut ada = (*conference.speakers[1]).clone();
    ada.id = Some(4);
    ada.code = Some(Plain::new("ADA123"));
    conference.talks[0].speakers = vec![Arc::new(ada)];
    conference
}

#[test]
fn the_whole_xml() {
    insta::assert_snapshot!(rendered(&xml::RENDERER, conference()));
}

#[test]
fn the_whole_json() {
    insta::assert_snapshot!(rendered(&json::RENDERER, conference()));
}

#[test]
fn the_whole_schedule2() {
    insta::assert_snapshot!(rendered(&schedule2::RENDERER, conference()));
}

/// Guid, number and code of each slot, by talk and occurrence.
fn known(conference: &Conference) -> BTreeMap<(String, u32), (Uuid, u64, Option<String>)> {
    let by_uid = identifiers::of(conference);
    let slots = conference.talks.iter().flat_map(|talk| {
        let slots = talk.slots.iter();
        slots.map(move |slot| (talk, slot))
    });
    slots
        .map(|(talk, slot)| {
            let Known { guid, id, code, .. } = &by_uid[&slot_uid(conference, talk, slot)];
            let code = code.map(str::to_owned);
            ((talk.code.to_string(), slot.occurrence), (*guid, *id, code))
        })
        .collect()
}

/// A talk with one slot and identifiers of its own.
fn numbered(code: &str, guid: Option<u128>, id: Option<u64>) -> Talk {
    let when = fixture::span("2026-10-24T07:00", "2026-10-24T07:45");
    let identifiers = Identifiers {
        guid: guid.map(Uuid::from_u128),
        id,
        slug: None,
    };
    Talk {
        slots: vec![Slot {
            identifiers,
            ..fixture::slot(1, when, None)
        }],
        ..fixture::talk(code, code)
    }
}

#[test]
fn identifiers_stay_when_other_talks_go() {
    let whole = conference();
    let before = known(&whole);
    let mut fewer = whole.clone();
    fewer.talks.remove(1);
    fewer.talks.pop();
    for (slot, identifiers) in known(&fewer) {
        assert_eq!(before[&slot], identifiers, "{slot:?}");
    }
    assert_eq!(before[&("OPEN".to_owned(), 1)].1, 17);
}

#[test]
fn what_two_slots_share_is_nobodys_identifier() {
    let mut conference = conference();
    conference.talks = vec![
        numbered("a", Some(1), Some(5)),
        numbered("b", Some(1), Some(5)),
        numbered("c", Some(2), Some(6)),
        numbered("d", None, Some(0)),
        numbered("e", None, Some(u64::MAX)),
    ];
    let found = known(&conference);
    let of = |code: &str| &found[&(code.to_owned(), 1)];
    assert_eq!((of("c").0, of("c").1), (Uuid::from_u128(2), 6));
    let mut guids: Vec<_> = found.values().map(|(guid, ..)| guid).collect();
    let mut ids: Vec<_> = found.values().map(|(_, id, _)| id).collect();
    guids.sort();
    guids.dedup();
    ids.sort();
    ids.dedup();
    assert_eq!((guids.len(), ids.len()), (5, 5));
    assert!(ids.iter().all(|id| **id > 0 && **id <= 1 << 31));
}

#[test]
fn a_guid_that_is_another_slots_own_uid_is_not_passed_on() {
    let mut conference = conference();
    conference.talks = vec![numbered("a", None, None)];
    let uid = slot_uid(
        &conference,
        &conference.talks[0],
        &conference.talks[0].slots[0],
    );
    conference
        .talks
        .push(numbered("b", Some(uid.as_u128()), None));
    let found = known(&conference);
    assert_eq!(found[&("a".to_owned(), 1)].0, uid);
    assert_ne!(found[&("b".to_owned(), 1)].0, uid);
}

#[test]
fn numbers_that_stand_in_for_a_code_are_none() {
    let mut conference = conference();
    let mut talk = numbered("17", None, Some(17));
    talk.given_code = TalkCode::parse("17");
    conference.talks = vec![talk];
    assert_eq!(known(&conference)[&("17".to_owned(), 1)].2, None);
}

#[test]
fn a_talk_held_twice_has_no_code_in_the_xml_where_each_stands_once() {
    let xml = rendered(&xml::RENDERER, conference());
    assert_eq!(xml.matches("code=").count(), 0, "{xml}");
    let json = rendered(&json::RENDERER, conference());
    assert_eq!(json.matches(r#""code": "OPEN01""#).count(), 2, "{json}");
}

#[test]
fn a_conference_of_which_nothing_is_known_has_one_day_of_the_undated() {
    let mut conference = conference();
    conference.talks.clear();
    conference.days.clear();
    let xml = rendered(&xml::RENDERER, conference.clone());
    let day = r#"<day index="1" date="1970-01-01" start="1970-01-01T04:00:00+01:00" end="1970-01-02T03:59:00+01:00"/>"#;
    assert!(xml.contains(day), "{xml}");
    let json: Value = serde_json::from_str(&rendered(&json::RENDERER, conference)).expect("JSON");
    assert_eq!(json["schedule"]["conference"]["daysCount"], 1);
}

#[test]
fn days_have_their_own_hours_where_the_data_say_so() {
    let mut conference = conference();
    let moment = |text: &str| Moment::new(text.parse().expect("an instant"), &fixture::zone());
    conference.days[0].hours = Some((
        moment("2026-10-24T06:00:00Z"),
        moment("2026-10-24T22:30:00Z"),
    ));
    let xml = rendered(&xml::RENDERER, conference);
    let day = r#"start="2026-10-24T08:00:00+02:00" end="2026-10-25T00:30:00+02:00""#;
    assert!(xml.contains(day), "{xml}");
}

#[test]
fn talks_without_an_hour_are_left_out_and_counted() {
    let whole = Whole::new(conference());
    let context = whole.context();
    for renderer in [&json::RENDERER, &schedule2::RENDERER] {
        assert_eq!(
            (renderer.leaves_out)(&context),
            [("without a known hour", 2)]
        );
    }
    let left_out = (xml::RENDERER.leaves_out)(&context);
    assert_eq!(
        left_out,
        [
            ("without a known hour", 2),
            ("of a hundred hours or more", 0)
        ]
    );
    for renderer in [&xml::RENDERER, &json::RENDERER, &schedule2::RENDERER] {
        let text = rendered(renderer, conference());
        assert!(!text.contains("Some time on Sunday") && !text.contains("Later"));
    }
}

#[test]
fn an_exhibition_of_five_days_is_too_long_for_two_digits() {
    let mut conference = conference();
    conference.talks[0].slots[0].when = fixture::span("2026-10-24T07:00", "2026-10-29T07:00");
    let whole = Whole::new(conference.clone());
    let left_out = (xml::RENDERER.leaves_out)(&whole.context());
    assert!(
        left_out.contains(&("of a hundred hours or more", 1)),
        "{left_out:?}"
    );
    assert!(!rendered(&xml::RENDERER, conference.clone()).contains("fix26-17-opening"));
    assert!(rendered(&json::RENDERER, conference).contains(r#""duration": "120:00""#));
}

#[test]
fn lengths_have_seconds_where_they_must() {
    let mut conference = conference();
    let moment = |text: &str| Moment::new(text.parse().expect("an instant"), &fixture::zone());
    let when = When::span(
        moment("2026-10-24T07:00:00Z"),
        moment("2026-10-24T07:01:30Z"),
    );
    conference.talks[0].slots[0].when = when.expect("a span");
    assert!(rendered(&xml::RENDERER, conference.clone()).contains("<duration>00:01:30</duration>"));
    assert!(rendered(&json::RENDERER, conference).contains(r#""duration": "00:02""#));
}

#[test]
fn a_cancelled_talk_says_so_in_each_format() {
    assert!(rendered(&xml::RENDERER, conference()).contains("<title>CANCELLED: Not held</title>"));
    let schedule2: Value =
        serde_json::from_str(&rendered(&schedule2::RENDERER, conference())).expect("JSON");
    let events = schedule2["schedule"]["events"].as_array().expect("a list");
    let gone = events.iter().find(|event| event["title"] == "Not held");
    assert_eq!(gone.expect("the talk")["state"], "CANCELED");
}

#[test]
fn a_track_whose_slug_is_a_letter_has_a_longer_one_in_json() {
    let mut conference = conference();
    let track = Arc::new(Track {
        slug: crate::model::Slug::of("!"),
        name: Plain::new("!"),
        colour: None,
    });
    conference.talks[0].track = Some(Arc::clone(&track));
    conference.tracks = vec![track];
    assert!(rendered(&xml::RENDERER, conference.clone()).contains(r#"<track name="!"/>"#));
    let schedule2 = rendered(&schedule2::RENDERER, conference);
    assert_eq!(
        schedule2.matches(r#""slug": "track-x""#).count(),
        3,
        "{schedule2}"
    );
}

#[test]
fn a_selection_keeps_days_and_identifiers() {
    let mut whole = Whole::new(conference());
    let before = (xml::RENDERER.render)(&whole.context());
    whole.selection = Selection {
        kinds: vec![Kind::Keynote],
        ..Selection::default()
    };
    let after = (xml::RENDERER.render)(&whole.context());
    let (before, after) = (
        String::from_utf8_lossy(&before),
        String::from_utf8_lossy(&after),
    );
    assert_eq!(after.matches("<event ").count(), 2, "{after}");
    assert_eq!(after.matches("<day ").count(), 2);
    for line in after.lines().filter(|line| line.contains("<event ")) {
        assert!(before.contains(line), "{line}");
    }
    assert!(after.contains("schedule.xml?kind=keynote"));
}
