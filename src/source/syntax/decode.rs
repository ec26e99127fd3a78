//! Bytes to text: UTF-8, without byte order mark, with LF line ends.

use crate::source::{Place, Problem};
use std::borrow::Cow;

const REPLACEMENT: char = '\u{FFFD}';

/// A stray byte in ten is a text in another encoding, two in a short note are a slip.
const STRAY_SHARE: usize = 10;

/// The text of a file, borrowed where it needs no change, and what was odd about its bytes.
pub(in crate::source) fn decode<'a>(
    file: &str,
    bytes: &'a [u8],
) -> Result<(Cow<'a, str>, Vec<Problem>), Problem> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Ok(text) = str::from_utf8(bytes)
        && !bytes.contains(&0)
    {
        return Ok((with_lf_line_ends(text.into()), Vec::new()));
    }
    if let Some(text) = decode_utf_16(bytes) {
        return Ok((with_lf_line_ends(text.into()), Vec::new()));
    }
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
            "save the file as UTF-8",
        ));
    }
    let text = with_lf_line_ends(text.into());
    let problems = first_stray
        .map(|_| stray_bytes(file, &text, stray))
        .into_iter()
        .collect();
    Ok((text, problems))
}

/// The text of a file that a spreadsheet program saved. Where nothing in it is UTF-8 beyond ASCII, it is
/// what Windows calls ANSI.
///
/// # Errors
///
/// When it is no text.
pub(in crate::source) fn decode_of_spreadsheet<'a>(
    file: &str,
    bytes: &'a [u8],
) -> Result<(Cow<'a, str>, Vec<Problem>), Problem> {
    let is_utf_8 = str::from_utf8(bytes).is_ok();
    let holds_utf_8 = || {
        let mut chunks = bytes.utf8_chunks();
        chunks.any(|chunk| !chunk.valid().is_ascii())
    };
    if is_utf_8 || bytes.contains(&0) || holds_utf_8() {
        return decode(file, bytes);
    }
    let problem = Problem::warning(
        Place::file(file),
        "this is not UTF-8, and is read as Windows-1252",
        "save it as CSV UTF-8, or look whether accents and umlauts are right",
    );
    Ok((decode_latin_1(bytes).into(), vec![problem]))
}

/// UTF-16, as its byte order mark says it (RFC 2781 §3.2).
fn decode_utf_16(bytes: &[u8]) -> Option<String> {
    let (little, rest) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (true, rest),
        [0xFE, 0xFF, rest @ ..] => (false, rest),
        _ => return None,
    };
    let (pairs, _) = rest.as_chunks();
    let units = pairs.iter().map(|pair| match little {
        true => u16::from_le_bytes(*pair),
        false => u16::from_be_bytes(*pair),
    });
    let text: String = char::decode_utf16(units)
        .map(|character| character.unwrap_or(REPLACEMENT))
        .collect();
    (!text.contains('\0')).then_some(text)
}

/// The text of a file in the encoding that the web calls Latin-1 (WHATWG Encoding §5.1).
pub(in crate::source) fn decode_latin_1(bytes: &[u8]) -> String {
    /// What the bytes from 0x80 stand for in windows-1252; the five without a meaning stay controls.
    const FROM_0X80: &str = "\u{20AC}\u{81}\u{201A}\u{192}\u{201E}\u{2026}\u{2020}\u{2021}\u{2C6}\u{2030}\u{160}\u{2039}\u{152}\u{8D}\u{17D}\u{8F}\u{90}\u{2018}\u{2019}\u{201C}\u{201D}\u{2022}\u{2013}\u{2014}\u{2DC}\u{2122}\u{161}\u{203A}\u{153}\u{9D}\u{17E}\u{178}";
    let special: Vec<char> = FROM_0X80.chars().collect();
    let characters = bytes.iter().map(|byte| {
        let place = usize::from(byte.wrapping_sub(0x80));
        special.get(place).copied().unwrap_or(char::from(*byte))
    });
    let text: String = characters.collect();
    with_lf_line_ends(text.into()).into_owned()
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
        "save the file as UTF-8",
    )
}

/// Line numbers and the recognition of lines must not depend on the editor that wrote the file.
fn with_lf_line_ends(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n").into()
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
    fn latin_1_has_the_quotes_and_dashes_of_windows() {
        let text = decode_latin_1(b"Caf\xE9 \x93so\x94 \x96 5 \x80\r\n");
        assert_eq!(text, "Caf\u{E9} \u{201C}so\u{201D} \u{2013} 5 \u{20AC}\n");
    }

    #[test]
    fn spreadsheets_are_read_as_windows_writes_them() {
        let (text, problems) =
            decode_of_spreadsheet("p.csv", b"Gr\xF6\xDFe;J\xFCrgen\n").expect("text");
        assert_eq!(text, "Größe;Jürgen\n");
        assert_eq!(problems.len(), 1);
        let (text, problems) =
            decode_of_spreadsheet("p.csv", b"\xFF\xFEG\0r\0\xF6\0\r\0\n\0").expect("text");
        assert_eq!((&*text, problems), ("Grö\n", Vec::new()));
        let (text, _) = decode_of_spreadsheet("p.csv", "Größe \u{e9}".as_bytes()).expect("text");
        assert_eq!(text, "Größe é");
    }

    #[test]
    fn text_that_needs_no_change_is_not_copied() {
        let read = |bytes| decode("n.md", bytes).expect("text").0;
        assert!(matches!(read(b"# Title\n"), Cow::Borrowed("# Title\n")));
        assert!(matches!(read(b"# Title\r\n"), Cow::Owned(_)));
    }

    #[test]
    fn binary_data_are_refused() {
        assert!(decode("n.md", &[0; 64]).is_err());
        assert!(decode("n.md", b"\xFF\xFE#\0\0\0T\0").is_err());
        assert!(decode("n.md", b"").is_ok());
    }
}
