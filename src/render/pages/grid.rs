//! Where on the grid of a day each of its talks stands: a column a room, a row from one time at which
//! something begins or ends to the next.

use super::agenda::{AgendaDay, Entry};
use crate::model::{Kind, Moment, Room};
use chrono::{DateTime, Utc};
use std::ops::Range;
use std::sync::Arc;

/// The row and the column that the headings take.
const HEADINGS: usize = 1;

/// The arrangement of a day's timed entries.
pub(super) struct Grid<'a> {
    /// How many columns there are beside that of the hours.
    pub columns: usize,
    /// Above which columns each room stands; `None` for what is held in none while others are held.
    pub rooms: Vec<(Option<&'a Room>, Place)>,
    /// In which rows the hour of each start stands.
    pub starts: Vec<(Moment, Place)>,
    /// Where the entries stand, in their order.
    pub places: Vec<Place>,
}

/// A rectangle of a grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    rows: Range<usize>,
    /// `None` for all but that of the hours.
    columns: Option<Range<usize>>,
}

impl Place {
    /// As custom properties, from which the style sheet makes a place where there is a grid.
    pub(super) fn style(&self) -> String {
        let Range { start, end } = self.rows;
        let columns = match &self.columns {
            Some(Range { start, end }) if end - start == 1 => start.to_string(),
            Some(Range { start, end }) => format!("{start}/{end}"),
            None => format!("{}/-1", HEADINGS + 1),
        };
        match end - start {
            1 => format!("--row:{start};--column:{columns}"),
            _ => format!("--row:{start}/{end};--column:{columns}"),
        }
    }
}

/// An entry while it is looked for a place.
struct Item<'a> {
    rows: Range<usize>,
    room: Option<&'a Room>,
    is_break: bool,
}

impl Item<'_> {
    fn overlaps(&self, other: &Self) -> bool {
        self.rows.start < other.rows.end && other.rows.start < self.rows.end
    }
}

impl<'a> Grid<'a> {
    /// The grid of a day; `None` where a list tells more: with one room, or with little in parallel.
    pub(super) fn of(day: &AgendaDay<'a>, rooms: &'a [Arc<Room>]) -> Option<Self> {
        let times = boundaries(&day.timed);
        let items: Vec<Item<'a>> = day
            .timed
            .iter()
            .filter_map(|entry| item(entry, &times))
            .collect();
        let rows = |rows: &Range<usize>| rows.start + HEADINGS + 1..rows.end + HEADINGS + 1;
        let mut grid = Self {
            columns: 0,
            rooms: Vec::new(),
            starts: starts(&day.timed, &times),
            places: items
                .iter()
                .map(|item| Place {
                    rows: rows(&item.rows),
                    columns: None,
                })
                .collect(),
        };
        let is_across: Vec<bool> = (0..items.len()).map(|at| is_across(&items, at)).collect();
        let known = rooms.iter().map(|room| Some(&**room));
        for room in known.chain([None]) {
            let here: Vec<usize> = (0..items.len())
                .filter(|at| {
                    let is_here = items.get(*at).is_some_and(|item| is_in(item, room));
                    is_here && is_across.get(*at) == Some(&false)
                })
                .collect();
            grid.add_room(room, &here, &items);
        }
        grid.is_worth_it(&items, &is_across).then_some(grid)
    }

