//! Which of the names that a tool gives a talk is its code: the one that stays.

use crate::model::{TalkCode, WebUrl};
use uuid::Uuid;

/// The code of a talk in the formats of the frab family: pretalx's code, also where only the address of
/// the talk's page holds it, else the guid, else the id.
pub(in crate::source) fn steadiest(
    code: Option<TalkCode>,
    url: Option<&WebUrl>,
    guid: Option<Uuid>,
    id: Option<&str>,
) -> Option<TalkCode> {
    code.or_else(|| in_address(url?))
        .or_else(|| TalkCode::parse(&guid?.to_string()))
        .or_else(|| TalkCode::parse(id?))
}

/// The code in the address of a pretalx talk page: `…/talk/CODE/`, `…/talk/CODE.ics`.
pub(in crate::source) fn in_address(url: &WebUrl) -> Option<TalkCode> {
    let mut before = Vec::new();
    let mut segments = url.path().split('/').filter(|segment| !segment.is_empty());
    for segment in segments.by_ref() {
        if segment == "talk" {
            break;
        }
        before.push(segment);
    }
    let code = segments.next()?;
    let code = code.split_once('.').map_or(code, |(code, _)| code);
    let is_code = code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    // Elsewhere a lower-case word of six letters is the title in the address of a talk.
    let is_word = code.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_pretalx = url.host().contains("pretalx") || !before.is_empty();
    if !is_code || is_word && !is_pretalx || segments.next() == Some("feedback") {
        return None;
    }
    TalkCode::parse(&code.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_of_a_pretalx_page_is_found_on_any_host() {
        let code = |url: &str| {
            in_address(&WebUrl::parse(url).expect("an address")).map(|code| code.to_string())
        };
        assert_eq!(
            code("https://pretalx.com/x-2022/talk/MVLLML/").as_deref(),
            Some("MVLLML")
        );
        assert_eq!(
            code("https://cfp.example.org/x/talk/9kjwwl.ics").as_deref(),
            Some("9KJWWL")
        );
        assert_eq!(
            code("https://talks.example.org/talk/3HKZTJ?lang=en").as_deref(),
            Some("3HKZTJ")
        );
        assert_eq!(code("https://example.org/talk/django/"), None);
        assert_eq!(code("https://example.org/talk/a-long-title/"), None);
        assert_eq!(code("https://pretalx.com/x-2022/speaker/MVLLML/"), None);
        assert_eq!(
            code("https://pretalx.com/x-2022/talk/MVLLML/feedback/"),
            None
        );
    }
}
