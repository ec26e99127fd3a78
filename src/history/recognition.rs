//! Which talk is which: talks without a code of their own keep, through new titles, the one that they
//! were first published with, and a talk that is given a code later keeps it too.
//!
//! A code that the organisers gave and that is known is never questioned. The others are recognised by
//! marks, the surest first; a mark counts when exactly one published talk and exactly one of the
//! conference's has it. What is left is paired with the published talk that it is like, where there is
//! just one, also where that has lost its code. What stays unrecognised is new.

use super::content::marks;
use super::likeness;
use super::revision::History;
use crate::model::{Conference, State, Talk, TalkCode};
use std::collections::{BTreeMap, BTreeSet};

/// A programme that is new from end to end is not compared talk by talk.
const MOST_COMPARED: usize = 20_000;

/// What a talk is recognised by, the surest first.
#[derive(Clone, Copy)]
enum Evidence {
    /// Nothing has changed: title, place and speakers.
    Everything,
    /// Its address.
    Address,
    /// Its title.
    Title,
    /// The code made of its title: for one of several that are called alike.
    Code,
    /// Its place in the programme and its speakers.
    Place,
}

const SUREST_FIRST: [Evidence; 5] = [
    Evidence::Everything,
    Evidence::Address,
    Evidence::Title,
    Evidence::Code,
    Evidence::Place,
];

/// What is known of a talk for its recognition.
struct Traits<'a> {
    code: &'a TalkCode,
    marks: &'a [String],
    /// Whether the organisers gave it the code.
    is_given: bool,
}

impl Evidence {
    /// What two talks must have in common.
    fn of(self, talk: &Traits<'_>) -> Option<String> {
        let mark = |kind: &str| {
            talk.marks
                .iter()
                .find(|mark| mark.starts_with(kind))
                .cloned()
        };
        match self {
            Self::Everything => Some(format!("{} {}", mark("title")?, mark("place")?)),
            Self::Address => mark("address"),
            Self::Title => mark("title"),
            // By itself it says only what a talk was called once.
            Self::Code if !talk.is_given => Some(format!("{} {}", talk.code, mark("title")?)),
            Self::Place if !talk.is_given => mark("place"),
            Self::Code | Self::Place => None,
        }
    }
}

impl History {
    /// Gives each talk of `conference` the code that it was published with before. `published` are
    /// the talks of the newest edition, as they were shown.
    pub fn keep_codes(&self, published: &[Talk], conference: &mut Conference) {
        let talks = &conference.talks;
        let marks_of: Vec<Vec<String>> = talks.iter().map(marks).collect();
        let mut kept: Vec<Option<TalkCode>> =
            talks.iter().map(|talk| self.known_code(talk)).collect();
        let mut taken: BTreeSet<TalkCode> = kept.iter().flatten().cloned().collect();
        for evidence in SUREST_FIRST {
            let mut gone: BTreeMap<String, Vec<&TalkCode>> = BTreeMap::new();
            for (code, talk) in &self.talks {
                // Talks of one place are told apart by stronger evidence first; what is left counts.
                let is_settled = matches!(evidence, Evidence::Place) && taken.contains(code);
                let is_published = !talk.revision.is_gone() && !is_settled;
                let marks = &talk.marks;
                let traits = Traits {
                    code,
                    marks,
                    is_given: false,
                };
                if let Some(key) = evidence
                    .of(&traits)
                    .filter(|_| is_published && !marks.is_empty())
                {
                    gone.entry(key).or_default().push(code);
                }
            }
            let mut open: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for (at, talk) in talks.iter().enumerate() {
                let traits = Traits {
                    code: &talk.code,
                    marks: &marks_of[at],
                    is_given: talk.given_code.is_some(),
                };
                if let Some(key) = evidence.of(&traits).filter(|_| kept[at].is_none()) {
                    open.entry(key).or_default().push(at);
                }
            }
            for (key, places) in open {
                if let ([at], Some([code])) = (&*places, gone.get(&key).map(Vec::as_slice))
                    && !taken.contains(*code)
                {
                    kept[*at] = Some((*code).clone());
                    taken.insert((*code).clone());
                }
            }
        }
        self.keep_likenesses(published, talks, &mut kept, &mut taken);
        for (talk, kept) in conference.talks.iter_mut().zip(kept) {
            talk.code = kept.unwrap_or_else(|| self.free_code(talk, &taken));
            taken.insert(talk.code.clone());
        }
    }

