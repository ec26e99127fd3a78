//! What `&amp;`, `&#38;` and `&eacute;` stand for: in XML, and in texts of other formats that are no
//! HTML.
//!
//! Older tools escape every text they export ("Security &amp;amp; Safety"). A title is one line of
//! plain text, so there the references are decoded; in Markdown they mean the same as in HTML and stay.

use quick_xml::escape::resolve_html5_entity;
use std::borrow::Cow;

/// The longest name of a reference such as `&CounterClockwiseContourIntegral;`.
const LONGEST_REFERENCE: usize = 40;

/// The text with its character references decoded, once. What is none stays: "AT&T", "a & b".
pub(in crate::source) fn decoded(text: &str) -> Cow<'_, str> {
    with_references(text).0
}

/// A text with its references resolved, and the names of those that have no meaning.
pub(in crate::source) fn with_references(raw: &str) -> (Cow<'_, str>, Vec<&str>) {
    if !raw.contains('&') {
        return (Cow::Borrowed(raw), Vec::new());
    }
    let mut text = String::with_capacity(raw.len());
    let mut unknown = Vec::new();
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        rest = after;
        let mut near = after.bytes().take(LONGEST_REFERENCE);
        let name = near
            .position(|byte| byte == b';')
            .and_then(|end| after.get(..end));
        match name.and_then(meaning) {
            Some(meaning) => {
                text.push_str(&meaning);
                rest = after.split_once(';').map_or("", |(_, rest)| rest);
            }
            None => {
                text.push('&');
                unknown.extend(name);
            }
        }
    }
    text.push_str(rest);
    (Cow::Owned(text), unknown)
}

/// What a reference stands for: a number for its character, a name for what it means in HTML, which
/// includes the five of XML.
pub(in crate::source) fn meaning(name: &str) -> Option<Cow<'static, str>> {
    let Some(number) = name.strip_prefix('#') else {
        return resolve_html5_entity(name).map(Cow::Borrowed);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    let character = char::from_u32(code.ok()?)?;
    Some(Cow::Owned(character.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded_once_and_other_ampersands_stay() {
        let cases = [
            ("Security &amp; Safety", "Security & Safety"),
            ("We&#x27;re &#8220;here&#8221;", "We're “here”"),
            ("&amp;lt;", "&lt;"),
            ("AT&T; Q&A & more &", "AT&T; Q&A & more &"),
            ("&#xFFFFFFFFF;&#-1;&unknown;", "&#xFFFFFFFFF;&#-1;&unknown;"),
            ("&é;&", "&é;&"),
        ];
        for (text, expected) in cases {
            assert_eq!(decoded(text), expected, "{text}");
        }
    }
}
