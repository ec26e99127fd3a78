//! Dates and times as people read them: the clock on the conference's wall, or on the reader's.

use super::speech::Speech;
use super::words::programme;
use crate::model::{Conference, Moment, Span, Zone};
use crate::render::words;
use chrono::{Datelike, NaiveDate, TimeDelta};
use maud::{Markup, html};

/// From a conference's first day to its last: "24–25 October 2026"; nothing when it has no days.
/// `lang` is their language where it is not that of what they stand in.
pub(super) fn dates(conference: &Conference, speech: Speech, lang: Option<&str>) -> Markup {
    let (Some(first), Some(last)) = (conference.days.first(), conference.days.last()) else {
        return html! {};
    };
    let (first, last) = (first.date, last.date);
    let year = speech.pick("%-d %B %Y", "%-d. %B %Y");
    let month = speech.pick("%-d %B", "%-d. %B");
    let day = speech.pick("%-d", "%-d.");
    let start = match (
        first == last,
        first.year() == last.year(),
        first.month() == last.month(),
    ) {
        (true, ..) => None,
        (_, false, _) => Some((year, " – ")),
        (_, _, false) => Some((month, " – ")),
        _ => Some((day, "–")),
    };
    html! {
        @if let Some((pattern, dash)) = start {
            time datetime=(first) lang=[lang] { (speech.date(first, pattern)) } (dash)
        }
        time datetime=(last) lang=[lang] { (speech.date(last, year)) }
    }
}

/// Which clock the times from `moment` on are read from: "CEST (UTC+02:00)".
pub(super) fn clock(moment: Moment, zone: &Zone) -> String {
    let abbreviation = words::abbreviation(moment, zone);
    if abbreviation.starts_with("UTC") {
        abbreviation
    } else {
        format!("{abbreviation} (UTC{})", offset(moment, zone))
    }
}

/// The hours of a slot on a conference day whose times are `usual`ly read from one clock.
///
/// The clock is named where it is another, and in the hour that the clocks repeat; the date where
/// it is not the day's: after midnight, and at the end of what lasts longer than a day.
pub(super) fn hours(
    span: &Span,
    zone: &Zone,
    day: NaiveDate,
    usual: &str,
    speech: Speech,
) -> Markup {
    let [start, end] = [span.start(), span.end()].map(|moment| seen_in(moment, zone));
    let clocks = [start, end].map(|moment| words::abbreviation(moment, zone));
    let is_changed = clocks[0] != clocks[1];
    let is_named =
        is_changed || clocks[0] != usual || !(start.wall_is_unique() && end.wall_is_unique());
    let is_long = end.instant() - start.instant() >= TimeDelta::days(1);
    let is_other_date = start.wall().date() != day;
    html! {
        (time(start, zone))
        @if is_changed { " " (clocks[0]) }
        @if span.has_end() { "–" (time(end, zone)) }
        @if is_named { " " (clocks[1]) }
        @if is_long {
            " " span.hint { "(" (programme::of(speech).until) " " (speech.short(end.wall().date())) ")" }
        } @else if is_other_date {
            " " span.hint { "(" (speech.short(start.wall().date())) ")" }
        }
    }
}

/// A moment as the clocks of a zone show it.
pub(super) fn seen_in(moment: Moment, zone: &Zone) -> Moment {
    Moment::new(moment.instant(), zone)
}

/// An hour: "09:00".
pub(super) fn time(moment: Moment, zone: &Zone) -> Markup {
    let wall = seen_in(moment, zone).wall();
    html! {
        time datetime={ (wall.format("%Y-%m-%dT%H:%M")) (offset(moment, zone)) } { (wall.format("%H:%M")) }
    }
}

/// A zone's offset from UTC at a moment: "+02:00".
fn offset(moment: Moment, zone: &Zone) -> String {
    let minutes = zone.offset(moment.instant()) / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;
    use crate::model::When;

    /// The text of a slot's hours, without markup.
    fn read(start: &str, end: &str) -> String {
        let When::Span(span) = fixture::span(start, end) else {
            unreachable!("a span")
        };
        let day = fixture::date("2026-10-24");
        let speech = Speech::English;
        let markup = hours(&span, &fixture::zone(), day, "CEST", speech).into_string();
        let mut text = String::new();
        for piece in markup.split('<') {
            text.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
        }
        text
    }

    #[test]
    fn an_ordinary_slot_has_bare_hours() {
        assert_eq!(read("2026-10-24T07:00", "2026-10-24T07:45"), "09:00–09:45");
    }

    #[test]
    fn a_slot_past_midnight_tells_its_date() {
        assert_eq!(
            read("2026-10-24T22:30", "2026-10-24T23:15"),
            "00:30–01:15 (Sun 25 Oct)"
        );
    }

    #[test]
    fn a_slot_over_midnight_belongs_to_its_evening() {
        assert_eq!(read("2026-10-24T21:30", "2026-10-24T22:30"), "23:30–00:30");
    }

    #[test]
    fn a_slot_in_the_repeated_hour_tells_its_clock() {
        let first = read("2026-10-25T00:15", "2026-10-25T00:45");
        assert_eq!(first, "02:15–02:45 CEST (Sun 25 Oct)");
        let second = read("2026-10-25T01:15", "2026-10-25T01:45");
        assert_eq!(second, "02:15–02:45 CET (Sun 25 Oct)");
    }

    #[test]
    fn a_slot_over_the_change_of_clocks_tells_both() {
        let over = read("2026-10-25T00:30", "2026-10-25T01:15");
        assert_eq!(over, "02:30 CEST–02:15 CET (Sun 25 Oct)");
    }

    #[test]
    fn a_slot_of_several_days_tells_when_it_ends() {
        assert_eq!(
            read("2026-10-24T07:00", "2026-10-25T16:00"),
            "09:00 CEST–17:00 CET (until Sun 25 Oct)"
        );
    }

    #[test]
    fn dates_name_month_and_year_once() {
        let mut conference = fixture::conference();
        conference.language = crate::model::Language::parse("en").expect("a language");
        let mut read = |dates: [&str; 2]| {
            conference.days = fixture::days(&dates);
            let speech = Speech::of(&conference);
            let markup = super::dates(&conference, speech, Some(speech.tag())).into_string();
            let pieces = markup
                .split('<')
                .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
            pieces.collect::<String>()
        };
        assert_eq!(read(["2026-10-24", "2026-10-24"]), "24 October 2026");
        assert_eq!(read(["2026-10-24", "2026-10-25"]), "24–25 October 2026");
        assert_eq!(
            read(["2026-10-31", "2026-11-01"]),
            "31 October – 1 November 2026"
        );
        assert_eq!(
            read(["2026-12-31", "2027-01-01"]),
            "31 December 2026 – 1 January 2027"
        );
        conference.language = crate::model::Language::parse("de").expect("a language");
        conference.days = fixture::days(&["2026-10-24", "2026-10-25"]);
        let speech = Speech::of(&conference);
        let german = super::dates(&conference, speech, Some(speech.tag())).into_string();
        assert!(german.contains(">24.</time>–<"), "{german}");
        assert!(german.contains(">25. Oktober 2026</time>"), "{german}");
    }
}
