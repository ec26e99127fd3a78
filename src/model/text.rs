//! Text that is safe to write into any format: no control characters, nothing that XML 1.0 forbids.
//!
//! Every text of the model has passed through here, so no renderer needs to strip anything.
//! Control characters break iCalendar files (RFC 5545 §3.1) and whole feeds (XML 1.0 §2.2).

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// Whether a character may stand in the model: legal in XML 1.0 and no control character.
fn is_legal(character: char) -> bool {
    !character.is_control() && !matches!(character, '\u{FFFE}' | '\u{FFFF}' | '\u{FEFF}')
}

/// Whether a character ends a line. U+2028 and U+2029 do in JavaScript and for Unicode.
fn is_line_end(character: char) -> bool {
    matches!(
        character,
        '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Whether one byte of UTF-8 may belong to a character that cleaning changes, or that is a blank: control
/// characters, what lies beside them up to U+00BF (0xC2), and blanks and noncharacters further up.
fn may_be_odd(byte: u8) -> bool {
    byte < b' ' || matches!(byte, 0x7F | 0xC2 | 0xE1..=0xE3 | 0xEF)
}

/// Whether cleaning a text would only take blank lines from around it.
fn is_clean(text: &str) -> bool {
    // Without a way out of the loop, many bytes are compared at once.
    let is_odd = |odd, byte| odd | (may_be_odd(byte) & !matches!(byte, b'\n' | b'\t'));
    !text.bytes().fold(false, is_odd)
        || text.chars().all(|character| {
            matches!(character, '\n' | '\t') || !is_line_end(character) && is_legal(character)
        })
}

/// Whether a text without blanks around is one line as [`Plain`] holds it.
fn is_one_clean_line(text: &str) -> bool {
    let mut before = 0;
    text.bytes().all(|byte| {
        let is_doubled = before == b' ' && byte == b' ';
        before = byte;
        !is_doubled && !may_be_odd(byte)
    })
}

/// Cleans a text into one line, whatever stands in it.
fn as_one_line(raw: &str) -> String {
    let mut line = String::with_capacity(raw.len());
    for character in raw.chars() {
        if character.is_whitespace() || is_line_end(character) {
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        } else if is_legal(character) {
            line.push(character);
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// Cleans the lines of a text, whatever stands in them.
fn as_clean_text(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut characters = raw.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' => {
                characters.next_if_eq(&'\n');
                text.push('\n');
            }
            '\t' => text.push('\t'),
            _ if is_line_end(character) => text.push('\n'),
            _ if is_legal(character) => text.push(character),
            _ => {}
        }
    }
    text
}

/// A text without the blanks at its end and the blank lines at its beginning.
fn without_blank_lines_around(text: &str) -> &str {
    let text = text.trim_end();
    let first = text.len() - text.trim_start().len();
    let start = text[..first].rfind('\n').map_or(0, |end| end + 1);
    &text[start..]
}

/// One line of plain text: no line breaks, no control characters, no surrounding or doubled blanks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Plain(String);

impl Plain {
    /// Cleans `raw` into one line. The result may be empty.
    pub fn new(raw: &str) -> Self {
        let trimmed = raw.trim();
        if is_one_clean_line(trimmed) {
            return Self(trimmed.to_owned());
        }
        Self(as_one_line(raw))
    }

    /// Cleans `raw` into one line, `None` when nothing readable is left.
    pub fn non_empty(raw: &str) -> Option<Self> {
        Some(Self::new(raw)).filter(|plain| !plain.is_empty())
    }
}

impl Deref for Plain {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// CommonMark text of any length: LF line ends, no control characters but the tab.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Markdown(String);

impl Markdown {
    /// Cleans `raw`: CRLF and CR become LF, control characters go, blank lines around go.
    pub fn new(raw: &str) -> Self {
        if is_clean(raw) {
            return Self(without_blank_lines_around(raw).to_owned());
        }
        Self(without_blank_lines_around(&as_clean_text(raw)).to_owned())
    }
}

impl Deref for Markdown {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Markdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The longest slug. A file system takes names of 255 bytes, and an ending and a number come behind.
const LONGEST_SLUG: usize = 120;

/// A name in a URL: lower-case ASCII letters, digits and hyphens, never empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

impl Slug {
    /// Transliterates `name` ("Débora Azevedo" becomes `debora-azevedo`); `x` when nothing is left.
    pub fn of(name: &str) -> Self {
        let mut slug = slug::slugify(name);
        slug.truncate(LONGEST_SLUG);
        let slug = slug.trim_end_matches('-').to_owned();
        Self(if slug.is_empty() { "x".into() } else { slug })
    }

    /// The same slug with a number, to tell two things of the same name apart.
    #[must_use]
    pub fn numbered(&self, number: usize) -> Self {
        Self(format!("{}-{number}", self.0))
    }
}

impl Deref for Slug {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An absolute `http:` or `https:` address with a host, percent-encoded (RFC 3986).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WebUrl(Arc<url::Url>);

impl WebUrl {
    /// Reads an absolute web address; `None` for any other scheme, a relative path or no host.
    pub fn parse(raw: &str) -> Option<Self> {
        let url = url::Url::parse(raw.trim()).ok()?;
        (matches!(url.scheme(), "http" | "https") && url.has_host()).then(|| Self(Arc::new(url)))
    }

    /// Resolves `reference` against this address (RFC 3986 §5).
    pub fn join(&self, reference: &str) -> Option<Self> {
        let url = self.0.join(reference.trim()).ok()?;
        (matches!(url.scheme(), "http" | "https") && url.has_host()).then(|| Self(Arc::new(url)))
    }

    /// The host name, lower-case.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// The path, as percent-encoded.
    pub fn path(&self) -> &str {
        self.0.path()
    }
}

impl Deref for WebUrl {
    type Target = str;
    fn deref(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for WebUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str())
    }
}

/// A language tag (BCP 47), such as `en` or `pt-BR`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(String);

/// English, where the data name no language.
impl Default for Language {
    fn default() -> Self {
        Self("en".into())
    }
}

impl Language {
    /// Reads a tag: two or three letters, then letters or digits in groups of at most eight.
    pub fn parse(raw: &str) -> Option<Self> {
        let tag = raw.trim().replace('_', "-");
        let mut groups = tag.split('-');
        let primary = groups.next()?;
        let well_formed = (2..=3).contains(&primary.len())
            && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
            && groups.all(|group| {
                (1..=8).contains(&group.len())
                    && group.bytes().all(|byte| byte.is_ascii_alphanumeric())
            });
        well_formed.then_some(Self(tag))
    }
}

impl Deref for Language {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A colour as red, green and blue, written `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Colour {
    /// Red, green and blue, 0 to 255.
    pub rgb: [u8; 3],
}

impl Colour {
    /// Reads `#rrggbb` or `#rgb`.
    pub fn parse(raw: &str) -> Option<Self> {
        let hex = raw.trim().strip_prefix('#')?;
        if !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let value = u32::from_str_radix(hex, 16).ok()?;
        let rgb = match hex.len() {
            6 => [value >> 16, value >> 8, value].map(|part| (part & 0xFF) as u8),
            3 => [value >> 8, value >> 4, value].map(|part| (part & 0xF) as u8 * 17),
            _ => return None,
        };
        Some(Self { rgb })
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.rgb;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_title_is_one_line_without_control_characters() {
        let title = Plain::new("\u{feff} Tabs\tand\r\nlines\u{0}\u{7}\u{b}here \u{2028} ");
        assert_eq!(&*title, "Tabs and lines here");
    }

    #[test]
    fn a_title_keeps_emoji_right_to_left_text_and_joiners() {
        let text = "👩\u{200d}💻 שלום עולם – café";
        assert_eq!(&*Plain::new(text), text);
    }

    #[test]
    fn markdown_keeps_its_line_structure() {
        let text = Markdown::new("\r\n\r\n    code\r\n\tindent\rnext\u{1b}[31m\n\n");
        assert_eq!(&*text, "    code\n\tindent\nnext[31m");
    }

    proptest! {
        #[test]
        fn a_clean_text_is_copied_and_not_cleaned_otherwise(
            raw in "([ -~]|[ \n\t\r\u{7f}\u{85}\u{a0}]|[\u{b}äé\u{1680}\u{2003}–\u{2028}\u{3000}あ\u{feff}\u{ffff}👩]){0,24}"
        ) {
            prop_assert_eq!(&*Plain::new(&raw), as_one_line(&raw));
            let text = as_clean_text(&raw);
            let text = text.trim_end();
            let blank = text.split_inclusive('\n').take_while(|line| line.trim().is_empty());
            let blank: usize = blank.map(str::len).sum();
            prop_assert_eq!(&*Markdown::new(&raw), &text[blank..]);
        }
    }

    #[test]
    fn a_slug_is_ascii_and_never_empty() {
        assert_eq!(&*Slug::of("Débora Azevedo"), "debora-azevedo");
        assert_eq!(&*Slug::of("!!!"), "x");
    }

    #[test]
    fn only_web_addresses_are_links() {
        assert!(WebUrl::parse("javascript:alert(1)").is_none());
        assert!(WebUrl::parse("/talk/ABC/").is_none());
        let url = WebUrl::parse("https://example.org/a b\n?q=\u{0}ü").map(|url| url.to_string());
        assert_eq!(
            url.as_deref(),
            Some("https://example.org/a%20b?q=%00%C3%BC")
        );
    }

    #[test]
    fn colours_are_read_in_both_lengths() {
        let written = |raw| Colour::parse(raw).map(|colour| colour.to_string());
        assert_eq!(written("#0AF").as_deref(), Some("#00aaff"));
        assert_eq!(written("#3776ab").as_deref(), Some("#3776ab"));
        assert_eq!(written("blue"), None);
        assert_eq!(written("#+12345"), None);
    }
}
