//! What other servers are told of an edition, and that they are told of it.

mod outbox;
mod receiver;
mod served;

use crate::conference::{BERLIN, conference};
use chrono::{DateTime, TimeDelta, Utc};
use handbill::history::ledger::{NewNotice, Store};
use handbill::history::{Change, Detail, Edition, Placement};
use handbill::model::{Conference, Moment, Plain, Talk, When};
use handbill::push::{Client, Courier, Secret, Settings, deliver, notices};
use handbill::render::Site;
use outbox::Outbox;
use receiver::Receiver;
use sha2::{Digest, Sha256};
use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant};

const TALKS: &str = r#"
[[talks]]
code = "FIRST1"
title = "Tom & Ann's \"first\""
speakers = ["Ada Lovelace"]
track = "Web"
start = 2026-10-25T11:00:00
duration = 45
room = "Hall B"
"#;

const MESSAGE: &str = "{\"conference\":\"test\"}";

fn now() -> DateTime<Utc> {
    "2026-10-24T12:00:00Z".parse().expect("an instant")
}

fn webhook(target: String, body: &str) -> NewNotice {
    NewNotice {
        kind: "webhook".into(),
        target,
        body: body.into(),
    }
}

fn signing() -> Client {
    Client::new(Secret::new("swordfish"))
}

fn delivered(outbox: &Outbox) -> u64 {
    deliver(outbox, &signing(), now).expect("an outbox")
}

