//! The descriptions of calendars.

use crate::model::{Markdown, WebUrl};
use crate::source::syntax::plain_text;

/// The text of DESCRIPTION, or where that is empty of its HTML alternative.
pub(super) fn markdown(text: &str, html: &str) -> Markdown {
    plain_text::markdown(if text.trim().is_empty() { html } else { text })
}

/// A description without the address that it ends in, where the event has that as its own.
pub(super) fn without_address<'a>(description: &'a str, url: Option<&WebUrl>) -> &'a str {
    let text = description.trim_end();
    match url.and_then(|url| text.strip_suffix(&**url)) {
        Some(before) if before.is_empty() || before.ends_with('\n') => before,
        _ => description,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_stands_in_where_there_is_no_plain_text() {
        let html = "<html><p>One</p></html>";
        assert_eq!(&*markdown(" ", html), html);
        assert_eq!(&*markdown("One", html), "One");
    }

    #[test]
    fn the_events_own_address_at_the_end_is_said_once() {
        let url = WebUrl::parse("https://example.org/1");
        assert_eq!(
            without_address("Text\n\nhttps://example.org/1\n", url.as_ref()),
            "Text\n\n"
        );
        assert_eq!(
            without_address("See https://example.org/1", url.as_ref()),
            "See https://example.org/1"
        );
        assert_eq!(without_address("Text", None), "Text");
    }
}
