//! A speaker.

use crate::model::{Link, Markdown, Plain};
use crate::source::syntax::json::Object;
use crate::source::syntax::plain_text;
use crate::source::{DraftSpeaker, vocabulary};
use uuid::Uuid;

/// Reads a speaker; `None` where there is no name.
pub(super) fn speaker(object: &Object<'_>) -> Option<DraftSpeaker> {
    let name = name(object)?;
    let mut links = Vec::new();
    let mut page = None;
    object.each("links", |item| {
        let Some(item) = item.object() else { return };
        let Some(url) = item.url("url", None) else {
            return;
        };
        if page.is_none() && item.text("linkType").as_deref() == Some("Blog") {
            page = Some(url);
            return;
        }
        let title = item.plain("title");
        links.push(Link {
            kind: vocabulary::link_kind(None, title.as_deref(), &url),
            title,
            url,
            is_attachment: false,
        });
    });
    Some(DraftSpeaker {
        name,
        biography: biography(object),
        url: page,
        picture: object.url("profilePicture", None),
        links,
        guid: object.text("id").and_then(|id| Uuid::parse_str(&id).ok()),
        id: None,
        code: None,
    })
}

fn name(object: &Object<'_>) -> Option<Plain> {
    let full = object.plain("fullName").or_else(|| object.plain("name"));
    full.or_else(|| {
        let parts = ["firstName", "lastName"].map(|part| object.plain(part));
        let parts: Vec<String> = parts.iter().flatten().map(ToString::to_string).collect();
        Plain::non_empty(&parts.join(" "))
    })
}

/// `tagLine` is what people read first of a speaker, "Beekeeper at Example Apiaries". It begins the
/// biography, unless that says it already.
fn biography(object: &Object<'_>) -> Markdown {
    let bio = object.text("bio");
    let bio = bio
        .map(|bio| plain_text::markdown(&bio))
        .unwrap_or_default();
    match object.plain("tagLine") {
        Some(line) if bio.is_empty() => Markdown::new(&line),
        Some(line) if !bio.contains(&*line) => Markdown::new(&format!("{line}\n\n{bio}")),
        _ => bio,
    }
}
