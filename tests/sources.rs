//! Sources with an address: what is asked, what is accepted, and that an outage changes nothing.

use crate::source_server::{Reply, SourceServer, redirect, reply, text};
use flate2::Compression;
use flate2::write::GzEncoder;
use handbill::model::Conference;
use handbill::source::{self, Loaded, Problem, Remote, RemoteSource, SOURCES, Severity};
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

const NOTES: &str = "# Notes\n\n## A talk\n\n<https://pretalx.com/x/talk/ABCDEF/>\n\n> About it.\n";

const HEAD: &str =
    "name = \"Test Days\"\nslug = \"test\"\ntime_zone = \"Europe/Berlin\"\ndays = [2026-10-24]\n";

/// A conference's folder beside a state folder.
struct Place(tempfile::TempDir);

impl Place {
    /// A conference with one source: `keys` stand in its table.
    fn with_source(keys: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("data")).expect("a folder");
        let file = format!("{HEAD}source = {{ {keys} }}\n");
        fs::write(folder.path().join("data/conference.toml"), file).expect("a written file");
        Self(folder)
    }

    /// A conference with a source on this machine.
    fn with(server: &SourceServer, path: &str) -> Self {
        let url = server.url(path);
        Self::with_source(&format!("url = \"{url}\", private_network = true"))
    }

    fn set_timeout(&self, seconds: u32) {
        let file = self.data().join("conference.toml");
        let text = fs::read_to_string(&file).expect("a conference file");
        let text = text.replace(" }", &format!(", timeout = {seconds} }}"));
        fs::write(file, text).expect("a written file");
    }

    fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    /// What a program that starts now knows.
    fn remote(&self) -> Remote {
        Remote::new(&self.0.path().join("state"))
    }

    fn source(&self) -> RemoteSource {
        let mut sources = source::remote_sources(&self.data());
        assert_eq!(sources.len(), 1);
        sources.remove(0)
    }

    fn fetch(&self, remote: &Remote) -> bool {
        let now = "2026-09-01T12:00:00Z".parse().expect("an instant");
        remote.fetch(&self.source(), now)
    }

    fn load(&self, remote: &Remote) -> Loaded {
        let mut loaded = source::load(&self.data(), remote).expect("a conference folder");
        assert_eq!(loaded.len(), 1);
        loaded.remove(0)
    }
}

fn titles(conference: Option<&Conference>) -> Vec<String> {
    let talks = conference
        .into_iter()
        .flat_map(|conference| &conference.talks);
    talks.map(|talk| talk.title.to_string()).collect()
}

/// The warnings and errors, without their places.
fn messages(problems: &[Problem]) -> Vec<String> {
    let problems = problems
        .iter()
        .filter(|problem| problem.severity > Severity::Note);
    problems.map(|problem| problem.message.clone()).collect()
}

fn header<'a>(request: &'a str, name: &str) -> Option<&'a str> {
    let lines = request.lines().filter_map(|line| line.split_once(": "));
    let mut found = lines.filter(|(key, _)| key.eq_ignore_ascii_case(name));
    found.next().map(|(_, value)| value)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("compressed");
    encoder.finish().expect("compressed")
}

