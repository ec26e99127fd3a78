//! The headers of every answer, and the answers that carry a document.

use super::conditional;
use crate::publish::{Coding, Publication, Representation};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};

/// How long caches may keep a document. Five minutes are fresh enough for a moved talk; after that a
/// cache may answer from its copy while it asks for a new one, and for a day while the server is
/// down (RFC 9111 §5.2.2, RFC 5861).
const CACHE_DOCUMENTS: HeaderValue = HeaderValue::from_static(
    "public, max-age=300, stale-while-revalidate=3600, stale-if-error=86400",
);

/// How long caches may keep a document of an edition: it does not change, but a later handbill may
/// write it in another way.
const CACHE_OLD: HeaderValue = HeaderValue::from_static("public, max-age=86400");

/// Answers that describe the moment are not kept (RFC 9111 §5.2.2.5).
const CACHE_NOTHING: HeaderValue = HeaderValue::from_static("no-store");

/// Whoever opens a calendar or a feed in a browser runs nothing from it (CSP Level 3).
const SANDBOX: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox");

/// Pages are HTML and inline style, with the site's own scripts, which read the site's own documents.
/// Anybody may embed them.
const PAGES: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; connect-src 'self'; manifest-src 'self'; \
     worker-src 'self'; style-src 'unsafe-inline'; img-src 'self' data:; \
     base-uri 'none'; form-action 'self'; frame-ancestors *",
);

/// A script that works without a page, as offline, reads the site's own documents, too (Service
/// Workers §4.4).
const SCRIPTS: HeaderValue = HeaderValue::from_static("default-src 'none'; connect-src 'self'");

/// How long what a document says is true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lifetime {
    /// Until the next edition.
    Newest,
    /// For ever: it is the document of one edition.
    Old,
    /// Until the next edition, and not beyond this moment.
    Until(Option<DateTime<Utc>>),
}

impl Lifetime {
    fn cache_control(self, now: DateTime<Utc>) -> HeaderValue {
        match self {
            Self::Newest | Self::Until(None) => CACHE_DOCUMENTS,
            Self::Old => CACHE_OLD,
            Self::Until(Some(moment)) => {
                let seconds = (moment - now).num_seconds().clamp(1, MAX_AGE);
                let value = format!("public, max-age={seconds}, stale-if-error=86400");
                HeaderValue::from_str(&value).unwrap_or(CACHE_NOTHING)
            }
        }
    }
}

/// The seconds for which caches keep what belongs to the newest edition.
const MAX_AGE: i64 = 300;

/// What every answer carries, errors and 304 too.
///
/// Vary must be on all of them, or a cache gives a brotli body to a client that cannot read it (RFC
/// 9110 §12.5.5, §15.4.5). Everything is public, so any page may read it (Fetch, CORS protocol).
static EVERYWHERE: [(HeaderName, HeaderValue); 6] = [
    (header::VARY, HeaderValue::from_static("Accept-Encoding")),
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("strict-origin-when-cross-origin"),
    ),
    (
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    ),
    (
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("ETag, Last-Modified, Link, Retry-After"),
    ),
    (
        header::CROSS_ORIGIN_RESOURCE_POLICY,
        HeaderValue::from_static("cross-origin"),
    ),
];

/// The answer with a document, or 304 for a client that has it.
pub(super) fn document(
    request: &HttpRequest,
    publication: &Publication,
    representation: &Representation,
    lifetime: Lifetime,
) -> HttpResponse {
    let now = Utc::now();
    let is_known = conditional::is_known(request, publication, representation, now);
    // 304 has no body and no Content-Length: a client that reads one would wait for it (RFC 9110
    // §15.4.5).
    let mut response = empty(if is_known {
        StatusCode::NOT_MODIFIED
    } else {
        StatusCode::OK
    });
    let headers = response.headers_mut();
    headers.insert(header::ETAG, representation.etag_value().clone());
    headers.insert(header::CACHE_CONTROL, lifetime.cache_control(now));
    if let Some(link) = publication.link() {
        headers.insert(header::LINK, link.clone());
    }
    if let Some((_, value)) = conditional::last_modified(publication, now) {
        headers.insert(header::LAST_MODIFIED, value.clone());
    }
    if is_known {
        return response;
    }
    let media_type = publication.media_type();
    let is = |start: &str| media_type.as_bytes().starts_with(start.as_bytes());
    headers.insert(header::CONTENT_TYPE, media_type.clone());
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        match () {
            () if is("text/html") => PAGES,
            () if is("text/javascript") => SCRIPTS,
            () => SANDBOX,
        },
    );
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("none"));
    if let Some(disposition) = publication.disposition() {
        headers.insert(header::CONTENT_DISPOSITION, disposition.clone());
    }
    if representation.coding() != Coding::Identity {
        let name = representation.coding().name();
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    let body = representation.bytes().clone();
    response.set_body(body).map_into_boxed_body()
}

/// A text about the moment, which no cache keeps.
pub(super) fn text(status: StatusCode, media_type: &'static str, text: String) -> HttpResponse {
    let mut response = empty(status);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CACHE_CONTROL, CACHE_NOTHING);
    headers.insert(header::CONTENT_SECURITY_POLICY, SANDBOX);
    response.set_body(text).map_into_boxed_body()
}

/// The answer with what caches must know of one that depends on what media types the client likes
/// (RFC 9110 §12.5.5).
pub(super) fn varying_with_accept(mut response: HttpResponse) -> HttpResponse {
    let vary = HeaderValue::from_static("Accept, Accept-Encoding");
    response.headers_mut().insert(header::VARY, vary);
    response
}

/// The same answer with a page as its content.
pub(super) fn page(mut response: HttpResponse, page: Vec<u8>) -> HttpResponse {
    let headers = response.headers_mut();
    let media_type = HeaderValue::from_static("text/html; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, media_type);
    headers.insert(header::CONTENT_SECURITY_POLICY, PAGES);
    response.set_body(page).map_into_boxed_body()
}

/// An answer to a program, which no cache keeps.
pub(super) fn json(status: StatusCode, value: &serde_json::Value) -> HttpResponse {
    text(status, "application/json", value.to_string())
}

/// A permanent redirect (RFC 9110 §15.4.9) to a relative reference, so that it is right behind a
/// proxy that adds a prefix.
pub(super) fn redirect(location: &str) -> HttpResponse {
    let mut response = empty(StatusCode::PERMANENT_REDIRECT);
    let headers = response.headers_mut();
    if let Ok(location) = HeaderValue::from_str(location) {
        headers.insert(header::LOCATION, location);
    }
    headers.insert(header::CACHE_CONTROL, CACHE_DOCUMENTS);
    response
}

/// The methods that every address knows (RFC 9110 §10.2.1).
pub(super) const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, OPTIONS");

/// The answer to OPTIONS, and to a browser's preflight: conditional requests from any page.
pub(super) fn options() -> HttpResponse {
    let mut response = empty(StatusCode::NO_CONTENT);
    let headers = response.headers_mut();
    headers.insert(header::ALLOW, METHODS);
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        HeaderValue::from_static("If-None-Match, If-Modified-Since, Cache-Control, A-IM"),
    );
    headers.insert(
        header::ACCESS_CONTROL_MAX_AGE,
        HeaderValue::from_static("86400"),
    );
    response
}

/// An answer without content. The headers go into the response's own map: actix keeps it for the
/// next one, with its memory.
fn empty(status: StatusCode) -> HttpResponse {
    let mut response = HttpResponse::new(status);
    let headers = response.headers_mut();
    for (name, value) in &EVERYWHERE {
        headers.insert(name.clone(), value.clone());
    }
    response
}
