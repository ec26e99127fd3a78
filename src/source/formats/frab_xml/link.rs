//! Addresses: an event's own, its pictures, links and attachments.

use super::conference::shown;
use super::intake::Intake;
use crate::model::{Link, LinkKind, Plain, WebUrl};
use crate::source::syntax::xml::Element;
use crate::source::vocabulary::talk_code::in_address;
use crate::source::{Problem, vocabulary};

impl Intake<'_> {
    /// The address that an element holds as text. What is none is reported.
    pub(super) fn address(
        &mut self,
        element: &Element<'_>,
        base: Option<&WebUrl>,
    ) -> Option<WebUrl> {
        let text = element.text()?;
        self.resolved(element, text, base)
    }

    /// The links or attachments in an element.
    pub(super) fn links(
        &mut self,
        list: &Element<'_>,
        base: Option<&WebUrl>,
        is_attachment: bool,
    ) -> Vec<Link> {
        self.leave_out_attributes(list, &[]);
        let mut links = Vec::new();
        for child in list.children().filter(|child| !child.is_blank()) {
            if matches!(child.name, "link" | "attachment") {
                links.extend(self.link(child, base, is_attachment));
            } else {
                self.leave_out_element(child);
            }
        }
        links
    }

    /// A link. Some tools write the address as the text of it, and organisers its title as address.
    fn link(
        &mut self,
        element: &Element<'_>,
        base: Option<&WebUrl>,
        is_attachment: bool,
    ) -> Option<Link> {
        self.leave_out_attributes(element, &["href", "type"]);
        let text = element.plain();
        let href = element.attribute("href").map(Plain::new);
        let own_address = href.as_deref().and_then(|href| address(href, base));
        let (url, title) = match own_address {
            Some(url) => (Some(url), text),
            None => (text.as_deref().and_then(WebUrl::parse), href),
        };
        let Some(url) = url else {
            match element.attribute("href") {
                Some(href) => self.report_address(element, href),
                None => self.leave_out("links without address"),
            }
            return None;
        };
        let word = element.attribute("type");
        let kind = vocabulary::link_kind(word, title.as_deref(), &url);
        let is_known = |word: &str| kind != LinkKind::Related || word == "related";
        if !word.is_none_or(is_known) {
            self.leave_out(&format!("{}@type", element.name));
        }
        Some(Link {
            title: title.filter(|title| WebUrl::parse(title).as_ref() != Some(&url)),
            url,
            kind,
            is_attachment,
        })
    }

    /// A link of a kind whose element holds nothing but its address.
    pub(super) fn link_of_kind(
        &mut self,
        element: &Element<'_>,
        base: Option<&WebUrl>,
        kind: LinkKind,
    ) -> Option<Link> {
        Some(Link {
            url: self.address(element, base)?,
            title: None,
            kind,
            is_attachment: false,
        })
    }

    fn resolved(
        &mut self,
        element: &Element<'_>,
        text: &str,
        base: Option<&WebUrl>,
    ) -> Option<WebUrl> {
        let url = address(text, base);
        if url.is_none() {
            self.report_address(element, text);
        }
        url
    }

    fn report_address(&mut self, element: &Element<'_>, found: &str) {
        let message = format!("this `{}` leads to `{}`", element.name, shown(found));
        let place = self.file.place_of(element);
        let remedy = "expected an absolute address such as https://example.org/; it is left out";
        let sort = "addresses that are not absolute or not of the web, and left out";
        let problem = Problem::warning(place, message, remedy);
        self.findings.report_sort(sort, problem);
    }
}

/// A web address as people write it: absolute, relative to `base`, or without `https://` before its
/// `www`. What may be a host or a file is neither.
fn address(text: &str, base: Option<&WebUrl>) -> Option<WebUrl> {
    let text = text.trim();
    if let Some(url) = WebUrl::parse(text) {
        return Some(url);
    }
    if text.is_empty() || text.contains(char::is_whitespace) {
        return None;
    }
    if text.starts_with("www.") {
        return WebUrl::parse(&format!("https://{text}"));
    }
    let (first, rest) = text.split_once('/').unwrap_or((text, ""));
    let is_relative =
        matches!(first, "" | "." | "..") || (!rest.is_empty() && !first.contains(['.', ':']));
    base.filter(|_| is_relative)?.join(text)
}

/// What relative addresses of an event are taken from. A merged schedule has one `base_url` and events
/// of many sites; pretalx keeps files on the site of the talk's own page.
pub(super) fn base_of(url: Option<&WebUrl>, base: Option<WebUrl>) -> Option<WebUrl> {
    let is_pretalx = |url: &&WebUrl| in_address(url).is_some();
    url.filter(is_pretalx).cloned().or(base)
}
