//! The commands where a source has an address.

use crate::command_line::{Served, folder_with, handbill, text};
use crate::source_server::{self, Reply, SourceServer, redirect, reply};
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};
use std::{fs, thread};

const NOTES: &str = "# Notes\n\n## A talk\n\n<https://pretalx.com/x/talk/ABCDEF/>\n\n> About it.\n\n## END OF DAY 1\n\n## Another\n\n> Too.\n";

fn notes(title: &str) -> source_server::Reply {
    source_server::text(&NOTES.replace("A talk", title))
}

fn outage() -> source_server::Reply {
    reply("500 Internal Server Error", &[], b"")
}

/// A data folder with one conference whose notes are on a server.
fn folder(server: &SourceServer) -> tempfile::TempDir {
    let file = format!(
        "name = \"Test Days\"\ntime_zone = \"Europe/Berlin\"\ndays = [2026-10-24, 2026-10-25]\nsource = {{ url = \"{}\", private_network = true, interval = \"1s\", timeout = 5 }}\n",
        server.url("/notes.md")
    );
    folder_with(&[("data/test/conference.toml", &file)])
}

fn succeeded(output: &Output) -> String {
    let said = text(&output.stderr);
    assert!(output.status.success(), "{said}");
    said
}

fn calendar(folder: &Path) -> String {
    fs::read_to_string(folder.join("feeds/test/schedule.ics")).expect("a calendar")
}

/// Waits until a calendar shows a title.
#[track_caller]
fn wait_for(served: &Served, title: &str) {
    let start = Instant::now();
    loop {
        let answer = served.get("/test/schedule.ics");
        if answer.contains(&format!("SUMMARY:{title}\r\n")) {
            return;
        }
        assert!(start.elapsed() < Duration::from_secs(10), "{answer}");
        thread::sleep(Duration::from_millis(50));
    }
}

