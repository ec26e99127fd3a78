//! Where in a file a byte stands, for problems that people look up.

use crate::source::Place;
use std::sync::Arc;

/// How many bytes stand between two counts of characters. A file may be one line, and is asked for as
/// many places as it has values.
const BLOCK: usize = 4096;

/// A file's name and the offsets at which its lines begin.
pub(in crate::source) struct Lines<'a> {
    file: Arc<str>,
    text: &'a str,
    starts: Vec<u32>,
    /// How many characters stand before each block.
    characters: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// The lines of `text`; `file` is the name that problems give it. Beyond four gigabytes lines are
    /// not counted.
    pub(in crate::source) fn new(file: &str, text: &'a str) -> Self {
        let line_ends = text.match_indices('\n');
        let starts = line_ends.map_while(|(at, _)| u32::try_from(at + 1).ok());
        let blocks = text.as_bytes().chunks(BLOCK);
        let mut before = 0;
        let ends = blocks.map(|block| {
            before += characters(block);
            before
        });
        let characters = std::iter::once(0).chain(ends).collect();
        Self {
            file: file.into(),
            text,
            characters,
            starts: std::iter::once(0).chain(starts).collect(),
        }
    }

    /// The file's name.
    pub(in crate::source) fn file(&self) -> &Arc<str> {
        &self.file
    }

    /// The text.
    pub(in crate::source) fn text(&self) -> &'a str {
        self.text
    }

    /// The line and column of a byte offset.
    pub(in crate::source) fn place(&self, offset: usize) -> Place {
        let line = self
            .starts
            .partition_point(|start| *start as usize <= offset);
        let start = self.starts.get(line.saturating_sub(1));
        let start = start.map_or(0, |start| *start as usize);
        let bytes = self.text.as_bytes();
        let offset = offset.min(bytes.len());
        let column = match bytes.get(start..offset) {
            Some(before) if before.len() < BLOCK => characters(before),
            _ => self.before(offset).saturating_sub(self.before(start)),
        };
        Place::at(&self.file, line, column + 1)
    }

    /// How many characters stand before an offset.
    fn before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        let rest = self.text.as_bytes().get(block * BLOCK..offset);
        let counted = self.characters.get(block).copied();
        counted.unwrap_or_default() + characters(rest.unwrap_or_default())
    }
}

/// How many characters begin in a piece of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    let is_start = |byte: &&u8| **byte & 0b1100_0000 != 0b1000_0000;
    bytes.iter().filter(is_start).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_an_editor() {
        let text = format!("ab\nc\u{e9}d\n{}e\n\n", "\u{1F600}".repeat(5000));
        let lines = Lines::new("f", &text);
        for (offset, _) in text.char_indices().step_by(97).chain([(text.len(), 'x')]) {
            assert_eq!(
                lines.place(offset),
                Place::offset("f", &text, offset),
                "{offset}"
            );
        }
    }
}