#[test]
fn a_request_says_who_asks_and_for_what() {
    let server = SourceServer::always(text(NOTES));
    let place = Place::with(&server, "/notes.md");
    let remote = place.remote();
    assert!(place.fetch(&remote));
    let loaded = place.load(&remote);
    assert_eq!(titles(loaded.conference.as_ref()), ["A talk"]);
    assert_eq!(messages(&loaded.problems), [""; 0]);
    let requests = server.requests();
    assert_eq!(requests.len(), 1);
    assert!(requests[0].starts_with("GET /notes.md HTTP/1.1\r\n"));
    let agent = concat!("handbill/", env!("CARGO_PKG_VERSION"));
    assert_eq!(header(&requests[0], "User-Agent"), Some(agent));
    assert_eq!(header(&requests[0], "Accept-Encoding"), Some("gzip"));
    assert_eq!(header(&requests[0], "If-None-Match"), None);
    assert_eq!(header(&requests[0], "Cookie"), None);
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let date = "Tue, 01 Sep 2026 08:00:00 GMT";
    let headers = ["ETag: W/\"a b\"", &format!("Last-Modified: {date}")];
    let server = SourceServer::always(reply("200 OK", &headers, NOTES.as_bytes()));
    let place = Place::with(&server, "/notes.md");
    place.fetch(&place.remote());
    server.now_always(Reply::Bytes(b"HTTP/1.1 304 Not Modified\r\n\r\n".to_vec()));
    // The validators outlive the program.
    let remote = place.remote();
    assert!(remote.has_copy(&place.source()));
    assert!(!place.fetch(&remote), "nothing is new");
    let loaded = place.load(&remote);
    assert_eq!(titles(loaded.conference.as_ref()), ["A talk"]);
    assert_eq!(messages(&loaded.problems), [""; 0]);
    let requests = server.requests();
    assert_eq!(header(&requests[1], "If-None-Match"), Some("W/\"a b\""));
    assert_eq!(header(&requests[1], "If-Modified-Since"), Some(date));
}

#[test]
fn a_compressed_answer_is_read() {
    let body = gzip(NOTES.as_bytes());
    let server = SourceServer::always(reply("200 OK", &["Content-Encoding: gzip"], &body));
    let place = Place::with(&server, "/notes.md");
    let remote = place.remote();
    place.fetch(&remote);
    assert_eq!(titles(place.load(&remote).conference.as_ref()), ["A talk"]);
}

#[test]
fn a_change_is_news_and_the_same_bytes_are_none() {
    let server = SourceServer::always(text(NOTES));
    let place = Place::with(&server, "/notes.md");
    let remote = place.remote();
    assert!(place.fetch(&remote));
    assert!(!place.fetch(&remote));
    server.now_always(text(&NOTES.replace("A talk", "Another title")));
    assert!(place.fetch(&remote));
    let loaded = place.load(&remote);
    assert_eq!(titles(loaded.conference.as_ref()), ["Another title"]);
}

/// Whatever the server does, the last good copy is read, now and after a restart, and it is said why.
#[track_caller]
fn check_outage(server: &SourceServer, outage: Reply, expected: &str) {
    let place = Place::with(server, "/notes.md");
    server.now_always(text(NOTES));
    let remote = place.remote();
    place.fetch(&remote);
    if matches!(outage, Reply::Silence) {
        place.set_timeout(1);
    }
    server.now_always(outage);
    for remote in [remote, place.remote()] {
        let start = Instant::now();
        assert!(place.fetch(&remote), "{expected}: the outage is news");
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "{expected}: too slow"
        );
        let loaded = place.load(&remote);
        assert_eq!(titles(loaded.conference.as_ref()), ["A talk"], "{expected}");
        let address = server.url("/notes.md");
        let since = "it has been down since 2026-09-01 12:00 UTC, and its copy of 2026-09-01 12:00 UTC is read";
        let expected = format!("{address} {expected}; {since}");
        assert_eq!(messages(&loaded.problems), [expected]);
        assert!(!place.fetch(&remote), "the same outage is no news");
    }
}

#[test]
fn an_answer_that_says_it_is_none_leaves_the_last_good_copy() {
    let server = SourceServer::always(text(NOTES));
    let check = |status: &str| {
        let expected = format!("answered {status}");
        check_outage(&server, reply(status, &[], b"# Sorry\n"), &expected);
    };
    check("500 Internal Server Error");
    check("503 Service Unavailable");
    check("404 Not Found");
    check("403 Forbidden");
    check("429 Too Many Requests");
    check("204 No Content");
    check("206 Partial Content");
    // Nothing was said to know the answer again by.
    check("304 Not Modified");
}

