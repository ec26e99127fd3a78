//! Conferences for tests, written as an organiser would write them.

use handbill::history::History;
use handbill::model::Conference;
use handbill::render::{Rendering, Site, plan};
use handbill::source::{self, Problem, Remote, Severity};
use std::fs;

/// A conference's head: two days in Berlin, nothing else.
pub(crate) const BERLIN: &str = r#"
name = "Test Days"
slug = "test"
time_zone = "Europe/Berlin"
url = "https://example.org/"
days = [2026-10-24, 2026-10-25]
updated = 2026-10-01T00:00:00Z
"#;

/// What `handbill` makes of a conference file with further files beside it.
pub(crate) fn load(
    conference_file: &str,
    files: &[(&str, &str)],
) -> (Option<Conference>, Vec<Problem>) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("conference.toml"), conference_file).expect("a written file");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a written file");
    }
    let mut loaded = source::load(folder.path(), &Remote::default()).expect("a conference folder");
    assert_eq!(loaded.len(), 1);
    let mut loaded = loaded.remove(0);
    let prefix = format!("{}/", folder.path().display());
    for problem in &mut loaded.problems {
        problem.place.file = problem.place.file.replace(&prefix, "").into();
        problem.message = problem.message.replace(&prefix, "");
    }
    (loaded.conference, loaded.problems)
}

/// A conference without problems.
#[track_caller]
pub(crate) fn conference(conference_file: &str) -> Conference {
    let (conference, problems) = load(conference_file, &[]);
    let problems = to_mend(&problems);
    assert!(problems.is_empty(), "{problems:#?}");
    conference.expect("a usable conference")
}

/// The problems that somebody should mend, as they are shown.
pub(crate) fn to_mend(problems: &[Problem]) -> Vec<String> {
    let problems = problems
        .iter()
        .filter(|problem| problem.severity > Severity::Note);
    problems.map(ToString::to_string).collect()
}

/// The first edition's documents, by their path below the conference.
pub(crate) fn document(conference: &Conference, path: &str) -> String {
    let now = "2026-11-01T00:00:00Z".parse().expect("an instant");
    document_of(conference, &History::default().next(conference, now), path)
}

/// A document of an edition.
#[track_caller]
pub(crate) fn document_of(conference: &Conference, history: &History, path: &str) -> String {
    let path = format!("{}/{path}", conference.slug);
    let is_wanted = |rendering: &Rendering| rendering.path == path;
    let wanted = plan(conference).into_iter().find(is_wanted);
    let site = Site::new("https://feeds.example.org");
    let document = wanted
        .unwrap_or_else(|| panic!("no document {path}"))
        .render(conference, history, &site);
    String::from_utf8(document.bytes).expect("UTF-8")
}

/// The value of a property in each VEVENT of a calendar, unfolded, in order.
pub(crate) fn property(calendar: &str, name: &str) -> Vec<String> {
    let lines = calendar.replace("\r\n ", "");
    let events = lines.split("BEGIN:VEVENT\r\n").skip(1);
    events
        .filter_map(|event| {
            let is_it = |line: &&str| line.split([':', ';']).next() == Some(name);
            event.lines().find(is_it).map(ToOwned::to_owned)
        })
        .collect()
}
