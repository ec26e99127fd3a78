//! When a slot of a draft is held, as far as that can be told.

use crate::model::{Day, Zone, day};
use crate::source::{Clock, DayRef, Draft, DraftSlot, End};
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime};

/// What the times of a conference's drafts are read with.
pub(super) struct Calendar {
    days: Vec<Day>,
    zone: Option<Zone>,
}

impl Calendar {
    pub(super) fn of(draft: &Draft) -> Self {
        let days = draft.days.iter();
        Self {
            days: day::numbered(days.map(|day| (day.date, day.name.clone())).collect()),
            zone: draft.zone.clone(),
        }
    }

    /// The date of a slot's day.
    pub(super) fn day_of(&self, slot: &DraftSlot) -> Option<NaiveDate> {
        match slot.day {
            Some(DayRef::Date(date)) => Some(date),
            Some(DayRef::Number(number)) => {
                let mut days = self.days.iter();
                days.find(|day| day.index == number).map(|day| day.date)
            }
            None => Some(day::date_of(self.start_of(slot)?, &self.days)),
        }
    }

    /// The wall clock time at which a slot starts.
    pub(super) fn start_of(&self, slot: &DraftSlot) -> Option<NaiveDateTime> {
        match slot.start?.settled(self.zone.is_some()) {
            Clock::Wall(wall) => Some(wall),
            Clock::Instant(instant) | Clock::Doubtful(instant) => Some(self.wall(instant)),
            Clock::Time(time) => {
                slot.day?;
                Some(day::on_day(self.day_of(slot)?, time))
            }
        }
    }

    /// The wall clock time at which a slot ends.
    pub(super) fn end_of(&self, slot: &DraftSlot) -> Option<NaiveDateTime> {
        let start = self.start_of(slot)?;
        let at = match slot.end? {
            End::After(length) => return start.checked_add_signed(length),
            End::At(clock) => clock.settled(self.zone.is_some()),
        };
        match at {
            Clock::Wall(wall) => Some(wall),
            Clock::Instant(instant) | Clock::Doubtful(instant) => Some(self.wall(instant)),
            Clock::Time(time) => Some(day::end_after(start, time)),
        }
    }

    /// The conference's wall clock at an instant; that of the instant's own offset while no zone is
    /// known.
    fn wall(&self, instant: DateTime<FixedOffset>) -> NaiveDateTime {
        match &self.zone {
            Some(zone) => zone.wall(instant.to_utc()),
            None => instant.naive_local(),
        }
    }
}
