use super::*;
use crate::history::History;
use crate::render::pages::fixture::{self, Whole};

#[test]
fn a_talk_that_moved_says_where_and_when_it_was_in_every_format() {
    let mut whole = Whole::new(fixture::conference());
    whole.conference.talks[0].slots[0].when = fixture::span("2026-10-25T10:00", "2026-10-25T10:45");
    let now = "2026-09-01T10:00:00Z".parse().expect("an instant");
    let history: History = whole.history.next(&whole.conference, now);
    for renderer in [&RSS, &ATOM, &JSON] {
        let written = |whole: &Whole| {
            let bytes = (renderer.render)(&whole.context());
            String::from_utf8(bytes).expect("UTF-8")
        };
        let was = "Moved: was Sat 24 Oct 2026, 09:00–09:45 CEST, Hall";
        assert!(!written(&whole).contains(was), "{}", renderer.format);
        let moved = Whole {
            history: history.clone(),
            conference: whole.conference.clone(),
            ..Whole::new(fixture::conference())
        };
        assert_eq!(
            written(&moved).matches(was).count(),
            1,
            "{}",
            renderer.format
        );
    }
}

#[test]
fn programs_get_what_a_query_selects_by_and_the_titles_without_marks() {
    let bytes = (JSON.render)(&Whole::new(fixture::conference()).context());
    let feed: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
    assert_eq!(feed["_handbill"]["zone"], "Europe/Berlin");
    let items = feed["items"].as_array().expect("items");
    let of = |code: &str| {
        let mut found = items.iter().map(|item| &item["_handbill"]);
        found.find(|talk| talk["code"] == code).expect("a talk")
    };
    let hostile = of("HOSTIL");
    assert_eq!(hostile["track"], "Web");
    assert_eq!(hostile["track_slug"], "web");
    assert_eq!(hostile["track_colour"], "#f0c000");
    assert_eq!(hostile["slots"][0]["room_slug"], "attic");
    assert_eq!(hostile["title"], serde_json::Value::Null);
    assert_eq!(
        of("OPEN")["speaker_slugs"],
        serde_json::json!(["ada-lovelace"])
    );
    let gone = of("GONE");
    assert_eq!(gone["title"], "Not held");
    assert_eq!(gone["track_colour"], serde_json::Value::Null);
}
