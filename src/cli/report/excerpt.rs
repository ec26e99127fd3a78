//! The line of a source that a problem is about, for a terminal.

use super::Ink;
use crate::source::{LoadedSource, Place};
use std::collections::{HashMap, HashSet};
use std::fmt::Write;

/// How much of a line is shown, in characters.
const WIDTH: usize = 100;

/// How much of a longer line is shown before the column, in characters.
const BEFORE: usize = 40;

/// A shorter line of one word, such as `[[talks]]`, `BEGIN:VEVENT` or `{`, says little: then the next
/// ones are shown, too.
const TELLING: usize = 16;
const NEXT_LINES: usize = 2;

/// Cuts excerpts out of sources. Problems mostly come from the top, so a line of many megabytes is
/// walked through few times.
pub(super) struct Excerpts<'a> {
    ink: Ink,
    sources: &'a [LoadedSource],
    lines: HashMap<&'a str, Vec<usize>>,
    walked: Walked<'a>,
    /// Every place that was shown, with its column and without.
    shown: HashSet<Place>,
}

/// How far a line has been walked through.
#[derive(Clone, Copy, Default)]
struct Walked<'a> {
    line: &'a [u8],
    /// In characters.
    column: usize,
    /// In bytes.
    offset: usize,
}

impl<'a> Excerpts<'a> {
    pub(super) fn new(sources: &'a [LoadedSource], ink: Ink) -> Self {
        Self {
            ink,
            sources,
            lines: HashMap::new(),
            walked: Walked::default(),
            shown: HashSet::new(),
        }
    }

    /// The line at a place, with a mark under the column; `None` where there is no such line, or where
    /// it was shown already.
    pub(super) fn at(&mut self, place: &Place) -> Option<String> {
        let number = place.line? as usize;
        let sources = self.sources;
        let source = sources.iter().find(|source| source.file == place.file)?;
        let line = self.line(source, number)?;
        if !self.shown.insert(place.clone()) {
            return None;
        }
        self.shown.insert(Place {
            column: None,
            ..place.clone()
        });
        let column = place
            .column
            .map_or(0, |column| (column as usize).saturating_sub(1));
        let (start, offset) = self.window(line, column);
        let gutter = number.saturating_add(NEXT_LINES).to_string().len().max(4);
        let mut text = String::new();
        let before = line.get(start..offset).unwrap_or_default();
        let shown_before = visible(before, usize::MAX);
        let mut shown = shown_before.clone();
        let rest = line.get(offset..).unwrap_or_default();
        shown.push_str(&visible(rest, WIDTH.saturating_sub(characters(before))));
        let lead = if start > 0 { "…" } else { "" };
        self.push(
            &mut text,
            gutter,
            &number.to_string(),
            &format!("{lead}{shown}"),
        );
        if place.column.is_some() {
            let blanks = " ".repeat(shown_before.chars().count() + lead.chars().count());
            self.push(&mut text, gutter, "", &format!("{blanks}^"));
        }
        let word = line.trim_ascii();
        if word.len() < TELLING && !word.contains(&b' ') {
            for next in number + 1..=number + NEXT_LINES {
                let Some(line) = self.line(source, next) else {
                    break;
                };
                self.push(&mut text, gutter, &next.to_string(), &visible(line, WIDTH));
            }
        }
        Some(text)
    }

    fn push(&self, text: &mut String, gutter: usize, number: &str, line: &str) {
        let gutter = self.ink.faint(&format!("{number:>gutter$} |"));
        let _ = writeln!(text, "{}", format!("{gutter} {line}").trim_end());
    }

    /// A line of a source, from 1, without its end.
    fn line(&mut self, source: &'a LoadedSource, number: usize) -> Option<&'a [u8]> {
        let bytes = source
            .bytes
            .strip_prefix(b"\xEF\xBB\xBF")
            .unwrap_or(&source.bytes);
        let starts = self
            .lines
            .entry(&source.file)
            .or_insert_with(|| starts(bytes));
        let start = *starts.get(number.checked_sub(1)?)?;
        let end = starts.get(number).map_or(bytes.len(), |next| next - 1);
        let line = bytes.get(start..end)?;
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    }

    /// Where in a line the part to show begins, and where a column stands; both in bytes.
    fn window(&mut self, line: &'a [u8], column: usize) -> (usize, usize) {
        let is_same = std::ptr::eq(self.walked.line, line) && self.walked.column <= column;
        if !is_same {
            self.walked = Walked {
                line,
                ..Walked::default()
            };
        }
        let Walked {
            column: known,
            offset,
            ..
        } = self.walked;
        let offset = forward(line, offset, column - known);
        self.walked = Walked {
            line,
            column,
            offset,
        };
        let start = if column < WIDTH - BEFORE {
            0
        } else {
            back(line, offset, BEFORE)
        };
        (start, offset)
    }
}

/// Where the lines begin. Old Macintosh files end them with CR.
fn starts(bytes: &[u8]) -> Vec<usize> {
    let end = if bytes.contains(&b'\n') { b'\n' } else { b'\r' };
    let ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == end);
    std::iter::once(0)
        .chain(ends.map(|(at, _)| at + 1))
        .collect()
}

