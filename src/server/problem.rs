use super::admin::Refusal;
use super::path::PathError;
use super::query::QueryError;
use super::{answer, negotiate};
use crate::publish::{Catalogue, RenderFailure};
use crate::render::{Trouble, problem};
use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

/// How alike two names must be to be suggested for each other, 0 to 1.
const ALIKE: f64 = 0.8;

/// Paths longer than this are nobody's slip of the pen: nothing is suggested for them.
const SUGGESTED_FOR: usize = 100;

/// How many paths are compared with an unknown one, at most.
const COMPARED: usize = 1000;

/// How many known names an answer lists, at most: the most alike.
const LISTED: usize = 50;

/// Seconds after which a client may ask again while nothing is published.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("30");

/// An error as it is told to clients (RFC 9457). `about:blank` says that the status says it all; the
/// detail tells what to do.
#[derive(Debug, Serialize)]
struct Problem {
    r#type: &'static str,
    title: &'static str,
    status: u16,
    detail: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    known: Vec<String>,
    #[serde(skip)]
    page: Told,
}

/// What a page tells of a problem beside its status.
#[derive(Debug, Default)]
enum Told {
    /// The detail.
    #[default]
    Detail,
    /// Nothing: the page has the same in words of its own.
    Nothing,
    /// The address that may have been meant.
    Near(String),
}

/// The statuses that visitors meet. The others are for programs that send more than an address.
const MET_BY_VISITORS: [StatusCode; 5] = [
    StatusCode::BAD_REQUEST,
    StatusCode::NOT_FOUND,
    StatusCode::GONE,
    StatusCode::INTERNAL_SERVER_ERROR,
    StatusCode::SERVICE_UNAVAILABLE,
];

/// The same answer as a page, where it tells of a problem to a visitor's browser.
pub(super) fn for_visitor(
    catalogue: &Catalogue,
    request: &HttpRequest,
    mut response: HttpResponse,
) -> HttpResponse {
    let is_met = MET_BY_VISITORS.contains(&response.status());
    let is_reading = matches!(*request.method(), Method::GET | Method::HEAD);
    let problem = response.extensions_mut().remove::<Problem>();
    let Some(told) = problem.filter(|_| is_met && is_reading) else {
        return response;
    };
    let response = answer::varying_with_accept(response);
    if !negotiate::prefers_pages(request.headers().get_all(header::ACCEPT)) {
        return response;
    }
    answer::page(response, page(catalogue, request.path(), &told))
}

/// A detail without what it says of the problem's own fields, which a page does not have.
fn without_names(detail: &str) -> &str {
    detail.split("; `known`").next().unwrap_or(detail)
}

fn page(catalogue: &Catalogue, path: &str, told: &Problem) -> Vec<u8> {
    let slug = path.split('/').nth(1).unwrap_or_default();
    let mut programmes = catalogue.programmes();
    let programme = programmes.find(|programme| *programme.conference.slug == *slug);
    let trouble = Trouble {
        status: told.status,
        detail: matches!(told.page, Told::Detail).then(|| without_names(&told.detail)),
        near: match &told.page {
            Told::Near(near) => Some(near),
            Told::Detail | Told::Nothing => None,
        },
        known: &told.known,
        conference: programme.map(|programme| &*programme.conference),
    };
    problem(&trouble, catalogue.site())
}

/// 405 for a method that no address knows. The connection is closed: a body may follow.
pub(super) fn method_not_allowed() -> HttpResponse {
    let detail = "documents can be read with GET and HEAD, and nothing can be written here; \
                  a calendar program that tries to should have the subscription marked read-only";
    let mut response = respond(StatusCode::METHOD_NOT_ALLOWED, detail.into(), Vec::new());
    response
        .headers_mut()
        .insert(header::ALLOW, answer::METHODS);
    closing(response)
}

/// 400 for a path that cannot be one.
pub(super) fn bad_path(error: PathError) -> HttpResponse {
    respond(StatusCode::BAD_REQUEST, error.to_string(), Vec::new())
}

