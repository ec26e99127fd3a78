//! From content lines to components: calendars, their events and their zones.
//!
//! Each component ends where it says so or where the next of its rank begins, so one that is never
//! closed costs nothing but a warning. A *calendar* that is not closed is half a download and refused:
//! it must not replace a good one.

use super::event::{self, Event};
use super::line::{Line, Lines};
use super::vtimezone::Rules;
use super::zone::Zones;
use crate::model::{Colour, Plain, State, WebUrl};
use crate::source::lists::findings::Findings;
use crate::source::lists::limit::too_many;
use crate::source::{Draft, MOST_TALKS, Problem};

/// What a file of calendars says.
pub(super) struct Calendars {
    /// What the calendars themselves say.
    pub(super) draft: Draft,
    pub(super) zones: Zones,
    pub(super) events: Vec<Event>,
    /// The first PRODID: which tool wrote it.
    pub(super) product: String,
}

struct Reader<'a> {
    read: Calendars,
    findings: &'a mut Findings,
    /// The line on which the open calendar begins.
    calendar: Option<usize>,
    /// How many events there were before it.
    events_before: usize,
    is_cancelled: bool,
    open: Open,
    /// Components within the open one, innermost last.
    inner: Vec<String>,
    /// How many lines said something outside of any calendar.
    outside: usize,
}

/// The component of a calendar that is being read.
enum Open {
    None,
    Event(Box<Event>),
    Zone(Box<Rules>),
    Other(String),
}

/// How deep components are told apart; RFC 5545 nests two of them.
const DEEPEST: usize = 8;

/// Reads every calendar of a text.
///
/// # Errors
///
/// When there is no calendar, or one that is not complete, or more events than any conference has.
pub(super) fn read(text: &str, findings: &mut Findings) -> Result<Calendars, Problem> {
    let mut reader = Reader {
        read: Calendars {
            draft: Draft::default(),
            zones: Zones::default(),
            events: Vec::new(),
            product: String::new(),
        },
        findings,
        calendar: None,
        events_before: 0,
        is_cancelled: false,
        open: Open::None,
        inner: Vec::new(),
        outside: 0,
    };
    let mut lines = Lines::new(text);
    let mut calendars = 0;
    for line in lines.by_ref() {
        if line.is("BEGIN") && line.value().eq_ignore_ascii_case("VCALENDAR") {
            calendars += 1;
        }
        reader.take(&line)?;
    }
    if let Some(line) = reader.calendar {
        return Err(half(reader.findings, line));
    }
    if calendars == 0 {
        let message = "there is no BEGIN:VCALENDAR here, so this is no iCalendar file";
        let remedy = "fetch or export it again; a page that says why it failed has come instead";
        return Err(Problem::error(reader.findings.file(), message, remedy));
    }
    reader.report_lines(&lines);
    Ok(reader.read)
}

fn half(findings: &Findings, line: usize) -> Problem {
    let message = "the calendar that begins here has no END:VCALENDAR: part of the file is missing";
    Problem::error(
        findings.line(line),
        message,
        "fetch or export the file again",
    )
}

