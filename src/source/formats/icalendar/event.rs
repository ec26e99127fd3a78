//! A VEVENT (RFC 5545 §3.6.1) as it is written.

use super::line::Line;
use super::recurrence::Recurrence;
use super::value;
use super::zone::{Stamp, Zones};
use crate::model::{Geo, Kind, Language, Link, LinkKind, Plain, State, WebUrl};
use crate::source::lists::findings::Findings;
use crate::source::{Draft, Problem, vocabulary};
use chrono::{DateTime, TimeDelta, Utc};

/// What a VEVENT says.
#[derive(Debug, Default)]
pub(super) struct Event {
    /// The line on which it begins.
    pub(super) line: usize,
    pub(super) uid: Option<String>,
    pub(super) summary: Plain,
    pub(super) language: Option<Language>,
    pub(super) description: String,
    /// X-ALT-DESC: the description in HTML.
    pub(super) html: String,
    pub(super) location: Option<Plain>,
    pub(super) categories: Vec<Plain>,
    /// What sort of item it is, where its title or a category says so.
    pub(super) kind: Option<Kind>,
    /// The word for that before its title.
    pub(super) format: Option<Plain>,
    pub(super) start: Option<Stamp>,
    /// Whether there is a start that cannot be read.
    pub(super) has_wrong_start: bool,
    pub(super) end: Option<Stamp>,
    pub(super) length: Option<TimeDelta>,
    pub(super) recurrence: Recurrence,
    /// RECURRENCE-ID: which occurrence of another event it replaces.
    pub(super) replaces: Option<Stamp>,
    pub(super) state: Option<State>,
    pub(super) speakers: Vec<Plain>,
    pub(super) url: Option<WebUrl>,
    pub(super) online: Option<WebUrl>,
    pub(super) image: Option<WebUrl>,
    pub(super) links: Vec<Link>,
    pub(super) geo: Option<Geo>,
    pub(super) updated: Option<DateTime<Utc>>,
    /// A TZID that stands by itself, and its line.
    zone: Option<(String, usize)>,
    problems: Vec<Problem>,
}

/// The most problems of one event.
const MOST_PROBLEMS: usize = 8;

impl Event {
    /// An event that begins on a line.
    pub(super) fn new(line: usize) -> Self {
        Self {
            line,
            ..Self::default()
        }
    }

    /// Takes a property. Where one is repeated that may stand once, the first counts.
    pub(super) fn take(
        &mut self,
        line: &Line<'_>,
        zones: &mut Zones,
        draft: &mut Draft,
        findings: &Findings,
    ) {
        match line.name().to_ascii_uppercase().as_str() {
            "UID" => self.uid = self.uid.take().or_else(|| text(line)),
            "SUMMARY" if self.summary.is_empty() => {
                self.summary = Plain::new(&line.text());
                self.language = line
                    .parameter("LANGUAGE")
                    .and_then(|tag| Language::parse(&tag));
            }
            "DESCRIPTION" if self.description.is_empty() => self.description = line.text(),
            "X-ALT-DESC" if self.html.is_empty() => self.html = line.text(),
            "LOCATION" if self.location.is_none() => self.location = location(&line.text()),
            "CATEGORIES" => {
                let words = line.texts();
                let words = words.iter().filter_map(|word| Plain::non_empty(word));
                self.categories.extend(words);
            }
            "DTSTART" if self.start.is_none() => {
                self.start = self.stamp(line, zones, findings);
                self.has_wrong_start = self.start.is_none();
            }
            "DTEND" if self.end.is_none() => self.end = self.stamp(line, zones, findings),
            "RECURRENCE-ID" => {
                self.replaces = self.stamp(line, zones, findings);
                if line.says("RANGE", "THISANDFUTURE") {
                    let message = "this event replaces all later occurrences of another; only the first of them is replaced";
                    self.warn(
                        line,
                        findings,
                        message.into(),
                        "give each occurrence an event of its own",
                    );
                }
            }
            "DURATION" => {
                self.length = value::duration(line.value());
                if self.length.is_none() {
                    let message = format!("DURATION is \"{}\"", shown(line.value()));
                    self.warn(line, findings, message, "expected a length such as PT45M");
                }
            }
            "RRULE" => self.recurrence.rule = Some((line.value().to_owned(), line.number)),
            "RDATE" | "EXDATE" => self.take_dates(line, zones, findings),
            "STATUS" => self.take_state(line, findings),
            "ATTENDEE" => self.take_attendee(line, draft),
            "URL" if self.url.is_none() => self.url = self.address(line, findings),
            "ATTACH" => self.take_attachment(line, draft),
            "IMAGE" if WebUrl::parse(line.value()).is_some() => {
                self.image = WebUrl::parse(line.value())
            }
            "CONFERENCE" | "X-GOOGLE-CONFERENCE" if WebUrl::parse(line.value()).is_some() => {
                self.online = self.online.take().or_else(|| WebUrl::parse(line.value()));
            }
            "GEO" => self.geo = geo(line.value()),
            "LAST-MODIFIED" => self.updated = instant(line),
            "TZID" => self.zone = Some((line.value().to_owned(), line.number)),
            name => leave_out(name, line, draft),
        }
    }

