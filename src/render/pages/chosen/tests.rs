use super::*;
use crate::model::{Language, TalkCode};
use crate::render::Selection;
use crate::render::pages::fixture::{self, Whole, span};

fn choice(language: &str, codes: &[&str], edit: impl FnOnce(&mut Conference)) -> String {
    let mut conference = fixture::conference();
    conference.language = Language::parse(language).expect("a language");
    edit(&mut conference);
    let mut whole = Whole::new(conference);
    whole.site.is_served = true;
    let codes = codes
        .iter()
        .map(|code| TalkCode::parse(code).expect("a code"));
    let chosen: Chosen = codes.map(|code| Mark::of(&code)).collect();
    whole.selection = Selection::of(Part::Chosen(chosen));
    String::from_utf8(page(&whole.context())).expect("UTF-8")
}

#[test]
fn talks_stand_under_their_days_with_hour_and_room() {
    let page = choice("en", &["OPEN", "SOMEWHEN", "LATER"], |_| ());
    for text in [
        "Saturday, 24 October 2026",
        ">09:00</time>",
        "<bdi>Hall</bdi>",
        "Time to be announced",
        "Day and time to be announced",
        "3 talks",
    ] {
        assert!(page.contains(text), "{text}");
    }
    assert!(!page.contains("Lunch") && !page.contains("Overlaps"));
}

#[test]
fn a_talk_with_a_free_occurrence_says_which() {
    let page = choice("en", &["OPEN", "HOSTIL"], |conference| {
        conference.talks[2].slots[0].when = span("2026-10-24T07:30", "2026-10-24T08:00");
    });
    let advice = "You are free for it on Sun 25 Oct, 10:00–10:45 CET.";
    assert!(page.contains(advice), "{page}");
    assert!(
        !page.contains("You cannot hear them all"),
        "there is a way to hear both"
    );
}

#[test]
fn talks_at_the_same_time_are_warned_of_once() {
    let page = choice("de", &["HOSTIL", "MAYBE"], |conference| {
        conference.talks[2].slots[0].when = span("2026-10-25T10:30", "2026-10-25T11:30");
    });
    assert_eq!(page.matches("Nicht alles lässt sich hören").count(), 1);
    let row = page
        .split("class=\"clashes\"")
        .nth(1)
        .and_then(|rest| rest.split("</section>").next());
    assert_eq!(row.expect("a warning").matches("<li ").count(), 1);
    assert_eq!(page.matches("Überschneidet sich mit").count(), 2);
}

#[test]
fn what_only_a_script_can_do_is_hidden() {
    let page = choice("en", &["OPEN"], |_| ());
    let buttons: Vec<&str> = page.split("<button").skip(1).collect();
    assert_eq!(
        buttons.len(),
        2 + 4 + 2,
        "an occurrence each, four offers, two addresses"
    );
    for button in buttons.iter().filter(|button| !button.contains("data-my")) {
        assert!(
            button
                .split('>')
                .next()
                .is_some_and(|tag| tag.contains(" hidden")),
            "{button}"
        );
    }
    assert!(page.contains("id=\"page:foreign\" hidden"));
}

#[test]
fn the_page_is_the_feed_and_the_code_at_once() {
    let page = choice("en", &["OPEN"], |_| ());
    let mark = Mark::of(&TalkCode::parse("OPEN").expect("a code"));
    let own = format!("https://example.org/schedule/fixture/my/{mark}");
    assert!(
        page.contains(&format!("<link rel=\"canonical\" href=\"{own}/\">")),
        "{page}"
    );
    assert!(page.contains(&format!("{own}.ics</code>")));
    assert!(page.contains(&format!("{own}/changes.atom\"")));
    assert!(page.contains("aria-label=\"QR code with the address of this list\""));
    assert!(page.contains("noindex"));
}
