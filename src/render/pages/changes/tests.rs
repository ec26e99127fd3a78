use super::super::fixture::{self, Whole};
use super::*;
use crate::history::{Chronicle, Publication, diff};
use crate::model::{Conference, Plain, Policy, State};
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Arc;

fn edition(number: u64, note: Option<&str>) -> Edition {
    let first: DateTime<Utc> = "2026-07-01T08:00:00Z".parse().expect("an instant");
    let days = i64::try_from(number).expect("small");
    Edition {
        number,
        published: Some(first + TimeDelta::days(days)),
        source: "conference.toml".into(),
        digest: number.to_string(),
        note: note.map(str::to_owned),
    }
}

type Edit = fn(&mut Conference);

/// The fixture after some edits, one a day, each with what is said of it.
fn edited(edits: &[(Edit, Option<&str>)]) -> Whole {
    let mut whole = Whole::new(fixture::conference());
    let mut publications = vec![Publication {
        edition: edition(1, None),
        changes: Vec::new(),
    }];
    for (number, (edit, note)) in (2..).zip(edits) {
        let before = whole.conference.clone();
        edit(&mut whole.conference);
        publications.push(Publication {
            edition: edition(number, *note),
            changes: diff(&before, &whole.conference),
        });
    }
    whole.history.chronicle = Arc::new(Chronicle::new(publications, &Policy::default()));
    whole
}

fn rendered(whole: &Whole) -> String {
    String::from_utf8(page(&whole.context())).expect("UTF-8")
}

fn content(page: &str) -> String {
    let (_, body) = page.split_once("<body>").expect("a body");
    body.replace('<', "\n<").replace("\n</", "</")
}

#[test]
fn changes_stand_under_their_edition_with_its_note() {
    let whole = edited(&[
        (
            |conference| {
                conference.talks[0].title = Plain::new("Opening words");
                conference.talks.retain(|talk| &*talk.code != "LATER");
            },
            Some("Two <small> changes."),
        ),
        (
            |conference| conference.talks[1].state = State::Cancelled,
            None,
        ),
        (|_| {}, Some("Doors open at seven.")),
    ]);
    insta::assert_snapshot!(content(&rendered(&whole)));
}

#[test]
fn editions_are_told_in_the_language_of_the_conference() {
    let whole = edited(&[(
        |conference| conference.talks[0].title = Plain::new("Opening words"),
        None,
    )]);
    let page = super::super::editions::editions(&whole.context());
    insta::assert_snapshot!(content(&String::from_utf8(page).expect("UTF-8")));
}

#[test]
fn a_conference_of_one_edition_says_that_nothing_changed() {
    let page = rendered(&edited(&[]));
    assert!(
        page.contains("Seit der ersten Veröffentlichung hat sich nichts geändert: "),
        "{page}"
    );
    assert!(page.contains("Donnerstag, 2. Juli 2026, 10:00 CEST"));
    let unpublished = rendered(&Whole::new(fixture::conference()));
    assert!(unpublished.contains("Seit der ersten Veröffentlichung hat sich nichts geändert."));
}

#[test]
fn a_talk_that_is_gone_is_named_and_not_linked() {
    let whole = edited(&[(
        |conference| conference.talks.retain(|talk| &*talk.code != "LATER"),
        None,
    )]);
    let page = rendered(&whole);
    assert!(page.contains("Later"));
    assert!(!page.contains("talks/LATER/"));
}

#[test]
fn the_newest_changes_are_told_and_the_way_to_older_ones() {
    let mut whole = Whole::new(fixture::large(30));
    let mut publications = vec![Publication {
        edition: edition(1, None),
        changes: Vec::new(),
    }];
    for number in 2..=10 {
        let before = whole.conference.clone();
        for talk in &mut whole.conference.talks {
            talk.title = Plain::new(&format!("Title {number}"));
        }
        publications.push(Publication {
            edition: edition(number, None),
            changes: diff(&before, &whole.conference),
        });
    }
    whole.history.chronicle = Arc::new(Chronicle::new(publications, &Policy::default()));
    let page = rendered(&whole);
    assert_eq!(page.matches("<li class=\"change\">").count(), TOLD);
    assert!(page.contains("Older changes are in the list of all editions."));
    assert!(page.contains("changes/archive-1.atom"));
    assert!(!page.contains("id=\"edition:2\""));
}