    /// Gives what is held in a room its columns: as many as are held there at once.
    fn add_room(&mut self, room: Option<&'a Room>, here: &[usize], items: &[Item<'a>]) {
        if here.is_empty() {
            return;
        }
        let first = self.columns + HEADINGS + 1;
        let mut lanes: Vec<usize> = Vec::new();
        let mut taken = Vec::new();
        for at in here {
            let Some(item) = items.get(*at) else { continue };
            let free = lanes.iter().position(|until| *until <= item.rows.start);
            let lane = free.unwrap_or(lanes.len());
            match lanes.get_mut(lane) {
                Some(until) => *until = item.rows.end,
                None => lanes.push(item.rows.end),
            }
            taken.push((*at, item, lane));
        }
        let all = first..first + lanes.len();
        for (at, item, lane) in &taken {
            let is_alone = taken
                .iter()
                .all(|(other, beside, _)| other == at || !item.overlaps(beside));
            let columns = if is_alone {
                all.clone()
            } else {
                first + lane..first + lane + 1
            };
            if let Some(place) = self.places.get_mut(*at) {
                place.columns = Some(columns);
            }
        }
        self.columns += lanes.len();
        let heading = Place {
            rows: HEADINGS..HEADINGS + 1,
            columns: Some(all),
        };
        self.rooms.push((room, heading));
    }

    /// Whether at least half of what is held in rooms is held beside something in another room.
    fn is_worth_it(&self, items: &[Item<'a>], is_across: &[bool]) -> bool {
        let held: Vec<&Item<'a>> = items
            .iter()
            .zip(is_across)
            .filter(|(_, is_across)| !**is_across)
            .map(|(item, _)| item)
            .collect();
        let is_beside = |item: &&&Item<'a>| {
            held.iter()
                .any(|other| slug(item.room) != slug(other.room) && item.overlaps(other))
        };
        self.rooms.len() > 1 && held.iter().filter(is_beside).count() * 2 >= held.len()
    }
}

/// Whether an item stretches over all rooms: a break, or what has no room, with nothing beside it.
fn is_across(items: &[Item<'_>], at: usize) -> bool {
    let Some(item) = items.get(at) else {
        return false;
    };
    let mut others = items.iter().enumerate().filter(|(other, _)| *other != at);
    (item.is_break || item.room.is_none()) && others.all(|(_, other)| !item.overlaps(other))
}

fn is_in(item: &Item<'_>, room: Option<&Room>) -> bool {
    slug(item.room) == slug(room)
}

fn slug(room: Option<&Room>) -> Option<&str> {
    room.map(|room| &*room.slug)
}

fn item<'a>(entry: &Entry<'a>, times: &[DateTime<Utc>]) -> Option<Item<'a>> {
    let slot = entry.slot?;
    let span = slot.when.timed()?;
    let start = row(span.start(), times);
    Some(Item {
        // What has no known end takes the row that it begins.
        rows: start..row(span.end(), times).max(start + 1),
        room: slot.room.as_deref(),
        is_break: entry.talk.kind == Kind::Break,
    })
}

/// The times at which something begins or ends, in order.
fn boundaries(entries: &[Entry<'_>]) -> Vec<DateTime<Utc>> {
    let spans = entries.iter().filter_map(|entry| entry.slot?.when.timed());
    let mut times: Vec<_> = spans
        .flat_map(|span| [span.start().instant(), span.end().instant()])
        .collect();
    times.sort_unstable();
    times.dedup();
    times
}

fn row(moment: Moment, times: &[DateTime<Utc>]) -> usize {
    times.partition_point(|time| *time < moment.instant())
}

/// The different starts of a day, each in the column of hours from its row to that of the next.
fn starts(entries: &[Entry<'_>], times: &[DateTime<Utc>]) -> Vec<(Moment, Place)> {
    let mut starts: Vec<Moment> = entries
        .iter()
        .filter_map(|entry| Some(entry.slot?.when.timed()?.start()))
        .collect();
    starts.sort_unstable();
    starts.dedup();
    let rows: Vec<usize> = starts
        .iter()
        .map(|start| row(*start, times) + HEADINGS + 1)
        .collect();
    let end = (times.len() + HEADINGS).max(rows.last().map_or(0, |row| row + 1));
    let ends = rows.iter().skip(1).copied().chain([end]);
    let places = rows.iter().zip(ends).map(|(row, end)| Place {
        rows: *row..end,
        columns: Some(1..2),
    });
    starts.iter().copied().zip(places).collect()
}

#[cfg(test)]
mod tests;
