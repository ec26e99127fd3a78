//! VTIMEZONE in the one shape that every client understands: one STANDARD and at most one DAYLIGHT,
//! with a yearly rule from 1970 on (RFC 5545 §3.6.5, MS-OXCICAL §2.1.3.1.1.19).
//!
//! Such a rule cannot describe every zone at every time. Where it would not give the right offset
//! for the whole of the wanted range there is no VTIMEZONE, and the calendar uses UTC.

use super::value::{Value, Writer, Yearly};
use crate::model::Zone;
use crate::model::zone::Transition;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

/// How many years after the last event a yearly rule must still hold: a rule that ends next year
/// is about to mislead those who keep the calendar open.
const YEARS_AHEAD: i32 = 2;

/// The year in which rules begin. Outlook wants 1970 or a little before.
const RULE_START: i32 = 1970;

/// The description of a zone for a range of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct VTimezone {
    name: String,
    standard: Observance,
    daylight: Option<Observance>,
}

/// STANDARD or DAYLIGHT.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Observance {
    offset_from: i32,
    offset_to: i32,
    abbreviation: String,
    onset: Option<Onset>,
}

/// When an observance begins each year, on the wall clock that was valid until then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Onset {
    day: Yearly,
    time: NaiveTime,
}

impl VTimezone {
    /// Describes `zone` so that every offset in `from..=until` is right; `None` when the shape cannot.
    pub(super) fn describe(zone: &Zone, from: DateTime<Utc>, until: DateTime<Utc>) -> Option<Self> {
        Self::yearly(zone, from, until).or_else(|| Self::constant(zone, from, until))
    }

    /// A zone that changes twice a year by the same rule all through.
    fn yearly(zone: &Zone, from: DateTime<Utc>, until: DateTime<Utc>) -> Option<Self> {
        let first_year = zone.wall(from).year();
        let last_year = zone.wall(until).year() + YEARS_AHEAD;
        let transitions = zone.transitions(new_year(first_year - 1)?, new_year(last_year + 2)?);
        let local_year = |change: &Transition| wall_before(change).year();
        let wanted = transitions
            .iter()
            .filter(|change| (first_year..=last_year).contains(&local_year(change)));
        let (forward, back): (Vec<_>, Vec<_>) =
            wanted.partition(|change| change.offset_to > change.offset_from);
        let daylight = Observance::yearly(&forward, first_year, last_year)?;
        let standard = Observance::yearly(&back, first_year, last_year)?;
        let fits = daylight.offset_from == standard.offset_to
            && daylight.offset_to == standard.offset_from;
        fits.then(|| Self {
            name: zone.name().to_owned(),
            standard,
            daylight: Some(daylight),
        })
    }

    /// A zone whose offset does not change within the range.
    fn constant(zone: &Zone, from: DateTime<Utc>, until: DateTime<Utc>) -> Option<Self> {
        let offset = zone.offset(from);
        let is_constant = offset % 60 == 0
            && zone
                .transitions(from, until + TimeDelta::seconds(1))
                .is_empty();
        is_constant.then(|| Self {
            name: zone.name().to_owned(),
            standard: Observance {
                offset_from: offset,
                offset_to: offset,
                abbreviation: zone.abbreviation(from),
                onset: None,
            },
            daylight: None,
        })
    }

    /// Writes the component.
    pub(super) fn write(&self, writer: &mut dyn Writer) {
        writer.begin("VTIMEZONE");
        writer.add("TZID", Value::Text(&self.name));
        self.standard.write("STANDARD", writer);
        if let Some(daylight) = &self.daylight {
            daylight.write("DAYLIGHT", writer);
        }
        writer.end("VTIMEZONE");
    }
}

impl Observance {
    /// The observance that `changes` begin, one a year, all by one rule.
    fn yearly(changes: &[&Transition], first_year: i32, last_year: i32) -> Option<Self> {
        let first = *changes.first()?;
        let once_a_year = changes
            .iter()
            .map(|change| wall_before(change).year())
            .eq(first_year..=last_year);
        let same_offsets = changes.iter().all(|change| {
            (change.offset_from, change.offset_to) == (first.offset_from, first.offset_to)
        });
        let whole_minutes = first.offset_from % 60 == 0 && first.offset_to % 60 == 0;
        if !(once_a_year && same_offsets && whole_minutes) {
            return None;
        }
        let onset = Onset::candidates(wall_before(first))
            .into_iter()
            .find(|onset| {
                changes.iter().all(|change| {
                    onset.in_year(wall_before(change).year()) == Some(wall_before(change))
                })
            })?;
        Some(Self {
            offset_from: first.offset_from,
            offset_to: first.offset_to,
            abbreviation: first.abbreviation.clone(),
            onset: Some(onset),
        })
    }

    fn write(&self, name: &'static str, writer: &mut dyn Writer) {
        writer.begin(name);
        let start = self.onset.and_then(|onset| onset.in_year(RULE_START));
        let start = start.unwrap_or_else(|| DateTime::<Utc>::UNIX_EPOCH.naive_utc());
        writer.add("DTSTART", Value::Local(start));
        writer.add("TZOFFSETFROM", Value::Offset(self.offset_from));
        writer.add("TZOFFSETTO", Value::Offset(self.offset_to));
        writer.add("TZNAME", Value::Text(&self.abbreviation));
        if let Some(onset) = self.onset {
            writer.add("RRULE", Value::Yearly(onset.day));
        }
        writer.end(name);
    }
}

