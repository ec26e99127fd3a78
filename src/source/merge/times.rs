//! When a slot of a draft is held, as far as that can be told without a time zone.

use crate::model::{Day, Zone, day};
use crate::source::{Clock, DayRef, DraftDay, DraftSlot, End};
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime};

/// What the times of a draft are read with.
#[derive(Clone, Copy)]
pub(super) struct Calendar<'a> {
    /// The conference's days, as listed.
    pub(super) days: &'a [DraftDay],
    /// Its zone, where it is known.
    pub(super) zone: Option<&'a Zone>,
}

impl Calendar<'_> {
    /// The conference's wall clock at an instant; that of the instant's own offset while no zone is
    /// known.
    fn wall(&self, instant: DateTime<FixedOffset>) -> NaiveDateTime {
        match self.zone {
            Some(zone) => zone.wall(instant.to_utc()),
            None => instant.naive_local(),
        }
    }
}

/// The date of a slot's day, where it can be told.
pub(super) fn day_of(slot: &DraftSlot, calendar: &Calendar<'_>) -> Option<NaiveDate> {
    match slot.day {
        Some(DayRef::Date(date)) => Some(date),
        Some(DayRef::Number(number)) => {
            let mut dates: Vec<NaiveDate> = calendar.days.iter().map(|day| day.date).collect();
            dates.sort();
            dates.dedup();
            dates.get(number.checked_sub(1)?).copied()
        }
        None => {
            let numbered = calendar.days.iter().enumerate();
            let days: Vec<Day> = numbered
                .map(|(before, day)| Day {
                    index: before + 1,
                    date: day.date,
                    name: None,
                })
                .collect();
            start_of(slot, calendar).map(|start| day::date_of(start, &days))
        }
    }
}

/// The wall clock time at which a slot starts, where it can be told without a time zone.
pub(super) fn start_of(slot: &DraftSlot, calendar: &Calendar<'_>) -> Option<NaiveDateTime> {
    match slot.start? {
        Clock::Wall(wall) => Some(wall),
        Clock::Instant(instant) => Some(calendar.wall(instant)),
        Clock::Time(time) => {
            slot.day?;
            Some(day::on_day(day_of(slot, calendar)?, time))
        }
    }
}

/// The wall clock time at which a slot ends, where it can be told without a time zone.
pub(super) fn end_of(slot: &DraftSlot, calendar: &Calendar<'_>) -> Option<NaiveDateTime> {
    let start = start_of(slot, calendar)?;
    match slot.end? {
        End::After(length) => start.checked_add_signed(length),
        End::At(Clock::Wall(wall)) => Some(wall),
        End::At(Clock::Instant(instant)) => Some(calendar.wall(instant)),
        End::At(Clock::Time(time)) => Some(day::end_after(start, time)),
    }
}
