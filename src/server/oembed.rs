//! Answers oEmbed requests (<https://oembed.com>): a page of this site as a frame in another.

use super::{answer, path, problem, query};
use crate::model::{Part, Plain, TalkCode};
use crate::publish::{Catalogue, Programme};
use crate::render::canonical_query;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maud::html;
use serde_json::json;
use url::Url;

/// The size of a frame where nobody says how much room there is, in CSS pixels.
const WIDTH: u32 = 800;
const HEIGHT: u32 = 700;

/// Seconds for which a consumer may keep an answer. What is in the frame is as new as ever.
const CACHE_AGE: u32 = 86_400;

/// What a request asks for (§2.2).
#[derive(Default)]
struct Asked {
    url: Option<String>,
    format: Option<String>,
    width: Option<u32>,
    height: Option<u32>,
}

/// A page of a conference.
struct Embedded {
    url: String,
    title: String,
}

/// The answer to a query: the page as a frame, 400, 404 or 501.
pub(super) fn answer(catalogue: &Catalogue, query: Option<&str>) -> HttpResponse {
    let asked = Asked::of(query.unwrap_or_default());
    if asked.format.is_some_and(|format| format != "json") {
        let detail = "this site answers in JSON alone; ask with format=json, or without a format";
        return problem::not_embedded(StatusCode::NOT_IMPLEMENTED, detail);
    }
    let Some(address) = asked.url else {
        let detail = "ask with url= and the address of a page of this site, percent-encoded";
        return problem::not_embedded(StatusCode::BAD_REQUEST, detail);
    };
    match embedded(catalogue, &address) {
        Some(page) => {
            let width = asked.width.map_or(WIDTH, |most| most.clamp(1, WIDTH));
            let height = asked.height.map_or(HEIGHT, |most| most.clamp(1, HEIGHT));
            framed(catalogue, &page, width, height)
        }
        None => {
            let detail = "url= is no page of a conference on this site; feeds and calendars cannot be embedded";
            problem::not_embedded(StatusCode::NOT_FOUND, detail)
        }
    }
}

/// The answer of the type `rich` (§2.3.4.4).
fn framed(catalogue: &Catalogue, page: &Embedded, width: u32, height: u32) -> HttpResponse {
    let home = catalogue.url("");
    let host = Url::parse(&home).ok();
    let host = host.and_then(|home| home.host_str().map(ToOwned::to_owned));
    let frame = html! {
        iframe src=(page.url) title=(page.title) width=(width) height=(height) frameborder="0"
            loading="lazy" {}
    };
    let answer = json!({
        "version": "1.0",
        "type": "rich",
        "title": page.title,
        "provider_name": host,
        "provider_url": home,
        "cache_age": CACHE_AGE,
        "html": frame.into_string(),
        "width": width,
        "height": height,
    });
    answer::json(StatusCode::OK, &answer)
}

impl Asked {
    /// Reads a query; what is not understood is passed over, and the first value of a name counts.
    fn of(query: &str) -> Self {
        let mut asked = Self::default();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                "url" if !value.is_empty() => {
                    asked.url.get_or_insert_with(|| value.into_owned());
                }
                "format" => asked.format = asked.format.or_else(|| Some(value.into_owned())),
                "maxwidth" => asked.width = asked.width.or_else(|| value.parse().ok()),
                "maxheight" => asked.height = asked.height.or_else(|| value.parse().ok()),
                _ => {}
            }
        }
        asked
    }
}

/// The page at an address, whether or not its slash at the end was left out.
fn embedded(catalogue: &Catalogue, address: &str) -> Option<Embedded> {
    let (path, query) = below_root(catalogue, address)?;
    let path = path::decode(&path).ok()?.into_owned();
    let folder = path.strip_suffix("index.html").unwrap_or(&path);
    let folder = format!("{}/", folder.trim_end_matches('/'));
    let (slug, rest) = folder.split_once('/')?;
    let mut programmes = catalogue.programmes();
    let programme = programmes.find(|programme| *programme.conference.slug == *slug)?;
    let query = match catalogue.get(&folder) {
        Some(page) => query::of(query.as_deref(), page).ok()?,
        None => catalogue.chosen(&folder).map(|_| query::Query::default())?,
    };
    let query = canonical_query(&query.selection, &query.wishes);
    Some(Embedded {
        url: catalogue.url(&format!("{folder}{query}")),
        title: title(programme, rest),
    })
}

/// The path and the query of an address of this site, below the site's root. Whether it says `http:`
/// or `https:` does not matter: people paste both.
fn below_root(catalogue: &Catalogue, address: &str) -> Option<(String, Option<String>)> {
    let root = Url::parse(&catalogue.url("")).ok()?;
    let mut url = Url::parse(address).ok()?;
    if matches!(url.scheme(), "http" | "https") {
        // An address without a port has that of its own scheme.
        url.set_scheme(root.scheme()).ok()?;
    }
    let is_here = url.scheme() == root.scheme()
        && url.host() == root.host()
        && url.port_or_known_default() == root.port_or_known_default();
    let path = url.path().strip_prefix(root.path())?;
    is_here.then(|| (path.to_owned(), url.query().map(ToOwned::to_owned)))
}

/// The name of the page at a path below the conference.
fn title(programme: &Programme, path: &str) -> String {
    let conference = &programme.conference;
    let part = match path.trim_end_matches('/').split_once('/') {
        Some(("talks", code)) => TalkCode::parse(code).map(Part::Talk),
        Some(("speakers", slug)) => {
            let mut speakers = conference.speakers.iter();
            let speaker = speakers.find(|speaker| *speaker.slug == *slug);
            speaker.map(|speaker| Part::Speaker(speaker.slug.clone()))
        }
        _ => None,
    };
    let part: Option<Plain> = part.and_then(|part| part.name(conference));
    match part {
        Some(part) => format!("{part} – {}", conference.name),
        None => conference.name.to_string(),
    }
}
