//! Asking for everything that makes up a source, and accepting only what is whole and can be read.

use super::super::reading::{self, Read};
use super::super::{Place, Problem};
use super::failure::{Failure, FailureKind};
use super::last_good::{GoodPart, LastGood};
use super::pages;
use super::plan::{self, Plan};
use super::remote_source::{RemoteSource, shown};
use super::request::{self, Answer, Request};
use chrono::{DateTime, Utc};
use std::sync::Arc;
use url::Url;

/// What the addresses of a source answered.
pub(super) struct Gathered {
    /// The answers, the most important first.
    pub parts: Vec<GoodPart>,
    /// What is missing and not required.
    pub missing: Vec<String>,
}

/// Asks for everything that makes up a source, as the first plan that its server knows.
pub(super) fn gather(
    source: &RemoteSource,
    old: Option<&LastGood>,
    now: DateTime<Utc>,
) -> Result<Gathered, Failure> {
    let token = token(source)?;
    let known = old.and_then(|old| old.parts.first());
    let mut plans = plan::plans(source);
    let is_known = |plan: &Plan| {
        let first = plan.first().map(|first| &first.url);
        first.is_some() && first == known.map(|known| &known.url)
    };
    // What was found before is not looked for again.
    if plans.iter().any(is_known) {
        plans.retain(is_known);
    }
    let mut failures = Vec::new();
    for plan in &plans {
        match gather_plan(source, plan, old, token.as_deref(), now) {
            Ok(gathered) => return Ok(gathered),
            Err(failure) if failure.kind == FailureKind::Passing => return Err(failure),
            Err(failure) => failures.push(failure),
        }
    }
    // A page was rightly taken for one: what is wrong is that which should stand behind it.
    let is_page = failures
        .last()
        .is_some_and(|last| last.kind == FailureKind::WebPage);
    let telling = if is_page {
        0
    } else {
        failures.len().saturating_sub(1)
    };
    Err(failures
        .into_iter()
        .nth(telling)
        .unwrap_or_else(|| Failure::lasting(format!("{} has no plan", source.name()), "")))
}

fn gather_plan(
    source: &RemoteSource,
    plan: &Plan,
    old: Option<&LastGood>,
    token: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Gathered, Failure> {
    let mut gathered = Gathered {
        parts: Vec::new(),
        missing: Vec::new(),
    };
    for part in plan {
        let known = old.and_then(|old| old.part(&part.url));
        let request = Request {
            source,
            url: &part.url,
            validators: known
                .map(|known| &known.validators)
                .filter(|known| known.can_ask()),
            token,
            now,
        };
        match ask(&request, known) {
            Ok(part) => gathered.parts.push(part),
            Err(failure) if part.is_required => return Err(failure),
            Err(failure) => {
                // What is gone for good must not stay beside what is new.
                let first = old.and_then(|old| old.parts.first());
                let is_as_before =
                    gathered.parts.first().map(|part| &part.bytes) == first.map(|part| &part.bytes);
                let stays = failure.kind == FailureKind::Passing || is_as_before;
                gathered.missing.push(failure.message);
                gathered.parts.extend(known.filter(|_| stays).cloned());
            }
        }
    }
    Ok(gathered)
}

/// Asks one address, and accepts only an answer that can be read.
fn ask(request: &Request<'_>, known: Option<&GoodPart>) -> Result<GoodPart, Failure> {
    let (bytes, validators) = match (request::get(request)?, known) {
        (Answer::Whole(bytes, validators), _) => pages::joined(request, bytes, validators)?,
        (Answer::Unchanged, Some(known)) => return Ok(known.clone()),
        (Answer::Unchanged, None) => {
            let message = format!("{} says that nothing is new", request.source.name());
            return Err(Failure::passing(message));
        }
    };
    let bytes = match known {
        Some(known) if *known.bytes == *bytes => Arc::clone(&known.bytes),
        _ => accepted(request, bytes, known)?,
    };
    Ok(GoodPart {
        url: request.url.clone(),
        validators,
        bytes,
    })
}

/// An answer that can be read, and is no outage in disguise.
fn accepted(
    request: &Request<'_>,
    bytes: Vec<u8>,
    known: Option<&GoodPart>,
) -> Result<Arc<[u8]>, Failure> {
    let (source, url) = (request.source, request.url);
    let name = shown(url);
    if is_web_page(&bytes) {
        return Err(Failure::web_page(&name));
    }
    if bytes.trim_ascii().is_empty() {
        return Err(Failure::lasting(
            format!("{name} gave an empty answer"),
            "check the address",
        ));
    }
    let read = |bytes| read_part(source, url, bytes, &Place::file(&name));
    let (draft, new, _) = read(bytes).map_err(Failure::unreadable)?;
    if let Some((known, old, _)) = known.and_then(|known| read(known.bytes.to_vec()).ok()) {
        if old.format != new.format {
            let message = format!("{name} is in {} and was in {}", new.format, old.format);
            let remedy = format!("if that is meant, say format = \"{}\"", new.format);
            return Err(Failure::lasting(message, remedy));
        }
        if draft.talks.is_empty() && !known.talks.is_empty() {
            let message = format!("{name} has no talks any more, which looks like an outage");
            let remedy = "to publish that, remove its copy from the state directory and restart";
            return Err(Failure::lasting(message, remedy));
        }
    }
    Ok(new.bytes.into())
}

/// Reads what an address answered.
pub(super) fn read_part(
    source: &RemoteSource,
    url: &Url,
    bytes: Vec<u8>,
    place: &Place,
) -> Result<Read, Problem> {
    let format = source
        .format
        .as_deref()
        .filter(|format| *format != plan::PRETALX);
    let format = format.map(|format| (format, place));
    reading::read(&shown(url), bytes, format, &source.options)
}

/// The token of a source, from its environment variable.
fn token(source: &RemoteSource) -> Result<Option<String>, Failure> {
    let Some(name) = &source.token_env else {
        return Ok(None);
    };
    match std::env::var(name) {
        Ok(token) if !token.trim().is_empty() => Ok(Some(token.trim().to_owned())),
        _ => {
            let message = format!(
                "the environment variable {name}, which holds the token of {}, is not set",
                source.name()
            );
            Err(Failure::lasting(message, "set it, or remove `token_env`"))
        }
    }
}

/// Whether an answer is HTML: an error page with the status of success, a login, a maintenance notice.
fn is_web_page(bytes: &[u8]) -> bool {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let start = start.trim_start_matches('\u{feff}').trim_start();
    // An XML declaration may stand before the document type.
    let is_typed = start.starts_with('<') && start.contains("<!doctype html");
    is_typed
        || ["<html", "<head", "<body"]
            .iter()
            .any(|tag| start.starts_with(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_for_people_is_no_programme() {
        for page in [
            "<!DOCTYPE html><title>x",
            "\u{feff}\n <HTML lang=\"en\">",
            "<html>",
            "<?xml version=\"1.0\"?>\n<!DOCTYPE html>",
        ] {
            assert!(is_web_page(page.as_bytes()), "{page}");
        }
        for data in [
            "# Notes\n",
            "{\"schedule\":{}}",
            "<?xml version=\"1.0\"?><schedule>",
            "BEGIN:VCALENDAR",
            "",
        ] {
            assert!(!is_web_page(data.as_bytes()), "{data}");
        }
    }
}
