//! The Markdown file as a row of top-level blocks and a row of links, each with its place in the
//! source. Texts are taken from the source, never rendered back from events, so nothing is lost.

use super::reader::Reader;
use super::underline::part_remarks_from_rules;
use crate::model::WebUrl;
use crate::source::{Place, Problem};
use linkify::{LinkFinder, LinkKind as FoundKind};
use pulldown_cmark::{Options, Parser};
use std::ops::Range;

/// A parsed file.
pub(super) struct Document<'t> {
    pub(super) file: &'t str,
    pub(super) text: &'t str,
    pub(super) blocks: Vec<Block>,
    pub(super) links: Vec<FoundLink>,
    /// What the parsing itself had to say.
    pub(super) problems: Vec<Problem>,
    line_starts: Vec<usize>,
}

/// A block at the top level: whole lines, without the blank ones after it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Block {
    pub(super) kind: BlockKind,
    pub(super) range: Range<usize>,
}

/// What sort of block it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum BlockKind {
    Heading(Heading),
    Paragraph,
    Quote,
    /// With the place of each of its own items.
    List(Vec<Range<usize>>),
    Rule,
    Code,
    Html,
    /// `key: value` lines between `---` at the top of the file.
    FrontMatter,
    /// Source that renders to nothing where it stands: `[label]: address`, a footnote.
    Definition,
}

/// A heading at the top level.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Heading {
    pub(super) level: u8,
    /// Its text without markup.
    pub(super) title: String,
    pub(super) style: HeadingStyle,
}

/// How a heading is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum HeadingStyle {
    /// `# Title`
    #[default]
    Hashes,
    /// Underlined with `===` or `---`.
    Underlined,
}

/// A link or an image anywhere in the file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FoundLink {
    pub(super) range: Range<usize>,
    pub(super) target: Target,
    /// Its text without markup; the alternative text of an image; empty for a bare address.
    pub(super) text: String,
    pub(super) form: Form,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Target {
    Web(WebUrl),
    /// Below or beside the file itself.
    Relative(String),
    /// A heading of the same file.
    Anchor,
    /// Mail and whatever else is no page.
    Other,
}

/// How a link is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `[text](address)`
    Text,
    /// `<address>` or an address in the text.
    Address,
    /// `![text](address)`
    Image,
}

impl FoundLink {
    /// The address, where it is one on the web.
    pub(super) fn web(&self) -> Option<&WebUrl> {
        match &self.target {
            Target::Web(url) => Some(url),
            _ => None,
        }
    }
}

impl<'t> Document<'t> {
    /// How many headings there are.
    pub(super) fn headings(&self) -> usize {
        let is_heading = |block: &&Block| matches!(block.kind, BlockKind::Heading(_));
        self.blocks.iter().filter(is_heading).count()
    }

    /// Parses `text`. May panic where the parser does.
    pub(super) fn parse(file: &'t str, text: &'t str) -> Self {
        let front_matter = front_matter(text);
        let body_start = front_matter.as_ref().map_or(0, |range| range.end);
        let mut reader = Reader::default();
        if let Some(range) = front_matter {
            let kind = BlockKind::FrontMatter;
            reader.blocks.push(Block { kind, range });
        }
        let events =
            Parser::new_ext(&text[body_start..], Options::ENABLE_FOOTNOTES).into_offset_iter();
        for (event, range) in events {
            reader.take(event, range.start + body_start..range.end + body_start);
        }
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let mut document = Self {
            file,
            text,
            blocks: reader.blocks,
            links: reader.links,
            problems: Vec::new(),
            line_starts: std::iter::once(0)
                .chain(newlines.map(|(at, _)| at + 1))
                .collect(),
        };
        document.widen_blocks_to_lines();
        document.find_bare_addresses(reader.verbatim);
        part_remarks_from_rules(&mut document);
        document
    }

