use super::*;
use crate::history::{Chronicle, Edition, Publication, diff};
use crate::model::Plain;
use crate::render::pages::fixture::{self, Whole};
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Arc;

fn published(minutes: i64) -> DateTime<Utc> {
    let start: DateTime<Utc> = "2026-09-01T10:00:00Z".parse().expect("an instant");
    start + TimeDelta::minutes(minutes)
}

/// A site whose conference went through these states, an edition each at a minute.
fn site(states: Vec<(i64, Conference)>) -> Whole {
    let mut publications: Vec<Publication> = Vec::new();
    let mut before: Option<&Conference> = None;
    for (number, (minute, conference)) in (1..).zip(&states) {
        publications.push(Publication {
            edition: Edition {
                number,
                published: Some(published(*minute)),
                source: "conference.toml".into(),
                digest: String::new(),
                note: (number == 3).then(|| "The attic is <closed>.".into()),
            },
            changes: before.map_or_else(Vec::new, |before| diff(before, conference)),
        });
        before = Some(conference);
    }
    let last = states.last().expect("a state").1.clone();
    let mut whole = Whole::new(last.clone());
    whole.history.chronicle = Arc::new(Chronicle::new(publications, &last.policy));
    whole
}

fn retitled(conference: &Conference, title: &str) -> Conference {
    let mut conference = conference.clone();
    conference.talks[0].title = Plain::new(title);
    conference
}

fn moved(conference: &Conference) -> Conference {
    let mut conference = conference.clone();
    conference.talks[0].slots[0].when = fixture::span("2026-10-25T10:00", "2026-10-25T10:45");
    conference
}

fn example() -> Whole {
    let first = fixture::conference();
    let second = moved(&first);
    let third = retitled(&second, "A better title");
    site(vec![(0, first), (10, second), (20, third)])
}

fn text(renderer: &Renderer, whole: &Whole) -> String {
    String::from_utf8((renderer.render)(&whole.context())).expect("UTF-8")
}

#[test]
fn the_whole_rss() {
    insta::assert_snapshot!(text(&RSS, &example()));
}

#[test]
fn the_whole_atom() {
    insta::assert_snapshot!(text(&ATOM, &example()));
}

#[test]
fn the_whole_json() {
    insta::assert_snapshot!(text(&JSON, &example()));
}

#[test]
fn an_edit_within_the_window_that_is_undone_is_no_change_after_all() {
    let mut first = fixture::conference();
    first.policy.changes_window = TimeDelta::minutes(5);
    let second = retitled(&first, "A slip");
    let whole = site(vec![(0, first.clone()), (10, second), (12, first)]);
    let items = feed(&whole.context(), &ATOM).items;
    let titles: Vec<_> = items.into_iter().map(|item| item.title).collect();
    assert!(
        titles
            .iter()
            .any(|title| title.starts_with("No change after all: ")),
        "{titles:?}"
    );
    assert_eq!(titles.len(), 2);
}

#[test]
fn archives_are_full_and_never_change() {
    let mut state = fixture::conference();
    let mut states = vec![(0, state.clone())];
    for edition in 1..=160 {
        state = retitled(&state, &format!("Title {edition}"));
        states.push((edition * 10, state.clone()));
    }
    let early = site(states[..=110].to_vec());
    let late = site(states);
    let ids = |whole: &Whole| -> Vec<String> {
        let context = Context {
            instalment: Instalment::Archive(1),
            ..whole.context()
        };
        let items = feed(&context, &ATOM).items;
        items.into_iter().map(|item| item.id).collect()
    };
    assert_eq!(ids(&early).len(), PAGE);
    assert_eq!(ids(&early), ids(&late));
    assert_eq!(archives(&late.conference, &late.history).len(), 2 * 3);
}
