//! A hostile talk through every format: everything stays readable, nothing runs, nothing is injected.

use crate::conference::{BERLIN, conference, document};
use handbill::render::plan;

const HOSTILE: &str = r#"
[[talks]]
code = "HOST01"
title = "<script>alert(1)</script> ]]> \u0000\u0007\u001B \uFFFF & \"quotes\"; a, b: \\n \r\nEND:VEVENT"
abstract = "Line one\r\nBEGIN:VEVENT\r\nUID:x\r\n\u0000<img src=x onerror=alert(1)> ]]> <style>*{}</style> [x](javascript:alert(1))"
notes = "<iframe src=\"https://evil.example/\"></iframe>\n\n</script><script>alert(2)</script>"
speakers = ["O'Brien \"Bobby\"; Jr., <b>Esq.</b>\r\nATTENDEE:mailto:x@example.org"]
track = "A,B;C:D \"E\"\nF"
online = "https://example.org/a\r\nb;c,d\"e"
tags = ["x,y", "a;b\\c"]
start = 2026-10-24T10:00:00
duration = 45
room = "Hall: \"A\", 1;2 ^"
"#;

fn documents() -> Vec<(String, String)> {
    let conference = conference(&format!("{BERLIN}{HOSTILE}"));
    let names = plan(&conference)
        .into_iter()
        .map(|rendering| rendering.path.replace("test/", ""));
    names
        .map(|name| {
            let text = document(&conference, &name);
            (name, text)
        })
        .collect()
}

#[test]
fn no_document_holds_a_control_character() {
    for (name, text) in documents() {
        let allowed =
            |character: char| !character.is_control() || matches!(character, '\n' | '\r' | '\t');
        assert!(
            text.chars()
                .all(|character| allowed(character) && character != '\u{FFFF}'),
            "{name}"
        );
    }
}

#[test]
fn xml_documents_are_well_formed_and_keep_the_title() {
    let mut seen = 0;
    for (name, text) in documents() {
        let is_xml = [".rss", ".atom", ".opml"]
            .iter()
            .any(|extension| name.ends_with(extension));
        if !is_xml {
            continue;
        }
        let document =
            roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        seen += 1;
        // The second day has no talk, the list of feeds names none, and a first edition changes none.
        let is_empty = name.contains("2026-10-25") || name.starts_with("changes.");
        if is_empty || name.ends_with(".opml") {
            continue;
        }
        let titles = document
            .descendants()
            .filter(|node| node.tag_name().name() == "title")
            .filter_map(|node| node.text());
        let is_whole = |title: &str| title.contains("<script>alert(1)</script> ]]>");
        assert!(titles.into_iter().any(is_whole), "{name}");
    }
    assert!(seen > 8);
}

#[test]
fn nothing_runs_in_html() {
    for (name, text) in documents() {
        let content = match name.rsplit('.').next() {
            Some("json") => {
                let feed: serde_json::Value = serde_json::from_str(&text).expect("JSON");
                feed["items"][0]["content_html"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned()
            }
            // The site's own scripts, and data that nothing runs.
            Some("html") => [
                "<script defer src=\"../",
                "<script type=\"application/ld+json\">",
            ]
            .iter()
            .fold(text, |text, own| text.replace(own, "")),
            _ => continue,
        };
        for bad in [
            "<script",
            "onerror=alert",
            "javascript:",
            "<iframe",
            "<style>*",
        ] {
            assert!(!content.contains(bad), "{name} contains {bad}");
        }
    }
}

#[test]
fn nothing_is_injected_into_a_calendar() {
    for (name, text) in documents() {
        if !name.ends_with(".ics") {
            continue;
        }
        let lines: Vec<&str> = text.split("\r\n").collect();
        let count = |wanted: &str| lines.iter().filter(|line| **line == wanted).count();
        assert_eq!(
            (count("BEGIN:VEVENT"), count("END:VEVENT")),
            (1, 1),
            "{name}"
        );
        assert!(
            !lines
                .iter()
                .any(|line| line.starts_with("ATTENDEE") || line.starts_with("UID:x")),
            "{name}"
        );
        assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "{name}");
        assert!(lines.iter().all(|line| line.len() <= 75), "{name}");
    }
}

#[test]
fn the_hostile_event_as_a_subscriber_receives_it() {
    let conference = conference(&format!("{BERLIN}{HOSTILE}"));
    insta::assert_snapshot!(document(&conference, "talks/HOST01.ics").replace("\r\n", "\n"));
}

#[test]
fn the_hostile_entry_as_a_reader_receives_it() {
    let conference = conference(&format!("{BERLIN}{HOSTILE}"));
    insta::assert_snapshot!("rss", document(&conference, "talks/HOST01.rss"));
    insta::assert_snapshot!("atom", document(&conference, "talks/HOST01.atom"));
    insta::assert_snapshot!("json", document(&conference, "talks/HOST01.json"));
}
