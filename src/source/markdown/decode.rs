//! Bytes to text: UTF-8, without byte order mark, with LF line ends.

use crate::source::{Place, Problem};

const REPLACEMENT: char = '\u{FFFD}';

/// A stray byte in ten is a text in another encoding, two in a short note are a slip.
const STRAY_SHARE: usize = 10;

/// The text of a file, and what was odd about its bytes.
pub(super) fn decode(file: &str, bytes: &[u8]) -> Result<(String, Vec<Problem>), Problem> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut text = String::with_capacity(bytes.len());
    let mut stray = 0;
    let mut first_stray = None;
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            text.push(if character == '\0' {
                REPLACEMENT
            } else {
                character
            });
        }
        let nuls = chunk.valid().bytes().filter(|byte| *byte == 0).count();
        if !chunk.invalid().is_empty() {
            text.push(REPLACEMENT);
        }
        let found = nuls + chunk.invalid().len();
        if found > 0 && first_stray.is_none() {
            first_stray = text.find(REPLACEMENT);
        }
        stray += found;
    }
    if stray > 2 + bytes.len() / STRAY_SHARE {
        return Err(Problem::error(
            Place::file(file),
            format!("{stray} of {} bytes are no UTF-8 text", bytes.len()),
            "save the notes as UTF-8",
        ));
    }
    let text = with_lf_line_ends(text);
    let problems = first_stray
        .map(|_| stray_bytes(file, &text, stray))
        .into_iter()
        .collect();
    Ok((text, problems))
}

fn stray_bytes(file: &str, text: &str, count: usize) -> Problem {
    let line = match text.find(REPLACEMENT) {
        Some(at) => text[..at].matches('\n').count() + 1,
        None => 1,
    };
    let bytes = if count == 1 {
        "1 byte is"
    } else {
        "some bytes are"
    };
    Problem::warning(
        Place::line(file, line),
        format!("{bytes} not UTF-8 and shown as `{REPLACEMENT}`, the first one here"),
        "save the notes as UTF-8",
    )
}

/// Line numbers and the recognition of lines must not depend on the editor that wrote the file.
fn with_lf_line_ends(text: String) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_no_text() {
        let (text, problems) =
            decode("n.md", b"\xEF\xBB\xBF# Title\r\n\r\nText\rMore").expect("text");
        assert_eq!(text, "# Title\n\nText\nMore");
        assert_eq!(problems, []);
    }

    #[test]
    fn a_latin_1_byte_is_a_warning_with_its_line() {
        let (text, problems) = decode("n.md", b"# Title\n\nCaf\xE9 and more text\n").expect("text");
        assert_eq!(text, "# Title\n\nCaf\u{FFFD} and more text\n");
        assert_eq!(problems[0].place, Place::line("n.md", 3));
    }

    #[test]
    fn binary_data_are_refused() {
        assert!(decode("n.md", &[0; 64]).is_err());
        assert!(decode("n.md", b"\xFF\xFE#\0 \0T\0i\0t\0l\0e\0").is_err());
        assert!(decode("n.md", b"").is_ok());
    }
}
