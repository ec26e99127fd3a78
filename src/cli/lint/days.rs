//! Talks at hours at which nobody would come.

use super::programme::{Held, Programme, name};
use crate::model::{Day, Kind};
use crate::source::Problem;
use chrono::{NaiveTime, TimeDelta, Timelike};

/// Tools write the last minute of a day as its end: 03:59, 23:59.
const GRACE: TimeDelta = TimeDelta::minutes(1);

/// The hours of the night, from and until, on the wall clock.
const NIGHT: (u32, u32) = (22, 7);

/// Fewer talks say nothing about their hours.
const ENOUGH_TALKS: usize = 6;

/// A talk before its day opens or after it is over.
pub(super) fn outside_hours(programme: &Programme<'_>) -> Vec<Problem> {
    let days = &programme.conference.days;
    let mut problems = Vec::new();
    for held in programme.held() {
        let date = held.slot.day(days);
        let day = days.binary_search_by_key(&date, |day| day.date);
        let day = day.ok().and_then(|at| days.get(at));
        if let Some(outside) = day.and_then(|day| outside(&held, day)) {
            let place = programme.place_at(held.talk, held.slot);
            problems.push(Problem::note(place, outside).of_talk(name(held.talk)));
        }
    }
    problems
}

fn outside(held: &Held<'_>, day: &Day) -> Option<String> {
    let (opens, ends) = day.hours?;
    let is_early = held.start() < opens.instant();
    let is_late = held.end() > ends.instant() + GRACE;
    let time = |time: NaiveTime| time.format("%H:%M").to_string();
    (is_early || is_late).then(|| {
        format!(
            "{} lies outside the hours of {}, {} to {}",
            held.shown(),
            day.date,
            time(opens.wall().time()),
            time(ends.wall().time())
        )
    })
}

/// Most talks begin at night: the times are probably those of another zone.
pub(super) fn unlikely_hours(programme: &Programme<'_>) -> Vec<Problem> {
    let is_talk = |held: &Held<'_>| !matches!(held.talk.kind, Kind::Break | Kind::Social);
    let held: Vec<Held<'_>> = programme.held().into_iter().filter(is_talk).collect();
    let (from, until) = NIGHT;
    let is_at_night = |held: &&Held<'_>| {
        let hour = held.span.start().wall().hour();
        hour >= from || hour < until
    };
    let at_night = held.iter().filter(is_at_night).count();
    if held.len() < ENOUGH_TALKS || at_night * 2 <= held.len() {
        return Vec::new();
    }
    let message = format!(
        "{at_night} of {} talks begin between {from}:00 and {until:02}:00 in {}",
        held.len(),
        programme.conference.zone.name()
    );
    let remedy = "check `time_zone`, and whether the times were exported in another zone";
    vec![Problem::warning(programme.place.clone(), message, remedy)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Plain, Zone};
    use crate::source::{Clock, Draft, DraftDay, DraftSlot, DraftTalk, End, Place, assemble};
    use chrono::{NaiveDate, NaiveDateTime};

    fn wall(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a wall clock time")
    }

    /// What is said of an hour's talk at some starts, on a Saturday and Sunday of these hours.
    fn said(hours: [(&str, &str); 2], starts: &[&str]) -> Vec<String> {
        let days = hours.map(|(opens, ends)| DraftDay {
            place: Place::default(),
            date: opens[..10].parse::<NaiveDate>().expect("a date"),
            name: None,
            hours: Some((Clock::Wall(wall(opens)), Clock::Wall(wall(ends)))),
        });
        let talk = |start: &&str| DraftTalk {
            title: Plain::new("Night"),
            slots: vec![DraftSlot {
                start: Some(Clock::Wall(wall(start))),
                end: Some(End::After(TimeDelta::hours(1))),
                ..DraftSlot::default()
            }],
            ..DraftTalk::default()
        };
        let draft = Draft {
            zone: Zone::named("Europe/Berlin"),
            days: days.to_vec(),
            talks: starts.iter().map(talk).collect(),
            ..Draft::default()
        };
        let assembled = assemble(draft, "test").expect("a conference");
        let programme = Programme::new(&assembled.conference, &assembled.places, "x.json");
        let problems = outside_hours(&programme).into_iter();
        problems.map(|problem| problem.message).collect()
    }

    #[test]
    fn a_talk_is_outside_the_hours_of_the_day_that_it_belongs_to() {
        let hours = [
            ("2026-11-07 09:00", "2026-11-07 18:00"),
            ("2026-11-08 09:00", "2026-11-08 18:00"),
        ];
        assert_eq!(
            said(
                hours,
                &["2026-11-07 17:00", "2026-11-08 08:30", "2026-11-08 17:30"]
            ),
            [
                "\"Night\" (2026-11-08 08:30–09:30) lies outside the hours of 2026-11-08, 09:00 to 18:00",
                "\"Night\" (2026-11-08 17:30–18:30) lies outside the hours of 2026-11-08, 09:00 to 18:00",
            ]
        );
    }

    #[test]
    fn ten_to_two_in_the_night_belongs_to_the_evening_before_and_lies_inside_of_it() {
        let hours = [
            ("2026-11-07 04:00", "2026-11-08 03:59"),
            ("2026-11-08 04:00", "2026-11-09 03:59"),
        ];
        let starts = ["2026-11-08 01:50", "2026-11-08 03:00", "2026-11-09 01:50"];
        assert_eq!(said(hours, &starts), [] as [String; 0]);
        assert_eq!(said(hours, &["2026-11-07 01:50"]).len(), 1);
    }
}
