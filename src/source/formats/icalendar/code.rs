//! What events are called by: their UIDs as codes of talks.

use super::event::Event;
use crate::model::TalkCode;
use std::collections::{HashMap, HashSet};

/// The code of each event that has a UID, in their order.
///
/// Most UIDs are `something@host`, of which the host says nothing. Where two events have the same name
/// at different hosts, or a name that no code may have, the code is made of the whole UID, so that it
/// stays the same as long as the UID does.
pub(super) fn codes(events: &[Event]) -> Vec<Option<TalkCode>> {
    let mut uids: HashMap<&str, HashSet<&str>> = HashMap::new();
    for uid in events.iter().filter_map(|event| event.uid.as_deref()) {
        uids.entry(name(uid)).or_default().insert(uid);
    }
    let code = |uid: &str| {
        if let Some(code) = pretalx(uid) {
            return Some(code);
        }
        let is_alone = uids.get(name(uid)).is_some_and(|uids| uids.len() == 1);
        TalkCode::parse(name(uid))
            .filter(|_| is_alone)
            .or_else(|| made_of(uid))
    };
    events
        .iter()
        .map(|event| code(event.uid.as_deref()?))
        .collect()
}

fn name(uid: &str) -> &str {
    uid.split('@').next().unwrap_or(uid)
}

/// The first half of the BLAKE3 hash.
fn made_of(uid: &str) -> Option<TalkCode> {
    let hash = blake3::hash(uid.as_bytes()).to_hex();
    TalkCode::parse(hash.get(..32)?)
}

/// `pretalx-<event>-<code>@host`; where the talk has several slots, `pretalx-<event>-<code>-<slot>@host`.
fn pretalx(uid: &str) -> Option<TalkCode> {
    let name = name(uid).strip_prefix("pretalx-")?;
    let (before, last) = name.rsplit_once('-')?;
    let is_slot = last.len() < 4 && last.bytes().all(|byte| byte.is_ascii_digit());
    let code = if is_slot {
        before.rsplit_once('-')?.1
    } else {
        last
    };
    TalkCode::parse(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes_of(uids: &[&str]) -> Vec<Option<String>> {
        let event = |uid: &&str| {
            let mut event = Event::new(1);
            event.uid = Some((*uid).to_owned());
            event
        };
        let events: Vec<Event> = uids.iter().map(event).collect();
        codes(&events)
            .into_iter()
            .map(|code| code.map(|code| code.to_string()))
            .collect()
    }

    #[test]
    fn the_host_is_no_part_of_a_code() {
        let uids = [
            "pretalx-demo-con-ABC7DE@example.org",
            "pretalx-demo-con-FGH3JK-1@example.org",
            "indico-contribution-12@example.org",
            "17",
        ];
        let codes = codes_of(&uids);
        let codes: Vec<&str> = codes.iter().flatten().map(String::as_str).collect();
        assert_eq!(codes, ["ABC7DE", "FGH3JK", "indico-contribution-12", "17"]);
    }

    #[test]
    fn a_name_that_is_no_code_or_that_two_hosts_use_is_hashed_with_its_host() {
        let long = format!("0400{}", "0".repeat(100));
        let codes = codes_of(&["1@a.example", "1@b.example", &long, "x y", "1@a.example"]);
        let codes: Vec<&str> = codes.iter().flatten().map(String::as_str).collect();
        assert!(codes.iter().all(|code| code.len() == 32));
        assert_eq!(codes[0], codes[4]);
        assert_eq!(codes.iter().collect::<HashSet<_>>().len(), 4);
    }
}
