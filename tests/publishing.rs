//! `handbill serve` over many editions: killed, starved, doubled, and held back.

use crate::command_line::Served;
use crate::conference::{BERLIN, property};
use crate::source_commands::{body, wait_until};
use handbill::history::Ledger;
use handbill::model::Slug;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

/// Where a test keeps its ledger.
pub(crate) enum Place {
    /// The state folder.
    Folder,
    /// A database of its own on the server that `tests/postgres` starts.
    Postgres(String),
}

impl Place {
    pub(crate) fn postgres(name: &str) -> Self {
        let server = std::env::var("HANDBILL_TEST_POSTGRES")
            .expect("HANDBILL_TEST_POSTGRES; run tests/postgres cargo test");
        let (server, _) = server.rsplit_once('/').expect("a URL with a database");
        let mut client = postgres::Client::connect(&format!("{server}/postgres"), postgres::NoTls)
            .expect("a connection");
        let name = format!("{name}_{}", std::process::id());
        client
            .batch_execute(&format!("CREATE DATABASE {name}"))
            .expect("a database");
        Self::Postgres(format!("{server}/{name}"))
    }

    fn serve(&self, folder: &Path) -> Served {
        let mut arguments = vec!["serve", "data", "--listen", "127.0.0.1:0"];
        if let Self::Postgres(url) = self {
            arguments.extend(["--ledger", url]);
        }
        let base = ("HANDBILL_BASE_URL", "https://feeds.example.org/");
        Served::start_with(folder, &arguments, &[base])
    }

    fn open(&self, folder: &Path) -> Ledger {
        let state = folder.join(".handbill").display().to_string();
        let location = match self {
            Self::Folder => &state,
            Self::Postgres(url) => url,
        };
        Ledger::open(location).expect("a ledger")
    }
}

/// The month of the programme: cancelled talks are kept until the conference is over, so it must lie
/// ahead whenever the test runs.
const AHEAD: &str = "2998-10-2";

/// A programme of twenty talks whose times follow from a number.
fn programme(number: u64) -> String {
    let mut file = BERLIN.replace("2026-10-2", AHEAD);
    for talk in 0..20_u64 {
        let minute = (number * (talk + 1)) % 60;
        file.push_str(&format!(
            "\n[[talks]]\ncode = \"TALK{talk:02}\"\ntitle = \"Talk {talk} as of {number}\"\nstart = {AHEAD}4T{:02}:{minute:02}:00\nduration = 30\nroom = \"Hall {}\"\n",
            8 + talk % 10,
            talk % 3
        ));
    }
    file
}

fn write(folder: &Path, text: &str) {
    let data = folder.join("data");
    fs::create_dir_all(&data).expect("a folder");
    let beside = data.join("new");
    fs::write(&beside, text).expect("a written file");
    fs::rename(&beside, data.join("conference.toml")).expect("a replaced file");
}

fn edition(served: &Served) -> u64 {
    let ready = served.get("/readyz");
    let (_, rest) = ready.split_once("\"edition\":").expect("an edition");
    let digits = rest.split(|character: char| !character.is_ascii_digit());
    let number = digits.into_iter().next().expect("digits");
    number.parse().expect("a number")
}

/// A number that differs from run to run, below `below`.
fn chance(below: u64) -> u64 {
    use std::hash::{BuildHasher, Hasher, RandomState};
    RandomState::new().build_hasher().finish() % below
}

fn sequences(calendar: &str) -> Vec<u32> {
    let sequences = property(calendar, "SEQUENCE");
    let number = |line: &String| {
        line.trim_start_matches("SEQUENCE:")
            .parse()
            .expect("a number")
    };
    sequences.iter().map(number).collect()
}

/// Kills the server again and again while the programme changes all the time.
fn survives_being_killed(place: &Place) {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let slug = Slug::of("test");
    write(folder, &programme(0));
    let mut number = 0;
    let mut last_sequences = vec![0; 20];
    let mut last_edition = 0;
    for _ in 0..15 {
        let served = place.serve(folder);
        let calendar = served.get("/test/schedule.ics");
        let calendar = body(&calendar);
        let found = sequences(calendar);
        assert!(
            found
                .iter()
                .zip(&last_sequences)
                .all(|(now, before)| now >= before),
            "a sequence fell: {last_sequences:?} {found:?}"
        );
        last_sequences = found;
        let here = edition(&served);
        assert!(
            here >= last_edition,
            "an edition is lost: {last_edition} {here}"
        );
        last_edition = here;
        // What is served is one edition, whole.
        for path in [
            "schedule.ics",
            "talks.atom",
            "schedule.json",
            "rooms/hall-0.ics",
        ] {
            let archived = served.get(&format!("/test/editions/{here}/{path}"));
            let live = served.get(&format!("/test/{path}"));
            if edition(&served) == here {
                assert_eq!(body(&archived), body(&live), "{path}");
            }
        }
        for _ in 0..(2 + chance(4)) {
            number += 1;
            write(folder, &programme(number));
            thread::sleep(Duration::from_millis(100 + chance(250)));
        }
        drop(served);
    }
    let ledger = place.open(folder);
    let editions = ledger.editions(&slug).expect("editions");
    let numbers: Vec<u64> = editions.iter().map(|edition| edition.number).collect();
    assert_eq!(numbers, (1..=numbers.len() as u64).collect::<Vec<_>>());
    assert!(numbers.len() > 15, "only {} editions", numbers.len());
    for number in numbers {
        let recorded = ledger
            .at(&slug, number)
            .expect("readable")
            .expect("an edition");
        let states: BTreeSet<&str> = recorded
            .conference
            .talks
            .iter()
            .filter_map(|talk| talk.title.split(" as of ").nth(1))
            .collect();
        assert_eq!(
            states.len(),
            1,
            "edition {number} is half of another: {states:?}"
        );
    }
}

