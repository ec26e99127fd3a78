//! QR codes, drawn in the page: nobody is asked for a picture, and they print at any size.

use maud::{Markup, html};
use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write;

/// The empty border that scanners need, in modules (ISO/IEC 18004 §5.3.8).
const QUIET: i32 = 4;

/// The code of an address, with a name for those who do not see it and a hint for those who do;
/// nothing for an address that is longer than a code can be, about 2,900 characters.
///
/// It is black on white in the dark, too: many scanners read nothing else.
pub(super) fn figure(address: &str, name: &str, hint: &str) -> Markup {
    let Ok(code) = QrCode::encode_text(address, QrCodeEcc::Low) else {
        return html! {};
    };
    let side = code.size() + 2 * QUIET;
    html! {
        figure {
            svg.qr xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (side) " " (side) } role="img"
                aria-label=(name) shape-rendering="crispEdges" {
                path fill="#fff" d={ "M0 0h" (side) "v" (side) "H0z" } {}
                path fill="#000" d=(dark(&code)) {}
            }
            figcaption { (hint) }
        }
    }
}

/// The dark modules, each run of a row in one stroke.
fn dark(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let start = x;
            while code.get_module(x, y) {
                x += 1;
            }
            let length = x - start;
            if length > 0 {
                let (left, top) = (start + QUIET, y + QUIET);
                let _ = write!(path, "M{left} {top}h{length}v1h-{length}z");
            }
            x += 1;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_a_border_and_a_name() {
        let svg = figure(
            "https://example.org/c/my/hIAf-/",
            "QR code of \"this\" list",
            "",
        )
        .into_string();
        assert!(svg.contains("viewBox=\"0 0 33 33\""), "{svg}");
        assert!(svg.contains("QR code of &quot;this&quot; list"));
        // The finder pattern in the upper left corner is seven modules wide.
        assert!(svg.contains("M4 4h7v1h-7z"), "{svg}");
    }

    #[test]
    fn an_address_that_no_code_can_hold_has_none() {
        assert_eq!(figure(&"a".repeat(3000), "too long", "").into_string(), "");
    }
}
