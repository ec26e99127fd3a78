//! Atom (RFC 4287).

use super::{Extent, Feed, HISTORY_NAMESPACE, Item, Person};
use atom_syndication::extension::{Extension, ExtensionMap};
use atom_syndication::{Category, Content, Entry, Generator, Link, Text, WriteConfig};
use chrono::{DateTime, Utc};

/// The times of things that nothing in the data dates: the format demands one (§4.1.1).
const UNDATED: DateTime<Utc> = DateTime::<Utc>::UNIX_EPOCH;

const MEDIA_TYPE: &str = "application/atom+xml";

pub(super) fn write<X>(feed: Feed<X>) -> Vec<u8> {
    let (prefix, namespace) = HISTORY_NAMESPACE;
    let alternate = link("alternate", feed.page_url, Some("text/html"));
    let related = feed.links.into_iter();
    let related = related.map(|(rel, href)| link(rel, href, (rel != "hub").then_some(MEDIA_TYPE)));
    let document = atom_syndication::Feed {
        id: feed.id,
        title: Text::plain(feed.title),
        subtitle: Some(Text::plain(feed.description)),
        updated: feed.updated.unwrap_or(UNDATED).fixed_offset(),
        authors: vec![person(feed.author)],
        generator: Some(Generator {
            value: "handbill".into(),
            ..Generator::default()
        }),
        links: related.chain([alternate]).collect(),
        lang: Some(feed.language),
        namespaces: [(prefix.to_owned(), namespace.to_owned())].into(),
        extensions: extent(feed.extent),
        entries: feed.items.into_iter().map(entry).collect(),
        ..atom_syndication::Feed::default()
    };
    let config = WriteConfig {
        write_document_declaration: true,
        indent_size: Some(1),
    };
    match document.write_with_config(Vec::new(), config) {
        Ok(bytes) => bytes,
        Err(error) => unreachable!("writing to memory failed: {error}"),
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

fn person(person: Person) -> atom_syndication::Person {
    atom_syndication::Person {
        name: person.name,
        uri: person.url,
        ..atom_syndication::Person::default()
    }
}

fn link(rel: &str, href: String, media_type: Option<&str>) -> Link {
    Link {
        rel: rel.to_owned(),
        href,
        mime_type: media_type.map(ToOwned::to_owned),
        ..Link::default()
    }
}

fn entry<X>(item: Item<X>) -> Entry {
    let category = |term: String| Category {
        term,
        ..Category::default()
    };
    Entry {
        id: item.id,
        title: Text::plain(item.title),
        updated: item.updated.unwrap_or(UNDATED).fixed_offset(),
        published: item.published.map(|published| published.fixed_offset()),
        authors: item.authors.into_iter().map(person).collect(),
        links: vec![link("alternate", item.url, Some("text/html"))],
        summary: Some(Text::plain(item.summary)),
        content: Some(Content {
            content_type: Some("html".into()),
            lang: item.language,
            value: Some(item.html),
            ..Content::default()
        }),
        categories: item.categories.into_iter().map(category).collect(),
        ..Entry::default()
    }
}
