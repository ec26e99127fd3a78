//! c3voc's schedule2, version alpha-3 (<https://c3voc.de/schema/schedule2>): a conference, a flat list
//! of events that refer to rooms, tracks and persons, and texts in several languages.
//!
//! Of a text in several languages the conference's default language is taken, else the event's, else
//! English, else the first; the others are counted as left out. Events in the states `DRAFT`,
//! `SUBMITTED`, `REJECTED`, `WITHDRAWN` and `DELETED` are never published. Breaks and the like
//! (`BREAK`, `META`) have no code of their own.
//!
//! # Not supported
//!
//! The roles of participants: whoever takes part is a speaker. Rooms within rooms, streams and other
//! features of rooms, themes and keywords are counted and left out.

mod conference;
mod event;
#[cfg(test)]
mod tests;

use crate::source::formats::c3voc::{Form, form};
use crate::source::syntax::json;
use crate::source::syntax::json::Json;
use crate::source::{Draft, Input, Problem, Reading, Source};
use conference::References;
use event::Events;

/// schedule2.
pub(super) static SOURCE: Source = Source {
    name: "schedule2",
    detect: |_, bytes| form(bytes) == Some(Form::Schedule2),
    read: |input: &Input<'_>| -> Reading { json::read(input, schedule) },
};

fn schedule(root: Json<'_>) -> Result<Draft, Problem> {
    let file = root.file();
    let refused = |message: &str| {
        Problem::error(
            file.place(),
            message,
            "export the schedule as schedule2 again",
        )
    };
    let outer = root
        .object()
        .ok_or_else(|| refused("this JSON is no object"))?;
    outer.skip(&["$schema", "generator"]);
    let inner = outer.object("schedule");
    let schedule = inner.as_ref().unwrap_or(&outer);
    schedule.skip(&["$schema", "generator"]);
    let conference = schedule.object("conference");
    let conference = conference.ok_or_else(|| refused("there is no `conference` in this JSON"))?;
    let events = schedule.get("events");
    let events = events.ok_or_else(|| refused("there are no `events` in this JSON"))?;

    let mut references = References::default();
    let mut draft = conference::conference(schedule, &conference, &mut references);
    conference::persons(schedule, &mut references);
    conference.leave_out_rest("conference");
    schedule.leave_out_rest("schedule");
    if inner.is_some() {
        outer.leave_out_rest("");
    }
    let mut read = Events::new(references);
    read.read(events);
    if read.unreadable > 0 && read.talks.events() == 0 && read.kept_back.count() == 0 {
        let first = file.told().into_iter().next().map(|problem| {
            format!(
                ", such as line {}: {}",
                problem.place.line.unwrap_or(1),
                problem.message
            )
        });
        let message = format!(
            "none of the events in this schedule can be read{}",
            first.unwrap_or_default()
        );
        return Err(refused(&message));
    }
    if let Some(note) = read.kept_back.note(file.place()) {
        file.report(note);
    }
    draft.counts = vec![
        (
            "events",
            read.talks.events() + read.kept_back.count() + read.unreadable,
        ),
        ("persons", read.talks.speakers()),
        ("rooms", read.references.rooms.list.len()),
        ("days", draft.days.len()),
    ];
    let unused = read.unused_persons();
    if unused > 0 {
        file.leave_out("persons of no published event", unused);
    }
    draft.rooms = read.references.rooms.list;
    draft.tracks = read.references.tracks.list;
    draft.speakers = read.references.persons.list;
    draft.talks = read.talks.finish(file.place())?;
    Ok(draft)
}
