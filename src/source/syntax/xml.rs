//! Reading XML element by element: every element knows its line, and only one at a time is kept.
//!
//! A document that ends before it is complete, or whose tags do not match, is refused as a whole: half
//! a download must not look like a programme with fewer talks.
//!
//! # Not supported
//!
//! Entities that a document declares itself: nothing is expanded, an unknown `&name;` stays as it is.
//! Namespaces: prefixes are left away.

mod element;
#[cfg(test)]
mod tests;

pub(in crate::source) use element::Element;

use crate::model::Plain;
use crate::source::syntax::decode::{decode, decode_latin_1};
use crate::source::syntax::entities::{meaning, with_references};
use crate::source::syntax::lines::Lines;
use crate::source::{Place, Problem};
use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;

/// The deepest elements that are read of one that is kept.
const DEEPEST: usize = 64;

/// The most elements of one that is kept.
const MOST_ELEMENTS: usize = 20_000;

const REMEDY: &str = "fetch or export the file again";

/// The text of a document, and what was odd about its bytes. What is no UTF-8 is read as Latin-1 where
/// the document says that it is.
pub(in crate::source) fn text<'a>(
    file: &str,
    bytes: &'a [u8],
) -> Result<(Cow<'a, str>, Vec<Problem>), Problem> {
    let head = bytes.get(..bytes.len().min(200)).unwrap_or_default();
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let declaration = head.split("?>").next().unwrap_or_default();
    let says_latin_1 = ["iso-8859-1\"", "iso-8859-1'", "windows-1252", "latin1"]
        .iter()
        .any(|name| declaration.contains(name));
    if says_latin_1 && str::from_utf8(bytes).is_err() {
        return Ok((Cow::Owned(decode_latin_1(bytes)), Vec::new()));
    }
    decode(file, bytes)
}

/// An XML document.
pub(in crate::source) struct XmlFile<'a> {
    lines: Lines<'a>,
}

/// A reader of an XML document, from its start to its end.
pub(in crate::source) struct XmlReader<'a> {
    file: &'a XmlFile<'a>,
    reader: Reader<&'a [u8]>,
    /// The elements that are open, outermost first, with their offsets; not the deepest.
    open: Vec<(&'a str, usize)>,
    depth: usize,
    /// How much text stood between elements that were walked through.
    pub(in crate::source) stray_texts: usize,
    /// How many references have no meaning, and where the first one stands.
    pub(in crate::source) unknown_references: Option<(usize, Place)>,
}

