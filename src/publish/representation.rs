use super::Coding;
use crate::render::Document;
use actix_web::http::header::{EntityTag, HeaderValue};
use actix_web::web::Bytes;
use chrono::{DateTime, Utc};
use std::sync::OnceLock;

/// A document in one content coding, with its validator (RFC 9110 §3.2, §8.8).
#[derive(Debug)]
pub struct Representation {
    coding: Coding,
    bytes: Bytes,
    etag: EntityTag,
    etag_value: HeaderValue,
}

/// A document as it is served: its metadata, and a representation a coding, each made at first use.
#[derive(Debug)]
pub struct Publication {
    media_type: HeaderValue,
    disposition: Option<HeaderValue>,
    link: Option<HeaderValue>,
    last_modified: Option<(DateTime<Utc>, HeaderValue)>,
    identity: Representation,
    gzip: OnceLock<Option<Representation>>,
    brotli: OnceLock<Option<Representation>>,
}

impl Representation {
    #[expect(
        clippy::expect_used,
        reason = "a hash in hexadecimal digits is a header value, whatever the input"
    )]
    fn new(coding: Coding, bytes: Vec<u8>) -> Self {
        let tag = tag_of(coding, &bytes);
        let value = HeaderValue::try_from(format!("\"{tag}\""));
        Self {
            coding,
            bytes: bytes.into(),
            etag: EntityTag::new_strong(tag),
            etag_value: value.expect("hexadecimal digits in quotes are a header value"),
        }
    }

    /// Its content coding.
    pub fn coding(&self) -> Coding {
        self.coding
    }

    /// What is sent.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// Its strong validator (RFC 9110 §8.8.3): a hash of the bytes sent, so it differs between
    /// codings, and changes when a renderer does.
    pub fn etag(&self) -> &EntityTag {
        &self.etag
    }

    /// The validator as a header's value.
    pub fn etag_value(&self) -> &HeaderValue {
        &self.etag_value
    }
}

/// The opaque part of an entity tag: 128 bits of BLAKE3 over the coding and the bytes.
///
/// The coding takes part because a body that happens to be the gzip file of another must not share
/// its tag (RFC 9110 §8.8.3.3).
fn tag_of(coding: Coding, bytes: &[u8]) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(coding.name().as_bytes());
    hasher.update(b":");
    hasher.update(bytes);
    hasher.finalize().to_hex().as_str()[..32].to_owned()
}

impl Publication {
    /// The document at `path`, in the identity coding so far.
    pub(super) fn new(path: &str, document: Document, link: Option<HeaderValue>) -> Self {
        let last_modified = document.last_modified.and_then(|instant| {
            let date = instant.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
            Some((instant, HeaderValue::try_from(date).ok()?))
        });
        Self {
            media_type: HeaderValue::from_static(document.media_type),
            disposition: disposition(path),
            link,
            last_modified,
            identity: Representation::new(Coding::Identity, document.bytes),
            gzip: OnceLock::new(),
            brotli: OnceLock::new(),
        }
    }

    /// The representation in a coding, made now if need be; the identity one where the coding would
    /// not make the body smaller.
    pub fn representation(&self, coding: Coding) -> &Representation {
        let compressed = match coding {
            Coding::Identity => return &self.identity,
            Coding::Gzip => &self.gzip,
            Coding::Brotli => &self.brotli,
        };
        let compressed = compressed.get_or_init(|| {
            let bytes = coding.apply(&self.identity.bytes).ok()?;
            (bytes.len() < self.identity.bytes.len()).then(|| Representation::new(coding, bytes))
        });
        compressed.as_ref().unwrap_or(&self.identity)
    }

    /// The same, but `None` while it has not been made.
    pub fn ready(&self, coding: Coding) -> Option<&Representation> {
        let compressed = match coding {
            Coding::Identity => return Some(&self.identity),
            Coding::Gzip => self.gzip.get(),
            Coding::Brotli => self.brotli.get(),
        };
        compressed.map(|compressed| compressed.as_ref().unwrap_or(&self.identity))
    }

    /// Media type with charset (RFC 9110 §8.3).
    pub fn media_type(&self) -> &HeaderValue {
        &self.media_type
    }

    /// What a client is to do with it, and under which file name (RFC 6266).
    pub fn disposition(&self) -> Option<&HeaderValue> {
        self.disposition.as_ref()
    }

    /// Who tells subscribers of changes, and under which address (W3C `WebSub` §4).
    pub fn link(&self) -> Option<&HeaderValue> {
        self.link.as_ref()
    }

    /// When its content last changed, with the header's value (RFC 9110 §8.8.2).
    pub fn last_modified(&self) -> Option<(DateTime<Utc>, &HeaderValue)> {
        let (instant, value) = self.last_modified.as_ref()?;
        Some((*instant, value))
    }

