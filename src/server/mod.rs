//! Serves the live catalogue over HTTP.
//!
//! One service answers everything: a look-up in the live catalogue, without extractors, middleware or
//! a log line a request. What is not rendered yet is made on a thread for blocking work, so one slow
//! document holds up nobody else.
//!
//! No answer depends on the Host header, sets a cookie or differs from one request to the next: the
//! same catalogue gives the same answer, and any cache may keep it.
//!
//! # Not supported
//!
//! - TLS and HTTP/2: a reverse proxy in front does both.
//! - Range requests (RFC 9110 §14): a feed is small, and compressed.
//! - Compression on the fly: bodies are compressed once, when first asked for.

mod admin;
mod answer;
mod conditional;
mod editions;
mod live;
mod metrics;
mod negotiate;
mod oembed;
mod path;
mod problem;
mod query;
mod routes;
mod status;

pub use admin::{Admin, Refusal, Token};
pub use live::{Held, Live};

use actix_web::dev::{Server, ServiceRequest, fn_service};
use actix_web::web::ServiceConfig;
use actix_web::{App, HttpServer};
use admin::Office;
use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

/// How long an idle connection stays open: longer than the proxies in front keep theirs, so that it
/// is they who close.
const KEEP_ALIVE: Duration = Duration::from_secs(75);

/// How long a client may take to send a request's head.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(5);

/// How many seconds running requests have to finish after SIGTERM.
const SHUTDOWN_SECONDS: u64 = 10;

/// Threads a worker that render: the most work that strange queries can cause at a time.
const RENDERING_THREADS: usize = 2;

/// Serves the live catalogue on a listener, until SIGTERM or SIGINT. `workers` defaults to the number
/// of cores. With `admin`, whoever has the token may do an operator's work.
///
/// # Errors
///
/// When the listener cannot be used.
pub fn serve(
    live: Arc<Live>,
    listener: TcpListener,
    workers: Option<usize>,
    admin: Option<(Token, Arc<dyn Admin>)>,
) -> io::Result<Server> {
    let office = admin.map(|(token, admin)| Arc::new(Office::new(token, admin)));
    let application = move || App::new().configure(configure(Arc::clone(&live), office.clone()));
    let mut server = HttpServer::new(application)
        .keep_alive(KEEP_ALIVE)
        .client_request_timeout(REQUEST_TIMEOUT)
        .shutdown_timeout(SHUTDOWN_SECONDS)
        .worker_max_blocking_threads(RENDERING_THREADS);
    if let Some(workers) = workers {
        server = server.workers(workers.max(1));
    }
    Ok(server.listen(listener)?.run())
}

/// Makes an application answer from the live catalogue.
fn configure(live: Arc<Live>, office: Option<Arc<Office>>) -> impl FnOnce(&mut ServiceConfig) {
    move |config| {
        config.default_service(fn_service(move |request: ServiceRequest| {
            routes::answer(Arc::clone(&live), office.clone(), request)
        }));
    }
}

#[cfg(test)]
mod tests;
