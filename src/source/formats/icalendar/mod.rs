//! iCalendar (RFC 5545, RFC 7986): calendars that others publish.
//!
//! Written by pretalx, Sched, Indico, Meetup, Google, Outlook and many a script, and by hand, so most
//! of them break a rule of the RFC: a byte order mark, lines that nobody folded, a VEVENT that is
//! never closed, zones that are named and not described. The parsers at hand refuse the whole file for
//! one such line (`icalendar`) or do not tell where it stood (`calcard`), and an organiser who is to
//! mend it needs the line. So `line` reads content lines itself, `reader` the components, and `event`
//! the properties that a programme has a place for. `zone` finds out what the times mean, and
//! `programme` makes talks of the events.
//!
//! # Not supported
//!
//! VTODO, VJOURNAL, VFREEBUSY and VALARM are no parts of a programme. Rules of repetition beyond daily
//! and weekly ones that end. Guests (ATTENDEE with an address) are nobody's business.

mod code;
mod event;
mod line;
mod place;
mod programme;
mod reader;
mod recurrence;
mod slot;
mod speaker;
#[cfg(test)]
mod tests;
mod text;
mod value;
mod vtimezone;
mod whole;
mod zone;

use crate::source::lists::findings::Findings;
use crate::source::syntax::decode::decode;
use crate::source::{Input, Place, Reading, Source};
use std::borrow::Cow;

/// Calendars.
pub(super) static SOURCE: Source = Source {
    name: "icalendar",
    detect,
    read,
};

/// How far into a file that is called a calendar its beginning is looked for, in bytes.
const LONGEST_JUNK: usize = 4_096;

fn detect(name: &str, bytes: &[u8]) -> bool {
    let bytes = bytes
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(bytes)
        .trim_ascii_start();
    let begins = |line: &[u8]| line.trim_ascii().eq_ignore_ascii_case(b"BEGIN:VCALENDAR");
    let mut lines =
        bytes[..bytes.len().min(LONGEST_JUNK)].split(|byte| matches!(byte, b'\n' | b'\r'));
    if lines.next().is_some_and(begins) {
        return true;
    }
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    matches!(
        ending.as_deref(),
        Some("ics" | "ical" | "icalendar" | "ifb")
    ) && lines.any(begins)
}

fn read(input: &Input<'_>) -> Reading {
    let bytes = mended(input.bytes);
    let (text, problems) = decode(input.file, &bytes)?;
    let mut findings = Findings::new(Place::file(input.file));
    for problem in problems {
        findings.report(problem);
    }
    let calendars = reader::read(&text, &mut findings)?;
    let draft = programme::draft(calendars, &mut findings);
    Ok((draft, findings.into_problems()))
}

/// The bytes with one line end a line (some servers write CR CR LF), and with each character on one
/// side of a fold: the RFC folds after 75 octets, which may be amidst a character.
fn mended(bytes: &[u8]) -> Cow<'_, [u8]> {
    let is_odd = bytes.windows(3).any(|three| three == b"\r\r\n") || str::from_utf8(bytes).is_err();
    if !is_odd {
        return Cow::Borrowed(bytes);
    }
    let mut mended = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, after @ ..] = rest {
        rest = after;
        let line_end = match (first, after) {
            (b'\r', [b'\r', ..]) => continue,
            (b'\r', [b'\n', ..]) => 2,
            (b'\n', _) => 1,
            _ => {
                mended.push(*first);
                continue;
            }
        };
        rest = &after[line_end - 1..];
        let fold = rest.strip_prefix(b" ").or_else(|| rest.strip_prefix(b"\t"));
        if let Some(folded) = fold {
            let is_inside = |byte: &&u8| (0x80..0xC0).contains(*byte);
            let inside = folded.iter().take(3).take_while(is_inside).count();
            mended.extend(&folded[..inside]);
            mended.extend(b"\n ");
            rest = &folded[inside..];
        } else {
            mended.push(b'\n');
        }
    }
    Cow::Owned(mended)
}
