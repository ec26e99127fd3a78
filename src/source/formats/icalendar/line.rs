//! Content lines (RFC 5545 §3.1): unfolded, with their number in the file.
//!
//! Whatever can be read is read: any letter case, blank lines, texts whose lines nobody folded.

use super::value;
use std::borrow::Cow;
use std::iter::{Enumerate, Peekable};
use std::str::Split;

/// A property as it is written: `NAME;PARAMETER=…:value`.
pub(super) struct Line<'a> {
    /// Its line in the file, from 1.
    pub(super) number: usize,
    text: Cow<'a, str>,
    /// Where the name ends.
    name_end: usize,
    /// Where the parameters end.
    colon: usize,
}

impl Line<'_> {
    /// Its name as it is written.
    pub(super) fn name(&self) -> &str {
        &self.text[..self.name_end]
    }

    /// Whether it has this name.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name().eq_ignore_ascii_case(name)
    }

    /// Its value, still escaped.
    pub(super) fn value(&self) -> &str {
        self.text[self.colon + 1..].trim()
    }

    /// Its value as TEXT (RFC 5545 §3.3.11).
    pub(super) fn text(&self) -> String {
        value::text(&self.decoded())
    }

    /// Its value as a list of TEXT.
    pub(super) fn texts(&self) -> Vec<String> {
        value::texts(&self.decoded())
    }

    /// The value without the quoted-printable encoding of vCalendar 1.0.
    fn decoded(&self) -> Cow<'_, str> {
        let raw = &self.text[self.colon + 1..];
        if self.is_quoted_printable() {
            Cow::Owned(value::quoted_printable(raw))
        } else {
            Cow::Borrowed(raw)
        }
    }

    fn is_quoted_printable(&self) -> bool {
        let encoding = self.parameter("ENCODING");
        encoding.is_some_and(|word| word.eq_ignore_ascii_case("QUOTED-PRINTABLE"))
    }

    /// Whether a parameter has this value.
    pub(super) fn says(&self, parameter: &str, value: &str) -> bool {
        let said = self.parameter(parameter);
        said.is_some_and(|said| said.eq_ignore_ascii_case(value))
    }

    /// A parameter's value, without quotes and the escapes of RFC 6868.
    pub(super) fn parameter(&self, name: &str) -> Option<String> {
        let mut rest = self.text.get(self.name_end..self.colon)?;
        while let Some(parameter) = rest.strip_prefix(';') {
            let end = unquoted(parameter, ';').unwrap_or(parameter.len());
            rest = &parameter[end..];
            if let Some((own, value)) = parameter[..end].split_once('=')
                && own.trim().eq_ignore_ascii_case(name)
            {
                return Some(value::parameter(value));
            }
        }
        None
    }
}

/// The first `wanted` outside of quotes; where the quotes are not closed, the first of all.
fn unquoted(text: &str, wanted: char) -> Option<usize> {
    let mut is_quoted = false;
    let found = text.find(|character| {
        is_quoted ^= character == '"';
        character == wanted && !is_quoted
    });
    found.or_else(|| text.find(wanted).filter(|_| is_quoted))
}

/// The properties of a text, in order, `BEGIN` and `END` among them. Blank lines are skipped.
pub(super) struct Lines<'a> {
    physical: Peekable<Enumerate<Split<'a, char>>>,
    /// How many lines are no properties and were joined to the text before them.
    pub(super) joined: usize,
    /// The first of those.
    pub(super) first_joined: Option<usize>,
    /// How many lines are no properties and belong to none.
    pub(super) stray: usize,
    /// The first of those.
    pub(super) first_stray: Option<usize>,
}

impl<'a> Lines<'a> {
    /// The content lines of a text with LF line ends.
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            physical: text.split('\n').enumerate().peekable(),
            joined: 0,
            first_joined: None,
            stray: 0,
            first_stray: None,
        }
    }

    fn leave_out(&mut self, number: usize) {
        self.stray += 1;
        self.first_stray.get_or_insert(number);
    }

    /// The next property; whether there was a line at all.
    fn step(&mut self) -> Option<Option<Line<'a>>> {
        let (at, first) = self.physical.next()?;
        if first.trim().is_empty() {
            return Some(None);
        }
        let Some((name_end, colon)) = property(first) else {
            self.leave_out(at + 1);
            return Some(None);
        };
        let mut line = Line {
            number: at + 1,
            text: Cow::Borrowed(first),
            name_end,
            colon: colon.unwrap_or(first.len()),
        };
        let (takes_folds, takes_text) = (!is_mark(first), is_text(line.name()));
        let is_encoded = line.is_quoted_printable();
        let mut is_after_blank = false;
        while let Some((at, next)) = self.physical.next_if(|(_, next)| {
            takes_folds
                && (is_blank(next) || is_fold(next) || takes_text && property(next).is_none())
        }) {
            if let Some(folded) = next.strip_prefix([' ', '\t']) {
                line.text.to_mut().push_str(folded);
            } else if is_blank(next) {
                is_after_blank = true;
            } else {
                if !is_encoded {
                    self.joined += 1;
                    self.first_joined.get_or_insert(at + 1);
                }
                let text = line.text.to_mut();
                text.push_str(if is_after_blank { "\n\n" } else { "\n" });
                text.push_str(next);
                is_after_blank = false;
            }
        }
        // The parameters may have been folded too.
        if colon.is_none() || line.text.len() > first.len() {
            match property(&line.text) {
                Some((_, Some(colon))) => line.colon = colon,
                _ => {
                    self.leave_out(line.number);
                    return Some(None);
                }
            }
        }
        Some(Some(line))
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        loop {
            if let Some(line) = self.step()? {
                return Some(line);
            }
        }
    }
}

