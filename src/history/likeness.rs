//! Whether two talks without codes are one that was edited: a slip in the title was mended, it was
//! retitled and moved at once, a keynote has got its speaker.
//!
//! None of this is certain, so it counts only for what nothing surer connects, and only where exactly
//! one published talk is like exactly one that seems new.

use super::typing_slip::is_slip;
use crate::model::{Kind, Slot, State, Talk, When};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A text that is shorter may stand in any talk: "Details follow."
const TELLING_TEXT: usize = 40;
/// A word that is shorter is in many titles: "the", "day", "and".
const TELLING_WORD: usize = 4;
/// Titles with fewer telling words in common may be of two talks: "Introduction to Python".
const FEWEST_SHARED: usize = 3;

/// What an edited talk has kept, the surest first.
#[derive(Clone, Copy)]
pub(super) enum Likeness {
    /// The title but for case, blanks and marks.
    Letters,
    /// Abstract, description and remarks.
    Text,
    /// The title but for slips of typing.
    Slips,
    /// The speakers.
    Speakers,
    /// The day, and a title that has become longer or shorter by some words or has most of them.
    Words,
    /// Hour and room, while it got its speakers or lost them.
    Place,
}

pub(super) const SUREST_FIRST: [Likeness; 6] = [
    Likeness::Letters,
    Likeness::Text,
    Likeness::Slips,
    Likeness::Speakers,
    Likeness::Words,
    Likeness::Place,
];

impl Likeness {
    /// Whether `after` may be what became of `before`.
    pub(super) fn holds(self, before: &Talk, after: &Talk) -> bool {
        if is_pause(before) != is_pause(after) {
            return false;
        }
        match self {
            Self::Letters => is_one(&letters(&before.title), &letters(&after.title)),
            Self::Text => is_one(&text(before), &text(after)),
            Self::Slips => {
                are_compatible(before, after)
                    && is_slip(&words(&before.title), &words(&after.title))
            }
            Self::Speakers => is_one(&speakers(before), &speakers(after)),
            Self::Words => {
                are_compatible(before, after)
                    && days(before) == days(after)
                    && are_akin(&before.title, &after.title)
            }
            Self::Place => {
                // What was called off has left its hour to others.
                before.state != State::Cancelled
                    && after.given_code.is_none()
                    && are_compatible(before, after)
                    && is_one(&hours(before), &hours(after))
            }
        }
    }
}

/// Nobody retitles lunch to a talk.
fn is_pause(talk: &Talk) -> bool {
    matches!(talk.kind, Kind::Break | Kind::Social)
}

/// What says nothing is no evidence.
fn is_one<T: PartialEq + Default>(before: &T, after: &T) -> bool {
    *before != T::default() && before == after
}

/// Whether the speakers of one are among those of the other: somebody may have joined or left.
fn are_compatible(before: &Talk, after: &Talk) -> bool {
    let (before, after) = (speakers(before), speakers(after));
    before.is_subset(&after) || after.is_subset(&before)
}

fn speakers(talk: &Talk) -> BTreeSet<&str> {
    let speakers = talk.speakers.iter();
    speakers.map(|speaker| &*speaker.name).collect()
}

fn letters(title: &str) -> String {
    words(title).concat()
}

fn words(title: &str) -> Vec<String> {
    let title = title.to_lowercase();
    let words = title.split(|letter: char| !letter.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(ToOwned::to_owned)
        .collect()
}

fn text(talk: &Talk) -> Vec<&str> {
    let texts = [&*talk.summary, &*talk.description, &*talk.notes];
    let words: Vec<&str> = texts
        .iter()
        .flat_map(|text| text.split_whitespace())
        .collect();
    let length: usize = words.iter().map(|word| word.len() + 1).sum();
    if length > TELLING_TEXT {
        words
    } else {
        Vec::new()
    }
}

/// Whether all words of one title are in the other, among them one that tells something; or most of
/// those that tell something are in both. Numbers differ on purpose.
fn are_akin(before: &str, after: &str) -> bool {
    let set = |title: &str| words(title).into_iter().collect::<BTreeSet<String>>();
    let (before, after) = (set(before), set(after));
    let (told_before, told_after) = (telling(&before), telling(&after));
    let is_extended = (!told_before.is_empty() && before.is_subset(&after))
        || (!told_after.is_empty() && after.is_subset(&before));
    let shared = told_before.intersection(&told_after).count();
    let most = told_before.len().max(told_after.len());
    let are_mostly_one = shared >= FEWEST_SHARED && shared * 3 > most * 2;
    is_extended || (are_mostly_one && numbers(&before) == numbers(&after))
}

fn telling(words: &BTreeSet<String>) -> BTreeSet<&String> {
    let is_telling = |word: &&String| word.chars().count() >= TELLING_WORD;
    words.iter().filter(is_telling).collect()
}

fn numbers(words: &BTreeSet<String>) -> Vec<&String> {
    let has_digit = |word: &&String| word.chars().any(char::is_numeric);
    words.iter().filter(has_digit).collect()
}

/// The days that its slots are listed for; of a talk after midnight the next one.
fn days(talk: &Talk) -> BTreeSet<NaiveDate> {
    let day = |slot: &Slot| match &slot.when {
        When::Span(span) => span.start().wall().date(),
        When::Day(date) => *date,
    };
    talk.slots.iter().map(day).collect()
}

/// The starts that are known, with their rooms.
fn hours(talk: &Talk) -> Vec<(i64, Option<&str>)> {
    let slots = talk.slots.iter();
    slots
        .filter_map(|slot| {
            let start = slot.when.timed()?.start().instant().timestamp();
            Some((start, slot.room.as_ref().map(|room| &*room.name)))
        })
        .collect()
}
