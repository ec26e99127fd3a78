//! One GET: its redirects, its limits, and which servers may be asked at all.
//!
//! Every name is resolved once, its addresses are judged, and only those that passed are connected to:
//! a second look-up could answer otherwise. Redirects are followed here, so that each server on the
//! way is judged alike. No proxy is used, whatever the environment says: it would resolve names itself.

use super::address::not_public;
use super::failure::Failure;
use super::remote_source::{RemoteSource, has_credentials, shown};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::io::ErrorKind;
use std::net::IpAddr;
use std::time::{Duration, Instant};
use ureq::config::Config;
use ureq::http::header::{
    AUTHORIZATION, CONTENT_ENCODING, CONTENT_LENGTH, ETAG, HeaderName, IF_MODIFIED_SINCE,
    IF_NONE_MATCH, LAST_MODIFIED, LOCATION, RETRY_AFTER,
};
use ureq::http::{Response, StatusCode, Uri};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body};
use url::Url;

/// The largest answer that is read, in bytes, after decompression.
pub(super) const LARGEST: u64 = 32 << 20;

/// The most redirects that are followed.
const MOST_REDIRECTS: usize = 5;

const USER_AGENT: &str = concat!("handbill/", env!("CARGO_PKG_VERSION"));

/// pretalx answers a page's address with a table of text where text is welcome, so it is not.
const ACCEPT: &str = "application/json, application/xml, text/xml, text/calendar, text/markdown, text/html;q=0.5, */*;q=0.1";

/// A question to a server.
pub(super) struct Request<'a> {
    /// The source that it is part of.
    pub source: &'a RemoteSource,
    /// What is asked for.
    pub url: &'a Url,
    /// What is known already.
    pub validators: Option<&'a Validators>,
    /// The source's token.
    pub token: Option<&'a str>,
    /// Now, for answers that name a date.
    pub now: DateTime<Utc>,
}

impl Request<'_> {
    /// What an address is asked with, where it is the one that answered before.
    fn known_at(&self, url: &Url) -> Option<&Validators> {
        self.validators.filter(|known| known.url == *url)
    }
}

/// What a server said to know its answer again by (RFC 9110 §8.8), as it wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Validators {
    /// The address that answered, after redirects.
    pub url: Url,
    /// Its ETag.
    pub etag: Option<String>,
    /// Its Last-Modified.
    pub last_modified: Option<String>,
}

impl Validators {
    /// Whether there is anything to ask by: else `304 Not Modified` would be no answer.
    pub(super) fn can_ask(&self) -> bool {
        self.etag.is_some() || self.last_modified.is_some()
    }
}

/// What a server answered.
pub(super) enum Answer {
    /// Nothing new.
    Unchanged,
    /// The whole of what it has.
    Whole(Vec<u8>, Validators),
}

/// Asks, and follows redirects.
///
/// # Errors
///
/// When there is no whole answer in time.
pub(super) fn get(request: &Request<'_>) -> Result<Answer, Failure> {
    let deadline = Instant::now() + request.source.timeout;
    let mut url = request.url.clone();
    for _ in 0..=MOST_REDIRECTS {
        let mut response = ask(request, &url, deadline)?;
        let status = response.status();
        match status {
            StatusCode::NOT_MODIFIED if request.known_at(&url).is_some() => {
                return Ok(Answer::Unchanged);
            }
            StatusCode::OK => return whole(request, &url, &mut response),
            StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT => url = target(&url, &response)?,
            _ => return Err(refusal(request, &url, &response)),
        }
    }
    Err(Failure::lasting(
        format!(
            "{} redirects more than {MOST_REDIRECTS} times",
            shown(request.url)
        ),
        "name the address that it should lead to",
    ))
}

fn ask(request: &Request<'_>, url: &Url, deadline: Instant) -> Result<Response<Body>, Failure> {
    let config = Agent::config_builder()
        .proxy(None)
        .max_redirects(0)
        .http_status_as_error(false)
        .max_idle_connections(0)
        .timeout_global(Some(deadline.saturating_duration_since(Instant::now())))
        .user_agent(USER_AGENT)
        .accept(ACCEPT)
        .build();
    let resolver = Vetted {
        may_be_private: request.source.may_be_private(url),
        inner: DefaultResolver::default(),
    };
    let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
    let mut call = agent.get(url.as_str());
    if let Some(token) = request.token.filter(|_| request.source.is_own_origin(url)) {
        call = call.header(AUTHORIZATION, format!("Token {token}"));
    }
    if let Some(known) = request.known_at(url) {
        if let Some(etag) = &known.etag {
            call = call.header(IF_NONE_MATCH, etag);
        }
        if let Some(last_modified) = &known.last_modified {
            call = call.header(IF_MODIFIED_SINCE, last_modified);
        }
    }
    call.call().map_err(|error| failed(request, url, error))
}

/// Reads the body of an answer.
fn whole(
    request: &Request<'_>,
    url: &Url,
    response: &mut Response<Body>,
) -> Result<Answer, Failure> {
    let length = header(response, CONTENT_LENGTH).and_then(|length| length.parse().ok());
    if length.is_some_and(|length: u64| length > LARGEST) {
        return Err(too_large(url));
    }
    if let Some(coding) = header(response, CONTENT_ENCODING)
        && !coding.eq_ignore_ascii_case("identity")
    {
        let message = format!("{} answers in the coding \"{coding}\"", shown(url));
        return Err(Failure::lasting(message, "handbill asks for gzip or none"));
    }
    let validators = Validators {
        url: url.clone(),
        etag: header(response, ETAG),
        last_modified: header(response, LAST_MODIFIED),
    };
    let body = response.body_mut().with_config().limit(LARGEST);
    let bytes = body
        .read_to_vec()
        .map_err(|error| failed(request, url, error))?;
    Ok(Answer::Whole(bytes, validators))
}

