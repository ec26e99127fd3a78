//! Which zone a calendar's times are in.
//!
//! A time names a zone (`TZID`), by the IANA database's name or by another. What no table knows is
//! looked up in the calendar's own VTIMEZONE. A time without zone is on the conference's wall, whose
//! zone is the one that all times name, else that of the calendar (`TZID` or `X-WR-TIMEZONE`), else it
//! is for `conference.toml` to say. Most calendars with `X-WR-TIMEZONE:UTC` are exports of a tool that
//! knows no zone (Sched), so UTC is never taken for the zone of a venue.

use super::line::Line;
use super::value::Time;
use super::vtimezone::Rules;
use crate::model::{Zone, zone::Resolved};
use crate::source::lists::findings::Findings;
use crate::source::vocabulary::zone_names;
use crate::source::{Clock, Problem};
use chrono::{DateTime, FixedOffset, NaiveDateTime, TimeDelta, Utc};
use std::collections::HashMap;

/// A time and the zone that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) time: Time,
    /// The place of the zone's name among those that the calendar names.
    zone: Option<usize>,
}

impl Stamp {
    /// Another time in the same zone.
    pub(super) fn at(self, time: Time) -> Self {
        Self { time, ..self }
    }
}

/// The zones that a calendar names and describes.
#[derive(Default)]
pub(super) struct Zones {
    names: Vec<Named>,
    by_name: HashMap<String, usize>,
    rules: Vec<Rules>,
    /// `TZID` or `X-WR-TIMEZONE` of the calendar, and its line.
    own: Option<(String, usize)>,
}

/// A zone by the name that times have for it.
struct Named {
    name: String,
    line: usize,
    meaning: Meaning,
}

/// What a zone's name means.
#[derive(Default)]
enum Meaning {
    /// UTC by another name.
    Utc,
    /// A zone of the IANA database.
    Iana(Zone),
    /// A zone that the calendar describes.
    Described(usize),
    /// Nobody knows.
    #[default]
    Unknown,
}

impl Zones {
    /// Reads the times of a property: DTSTART has one, EXDATE several. `None` for what is none.
    pub(super) fn stamps(&mut self, line: &Line<'_>) -> Vec<Option<Stamp>> {
        let zone = line
            .parameter("TZID")
            .map(|name| self.number(&name, line.number));
        let values = line.value().split(',');
        // A period counts by its start.
        let starts = values.map(|value| value.split('/').next().unwrap_or_default());
        let times = starts.map(|start| Time::parse(start).filter(Time::is_possible));
        let stamp = |time| Stamp {
            time,
            zone: zone.filter(|_| matches!(time, Time::Wall(_))),
        };
        times.map(|time| time.map(stamp)).collect()
    }

    /// The same time, in the zone of this name where it names none.
    pub(super) fn in_zone(&mut self, stamp: Stamp, name: &str, line: usize) -> Stamp {
        if stamp.zone.is_some() || !matches!(stamp.time, Time::Wall(_)) {
            return stamp;
        }
        Stamp {
            zone: Some(self.number(name, line)),
            ..stamp
        }
    }

    fn number(&mut self, name: &str, line: usize) -> usize {
        if let Some(known) = self.by_name.get(name) {
            return *known;
        }
        let number = self.names.len();
        let meaning = Meaning::default();
        self.names.push(Named {
            name: name.to_owned(),
            line,
            meaning,
        });
        self.by_name.insert(name.to_owned(), number);
        number
    }

    /// Takes the calendar's own zone. `TZID` and the first say more than others.
    pub(super) fn take_own(&mut self, line: &Line<'_>) {
        if self.own.is_none() || line.is("TZID") {
            self.own = Some((line.value().to_owned(), line.number));
        }
    }

    /// Takes a VTIMEZONE.
    pub(super) fn describe(&mut self, mut rules: Rules) {
        rules.finish();
        self.rules.push(rules);
    }

    /// Finds out what the names mean, once the whole calendar is read: its VTIMEZONEs may stand
    /// behind the events.
    pub(super) fn settle(&mut self, findings: &mut Findings) {
        let described: HashMap<&str, usize> = self
            .rules
            .iter()
            .enumerate()
            .map(|(at, rules)| (rules.id.as_str(), at))
            .collect();
        for named in &mut self.names {
            let rules = described.get(named.name.as_str()).copied();
            let location = rules.and_then(|at| self.rules.get(at)?.location.as_deref());
            let known = zone_names::zone(&named.name).or_else(|| zone_names::zone(location?));
            named.meaning = match (known, rules) {
                (Some(zone), _) if is_utc(&zone) => Meaning::Utc,
                (Some(zone), _) => Meaning::Iana(zone),
                (None, Some(at)) => Meaning::Described(at),
                (None, None) => {
                    let message = format!(
                        "the time zone \"{}\" is not in the IANA database, and the calendar does not describe it; its times are read in the conference's zone",
                        named.name
                    );
                    let remedy = "if that is another one, name it as the database does, such as Europe/Berlin";
                    findings.report(Problem::warning(findings.line(named.line), message, remedy));
                    Meaning::Unknown
                }
            };
        }
    }

