//! iCalendar (RFC 5545, RFC 7986): escaping, parameter quoting and folding (RFC 5545 §3.1 to §3.3).
//!
//! The `icalendar` crate's own writer folds at 76 octets now and then and inside escapes, and writes
//! several properties without escaping; so its components are written here.

use super::value::{Value, Writer};
use crate::render::{Context, Coverage, Renderer};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike, Utc};

/// iCalendar.
pub(in crate::render) static RENDERER: Renderer = Renderer {
    format: "ics",
    extension: "ics",
    name: "iCalendar",
    media_type: "text/calendar; charset=utf-8",
    stem: "schedule",
    covers: Coverage::EveryPart,
    heeds_wishes: true,
    leaves_out: super::leaves_out,
    render,
    last_modified: |context| context.updated(),
};

/// The longest line in octets, without its CRLF (RFC 5545 §3.1).
const LINE_OCTETS: usize = 75;

fn render(context: &Context<'_>) -> Vec<u8> {
    let mut lines = Lines::default();
    super::write(context, &mut lines);
    lines.file.into_bytes()
}

/// Writes lines into one growing file.
#[derive(Default)]
pub(super) struct Lines {
    file: String,
    line: String,
}

impl Writer for Lines {
    fn begin(&mut self, name: &'static str) {
        self.delimit("BEGIN", name);
    }

    fn end(&mut self, name: &'static str) {
        self.delimit("END", name);
    }

