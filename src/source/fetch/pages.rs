//! Lists that a server gives a page at a time, as pretalx's REST API does:
//! `{"count": 60, "next": "https://…?page=2", "previous": null, "results": […]}`.
//!
//! The pages are joined into one document of the same shape, so that all that follows sees one answer.
//! It has no validators: that the first page is unchanged says nothing of the others.

use super::failure::Failure;
use super::remote_source::{has_credentials, shown};
use super::request::{self, Answer, LARGEST, Request, Validators};
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;
use url::Url;

/// The most pages that a list may have. pretalx gives up to 50 submissions a page.
const MOST_PAGES: usize = 100;

/// A page as it was answered.
#[derive(Deserialize)]
struct Page<'a> {
    count: Option<u64>,
    next: Option<String>,
    previous: Option<IgnoredAny>,
    #[serde(borrow)]
    results: &'a RawValue,
}

/// How long a list is, without keeping its items.
struct Length(u64);

impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Items)
    }
}

struct Items;

impl<'de> Visitor<'de> for Items {
    type Value = Length;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Length, A::Error> {
        let mut length = 0;
        while list.next_element::<IgnoredAny>()?.is_some() {
            length += 1;
        }
        Ok(Length(length))
    }
}

/// The pages of a list so far.
#[derive(Default)]
struct List {
    items: String,
    length: u64,
}

impl List {
    /// Adds a page, and tells where the next one is; `None` when it is no page.
    fn add<'a>(&mut self, bytes: &'a [u8]) -> Option<Page<'a>> {
        let page: Page<'a> = serde_json::from_slice(bytes).ok()?;
        let results = page.results.get();
        let Length(length) = serde_json::from_str(results).ok()?;
        let items = results.strip_prefix('[')?.strip_suffix(']')?.trim();
        if length > 0 {
            if self.length > 0 {
                self.items.push_str(",\n");
            }
            self.items.push_str(items);
            self.length += length;
        }
        Some(page)
    }

    fn into_document(self) -> Vec<u8> {
        format!(
            "{{\"count\":{},\"next\":null,\"previous\":null,\"results\":[\n{}\n]}}\n",
            self.length, self.items
        )
        .into_bytes()
    }
}

/// The whole of a list, where an answer is one page of several; else the answer as it is.
///
/// # Errors
///
/// When a further page is missing, elsewhere, or does not belong to the others.
pub(super) fn joined(
    request: &Request<'_>,
    answer: Vec<u8>,
    validators: Validators,
) -> Result<(Vec<u8>, Validators), Failure> {
    let mut list = List::default();
    let Some((first, mut address)) = list.add(&answer).and_then(|mut page| {
        let next = page.next.take()?;
        Some((page, next))
    }) else {
        return Ok((answer, validators));
    };
    let mut asked = vec![validators.url.clone()];
    loop {
        let number = asked.len() + 1;
        let of_page = |failure: Failure| Failure {
            message: format!("page {number}: {}", failure.message),
            ..failure
        };
        let url = next_url(&asked, &address).map_err(of_page)?;
        let bytes = get(request, &url).map_err(of_page)?;
        if (list.items.len() + bytes.len()) as u64 > LARGEST {
            return Err(request::too_large(request.url));
        }
        let Some(page) = list.add(&bytes) else {
            let message = format!("{} is no further page of a list", shown(&url));
            return Err(of_page(Failure::passing(message)));
        };
        if page.count != first.count {
            let message = "the list changed while it was read".to_owned();
            return Err(of_page(Failure::passing(message)));
        }
        asked.push(url);
        match page.next {
            Some(next) => address = next,
            None => break,
        }
    }
    let is_from_the_start = first.previous.is_none();
    if let Some(count) = first
        .count
        .filter(|count| is_from_the_start && list.length < *count)
    {
        let (from, found) = (shown(request.url), list.length);
        let message = format!("{from} has {count} entries, and {found} stand on its pages");
        return Err(Failure::passing(message));
    }
    let none = Validators {
        etag: None,
        last_modified: None,
        ..validators
    };
    Ok((list.into_document(), none))
}

