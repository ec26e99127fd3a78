use super::*;
use crate::render::RENDERERS;

#[test]
fn a_query_selects_and_its_order_does_not_matter() {
    let live = live();
    let etag = |address: &str| {
        let answer = send(&live, Method::GET, address, &[]);
        assert_eq!(
            answer.status,
            StatusCode::OK,
            "{address}: {}",
            answer.text()
        );
        answer.header("etag").expect("a tag").to_owned()
    };
    let whole = etag(ICS);
    let one = etag("/example/schedule.ics?room=attic&kind=talk&q=second+talk");
    assert_ne!(one, whole);
    assert_eq!(
        one,
        etag("/example/schedule.ics?q=second%20talk&kind=talk&room=attic")
    );
    assert_eq!(whole, etag("/example/schedule.ics?"));
    assert_eq!(whole, etag("/example/schedule.ics?v=2&room="));
    assert_eq!(
        etag("/example/talks.rss"),
        etag("/example/talks.rss?alarm=5&tz=UTC")
    );
}

#[test]
fn a_query_means_the_same_in_every_format() {
    let live = live();
    let answer = |address: &str| {
        let answer = send(&live, Method::GET, address, &[]);
        assert_eq!(
            answer.status,
            StatusCode::OK,
            "{address}: {}",
            answer.text()
        );
        answer.text().to_owned()
    };
    for renderer in RENDERERS {
        let path = format!("/example/{}", renderer.file());
        let attic = answer(&format!("{path}?room=attic"));
        assert!(attic.contains("A second talk"), "{path}: {attic}");
        assert!(!attic.contains("A third talk"), "{path}: {attic}");
        let with_alarm = answer(&format!("{path}?alarm=5"));
        let is_heeded = with_alarm != answer(&path);
        assert_eq!(is_heeded, renderer.heeds_wishes, "{path}");
    }
    check_problem("/example/schedule.xml?track=securty", 400, "security");
}

#[test]
fn a_part_and_a_query_are_joined() {
    let answer = get("/example/rooms/attic.ics?track=security", &[]);
    assert_eq!(answer.status, StatusCode::OK);
    assert_ne!(answer.body, get("/example/rooms/attic.ics", &[]).body);
    assert_ne!(
        answer.body,
        get("/example/schedule.ics?track=security", &[]).body
    );
}

#[test]
fn a_query_nobody_understands_lists_what_is_known() {
    check_problem(
        "/example/schedule.ics?track=securty",
        400,
        "did you mean \"security\"?",
    );
    check_problem("/example/talks.rss?utm_source=x", 400, "utm_source");
    check_problem("/example/talks.json?alarm=soon", 400, "alarm");
    let zones = get("/example/schedule.ics?tz=Vancouver", &[]).json();
    let zones = zones["known"].as_array().expect("zones").clone();
    assert_eq!(zones.len(), 50);
    assert!(zones.contains(&"America/Vancouver".into()), "{zones:?}");
    let answer = get("/example/schedule.ics?room=cellar", &[]).json();
    assert_eq!(answer["known"], serde_json::json!(["main-hall", "attic"]));
}

#[test]
fn pages_ignore_queries() {
    for address in ["/", "/example/", "/example/feeds.opml"] {
        let plain = get(address, &[]);
        let tracked = get(&format!("{address}?utm_source=x&track=nonsense"), &[]);
        assert_eq!(tracked.status, StatusCode::OK);
        assert_eq!(tracked.header("etag"), plain.header("etag"));
    }
}

#[test]
fn the_subscribe_page_heeds_selection_and_wishes_and_passes_over_the_rest() {
    let address = "/example/subscribe/?track=security&alarm=15&cancelled=hide&tz=UTC&utm_source=x";
    let answer = get(address, &[]);
    assert_eq!(answer.status, StatusCode::OK);
    let calendar =
        "/example/schedule.ics?track=security&amp;tz=UTC&amp;alarm=15&amp;cancelled=hide<";
    assert!(answer.text().contains(calendar), "{}", answer.text());
    let plain = get("/example/subscribe/?alarm=soon&cancelled=perhaps", &[]);
    assert_eq!(
        plain.header("etag"),
        get("/example/subscribe/", &[]).header("etag")
    );
}
