//! When a slot of a draft is held, as far as that can be told without a time zone.

use crate::model::{Day, day};
use crate::source::{Clock, DayRef, DraftDay, DraftSlot, End};
use chrono::{NaiveDate, NaiveDateTime};

/// The date of a slot's day, where it can be told.
pub(super) fn day_of(slot: &DraftSlot, days: &[DraftDay]) -> Option<NaiveDate> {
    match slot.day {
        Some(DayRef::Date(date)) => Some(date),
        Some(DayRef::Number(number)) => {
            let mut dates: Vec<NaiveDate> = days.iter().map(|day| day.date).collect();
            dates.sort();
            dates.dedup();
            dates.get(number.checked_sub(1)?).copied()
        }
        None => {
            let numbered = days.iter().enumerate();
            let days: Vec<Day> = numbered
                .map(|(before, day)| Day {
                    index: before + 1,
                    date: day.date,
                    name: None,
                })
                .collect();
            start_of(slot, &[]).map(|start| day::date_of(start, &days))
        }
    }
}

/// The wall clock time at which a slot starts, where it can be told without a time zone.
pub(super) fn start_of(slot: &DraftSlot, days: &[DraftDay]) -> Option<NaiveDateTime> {
    match slot.start? {
        Clock::Wall(wall) => Some(wall),
        Clock::Instant(instant) => Some(instant.naive_local()),
        Clock::Time(time) => {
            slot.day?;
            Some(day::on_day(day_of(slot, days)?, time))
        }
    }
}

/// The wall clock time at which a slot ends, where it can be told without a time zone.
pub(super) fn end_of(slot: &DraftSlot, days: &[DraftDay]) -> Option<NaiveDateTime> {
    let start = start_of(slot, days)?;
    match slot.end? {
        End::After(length) => start.checked_add_signed(length),
        End::At(Clock::Wall(wall)) => Some(wall),
        End::At(Clock::Instant(instant)) => Some(instant.naive_local()),
        End::At(Clock::Time(time)) => Some(day::end_after(start, time)),
    }
}
