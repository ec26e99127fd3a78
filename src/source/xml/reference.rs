//! What `&amp;`, `&#38;` and `&eacute;` stand for.

use quick_xml::escape::resolve_html5_entity;
use std::borrow::Cow;

/// The longest name of a reference such as `&CounterClockwiseContourIntegral;`.
const LONGEST_REFERENCE: usize = 40;

/// A text with its references resolved, and the names of those that have no meaning.
pub(super) fn with_references(raw: &str) -> (Cow<'_, str>, Vec<&str>) {
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
pub(super) fn meaning(name: &str) -> Option<Cow<'static, str>> {
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
