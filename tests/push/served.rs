//! What `handbill serve` delivers when its receivers, or itself, are down for a while.

use super::hmac;
use super::receiver::{Message, Receiver};
use crate::command_line::{Served, folder_with};
use crate::conference::BERLIN;
use crate::source_commands::wait_until;
use handbill::history::Ledger;
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

const SECRET: &str = "swordfish";

/// Longer than a notice stays claimed whose claimer was killed.
const PATIENCE: Duration = Duration::from_secs(90);

/// A programme of one talk, at an hour.
fn programme(hour: u32) -> String {
    format!(
        "{BERLIN}\n[[talks]]\ncode = \"FIRST1\"\ntitle = \"First\"\nstart = 2026-10-24T{hour}:00:00\nduration = 45\nroom = \"Hall A\"\n"
    )
}

fn move_to(hour: u32, folder: &Path) {
    let beside = folder.join("conference.new");
    fs::write(&beside, programme(hour)).expect("a written file");
    fs::rename(&beside, folder.join("data/conference.toml")).expect("a replaced file");
}

/// Serves, with a webhook and a hub.
fn serve(folder: &Path, webhook: &str, hub: &str) -> Served {
    let variables = [
        ("HANDBILL_BASE_URL", "https://feeds.example.org/"),
        ("HANDBILL_WEBHOOK_SECRET", SECRET),
    ];
    let arguments = [
        "serve",
        "data",
        "--listen",
        "127.0.0.1:0",
        "--webhook",
        webhook,
        "--hub",
        hub,
    ];
    Served::start_with(folder, &arguments, &variables)
}

fn wait_for_edition(served: &Served, edition: u64) {
    let here = format!("\"edition\":{edition}}}");
    wait_until("the edition is published", || {
        served.get("/readyz").contains(&here)
    });
}

/// A server that is ended between a receiver's answer and its own note of it tells once more: it is to
/// be ended after that.
fn wait_until_all_is_noted(folder: &Path) {
    let state = folder.join(".handbill").display().to_string();
    let ledger = Ledger::open(&state).expect("a ledger");
    wait_until("every delivery is noted", || {
        ledger.store().waiting().expect("a number") == 0
    });
}

/// An address that nobody answers at.
fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").to_string()
}

/// Waits for this many messages.
#[track_caller]
fn messages(receiver: &Receiver, count: usize) -> Vec<Message> {
    let start = Instant::now();
    loop {
        let messages = receiver.messages();
        if messages.len() >= count {
            return messages;
        }
        let here = messages.len();
        assert!(start.elapsed() < PATIENCE, "only {here} of {count} came");
        thread::sleep(Duration::from_millis(20));
    }
}

/// The edition that a webhook is told of; its signature is checked.
#[track_caller]
fn edition(message: &Message) -> u64 {
    let signature = format!(
        "sha256={}",
        hmac(SECRET.as_bytes(), message.body.as_bytes())
    );
    assert_eq!(
        message.header("X-Handbill-Signature-256"),
        Some(&*signature)
    );
    let told: serde_json::Value = serde_json::from_str(&message.body).expect("JSON");
    told["edition"].as_u64().expect("a number")
}

fn editions(messages: &[Message]) -> Vec<u64> {
    messages.iter().map(edition).collect()
}

/// Checks that the message tells of the move from 10 to 11 o'clock.
#[track_caller]
fn tells_the_move(message: &Message) {
    let told: serde_json::Value = serde_json::from_str(&message.body).expect("JSON");
    assert_eq!(told["conference"], "test");
    assert_eq!(told["url"], "https://feeds.example.org/test/editions/");
    let changes = told["changes"].as_array().expect("a list");
    assert_eq!(changes.len(), 1, "{told}");
    assert_eq!(changes[0]["code"], "FIRST1");
    let detail = &changes[0]["details"][0];
    assert_eq!(detail["kind"], "moved");
    assert_eq!(detail["from"]["start"], "2026-10-24T10:00:00+02:00");
    assert_eq!(detail["to"]["start"], "2026-10-24T11:00:00+02:00");
}

