//! What was found in the sources, for people and for programs.

mod excerpt;
mod ink;
mod json;
mod text;

pub(super) use ink::Ink;
pub(super) use json::Report;
pub(super) use text::text;

use crate::model::{Conference, When};

/// What a conference holds.
fn counts(conference: &Conference) -> Vec<(&'static str, usize)> {
    let slots = || conference.talks.iter().flat_map(|talk| &talk.slots);
    let timed = slots().filter(|slot| slot.when.timed().is_some()).count();
    let days_only = slots()
        .filter(|slot| matches!(slot.when, When::Day(_)))
        .count();
    let unplaced = conference
        .talks
        .iter()
        .filter(|talk| talk.slots.is_empty())
        .count();
    vec![
        ("talks", conference.talks.len()),
        ("slots with an hour", timed),
        ("slots with a day only", days_only),
        ("talks without a day", unplaced),
        ("days", conference.days.len()),
        ("rooms", conference.rooms.len()),
        ("tracks", conference.tracks.len()),
        ("speakers", conference.speakers.len()),
    ]
}