    /// Ends the event: says what is wrong with it, now that its title is known.
    pub(super) fn finish(&mut self, zones: &mut Zones, findings: &mut Findings) {
        if let Some((name, line)) = &self.zone {
            for stamp in [&mut self.start, &mut self.end, &mut self.replaces]
                .into_iter()
                .flatten()
            {
                *stamp = zones.in_zone(*stamp, name, *line);
            }
        }
        for problem in self.problems.drain(..) {
            findings.report(match self.summary.is_empty() {
                true => problem,
                false => problem.of_talk(&*self.summary),
            });
        }
    }

    fn warn(&mut self, line: &Line<'_>, findings: &Findings, message: String, remedy: &str) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(Problem::warning(
                findings.line(line.number),
                message,
                remedy,
            ));
        }
    }

    fn stamp(&mut self, line: &Line<'_>, zones: &mut Zones, findings: &Findings) -> Option<Stamp> {
        let stamp = zones.stamps(line).into_iter().next().flatten();
        if stamp.is_none() && self.problems.len() < MOST_PROBLEMS {
            let name = line.name().to_ascii_uppercase();
            let message = format!("{name} is \"{}\"", shown(line.value()));
            let remedy = "expected a time such as 20261024T093000 or a date such as 20261024";
            self.problems
                .push(Problem::error(findings.line(line.number), message, remedy));
        }
        stamp
    }

    fn take_dates(&mut self, line: &Line<'_>, zones: &mut Zones, findings: &Findings) {
        let stamps = zones.stamps(line);
        let wrong = stamps.iter().filter(|stamp| stamp.is_none()).count();
        if wrong > 0 && !line.value().is_empty() {
            let message = format!(
                "{} is \"{}\"",
                line.name().to_ascii_uppercase(),
                shown(line.value())
            );
            self.warn(
                line,
                findings,
                message,
                "expected times such as 20261024T093000",
            );
        }
        let stamps = stamps.into_iter().flatten();
        if line.is("RDATE") {
            self.recurrence.added.extend(stamps);
        } else {
            self.recurrence.removed.extend(stamps);
        }
    }

    fn take_state(&mut self, line: &Line<'_>, findings: &Findings) {
        self.state = vocabulary::state(line.value());
        if self.state.is_none() && !line.value().is_empty() {
            let message = format!(
                "STATUS is \"{}\"; the event is read as confirmed",
                shown(&line.text())
            );
            let place = findings.line(line.number);
            if self.problems.len() < MOST_PROBLEMS {
                self.problems.push(Problem::note(place, message));
            }
        }
    }

    /// Calendars have no place for speakers; some tools invite them without an address. Whoever has
    /// one is a guest and nobody else's business.
    fn take_attendee(&mut self, line: &Line<'_>, draft: &mut Draft) {
        let name = line
            .parameter("CN")
            .and_then(|name| Plain::non_empty(&name));
        match name {
            Some(name) if line.value().eq_ignore_ascii_case("invalid:nomail") => {
                self.speakers.push(name)
            }
            _ => draft.leave_out("ATTENDEE"),
        }
    }

    fn address(&mut self, line: &Line<'_>, findings: &Findings) -> Option<WebUrl> {
        let url = WebUrl::parse(line.value());
        if url.is_none() && !line.value().is_empty() {
            let message = format!("URL is \"{}\"", shown(line.value()));
            self.warn(
                line,
                findings,
                message,
                "expected an absolute address such as https://example.org/",
            );
        }
        url
    }

    fn take_attachment(&mut self, line: &Line<'_>, draft: &mut Draft) {
        let Some(url) = WebUrl::parse(line.value()) else {
            draft.leave_out("ATTACH");
            return;
        };
        let title = ["FILENAME", "X-FILENAME", "LABEL"];
        let title = title.into_iter().find_map(|name| line.parameter(name));
        let is_image = line
            .parameter("FMTTYPE")
            .is_some_and(|kind| kind.starts_with("image/"));
        let kind = if is_image {
            LinkKind::Image
        } else {
            vocabulary::link_kind(None, title.as_deref(), &url)
        };
        self.links.push(Link {
            url,
            title: title.and_then(|title| Plain::non_empty(&title)),
            kind,
            is_attachment: true,
        });
    }
}

