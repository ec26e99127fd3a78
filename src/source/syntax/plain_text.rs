//! Text that people typed into a form or a cell, as Markdown.
//!
//! The lines of plain text matter, and many programs put HTML or Markdown into it. Plain text becomes
//! Markdown by one rule: a single line break is a hard one. Nothing is escaped, since pretalx writes its
//! Markdown into calendars, and since what people write as lists are lists.

use crate::model::Markdown;

/// A text whose lines matter. From its first tag on, one with paragraphs of HTML is as it was written.
pub(in crate::source) fn markdown(text: &str) -> Markdown {
    let has_markup = has_blocks_of_html(text);
    // The model's line ends first: LF and no control characters.
    let text = Markdown::new(text);
    let mut broken = String::with_capacity(text.len() + 64);
    let mut lines = text.split('\n').map(str::trim_end).peekable();
    let mut is_plain = true;
    while let Some(line) = lines.next() {
        is_plain &= !has_markup || !line.contains('<');
        broken.push_str(line);
        let Some(next) = lines.peek() else { break };
        let is_end = line.is_empty() || next.is_empty() || has_markup && next.starts_with('<');
        broken.push_str(if is_plain && !is_end { "  \n" } else { "\n" });
    }
    Markdown::new(&broken)
}

/// Whether a text marks up its own paragraphs.
fn has_blocks_of_html(text: &str) -> bool {
    const TAGS: [&str; 10] = [
        "p", "br", "div", "ul", "ol", "li", "table", "html", "h1", "h2",
    ];
    text.match_indices('<').any(|(at, _)| {
        let tag = &text[at + 1..];
        let tag = tag.strip_prefix('/').unwrap_or(tag);
        let letters = tag.bytes().take(6).take_while(u8::is_ascii_alphanumeric);
        let (name, after) = tag.split_at(letters.count());
        after.starts_with(['>', ' ', '/', '\n'])
            && TAGS.iter().any(|known| known.eq_ignore_ascii_case(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_plain_text_stay_lines() {
        let text = markdown("One\nTwo \n\nThree\n- a\n- b\n");
        assert_eq!(&*text, "One  \nTwo\n\nThree  \n- a  \n- b");
    }

    #[test]
    fn html_is_kept_as_it_is_and_a_few_tags_within_lines_are_no_html() {
        assert_eq!(&*markdown("<p>One</p>\nTwo"), "<p>One</p>\nTwo");
        assert_eq!(
            &*markdown("Kind: talk\nRoom: A\n<p>One\nTwo</p>"),
            "Kind: talk  \nRoom: A\n<p>One\nTwo</p>"
        );
        assert_eq!(&*markdown("One<br/>Two\nThree"), "One<br/>Two\nThree");
        assert_eq!(
            &*markdown("It was <i>the</i> way\n1 < 2"),
            "It was <i>the</i> way  \n1 < 2"
        );
    }
}
