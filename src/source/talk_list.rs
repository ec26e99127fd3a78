//! The talks of one source, in the order of the file: events that share a code and a title are one talk
//! that is held several times.

use super::{DraftSlot, DraftTalk, MOST_TALKS, Place, Problem};
use crate::model::{Plain, TalkCode};
use std::collections::{HashMap, HashSet};

/// Talks as they are read.
#[derive(Default)]
pub(super) struct TalkList {
    talks: Vec<DraftTalk>,
    /// Where the talks with a code are.
    known: HashMap<(TalkCode, Plain), usize>,
    events: usize,
}

impl TalkList {
    /// Adds an event. Beyond [`MOST_TALKS`] it is only counted.
    ///
    /// Its problem is that it says something else of the talk than an earlier one.
    pub(super) fn add(&mut self, talk: DraftTalk) -> Option<Problem> {
        self.events += 1;
        if self.events > MOST_TALKS {
            return None;
        }
        let key = talk.code.clone().map(|code| (code, talk.title.clone()));
        let Some(at) = key.as_ref().and_then(|key| self.known.get(key)) else {
            if let Some(key) = key {
                self.known.insert(key, self.talks.len());
            }
            self.talks.push(talk);
            return None;
        };
        let known = self.talks.get_mut(*at)?;
        let differs = differs(known, &talk);
        let problem = (!differs.is_empty()).then(|| {
            let message = format!(
                "it is listed before at {}, with another {}",
                known.place,
                differs.join(", ")
            );
            Problem::warning(
                talk.place.clone(),
                message,
                "the first is published; make them agree",
            )
            .of_talk(&*known.title)
        });
        let mut again = None;
        for slot in talk.slots {
            if let Some(same) = known.slots.iter().find(|known| is_same(known, &slot)) {
                let message = format!("it is listed before at {}, at the same time", same.place);
                let remedy = "remove one of the two; it is published once";
                again = Some(Problem::warning(slot.place, message, remedy).of_talk(&*known.title));
            } else {
                known.slots.push(slot);
            }
        }
        known.links.extend(talk.links);
        problem.or(again)
    }

    /// How many people speak, by name.
    pub(super) fn speakers(&self) -> usize {
        let names = self.talks.iter().flat_map(|talk| &talk.speakers);
        names.collect::<HashSet<_>>().len()
    }

    /// How many events there are.
    pub(super) fn events(&self) -> usize {
        self.events
    }

    /// The talks.
    ///
    /// # Errors
    ///
    /// When there are too many to be a conference's.
    pub(super) fn finish(mut self, place: Place) -> Result<Vec<DraftTalk>, Problem> {
        if self.events > MOST_TALKS {
            let message = format!(
                "there are {} events, at most {MOST_TALKS} are read",
                self.events
            );
            return Err(Problem::error(
                place,
                message,
                "split the conference, or check the file",
            ));
        }
        for talk in self.talks.iter_mut().filter(|talk| talk.slots.len() > 1) {
            let mut known = HashSet::new();
            talk.links.retain(|link| known.insert(link.url.clone()));
        }
        Ok(self.talks)
    }
}

/// Whether two events are the same occurrence.
fn is_same(one: &DraftSlot, other: &DraftSlot) -> bool {
    let said = |slot: &DraftSlot| (slot.start, slot.day, slot.end);
    said(one) == said(other) && one.room == other.room && one.start.is_some()
}

/// What two events of one talk say differently.
fn differs(known: &DraftTalk, talk: &DraftTalk) -> Vec<&'static str> {
    let pairs = [
        ("subtitle", known.subtitle == talk.subtitle),
        ("abstract", known.summary == talk.summary),
        ("description", known.description == talk.description),
        ("list of speakers", known.speakers == talk.speakers),
        ("track", known.track == talk.track),
        ("language", known.language == talk.language),
        ("format", known.format == talk.format),
    ];
    let differing = pairs.into_iter().filter(|(_, is_same)| !is_same);
    differing.map(|(what, _)| what).collect()
}