#[test]
fn a_server_that_is_killed_loses_nothing() {
    survives_being_killed(&Place::Folder);
}

#[test]
#[ignore = "needs PostgreSQL: tests/run starts one"]
fn a_server_that_is_killed_loses_nothing_on_postgresql() {
    survives_being_killed(&Place::postgres("killed_server"));
}

/// Records edition after edition until it is killed.
#[test]
#[ignore = "run by the tests beside it"]
fn child_that_records_without_end() {
    let Ok(location) = std::env::var("HANDBILL_TEST_LEDGER") else {
        return;
    };
    let ledger = Ledger::open(&location).expect("a ledger");
    let slug = Slug::of("test");
    loop {
        let before = ledger.latest(&slug).expect("readable");
        let number = before.as_ref().map_or(0, |before| before.edition.number) + 1;
        let conference = crate::conference::conference(&programme(number));
        let now = chrono::Utc::now();
        let (conference, history) =
            handbill::history::successor(before.as_ref(), conference, now).expect("a change");
        let edition = handbill::history::Edition {
            number,
            published: Some(handbill::history::publication_time(
                before.as_ref().and_then(|before| before.edition.published),
                now,
            )),
            source: "a test".into(),
            digest: ledger.digest(&conference),
            note: None,
        };
        ledger
            .record(
                (&conference, &history),
                before.as_ref(),
                edition,
                Vec::new(),
            )
            .expect("recorded")
            .expect("nobody else records");
    }
}

fn records_survive_being_killed(place: &Place) {
    let folder = tempfile::tempdir().expect("a folder");
    let location = match place {
        Place::Folder => folder.path().join(".handbill").display().to_string(),
        Place::Postgres(url) => url.clone(),
    };
    let slug = Slug::of("test");
    let mut known = 0;
    let mut last_sequences: Vec<u32> = Vec::new();
    let mut lives = 0;
    while known < 200 && lives < 120 {
        lives += 1;
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args([
                "--exact",
                "publishing::child_that_records_without_end",
                "--ignored",
            ])
            .env("HANDBILL_TEST_LEDGER", &location)
            .stdout(std::process::Stdio::null())
            .spawn()
            .expect("a child");
        thread::sleep(Duration::from_millis(400 + chance(900)));
        child.kill().expect("killed");
        child.wait().expect("gone");
        let ledger = Ledger::open(&location).expect("a ledger that opens");
        let editions = ledger.editions(&slug).expect("editions");
        let numbers: Vec<u64> = editions.iter().map(|edition| edition.number).collect();
        assert_eq!(numbers, (1..=numbers.len() as u64).collect::<Vec<_>>());
        assert!(numbers.len() as u64 >= known, "editions are lost");
        known = numbers.len() as u64;
        let Some(latest) = ledger.latest(&slug).expect("readable") else {
            continue;
        };
        let sequences: Vec<u32> = latest
            .history
            .slots
            .values()
            .map(|slot| slot.sequence)
            .collect();
        assert!(
            last_sequences
                .iter()
                .zip(&sequences)
                .all(|(before, now)| now >= before)
        );
        last_sequences = sequences;
        for number in numbers.iter().rev().take(10) {
            let recorded = ledger.at(&slug, *number).expect("readable").expect("there");
            let expected = format!(" as of {number}");
            let talks = &recorded.conference.talks;
            assert_eq!(talks.len(), 20);
            assert!(talks.iter().all(|talk| talk.title.ends_with(&expected)));
        }
    }
    println!("{known} editions in {lives} lives");
    assert!(known >= 200, "only {known} publications");
}

#[test]
fn a_killed_writer_leaves_whole_editions() {
    records_survive_being_killed(&Place::Folder);
}

#[test]
#[ignore = "needs PostgreSQL: tests/run starts one"]
fn a_killed_writer_leaves_whole_editions_on_postgresql() {
    records_survive_being_killed(&Place::postgres("killed_writer"));
}

