//! Which content coding a client gets (RFC 9110 §12.5.3), and how it is told of a problem.
//!
//! The media type of a document is never negotiated: Google's importer sends no Accept header, and
//! some feed readers ask an Atom feed for RSS. The address decides.

use crate::publish::Coding;
use actix_web::http::header::HeaderValue;

/// A quality value in thousandths (RFC 9110 §12.4.2).
type Quality = u16;

/// The coding that a client likes best, the smaller result where it likes two alike. A client that
/// says nothing, or refuses everything, gets the document as it is.
pub(super) fn coding<'a>(accept_encoding: impl IntoIterator<Item = &'a HeaderValue>) -> Coding {
    let mut wanted = Wanted::default();
    for value in accept_encoding {
        for element in value.as_bytes().split(|byte| *byte == b',') {
            wanted.add(element);
        }
    }
    // The first of equals wins, which is the smallest.
    let mut best = (Coding::Identity, 0);
    for coding in Coding::ALL {
        let quality = wanted.quality(coding);
        if quality > best.1 {
            best = (coding, quality);
        }
    }
    best.0
}

/// Whether a client likes pages best, as browsers do (RFC 9110 §12.5.1). One that takes anything is a
/// program, and so is one that names a form for programs as well.
pub(super) fn prefers_pages<'a>(accept: impl IntoIterator<Item = &'a HeaderValue>) -> bool {
    let (mut page, mut data) = (0, 0);
    for value in accept {
        for element in value.as_bytes().split(|byte| *byte == b',') {
            let mut parts = element.split(|byte| *byte == b';').map(<[u8]>::trim_ascii);
            let name = parts.next().unwrap_or_default().to_ascii_lowercase();
            let quality = quality_of(parts).unwrap_or(0);
            if name == b"text/html" {
                page = page.max(quality);
            } else if is_for_programs(&name) {
                data = data.max(quality);
            }
        }
    }
    page > data
}

fn is_for_programs(media_type: &[u8]) -> bool {
    let is_xml = media_type.ends_with(b"+xml") && media_type.starts_with(b"application/");
    media_type.ends_with(b"json")
        || media_type == b"text/calendar"
        || is_xml && media_type != b"application/xhtml+xml"
}

/// The quality among an element's parameters, 1000 where none is named; `None` where it is none.
fn quality_of<'a>(mut parameters: impl Iterator<Item = &'a [u8]>) -> Option<Quality> {
    parameters.try_fold(1000, |quality, parameter| match parameter {
        [b'q' | b'Q', b'=', value @ ..] => parse_quality(value),
        _ => Some(quality),
    })
}

#[derive(Default)]
struct Wanted {
    brotli: Option<Quality>,
    gzip: Option<Quality>,
    identity: Option<Quality>,
    any: Option<Quality>,
}

impl Wanted {
    /// Reads one element; an element that is not well-formed is as if it were not there.
    fn add(&mut self, element: &[u8]) {
        let mut parts = element.split(|byte| *byte == b';').map(<[u8]>::trim_ascii);
        let name = parts.next().unwrap_or_default();
        let quality = quality_of(parts);
        let is = |known: &str| name.eq_ignore_ascii_case(known.as_bytes());
        let place = if is("br") {
            &mut self.brotli
        } else if is("gzip") || is("x-gzip") {
            // RFC 9110 §8.4.1.3: x-gzip is the same as gzip.
            &mut self.gzip
        } else if is("identity") {
            &mut self.identity
        } else if is("*") {
            &mut self.any
        } else {
            return;
        };
        if quality.is_some() {
            *place = quality;
        }
    }

    fn quality(&self, coding: Coding) -> Quality {
        match coding {
            Coding::Brotli => self.brotli.or(self.any).unwrap_or(0),
            Coding::Gzip => self.gzip.or(self.any).unwrap_or(0),
            // Acceptable unless it is excluded, but nobody asked for it.
            Coding::Identity => self.identity.or(self.any).unwrap_or(1),
        }
    }
}

