//! Several servers on one database, and connections that break.

use super::{CONFERENCE, Database, append, at, entry, notice, piece};
use chrono::TimeDelta;
use handbill::history::ledger::postgres::Postgres;
use handbill::history::ledger::{Entry, Held, Store, Verdict};
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

#[test]
#[ignore = "needs PostgreSQL: tests/run starts one"]
fn of_two_servers_that_publish_at_once_exactly_one_wins_each_number() {
    const ROUNDS: u64 = 200;
    let database = Database::new();
    let stores = [database.open(), database.open()];
    let barrier = Barrier::new(2);
    let race = |store: &Postgres, name: &str| {
        let publish = |number| {
            let put =
                (0..20).map(|talk| piece("talk", &format!("T{talk}"), &format!("{name}{number}")));
            let entry = Entry {
                notices: vec![notice("https://app.example.org/hook", name)],
                ..entry(number, put.collect())
            };
            barrier.wait();
            store.append(CONFERENCE, &entry).expect("an answer")
        };
        (1..=ROUNDS).map(publish).collect::<Vec<_>>()
    };
    let (one, two) = thread::scope(|scope| {
        let one = scope.spawn(|| race(&stores[0], "one"));
        let two = race(&stores[1], "two");
        (one.join().expect("a thread"), two)
    });
    for (round, (one, two)) in one.iter().zip(&two).enumerate() {
        assert!(one != two, "round {round}: one {one}, two {two}");
    }
    let editions = stores[0].editions(CONFERENCE).expect("editions");
    assert_eq!(editions.len() as u64, ROUNDS);
    assert_eq!(stores[0].waiting().expect("a count"), ROUNDS);
    for (number, is_ones) in (1..).zip(&one) {
        let pieces = stores[1].pieces(CONFERENCE, number).expect("pieces");
        let body = format!("{}{number}", if *is_ones { "one" } else { "two" });
        assert_eq!(pieces.len(), 20);
        assert!(
            pieces.iter().all(|piece| piece.body == body),
            "edition {number} is a mixture"
        );
    }
    println!(
        "one won {} of {ROUNDS}",
        one.iter().filter(|won| **won).count()
    );
}

#[test]
#[ignore = "needs PostgreSQL: tests/run starts one"]
fn of_two_servers_only_one_claims_a_notice() {
    const NOTICES: usize = 300;
    let database = Database::new();
    let stores = [database.open(), database.open()];
    let notices = (0..NOTICES).map(|number| {
        let target = format!("https://app{}.example.org/hook", number % 10);
        notice(&target, &number.to_string())
    });
    let first = Entry {
        notices: notices.collect(),
        ..entry(1, Vec::new())
    };
    append(&stores[0], &first);
    let now = at("2022-01-11T09:00:00Z");
    let deliver = |store: &Postgres| {
        let mut delivered = Vec::new();
        while store.waiting().expect("a count") > 0 {
            let claimed = store
                .claim(now, now + TimeDelta::minutes(1))
                .expect("an answer");
            if let Some(claimed) = claimed {
                assert_eq!(
                    (claimed.conference.as_str(), claimed.edition),
                    (CONFERENCE, 1)
                );
                delivered.push(claimed.notice.body);
                store.finish(claimed.id).expect("finished");
            }
        }
        delivered
    };
    let (one, two) = thread::scope(|scope| {
        let one = scope.spawn(|| deliver(&stores[0]));
        let two = deliver(&stores[1]);
        (one.join().expect("a thread"), two)
    });
    println!("delivered {} and {}", one.len(), two.len());
    let mut all: Vec<usize> = one
        .iter()
        .chain(&two)
        .map(|body| body.parse().expect("a number"))
        .collect();
    all.sort_unstable();
    assert_eq!(all, (0..NOTICES).collect::<Vec<_>>());
}

/// How long a wait takes that begins before `change` is made by another server.
fn time_to_hear(waiting: &Postgres, change: impl FnOnce() + Send) -> Duration {
    // Begins to listen.
    waiting.wait(Duration::ZERO);
    thread::scope(|scope| {
        scope.spawn(|| {
            thread::sleep(Duration::from_millis(200));
            change();
        });
        let began = Instant::now();
        waiting.wait(Duration::from_secs(20));
        began.elapsed()
    })
}

#[test]
#[ignore = "needs PostgreSQL: tests/run starts one"]
fn every_change_of_another_server_ends_a_wait() {
    let database = Database::new();
    let (here, there) = (database.open(), database.open());
    let held = Held {
        digest: "outage".to_owned(),
        since: at("2022-02-04T17:30:00Z"),
        reasons: Vec::new(),
        verdict: Verdict::Pending,
    };
    let changes: [(&str, &(dyn Fn() + Sync)); 4] = [
        ("append", &|| append(&there, &entry(1, Vec::new()))),
        ("set_note", &|| {
            there
                .set_note(CONFERENCE, 1, Some("Typo"))
                .expect("an answer");
        }),
        ("hold", &|| {
            there.hold(CONFERENCE, Some(&held)).expect("held")
        }),
        ("let go", &|| there.hold(CONFERENCE, None).expect("let go")),
    ];
    for (name, change) in changes {
        let took = time_to_hear(&here, change);
        println!("{name}: heard after {} ms", took.as_millis() - 200);
        assert!(
            took > Duration::from_millis(150),
            "{name}: {took:?}, before the change"
        );
        assert!(took < Duration::from_millis(1200), "{name}: {took:?}");
    }
}

#[test]
#[ignore = "needs PostgreSQL: tests/run starts one"]
fn a_change_between_two_waits_ends_the_second_at_once_and_silence_ends_none() {
    let database = Database::new();
    let (here, there) = (database.open(), database.open());
    here.wait(Duration::ZERO);
    append(&there, &entry(1, Vec::new()));
    append(&there, &entry(2, Vec::new()));
    let began = Instant::now();
    here.wait(Duration::from_secs(20));
    assert!(
        began.elapsed() < Duration::from_secs(1),
        "{:?}",
        began.elapsed()
    );
    let began = Instant::now();
    here.wait(Duration::from_millis(500));
    assert!(
        began.elapsed() >= Duration::from_millis(500),
        "{:?}",
        began.elapsed()
    );
}

#[test]
#[ignore = "needs PostgreSQL: tests/run starts one"]
fn a_connection_that_was_cut_is_made_anew_at_the_next_call() {
    let database = Database::new();
    let (here, there) = (database.open(), database.open());
    here.wait(Duration::ZERO);
    for number in 1..=5 {
        database.cut_connections();
        append(
            &here,
            &entry(number, vec![piece("talk", "A", &number.to_string())]),
        );
    }
    assert_eq!(here.editions(CONFERENCE).expect("editions").len(), 5);
    database.cut_connections();
    assert_eq!(there.marks().expect("marks")[CONFERENCE].edition, 5);

    database.cut_connections();
    // What was said meanwhile is lost, so that a wait on a cut connection ends at once.
    let began = Instant::now();
    here.wait(Duration::from_secs(20));
    assert!(
        began.elapsed() < Duration::from_secs(5),
        "{:?}",
        began.elapsed()
    );
    let took = time_to_hear(&here, || append(&there, &entry(6, Vec::new())));
    assert!(took < Duration::from_millis(1200), "{took:?}");
}

#[test]
#[ignore = "needs PostgreSQL: tests/run starts one"]
fn a_wait_ends_when_its_connection_is_cut() {
    let database = Database::new();
    let here = database.open();
    let took = time_to_hear(&here, || database.cut_connections());
    assert!(took < Duration::from_secs(5), "{took:?}");
}
