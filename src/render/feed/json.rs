//! JSON Feed 1.1: <https://www.jsonfeed.org/version/1.1/>.

use crate::render::json::written;
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

#[derive(Serialize)]
struct Feed<X> {
    version: &'static str,
    title: String,
    home_page_url: String,
    feed_url: Option<String>,
    /// Where its older items are.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_url: Option<String>,
    description: String,
    language: String,
    authors: Vec<Author>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    expired: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hubs: Vec<Hub>,
    _handbill: Place,
    items: Vec<Item<X>>,
}

/// What programs need to show the items' times.
#[derive(Serialize)]
struct Place {
    zone: String,
}

/// Who tells of the feed's changes.
#[derive(Serialize)]
struct Hub {
    r#type: &'static str,
    url: String,
}

#[derive(Serialize)]
struct Author {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    avatar: Option<String>,
}

#[derive(Serialize)]
struct Item<X> {
    id: String,
    url: String,
    title: String,
    content_html: String,
    summary: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    _handbill: X,
}

pub(super) fn write<X: Serialize>(feed: super::Feed<X>) -> Vec<u8> {
    let related = |name: &str| {
        let mut links = feed.links.iter();
        let found = links.find(|(rel, _)| *rel == name);
        found.map(|(_, address)| address.clone())
    };
    let hub = related("hub").map(|url| Hub {
        r#type: "WebSub",
        url,
    });
    written(&Feed {
        version: "https://jsonfeed.org/version/1.1",
        feed_url: related("self"),
        next_url: related("next"),
        hubs: hub.into_iter().collect(),
        _handbill: Place { zone: feed.zone },
        title: feed.title,
        home_page_url: feed.page_url,
        description: feed.description,
        language: feed.language,
        authors: vec![author(feed.author)],
        expired: feed.is_over,
        items: feed.items.into_iter().map(item).collect(),
    })
}

fn author(person: super::Person) -> Author {
    Author {
        name: person.name,
        url: person.url,
        avatar: person.picture,
    }
}

fn item<X>(item: super::Item<X>) -> Item<X> {
    Item {
        id: item.id,
        url: item.url,
        title: item.title,
        content_html: item.html,
        summary: item.line,
        image: item.image,
        date_published: item.published.map(timestamp),
        date_modified: item.updated.map(timestamp),
        authors: item.authors.into_iter().map(author).collect(),
        tags: item.categories,
        language: item.language,
        _handbill: item.extension,
    }
}

fn timestamp(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Secs, true)
}
