//! A section that is a talk: its title, its page, its abstract, and everything else as notes.

use super::document::{Block, BlockKind, Document, Form, comments};
use super::heading;
use super::layout::{Section, bold_line, item_title};
use super::link::{further_talk_pages, links_of, own_link};
use super::opening::opening_length;
use super::reader::inline_text;
use super::shape::title_line;
use super::speaker;
use super::time;
use super::title::{NotedTime, Title};
use crate::model::{Kind, Markdown, Plain};
use crate::source::DraftTalk;
use crate::source::vocabulary::talk_code;
use pulldown_cmark::{Options, Parser};
use std::ops::Range;

/// What the rest of the file tells about every talk in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Customs {
    /// The host of the conference's schedule.
    pub(super) schedule_host: Option<String>,
    /// Whether titles are counted: "A. …", "B. …".
    pub(super) numbered_titles: bool,
}

/// A talk and the time beside its title.
#[derive(Debug, Clone)]
pub(super) struct ReadTalk {
    pub(super) talk: DraftTalk,
    /// Only worth something on a known day.
    pub(super) time: Option<NotedTime>,
    /// Where the pages of other talks are linked, as if a heading above them were missing.
    pub(super) further_pages: Vec<usize>,
}

/// The raw title of the block that opens a talk.
pub(super) fn head_title(document: &Document<'_>, block: usize) -> String {
    match document.heading(block) {
        Some(heading) => heading.title.clone(),
        None => bold_line(document, block)
            .or_else(|| title_line(document))
            .unwrap_or_default(),
    }
}

/// Reads a talk from its section; `None` when it has no title.
pub(super) fn read_talk(
    document: &Document<'_>,
    section: &Section,
    customs: &Customs,
) -> Option<ReadTalk> {
    let head = section.head?;
    let title = Title::read(&head_title(document, head), customs.numbered_titles);
    let body = trimmed(document, section.body.clone());
    let own = own_link(document, &body, customs.schedule_host.as_deref());
    let in_heading = document
        .block_links(head)
        .iter()
        .filter(|link| link.form != Form::Image)
        .find_map(|link| link.web());
    let url = own
        .as_ref()
        .map(|own| own.url.clone())
        .or_else(|| in_heading.cloned());
    let code = own
        .as_ref()
        .and_then(|own| own.code.clone())
        .or_else(|| in_heading.and_then(talk_code::in_address));
    let further_pages = code.as_ref().map_or_else(Vec::new, |code| {
        let pages = further_talk_pages(document, &body, code);
        pages.iter().map(|page| page.range.start).collect()
    });
    let speakers = if title.speakers.is_empty() {
        speaker::speakers_of(document, &body)
    } else {
        title.speakers.clone()
    };
    let quotes = abstract_quotes(document, &body);
    let summary: Vec<String> = body[quotes.clone()]
        .iter()
        .map(|block| without_quote_marks(document.source(*block)))
        .collect();
    let left_out = own.and_then(|own| own.line);
    let rest = body
        .iter()
        .enumerate()
        .filter(|(at, _)| !quotes.contains(at))
        .map(|(_, block)| *block);
    let rest: Vec<usize> = front_matter_of(document, head)
        .into_iter()
        .chain(rest)
        .collect();
    let talk = DraftTalk {
        place: document.place(document.blocks[head].range.start),
        code,
        title: Plain::non_empty(&title.text)?,
        summary: markdown(&summary),
        notes: notes(document, &rest, left_out.as_ref()),
        speakers,
        kind: title.kind,
        state: title.state,
        links: links_of(
            document,
            std::iter::once(&head)
                .chain(&body)
                .flat_map(|block| document.block_links(*block)),
            url.as_ref(),
        ),
        url,
        ..DraftTalk::default()
    };
    let time = title
        .time
        .or_else(|| time_below(document, &talk.title, &body));
    Some(ReadTalk {
        talk,
        time,
        further_pages,
    })
}

/// Reads the talks of a list whose items begin with a linked title.
pub(super) fn read_list(
    document: &Document<'_>,
    section: &Section,
    kind: Option<Kind>,
) -> Vec<DraftTalk> {
    let lists = section
        .body
        .clone()
        .filter_map(|block| match &document.blocks[block].kind {
            BlockKind::List(items) => Some(items),
            _ => None,
        });
    lists
        .flatten()
        .filter_map(|item| read_item(document, item, kind))
        .collect()
}

fn read_item(
    document: &Document<'_>,
    item: &Range<usize>,
    kind: Option<Kind>,
) -> Option<DraftTalk> {
    let title = Plain::non_empty(item_title(document, item)?)?;
    let links = document.links_in(item);
    let first = links.first()?;
    let url = first.web().cloned();
    let rest = document
        .text
        .get(first.range.end..item.end)
        .unwrap_or_default();
    let rest = rest.trim_start_matches(|character: char| {
        character.is_whitespace() || "-–—:,".contains(character)
    });
    let further = links_of(document, links[1..].iter(), url.as_ref());
    Some(DraftTalk {
        place: document.place(item.start),
        code: url.as_ref().and_then(talk_code::in_address),
        kind: heading::kind(&title).or(kind),
        title,
        notes: markdown(&[dedented(rest)]),
        links: further,
        url,
        ..DraftTalk::default()
    })
}

