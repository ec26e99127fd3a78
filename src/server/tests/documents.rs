use super::*;
use std::io::Read;

#[test]
fn a_calendar_has_every_header() {
    let answer = get(ICS, &[]);
    assert_eq!(answer.status, StatusCode::OK);
    let etag = answer.header("etag").expect("a tag").to_owned();
    let mut headers: Vec<String> = answer
        .headers
        .iter()
        .map(|(name, value)| format!("{name}: {}", value.to_str().expect("a text")))
        .collect();
    headers.sort();
    let expected = [
        "accept-ranges: none",
        "access-control-allow-origin: *",
        "access-control-expose-headers: ETag, Last-Modified, Link, Retry-After",
        "cache-control: public, max-age=300, stale-while-revalidate=3600, stale-if-error=86400",
        "content-disposition: inline; filename=\"example.ics\"",
        "content-security-policy: default-src 'none'; sandbox",
        "content-type: text/calendar; charset=utf-8",
        "cross-origin-resource-policy: cross-origin",
        &format!("etag: {etag}"),
        "last-modified: Fri, 04 Feb 2022 18:00:00 GMT",
        "referrer-policy: strict-origin-when-cross-origin",
        "vary: Accept-Encoding",
        "x-content-type-options: nosniff",
    ];
    assert_eq!(headers, expected);
}

#[test]
fn a_page_may_be_framed_and_runs_the_sites_own_scripts_alone() {
    for address in ["/", "/example/", "/example/index.html"] {
        let answer = get(address, &[]);
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        assert_eq!(
            answer.header("content-type"),
            Some("text/html; charset=utf-8")
        );
        let policy = answer.header("content-security-policy").expect("a policy");
        let rules: Vec<&str> = policy.split("; ").collect();
        for rule in [
            "default-src 'none'",
            "script-src 'self'",
            "frame-ancestors *",
        ] {
            assert!(rules.contains(&rule), "{policy}");
        }
        assert!(!policy.contains("sandbox"), "{policy}");
        assert_eq!(answer.header("content-disposition"), None);
    }
}

#[test]
fn a_single_talk_is_a_download() {
    let answer = get("/example/talks/talk-0.ics", &[]);
    let expected = "attachment; filename=\"example-talks-talk-0.ics\"";
    assert_eq!(answer.header("content-disposition"), Some(expected));
}

#[test]
fn a_tag_sent_back_as_received_gives_304_in_every_coding() {
    let live = live();
    let mut tags = Vec::new();
    for (accepted, coding) in [
        ("identity", None),
        ("gzip, deflate", Some("gzip")),
        ("gzip, deflate, br, zstd", Some("br")),
    ] {
        for address in [
            ICS,
            "/example/talks.atom",
            "/example/feeds.opml",
            "/example/",
            "/",
            "/example/schedule.ics?alarm=5",
        ] {
            let accept = ("Accept-Encoding", accepted);
            let first = send(&live, Method::GET, address, &[accept]);
            assert_eq!(first.status, StatusCode::OK, "{address}");
            let etag = first.header("etag").expect("a tag").to_owned();
            let again = send(
                &live,
                Method::GET,
                address,
                &[accept, ("If-None-Match", &etag)],
            );
            assert_eq!(
                again.status,
                StatusCode::NOT_MODIFIED,
                "{address} {accepted}"
            );
            assert!(again.body.is_empty());
            for name in [
                "etag",
                "cache-control",
                "vary",
                "last-modified",
                "access-control-allow-origin",
            ] {
                assert_eq!(again.header(name), first.header(name), "{name}");
            }
            assert_eq!(again.header("content-length"), None);
            assert_eq!(again.header("content-type"), None);
            if address == ICS {
                assert_eq!(first.header("content-encoding"), coding);
                tags.push(etag);
            }
        }
    }
    let gzip_tag_for_identity = send(&live, Method::GET, ICS, &[("If-None-Match", &tags[1])]);
    assert_eq!(gzip_tag_for_identity.status, StatusCode::OK);
    let weak = send(
        &live,
        Method::GET,
        ICS,
        &[("If-None-Match", &format!("W/{}", tags[1]))],
    );
    assert_eq!(weak.status, StatusCode::NOT_MODIFIED);
    assert_eq!(weak.header("etag"), Some(&*tags[0]));
    tags.dedup();
    assert_eq!(tags.len(), 3);
}

#[test]
fn a_date_sent_back_as_received_gives_304() {
    let live = live();
    let first = send(&live, Method::GET, ICS, &[]);
    let date = first.header("last-modified").expect("a date");
    let again = send(&live, Method::GET, ICS, &[("If-Modified-Since", date)]);
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
}