#[test]
fn an_answer_that_is_not_whole_leaves_the_last_good_copy() {
    let server = SourceServer::always(text(NOTES));
    let half = format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n# Notes\n\n## A",
        NOTES.len()
    );
    let bytes = |text: &str| Reply::Bytes(text.as_bytes().to_vec());
    check_outage(&server, bytes(&half), "broke off its answer");
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n# Notes\n\r\n";
    check_outage(&server, bytes(chunked), "broke off its answer");
    check_outage(&server, bytes(""), "broke off its answer");
    check_outage(
        &server,
        bytes("HTTP/1.1 200 OK\r\nContent-"),
        "broke off its answer",
    );
    let compressed = gzip(NOTES.as_bytes());
    let cut = &compressed[..compressed.len() / 2];
    check_outage(
        &server,
        reply("200 OK", &["Content-Encoding: gzip"], cut),
        "gave no whole answer: gzip decompression failed: incomplete deflate stream",
    );
}

#[test]
fn silence_ends_with_the_timeout() {
    let server = SourceServer::always(text(NOTES));
    check_outage(&server, Reply::Silence, "gave no whole answer within 1 s");
}

#[test]
fn an_answer_that_is_too_large_is_not_read_to_its_end() {
    let server = SourceServer::always(text(NOTES));
    let expected = "has more than 32 MiB, which is no programme";
    let announced = "HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n";
    check_outage(&server, Reply::Endless(announced.into()), expected);
    // Each is asked four times. What the kernel takes in is sent as well.
    assert!(server.sent() < 4 * (16 << 20), "{}", server.sent());
    let bomb = gzip(&vec![b'#'; 100 << 20]);
    assert!(bomb.len() < 1 << 20);
    let bomb = reply("200 OK", &["Content-Encoding: gzip"], &bomb);
    check_outage(&server, bomb, expected);
}

#[test]
fn an_answer_without_end_is_not_read_for_ever() {
    let server = SourceServer::always(text(NOTES));
    let place = Place::with(&server, "/notes.md");
    let remote = place.remote();
    place.fetch(&remote);
    server.now_always(Reply::Endless("HTTP/1.1 200 OK\r\n\r\n".into()));
    place.fetch(&remote);
    let loaded = place.load(&remote);
    assert_eq!(titles(loaded.conference.as_ref()), ["A talk"]);
    let messages = messages(&loaded.problems);
    assert!(messages[0].contains("has more than 32 MiB"), "{messages:?}");
    assert!(server.sent() < 48 << 20, "{}", server.sent());
}

#[test]
fn an_answer_of_another_kind_leaves_the_last_good_copy() {
    let server = SourceServer::always(text(NOTES));
    check_outage(
        &server,
        text("<!DOCTYPE html>\n<title>Maintenance</title>"),
        "is a page for people, without the data of a programme",
    );
    check_outage(&server, text(" \n"), "gave an empty answer");
    check_outage(
        &server,
        text("Soon.\n"),
        "has no talks any more, which looks like an outage",
    );
    let brotli = reply("200 OK", &["Content-Encoding: br"], b"...");
    check_outage(&server, brotli, "answers in the coding \"br\"");
}

#[test]
fn a_redirect_to_nowhere_leaves_the_last_good_copy() {
    let server = SourceServer::always(text(NOTES));
    check_outage(
        &server,
        redirect("/notes.md"),
        "redirects more than 5 times",
    );
    check_outage(
        &server,
        reply("302 Found", &[], b""),
        "redirects to nowhere",
    );
    let elsewhere = redirect("file:///etc/passwd");
    check_outage(
        &server,
        elsewhere,
        "redirects to an address that is none of the web",
    );
    let secret = redirect(&server.url("/").replace("http://", "http://a:b@"));
    check_outage(
        &server,
        secret,
        "redirects to an address with a password in it",
    );
}

