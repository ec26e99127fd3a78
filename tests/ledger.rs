//! What every store of the ledger promises, told once and tried on each.

use crate::conference::{BERLIN, conference};
use chrono::{DateTime, TimeDelta, Utc};
use handbill::history::ledger::{
    Entry, Held, Ledger, NewNotice, Piece, Recorded, Store, Verdict, file::TextFiles,
    postgres::Postgres, sqlite::Sqlite,
};
use handbill::history::{Detail, Edition, History, diff, publication_time, successor};
use handbill::model::{Conference, Geo, Plain, Slug};
use handbill::source::{self, Remote};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

/// Makes a store that nobody has used.
struct Place {
    folder: tempfile::TempDir,
    url: Option<String>,
}

impl Place {
    fn folder() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self { folder, url: None }
    }

    fn postgres(name: &str) -> Self {
        let crate::publishing::Place::Postgres(url) = crate::publishing::Place::postgres(name)
        else {
            unreachable!("a database was asked for");
        };
        Self {
            url: Some(url),
            ..Self::folder()
        }
    }
}

fn sqlite(place: &Place) -> Box<dyn Store> {
    Box::new(Sqlite::open(place.folder.path()).expect("a store"))
}

fn text(place: &Place) -> Box<dyn Store> {
    Box::new(TextFiles::new(place.folder.path()))
}

fn postgres(place: &Place) -> Box<dyn Store> {
    let url = place.url.as_ref().expect("a database");
    Box::new(Postgres::open(url).expect("a store"))
}

type Open = fn(&Place) -> Box<dyn Store>;