impl Onset {
    /// The rules that would put an onset at `wall`: as the month's last such weekday, and as its nth.
    fn candidates(wall: NaiveDateTime) -> Vec<Self> {
        let rule = |nth| Self {
            day: Yearly {
                month: wall.month(),
                weekday: wall.weekday(),
                nth,
            },
            time: wall.time(),
        };
        let nth = wall.day().div_ceil(7);
        let is_last = (wall.date() + TimeDelta::days(7)).month() != wall.month();
        let mut candidates = Vec::new();
        if is_last {
            candidates.push(rule(-1));
        }
        if nth <= 4 {
            candidates.push(rule(nth as i32));
        }
        candidates
    }

    /// The wall clock time of the onset in a year.
    fn in_year(self, year: i32) -> Option<NaiveDateTime> {
        let Yearly {
            month,
            weekday,
            nth,
        } = self.day;
        let date = if nth > 0 {
            NaiveDate::from_weekday_of_month_opt(year, month, weekday, nth as u8)?
        } else {
            NaiveDate::from_weekday_of_month_opt(year, month, weekday, 5)
                .or_else(|| NaiveDate::from_weekday_of_month_opt(year, month, weekday, 4))?
        };
        Some(date.and_time(self.time))
    }
}

/// What the clock on the wall shows at a transition, had it not happened.
fn wall_before(change: &Transition) -> NaiveDateTime {
    change.instant.naive_utc() + TimeDelta::seconds(i64::from(change.offset_from))
}

fn new_year(year: i32) -> Option<DateTime<Utc>> {
    Some(
        NaiveDate::from_ymd_opt(year, 1, 1)?
            .and_time(NaiveTime::MIN)
            .and_utc(),
    )
}

#[cfg(test)]
mod tests {
    use super::super::ics::Lines;
    use super::*;

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    fn described(zone: &str, from: &str, until: &str) -> Option<String> {
        let zone = Zone::named(zone).expect("a known zone");
        let description = VTimezone::describe(&zone, instant(from), instant(until))?;
        let mut lines = Lines::default();
        description.write(&mut lines);
        Some(lines.text().replace("\r\n", "\n"))
    }

    #[test]
    fn berlin_changes_on_the_last_sundays() {
        let text = described(
            "Europe/Berlin",
            "2026-10-24T08:00:00Z",
            "2026-10-25T18:00:00Z",
        );
        insta::assert_snapshot!(text.expect("a description"), @r"
        BEGIN:VTIMEZONE
        TZID:Europe/Berlin
        BEGIN:STANDARD
        DTSTART:19701025T030000
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        TZNAME:CET
        RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:19700329T020000
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0200
        TZNAME:CEST
        RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
        END:DAYLIGHT
        END:VTIMEZONE
        ");
    }

    #[test]
    fn vancouver_has_one_offset_from_november_2026_on() {
        let text = described(
            "America/Vancouver",
            "2026-12-01T17:00:00Z",
            "2026-12-02T01:00:00Z",
        );
        let text = text.expect("a description");
        assert!(text.contains("TZOFFSETTO:-0700\n"), "{text}");
        assert!(!text.contains("RRULE"), "{text}");
    }

    #[test]
    fn a_range_over_a_change_that_no_yearly_rule_describes_has_no_description() {
        assert_eq!(
            described(
                "Africa/Casablanca",
                "2026-02-01T00:00:00Z",
                "2026-02-28T00:00:00Z"
            ),
            None
        );
    }

    #[test]
    fn indias_half_hour_needs_no_rule() {
        let text = described(
            "Asia/Kolkata",
            "2026-02-01T00:00:00Z",
            "2026-02-28T00:00:00Z",
        );
        assert!(text.expect("a description").contains("TZOFFSETTO:+0530\n"));
    }

    /// The offset that a description gives, by the rules of RFC 5545 §3.6.5: that of the observance
    /// whose onset is the latest before the instant.
    fn offset_by_description(description: &VTimezone, at: DateTime<Utc>) -> i32 {
        let observances = [Some(&description.standard), description.daylight.as_ref()];
        let onsets = observances.into_iter().flatten().flat_map(|observance| {
            (at.year() - 1..=at.year() + 1).filter_map(move |year| {
                let wall = match observance.onset {
                    Some(onset) => onset.in_year(year)?,
                    None => new_year(RULE_START)?.naive_utc(),
                };
                let instant =
                    (wall - TimeDelta::seconds(i64::from(observance.offset_from))).and_utc();
                (instant <= at).then_some((instant, observance.offset_to))
            })
        });
        onsets.max().expect("an onset before the instant").1
    }

    #[test]
    fn every_description_agrees_with_the_tz_database() {
        let mut descriptions = 0;
        let mut wanted = 0;
        for name in Zone::names() {
            let Some(zone) = Zone::named(&name) else {
                continue;
            };
            for year in (1990..=2040).step_by(3) {
                for (start, days) in [(10, 3), (70, 40), (80, 12), (140, 5), (290, 20), (200, 300)]
                {
                    let from = new_year(year).expect("a year") + TimeDelta::days(start);
                    let until = from + TimeDelta::days(days);
                    wanted += 1;
                    let Some(description) = VTimezone::describe(&zone, from, until) else {
                        continue;
                    };
                    descriptions += 1;
                    let mut at = from;
                    while at <= until {
                        assert_eq!(
                            offset_by_description(&description, at),
                            zone.offset(at),
                            "{name} at {at}"
                        );
                        at += TimeDelta::hours(37);
                    }
                    for change in zone.transitions(from, until) {
                        for at in [change.instant - TimeDelta::seconds(1), change.instant] {
                            assert_eq!(
                                offset_by_description(&description, at),
                                zone.offset(at),
                                "{name} at {at}"
                            );
                        }
                    }
                }
            }
        }
        assert!(
            descriptions * 100 > wanted * 90,
            "only {descriptions} of {wanted} ranges are described"
        );
    }
}
