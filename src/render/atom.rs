//! Atom (RFC 4287) of talks, marked as complete (RFC 5005 §2).

use super::entry::{COMPLETE_NAMESPACE, Entry, UNDATED, entries};
use super::{Context, Coverage, Renderer, nothing_left_out, query, text};
use crate::history::feed_id;
use atom_syndication::extension::{Extension, ExtensionMap};
use atom_syndication::{Category, Content, Feed, Generator, Link, Person, Text, WriteConfig};

/// Atom.
pub(super) static RENDERER: Renderer = Renderer {
    format: "atom",
    extension: "atom",
    name: "Atom",
    media_type: "application/atom+xml; charset=utf-8",
    stem: "talks",
    covers: Coverage::EveryPart,
    heeds_wishes: false,
    leaves_out: nothing_left_out,
    render,
};

fn render(context: &Context<'_>) -> Vec<u8> {
    let conference = context.conference;
    let subtitle = text::plain(&conference.description);
    let (prefix, namespace) = COMPLETE_NAMESPACE;
    let feed = Feed {
        id: feed_id(conference, context.history, &id_path(context)),
        title: Text::plain(context.title()),
        subtitle: (!subtitle.is_empty()).then(|| Text::plain(subtitle)),
        updated: context.updated().unwrap_or(UNDATED).fixed_offset(),
        authors: vec![person(&conference.name, conference.url.as_deref())],
        generator: Some(Generator {
            value: "handbill".into(),
            ..Generator::default()
        }),
        links: links(context),
        lang: Some(conference.language.to_string()),
        namespaces: [(prefix.to_owned(), namespace.to_owned())].into(),
        extensions: complete(prefix),
        entries: entries(context).into_iter().map(entry).collect(),
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

/// The feed's own address, its page, and the hub that tells of its changes (W3C `WebSub` §4).
fn links(context: &Context<'_>) -> Vec<Link> {
    let own = [
        link("self", context.feed_url(&RENDERER), "application/atom+xml"),
        link("alternate", context.page_url(), "text/html"),
    ];
    let hub = context.site.hub.iter().map(|hub| Link {
        href: hub.clone(),
        rel: "hub".into(),
        ..Link::default()
    });
    own.into_iter().chain(hub).collect()
}

/// The feed's path without extension: in every format it is the same feed. With filters it is
/// another one.
fn id_path(context: &Context<'_>) -> String {
    let path = match context.selection.part.path() {
        whole if whole.is_empty() => RENDERER.stem.to_owned(),
        // A talk's own identifier is that of its entry; its feed needs another.
        part => format!("feeds/{part}"),
    };
    format!(
        "{path}{}",
        query::canonical(context.selection, context.wishes)
    )
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

fn person(name: &str, url: Option<&str>) -> Person {
    Person {
        name: name.to_owned(),
        uri: url.map(ToOwned::to_owned),
        ..Person::default()
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

fn entry(entry: Entry<'_>) -> atom_syndication::Entry {
    let speakers = entry.talk.speakers.iter();
    let category = |name: String| Category {
        term: name,
        ..Category::default()
    };
    atom_syndication::Entry {
        id: entry.id,
        title: Text::plain(entry.title),
        updated: entry.updated.unwrap_or(UNDATED).fixed_offset(),
        published: entry.published.map(|published| published.fixed_offset()),
        authors: speakers
            .map(|speaker| person(&speaker.name, speaker.url.as_deref()))
            .collect(),
        links: vec![link("alternate", entry.url, "text/html")],
        summary: Some(Text::plain(entry.summary)),
        content: Some(Content {
            content_type: Some("html".into()),
            lang: entry.talk.language.as_ref().map(ToString::to_string),
            value: Some(entry.html),
            ..Content::default()
        }),
        categories: entry.categories.into_iter().map(category).collect(),
        ..atom_syndication::Entry::default()
    }
}
