//! The sections of the file put together: which talk is on which day, what belongs to the conference,
//! and what a person should know about it.

use super::conference::{Remarks, schedule_host};
use super::date;
use super::day::trailing_day;
use super::day_count::{Days, Oddity};
use super::document::{BlockKind, Document, Form};
use super::heading;
use super::layout::{Role, Section, sections};
use super::oddity::{lost_headings, odd_year, unclosed_comments, unreachable_links};
use super::shape::{Shape, Talks};
use super::stand::{Stand, read_stand};
use super::talk::{Customs, ReadTalk, head_title, read_list, read_talk};
use super::title::NotedTime;
use crate::model::Plain;
use crate::source::{Clock, DayRef, Draft, DraftSlot, DraftTalk, End, Place, Problem};
use std::collections::HashSet;

/// Reads the whole document.
pub(super) fn read(document: &Document<'_>) -> (Draft, Vec<Problem>) {
    let shape = Shape::of(document);
    let sections = sections(document, &shape);
    let mut reading = Reading::new(document, &shape, &sections);
    for section in &sections {
        reading.take(section);
    }
    let mut problems = document.problems.clone();
    let draft = reading.finish(&mut problems);
    problems.extend(lost_headings(document));
    problems.extend(unreachable_links(document));
    problems.extend(unclosed_comments(document));
    if draft.talks.is_empty() {
        problems.push(Problem::warning(
            Place::file(document.file),
            "no talk found",
            "write every talk's title as a heading such as `## Title`",
        ));
    }
    problems.sort_by_key(|problem| problem.place.line);
    (draft, problems)
}

struct Reading<'d, 't> {
    document: &'d Document<'t>,
    customs: Customs,
    draft: Draft,
    times: Vec<Option<NotedTime>>,
    days: Days,
    remarks: Remarks<'d, 't>,
    problems: Vec<Problem>,
}

impl<'d, 't> Reading<'d, 't> {
    fn new(document: &'d Document<'t>, shape: &Shape, sections: &[Section]) -> Self {
        let place = Place::file(document.file);
        let is_title = shape.talks != Talks::WholeFile;
        let title = shape.title_text(document).filter(|_| is_title);
        let has_marks = sections
            .iter()
            .any(|section| matches!(section.role, Role::DayStart(_) | Role::DayEnd(_)));
        Self {
            document,
            customs: Customs {
                schedule_host: schedule_host(document),
                numbered_titles: are_numbered(document, sections),
            },
            draft: Draft {
                place,
                name: title.as_deref().map(without_day).and_then(Plain::non_empty),
                ..Draft::default()
            },
            times: Vec::new(),
            days: Days::new(has_marks, title.as_deref().and_then(trailing_day)),
            remarks: Remarks::new(document),
            problems: Vec::new(),
        }
    }

    fn take(&mut self, section: &Section) {
        match &section.role {
            Role::Talk => match read_talk(self.document, section, &self.customs) {
                Some(read) => self.push(read),
                None => self.take_remarks(section),
            },
            Role::TalkList(kind) => {
                for talk in read_list(self.document, section, *kind) {
                    self.push(ReadTalk {
                        talk,
                        time: None,
                        further_pages: Vec::new(),
                    });
                }
                self.take_beside_list(section);
            }
            Role::DayStart(name) => {
                let weekday = section
                    .head
                    .and_then(|head| date::weekday_in(&head_title(self.document, head)));
                self.days.start(name, weekday);
                self.take_remarks(section);
            }
            Role::DayEnd(number) => {
                if let Some(oddity) = self.days.end(*number) {
                    self.warn(section, oddity);
                }
                self.take_remarks(section);
            }
            Role::Title => {
                self.remarks.take_title(section);
                self.remarks
                    .take_introduction(section.body.clone(), &mut self.draft);
            }
            Role::Preface => self
                .remarks
                .take_introduction(section.body.clone(), &mut self.draft),
            Role::Notes => match self.stand(section) {
                Some(stand) => self.take_stand(section, stand),
                None => self.take_remarks(section),
            },
            Role::Group => self.take_remarks(section),
        }
    }

    fn push(&mut self, read: ReadTalk) {
        self.days.place(&read.talk.title);
        self.draft.talks.push(read.talk);
        self.times.push(read.time);
        let missed = read.further_pages.into_iter().map(|page| {
            Problem::warning(
                self.document.place(page),
                "two talk links in one section: is a heading missing?",
                "write the title of the second talk as a heading above its link",
            )
        });
        self.problems.extend(missed);
    }

    /// The talks of a sponsor's stand. Their times mean nothing on an unknown day.
    fn stand(&self, section: &Section) -> Option<Stand> {
        let title = head_title(self.document, section.head?);
        let is_day_known = self.days.is_known(self.draft.days.len() == 1);
        (is_day_known && heading::is_stand(&title))
            .then(|| read_stand(self.document, section, &title, &self.customs))?
    }

    fn take_stand(&mut self, section: &Section, stand: Stand) {
        let count = stand.talks.len();
        let title = self.title(section);
        for talk in stand.talks {
            self.push(talk);
        }
        if let Some(head) = section.head {
            self.remarks.take_rest(head, &stand.rest, &mut self.draft);
        }
        let items = if count == 1 { "item" } else { "items" };
        self.note(
            section,
            format!("{count} {items} with times below “{title}” read as talks there"),
        );
    }

