//! The row that names the columns, and what parts the cells: whichever makes most sense of the first
//! rows.

use super::column::{Certainty, Column, named};
use csv::{Reader, ReaderBuilder, StringRecord};

/// What may part cells.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// The names of the columns stand within this many rows, below titles and dates of export.
const ROWS_ABOVE: usize = 20;

/// The row that names the columns.
#[derive(Debug)]
pub(super) struct Header {
    /// What parts the cells.
    pub(super) delimiter: u8,
    /// How many rows stand above it.
    pub(super) above: usize,
    /// Its cells.
    pub(super) headings: StringRecord,
    /// What each column holds; `None` for those that are not read.
    pub(super) columns: Vec<Option<Column>>,
}

/// The rows of a text.
pub(super) fn rows(text: &str, delimiter: u8) -> Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
}

/// The header of a text, if one of its first rows names a column of titles.
pub(super) fn find(text: &str) -> Option<Header> {
    let mut best: Option<Header> = None;
    for delimiter in DELIMITERS {
        let first = rows(text, delimiter).into_records().take(ROWS_ABOVE);
        let first = first.map_while(Result::ok).enumerate();
        for (above, headings) in first {
            let columns = columns(&headings);
            let header = Header {
                delimiter,
                above,
                headings,
                columns,
            };
            let is_better = best
                .as_ref()
                .is_none_or(|best| header.known() > best.known());
            if header.columns.contains(&Some(Column::Title)) && is_better {
                best = Some(header);
            }
        }
    }
    best
}

/// Whether a text without a telling name is a table: a row of headings, of which a title and at least
/// one more are known, above a row of as many cells.
pub(super) fn looks_like_table(text: &str) -> bool {
    let is_markup = |line: &str| {
        let line = line.trim();
        ["# ", "## ", "### ", "---", "===", "```", "BEGIN:"]
            .iter()
            .any(|mark| line.starts_with(mark))
    };
    if text.trim_start().starts_with(['{', '[', '<']) || text.lines().take(40).any(is_markup) {
        return false;
    }
    let Some(header) = find(text) else {
        return false;
    };
    let is_word = |heading: &str| {
        let heading = heading.trim();
        ["", "#"].contains(&heading) || heading.starts_with(char::is_alphanumeric)
    };
    let mut below = rows(text, header.delimiter).into_records();
    let below = below.nth(header.above + 1).and_then(Result::ok);
    header.known() > 1
        && header.headings.iter().all(is_word)
        && below.is_some_and(|row| row.len() == header.headings.len())
}

impl Header {
    /// How many of its columns are read.
    fn known(&self) -> usize {
        self.columns.iter().flatten().count()
    }
}

/// What each column holds. The first of a name counts, except that speakers may have several.
fn columns(headings: &StringRecord) -> Vec<Option<Column>> {
    let named: Vec<_> = headings.iter().map(named).collect();
    let has_title = named.contains(&Some((Column::Title, Certainty::Sure)));
    let mut seen = Vec::new();
    named
        .into_iter()
        .map(|found| {
            let (column, certainty) = found?;
            let is_other = certainty == Certainty::InNeed && has_title;
            let is_repeated = seen.contains(&column) && column != Column::Speaker;
            if is_other || is_repeated {
                return None;
            }
            seen.push(column);
            Some(column)
        })
        .collect()
}
