//! What the JSON formats of the frab family write alike: texts in several languages, links, persons.

use super::{Json, Object};
use crate::model::{Link, Plain, WebUrl};
use crate::source::{DraftSpeaker, vocabulary};
use std::borrow::Cow;

/// Which of several languages of a text is taken: the first of these that it has, else English, else
/// the one that comes first.
#[derive(Debug, Clone)]
pub(in crate::source) struct Languages(Vec<String>);

impl Default for Languages {
    fn default() -> Self {
        Self::new([])
    }
}

impl Languages {
    /// These languages, the most wanted first.
    pub(in crate::source) fn new(wanted: impl IntoIterator<Item = String>) -> Self {
        Self(wanted.into_iter().chain(["en".to_owned()]).collect())
    }

    /// These languages, and after them another one.
    pub(in crate::source) fn and(&self, further: Option<&str>) -> Self {
        let wanted = self.0.iter().filter(|wanted| *wanted != "en").cloned();
        Self::new(wanted.chain(further.map(str::to_owned)))
    }

    /// The text of an object of languages; the others are counted as left out.
    pub(super) fn choose<'a>(&self, value: Json<'a>, name: &str) -> Option<Cow<'a, str>> {
        let object = value.object()?;
        let mut texts: Vec<(&str, Cow<'a, str>)> = Vec::new();
        for (language, value) in object.members() {
            match value.text() {
                Some(text) if !text.trim().is_empty() => texts.push((language, text)),
                Some(_) => {}
                None if value.is_null() => {}
                None => value.report(format!("`{name}` is {}", value.shown()), "expected text"),
            }
        }
        let is = |wanted: &str| texts.iter().position(|(language, _)| *language == wanted);
        let asked = value.file.language.as_deref();
        let asked = asked.into_iter().flat_map(|tag| [tag, primary(tag)]);
        let wanted = asked.chain(self.0.iter().map(String::as_str));
        let chosen = wanted.into_iter().find_map(is).unwrap_or(0);
        for (at, (language, _)) in texts.iter().enumerate() {
            if at != chosen {
                let language = language.get(..8).unwrap_or(language);
                value
                    .file
                    .leave_out(&Plain::new(&format!("{name}.{language}")), 1);
            }
        }
        (chosen < texts.len()).then(|| texts.swap_remove(chosen).1)
    }
}

/// A link: an address, or an object with a `url`, perhaps a `title` and a `type`. `what` is the name of
/// the list that it stands in.
pub(in crate::source) fn link(value: Json<'_>, what: &str, base: Option<&WebUrl>) -> Option<Link> {
    let is_attachment = what == "attachments";
    let Some(object) = value.object() else {
        if value.text().is_none() {
            let message = format!("this link is {}", value.shown());
            value.report(message, "expected an object with a `url`");
        }
        let url = address(value, what, base)?;
        let kind = vocabulary::link_kind(None, None, &url);
        return Some(Link {
            url,
            title: None,
            kind,
            is_attachment,
        });
    };
    let (word, title) = (object.text("type"), object.plain("title"));
    if object.text("url").is_none() {
        value.warn("this link has no `url`", "it is left out");
    }
    object.leave_out_rest(what);
    let url = address(object.get("url")?, what, base)?;
    let kind = vocabulary::link_kind(word.as_deref(), title.as_deref(), &url);
    Some(Link {
        url,
        title,
        kind,
        is_attachment,
    })
}

/// The address of a link. People leave out `https://`: "www.example.org" is a host, unless it is the
/// name of an attached file.
fn address(value: Json<'_>, what: &str, base: Option<&WebUrl>) -> Option<WebUrl> {
    let text = value.text().filter(|text| !text.trim().is_empty())?;
    if what == "attachments" {
        return value.file_url("url", base);
    }
    let host = text.trim().split('/').next().unwrap_or_default();
    let is_host = host.contains('.')
        && !host.starts_with('.')
        && host
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
    let completed = WebUrl::parse(&format!("https://{}", text.trim())).filter(|_| is_host);
    let Some(url) = completed else {
        return value.url("url", base);
    };
    let message = format!("`url` is {}, read as {url}", value.shown());
    value.warn_of("url", message, "write the whole address, with https://");
    Some(url)
}

/// The name of a person who is given as text alone. What is no name is reported.
pub(in crate::source) fn person_name(value: Json<'_>) -> Option<Plain> {
    let name = value.plain().filter(|_| value.whole_number().is_none());
    if name.is_none() {
        let message = format!("this person is {}", value.shown());
        value.report(message, "expected an object with a `name`");
    }
    name
}

/// A person: `name`, in older files `public_name` or `full_public_name`; `what` is the name of the list
/// that they stand in. Where a file gives both, the public name is the one to publish.
pub(in crate::source) fn speaker(
    object: &Object<'_>,
    what: &str,
    base: Option<&WebUrl>,
    languages: &Languages,
) -> Option<DraftSpeaker> {
    let public = object
        .plain("public_name")
        .or_else(|| object.plain("full_public_name"));
    let own = object.plain("name");
    if public.is_some() && own.is_some() && public != own {
        object.value().file().leave_out(&format!("{what}.name"), 1);
    }
    let avatar_of_api = object.picture("avatar_url", base);
    let mut links = Vec::new();
    if object.get("links").is_some() {
        object.each("links", |item| links.extend(link(item, "links", base)));
    }
    let speaker = DraftSpeaker {
        name: public.or(own).unwrap_or_default(),
        biography: object
            .localised_markdown("biography", languages)
            .unwrap_or_default(),
        url: object.url("url", base),
        picture: object.picture("avatar", base).or(avatar_of_api),
        links,
        guid: object.guid("guid"),
        id: object.number("id"),
        code: object.plain("code"),
    };
    object.leave_out_rest(what);
    if speaker.name.is_empty() {
        object
            .value()
            .warn("this person has no name", "they are left out");
        return None;
    }
    Some(speaker)
}
/// A language without its region: "pt" of "pt-BR".
fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}
