//! The one style sheet, with the colours of the conference and of its tracks.

use super::contrast::{TEXT, TEXT_ON_DARK, readable};
use crate::model::{Colour, Track};
use std::fmt::Write;
use std::sync::Arc;

/// The colour of pages that have none of their own.
pub(super) const DEFAULT_COLOUR: Colour = Colour {
    rgb: [0x2b, 0x5f, 0x8f],
};

/// The darkest surface under text in the light scheme, `--card` in the sheet.
pub(super) const LIGHT_CARD: Colour = Colour {
    rgb: [0xf5, 0xf6, 0xf7],
};

/// The lightest surface under text in the dark scheme, `--card` in the sheet.
pub(super) const DARK_CARD: Colour = Colour {
    rgb: [0x1f, 0x23, 0x28],
};

const SHEET: &str = include_str!("style.css");

/// The sheet for a page of this colour. Nothing in it comes from a text of the data.
pub(super) fn sheet(colour: Colour, tracks: &[Arc<Track>]) -> String {
    let light = readable(colour, LIGHT_CARD, TEXT);
    let dark = readable(colour, DARK_CARD, TEXT_ON_DARK);
    let mut sheet = format!(
        "\n:root{{--brand:{colour};--accent:{light}}}\n\
         @media (prefers-color-scheme:dark){{:root{{--brand:{dark};--accent:{dark}}}}}\n{SHEET}"
    );
    for track in tracks {
        if let Some(colour) = track.colour {
            let _ = writeln!(sheet, ".track-{}{{--track:{colour}}}", track.slug);
        }
    }
    sheet
}

#[cfg(test)]
mod tests {
    use super::super::contrast::contrast;
    use super::*;

    /// The values of a custom property in the sheet: light, dark, print.
    fn values(property: &str) -> Vec<Colour> {
        let mut pieces = SHEET.split(property);
        pieces.next();
        pieces
            .filter_map(|piece| Colour::parse(piece.get(..7)?))
            .collect()
    }

    #[test]
    fn the_sheet_is_small_and_asks_nobody() {
        assert!(SHEET.len() < 6 * 1024, "{} bytes", SHEET.len());
        assert!(!SHEET.contains("url(") && !SHEET.contains("@import"));
    }

    #[test]
    fn colours_are_computed_for_the_surfaces_of_the_sheet() {
        assert_eq!(values("--card:")[..2], [LIGHT_CARD, DARK_CARD]);
    }

    #[test]
    fn text_is_readable_on_every_surface_of_the_sheet() {
        for surface in ["--page:", "--card:"] {
            for text in ["--text:", "--soft:", "--alert:"] {
                let pairs = values(surface).into_iter().zip(values(text));
                for (surface, text) in pairs {
                    assert!(contrast(surface, text) >= TEXT, "{text} on {surface}");
                }
            }
        }
    }
}
