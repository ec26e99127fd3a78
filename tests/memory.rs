//! How much memory reading takes: a binary of its own, since it counts every allocation.

#![expect(clippy::expect_used, reason = "a test says what it expects")]

use handbill::source::{self, Input, Options, SOURCES, Source};
use peak_alloc::PeakAlloc;
use std::fs;
use std::path::Path;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// A reader may take this many times the size of what it reads,
const TIMES: usize = 20;

/// and this much beside: tables of zones and names, and the [`source::MOST_TALKS`] shortest talks.
const BESIDE: usize = 16 << 20;

fn source(name: &str) -> &'static Source {
    let mut sources = SOURCES.iter();
    sources
        .find(|source| source.name == name)
        .expect("a format")
}

/// Reads a document all the way to the model; the most bytes that were in use beyond the document.
fn peak(source: &Source, bytes: &[u8]) -> usize {
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let input = Input {
        file: "input",
        bytes,
        options: &Options::default(),
    };
    if let Ok((draft, problems)) = (source.read)(&input) {
        let (draft, found) = source::merge(vec![draft]);
        let assembled = source::assemble(draft, "input");
        drop((problems, found, assembled));
    }
    ALLOCATOR.peak_usage().saturating_sub(before)
}

#[track_caller]
fn check(format: &str, what: &str, document: &[u8]) {
    let taken = peak(source(format), document);
    let allowed = TIMES * document.len() + BESIDE;
    assert!(
        taken <= allowed,
        "{format}: {what} of {} bytes takes {taken} bytes, {allowed} are allowed",
        document.len()
    );
}

/// One test: tests that run at the same time would count each other's memory.
#[test]
fn reading_takes_at_most_twenty_times_the_size_of_what_is_read() {
    // What is made once, such as the zones, is not the document's.
    let zone = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n";
    let _ = peak(source("icalendar"), zone);
    let many = |piece: &str, times: usize| piece.repeat(times);
    let schedule = |events: String| {
        format!(
            "<schedule><conference><title>C</title></conference><day index=\"1\" date=\"2031-05-01\"><room name=\"R\">{events}</room></day></schedule>"
        )
    };
    let frab = |events: String| {
        format!(
            "{{\"schedule\":{{\"version\":\"1\",\"conference\":{{\"title\":\"C\",\"acronym\":\"conf\",\"days\":[{{\"index\":1,\"date\":\"2031-05-01\",\"rooms\":{{\"R\":[{events}]}}}}]}}}}}}"
        )
    };
    let event = "{\"id\":1,\"title\":\"A\",\"start\":\"10:00\",\"duration\":\"1:00\"},";
    let cases: Vec<(&str, &str, String)> = vec![
        ("frab-xml", "elements within elements", many("<a>", 300_000)),
        ("frab-xml", "elements within a schedule", schedule(many("<a>", 300_000))),
        ("frab-xml", "empty events", schedule(many("<event/>", 100_000))),
        ("frab-xml", "an event of empty elements", schedule(format!("<event id=\"1\">{}</event>", many("<a/>", 300_000)))),
        ("frab-xml", "an event of attributes", schedule(format!("<event {}/>", (0..60_000).map(|number| format!("a{number}=\"\" ")).collect::<String>()))),
        (
            "frab-xml",
            "entities of entities",
            format!(
                "<!DOCTYPE schedule [<!ENTITY a \"aaaaaaaaaa\">{}]>{}",
                (1..40).map(|number| format!("<!ENTITY a{number} \"{}\">", many(&format!("&a{};", number - 1), 10))).collect::<String>(),
                schedule("<event id=\"1\"><title>&a39;</title></event>".into())
            ),
        ),
        (
            "frab-xml",
            "the shortest talks",
            schedule(many("<event><title>A</title><start>10:00</start></event>", 100_000)),
        ),
        ("frab-json", "lists within lists", many("[", 600_000)),
        ("frab-json", "an event of lists", frab(format!("{{\"title\":\"A\",\"persons\":[{}0]}}", many("0,", 300_000)))),
        ("frab-json", "an event of members", frab(format!("{{\"title\":\"A\"{}}}", many(",\"a\":0", 100_000)))),
        ("frab-json", "empty events", frab(format!("{}{{}}", many("{},", 60_000)))),
        ("frab-json", "the shortest talks", frab(format!("{}{{}}", many(event, 100_000)))),
        ("schedule2", "empty events", format!("{{\"schedule\":{{\"version\":\"1\",\"conference\":{{\"acronym\":\"conf\",\"days\":[]}},\"events\":[{}{{}}]}}}}", many("{},", 60_000))),
        ("pretalx-widget", "empty talks", format!("{{\"talks\":[{}{{}}],\"version\":\"1\",\"timezone\":\"UTC\",\"tracks\":[],\"rooms\":[],\"speakers\":[]}}", many("{},", 60_000))),
        ("pretalx-api", "empty results", format!("{{\"count\":1,\"next\":null,\"previous\":null,\"results\":[{}{{}}]}}", many("{},", 60_000))),
        ("sessionize", "empty sessions", format!("{{\"sessions\":[{}{{}}],\"speakers\":[],\"questions\":[],\"categories\":[],\"rooms\":[]}}", many("{},", 60_000))),
        ("icalendar", "empty events", format!("BEGIN:VCALENDAR\r\n{}END:VCALENDAR\r\n", many("BEGIN:VEVENT\r\nEND:VEVENT\r\n", 80_000))),
        ("icalendar", "components within components", many("BEGIN:VEVENT\r\n", 100_000)),
        ("icalendar", "folds", format!("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:{}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", many("\r\n a", 100_000))),
        ("icalendar", "parameters", format!("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY{}:A\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", many(";A=B", 100_000))),
        (
            "icalendar",
            "an event that repeats for ever",
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:A\r\nDTSTART:20310501T100000Z\r\nDTEND:20310501T110000Z\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".into(),
        ),
        ("csv", "the shortest talks", format!("title,start\n{}", many("A,10:00\n", 60_000))),
        ("csv", "empty cells", format!("title,start\n{}", many(",", 600_000))),
        ("markdown", "headings", many("# a\n", 60_000)),
    ];
    for (format, what, document) in &cases {
        check(format, what, document.as_bytes());
    }
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for source in SOURCES {
        let folder = corpus.join(source.name.replace('-', "_"));
        for entry in fs::read_dir(folder).expect("a corpus") {
            let path = entry.expect("an entry").path();
            let document = fs::read(&path).expect("a document");
            check(source.name, &path.display().to_string(), &document);
        }
    }
}
