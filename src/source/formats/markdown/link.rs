//! Which link is a talk's own page, what the others are called and what is found there.

use super::document::{BlockKind, Document, Form, FoundLink};
use super::opening::opening_length;
use super::reader::inline_text;
use crate::model::{Link, LinkKind, Plain, TalkCode, WebUrl};
use crate::source::vocabulary::{self, talk_code::in_address};
use std::collections::HashMap;
use std::ops::Range;

/// A talk's own page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct OwnLink {
    pub(super) url: WebUrl,
    pub(super) code: Option<TalkCode>,
    /// The line that says nothing else.
    pub(super) line: Option<Range<usize>>,
}

/// Whether an address looks like the page of one talk.
fn is_talk_page(url: &WebUrl, schedule_host: Option<&str>) -> bool {
    const FOLDERS: [&str; 14] = [
        "event",
        "events",
        "presentation",
        "presentations",
        "proposal",
        "proposals",
        "program",
        "programme",
        "schedule",
        "session",
        "sessions",
        "talk",
        "talks",
        "speaking",
    ];
    const ELSEWHERE: [&str; 6] = [
        "github.com",
        "gitlab.com",
        "gist.github.com",
        "twitter.com",
        "www.youtube.com",
        "youtu.be",
    ];
    if ELSEWHERE.contains(&url.host()) || url.path().ends_with("/feedback/") {
        return false;
    }
    let has_path = url.path().len() > 1;
    let is_folder = |segment: &str| FOLDERS.contains(&segment);
    let segments: Vec<&str> = url
        .path()
        .split('/')
        .filter(|segment| !segment.is_empty())
        .collect();
    let is_in_folder = segments
        .windows(2)
        .any(|pair| is_folder(pair[0]) && !is_folder(pair[1]));
    let is_folder_itself = segments.last().is_some_and(|segment| is_folder(segment));
    has_path && (is_in_folder || schedule_host == Some(url.host()) && !is_folder_itself)
}

/// The label in front of a link that has a line for itself; empty where there is none.
pub(super) fn label_if_alone<'t>(document: &Document<'t>, link: &FoundLink) -> Option<&'t str> {
    let line = document.line_range(link.range.start);
    let after = document.text.get(link.range.end..line.end)?;
    let is_mark = |character: char| character.is_whitespace() || ".,;:)*_\\".contains(character);
    let is_last = after.chars().all(is_mark);
    label_if_first(document, link).filter(|_| is_last)
}

/// The label in front of a link that a line begins with; empty where there is none.
fn label_if_first<'t>(document: &Document<'t>, link: &FoundLink) -> Option<&'t str> {
    const MOST_WORDS: usize = 8;
    let line = document.line_range(link.range.start);
    let before = without_bullet(&document.text[line.start..link.range.start]);
    let before = before
        .trim_matches(|character: char| character.is_whitespace() || "*_(".contains(character));
    if before.is_empty() {
        return Some("");
    }
    let label = before.strip_suffix(':')?.trim_end_matches(['*', '_', ' ']);
    (label.split_whitespace().count() <= MOST_WORDS && !label.starts_with('>')).then_some(label)
}

/// Whether a block is a paragraph that begins with the page of a talk.
pub(super) fn begins_with_talk_page(document: &Document<'_>, block: usize) -> bool {
    let is_paragraph = document
        .blocks
        .get(block)
        .is_some_and(|block| block.kind == BlockKind::Paragraph);
    let first = || document.block_links(block).first();
    is_paragraph
        && first().is_some_and(|link| {
            link.range.start <= document.line_range(document.blocks[block].range.start).end
                && coded(link).is_some()
                && label_if_first(document, link).is_some()
        })
}

/// The pretalx talk pages after a talk's own that open a paragraph of its section by themselves.
pub(super) fn further_talk_pages<'d>(
    document: &'d Document<'_>,
    blocks: &[usize],
    own: &TalkCode,
) -> Vec<&'d FoundLink> {
    let pages = blocks
        .iter()
        .filter(|block| begins_with_talk_page(document, **block))
        .filter_map(|block| document.block_links(*block).first());
    pages
        .filter(|link| link.form == Form::Address && label_if_alone(document, link) == Some(""))
        .filter(|link| coded(link).is_some_and(|code| code != *own))
        .collect()
}