/// 400 for a query that no feed understands; lists what it does.
pub(super) fn bad_query(error: &QueryError) -> HttpResponse {
    let (found, known) = error.known();
    let mut known = known.to_vec();
    if known.len() > LISTED && found.len() <= SUGGESTED_FOR {
        known.sort_by(|one, other| likeness(found, other).total_cmp(&likeness(found, one)));
    }
    known.truncate(LISTED);
    respond(StatusCode::BAD_REQUEST, error.to_string(), known)
}

/// For an oEmbed request without a page of this site to embed: 400, 404 or 501
/// (<https://oembed.com>, §2.3.5).
pub(super) fn not_embedded(status: StatusCode, detail: &str) -> HttpResponse {
    respond(status, detail.into(), Vec::new())
}

/// 500 for a document that could not be rendered.
pub(super) fn not_rendered(failure: &RenderFailure) -> HttpResponse {
    let detail = format!(
        "{} could not be rendered; the other documents are not affected, and the server's log says why",
        failure.path
    );
    respond(StatusCode::INTERNAL_SERVER_ERROR, detail, Vec::new())
}

/// 503 for work that was cut short, as by a shutdown, or while nothing is published.
pub(super) fn unavailable(detail: &str) -> HttpResponse {
    let mut response = respond(StatusCode::SERVICE_UNAVAILABLE, detail.into(), Vec::new());
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, RETRY_AFTER);
    response
}

/// 404 for a number that no edition has.
pub(super) fn no_such_edition(slug: &str, oldest: u64, newest: u64) -> HttpResponse {
    let detail = if oldest == newest {
        format!("there is no such edition; edition {newest} is the only one of {slug} that is kept")
    } else {
        format!("there is no such edition; {slug} has editions {oldest} to {newest}")
    };
    respond(StatusCode::NOT_FOUND, detail, Vec::new())
}

/// 404 for a document that an edition does not have.
pub(super) fn not_in_edition(page: &str) -> HttpResponse {
    let detail = format!("that edition has no such document; {page} lists all of them");
    respond(StatusCode::NOT_FOUND, detail, Vec::new())
}

/// 404 for a document that no edition has, only the conference.
pub(super) fn not_in_editions(newest: &str) -> HttpResponse {
    let detail = format!("that is no part of an edition; ask for {newest}");
    respond(StatusCode::NOT_FOUND, detail, Vec::new())
}

/// 410 for a feed whose part of the programme is no more: feed readers unsubscribe (RFC 9110
/// §15.5.11).
pub(super) fn gone(page: &str) -> HttpResponse {
    let detail = format!(
        "that part of the programme is no more, and nothing will be published of it; {page} lists what there is"
    );
    respond_with(StatusCode::GONE, detail, Vec::new(), Told::Nothing)
}

/// 401 for somebody who does not have the token (RFC 6750 §3).
pub(super) fn unauthorized(challenge: HeaderValue) -> HttpResponse {
    let detail = "this is for the operator; send `Authorization: Bearer` and the token that the server was started with";
    let mut response = respond(StatusCode::UNAUTHORIZED, detail.into(), Vec::new());
    response
        .headers_mut()
        .insert(header::WWW_AUTHENTICATE, challenge);
    closing(response)
}

/// 405 for an operator's address that knows another method only.
pub(super) fn other_method(known: &Method) -> HttpResponse {
    let detail = format!("this address is for {known}");
    let mut response = respond(StatusCode::METHOD_NOT_ALLOWED, detail, Vec::new());
    if let Ok(known) = HeaderValue::from_str(known.as_str()) {
        response.headers_mut().insert(header::ALLOW, known);
    }
    closing(response)
}

/// For a note that is none: 400, 413 or 415.
pub(super) fn bad_note(status: StatusCode) -> HttpResponse {
    let detail = "a note is sent as text/plain in UTF-8, 2,000 characters at most; an empty one takes the note off";
    closing(respond(status, detail.into(), Vec::new()))
}

