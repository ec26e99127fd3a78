use super::*;
use crate::publish::fixture::catalogue;
use actix_web::http::header::HeaderMap;
use actix_web::http::{Method, StatusCode};
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use serde_json::Value;
use std::future::Future;

const ICS: &str = "/example/schedule.ics";

fn run<T>(future: impl Future<Output = T>) -> T {
    actix_web::rt::System::new().block_on(future)
}

fn live() -> Arc<Live> {
    Arc::new(Live::new(Arc::new(catalogue())))
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let value = self.headers.get(name)?;
        Some(value.to_str().expect("a text"))
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("UTF-8")
    }
}

/// Sends a request to a live catalogue, in process.
fn send(live: &Arc<Live>, method: Method, address: &str, headers: &[(&str, &str)]) -> Answer {
    send_to(live, None, method, address, headers, "")
}

/// The same with a body, where there is an operator's office.
fn send_to(
    live: &Arc<Live>,
    office: Option<Arc<Office>>,
    method: Method,
    address: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Answer {
    run(async {
        let application = App::new().configure(configure(Arc::clone(live), office));
        let service = init_service(application).await;
        let mut request = TestRequest::default().method(method).uri(address);
        for (name, value) in headers {
            request = request.append_header((*name, *value));
        }
        let request = request.set_payload(body.to_owned()).to_request();
        let response = call_service(&service, request).await;
        Answer {
            status: response.status(),
            headers: response.headers().clone(),
            body: read_body(response).await.to_vec(),
        }
    })
}

fn get(address: &str, headers: &[(&str, &str)]) -> Answer {
    send(&live(), Method::GET, address, headers)
}

#[track_caller]
fn check_problem(address: &str, status: u16, detail: &str) {
    let answer = get(address, &[]);
    assert_eq!(
        answer.status.as_u16(),
        status,
        "{address}: {}",
        answer.text()
    );
    assert_eq!(
        answer.header("content-type"),
        Some("application/problem+json")
    );
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let problem = answer.json();
    assert_eq!(problem["status"], status);
    assert_eq!(problem["type"], "about:blank");
    assert_eq!(
        problem["title"],
        answer.status.canonical_reason().expect("a reason")
    );
    let found = problem["detail"].as_str().expect("a detail");
    assert!(found.contains(detail), "{address}: {found}");
}

mod admin;
mod chosen;
mod documents;
mod editions;
mod errors;
mod oembed;
mod operation;
mod queries;
mod upcoming;
