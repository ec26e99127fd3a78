//! What an operator may do over HTTP: see, approve and discard held imports, and attach notes to
//! editions. The addresses exist where a token is configured, and nobody else is told of them.

use super::{answer, editions, problem};
use crate::history::ledger::Held;
use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use chrono::SecondsFormat;
use serde_json::{Value, json};
use std::sync::Arc;

/// The longest note, in characters.
const MAX_NOTE: usize = 2000;

/// The longest body that is read, in bytes: a character takes four at most.
const MAX_BODY: usize = 4 * MAX_NOTE;

/// How to show who one is (RFC 6750 §3).
const CHALLENGE: HeaderValue = HeaderValue::from_static("Bearer realm=\"handbill\"");

/// The same, for somebody who tried.
const WRONG_TOKEN: HeaderValue =
    HeaderValue::from_static("Bearer realm=\"handbill\", error=\"invalid_token\"");

/// Does an operator's work. Every method may take its time.
pub trait Admin: Send + Sync {
    /// What is held of a conference.
    ///
    /// # Errors
    ///
    /// When the conference is unknown or the ledger cannot be read.
    fn held(&self, slug: &str) -> Result<Option<Held>, Refusal>;
    /// Publishes what is held; says what becomes of it.
    ///
    /// # Errors
    ///
    /// When nothing is held, or the ledger cannot be written.
    fn approve(&self, slug: &str) -> Result<String, Refusal>;
    /// Forgets what is held; says what becomes of it.
    ///
    /// # Errors
    ///
    /// When nothing is held, or the ledger cannot be written.
    fn discard(&self, slug: &str) -> Result<String, Refusal>;
    /// Attaches a note to an edition, or takes it off; says what was done.
    ///
    /// # Errors
    ///
    /// When there is no such edition, or the ledger cannot be written.
    fn note(&self, slug: &str, number: u64, note: Option<&str>) -> Result<String, Refusal>;
}

/// Why an operator's work is not done, for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such conference or edition.
    #[error("{0}")]
    Unknown(String),
    /// Nothing is held.
    #[error("{0}")]
    NothingHeld(String),
    /// The ledger cannot be read or written at the moment.
    #[error("{0}")]
    Failed(String),
}

/// What an operator must show. Kept as a hash, so that it is compared in the same time whatever is
/// presented, and is in no message.
pub struct Token(blake3::Hash);

impl Token {
    /// The token as it is configured; `None` for a blank one, which everybody has.
    pub fn new(token: &str) -> Option<Self> {
        let token = token.trim();
        (!token.is_empty()).then(|| Self(blake3::hash(token.as_bytes())))
    }

    fn is(&self, presented: &[u8]) -> bool {
        // Hashes compare in constant time.
        self.0 == blake3::hash(presented)
    }
}

/// The operator's work with what it takes to be let in.
pub(super) struct Office {
    token: Token,
    admin: Arc<dyn Admin>,
}

/// What is to be done to a conference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Task {
    Held,
    Approve,
    Discard,
    Note(u64),
}

impl Task {
    /// The task that a path names, with the conference.
    pub(super) fn of(path: &str) -> Option<(&str, Self)> {
        let path = path.strip_prefix("admin/")?;
        if let Some(edition) = path.strip_suffix("/note") {
            let address = editions::Address::of(edition).filter(editions::Address::is_bare)?;
            return Some((address.slug, Self::Note(address.number)));
        }
        let (slug, task) = path.split_once('/')?;
        let task = match task {
            "held" => Self::Held,
            "held/approve" => Self::Approve,
            "held/discard" => Self::Discard,
            _ => return None,
        };
        Some((slug, task))
    }

    fn method(self) -> Method {
        match self {
            Self::Held => Method::GET,
            Self::Approve | Self::Discard | Self::Note(_) => Method::POST,
        }
    }
}

impl Office {
    pub(super) fn new(token: Token, admin: Arc<dyn Admin>) -> Self {
        Self { token, admin }
    }

