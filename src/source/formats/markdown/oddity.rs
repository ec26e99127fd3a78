//! What a person should look at in the notes, although all of it is kept.

use super::document::{BlockKind, Document, Form, Target, comments};
use crate::source::{Draft, Problem};
use chrono::Datelike;

/// A year in the name that no date has is a slip of the pen in one of them.
pub(super) fn odd_year(draft: &Draft) -> Option<Problem> {
    let name = draft.name.as_deref()?;
    let first = draft.days.first()?;
    let years = name
        .split(|character: char| !character.is_ascii_digit())
        .filter(|number| number.len() == 4);
    let mut years = years
        .filter_map(|number| number.parse::<i32>().ok())
        .peekable();
    years.peek()?;
    let is_held = |year: i32| draft.days.iter().any(|day| day.date.year() == year);
    (!years.any(is_held)).then(|| {
        let message = format!(
            "dates in {} of a conference called “{name}”",
            first.date.year()
        );
        Problem::warning(
            first.place.clone(),
            message,
            "correct the dates or the name",
        )
    })
}

/// `##Title` is a paragraph in Markdown.
pub(super) fn lost_headings(document: &Document<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let paragraphs = document
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Paragraph);
    for paragraph in paragraphs {
        let mut from = paragraph.range.start;
        while from < paragraph.range.end {
            let range = document.line_range(from);
            let line = document.text[range.clone()].trim();
            let text = line.trim_start_matches('#');
            let hashes = line.len() - text.len();
            if (2..=6).contains(&hashes) && text.starts_with(char::is_alphanumeric) {
                let marks = &line[..hashes];
                let message = format!(
                    "`{line}` looks like a heading but is none; write `{marks} {text}` with a space"
                );
                problems.push(Problem::note(document.place(range.start), message));
            }
            from = range.end + 1;
        }
    }
    problems
}

pub(super) fn unreachable_links(document: &Document<'_>) -> Vec<Problem> {
    let relative = document.links.iter().filter_map(|link| match &link.target {
        Target::Relative(address) => Some((link, address)),
        _ => None,
    });
    let told = relative.map(|(link, address)| {
        let what = if link.form == Form::Image {
            "image"
        } else {
            "link"
        };
        let message = format!("relative {what} `{address}` cannot be reached by subscribers");
        Problem::note(document.place(link.range.start), message)
    });
    told.collect()
}

/// An unclosed comment hides the rest of the file from every reader.
pub(super) fn unclosed_comments(document: &Document<'_>) -> Vec<Problem> {
    let html = document
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Html);
    let open = html.filter_map(|block| {
        let source = &document.text[block.range.clone()];
        let closed = comments(source).last().map_or(0, |comment| comment.end);
        source[closed..]
            .find("<!--")
            .map(|at| block.range.start + closed + at)
    });
    let told = open.map(|at| {
        Problem::warning(
            document.place(at),
            "this comment is never closed: headings below it are no talks",
            "close it with `-->`",
        )
    });
    told.collect()
}
