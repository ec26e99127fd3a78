//! OPML 2.0: the list of all feeds of a conference (<http://opml.org/spec2.opml>).
//!
//! Whoever imports an OPML file subscribes to every outline that has an `xmlUrl`. The formats hold
//! the same talks, so only RSS has one: each part of the programme is subscribed to once. The other
//! formats, calendars too, follow in a group each as outlines of `type="link"`, which readers do not
//! subscribe to: the list is whole, and nothing arrives twice.
//!
//! # Not supported
//!
//! Feeds of single talks: a subscription that only ever holds one entry is of no use in a reader.

use super::selection::Selection;
use super::{Context, RENDERERS, Renderer, pages, talks, text};
use crate::model::Part;
use maud::Escaper;
use std::fmt::Write;

/// The media type of OPML.
pub(super) const MEDIA_TYPE: &str = "text/x-opml; charset=utf-8";

/// The list of all feeds of the conference.
pub(super) fn render(context: &Context<'_>) -> Vec<u8> {
    let groups = pages::groups(context.conference);
    let mut opml =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n");
    head(&mut opml, context);
    opml.push_str("<body>\n");
    for (heading, parts) in &groups {
        group(&mut opml, heading, |opml| {
            for part in parts {
                feed(opml, context, part);
            }
            if parts.contains(&Part::Whole) {
                beside_talks(opml, context);
            }
        });
    }
    for renderer in RENDERERS
        .iter()
        .filter(|renderer| renderer.format != talks::RSS.format)
    {
        group(
            &mut opml,
            &format!("Other format: {}", renderer.name),
            |opml| {
                let parts = groups.iter().flat_map(|(_, parts)| parts);
                for part in parts.filter(|part| renderer.covers(part)) {
                    link(opml, context, part, renderer);
                }
            },
        );
    }
    opml.push_str("</body>\n</opml>\n");
    opml.into_bytes()
}

fn head(opml: &mut String, context: &Context<'_>) {
    opml.push_str("<head>\n<title>");
    escape(opml, &context.title());
    opml.push_str("</title>\n");
    if let Some(updated) = context.updated() {
        // RFC 822, with the four-digit year that the specification prefers.
        let date = updated.format("%a, %d %b %Y %H:%M:%S GMT");
        let _ = writeln!(opml, "<dateModified>{date}</dateModified>");
    }
    opml.push_str("</head>\n");
}

fn group(opml: &mut String, heading: &str, content: impl FnOnce(&mut String)) {
    opml.push_str("<outline");
    attribute(opml, "text", heading);
    opml.push_str(">\n");
    content(opml);
    opml.push_str("</outline>\n");
}

/// A feed of talks to subscribe to.
fn feed(opml: &mut String, context: &Context<'_>, part: &Part) {
    let selection = Selection::of(part.clone());
    let part = Context {
        selection: &selection,
        ..*context
    };
    let description = match selection == Selection::default() {
        true => text::plain(&context.conference.description),
        false => String::new(),
    };
    let words: Vec<&str> = description.split_whitespace().collect();
    let address = part.feed_url(&talks::RSS);
    subscribed(opml, context, &part.title(), &address, &words.join(" "));
}

/// The feeds of the whole conference that are not of its talks: the first format is subscribed to.
fn beside_talks(opml: &mut String, context: &Context<'_>) {
    for (name, renderers) in pages::beside_talks(context) {
        let title = format!("{}: {name}", context.title());
        for (place, renderer) in renderers.iter().enumerate() {
            let address = pages::whole_url(context, renderer);
            if place == 0 {
                subscribed(opml, context, &title, &address, "");
            } else {
                named(opml, &format!("{title} ({})", renderer.name), &address);
            }
        }
    }
}

/// A feed of talks that is named and not subscribed to.
fn link(opml: &mut String, context: &Context<'_>, part: &Part, renderer: &Renderer) {
    let selection = Selection::of(part.clone());
    let part = Context {
        selection: &selection,
        ..*context
    };
    named(opml, &part.title(), &part.feed_url(renderer));
}

fn subscribed(
    opml: &mut String,
    context: &Context<'_>,
    title: &str,
    address: &str,
    description: &str,
) {
    opml.push_str("  <outline type=\"rss\" version=\"RSS\"");
    attribute(opml, "text", title);
    attribute(opml, "title", title);
    attribute(opml, "xmlUrl", address);
    attribute(opml, "htmlUrl", &context.page_url());
    attribute(opml, "language", &context.conference.language);
    attribute(opml, "description", description);
    opml.push_str("/>\n");
}

fn named(opml: &mut String, title: &str, address: &str) {
    opml.push_str("  <outline type=\"link\"");
    attribute(opml, "text", title);
    attribute(opml, "url", address);
    opml.push_str("/>\n");
}

/// An attribute, left out when there is nothing to say.
fn attribute(opml: &mut String, name: &str, value: &str) {
    if !value.is_empty() {
        let _ = write!(opml, " {name}=\"");
        escape(opml, value);
        opml.push('"');
    }
}

/// Writes a text of the model, which holds no character that XML forbids.
fn escape(opml: &mut String, text: &str) {
    let _ = Escaper::new(opml).write_str(text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::pages::fixture::{self, Whole};
    use std::collections::BTreeSet;

    fn rendered() -> String {
        let whole = Whole::new(fixture::conference());
        String::from_utf8(render(&whole.context())).expect("UTF-8")
    }

    #[test]
    fn the_whole_list() {
        insta::assert_snapshot!(rendered());
    }

    #[test]
    fn each_part_is_subscribed_to_once_and_every_feed_is_named() {
        let opml = rendered();
        let document = roxmltree::Document::parse(&opml).expect("well-formed");
        let values = |name: &str| -> Vec<String> {
            let nodes = document
                .descendants()
                .filter_map(|node| node.attribute(name));
            nodes.map(str::to_owned).collect()
        };
        let (subscribed, named) = (values("xmlUrl"), values("url"));
        assert!(
            subscribed.iter().all(|url| url.ends_with(".rss")),
            "{subscribed:?}"
        );
        assert_eq!(
            subscribed.iter().collect::<BTreeSet<_>>().len(),
            subscribed.len()
        );
        // All but the feed of changes have three other formats, the whole another five for programs.
        assert_eq!(named.len(), 3 * (subscribed.len() - 1) + 5 + 2);
    }

    #[test]
    fn hostile_text_comes_back_as_it_was() {
        let opml = rendered();
        let document = roxmltree::Document::parse(&opml).expect("well-formed");
        let titles = document
            .descendants()
            .filter_map(|node| node.attribute("title"));
        let expected = format!("{} – {}", fixture::NAME, fixture::HOSTILE_NAME);
        assert!(titles.into_iter().any(|title| title == expected), "{opml}");
    }
}