/// The nested lines of a list item, moved to the left.
pub(super) fn dedented(text: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let nested = text.lines().skip(1).filter(|line| !line.trim().is_empty());
    let width = nested.map(indent).min().unwrap_or(0);
    let mut lines = text.lines();
    let mut moved = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        moved.push('\n');
        moved.push_str(line.get(width..).unwrap_or_default());
    }
    moved
}

/// The blocks without the rules around them and without comments.
pub(super) fn trimmed(document: &Document<'_>, body: Range<usize>) -> Vec<usize> {
    let is_rule = |block: &usize| document.blocks[*block].kind == BlockKind::Rule;
    let shown = body.filter(|block| !is_comment(document, &document.blocks[*block]));
    let mut blocks: Vec<usize> = shown.skip_while(is_rule).collect();
    while blocks.last().is_some_and(is_rule) {
        blocks.pop();
    }
    blocks
}

fn is_comment(document: &Document<'_>, block: &Block) -> bool {
    block.kind == BlockKind::Html
        && without_comments(&document.text[block.range.clone()])
            .trim()
            .is_empty()
}

fn without_comments(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut from = 0;
    for comment in comments(html) {
        kept.push_str(&html[from..comment.start]);
        from = comment.end;
    }
    kept.push_str(&html[from..]);
    kept
}

/// Where in `body` the quotes of the abstract are: in one run, before any remark.
fn abstract_quotes(document: &Document<'_>, body: &[usize]) -> Range<usize> {
    let is_quote = |block: &usize| {
        // `> [!NOTE]` is somebody's remark in a box.
        document.blocks[*block].kind == BlockKind::Quote
            && !without_quote_marks(document.source(*block)).starts_with("[!")
    };
    let start = opening_length(document, body);
    let length = body[start..]
        .iter()
        .take_while(|block| is_quote(block))
        .count();
    start..start + length
}

/// The source of a quote without its marks. Lines without a mark continue a paragraph lazily.
pub(super) fn without_quote_marks(source: &str) -> String {
    let lines = source.lines().map(|line| {
        let text = line.trim_start();
        match text.strip_prefix('>') {
            Some(text) => text.strip_prefix([' ', '\t']).unwrap_or(text),
            None => text,
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The source of some blocks, but for a line.
pub(super) fn notes(
    document: &Document<'_>,
    blocks: &[usize],
    left_out: Option<&Range<usize>>,
) -> Option<Markdown> {
    let mut text = String::new();
    for (at, &block) in blocks.iter().enumerate() {
        let source = block_source(document, block, left_out);
        if source.trim().is_empty() {
            continue;
        }
        if !text.is_empty() {
            let follows = blocks[at - 1] + 1 == block;
            let gap = document.blocks[block - usize::from(follows)].range.end
                ..document.blocks[block].range.start;
            let is_tight = follows && document.text[gap].matches('\n').count() == 1;
            text.push_str(if is_tight { "\n" } else { "\n\n" });
        }
        text.push_str(source.trim_end());
    }
    Some(Markdown::new(&text)).filter(|text| !text.is_empty())
}

fn block_source(document: &Document<'_>, block: usize, left_out: Option<&Range<usize>>) -> String {
    let Block { kind, range } = &document.blocks[block];
    let source = document.source(block);
    match (kind, left_out) {
        (BlockKind::Html, _) => without_comments(source),
        (BlockKind::Definition, _) if is_hidden_footnote(source) => format!("\\{source}"),
        (BlockKind::FrontMatter, _) => {
            let lines = source
                .lines()
                .filter(|line| !matches!(line.trim_end(), "---" | "..."));
            lines.collect::<Vec<_>>().join("\n")
        }
        (_, Some(line)) if range.start <= line.start && line.start < range.end => {
            let after = document.text.get(line.end..range.end).unwrap_or_default();
            format!(
                "{}{}",
                &document.text[range.start..line.start],
                after.trim_start_matches('\n')
            )
        }
        _ => source.to_owned(),
    }
}

/// Whether a footnote would be taken for `[label]: address`, which renders to nothing.
fn is_hidden_footnote(source: &str) -> bool {
    let parser = Parser::new_ext(source, Options::empty());
    source.starts_with("[^") && parser.reference_definitions().iter().next().is_some()
}

/// What stands in the front matter beside the title, where that is the talk's.
fn front_matter_of(document: &Document<'_>, head: usize) -> Option<usize> {
    (document.blocks[head].kind == BlockKind::FrontMatter).then_some(head)
}

/// Blocks joined by blank lines; `None` when nothing is left.
pub(super) fn markdown(blocks: &[String]) -> Option<Markdown> {
    let blocks: Vec<&str> = blocks
        .iter()
        .map(|block| block.trim_end())
        .filter(|block| !block.trim().is_empty())
        .collect();
    Some(Markdown::new(&blocks.join("\n\n"))).filter(|text| !text.is_empty())
}

/// The time range that is the first line below a title.
fn time_below(document: &Document<'_>, title: &Plain, body: &[usize]) -> Option<NotedTime> {
    let first = body
        .first()
        .filter(|block| document.blocks[**block].kind == BlockKind::Paragraph)?;
    let when = time::whole(&inline_text(document.source(*first).lines().next()?))?;
    Some(NotedTime {
        when,
        room: None,
        title: title.clone(),
    })
}