    /// The line of a byte offset, from 1.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset)
    }

    /// The place of a byte offset.
    pub(super) fn place(&self, offset: usize) -> Place {
        Place::line(self.file, self.line(offset))
    }

    /// The source line around a byte offset, without its line end.
    pub(super) fn line_range(&self, offset: usize) -> Range<usize> {
        let line = self.line(offset);
        let start = self.line_starts[line - 1];
        let end = self
            .line_starts
            .get(line)
            .map_or(self.text.len(), |next| next - 1);
        start..end
    }

    /// The source of a block.
    pub(super) fn source(&self, block: usize) -> &'t str {
        &self.text[self.blocks[block].range.clone()]
    }

    /// The heading, where the block is one.
    pub(super) fn heading(&self, block: usize) -> Option<&Heading> {
        match &self.blocks[block].kind {
            BlockKind::Heading(heading) => Some(heading),
            _ => None,
        }
    }

    /// The links that start in a stretch of the source.
    pub(super) fn links_in(&self, range: &Range<usize>) -> &[FoundLink] {
        let first = self
            .links
            .partition_point(|link| link.range.start < range.start);
        let end = self
            .links
            .partition_point(|link| link.range.start < range.end);
        &self.links[first..end.max(first)]
    }

    /// The links of a block.
    pub(super) fn block_links(&self, block: usize) -> &[FoundLink] {
        self.links_in(&self.blocks[block].range)
    }

    /// Blocks become whole lines, and source between them becomes a block of its own.
    fn widen_blocks_to_lines(&mut self) {
        let mut blocks = Vec::with_capacity(self.blocks.len());
        let mut covered = 0;
        for mut block in std::mem::take(&mut self.blocks) {
            let line_start = self.line_range(block.range.start).start;
            let start = line_start.max(covered);
            let end = block.range.start + self.text[block.range.clone()].trim_end().len();
            self.push_definition(&mut blocks, covered..start);
            block.range = start..end.max(start);
            covered = block.range.end;
            if let BlockKind::Heading(heading) = &mut block.kind
                && !self.text[block.range.clone()].trim_start().starts_with('#')
            {
                heading.style = HeadingStyle::Underlined;
            }
            blocks.push(block);
        }
        self.push_definition(&mut blocks, covered..self.text.len());
        self.blocks = blocks;
    }

    fn push_definition(&self, blocks: &mut Vec<Block>, gap: Range<usize>) {
        let text = &self.text[gap.clone()];
        let Some(blank) = text.find(|character: char| !character.is_whitespace()) else {
            return;
        };
        let range = gap.start + blank..gap.start + text.trim_end().len();
        let kind = BlockKind::Definition;
        blocks.push(Block { kind, range });
    }

    /// CommonMark knows no bare addresses, but people write them.
    fn find_bare_addresses(&mut self, mut taken: Vec<Range<usize>>) {
        taken.extend(self.links.iter().map(|link| link.range.clone()));
        let html = self
            .blocks
            .iter()
            .filter(|block| block.kind == BlockKind::Html);
        for block in html {
            let comments = comments(&self.text[block.range.clone()]);
            let start = block.range.start;
            taken.extend(comments.map(|range| start + range.start..start + range.end));
        }
        let taken = Disjoint::new(taken);
        let mut finder = LinkFinder::new();
        finder.kinds(&[FoundKind::Url]);
        let readable = self
            .blocks
            .iter()
            .filter(|block| block.kind != BlockKind::Code);
        let mut found = Vec::new();
        for block in readable {
            for link in finder.links(&self.text[block.range.clone()]) {
                let start = block.range.start + link.start();
                // Markdown's own marks right after an address belong to the text around it.
                let address = link
                    .as_str()
                    .trim_end_matches(['*', '_', '`', '~', '|', '\\']);
                let range = start..start + address.len();
                let Some(url) = WebUrl::parse(address) else {
                    continue;
                };
                if !taken.overlaps(&range) {
                    found.push(FoundLink {
                        range,
                        target: Target::Web(url),
                        text: String::new(),
                        form: Form::Address,
                    });
                }
            }
        }
        self.links.extend(found);
        self.links.sort_by_key(|link| link.range.start);
    }
}

/// Stretches of the source, merged and sorted.
struct Disjoint(Vec<Range<usize>>);

impl Disjoint {
    fn new(mut ranges: Vec<Range<usize>>) -> Self {
        ranges.sort_by_key(|range| range.start);
        let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
        for range in ranges {
            match merged.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => merged.push(range),
            }
        }
        Self(merged)
    }

    fn overlaps(&self, range: &Range<usize>) -> bool {
        let after = self.0.partition_point(|taken| taken.end <= range.start);
        self.0
            .get(after)
            .is_some_and(|taken| taken.start < range.end)
    }
}

/// The places of the closed comments in HTML source; an unclosed one is left as it is.
pub(super) fn comments(html: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + html[from..].find("<!--")?;
        let end = start + html[start..].find("-->")? + "-->".len();
        from = end;
        Some(start..end)
    })
}

/// Metadata that site generators keep at the top of a file. Only there: a `---` further down is a
/// rule, whatever follows it.
fn front_matter(text: &str) -> Option<Range<usize>> {
    let mut end = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        end += line.len();
        let line = line.trim_end();
        match number {
            0 if line != "---" => return None,
            1 if !is_metadata_line(line) => return None,
            0 | 1 => {}
            _ if line == "---" || line == "..." => return Some(0..end),
            _ => {}
        }
    }
    None
}

fn is_metadata_line(line: &str) -> bool {
    let key = line.split_once(':').map_or("", |(key, _)| key);
    !key.is_empty()
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}