    /// Pairs what is left with what it is like: first with what takes place, then with what is
    /// cancelled and may have come back.
    fn keep_likenesses(
        &self,
        published: &[Talk],
        talks: &[Talk],
        kept: &mut [Option<TalkCode>],
        taken: &mut BTreeSet<TalkCode>,
    ) {
        // Two codes that the organisers gave are two talks; one of them may have lost its code.
        let is_named = |talk: &Talk| {
            let known = self.talks.get(&talk.code);
            known.is_none_or(|known| known.marks.is_empty())
        };
        for with_cancelled in [false, true] {
            for likeness in likeness::SUREST_FIRST {
                let is_off = |talk: &Talk| talk.state == State::Cancelled;
                let gone = published.iter().filter(|talk| {
                    !taken.contains(&talk.code) && (with_cancelled || !is_off(talk))
                });
                let gone: Vec<&Talk> = gone.collect();
                let open: Vec<usize> = (0..talks.len())
                    .filter(|at| kept.get(*at).is_some_and(Option::is_none))
                    .collect();
                if gone.len().saturating_mul(open.len()) > MOST_COMPARED {
                    return;
                }
                let is_like = |known: &Talk, at: usize| {
                    talks.get(at).is_some_and(|talk| {
                        let may_be = talk.given_code.is_none() || !is_named(known);
                        may_be && likeness.holds(known, talk)
                    })
                };
                for (known, at) in only_pairs(&gone, &open, is_like) {
                    if let Some(place) = kept.get_mut(at) {
                        *place = Some(known.code.clone());
                        taken.insert(known.code.clone());
                    }
                }
            }
        }
    }

    /// The code of a talk that the organisers name by a code that is known.
    fn known_code(&self, talk: &Talk) -> Option<TalkCode> {
        let given = talk.given_code.as_ref()?;
        if self.talks.contains_key(given) {
            return Some(given.clone());
        }
        let mut published = self.talks.iter();
        let renamed = published.find(|(_, known)| known.alias.as_ref() == Some(given));
        renamed.map(|(code, _)| code.clone())
    }

    /// The code of a talk that is new: its own, where no other talk has it.
    fn free_code(&self, talk: &Talk, taken: &BTreeSet<TalkCode>) -> TalkCode {
        let is_free = |code: &TalkCode| {
            let is_published = self
                .talks
                .get(code)
                .is_some_and(|known| !known.revision.is_gone());
            !taken.contains(code) && !is_published
        };
        if talk.given_code.is_some() || is_free(&talk.code) {
            return talk.code.clone();
        }
        let numbered = (2..).map(|number| format!("{}-{number}", talk.code));
        let mut codes = numbered.filter_map(|name| TalkCode::parse(&name));
        codes
            .find(|code| is_free(code) && !self.talks.contains_key(code))
            .unwrap_or_else(|| talk.code.clone())
    }
}

/// Each published talk that is like exactly one open place, which is like no other one.
fn only_pairs<'a>(
    gone: &[&'a Talk],
    open: &[usize],
    is_like: impl Fn(&Talk, usize) -> bool,
) -> Vec<(&'a Talk, usize)> {
    let likes = |known: &Talk| -> Vec<usize> {
        let open = open.iter().copied();
        open.filter(|at| is_like(known, *at)).collect()
    };
    let all: Vec<(&Talk, Vec<usize>)> = gone.iter().map(|known| (*known, likes(known))).collect();
    let mut suitors: BTreeMap<usize, usize> = BTreeMap::new();
    for at in all.iter().flat_map(|(_, places)| places) {
        *suitors.entry(*at).or_default() += 1;
    }
    let only = all.into_iter().filter_map(|(known, places)| match *places {
        [at] if suitors.get(&at) == Some(&1) => Some((known, at)),
        _ => None,
    });
    only.collect()
}
