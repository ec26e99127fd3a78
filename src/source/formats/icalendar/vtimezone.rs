//! VTIMEZONE (RFC 5545 §3.6.5): the offset of a zone that only the calendar itself knows.

use super::line::Line;
use super::value::{self, Time};
use chrono::{Datelike, FixedOffset, NaiveDate, NaiveDateTime, Weekday};

/// More changes of offset than any zone has had.
const MOST_OBSERVANCES: usize = 300;

/// A zone as a calendar describes it.
#[derive(Debug, Default)]
pub(super) struct Rules {
    /// Its TZID.
    pub(super) id: String,
    /// The IANA name that libical adds.
    pub(super) location: Option<String>,
    observances: Vec<Observance>,
}

/// STANDARD or DAYLIGHT: an offset, and when it begins.
#[derive(Debug, Default)]
struct Observance {
    start: Option<NaiveDateTime>,
    from: Option<FixedOffset>,
    to: Option<FixedOffset>,
    rule: Option<Yearly>,
    dates: Vec<NaiveDateTime>,
}

/// The yearly rule of an observance.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Yearly {
    month: u32,
    /// Which of those weekdays of the month: 1 is the first, -1 the last.
    weekday: Option<(i32, Weekday)>,
    /// The days of the month, where they are listed: 8 to 14 is the second week.
    month_days: Vec<u32>,
    until: Option<Time>,
}

impl Rules {
    /// Takes a property of the VTIMEZONE itself.
    pub(super) fn take(&mut self, line: &Line<'_>) {
        if line.is("TZID") {
            line.value().clone_into(&mut self.id);
        } else if line.is("X-LIC-LOCATION") {
            self.location = Some(line.value().to_owned());
        }
    }

    /// Begins a STANDARD or DAYLIGHT.
    pub(super) fn begin_observance(&mut self) {
        if self.observances.len() < MOST_OBSERVANCES {
            self.observances.push(Observance::default());
        }
    }

    /// Takes a property of the last STANDARD or DAYLIGHT.
    pub(super) fn take_for_observance(&mut self, line: &Line<'_>) {
        let Some(observance) = self.observances.last_mut() else {
            return;
        };
        match line.name().to_ascii_uppercase().as_str() {
            "DTSTART" => {
                observance.start = Time::parse(line.value()).map(|time| time.wall_in(None))
            }
            "TZOFFSETFROM" => observance.from = value::offset(line.value()),
            "TZOFFSETTO" => observance.to = value::offset(line.value()),
            "RRULE" => observance.rule = Yearly::parse(line.value()),
            "RDATE" => {
                let from = observance.from;
                let times = line.value().split(',').filter_map(Time::parse);
                observance
                    .dates
                    .extend(times.map(|time| time.wall_in(from)));
            }
            _ => {}
        }
    }

    /// Puts the dates in order, and removes what is no observance.
    pub(super) fn finish(&mut self) {
        self.observances
            .retain(|observance| observance.start.is_some() && observance.to.is_some());
        for observance in &mut self.observances {
            observance.dates.sort_unstable();
        }
    }

    /// The offset while the wall shows this; `None` where the description says nothing.
    pub(super) fn offset_at(&self, wall: NaiveDateTime) -> Option<FixedOffset> {
        let began = self
            .observances
            .iter()
            .filter_map(|observance| Some((observance.last_onset(wall)?, observance.to?)));
        let current = began.max_by_key(|(onset, _)| *onset);
        if let Some((_, offset)) = current {
            return Some(offset);
        }
        let first = self
            .observances
            .iter()
            .min_by_key(|observance| observance.start)?;
        first.from.or(first.to)
    }
}

impl Observance {
    /// When it last began before the wall showed this.
    fn last_onset(&self, wall: NaiveDateTime) -> Option<NaiveDateTime> {
        let start = self.start.filter(|start| *start <= wall)?;
        let dated = self
            .dates
            .partition_point(|date| *date <= wall)
            .checked_sub(1);
        let dated = dated.and_then(|at| self.dates.get(at)).copied();
        let ruled = self.rule.as_ref().and_then(|rule| {
            let until = rule.until.map(|until| match until {
                Time::Date(date) => date.and_time(start.time()),
                other => other.wall_in(self.from),
            });
            let last = until.map_or(wall, |until| until.min(wall));
            let years = [last.year(), last.year() - 1].into_iter();
            let mut onsets =
                years.filter_map(|year| Some(rule.in_year(year)?.and_time(start.time())));
            onsets.find(|onset| (start..=last).contains(onset))
        });
        [Some(start), dated, ruled].into_iter().flatten().max()
    }
}

