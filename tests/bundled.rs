//! The conferences in `data/`, and the files in `feeds/` that are made of them.

use handbill::model::{Conference, State, Talk, When};
use handbill::source::{self, Remote, Severity};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn bundled(folder: &str) -> Conference {
    let mut loaded = source::load(&root().join("data").join(folder), &Remote::default())
        .expect("a conference folder");
    let loaded = loaded.remove(0);
    let to_mend: Vec<String> = loaded
        .problems
        .iter()
        .filter(|problem| problem.severity > Severity::Note)
        .map(ToString::to_string)
        .collect();
    assert_eq!(to_mend, [] as [String; 0]);
    loaded.conference.expect("a usable conference")
}

/// Every file below a folder, by its path.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("a path below the folder");
                found.insert(name.to_owned(), fs::read(&path).expect("a file"));
            }
        }
    }
    found
}

fn build(out: &Path) {
    let output = Command::new(env!("CARGO_BIN_EXE_handbill"))
        .current_dir(root())
        .args(["build", "data", "--out"])
        .arg(out)
        .output()
        .expect("the program runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

fn assert_same(built: &BTreeMap<PathBuf, Vec<u8>>, committed: &BTreeMap<PathBuf, Vec<u8>>) {
    let names = |files: &BTreeMap<PathBuf, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(built), names(committed));
    for (name, bytes) in built {
        assert!(
            *bytes == committed[name],
            "{} differs; run `cargo run --release -- build` and review what changed in feeds/",
            name.display()
        );
    }
}

#[test]
fn feeds_are_what_the_data_make_byte_for_byte() {
    let committed = files(&root().join("feeds"));
    assert!(committed.len() > 200);

    let out = tempfile::tempdir().expect("a folder");
    let ledger = out.path().join(".handbill/ledger");
    fs::create_dir_all(&ledger).expect("a folder");
    for (name, bytes) in &committed {
        if let Ok(name) = name.strip_prefix(".handbill/ledger") {
            fs::write(ledger.join(name), bytes).expect("a written ledger");
        }
    }
    build(out.path());
    assert_same(&files(out.path()), &committed);
}

#[test]
fn two_builds_without_any_memory_are_the_same() {
    let (one, two) = (
        tempfile::tempdir().expect("a folder"),
        tempfile::tempdir().expect("a folder"),
    );
    build(one.path());
    build(two.path());
    assert_same(&files(one.path()), &files(two.path()));
}

#[test]
fn pycascades_has_its_eighteen_talks_and_three_items_in_the_booth() {
    let conference = bundled("pycascades-2022");
    let in_room = |room: &str| {
        let talks = conference.talks.iter();
        talks
            .filter(|talk| {
                talk.slots
                    .iter()
                    .any(|slot| slot.room.as_ref().is_some_and(|at| &*at.name == room))
            })
            .count()
    };
    assert_eq!((in_room("Main Stage"), in_room("MS booth")), (18, 3));
    let on_day = |day: usize| {
        let date = conference.days[day - 1].date;
        conference
            .talks
            .iter()
            .filter(|talk| {
                talk.slots
                    .iter()
                    .any(|slot| slot.day(&conference.days) == date)
            })
            .count()
    };
    assert_eq!((on_day(1), on_day(2)), (14, 7));
}

#[test]
fn no_hour_is_invented_for_a_pycascades_talk() {
    let conference = bundled("pycascades-2022");
    for talk in &conference.talks {
        for slot in &talk.slots {
            let is_in_booth = slot
                .room
                .as_ref()
                .is_some_and(|room| &*room.name == "MS booth");
            assert_eq!(
                matches!(slot.when, When::Span(_)),
                is_in_booth,
                "{}",
                talk.title
            );
        }
    }
}

#[test]
fn the_booths_hours_are_pacific_standard_time() {
    let conference = bundled("pycascades-2022");
    let spans = conference
        .talks
        .iter()
        .flat_map(|talk| &talk.slots)
        .filter_map(|slot| slot.when.timed());
    let spans: Vec<String> = spans
        .map(|span| format!("{} {}", span.start().instant(), span.end().instant()))
        .collect();
    assert_eq!(
        spans,
        [
            "2022-02-05 19:00:00 UTC 2022-02-05 19:30:00 UTC",
            "2022-02-05 21:00:00 UTC 2022-02-05 21:30:00 UTC",
            "2022-02-06 00:00:00 UTC 2022-02-06 01:00:00 UTC",
        ]
    );
}

#[test]
fn notes_and_conference_file_of_pycascades_are_one_programme() {
    let conference = bundled("pycascades-2022");
    let with_abstract = conference
        .talks
        .iter()
        .filter(|talk| !talk.summary.is_empty())
        .count();
    assert_eq!(with_abstract, 11);
    let welcome = conference.talk("MVLLML").expect("the welcome");
    assert_eq!(
        welcome.speaker_names(),
        "Britt Gresham, Madison Swain-Bowden"
    );
    let links: Vec<&str> = welcome.links.iter().map(|link| &*link.url).collect();
    assert_eq!(links, ["https://photobooth.pycascades.com/"]);
}

#[test]
fn the_example_uses_every_feature() {
    let conference = bundled("example");
    assert_eq!(conference.rooms.len(), 2);
    assert_eq!(conference.tracks.len(), 2);
    let kinds = handbill::model::Kind::ALL;
    assert!(
        kinds
            .iter()
            .all(|kind| conference.talks.iter().any(|talk| talk.kind == *kind))
    );
    assert!(conference.talks.iter().any(|talk| talk.slots.len() == 2));
    assert!(conference.talks.iter().any(|talk| talk.slots.is_empty()));
    let has = |holds: fn(&Talk) -> bool| conference.talks.iter().any(holds);
    assert!(has(|talk| talk.state == State::Cancelled));
    assert!(has(|talk| talk.state == State::Tentative
        || talk.slots.iter().any(|slot| slot.state == State::Tentative)));
    assert!(has(|talk| talk.online.is_some()));
    assert!(has(|talk| talk.language.as_deref() == Some("de")));
    assert!(has(|talk| talk.title.contains("<script>")));
    let spans = || {
        conference
            .talks
            .iter()
            .flat_map(|talk| &talk.slots)
            .filter_map(|slot| slot.when.timed())
    };
    assert!(spans().any(|span| span.start().wall().date() != span.end().wall().date()));
    assert!(spans().any(|span| !span.start().wall_is_unique()));
}

#[test]
fn the_seed_of_the_notes_is_read_whole() {
    let seed = root().join("../shared/seeds/pycascades-2022-notes.md");
    if !seed.exists() {
        return;
    }
    let loaded = source::load_file(&seed, |_| ());
    let problems = loaded.problems;
    let conference = loaded.conference.expect("a readable file");
    let codes: Vec<&str> = conference.talks.iter().map(|talk| &*talk.code).collect();
    let expected = "MVLLML 3HKZTJ CZRPCJ WEYYJG ESCJLQ RF3L8D 9KJWWL YLBZLQ FP87MV UVFAMG 8YFUUC";
    assert_eq!(codes.join(" "), expected);
    assert!(conference.talks.iter().all(|talk| !talk.summary.is_empty()));
    let unexpected: Vec<String> = problems
        .iter()
        .map(ToString::to_string)
        .filter(|text| {
            !text.contains("time zone")
                && !text.contains("no date is known")
                && !text.contains("day 1")
        })
        .collect();
    assert_eq!(unexpected, [] as [String; 0]);
}
