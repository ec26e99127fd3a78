//! What stands around the content of every page.

use super::style;
use crate::model::{Colour, Conference};
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// The longest description of a page that search engines and link previews show whole.
const DESCRIPTION_LENGTH: usize = 160;

/// What a page says about itself.
pub(super) struct Frame<'a> {
    /// The language of its content (BCP 47).
    pub language: &'a str,
    /// Its title.
    pub title: &'a str,
    /// What it is about, in a sentence or two; cut when it is long.
    pub description: &'a str,
    /// Its canonical address.
    pub url: &'a str,
    /// Its colour.
    pub colour: Colour,
    /// The conference that it shows, where it shows one.
    pub conference: Option<&'a Conference>,
    /// The links to its feeds (autodiscovery).
    pub feeds: Markup,
}

/// A whole page.
pub(super) fn page(frame: &Frame<'_>, content: &Markup) -> Vec<u8> {
    let description = shortened(frame.description);
    let tracks = frame
        .conference
        .map_or(&[][..], |conference| &conference.tracks);
    let markup = html! {
        (DOCTYPE)
        html lang=(frame.language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (frame.title) }
                meta name="description" content=(description);
                link rel="canonical" href=(frame.url);
                (frame.feeds)
                meta property="og:type" content="website";
                meta property="og:title" content=(frame.title);
                meta property="og:description" content=(description);
                meta property="og:url" content=(frame.url);
                meta name="theme-color" content=(frame.colour);
                style { (PreEscaped(style::sheet(frame.colour, tracks))) }
            }
            body { (content) }
        }
    };
    let mut bytes = markup.into_string().into_bytes();
    bytes.push(b'\n');
    bytes
}

/// A text on one line that ends at a word's end.
fn shortened(text: &str) -> String {
    let mut short = String::new();
    for word in text.split_whitespace() {
        if short.chars().count() + word.chars().count() + 2 > DESCRIPTION_LENGTH {
            short.push('…');
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_description_ends_at_a_word() {
        let short = shortened(&"many  words\n".repeat(40));
        assert!(short.chars().count() <= DESCRIPTION_LENGTH);
        assert!(
            short.ends_with("words…") || short.ends_with("many…"),
            "{short}"
        );
    }

    #[test]
    fn a_short_description_stays() {
        assert_eq!(shortened("Two days\n\nof talks."), "Two days of talks.");
    }
}
