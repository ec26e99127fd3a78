//! Old editions: `{conference}/editions/{number}/…` are the documents as they were when that edition
//! was the newest.

use super::routes::{self, Absence, Work};
use super::{Live, answer, problem, query};
use crate::publish::{Catalogue, Coding, Published};
use actix_web::{HttpRequest, HttpResponse};
use std::sync::Arc;

/// The folder of a conference that holds its editions.
const FOLDER: &str = "editions";

/// The stem of the documents of what is coming up, which depend on the hour: no edition has them.
const UPCOMING: &str = "upcoming.";

/// The address of an edition, or of a document in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Address<'a> {
    /// The conference.
    pub(super) slug: &'a str,
    /// The edition's number.
    pub(super) number: u64,
    /// The document's path below the edition, `""` for its page; `None` where the slash after the
    /// number is missing.
    rest: Option<&'a str>,
}

impl<'a> Address<'a> {
    /// Reads a path. Numbers are written in one way: without a sign, and without zeros in front.
    pub(super) fn of(path: &'a str) -> Option<Self> {
        let (slug, rest) = path.split_once('/')?;
        let rest = rest.strip_prefix(FOLDER)?.strip_prefix('/')?;
        let (number, rest) = match rest.split_once('/') {
            Some((number, rest)) => (number, Some(rest)),
            None => (rest, None),
        };
        let is_plain = number.bytes().all(|byte| byte.is_ascii_digit()) && !number.starts_with('0');
        let number = number.parse().ok().filter(|_| is_plain)?;
        Some(Self { slug, number, rest })
    }

    /// Whether it is the edition's number and nothing more.
    pub(super) fn is_bare(&self) -> bool {
        self.rest.is_none()
    }
}

/// The path of a file that all pages share, for the address by which a page of an edition names it:
/// pages name what they load by the way to the root, which is `{conference}/editions/` for them.
pub(super) fn shared(path: &str) -> Option<String> {
    let (_, rest) = path.split_once('/')?;
    let file = rest.strip_prefix(FOLDER)?.strip_prefix("/assets/")?;
    Some(format!("assets/{file}"))
}

/// The answer for an edition of a conference whose newest is `newest`, or how to make it.
pub(super) fn look_up(
    live: &Live,
    request: &HttpRequest,
    address: Address<'_>,
    newest: u64,
    coding: Coding,
) -> Result<HttpResponse, Work> {
    let Address { slug, number, rest } = address;
    let catalogue = live.look();
    let is_kept = number == newest || catalogue.has_archive();
    if !is_kept || number > newest {
        let oldest = if catalogue.has_archive() { 1 } else { newest };
        return Ok(problem::no_such_edition(slug, oldest, newest));
    }
    let Some(rest) = rest else {
        return Ok(routes::redirect_to_folder(request, &number.to_string()));
    };
    if rest.starts_with(UPCOMING) || rest.split('/').next() == Some(FOLDER) {
        let newest = catalogue.url(&format!("{slug}/{rest}"));
        return Ok(problem::not_in_editions(&newest));
    }
    let path = format!("{slug}/{rest}");
    let page = catalogue.url(&format!("{slug}/{FOLDER}/{number}/"));
    if number == newest {
        let found = routes::document(live, request, &path, coding, answer::Lifetime::Old);
        return found.unwrap_or_else(|| Ok(problem::not_in_edition(&page)));
    }
    let (catalogue, slug) = (live.catalogue(), slug.to_owned());
    let raw = request.uri().query().map(str::to_owned);
    Err(Work {
        lifetime: answer::Lifetime::Old,
        find: Box::new(move || {
            let old = catalogue.old(&slug, number).ok_or(Absence::Unreadable)?;
            find(&old, &path, raw.as_deref(), page)
        }),
    })
}

/// The document at a path of an old edition, for a query that its conference of that time knows.
fn find(
    old: &Catalogue,
    path: &str,
    raw: Option<&str>,
    page: String,
) -> Result<Arc<Published>, Absence> {
    let chosen;
    let published = match old.get(path) {
        Some(published) if published.asked().is_none() => return Ok(Arc::clone(published)),
        Some(published) => published,
        None => {
            chosen = old.chosen(path).ok_or(Absence::Document { page })?;
            &chosen
        }
    };
    let query = query::of(raw, published).map_err(Absence::Query)?;
    let found = old.get_for(published, query.selection, query.wishes);
    found.ok_or(Absence::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editions_have_one_address_each() {
        let address = |path| Address::of(path).map(|found| (found.slug, found.number, found.rest));
        assert_eq!(
            address("py/editions/12/rooms/main.ics"),
            Some(("py", 12, Some("rooms/main.ics")))
        );
        assert_eq!(address("py/editions/12/"), Some(("py", 12, Some(""))));
        assert_eq!(address("py/editions/12"), Some(("py", 12, None)));
        for path in [
            "py/editions/",
            "py/editions/0",
            "py/editions/012/",
            "py/editions/+1/",
            "py/editions/-1/",
            "py/editions/1.ics",
            "py/editions/99999999999999999999/",
            "py/editions.ics",
            "editions/1/",
        ] {
            assert_eq!(address(path), None, "{path}");
        }
    }
}
