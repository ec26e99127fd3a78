//! From a request to an answer.

use super::admin::{Office, Task};
use super::answer::Lifetime;
use super::editions::{self, Address};
use super::query::{self, Query, QueryError};
use super::{Live, answer, negotiate, oembed, path, problem, status};
use crate::publish::{Catalogue, Coding, Published};
use crate::render::{OEMBED, RENDERERS};
use actix_web::body::{BodySize, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::{Error, HttpRequest, HttpResponse, web};
use chrono::Utc;
use std::borrow::Cow;
use std::sync::Arc;

/// A document that is yet to be found or made, on a thread that may take its time.
pub(super) struct Work {
    pub(super) find: Box<dyn FnOnce() -> Result<Arc<Published>, Absence> + Send>,
    pub(super) lifetime: Lifetime,
}

/// Why there is no document after all.
pub(super) enum Absence {
    /// The feed does not understand the query.
    Query(QueryError),
    /// The edition whose page this is has no such document.
    Document {
        /// The page's address.
        page: String,
    },
    /// It is there, but cannot be read at the moment.
    Unreadable,
}

/// Answers a request and counts the answer.
pub(super) async fn answer(
    live: Arc<Live>,
    office: Option<Arc<Office>>,
    request: ServiceRequest,
) -> Result<ServiceResponse, Error> {
    let (request, payload) = request.into_parts();
    let coding = negotiate::coding(request.headers().get_all(header::ACCEPT_ENCODING));
    let response = match office {
        // Boxed, to keep what every request carries about small.
        Some(office) => Box::pin(for_operator(office, &request, payload)).await,
        None => None,
    };
    let response = match response.map_or_else(|| look_up(&live, &request, coding), Ok) {
        Ok(response) => response,
        Err(work) => Box::pin(rendered(&request, work, coding)).await,
    };
    let response = if response.status().is_success() {
        response
    } else {
        problem::for_visitor(&live.look(), &request, response)
    };
    let bytes = match response.body().size() {
        BodySize::Sized(bytes) if request.method() != Method::HEAD => bytes,
        _ => 0,
    };
    live.metrics()
        .answered(request.path(), response.status(), bytes);
    Ok(ServiceResponse::new(request, response))
}

/// The answer at an operator's address.
async fn for_operator(
    office: Arc<Office>,
    request: &HttpRequest,
    mut payload: Payload,
) -> Option<HttpResponse> {
    let path = path::decode(request.path()).ok()?;
    let (slug, task) = Task::of(&path)?;
    Some(office.answer(request, &mut payload, slug, task).await)
}

/// The answer, or how to find the document that has to be made for it.
fn look_up(live: &Live, request: &HttpRequest, coding: Coding) -> Result<HttpResponse, Work> {
    match *request.method() {
        // HEAD is answered like GET; the connection leaves the body out (RFC 9110 §9.3.2).
        Method::GET | Method::HEAD => {}
        Method::OPTIONS => return Ok(answer::options()),
        _ => return Ok(problem::method_not_allowed()),
    }
    let path = match path::decode(request.path()) {
        Ok(path) => path,
        Err(error) => return Ok(problem::bad_path(error)),
    };
    let path = editions::shared(&path).map_or(path, Cow::Owned);
    document(live, request, &path, coding, Lifetime::Newest)
        .unwrap_or_else(|| elsewhere(live, request, &path, coding))
}

/// The answer with a document of the live catalogue, or how to make it; `None` where there is none at
/// that path.
pub(super) fn document(
    live: &Live,
    request: &HttpRequest,
    path: &str,
    coding: Coding,
    lifetime: Lifetime,
) -> Option<Result<HttpResponse, Work>> {
    let catalogue = live.look();
    let Some(published) = catalogue.get(path) else {
        return made_to_order(live, request, path, lifetime);
    };
    let query = match query::of(request.uri().query(), published) {
        Ok(query) => query,
        Err(error) => return Some(Ok(problem::bad_query(&error))),
    };
    if !query.is_plain() {
        let (catalogue, published) = (live.catalogue(), Arc::clone(published));
        return Some(Err(selected(catalogue, published, query, lifetime)));
    }
    let response = ready(request, published, coding, lifetime).ok_or_else(|| {
        let published = Arc::clone(published);
        let find = Box::new(move || Ok(published));
        Work { find, lifetime }
    });
    Some(response)
}

/// How to make what a query asks of a feed.
fn selected(
    catalogue: Arc<Catalogue>,
    published: Arc<Published>,
    query: Query,
    lifetime: Lifetime,
) -> Work {
    let Query { selection, wishes } = query;
    let find = move || {
        let found = catalogue.get_for(&published, selection, wishes);
        found.ok_or(Absence::Unreadable)
    };
    let find = Box::new(find);
    Work { find, lifetime }
}

/// How to make a document that depends on the hour or on what somebody chose; `None` where there is
/// none at that path.
fn made_to_order(
    live: &Live,
    request: &HttpRequest,
    path: &str,
    lifetime: Lifetime,
) -> Option<Result<HttpResponse, Work>> {
    let catalogue = live.catalogue();
    let (document, lifetime) = match catalogue.upcoming(path, Utc::now()) {
        Some((feed, until)) => (feed, Lifetime::Until(until)),
        None => (catalogue.chosen(path)?, lifetime),
    };
    Some(match query::of(request.uri().query(), &document) {
        Ok(query) => Err(selected(catalogue, Arc::new(document), query, lifetime)),
        Err(error) => Ok(problem::bad_query(&error)),
    })
}

/// The answer with a document that has been made.
fn ready(
    request: &HttpRequest,
    published: &Published,
    coding: Coding,
    lifetime: Lifetime,
) -> Option<HttpResponse> {
    match published.ready()? {
        Ok(publication) => {
            let representation = publication.ready(coding)?;
            let response = answer::document(request, publication, representation, lifetime);
            Some(response)
        }
        Err(failure) => Some(problem::not_rendered(failure)),
    }
}

/// The answer with a document that is made first.
async fn rendered(request: &HttpRequest, work: Work, coding: Coding) -> HttpResponse {
    let Work { find, lifetime } = work;
    let made = web::block(move || {
        let published = find()?;
        if let Ok(publication) = published.publication() {
            publication.representation(coding);
        }
        Ok(published)
    });
    let response = match made.await {
        Ok(Ok(published)) => ready(request, &published, coding, lifetime),
        Ok(Err(Absence::Query(error))) => Some(problem::bad_query(&error)),
        Ok(Err(Absence::Document { page })) => Some(problem::not_in_edition(&page)),
        Ok(Err(Absence::Unreadable)) => Some(problem::unavailable(
            "that cannot be read at the moment; ask again in a moment",
        )),
        Err(_) => None,
    };
    response.unwrap_or_else(|| {
        problem::unavailable("the server is being stopped; ask again in a moment")
    })
}

/// The answer where the live catalogue has no document.
fn elsewhere(
    live: &Live,
    request: &HttpRequest,
    path: &str,
    coding: Coding,
) -> Result<HttpResponse, Work> {
    if let Some(response) = status::at(path, live) {
        return Ok(response);
    }
    // Browsers ask for it by themselves, for what is no page and so cannot name its icon.
    if path == "favicon.ico" {
        return Ok(answer::redirect("assets/icon.svg"));
    }
    let catalogue = live.look();
    if catalogue.is_empty() {
        return Ok(problem::unavailable(
            "nothing is published yet; /readyz says why, ask again in a moment",
        ));
    }
    if path == OEMBED {
        return Ok(oembed::answer(&catalogue, request.uri().query()));
    }
    let folder = format!("{path}/");
    if catalogue.get(&folder).is_some() || catalogue.chosen(&folder).is_some() {
        let name = path.rsplit('/').next().unwrap_or(path);
        return Ok(redirect_to_folder(request, name));
    }
    if let Some(address) = Address::of(path) {
        let mut programmes = catalogue.programmes();
        let programme = programmes.find(|programme| *programme.conference.slug == *address.slug);
        if let Some(programme) = programme {
            let newest = programme.history.edition;
            return editions::look_up(live, request, address, newest, coding);
        }
    }
    if let Some(slug) = retired(&catalogue, path) {
        return Ok(problem::gone(&catalogue.url(&format!("{slug}/"))));
    }
    Ok(problem::not_found(&catalogue, path))
}

/// Redirects to the folder of this name beside the request's path.
pub(super) fn redirect_to_folder(request: &HttpRequest, name: &str) -> HttpResponse {
    let query = request.uri().query();
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    answer::redirect(&format!("{name}/{query}"))
}

/// The conference of a feed or page of a part that once was there.
fn retired<'a>(catalogue: &Catalogue, path: &'a str) -> Option<&'a str> {
    let (slug, path) = path.split_once('/')?;
    let page = path
        .strip_suffix('/')
        .or_else(|| path.strip_suffix("/index.html"));
    let part = page.or_else(|| {
        let (part, extension) = path.rsplit_once('.')?;
        let mut formats = RENDERERS.iter();
        let is_feed =
            formats.any(|format| format.is_subscribed_to() && format.extension == extension);
        is_feed.then_some(part)
    })?;
    let mut programmes = catalogue.programmes();
    let programme = programmes.find(|programme| *programme.conference.slug == *slug)?;
    programme.retired.contains(part).then_some(slug)
}
