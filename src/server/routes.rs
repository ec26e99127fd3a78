//! From a request to an answer.

use super::query::{self, Query};
use super::{Live, answer, negotiate, path, problem, status};
use crate::publish::{Coding, Published};
use crate::render::Wishes;
use actix_web::body::{BodySize, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::{Error, HttpRequest, HttpResponse, web};
use std::sync::Arc;

/// Finds a document that is yet to be made, on a thread that may take its time.
type Find = Box<dyn FnOnce() -> Option<Arc<Published>> + Send>;

/// Answers a request and counts the answer.
pub(super) async fn answer(
    live: Arc<Live>,
    request: ServiceRequest,
) -> Result<ServiceResponse, Error> {
    let (request, _) = request.into_parts();
    let coding = negotiate::coding(request.headers().get_all(header::ACCEPT_ENCODING));
    let response = match look_up(&live, &request, coding) {
        Ok(response) => response,
        // Boxed, to keep what every request carries about small.
        Err(find) => Box::pin(rendered(&request, find, coding)).await,
    };
    let bytes = match response.body().size() {
        BodySize::Sized(bytes) if request.method() != Method::HEAD => bytes,
        _ => 0,
    };
    live.metrics()
        .answered(request.path(), response.status(), bytes);
    Ok(ServiceResponse::new(request, response))
}

/// The answer, or how to find the document that has to be made for it.
fn look_up(live: &Live, request: &HttpRequest, coding: Coding) -> Result<HttpResponse, Find> {
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
    let edition = live.look();
    let Some(published) = edition.get(&path) else {
        return Ok(elsewhere(live, request, &path));
    };
    // Pages ignore queries: people share addresses with tracking parameters.
    if let (Some(raw), Some(programme)) = (request.uri().query(), published.feed_of()) {
        let mut query = match query::parse(raw, &programme.conference) {
            Ok(query) => query,
            Err(error) => return Ok(problem::bad_query(&error)),
        };
        // Other formats than calendars are the same document without.
        if !published.heeds_wishes() {
            query.wishes = Wishes::default();
        }
        if !query.is_plain() {
            let (edition, path) = (live.edition(), path.into_owned());
            let Query { selection, wishes } = query;
            return Err(Box::new(move || edition.get_for(&path, selection, wishes)));
        }
    }
    ready(request, published, coding).ok_or_else(|| {
        let published = Arc::clone(published);
        Box::new(move || Some(published)) as Find
    })
}

/// The answer with a document that has been made.
fn ready(request: &HttpRequest, published: &Published, coding: Coding) -> Option<HttpResponse> {
    match published.ready()? {
        Ok(publication) => {
            let representation = publication.ready(coding)?;
            Some(answer::document(request, publication, representation))
        }
        Err(failure) => Some(problem::not_rendered(failure)),
    }
}

/// The answer with a document that is made first.
async fn rendered(request: &HttpRequest, find: Find, coding: Coding) -> HttpResponse {
    let made = web::block(move || {
        let published = find()?;
        if let Ok(publication) = published.publication() {
            publication.representation(coding);
        }
        Some(published)
    });
    let response = match made.await {
        Ok(Some(published)) => ready(request, &published, coding),
        Ok(None) | Err(_) => None,
    };
    response.unwrap_or_else(|| {
        problem::unavailable("the server is being stopped; ask again in a moment")
    })
}

/// The answer where there is no document.
fn elsewhere(live: &Live, request: &HttpRequest, path: &str) -> HttpResponse {
    if let Some(response) = status::at(path, live) {
        return response;
    }
    let edition = live.look();
    if edition.is_empty() {
        return problem::unavailable(
            "nothing is published yet; /readyz says why, ask again in a moment",
        );
    }
    if edition.get(&format!("{path}/")).is_some() {
        let name = path.rsplit('/').next().unwrap_or(path);
        let query = request.uri().query();
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        return answer::redirect(&format!("{name}/{query}"));
    }
    problem::not_found(&edition, path)
}
