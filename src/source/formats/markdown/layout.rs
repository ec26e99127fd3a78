//! The file cut into sections: its title, its talks, the marks of its days, and the rest.

use super::day::{DayName, opened_day, trailing_day};
use super::document::{BlockKind, Document, Form};
use super::head::{Evidence, Head};
use super::heading::{Words, is_container, words_of};
use super::reader::inline_text;
use super::shape::{Shape, Talks, marker_text};
use super::talk::head_title;
use super::time::part_from_title;
use crate::model::Kind;
use std::ops::Range;

/// A stretch of the file that belongs together.
#[derive(Debug, Clone)]
pub(super) struct Section {
    pub(super) role: Role,
    /// The block that opens it, in most cases a heading.
    pub(super) head: Option<usize>,
    /// The blocks below that one.
    pub(super) body: Range<usize>,
    /// What shows that it is a talk.
    pub(super) evidence: Evidence,
}

/// What a section is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    /// Text before the first heading.
    Preface,
    /// The name of the conference and the introduction.
    Title,
    Talk,
    /// Every item of its list is a talk of this kind.
    TalkList(Option<Kind>),
    DayStart(DayName),
    DayEnd(Option<usize>),
    /// A heading over talks.
    Group,
    /// Remarks that belong to no talk.
    Notes,
}

/// Cuts a file into sections. They follow one another without a gap.
pub(super) fn sections(document: &Document<'_>, shape: &Shape) -> Vec<Section> {
    let mut cutter = Cutter {
        document,
        shape,
        below: Below::Talks,
        in_day: false,
        sections: vec![section(Role::Preface, None, 0)],
    };
    for block in 0..document.blocks.len() {
        if let Some((role, evidence)) = cutter.opened_by(block) {
            if let Some(open) = cutter.sections.last_mut() {
                open.body.end = block;
            }
            let mut section = section(role, Some(block), block + 1);
            section.evidence = evidence;
            cutter.sections.push(section);
        }
    }
    let mut sections = cutter.sections;
    if let Some(open) = sections.last_mut() {
        open.body.end = document.blocks.len();
    }
    demote_what_follows_the_end(document, &mut sections);
    sections
}

fn section(role: Role, head: Option<usize>, body_start: usize) -> Section {
    Section {
        role,
        head,
        body: body_start..body_start,
        evidence: Evidence::default(),
    }
}

/// What the headings below the one at hand are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Below {
    Talks,
    Notes,
}

struct Cutter<'d, 't> {
    document: &'d Document<'t>,
    shape: &'d Shape,
    below: Below,
    in_day: bool,
    sections: Vec<Section>,
}

impl Cutter<'_, '_> {
    /// The section that begins with a block, if one does.
    fn opened_by(&mut self, block: usize) -> Option<(Role, Evidence)> {
        let opened = if self.shape.talks == Talks::WholeFile {
            // A talk that has no heading of its own takes the title line for one.
            (self.shape.title == Some(block)).then_some((Role::Talk, Evidence::default()))
        } else if self.shape.title == Some(block) {
            Some((Role::Title, Evidence::default()))
        } else if let Some(head) = self.shape.head(block) {
            self.opened_by_heading(head)
                .map(|role| (role, head.evidence))
        } else {
            self.opened_by_line(block)
                .map(|role| (role, Evidence::default()))
        };
        if let Some((role, _)) = &opened {
            self.in_day = matches!(role, Role::DayStart(_)) || self.in_day && *role == Role::Talk;
            if matches!(
                role,
                Role::Title | Role::DayStart(_) | Role::DayEnd(_) | Role::Group
            ) {
                self.below = Below::Talks;
            }
        }
        opened
    }

    fn opened_by_heading(&mut self, head: &Head) -> Option<Role> {
        let talk_level = self.shape.talk_level;
        match &head.words {
            Words::DayEnd(number) => return Some(Role::DayEnd(*number)),
            Words::DayStart(name) if talk_level.is_none_or(|level| head.level <= level) => {
                return Some(Role::DayStart(name.clone()));
            }
            _ => {}
        }
        let Some(talk_level) = talk_level else {
            return Some(self.without_talk_headings(head));
        };
        if head.level > talk_level {
            return None;
        }
        if head.level < talk_level {
            return Some(self.above_talks(head));
        }
        let has_evidence = head.evidence.talk_page || head.evidence.quote;
        if self.below == Below::Notes && !has_evidence {
            return None;
        }
        Some(match head.words {
            _ if head.title.is_empty() => Role::Notes,
            Words::Aside | Words::Group(None) => Role::Notes,
            _ => Role::Talk,
        })
    }

    fn above_talks(&mut self, head: &Head) -> Role {
        if head.level == 1
            && let Some(number) = trailing_day(&head.title)
        {
            return Role::DayStart(DayName::Number(number));
        }
        if is_container(&head.title) {
            return Role::Group;
        }
        self.below = Below::Notes;
        let is_talk =
            head.words == Words::Title && (head.evidence.talk_page || head.evidence.quote);
        if is_talk { Role::Talk } else { Role::Notes }
    }

