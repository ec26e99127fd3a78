//! Which layout a file has: where its title is and which headings are talks. No two authors agree
//! on one, so it is decided from all the headings and from what stands below them.

use super::day::trailing_day;
use super::document::{Block, BlockKind, Document, Form};
use super::head::{Evidence, Head, heads};
use super::heading::{self, Words, words_of};
use super::link::label_if_alone;
use super::reader::inline_text;
use super::speaker;

/// The layout of a file.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// Every heading at the top level of the document.
    pub(super) heads: Vec<Head>,
    /// The block that names the conference.
    pub(super) title: Option<usize>,
    /// The level of the headings that are talks.
    pub(super) talk_level: Option<u8>,
    /// What makes talks where headings do not.
    pub(super) talks: Talks,
}

/// What a talk is in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Talks {
    /// A heading.
    #[default]
    Headings,
    /// A heading below one that names a day.
    HeadingsInDays,
    /// A bold line below a heading that names a day.
    BoldLines,
    /// An item of a list below a heading such as "Sessions".
    ListItems,
    /// The file as a whole.
    WholeFile,
}

impl Shape {
    /// Decides the layout of a file.
    pub(super) fn of(document: &Document<'_>) -> Self {
        let heads = heads(document);
        let first_level: Vec<usize> = (0..heads.len())
            .filter(|at| heads[*at].level == 1)
            .collect();
        // "Questions" at the first level is the end of a talk's notes, no talk.
        let is_title = |at: &usize| {
            heads[*at].words == Words::Title && !heading::is_part_of_a_talk(&heads[*at].title)
        };
        let titles: Vec<usize> = first_level.iter().copied().filter(is_title).collect();
        let mut shape = Self {
            heads,
            ..Self::default()
        };
        match (titles.as_slice(), first_level.as_slice()) {
            ([only], _) | ([], [only])
                if matches!(shape.heads[*only].words, Words::Title | Words::Aside) =>
            {
                shape.title = Some(shape.heads[*only].block);
                shape.find_talk_level();
            }
            ([first, others @ ..], _) if !others.is_empty() => {
                shape.read_many_titles(document, *first, others)
            }
            _ => shape.find_talk_level(),
        }
        if shape.title.is_none() && titles.is_empty() {
            shape.title = title_line(document).map(|_| 0);
        }
        if shape.is_single_talk(document) {
            shape.talks = Talks::WholeFile;
        }
        shape
    }

    /// The heading that a block is.
    pub(super) fn head(&self, block: usize) -> Option<&Head> {
        let at = self
            .heads
            .binary_search_by_key(&block, |head| head.block)
            .ok()?;
        Some(&self.heads[at])
    }

    /// Several first-level headings are the talks, or the parts of a file whose talks are below them.
    fn read_many_titles(&mut self, document: &Document<'_>, first: usize, others: &[usize]) {
        let is_below =
            |head: &Head| head.level > 1 && (head.evidence.talk_page || head.evidence.quote);
        if self.heads.iter().any(is_below) {
            self.title = Some(self.heads[first].block);
            self.find_talk_level();
            return;
        }
        self.talk_level = Some(1);
        let name = |at: &usize| heading::names_a_conference(&self.heads[*at].title);
        let head = &self.heads[first];
        let end = self
            .heads
            .get(first + 1)
            .map_or(document.blocks.len(), |next| next.block);
        let is_short = document.blocks[head.block + 1..end]
            .iter()
            .all(|block| !matches!(block.kind, BlockKind::List(_)));
        if name(&first) && !others.iter().any(name) && !head.evidence.is_some() && is_short {
            self.title = Some(head.block);
        }
    }

