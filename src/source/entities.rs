//! HTML's character references in texts that are no HTML.
//!
//! Older tools escape every text they export ("Security &amp;amp; Safety"). A title is one line of
//! plain text, so there the references are decoded; in Markdown they mean the same as in HTML and stay.

use std::borrow::Cow;

/// The named references that tools write: those that escape markup, and the letters and signs of
/// western European keyboards.
const NAMED: [(&str, char); 38] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{A0}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("bull", '•'),
    ("middot", '·'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("euro", '€'),
    ("auml", 'ä'),
    ("ouml", 'ö'),
    ("uuml", 'ü'),
    ("Auml", 'Ä'),
    ("Ouml", 'Ö'),
    ("Uuml", 'Ü'),
    ("szlig", 'ß'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("agrave", 'à'),
    ("ccedil", 'ç'),
    ("ntilde", 'ñ'),
    ("oslash", 'ø'),
    ("aring", 'å'),
    ("ecirc", 'ê'),
];

/// The longest name of a reference that is looked up, in bytes.
const LONGEST: usize = 10;

/// The text with its character references decoded, once. What is none stays: "AT&T", "a & b".
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        decoded.push_str(before);
        let name = after
            .bytes()
            .take(LONGEST + 1)
            .position(|byte| byte == b';')
            .and_then(|end| after.get(..end));
        match name.and_then(|name| Some((name, character(name)?))) {
            Some((name, character)) => {
                decoded.push(character);
                rest = &after[name.len() + 1..];
            }
            None => {
                decoded.push('&');
                rest = after;
            }
        }
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

fn character(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        let named = NAMED.iter().find(|(known, _)| *known == name);
        return named.map(|(_, character)| *character);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?)
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