#[test]
fn a_redirect_to_another_private_server_is_not_followed() {
    let server = SourceServer::always(text(NOTES));
    let secret = SourceServer::always(text("# Secret\n\n## Secret\n"));
    let place = secret.url("/admin");
    check_outage(
        &server,
        redirect(&place),
        &format!("redirects to {place}, which leads to 127.0.0.1, a loopback address"),
    );
    let link_local = "http://169.254.169.254/latest/meta-data/";
    check_outage(
        &server,
        redirect(link_local),
        &format!("redirects to {link_local}, which leads to 169.254.169.254, a link-local address"),
    );
    assert_eq!(secret.connections(), 0);
}

#[test]
fn a_private_address_is_not_asked_unless_that_is_meant() {
    let server = SourceServer::always(text(NOTES));
    let port = server
        .url("")
        .rsplit_once(':')
        .expect("a port")
        .1
        .to_owned();
    for host in [
        "127.0.0.1",
        "localhost",
        "0x7f.1",
        "2130706433",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
    ] {
        let place = Place::with_source(&format!("url = \"http://{host}:{port}/notes.md\""));
        let remote = place.remote();
        place.fetch(&remote);
        let loaded = place.load(&remote);
        assert!(loaded.conference.is_none());
        let messages = messages(&loaded.problems);
        assert!(messages[0].contains(" leads to "), "{host}: {messages:?}");
    }
    assert_eq!(server.connections(), 0);
}

#[test]
fn redirects_on_the_same_server_are_followed() {
    let server = SourceServer::start(|path| match path {
        "/notes.md" => redirect("../new/"),
        "/new/" => redirect("notes.md?v=2"),
        _ => reply("200 OK", &["ETag: \"2\""], NOTES.as_bytes()),
    });
    let place = Place::with(&server, "/notes.md");
    let remote = place.remote();
    place.fetch(&remote);
    assert_eq!(titles(place.load(&remote).conference.as_ref()), ["A talk"]);
    assert_eq!(server.paths(), ["/notes.md", "/new/", "/new/notes.md?v=2"]);
    place.fetch(&remote);
    // Validators go to the address that gave them.
    let requests = server.requests();
    let etags: Vec<_> = requests
        .iter()
        .map(|request| header(request, "If-None-Match"))
        .collect();
    assert_eq!(etags, [None, None, None, None, None, Some("\"2\"")]);
}

#[test]
fn several_sources_of_one_conference_merge() {
    let server = SourceServer::always(text(NOTES));
    let place = Place::with(&server, "/notes.md");
    let url = server.url("/notes.md");
    let file =
        format!("{HEAD}sources = [{{ url = \"{url}\", private_network = true }}, \"own.md\"]\n");
    fs::write(place.data().join("conference.toml"), file).expect("a written file");
    let own = NOTES.replace("> About it.", "A remark of our own.");
    fs::write(place.data().join("own.md"), own).expect("a written file");
    let remote = place.remote();
    place.fetch(&remote);
    let conference = place.load(&remote).conference.expect("a conference");
    assert_eq!(titles(Some(&conference)), ["A talk"]);
    let talk = &conference.talks[0];
    let texts = format!("{:?}", (&talk.summary, &talk.notes));
    assert!(
        texts.contains("About it.") && texts.contains("A remark of our own."),
        "{texts}"
    );
}

#[test]
fn without_a_copy_a_conference_is_not_published_without_its_source() {
    let server = SourceServer::always(reply("500 Internal Server Error", &[], b""));
    let place = Place::with(&server, "/notes.md");
    let remote = place.remote();
    let loaded = place.load(&remote);
    assert!(loaded.conference.is_none());
    let url = server.url("/notes.md");
    assert_eq!(
        messages(&loaded.problems),
        [format!("{url} has not answered yet")]
    );
    place.fetch(&remote);
    let loaded = place.load(&remote);
    assert!(loaded.conference.is_none());
    let expected = format!("{url} answered 500 Internal Server Error");
    assert_eq!(messages(&loaded.problems), [expected]);
}

