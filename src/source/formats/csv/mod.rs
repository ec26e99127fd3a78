//! A programme in a spreadsheet, saved as text: one row a talk, below a row that names the columns.
//!
//! # Columns
//!
//! | column | also called | what its cells hold |
//! |---|---|---|
//! | `title` | talk title, Titel; else talk, session, presentation, event, name, Vortrag, Thema | the title; without one a row is no talk |
//! | `code` | id, Kennung | letters, digits, `-`, `_` and `.`; rows with the same code and title are one talk that is held again |
//! | `subtitle` | Untertitel | a second line |
//! | `kind` | type, format, Art | Keynote, Workshop (90 min), Lunch break … |
//! | `state` | status | confirmed, tentative, cancelled; talks that are submitted or rejected are left out |
//! | `abstract` | summary, Kurzfassung | the abstract |
//! | `description` | Beschreibung | a longer text |
//! | `speaker` | speakers, presenter, author, Referent:in; several columns such as `speaker 2` | names, one a line, or between `;`, `,`, "and" or "&" |
//! | `bio` | biography, Biografie | who the speaker is, where there is one only |
//! | `track` | theme, category, Themenstrang | the track |
//! | `room` | location, stage, venue, Raum, Ort, Saal | the room |
//! | `date` | Datum | 2026-10-24, 24.10.2026, 24 October 2026; 24/10/2026 or 10/24/2026, where one of the dates shows which |
//! | `day` | Tag | the same, or 1, Day 1 |
//! | `start` | time, begin, from, Beginn, von, Uhrzeit | 14:30, 2:30 PM, 14:30–15:15; or with its date |
//! | `end` | until, to, Ende, bis | the same |
//! | `duration` | length, minutes, Dauer | 45, 45 min, 1:30 |
//! | `language` | Sprache | de, German |
//! | `level` | audience, Niveau | whom it is for |
//! | `url` | link, website | its page |
//! | `stream` | online, live stream | where it is streamed |
//! | `image` | picture, Bild | a picture |
//! | `slides` | Folien | its slides |
//! | `recording` | video, Aufzeichnung | its recording |
//! | `tags` | keywords, Schlagworte | words between `,` or `;` |
//! | `licence` | license, Lizenz | the recording's |
//!
//! Names count whatever their case, accents and punctuation. The first column of a name counts. Cells
//! are parted by commas, semicolons or tabs; lines above the names of the columns do not matter.
//! `TBA`, `TBD` and `-` are empty cells. Times are the conference's local ones unless they have an
//! offset. In `date` half past midnight belongs to that date, in `day` it ends that day.
//!
//! # Not supported
//!
//! Columns of notes and comments are not read: what is in them is seldom meant for publication. Like
//! all other columns they are counted.

mod column;
mod date;
mod header;
mod people;
mod row;
mod table;
#[cfg(test)]
mod tests;
mod time;
mod when;

use crate::source::syntax::decode::decode_of_spreadsheet;
use crate::source::{Input, Reading, Source};
use table::Table;

/// A spreadsheet as text.
pub(super) static SOURCE: Source = Source {
    name: "csv",
    detect,
    read,
};

fn detect(name: &str, bytes: &[u8]) -> bool {
    const OWN_ENDINGS: [&str; 3] = ["csv", "tab", "tsv"];
    const OTHER_ENDINGS: [&str; 15] = [
        "htm", "html", "ical", "ics", "json", "markdown", "md", "mdown", "mkd", "py", "rst",
        "toml", "xml", "yaml", "yml",
    ];
    /// Where the names of the columns stand within a file, if it is a table.
    const BYTES_TO_LOOK_AT: usize = 16 << 10;
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let ending = ending.to_ascii_lowercase();
    if OWN_ENDINGS.contains(&&*ending) {
        return true;
    }
    let start = bytes.get(..BYTES_TO_LOOK_AT).unwrap_or(bytes);
    !OTHER_ENDINGS.contains(&&*ending)
        && decode_of_spreadsheet(name, start).is_ok_and(|(text, _)| header::looks_like_table(&text))
}

fn read(input: &Input<'_>) -> Reading {
    let (text, mut problems) = decode_of_spreadsheet(input.file, input.bytes)?;
    let table = Table::read(input.file, &text)?;
    let (draft, found) = row::read_all(&table)?;
    problems.extend(found);
    Ok((draft, problems))
}
