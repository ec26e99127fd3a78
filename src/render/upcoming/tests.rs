use super::*;
use crate::render::Cancelled;
use crate::render::pages::fixture::{self, Whole};
use chrono::TimeDelta;

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

/// What a follower reads at an hour: the entries' titles, the newest first.
fn titles(whole: &mut Whole, now: &str) -> Vec<String> {
    let passed = Moments::of(&whole.conference).passed(instant(now));
    whole.instalment = Instalment::Upcoming(passed);
    let items = feed(&whole.context(), &ATOM).items;
    items.into_iter().map(|item| item.title).collect()
}

fn opening(whole: &mut Whole) -> &mut Slot {
    &mut whole.conference.talks[0].slots[0]
}

#[test]
fn the_whole_atom_on_the_first_day() {
    let mut whole = Whole::new(fixture::conference());
    let moments = Moments::of(&whole.conference);
    whole.instalment = Instalment::Upcoming(moments.passed(instant("2026-10-24T07:30:00Z")));
    let bytes = (ATOM.render)(&whole.context());
    insta::assert_snapshot!(String::from_utf8(bytes).expect("UTF-8"));
}

#[test]
fn an_entry_appears_half_an_hour_before_its_talk() {
    let mut whole = Whole::new(fixture::conference());
    assert_eq!(titles(&mut whole, "2026-10-24T06:29:59Z"), [""; 0]);
    let found = titles(&mut whole, "2026-10-24T06:30:00Z");
    assert_eq!(found, ["09:00, Hall: Opening"]);
}

#[test]
fn organisers_choose_how_long_before() {
    let mut conference = fixture::conference();
    conference.policy.upcoming_lead = TimeDelta::minutes(5);
    let mut whole = Whole::new(conference);
    assert_eq!(titles(&mut whole, "2026-10-24T06:54:59Z"), [""; 0]);
    assert_eq!(titles(&mut whole, "2026-10-24T06:55:00Z").len(), 1);
}

#[test]
fn a_talk_that_moves_appears_again_as_another_entry() {
    let mut whole = Whole::new(fixture::conference());
    let ids = |whole: &mut Whole, now| {
        let passed = Moments::of(&whole.conference).passed(instant(now));
        whole.instalment = Instalment::Upcoming(passed);
        let items = feed(&whole.context(), &ATOM).items;
        items.into_iter().map(|item| item.id).collect::<Vec<_>>()
    };
    let before = ids(&mut whole, "2026-10-24T06:30:00Z");
    opening(&mut whole).when = fixture::span("2026-10-24T07:10", "2026-10-24T07:45");
    assert_eq!(ids(&mut whole, "2026-10-24T06:39:00Z"), [""; 0]);
    let after = ids(&mut whole, "2026-10-24T06:40:00Z");
    assert_eq!((before.len(), after.len()), (1, 1));
    assert_ne!(before, after);
}

#[test]
fn what_was_called_off_in_time_never_appears_and_what_was_called_off_late_says_so() {
    for (called_off, expected) in [
        ("2026-10-24T06:00:00Z", vec![]),
        (
            "2026-10-24T06:50:00Z",
            vec!["09:00, Hall: CANCELLED: Opening"],
        ),
    ] {
        let mut whole = Whole::new(fixture::conference());
        opening(&mut whole).state = State::Cancelled;
        whole.history = whole.history.next(&whole.conference, instant(called_off));
        let found = titles(&mut whole, "2026-10-24T06:55:00Z");
        assert_eq!(found, expected, "{called_off}");
        whole.wishes.cancelled = Cancelled::Hide;
        assert_eq!(titles(&mut whole, "2026-10-24T06:55:00Z"), [""; 0]);
    }
}

#[test]
fn talks_whose_hour_is_not_known_never_appear() {
    let mut conference = fixture::conference();
    for slot in conference.talks.iter_mut().flat_map(|talk| &mut talk.slots) {
        slot.when = crate::model::When::Day(fixture::date("2026-10-24"));
    }
    let mut whole = Whole::new(conference);
    assert_eq!(titles(&mut whole, "2026-12-24T06:30:00Z"), [""; 0]);
}

#[test]
fn the_newest_are_kept_and_none_of_those_that_begin_together_is_left_out() {
    let mut conference = fixture::conference();
    let talk = conference.talks[0].clone();
    let many = |start: &str, end: &str, count: usize| {
        let copies = (0..count).map(|number| {
            let mut talk = talk.clone();
            talk.code = crate::model::TalkCode::parse(&format!("{}-{number}", &start[11..13]))
                .expect("a code");
            talk.slots[0].when = fixture::span(start, end);
            talk
        });
        copies.collect::<Vec<_>>()
    };
    conference.talks = many("2026-10-24T07:00", "2026-10-24T07:45", 25);
    conference
        .talks
        .extend(many("2026-10-24T08:00", "2026-10-24T08:45", 20));
    conference
        .talks
        .extend(many("2026-10-24T06:00", "2026-10-24T06:45", 20));
    let mut whole = Whole::new(conference);
    assert_eq!(titles(&mut whole, "2026-10-24T09:00:00Z").len(), 45);
}
