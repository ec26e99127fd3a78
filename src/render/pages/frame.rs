//! What stands around the content of every page.

use super::assets::{Asset, ICON, OFFLINE};
use super::style::{self, DEFAULT_COLOUR};
use super::{embed, feeds};
use crate::model::{Colour, Conference};
use crate::render::{Context, Site};
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// The longest description of a page that search engines and link previews show whole.
const DESCRIPTION_LENGTH: usize = 160;

/// The style of what stands on every page.
const STYLE: &str = include_str!("assets/frame.css");

/// What a page says about itself.
pub(super) struct Frame<'a> {
    /// The language of its content (BCP 47).
    pub language: &'a str,
    /// Its title.
    pub title: String,
    /// What it is about, in a sentence or two; cut when it is long.
    pub description: String,
    /// Its path below the root, a folder's with a slash at the end; `None` where it stands for another
    /// page, which is not there.
    pub path: Option<String>,
    /// Where it is published.
    pub site: &'a Site,
    /// Its colour.
    pub colour: Colour,
    /// The conference that it shows, where it shows one.
    pub conference: Option<&'a Conference>,
    /// The links by which programs find the feeds, and how to embed the page.
    pub found: Markup,
    /// What stands in its head beside: links to further feeds, structured data.
    pub head: Markup,
    /// Styles beside those of every page.
    pub styles: &'static [&'static str],
    /// The scripts that add to it.
    pub scripts: &'static [&'static Asset],
}

impl<'a> Frame<'a> {
    /// The frame of a page of a conference, at a path below the conference.
    pub(super) fn of(context: &Context<'a>, path: &str, title: &str) -> Self {
        let conference = context.conference;
        let path = format!("{}/{path}", conference.slug);
        Self {
            colour: conference.colour.unwrap_or(DEFAULT_COLOUR),
            conference: Some(conference),
            found: html! {
                (feeds::autodiscovery(context))
                (embed::discovery(context.site, &path, title))
            },
            ..Self::plain(&conference.language, title, Some(path), context.site)
        }
    }

    /// The frame of a page of no conference.
    pub(super) fn plain(
        language: &'a str,
        title: &str,
        path: Option<String>,
        site: &'a Site,
    ) -> Self {
        Self {
            language,
            title: title.to_owned(),
            description: title.to_owned(),
            path,
            site,
            colour: DEFAULT_COLOUR,
            conference: None,
            found: html! {},
            head: html! {},
            styles: &[],
            scripts: &[],
        }
    }

    fn root(path: &str) -> String {
        "../".repeat(path.matches('/').count())
    }

    fn head(&self, description: &str) -> Markup {
        let tracks = self
            .conference
            .map_or(&[][..], |conference| &conference.tracks);
        html! {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            title { (self.title) }
            meta name="description" content=(description);
            @match &self.path {
                Some(path) => (self.place(path, description)),
                None => meta name="robots" content="noindex";,
            }
            meta name="theme-color" content=(self.colour);
            link rel="icon" type=(ICON.media_type) href=(icon());
            style {
                (PreEscaped(style::sheet(self.colour, tracks)))
                (PreEscaped(STYLE))
                @for style in self.styles { (PreEscaped(style)) }
            }
            @if let Some(path) = &self.path { (self.loaded(&Self::root(path))) }
        }
    }

    /// What a page says that stands at an address of its own.
    fn place(&self, path: &str, description: &str) -> Markup {
        let url = self.site.url(path);
        html! {
            link rel="canonical" href=(url);
            (self.head)
            (self.found)
            meta property="og:type" content="website";
            meta property="og:title" content=(self.title);
            meta property="og:description" content=(description);
            meta property="og:url" content=(url);
        }
    }

    /// The files that a page loads, by the way from it to the root: `../../` for a page two folders
    /// down. So they come from the host that the page came from, whatever its base address says.
    fn loaded(&self, root: &str) -> Markup {
        // A page of an edition is the same wherever it is served: the conference's files are named by
        // the way to the conference, which is one step below the root.
        let conference = root.strip_suffix("../").unwrap_or(root);
        let offline = self.conference.map(|_| OFFLINE);
        html! {
            @if self.conference.is_some() {
                link rel="manifest" href={ (conference) "manifest.webmanifest" };
            }
            @for script in self.scripts.iter().copied().chain(offline) {
                script defer src=(script.address(root)) {}
            }
        }
    }
}

/// The icon as an address that holds it: loading it would cost every first visit a request.
pub(super) fn icon() -> String {
    let text = ICON.text.trim_end().replace('"', "'");
    let text = text.replace('%', "%25").replace('#', "%23");
    let text = text.replace('<', "%3C").replace('>', "%3E");
    format!("data:image/svg+xml,{text}")
}

/// A whole page.
pub(super) fn page(frame: &Frame<'_>, content: &Markup) -> Vec<u8> {
    let description = shortened(&frame.description);
    let markup = html! {
        (DOCTYPE)
        html lang=(frame.language) {
            head { (frame.head(&description)) }
            // The worker of a conference puts its notice after this tag.
            body { (content) }
        }
    };
    let mut bytes = markup.into_string().into_bytes();
    bytes.push(b'\n');
    bytes
}

/// A text on one line that ends at a word's end.
fn shortened(text: &str) -> String {
    let mut short = String::new();
    for word in text.split_whitespace() {
        if short.chars().count() + word.chars().count() + 2 > DESCRIPTION_LENGTH {
            short.push('…');
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_description_ends_at_a_word() {
        let short = shortened(&"many  words\n".repeat(40));
        assert!(short.chars().count() <= DESCRIPTION_LENGTH);
        assert!(
            short.ends_with("words…") || short.ends_with("many…"),
            "{short}"
        );
    }

    #[test]
    fn a_short_description_stays() {
        assert_eq!(shortened("Two days\n\nof talks."), "Two days of talks.");
    }
}
