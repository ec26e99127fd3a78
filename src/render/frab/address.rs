use crate::model::WebUrl;
use std::borrow::Cow;

/// An address as XML Schema's `anyURI` and JSON Schema's `uri` want it (RFC 3986). Browsers, and the
/// model, take some characters unencoded that these refuse.
pub(super) fn strict(url: &WebUrl) -> Cow<'_, str> {
    let path = url.find("://").map_or(0, |at| at + "://".len());
    let path = path + url[path..].find(['/', '?', '#']).unwrap_or_default();
    let (authority, rest) = url.split_at(path);
    let mut strict = String::new();
    let mut in_fragment = false;
    for (at, character) in rest.char_indices() {
        let is_escape = || {
            let digits = rest.as_bytes().get(at + 1..at + 3);
            digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
        };
        let is_allowed = match character {
            '%' => is_escape(),
            '#' => !std::mem::replace(&mut in_fragment, true),
            '[' | ']' | '{' | '}' | '|' | '\\' | '^' | '`' | '<' | '>' | '"' | ' ' => false,
            other => other.is_ascii(),
        };
        if is_allowed {
            strict.push(character);
        } else {
            let mut bytes = [0; 4];
            for byte in character.encode_utf8(&mut bytes).bytes() {
                strict.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    if strict == rest {
        Cow::Borrowed(url)
    } else {
        Cow::Owned(format!("{authority}{strict}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_browsers_forgive_is_encoded() {
        let table = [
            (
                "https://example.org/a%20b?c=1#d",
                "https://example.org/a%20b?c=1#d",
            ),
            ("https://[2001:db8::1]/", "https://[2001:db8::1]/"),
            (
                "https://example.org/?a[]=1|2",
                "https://example.org/?a%5B%5D=1%7C2",
            ),
            (
                "https://example.org/100%#a#b",
                "https://example.org/100%25#a%23b",
            ),
        ];
        for (raw, expected) in table {
            let url = WebUrl::parse(raw).expect("a web address");
            assert_eq!(strict(&url), expected);
        }
    }
}
