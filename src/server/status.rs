//! How the server is: for load balancers, monitoring and crawlers.

use super::{Live, answer, metrics};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

const PLAIN: &str = "text/plain; charset=utf-8";

/// Allows everything (RFC 9309): Google Calendar does not fetch a calendar that crawlers may not.
const ROBOTS: &str = "User-agent: *\nAllow: /\n";

/// The answer at one of the addresses that are no document.
pub(super) fn at(path: &str, live: &Live) -> Option<HttpResponse> {
    match path {
        "robots.txt" => Some(answer::text(StatusCode::OK, PLAIN, ROBOTS.into())),
        "healthz" => Some(answer::text(StatusCode::OK, PLAIN, "ok\n".into())),
        "readyz" => Some(ready(live)),
        "metrics" => {
            let text = live.metrics().text(live.look().len());
            Some(answer::text(StatusCode::OK, metrics::MEDIA_TYPE, text))
        }
        _ => None,
    }
}

#[derive(Serialize)]
struct Ready<'a> {
    status: &'static str,
    conferences: Vec<Conference<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    problems: &'a [String],
}

#[derive(Serialize)]
struct Conference<'a> {
    slug: &'a str,
    edition: u64,
}

/// `ready`; `stale` while a broken change of the data is held back, which is no reason to take the
/// server out of service, since the last good edition is up; `unready`, with 503, while there is
/// none.
fn ready(live: &Live) -> HttpResponse {
    let (catalogue, held) = (live.catalogue(), live.held());
    let conferences = catalogue.programmes().map(|programme| Conference {
        slug: &programme.conference.slug,
        edition: programme.history.edition,
    });
    let (status, code) = if catalogue.is_empty() {
        ("unready", StatusCode::SERVICE_UNAVAILABLE)
    } else if held.is_some() {
        ("stale", StatusCode::OK)
    } else {
        ("ready", StatusCode::OK)
    };
    let since = |since: DateTime<Utc>| since.to_rfc3339_opts(SecondsFormat::Secs, true);
    let ready = Ready {
        status,
        conferences: conferences.collect(),
        since: held.as_ref().map(|held| since(held.since)),
        problems: held.as_ref().map_or(&[], |held| &held.reasons),
    };
    let body = serde_json::to_string(&ready).unwrap_or_default();
    answer::text(code, "application/json", body)
}