/// Whether a byte begins a character in UTF-8.
fn begins_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| begins_character(**byte)).count()
}

/// The offset of the character that stands `count` characters after the one at `offset`.
fn forward(line: &[u8], offset: usize, count: usize) -> usize {
    let rest = line.get(offset..).unwrap_or_default();
    let begins = rest
        .iter()
        .enumerate()
        .filter(|(_, byte)| begins_character(**byte));
    begins
        .map(|(at, _)| offset + at)
        .nth(count)
        .unwrap_or(line.len())
}

/// The offset of the character that stands `count` characters before the one at `offset`.
fn back(line: &[u8], offset: usize, count: usize) -> usize {
    let before = line.get(..offset).unwrap_or_default();
    let begins = before
        .iter()
        .enumerate()
        .rev()
        .filter(|(_, byte)| begins_character(**byte));
    begins
        .map(|(at, _)| at)
        .nth(count.saturating_sub(1))
        .unwrap_or(0)
}

/// The first characters of a line, as they can be shown: nothing that moves the cursor, colours what
/// follows or turns its direction.
fn visible(line: &[u8], most: usize) -> String {
    let end = forward(line, 0, most);
    let text = String::from_utf8_lossy(line.get(..end).unwrap_or_default());
    let mut shown = harmless(&text);
    if end < line.len() && most < usize::MAX {
        shown.push('…');
    }
    shown
}

/// Text that a terminal shows as it is: a tab as a blank, what controls the terminal as an escape.
pub(super) fn harmless(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        let turns = matches!(character, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        match character {
            '\t' => shown.push(' '),
            _ if character.is_control() || turns => shown.extend(character.escape_unicode()),
            _ => shown.push(character),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excerpts(text: &str, places: &[(u32, Option<u32>)]) -> String {
        let source = LoadedSource {
            file: "x".into(),
            format: "x",
            counts: Vec::new(),
            bytes: text.as_bytes().to_vec(),
        };
        let sources = [source];
        let mut excerpts = Excerpts::new(&sources, Ink::Plain);
        let places = places.iter().map(|(line, column)| Place {
            line: Some(*line),
            column: *column,
            ..Place::file("x")
        });
        places
            .map(|place| excerpts.at(&place).unwrap_or_else(|| "nothing\n".into()))
            .collect()
    }

    #[test]
    fn the_column_is_marked_and_counted_in_characters() {
        insta::assert_snapshot!(excerpts("\u{FEFF}a = 1\r\nnäme = \"wrong key here\"\r\n", &[(2, Some(8))]), @r#"
           2 | näme = "wrong key here"
             |        ^
        "#);
    }

    #[test]
    fn a_line_that_says_little_brings_the_next_ones() {
        insta::assert_snapshot!(excerpts("[[talks]]\ncode = \"T1\"\ntitle = \"One\"\n", &[(1, Some(1))]), @r#"
           1 | [[talks]]
             | ^
           2 | code = "T1"
           3 | title = "One"
        "#);
    }

    #[test]
    fn a_long_line_is_cut_around_the_column() {
        let line = "0123456789".repeat(100) + &"é".repeat(400);
        insta::assert_snapshot!(excerpts(&line, &[(1, Some(3)), (1, Some(503)), (1, Some(1203)), (1, Some(2))]), @r"
           1 | 0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789…
             |   ^
           1 | …2345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901…
             |                                          ^
           1 | …éééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé…
             |                                          ^
           1 | 0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789…
             |  ^
        ");
    }

    #[test]
    fn nothing_in_a_line_reaches_the_terminal() {
        insta::assert_snapshot!(excerpts("\ttitle = \"\u{1b}[31mred\u{202E}\"", &[(1, Some(22))]), @r#"
           1 |  title = "\u{1b}[31mred\u{202e}"
             |                                 ^
        "#);
    }

    #[test]
    fn a_line_is_shown_once_and_never_where_it_is_not() {
        let places = [(1, Some(1)), (1, Some(1)), (9, Some(1)), (1, None)];
        insta::assert_snapshot!(excerpts("a line of some length\n", &places), @r"
           1 | a line of some length
             | ^
        nothing
        nothing
        nothing
        ");
    }
}