impl Yearly {
    fn parse(rule: &str) -> Option<Self> {
        let mut yearly = Self::default();
        for (key, value) in super::recurrence::parts(rule) {
            match key.as_str() {
                "FREQ" if value != "YEARLY" => return None,
                "BYMONTH" => yearly.month = value.parse().ok()?,
                "BYDAY" => yearly.weekday = Some(nth_weekday(&value)?),
                "BYMONTHDAY" => {
                    let days = value.split(',').map(|day| day.trim().parse().ok());
                    yearly.month_days = days.take(31).collect::<Option<_>>()?;
                }
                "UNTIL" => yearly.until = Some(Time::parse(&value)?),
                _ => {}
            }
        }
        Some(yearly)
    }

    fn in_year(&self, year: i32) -> Option<NaiveDate> {
        if !self.month_days.is_empty() {
            let days = self.month_days.iter();
            let mut days = days.filter_map(|day| NaiveDate::from_ymd_opt(year, self.month, *day));
            return days.find(|day| {
                self.weekday
                    .is_none_or(|(_, weekday)| day.weekday() == weekday)
            });
        }
        let (nth, weekday) = self.weekday?;
        let nth_of_month = |nth: i32| {
            let nth = u8::try_from(nth).ok()?;
            NaiveDate::from_weekday_of_month_opt(year, self.month, weekday, nth)
        };
        if nth > 0 {
            return nth_of_month(nth);
        }
        let last = if nth_of_month(5).is_some() { 5 } else { 4 };
        nth_of_month(last + 1 + nth)
    }
}

/// `-1SU`, `2SU`, or `SU` beside a list of days of the month.
fn nth_weekday(text: &str) -> Option<(i32, Weekday)> {
    let text = text.trim();
    let at = text.find(|character: char| character.is_ascii_alphabetic())?;
    let nth = if at == 0 { 1 } else { text[..at].parse().ok()? };
    Some((nth, super::recurrence::weekday(&text[at..])?))
}

impl Time {
    /// What a wall of this offset shows then.
    fn wall_in(self, offset: Option<FixedOffset>) -> NaiveDateTime {
        match (self, offset) {
            (Self::Instant(instant), Some(offset)) => instant.with_timezone(&offset).naive_local(),
            _ => self.wall(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::line::Lines;
    use super::*;

    fn rules(text: &str) -> Rules {
        let mut rules = Rules::default();
        let mut is_inside = false;
        for line in Lines::new(text) {
            if line.is("BEGIN") {
                rules.begin_observance();
                is_inside = true;
            } else if is_inside {
                rules.take_for_observance(&line);
            } else {
                rules.take(&line);
            }
        }
        rules.finish();
        rules
    }

    fn offset(rules: &Rules, wall: &str) -> Option<i32> {
        let wall = NaiveDateTime::parse_from_str(wall, "%Y-%m-%d %H:%M").expect("a time");
        rules
            .offset_at(wall)
            .map(|offset| offset.local_minus_utc() / 60)
    }

    #[test]
    fn outlooks_rules_of_central_europe() {
        let rules = rules(
            "TZID:Custom\nBEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\n",
        );
        assert_eq!(rules.id, "Custom");
        assert_eq!(offset(&rules, "2026-01-05 10:00"), Some(60));
        assert_eq!(offset(&rules, "2026-03-29 01:59"), Some(60));
        assert_eq!(offset(&rules, "2026-03-29 03:00"), Some(120));
        assert_eq!(offset(&rules, "2026-10-25 02:30"), Some(120));
        assert_eq!(offset(&rules, "2026-10-25 03:00"), Some(60));
        assert_eq!(offset(&rules, "1500-01-01 00:00"), Some(60));
    }

    #[test]
    fn changes_that_are_listed_or_end_or_lie_between_days_of_the_month() {
        let rules = rules(
            "BEGIN:STANDARD\nDTSTART:20000101T000000\nTZOFFSETFROM:-0400\nTZOFFSETTO:-0500\nRDATE:20101101T020000,20111101T060000Z\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:20000401T020000\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0400\nRRULE:FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=8,9,10,11,12,13,14;BYDAY=SU;UNTIL=20110430T000000Z\nEND:DAYLIGHT\n",
        );
        assert_eq!(offset(&rules, "2010-04-11 03:00"), Some(-240));
        assert_eq!(offset(&rules, "2010-12-01 03:00"), Some(-300));
        assert_eq!(offset(&rules, "2011-05-01 03:00"), Some(-240));
        assert_eq!(offset(&rules, "2011-11-02 03:00"), Some(-300));
        assert_eq!(offset(&rules, "2015-05-01 03:00"), Some(-300));
    }

    #[test]
    fn a_description_without_content_says_nothing() {
        assert_eq!(
            offset(
                &rules("TZID:X\nBEGIN:STANDARD\nTZOFFSETTO:nonsense\n"),
                "2026-01-01 00:00"
            ),
            None
        );
    }
}
