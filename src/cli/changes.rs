//! What an edition changed, on the terminal.

use crate::history::{Change, Detail, Placement};
use crate::model::When;
use std::fmt::Write;

/// A block for every talk that is different, apart by blank lines.
pub(super) fn text(changes: &[Change]) -> String {
    let blocks: Vec<String> = changes.iter().map(block).collect();
    blocks.join("\n")
}

/// A talk's code and title, and below them what is different.
fn block(change: &Change) -> String {
    let talk = change.after.as_ref().or(change.before.as_ref());
    let title = talk.map_or("", |talk| &*talk.title);
    let mut block = format!("{}  {title}\n", change.code);
    for detail in &change.details {
        // Writing to a string cannot fail.
        let _ = writeln!(block, "    {}", words(detail));
    }
    block
}

fn words(detail: &Detail) -> String {
    match detail {
        Detail::Added => "added".into(),
        Detail::Removed => "removed".into(),
        Detail::Cancelled(None) => "cancelled".into(),
        Detail::Cancelled(Some(at)) => format!("cancelled on {}", place(at)),
        Detail::Restored(None) => "takes place after all".into(),
        Detail::Restored(Some(at)) => format!("takes place after all on {}", place(at)),
        Detail::Moved { from, to } => format!("moved from {} to {}", place(from), place(to)),
        Detail::RoomChanged { from, to } => format!(
            "room changed from {} to {} on {}",
            room(from),
            room(to),
            time(&to.when)
        ),
        Detail::Scheduled(at) => format!("scheduled for {}", place(at)),
        Detail::State(state) => format!("now {}", state.word()),
        Detail::Retitled { from, to } => format!("retitled from \"{from}\" to \"{to}\""),
        Detail::Speakers { from, to } => from_to("speakers", from, to),
        Detail::Field { name, from, to } => from_to(&name.to_lowercase(), from, to),
        Detail::Text => "text changed".into(),
        Detail::LinksAdded(links) => format!("links added: {}", links.join(", ")),
        Detail::Other => "other details changed".into(),
    }
}

fn from_to(what: &str, from: &str, to: &str) -> String {
    match (from, to) {
        ("", _) => format!("{what} now {to}"),
        (_, "") => format!("{what} no longer {from}"),
        _ => format!("{what} changed from {from} to {to}"),
    }
}

/// When and where: "Sat 24 Oct 2026 10:00–10:45, Main hall".
fn place(placement: &Placement) -> String {
    let time = time(&placement.when);
    match &placement.room {
        Some(room) => format!("{time}, {room}"),
        None => time,
    }
}

fn room(placement: &Placement) -> &str {
    placement.room.as_deref().unwrap_or("no room")
}

/// When, by the clock on the conference's wall.
fn time(when: &When) -> String {
    let date = when.date().format("%a %-d %b %Y");
    let Some(span) = when.timed() else {
        return date.to_string();
    };
    let (start, end) = (span.start().wall(), span.end().wall());
    let is_one_evening = end - start < chrono::TimeDelta::days(1);
    let start = start.format("%H:%M");
    match (span.has_end(), is_one_evening) {
        (false, _) => format!("{date} {start}"),
        (true, true) => format!("{date} {start}–{}", end.format("%H:%M")),
        (true, false) => format!("{date} {start} – {}", end.format("%a %-d %b %Y %H:%M")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Moment, Plain, TalkCode, Zone};

    fn placement(start: &str, end: &str, room: Option<&str>) -> Placement {
        let zone = Zone::named("Europe/Berlin").expect("a zone");
        let moment = |text: &str| Moment::new(text.parse().expect("an instant"), &zone);
        Placement {
            when: When::span(moment(start), moment(end)).expect("a span"),
            room: room.map(Plain::new),
        }
    }

    #[track_caller]
    fn check(detail: Detail, expected: &str) {
        assert_eq!(words(&detail), expected);
    }

    #[test]
    fn a_talk_that_moves_says_from_where_and_to_where_by_the_clock_on_the_wall() {
        let from = placement(
            "2026-10-24T08:00:00Z",
            "2026-10-24T08:45:00Z",
            Some("Hall A"),
        );
        let to = placement("2026-10-25T09:00:00Z", "2026-10-25T09:00:00Z", None);
        check(
            Detail::Moved { from, to },
            "moved from Sat 24 Oct 2026 10:00–10:45, Hall A to Sun 25 Oct 2026 10:00",
        );
    }

    #[test]
    fn a_day_without_an_hour_and_a_night_are_told_as_such() {
        let date = "2026-10-24".parse().expect("a date");
        let day = Placement {
            when: When::Day(date),
            room: None,
        };
        check(Detail::Scheduled(day), "scheduled for Sat 24 Oct 2026");
        let night = placement("2026-10-24T21:00:00Z", "2026-10-24T23:30:00Z", Some("Bar"));
        check(
            Detail::Cancelled(Some(night)),
            "cancelled on Sat 24 Oct 2026 23:00–01:30, Bar",
        );
    }

    #[test]
    fn what_was_nothing_before_or_is_nothing_now_is_not_told_as_empty() {
        let field = |from: &str, to: &str| Detail::Field {
            name: "Track",
            from: from.into(),
            to: to.into(),
        };
        check(field("", "Web"), "track now Web");
        check(field("Web", ""), "track no longer Web");
        check(field("Web", "Data"), "track changed from Web to Data");
    }

    #[test]
    fn every_talk_has_a_block_of_its_own() {
        let change = |code: &str| Change {
            code: TalkCode::parse(code).expect("a code"),
            before: None,
            after: None,
            details: vec![Detail::Text, Detail::Other],
        };
        assert_eq!(
            text(&[change("A1"), change("B2")]),
            "A1  \n    text changed\n    other details changed\n\nB2  \n    text changed\n    other details changed\n"
        );
    }
}
