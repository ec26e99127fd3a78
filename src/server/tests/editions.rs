use super::*;
use crate::model::{Conference, Plain};
use crate::publish::fixture::{SITE, conference, first, next};
use crate::publish::{Archive, Catalogue, Programme};
use crate::render::Site;

/// All editions of one conference.
struct Kept(Vec<Programme>);

impl Archive for Kept {
    fn programme(&self, slug: &str, number: u64) -> Option<Programme> {
        let mut kept = self.0.iter();
        kept.find(|kept| *kept.conference.slug == *slug && kept.history.edition == number)
            .cloned()
    }
}

/// Three editions: a talk gets another title, then the attic is closed.
fn editions() -> Vec<Programme> {
    let one = first(conference("example"));
    let change = |before: &Programme, edit: fn(&mut Conference)| {
        let mut conference = (*before.conference).clone();
        edit(&mut conference);
        next(before, conference)
    };
    let two = change(&one, |c| c.talks[0].title = Plain::new("Another title"));
    let mut three = change(&two, |c| {
        let hall = Arc::clone(&c.rooms[0]);
        for slot in c.talks.iter_mut().flat_map(|talk| &mut talk.slots) {
            slot.room = Some(Arc::clone(&hall));
        }
        c.rooms.truncate(1);
    });
    three.retired = Arc::new(["rooms/attic", "rooms/main-hall"].map(str::to_owned).into());
    vec![one, two, three]
}

fn newest(editions: &[Programme]) -> Catalogue {
    let newest = editions.last().expect("an edition").clone();
    Catalogue::new(vec![newest], Site::new(SITE))
}

fn live_of(catalogue: Catalogue) -> Arc<Live> {
    Arc::new(Live::new(Arc::new(catalogue)))
}

fn live_with_archive() -> Arc<Live> {
    let editions = editions();
    let catalogue = newest(&editions).with_archive(Arc::new(Kept(editions)));
    live_of(catalogue)
}

#[track_caller]
fn check(address: &str, status: u16, detail: &str) {
    let answer = send(&live_with_archive(), Method::GET, address, &[]);
    assert_eq!(
        answer.status.as_u16(),
        status,
        "{address}: {}",
        answer.text()
    );
    let problem = answer.json();
    let found = problem["detail"].as_str().expect("a detail");
    assert!(found.contains(detail), "{address}: {found}");
}

#[test]
fn documents_of_an_edition_stay_as_they_were() {
    let (editions, live) = (editions(), live_with_archive());
    for edition in &editions {
        let number = edition.history.edition;
        let then = live_of(newest(std::slice::from_ref(edition)));
        for document in [
            "",
            "index.html",
            "feeds.opml",
            "schedule.ics",
            "schedule.json",
            "talks.rss",
            "talks.atom?track=security",
            "schedule.ics?room=main-hall&alarm=5",
            "rooms/main-hall.json",
            "talks/talk-0.ics",
        ] {
            let was = send(&then, Method::GET, &format!("/example/{document}"), &[]);
            let address = format!("/example/editions/{number}/{document}");
            let is = send(&live, Method::GET, &address, &[]);
            assert_eq!(
                (is.status, &is.body),
                (StatusCode::OK, &was.body),
                "{address}"
            );
            for name in ["etag", "content-type", "last-modified"] {
                assert_eq!(is.header(name), was.header(name), "{name} of {address}");
            }
            assert_eq!(is.header("cache-control"), Some("public, max-age=86400"));
        }
    }
}

#[test]
fn a_room_that_is_closed_is_still_there_in_older_editions() {
    let live = live_with_archive();
    let attic = send(
        &live,
        Method::GET,
        "/example/editions/2/rooms/attic.ics",
        &[],
    );
    assert_eq!(attic.status, StatusCode::OK);
    let asked = "/example/editions/2/schedule.ics?room=attic";
    assert_eq!(send(&live, Method::GET, asked, &[]).status, StatusCode::OK);
    let asked = "/example/editions/3/schedule.ics?room=attic";
    assert_eq!(
        send(&live, Method::GET, asked, &[]).status,
        StatusCode::BAD_REQUEST
    );
    check(
        "/example/editions/2/schedule.ics?room=cellar",
        400,
        "cellar",
    );
}

#[test]
fn a_client_that_has_an_old_document_is_told_so() {
    let live = live_with_archive();
    let address = "/example/editions/1/schedule.ics";
    let answer = send(&live, Method::GET, address, &[]);
    let tag = answer.header("etag").expect("a tag").to_owned();
    let again = send(&live, Method::GET, address, &[("If-None-Match", &tag)]);
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert_eq!(again.header("cache-control"), Some("public, max-age=86400"));
}