#[test]
fn a_server_is_asked_again_when_it_says() {
    let headers = ["Retry-After: 3600"];
    let server = SourceServer::always(reply("503 Service Unavailable", &headers, b""));
    let place = Place::with(&server, "/notes.md");
    let (remote, source) = (place.remote(), place.source());
    assert_eq!(remote.wait(&source, 0.5), Duration::ZERO);
    place.fetch(&remote);
    let hour = Duration::from_secs(3600);
    let wait = remote.wait(&source, 0.0);
    assert!(
        wait <= hour && wait > hour - Duration::from_secs(5),
        "{wait:?}"
    );
    server.now_always(text(NOTES));
    place.fetch(&remote);
    let wait = remote.wait(&source, 0.5);
    assert!(
        wait <= Duration::from_secs(300) && wait > Duration::from_secs(295),
        "{wait:?}"
    );
}

#[test]
fn a_damaged_copy_is_fetched_anew() {
    let headers = ["ETag: \"1\""];
    let server = SourceServer::always(reply("200 OK", &headers, NOTES.as_bytes()));
    let place = Place::with(&server, "/notes.md");
    place.fetch(&place.remote());
    let folder = fs::read_dir(place.0.path().join("state")).expect("a folder");
    let folder = folder
        .map(|entry| entry.expect("an entry").path())
        .next()
        .expect("a copy");
    for file in fs::read_dir(folder).expect("a copy") {
        fs::write(file.expect("a file").path(), "damaged").expect("a written file");
    }
    let remote = place.remote();
    assert!(!remote.has_copy(&place.source()));
    place.fetch(&remote);
    assert_eq!(header(&server.requests()[1], "If-None-Match"), None);
    assert!(place.remote().has_copy(&place.source()));
}

#[test]
fn a_page_that_is_none_of_pretalx_is_read_itself() {
    let server = SourceServer::start(|path| match path {
        "/event/" => text(NOTES),
        _ => reply("404 Not Found", &[], b""),
    });
    let place = Place::with(&server, "/event/");
    let remote = place.remote();
    place.fetch(&remote);
    assert_eq!(titles(place.load(&remote).conference.as_ref()), ["A talk"]);
    place.fetch(&remote);
    let export = "/event/schedule/export/schedule.json";
    // What was found is not looked for again.
    assert_eq!(server.paths(), [export, "/event/", "/event/"]);
}

#[test]
fn a_page_without_export_says_that_the_export_is_missing() {
    let server = SourceServer::start(|path| match path {
        "/event/schedule/" => text("<!DOCTYPE html><title>Soon</title>"),
        _ => reply("404 Not Found", &[], b""),
    });
    let place = Place::with(&server, "/event/schedule/");
    let remote = place.remote();
    place.fetch(&remote);
    let export = server.url("/event/schedule/export/schedule.json");
    let expected = format!("{export} answered 404 Not Found");
    assert_eq!(messages(&place.load(&remote).problems), [expected]);
}

const EXPORT: &str = r#"{"schedule": {"version": "1.0", "conference": {"acronym": "event", "title": "Event",
    "start": "2026-10-24", "end": "2026-10-24", "daysCount": 1, "timeslot_duration": "00:05",
    "time_zone_name": "Europe/Berlin", "rooms": [{"name": "Hall"}], "days": [{"index": 1, "date": "2026-10-24",
    "day_start": "2026-10-24T04:00:00+02:00", "day_end": "2026-10-25T03:59:00+02:00", "rooms": {"Hall": [
    {"id": 1, "guid": "6a2b6c0e-5b0d-4c39-9d6c-6a7b0c1d2e3f", "code": "ABCDEF", "date": "2026-10-24T10:00:00+02:00",
    "start": "10:00", "duration": "00:30", "room": "Hall", "slug": "event-1-a-talk", "title": "A talk", "type": "Talk",
    "language": "en", "abstract": "About it.", "persons": [], "links": []}]}}]}}}"#;

