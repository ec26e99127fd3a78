//! Talks as they are read: events of one code and one title are one talk, held more than once.

use super::findings::Findings;
use super::limit::too_many;
use crate::model::{Link, Plain, State, TalkCode};
use crate::source::{DraftSlot, DraftTalk, MOST_TALKS, Place, Problem};
use std::collections::{HashMap, HashSet};

/// The most occurrences of one talk, and the most speakers and links that are compared with others.
const MOST_COMPARED: usize = 500;

/// Talks as they are read.
#[derive(Default)]
pub(in crate::source) struct TalkList {
    talks: Vec<DraftTalk>,
    /// Where the talks with a code are.
    known: HashMap<(TalkCode, Plain), usize>,
    events: usize,
}

impl TalkList {
    /// Adds an event. Beyond [`MOST_TALKS`] it is only counted.
    ///
    /// What is said at one occurrence and not at another holds for the talk; where two say something
    /// else, the first counts and the other is reported.
    pub(in crate::source) fn add(&mut self, talk: DraftTalk, findings: &mut Findings) {
        self.events += 1;
        if self.events > MOST_TALKS {
            return;
        }
        let key = talk.code.clone().map(|code| (code, talk.title.clone()));
        let known = key.as_ref().and_then(|key| self.known.get(key));
        match known.and_then(|at| self.talks.get_mut(*at)) {
            Some(known) => hold_again(known, talk, findings),
            None => {
                self.known.extend(key.map(|key| (key, self.talks.len())));
                self.talks.push(talk);
            }
        }
    }

    /// How many people speak, by name.
    pub(in crate::source) fn speakers(&self) -> usize {
        let names = self.talks.iter().flat_map(|talk| &talk.speakers);
        names.collect::<HashSet<_>>().len()
    }

    /// How many events there are.
    pub(in crate::source) fn events(&self) -> usize {
        self.events
    }

    /// The talks, in the order of the file.
    ///
    /// # Errors
    ///
    /// When there are too many to be a conference's.
    pub(in crate::source) fn finish(self, place: Place) -> Result<Vec<DraftTalk>, Problem> {
        if self.events > MOST_TALKS {
            return Err(too_many(place, "events", MOST_TALKS));
        }
        Ok(self.talks)
    }
}

/// Adds another event of a talk to it.
fn hold_again(talk: &mut DraftTalk, again: DraftTalk, findings: &mut Findings) {
    let stands = |state: Option<State>| state.unwrap_or_default();
    let has_own_state = stands(talk.state) != stands(again.state);
    if has_own_state {
        // Where only one of the occurrences is cancelled, the talk is not.
        for slot in &mut talk.slots {
            slot.state = slot.state.or(talk.state);
        }
        talk.state = None;
    } else {
        talk.state = talk.state.or(again.state);
    }
    for mut slot in again.slots {
        if let Some(known) = talk.slots.iter().find(|known| is_same(known, &slot)) {
            let message = format!("it is listed before at {}, at the same time", known.place);
            let remedy = "remove one of the two; it is published once";
            let problem = Problem::warning(slot.place, message, remedy).of_talk(&*talk.title);
            findings.report_sort("events that are listed twice", problem);
            continue;
        }
        if talk.slots.len() >= MOST_COMPARED {
            let message = format!("this talk is held more than {MOST_COMPARED} times");
            let remedy = "the others are left out";
            let problem = Problem::error(slot.place, message, remedy).of_talk(&*talk.title);
            findings.report_sort("occurrences of talks that are held too often", problem);
            continue;
        }
        if has_own_state {
            slot.state = slot.state.or(again.state);
        }
        talk.slots.push(slot);
    }
    let mut differing = Vec::new();
    macro_rules! fill_in {
        ($($field:ident as $name:literal)*) => {$(
            match (&talk.$field, again.$field) {
                (None, said) => talk.$field = said,
                (Some(known), Some(said)) if *known != said => differing.push($name),
                (Some(_), _) => {}
            }
        )*};
    }
    fill_in!(
        subtitle as "subtitle"
        format as "format"
        level as "level"
        summary as "abstract"
        description as "description"
        notes as "notes"
        track as "track"
        language as "language"
        url as "address"
        online as "stream"
        image as "picture"
        licence as "licence"
        recording_optout as "consent to a recording"
        origin as "origin"
        kind as "kind"
    );
    talk.updated = talk.updated.max(again.updated);
    let is_known = |known: &Plain, said: &Plain| known == said;
    if !unite(&mut talk.speakers, again.speakers, is_known) {
        differing.push("list of speakers");
    }
    let is_known = |known: &Link, said: &Link| known.url == said.url;
    if !unite(&mut talk.links, again.links, is_known) {
        differing.push("list of links");
    }
    let is_known = |known: &Plain, said: &Plain| known == said;
    if !unite(&mut talk.tags, again.tags, is_known) {
        differing.push("list of tags");
    }
    if !differing.is_empty() {
        let message = format!(
            "it is listed before at {}, with another {}",
            talk.place,
            differing.join(", ")
        );
        let remedy = "the first is published; make them agree";
        let problem = Problem::warning(again.place, message, remedy).of_talk(&*talk.title);
        findings.report_sort("events that differ from their first occurrence", problem);
    }
}

/// Whether two events are the same occurrence.
fn is_same(one: &DraftSlot, other: &DraftSlot) -> bool {
    let said = |slot: &DraftSlot| (slot.start, slot.day, slot.end);
    let is_placed = one.start.is_some() || one.day.is_some();
    is_placed && said(one) == said(other) && one.room == other.room
}

/// Adds what is new; false where that would be too much to compare.
fn unite<T>(known: &mut Vec<T>, said: Vec<T>, is_known: impl Fn(&T, &T) -> bool) -> bool {
    for thing in said {
        if known.iter().any(|known| is_known(known, &thing)) {
            continue;
        }
        if known.len() >= MOST_COMPARED {
            return false;
        }
        known.push(thing);
    }
    true
}
