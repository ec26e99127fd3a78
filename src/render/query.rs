//! The query of a feed's address: what was asked for beyond its path, in one order for everybody.

use super::{Cancelled, Selection, Wishes};
use url::form_urlencoded::Serializer;

/// The filters by name, in the order of the address.
pub(super) fn filters(selection: &Selection) -> Vec<(&'static str, String)> {
    pairs(selection, &Wishes::default())
}

/// The filters and wishes by name, in the order of the address.
fn pairs(selection: &Selection, wishes: &Wishes) -> Vec<(&'static str, String)> {
    let mut pairs = Vec::new();
    let mut add = |name, values: Vec<String>| {
        if !values.is_empty() {
            pairs.push((name, values.join(",")));
        }
    };
    fn texts<T: ToString>(values: &[T]) -> Vec<String> {
        values.iter().map(ToString::to_string).collect()
    }
    add("track", texts(&selection.tracks));
    add("room", texts(&selection.rooms));
    add("day", texts(&selection.days));
    add("lang", texts(&selection.languages));
    let kinds = selection.kinds.iter();
    add("kind", kinds.map(|kind| kind.word().to_owned()).collect());
    add("speaker", texts(&selection.speakers));
    let words = selection.words.join(" ");
    add(
        "q",
        Some(words)
            .filter(|words| !words.is_empty())
            .into_iter()
            .collect(),
    );
    let zone = wishes.zone.iter();
    add("tz", zone.map(|zone| zone.name().to_owned()).collect());
    add(
        "alarm",
        wishes.alarm.iter().map(ToString::to_string).collect(),
    );
    let cancelled = match wishes.cancelled {
        Cancelled::Mark => None,
        Cancelled::Keep => Some("keep".to_owned()),
        Cancelled::Hide => Some("hide".to_owned()),
    };
    add("cancelled", cancelled.into_iter().collect());
    add(
        "profile",
        wishes.rich.then(|| "rich".to_owned()).into_iter().collect(),
    );
    pairs
}

/// The query with its question mark; empty where nothing was asked for.
pub fn canonical(selection: &Selection, wishes: &Wishes) -> String {
    let pairs = pairs(selection, wishes);
    if pairs.is_empty() {
        return String::new();
    }
    let mut query = Serializer::new(String::new());
    query.extend_pairs(pairs);
    format!("?{}", query.finish())
}

/// What was selected, for people: "room: workshop, lang: de"; `None` where nothing was.
pub(super) fn description(selection: &Selection) -> Option<String> {
    let pairs = filters(selection);
    let words: Vec<String> = pairs
        .into_iter()
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    (!words.is_empty()).then(|| words.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Slug, Zone};

    #[test]
    fn the_query_names_what_was_asked_for_in_one_order() {
        let selection = Selection {
            rooms: vec![Slug::of("attic"), Slug::of("hall")],
            words: vec!["one & all".into()],
            ..Selection::default()
        };
        let wishes = Wishes {
            zone: Zone::named("Asia/Tokyo"),
            alarm: Some(15),
            ..Wishes::default()
        };
        assert_eq!(
            canonical(&selection, &wishes),
            "?room=attic%2Chall&q=one+%26+all&tz=Asia%2FTokyo&alarm=15"
        );
        assert_eq!(canonical(&Selection::default(), &Wishes::default()), "");
        assert_eq!(
            description(&selection).as_deref(),
            Some("room: attic,hall, q: one & all")
        );
    }
}
