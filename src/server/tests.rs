use super::*;
use crate::publish::fixture::edition;
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
    Arc::new(Live::new(Arc::new(edition())))
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

/// Sends a request to a live edition, in process.
fn send(live: &Arc<Live>, method: Method, address: &str, headers: &[(&str, &str)]) -> Answer {
    run(async {
        let service = init_service(App::new().configure(configure(Arc::clone(live)))).await;
        let mut request = TestRequest::default().method(method).uri(address);
        for (name, value) in headers {
            request = request.append_header((*name, *value));
        }
        let response = call_service(&service, request.to_request()).await;
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

mod documents;
mod errors;
mod operation;
mod queries;
