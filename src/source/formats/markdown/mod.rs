//! Notes that somebody took at a conference, in Markdown.
//!
//! The usual layout is a first-level title, a link to the schedule, and a second-level heading for
//! every talk, with the link to its page, its abstract as a quote, and remarks; `---` between the
//! talks and `END OF DAY 1` between the days. Authors differ, so `shape` decides from all the
//! headings which of them are talks, `layout` cuts the file into sections, `talk` and
//! `conference` read those. Whatever has no place of its own is kept as notes.
//!
//! # Not supported
//!
//! Tables: their rows are kept as notes. Zones of times: nobody knows yet whether they are the
//! conference's, so a time is read in the latter and the zone is reported.

mod cancellation;
mod conference;
mod date;
mod day;
mod day_count;

mod document;
mod head;
mod heading;
mod layout;
mod link;
mod oddity;
mod opening;
mod programme;
mod reader;
mod room;
mod shape;
mod speaker;
mod stand;
mod talk;
#[cfg(test)]
mod tests;
mod time;
mod title;
mod underline;

use crate::source::lists::limit::too_many;
use crate::source::syntax::decode::decode;
use crate::source::{Input, MOST_TALKS, Place, Problem, Reading, Source};
use document::Document;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Conference notes in Markdown.
pub(super) static SOURCE: Source = Source {
    name: "markdown",
    detect,
    read,
};

fn detect(name: &str, bytes: &[u8]) -> bool {
    const OWN_ENDINGS: [&str; 4] = ["md", "markdown", "mdown", "mkd"];
    const OTHER_ENDINGS: [&str; 12] = [
        "csv", "htm", "html", "ical", "ics", "json", "py", "rst", "toml", "xml", "yaml", "yml",
    ];
    let ending = name
        .rsplit_once('.')
        .map_or("", |(_, ending)| ending)
        .to_ascii_lowercase();
    if OWN_ENDINGS.contains(&ending.as_str()) {
        return true;
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    let is_markup = text.starts_with('<') && !text.starts_with("<!-- ");
    let is_other = is_markup
        || text.starts_with(['{', '\0'])
        || text.starts_with("BEGIN:")
        || text.contains("<?xml");
    let is_data = text
        .strip_prefix('[')
        .is_some_and(|rest| rest.trim_start().starts_with(['{', '[', '"', ']']));
    !OTHER_ENDINGS.contains(&ending.as_str())
        && !is_other
        && !is_data
        && text.lines().any(is_heading_line)
}

fn is_heading_line(line: &str) -> bool {
    let text = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - text.len())) && text.starts_with(' ')
        || line.len() > 2 && line.trim_end().bytes().all(|byte| byte == b'=')
}

fn read(input: &Input<'_>) -> Reading {
    let (file, bytes) = (input.file, input.bytes);
    let (text, mut problems) = decode(file, bytes)?;
    // The parser has panicked on odd input before (pulldown-cmark#964, #1014, #1096). A file that
    // does that must not take the other conferences down.
    let read = catch_unwind(AssertUnwindSafe(|| {
        let document = Document::parse(file, &text);
        if document.headings() > MOST_TALKS {
            return Err(too_many(Place::file(file), "headings", MOST_TALKS));
        }
        Ok(programme::read(&document))
    }));
    let (draft, found) = read.map_err(|_| {
        Problem::error(
            Place::file(file),
            "the Markdown parser gave up on this file",
            "look for odd markup in it and report the file",
        )
    })??;
    problems.extend(found);
    Ok((draft, problems))
}
