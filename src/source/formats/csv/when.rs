//! When a row's talk is held: a date, a day or a full time, each in a cell of its own.

use super::column::Column;
use super::date::{self, Evidence, Written};
use super::row::Named;
use super::table::Table;
use super::time::{self, Stamp};
use crate::model::Plain;
use crate::source::lists::findings::Findings;
use crate::source::{Clock, DayRef, DraftSlot, End, Place, Problem};
use chrono::{FixedOffset, NaiveDate, NaiveTime, TimeDelta};

/// More days than any conference has: a larger number is no day.
const MOST_DAYS: usize = 1000;

/// Nothing of a programme is longer; more is a typing mistake.
const LONGEST: TimeDelta = TimeDelta::days(7);

/// How the dates of a table are to be read, and those that could not be.
pub(super) struct Dates {
    evidence: Evidence,
    /// The first date that can be read in two ways, as it is written, and how many there are.
    either: Option<(Place, String)>,
    count: usize,
}

/// A cell that is wrong, which has been told.
struct Told;

/// What a cell says, if anything.
type Said<T> = Result<Option<T>, Told>;

/// A date, a time, or both, once it is known which date is meant.
#[derive(Clone, Copy)]
struct Point {
    date: Option<NaiveDate>,
    time: Option<NaiveTime>,
    offset: Option<FixedOffset>,
}

impl Point {
    /// The time, on its own date or on `date`.
    fn clock(self, date: Option<NaiveDate>) -> Option<Clock> {
        let time = self.time?;
        let Some(date) = self.date.or(date) else {
            return Some(Clock::Time(time));
        };
        let wall = date.and_time(time);
        let instant = self
            .offset
            .and_then(|offset| wall.and_local_timezone(offset).single());
        Some(instant.map_or(Clock::Wall(wall), Clock::Instant))
    }
}

impl Dates {
    /// Looks at all dates of a table before any of them is read.
    pub(super) fn of(table: &Table) -> Self {
        let columns = [Column::Date, Column::Day, Column::Start, Column::End];
        let cells = columns.iter().flat_map(|column| table.column(*column));
        let dates: Vec<Written> = cells.filter_map(|cell| time::range(cell)?.0.date).collect();
        Self {
            evidence: date::evidence(&dates),
            either: None,
            count: 0,
        }
    }

    /// What is to be said of all dates together: that they could not be read, or why they were read as
    /// they were.
    pub(super) fn summary(&mut self) -> Option<Problem> {
        let (place, text) = self.either.take()?;
        let dates = if self.count == 1 {
            format!("\"{text}\" is")
        } else {
            format!("{} dates such as \"{text}\" are", self.count)
        };
        match self.evidence {
            Evidence::Certain(_) => None,
            Evidence::Likely(order) => {
                let order = match order {
                    date::Order::DayFirst => "day/month/year",
                    date::Order::MonthFirst => "month/day/year",
                };
                let message = format!("{dates} read as {order}, since the days lie together then");
                Some(Problem::note(place, message))
            }
            Evidence::None => {
                let message =
                    format!("{dates} left out: which number is the day, which the month?");
                Some(Problem::error(place, message, "write dates as 2026-10-24"))
            }
        }
    }

    /// When and where a row's talk is held; `None` while nothing is known of it.
    pub(super) fn slot(
        &mut self,
        table: &Table,
        row: Named<'_>,
        findings: &mut Findings,
    ) -> Option<DraftSlot> {
        let mut cells = Cells {
            table,
            row,
            findings,
            dates: self,
        };
        let date = cells.date();
        let day = cells.day(!matches!(date, Ok(None)));
        let start = cells.start();
        let end = cells.end();
        let has_own_date = matches!(&start, Ok(Some((start, _))) if start.date.is_some());
        if !has_own_date && (date.is_err() || day.is_err()) {
            return None;
        }
        let is_wrong = start.is_err();
        let (date, day) = (date.ok().flatten(), day.ok().flatten());
        let (start, end) = (start.ok().flatten(), end.ok().flatten());
        let (start, beside) = start.map_or((date, None), |(start, end)| (Some(start), end));
        let known_date = [start, date].iter().flatten().find_map(|point| point.date);
        let beside = beside.and_then(|end| end.clock(None)).map(End::At);
        let mut slot = DraftSlot {
            place: row.row.place.clone(),
            day: day.filter(|day| known_date.is_none() || matches!(day, DayRef::Date(_))),
            start: start.and_then(|start| start.clock(known_date)),
            end: end.or(beside),
            room: Plain::non_empty(table.cell(row.row, Column::Room)),
            ..DraftSlot::default()
        };
        if cells.report_if_too_long(&slot) {
            slot.end = None;
        }
        if is_wrong {
            (slot.start, slot.end) = (None, None);
        }
        if slot.start.is_none() {
            slot.day = slot.day.or(known_date.map(DayRef::Date));
            // A length without a start says nothing yet.
            slot.end = slot.end.filter(|end| matches!(end, End::At(_)));
        }
        let is_known = slot.day.is_some() || slot.start.is_some() || slot.end.is_some();
        is_known.then_some(slot)
    }
}

