//! Which of the names that a tool gives a talk is its code: the one that stays.

use crate::model::{TalkCode, WebUrl};
use uuid::Uuid;

/// The code of a talk in the formats of the frab family: pretalx's code, also where only the address of
/// the talk's page holds it, else the guid, else the id.
pub(super) fn steadiest(
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
pub(super) fn in_address(url: &WebUrl) -> Option<TalkCode> {
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
