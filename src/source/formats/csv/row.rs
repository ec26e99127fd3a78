//! From a row to a talk.

use super::column::{Column, folded};
use super::people::Parting;
use super::table::{Row, Table};
use super::when::Dates;
use crate::model::{Language, Link, LinkKind, Plain, State, TalkCode, WebUrl};
use crate::source::lists::findings::Findings;
use crate::source::lists::talk_list::TalkList;
use crate::source::syntax::plain_text;
use crate::source::vocabulary::language_name;
use crate::source::{Draft, DraftSpeaker, DraftTalk, Place, Problem, Reading, vocabulary};
use std::collections::HashSet;

/// As much of a cell is shown in a message, in characters.
const SHOWN: usize = 60;

/// Reads all rows of a table.
///
/// # Errors
///
/// When there are more than any conference has.
pub(super) fn read_all(table: &Table) -> Reading {
    let place = Place::file(&table.file);
    let mut rows = Rows {
        table,
        dates: Dates::of(table),
        people: Parting::of(table.column(Column::Speaker)),
        draft: Draft {
            place: place.clone(),
            counts: vec![("rows", table.rows.len())],
            ..Draft::default()
        },
        talks: TalkList::default(),
        findings: Findings::new(place),
    };
    for problem in &table.problems {
        rows.findings.report(problem.clone());
    }
    for row in &table.rows {
        rows.row(row);
    }
    if let Some(problem) = rows.dates.summary() {
        rows.findings.report(problem);
    }
    rows.draft.talks = rows.talks.finish(rows.findings.file())?;
    Ok((rows.draft, rows.findings.into_problems()))
}

/// The reading of a table's rows.
struct Rows<'t> {
    table: &'t Table,
    dates: Dates,
    people: Parting,
    draft: Draft,
    talks: TalkList,
    findings: Findings,
}

/// A row, and what problems call its talk.
#[derive(Clone, Copy)]
pub(super) struct Named<'r> {
    pub(super) row: &'r Row,
    pub(super) name: &'r str,
}

impl Named<'_> {
    /// Something of this row was left out.
    pub(super) fn error(&self, message: impl Into<String>, remedy: &str) -> Problem {
        Problem::error(self.row.place.clone(), message, remedy).of_talk(self.name)
    }

    /// The cell of this row in the column is not what that needs.
    pub(super) fn wrong(&self, table: &Table, column: Column, expected: &str) -> Problem {
        let heading = shown(table.heading(column));
        let cell = shown(table.cell(self.row, column));
        self.error(format!("`{heading}` is \"{cell}\""), expected)
    }
}

/// The beginning of a cell, on one line.
fn shown(cell: &str) -> Plain {
    let mut characters = cell.chars();
    let start: String = characters.by_ref().take(SHOWN).collect();
    let end = if characters.next().is_some() {
        "…"
    } else {
        ""
    };
    Plain::new(&(start + end))
}

/// What the word for a state means for a row.
enum Standing {
    Is(State),
    /// It is not the public's yet, or never was.
    Unpublished,
}

impl<'t> Rows<'t> {
    fn row(&mut self, row: &'t Row) {
        let Some(title) = Plain::non_empty(self.table.cell(row, Column::Title)) else {
            let message = "this row has no title, so it is left out";
            let remedy = "add one, or empty the row";
            self.findings
                .report(Problem::error(row.place.clone(), message, remedy));
            return;
        };
        let (title, marked) = vocabulary::title(&title);
        let code = self.table.cell(row, Column::Code);
        let name = if code.is_empty() { &*title } else { code };
        let row = Named { row, name };
        let state = match self.standing(row) {
            Some(Standing::Unpublished) => return,
            Some(Standing::Is(state)) => vocabulary::settled(marked, Some(state)),
            None => marked,
        };
        self.leave_out_unread(row);
        let slot = self.dates.slot(self.table, row, &mut self.findings);
        let code = self.code(row);
        let talk = DraftTalk {
            code,
            title: title.clone(),
            state,
            slots: slot.into_iter().collect(),
            ..self.talk(row)
        };
        self.talks.add(talk, &mut self.findings);
    }

    /// What a talk is beside its title, its state and its times.
    fn talk(&mut self, row: Named<'_>) -> DraftTalk {
        let table = self.table;
        let cell = |column| table.cell(row.row, column);
        let plain = |column| Plain::non_empty(cell(column));
        let markdown =
            |column| Some(plain_text::markdown(cell(column))).filter(|text| !text.is_empty());
        let kind = plain(Column::Kind);
        let mut links = self.links(row, Column::Slides, LinkKind::Slides);
        links.extend(self.links(row, Column::Recording, LinkKind::Recording));
        DraftTalk {
            place: row.row.place.clone(),
            subtitle: plain(Column::Subtitle),
            kind: kind.as_deref().map(vocabulary::kind),
            format: kind,
            level: plain(Column::Level),
            summary: markdown(Column::Abstract),
            description: markdown(Column::Description),
            speakers: self.speakers(row),
            track: plain(Column::Track),
            language: self.language(row),
            url: self.address(row, Column::Url),
            online: self.address(row, Column::Online),
            image: self.address(row, Column::Image),
            links,
            tags: tags(cell(Column::Tags)),
            licence: plain(Column::Licence),
            ..DraftTalk::default()
        }
    }