/// HMAC as RFC 2104 §2 defines it, for short keys.
fn hmac(key: &[u8], text: &[u8]) -> String {
    let pad = |byte: u8| -> Vec<u8> {
        let mut pad = vec![byte; 64];
        for (padded, key) in pad.iter_mut().zip(key) {
            *padded ^= key;
        }
        pad
    };
    let inner = Sha256::digest([&pad(0x36), text].concat());
    let outer = Sha256::digest([&*pad(0x5c), &*inner].concat());
    outer.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_webhook_gets_json_with_a_signature_that_its_receiver_can_verify() {
    assert_eq!(
        hmac(b"Jefe", b"what do ya want for nothing?"),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "RFC 4231 §4.3"
    );
    let receiver = Receiver::that_answers("204 No Content");
    let outbox = Outbox::with([webhook(receiver.url("/hooks/handbill?room=1"), MESSAGE)]);
    assert_eq!(delivered(&outbox), 1);
    let messages = receiver.messages();
    let [message] = &*messages else {
        panic!("{messages:?}");
    };
    assert!(
        message
            .head
            .starts_with("POST /hooks/handbill?room=1 HTTP/1.1\r\n"),
        "{message:?}"
    );
    assert_eq!(message.body, MESSAGE);
    assert_eq!(message.header("Content-Type"), Some("application/json"));
    assert_eq!(message.header("X-Handbill-Event"), Some("edition"));
    assert_eq!(message.header("X-Handbill-Delivery"), Some("test-1-1"));
    let signature = format!("sha256={}", hmac(b"swordfish", MESSAGE.as_bytes()));
    assert_eq!(
        message.header("X-Handbill-Signature-256"),
        Some(&*signature)
    );
}

#[test]
fn without_a_secret_there_is_no_signature() {
    let receiver = Receiver::that_answers("200 OK");
    let outbox = Outbox::with([webhook(receiver.url("/"), MESSAGE)]);
    deliver(&outbox, &Client::new(None), now).expect("an outbox");
    let messages = receiver.messages();
    assert_eq!(messages[0].header("X-Handbill-Signature-256"), None);
}

#[test]
fn a_hub_gets_a_form_that_names_the_topic() {
    let receiver = Receiver::that_answers("202 Accepted");
    let settings = Settings {
        hub: Some(receiver.url("/hub")),
        ..Settings::default()
    };
    let conference = conference(&format!("{BERLIN}{TALKS}"));
    let site = Site::new("https://feeds.example.org");
    let outbox = Outbox::with(notices(&conference, &edition(), &[], &site, &settings));
    assert_eq!(delivered(&outbox), 6);
    let message = &receiver.messages()[0];
    assert!(message.head.starts_with("POST /hub HTTP/1.1\r\n"));
    assert_eq!(
        message.header("Content-Type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(
        message.body,
        "hub.mode=publish&hub.url=https%3A%2F%2Ffeeds.example.org%2Ftest%2Ftalks.rss"
    );
    assert_eq!(message.header("X-Handbill-Signature-256"), None);
}

#[test]
fn what_a_receiver_misses_while_it_is_down_it_gets_later_once_and_in_order() {
    let receiver = Receiver::that_answers("503 Service Unavailable");
    let outbox = Outbox::with(["1", "2", "3"].map(|body| webhook(receiver.url("/"), body)));
    let clock = Cell::new(now());
    let run = || deliver(&outbox, &signing(), || clock.get()).expect("an outbox");
    for pause in [1, 2, 4, 8, 16, 32, 60, 60] {
        assert_eq!(run(), 0);
        assert_eq!(outbox.pauses(clock.get())[0], pause);
        clock.set(clock.get() + TimeDelta::seconds(pause));
    }
    assert_eq!(receiver.bodies(), ["1"; 8], "the first alone is tried");
    receiver.now_answers("200 OK");
    assert_eq!((run(), run()), (3, 0));
    assert_eq!(receiver.bodies()[8..], ["1", "2", "3"]);
    assert_eq!(outbox.waiting().expect("a count"), 0);
}

#[test]
fn a_receiver_that_is_down_keeps_nobody_else_waiting() {
    let receiver = Receiver::that_answers("200 OK");
    let gone = Receiver::that_answers("200 OK").url("/");
    let outbox = Outbox::with([webhook(gone, "1"), webhook(receiver.url("/"), "2")]);
    assert_eq!(delivered(&outbox), 1);
    assert_eq!(receiver.bodies(), ["2"]);
    assert_eq!(outbox.pauses(now()), [1]);
}

#[test]
fn a_message_follows_no_redirect() {
    let elsewhere = Receiver::that_answers("200 OK");
    let answer = format!("307 Temporary Redirect\r\nLocation: {}", elsewhere.url("/"));
    let receiver = Receiver::that_answers(&answer);
    let outbox = Outbox::with([webhook(receiver.url("/"), MESSAGE)]);
    assert_eq!(delivered(&outbox), 0);
    assert_eq!(receiver.messages().len(), 1);
    assert!(elsewhere.messages().is_empty());
    assert_eq!(outbox.waiting().expect("a count"), 1);
}

#[test]
fn an_answer_without_end_is_an_answer() {
    let receiver = Receiver::that_answers("200 OK without end");
    let outbox = Outbox::with([webhook(receiver.url("/"), MESSAGE)]);
    let start = Instant::now();
    assert_eq!(delivered(&outbox), 1);
    assert!(start.elapsed() < Duration::from_secs(9));
}

#[test]
fn after_200_failures_a_message_is_given_up_for_those_behind_it() {
    let receiver = Receiver::that_answers("404 Not Found");
    let outbox = Outbox::with(["1", "2"].map(|body| webhook(receiver.url("/"), body)));
    let clock = Cell::new(now());
    for _ in 0..200 {
        deliver(&outbox, &signing(), || clock.get()).expect("an outbox");
        clock.set(clock.get() + TimeDelta::seconds(60));
    }
    assert_eq!(outbox.waiting().expect("a count"), 1);
    let bodies = receiver.bodies();
    assert_eq!(bodies.iter().filter(|body| **body == "1").count(), 200);
}

#[test]
fn a_delivery_that_cannot_be_recorded_is_repeated_under_the_same_name() {
    let receiver = Receiver::that_answers("200 OK");
    let outbox = Outbox::with([webhook(receiver.url("/"), MESSAGE)]);
    outbox.is_read_only.store(true, Ordering::SeqCst);
    deliver(&outbox, &signing(), now).expect_err("a ledger that cannot be written");
    outbox.is_read_only.store(false, Ordering::SeqCst);
    assert_eq!(delivered(&outbox), 0, "it is claimed");
    let later = || now() + TimeDelta::seconds(61);
    assert_eq!(deliver(&outbox, &signing(), later).expect("an outbox"), 1);
    let messages = receiver.messages();
    let names = messages
        .iter()
        .map(|message| message.header("X-Handbill-Delivery"));
    assert_eq!(names.collect::<Vec<_>>(), [Some("test-1-1"); 2]);
}

#[test]
fn a_courier_delivers_what_is_there_and_what_the_bell_announces_until_nobody_holds_it() {
    let receiver = Receiver::that_answers("200 OK");
    let outbox = Outbox::with([webhook(receiver.url("/"), "1")]);
    let (courier, bell) = Courier::new(signing());
    thread::scope(|scope| {
        let store = &outbox;
        let running = scope.spawn(move || courier.run(store, now));
        wait_for(&receiver, 1);
        outbox.add(webhook(receiver.url("/"), "2"));
        bell.ring();
        wait_for(&receiver, 2);
        drop(bell);
        running.join().expect("an end");
    });
    assert_eq!(receiver.bodies(), ["1", "2"]);
}

#[test]
fn two_couriers_share_their_work() {
    let receiver = Receiver::that_answers("200 OK");
    let sent: Vec<String> = (0..20).map(|number| number.to_string()).collect();
    let notice = |(at, body): (usize, &String)| webhook(receiver.url(&format!("/{at}")), body);
    let outbox = Outbox::with(sent.iter().enumerate().map(notice));
    let delivered: u64 = thread::scope(|scope| {
        let couriers = [0, 1].map(|_| scope.spawn(|| delivered(&outbox)));
        let counts = couriers.map(|courier| courier.join().expect("a count"));
        counts.iter().sum()
    });
    assert_eq!(delivered, 20);
    let mut bodies = receiver.bodies();
    bodies.sort_by_key(|body| body.parse::<u32>().expect("a number"));
    assert_eq!(bodies, sent);
}

#[track_caller]
fn wait_for(receiver: &Receiver, messages: usize) {
    let start = Instant::now();
    while receiver.messages().len() < messages {
        assert!(start.elapsed() < Duration::from_secs(10), "nobody calls");
        thread::sleep(Duration::from_millis(10));
    }
}

fn edition() -> Edition {
    Edition {
        number: 4,
        published: Some(now()),
        source: "conference.toml".into(),
        digest: String::new(),
        note: Some("Hall A is closed.".into()),
    }
}

/// The only talk of [`TALKS`] after it moved there from Hall A.
fn moved(conference: &Conference) -> Change {
    let after = conference.talks[0].clone();
    let moment = |text: &str| Moment::new(text.parse().expect("an instant"), &conference.zone);
    let was = When::span(
        moment("2026-10-24T08:00:00Z"),
        moment("2026-10-24T08:45:00Z"),
    )
    .expect("a span");
    let mut before: Talk = after.clone();
    before.slots[0].when = was.clone();
    before.slots[0].room = None;
    let from = Placement {
        when: was,
        room: None,
    };
    let to = Placement {
        when: after.slots[0].when.clone(),
        room: Some(Plain::new("Hall B")),
    };
    Change {
        code: after.code.clone(),
        before: Some(Arc::new(before)),
        after: Some(Arc::new(after)),
        details: vec![
            Detail::Moved { from, to },
            Detail::Field {
                name: "Track",
                from: String::new(),
                to: "Web".into(),
            },
            Detail::Field {
                name: "Level",
                from: "beginner".into(),
                to: String::new(),
            },
            Detail::LinksAdded(vec!["https://example.org/slides.pdf".into()]),
        ],
    }
}

#[test]
fn a_webhook_is_told_every_change_of_an_edition() {
    let conference = conference(&format!("{BERLIN}{TALKS}"));
    let settings = Settings {
        webhooks: vec![
            "https://a.example.org/".into(),
            "https://b.example.org/".into(),
        ],
        secret: Secret::new("swordfish"),
        ..Settings::default()
    };
    let site = Site::new("https://feeds.example.org");
    let changes = [moved(&conference)];
    let told = notices(&conference, &edition(), &changes, &site, &settings);
    let expected = concat!(
        r#"{"conference":"test","name":"Test Days","edition":4,"#,
        r#""published":"2026-10-24T14:00:00+02:00","#,
        r#""url":"https://feeds.example.org/test/editions/","note":"Hall A is closed.","#,
        r#""changes":[{"code":"FIRST1","title":"Tom & Ann's \"first\"","#,
        r#""url":"https://feeds.example.org/test/#FIRST1","#,
        r#""kinds":["moved","details changed","links added"],"details":["#,
        r#"{"kind":"moved","#,
        r#""from":{"start":"2026-10-24T10:00:00+02:00","end":"2026-10-24T10:45:00+02:00","room":null},"#,
        r#""to":{"start":"2026-10-25T11:00:00+01:00","end":"2026-10-25T11:45:00+01:00","room":"Hall B"}},"#,
        r#"{"kind":"details changed","field":"Track","from":"","to":"Web"},"#,
        r#"{"kind":"details changed","field":"Level","from":"beginner","to":""},"#,
        r#"{"kind":"links added","to":["https://example.org/slides.pdf"]}]}]}"#,
    );
    let webhooks = ["a", "b"].map(|host| webhook(format!("https://{host}.example.org/"), expected));
    assert_eq!(told, webhooks);
}

#[test]
fn a_hub_is_told_of_the_whole_and_of_where_changed_talks_were_and_are() {
    let conference = conference(&format!("{BERLIN}{TALKS}"));
    let changes = [moved(&conference), moved(&conference)];
    let topics = topics(&conference, &changes);
    let stems = [
        "talks",
        "changes",
        "days/2026-10-24",
        "days/2026-10-25",
        "rooms/hall-b",
        "tracks/web",
        "speakers/ada-lovelace",
    ];
    let expected: Vec<String> = stems
        .iter()
        .flat_map(|stem| ["rss", "atom", "json"].map(|ending| format!("{stem}.{ending}")))
        .collect();
    assert_eq!(topics, expected);
}

#[test]
fn a_hub_is_told_of_200_feeds_at_most() {
    let talks = (0..100).map(|number| {
        format!("\n[[talks]]\ncode = \"T{number}\"\ntitle = \"Talk {number}\"\nspeakers = [\"Ada {number}\"]\n")
    });
    let conference = conference(&format!("{BERLIN}{}", talks.collect::<String>()));
    let added = |talk: &Talk| Change {
        code: talk.code.clone(),
        before: None,
        after: Some(Arc::new(talk.clone())),
        details: vec![Detail::Added],
    };
    let changes: Vec<Change> = conference.talks.iter().map(added).collect();
    let topics = topics(&conference, &changes);
    assert_eq!(topics.len(), 200);
    assert_eq!(topics[3], "changes.rss");
}

#[test]
fn where_nobody_is_to_be_told_there_are_no_notices() {
    let conference = conference(&format!("{BERLIN}{TALKS}"));
    let site = Site::new("https://feeds.example.org");
    let told = notices(&conference, &edition(), &[], &site, &Settings::default());
    assert!(told.is_empty(), "{told:?}");
}

/// The feeds that a hub is told of, below the conference.
fn topics(conference: &Conference, changes: &[Change]) -> Vec<String> {
    let settings = Settings {
        hub: Some("https://hub.example.org/".into()),
        ..Settings::default()
    };
    let site = Site::new("https://feeds.example.org");
    let told = notices(conference, &edition(), changes, &site, &settings);
    let start = "hub.mode=publish&hub.url=https%3A%2F%2Ffeeds.example.org%2Ftest%2F";
    let topic = |notice: &NewNotice| {
        let topic = notice.body.strip_prefix(start).expect("a topic");
        topic.replace("%2F", "/")
    };
    told.iter().map(topic).collect()
}
