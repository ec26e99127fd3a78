use std::borrow::Cow;

/// Why a request's path cannot be the path of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum PathError {
    /// A `%` without two hexadecimal digits after it.
    #[error(
        "a % in the path is not followed by two hexadecimal digits; a literal one is written %25"
    )]
    Escape,
    /// Encoded bytes that are no UTF-8, or stand for control characters.
    #[error("the path holds encoded bytes that are not readable text in UTF-8")]
    Text,
    /// An encoded slash, which is data and no separator (RFC 3986 §2.2).
    #[error("the path holds an encoded slash; no address of this site does")]
    Slash,
}

/// The path of a document as a request means it: without the slash at its start, decoded (RFC 3986
/// §6.2.2.2). Dot segments stay, and so name nothing.
pub(super) fn decode(raw: &str) -> Result<Cow<'_, str>, PathError> {
    let raw = raw.strip_prefix('/').unwrap_or(raw);
    if !raw.contains('%') {
        return Ok(Cow::Borrowed(raw));
    }
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(rest.next()?).to_digit(16);
        let (Some(high), Some(low)) = (digit(), digit()) else {
            return Err(PathError::Escape);
        };
        match (high * 16 + low) as u8 {
            b'/' => return Err(PathError::Slash),
            control if control.is_ascii_control() => return Err(PathError::Text),
            byte => bytes.push(byte),
        }
    }
    String::from_utf8(bytes)
        .map(Cow::Owned)
        .map_err(|_| PathError::Text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_decoded_once_and_strictly() {
        let table = [
            ("/", Ok("")),
            ("/a/b.ics", Ok("a/b.ics")),
            ("/a%2Db%2eics", Ok("a-b.ics")),
            ("/caf%C3%A9", Ok("café")),
            ("/%252F", Ok("%2F")),
            ("/a+b", Ok("a+b")),
            ("//a", Ok("/a")),
            ("/%2e%2e/etc", Ok("../etc")),
            ("/a%2Fb", Err(PathError::Slash)),
            ("/a%00", Err(PathError::Text)),
            ("/%FF", Err(PathError::Text)),
            ("/%0D%0Ax", Err(PathError::Text)),
            ("/%", Err(PathError::Escape)),
            ("/%4", Err(PathError::Escape)),
            ("/%zz", Err(PathError::Escape)),
            ("/%+1", Err(PathError::Escape)),
        ];
        for (raw, expected) in table {
            assert_eq!(decode(raw).as_deref(), expected.as_deref(), "{raw}");
        }
    }
}
