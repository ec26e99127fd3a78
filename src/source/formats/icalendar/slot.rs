//! When an event is held: its slots.
//!
//! An event of one whole day is a slot whose hour is not known; of several days, a slot a day.

use super::event::Event;
use super::recurrence::MOST_OCCURRENCES;
use super::value::Time;
use super::zone::{Stamp, Zones};
use crate::model::Zone;
use crate::source::lists::findings::Findings;
use crate::source::{DayRef, DraftSlot, End, MOST_TALKS, Problem, Severity};
use chrono::{Days, NaiveDate, TimeDelta};

/// The longest that something timed lasts.
const LONGEST: TimeDelta = TimeDelta::weeks(1);

/// The most days of an event of whole days.
const MOST_DAYS: u32 = 31;

/// The making of slots.
pub(super) struct Slots<'a> {
    zones: &'a Zones,
    /// The conference's zone.
    zone: Option<&'a Zone>,
    pub(super) findings: &'a mut Findings,
    /// How many slots are still made of repetitions in this file.
    left: usize,
}

impl<'a> Slots<'a> {
    /// A file's slots.
    pub(super) fn new(
        zones: &'a Zones,
        zone: Option<&'a Zone>,
        findings: &'a mut Findings,
    ) -> Self {
        Self {
            zones,
            zone,
            findings,
            left: MOST_TALKS,
        }
    }

    /// The slots of an event, those of a repeated one numbered. For the occurrences that
    /// `replaced` finds other events stand in.
    pub(super) fn of<'e>(
        &mut self,
        event: &'e Event,
        mut replaced: impl FnMut(Stamp) -> Option<&'e Event>,
    ) -> Vec<DraftSlot> {
        let Some(first) = event.start else {
            if !event.has_wrong_start {
                let message = "it has no DTSTART and is published without a time".to_owned();
                self.report(event, Severity::Error, message, "add its start");
            }
            return Vec::new();
        };
        if !event.recurrence.is_some() {
            return self.once(event, first);
        }
        let most = MOST_OCCURRENCES.min(self.left).max(1);
        let starts = match event.recurrence.starts(first, self.zones, most) {
            Ok((starts, is_all)) => {
                if !is_all {
                    let message = format!(
                        "it is repeated more often than the {} times that are read",
                        starts.len()
                    );
                    self.report(
                        event,
                        Severity::Warning,
                        message,
                        "end the repetition with COUNT or UNTIL",
                    );
                }
                starts
            }
            Err(()) => {
                let rule = event.recurrence.rule.as_ref().map_or("", |(rule, _)| rule);
                let message = format!("the rule {rule} is not read; only the first occurrence is");
                let remedy = "daily and weekly rules with COUNT or UNTIL are read; else give each occurrence an event of its own";
                self.report(event, Severity::Warning, message, remedy);
                return self.once(event, first);
            }
        };
        let mut slots = Vec::with_capacity(starts.len());
        for (start, number) in starts.into_iter().zip(1..) {
            let Some(start) = start else { continue };
            let mut made = match replaced(start) {
                // Under another title it is a talk of its own.
                Some(other) if other.summary != event.summary => continue,
                Some(other) => other
                    .start
                    .map(|start| self.once(other, start))
                    .unwrap_or_default(),
                None => self.once(event, start),
            };
            if let [slot] = &mut made[..] {
                slot.occurrence = Some(number);
            }
            slots.extend(made);
        }
        slots
    }

    /// The slots of an event that starts then: several where it lasts whole days.
    fn once(&mut self, event: &Event, start: Stamp) -> Vec<DraftSlot> {
        let slot = DraftSlot {
            place: self.findings.line(event.line),
            room: event.location.clone(),
            state: event.state,
            ..DraftSlot::default()
        };
        if let Time::Date(day) = start.time {
            let left = u32::try_from(self.left).unwrap_or(u32::MAX);
            let days = self.days(event).min(left.max(1));
            self.left = self.left.saturating_sub(days as usize);
            let on = |later| DraftSlot {
                day: day.checked_add_days(Days::new(later)).map(DayRef::Date),
                ..slot.clone()
            };
            return (0..u64::from(days)).map(on).collect();
        }
        self.left = self.left.saturating_sub(1);
        let clock = self.zones.clock(start, self.zone);
        let mut slot = DraftSlot {
            start: Some(clock),
            ..slot
        };
        match self.end(event, start) {
            Ok(end) => slot.end = end,
            Err(()) => {
                slot.start = None;
                slot.day = Some(DayRef::Date(start.time.date()));
            }
        }
        vec![slot]
    }

    /// How many days an event of whole days lasts. Its end is exclusive (RFC 5545 §3.6.1).
    fn days(&mut self, event: &Event) -> u32 {
        let Some(days) = whole_days(event) else {
            return 1;
        };
        let count = u32::try_from(days.1.signed_duration_since(days.0).num_days() + 1).unwrap_or(1);
        if count > MOST_DAYS {
            let message = format!("it lasts {count} days; the first {MOST_DAYS} are published");
            self.report(event, Severity::Warning, message, "check DTEND");
        }
        count.clamp(1, MOST_DAYS)
    }

    /// When an event is over that starts then.
    ///
    /// # Errors
    ///
    /// When it lasts longer than anything does.
    fn end(&mut self, event: &Event, start: Stamp) -> Result<Option<End>, ()> {
        let length = match (event.start, event.end) {
            (Some(first), Some(end)) if !matches!(end.time, Time::Date(_)) => {
                Some(self.zones.between(first, end))
            }
            _ => event.length,
        };
        if length.is_some_and(|length| length > LONGEST) {
            let message = "it lasts longer than a week; only its first day is published";
            self.report(
                event,
                Severity::Error,
                message.into(),
                "check DTSTART and DTEND",
            );
            return Err(());
        }
        Ok(match event.end {
            Some(end) if event.start == Some(start) && !matches!(end.time, Time::Date(_)) => {
                Some(End::At(self.zones.clock(end, self.zone)))
            }
            _ => length.map(End::After),
        })
    }

    fn report(&mut self, event: &Event, severity: Severity, message: String, remedy: &str) {
        let problem = Problem::new(severity, self.findings.line(event.line), message, remedy);
        self.findings.report(problem.of_talk(&*event.summary));
    }
}

/// The first and the last day of an event of whole days.
pub(super) fn whole_days(event: &Event) -> Option<(NaiveDate, NaiveDate)> {
    let Some(Time::Date(first)) = event.start.map(|start| start.time) else {
        return None;
    };
    let last = match (event.end, event.length) {
        (Some(end), _) => end.time.date().pred_opt(),
        (None, Some(length)) => first
            .checked_add_signed(length)
            .and_then(|end| end.pred_opt()),
        (None, None) => None,
    };
    Some((first, last.unwrap_or(first).max(first)))
}