/// Waits until a server has been asked that often more.
fn wait_for_requests(server: &SourceServer, more: usize) {
    let (start, before) = (Instant::now(), server.requests().len());
    while server.requests().len() < before + more {
        assert!(start.elapsed() < Duration::from_secs(10), "nobody asks");
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn serve_follows_a_source_and_stays_up_when_it_goes_down() {
    let server = SourceServer::always(notes("First"));
    let folder = folder(&server);
    let served = Served::start(folder.path());
    wait_for(&served, "First");
    server.now_always(notes("Second"));
    wait_for(&served, "Second");
    server.now_always(outage());
    wait_for_requests(&server, 2);
    wait_for(&served, "Second");
    let ready = served.get("/readyz");
    assert!(ready.starts_with("HTTP/1.1 200 OK\r\n"), "{ready}");
    drop(served);
    // At a start, too.
    let served = Served::start(folder.path());
    wait_for(&served, "Second");
    wait_for_requests(&server, 1);
    server.now_always(notes("Third"));
    wait_for(&served, "Third");
}

#[test]
fn build_takes_the_last_good_copy_and_says_so() {
    let server = SourceServer::always(notes("First"));
    let folder = folder(&server);
    succeeded(&handbill(folder.path(), &["build", "data"]));
    let before = calendar(folder.path());
    assert!(before.contains("SUMMARY:First\r\n"), "{before}");
    server.now_always(outage());
    let said = succeeded(&handbill(folder.path(), &["build", "data"]));
    assert!(
        said.contains("warning: ") && said.contains("answered 500"),
        "{said}"
    );
    assert_eq!(calendar(folder.path()), before);
}

#[test]
fn build_writes_nothing_without_a_source() {
    let server = SourceServer::always(reply("404 Not Found", &[], b""));
    let folder = folder(&server);
    let output = handbill(folder.path(), &["build", "data"]);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    assert!(said.contains("conference.toml:4:10: error: "), "{said}");
    assert!(said.contains("answered 404 Not Found"), "{said}");
    assert!(!folder.path().join("feeds/test").exists());
    assert_eq!(
        server.requests().len(),
        1,
        "what is missing is not asked for again"
    );
}

#[test]
fn check_says_what_a_source_answers() {
    let server = SourceServer::always(notes("First"));
    let folder = folder(&server);
    let output = handbill(folder.path(), &["check", "data"]);
    let said = text(&output.stdout);
    assert!(said.contains("2 talks"), "{said}");
    server.now_always(outage());
    let output = handbill(folder.path(), &["check", "data"]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stdout));
    assert!(text(&output.stdout).contains("answered 500"));
}

#[test]
fn convert_reads_an_address() {
    let server = SourceServer::always(notes("First"));
    let folder = folder_with(&[]);
    let url = server.url("/notes.md");
    let arguments = ["convert", &url, "--to", "ics", "--first-day", "2026-10-24"];
    let output = handbill(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    assert!(
        said.contains("127.0.0.1, a loopback address; if that is meant"),
        "{said}"
    );
    assert_eq!(server.connections(), 0);
    let arguments = [&arguments[..], &["--private-network"]].concat();
    let output = handbill(folder.path(), &arguments);
    succeeded(&output);
    assert!(text(&output.stdout).contains("SUMMARY:First\r\n"));
}

#[test]
fn a_token_is_sent_and_not_told() {
    let server = SourceServer::always(reply("403 Forbidden", &[], b""));
    let file = format!(
        "name = \"Test Days\"\nsource = {{ url = \"{}\", private_network = true, token_env = \"PRETALX_TOKEN\" }}\n",
        server.url("/notes.md")
    );
    let folder = folder_with(&[("conference.toml", &file)]);
    let check = |token: Option<&str>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_handbill"));
        command.current_dir(folder.path()).args(["check", "."]);
        command
            .env_remove("PRETALX_TOKEN")
            .envs(token.map(|token| ("PRETALX_TOKEN", token)));
        let output = command.output().expect("the program runs");
        text(&output.stdout) + &text(&output.stderr)
    };
    let said = check(None);
    assert!(
        said.contains("the environment variable PRETALX_TOKEN"),
        "{said}"
    );
    assert_eq!(server.connections(), 0);
    let said = check(Some("sesame"));
    assert!(!said.contains("sesame"), "{said}");
    let request = server.requests().concat().to_ascii_lowercase();
    assert!(
        request.contains("authorization: token sesame\r\n"),
        "{request}"
    );
}

#[test]
fn a_token_goes_with_every_page_of_a_list() {
    const SECOND: &str = "/api/events/harbour/submissions/?page=2";
    let server = SourceServer::start(|path| {
        let next = match path {
            SECOND => "null".to_owned(),
            _ => format!("\"{SECOND}\""),
        };
        source_server::text(&format!(
            r#"{{"count": 2, "next": {next}, "results": [{{"code": "KEELAB", "title": "Mending a keel", "state": "confirmed"}}]}}"#
        ))
    });
    let file = format!(
        "name = \"Harbour Days\"\nsource = {{ url = \"{}\", private_network = true, token_env = \"PRETALX_TOKEN\" }}\n",
        server.url("/api/events/harbour/submissions/")
    );
    let folder = folder_with(&[("conference.toml", &file)]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_handbill"));
    let command = command.current_dir(folder.path()).args(["check", "."]);
    let output = command.env("PRETALX_TOKEN", "sesame").output();
    let said = text(&output.expect("the program runs").stdout);
    let requests = server.requests();
    assert_eq!(requests.len(), 2, "{said}");
    for request in requests {
        let request = request.to_ascii_lowercase();
        assert!(
            request.contains("authorization: token sesame\r\n"),
            "{request}"
        );
    }
}

/// What pretalx exports of an event: `schedule/export/schedule.json`.
const EXPORT: &str = r##"{"$schema": "https://c3voc.de/schedule/schema.json",
  "generator": {"name": "pretalx", "version": "2026.1.0"},
  "schedule": {"url": "https://talks.example.org/harbour/schedule/", "version": "0.9", "base_url": "https://talks.example.org",
    "conference": {"acronym": "harbour", "title": "Harbour Days", "start": "2027-05-14", "end": "2027-05-14", "daysCount": 1,
      "timeslot_duration": "00:05", "time_zone_name": "Europe/Lisbon", "colors": {"primary": "#0a5f73"},
      "rooms": [{"name": "Quay", "slug": "1-quay", "guid": "0b1c7960-d032-5fdc-aab2-3447080d240d", "description": null, "capacity": 80}],
      "tracks": [{"name": "Boats", "slug": "1-boats", "color": "#0a5f73"}],
      "days": [{"index": 1, "date": "2027-05-14", "day_start": "2027-05-14T04:00:00+01:00", "day_end": "2027-05-15T03:59:00+01:00",
        "rooms": {"Quay": [
          {"guid": "c5b8a1de-1f0f-5d0a-9d5c-0f3b6f0f7a11", "code": "KEELAB", "id": 41, "logo": null, "date": "2027-05-14T10:00:00+01:00",
           "start": "10:00", "end": "2027-05-14T10:45:00+01:00", "duration": "00:45", "room": "Quay", "slug": "harbour-41-mending-a-keel",
           "url": "https://talks.example.org/harbour/talk/KEELAB/", "title": "Mending a keel", "subtitle": "", "track": "Boats", "type": "Talk",
           "language": "en", "abstract": "Tar and patience.", "description": null, "recording_license": "", "do_not_record": false,
           "persons": [{"code": "MARINA", "name": "Marina Vale", "avatar": null, "biography": null, "public_name": "Marina Vale",
             "guid": "1d1f1c3e-92a8-5a55-8a31-3f3b1a1a7f00", "url": "https://talks.example.org/harbour/speaker/MARINA/"}],
           "links": [], "feedback_url": "https://talks.example.org/harbour/talk/KEELAB/feedback/", "origin_url": null, "attachments": []},
          {"guid": "d6c9b2ef-2a1a-5e1b-8e6d-1a4c7a1a8b22", "code": "TIDEXY", "id": 42, "logo": null, "date": "2027-05-14T12:00:00+01:00",
           "start": "12:00", "end": "2027-05-14T12:30:00+01:00", "duration": "00:30", "room": "Quay", "slug": "harbour-42-reading-tides",
           "url": "https://talks.example.org/harbour/talk/TIDEXY/", "title": "Reading tides", "subtitle": "", "track": "Boats", "type": "Talk",
           "language": "en", "abstract": "The moon explains.", "description": null, "recording_license": "", "do_not_record": false,
           "persons": [], "links": [], "attachments": []}]}}]}}}"##;

/// What pretalx's widget loads of the same event; it alone has the break.
const WIDGET: &str = r##"{"talks": [
    {"code": "KEELAB", "id": 91, "title": "Mending a keel", "abstract": "Tar and patience.", "speakers": ["MARINA"], "track": 1,
     "start": "2027-05-14T10:00:00+01:00", "end": "2027-05-14T10:45:00+01:00", "room": 1, "duration": 45, "updated": "2027-03-01T09:00:00+00:00"},
    {"code": "TIDEXY", "id": 92, "title": "Reading tides", "abstract": "The moon explains.", "speakers": [], "track": 1,
     "start": "2027-05-14T12:00:00+01:00", "end": "2027-05-14T12:30:00+01:00", "room": 1, "duration": 30, "updated": "2027-03-01T09:00:00+00:00"},
    {"id": 93, "title": {"en": "Soup on the pier"}, "start": "2027-05-14T13:00:00+01:00", "end": "2027-05-14T14:00:00+01:00", "room": 1}],
  "tracks": [{"id": 1, "name": {"en": "Boats"}, "description": {}, "color": "#0a5f73"}],
  "rooms": [{"id": 1, "name": {"en": "Quay"}, "description": {}}],
  "speakers": [{"code": "MARINA", "name": "Marina Vale", "avatar": null}],
  "version": "0.9", "timezone": "Europe/Lisbon", "event_start": "2027-05-14", "event_end": "2027-05-14"}"##;