    fn find_talk_level(&mut self) {
        let rest = || {
            self.heads
                .iter()
                .filter(|head| Some(head.block) != self.title)
        };
        let is_day = |head: &Head| matches!(head.words, Words::DayStart(_));
        let is_part = |head: &Head| head.level == 1 && self.title.is_some();
        let top = rest()
            .filter(|head| head.words == Words::Title && !is_part(head))
            .map(|head| head.level)
            .min();
        let day = rest()
            .filter(|head| is_day(head))
            .map(|head| head.level)
            .min();
        let (level, talks) = match (day, top) {
            (Some(_), None) => (None, Talks::BoldLines),
            (Some(day), Some(top)) if day <= top => match self.level_below_days(day) {
                Some(below) => (Some(below), Talks::HeadingsInDays),
                None => (Some(top), Talks::Headings),
            },
            (_, Some(top)) => (Some(self.level_below_groups(top)), Talks::Headings),
            (None, None) => (None, Talks::ListItems),
        };
        (self.talk_level, self.talks) = (level, talks);
    }

    /// The level of the talks where most day headings have deeper ones right below them.
    fn level_below_days(&self, day: u8) -> Option<u8> {
        // "Day 1" may have its weekday as a heading below it.
        let is_day = |head: &Head| matches!(head.words, Words::DayStart(_));
        let mut deeper = Vec::new();
        let mut beside = 0;
        for (at, head) in self.heads.iter().enumerate() {
            if head.level != day || !is_day(head) {
                continue;
            }
            match self.heads[at + 1..].iter().find(|next| !is_day(next)) {
                Some(next) if next.level > day => deeper.push(next.level),
                Some(next) if next.level == day && next.words == Words::Title => beside += 1,
                _ => {}
            }
        }
        deeper
            .iter()
            .min()
            .copied()
            .filter(|_| deeper.len() > beside)
    }

    /// The level of the talks where most of them stand below headings such as "Keynotes".
    fn level_below_groups(&self, top: u8) -> u8 {
        let mut inside = Vec::new();
        let mut outside = 0;
        let mut in_group = false;
        for head in &self.heads {
            if head.level > top {
                if in_group {
                    inside.push(head.level);
                }
                continue;
            }
            in_group = head.level == top && matches!(head.words, Words::Group(_));
            outside += usize::from(head.level == top && head.words == Words::Title);
        }
        inside
            .iter()
            .min()
            .copied()
            .filter(|_| inside.len() > outside)
            .unwrap_or(top)
    }

    /// Whether the file is the notes of one talk: nothing in it speaks of a programme.
    fn is_single_talk(&self, document: &Document<'_>) -> bool {
        let title = self.title_text(document);
        let Some(title) = title else { return false };
        let below = || {
            self.heads
                .iter()
                .filter(|head| Some(head.block) != self.title)
        };
        let is_programme = |head: &Head| {
            let mark = matches!(
                head.words,
                Words::DayStart(_) | Words::DayEnd(_) | Words::Group(_)
            );
            mark || head.evidence.talk_page || head.evidence.speakers
        };
        // A single talk may have a section that begins with a quote or a name.
        let is_mostly = |has: fn(&Evidence) -> bool| {
            let talks = || below().filter(|head| Some(head.level) == self.talk_level);
            let with = talks().filter(|head| has(&head.evidence)).count();
            with > 0 && 2 * with >= talks().count()
        };
        if self.talk_level == Some(1)
            || below().any(is_programme)
            || is_mostly(|evidence| evidence.quote)
            || is_mostly(|evidence| evidence.names)
            || has_day_end_in_text(document)
        {
            return false;
        }
        let introduction = self.introduction(document);
        if heading::kind(&title).is_some()
            || !speaker::speakers_of(document, &introduction).is_empty()
        {
            return true;
        }
        let is_title_evident = self
            .title
            .and_then(|block| self.head(block))
            .is_some_and(|head| head.evidence.is_some());
        if is_title_evident && below().next().is_none() {
            return true;
        }
        if trailing_day(&title).is_some()
            || speaks_of_a_conference(document, &introduction)
            || self.has_rules_between(document)
        {
            return false;
        }
        let words: Vec<&str> = title.split_whitespace().collect();
        let has_parts =
            words.len() > 3 && below().any(|head| heading::is_part_of_a_talk(&head.title));
        !heading::names_a_conference(&title) || has_parts
    }

