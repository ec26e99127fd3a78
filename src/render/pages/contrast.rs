//! Colours that stay readable (WCAG 2.2 §1.4.3).

use crate::model::Colour;

/// The contrast that text needs at level AA, for letters of any size.
pub(super) const TEXT: f64 = 4.5;

/// The contrast that coloured text is given in the dark scheme, where no more than [`TEXT`] looks dim.
pub(super) const TEXT_ON_DARK: f64 = 7.0;

/// The colour nearest to `colour` on its way to black or white that has the `least` contrast to
/// `background`.
pub(super) fn readable(colour: Colour, background: Colour, least: f64) -> Colour {
    let end = if luminance(background) > 0.18 { 0 } else { 255 };
    let steps = (0..=32).map(|step| mixed(colour, end, step));
    let mut readable = steps.filter(|mixed| contrast(*mixed, background) >= least);
    readable.next().unwrap_or(Colour { rgb: [end; 3] })
}

/// `step` thirty-seconds of the way from `colour` to the grey `end`.
fn mixed(colour: Colour, end: u8, step: u16) -> Colour {
    let part = |from: u8| (u16::from(from) * (32 - step) + u16::from(end) * step) / 32;
    Colour {
        rgb: colour.rgb.map(|from| part(from) as u8),
    }
}

/// The contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").
pub(super) fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// How bright a colour is, 0 to 1 (WCAG 2.2, "relative luminance").
fn luminance(colour: Colour) -> f64 {
    let [red, green, blue] = colour.rgb.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::super::style::{DARK_CARD, LIGHT_CARD};
    use super::*;

    #[test]
    fn black_on_white_has_the_highest_contrast() {
        let (black, white) = (Colour { rgb: [0; 3] }, Colour { rgb: [255; 3] });
        assert!((contrast(black, white) - 21.0).abs() < 1e-9);
    }

    #[test]
    fn every_colour_becomes_readable_on_light_and_on_dark() {
        let levels = (0..=255).step_by(15);
        for red in levels.clone() {
            for green in levels.clone() {
                for blue in levels.clone() {
                    let colour = Colour {
                        rgb: [red, green, blue],
                    };
                    for (background, least) in [(LIGHT_CARD, TEXT), (DARK_CARD, TEXT_ON_DARK)] {
                        let text = readable(colour, background, least);
                        assert!(contrast(text, background) >= least, "{colour}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_readable_colour_stays_as_it_is() {
        let blue = Colour {
            rgb: [0x1f, 0x4e, 0x8c],
        };
        assert_eq!(readable(blue, LIGHT_CARD, TEXT), blue);
        assert_ne!(readable(blue, DARK_CARD, TEXT), blue);
    }
}
