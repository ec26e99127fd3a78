use super::*;
use crate::publish::Catalogue;
use crate::render::Site;

#[test]
fn nothing_can_be_written() {
    for method in [
        Method::POST,
        Method::PUT,
        Method::DELETE,
        Method::PATCH,
        Method::TRACE,
    ] {
        for address in [ICS, "/", "/nowhere"] {
            let answer = send(&live(), method.clone(), address, &[]);
            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
            assert_eq!(answer.header("allow"), Some("GET, HEAD, OPTIONS"));
            assert_eq!(answer.json()["status"], 405);
        }
    }
}

#[test]
fn unknown_addresses_say_what_there_is() {
    check_problem(
        "/nowhere",
        404,
        "https://example.org/schedule/ lists all of them",
    );
    check_problem(
        "/exampel/schedule.ics",
        404,
        "did you mean https://example.org/schedule/example/?",
    );
    check_problem(
        "/example/schedul.ics",
        404,
        "did you mean https://example.org/schedule/example/schedule.ics?",
    );
    check_problem(
        "/example/rooms/attik.rss",
        404,
        "did you mean https://example.org/schedule/example/rooms/attic.rss?",
    );
    check_problem("/example/schedule.ics/", 404, "did you mean");
    check_problem(
        "/example/talks/NOPE.ics",
        404,
        "https://example.org/schedule/example/ lists all of them",
    );
    check_problem("/example/rooms/", 404, "no such document");
    let known = get("/nowhere", &[]).json()["known"].clone();
    assert_eq!(known[1], "https://example.org/schedule/pycascades-2022/");
}

#[test]
fn strange_paths_are_answered_cleanly() {
    let long = format!("/example/{}", "a/".repeat(5000));
    for address in [
        "/../etc/passwd",
        "/example/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/example/..%5c..%5cfile",
        "//",
        "//example/schedule.ics",
        "/example//schedule.ics",
        "/./example/",
        "/EXAMPLE/schedule.ics",
        "/example/schedule.ics;v=1",
        "/index.html/",
        &long,
    ] {
        check_problem(address, 404, "");
    }
    for address in [
        "/example%2Fschedule.ics",
        "/a%00b",
        "/%",
        "/%zz",
        "/%FF%FE",
        "/a%0d%0aSet-Cookie:x",
    ] {
        check_problem(address, 400, "path");
    }
}

#[test]
fn encoded_forms_of_a_path_name_the_same_document() {
    let plain = get("/example/talks/talk-0.ics", &[]);
    for address in [
        "/example/talks/talk%2D0.ics",
        "/%65xample/talks/talk-0%2eics",
    ] {
        let answer = get(address, &[]);
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        assert_eq!(answer.header("etag"), plain.header("etag"));
    }
}

#[test]
fn a_folder_without_its_slash_redirects_relatively() {
    let answer = get("/pycascades-2022", &[]);
    assert_eq!(answer.status, StatusCode::PERMANENT_REDIRECT);
    assert_eq!(answer.header("location"), Some("pycascades-2022/"));
    let answer = get("/pycascades%2D2022?utm_source=x", &[]);
    assert_eq!(
        answer.header("location"),
        Some("pycascades-2022/?utm_source=x")
    );
    assert!(answer.body.is_empty());
}

#[test]
fn nothing_published_is_503_and_no_404() {
    let empty = Catalogue::new(Vec::new(), Site::new("https://example.org"));
    let live = Arc::new(Live::new(Arc::new(empty)));
    live.hold(vec!["data: no conference".into()]);
    let ready = send(&live, Method::GET, "/readyz", &[]);
    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(ready.json()["problems"][0], "data: no conference");
    let feed = send(&live, Method::GET, ICS, &[]);
    assert_eq!(feed.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(feed.header("retry-after"), Some("30"));
    assert_eq!(
        send(&live, Method::GET, "/healthz", &[]).status,
        StatusCode::OK
    );
}

#[test]
fn a_document_that_cannot_be_rendered_is_500_and_the_others_are_not() {
    let live = live();
    let catalogue = live.catalogue();
    catalogue.get(&ICS[1..]).expect("a document").fail("row 3");
    let answer = send(&live, Method::GET, ICS, &[]);
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(answer.header("vary"), Some("Accept, Accept-Encoding"));
    assert!(
        !answer.text().contains("row 3"),
        "what happened inside is for the log"
    );
    let others = send(&live, Method::GET, "/example/talks.rss", &[]);
    assert_eq!(others.status, StatusCode::OK);
}

/// As Chromium sends it.
const BROWSER: (&str, &str) = (
    "accept",
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
);

#[test]
fn a_browser_gets_errors_as_a_page_and_everybody_else_as_they_were() {
    for (address, status, text) in [
        ("/nowhere", 404, "There is nothing here"),
        ("/example/nowhere/", 404, "/example/subscribe/"),
        ("/example/subscrib/", 404, "Did you mean this page?"),
        ("/example/schedule.ics?room=cellar", 400, "cellar"),
        ("/a%00b", 400, "not understood"),
        ("/example/editions/99/", 404, "there is no such edition"),
    ] {
        let page = get(address, &[BROWSER]);
        assert_eq!(page.status.as_u16(), status, "{address}");
        assert_eq!(
            page.header("content-type"),
            Some("text/html; charset=utf-8")
        );
        assert_eq!(page.header("cache-control"), Some("no-store"));
        assert_eq!(page.header("vary"), Some("Accept, Accept-Encoding"));
        let policy = page.header("content-security-policy").expect("a policy");
        assert!(policy.contains("script-src 'self'"), "{policy}");
        assert!(page.text().contains(text), "{address}: {}", page.text());

        let problem = get(address, &[("accept", "*/*")]);
        assert_eq!(problem.status.as_u16(), status, "{address}");
        assert_eq!(
            problem.header("content-type"),
            Some("application/problem+json")
        );
        assert_eq!(problem.header("vary"), Some("Accept, Accept-Encoding"));
        assert_eq!(problem.json()["status"], status);
    }
    let head = send(&live(), Method::HEAD, "/nowhere", &[BROWSER]);
    assert_eq!(
        head.header("content-type"),
        Some("text/html; charset=utf-8")
    );
}

#[test]
fn documents_do_not_depend_on_what_media_types_a_client_likes() {
    for address in [ICS, "/example/", "/"] {
        let answer = get(address, &[BROWSER]);
        assert_eq!(answer.header("vary"), Some("Accept-Encoding"), "{address}");
    }
}

#[test]
fn what_a_browser_sends_wrongly_is_no_matter_for_a_page() {
    let answer = send(&live(), Method::POST, "/example/", &[BROWSER]);
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.json()["status"], 405);
}

#[test]
fn the_icon_is_found_where_browsers_look_for_it() {
    let answer = get("/favicon.ico", &[]);
    assert_eq!(answer.status, StatusCode::PERMANENT_REDIRECT);
    assert_eq!(answer.header("location"), Some("assets/icon.svg"));
    let icon = get("/assets/icon.svg", &[]);
    assert_eq!(icon.header("content-type"), Some("image/svg+xml"));
}

#[test]
fn a_page_of_an_edition_finds_what_all_pages_load() {
    let edition = get("/example/editions/1/", &[]);
    assert_eq!(edition.status, StatusCode::OK);
    let script = edition.text().split("src=\"").nth(1).expect("a script");
    let script = script.split('"').next().expect("an address");
    let file = script.strip_prefix("../").expect("a way to the root");
    let found = get(&format!("/example/editions/{file}"), &[]);
    assert_eq!(found.status, StatusCode::OK, "{file}");
}