impl Reader<'_> {
    fn take(&mut self, line: &Line<'_>) -> Result<(), Problem> {
        if line.is("BEGIN") {
            return self.begin(&line.value().to_ascii_uppercase(), line);
        }
        if line.is("END") {
            self.end(&line.value().to_ascii_uppercase());
            return Ok(());
        }
        let read = &mut self.read;
        match (&mut self.open, self.inner.is_empty()) {
            (Open::Event(event), true) => {
                event.take(line, &mut read.zones, &mut read.draft, self.findings);
            }
            (Open::Zone(rules), true) => rules.take(line),
            (Open::Zone(rules), false) => rules.take_for_observance(line),
            (Open::None, true) if self.calendar.is_some() => self.take_own(line),
            (Open::None, _) if self.calendar.is_none() => self.outside += 1,
            _ => {}
        }
        Ok(())
    }

    fn begin(&mut self, name: &str, line: &Line<'_>) -> Result<(), Problem> {
        if name == "VCALENDAR" {
            if let Some(open) = self.calendar.replace(line.number) {
                return Err(half(self.findings, open));
            }
            self.events_before = self.read.events.len();
            self.is_cancelled = false;
            return Ok(());
        }
        let is_outermost = matches!(
            name,
            "VEVENT" | "VTIMEZONE" | "VTODO" | "VJOURNAL" | "VFREEBUSY" | "VAVAILABILITY"
        );
        if !is_outermost && !matches!(self.open, Open::None) {
            match &mut self.open {
                Open::Zone(rules) => rules.begin_observance(),
                Open::Event(_) if self.inner.is_empty() => {
                    self.read.draft.leave_out(known_component(name));
                }
                _ => {}
            }
            if self.inner.len() < DEEPEST {
                self.inner.push(name.to_owned());
            }
            return Ok(());
        }
        self.close(false);
        if self.calendar.is_none() {
            self.outside += 1;
            return Ok(());
        }
        self.open = match name {
            "VEVENT" => Open::Event(Box::new(Event::new(line.number))),
            "VTIMEZONE" => Open::Zone(Box::default()),
            _ => Open::Other(name.to_owned()),
        };
        if name == "VEVENT" && self.read.events.len() >= MOST_TALKS {
            return Err(too_many(
                self.findings.line(line.number),
                "events",
                MOST_TALKS,
            ));
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        let own = match &self.open {
            Open::None => "",
            Open::Event(_) => "VEVENT",
            Open::Zone(_) => "VTIMEZONE",
            Open::Other(own) => own,
        };
        if name == "VCALENDAR" {
            self.close(false);
            self.calendar = None;
            if self.is_cancelled {
                for event in self.read.events.iter_mut().skip(self.events_before) {
                    event.state = Some(State::Cancelled);
                }
            }
        } else if name == own {
            self.close(true);
        } else if let Some(at) = self.inner.iter().rposition(|inner| inner == name) {
            self.inner.truncate(at);
        }
    }

    /// Ends the open component.
    fn close(&mut self, is_complete: bool) {
        self.inner.clear();
        match std::mem::replace(&mut self.open, Open::None) {
            Open::None => {}
            Open::Zone(rules) => self.read.zones.describe(*rules),
            Open::Other(name) => self.read.draft.leave_out(known_component(&name)),
            Open::Event(mut event) => {
                if !is_complete {
                    let place = self.findings.line(event.line);
                    let message =
                        "the event that begins here has no END:VEVENT; it is read up to the next";
                    let remedy = "check that nothing of it is missing";
                    self.findings
                        .report(Problem::warning(place, message, remedy));
                }
                event.finish(&mut self.read.zones, self.findings);
                self.read.events.push(*event);
            }
        }
    }

    /// Takes a property of the calendar itself. Of several calendars the first that says something
    /// counts.
    fn take_own(&mut self, line: &Line<'_>) {
        let draft = &mut self.read.draft;
        let plain = || Plain::non_empty(&line.text());
        match line.name().to_ascii_uppercase().as_str() {
            "X-WR-CALNAME" | "NAME" => draft.name = draft.name.take().or_else(plain),
            "X-WR-CALDESC" | "DESCRIPTION" if draft.description.is_none() => {
                let text = super::text::markdown(&line.text(), "");
                draft.description = Some(text).filter(|text| !text.is_empty());
            }
            "X-WR-TIMEZONE" | "TZID" => self.read.zones.take_own(line),
            "URL" => draft.url = draft.url.take().or_else(|| WebUrl::parse(line.value())),
            "IMAGE" => draft.logo = draft.logo.take().or_else(|| WebUrl::parse(line.value())),
            "X-APPLE-CALENDAR-COLOR" => {
                draft.colour = draft.colour.or_else(|| colour(line.value()))
            }
            "LAST-MODIFIED" => draft.updated = draft.updated.max(event::instant(line)),
            "METHOD" => self.is_cancelled = line.value().eq_ignore_ascii_case("CANCEL"),
            "PRODID" if self.read.product.is_empty() => self.read.product = line.text(),
            "COLOR" => {}
            name => event::leave_out(name, line, draft),
        }
    }

    /// One remark for all the lines that are no properties, and one for what stands outside.
    fn report_lines(&mut self, lines: &Lines<'_>) {
        let count = |count: usize| {
            if count == 1 {
                "1 line is".to_owned()
            } else {
                format!("{count} lines are")
            }
        };
        if let Some(first) = lines.first_joined {
            let message = format!(
                "{} no property and not folded, the first one here; each is joined to the text before it",
                count(lines.joined)
            );
            self.findings
                .report(Problem::note(self.findings.line(first), message));
        }
        if let Some(first) = lines.first_stray {
            let message = format!(
                "{} no property and left out, the first one here",
                count(lines.stray)
            );
            self.findings
                .report(Problem::note(self.findings.line(first), message));
        }
        if self.outside > 0 {
            let message = format!(
                "{} outside of BEGIN:VCALENDAR and END:VCALENDAR and left out",
                count(self.outside)
            );
            self.findings
                .report(Problem::note(self.findings.file(), message));
        }
    }
}

/// Apple writes the opacity behind the colour.
fn colour(raw: &str) -> Option<Colour> {
    Colour::parse(raw.get(..7).unwrap_or(raw))
}

/// A component's name, where it is one that calendars have.
fn known_component(name: &str) -> &str {
    const KNOWN: [&str; 8] = [
        "VALARM",
        "VTODO",
        "VJOURNAL",
        "VFREEBUSY",
        "VAVAILABILITY",
        "PARTICIPANT",
        "VLOCATION",
        "VRESOURCE",
    ];
    if KNOWN.contains(&name) {
        name
    } else {
        "other components"
    }
}
