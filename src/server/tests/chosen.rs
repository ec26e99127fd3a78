//! The talks that somebody chose, as a page and as feeds.

use super::*;
use crate::history::{Chronicle, Edition, History, Publication, diff, keep_vanished};
use crate::model::{Conference, Mark, Plain, State, TalkCode};
use crate::publish::fixture::{SITE, UPDATED, conference, first, next};
use crate::publish::{Archive, Catalogue, Programme};
use crate::render::Site;
use chrono::TimeDelta;

/// The marks of the fixture's talks with these numbers, as somebody chose them one after the other.
fn marks(numbers: &[u32]) -> String {
    let codes = numbers.iter().map(|number| format!("talk-{number}"));
    let marks = codes.map(|code| Mark::of(&TalkCode::parse(&code).expect("a code")));
    marks.map(|mark| mark.to_string()).collect()
}

fn sorted(marks: &str) -> String {
    let chosen = crate::model::Chosen::parse(marks).expect("marks");
    chosen.to_string()
}

fn live_of(programme: Programme) -> Arc<Live> {
    let site = Site::new(SITE).with_server();
    Arc::new(Live::new(Arc::new(Catalogue::new(vec![programme], site))))
}

fn edited(edit: impl FnOnce(&mut Conference)) -> Arc<Live> {
    let one = first(conference("example"));
    let mut conference = conference("example");
    edit(&mut conference);
    let now = UPDATED + TimeDelta::days(1);
    keep_vanished(&one.conference, &mut conference, now);
    let mut two = next(&one, conference);
    two.history = Arc::new(with_chronicle(&one, &two));
    live_of(two)
}

/// The history of a second edition that knows what it changed.
fn with_chronicle(one: &Programme, two: &Programme) -> History {
    let publications = [one, two].map(|programme| Publication {
        edition: Edition {
            number: programme.history.edition,
            published: Some(UPDATED),
            source: "conference.toml".into(),
            digest: String::new(),
            note: None,
        },
        changes: diff(&one.conference, &programme.conference),
    });
    let chronicle = Chronicle::new(publications.into(), &two.conference.policy);
    History {
        chronicle: Arc::new(chronicle),
        ..(*two.history).clone()
    }
}

fn served() -> Arc<Live> {
    live_of(first(conference("example")))
}

#[track_caller]
fn text_of(live: &Arc<Live>, address: &str) -> String {
    let answer = send(live, Method::GET, address, &[]);
    assert_eq!(
        answer.status,
        StatusCode::OK,
        "{address}: {}",
        answer.text()
    );
    answer.text().to_owned()
}

/// The values of a property, in the order of the calendar.
fn values(calendar: &str, name: &str) -> Vec<String> {
    let unfolded = calendar.replace("\r\n ", "");
    let lines = unfolded.lines().filter_map(|line| line.split_once(':'));
    let named = lines.filter(|(found, _)| found.split(';').next() == Some(name));
    named.map(|(_, value)| value.to_owned()).collect()
}

#[test]
fn every_format_holds_the_chosen_talks_alone() {
    let (live, marks) = (served(), marks(&[1, 2]));
    for extension in ["ics", "rss", "atom", "json"] {
        let feed = text_of(&live, &format!("/example/my/{marks}.{extension}"));
        assert!(
            feed.contains("A second talk") && feed.contains("A third talk"),
            "{feed}"
        );
        assert!(!feed.contains("break this"), "{feed}");
        assert!(feed.contains("My talks"), "a title: {feed}");
        let page = format!(
            "https://example.org/schedule/example/my/{}/",
            sorted(&marks)
        );
        assert!(
            feed.replace("\r\n ", "").contains(&page),
            "{page} in {feed}"
        );
    }
}

#[test]
fn the_order_of_choosing_does_not_matter() {
    let live = served();
    for ending in [".ics", ".atom", "/", "/changes.atom"] {
        let answers = [marks(&[2, 0]), marks(&[0, 2]), marks(&[0, 2, 0])].map(|marks| {
            let address = format!("/example/my/{marks}{ending}");
            send(&live, Method::GET, &address, &[])
        });
        let tags = answers
            .each_ref()
            .map(|answer| answer.header("etag").expect("a tag"));
        assert!(
            tags[0] == tags[1] && tags[1] == tags[2],
            "{ending}: {tags:?}"
        );
        // Whatever the address that was asked for, the document names one.
        let own = format!("example/my/{}{ending}", sorted(&marks(&[0, 2])));
        let text = answers[0].text().replace("\r\n ", "");
        assert!(text.contains(&own), "{own} in {text}");
    }
}