/// Tries a promise on every store. Text files keep no notices.
macro_rules! on_every_store {
    ($($(#[$mark:meta])? $promise:ident)*) => {
        mod sqlite_store {
            $(#[test] fn $promise() { super::$promise(&super::Place::folder(), super::sqlite); })*
        }
        mod text_store {
            $(#[test] fn $promise() { super::$promise(&super::Place::folder(), super::text); })*
        }
        mod postgres_store {
            $(
                #[test]
                #[ignore = "needs PostgreSQL: tests/run starts one"]
                fn $promise() {
                    super::$promise(&super::Place::postgres(stringify!($promise)), super::postgres);
                }
            )*
        }
    };
}

on_every_store! {
    an_edition_is_kept_as_it_was
    numbers_have_no_gaps
    notes_are_counted
    what_is_held_waits_for_a_verdict
    random_editions_stay_what_they_were
    every_bundled_conference_comes_back_equal
}

/// Notices, where a store keeps them.
mod outbox {
    #[test]
    fn notices_go_out_in_order_on_sqlite() {
        super::notices_go_out_in_order(&super::Place::folder(), super::sqlite);
    }

    #[test]
    #[ignore = "needs PostgreSQL: tests/run starts one"]
    fn notices_go_out_in_order_on_postgresql() {
        super::notices_go_out_in_order(&super::Place::postgres("outbox"), super::postgres);
    }
}

fn at(minute: i64) -> DateTime<Utc> {
    let start: DateTime<Utc> = "2026-11-01T12:00:00Z".parse().expect("an instant");
    start + TimeDelta::minutes(minute)
}

fn edition(number: u64, digest: &str) -> Edition {
    Edition {
        number,
        published: Some(at(number as i64)),
        source: "conference.toml".into(),
        digest: digest.into(),
        note: None,
    }
}

fn piece(key: &str, body: &str) -> Piece {
    Piece {
        kind: "talk".into(),
        key: key.into(),
        body: format!("{{\"title\":\"{body}\"}}"),
    }
}

fn entry(number: u64, put: Vec<Piece>, gone: &[&str]) -> Entry {
    let gone = gone
        .iter()
        .map(|key| ("talk".to_owned(), (*key).to_owned()));
    Entry {
        edition: edition(number, "a digest"),
        put,
        gone: gone.collect(),
        notices: Vec::new(),
    }
}

fn an_edition_is_kept_as_it_was(place: &Place, open: Open) {
    let store = open(place);
    let first = vec![piece("a", "A"), piece("b", "B")];
    assert!(
        store
            .append("x", &entry(1, first.clone(), &[]))
            .expect("written")
    );
    let second = entry(2, vec![piece("b", "other"), piece("c", "C")], &["a"]);
    assert!(store.append("x", &second).expect("written"));
    assert!(
        store
            .append("x", &entry(3, vec![piece("a", "A again")], &[]))
            .expect("written")
    );
    drop(store);
    let store = open(place);
    assert_eq!(store.pieces("x", 1).expect("read"), first);
    assert_eq!(
        store.pieces("x", 2).expect("read"),
        [piece("b", "other"), piece("c", "C")]
    );
    assert_eq!(store.pieces("x", 3).expect("read").len(), 3);
    let versions = store.versions("x", "talk").expect("read");
    let of_a: Vec<_> = versions
        .iter()
        .filter(|version| version.piece.key == "a")
        .collect();
    assert_eq!((of_a[0].since, of_a[0].until), (1, Some(2)));
    assert_eq!((of_a[1].since, of_a[1].until), (3, None));
    assert_eq!(
        store.editions("x").expect("read")[1],
        edition(2, "a digest")
    );
    assert!(store.pieces("y", 1).expect("read").is_empty());
}

fn numbers_have_no_gaps(place: &Place, open: Open) {
    let store = open(place);
    assert!(
        !store
            .append("x", &entry(2, Vec::new(), &[]))
            .expect("answered")
    );
    assert!(
        store
            .append("x", &entry(1, Vec::new(), &[]))
            .expect("written")
    );
    assert!(
        !store
            .append("x", &entry(1, Vec::new(), &[]))
            .expect("answered")
    );
    assert!(
        store
            .append("y", &entry(1, Vec::new(), &[]))
            .expect("written")
    );
    let marks = store.marks().expect("read");
    assert_eq!((marks["x"].edition, marks["y"].edition), (1, 1));
}

fn notes_are_counted(place: &Place, open: Open) {
    let store = open(place);
    store
        .append("x", &entry(1, Vec::new(), &[]))
        .expect("written");
    assert!(!store.set_note("x", 2, Some("nothing")).expect("answered"));
    assert!(
        store
            .set_note("x", 1, Some("Lunch is outside"))
            .expect("written")
    );
    let editions = store.editions("x").expect("read");
    assert_eq!(editions[0].note.as_deref(), Some("Lunch is outside"));
    assert_eq!(store.marks().expect("read")["x"].notes, 1);
    assert!(store.set_note("x", 1, None).expect("written"));
    assert_eq!(store.editions("x").expect("read")[0].note, None);
    assert_eq!(store.marks().expect("read")["x"].notes, 2);
}

fn what_is_held_waits_for_a_verdict(place: &Place, open: Open) {
    let store = open(place);
    store
        .append("x", &entry(1, Vec::new(), &[]))
        .expect("written");
    let mut held = Held {
        digest: "d".into(),
        since: at(0),
        reasons: vec!["13 of 18 talks are missing".into(), "and more".into()],
        verdict: Verdict::Pending,
    };
    assert_eq!(store.held("x").expect("read"), None);
    for verdict in [Verdict::Pending, Verdict::Approved, Verdict::Discarded] {
        held.verdict = verdict;
        store.hold("x", Some(&held)).expect("written");
        assert_eq!(open(place).held("x").expect("read").as_ref(), Some(&held));
    }
    store.hold("x", None).expect("written");
    assert_eq!(store.held("x").expect("read"), None);
}

fn notices_go_out_in_order(place: &Place, open: Open) {
    let store = open(place);
    let notice = |target: &str, body: &str| NewNotice {
        kind: "webhook".into(),
        target: target.into(),
        body: body.into(),
    };
    let mut one = entry(1, Vec::new(), &[]);
    one.notices = vec![notice("a", "1"), notice("b", "1")];
    let mut two = entry(2, Vec::new(), &[]);
    two.notices = vec![notice("a", "2")];
    store.append("x", &one).expect("written");
    store.append("x", &two).expect("written");
    let now = Utc::now();
    let minute = TimeDelta::minutes(1);
    let claim = |now| store.claim(now, now + minute).expect("answered");
    let first = claim(now).expect("a notice");
    assert_eq!(
        (&*first.notice.target, &*first.notice.body, first.edition),
        ("a", "1", 1)
    );
    assert_eq!(claim(now).expect("a notice").notice.target, "b");
    assert_eq!(claim(now), None, "the second waits for the first");
    let again = claim(now + minute * 2).expect("its lease is over");
    assert_eq!((again.id, again.failures), (first.id, 0));
    store.postpone(first.id, now + minute * 5).expect("written");
    let b = claim(now + minute * 4).expect("the other target's lease is over, too");
    assert_eq!(b.notice.target, "b");
    store.finish(b.id).expect("written");
    let late = claim(now + minute * 6).expect("due again");
    assert_eq!((late.id, late.failures), (first.id, 1));
    store.finish(late.id).expect("written");
    assert_eq!(open(place).waiting().expect("read"), 1);
    assert_eq!(claim(now + minute * 6).expect("the next").notice.body, "2");
}

/// Publishes a state through a ledger.
fn publish(ledger: &Ledger, before: Option<&Recorded>, next: Conference, minute: i64) -> Recorded {
    let digest = ledger.digest(&next);
    let now = at(minute);
    let (conference, history) = successor(before, next, now).expect("a change");
    let published = publication_time(before.and_then(|before| before.edition.published), now);
    let edition = Edition {
        published: Some(published),
        ..edition(history.edition, &digest)
    };
    let recorded = ledger.record((&conference, &history), before, edition, Vec::new());
    let recorded = recorded.expect("written").expect("nobody else writes");
    assert_eq!(*recorded.conference, conference);
    let without_chronicle = History {
        chronicle: std::sync::Arc::default(),
        ..(*recorded.history).clone()
    };
    let expected = History {
        chronicle: std::sync::Arc::default(),
        ..history
    };
    // Where a slot was before it moved is read by the clock of today's zone.
    if before.is_none_or(|before| before.conference.zone == conference.zone) {
        assert_eq!(without_chronicle, expected);
    }
    assert_tells_what_is_read(ledger, before, &recorded);
    recorded
}

/// What recording gives back is what the ledger reads, and feeds tell what logs and messages do.
fn assert_tells_what_is_read(ledger: &Ledger, before: Option<&Recorded>, recorded: &Recorded) {
    let number = recorded.edition.number;
    let read = ledger.at(&recorded.conference.slug, number);
    let read = read.expect("read").expect("an edition");
    assert_eq!(read.edition, recorded.edition);
    assert_eq!(read.conference, recorded.conference, "edition {number}");
    assert_eq!(read.history, recorded.history, "edition {number}");
    if let Some(before) = before {
        let told = read.history.chronicle.publications.last();
        let told = &told.expect("the edition").changes;
        assert_eq!(
            *told,
            diff(&before.conference, &recorded.conference),
            "edition {number}"
        );
    }
}

/// What somebody does to a programme.
#[derive(Debug, Clone, Copy)]
enum Edit {
    Talk { code: u8, hour: u8, title: u8 },
    Removal { code: u8 },
    RoomName { room: u8, name: u8 },
    SpeakerPage { speaker: u8, page: u8 },
    TrackName { name: u8 },
    Zone { is_berlin: bool },
    Reversal,
}

fn edits() -> impl Strategy<Value = Edit> {
    prop_oneof![
        6 => (0..6_u8, 0..12_u8, 0..9_u8)
            .prop_map(|(code, hour, title)| Edit::Talk { code, hour, title }),
        3 => (0..6_u8).prop_map(|code| Edit::Removal { code }),
        2 => (0..3_u8, 0..3_u8).prop_map(|(room, name)| Edit::RoomName { room, name }),
        1 => (0..2_u8, 0..3_u8).prop_map(|(speaker, page)| Edit::SpeakerPage { speaker, page }),
        1 => (0..3_u8).prop_map(|name| Edit::TrackName { name }),
        1 => any::<bool>().prop_map(|is_berlin| Edit::Zone { is_berlin }),
        1 => Just(Edit::Reversal),
    ]
}

#[derive(Default)]
struct Programme {
    talks: BTreeMap<u8, (u8, u8)>,
    rooms: [u8; 3],
    speakers: [u8; 2],
    track: u8,
    is_elsewhere: bool,
    is_reversed: bool,
}

impl Programme {
    fn edit(&mut self, edit: Edit) {
        match edit {
            Edit::Talk { code, hour, title } => {
                self.talks.insert(code, (hour, title));
            }
            Edit::Removal { code } => {
                self.talks.remove(&code);
            }
            Edit::RoomName { room, name } => self.rooms[usize::from(room)] = name,
            Edit::SpeakerPage { speaker, page } => self.speakers[usize::from(speaker)] = page,
            Edit::TrackName { name } => self.track = name,
            Edit::Zone { is_berlin } => self.is_elsewhere = !is_berlin,
            Edit::Reversal => self.is_reversed = !self.is_reversed,
        }
    }

    fn conference(&self) -> Conference {
        let mut file = BERLIN.to_owned();
        if self.is_elsewhere {
            file = file.replace("Europe/Berlin", "Europe/Helsinki");
        }
        for (room, name) in self.rooms.iter().enumerate() {
            file += &format!("[[rooms]]\nslug = \"hall-{room}\"\nname = \"Hall {room}.{name}\"\n");
        }
        file += &format!(
            "[[tracks]]\nslug = \"main\"\nname = \"Track {}\"\n",
            self.track
        );
        for (speaker, page) in self.speakers.iter().enumerate() {
            file += &format!(
                "[[speakers]]\nname = \"Speaker {speaker}\"\nurl = \"https://example.org/{page}\"\n"
            );
        }
        let mut talks: Vec<_> = self.talks.iter().collect();
        if self.is_reversed {
            talks.reverse();
        }
        for (code, (hour, title)) in talks {
            file += &format!(
                "[[talks]]\ncode = \"T{code}\"\ntitle = \"Title {title}\"\nabstract = \"About {title}, \\\"at length\\\"\"\nstart = 2026-10-24T{:02}:00:00\nduration = 30\nroom = \"Hall {room}.{}\"\ntrack = \"Track {}\"\nspeakers = [\"Speaker {}\"]\n",
                8 + hour % 12,
                self.rooms[usize::from(title % 3)],
                self.track,
                code % 2,
                room = title % 3,
            );
        }
        conference(&file)
    }
}

fn random_editions_stay_what_they_were(place: &Place, open: Open) {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let edits = prop::collection::vec(edits(), 60);
    let edits = edits.new_tree(&mut runner).expect("edits").current();
    let ledger = Ledger::new(open(place));
    let mut programme = Programme::default();
    programme.talks.insert(0, (0, 0));
    let mut published: Vec<Recorded> = Vec::new();
    // Before the conference, so that talks vanish and come back.
    let month = 31 * 24 * 60;
    for (step, edit) in edits.into_iter().enumerate() {
        programme.edit(edit);
        let minute = step as i64 - month;
        let next = programme.conference();
        let before = published.last();
        if successor(before, next.clone(), at(minute)).is_some() {
            published.push(publish(&ledger, before, next, minute));
        }
    }
    assert!(published.len() > 20, "{} editions", published.len());
    let slug = Slug::of("test");
    let ledger = Ledger::new(open(place));
    for recorded in &published {
        let number = recorded.edition.number;
        let read = ledger.at(&slug, number).expect("read").expect("an edition");
        assert_eq!(read.conference, recorded.conference, "edition {number}");
        assert_eq!(read.history, recorded.history, "edition {number}");
        assert_eq!(read.edition, recorded.edition);
    }
}

#[test]
fn a_renamed_room_is_told_of_its_talks_and_of_no_others() {
    let place = Place::folder();
    let ledger = Ledger::new(sqlite(&place));
    let mut programme = Programme {
        talks: BTreeMap::from([(0, (0, 0)), (1, (1, 1)), (2, (2, 3))]),
        ..Programme::default()
    };
    let first = publish(&ledger, None, programme.conference(), 0);
    programme.edit(Edit::RoomName { room: 0, name: 2 });
    let second = publish(&ledger, Some(&first), programme.conference(), 1);
    let told = second.history.chronicle.publications.last();
    let told = &told.expect("the second edition").changes;
    let codes: Vec<&str> = told.iter().map(|change| &*change.code).collect();
    assert_eq!(codes, ["T0", "T2"]);
    for change in told {
        let [Detail::RoomChanged { from, to }] = &*change.details else {
            panic!("{:?}", change.details);
        };
        let name = |room: &Option<Plain>| room.as_deref().map(str::to_owned);
        assert_eq!(name(&from.room).as_deref(), Some("Hall 0.0"));
        assert_eq!(name(&to.room).as_deref(), Some("Hall 0.2"));
    }
}

#[test]
fn what_was_discarded_or_approved_is_still_held_with_the_verdict() {
    let place = Place::folder();
    let ledger = Ledger::new(sqlite(&place));
    let none = ledger.decide("test", Verdict::Approved).expect("answered");
    assert!(!none, "nothing is held");
    let held = Held {
        digest: "d".into(),
        since: at(0),
        reasons: vec!["all 20 talks are missing".into()],
        verdict: Verdict::Pending,
    };
    ledger.store().hold("test", Some(&held)).expect("written");
    for verdict in [Verdict::Discarded, Verdict::Approved] {
        assert!(ledger.decide("test", verdict).expect("written"));
        let expected = Held {
            verdict,
            ..held.clone()
        };
        let found = ledger.store().held("test").expect("read");
        assert_eq!(found, Some(expected));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn coordinates_come_back_to_the_last_bit(latitude in -90.0..90.0_f64, longitude in -180.0..180.0_f64) {
        let mut said = conference(&format!("{BERLIN}[venue]\nname = \"Town hall\"\n"));
        let geo = Geo::new(latitude, longitude);
        said.venue.as_mut().expect("a venue").geo = geo;
        let ledger = Ledger::in_memory().expect("a ledger");
        let history = History::default().next(&said, at(0));
        let recorded = ledger.record((&said, &history), None, edition(1, "d"), Vec::new());
        prop_assert!(recorded.expect("written").is_some());
        let read = ledger.latest(&said.slug).expect("read").expect("an edition");
        let bits = |geo: Option<Geo>| geo.map(|geo| (geo.latitude.to_bits(), geo.longitude.to_bits()));
        let found = read.conference.venue.as_ref().and_then(|venue| venue.geo);
        prop_assert_eq!(bits(found), bits(geo));
    }
}

fn every_bundled_conference_comes_back_equal(place: &Place, open: Open) {
    let ledger = Ledger::new(open(place));
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    for loaded in source::load(&data, &Remote::default()).expect("the data") {
        publish(&ledger, None, loaded.conference.expect("usable"), 0);
    }
}

#[test]
fn every_real_schedule_comes_back_equal() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    for folder in ["frab", "pretalx", "sessionize", "c3voc"] {
        let Ok(files) = std::fs::read_dir(data.join(folder)) else {
            continue;
        };
        for file in files.flatten() {
            if let Some(conference) = source::load_file(&file.path(), |_| ()).conference {
                let place = Place::folder();
                publish(&Ledger::new(sqlite(&place)), None, conference, 0);
            }
        }
    }
}

#[test]
fn a_damaged_ledger_is_an_error_and_no_new_beginning() {
    let place = Place::folder();
    std::fs::write(place.folder.path().join("ledger.sqlite"), "this is no database, but it is long enough to look like a file that somebody has overwritten by mistake").expect("a written file");
    let error = Sqlite::open(place.folder.path())
        .err()
        .expect("a damaged ledger");
    assert!(error.to_string().contains("ledger.sqlite"), "{error}");
    std::fs::write(place.folder.path().join("test.jsonl"), "{\"ledger\":").expect("a written file");
    let error = text(&place).editions("test").expect_err("a damaged ledger");
    assert!(error.to_string().contains("damaged in line 1"), "{error}");
}

#[test]
fn a_newer_ledger_asks_for_a_newer_program() {
    let place = Place::folder();
    drop(sqlite(&place));
    let file = place.folder.path().join("ledger.sqlite");
    let connection = rusqlite::Connection::open(file).expect("a database");
    connection
        .pragma_update(None, "user_version", 99)
        .expect("written");
    drop(connection);
    let error = Sqlite::open(place.folder.path()).err().expect("too new");
    assert!(
        error.to_string().contains("use a newer handbill"),
        "{error}"
    );
}

#[test]
fn five_hundred_editions_of_a_thousand_talks_are_small_and_open_fast() {
    let place = Place::folder();
    let ledger = Ledger::new(sqlite(&place));
    let about = "A talk about the long way from an idea to a programme that many people follow. "
        .repeat(12);
    let mut file = BERLIN.to_owned();
    for talk in 0..1000 {
        file.push_str(&format!(
            "[[talks]]\ncode = \"T{talk}\"\ntitle = \"Talk {talk}\"\nabstract = \"{about}\"\nspeakers = [\"Speaker {}\"]\nstart = 2026-10-24T{:02}:{:02}:00\nduration = 30\nroom = \"Hall {}\"\n",
            talk % 600,
            8 + talk % 12,
            talk % 4 * 15,
            talk % 20
        ));
    }
    let base = conference(&file);
    let mut last = publish(&ledger, None, base.clone(), 0);
    for number in 1..500_i64 {
        let mut next = base.clone();
        let talk = (number as usize * 37) % next.talks.len();
        next.talks[talk].title = Plain::new(&format!("Retitled {number}"));
        let (conference, history) = successor(Some(&last), next, at(number)).expect("a change");
        let edition = edition(history.edition, &format!("digest {number}"));
        let recorded = ledger.record((&conference, &history), Some(&last), edition, Vec::new());
        last = recorded.expect("written").expect("nobody else writes");
    }
    drop(ledger);
    let size: u64 = std::fs::read_dir(place.folder.path())
        .expect("the folder")
        .map(|entry| entry.expect("an entry").metadata().expect("its size").len())
        .sum();
    let start = Instant::now();
    let ledger = Ledger::new(sqlite(&place));
    let latest = ledger
        .latest(&Slug::of("test"))
        .expect("read")
        .expect("an edition");
    println!("{size} bytes, opened in {:?}", start.elapsed());
    assert_eq!(latest.edition.number, 500);
    assert_eq!(latest.history.chronicle.publications.len(), 500);
    assert!(size < 100_000_000, "{size} bytes");
}