#[test]
fn a_pretalx_event_is_read_from_its_export_with_or_without_its_widget() {
    let knows = |format: &str| SOURCES.iter().any(|source| source.name == format);
    if !knows("frab-json") {
        return;
    }
    let export = "/event/schedule/export/schedule.json";
    let widget = "/event/schedule/widgets/schedule.json";
    let knows_export = move |path: &str| match path {
        _ if path == export => text(EXPORT),
        _ => reply("404 Not Found", &[], b""),
    };
    let server = SourceServer::start(knows_export);
    for format in ["", ", format = \"pretalx\""] {
        let url = server.url("/event/");
        let place = Place::with_source(&format!("url = \"{url}\", private_network = true{format}"));
        let remote = place.remote();
        place.fetch(&remote);
        let loaded = place.load(&remote);
        assert_eq!(
            titles(loaded.conference.as_ref()),
            ["A talk"],
            "{:?}",
            loaded.problems
        );
        assert_eq!(messages(&loaded.problems), [""; 0]);
        let missing = format!("{} answered 404 Not Found", server.url(widget));
        assert!(
            loaded
                .problems
                .iter()
                .any(|problem| problem.message == missing)
        );
    }
    assert_eq!(server.paths(), [export, widget, export, widget]);
    // What the widget said last is kept while it is missing.
    server.now_always(text(EXPORT));
    let url = server.url("/event/");
    let place = Place::with_source(&format!("url = \"{url}\", private_network = true"));
    let remote = place.remote();
    place.fetch(&remote);
    assert_eq!(place.load(&remote).sources.len(), 3);
    server.now(knows_export);
    place.fetch(&remote);
    let loaded = place.load(&remote);
    assert_eq!(loaded.sources.len(), 3);
    assert_eq!(titles(loaded.conference.as_ref()), ["A talk"]);
    assert_eq!(messages(&loaded.problems), [""; 0]);
    // The export is required.
    server.now_always(reply("404 Not Found", &[], b""));
    let url = server.url("/event/");
    let place = Place::with_source(&format!("url = \"{url}\", private_network = true"));
    let remote = place.remote();
    place.fetch(&remote);
    assert!(place.load(&remote).conference.is_none());
}

#[test]
fn an_answer_in_another_format_leaves_the_last_good_copy() {
    if !SOURCES.iter().any(|source| source.name == "frab-json") {
        return;
    }
    let server = SourceServer::always(text(EXPORT));
    let place = Place::with(&server, "/a/b/programme");
    let remote = place.remote();
    place.fetch(&remote);
    server.now_always(text("# Sorry\n\nWe are moving.\n"));
    place.fetch(&remote);
    let loaded = place.load(&remote);
    assert_eq!(titles(loaded.conference.as_ref()), ["A talk"]);
    let messages = messages(&loaded.problems);
    assert!(
        messages[0].contains("is in markdown and was in frab-json"),
        "{messages:?}"
    );
}

#[test]
fn half_an_export_leaves_the_last_good_copy() {
    if !SOURCES.iter().any(|source| source.name == "frab-json") {
        return;
    }
    let server = SourceServer::always(text(EXPORT));
    let place = Place::with(&server, "/schedule.json");
    let remote = place.remote();
    place.fetch(&remote);
    for length in [10, 100, EXPORT.len() / 2, EXPORT.len() - 1] {
        // Neither the length nor a last chunk tells that something is missing.
        let half = format!("HTTP/1.1 200 OK\r\n\r\n{}", &EXPORT[..length]);
        server.now_always(Reply::Bytes(half.into_bytes()));
        place.fetch(&remote);
        let loaded = place.load(&remote);
        assert_eq!(titles(loaded.conference.as_ref()), ["A talk"]);
        assert_eq!(messages(&loaded.problems).len(), 1, "{length}");
    }
}