/// The code of the talk whose page is linked; an image is no link.
pub(super) fn coded(link: &FoundLink) -> Option<TalkCode> {
    link.web()
        .filter(|_| link.form != Form::Image)
        .and_then(in_address)
}

/// A line without the mark of a list item.
pub(super) fn without_bullet(line: &str) -> &str {
    let line = line.trim_start();
    let number = line.trim_start_matches(|character: char| character.is_ascii_digit());
    let rest = if number.len() < line.len() {
        number.strip_prefix(['.', ')'])
    } else {
        line.strip_prefix(['-', '*', '+'])
    };
    match rest {
        Some(rest) if rest.is_empty() || rest.starts_with([' ', '\t']) => rest.trim_start(),
        _ => line,
    }
}

/// Finds the talk's own page among the links of its blocks.
pub(super) fn own_link(
    document: &Document<'_>,
    blocks: &[usize],
    schedule_host: Option<&str>,
) -> Option<OwnLink> {
    let alone = alone_links(document, blocks);
    let opening = &blocks[..opening_length(document, blocks)];
    let with_code = || {
        let coded = || alone.iter().filter(|(_, link, _)| coded(link).is_some());
        let in_opening = coded().find(|(block, _, _)| opening.contains(block));
        let first_coded = in_opening
            .copied()
            .or_else(|| coded_in_opening(document, blocks, opening));
        first_coded.or_else(|| coded().next().copied())
    };
    let named = || {
        let is_named = |link: &FoundLink| {
            ["abstract", "talk", "talk page", "session"]
                .contains(&link.text.trim().to_lowercase().as_str())
        };
        alone
            .iter()
            .find(|(_, link, _)| link.form == Form::Text && is_named(link))
    };
    let leading = || {
        let mut leading = alone.iter().filter(|(block, _, _)| opening.contains(block));
        leading.find(|(_, link, _)| {
            link.web()
                .is_some_and(|url| is_talk_page(url, schedule_host))
        })
    };
    let (_, link, label) = with_code()
        .or_else(|| named().copied())
        .or_else(|| leading().copied())?;
    let url = link.web()?.clone();
    let is_alone = label_if_alone(document, link).is_some();
    let line =
        (is_alone && says_nothing_else(link, label)).then(|| document.line_range(link.range.start));
    Some(OwnLink {
        code: in_address(&url),
        url,
        line,
    })
}

/// A link with its block and the label in front of it.
type Labelled<'d, 't> = (usize, &'d FoundLink, &'t str);

/// A talk's page among other words: anywhere above the abstract, or where the section begins.
fn coded_in_opening<'d, 't>(
    document: &'d Document<'t>,
    blocks: &[usize],
    opening: &[usize],
) -> Option<Labelled<'d, 't>> {
    let is_opening_text = |block: &&usize| {
        matches!(
            document.blocks[**block].kind,
            BlockKind::Paragraph | BlockKind::List(_)
        )
    };
    let anywhere = opening.iter().filter(is_opening_text).find_map(|&block| {
        let mut links = document.block_links(block).iter();
        let link = links.find(|link| coded(link).is_some())?;
        Some((block, link, ""))
    });
    anywhere.or_else(|| {
        let first = *blocks.first()?;
        let is_page = begins_with_talk_page(document, first);
        let link = document.block_links(first).first().filter(|_| is_page)?;
        Some((first, link, ""))
    })
}

/// The web links, no images, that have a line for themselves, with their blocks and labels.
fn alone_links<'d, 't>(document: &'d Document<'t>, blocks: &[usize]) -> Vec<Labelled<'d, 't>> {
    let mut alone = Vec::new();
    for &block in blocks {
        if !matches!(
            document.blocks[block].kind,
            BlockKind::Paragraph | BlockKind::List(_)
        ) {
            continue;
        }
        for link in document.block_links(block) {
            if link.form != Form::Image
                && link.web().is_some()
                && let Some(label) = label_if_alone(document, link)
            {
                alone.push((block, link, label));
            }
        }
    }
    alone
}

