//! Which events of an organisers' tool are for the public.
//!
//! Exports made by organisers hold proposals, drafts and rejected talks. None of them may ever be
//! published, so a state that nobody knows is kept back too.

use crate::model::State;
use crate::source::{Place, Problem};
use std::collections::BTreeMap;

/// What a state says about publication; `None` when the event is kept back. c3voc's, pretalx's and
/// Sessionize's words.
pub(in crate::source) fn published(word: &str) -> Option<State> {
    match word.trim().to_ascii_lowercase().as_str() {
        "confirmed" | "accepted" | "delayed" => Some(State::Confirmed),
        "tentative" => Some(State::Tentative),
        "canceled" | "cancelled" => Some(State::Cancelled),
        _ => None,
    }
}

/// Events that are kept back, by state.
#[derive(Default)]
pub(in crate::source) struct KeptBack(BTreeMap<String, usize>);

impl KeptBack {
    /// Counts one.
    pub(in crate::source) fn add(&mut self, word: &str) {
        let known = self.0.len() < 20;
        let word = if known {
            word.trim().to_ascii_lowercase()
        } else {
            "other".into()
        };
        *self.0.entry(word).or_default() += 1;
    }

    /// How many there are.
    pub(in crate::source) fn count(&self) -> usize {
        self.0.values().sum()
    }

    /// What to tell about them.
    pub(in crate::source) fn note(&self, place: Place) -> Option<Problem> {
        let states: Vec<String> = self
            .0
            .iter()
            .map(|(word, count)| format!("{word} ({count})"))
            .collect();
        let message = format!(
            "not published, since only accepted and confirmed events are: {}",
            states.join(", ")
        );
        (!states.is_empty()).then(|| Problem::note(place, message))
    }
}
