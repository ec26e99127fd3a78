use super::super::fixture::{self, Whole};
use super::*;
use crate::model::{Conference, Plain, WebUrl};

/// The data in a block, checked to hold nothing that could end it.
#[track_caller]
fn read(block: &Markup) -> Value {
    let block = block.0.as_str();
    let inside = block
        .strip_prefix("<script type=\"application/ld+json\">")
        .and_then(|rest| rest.strip_suffix("</script>"))
        .expect("a block of data");
    assert!(
        !inside.contains(['<', '>', '&', '\u{2028}', '\u{2029}']),
        "{inside}"
    );
    serde_json::from_str(inside).expect("JSON")
}

fn events(whole: &Whole, code: &str) -> Vec<Value> {
    let context = whole.context();
    let talk = whole.conference.talk(code).expect("a talk");
    let occurrence = Occurrence {
        talk,
        slots: talk.slots.iter().collect(),
    };
    let data = read(&super::talk(&context, &occurrence));
    assert_eq!(data["@context"], "https://schema.org");
    data["@graph"].as_array().expect("events").clone()
}

fn of(code: &str) -> Value {
    events(&Whole::new(fixture::conference()), code).remove(0)
}

#[test]
fn every_occurrence_is_an_event_of_its_own() {
    let whole = Whole::new(fixture::conference());
    let events = events(&whole, "OPEN");
    assert_eq!(events.len(), 2);
    insta::assert_snapshot!(serde_json::to_string_pretty(&events[0]).expect("JSON"));
    // The clocks were set back in the night between.
    assert_eq!(events[1]["startDate"], "2026-10-25T10:00:00+01:00");
    assert_ne!(events[0]["@id"], events[1]["@id"]);
}

#[test]
fn a_day_without_hours_is_a_date_and_has_no_end() {
    let event = of("SOMEWHEN");
    assert_eq!(event["startDate"], "2026-10-25");
    assert!(event.get("endDate").is_none());
}

#[test]
fn what_is_cancelled_says_so() {
    assert_eq!(
        of("GONE")["eventStatus"],
        "https://schema.org/EventCancelled"
    );
    assert_eq!(
        of("MAYBE")["eventStatus"],
        "https://schema.org/EventScheduled"
    );
}

fn moved(edit: fn(&mut Slot)) -> Value {
    let mut whole = Whole::new(fixture::conference());
    let mut conference: Conference = whole.conference.clone();
    edit(&mut conference.talks[0].slots[0]);
    let now = "2026-07-01T08:00:00Z".parse().expect("an instant");
    whole.history = whole.history.next(&conference, now);
    whole.conference = conference;
    events(&whole, "OPEN").remove(0)
}

#[test]
fn what_was_moved_tells_when_it_would_have_been() {
    let event = moved(|slot| slot.when = fixture::span("2026-10-24T09:00", "2026-10-24T09:45"));
    assert_eq!(event["eventStatus"], "https://schema.org/EventRescheduled");
    assert_eq!(event["startDate"], "2026-10-24T11:00:00+02:00");
    assert_eq!(event["previousStartDate"], "2026-10-24T09:00:00+02:00");
    let elsewhere = moved(|slot| slot.room = None);
    assert_eq!(
        elsewhere["eventStatus"],
        "https://schema.org/EventScheduled"
    );
    assert!(elsewhere.get("previousStartDate").is_none());
}

#[test]
fn a_streamed_room_is_a_place_and_an_address() {
    let event = of("OPEN");
    assert_eq!(
        event["eventAttendanceMode"],
        "https://schema.org/MixedEventAttendanceMode"
    );
    assert_eq!(event["location"][0]["containedInPlace"]["name"], "Old Mill");
    assert_eq!(
        event["location"][1]["url"],
        "https://stream.example.org/hall"
    );
}

#[test]
fn a_room_of_an_online_conference_is_no_place() {
    let mut conference = fixture::conference();
    conference.venue = None;
    let whole = Whole::new(conference);
    let event = events(&whole, "SOMEWHEN").remove(0);
    assert_eq!(
        event["eventAttendanceMode"],
        "https://schema.org/OnlineEventAttendanceMode"
    );
    assert_eq!(event["location"]["url"], "https://www.stream.example.org/");
}

#[test]
fn no_text_ends_the_block() {
    let mut conference = fixture::conference();
    conference.talks[0].title = Plain::new("</script><!-- \u{2028} & \"q\" <script>");
    let whole = Whole::new(conference);
    let event = events(&whole, "OPEN").remove(0);
    assert_eq!(event["name"], *whole.conference.talks[0].title);
    read(&super::conference(&whole.context()));
}

#[test]
fn a_speaker_is_a_person_with_the_events_of_their_talks() {
    let mut whole = Whole::new(fixture::conference());
    whole.conference.logo = WebUrl::parse("https://example.org/logo.png");
    let context = whole.context();
    let ada = &whole.conference.talks[0].speakers[0];
    let talks = context.talks();
    let theirs: Vec<_> = talks
        .into_iter()
        .filter(|one| one.talk.speakers.contains(ada))
        .collect();
    let data = read(&speaker(&context, ada, &theirs));
    assert_eq!(data["@type"], "Person");
    assert_eq!(data["name"], "Ada Lovelace");
    assert_eq!(data["sameAs"][0], "https://ada.example.org/?a=1&b=2");
    assert_eq!(
        data["performerIn"][0]["startDate"],
        "2026-10-24T09:00:00+02:00"
    );
}
