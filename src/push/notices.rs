//! Who is to be told what of an edition.

use super::{Settings, WEBHOOK, WEBSUB};
use crate::history::ledger::NewNotice;
use crate::history::{Change, Edition};
use crate::model::{Conference, Part};
use crate::render::Site;
use crate::render::{Told, instant};
use serde::Serialize;
use std::collections::BTreeSet;
use url::form_urlencoded;

/// The extensions of the feeds that hubs know.
const FEEDS: [&str; 3] = ["rss", "atom", "json"];

/// The most feeds that a hub is told of for one edition, those of the whole conference first.
const MOST_TOPICS: usize = 200;

/// What everybody is to be told of an edition: the hub of each feed that it touched, and every webhook
/// of all its changes.
pub fn notices(
    conference: &Conference,
    edition: &Edition,
    changes: &[Change],
    site: &Site,
    settings: &Settings,
) -> Vec<NewNotice> {
    let mut notices = Vec::new();
    if let Some(hub) = &settings.hub {
        let topics = topics(conference, changes, site);
        notices.extend(topics.iter().map(|topic| NewNotice {
            kind: WEBSUB.into(),
            target: hub.clone(),
            body: ping(topic),
        }));
    }
    let message = Message::new(conference, edition, changes, site).written();
    notices.extend(settings.webhooks.iter().map(|target| NewNotice {
        kind: WEBHOOK.into(),
        target: target.clone(),
        body: message.clone(),
    }));
    notices
}

/// The addresses of the feeds that an edition touched: those of the whole, and of each part that a
/// changed talk was or is in. Talks have no readers who wait at a hub.
fn topics(conference: &Conference, changes: &[Change], site: &Site) -> Vec<String> {
    let talks = changes
        .iter()
        .flat_map(|change| change.before.iter().chain(&change.after));
    let mut parts: BTreeSet<Part> = talks
        .flat_map(|talk| Part::of(talk, &conference.days))
        .filter(|part| !matches!(part, Part::Talk(_)))
        .collect();
    parts.insert(Part::Whole);
    let stems = parts.iter().flat_map(|part| match part {
        Part::Whole => vec!["talks".to_owned(), "changes".to_owned()],
        _ => vec![part.path()],
    });
    let slug = &conference.slug;
    let addresses = stems
        .flat_map(|stem| FEEDS.map(|extension| site.url(&format!("{slug}/{stem}.{extension}"))));
    addresses.take(MOST_TOPICS).collect()
}

/// Tells a hub that a topic has news. WebSub §6 leaves open how; all hubs know the form of
/// PubSubHubbub 0.3 §7.1.
fn ping(topic: &str) -> String {
    form_urlencoded::Serializer::new(String::new())
        .append_pair("hub.mode", "publish")
        .append_pair("hub.url", topic)
        .finish()
}

/// What a webhook is told of an edition.
#[derive(Serialize)]
struct Message<'a> {
    conference: &'a str,
    name: &'a str,
    edition: u64,
    published: Option<String>,
    url: String,
    note: Option<&'a str>,
    changes: Vec<Told>,
}

impl<'a> Message<'a> {
    fn new(
        conference: &'a Conference,
        edition: &'a Edition,
        changes: &[Change],
        site: &Site,
    ) -> Self {
        let page = site.url(&format!("{}/", conference.slug));
        let told = |change| {
            let told = Told::new(change, conference);
            let own = format!("{page}#{}", told.code);
            Told {
                url: told.url.or(Some(own)),
                ..told
            }
        };
        Self {
            conference: &conference.slug,
            name: &conference.name,
            edition: edition.number,
            published: edition.published.map(|at| instant(at, &conference.zone)),
            url: format!("{page}editions/"),
            note: edition.note.as_deref(),
            changes: changes.iter().map(told).collect(),
        }
    }

    fn written(&self) -> String {
        match serde_json::to_string(self) {
            Ok(message) => message,
            Err(error) => unreachable!("strings and lists are always JSON: {error}"),
        }
    }
}