fn text(line: &Line<'_>) -> Option<String> {
    Some(line.text().trim().to_owned()).filter(|text| !text.is_empty())
}

/// A place; `None` for the words that mean that it is not known.
fn location(text: &str) -> Option<Plain> {
    const UNKNOWN: [&str; 4] = ["to be announced", "tba", "tbd", "-"];
    let place = Plain::non_empty(text)?;
    (!UNKNOWN.contains(&place.to_lowercase().as_str())).then_some(place)
}

fn geo(raw: &str) -> Option<Geo> {
    let (latitude, longitude) = raw.split_once([';', ','])?;
    Geo::new(
        latitude.trim_end_matches('\\').trim().parse().ok()?,
        longitude.trim().parse().ok()?,
    )
}

/// A time in UTC, such as that of the last change.
pub(super) fn instant(line: &Line<'_>) -> Option<DateTime<Utc>> {
    match value::Time::parse(line.value())? {
        value::Time::Instant(instant) => Some(instant.to_utc()),
        value::Time::Date(_) | value::Time::Wall(_) => None,
    }
}

/// What was found, short enough for a message.
fn shown(value: &str) -> String {
    let value = Plain::new(value);
    if value.chars().count() <= 60 {
        return value.to_string();
    }
    let start: String = value.chars().take(57).collect();
    format!("{start}…")
}

/// Counts a property that the model has no place for, unless it is about the calendar file and not
/// about the conference.
pub(super) fn leave_out(name: &str, line: &Line<'_>, draft: &mut Draft) {
    const PLUMBING: [&str; 19] = [
        "BEGIN",
        "CALSCALE",
        "CREATED",
        "DESCRIPTION",
        "DTSTAMP",
        "LOCATION",
        "METHOD",
        "NAME",
        "PRODID",
        "REFRESH-INTERVAL",
        "SEQUENCE",
        "SOURCE",
        "SUMMARY",
        "TRANSP",
        "TZID",
        "VERSION",
        "X-ALT-DESC",
        "X-PUBLISHED-TTL",
        "UID",
    ];
    const PREFIXES: [&str; 8] = [
        "X-APPLE-",
        "X-LIC-",
        "X-MICROSOFT-",
        "X-MOZ-",
        "X-MS-",
        "X-WR-",
        "X-COMMENT-",
        "X-ORIGINAL-",
    ];
    /// A name that is no property's is somebody's text, of which there may be a lot.
    const MOST_NAMES: usize = 40;
    let is_plumbing =
        PLUMBING.contains(&name) || PREFIXES.iter().any(|prefix| name.starts_with(prefix));
    if is_plumbing || line.value().is_empty() {
        return;
    }
    let is_told = draft.uncarried.contains_key(name);
    if !is_told && (draft.uncarried.len() >= MOST_NAMES || name.len() > 64) {
        draft.leave_out("other properties");
    } else {
        draft.leave_out(name);
    }
}
