//! The programme of a stand: "## MS Booth" above headings or list items with times of their own.

use super::document::{BlockKind, Document, Heading};
use super::head::Evidence;
use super::heading::{Words, words_of};
use super::layout::{Role, Section};
use super::link::{coded, links_of, without_bullet};
use super::reader::inline_text;
use super::shape::marker_text;
use super::talk::{Customs, ReadTalk, dedented, markdown, read_talk, trimmed};
use super::time;
use super::title::Title;
use crate::model::Plain;
use crate::source::DraftTalk;
use std::ops::Range;

/// A title that is longer tells the whole story.
const LONGEST_TITLE: usize = 120;

/// The talks at a stand.
#[derive(Debug, Default)]
pub(super) struct Stand {
    pub(super) talks: Vec<ReadTalk>,
    pub(super) rest: Vec<Rest>,
}

/// What is no talk at a stand.
#[derive(Debug)]
pub(super) enum Rest {
    Block(usize),
    /// An item of a list that holds talks as well.
    Item(Range<usize>),
}

/// Reads the talks at a stand; `None` if there are none, or if one of them is unclear.
pub(super) fn read_stand(
    document: &Document<'_>,
    section: &Section,
    room: &str,
    customs: &Customs,
) -> Option<Stand> {
    let mut stand = Stand::default();
    let mut read_to = section.body.start;
    for block in trimmed(document, section.body.clone()) {
        if block < read_to {
            continue;
        }
        match &document.blocks[block].kind {
            BlockKind::Heading(heading) => {
                let end = end_of_part(document, block, heading, section.body.end);
                if let Some(talk) = timed_part(document, block, block + 1..end, customs) {
                    stand.talks.push(talk);
                    read_to = end;
                } else if is_remark(&heading.title) {
                    stand.rest.push(Rest::Block(block));
                } else {
                    return None;
                }
            }
            BlockKind::List(items) => stand.take_list(document, block, items)?,
            _ if marker_text(document, block).is_some_and(|text| names_a_day(&text)) => {
                return None;
            }
            _ => stand.rest.push(Rest::Block(block)),
        }
    }
    for time in stand.talks.iter_mut().filter_map(|talk| talk.time.as_mut()) {
        time.room = time.room.take().or_else(|| Plain::non_empty(room));
    }
    (!stand.talks.is_empty()).then_some(stand)
}

impl Stand {
    /// `None` if an item is unclear.
    fn take_list(
        &mut self,
        document: &Document<'_>,
        block: usize,
        items: &[Range<usize>],
    ) -> Option<()> {
        let known = self.talks.len();
        let mut rest = Vec::new();
        for item in items {
            match timed_item(document, item) {
                Some(talk) => self.talks.push(talk),
                None if is_remark(first_line(document, item)) => {
                    rest.push(Rest::Item(item.clone()))
                }
                None => return None,
            }
        }
        if self.talks.len() == known {
            rest = vec![Rest::Block(block)];
        }
        self.rest.append(&mut rest);
        Some(())
    }
}

/// Whether a text is no talk: one with two times would be, if they were clear.
fn is_remark(text: &str) -> bool {
    time::count(text) < 2 && !names_a_day(text)
}

/// What follows the name of a day is not on the day at hand.
fn names_a_day(text: &str) -> bool {
    matches!(words_of(text), Words::DayStart(_))
}

fn end_of_part(document: &Document<'_>, block: usize, heading: &Heading, end: usize) -> usize {
    let is_next = |at: &usize| {
        document
            .heading(*at)
            .is_some_and(|next| next.level <= heading.level)
    };
    (block + 1..end).find(is_next).unwrap_or(end)
}

fn timed_part(
    document: &Document<'_>,
    head: usize,
    body: Range<usize>,
    customs: &Customs,
) -> Option<ReadTalk> {
    let section = Section {
        role: Role::Talk,
        head: Some(head),
        body,
        evidence: Evidence::default(),
    };
    read_talk(document, &section, customs).filter(|talk| talk.time.is_some())
}

fn timed_item(document: &Document<'_>, item: &Range<usize>) -> Option<ReadTalk> {
    let first_line = first_line(document, item);
    let (title, lines) = [first_paragraph(document, item), first_line]
        .into_iter()
        .filter(|text| text.len() <= LONGEST_TITLE)
        .map(|text| (Title::read(&title_text(text), false), text))
        .find(|(title, _)| title.time.is_some())?;
    let links = document.links_in(item);
    let page = links.iter().find(|link| coded(link).is_some());
    let url = page.and_then(|link| link.web()).cloned();
    let rest = &document.text[item.clone()];
    let rest = &rest[rest.find(lines)? + lines.len()..];
    let talk = DraftTalk {
        place: document.place(item.start),
        code: page.and_then(coded),
        title: Plain::non_empty(&title.text)?,
        kind: title.kind,
        state: title.state,
        speakers: title.speakers,
        notes: markdown(&[dedented(rest)]),
        links: links_of(document, links.iter(), url.as_ref()),
        url,
        ..DraftTalk::default()
    };
    Some(ReadTalk {
        talk,
        time: title.time,
        further_pages: Vec::new(),
    })
}

/// The lines of an item up to a blank line or a nested list.
fn first_paragraph<'t>(document: &Document<'t>, item: &Range<usize>) -> &'t str {
    let source = without_bullet(&document.text[item.clone()]);
    let mut end = 0;
    for line in source.split_inclusive('\n') {
        let is_text =
            !line.trim().is_empty() && without_bullet(line).len() == line.trim_start().len();
        if end > 0 && !is_text {
            break;
        }
        end += line.len();
    }
    source[..end].trim_end()
}

fn first_line<'t>(document: &Document<'t>, item: &Range<usize>) -> &'t str {
    first_paragraph(document, item)
        .lines()
        .next()
        .unwrap_or_default()
}

/// The text of a title without markup and addresses.
fn title_text(source: &str) -> String {
    let text = inline_text(source);
    let words = text.split_whitespace().filter(|word| !word.contains("://"));
    words.collect::<Vec<_>>().join(" ")
}