/// `0`, `0.5`, `1.000`: at most three decimals, at most 1.
fn parse_quality(value: &[u8]) -> Option<Quality> {
    let (whole, decimals) = match value {
        [whole @ (b'0' | b'1')] => (whole, &[][..]),
        [whole @ (b'0' | b'1'), b'.', decimals @ ..] => (whole, decimals),
        _ => return None,
    };
    if decimals.len() > 3 || !decimals.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let mut thousandths = Quality::from(whole - b'0');
    for place in 0..3 {
        let digit = decimals.get(place).map_or(0, |digit| digit - b'0');
        thousandths = thousandths * 10 + Quality::from(digit);
    }
    (thousandths <= 1000).then_some(thousandths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_client_decides_and_the_smaller_result_wins_a_tie() {
        use Coding::{Brotli, Gzip, Identity};
        let table: &[(&[&str], Coding)] = &[
            // As sent: Thunderbird, Evolution, rss-parser, curl.
            (&["gzip, deflate, br, zstd"], Brotli),
            (&["gzip, deflate"], Gzip),
            (&[], Identity),
            (&[""], Identity),
            (&["identity"], Identity),
            (&["br"], Brotli),
            (&["BR;Q=1"], Brotli),
            (&["x-gzip"], Gzip),
            (&["deflate, zstd"], Identity),
            (&["*"], Brotli),
            (&["br;q=0, *"], Gzip),
            (&["gzip;q=0"], Identity),
            (&["gzip;q=0, br;q=0.000"], Identity),
            (&["br;q=0.5, gzip;q=0.8"], Gzip),
            (&["br;q=0.5, gzip;q=0.500"], Brotli),
            (&["gzip;q=0.001"], Gzip),
            (&["gzip;q=0.5, identity"], Identity),
            (&["gzip;q=0.5, identity;q=0.5"], Gzip),
            (&["identity;q=0.5, *;q=0"], Identity),
            (&["identity;q=0, gzip;q=0.1"], Gzip),
            (&["*;q=0"], Identity),
            (&["identity;q=0"], Identity),
            (&["gzip", "br"], Brotli),
            (&["gzip ; q=1.0 , br ; q=0.9"], Gzip),
            (&["gzip;q=2, br;q=nan, ,;q=1,="], Identity),
            (&["gzip;q=0.1234"], Identity),
            (&["gzip;q=1.001"], Identity),
            (&["gzip;q="], Identity),
            (&["gzippo, brrr"], Identity),
        ];
        for (lines, expected) in table {
            let lines: Vec<HeaderValue> = lines
                .iter()
                .map(|line| HeaderValue::from_static(line))
                .collect();
            assert_eq!(coding(&lines), *expected, "{lines:?}");
        }
    }

    #[test]
    fn browsers_get_pages_and_programs_do_not() {
        let table = [
            // As sent: Chromium, Firefox, Safari.
            (
                "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8",
                true,
            ),
            (
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                true,
            ),
            ("TEXT/HTML;level=1;Q=0.5", true),
            // As sent: curl, Thunderbird, Miniflux, a browser's script.
            ("*/*", false),
            ("text/calendar,text/plain;q=0.8,*/*;q=0.5", false),
            (
                "application/xml, application/atom+xml, application/rss+xml, application/feed+json, text/html, */*;q=0.9",
                false,
            ),
            ("application/json", false),
            ("text/*", false),
            ("text/html;q=0", false),
            ("text/html;q=nan", false),
            ("application/problem+json, text/html;q=0.9", false),
            ("application/problem+json;q=0.5, text/html;q=0.9", true),
            ("", false),
        ];
        for (accept, expected) in table {
            let value = HeaderValue::from_static(accept);
            assert_eq!(prefers_pages([&value]), expected, "{accept}");
        }
        assert!(!prefers_pages([]));
    }

    #[test]
    fn bytes_that_are_no_text_are_ignored() {
        let value = HeaderValue::from_bytes(b"\xFF\xFE, gzip").expect("a header value");
        assert_eq!(coding([&value]), Coding::Gzip);
    }
}
