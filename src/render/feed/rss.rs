//! RSS 2.0, as the RSS Advisory Board's profile wants it: <https://www.rssboard.org/rss-profile>.
//!
//! # Not supported
//!
//! `author` (it needs an e-mail address: `dc:creator` is used), `enclosure` (the data know no
//! length), a date that is not in the data.

use super::{Extent, Feed, HISTORY_NAMESPACE, Item};
use rss::extension::atom::{AtomExtension, Link};
use rss::extension::dublincore::DublinCoreExtension;
use rss::extension::{Extension, ExtensionMap};
use rss::{Category, Channel, Guid};

/// Minutes that a reader may keep the feed; a hint only.
const TTL: &str = "60";

pub(super) fn write<X>(feed: Feed<X>) -> Vec<u8> {
    let (prefix, namespace) = HISTORY_NAMESPACE;
    let channel = Channel {
        title: feed.title,
        link: feed.page_url,
        description: feed.description,
        language: Some(feed.language),
        last_build_date: feed.updated.map(|updated| updated.to_rfc2822()),
        generator: Some("handbill".into()),
        docs: Some("https://www.rssboard.org/rss-specification".into()),
        ttl: Some(TTL.into()),
        atom_ext: Some(AtomExtension {
            links: feed.links.into_iter().map(link).collect(),
        }),
        namespaces: [(prefix.to_owned(), namespace.to_owned())].into(),
        extensions: extent(feed.extent),
        items: feed.items.into_iter().map(item).collect(),
        ..Channel::default()
    };
    let mut bytes = Vec::new();
    match channel.pretty_write_to(&mut bytes, b' ', 1) {
        Ok(_) => bytes,
        Err(error) => unreachable!("writing to memory failed: {error}"),
    }
}

fn link((rel, href): (&str, String)) -> Link {
    Link {
        href,
        rel: rel.to_owned(),
        mime_type: (rel != "hub").then(|| "application/rss+xml".into()),
        ..Link::default()
    }
}

fn extent(extent: Extent) -> ExtensionMap {
    let Some(name) = extent.element() else {
        return ExtensionMap::default();
    };
    let (prefix, _) = HISTORY_NAMESPACE;
    let element = Extension {
        name: format!("{prefix}:{name}"),
        ..Extension::default()
    };
    let elements = [(name.to_owned(), vec![element])].into();
    [(prefix.to_owned(), elements)].into()
}

fn item<X>(item: Item<X>) -> rss::Item {
    let creators = item.authors.into_iter().map(|author| author.name);
    let creators: Vec<String> = creators.collect();
    rss::Item {
        title: Some(item.title),
        link: Some(item.url),
        description: Some(item.summary_html),
        content: Some(item.html),
        guid: Some(Guid {
            value: item.id,
            permalink: false,
        }),
        pub_date: item.published.map(|published| published.to_rfc2822()),
        categories: item.categories.into_iter().map(Category::from).collect(),
        dublin_core_ext: (!creators.is_empty()).then(|| DublinCoreExtension {
            creators,
            ..DublinCoreExtension::default()
        }),
        ..rss::Item::default()
    }
}
