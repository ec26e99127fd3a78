//! What several formats say in the same words.

use crate::model::{Kind, Link, Moment, State, Talk, Zone};
use std::borrow::Cow;

/// The place of what has none yet, for programs that want one.
pub(super) const NO_PLACE: &str = "To be announced";

/// A talk's title, which says so when it does not take place: not every program shows a status.
pub(super) fn title(talk: &Talk, state: State) -> Cow<'_, str> {
    if state == State::Cancelled {
        Cow::Owned(format!("CANCELLED: {}", talk.title))
    } else {
        Cow::Borrowed(&talk.title)
    }
}

/// A talk's track, its kind where that says something, its level and its tags.
pub(super) fn categories(talk: &Talk) -> Vec<&str> {
    let track = talk.track.iter().map(|track| &*track.name);
    let kind = (talk.kind != Kind::Talk).then(|| talk.kind.name());
    let level = talk.level.as_deref();
    let tags = talk.tags.iter().map(|tag| &**tag);
    track.chain(kind).chain(level).chain(tags).collect()
}

/// What a link is called: by its title, else by what is found there.
pub(super) fn link_name(link: &Link) -> Option<&str> {
    link.title.as_deref().or(link.kind.name())
}

/// A zone's abbreviation at a moment: "CEST"; "UTC+04" where it has no letters.
pub(super) fn abbreviation(moment: Moment, zone: &Zone) -> String {
    let abbreviation = zone.abbreviation(moment.instant());
    if abbreviation.starts_with(['+', '-']) {
        format!("UTC{abbreviation}")
    } else {
        abbreviation
    }
}
