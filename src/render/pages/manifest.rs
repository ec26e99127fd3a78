//! What a conference's pages are called on a home screen (W3C Web Application Manifest).

use super::assets::ICON;
use super::frame::icon;
use super::style::DEFAULT_COLOUR;
use crate::render::Context;
use serde::Serialize;

/// Its media type (W3C Web Application Manifest §6).
pub(in crate::render) const MEDIA_TYPE: &str = "application/manifest+json";

/// The longest name that home screens show whole.
const SHORT: usize = 12;

#[derive(Serialize)]
struct Manifest<'a> {
    name: &'a str,
    short_name: &'a str,
    lang: &'a str,
    /// By the letters of each text.
    dir: &'static str,
    start_url: &'static str,
    scope: &'static str,
    display: &'static str,
    theme_color: String,
    background_color: &'static str,
    icons: [Icon; 1],
}

#[derive(Serialize)]
struct Icon {
    src: String,
    sizes: &'static str,
    r#type: &'static str,
}

/// The manifest of a conference. Its addresses are relative, so that it is right below any prefix.
pub(in crate::render) fn manifest(context: &Context<'_>) -> Vec<u8> {
    let conference = context.conference;
    let name = &*conference.name;
    crate::render::json::written(&Manifest {
        name,
        short_name: short(name),
        lang: &conference.language,
        dir: "auto",
        start_url: "./",
        scope: "./",
        display: "minimal-ui",
        theme_color: conference.colour.unwrap_or(DEFAULT_COLOUR).to_string(),
        background_color: "#ffffff",
        icons: [Icon {
            src: icon(),
            sizes: "any",
            r#type: ICON.media_type,
        }],
    })
}

/// As many words of a name as a home screen has room for, at least one.
fn short(name: &str) -> &str {
    let ends = name.match_indices(' ').map(|(end, _)| end);
    let heads = ends.chain([name.len()]).filter_map(|end| name.get(..end));
    let mut short = None;
    for head in heads {
        if short.is_none() || head.chars().count() <= SHORT {
            short = Some(head);
        }
    }
    let short = short.unwrap_or(name);
    short.trim_end_matches(|last: char| !last.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{self, Whole};
    use super::*;

    #[test]
    fn a_short_name_ends_at_a_word() {
        assert_eq!(short("FOSDEM 2026"), "FOSDEM 2026");
        assert_eq!(short("PyCon US 2026 in Pittsburgh"), "PyCon US");
        assert_eq!(
            short("Kommunikationskongress 2026"),
            "Kommunikationskongress"
        );
        assert_eq!(short("Sense & Sensibility"), "Sense");
        assert_eq!(short(""), "");
    }

    #[test]
    fn the_whole_manifest() {
        let manifest = manifest(&Whole::new(fixture::conference()).context());
        insta::assert_snapshot!(String::from_utf8(manifest).expect("UTF-8"));
    }
}
