//! The headings of a file, with what their words and the text below them show.

use super::document::{BlockKind, Document, FoundLink};
use super::heading::{Words, is_stand, words_of};
use super::link::{coded, label_if_alone, own_link};
use super::opening::{may_precede_abstract, names_people};
use super::reader::inline_text;
use super::speaker;
use super::time;

/// A heading and what is known of it.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub(super) block: usize,
    pub(super) level: u8,
    pub(super) title: String,
    pub(super) words: Words,
    pub(super) evidence: Evidence,
}

/// What shows that a heading is a talk's, whatever its words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Evidence {
    /// A link to a talk's page.
    pub(super) talk_page: bool,
    /// A quote at the beginning.
    pub(super) quote: bool,
    /// Speakers in the title or below it.
    pub(super) speakers: bool,
    /// A line of names right below it: often, but not always, the speakers.
    pub(super) names: bool,
}

impl Evidence {
    /// Whether there is any that needs no second one.
    pub(super) fn is_some(self) -> bool {
        self.talk_page || self.quote || self.speakers
    }
}

pub(super) fn heads(document: &Document<'_>) -> Vec<Head> {
    let blocks: Vec<usize> = (0..document.blocks.len())
        .filter(|block| document.heading(*block).is_some())
        .collect();
    let mut heads = Vec::with_capacity(blocks.len());
    for (at, &block) in blocks.iter().enumerate() {
        let Some(found) = document.heading(block) else {
            continue;
        };
        let end = blocks.get(at + 1).copied().unwrap_or(document.blocks.len());
        let body: Vec<usize> = (block + 1..end).collect();
        let title = found.title.split_whitespace().collect::<Vec<_>>().join(" ");
        let evidence = evidence(document, &title, &body);
        let words = match words_of(&title) {
            Words::Aside | Words::DayStart(_) | Words::Group(_)
                if is_first_talk_page(document, &body) =>
            {
                Words::Title
            }
            Words::Title if !evidence.is_some() && is_timetable(document, &body) => Words::Aside,
            words => words,
        };
        heads.push(Head {
            block,
            level: found.level,
            title,
            words,
            evidence,
        });
    }
    promote_asides_with_abstracts(&mut heads);
    heads
}

/// Where talks have abstracts, a heading with one is a talk, even if it is called "Summary".
fn promote_asides_with_abstracts(heads: &mut [Head]) {
    let titles = heads.iter().filter(|head| head.words == Words::Title);
    let (quoted, bare): (Vec<&Head>, Vec<&Head>) = titles.partition(|head| head.evidence.quote);
    if quoted.len() > bare.len() {
        for head in heads
            .iter_mut()
            .filter(|head| head.evidence.quote && head.title.to_lowercase() != "quotes")
            .filter(|head| !is_stand(&head.title))
        {
            if matches!(head.words, Words::Aside | Words::Group(_)) {
                head.words = Words::Title;
            }
        }
    }
}

/// Whether a section only lists what is when: several items, all with a time.
fn is_timetable(document: &Document<'_>, body: &[usize]) -> bool {
    body.iter()
        .any(|block| match &document.blocks[*block].kind {
            BlockKind::List(items) => {
                items.len() > 1
                    && items
                        .iter()
                        .all(|item| time::holds_time(&document.text[item.clone()]))
            }
            _ => false,
        })
}

fn evidence(document: &Document<'_>, title: &str, body: &[usize]) -> Evidence {
    let first = body
        .first()
        .filter(|block| document.blocks[**block].kind == BlockKind::Paragraph);
    let first_line = first.and_then(|block| document.source(*block).lines().next());
    let first_remark = body
        .iter()
        .find(|block| !may_precede_abstract(document, **block));
    Evidence {
        talk_page: own_link(document, body, None)
            .is_some_and(|own| own.code.is_some() || own.line.is_some()),
        quote: first_remark.is_some_and(|block| document.blocks[*block].kind == BlockKind::Quote),
        names: first_line.is_some_and(|line| names_people(&inline_text(line))),
        speakers: speaker::part_from_title(title).is_some()
            || !speaker::speakers_of(document, body).is_empty(),
    }
}

/// Whether a talk's page is linked right below a heading. A list of such pages says nothing.
fn is_first_talk_page(document: &Document<'_>, body: &[usize]) -> bool {
    let first = body
        .first()
        .filter(|block| document.blocks[**block].kind == BlockKind::Paragraph);
    let is_page =
        |link: &FoundLink| coded(link).is_some() && label_if_alone(document, link).is_some();
    first.is_some_and(|block| document.block_links(*block).iter().any(is_page))
}
