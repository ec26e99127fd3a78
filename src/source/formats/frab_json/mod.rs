//! frab's and pretalx's `schedule.json`, c3voc's schema 1
//! (<https://c3voc.de/schedule/schema.json>): events within rooms within days.
//!
//! Written by frab, by pretalx and by c3voc's hub, each in several forms. The outer `schedule` may be
//! missing, `days` and `rooms` may stand beside `conference`, numbers may be text, and what is text in
//! one file is `null` in the next. Where an event is said twice, its `date` is right, not the day it is
//! listed under: pretalx lists what starts before three o'clock under the day before.
//!
//! # What is refused
//!
//! An event that cannot be read is left out, and the others are published. A file is refused
//!
//! - when it has no `conference` or no list of `days`: it is something else;
//! - when it contradicts the format: a list of `rooms` in `schedule` while `conference` holds the days.
//!   The schema forbids it by name, since readers that look for rooms in the conference find none;
//! - when it has events and none of them can be read.
//!
//! Looser spellings that real files have (ids in quotes, no guid, no date) are no reason.
//!
//! # Not supported
//!
//! `answers` to organisers' questions are for organisers and hold telephone numbers: they are counted
//! and left out, as is whatever else the model has no place for. `$schema`, `generator` and `daysCount`
//! say nothing about the programme.

mod conference;
mod event;
mod start;
#[cfg(test)]
mod tests;

use crate::model::{WebUrl, Zone};
use crate::source::formats::c3voc::{Form, form};
use crate::source::lists::named_list::NamedList;
use crate::source::lists::publication::KeptBack;
use crate::source::lists::talk_list::TalkList;
use crate::source::syntax::json::{self, Json, Languages, Object};
use crate::source::{
    Draft, DraftRoom, DraftSpeaker, DraftTrack, Input, Problem, Reading, Severity, Source,
};
use start::Starts;

/// frab's JSON.
pub(super) static SOURCE: Source = Source {
    name: "frab-json",
    detect: |_, bytes| form(bytes) == Some(Form::Frab),
    read: |input: &Input<'_>| -> Reading { json::read(input, schedule) },
};

/// What is known while the events are read.
struct Reader {
    base: Option<WebUrl>,
    languages: Languages,
    zone: Option<Zone>,
    rooms: NamedList<DraftRoom>,
    tracks: NamedList<DraftTrack>,
    speakers: NamedList<DraftSpeaker>,
    talks: TalkList,
    starts: Starts,
    kept_back: KeptBack,
    unreadable: usize,
}

fn schedule(root: Json<'_>) -> Result<Draft, Problem> {
    let file = root.file();
    let remedy = "export the schedule as JSON from frab or pretalx again";
    let refused = |message: &str| Problem::error(file.place(), message, remedy);
    let outer = root
        .object()
        .ok_or_else(|| refused("this JSON is no object"))?;
    outer.skip(&["$schema", "generator"]);
    let inner = outer.object("schedule");
    let schedule = inner.as_ref().unwrap_or(&outer);
    schedule.skip(&["$schema", "generator"]);
    let conference = schedule.object("conference");
    let conference = conference.ok_or_else(|| refused("there is no `conference` in this JSON"))?;
    conference.skip(&["daysCount"]);
    let contradiction = contradiction(schedule, &conference);
    let days = conference.get("days").or_else(|| schedule.get("days"));
    let days = days.ok_or_else(|| refused("there are no `days` in this JSON"))?;

    let mut reader = Reader {
        base: schedule.url("base_url", None),
        languages: Languages::default(),
        zone: conference.zone("time_zone_name"),
        rooms: NamedList::default(),
        tracks: NamedList::default(),
        speakers: NamedList::default(),
        talks: TalkList::default(),
        starts: Starts::default(),
        kept_back: KeptBack::default(),
        unreadable: 0,
    };
    let mut draft = conference::conference(schedule, &conference, &mut reader);
    draft.days = conference::days(days, &mut reader);
    if draft.days.is_empty() {
        draft.days = conference.days_between("start", "end");
    }
    conference.skip(&["start", "end"]);
    conference.leave_out_rest("conference");
    schedule.leave_out_rest("schedule");
    if inner.is_some() {
        outer.leave_out_rest("");
    }
    for problem in reader.starts.problems(file.place()) {
        file.report(problem);
    }
    if let Some(note) = reader.kept_back.note(file.place()) {
        file.report(note);
    }
    let is_useless = reader.unreadable > 0 && reader.talks.events() == 0;
    if let Some(problem) = refusal(file.told(), contradiction, is_useless, root) {
        return Err(problem);
    }
    draft.counts = vec![
        (
            "events",
            reader.talks.events() + reader.kept_back.count() + reader.unreadable,
        ),
        ("persons", reader.talks.speakers()),
        ("rooms", reader.rooms.list.len()),
        ("days", draft.days.len()),
    ];
    draft.base_url = reader.base;
    draft.zone = reader.zone;
    draft.rooms = reader.rooms.list;
    draft.tracks = reader.tracks.list;
    draft.speakers = reader.speakers.list;
    draft.talks = reader.talks.finish(file.place())?;
    Ok(draft)
}

/// What in the file contradicts the format, rather than being spelt loosely.
fn contradiction(schedule: &Object<'_>, conference: &Object<'_>) -> Option<Problem> {
    let rooms = schedule.get("rooms")?;
    let is_list = rooms.each(|_| ());
    (is_list && conference.get("days").is_some()).then(|| {
        let message = "`rooms` is a list in `schedule`, the days are in `conference`";
        Problem::error(rooms.place(), message, "move it into `conference`")
    })
}

/// Refuses a whole file, with every reason that it gave.
fn refusal(
    told: Vec<Problem>,
    contradiction: Option<Problem>,
    is_useless: bool,
    root: Json<'_>,
) -> Option<Problem> {
    const MOST_REASONS: usize = 8;
    let place = match &contradiction {
        Some(problem) => problem.place.clone(),
        None => root.file().place(),
    };
    let message = match &contradiction {
        Some(problem) => format!(
            "this contradicts c3voc's schedule format: {}",
            problem.message
        ),
        None if is_useless => "none of the events in this schedule can be read".to_owned(),
        None => return None,
    };
    let told = told
        .iter()
        .filter(|problem| problem.severity > Severity::Note);
    let reasons: Vec<String> = told
        .take(MOST_REASONS)
        .map(|problem| {
            let line = problem
                .place
                .line
                .map(|line| format!("line {line}: "))
                .unwrap_or_default();
            format!("{line}{} ({})", problem.message, problem.remedy)
        })
        .collect();
    let also = if reasons.is_empty() {
        String::new()
    } else {
        format!("; also {}", reasons.join(", "))
    };
    let remedy = match contradiction {
        Some(problem) => problem.remedy,
        None => "export the schedule again".to_owned(),
    };
    Some(Problem::error(place, format!("{message}{also}"), remedy))
}