enum Step<'a> {
    Open(Element<'a>),
    /// With the offset at which the end tag begins.
    Close(usize),
    Text(Cow<'a, str>),
    End,
}

impl<'a> XmlFile<'a> {
    /// A document; `file` is the name that problems give it.
    pub(in crate::source) fn new(file: &str, text: &'a str) -> Self {
        Self {
            lines: Lines::new(file, text),
        }
    }

    /// The document itself as a place.
    pub(in crate::source) fn place(&self) -> Place {
        Place::file(self.lines.file())
    }

    /// Where an element stands.
    pub(in crate::source) fn place_of(&self, element: &Element<'_>) -> Place {
        self.lines.place(element.offset)
    }

    /// A reader that stands before the outermost element.
    pub(in crate::source) fn reader(&'a self) -> XmlReader<'a> {
        let mut reader = Reader::from_str(self.lines.text());
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        XmlReader {
            file: self,
            reader,
            open: Vec::new(),
            depth: 0,
            stray_texts: 0,
            unknown_references: None,
        }
    }

    /// The text again that the parser borrowed from it; `None` for what it made itself.
    fn borrowed(&self, piece: &[u8]) -> Option<&'a str> {
        let text = self.lines.text();
        let start = self.offset(piece)?;
        text.get(start..start.checked_add(piece.len())?)
    }

    fn offset(&self, piece: &[u8]) -> Option<usize> {
        (piece.as_ptr() as usize).checked_sub(self.lines.text().as_ptr() as usize)
    }
}

impl<'a> XmlReader<'a> {
    /// The next element inside the one that was opened last, or the outermost one; `None` where that
    /// one, or the document, is complete. Its content is what is asked for next: child by child until
    /// there is none, or with [`Self::whole`].
    ///
    /// # Errors
    ///
    /// When this is no XML, or only the start of it.
    pub(in crate::source) fn child(&mut self) -> Result<Option<Element<'a>>, Problem> {
        loop {
            match self.step()? {
                Step::Open(element) => return Ok(Some(element)),
                Step::Close(_) | Step::End => return Ok(None),
                Step::Text(text) if text.trim().is_empty() => {}
                Step::Text(_) => self.stray_texts += 1,
            }
        }
    }

    /// An element that was just opened, with everything in it; `None` where that is more than anybody
    /// writes. Either way it is complete afterwards.
    ///
    /// # Errors
    ///
    /// When this is no XML, or only the start of it.
    pub(in crate::source) fn whole(
        &mut self,
        element: Element<'a>,
    ) -> Result<Option<Element<'a>>, Problem> {
        let outside = self.depth.saturating_sub(1);
        let mut count = 0;
        let mut inner_start = self.position();
        let mut starts = Vec::new();
        // Empty once there is too much.
        let mut branch = vec![element];
        loop {
            match self.step()? {
                Step::Open(child) => {
                    count += 1;
                    if branch.len() >= DEEPEST || count > MOST_ELEMENTS {
                        branch.clear();
                    }
                    if !branch.is_empty() {
                        starts.push(inner_start);
                        inner_start = self.position();
                        branch.push(child);
                    }
                }
                Step::Text(text) => {
                    if let Some(element) = branch.last_mut() {
                        element.add(text);
                    }
                }
                Step::Close(end) => {
                    let Some(mut element) = branch.pop() else {
                        if self.depth == outside {
                            return Ok(None);
                        }
                        continue;
                    };
                    let text = self.file.lines.text();
                    element.inner = text.get(inner_start..end).unwrap_or_default();
                    let Some(parent) = branch.last_mut() else {
                        return Ok(Some(element));
                    };
                    parent.children.push(element);
                    inner_start = starts.pop().unwrap_or_default();
                }
                Step::End => return Ok(None),
            }
        }
    }

    /// Makes sure that nothing follows the outermost element.
    ///
    /// # Errors
    ///
    /// When something does.
    pub(in crate::source) fn finish(&mut self) -> Result<(), Problem> {
        self.stray_texts = 0;
        let more = self.child()?;
        if more.is_none() && self.stray_texts == 0 {
            return Ok(());
        }
        let offset = more.map_or(self.position(), |element| element.offset);
        let message = "there is more after the end of this XML";
        Err(Problem::error(self.place(offset), message, REMEDY))
    }

    fn step(&mut self) -> Result<Step<'a>, Problem> {
        loop {
            let event = self.reader.read_event();
            match event.map_err(|error| self.broken(&error))? {
                Event::Start(tag) => return self.opened(&tag).map(Step::Open),
                Event::End(tag) => {
                    self.depth = self.depth.saturating_sub(1);
                    self.open.truncate(self.depth);
                    let name = tag.name();
                    let end = self
                        .file
                        .borrowed(name.as_ref())
                        .and(self.file.offset(name.as_ref()));
                    // Two characters before the name are `</`; `<a/>` has no end tag.
                    return Ok(Step::Close(end.map_or(0, |end| end.saturating_sub(2))));
                }
                Event::Text(text) => {
                    return Ok(Step::Text(self.again(&text).into()));
                }
                Event::CData(text) => {
                    return Ok(Step::Text(self.again(&text).into()));
                }
                Event::GeneralRef(reference) => {
                    let name = self.again(&reference);
                    return Ok(Step::Text(match meaning(name) {
                        Some(meaning) => meaning,
                        None => {
                            self.note_unknown(name);
                            Cow::Owned(format!("&{name};"))
                        }
                    }));
                }
                Event::Eof => {
                    return match self.open.last() {
                        None => Ok(Step::End),
                        Some(_) => Err(self.half()),
                    };
                }
                Event::Empty(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::DocType(_) => {}
            }
        }
    }

    fn opened(&mut self, tag: &BytesStart<'_>) -> Result<Element<'a>, Problem> {
        let name = self.again(tag.local_name().as_ref());
        let full_name = tag.name();
        let offset = self.file.offset(full_name.as_ref()).unwrap_or_default();
        let offset = offset.saturating_sub(1);
        let mut attributes = Vec::new();
        let mut found = tag.attributes();
        // The check compares every attribute with every other.
        for attribute in found.with_checks(false) {
            let attribute = attribute.map_err(|error| {
                let message = format!("this is no XML: {error}");
                Problem::error(self.place(offset), message, REMEDY)
            })?;
            let key = self.again(attribute.key.as_ref());
            let is_markup = key == "xmlns" || key.starts_with("xmlns:") || key.starts_with("xsi:");
            if !is_markup {
                let key = key.rsplit(':').next().unwrap_or(key);
                let value = self.again(&attribute.value);
                attributes.push((key, self.resolved(value)));
            }
        }
        if self.open.len() == self.depth && self.depth < DEEPEST {
            self.open.push((name, offset));
        }
        self.depth += 1;
        Ok(Element {
            name,
            offset,
            attributes,
            text: Cow::Borrowed(""),
            children: Vec::new(),
            inner: "",
        })
    }

    /// What the parser borrowed of the text. It only makes up the names of end tags.
    fn again(&self, piece: &[u8]) -> &'a str {
        self.file.borrowed(piece).unwrap_or_default()
    }

    /// An attribute's value with its references resolved.
    fn resolved(&mut self, raw: &'a str) -> Cow<'a, str> {
        let (text, unknown) = with_references(raw);
        for name in unknown {
            self.note_unknown(name);
        }
        text
    }

    fn note_unknown(&mut self, name: &str) {
        if let Some((count, _)) = &mut self.unknown_references {
            *count += 1;
            return;
        }
        let name = self.file.offset(name.as_bytes()).unwrap_or_default();
        let ampersand = name.saturating_sub(1);
        self.unknown_references = Some((1, self.place(ampersand)));
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn place(&self, offset: usize) -> Place {
        self.file.lines.place(offset)
    }

    fn broken(&self, error: &Error) -> Problem {
        let at = usize::try_from(self.reader.error_position()).unwrap_or(usize::MAX);
        let open = self.open.last().map(|(name, at)| {
            let line = self.place(*at).line.unwrap_or_default();
            format!("the `<{}>` of line {line} is open", shortened(name))
        });
        let open = open.unwrap_or_else(|| "nothing is open".into());
        let message = match error {
            Error::Syntax(error) => format!("this XML ends before it is complete: {error}; {open}"),
            Error::IllFormed(
                IllFormedError::MismatchedEndTag { found, .. }
                | IllFormedError::UnmatchedEndTag(found),
            ) => format!("there is a `</{}>`, and {open}", shortened(found)),
            error => format!("this is no XML: {error}"),
        };
        Problem::error(self.place(at), message, REMEDY)
    }

    fn half(&self) -> Problem {
        let (name, at) = self.open.last().copied().unwrap_or_default();
        let line = self.place(at).line.unwrap_or_default();
        let message = format!(
            "this XML ends before it is complete: the `<{}>` of line {line} is not closed",
            shortened(name)
        );
        Problem::error(self.place(self.position()), message, REMEDY)
    }
}

/// A name for a message: a document can make names of anything.
pub(in crate::source) fn shortened(name: &str) -> Plain {
    const LONGEST: usize = 40;
    let name = Plain::new(name);
    match name.char_indices().nth(LONGEST) {
        Some((at, _)) => Plain::new(&format!("{}…", &name[..at])),
        None => name,
    }
}