/// The cells of a row that say when it is.
struct Cells<'c> {
    table: &'c Table,
    row: Named<'c>,
    findings: &'c mut Findings,
    dates: &'c mut Dates,
}

impl Cells<'_> {
    /// The date, with a time where a spreadsheet puts one there. Midnight is no time there: it is how
    /// spreadsheets write a date.
    fn date(&mut self) -> Said<Point> {
        let Some(stamp) =
            self.read(Column::Date, "expected a date such as 2026-10-24", |cell| {
                time::stamp(cell).filter(|stamp| stamp.date.is_some())
            })?
        else {
            return Ok(None);
        };
        let mut point = self.point(Column::Date, stamp)?;
        point.time = point.time.filter(|time| *time != NaiveTime::MIN);
        Ok(Some(point))
    }

    /// The conference day, by number or date. A weekday is enough where there is a date beside it.
    fn day(&mut self, has_date: bool) -> Said<DayRef> {
        let number = |cell: &str| {
            let cell = cell.trim().to_lowercase();
            let digits = ["day", "tag"]
                .iter()
                .find_map(|word| cell.strip_prefix(word));
            let digits = digits.unwrap_or(&cell).trim().trim_end_matches('.');
            let number = digits.parse().ok();
            number.filter(|number| (1..=MOST_DAYS).contains(number))
        };
        let cell = self.table.cell(self.row.row, Column::Day);
        if let Some(number) = number(cell) {
            return Ok(Some(DayRef::Number(number)));
        }
        let read = |cell: &str| time::stamp(cell).filter(|stamp| stamp.date.is_some());
        if has_date && read(cell).is_none() {
            return Ok(None);
        }
        let expected = "expected the number of a day such as 1, or its date such as 2026-10-24";
        let Some(stamp) = self.read(Column::Day, expected, read)? else {
            return Ok(None);
        };
        let point = self.point(Column::Day, stamp)?;
        Ok(point.date.map(DayRef::Date))
    }

    /// The start, and the end where it stands in the same cell.
    fn start(&mut self) -> Said<(Point, Option<Point>)> {
        let expected = "expected a time such as 14:30 or 2026-10-24 14:30";
        let Some((start, end)) = self.read(Column::Start, expected, time::range)? else {
            return Ok(None);
        };
        let start = self.point(Column::Start, start)?;
        let end = match end {
            Some(end) => Some(self.point(Column::Start, end)?),
            None => None,
        };
        Ok(Some((start, end)))
    }

    /// The end, or how long it lasts.
    fn end(&mut self) -> Said<End> {
        let expected = "expected a time such as 15:15 or 2026-10-24 15:15";
        let has_time = |stamp: &Stamp| stamp.time.is_some();
        let read = |cell: &str| time::stamp(cell).filter(has_time);
        if let Some(stamp) = self.read(Column::End, expected, read)? {
            let end = self.point(Column::End, stamp)?;
            return Ok(end.clock(None).map(End::At));
        }
        let expected = "expected a length of at most a week such as 45, 45 min or 1:30";
        let length = self.read(Column::Duration, expected, time::length)?;
        Ok(length.map(End::After))
    }

    /// Reports a slot that lasts too long; whether it does.
    fn report_if_too_long(&mut self, slot: &DraftSlot) -> bool {
        let is_too_long = is_too_long(slot);
        if is_too_long {
            let message = "it lasts longer than a week";
            let remedy = "mend `end`; until then only its start is published";
            self.findings.report(self.row.error(message, remedy));
        }
        is_too_long
    }

    fn read<T>(
        &mut self,
        column: Column,
        expected: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Said<T> {
        let cell = self.table.cell(self.row.row, column);
        if cell.is_empty() {
            return Ok(None);
        }
        let Some(value) = read(cell) else {
            let problem = self.row.wrong(self.table, column, expected);
            self.findings.report(problem);
            return Err(Told);
        };
        Ok(Some(value))
    }

    /// The date that is meant. What can be read in two ways is counted, and told once for all.
    fn point(&mut self, column: Column, stamp: Stamp) -> Result<Point, Told> {
        if let Some(Written::Either { .. }) = stamp.date {
            let cell = self.table.cell(self.row.row, column);
            let place = &self.row.row.place;
            self.dates.count += 1;
            self.dates
                .either
                .get_or_insert_with(|| (place.clone(), Plain::new(cell).to_string()));
        }
        let date = match stamp.date {
            Some(written) => Some(written.date(self.dates.evidence.order()).ok_or(Told)?),
            None => None,
        };
        let Stamp { time, offset, .. } = stamp;
        Ok(Point { date, time, offset })
    }
}

fn is_too_long(slot: &DraftSlot) -> bool {
    let local = |clock: Clock| match clock {
        Clock::Wall(wall) => Some(wall),
        Clock::Instant(instant) | Clock::Doubtful(instant) => Some(instant.naive_local()),
        Clock::Time(_) => None,
    };
    let end = match slot.end {
        Some(End::At(end)) => local(end),
        Some(End::After(_)) | None => None,
    };
    let start = slot.start.and_then(local);
    end.zip(start)
        .is_some_and(|(end, start)| end - start > LONGEST)
}