fn header(response: &Response<Body>, name: HeaderName) -> Option<String> {
    let value = response.headers().get(name)?.to_str().ok()?;
    Some(value.to_owned())
}

/// Where a redirect leads.
fn target(url: &Url, response: &Response<Body>) -> Result<Url, Failure> {
    let from = shown(url);
    let remedy = "ask those who run the server, or name another address";
    let location = header(response, LOCATION);
    let target = location.and_then(|location| url.join(location.trim()).ok());
    let Some(mut target) = target else {
        return Err(Failure::lasting(
            format!("{from} redirects to nowhere"),
            remedy,
        ));
    };
    target.set_fragment(None);
    let to = match target.scheme() {
        "http" if url.scheme() == "https" => Some("without encryption"),
        "http" | "https" if has_credentials(&target) => Some("with a password in it"),
        "http" | "https" => None,
        _ => Some("that is none of the web"),
    };
    match to {
        None => Ok(target),
        Some(what) => {
            let message = format!("{from} redirects to an address {what}");
            Err(Failure::lasting(message, remedy))
        }
    }
}

/// What a status other than success means.
fn refusal(request: &Request<'_>, url: &Url, response: &Response<Body>) -> Failure {
    let (from, status) = (shown(url), response.status());
    let message = format!("{from} answered {status}");
    match status {
        StatusCode::NOT_FOUND | StatusCode::GONE => Failure::lasting(
            message,
            "check the address; is the schedule published there?",
        ),
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Failure::lasting(
            message,
            "make it public, or name the environment variable with a token in `token_env`",
        ),
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_EARLY | StatusCode::TOO_MANY_REQUESTS => {
            Failure {
                retry_after: retry_after(response, request.now),
                ..Failure::passing(message)
            }
        }
        _ if status.is_server_error() => Failure {
            retry_after: retry_after(response, request.now),
            ..Failure::passing(message)
        },
        _ => Failure::lasting(message, "check the address"),
    }
}

fn retry_after(response: &Response<Body>, now: DateTime<Utc>) -> Option<Duration> {
    parse_retry_after(&header(response, RETRY_AFTER)?, now)
}

/// Seconds, or a date (RFC 9110 §10.2.3).
fn parse_retry_after(value: &str, now: DateTime<Utc>) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = DateTime::parse_from_rfc2822(value).ok()?;
    (date.to_utc() - now).to_std().ok()
}

/// What an answer that is too large means.
pub(super) fn too_large(url: &Url) -> Failure {
    let message = format!(
        "{} has more than {} MiB, which is no programme",
        shown(url),
        LARGEST >> 20
    );
    Failure::lasting(message, "check the address")
}

fn failed(request: &Request<'_>, url: &Url, error: ureq::Error) -> Failure {
    let from = shown(url);
    let io = match error {
        ureq::Error::Timeout(_) => {
            let seconds = request.source.timeout.as_secs_f64();
            let message = format!("{from} gave no whole answer within {seconds} s");
            return Failure::passing(message);
        }
        ureq::Error::BodyExceedsLimit(_) => return too_large(url),
        ureq::Error::Other(error) => {
            return match error.downcast::<Refused>() {
                Ok(refused) => refused.of(request, url),
                Err(error) => Failure::passing(format!("{from} cannot be asked: {error}")),
            };
        }
        ureq::Error::HostNotFound => {
            return Failure::passing(format!("{from} has a host that is not known"));
        }
        ureq::Error::Io(error) => error,
        error => return Failure::passing(format!("{from} gave no whole answer: {error}")),
    };
    match io.kind() {
        ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted => {
            Failure::passing(format!("{from} broke off its answer"))
        }
        _ => Failure::passing(format!("{from} cannot be reached: {io}")),
    }
}

/// Resolves names, and lets only addresses pass that may be asked.
#[derive(Debug)]
struct Vetted {
    may_be_private: bool,
    inner: DefaultResolver,
}

impl Resolver for Vetted {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let mut passed = self.empty();
        let mut refused = None;
        for address in &found {
            match not_public(address.ip()).filter(|_| !self.may_be_private) {
                None => passed.push(*address),
                Some(what) => refused = Some((address.ip(), what)),
            }
        }
        match refused {
            Some((address, what)) if passed.is_empty() => {
                Err(ureq::Error::Other(Box::new(Refused { address, what })))
            }
            _ => Ok(passed),
        }
    }
}

/// A server that must not be asked.
#[derive(Debug)]
struct Refused {
    address: IpAddr,
    what: &'static str,
}

impl Refused {
    fn of(&self, request: &Request<'_>, url: &Url) -> Failure {
        let (from, target) = (shown(request.url), shown(url));
        if *url == *request.url {
            return Failure::lasting(
                format!("{from} leads to {self}"),
                "if that is meant, say private_network = true beside its url, or --private-network",
            );
        }
        Failure::lasting(
            format!("{from} redirects to {target}, which leads to {self}"),
            "that is never followed; name the address that should be asked",
        )
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.address, self.what)
    }
}

impl std::error::Error for Refused {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_says_in_seconds_or_by_date_when_to_ask_again() {
        let now = "2026-11-24T14:30:00Z".parse().expect("an instant");
        let read = |value| parse_retry_after(value, now).map(|wait| wait.as_secs());
        assert_eq!(read("120"), Some(120));
        assert_eq!(read("Tue, 24 Nov 2026 14:31:00 GMT"), Some(60));
        assert_eq!(read("Tue, 24 Nov 2026 14:00:00 GMT"), None);
        assert_eq!(read("soon"), None);
    }
}