/// pretalx with the talk about tides at another hour.
fn pretalx(hour: &'static str) -> impl Fn(&str) -> Reply + Send + 'static {
    move |path| {
        let (etag, text) = match path {
            "/harbour/schedule/export/schedule.json" => ("ETag: \"export\"", EXPORT),
            "/harbour/schedule/widgets/schedule.json" => ("ETag: \"widget\"", WIDGET),
            _ => return reply("404 Not Found", &[], b""),
        };
        let text = text
            .replace("T12:00", &format!("T{hour}:00"))
            .replace("T12:30", &format!("T{hour}:30"))
            .replace("\"12:00\"", &format!("\"{hour}:00\""));
        reply("200 OK", &[etag], text.as_bytes())
    }
}

/// A conference that is what pretalx says, beside further sources.
fn harbour(server: &SourceServer, further: &str) -> String {
    format!(
        "sources = [{{ url = \"{}\", private_network = true, interval = \"1s\", timeout = 1 }}{further}]\n",
        server.url("/harbour/")
    )
}

/// `handbill serve` with a base address, so that documents do not name the port.
fn serve(folder: &Path) -> Served {
    let arguments = ["serve", "data", "--listen", "127.0.0.1:0"];
    let base = ("HANDBILL_BASE_URL", "https://feeds.example.org/");
    Served::start_with(folder, &arguments, &[base])
}

pub(crate) fn body(answer: &str) -> &str {
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    body
}

#[track_caller]
pub(crate) fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < Duration::from_secs(15), "never: {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

/// The lines of the event that has this title.
fn event<'a>(calendar: &'a str, title: &str) -> &'a str {
    let mut events = calendar.split("BEGIN:VEVENT\r\n");
    let title = format!(":{title}\r\n");
    events
        .find(|event| event.contains(&title))
        .unwrap_or_else(|| panic!("no {title} in {calendar}"))
}