    fn without_talk_headings(&self, head: &Head) -> Role {
        match head.words {
            Words::Group(kind)
                if self.shape.talks == Talks::ListItems && self.has_list_of_talks(head) =>
            {
                Role::TalkList(kind)
            }
            Words::Group(Some(_))
                if self.shape.talks == Talks::ListItems && !head.title.is_empty() =>
            {
                Role::Talk
            }
            _ => Role::Notes,
        }
    }

    /// Whether a list below a heading has a linked title in front of every item.
    fn has_list_of_talks(&self, head: &Head) -> bool {
        let lists = self.document.blocks[head.block + 1..].iter();
        let mut lists = lists.take_while(|block| !matches!(block.kind, BlockKind::Heading(_)));
        lists.any(|block| match &block.kind {
            BlockKind::List(items) => items
                .iter()
                .all(|item| item_title(self.document, item).is_some()),
            _ => false,
        })
    }

    fn opened_by_line(&self, block: usize) -> Option<Role> {
        let text = marker_text(self.document, block);
        let words = text.as_deref().map(words_of);
        if let Some(Words::DayEnd(number)) = words {
            return Some(Role::DayEnd(number));
        }
        if let Some(Words::DayStart(name @ (DayName::Number(_) | DayName::Date(_)))) = words
            && self.is_before_talk(block)
        {
            return Some(Role::DayStart(name));
        }
        let is_bold_talk = self.shape.talks == Talks::BoldLines
            && self.in_day
            && bold_line(self.document, block).is_some();
        is_bold_talk.then_some(Role::Talk)
    }

    /// A day that a mere line names must stand right above a talk, or it is a remark.
    fn is_before_talk(&self, block: usize) -> bool {
        let mut after = (block + 1..self.document.blocks.len())
            .skip_while(|block| self.document.blocks[*block].kind == BlockKind::Rule);
        let head = after.next().and_then(|block| self.shape.head(block));
        head.is_some_and(|head| Some(head.level) == self.shape.talk_level)
    }
}

/// The text of a paragraph that is one bold line.
pub(super) fn bold_line(document: &Document<'_>, block: usize) -> Option<String> {
    let source = document.source(block).trim();
    let is_line = document.blocks[block].kind == BlockKind::Paragraph && !source.contains('\n');
    let inner = ["**", "__"]
        .iter()
        .find_map(|mark| source.strip_prefix(mark)?.strip_suffix(mark))?;
    (is_line && !inner.contains("**") && !inner.contains("__") && !inner.is_empty())
        .then(|| inline_text(inner))
}

/// The text of the link that a list item begins with.
pub(super) fn item_title<'d>(document: &'d Document<'_>, item: &Range<usize>) -> Option<&'d str> {
    let link = document.links_in(item).first()?;
    let before = super::link::without_bullet(&document.text[item.start..link.range.start]);
    let is_title = before.trim().is_empty()
        && words_of(&link.text) == Words::Title
        && link.form == Form::Text
        && !link.text.trim().is_empty()
        && !link.text.starts_with("http");
    is_title.then(|| link.text.trim())
}

/// What follows the last day and has nothing of a talk, in a file whose talks have something, is no
/// talk of a further day.
fn demote_what_follows_the_end(document: &Document<'_>, sections: &mut [Section]) {
    let is_end = |section: &Section| matches!(section.role, Role::DayEnd(_));
    let Some(last_end) = sections.iter().rposition(is_end) else {
        return;
    };
    let is_talk = |section: &&Section| section.role == Role::Talk;
    // A mark that is there twice ends one day.
    let days = sections[..=last_end]
        .chunk_by(|section, _| !is_end(section))
        .filter(|day| day.iter().any(|section| is_talk(&section)));
    let is_after_first_day =
        matches!(sections[last_end].role, Role::DayEnd(Some(2..))) || days.count() > 1;
    let (before, after) = sections.split_at_mut(last_end);
    let (evident, bare): (Vec<&Section>, Vec<&Section>) = before
        .iter()
        .filter(is_talk)
        .partition(|section| section.evidence.is_some());
    let title = |section: &Section| section.head.map(|head| head_title(document, head));
    let opens_day = |section: &Section| {
        matches!(section.role, Role::DayStart(_))
            || title(section).is_some_and(|title| opened_day(&title).is_some())
    };
    if !is_after_first_day || evident.len() < bare.len().max(1) || after.iter().any(opens_day) {
        return;
    }
    let is_bare = |section: &&mut Section| {
        let is_timed = || title(section).is_some_and(|title| part_from_title(&title).is_some());
        section.role == Role::Talk && !section.evidence.is_some() && !is_timed()
    };
    for section in after.iter_mut().filter(is_bare) {
        section.role = Role::Notes;
    }
}
