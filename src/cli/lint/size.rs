//! Calendars that Google Calendar takes only a part of.

use super::programme::{Programme, counted, first_few};
use crate::history::History;
use crate::model::{Conference, Part};
use crate::render::{Site, plan};
use crate::source::Problem;
use chrono::DateTime;

/// Google documents one megabyte, and people have lost events above it. A little less, since the
/// address at which a calendar is published is part of its size.
const MOST_BYTES: usize = 900_000;

/// People have lost events of calendars that hold 1,111.
const MOST_EVENTS: usize = 1000;

/// Where the calendars are said to be published while they are measured.
const ADDRESS: &str = "https://schedule.example.org";

/// A calendar as it would be published.
pub(super) struct Calendar {
    path: String,
    bytes: usize,
    pub(super) events: usize,
    /// Whether its times stand with a zone that it describes (VTIMEZONE).
    pub(super) has_zone: bool,
}

impl Calendar {
    pub(super) fn is_too_large(&self) -> bool {
        self.bytes > MOST_BYTES || self.events > MOST_EVENTS
    }

    /// `1.2 MB and 1351 events`.
    pub(super) fn size(&self) -> String {
        let bytes = match self.bytes {
            bytes if bytes < 1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
            bytes => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
        };
        format!("{bytes} and {}", counted(self.events, "event"))
    }
}

/// The calendar of the whole conference, and, where that is too large, those of days, rooms and
/// tracks: what is in them is in the whole, so they are no larger.
pub(super) fn calendars(conference: &Conference) -> Vec<Calendar> {
    let history = History::default().next(conference, DateTime::UNIX_EPOCH);
    let site = Site::new(ADDRESS);
    let renderings = plan(conference).into_iter().filter(|rendering| {
        let renderer = rendering.renderer();
        renderer.is_some_and(|renderer| renderer.extension == "ics")
    });
    let mut calendars: Vec<Calendar> = Vec::new();
    for rendering in renderings {
        let is_wanted = match rendering.selection.part {
            Part::Whole => true,
            Part::Day(_) | Part::Room(_) | Part::Track(_) => {
                calendars.first().is_some_and(Calendar::is_too_large)
            }
            Part::Speaker(_) | Part::Talk(_) | Part::Chosen(_) => false,
        };
        if !is_wanted {
            continue;
        }
        let bytes = rendering.render(conference, &history, &site).bytes;
        let lines = |line: &[u8]| {
            bytes
                .split(|byte| *byte == b'\n')
                .filter(|found| found.trim_ascii_end() == line)
                .count()
        };
        calendars.push(Calendar {
            path: rendering.path,
            bytes: bytes.len(),
            events: lines(b"BEGIN:VEVENT"),
            has_zone: lines(b"BEGIN:VTIMEZONE") > 0,
        });
    }
    calendars
}

/// Calendars beyond what Google Calendar takes.
pub(super) fn too_large(programme: &Programme<'_>) -> Vec<Problem> {
    let Some((whole, parts)) = programme.calendars.split_first() else {
        return Vec::new();
    };
    let large: Vec<&Calendar> = parts.iter().filter(|part| part.is_too_large()).collect();
    let small = parts.len() - large.len();
    let told = |calendar: &Calendar, remedy: String| {
        let message = format!(
            "{} has {}: Google Calendar takes about 1 MB or 1,000 events, and of more a part or nothing",
            calendar.path,
            calendar.size()
        );
        Problem::warning(programme.place.clone(), message, remedy)
    };
    let mut problems = Vec::new();
    if whole.is_too_large() {
        let remedy = if small == 0 {
            "give the talks rooms, tracks and days: each has a calendar of its own, to which to point people".into()
        } else {
            let paths = parts.iter().filter(|part| !part.is_too_large());
            let paths = paths.map(|part| part.path.clone());
            format!(
                "point people to the calendars of a day, room or track: {}",
                first_few(paths, small)
            )
        };
        problems.push(told(whole, remedy));
    }
    let part_remedy = "point people to smaller parts; a calendar's address takes filters such as ?track= and ?room=";
    problems.extend(
        large
            .iter()
            .map(|calendar| told(calendar, part_remedy.into())),
    );
    problems
}