/// A page of a list of the pretalx API, of talks with these codes.
fn page(count: usize, next: Option<&str>, codes: &[&str]) -> Reply {
    let talk = |code: &&str| {
        format!(
            r#"{{"code": "{code}", "title": "Talk {code}", "state": "confirmed", "speakers": [{{"code": "ANNAAA", "name": "Anna"}}],
            "submission_type": {{"name": {{"en": "Talk"}}}}, "abstract": "",
            "slots": [{{"room": {{"name": {{"en": "Quay"}}}}, "start": "2026-10-24T10:00:00+02:00", "end": "2026-10-24T10:30:00+02:00"}}]}}"#
        )
    };
    let next = next.map_or("null".into(), |next| format!("\"{next}\""));
    let talks: Vec<String> = codes.iter().map(talk).collect();
    let talks = talks.join(",");
    // The validators of a page say nothing of the others.
    let body =
        format!(r#"{{"count": {count}, "next": {next}, "previous": null, "results": [{talks}]}}"#);
    reply("200 OK", &["ETag: \"page\""], body.as_bytes())
}

const LIST: &str = "/api/events/harbour/submissions/";

/// Three pages; the last one has a talk of this code.
fn three_pages(server: &SourceServer, last: &'static str) {
    let (second, third) = (
        server.url(&format!("{LIST}?page=2")),
        format!("{LIST}?page=3"),
    );
    server.now(move |path| match path.split_once("page=") {
        None => page(4, Some(&second), &["AAAAAA", "BBBBBB"]),
        Some((_, "2")) => page(4, Some(&third), &["CCCCCC"]),
        Some(_) => page(4, None, &[last]),
    });
}

#[test]
fn a_list_in_pages_is_read_as_one_source() {
    let server = SourceServer::always(Reply::Silence);
    three_pages(&server, "DDDDDD");
    let place = Place::with(&server, LIST);
    let remote = place.remote();
    assert!(place.fetch(&remote));
    let all = ["Talk AAAAAA", "Talk BBBBBB", "Talk CCCCCC", "Talk DDDDDD"];
    for remote in [&remote, &place.remote()] {
        let loaded = place.load(remote);
        assert_eq!(titles(loaded.conference.as_ref()), all);
        assert_eq!(messages(&loaded.problems), [""; 0]);
    }
    let pages = [
        LIST.to_owned(),
        format!("{LIST}?page=2"),
        format!("{LIST}?page=3"),
    ];
    assert_eq!(server.paths(), pages);
    // A change on the last page is seen, whatever the first one's validators say.
    assert!(!place.fetch(&remote));
    three_pages(&server, "EEEEEE");
    assert!(place.fetch(&remote));
    assert_eq!(
        titles(place.load(&remote).conference.as_ref())[3],
        "Talk EEEEEE"
    );
    let requests = server.requests();
    assert!(
        requests
            .iter()
            .all(|request| header(request, "If-None-Match").is_none())
    );
}

