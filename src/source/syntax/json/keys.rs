//! The names in a JSON document, without parsing it: for telling formats apart.
//!
//! Works on half documents and on what is no JSON at all, and stops as soon as the asker knows enough.

/// What stands for the items of a list in a path.
pub(in crate::source) const ITEM: &str = "[]";

/// How deep paths go. Names further in are not told.
const DEEPEST: usize = 6;

/// Calls `ask` with the path of each object and a name in it, in the order of the document, until there
/// is an answer: `ask(&["schedule", "days", "[]"], "rooms")`.
pub(in crate::source) fn find_key<'a, T>(
    bytes: &'a [u8],
    mut ask: impl FnMut(&[&'a str], &'a str) -> Option<T>,
) -> Option<T> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut path: Vec<&'a str> = Vec::new();
    let mut deeper = 0_usize;
    let mut at = blank_end(bytes, 0);
    if !matches!(bytes.get(at), Some(b'{' | b'[')) {
        return None;
    }
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'{' | b'[' if path.len() == DEEPEST => deeper += 1,
            b'{' => path.push(""),
            b'[' => path.push(ITEM),
            b'}' | b']' if deeper > 0 => deeper -= 1,
            b'}' | b']' => {
                path.pop();
                if path.is_empty() {
                    return None;
                }
            }
            b'"' => {
                let end = text_end(bytes, at)?;
                let after = blank_end(bytes, end + 1);
                if bytes.get(after) == Some(&b':') && deeper == 0 {
                    let name = bytes
                        .get(at..end)
                        .and_then(|name| str::from_utf8(name).ok());
                    let name = name.unwrap_or_default();
                    let (innermost, outer) = path.split_last_mut()?;
                    if let Some(answer) = ask(outer, name) {
                        return Some(answer);
                    }
                    *innermost = name;
                }
                at = after;
            }
            _ => {}
        }
    }
    None
}

/// Where the text that begins at `at` ends.
fn text_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// The first place from `at` on that is not blank.
fn blank_end(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let blank = rest.iter().take_while(|byte| byte.is_ascii_whitespace());
    at + blank.count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        let mut names = Vec::new();
        find_key(text.as_bytes(), |path, name| {
            names.push(format!("{}/{name}", path.join("/")));
            None::<()>
        });
        names
    }

    #[test]
    fn names_are_told_with_their_paths() {
        let text = "{\"a\": \"b\\\": {\", \"c\" : [{\"d\": 1}, {\"d\": {\"e\": []}}], \"f\": 2} {\"g\": 1}";
        assert_eq!(
            names(text),
            ["/a", "/c", "c/[]/d", "c/[]/d", "c/[]/d/e", "/f"]
        );
    }

    #[test]
    fn half_documents_and_other_things_are_no_trouble() {
        assert_eq!(names("{\"a\": {\"b\": \"cut"), ["/a", "a/b"]);
        assert_eq!(names("\u{FEFF} {\"a\" :"), ["/a"]);
        assert!(names("# \"a\": 1").is_empty());
        assert!(names("").is_empty());
        assert!(names("{\"a\\").is_empty());
        assert!(names(&"[".repeat(100_000)).is_empty());
        assert_eq!(names("}\"a\": 1"), Vec::<String>::new());
        assert_eq!(
            names(&format!("{}{{\"x\": 1}}", "[".repeat(9))),
            Vec::<String>::new()
        );
    }
}