#[test]
fn compressed_bodies_are_the_document() {
    let live = live();
    let plain = send(&live, Method::GET, ICS, &[]).body;
    let gzip = send(&live, Method::GET, ICS, &[("Accept-Encoding", "gzip")]).body;
    let mut restored = Vec::new();
    flate2::read::GzDecoder::new(&*gzip)
        .read_to_end(&mut restored)
        .expect("gzip");
    assert_eq!(restored, plain);
    let brotli = send(&live, Method::GET, ICS, &[("Accept-Encoding", "br")]).body;
    let mut restored = Vec::new();
    brotli::BrotliDecompress(&mut &*brotli, &mut restored).expect("brotli");
    assert_eq!(restored, plain);
}

#[test]
fn the_media_type_is_never_negotiated() {
    for accept in ["application/rss+xml", "text/html;q=0, */*;q=0", "garbage"] {
        let answer = get(ICS, &[("Accept", accept)]);
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(
            answer.header("content-type"),
            Some("text/calendar; charset=utf-8")
        );
    }
}

#[test]
fn all_codings_refused_gives_the_document_as_it_is() {
    let answer = get(ICS, &[("Accept-Encoding", "identity;q=0, *;q=0")]);
    assert_eq!(
        (answer.status, answer.header("content-encoding")),
        (StatusCode::OK, None)
    );
}

#[test]
fn range_and_host_change_nothing() {
    let plain = get(ICS, &[]);
    for header in [
        ("Range", "bytes=0-10"),
        ("Host", "evil.example"),
        ("X-Forwarded-Host", "evil.example"),
    ] {
        for address in [ICS, "/", "/example/"] {
            let answer = get(address, &[header]);
            assert_eq!(answer.status, StatusCode::OK);
            assert!(!answer.text().contains("evil.example"));
        }
        assert_eq!(get(ICS, &[header]).body, plain.body);
    }
}

#[test]
fn every_answer_varies_and_is_public() {
    let live = live();
    let requests = [
        (Method::GET, ICS),
        (Method::GET, "/"),
        (Method::HEAD, ICS),
        (Method::OPTIONS, ICS),
        (Method::PUT, ICS),
        (Method::GET, "/nowhere"),
        (Method::GET, "/%00"),
        (Method::GET, "/example"),
        (Method::GET, "/example/schedule.ics?nonsense=1"),
        (Method::GET, "/robots.txt"),
        (Method::GET, "/healthz"),
        (Method::GET, "/readyz"),
        (Method::GET, "/metrics"),
    ];
    for (method, address) in requests {
        let answer = send(
            &live,
            method.clone(),
            address,
            &[("Origin", "https://example.net")],
        );
        // What went wrong is told to a browser in another way.
        let is_told = matches!(answer.status.as_u16(), 400 | 404);
        let vary = if is_told {
            "Accept, Accept-Encoding"
        } else {
            "Accept-Encoding"
        };
        for (name, value) in [
            ("vary", vary),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "strict-origin-when-cross-origin"),
            ("access-control-allow-origin", "*"),
            ("cross-origin-resource-policy", "cross-origin"),
        ] {
            assert_eq!(
                answer.header(name),
                Some(value),
                "{method} {address} {name}"
            );
        }
        assert_eq!(answer.header("set-cookie"), None);
    }
}

#[test]
fn head_has_the_headers_of_get() {
    let live = live();
    for address in [
        ICS,
        "/",
        "/example/",
        "/robots.txt",
        "/healthz",
        "/readyz",
        "/nowhere",
        "/example",
    ] {
        let headers = |method| {
            let answer = send(&live, method, address, &[("Accept-Encoding", "gzip")]);
            let mut headers: Vec<_> = answer
                .headers
                .into_iter()
                .map(|(name, value)| (name.to_string(), value))
                .collect();
            headers.sort();
            (answer.status, headers)
        };
        assert_eq!(headers(Method::HEAD), headers(Method::GET), "{address}");
    }
}

#[test]
fn a_preflight_is_granted() {
    let headers = [
        ("Origin", "https://example.net"),
        ("Access-Control-Request-Method", "GET"),
        ("Access-Control-Request-Headers", "if-none-match"),
    ];
    let answer = send(&live(), Method::OPTIONS, ICS, &headers);
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(
        answer.header("access-control-allow-methods"),
        Some("GET, HEAD, OPTIONS")
    );
    assert!(
        answer
            .header("access-control-allow-headers")
            .expect("allowed")
            .contains("If-None-Match")
    );
    assert_eq!(answer.header("access-control-max-age"), Some("86400"));
    assert_eq!(answer.header("allow"), Some("GET, HEAD, OPTIONS"));
}