    fn add_with(
        &mut self,
        name: &'static str,
        parameters: &[(&'static str, &str)],
        value: Value<'_>,
    ) {
        let line = &mut self.line;
        line.push_str(name);
        let value_type = said_type(name, value).map(|value_type| ("VALUE", value_type));
        for (name, value) in parameters.iter().copied().chain(value_type) {
            line.push(';');
            line.push_str(name);
            line.push('=');
            push_parameter(line, name, value);
        }
        line.push(':');
        push_value(line, value);
        self.fold();
    }
}

impl Lines {
    fn delimit(&mut self, key: &str, name: &str) {
        self.line.push_str(key);
        self.line.push(':');
        self.line.push_str(name);
        self.fold();
    }

    fn fold(&mut self) {
        fold(&self.line, &mut self.file);
        self.line.clear();
    }

    #[cfg(test)]
    pub(super) fn text(self) -> String {
        self.file
    }
}

/// The parameter VALUE, for properties that have another type by default or none (RFC 7986 §5, RFC
/// 9073 §6, RFC 9253 §8).
fn said_type(name: &str, value: Value<'_>) -> Option<&'static str> {
    match (name, value) {
        (_, Value::Date(_)) => Some("DATE"),
        ("SOURCE" | "IMAGE" | "CONFERENCE" | "LINK", Value::Uri(_)) => Some("URI"),
        ("REFRESH-INTERVAL", Value::Duration(_)) => Some("DURATION"),
        ("STYLED-DESCRIPTION", Value::Text(_)) => Some("TEXT"),
        _ => None,
    }
}

fn push_value(line: &mut String, value: Value<'_>) {
    match value {
        Value::Text(text) => push_text(line, text),
        Value::Texts(texts) => {
            for (place, text) in texts.iter().enumerate() {
                if place > 0 {
                    line.push(',');
                }
                push_text(line, text);
            }
        }
        Value::Uri(text) | Value::Duration(text) => line.push_str(text),
        Value::Date(date) => push_date(line, date),
        Value::Local(wall) => push_wall(line, wall),
        Value::Utc(instant) => push_utc(line, instant),
        Value::Integer(number) => line.push_str(&number.to_string()),
        Value::Geo(geo) => {
            line.push_str(&format!("{:.6};{:.6}", geo.latitude, geo.longitude));
        }
        Value::Offset(seconds) => push_offset(line, seconds),
        Value::Yearly(rule) => {
            line.push_str(&format!(
                "FREQ=YEARLY;BYMONTH={};BYDAY={}",
                rule.month,
                rule.day()
            ));
        }
    }
}

/// A UTC time (RFC 5545 §3.3.5, form 2).
fn push_utc(line: &mut String, instant: DateTime<Utc>) {
    push_wall(line, instant.naive_utc());
    line.push('Z');
}

/// A wall clock time (RFC 5545 §3.3.5, forms 1 and 3).
fn push_wall(line: &mut String, wall: NaiveDateTime) {
    push_date(line, wall.date());
    line.push('T');
    for number in [wall.hour(), wall.minute(), wall.second()] {
        push_two_digits(line, number);
    }
}

/// A date (RFC 5545 §3.3.4).
fn push_date(line: &mut String, date: NaiveDate) {
    let year = date.year().unsigned_abs();
    for number in [year / 100, year % 100, date.month(), date.day()] {
        push_two_digits(line, number);
    }
}

/// Not chrono's `format`, which reads its pattern anew each time: five times an event, that is a
/// tenth of a calendar's rendering.
fn push_two_digits(line: &mut String, number: u32) {
    for digit in [number / 10 % 10, number % 10] {
        line.extend(char::from_digit(digit, 10));
    }
}

/// `+0530` (RFC 5545 §3.3.14).
fn push_offset(line: &mut String, seconds: i32) {
    line.push(if seconds < 0 { '-' } else { '+' });
    let minutes = seconds.unsigned_abs() / 60;
    push_two_digits(line, minutes / 60);
    push_two_digits(line, minutes % 60);
}

/// Copies a line into a file, folded before a character and never inside an escape.
fn fold(line: &str, file: &mut String) {
    let mut rest = line;
    let mut room = LINE_OCTETS;
    while rest.len() > room {
        let mut cut = room;
        while !rest.is_char_boundary(cut) {
            cut -= 1;
        }
        let backslashes = rest[..cut]
            .bytes()
            .rev()
            .take_while(|byte| *byte == b'\\')
            .count();
        if backslashes % 2 == 1 {
            cut -= 1;
        }
        file.push_str(&rest[..cut]);
        file.push_str("\r\n ");
        rest = &rest[cut..];
        room = LINE_OCTETS - 1;
    }
    file.push_str(rest);
    file.push_str("\r\n");
}

/// Escapes TEXT (RFC 5545 §3.3.11).
pub(super) fn push_text(line: &mut String, text: &str) {
    let mut rest = text;
    let is_special = |byte| matches!(byte, b'\\' | b';' | b',' | b'\n');
    while let Some(at) = rest.bytes().position(is_special) {
        line.push_str(&rest[..at]);
        line.push('\\');
        line.push(match rest.as_bytes()[at] {
            b'\n' => 'n',
            special => special as char,
        });
        rest = &rest[at + 1..];
    }
    line.push_str(rest);
}

/// Quotes a parameter value where it must be (RFC 5545 §3.2), with RFC 6868 for what quotes cannot
/// hold. FEATURE is a list: its commas stay bare (RFC 7986 §6.3).
fn push_parameter(line: &mut String, key: &str, value: &str) {
    let quoted = key != "FEATURE" && value.contains([':', ';', ',']);
    if quoted {
        line.push('"');
    }
    for character in value.chars() {
        match character {
            '^' => line.push_str("^^"),
            '"' => line.push_str("^'"),
            '\n' => line.push_str("^n"),
            other => line.push(other),
        }
    }
    if quoted {
        line.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Reads one TEXT property back, as RFC 5545 says.
    fn read_back(file: &str) -> String {
        let line = file.replace("\r\n ", "");
        let value = line
            .trim_end_matches("\r\n")
            .split_once(':')
            .expect("a value")
            .1;
        let mut text = String::new();
        let mut characters = value.chars();
        while let Some(character) = characters.next() {
            match character {
                '\\' => match characters.next().expect("an escaped character") {
                    'n' => text.push('\n'),
                    other => text.push(other),
                },
                other => text.push(other),
            }
        }
        text
    }

    #[test]
    fn a_label_with_colons_and_quotes_is_quoted() {
        let mut lines = Lines::default();
        lines.add_with(
            "CONFERENCE",
            &[("FEATURE", "AUDIO,VIDEO"), ("LABEL", "Stream: \"hall\" ^1")],
            Value::Uri("https://example.org/a,b;c"),
        );
        assert_eq!(
            lines.text().replace("\r\n ", ""),
            "CONFERENCE;FEATURE=AUDIO,VIDEO;LABEL=\"Stream: ^'hall^' ^^1\";VALUE=URI:https://example.org/a,b;c\r\n"
        );
    }

    proptest! {
        #[test]
        fn text_survives_escaping_and_folding(text in "[\\\\;,:\"\nnaä€😀 ]{0,300}") {
            let mut lines = Lines::default();
            lines.add("SUMMARY", Value::Text(&text));
            let file = lines.text();
            prop_assert_eq!(read_back(&file), text);
            for line in file.trim_end_matches("\r\n").split("\r\n") {
                prop_assert!(line.len() <= LINE_OCTETS, "{} octets: {line}", line.len());
                let backslashes = line.bytes().rev().take_while(|byte| *byte == b'\\').count();
                prop_assert!(backslashes % 2 == 0, "an escape is split: {line}");
            }
        }
    }
}
