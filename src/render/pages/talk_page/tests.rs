use super::super::fixture::{self, Whole};
use super::*;
use crate::history::{Chronicle, Edition, Publication, diff};
use crate::model::{Conference, Language, Part, Plain, Policy, TalkCode};
use crate::render::Selection;
use chrono::{DateTime, Utc};
use std::sync::Arc;

fn rendered(whole: &mut Whole, code: &str) -> String {
    let code = TalkCode::parse(code).expect("a code");
    whole.selection = Selection::of(Part::Talk(code));
    String::from_utf8(page(&whole.context())).expect("UTF-8")
}

fn of(code: &str) -> String {
    rendered(&mut Whole::new(fixture::conference()), code)
}

/// The page below its head, with a line break before each element.
fn content(page: &str) -> String {
    let (_, body) = page.split_once("<body>").expect("a body");
    body.replace('<', "\n<").replace("\n</", "</")
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

/// A conference after each of these edits, each an edition of its own, an hour apart.
fn edited(edits: &[fn(&mut Conference)]) -> Whole {
    let mut conference = fixture::conference();
    let mut whole = Whole::new(conference.clone());
    let mut publications = Vec::new();
    for (number, edit) in (1_u32..).zip(edits) {
        let before = conference.clone();
        edit(&mut conference);
        let published = instant("2026-07-01T08:00:00Z") + chrono::TimeDelta::hours(number.into());
        let edition = Edition {
            number: number.into(),
            published: Some(published),
            source: "conference.toml".into(),
            digest: number.to_string(),
            note: None,
        };
        let changes = diff(&before, &conference);
        whole.history = whole.history.next(&conference, published);
        publications.push(Publication { edition, changes });
    }
    whole.history.chronicle = Arc::new(Chronicle::new(publications, &Policy::default()));
    whole.conference = conference;
    whole
}

#[test]
fn the_whole_page_of_a_talk_that_is_held_twice() {
    insta::assert_snapshot!(content(&of("OPEN")));
}

#[test]
fn an_english_conference_has_an_english_page() {
    let mut conference = fixture::conference();
    conference.language = Language::parse("en").expect("a language");
    let page = rendered(&mut Whole::new(conference), "OPEN");
    for words in [
        "When and where",
        "Saturday, 24 October 2026",
        "09:00",
        "CEST",
        "Subscribe to the programme",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains("Vortragende"));
}

#[test]
fn a_cancelled_talk_is_struck_and_cannot_be_added() {
    let page = of("GONE");
    assert!(
        page.contains("<h1><del><bdi lang=\"de\">Not held"),
        "{page}"
    );
    assert!(page.contains("Abgesagt: Das findet nicht statt."));
    assert!(!page.contains("calendar.google.com"));
    assert!(!page.contains("href=\"https://stream.example.org/hall"));
}

#[test]
fn a_tentative_talk_says_so_and_can_be_added() {
    let page = of("MAYBE");
    assert!(page.contains("noch nicht bestätigt"));
    assert!(page.contains("calendar.google.com"));
    assert!(page.contains("https://stream.example.org/maybe"));
}

#[test]
fn a_talk_of_unknown_hour_or_day_says_so() {
    assert!(of("SOMEWHEN").contains("Uhrzeit noch offen"));
    let later = of("LATER");
    assert!(later.contains("Tag und Uhrzeit stehen noch nicht fest"));
    assert!(!later.contains("application/ld+json"));
}

#[test]
fn recordings_and_slides_come_before_other_links() {
    let page = of("OPEN");
    let place = |address: &str| {
        page.find(&format!("<a href=\"{address}\""))
            .expect("a link")
    };
    let recording = place("https://video.example.org/open");
    let slides = place("https://slides.example.org/open");
    let related = place("https://www.example.net/x");
    assert!(recording < slides && slides < related);
}

#[test]
fn a_moved_talk_tells_where_it_was_and_what_became_of_it() {
    let mut whole = edited(&[
        |_| {},
        |conference| conference.talks[0].title = Plain::new("Opening <words>"),
        |conference| {
            let room = conference.rooms[1].clone();
            let slot = &mut conference.talks[0].slots[0];
            slot.when = fixture::span("2026-10-24T08:00", "2026-10-24T08:45");
            slot.room = Some(room);
        },
    ]);
    let page = rendered(&mut whole, "OPEN");
    assert!(
        page.contains("Verlegt, zuvor: <bdi>Sa 24. Okt 2026, 09:00–09:45 CEST, Hall</bdi>"),
        "{page}"
    );
    let (_, history) = page.split_once("<h2>Verlauf").expect("a history");
    insta::assert_snapshot!(content(&format!("<body>{history}")));
    let other = rendered(&mut whole, "LUNCH");
    assert!(!other.contains("Verlegt"));
}

#[test]
fn a_title_breaks_out_of_nothing() {
    let page = of("HOSTIL");
    assert!(!page.contains("<script>"), "{page}");
    assert!(!page.contains("<img"));
    assert_eq!(page.matches("</title>").count(), 1);
    assert_eq!(
        page.matches("</script>").count(),
        3,
        "the data, the script of stars and that of reading offline"
    );
}

#[test]
fn the_head_names_the_feeds_of_the_talk_first_and_then_those_of_the_conference() {
    let page = of("OPEN");
    let place = |path: &str| page.find(&format!("https://example.org/schedule/fixture/{path}\""));
    let own = place("talks/OPEN.ics").expect("the talk's calendar");
    let whole = place("schedule.ics").expect("the conference's calendar");
    assert!(own < whole);
    for format in ["rss", "atom", "json"] {
        assert!(place(&format!("talks/OPEN.{format}")).is_some(), "{format}");
    }
}

#[test]
fn the_card_shows_the_talks_picture_else_a_portrait_else_the_logo() {
    let url = |text: &str| crate::model::WebUrl::parse(text);
    let image = |conference: Conference| {
        let page = rendered(&mut Whole::new(conference), "OPEN");
        let (_, rest) = page.split_once("property=\"og:image\" content=\"")?;
        rest.split('"').next().map(str::to_owned)
    };
    let mut conference = fixture::conference();
    assert_eq!(image(conference.clone()), None);
    conference.logo = url("https://example.org/logo.png");
    assert_eq!(
        image(conference.clone()).as_deref(),
        Some("https://example.org/logo.png")
    );
    let mut ada = (*conference.talks[0].speakers[0]).clone();
    ada.picture = url("https://example.org/ada.jpg");
    conference.talks[0].speakers = vec![Arc::new(ada)];
    assert_eq!(
        image(conference.clone()).as_deref(),
        Some("https://example.org/ada.jpg")
    );
    conference.talks[0].image = url("https://example.org/open.png");
    assert_eq!(
        image(conference).as_deref(),
        Some("https://example.org/open.png")
    );
}

#[test]
fn the_card_says_where_it_is_from_and_when_and_where_the_talk_is_held() {
    let page = of("OPEN");
    for tag in [
        "<meta property=\"og:site_name\" content=\"Räuber &amp; &lt;Söhne&gt; Conf\">",
        "<meta property=\"og:locale\" content=\"de_DE\">",
        "<meta name=\"twitter:card\" content=\"summary\">",
        "<meta name=\"twitter:data1\" content=\"Sa 24. Okt 2026, 09:00–09:45 CEST, Hall\">",
        "<meta name=\"twitter:data2\" content=\"Ada Lovelace\">",
        "<meta property=\"og:url\" content=\"https://example.org/schedule/fixture/talks/OPEN/\">",
    ] {
        assert!(page.contains(tag), "{tag}");
    }
}

#[test]
fn a_brief_biography_stands_on_the_page_and_a_long_one_on_the_speakers() {
    let with = |biography: &str| {
        let mut conference = fixture::conference();
        let mut ada = (*conference.talks[0].speakers[0]).clone();
        ada.biography = Markdown::new(biography);
        conference.talks[0].speakers = vec![Arc::new(ada)];
        rendered(&mut Whole::new(conference), "OPEN")
    };
    assert!(with("She *counts*.").contains("<p>She <em>counts</em>.</p>"));
    let long = with(&format!("She counts.\n\n{}", "On and on. ".repeat(99)));
    assert!(long.contains(">She counts.</p>") && long.contains("Mehr über "));
    assert!(!long.contains("On and on."));
}
