//! Talks that somebody chose, written so shortly that all of them fit into an address.

use super::TalkCode;
use std::collections::BTreeSet;
use std::fmt;

/// How many characters a talk takes.
const LENGTH: usize = 5;

/// The most talks that are read; more than anybody can attend.
const MOST: usize = 400;

/// The characters of a mark: those that an address need not encode (RFC 3986 §2.3).
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// What stands for a talk in an address: five characters made of its code alone, so that it survives a
/// move, a new title, and whatever happens to other talks.
///
/// Two of 1,000 talks share one with a probability of 1 in 2,000; then both are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark([u8; LENGTH]);

impl Mark {
    /// The mark of the talk with this code.
    pub fn of(code: &TalkCode) -> Self {
        let hash = blake3::hash(code.as_bytes());
        let mut mark = [0; LENGTH];
        for (place, byte) in mark.iter_mut().zip(hash.as_bytes()) {
            *place = ALPHABET
                .get(usize::from(byte % 64))
                .copied()
                .unwrap_or_default();
        }
        Self(mark)
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letters = self.0.iter().map(|byte| char::from(*byte));
        letters
            .into_iter()
            .try_for_each(|letter| write!(formatter, "{letter}"))
    }
}

/// A set of talks, some of which may be unknown: they are of talks that are no more, or are yet to
/// come.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Chosen(BTreeSet<Mark>);

impl Chosen {
    /// Reads marks that follow each other without a gap. `None` for what cannot be that: other
    /// characters, or far too many. Half a mark at the end, as a cut address has it, is left out.
    pub fn parse(text: &str) -> Option<Self> {
        let is_plain = text.bytes().all(|byte| ALPHABET.contains(&byte));
        if !is_plain || text.len() > MOST * LENGTH {
            return None;
        }
        let marks = text.as_bytes().chunks_exact(LENGTH);
        let marks = marks.filter_map(|mark| mark.try_into().ok().map(Mark));
        Some(Self(marks.collect()))
    }

    /// Whether a talk is among them.
    pub fn holds(&self, code: &TalkCode) -> bool {
        self.0.contains(&Mark::of(code))
    }

    /// How many there are, known or not.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is chosen.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<Mark> for Chosen {
    fn from_iter<I: IntoIterator<Item = Mark>>(marks: I) -> Self {
        Self(marks.into_iter().collect())
    }
}

/// In one order, whatever the order of choosing.
impl fmt::Display for Chosen {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|mark| write!(formatter, "{mark}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> TalkCode {
        TalkCode::parse(text).expect("a code")
    }

    #[test]
    fn a_choice_is_read_as_it_was_written_and_has_one_order() {
        let marks = ["ABCDEF", "talk-2", "KEYNOTE"].map(|text| Mark::of(&code(text)));
        let chosen: Chosen = marks.into_iter().collect();
        let reversed: String = marks.iter().rev().map(ToString::to_string).collect();
        assert_eq!(chosen.to_string().len(), 15);
        assert_eq!(Chosen::parse(&chosen.to_string()), Some(chosen.clone()));
        assert_eq!(Chosen::parse(&reversed), Some(chosen.clone()));
        assert!(chosen.holds(&code("talk-2")) && !chosen.holds(&code("talk-3")));
    }

    #[test]
    fn a_cut_address_keeps_the_whole_marks() {
        let mark = Mark::of(&code("talk-2")).to_string();
        let cut = format!("{mark}AbC");
        assert_eq!(Chosen::parse(&cut).map(|chosen| chosen.len()), Some(1));
        assert_eq!(Chosen::parse(""), Some(Chosen::default()));
    }

    #[test]
    fn what_is_no_choice_is_refused() {
        assert_eq!(Chosen::parse("AbC/d"), None);
        assert_eq!(Chosen::parse("AbCd\u{e9}"), None);
        assert_eq!(Chosen::parse(&"A".repeat(LENGTH * MOST + 1)), None);
    }

    #[test]
    fn marks_never_change() {
        assert_eq!(Mark::of(&code("ABCDEF")).to_string(), "hIAf-");
    }
}