    /// The text of the block that is the title.
    pub(super) fn title_text(&self, document: &Document<'_>) -> Option<String> {
        let block = self.title?;
        match self.head(block) {
            Some(head) => Some(head.title.clone()),
            None => title_line(document),
        }
    }

    /// The blocks between the title and the next heading.
    fn introduction(&self, document: &Document<'_>) -> Vec<usize> {
        let from = self.title.map_or(0, |title| title + 1);
        let next = self.heads.iter().find(|head| head.block >= from);
        (from..next.map_or(document.blocks.len(), |head| head.block)).collect()
    }

    /// Authors who part talks by rules do so before most headings.
    fn has_rules_between(&self, document: &Document<'_>) -> bool {
        let below: Vec<&Head> = self
            .heads
            .iter()
            .filter(|head| Some(head.level) == self.talk_level)
            .collect();
        let is_after_rule = |head: &&&Head| {
            let before = document.blocks[..head.block].iter().rev();
            let mut before = before.skip_while(|block| block.kind == BlockKind::Html);
            before
                .next()
                .is_some_and(|block: &Block| block.kind == BlockKind::Rule)
        };
        let after_rules = below.iter().filter(is_after_rule).count();
        after_rules > 0 && 2 * after_rules >= below.len()
    }
}

/// The title that a `title: …` line at the very beginning gives.
pub(super) fn title_line(document: &Document<'_>) -> Option<String> {
    let first = document.blocks.first()?;
    let source = &document.text[first.range.clone()];
    let line = match first.kind {
        BlockKind::FrontMatter => source.lines().find(|line| line.starts_with("title:"))?,
        BlockKind::Paragraph if !source.contains('\n') => source,
        _ => return None,
    };
    let title = line.strip_prefix("title:")?.trim();
    let unquoted = title
        .strip_prefix('"')
        .and_then(|title| title.strip_suffix('"'));
    let unquoted = unquoted.or_else(|| {
        title
            .strip_prefix('\'')
            .and_then(|title| title.strip_suffix('\''))
    });
    Some(unquoted.unwrap_or(title).to_owned()).filter(|title| !title.is_empty())
}

/// Whether an introduction tells where and when a conference is, or links its programme.
fn speaks_of_a_conference(document: &Document<'_>, blocks: &[usize]) -> bool {
    const LABELS: [&str; 9] = [
        "agenda",
        "conference",
        "dates",
        "location",
        "program",
        "programme",
        "schedule",
        "venue",
        "where",
    ];
    let lines = blocks
        .iter()
        .flat_map(|block| document.source(*block).lines());
    let mut labels =
        lines.filter_map(|line| line.split_once(':').map(|(label, _)| inline_text(label)));
    labels.any(|label| {
        let label = label.to_lowercase();
        label.split_whitespace().count() <= 3
            && label.split_whitespace().any(|word| LABELS.contains(&word))
    }) || blocks
        .iter()
        .flat_map(|block| document.block_links(*block))
        .any(|link| {
            let is_programme = |path: &str| {
                ["/schedule", "/program", "/agenda"]
                    .iter()
                    .any(|part| path.contains(part))
            };
            link.form != Form::Image
                && label_if_alone(document, link).is_some()
                && link.web().is_some_and(|url| is_programme(url.path()))
        })
}

fn has_day_end_in_text(document: &Document<'_>) -> bool {
    (0..document.blocks.len()).any(|block| {
        marker_text(document, block).is_some_and(|text| matches!(words_of(&text), Words::DayEnd(_)))
    })
}

/// The text of a paragraph that is short enough to mark the end or the begin of a day.
pub(super) fn marker_text(document: &Document<'_>, block: usize) -> Option<String> {
    const LONGEST: usize = 60;
    let source = document.source(block);
    let is_line = document.blocks[block].kind == BlockKind::Paragraph
        && !source.contains('\n')
        && source.len() <= LONGEST;
    is_line.then(|| inline_text(source))
}