/// For an operator's task that cannot be done: 404, 409 or 503.
pub(super) fn refused(refusal: &Refusal) -> HttpResponse {
    let status = match refusal {
        Refusal::Unknown(_) => StatusCode::NOT_FOUND,
        Refusal::NothingHeld(_) => StatusCode::CONFLICT,
        Refusal::Failed(_) => return unavailable(&refusal.to_string()),
    };
    respond(status, refusal.to_string(), Vec::new())
}

/// The connection is closed after the answer: a body may follow that nobody reads.
fn closing(mut response: HttpResponse) -> HttpResponse {
    response
        .head_mut()
        .set_connection_type(actix_web::http::ConnectionType::Close);
    response
}

/// 404 that says what there is instead.
pub(super) fn not_found(catalogue: &Catalogue, path: &str) -> HttpResponse {
    let slug = path.split('/').next().unwrap_or_default();
    let slugs: Vec<&str> = catalogue
        .programmes()
        .map(|programme| &*programme.conference.slug)
        .collect();
    let is_of_conference = slugs.contains(&slug);
    let (near, known) = if is_of_conference {
        let near = nearest(path, documents_of(catalogue, slug));
        (near.map(|near| catalogue.url(near)), Vec::new())
    } else {
        let near = nearest(slug, slugs.iter().copied());
        let pages = slugs.iter().take(LISTED);
        let pages = pages.map(|slug| catalogue.url(&format!("{slug}/")));
        (
            near.map(|near| catalogue.url(&format!("{near}/"))),
            pages.collect(),
        )
    };
    let page = catalogue.url(&format!("{slug}/"));
    let detail = match (&near, is_of_conference) {
        (Some(near), true) => {
            format!("there is no such document; did you mean {near}? {page} lists all of them")
        }
        (None, true) => format!("there is no such document; {page} lists all of them"),
        (Some(near), false) => format!("there is no such conference; did you mean {near}?"),
        (None, false) => {
            let all = catalogue.url("");
            format!("there is no such conference; {all} lists all of them")
        }
    };
    let told = near.map_or(Told::Nothing, Told::Near);
    respond_with(StatusCode::NOT_FOUND, detail, known, told)
}

/// The paths that may be meant by mistake: those with a readable name. Talk codes are not.
fn documents_of<'a>(catalogue: &'a Catalogue, slug: &'a str) -> impl Iterator<Item = &'a str> {
    // People write a folder's address, not that of its page.
    let paths = catalogue.paths();
    let paths = paths.map(|path| path.strip_suffix("index.html").unwrap_or(path));
    let paths = paths.filter(move |path| {
        let rest = path
            .strip_prefix(slug)
            .and_then(|rest| rest.strip_prefix('/'));
        rest.is_some_and(|rest| !rest.starts_with("talks/"))
    });
    paths.take(COMPARED)
}

/// The known name that is most like `name`, if any is much like it.
pub(super) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > SUGGESTED_FOR {
        return None;
    }
    let known = known.into_iter();
    let scored = known.map(|candidate| (likeness(name, candidate), candidate));
    let best = scored.max_by(|(one, _), (other, _)| one.total_cmp(other))?;
    (best.0 >= ALIKE).then_some(best.1)
}

/// How alike two names are, 0 to 1.
fn likeness(one: &str, other: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(one, other)
}

fn respond(status: StatusCode, detail: String, known: Vec<String>) -> HttpResponse {
    respond_with(status, detail, known, Told::Detail)
}

fn respond_with(
    status: StatusCode,
    detail: String,
    known: Vec<String>,
    page: Told,
) -> HttpResponse {
    let problem = Problem {
        r#type: "about:blank",
        title: status.canonical_reason().unwrap_or("Error"),
        status: status.as_u16(),
        detail,
        known,
        page,
    };
    let body = serde_json::to_string(&problem).unwrap_or_default();
    let mut response = answer::text(status, "application/problem+json", body);
    // A visitor's browser may get it as a page instead.
    response.extensions_mut().insert(problem);
    response
}