    /// The conference's zone, as far as the calendar tells. `stamps` are the times of its events.
    pub(super) fn of_conference(
        &self,
        stamps: impl Iterator<Item = Stamp>,
        findings: &mut Findings,
    ) -> Option<Zone> {
        let (mut timed, mut floating) = (0_usize, 0_usize);
        let mut named: Vec<&Zone> = Vec::new();
        for stamp in stamps.filter(|stamp| !matches!(stamp.time, Time::Date(_))) {
            timed += 1;
            match self.meaning(stamp) {
                Some(Meaning::Iana(zone)) if !named.contains(&zone) => named.push(zone),
                Some(Meaning::Unknown) => floating += 1,
                None if matches!(stamp.time, Time::Wall(_)) => floating += 1,
                _ => {}
            }
        }
        if let [zone] = named[..] {
            self.report_abbreviation(zone, findings);
            return Some(zone.clone());
        }
        let own = self
            .own
            .as_ref()
            .map(|(name, line)| (zone_names::zone(name), name, *line));
        match own {
            Some((Some(zone), _, _)) if !is_utc(&zone) => return Some(zone),
            Some((Some(_), _, line)) if timed > floating && named.is_empty() => {
                let message = "the calendar and its times are in UTC, which says nothing about the place; name the conference's zone with time_zone = \"Europe/Berlin\" in conference.toml, or whichever it is";
                findings.report(Problem::note(findings.line(line), message));
                return None;
            }
            Some((None, name, line)) => {
                let message = format!("the time zone \"{name}\" is not in the IANA database");
                let remedy = "name it with time_zone = \"Europe/Berlin\" in conference.toml, or whichever it is";
                findings.report(Problem::warning(findings.line(line), message, remedy));
            }
            _ => {}
        }
        if named.len() > 1 {
            let names: Vec<&str> = named.iter().take(5).map(|zone| zone.name()).collect();
            let message = format!("the times are in several zones: {}", names.join(", "));
            let remedy = "name the conference's with time_zone = \"Europe/Berlin\" in conference.toml, or whichever it is";
            findings.report(Problem::warning(findings.file(), message, remedy));
            return None;
        }
        // A calendar that names no zone and describes a single one is in that.
        match &self.rules[..] {
            [only] => zone_names::zone(&only.id).filter(|zone| !is_utc(zone)),
            _ => None,
        }
    }

    /// `CET` is in the database, and is the rules of no country.
    fn report_abbreviation(&self, zone: &Zone, findings: &mut Findings) {
        if zone.name().contains('/') {
            return;
        }
        let mut names = self.names.iter();
        let line =
            names.find(|named| matches!(&named.meaning, Meaning::Iana(other) if other == zone));
        let message = format!(
            "the time zone is called {}; the name of a place, such as Europe/Berlin, would say more: set it with time_zone in conference.toml",
            zone.name()
        );
        let place = line.map_or_else(|| findings.file(), |named| findings.line(named.line));
        findings.report(Problem::note(place, message));
    }

    fn meaning(&self, stamp: Stamp) -> Option<&Meaning> {
        Some(&self.names.get(stamp.zone?)?.meaning)
    }

    /// The time for a draft whose zone is `conference`. What a named zone makes an instant stays that
    /// instant whatever zone the organisers choose; only a time that this zone has twice or never is
    /// left to be told of there.
    pub(super) fn clock(&self, stamp: Stamp, conference: Option<&Zone>) -> Clock {
        match (stamp.time, self.instant(stamp)) {
            (Time::Wall(wall), Some((_, Some(zone)))) if conference == Some(zone) => {
                Clock::Wall(wall)
            }
            (_, Some((instant, _))) => Clock::Instant(instant),
            (time, None) => Clock::Wall(time.wall()),
        }
    }

    /// The instant of a time, and its zone where that has the time twice or never. `None` on the
    /// conference's wall.
    fn instant(&self, stamp: Stamp) -> Option<(DateTime<FixedOffset>, Option<&Zone>)> {
        let wall = match stamp.time {
            Time::Instant(instant) => return Some((instant, None)),
            Time::Wall(wall) => wall,
            Time::Date(_) => return None,
        };
        match self.meaning(stamp)? {
            Meaning::Utc => Some((wall.and_utc().fixed_offset(), None)),
            Meaning::Iana(zone) => Some(match zone.resolve(wall) {
                Resolved::Once(instant) => (with_offset(zone, instant), None),
                Resolved::Twice { first: instant, .. } | Resolved::Never(instant) => {
                    (with_offset(zone, instant), Some(zone))
                }
            }),
            Meaning::Described(rules) => {
                let offset = self.rules.get(*rules)?.offset_at(wall)?;
                Some((wall.and_local_timezone(offset).single()?, None))
            }
            Meaning::Unknown => None,
        }
    }

    /// What tells a time from others of the same event, whatever zones they are written in.
    pub(super) fn key(&self, stamp: Stamp) -> NaiveDateTime {
        match self.instant(stamp) {
            Some((instant, _)) => instant.naive_utc(),
            None => stamp.time.wall(),
        }
    }

    /// From one time to another.
    pub(super) fn between(&self, start: Stamp, end: Stamp) -> TimeDelta {
        self.key(end) - self.key(start)
    }
}

fn with_offset(zone: &Zone, instant: DateTime<Utc>) -> DateTime<FixedOffset> {
    match FixedOffset::east_opt(zone.offset(instant)) {
        Some(offset) => instant.with_timezone(&offset),
        None => instant.fixed_offset(),
    }
}

fn is_utc(zone: &Zone) -> bool {
    const NAMES: [&str; 12] = [
        "UTC",
        "Etc/UTC",
        "Etc/UCT",
        "UCT",
        "Zulu",
        "Etc/Zulu",
        "Universal",
        "Etc/Universal",
        "GMT",
        "Etc/GMT",
        "Greenwich",
        "Etc/Greenwich",
    ];
    NAMES.contains(&zone.name())
}
