//! A table: named columns, and rows that know their lines.

use super::column::Column;
use super::header::{self, Header};
use crate::source::lists::limit::too_many;
use crate::source::syntax::lines::Lines;
use crate::source::{MOST_TALKS, Place, Problem};
use csv::StringRecord;
use std::collections::HashMap;
use std::sync::Arc;

/// A table with a column of titles.
pub(super) struct Table {
    /// The name that problems give the file.
    pub(super) file: Arc<str>,
    /// Its header.
    pub(super) header: Header,
    /// The rows below the header that are not empty.
    pub(super) rows: Vec<Row>,
    /// Rows whose quotes are odd.
    pub(super) problems: Vec<Problem>,
    places: HashMap<Column, Vec<usize>>,
}

/// A row of a table.
pub(super) struct Row {
    /// Where it begins.
    pub(super) place: Place,
    /// Its cells.
    pub(super) cells: StringRecord,
}

impl Table {
    /// Reads a table.
    ///
    /// # Errors
    ///
    /// When no row names a column of titles, when the file ends within quotes, and when there are too
    /// many rows.
    pub(super) fn read(file: &str, text: &str) -> Result<Self, Problem> {
        let Some(header) = header::find(text) else {
            let message = "no row here names a column of titles";
            let remedy = "begin with a row such as title, speaker, room, date, start, end";
            return Err(Problem::error(Place::file(file), message, remedy));
        };
        let lines = Lines::new(file, text);
        let mut places: HashMap<Column, Vec<usize>> = HashMap::new();
        for (at, column) in header.columns.iter().enumerate() {
            if let Some(column) = column {
                places.entry(*column).or_default().push(at);
            }
        }
        let mut table = Self {
            file: Arc::clone(lines.file()),
            header,
            rows: Vec::new(),
            problems: Vec::new(),
            places,
        };
        table.read_rows(&lines)?;
        Ok(table)
    }

    fn read_rows(&mut self, lines: &Lines<'_>) -> Result<(), Problem> {
        let text = lines.text();
        let mut reader = header::rows(text, self.header.delimiter);
        let mut number = 0;
        loop {
            let start = offset(&reader);
            let mut cells = StringRecord::new();
            match reader.read_record(&mut cells) {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                Err(error) => {
                    let remedy = "save the table again as comma-separated UTF-8 text";
                    return Err(Problem::error(
                        lines.place(start),
                        error.to_string(),
                        remedy,
                    ));
                }
            }
            let raw = text.get(start..offset(&reader)).unwrap_or_default();
            let blank = raw.len() - raw.trim_start_matches('\n').len();
            let place = Place::line(&self.file, line(lines, start + blank));
            let is_below = number > self.header.above;
            number += 1;
            let is_empty = cells.iter().all(|cell| value(cell).is_empty());
            if !is_below || is_empty || cells == self.header.headings {
                continue;
            }
            if self.rows.len() >= MOST_TALKS {
                return Err(too_many(place, "rows", MOST_TALKS));
            }
            self.check_quotes(raw, &cells, offset(&reader) >= text.len(), &place)?;
            self.rows.push(Row { place, cells });
        }
    }

    /// A quote that is opened and not closed swallows the rows below it, and their talks would seem to
    /// be cancelled.
    fn check_quotes(
        &mut self,
        raw: &str,
        cells: &StringRecord,
        is_last: bool,
        place: &Place,
    ) -> Result<(), Problem> {
        let is_odd = raw.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
        let is_open = is_last && is_in_open_quote(raw, cells);
        if !is_odd || !(is_open || cells.iter().any(|cell| cell.contains('\n'))) {
            return Ok(());
        }
        let remedy = "close the quote, or write \"\" for a quotation mark within a cell";
        if is_last {
            let message = "a quote that begins in this row is not closed before the file ends";
            return Err(Problem::error(place.clone(), message, remedy));
        }
        let message =
            "the quotes in this row do not match, so rows below may have become part of it";
        self.problems
            .push(Problem::error(place.clone(), message, remedy));
        Ok(())
    }

    /// A row's cell in the column; empty where there is none.
    pub(super) fn cell<'r>(&self, row: &'r Row, column: Column) -> &'r str {
        self.cells(row, column).next().unwrap_or_default()
    }

    /// A row's cells in all columns of that meaning.
    pub(super) fn cells<'r>(
        &self,
        row: &'r Row,
        column: Column,
    ) -> impl Iterator<Item = &'r str> + use<'r, '_> {
        let places = self.places.get(&column).into_iter().flatten();
        places.map_while(|at| row.cells.get(*at)).map(value)
    }

    /// What the file calls a column.
    pub(super) fn heading(&self, column: Column) -> &str {
        let place = self.places.get(&column).and_then(|places| places.first());
        let heading = place.and_then(|at| self.header.headings.get(*at));
        heading.unwrap_or_default().trim()
    }

    /// All cells of a column.
    pub(super) fn column(&self, column: Column) -> impl Iterator<Item = &str> {
        self.rows
            .iter()
            .flat_map(move |row| self.cells(row, column))
    }

    /// How many cells a row has, where those are more than the columns.
    pub(super) fn too_many_cells(&self, row: &Row) -> Option<usize> {
        let columns = self.header.headings.len();
        let beyond = row.cells.iter().skip(columns);
        let is_filled = beyond.map(value).any(|cell| !cell.is_empty());
        is_filled.then(|| row.cells.len())
    }

    /// The headings of a row's cells that are not read, `None` where there is no heading.
    pub(super) fn unread<'t>(&'t self, row: &'t Row) -> impl Iterator<Item = Option<&'t str>> {
        let cells = row.cells.iter().enumerate();
        let unread = cells.filter(|(at, cell)| {
            !value(cell).is_empty() && self.header.columns.get(*at).copied().flatten().is_none()
        });
        unread.map(|(at, _)| {
            let heading = self.header.headings.get(at).unwrap_or_default().trim();
            Some(heading).filter(|heading| !heading.is_empty())
        })
    }
}

/// What a cell says; nothing where it only holds its place.
fn value(cell: &str) -> &str {
    const PLACEHOLDERS: [&str; 10] = [
        "-", "–", "—", "?", "tba", "tbc", "tbd", "t.b.a.", "t.b.d.", "n/a",
    ];
    let cell = cell.trim();
    let is_placeholder = PLACEHOLDERS
        .iter()
        .any(|placeholder| cell.eq_ignore_ascii_case(placeholder));
    if is_placeholder { "" } else { cell }
}

fn offset(reader: &csv::Reader<&[u8]>) -> usize {
    usize::try_from(reader.position().byte()).unwrap_or(usize::MAX)
}

fn line(lines: &Lines<'_>, offset: usize) -> usize {
    lines
        .place(offset)
        .line
        .and_then(|line| usize::try_from(line).ok())
        .unwrap_or(1)
}

/// Whether a row ends within a cell that begins with a quote.
fn is_in_open_quote(raw: &str, cells: &StringRecord) -> bool {
    let Some(last) = cells.iter().next_back() else {
        return false;
    };
    let raw = raw.trim_end();
    raw.strip_suffix(last.trim_end())
        .is_some_and(|before| before.ends_with('"'))
}