fn says_nothing_else(link: &FoundLink, label: &str) -> bool {
    const EMPTY_WORDS: [&str; 12] = [
        "abstract",
        "details",
        "link",
        "page",
        "pretalx",
        "session",
        "session page",
        "talk",
        "talk link",
        "talk page",
        "url",
        "website",
    ];
    let is_empty =
        |text: &str| text.is_empty() || EMPTY_WORDS.contains(&text.trim().to_lowercase().as_str());
    is_empty(label)
        && (link.form == Form::Address || is_empty(&link.text) || link.text.starts_with("http"))
}

/// Whether a block is nothing but links: each on a line for itself.
pub(super) fn is_leading(document: &Document<'_>, block: usize) -> bool {
    match document.blocks[block].kind {
        BlockKind::Paragraph | BlockKind::List(_) => {}
        BlockKind::Html | BlockKind::Definition => return true,
        _ => return false,
    }
    let range = &document.blocks[block].range;
    let mut from = range.start;
    while from < range.end {
        let line = document.line_range(from);
        let is_alone = |link: &FoundLink| label_if_alone(document, link).is_some();
        let is_blank = document.text[line.clone()].trim().is_empty();
        if !is_blank && !document.links_in(&line).iter().any(is_alone) {
            return false;
        }
        from = line.end + 1;
    }
    true
}

/// The web links among those found, each address once, but for the talk's own.
pub(super) fn links_of<'d>(
    document: &Document<'_>,
    found: impl Iterator<Item = &'d FoundLink>,
    own: Option<&WebUrl>,
) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    let mut known: HashMap<&WebUrl, usize> = HashMap::new();
    for found in found {
        let Some(url) = found.web().filter(|url| Some(*url) != own) else {
            continue;
        };
        let title = title(document, found);
        if let Some(&at) = known.get(url) {
            links[at].title = links[at].title.take().or(title);
            continue;
        }
        known.insert(url, links.len());
        let kind = match found.form {
            Form::Image => LinkKind::Image,
            _ => vocabulary::link_kind(None, title.as_deref(), url),
        };
        links.push(Link {
            url: url.clone(),
            title,
            kind,
            is_attachment: false,
        });
    }
    links
}

/// What a link is called: its text, or the label in front of it.
fn title(document: &Document<'_>, link: &FoundLink) -> Option<Plain> {
    let text = link.text.trim();
    match link.form {
        Form::Text if !text.starts_with("http") => Plain::non_empty(text),
        Form::Image => Plain::non_empty(text),
        _ => label_before(document, link),
    }
}

/// The label in front of an address: "Repository: https://…", also in the middle of a line.
fn label_before(document: &Document<'_>, link: &FoundLink) -> Option<Plain> {
    const MOST_WORDS: usize = 8;
    const LONGEST_LABEL: usize = 400;
    let line = document.line_range(link.range.start);
    let before = without_bullet(&document.text[line.start..link.range.start]);
    let is_mark = |character: char| character.is_whitespace() || "*_>(".contains(character);
    let label = before.trim_matches(is_mark).strip_suffix(':')?;
    if label.len() > LONGEST_LABEL {
        return None;
    }
    let label = label.rsplit([',', ';', '.', ')']).next().unwrap_or(label);
    let label = inline_text(label.trim_matches(is_mark));
    // `[label]: address` defines an address for links elsewhere.
    let is_label = label.split_whitespace().count() <= MOST_WORDS && !label.contains('[');
    Plain::non_empty(&label).filter(|_| is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_of_a_list_item_is_no_text() {
        assert_eq!(without_bullet("  - text"), "text");
        assert_eq!(without_bullet("10) text"), "text");
        assert_eq!(without_bullet("**bold** text"), "**bold** text");
        assert_eq!(without_bullet("2022 text"), "2022 text");
    }
}