#[test]
fn unknown_and_cut_marks_are_passed_over() {
    let live = served();
    let known = marks(&[1]);
    for address in [
        format!("{known}AAAAA"),
        format!("AAAAA{known}BBBBB"),
        format!("{known}AbC"),
    ] {
        let calendar = text_of(&live, &format!("/example/my/{address}.ics"));
        assert_eq!(values(&calendar, "SUMMARY"), ["A second talk"], "{address}");
    }
    let page = text_of(&live, &format!("/example/my/{known}AAAAABBBBB/"));
    assert!(
        page.contains("2 talks of this list are no longer in the programme."),
        "{page}"
    );
    let page = text_of(&live, &format!("/example/my/{known}/"));
    assert!(!page.contains("no longer in the programme"), "{page}");
}

#[test]
fn a_choice_of_which_nothing_is_left_is_an_empty_calendar() {
    let calendar = text_of(&served(), "/example/my/AAAAABBBBB.ics");
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n"), "{calendar}");
    assert!(calendar.ends_with("END:VCALENDAR\r\n"));
    // A calendar must hold something (RFC 5545 §3.6): the days of the conference.
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 1);
    assert_eq!(values(&calendar, "DTSTART"), ["20261024"]);
    assert!(values(&calendar, "SUMMARY")[0].starts_with("example: a conference"));
    let feed = text_of(&served(), "/example/my/AAAAABBBBB.json");
    let feed: Value = serde_json::from_str(&feed).expect("JSON");
    assert_eq!(feed["items"], serde_json::json!([]));
}