/// Where the next page is, after those that were asked for.
fn next_url(asked: &[Url], address: &str) -> Result<Url, Failure> {
    let remedy = "ask those who run the server";
    let refused = |what: &str| Failure::lasting(format!("its address is {what}"), remedy);
    let first = asked.first();
    let url = first.and_then(|first| Some((first, first.join(address).ok()?)));
    let Some((first, mut url)) = url else {
        return Err(refused("none"));
    };
    url.set_fragment(None);
    // Behind a proxy a server may not know that it is asked by https.
    if (first.scheme(), url.scheme()) == ("https", "http") && url.port().is_none() {
        let _ = url.set_scheme("https");
    }
    if url.origin() != first.origin() || has_credentials(&url) {
        return Err(refused("that of another server"));
    }
    if asked.contains(&url) {
        return Err(refused("that of an earlier page"));
    }
    if asked.len() == MOST_PAGES {
        let message = format!("the list has more than {MOST_PAGES} pages");
        return Err(Failure::lasting(
            message,
            "ask for larger pages with page_size= or limit=",
        ));
    }
    Ok(url)
}

/// Asks for one further page.
fn get(request: &Request<'_>, url: &Url) -> Result<Vec<u8>, Failure> {
    let request = Request {
        url,
        validators: None,
        ..*request
    };
    match request::get(&request)? {
        Answer::Whole(bytes, _) => Ok(bytes),
        Answer::Unchanged => Err(Failure::passing(format!(
            "{} says that nothing is new",
            shown(url)
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_joined_to_one_of_the_same_shape() {
        let mut list = List::default();
        for page in [
            r#"{"count": 3, "next": "/?page=2", "previous": null, "results": [{"code": "A"}, {"code": "B"}]}"#,
            r#"{"count": 3, "next": "/?page=3", "previous": "/", "results": [ ]}"#,
            r#"{"count": 3, "next": null, "previous": "/?page=2", "results": [{"code": "C"}]}"#,
        ] {
            assert!(list.add(page.as_bytes()).is_some());
        }
        let document = list.into_document();
        assert_eq!(
            String::from_utf8_lossy(&document),
            "{\"count\":3,\"next\":null,\"previous\":null,\"results\":[\n{\"code\": \"A\"}, {\"code\": \"B\"},\n{\"code\": \"C\"}\n]}\n"
        );
        assert!(List::default().add(&document).is_some());
    }

    #[test]
    fn what_has_no_list_of_results_is_no_page() {
        for text in [
            "",
            "[]",
            "{}",
            r#"{"next": "/", "results": {}}"#,
            r#"{"results": [1"#,
        ] {
            assert!(List::default().add(text.as_bytes()).is_none(), "{text}");
        }
    }

    #[track_caller]
    fn next(first: &str, address: &str) -> Option<String> {
        let asked = [Url::parse(first).expect("an address")];
        next_url(&asked, address).ok().map(Into::into)
    }

    #[test]
    fn the_next_page_is_on_the_same_server() {
        let first = "https://example.org/api/?limit=50";
        let second = "https://example.org/api/?limit=50&offset=50";
        assert_eq!(next(first, second).as_deref(), Some(second));
        assert_eq!(next(first, "?limit=50&offset=50").as_deref(), Some(second));
        let unaware = second.replace("https:", "http:");
        assert_eq!(next(first, &unaware).as_deref(), Some(second));
        for elsewhere in [
            "https://example.com/api/?page=2",
            "https://example.org:8443/api/?page=2",
            "https://a:b@example.org/api/?page=2",
            "http://example.org:8080/api/?page=2",
            "file:///etc/passwd",
            "https://",
            first,
        ] {
            assert_eq!(next(first, elsewhere), None, "{elsewhere}");
        }
        assert_eq!(
            next("http://example.org/", "https://example.org/?page=2"),
            None
        );
    }
}
