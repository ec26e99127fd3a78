//! One day of the programme page: a list in order of time that a wide screen shows as a grid.

use super::agenda::{AgendaDay, Entry};
use super::grid::Grid;
use super::speech::Speech;
use super::words::programme;
use super::{talk, times};
use crate::model::{Span, Zone};
use crate::render::{Context, words};
use maud::{Markup, html};

/// More columns than this do not fit on a small desk.
const MANY: usize = 4;

/// More columns than this do not fit on any: the grid scrolls.
const VAST: usize = 7;

/// The section of a day.
pub(super) fn section(context: &Context<'_>, day: &AgendaDay<'_>) -> Markup {
    let speech = Speech::of(context.conference);
    let own = programme::of(speech);
    let is_hidden = day.is_hidden(!context.selection.is_plain());
    html! {
        section.day id={ "day:" (day.date) } data-day=(day.date) hidden[is_hidden] {
            @if let Some(day) = day.day {
                p.eyebrow {
                    span lang=(speech.tag()) { (own.day) " " (day.index) }
                    @if let Some(name) = &day.name { " · " bdi { (name) } }
                }
            }
            h2 lang=(speech.tag()) { time datetime=(day.date) { (speech.long(day.date)) } }
            @if day.is_empty() { p.soft lang=(speech.tag()) { (own.nothing_yet) } }
            @if !day.timed.is_empty() { (clocks(context, day)) (timed(context, day)) }
            @if !day.untimed.is_empty() {
                @let is_hidden = day.untimed.iter().all(|entry| entry.is_hidden);
                div.group hidden[is_hidden] {
                    h3 lang=(speech.tag()) { (own.time_unknown) }
                    (untimed(context, &day.untimed))
                }
            }
        }
    }
}

/// A list of what has no hours.
pub(super) fn untimed(context: &Context<'_>, entries: &[Entry<'_>]) -> Markup {
    html! {
        ol.talks {
            @for entry in entries { (talk::talk(context, entry, &html! {}, None)) }
        }
    }
}

fn timed(context: &Context<'_>, day: &AgendaDay<'_>) -> Markup {
    let hours = hours(day, talk::zone(context), Speech::of(context.conference));
    let grid = Grid::of(day, &context.conference.rooms);
    let places = grid.iter().flat_map(|grid| &grid.places).map(Some);
    let placed = day.timed.iter().zip(places.chain(std::iter::repeat(None)));
    // Its style would take the role of a list from it in a grid (CSS Display §2.5).
    let list = html! {
        ol.talks role=[grid.as_ref().map(|_| "list")] {
            @for (entry, place) in placed { (talk::talk(context, entry, &hours(entry), place)) }
        }
    };
    let Some(grid) = &grid else { return list };
    html! {
        div.grid.many[grid.columns > MANY].vast[grid.columns > VAST] style={ "--columns:" (grid.columns) } {
            (headings(context, grid))
            (list)
        }
    }
}

/// Writes the hours of a day's entries in a zone. Its first clock is the usual one.
pub(super) fn hours(
    day: &AgendaDay<'_>,
    zone: &Zone,
    speech: Speech,
) -> impl Fn(&Entry<'_>) -> Markup {
    let first = spans(day).next();
    let usual = first.map(|span| words::abbreviation(span.start(), zone));
    let (usual, date) = (usual.unwrap_or_default(), day.date);
    move |entry| {
        let span = entry.slot.and_then(|slot| slot.when.timed());
        span.map_or(html! {}, |span| {
            times::hours(span, zone, date, &usual, speech)
        })
    }
}

/// The names of rooms and the hours beside the grid. Each talk says both of itself, too: whoever
/// cannot see the grid is not told them twice.
fn headings(context: &Context<'_>, grid: &Grid<'_>) -> Markup {
    let zone = talk::zone(context);
    let own = programme::of(Speech::of(context.conference));
    html! {
        @for (room, place) in &grid.rooms {
            p.room aria-hidden="true" style=(place.style()) {
                @match room {
                    Some(room) => bdi { (room.name) },
                    None => (own.elsewhere),
                }
            }
        }
        @for (start, place) in &grid.starts {
            p.hour aria-hidden="true" style=(place.style()) { (times::time(*start, zone)) }
        }
    }
}

/// Which clock a day's times are read from; both of them when the clocks change that day.
fn clocks(context: &Context<'_>, day: &AgendaDay<'_>) -> Markup {
    let zone = talk::zone(context);
    let speech = Speech::of(context.conference);
    let own = programme::of(speech);
    let clocks = named(day, zone).join(own.clocks_change);
    let clocks = format!("{clocks}, {}", zone.name());
    html! {
        p.soft.clocks lang=(speech.tag()) data-words=(own.all_times) {
            (own.all_times.replace("{}", &clocks))
        }
    }
}

fn named(day: &AgendaDay<'_>, zone: &Zone) -> Vec<String> {
    let mut clocks: Vec<String> = Vec::new();
    for span in spans(day) {
        for moment in [span.start(), span.end()] {
            let clock = times::clock(moment, zone);
            if !clocks.contains(&clock) {
                clocks.push(clock);
            }
        }
    }
    clocks
}

/// The hours of what happens on a day, in order of their beginning.
pub(super) fn spans<'a>(day: &AgendaDay<'a>) -> impl Iterator<Item = &'a Span> {
    let slots = day.timed.iter().filter_map(|entry| entry.slot);
    slots.filter_map(|slot| slot.when.timed())
}
