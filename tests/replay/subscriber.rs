//! Somebody who subscribed to the calendar and to the feed of changes before the first edition, and
//! looks at both after every edition that the program publishes.

use crate::command_line::text;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// An event of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Event {
    pub(super) summary: String,
    /// Start, end, room and state: what calendars ask people to look at again.
    placement: [String; 4],
    sequence: u32,
}

/// What one edition told.
pub(super) struct Told {
    /// The headlines of the feed of changes, each with its sentences, in the feed's order.
    pub(super) entries: Vec<(String, Vec<String>)>,
    /// How many editions there are.
    pub(super) editions: usize,
}

impl Told {
    /// The headlines in alphabetical order: within an edition the feed's order means nothing.
    pub(super) fn headlines(&self) -> Vec<&str> {
        let entries = self.entries.iter();
        let mut headlines: Vec<&str> = entries.map(|(headline, _)| &**headline).collect();
        headlines.sort_unstable();
        headlines
    }
}

/// A conference's folder, what is published of it, and what the subscriber knows.
pub(super) struct Subscriber {
    folder: tempfile::TempDir,
    file: &'static str,
    pub(super) events: BTreeMap<String, Event>,
    /// The codes by the titles that talks were last seen under.
    codes: BTreeMap<String, String>,
}

impl Subscriber {
    /// To a conference whose programme stands in `file`.
    pub(super) fn new(conference_file: &str, file: &'static str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().join("data/days");
        fs::create_dir_all(&data).expect("a folder");
        fs::write(data.join("conference.toml"), conference_file).expect("a written file");
        Self {
            folder,
            file,
            events: BTreeMap::new(),
            codes: BTreeMap::new(),
        }
    }

    fn published(&self) -> PathBuf {
        self.folder.path().join("out/days")
    }

    /// Publishes a version of the programme at noon of a date, and looks at it.
    #[track_caller]
    pub(super) fn look(&mut self, date: &str, version: &str) -> Told {
        let file = self.folder.path().join("data/days").join(self.file);
        fs::write(file, version).expect("a written file");
        let noon: chrono::DateTime<chrono::Utc> =
            format!("{date}T12:00:00Z").parse().expect("a date");
        let output = Command::new(env!("CARGO_BIN_EXE_handbill"))
            .current_dir(self.folder.path())
            .args(["build", "data", "--out", "out"])
            .args(["--base-url", "https://feeds.example.org"])
            .env("SOURCE_DATE_EPOCH", noon.timestamp().to_string())
            .output()
            .expect("the program runs");
        let said = text(&output.stderr);
        assert!(output.status.success(), "{date}: {said}");
        assert!(!said.contains("held back"), "{date}: {said}");
        self.read_calendar(date);
        self.read_codes(date);
        Told {
            entries: self.entries(&noon.format("%Y-%m-%dT%H:%M:%SZ").to_string()),
            editions: self.editions(),
        }
    }

    /// The calendar's rules hold from the last edition to this one: until the conference is over no
    /// event goes, and SEQUENCE rises exactly where start, end, room or state is another.
    #[track_caller]
    fn read_calendar(&mut self, date: &str) {
        let events = events(&self.published().join("schedule.ics"));
        for (uid, before) in &self.events {
            let after = events.get(uid);
            let after = after.unwrap_or_else(|| panic!("{date}: {before:?} has vanished"));
            let rise = u32::from(before.placement != after.placement);
            assert_eq!(
                after.sequence,
                before.sequence + rise,
                "{date}: {before:?} became {after:?}"
            );
        }
        self.events = events;
    }

    /// A talk that is listed under a title that was listed before is the talk that it was.
    #[track_caller]
    fn read_codes(&mut self, date: &str) {
        let feed = json(&self.published().join("talks.json"));
        let mut codes: BTreeMap<String, String> = BTreeMap::new();
        for item in feed["items"].as_array().expect("items") {
            let title = item["title"].as_str().expect("a title").to_owned();
            let id = item["id"].as_str().expect("an identifier").to_owned();
            let title = title.trim_start_matches("Cancelled: ").to_owned();
            if let Some(other) = codes.insert(title.clone(), id) {
                panic!("{date}: two talks are called {title:?}, one is {other}");
            }
        }
        for (title, id) in &codes {
            let was = self.codes.get(title).unwrap_or(id);
            assert_eq!(id, was, "{date}: {title:?} is another talk now");
        }
        self.codes.extend(codes);
    }

    /// What the feed of changes tells of the edition of an instant.
    fn entries(&self, instant: &str) -> Vec<(String, Vec<String>)> {
        let feed = json(&self.published().join("changes.json"));
        let items = feed["items"].as_array().expect("items");
        let of_edition = items
            .iter()
            .filter(|item| item["date_published"].as_str() == Some(instant));
        of_edition
            .map(|item| {
                let words = |key: &str| item[key].as_str().expect("a text").to_owned();
                (words("title"), sentences(&words("content_html")))
            })
            .collect()
    }

    fn editions(&self) -> usize {
        let ledger = ["editions", "list", "days", "--out", "out"];
        let output = crate::command_line::handbill(self.folder.path(), &ledger);
        text(&output.stdout).lines().count() - 1
    }
}

/// A history in words, to be read and compared.
pub(super) fn chronicle(history: &[(&str, Told)]) -> String {
    let mut words = String::new();
    for (date, told) in history {
        writeln!(words, "{date}, edition {}", told.editions).expect("a text");
        for (headline, sentences) in &told.entries {
            writeln!(words, "  {headline}").expect("a text");
            for sentence in sentences {
                writeln!(words, "    {sentence}").expect("a text");
            }
        }
    }
    words
}

fn json(path: &Path) -> Value {
    let bytes = fs::read(path).expect("a document");
    serde_json::from_slice(&bytes).expect("JSON")
}

fn sentences(html: &str) -> Vec<String> {
    let items = html.split("<li>").skip(1);
    let texts = items.filter_map(|item| item.split("</li>").next());
    texts.map(|text| text.replace("&amp;", "&")).collect()
}

/// The talks of a calendar by their UIDs. One without talks holds the conference's days, since a calendar
/// must hold something.
fn events(path: &Path) -> BTreeMap<String, Event> {
    let calendar = fs::read_to_string(path).expect("a calendar");
    let calendar = calendar.replace("\r\n ", "");
    let mut parts = calendar.split("BEGIN:VEVENT\r\n");
    let head = parts.next().unwrap_or_default();
    let name = head.lines().find_map(|line| line.strip_prefix("NAME:"));
    parts
        .map(|event| {
            let value = |name: &str| -> String {
                let mut lines = event.lines();
                let line = lines.find(|line| line.split([':', ';']).next() == Some(name));
                let line = line.unwrap_or_default();
                line.split_once(':').map_or("", |(_, value)| value).into()
            };
            let known = Event {
                summary: value("SUMMARY"),
                placement: ["DTSTART", "DTEND", "LOCATION", "STATUS"].map(value),
                sequence: value("SEQUENCE").parse().expect("a number"),
            };
            (value("UID"), known)
        })
        .filter(|(_, event)| Some(&*event.summary) != name)
        .collect()
}