    /// Whether `other` would be sent just like this.
    pub(super) fn is_same_as(&self, other: &Self) -> bool {
        self.identity.etag == other.identity.etag
            && self.media_type == other.media_type
            && self.last_modified == other.last_modified
            && self.link == other.link
    }
}

/// Content-Disposition of calendars (RFC 6266): subscriptions open inline, a single talk is a
/// download. Slugs and codes are ASCII, so `filename*` (RFC 8187) is never needed.
fn disposition(path: &str) -> Option<HeaderValue> {
    let (stem, extension) = path.rsplit_once('.')?;
    if !matches!(extension, "ics" | "xcal" | "jcal") {
        return None;
    }
    let stem = stem.strip_suffix("/schedule").unwrap_or(stem);
    let is_talk = stem.split('/').nth(1) == Some("talks");
    let kind = if is_talk { "attachment" } else { "inline" };
    let name = match stem.split_once("/my/") {
        // What was chosen may be longer than a file's name can be.
        Some((conference, _)) => format!("{conference}-my-talks"),
        None => stem.replace('/', "-"),
    };
    HeaderValue::try_from(format!("{kind}; filename=\"{name}.{extension}\"")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn publication(text: &str) -> Publication {
        let document = Document {
            media_type: "text/calendar; charset=utf-8",
            bytes: text.repeat(100).into_bytes(),
            last_modified: DateTime::from_timestamp(1_643_997_600, 0),
        };
        Publication::new("pycascades-2022/schedule.ics", document, None)
    }

    #[test]
    fn every_coding_has_a_tag_of_its_own_that_follows_the_bytes() {
        let (one, same, other) = (
            publication("one "),
            publication("one "),
            publication("two "),
        );
        let tags = |publication: &Publication| {
            Coding::ALL.map(|coding| publication.representation(coding).etag().to_string())
        };
        let [brotli, gzip, identity] = tags(&one);
        assert!(brotli != gzip && gzip != identity && identity != brotli);
        assert_eq!(tags(&one), tags(&same));
        assert_ne!(tags(&one), tags(&other));
        assert_eq!(identity.len(), 34, "32 digits in quotes: {identity}");
        assert_eq!(one.identity.etag_value(), &*identity);
    }

    #[test]
    fn the_gzip_file_of_a_document_does_not_share_its_tag() {
        let gzip = Coding::Gzip.apply(b"text").expect("compresses");
        assert_ne!(tag_of(Coding::Gzip, &gzip), tag_of(Coding::Identity, &gzip));
    }

    #[test]
    fn a_coding_that_saves_nothing_is_not_kept() {
        let document = Document {
            media_type: "text/plain",
            bytes: b"tiny".to_vec(),
            last_modified: None,
        };
        let publication = Publication::new("x", document, None);
        assert!(publication.ready(Coding::Brotli).is_none());
        for coding in Coding::ALL {
            assert_eq!(
                publication.representation(coding).coding(),
                Coding::Identity
            );
            assert!(publication.ready(coding).is_some());
        }
    }

    #[test]
    fn a_coding_nobody_asked_for_is_not_made() {
        let publication = publication("text ");
        assert_eq!(
            publication.representation(Coding::Gzip).coding(),
            Coding::Gzip
        );
        assert!(publication.ready(Coding::Gzip).is_some());
        assert!(publication.ready(Coding::Brotli).is_none());
    }

    #[test]
    fn calendars_open_inline_and_a_talk_is_a_download() {
        let of =
            |path| disposition(path).map(|value| value.to_str().unwrap_or_default().to_owned());
        let expected = [
            ("py/schedule.ics", Some("inline; filename=\"py.ics\"")),
            ("py/schedule.jcal", Some("inline; filename=\"py.jcal\"")),
            ("py/schedule.xml", None),
            (
                "py/rooms/main.ics",
                Some("inline; filename=\"py-rooms-main.ics\""),
            ),
            (
                "py/talks/A_1.b.ics",
                Some("attachment; filename=\"py-talks-A_1.b.ics\""),
            ),
            (
                "talks/rooms/main.ics",
                Some("inline; filename=\"talks-rooms-main.ics\""),
            ),
            ("py/talks.rss", None),
            ("py/index.html", None),
        ];
        for (path, disposition) in expected {
            assert_eq!(of(path).as_deref(), disposition, "{path}");
        }
    }

    #[test]
    fn the_date_is_an_imf_fixdate() {
        let publication = publication("x");
        let (_, value) = publication.last_modified().expect("a date");
        assert_eq!(value, "Fri, 04 Feb 2022 18:00:00 GMT");
    }
}
