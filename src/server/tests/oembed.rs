use super::*;
use crate::publish::Catalogue;
use crate::publish::fixture::{SITE, conference, first};
use crate::render::Site;
use url::form_urlencoded::byte_serialize;

const PAGE: &str = "https://example.org/schedule/example/";

fn encoded(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect()
}

fn asked(address: &str, further: &str) -> Answer {
    get(&format!("/oembed?url={}{further}", encoded(address)), &[])
}

#[track_caller]
fn embedded(address: &str, further: &str) -> Value {
    let answer = asked(address, further);
    assert_eq!(
        answer.status,
        StatusCode::OK,
        "{address}: {}",
        answer.text()
    );
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    answer.json()
}

/// The address of the frame in an answer.
#[track_caller]
fn frame(answer: &Value) -> String {
    let html = answer["html"].as_str().expect("a text");
    let (_, rest) = html.split_once("src=\"").expect("a source");
    let (source, _) = rest.split_once('"').expect("its end");
    source.replace("&amp;", "&")
}

#[test]
fn the_programme_is_a_frame() {
    let answer = embedded(PAGE, "&format=json");
    assert_eq!(answer["version"], "1.0");
    assert_eq!(answer["type"], "rich");
    assert_eq!(answer["provider_name"], "example.org");
    assert_eq!(answer["provider_url"], SITE);
    let title = answer["title"].as_str().expect("a title");
    assert!(title.starts_with("example: a conference"), "{title}");
    assert_eq!(frame(&answer), PAGE);
    assert_eq!(
        (&answer["width"], &answer["height"]),
        (&800.into(), &700.into())
    );
    let html = answer["html"].as_str().expect("a text");
    assert!(html.contains("width=\"800\" height=\"700\""), "{html}");
}

#[test]
fn the_frame_keeps_to_the_room_that_there_is() {
    let answer = embedded(PAGE, "&maxwidth=320&maxheight=4000");
    assert_eq!(
        (&answer["width"], &answer["height"]),
        (&320.into(), &700.into())
    );
    let answer = embedded(PAGE, "&maxwidth=wide&maxheight=0");
    assert_eq!(
        (&answer["width"], &answer["height"]),
        (&800.into(), &1.into())
    );
}

#[test]
fn every_page_of_a_conference_is_understood_as_people_write_it() {
    for (address, source) in [
        ("https://example.org/schedule/example", "example/"),
        ("http://example.org/schedule/example/", "example/"),
        ("HTTPS://EXAMPLE.ORG:443/schedule/example/#TALK", "example/"),
        (
            "https://example.org/schedule/example/index.html",
            "example/",
        ),
        (
            "https://example.org/schedule/example/subscribe/?room=attic",
            "example/subscribe/?room=attic",
        ),
        (
            "https://example.org/schedule/example/?utm_source=x&track=security&room=main-hall,attic",
            "example/?track=security&room=attic%2Cmain-hall",
        ),
        (
            "https://example.org/schedule/example/talks/talk-0/",
            "example/talks/talk-0/",
        ),
        (
            "https://example.org/schedule/example/speakers/debora",
            "example/speakers/debora/",
        ),
        (
            "https://example.org/schedule/example/changes/",
            "example/changes/",
        ),
        ("https://example.org/schedule/example/my/", "example/my/"),
    ] {
        let answer = embedded(address, "");
        assert_eq!(frame(&answer), format!("{SITE}{source}"), "{address}");
    }
}

#[test]
fn titles_of_talks_and_speakers_come_first_and_break_nothing() {
    let answer = embedded(&format!("{PAGE}talks/talk-0/"), "");
    let title = answer["title"].as_str().expect("a title");
    let start = "let's try & break this <item> ]]> – example: a conference";
    assert!(title.starts_with(start), "{title}");
    let html = answer["html"].as_str().expect("a text");
    assert!(!html.contains("<item>"), "{html}");
    let answer = embedded(&format!("{PAGE}speakers/debora/"), "");
    let title = answer["title"].as_str().expect("a title");
    assert!(title.starts_with("Débora – example"), "{title}");
}

#[test]
fn what_is_no_page_of_a_conference_here_is_not_found() {
    for address in [
        "https://example.com/schedule/example/",
        "https://example.org.evil.example/schedule/example/",
        "https://example.org:8443/schedule/example/",
        "https://example.org/example/",
        "https://example.org/schedule/",
        "https://example.org/schedule/nowhere/",
        "https://example.org/schedule/example/schedule.ics",
        "https://example.org/schedule/example/talks/nope/",
        "https://example.org/schedule/example/%2e%2e%2fother/",
        "ftp://example.org/schedule/example/",
        "javascript:alert(1)",
        "example",
    ] {
        let answer = asked(address, "");
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
        assert_eq!(answer.json()["status"], 404);
    }
}

#[test]
fn a_request_that_cannot_be_answered_is_told_why() {
    check_problem("/oembed", 400, "ask with url=");
    check_problem("/oembed?url=", 400, "ask with url=");
    let address = format!("/oembed?format=xml&url={}", encoded(PAGE));
    check_problem(&address, 501, "format=json");
}

#[test]
fn pages_name_the_address_that_answers() {
    let site = Site::new(SITE).with_server();
    let catalogue = Catalogue::new(vec![first(conference("example"))], site);
    let live = Arc::new(Live::new(Arc::new(catalogue)));
    for path in ["/example/", "/example/subscribe/"] {
        let page = send(&live, Method::GET, path, &[]);
        let (_, rest) = page
            .text()
            .split_once("type=\"application/json+oembed\"")
            .expect("a link");
        let (_, rest) = rest.split_once("href=\"").expect("an address");
        let (address, _) = rest.split_once('"').expect("its end");
        let address = address.strip_prefix("https://example.org/schedule");
        let answer = send(&live, Method::GET, address.expect("an address here"), &[]);
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let source = frame(&answer.json());
        assert_eq!(source, format!("https://example.org/schedule{path}"));
    }
}
