//! What may stand between a talk's title and its abstract without being a remark.

use super::document::{BlockKind, Document, Form};
use super::link::{is_leading, without_bullet};
use super::reader::inline_text;
use super::speaker;
use super::time;

/// The words that a few short remarks above an abstract have together; more is a text of its own.
const MOST_WORDS: usize = 30;

/// How many blocks of a talk are above its abstract. Short remarks belong there only if a quote
/// follows them.
pub(super) fn opening_length(document: &Document<'_>, body: &[usize]) -> usize {
    let strict = body
        .iter()
        .take_while(|block| may_precede_abstract(document, **block))
        .count();
    let mut words = 0;
    let with_remarks = body
        .iter()
        .take_while(|block| {
            if may_precede_abstract(document, **block) {
                return true;
            }
            words += remark_words(document, **block).unwrap_or(MOST_WORDS + 1);
            words <= MOST_WORDS
        })
        .count();
    let is_quote = |block: &usize| document.blocks[*block].kind == BlockKind::Quote;
    if body.get(with_remarks).is_some_and(is_quote) {
        with_remarks
    } else {
        strict
    }
}

/// The words of a paragraph, an address being none.
fn remark_words(document: &Document<'_>, block: usize) -> Option<usize> {
    if document.blocks[block].kind != BlockKind::Paragraph {
        return None;
    }
    let text = inline_text(document.source(block));
    Some(
        text.split_whitespace()
            .filter(|word| !word.contains("://"))
            .count(),
    )
}

/// Links, pictures, names and the word "Abstract" are no remarks.
pub(super) fn may_precede_abstract(document: &Document<'_>, block: usize) -> bool {
    if let Some(heading) = document.heading(block) {
        return is_abstract_label(&heading.title);
    }
    if is_leading(document, block) || document.blocks[block].kind == BlockKind::Rule {
        return true;
    }
    match document.blocks[block].kind {
        BlockKind::Paragraph => document.source(block).lines().all(|line| {
            let text = inline_text(line);
            let is_image = document
                .block_links(block)
                .iter()
                .any(|link| link.form == Form::Image && link.text == text);
            is_image
                || is_abstract_label(&text)
                || is_introduction(&text)
                || time::whole(&text).is_some()
        }),
        BlockKind::List(_) => document
            .source(block)
            .lines()
            .all(|line| is_introduction(&inline_text(without_bullet(line)))),
        _ => false,
    }
}

fn is_abstract_label(text: &str) -> bool {
    ["abstract", "description"].contains(&text.trim().trim_end_matches(':').to_lowercase().as_str())
}

/// Whether a line introduces speakers: "Speaker: …", "by …", or only names.
fn is_introduction(text: &str) -> bool {
    const BEGINNINGS: [&str; 6] = [
        "by ",
        "presented by",
        "presenter",
        "speaker",
        "panelists",
        "with ",
    ];
    let lower = text.trim().to_lowercase();
    let is_short = text.split_whitespace().count() <= 16;
    is_short
        && BEGINNINGS
            .iter()
            .any(|beginning| lower.starts_with(beginning))
        || names_people(text)
}

/// Whether a line is nothing but names.
pub(super) fn names_people(text: &str) -> bool {
    let names = text.replace(" & ", ",").replace(" and ", ",");
    names.split(',').all(|name| speaker::is_name(name.trim()))
}
