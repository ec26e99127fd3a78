//! What talks are recognised by.

use super::programme::{Programme, counted};
use crate::model::Talk;
use crate::source::{Problem, Severity};

/// Talks whose code is made of their address or title.
pub(super) fn derived(programme: &Programme<'_>) -> Vec<Problem> {
    let talks = programme.conference.talks.iter();
    let derived: Vec<&Talk> = talks.filter(|talk| talk.given_code.is_none()).collect();
    let Some(first) = derived.first() else {
        return Vec::new();
    };
    let message = format!(
        "no code is given to {}: {}",
        counted(derived.len(), "talk"),
        programme.first_few(&derived)
    );
    let remedy = "give each talk a `code`: a new title is mostly recognised, a code always";
    let place = programme.place_of(first);
    vec![Problem::new(Severity::Note, place, message, remedy)]
}