/// The feeds of the conference that a hub was told of, each as often as it was.
fn topics(messages: &[Message]) -> Vec<String> {
    let start = "hub.mode=publish&hub.url=https%3A%2F%2Ffeeds.example.org%2Ftest%2F";
    let topic = |message: &Message| {
        let topic = message.body.strip_prefix(start).expect("a topic");
        topic.replace("%2F", "/")
    };
    messages.iter().map(topic).collect()
}

const WHOLE: [&str; 6] = [
    "talks.rss",
    "talks.atom",
    "talks.json",
    "changes.rss",
    "changes.atom",
    "changes.json",
];

const MOVED: [&str; 12] = [
    "talks.rss",
    "talks.atom",
    "talks.json",
    "changes.rss",
    "changes.atom",
    "changes.json",
    "days/2026-10-24.rss",
    "days/2026-10-24.atom",
    "days/2026-10-24.json",
    "rooms/hall-a.rss",
    "rooms/hall-a.atom",
    "rooms/hall-a.json",
];

/// Publishes two editions while all receivers are down, ends the server, and starts another once they
/// are up.
fn nothing_is_lost_or_doubled(end: impl FnOnce(Served)) {
    let folder = folder_with(&[("data/conference.toml", &programme(10))]);
    let folder = folder.path();
    let (webhook, hub) = (nobody(), nobody());
    let urls = [&webhook, &hub].map(|address| format!("http://{address}/"));
    let serve = || serve(folder, &urls[0], &urls[1]);
    let served = serve();
    move_to(11, folder);
    wait_for_edition(&served, 2);
    end(served);
    let (webhook, hub) = (Receiver::at(&webhook), Receiver::at(&hub));
    let served = serve();
    let told = messages(&webhook, 2);
    assert_eq!(editions(&told), [1, 2]);
    tells_the_move(&told[1]);
    let pinged = messages(&hub, WHOLE.len() + MOVED.len());
    assert_eq!(topics(&pinged), [&WHOLE[..], &MOVED[..]].concat());
    wait_until_all_is_noted(folder);
    drop(served);
    // Messages to one receiver keep their order: whatever comes twice comes before those of edition 3.
    let served = serve();
    wait_for_edition(&served, 2);
    move_to(12, folder);
    wait_for_edition(&served, 3);
    assert_eq!(editions(&messages(&webhook, 3)), [1, 2, 3]);
    let pinged = messages(&hub, WHOLE.len() + 2 * MOVED.len());
    assert_eq!(
        topics(&pinged),
        [&WHOLE[..], &MOVED[..], &MOVED[..]].concat()
    );
}

#[test]
fn what_was_published_while_receivers_were_down_is_told_once_after_a_stop() {
    nothing_is_lost_or_doubled(Served::stop);
}

#[test]
fn what_was_published_while_receivers_were_down_is_told_once_after_a_kill() {
    nothing_is_lost_or_doubled(drop);
}

#[test]
fn a_receiver_that_fails_for_a_while_gets_each_message_in_order_and_takes_it_once() {
    let folder = folder_with(&[("data/conference.toml", &programme(10))]);
    let folder = folder.path();
    let webhook = Receiver::that_answers("500 Internal Server Error");
    let hub = Receiver::that_answers("202 Accepted");
    let served = serve(folder, &webhook.url("/"), &hub.url("/"));
    move_to(11, folder);
    wait_for_edition(&served, 2);
    let refused = messages(&webhook, 2).len();
    webhook.now_answers("200 OK");
    wait_until("the second message comes", || {
        webhook
            .messages()
            .iter()
            .any(|message| edition(message) == 2)
    });
    let told = messages(&webhook, refused + 2);
    let (last, tries) = told.split_last().expect("messages");
    assert!(editions(tries).iter().all(|edition| *edition == 1));
    let names = tries
        .iter()
        .map(|message| message.header("X-Handbill-Delivery"));
    assert!(
        names
            .clone()
            .all(|name| name == names.clone().next().flatten())
    );
    tells_the_move(last);
    // The hub was not kept waiting, and what is told next is the next edition.
    assert_eq!(topics(&messages(&hub, 18))[6..], MOVED);
    move_to(12, folder);
    let all = messages(&webhook, told.len() + 1);
    assert_eq!(all.last().map(edition), Some(3));
    assert_eq!(all.len(), told.len() + 1);
}