fn answer_of(served: &Served, path: &str) -> String {
    let answer = served.get(path);
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
    // Headers come in no order.
    let mut head: Vec<&str> = head
        .lines()
        .filter(|line| !line.starts_with("date:"))
        .collect();
    head.sort_unstable();
    format!("{}\n\n{body}", head.join("\n"))
}

const PATHS: [&str; 8] = [
    "/test/",
    "/test/schedule.ics",
    "/test/talks.atom",
    "/test/changes.atom",
    "/test/changes.rss",
    "/test/schedule.xml",
    "/test/rooms/hall-1.json",
    "/test/editions/",
];

#[test]
#[ignore = "needs PostgreSQL: tests/run starts one"]
fn two_replicas_on_one_postgresql_serve_the_same_bytes() {
    let place = Place::postgres("replicas");
    let (one, two) = (
        tempfile::tempdir().expect("a folder"),
        tempfile::tempdir().expect("a folder"),
    );
    write(one.path(), &programme(0));
    write(two.path(), &programme(0));
    let (first, second) = (place.serve(one.path()), place.serve(two.path()));
    let agree = |number: u64| {
        wait_until("both have the edition", || {
            edition(&first) == number && edition(&second) == number
        });
        for path in PATHS {
            assert_eq!(answer_of(&first, path), answer_of(&second, path), "{path}");
        }
    };
    agree(1);
    for state in 1..=4 {
        // Each reads the new state at another time, and each is first now and then.
        let (early, late) = if state % 2 == 0 {
            (&one, &two)
        } else {
            (&two, &one)
        };
        write(early.path(), &programme(state));
        agree(state + 1);
        write(late.path(), &programme(state));
        thread::sleep(Duration::from_millis(600));
        agree(state + 1);
    }
    write(one.path(), &programme(9));
    write(two.path(), &programme(9));
    agree(6);
}

#[test]
fn an_import_that_looks_like_an_outage_is_held_until_it_is_approved() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    write(folder, &programme(0));
    let served = Place::Folder.serve(folder);
    let whole = programme(0);
    let cut = whole.find("code = \"TALK05\"").expect("a talk");
    let cut = whole[..cut].rfind("[[talks]]").expect("its table");
    write(folder, &whole[..cut]);
    wait_until("it is held", || served.get("/readyz").contains("15 of 20"));
    let calendar = served.get("/test/schedule.ics");
    assert_eq!(property(body(&calendar), "UID").len(), 20);
    assert!(!calendar.contains("CANCELLED"));
    drop(served);
    // It is held after a restart, too.
    let served = Place::Folder.serve(folder);
    assert!(served.get("/readyz").contains("15 of 20"));
    assert!(!served.get("/test/schedule.ics").contains("CANCELLED"));
    let output = Command::new(env!("CARGO_BIN_EXE_handbill"))
        .current_dir(folder)
        .args(["editions", "approve", "test"])
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{output:?}");
    wait_until("it is published", || edition(&served) == 2);
    let calendar = served.get("/test/schedule.ics");
    assert_eq!(property(body(&calendar), "UID").len(), 20);
    let cancelled = property(body(&calendar), "STATUS");
    let cancelled = cancelled
        .iter()
        .filter(|status| *status == "STATUS:CANCELLED");
    assert_eq!(cancelled.count(), 15);
    // The whole programme comes back under its identifiers.
    write(folder, &whole);
    wait_until("all are restored", || edition(&served) == 3);
    let restored = served.get("/test/schedule.ics");
    assert!(!restored.contains("CANCELLED"));
    assert_eq!(
        property(body(&calendar), "UID"),
        property(body(&restored), "UID")
    );
}

#[test]
fn a_full_disk_is_told_and_the_last_good_edition_stays_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    write(folder, &programme(0));
    drop(Place::Folder.serve(folder));
    // A file may not grow beyond its size: the same as a full disk, for one process.
    let served = Served::start_limited(folder, 64);
    assert_eq!(edition(&served), 1);
    let before = served.get("/test/schedule.ics");
    for number in 1..40 {
        write(folder, &programme(number));
        thread::sleep(Duration::from_millis(250));
        if served.get("/readyz").contains("stale") {
            break;
        }
    }
    let ready = served.get("/readyz");
    assert!(
        ready.contains("ledger") && ready.contains("disk"),
        "{ready}"
    );
    assert!(served.get("/test/schedule.ics").starts_with("HTTP/1.1 200"));
    drop(served);
    let served = Place::Folder.serve(folder);
    wait_until("it goes on where there is room", || {
        served.get("/readyz").contains("\"ready\"")
    });
    let after = served.get("/test/schedule.ics");
    let (before, after) = (sequences(body(&before)), sequences(body(&after)));
    assert!(
        before
            .iter()
            .zip(&after)
            .all(|(before, after)| after >= before)
    );
}