fn is_blank(line: &str) -> bool {
    line.trim_matches('\r').is_empty()
}

fn is_fold(line: &str) -> bool {
    line.starts_with([' ', '\t'])
}

/// Whether a property's value is a text for people, which may have lines.
fn is_text(name: &str) -> bool {
    const TEXTS: [&str; 7] = [
        "DESCRIPTION",
        "SUMMARY",
        "LOCATION",
        "COMMENT",
        "X-ALT-DESC",
        "X-WR-CALDESC",
        "STYLED-DESCRIPTION",
    ];
    TEXTS.iter().any(|text| text.eq_ignore_ascii_case(name))
}

/// The end of the name of the property that a line begins, and its colon where the line has it.
///
/// The lines of a text that nobody folded look like properties too: "Note: bring a pen",
/// "https://example.org". So a name is one that is known, or begins with `X-`, or is in capitals with
/// its value right behind the colon.
fn property(line: &str) -> Option<(usize, Option<usize>)> {
    let is_name = |character: char| character.is_ascii_alphanumeric() || character == '-';
    let end = line
        .find(|character| !is_name(character))
        .unwrap_or(line.len());
    let name = &line[..end];
    let rest = &line[end..];
    if name.is_empty() || !rest.is_empty() && !rest.starts_with([':', ';']) {
        return None;
    }
    let is_upper = name.bytes().all(|byte| !byte.is_ascii_lowercase());
    let is_lower = name.bytes().all(|byte| !byte.is_ascii_uppercase());
    let is_own = name
        .get(..2)
        .is_some_and(|start| start.eq_ignore_ascii_case("x-"));
    let is_known = KNOWN.iter().any(|known| known.eq_ignore_ascii_case(name));
    let is_named = is_mark(line)
        || is_own
        || is_known && (is_upper || is_lower && !rest.is_empty())
        || is_upper && name.len() > 2 && !rest.is_empty() && !rest.starts_with(": ");
    is_named.then(|| (end, unquoted(rest, ':').map(|at| end + at)))
}

/// Whether a line begins or ends a component.
fn is_mark(line: &str) -> bool {
    let Some((word, name)) = line.trim_end().split_once(':') else {
        return false;
    };
    (word.eq_ignore_ascii_case("BEGIN") || word.eq_ignore_ascii_case("END"))
        && !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

/// The properties of RFC 5545, 7986, 9073, 9074 and 9253, and vCalendar's.
const KNOWN: [&str; 66] = [
    "ACTION",
    "ATTACH",
    "ATTENDEE",
    "BEGIN",
    "CALENDAR-ADDRESS",
    "CALSCALE",
    "CATEGORIES",
    "CLASS",
    "COLOR",
    "COMMENT",
    "COMPLETED",
    "CONCEPT",
    "CONFERENCE",
    "CONTACT",
    "CREATED",
    "DALARM",
    "DAYLIGHT",
    "DESCRIPTION",
    "DTEND",
    "DTSTAMP",
    "DTSTART",
    "DUE",
    "DURATION",
    "END",
    "EXDATE",
    "EXRULE",
    "FREEBUSY",
    "GEO",
    "IMAGE",
    "LAST-MODIFIED",
    "LINK",
    "LOCATION",
    "LOCATION-TYPE",
    "METHOD",
    "NAME",
    "ORGANIZER",
    "PARTICIPANT-TYPE",
    "PERCENT-COMPLETE",
    "PRIORITY",
    "PRODID",
    "RDATE",
    "RECURRENCE-ID",
    "REFID",
    "REFRESH-INTERVAL",
    "RELATED-TO",
    "REPEAT",
    "REQUEST-STATUS",
    "RESOURCES",
    "RESOURCE-TYPE",
    "RRULE",
    "SEQUENCE",
    "SOURCE",
    "STATUS",
    "STRUCTURED-DATA",
    "STYLED-DESCRIPTION",
    "SUMMARY",
    "TRANSP",
    "TRIGGER",
    "TZID",
    "TZNAME",
    "TZOFFSETFROM",
    "TZOFFSETTO",
    "TZURL",
    "UID",
    "URL",
    "VERSION",
];