    /// Text beside a list of talks is no talk's.
    fn take_beside_list(&mut self, section: &Section) {
        for block in section.body.clone() {
            if !matches!(self.document.blocks[block].kind, BlockKind::List(_)) {
                self.remarks
                    .take_section(None, block..block + 1, &mut self.draft);
            }
        }
        let title = self.title(section);
        self.note(
            section,
            format!("the items of the list below “{title}” are read as talks"),
        );
    }

    fn take_remarks(&mut self, section: &Section) {
        let is_kept =
            self.remarks
                .take_section(section.head, section.body.clone(), &mut self.draft);
        let title = self.title(section);
        let title = if title.is_empty() {
            "without a title".to_owned()
        } else {
            format!("“{title}”")
        };
        match section.role {
            Role::DayStart(_) | Role::DayEnd(_) if is_kept => {
                self.note(
                    section,
                    "the text below this mark of a day is kept as conference notes".to_owned(),
                );
            }
            Role::DayStart(_) | Role::DayEnd(_) => {}
            _ if is_kept => self.note(
                section,
                format!("section {title} is no talk; kept as conference notes"),
            ),
            Role::Group => self.note(
                section,
                format!("heading {title} only groups talks; left out"),
            ),
            _ => self.note(
                section,
                format!("heading {title} is no talk and has no text below; left out"),
            ),
        }
    }

    fn title(&self, section: &Section) -> String {
        let title = section.head.map(|head| head_title(self.document, head));
        title.unwrap_or_default().trim().to_owned()
    }

    fn note(&mut self, section: &Section, message: String) {
        let place = self.place(section);
        self.problems.push(Problem::note(place, message));
    }

    fn warn(&mut self, section: &Section, oddity: Oddity) {
        let place = self.place(section);
        self.problems
            .push(Problem::warning(place, oddity.message, oddity.remedy));
    }

    fn place(&self, section: &Section) -> Place {
        let block = section.head.unwrap_or(section.body.start);
        let block = self.document.blocks.get(block);
        self.document
            .place(block.map_or(0, |block| block.range.start))
    }

    fn finish(mut self, problems: &mut Vec<Problem>) -> Draft {
        problems.append(&mut self.problems);
        let is_one_day = self.draft.days.len() == 1;
        let days = self.days.finish(is_one_day);
        for ((talk, day), time) in self.draft.talks.iter_mut().zip(days).zip(self.times) {
            if let Some(day) = day {
                problems.extend(time.as_ref().and_then(|time| unread_zone(talk, time)));
                let slot = slot(talk, day, time);
                talk.slots.push(slot);
            }
        }
        problems.extend(self.remarks.finish(&mut self.draft));
        problems.extend(odd_year(&self.draft));
        self.draft.counts = counts(self.document, &self.draft);
        self.draft
    }
}

/// The name of a conference without the day that these notes are of.
fn without_day(title: &str) -> &str {
    let name = ["Day", "day", "DAY"]
        .iter()
        .find_map(|day| title.rsplit_once(day));
    match name {
        Some((name, _)) if trailing_day(title).is_some() => {
            name.trim_end_matches([' ', '-', '–', '—', ':', ',', '(', '|'])
        }
        _ => title,
    }
}

/// A slot on a known day. Only there does a time beside a title mean anything.
fn slot(talk: &mut DraftTalk, day: DayRef, time: Option<NotedTime>) -> DraftSlot {
    let mut slot = DraftSlot {
        place: talk.place.clone(),
        day: Some(day),
        ..DraftSlot::default()
    };
    if let Some(time) = time {
        let (start, end) = time.when.range;
        slot.start = Some(Clock::Time(start));
        slot.end = Some(End::At(Clock::Time(end)));
        slot.room = time.room;
        talk.title = time.title;
    }
    slot
}

/// A zone written after a time that is read.
fn unread_zone(talk: &DraftTalk, time: &NotedTime) -> Option<Problem> {
    let zone = time.when.zone.as_ref()?;
    let message =
        format!("“{zone}” is not interpreted: times are read in the conference's time zone");
    Some(Problem::note(talk.place.clone(), message))
}

/// Whether most titles are counted. A single "A. I. at home" is no count.
fn are_numbered(document: &Document<'_>, sections: &[Section]) -> bool {
    let talks = sections
        .iter()
        .filter(|section| section.role == Role::Talk)
        .filter_map(|section| section.head);
    let titles: Vec<String> = talks.map(|head| head_title(document, head)).collect();
    let numbered = titles
        .iter()
        .filter(|title| heading::without_enumerator(title.trim()).is_some())
        .count();
    numbered > 0 && 2 * numbered > titles.len()
}

fn counts(document: &Document<'_>, draft: &Draft) -> Vec<(&'static str, usize)> {
    let days: HashSet<String> = draft
        .talks
        .iter()
        .flat_map(|talk| &talk.slots)
        .filter_map(|slot| slot.day.map(|day| format!("{day:?}")))
        .collect();
    let pages = document
        .links
        .iter()
        .filter(|link| link.form != Form::Image);
    let links: HashSet<&str> = pages
        .filter_map(|link| link.web())
        .map(|url| &**url)
        .collect();
    let images = document
        .links
        .iter()
        .filter(|link| link.form == Form::Image)
        .count();
    let count = |has: fn(&DraftTalk) -> bool| draft.talks.iter().filter(|talk| has(talk)).count();
    vec![
        ("talks", draft.talks.len()),
        ("days", days.len()),
        ("links", links.len()),
        ("images", images),
        ("notes", count(|talk| talk.notes.is_some())),
        ("abstracts", count(|talk| talk.summary.is_some())),
    ]
}
