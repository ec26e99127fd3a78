//! Changes as Atom (RFC 4287).

use super::{ATOM, Entry, Page};
use crate::render::entry::{COMPLETE_NAMESPACE, UNDATED};
use atom_syndication::extension::Extension;
use atom_syndication::{Category, Content, Feed, Generator, Link, Person, Text, WriteConfig};

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
    let related = page.links(&ATOM).into_iter();
    let mut links: Vec<Link> = related
        .map(|(rel, href)| link(rel, href, "application/atom+xml"))
        .collect();
    links.push(link("alternate", page.context.page_url(), "text/html"));
    let feed = Feed {
        id: page.id(),
        title: Text::plain(page.title()),
        updated: page.updated().unwrap_or(UNDATED).fixed_offset(),
        authors: vec![Person {
            name: conference.name.to_string(),
            uri: conference.url.as_ref().map(ToString::to_string),
            ..Person::default()
        }],
        generator: Some(Generator {
            value: "handbill".into(),
            ..Generator::default()
        }),
        links,
        lang: Some(conference.language.to_string()),
        namespaces: [(prefix.to_owned(), namespace.to_owned())].into(),
        extensions: archive.into_iter().collect(),
        entries: page.entries.iter().map(entry).collect(),
        ..Feed::default()
    };
    let config = WriteConfig {
        write_document_declaration: true,
        indent_size: Some(1),
    };
    match feed.write_with_config(Vec::new(), config) {
        Ok(bytes) => bytes,
        Err(error) => unreachable!("writing to memory failed: {error}"),
    }
}

fn link(rel: &str, href: String, media_type: &str) -> Link {
    Link {
        rel: rel.to_owned(),
        href,
        mime_type: Some(media_type.to_owned()),
        ..Link::default()
    }
}

fn entry(entry: &Entry) -> atom_syndication::Entry {
    let category = |term: String| Category {
        term,
        ..Category::default()
    };
    atom_syndication::Entry {
        id: entry.id.clone(),
        title: Text::plain(entry.title.clone()),
        updated: entry.updated.unwrap_or(UNDATED).fixed_offset(),
        published: entry.published.map(|published| published.fixed_offset()),
        links: vec![link("alternate", entry.url.clone(), "text/html")],
        summary: Some(Text::plain(entry.summary())),
        content: Some(Content {
            content_type: Some("html".into()),
            value: Some(entry.html()),
            ..Content::default()
        }),
        categories: entry.categories.iter().cloned().map(category).collect(),
        ..atom_syndication::Entry::default()
    }
}
