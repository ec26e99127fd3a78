//! What another source says of a talk, laid over what is known.

use super::times::Calendar;
use super::{excerpt, fill, folded, joined};
use crate::model::{Markdown, Plain, TalkCode};
use crate::source::{DraftSlot, DraftTalk, Place, Problem};
use chrono::{NaiveDate, NaiveDateTime};

/// A talk, and what another source says of it.
pub(super) struct Overlay<'a> {
    pub(super) calendar: &'a Calendar,
    pub(super) talk: &'a mut DraftTalk,
    /// Whether the talk is only known by its code: then what is said of it is meant to differ.
    pub(super) is_correction: bool,
    pub(super) problems: &'a mut Vec<Problem>,
}

impl Overlay<'_> {
    pub(super) fn add(&mut self, mut other: DraftTalk) {
        let place = other.place.clone();
        if self.talk.title.is_empty() {
            self.talk.title = other.title.clone();
        }
        if folded(&self.talk.title) != folded(&other.title) {
            let (known, said) = (self.talk.title.to_string(), other.title.to_string());
            self.contradiction(&place, "title", &known, &said);
        }
        macro_rules! overlay {
            ($($field:ident $key:literal $text:expr;)*) => {$(
                let text = $text;
                if let (Some(known), Some(said)) = (&self.talk.$field, &other.$field)
                    && folded(text(known).as_ref()) != folded(text(said).as_ref())
                {
                    let (known, said) = (text(known).to_string(), text(said).to_string());
                    self.contradiction(&place, $key, &known, &said);
                }
                fill(&mut self.talk.$field, &mut other.$field);
            )*};
        }
        overlay! {
            code "code" |code: &TalkCode| code.to_string();
            subtitle "subtitle" |text: &Plain| text.to_string();
            kind "kind" |kind: &crate::model::Kind| kind.word();
            format "format" |text: &Plain| text.to_string();
            level "level" |text: &Plain| text.to_string();
            state "state" |state: &crate::model::State| state.word();
            summary "abstract" |text: &Markdown| text.to_string();
            description "description" |text: &Markdown| text.to_string();
            track "track" |text: &Plain| text.to_string();
            language "language" |language: &crate::model::Language| language.to_string();
            licence "licence" |text: &Plain| text.to_string();
        }
        self.add_addresses(&place, &mut other);
        fill(&mut self.talk.recording_optout, &mut other.recording_optout);
        fill(&mut self.talk.origin, &mut other.origin);
        self.talk.updated = self.talk.updated.max(other.updated);
        self.talk.notes = joined(self.talk.notes.take(), other.notes.take());
        self.add_speakers(&place, other.speakers);
        for link in other.links {
            let is_known = self.talk.links.iter().any(|known| known.url == link.url);
            if !is_known && self.talk.url.as_ref() != Some(&link.url) {
                self.talk.links.push(link);
            }
        }
        for tag in other.tags {
            if !self.talk.tags.contains(&tag) {
                self.talk.tags.push(tag);
            }
        }
        self.add_slots(&place, other.slots);
    }

    fn add_addresses(&mut self, place: &Place, other: &mut DraftTalk) {
        let pairs = [
            ("url", &mut self.talk.url, &mut other.url),
            ("online", &mut self.talk.online, &mut other.online),
            ("image", &mut self.talk.image, &mut other.image),
        ];
        let mut contradictions = Vec::new();
        for (key, known, said) in pairs {
            if let (Some(known), Some(said)) = (&known, &said)
                && known != said
            {
                contradictions.push((key, known.to_string(), said.to_string()));
            }
            fill(known, said);
        }
        for (key, known, said) in contradictions {
            self.contradiction(place, key, &known, &said);
        }
    }

    fn add_speakers(&mut self, place: &Place, said: Vec<Plain>) {
        let names = |speakers: &[Plain]| {
            let mut names: Vec<String> = speakers.iter().map(|name| folded(name)).collect();
            names.sort();
            names
        };
        if self.talk.speakers.is_empty() {
            self.talk.speakers = said;
        } else if !said.is_empty() && names(&said) != names(&self.talk.speakers) {
            let list = |speakers: &[Plain]| {
                let names: Vec<&str> = speakers.iter().map(|name| &**name).collect();
                names.join(", ")
            };
            let (known, said) = (list(&self.talk.speakers), list(&said));
            self.contradiction(place, "speakers", &known, &said);
        }
    }

    fn add_slots(&mut self, place: &Place, mut said: Vec<DraftSlot>) {
        if self.talk.slots.is_empty() {
            self.talk.slots = said;
            return;
        }
        // A source that only knows days may name any of a talk's.
        let only_days = said.iter().all(|slot| slot.start.is_none());
        if only_days {
            let known: Vec<_> = self
                .talk
                .slots
                .iter()
                .map(|slot| self.calendar.day_of(slot))
                .collect();
            said.retain(|slot| slot.room.is_some() || !known.contains(&self.calendar.day_of(slot)));
        }
        if said.len() != self.talk.slots.len() && !said.is_empty() && !only_days {
            let (known, said) = (self.talk.slots.len().to_string(), said.len().to_string());
            self.contradiction(place, "number of slots", &known, &said);
            return;
        }
        for (at, mut said) in said.into_iter().enumerate() {
            let Some(mut known) = self.talk.slots.get(at).cloned() else {
                self.talk.slots.push(said);
                continue;
            };
            let contradictions = self.compare(&known, &said);
            let is_elsewhere = contradictions.iter().any(|(key, ..)| *key == "day");
            for (key, known, said) in contradictions {
                self.contradiction(place, key, &known, &said);
            }
            // The hours of another day would not be those of this one.
            if !is_elsewhere {
                fill(&mut known.start, &mut said.start);
                fill(&mut known.end, &mut said.end);
                fill(&mut known.day, &mut said.day);
            }
            fill(&mut known.room, &mut said.room);
            fill(&mut known.state, &mut said.state);
            let (ids, other) = (&mut known.identifiers, &mut said.identifiers);
            fill(&mut ids.guid, &mut other.guid);
            fill(&mut ids.id, &mut other.id);
            fill(&mut ids.slug, &mut other.slug);
            self.talk.slots[at] = known;
        }
    }

    /// What two sources say differently of one slot.
    fn compare(&self, known: &DraftSlot, said: &DraftSlot) -> Vec<(&'static str, String, String)> {
        let days = (self.calendar.day_of(known), self.calendar.day_of(said));
        let starts = (self.calendar.start_of(known), self.calendar.start_of(said));
        let ends = (self.calendar.end_of(known), self.calendar.end_of(said));
        let room = |slot: &DraftSlot| slot.room.as_ref().map(|room| room.to_string());
        let state = |slot: &DraftSlot| slot.state.map(|state| state.word().to_owned());
        let shown = |time: Option<NaiveDateTime>| {
            time.map(|time| time.format("%Y-%m-%d %H:%M").to_string())
        };
        let date = |date: Option<NaiveDate>| date.map(|date| date.to_string());
        let mut pairs = vec![("day", date(days.0), date(days.1))];
        if days.0.is_none() || days.1.is_none() || days.0 == days.1 {
            pairs.push(("start", shown(starts.0), shown(starts.1)));
            pairs.push(("end", shown(ends.0), shown(ends.1)));
        }
        pairs.push(("room", room(known), room(said)));
        pairs.push(("state", state(known), state(said)));
        let pairs = pairs
            .into_iter()
            .filter_map(|(key, known, said)| Some((key, known?, said?)));
        pairs
            .filter(|(_, known, said)| folded(known) != folded(said))
            .collect()
    }

    fn contradiction(&mut self, place: &Place, key: &str, known: &str, said: &str) {
        if self.is_correction {
            return;
        }
        let message = format!(
            "the {key} here is {}, at {} it is {}",
            excerpt(said),
            self.talk.place,
            excerpt(known)
        );
        let remedy = "the latter is published; make the two agree";
        let name = self
            .talk
            .code
            .as_deref()
            .unwrap_or(&self.talk.title)
            .to_owned();
        self.problems
            .push(Problem::warning(place.clone(), message, remedy).of_talk(name));
    }
}