#[test]
fn whatever_pretalx_answers_the_last_good_edition_stays_up() {
    let server = SourceServer::start(pretalx("12"));
    let elsewhere = SourceServer::start(pretalx("12"));
    let folder = folder_with(&[("data/harbour/conference.toml", &harbour(&server, ""))]);
    let log = || fs::read_to_string(folder.path().join("handbill.log")).expect("a log");
    let served = serve(folder.path());
    let schedule = || body(&served.get("/harbour/schedule.ics")).to_owned();
    let ready = || body(&served.get("/readyz")).to_owned();
    let (good, good_ready) = (schedule(), ready());
    assert!(
        event(&good, "Reading tides").contains("SEQUENCE:0\r\n"),
        "{good}"
    );
    assert!(
        event(&good, "Reading tides").contains("20270514T120000\r\n"),
        "{good}"
    );
    event(&good, "Mending a keel");
    event(&good, "Soup on the pier");
    assert!(good_ready.contains("\"status\":\"ready\""), "{good_ready}");

    let half = format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{}",
        EXPORT.len(),
        &EXPORT[..EXPORT.len() / 2]
    );
    let huge = "HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n";
    let target = elsewhere.url("/harbour/schedule/export/schedule.json");
    let faults = [
        (
            reply("500 Internal Server Error", &[], b"Sorry"),
            "answered 500 Internal Server Error".to_owned(),
        ),
        (
            Reply::Bytes(half.into_bytes()),
            "broke off its answer".into(),
        ),
        (
            redirect(&target),
            format!("redirects to {target}, which leads to 127.0.0.1, a loopback address"),
        ),
        (
            Reply::Endless(huge.into()),
            "has more than 32 MiB, which is no programme".into(),
        ),
        (Reply::Silence, "gave no whole answer within 1 s".into()),
    ];
    let export = server.url("/harbour/schedule/export/schedule.json");
    let unchanged = Reply::Bytes(b"HTTP/1.1 304 Not Modified\r\n\r\n".to_vec());
    for (fault, message) in faults {
        // That nothing is new ends an outage: without it waits would double with each failure.
        server.now_always(unchanged.clone());
        wait_for_requests(&server, 2);
        assert_eq!((schedule(), ready()), (good.clone(), good_ready.clone()));
        let message = format!("{export} {message}; it has been down since ");
        assert!(!log().contains(&message), "{}", log());
        server.now_always(fault);
        wait_until(&message, || log().contains(&message));
        assert_eq!(
            (schedule(), ready()),
            (good.clone(), good_ready.clone()),
            "{message}"
        );
    }
    assert_eq!(elsewhere.connections(), 0);

    server.now(pretalx("15"));
    wait_until("the talk moves", || schedule() != good);
    let moved = schedule();
    let tides = event(&moved, "Reading tides");
    assert!(tides.contains("20270514T150000\r\n"), "{tides}");
    assert!(tides.contains("SEQUENCE:1\r\n"), "{tides}");
    assert!(
        event(&moved, "Mending a keel").contains("SEQUENCE:0\r\n"),
        "{moved}"
    );
    assert!(log().contains("what was amiss is mended"), "{}", log());
    drop(served);
    drop(server);
    let served = serve(folder.path());
    assert_eq!(body(&served.get("/harbour/schedule.ics")), moved);
}

#[test]
fn times_of_pretalx_and_remarks_of_notes_become_one_talk() {
    let notes = "# Harbour Days\n\n## Reading tides\n\n<https://talks.example.org/harbour/talk/TIDEXY/>\n\nBring rubber boots.\n";
    let server = SourceServer::start(pretalx("12"));
    let folder = folder_with(&[
        (
            "data/harbour/conference.toml",
            &harbour(&server, ", \"notes.md\""),
        ),
        ("data/harbour/notes.md", notes),
    ]);
    succeeded(&handbill(folder.path(), &["build", "data"]));
    let calendar = fs::read_to_string(folder.path().join("feeds/harbour/schedule.ics"));
    let calendar = calendar.expect("a calendar").replace("\r\n ", "");
    assert_eq!(calendar.matches(":Reading tides\r\n").count(), 1);
    let tides = event(&calendar, "Reading tides");
    assert!(
        tides.contains("DTSTART;TZID=Europe/Lisbon:20270514T120000\r\n"),
        "{tides}"
    );
    assert!(tides.contains("The moon explains."), "{tides}");
    assert!(tides.contains("Bring rubber boots."), "{tides}");
}
