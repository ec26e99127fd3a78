//! One element of a document, with everything in it.

use crate::model::{Markdown, Plain};
use crate::source::syntax::entities::with_references;
use std::borrow::Cow;

/// An element of an XML document.
#[derive(Debug)]
pub(in crate::source) struct Element<'a> {
    /// Its name, without prefix.
    pub(in crate::source) name: &'a str,
    /// Where it begins, in bytes.
    pub(in crate::source) offset: usize,
    pub(super) attributes: Vec<(&'a str, Cow<'a, str>)>,
    pub(super) text: Cow<'a, str>,
    pub(super) children: Vec<Element<'a>>,
    /// Everything between its tags as it is written.
    pub(super) inner: &'a str,
}

impl<'a> Element<'a> {
    /// Adds a piece of text.
    pub(super) fn add(&mut self, text: Cow<'a, str>) {
        if self.text.is_empty() {
            self.text = text;
        } else if self.children.is_empty() || !text.trim().is_empty() {
            self.text.to_mut().push_str(&text);
        }
    }

    /// An attribute that is there and not blank.
    pub(in crate::source) fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let (_, value) = attributes.find(|(known, _)| *known == name)?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    /// The names of the attributes that are not blank.
    pub(in crate::source) fn attribute_names(&self) -> impl Iterator<Item = &'a str> {
        let filled = self.attributes.iter();
        filled
            .filter(|(_, value)| !value.trim().is_empty())
            .map(|(name, _)| *name)
    }

    /// The elements in it, in the order of the document.
    pub(in crate::source) fn children(&self) -> impl Iterator<Item = &Element<'a>> {
        self.children.iter()
    }

    /// The first element of this name in it that says anything.
    pub(in crate::source) fn child(&self, name: &str) -> Option<&Element<'a>> {
        let mut children = self.children.iter();
        children.find(|child| child.name == name && !child.is_blank())
    }

    /// Whether neither it nor anything in it has text or attributes.
    pub(in crate::source) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
            && self.attribute_names().next().is_none()
            && self.children.iter().all(Self::is_blank)
    }

    /// The text in it, where it is not blank. Markup that stands in it unescaped is a part of it.
    pub(in crate::source) fn text(&self) -> Option<&str> {
        let text = if self.children.is_empty() {
            &self.text
        } else {
            self.inner
        };
        Some(text).filter(|text| !text.trim().is_empty())
    }

    /// The text in it as one line, without markup.
    pub(in crate::source) fn plain(&self) -> Option<Plain> {
        if self.children.is_empty() {
            return Plain::non_empty(&self.text);
        }
        let pieces = self.inner.split('<').enumerate();
        let without_tags: String = pieces
            .map(|(at, piece)| match piece.split_once('>') {
                Some((_, text)) if at > 0 => text,
                _ => piece,
            })
            .collect();
        Plain::non_empty(&with_references(&without_tags).0)
    }

    /// The text in it as Markdown.
    pub(in crate::source) fn markdown(&self) -> Option<Markdown> {
        Some(Markdown::new(self.text()?)).filter(|text| !text.is_empty())
    }
}
