//! RSS 2.0 of talks, as the RSS Advisory Board's profile wants it: <https://www.rssboard.org/rss-profile>.
//!
//! # Not supported
//!
//! `author` (it needs an e-mail address: `dc:creator` is used), `enclosure` (the data know no
//! length), a date that is not in the data.

use super::entry::{COMPLETE_NAMESPACE, Entry, entries};
use super::{Context, Coverage, Renderer, nothing_left_out, text};
use rss::extension::atom::{AtomExtension, Link};
use rss::extension::dublincore::DublinCoreExtension;
use rss::extension::{Extension, ExtensionMap};
use rss::{Category, Channel, Guid, Item};

/// RSS 2.0.
pub(super) static RENDERER: Renderer = Renderer {
    format: "rss",
    extension: "rss",
    name: "RSS",
    media_type: "application/rss+xml; charset=utf-8",
    stem: "talks",
    covers: Coverage::EveryPart,
    heeds_wishes: false,
    leaves_out: nothing_left_out,
    render,
};

/// Minutes that a reader may keep the feed; a hint only.
const TTL: &str = "60";

fn render(context: &Context<'_>) -> Vec<u8> {
    let conference = context.conference;
    let description = text::plain(&conference.description);
    let (prefix, namespace) = COMPLETE_NAMESPACE;
    let channel = Channel {
        title: context.title(),
        link: context.page_url(),
        description: if description.is_empty() {
            format!("The talks of {}", conference.name)
        } else {
            description
        },
        language: Some(conference.language.to_string()),
        last_build_date: context.updated().map(|updated| updated.to_rfc2822()),
        generator: Some("handbill".into()),
        docs: Some("https://www.rssboard.org/rss-specification".into()),
        ttl: Some(TTL.into()),
        atom_ext: Some(AtomExtension {
            links: links(context),
        }),
        namespaces: [(prefix.to_owned(), namespace.to_owned())].into(),
        extensions: complete(prefix),
        items: entries(context).into_iter().map(item).collect(),
        ..Channel::default()
    };
    let mut bytes = Vec::new();
    match channel.pretty_write_to(&mut bytes, b' ', 1) {
        Ok(_) => bytes,
        Err(error) => unreachable!("writing to memory failed: {error}"),
    }
}

/// The feed's own address, and the hub that tells of its changes (W3C `WebSub` §4).
fn links(context: &Context<'_>) -> Vec<Link> {
    let own = Link {
        href: context.feed_url(&RENDERER),
        rel: "self".into(),
        mime_type: Some("application/rss+xml".into()),
        ..Link::default()
    };
    let hub = context.site.hub.iter().map(|hub| Link {
        href: hub.clone(),
        rel: "hub".into(),
        ..Link::default()
    });
    [own].into_iter().chain(hub).collect()
}

fn complete(prefix: &str) -> ExtensionMap {
    let element = Extension {
        name: format!("{prefix}:complete"),
        ..Extension::default()
    };
    [(
        prefix.to_owned(),
        [("complete".to_owned(), vec![element])].into(),
    )]
    .into()
}

fn item(entry: Entry<'_>) -> Item {
    let creators = entry.talk.speakers.iter();
    Item {
        title: Some(entry.title),
        link: Some(entry.url),
        description: Some(entry.summary_html),
        content: Some(entry.html),
        guid: Some(Guid {
            value: entry.id,
            permalink: false,
        }),
        pub_date: entry.published.map(|published| published.to_rfc2822()),
        categories: entry.categories.into_iter().map(Category::from).collect(),
        dublin_core_ext: (!entry.talk.speakers.is_empty()).then(|| DublinCoreExtension {
            creators: creators.map(|speaker| speaker.name.to_string()).collect(),
            ..DublinCoreExtension::default()
        }),
        ..Item::default()
    }
}
