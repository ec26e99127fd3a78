//! What a page says to whoever shows a link to it: a card with a picture and a line or two (Open Graph
//! protocol, Twitter cards). Title, description and address stand in the frame of every page.
//!
//! The picture is named, never loaded by the page itself.

use crate::model::{Conference, WebUrl};
use maud::{Markup, html};

/// The picture of a card.
pub(super) struct Picture<'a> {
    /// Where it lies.
    pub url: &'a WebUrl,
    /// What it shows, for people who do not see it.
    pub shows: &'a str,
    /// Whether it is made for the matter, and not a portrait or a logo: it is shown large.
    pub is_large: bool,
}

impl<'a> Picture<'a> {
    /// The conference's own picture, where it has one.
    pub(super) fn of_conference(conference: &'a Conference) -> Option<Self> {
        conference.logo.as_ref().map(|url| Self {
            url,
            shows: &conference.name,
            is_large: false,
        })
    }
}

/// The card of a page of a conference; `facts` are short lines with a label, of which messengers show
/// two.
pub(super) fn card(
    conference: &Conference,
    picture: Option<&Picture<'_>>,
    facts: &[(&str, String)],
) -> Markup {
    let is_large = picture.is_some_and(|picture| picture.is_large);
    let size = if is_large {
        "summary_large_image"
    } else {
        "summary"
    };
    html! {
        meta property="og:site_name" content=(conference.name);
        @if let Some(locale) = locale(&conference.language) {
            meta property="og:locale" content=(locale);
        }
        @if let Some(picture) = picture {
            meta property="og:image" content=(picture.url);
            meta property="og:image:alt" content=(picture.shows);
        }
        meta name="twitter:card" content=(size);
        @for (place, (label, fact)) in facts.iter().enumerate() {
            meta name={ "twitter:label" (place + 1) } content=(label);
            meta name={ "twitter:data" (place + 1) } content=(fact);
        }
    }
}

/// A language with the country that Open Graph wants beside it: `de_AT`. Of the languages that the
/// pages speak, the country that their dates are written for.
fn locale(language: &str) -> Option<String> {
    let mut subtags = language.split('-');
    let primary = subtags.next()?.to_ascii_lowercase();
    let is_country =
        |subtag: &&str| subtag.len() == 2 && subtag.bytes().all(|b| b.is_ascii_alphabetic());
    match (primary.as_str(), subtags.find(is_country)) {
        (_, Some(country)) => Some(format!("{primary}_{}", country.to_ascii_uppercase())),
        ("en", None) => Some("en_GB".into()),
        ("de", None) => Some("de_DE".into()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_has_a_country_or_is_not_told() {
        assert_eq!(locale("de-AT").as_deref(), Some("de_AT"));
        assert_eq!(locale("zh-Hans-cn").as_deref(), Some("zh_CN"));
        assert_eq!(locale("de").as_deref(), Some("de_DE"));
        assert_eq!(locale("pt"), None);
    }
}
