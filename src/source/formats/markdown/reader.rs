//! Blocks and links from the events of the Markdown parser.

use super::document::{Block, BlockKind, Form, FoundLink, Heading, Target};
use crate::model::WebUrl;
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Collects blocks and links from the parser's events.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) blocks: Vec<Block>,
    pub(super) links: Vec<FoundLink>,
    /// Code and comments: an address in there is no link.
    pub(super) verbatim: Vec<Range<usize>>,
    depth: usize,
    open_links: Vec<usize>,
}

impl Reader {
    pub(super) fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(end) => {
                self.depth = self.depth.saturating_sub(1);
                if matches!(end, TagEnd::Link | TagEnd::Image) {
                    self.open_links.pop();
                }
            }
            Event::Rule if self.depth == 0 => {
                let kind = BlockKind::Rule;
                self.blocks.push(Block { kind, range });
            }
            Event::Text(text) => self.words(&text),
            Event::Code(code) => {
                self.verbatim.push(range);
                self.words(&code);
            }
            Event::InlineHtml(html) => {
                if html.starts_with("<!--") {
                    self.verbatim.push(range);
                } else if !is_layout_tag(&html) {
                    // `Vec<T>` is a tag to Markdown and a word to everybody else.
                    self.words(&html);
                }
            }
            Event::SoftBreak | Event::HardBreak => self.words(" "),
            Event::FootnoteReference(label) => self.words(&format!("[^{label}]")),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        if self.depth == 0 {
            let kind = block_kind(tag);
            self.blocks.push(Block {
                kind,
                range: range.clone(),
            });
        } else if self.depth == 1
            && matches!(tag, Tag::Item)
            && let Some(BlockKind::List(items)) =
                self.blocks.last_mut().map(|block| &mut block.kind)
        {
            items.push(range.clone());
        }
        let link = match tag {
            Tag::Link {
                dest_url,
                link_type,
                ..
            } => {
                let is_address = matches!(link_type, LinkType::Autolink | LinkType::Email);
                Some((
                    dest_url,
                    if is_address {
                        Form::Address
                    } else {
                        Form::Text
                    },
                ))
            }
            Tag::Image { dest_url, .. } => Some((dest_url, Form::Image)),
            Tag::CodeBlock(_) => {
                self.verbatim.push(range.clone());
                None
            }
            _ => None,
        };
        if let Some((address, form)) = link {
            self.open_links.push(self.links.len());
            self.links.push(FoundLink {
                range,
                target: target(address),
                text: String::new(),
                form,
            });
        }
        self.depth += 1;
    }

    fn words(&mut self, text: &str) {
        if let Some(BlockKind::Heading(heading)) =
            self.blocks.last_mut().map(|block| &mut block.kind)
        {
            heading.title.push_str(text);
        }
        for &link in &self.open_links {
            self.links[link].text.push_str(text);
        }
    }
}

fn block_kind(tag: &Tag<'_>) -> BlockKind {
    match tag {
        Tag::Heading { level, .. } => BlockKind::Heading(Heading {
            level: *level as u8,
            ..Heading::default()
        }),
        Tag::BlockQuote(_) => BlockKind::Quote,
        Tag::List(_) => BlockKind::List(Vec::new()),
        Tag::CodeBlock(_) => BlockKind::Code,
        Tag::HtmlBlock => BlockKind::Html,
        Tag::FootnoteDefinition(_) => BlockKind::Definition,
        _ => BlockKind::Paragraph,
    }
}

/// Tags that people put into headings for looks or as anchors.
fn is_layout_tag(html: &str) -> bool {
    let name = html.trim_start_matches(['<', '/']);
    let end = name.find(|character: char| !character.is_ascii_alphanumeric());
    let name = name[..end.unwrap_or(name.len())].to_ascii_lowercase();
    [
        "a", "b", "br", "em", "i", "img", "kbd", "small", "span", "strong", "sub", "sup", "u",
    ]
    .contains(&name.as_str())
}

fn target(address: &str) -> Target {
    if address.starts_with('#') || address.is_empty() {
        return Target::Anchor;
    }
    if let Some(url) = WebUrl::parse(address) {
        return Target::Web(url);
    }
    let scheme_end = address
        .find(|character: char| !character.is_ascii_alphanumeric() && !"+-.".contains(character));
    match scheme_end {
        Some(end) if end > 1 && address[end..].starts_with(':') => Target::Other,
        _ if address.contains('@') && !address.contains('/') => Target::Other,
        _ => Target::Relative(address.to_owned()),
    }
}

/// The text of one line of Markdown without its markup.
pub(super) fn inline_text(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    for event in Parser::new_ext(markdown.trim(), Options::empty()) {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text
}