#[test]
fn a_list_without_one_of_its_pages_leaves_the_last_good_copy() {
    let server = SourceServer::always(Reply::Silence);
    let secret = SourceServer::always(page(4, None, &["SECRET"]));
    let place = Place::with(&server, LIST);
    let remote = place.remote();
    three_pages(&server, "DDDDDD");
    place.fetch(&remote);
    let (list, second) = (server.url(LIST), format!("{LIST}?page=2"));
    let cases = [
        (
            reply("500 Internal Server Error", &[], b""),
            format!("page 2: {list} answered 500 Internal Server Error"),
        ),
        (
            text("<!DOCTYPE html><title>Sorry</title>"),
            format!("page 2: {list} is no further page of a list"),
        ),
        (
            text(r#"{"count": 4, "next": null, "results": [{"code": "#),
            format!("page 2: {list} is no further page of a list"),
        ),
        (
            page(5, None, &["CCCCCC"]),
            "page 2: the list changed while it was read".into(),
        ),
        (
            page(4, None, &["CCCCCC"]),
            format!("{list} has 4 entries, and 3 stand on its pages"),
        ),
        (
            page(4, Some(&secret.url(LIST)), &["CCCCCC"]),
            "page 3: its address is that of another server".into(),
        ),
        (
            page(4, Some(&second), &["CCCCCC"]),
            "page 3: its address is that of an earlier page".into(),
        ),
        (
            redirect(&secret.url(LIST)),
            format!(
                "page 2: {list} redirects to {}, which leads to 127.0.0.1, a loopback address",
                secret.url(LIST)
            ),
        ),
    ];
    for (reply, expected) in cases {
        let second = second.clone();
        server.now(move |path| match path {
            LIST => page(4, Some(&second), &["AAAAAA", "BBBBBB"]),
            _ => reply.clone(),
        });
        place.fetch(&remote);
        let loaded = place.load(&remote);
        assert_eq!(titles(loaded.conference.as_ref()).len(), 4, "{expected}");
        let messages = messages(&loaded.problems);
        let expected = format!("{expected}; it has been down since");
        assert!(
            messages[0].starts_with(&expected),
            "{expected}: {messages:?}"
        );
    }
    assert_eq!(secret.connections(), 0);
}

#[test]
fn a_list_without_end_is_followed_for_a_hundred_pages() {
    let server = SourceServer::start(|path| {
        let number = path
            .split_once("page=")
            .and_then(|(_, number)| number.parse().ok());
        let next = format!("{LIST}?page={}", number.unwrap_or(1) + 1);
        page(5000, Some(&next), &["AAAAAA"])
    });
    let place = Place::with(&server, LIST);
    let remote = place.remote();
    place.fetch(&remote);
    let loaded = place.load(&remote);
    assert!(loaded.conference.is_none());
    assert_eq!(
        messages(&loaded.problems),
        ["page 101: the list has more than 100 pages"]
    );
    assert_eq!(server.requests().len(), 100);
}

#[test]
fn the_pages_of_a_list_are_limited_together() {
    let server = SourceServer::start(|path| {
        let number: usize = path
            .split_once("page=")
            .map_or(1, |(_, number)| number.parse().expect("a number"));
        let next = format!("{LIST}?page={}", number + 1);
        let blank = "x".repeat(12 << 20);
        text(&format!(
            r#"{{"count": 9, "next": "{next}", "results": [{{"code": "AAAAAA", "title": "{blank}"}}]}}"#
        ))
    });
    let place = Place::with(&server, LIST);
    let remote = place.remote();
    place.fetch(&remote);
    let list = server.url(LIST);
    assert_eq!(
        messages(&place.load(&remote).problems),
        [format!(
            "{list} has more than 32 MiB, which is no programme"
        )]
    );
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn an_event_of_the_api_is_read_with_its_submissions() {
    const EVENT: &str = r#"{"name": {"en": "Harbour Days"}, "slug": "harbour", "is_public": true,
        "date_from": "2026-10-24", "date_to": "2026-10-25", "timezone": "Europe/Lisbon", "locale": "en"}"#;
    let server = SourceServer::start(|path| match path {
        "/api/events/harbour/" => text(EVENT),
        _ if path.starts_with(LIST) => page(1, None, &["AAAAAA"]),
        _ => reply("404 Not Found", &[], b""),
    });
    let place = Place::with(&server, "/api/events/harbour/");
    let url = server.url("/api/events/harbour/");
    let file = format!("source = {{ url = \"{url}\", private_network = true }}\n");
    fs::write(place.data().join("conference.toml"), file).expect("a written file");
    let remote = place.remote();
    place.fetch(&remote);
    let loaded = place.load(&remote);
    assert_eq!(messages(&loaded.problems), [""; 0]);
    let conference = loaded.conference.expect("a conference");
    assert_eq!(&*conference.name, "Harbour Days");
    assert_eq!(conference.zone.name(), "Europe/Lisbon");
    assert_eq!(conference.days.len(), 2);
    assert_eq!(titles(Some(&conference)), ["Talk AAAAAA"]);
    let paths = server.paths();
    assert!(paths[0].starts_with(&format!("{LIST}?state=confirmed&state=accepted&")));
    assert_eq!(paths[1..], ["/api/events/harbour/"]);
}
