//! Conditional requests (RFC 9110 §13). The only place that compares validators.
//!
//! # Not supported
//!
//! If-Match and If-Unmodified-Since guard writes (RFC 9110 §13.1.1), and nothing is written here.

use crate::publish::{Coding, Publication, Representation};
use actix_web::HttpMessage;
use actix_web::http::header::{self, EntityTag, Header, HeaderValue, IfModifiedSince, IfNoneMatch};
use chrono::{DateTime, Utc};
use std::time::SystemTime;

/// Whether the client has the selected representation already, so that 304 will do.
///
/// If-None-Match decides alone where it is sent, whatever it says (RFC 9110 §13.2.2).
pub(super) fn is_known(
    request: &impl HttpMessage,
    publication: &Publication,
    selected: &Representation,
    now: DateTime<Utc>,
) -> bool {
    let headers = request.headers();
    // Most clients send back what they got: then there is nothing to understand.
    let sent = headers.get_all(header::IF_NONE_MATCH);
    if sent.eq([selected.etag_value()]) {
        return true;
    }
    if headers.contains_key(header::IF_NONE_MATCH) {
        return match IfNoneMatch::parse(request) {
            Ok(IfNoneMatch::Any) => true,
            Ok(IfNoneMatch::Items(tags)) => {
                tags.iter().any(|tag| is_match(tag, publication, selected))
            }
            Err(_) => false,
        };
    }
    // More than one value is none (RFC 9110 §13.1.3).
    if headers.get_all(header::IF_MODIFIED_SINCE).count() != 1 {
        return false;
    }
    match (
        IfModifiedSince::parse(request),
        last_modified(publication, now),
    ) {
        (Ok(IfModifiedSince(date)), Some((last_modified, _))) => {
            let since = DateTime::<Utc>::from(SystemTime::from(date));
            since <= now && last_modified.timestamp() <= since.timestamp()
        }
        _ => false,
    }
}

/// When the content last changed, with the header's value; `None` when nothing says so, or when it
/// would lie in the future (RFC 9110 §8.8.2.1).
pub(super) fn last_modified(
    publication: &Publication,
    now: DateTime<Utc>,
) -> Option<(DateTime<Utc>, &HeaderValue)> {
    publication
        .last_modified()
        .filter(|(instant, _)| *instant <= now)
}

/// Weak comparison (RFC 9110 §13.1.2), with one more rule: a strong tag names one coding's bytes, so
/// it matches in that coding only; a weak one, as proxies make them when they change the coding,
/// names the document, so it matches in any.
fn is_match(tag: &EntityTag, publication: &Publication, selected: &Representation) -> bool {
    let is_sibling = || {
        let made = Coding::ALL
            .into_iter()
            .filter_map(|coding| publication.ready(coding));
        made.into_iter()
            .any(|representation| tag.weak_eq(representation.etag()))
    };
    tag.weak_eq(selected.etag()) || (tag.weak && is_sibling())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture::{UPDATED, catalogue};
    use actix_web::test::TestRequest;
    use chrono::TimeDelta;

    /// Sends `headers`, in which `{br}`, `{gzip}` and `{identity}` stand for the tags as received.
    #[track_caller]
    fn check(asked: Coding, headers: &[(&str, &str)], expected: bool) {
        let catalogue = catalogue();
        let published = catalogue.get("example/schedule.ics").expect("a document");
        let publication = published.publication().expect("rendered");
        let mut request = TestRequest::get();
        for (name, value) in headers {
            let mut value = (*value).to_owned();
            for coding in Coding::ALL {
                let tag = publication.representation(coding).etag_value();
                let tag = tag.to_str().expect("a text");
                value = value.replace(&format!("{{{}}}", coding.name()), tag);
            }
            request = request.append_header((*name, value));
        }
        let now = UPDATED + TimeDelta::days(30);
        let selected = publication.representation(asked);
        assert_eq!(selected.coding(), asked);
        let found = is_known(&request.to_http_request(), publication, selected, now);
        assert_eq!(found, expected, "{asked:?} {headers:?}");
    }

    #[test]
    fn if_none_match() {
        let table = [
            ("{identity}", true),
            ("W/{identity}", true),
            ("\"x\", {identity}", true),
            ("\"x\",{identity},\"y\"", true),
            ("  {identity}  ", true),
            (",, {identity},", true),
            ("garbage, {identity}", true),
            ("*", true),
            ("\"x\"", false),
            ("W/\"x\"", false),
            ("{gzip}", false),
            ("{br}, {gzip}", false),
            ("W/{gzip}", true),
            ("W/{br}", true),
            ("w/{identity}", false),
            ("garbage", false),
            ("", false),
            ("\"", false),
        ];
        for (value, expected) in table {
            check(Coding::Identity, &[("If-None-Match", value)], expected);
        }
        check(Coding::Gzip, &[("If-None-Match", "{gzip}")], true);
        check(Coding::Gzip, &[("If-None-Match", "{identity}")], false);
        check(Coding::Brotli, &[("If-None-Match", "{br}")], true);
        check(Coding::Brotli, &[("If-None-Match", "W/{gzip}")], true);
        let two = [("If-None-Match", "\"x\""), ("If-None-Match", "{identity}")];
        check(Coding::Identity, &two, true);
    }

    #[test]
    fn a_tag_with_a_suffix_for_the_coding_does_not_match() {
        let catalogue = catalogue();
        let publication = catalogue
            .get("example/")
            .expect("a page")
            .publication()
            .expect("rendered");
        let identity = publication.representation(Coding::Identity);
        let tag = format!("\"{}-gzip\"", identity.etag().tag());
        check(Coding::Identity, &[("If-None-Match", &tag)], false);
    }

    #[test]
    fn if_modified_since() {
        // The content changed on Fri, 04 Feb 2022 18:00:00 GMT; now is 30 days later.
        let table = [
            ("Fri, 04 Feb 2022 18:00:00 GMT", true),
            ("Friday, 04-Feb-22 18:00:00 GMT", true),
            ("Fri Feb  4 18:00:00 2022", true),
            ("Fri, 04 Feb 2022 18:00:01 GMT", true),
            ("Fri, 04 Feb 2022 17:59:59 GMT", false),
            ("Fri, 01 Jan 2100 00:00:00 GMT", false),
            ("2022-02-04T18:00:00Z", false),
            ("1643997600", false),
            ("garbage", false),
            ("", false),
        ];
        for (value, expected) in table {
            check(Coding::Identity, &[("If-Modified-Since", value)], expected);
        }
        let two = [("If-Modified-Since", "Fri, 04 Feb 2022 18:00:00 GMT"); 2];
        check(Coding::Identity, &two, false);
        check(Coding::Identity, &[], false);
    }

    #[test]
    fn if_none_match_beats_if_modified_since() {
        let (known, unknown) = (
            "Fri, 04 Feb 2022 18:00:00 GMT",
            "Thu, 03 Feb 2022 18:00:00 GMT",
        );
        let both = |tag, date| [("If-None-Match", tag), ("If-Modified-Since", date)];
        check(Coding::Identity, &both("\"x\"", known), false);
        check(Coding::Identity, &both("garbage", known), false);
        check(Coding::Identity, &both("{identity}", unknown), true);
    }

    #[test]
    fn a_last_modified_in_the_future_is_not_told() {
        let catalogue = catalogue();
        let published = catalogue.get("example/schedule.ics").expect("a document");
        let publication = published.publication().expect("rendered");
        assert!(last_modified(publication, UPDATED).is_some());
        assert!(last_modified(publication, UPDATED - TimeDelta::seconds(1)).is_none());
    }
}