#[test]
fn what_is_no_choice_is_not_found() {
    let too_many = "A".repeat(5 * 401);
    for path in [
        "ab%20cd.ics",
        "abc+d.ics",
        "abcde.xml",
        "abcde.exe",
        "abcde/other.rss",
        &too_many,
    ] {
        let answer = send(&served(), Method::GET, &format!("/example/my/{path}"), &[]);
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[test]
fn a_folder_without_its_slash_is_redirected() {
    let marks = marks(&[1]);
    for (path, to) in [
        ("my", "my/"),
        (&*format!("my/{marks}"), &*format!("{marks}/")),
    ] {
        let answer = send(&served(), Method::GET, &format!("/example/{path}"), &[]);
        assert_eq!(answer.status, StatusCode::PERMANENT_REDIRECT, "{path}");
        assert_eq!(answer.header("location"), Some(to));
    }
    assert!(text_of(&served(), "/example/my/").contains("Nothing is chosen yet"));
}

#[test]
fn a_cancelled_and_a_vanished_talk_are_told_of() {
    let live = edited(|conference| {
        conference.talks[1].state = State::Cancelled;
        conference.talks[1].slots[0].state = State::Cancelled;
        conference.talks.remove(2);
    });
    let address = format!("/example/my/{}", marks(&[0, 1, 2]));
    let calendar = text_of(&live, &format!("{address}.ics"));
    assert_eq!(
        values(&calendar, "STATUS"),
        ["CONFIRMED", "CANCELLED", "CANCELLED"]
    );
    let page = text_of(&live, &format!("{address}/"));
    assert_eq!(page.matches(">Cancelled<").count(), 2, "{page}");
    assert!(
        page.contains("3 talks") && !page.contains("no longer in"),
        "{page}"
    );
}

#[test]
fn a_talk_that_is_moved_and_retitled_stays_chosen_under_the_same_uid() {
    let marks = marks(&[1]);
    let uid = |live: &Arc<Live>| {
        let calendar = text_of(live, &format!("/example/my/{marks}.ics"));
        values(&calendar, "UID")
    };
    let live = edited(|conference| {
        conference.talks[1].title = Plain::new("A better title");
        let hall = Arc::clone(&conference.rooms[0]);
        conference.talks[1].slots[0].room = Some(hall);
    });
    assert_eq!(uid(&served()), uid(&live));
    let main = text_of(&live, "/example/schedule.ics");
    assert!(values(&main, "UID").contains(&uid(&live)[0]));
    let page = text_of(&live, &format!("/example/my/{marks}/"));
    assert!(page.contains("A better title"), "{page}");
    assert!(
        page.contains("Moved: was Sat 24 Oct, 09:00–09:45 CEST, <bdi>Attic</bdi>"),
        "{page}"
    );
}

#[test]
fn wishes_are_heeded_and_an_unknown_query_is_refused() {
    let live = served();
    let address = format!("/example/my/{}.ics", marks(&[1]));
    let calendar = text_of(&live, &format!("{address}?alarm=10&tz=UTC"));
    assert!(calendar.contains("TRIGGER:-PT10M"), "{calendar}");
    assert!(calendar.contains("DTSTART:20261024T070000Z"), "{calendar}");
    let answer = send(&live, Method::GET, &format!("{address}?alarm=soon"), &[]);
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
}

#[test]
fn a_saved_calendar_has_a_name_that_every_disk_takes() {
    let address = format!("/example/my/{}.ics", "A".repeat(2000));
    let answer = send(&served(), Method::GET, &address, &[]);
    let expected = "inline; filename=\"example-my-talks.ics\"";
    assert_eq!(answer.header("content-disposition"), Some(expected));
}

#[test]
fn caches_may_keep_a_choice_and_ask_whether_it_is_the_same() {
    let live = served();
    for ending in [".ics", "/", "/changes.rss"] {
        let address = format!("/example/my/{}{ending}", marks(&[1]));
        let answer = send(&live, Method::GET, &address, &[]);
        let plain = if ending == "/" { "/example/" } else { ICS };
        let usual = send(&live, Method::GET, plain, &[]);
        assert_eq!(
            answer.header("cache-control"),
            usual.header("cache-control")
        );
        let tag = answer.header("etag").expect("a tag");
        let again = send(&live, Method::GET, &address, &[("if-none-match", tag)]);
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{address}");
        assert!(again.body.is_empty());
        // A talk that is no longer there would leave no trace in a date.
        assert_eq!(answer.header("last-modified"), None, "{address}");
    }
}

#[test]
fn the_feed_of_changes_to_a_choice_tells_of_it_alone() {
    let live = edited(|conference| {
        conference.talks[0].title = Plain::new("Another opening");
        conference.talks[1].state = State::Cancelled;
        conference.talks[1].slots[0].state = State::Cancelled;
    });
    let address = format!("/example/my/{}/changes", marks(&[1, 2]));
    for extension in ["rss", "atom", "json"] {
        let feed = text_of(&live, &format!("{address}.{extension}"));
        assert!(feed.contains("Cancelled: A second talk"), "{feed}");
        assert!(!feed.contains("Another opening"), "{feed}");
    }
    let whole = text_of(&live, "/example/changes.json");
    let whole: Value = serde_json::from_str(&whole).expect("JSON");
    let own: Value =
        serde_json::from_str(&text_of(&live, &format!("{address}.json"))).expect("JSON");
    let items = whole["items"].as_array().expect("items");
    assert!(
        items.contains(&own["items"][0]),
        "the same entry, so that nobody is told twice"
    );
    assert_ne!(whole["feed_url"], own["feed_url"]);
}

struct Kept(Vec<Programme>);

impl Archive for Kept {
    fn programme(&self, slug: &str, number: u64) -> Option<Programme> {
        let mut kept = self.0.iter();
        kept.find(|kept| *kept.conference.slug == *slug && kept.history.edition == number)
            .cloned()
    }
}

#[test]
fn an_old_edition_shows_the_choice_as_it_was() {
    let one = first(conference("example"));
    let mut changed = conference("example");
    changed.talks[1].title = Plain::new("A better title");
    let two = next(&one, changed);
    let site = Site::new(SITE).with_server();
    let catalogue = Catalogue::new(vec![two.clone()], site);
    let archive = Arc::new(Kept(vec![one, two]));
    let live = Arc::new(Live::new(Arc::new(catalogue.with_archive(archive))));
    for ending in [".ics", "/"] {
        let of = |number: u32| {
            let path = format!("/example/editions/{number}/my/{}{ending}", marks(&[1]));
            text_of(&live, &path)
        };
        assert!(of(1).contains("A second talk"), "{ending}");
        assert!(of(2).contains("A better title"), "{ending}");
    }
    let answer = send(&live, Method::GET, "/example/editions/1/my/abc+d.ics", &[]);
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}
