//! The bytes of iCalendar: escaping, parameter quoting and folding (RFC 5545 §3.1 to §3.3).
//!
//! The `icalendar` crate's own writer folds at 76 octets now and then and inside escapes, and writes
//! several properties without escaping; so its components are written here.

use icalendar::Property;
use std::ops::Range;

/// The longest line in octets, without its CRLF (RFC 5545 §3.1).
const LINE_OCTETS: usize = 75;

/// Whether a property's value is TEXT (RFC 5545 §3.3.11) and must be escaped. CATEGORIES is a list of
/// TEXT: its items are escaped where the list is made.
fn is_text(key: &str) -> bool {
    matches!(
        key,
        "COMMENT"
            | "CONTACT"
            | "DESCRIPTION"
            | "LOCATION"
            | "NAME"
            | "PRODID"
            | "STYLED-DESCRIPTION"
            | "SUMMARY"
            | "TZNAME"
            | "X-WR-CALDESC"
            | "X-WR-CALNAME"
    )
}

/// Writes lines into one growing file.
#[derive(Default)]
pub(super) struct Writer {
    file: String,
    line: String,
}

impl Writer {
    /// Begins a component.
    pub(super) fn begin(&mut self, name: &str) {
        self.raw("BEGIN", name);
    }

    /// Ends a component.
    pub(super) fn end(&mut self, name: &str) {
        self.raw("END", name);
    }

    /// Writes a property without parameters whose value needs no escaping.
    pub(super) fn raw(&mut self, key: &str, value: &str) {
        self.line.push_str(key);
        self.line.push(':');
        self.line.push_str(value);
        self.fold();
    }

    /// Writes a property, escaped as its type demands.
    pub(super) fn property(&mut self, property: &Property) {
        let parameters = property.params().values();
        let parameters = parameters.map(|parameter| (parameter.key(), parameter.value()));
        push_property(&mut self.line, property.key(), parameters, property.value());
        self.fold();
    }

    /// Writes the properties of a component, in alphabetical order.
    pub(super) fn properties(&mut self, properties: &mut Properties) {
        properties.lines.sort_by_key(|(key, _)| *key);
        for (_, line) in properties.lines.drain(..) {
            fold(&properties.text[line], &mut self.file);
        }
        properties.text.clear();
    }

    /// The file.
    pub(super) fn finish(self) -> Vec<u8> {
        self.file.into_bytes()
    }

    fn fold(&mut self) {
        fold(&self.line, &mut self.file);
        self.line.clear();
    }
}

/// The properties of a component, in whatever order they come.
///
/// All of them share one text, and one event's room is the next one's: with the `icalendar` crate's
/// maps of owned texts a calendar takes half as long again to render.
#[derive(Default)]
pub(super) struct Properties {
    text: String,
    lines: Vec<(&'static str, Range<usize>)>,
}

impl Properties {
    /// Adds a property without parameters.
    pub(super) fn add(&mut self, key: &'static str, value: &str) {
        self.add_with(key, &[], value);
    }

    /// Adds a property with parameters, in alphabetical order.
    pub(super) fn add_with(&mut self, key: &'static str, parameters: &[(&str, &str)], value: &str) {
        let start = self.text.len();
        push_property(&mut self.text, key, parameters.iter().copied(), value);
        self.lines.push((key, start..self.text.len()));
    }
}

/// A property, escaped as its type demands.
fn push_property<'a>(
    line: &mut String,
    key: &str,
    parameters: impl Iterator<Item = (&'a str, &'a str)>,
    value: &str,
) {
    line.push_str(key);
    for (name, value) in parameters {
        line.push(';');
        line.push_str(name);
        line.push('=');
        push_parameter(line, name, value);
    }
    line.push(':');
    if is_text(key) {
        push_text(line, value);
    } else {
        line.push_str(value);
    }
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

    fn written(property: &Property) -> String {
        let mut writer = Writer::default();
        writer.property(property);
        String::from_utf8(writer.finish()).expect("UTF-8")
    }

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
        let property = Property::new("CONFERENCE", "https://example.org/a,b;c")
            .add_parameter("VALUE", "URI")
            .add_parameter("FEATURE", "AUDIO,VIDEO")
            .add_parameter("LABEL", "Stream: \"hall\" ^1")
            .done();
        assert_eq!(
            written(&property).replace("\r\n ", ""),
            "CONFERENCE;FEATURE=AUDIO,VIDEO;LABEL=\"Stream: ^'hall^' ^^1\";VALUE=URI:https://example.org/a,b;c\r\n"
        );
    }

    proptest! {
        #[test]
        fn text_survives_escaping_and_folding(text in "[\\\\;,:\"\nnaä€😀 ]{0,300}") {
            let file = written(&Property::new("SUMMARY", text.as_str()));
            prop_assert_eq!(read_back(&file), text);
            for line in file.trim_end_matches("\r\n").split("\r\n") {
                prop_assert!(line.len() <= LINE_OCTETS, "{} octets: {line}", line.len());
                let backslashes = line.bytes().rev().take_while(|byte| *byte == b'\\').count();
                prop_assert!(backslashes % 2 == 0, "an escape is split: {line}");
            }
        }
    }
}