#[test]
fn an_edition_without_its_slash_redirects_relatively() {
    for number in [1, 3] {
        let address = format!("/example/editions/{number}?utm_source=x");
        let answer = send(&live_with_archive(), Method::GET, &address, &[]);
        assert_eq!(answer.status, StatusCode::PERMANENT_REDIRECT);
        let location = format!("{number}/?utm_source=x");
        assert_eq!(answer.header("location"), Some(&*location));
    }
}

#[test]
fn unknown_editions_and_documents_say_what_there_is() {
    check("/example/editions/4/", 404, "example has editions 1 to 3");
    check("/example/editions/4", 404, "example has editions 1 to 3");
    check("/example/editions/0/", 404, "no such document");
    check("/example/editions/01/", 404, "no such document");
    let page = "https://example.org/schedule/example/editions/2/ lists all of them";
    check("/example/editions/2/rooms/cellar.ics", 404, page);
    check(
        "/example/editions/3/rooms/attic.ics",
        404,
        "no such document",
    );
    let live = "https://example.org/schedule/example/upcoming.rss";
    check("/example/editions/2/upcoming.rss", 404, live);
    check(
        "/example/editions/2/editions/1/",
        404,
        "no part of an edition",
    );
    check("/nowhere/editions/1/", 404, "no such conference");
}

#[test]
fn without_an_archive_only_the_newest_edition_is_there() {
    let live = live_of(newest(&editions()));
    let address = |number| format!("/example/editions/{number}/schedule.ics");
    let is = send(&live, Method::GET, &address(3), &[]);
    assert_eq!(is.status, StatusCode::OK);
    let old = send(&live, Method::GET, &address(2), &[]);
    assert_eq!(old.status, StatusCode::NOT_FOUND);
    assert!(
        old.text().contains("edition 3 is the only one"),
        "{}",
        old.text()
    );
}

#[test]
fn an_edition_that_cannot_be_read_is_503_and_no_404() {
    let editions = editions();
    let catalogue = newest(&editions).with_archive(Arc::new(Kept(Vec::new())));
    let address = "/example/editions/1/schedule.ics";
    let answer = send(&live_of(catalogue), Method::GET, address, &[]);
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.header("retry-after"), Some("30"));
}

#[test]
fn feeds_of_a_part_that_is_no_more_are_gone() {
    for format in ["ics", "rss", "atom", "json"] {
        check(&format!("/example/rooms/attic.{format}"), 410, "is no more");
    }
    let answer = send(
        &live_with_archive(),
        Method::HEAD,
        "/example/rooms/attic.ics",
        &[],
    );
    assert_eq!(answer.status, StatusCode::GONE);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    check("/example/rooms/attic.xml", 404, "no such document");
    check("/example/rooms/cellar.ics", 404, "no such document");
    let back = send(
        &live_with_archive(),
        Method::GET,
        "/example/rooms/main-hall.ics",
        &[],
    );
    assert_eq!(back.status, StatusCode::OK, "it has documents now");
}

#[test]
fn feeds_name_their_hub_and_their_own_address() {
    let mut site = Site::new(SITE);
    site.hub = Some("https://hub.example.org/".into());
    let live = live_of(Catalogue::new(vec![first(conference("example"))], site));
    let base = "https://example.org/schedule/example";
    for (address, own) in [
        ("talks.rss", "talks.rss"),
        ("talks.atom", "talks.atom"),
        ("rooms/attic.json", "rooms/attic.json"),
        (
            "talks.rss?track=security&room=attic&room=main-hall",
            "talks.rss?track=security&room=attic%2Cmain-hall",
        ),
    ] {
        let expected =
            format!("<https://hub.example.org/>; rel=\"hub\", <{base}/{own}>; rel=\"self\"");
        let address = format!("/example/{address}");
        for method in [Method::GET, Method::HEAD] {
            let answer = send(&live, method, &address, &[]);
            assert_eq!(answer.header("link"), Some(&*expected), "{address}");
        }
        let again = send(&live, Method::GET, &address, &[("If-None-Match", "*")]);
        assert_eq!(again.status, StatusCode::NOT_MODIFIED);
        assert_eq!(again.header("link"), Some(&*expected));
    }
    for address in [
        "/example/schedule.ics",
        "/example/",
        "/example/schedule.json",
    ] {
        let answer = send(&live, Method::GET, address, &[]);
        assert_eq!(answer.header("link"), None, "{address}");
    }
    let answer = get("/example/talks.rss", &[]);
    assert_eq!(answer.header("link"), None, "nobody configured a hub");
}