    fn code(&mut self, row: Named<'_>) -> Option<TalkCode> {
        let expected =
            "expected at most 64 letters, digits, -, _ and .; a code is made of the title";
        self.parsed(row, Column::Code, expected, TalkCode::parse)
    }

    fn standing(&mut self, row: Named<'_>) -> Option<Standing> {
        let cell = self.table.cell(row.row, Column::State);
        if is_unpublished(cell) {
            let word = Plain::new(cell).to_lowercase();
            self.draft.leave_out(&format!("rows that are {word}"));
            return Some(Standing::Unpublished);
        }
        // Nobody may be announced by mistake.
        let expected = "expected confirmed, tentative or cancelled; until then it is not published";
        let state = self.parsed(row, Column::State, expected, state);
        let is_unknown = state.is_none() && !cell.is_empty();
        let unknown = is_unknown.then_some(Standing::Unpublished);
        state.map(Standing::Is).or(unknown)
    }

    fn language(&mut self, row: Named<'_>) -> Option<Language> {
        /// Two or three small letters are a tag, "Go" and "PHP" are none.
        fn tag(word: &str) -> Option<Language> {
            let is_tag = word.starts_with(|letter: char| letter.is_ascii_lowercase());
            Language::parse(word).filter(|_| is_tag)
        }
        let expected = "expected a language such as de or German";
        self.parsed(row, Column::Language, expected, |cell| {
            language_name::language(cell).or_else(|| tag(cell))
        })
    }

    fn address(&mut self, row: Named<'_>, column: Column) -> Option<WebUrl> {
        let expected = "expected an absolute address such as https://example.org/";
        self.parsed(row, column, expected, WebUrl::parse)
    }

    fn links(&mut self, row: Named<'_>, column: Column, kind: LinkKind) -> Vec<Link> {
        let expected = "expected absolute addresses such as https://example.org/";
        let urls = self.parsed(row, column, expected, |cell| {
            cell.split_whitespace().map(WebUrl::parse).collect()
        });
        let urls: Vec<WebUrl> = urls.unwrap_or_default();
        let links = urls.into_iter().map(|url| Link {
            url,
            title: None,
            kind,
            is_attachment: false,
        });
        links.collect()
    }

    fn parsed<T>(
        &mut self,
        row: Named<'_>,
        column: Column,
        expected: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let cell = self.table.cell(row.row, column);
        if cell.is_empty() {
            return None;
        }
        let parsed = parse(cell);
        if parsed.is_none() {
            self.findings
                .report(row.wrong(self.table, column, expected));
        }
        parsed
    }

    /// Who speaks. A biography is theirs where there is one of them only.
    fn speakers(&mut self, row: Named<'_>) -> Vec<Plain> {
        let cells = self.table.cells(row.row, Column::Speaker);
        let names: Vec<Plain> = cells.flat_map(|cell| self.people.names(cell)).collect();
        let biography = self.table.cell(row.row, Column::Biography);
        match &*names {
            _ if biography.is_empty() => {}
            [name] => self.draft.speakers.push(DraftSpeaker {
                name: name.clone(),
                biography: plain_text::markdown(biography),
                ..DraftSpeaker::default()
            }),
            _ => self.draft.leave_out("bio of several speakers"),
        }
        names
    }

    fn leave_out_unread(&mut self, row: Named<'_>) {
        for heading in self.table.unread(row.row) {
            match heading {
                Some(heading) => {
                    let heading = shown(heading);
                    self.draft.leave_out(&format!("column \"{heading}\""));
                }
                None => self.draft.leave_out("cells without a column"),
            }
        }
        if let Some(cells) = self.table.too_many_cells(row.row) {
            let columns = self.table.header.headings.len();
            let message = format!("this row has {cells} cells, and there are {columns} columns");
            let remedy = "put a cell that holds the character between cells in quotes";
            self.findings.report(row.error(message, remedy));
        }
    }
}

fn is_unpublished(word: &str) -> bool {
    const WORDS: [&str; 20] = [
        "abgelehnt",
        "acceptqueue",
        "declined",
        "declinequeue",
        "deleted",
        "draft",
        "eingereicht",
        "entwurf",
        "inevaluation",
        "inreview",
        "nominated",
        "open",
        "pending",
        "proposed",
        "rejected",
        "submitted",
        "underreview",
        "waitlisted",
        "withdrawn",
        "zuruckgezogen",
    ];
    WORDS.contains(&&*folded(word))
}

fn state(word: &str) -> Option<State> {
    vocabulary::state(word).or_else(|| match &*folded(word) {
        "accepted" | "angenommen" | "bestatigt" | "zugesagt" => Some(State::Confirmed),
        "unbestatigt" | "vorlaufig" => Some(State::Tentative),
        "abgesagt" | "entfallt" => Some(State::Cancelled),
        _ => None,
    })
}

fn tags(cell: &str) -> Vec<Plain> {
    let mut seen = HashSet::new();
    let words = cell.split([',', ';', '\n']);
    let tags = words.filter_map(|word| Plain::non_empty(word.trim().trim_start_matches('#')));
    tags.filter(|tag| seen.insert(tag.clone())).collect()
}
