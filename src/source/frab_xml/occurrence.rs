//! Events that are one talk: the same code and the same title, held more than once.

use super::event::Event;
use crate::model::{Plain, TalkCode};
use crate::source::findings::Findings;
use crate::source::{DraftTalk, Problem};
use std::collections::HashMap;

/// The most occurrences of one talk, and the most persons and links that are compared with others.
const MOST_COMPARED: usize = 500;

/// The talks of the events, in the order of the file. What is said at one occurrence and not at another
/// holds for the talk.
pub(super) fn as_talks(events: Vec<Event>, findings: &mut Findings) -> Vec<DraftTalk> {
    let mut talks: Vec<DraftTalk> = Vec::with_capacity(events.len());
    let mut places: HashMap<(TalkCode, Plain), usize> = HashMap::new();
    for Event { talk, .. } in events {
        let key = talk.code.clone().map(|code| (code, talk.title.clone()));
        let known = key.as_ref().and_then(|key| places.get(key));
        match known.and_then(|at| talks.get_mut(*at)) {
            Some(known) => add(known, talk, findings),
            None => {
                places.extend(key.map(|key| (key, talks.len())));
                talks.push(talk);
            }
        }
    }
    talks
}

fn add(talk: &mut DraftTalk, again: DraftTalk, findings: &mut Findings) {
    if talk.state != again.state {
        for slot in &mut talk.slots {
            slot.state = slot.state.or(talk.state);
        }
        talk.state = None;
    }
    for mut slot in again.slots {
        let is_known = talk.slots.iter().any(|known| {
            (known.start, known.end, &known.room) == (slot.start, slot.end, &slot.room)
        });
        if is_known {
            let message = "this event stands in the file twice, at the same time in the same room";
            let problem = Problem::note(slot.place.clone(), message);
            let sort = "events that stand in the file twice";
            findings.report_sort(sort, problem.of_talk(&*talk.title));
            continue;
        }
        if talk.slots.len() >= MOST_COMPARED {
            let message = format!("this talk is held more than {MOST_COMPARED} times");
            let problem = Problem::error(slot.place.clone(), message, "the others are left out");
            let sort = "occurrences of talks that are held too often";
            findings.report_sort(sort, problem.of_talk(&*talk.title));
            continue;
        }
        if talk.state.is_none() {
            slot.state = slot.state.or(again.state);
        }
        talk.slots.push(slot);
    }
    let mut differing = Vec::new();
    macro_rules! fill_in {
        ($($field:ident)*) => {$(
            match (&talk.$field, again.$field) {
                (None, said) => talk.$field = said,
                (Some(known), Some(said)) if *known != said => differing.push(stringify!($field)),
                (Some(_), _) => {}
            }
        )*};
    }
    fill_in!(subtitle format summary description track language url image licence recording_optout origin);
    talk.kind = talk.kind.or(again.kind);
    differing.extend((!unite(&mut talk.speakers, again.speakers)).then_some("persons"));
    differing.extend((!unite(&mut talk.links, again.links)).then_some("links"));
    if !differing.is_empty() {
        let message = format!(
            "this event is held more than once, and says something else of its {} here",
            differing.join(", ")
        );
        let remedy = "what the first one says is published";
        let problem = Problem::warning(again.place, message, remedy).of_talk(&*talk.title);
        findings.report_sort("events that differ from their first occurrence", problem);
    }
}

/// Adds what is new; false where that would be too much to compare.
fn unite<T: PartialEq>(known: &mut Vec<T>, said: Vec<T>) -> bool {
    for thing in said {
        if known.contains(&thing) {
            continue;
        }
        if known.len() >= MOST_COMPARED {
            return false;
        }
        known.push(thing);
    }
    true
}
