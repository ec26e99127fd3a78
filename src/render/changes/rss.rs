//! Changes as RSS 2.0.

use super::{Entry, Page, RSS};
use crate::render::entry::COMPLETE_NAMESPACE;
use rss::extension::Extension;
use rss::extension::atom::{AtomExtension, Link};
use rss::{Category, Channel, Guid, Item};

pub(super) fn write(page: &Page<'_>) -> Vec<u8> {
    let conference = page.context.conference;
    let (prefix, namespace) = COMPLETE_NAMESPACE;
    let element = Extension {
        name: format!("{prefix}:archive"),
        ..Extension::default()
    };
    let archive = page.archive.map(|_| {
        let elements = [("archive".to_owned(), vec![element])].into();
        (prefix.to_owned(), elements)
    });
    let links = page.links(&RSS).into_iter().map(|(rel, href)| Link {
        href,
        rel: rel.into(),
        mime_type: Some("application/rss+xml".into()),
        ..Link::default()
    });
    let channel = Channel {
        title: page.title(),
        link: page.context.page_url(),
        description: format!("What changed in the programme of {}", conference.name),
        language: Some(conference.language.to_string()),
        last_build_date: page.updated().map(|updated| updated.to_rfc2822()),
        generator: Some("handbill".into()),
        atom_ext: Some(AtomExtension {
            links: links.collect(),
        }),
        namespaces: [(prefix.to_owned(), namespace.to_owned())].into(),
        extensions: archive.into_iter().collect(),
        items: page.entries.iter().map(item).collect(),
        ..Channel::default()
    };
    let mut bytes = Vec::new();
    match channel.pretty_write_to(&mut bytes, b' ', 1) {
        Ok(_) => bytes,
        Err(error) => unreachable!("writing to memory failed: {error}"),
    }
}

fn item(entry: &Entry) -> Item {
    let categories = entry.categories.iter().cloned();
    Item {
        title: Some(entry.title.clone()),
        link: Some(entry.url.clone()),
        description: Some(entry.html()),
        guid: Some(Guid {
            value: entry.id.clone(),
            permalink: false,
        }),
        pub_date: entry.updated.map(|updated| updated.to_rfc2822()),
        categories: categories.map(Category::from).collect(),
        ..Item::default()
    }
}
