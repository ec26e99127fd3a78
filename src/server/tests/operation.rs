use super::*;
use crate::model::Plain;
use crate::publish::fixture::{catalogue_of, conference};
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};

#[test]
fn crawlers_may_fetch_everything() {
    let answer = get("/robots.txt", &[("User-Agent", "Googlebot")]);
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(
        answer.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    assert_eq!(answer.text(), "User-agent: *\nAllow: /\n");
}

#[test]
fn a_broken_change_keeps_the_last_good_edition_and_says_why() {
    let live = live();
    let ready = send(&live, Method::GET, "/readyz", &[]);
    assert_eq!(ready.header("cache-control"), Some("no-store"));
    let conferences = serde_json::json!([
        {"slug": "example", "edition": 1}, {"slug": "pycascades-2022", "edition": 1},
    ]);
    assert_eq!(
        ready.json(),
        serde_json::json!({"status": "ready", "conferences": conferences})
    );
    let before = send(&live, Method::GET, ICS, &[]).body;

    live.hold(vec!["data/example/conference.toml:3: no such key".into()]);
    let since = live.held().expect("held").since;
    live.hold(vec!["data/example/conference.toml:4: no such zone".into()]);
    assert_eq!(live.held().expect("held").since, since);
    let stale = send(&live, Method::GET, "/readyz", &[]);
    assert_eq!(
        (stale.status, &stale.json()["status"]),
        (StatusCode::OK, &Value::from("stale"))
    );
    assert_eq!(
        stale.json()["problems"][0],
        "data/example/conference.toml:4: no such zone"
    );
    assert_eq!(send(&live, Method::GET, ICS, &[]).body, before);
    assert_eq!(send(&live, Method::GET, "/healthz", &[]).text(), "ok\n");

    let mut changed = conference("example");
    changed.name = Plain::new("Mended");
    let catalogue = catalogue_of(vec![changed]);
    live.rendered(&catalogue.render(None));
    let rendered = catalogue.len();
    live.publish(Arc::new(catalogue));
    assert_eq!(
        send(&live, Method::GET, "/readyz", &[]).json()["status"],
        "ready"
    );
    assert_ne!(send(&live, Method::GET, ICS, &[]).body, before);
    let metrics = send(&live, Method::GET, "/metrics", &[]);
    assert!(
        metrics.text().contains("handbill_failed_reloads_total 2\n"),
        "{}",
        metrics.text()
    );
    assert!(metrics.text().contains("handbill_editions_total 2\n"));
    for line in [
        format!("handbill_documents_rendered_total {rendered}\n"),
        "handbill_documents_kept_total 0\n".into(),
    ] {
        assert!(metrics.text().contains(&line), "{line}");
    }
    assert!(
        metrics
            .text()
            .contains("handbill_requests_total{kind=\"ics\",status=\"200\"} 3\n")
    );
}

#[test]
fn tags_are_the_same_after_a_restart() {
    for address in [ICS, "/example/", "/"] {
        let accept = [("Accept-Encoding", "br")];
        assert_eq!(
            get(address, &accept).header("etag"),
            get(address, &accept).header("etag")
        );
    }
}

/// Sends raw bytes over one connection, and reads until the server closes it.
fn talk(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("connected");
    stream
        .set_read_timeout(Some(Duration::from_secs(10)))
        .expect("a timeout");
    stream.write_all(request.as_bytes()).expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    stream.shutdown(Shutdown::Both).ok();
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn over_a_socket_head_and_304_have_no_body_and_a_write_closes() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let (sender, receiver) = std::sync::mpsc::channel();
    let thread = std::thread::spawn(move || {
        run(async move {
            let server = serve(live(), listener, Some(1), None).expect("a server");
            sender.send(server.handle()).expect("sent");
            server.await
        })
    });
    let handle = receiver.recv().expect("a server");
    let get = |method: &str, headers: &str| {
        talk(
            address,
            &format!("{method} {ICS} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n{headers}\r\n"),
        )
    };
    let full = get("GET", "");
    let (head, body) = full.split_once("\r\n\r\n").expect("a head");
    assert!(
        head.contains(&format!("content-length: {}", body.len())),
        "{head}"
    );

    let only_head = get("HEAD", "");
    let (same_head, no_body) = only_head.split_once("\r\n\r\n").expect("a head");
    let undated = |head: &str| {
        head.lines()
            .filter(|line| !line.starts_with("date:"))
            .map(str::to_owned)
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(undated(same_head), undated(head));
    assert_eq!(no_body, "");

    let etag = head
        .lines()
        .find_map(|line| line.strip_prefix("etag: "))
        .expect("a tag");
    let known = get("GET", &format!("If-None-Match: {etag}\r\n"));
    let (head, body) = known.split_once("\r\n\r\n").expect("a head");
    assert!(head.starts_with("HTTP/1.1 304 Not Modified\r\n"), "{head}");
    assert!(
        !head.contains("content-length") && !head.contains("transfer-encoding"),
        "{head}"
    );
    assert!(head.contains("\r\ndate: "), "{head}");
    assert_eq!(body, "");

    // Two requests in one go: the second is answered although the first has no body.
    let request = format!("GET {ICS} HTTP/1.1\r\nHost: h\r\nIf-None-Match: {etag}\r\n\r\n");
    let last = "GET /healthz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
    assert!(talk(address, &(request + last)).ends_with("\r\n\r\nok\n"));

    let put = talk(
        address,
        &format!("PUT {ICS} HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nBEGI"),
    );
    assert!(put.starts_with("HTTP/1.1 405 "), "{put}");
    assert!(
        put.to_lowercase()
            .contains("\r\nallow: get, head, options\r\n"),
        "{put}"
    );

    run(handle.stop(true));
    thread.join().expect("joined").expect("stopped cleanly");
}