    /// Does a task for whoever has the token.
    pub(super) async fn answer(
        &self,
        request: &HttpRequest,
        payload: &mut Payload,
        slug: &str,
        task: Task,
    ) -> HttpResponse {
        if let Err(challenge) = self.let_in(request) {
            return problem::unauthorized(challenge);
        }
        if *request.method() != task.method() {
            return problem::other_method(&task.method());
        }
        let note = match task {
            Task::Note(_) => match note(request, payload).await {
                Ok(note) => note,
                Err(response) => return response,
            },
            _ => None,
        };
        let (admin, slug) = (Arc::clone(&self.admin), slug.to_owned());
        let done = web::block(move || perform(&*admin, &slug, task, note.as_deref()));
        match done.await {
            Ok(Ok(value)) => answer::json(StatusCode::OK, &value),
            Ok(Err(refusal)) => problem::refused(&refusal),
            Err(_) => problem::unavailable("the server is being stopped; ask again in a moment"),
        }
    }

    fn let_in(&self, request: &HttpRequest) -> Result<(), HeaderValue> {
        let Some(value) = request.headers().get(header::AUTHORIZATION) else {
            return Err(CHALLENGE);
        };
        let (scheme, token) = value.as_bytes().split_at_checked(7).unwrap_or_default();
        let is_right = scheme.eq_ignore_ascii_case(b"Bearer ") && self.token.is(token);
        is_right.then_some(()).ok_or(WRONG_TOKEN)
    }
}

fn perform(
    admin: &dyn Admin,
    slug: &str,
    task: Task,
    note: Option<&str>,
) -> Result<Value, Refusal> {
    let done = match task {
        Task::Held => {
            let held = admin.held(slug)?;
            return Ok(json!({ "conference": slug, "held": held.as_ref().map(shown) }));
        }
        Task::Approve => admin.approve(slug)?,
        Task::Discard => admin.discard(slug)?,
        Task::Note(number) => admin.note(slug, number, note)?,
    };
    Ok(json!({ "conference": slug, "done": done }))
}

fn shown(held: &Held) -> Value {
    json!({
        "since": held.since.to_rfc3339_opts(SecondsFormat::Secs, true),
        "digest": held.digest,
        "verdict": held.verdict.word(),
        "reasons": held.reasons,
    })
}

/// The note in a body; `None` for an empty one, which takes the note off.
async fn note(
    request: &HttpRequest,
    payload: &mut Payload,
) -> Result<Option<String>, HttpResponse> {
    let media_type = request.headers().get(header::CONTENT_TYPE);
    let is_text = media_type.is_none_or(|media_type| {
        let media_type = media_type.to_str().unwrap_or_default();
        let essence = media_type.split(';').next().unwrap_or_default();
        essence.trim().eq_ignore_ascii_case("text/plain")
    });
    if !is_text {
        return Err(problem::bad_note(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let too_long = || problem::bad_note(StatusCode::PAYLOAD_TOO_LARGE);
    let unreadable = || problem::bad_note(StatusCode::BAD_REQUEST);
    let body = web::Payload::from_request(request, payload).await;
    let body = body.map_err(|_| unreadable())?;
    let bytes = body.to_bytes_limited(MAX_BODY).await;
    let bytes = bytes.map_err(|_| too_long())?.map_err(|_| unreadable())?;
    let text = std::str::from_utf8(&bytes)
        .map_err(|_| unreadable())?
        .trim();
    if text.chars().count() > MAX_NOTE {
        return Err(too_long());
    }
    Ok(Some(text.to_owned()).filter(|text| !text.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_have_addresses() {
        let table = [
            ("admin/py/held", Some(("py", Task::Held))),
            ("admin/py/held/approve", Some(("py", Task::Approve))),
            ("admin/py/held/discard", Some(("py", Task::Discard))),
            ("admin/py/editions/12/note", Some(("py", Task::Note(12)))),
            ("admin/py/editions/12//note", None),
            ("admin/py/editions/12/x/note", None),
            ("admin/py/editions/0/note", None),
            ("admin/py/editions/12", None),
            ("admin/py/held/", None),
            ("admin/schedule.ics", None),
            ("py/held", None),
        ];
        for (path, task) in table {
            assert_eq!(Task::of(path), task, "{path}");
        }
    }
}
