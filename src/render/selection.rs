//! Which part of a programme a document shows. It means the same in every format.

use crate::model::{Conference, Kind, Language, Part, Slot, Slug, Talk};
use chrono::NaiveDate;

/// A part of a programme: a talk is in it when it passes every filter that is set.
///
/// Within one filter any value will do: two rooms and one track mean "in one of these rooms, and of
/// this track".
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// The part that has a path of its own.
    pub part: Part,
    /// Further days, by date.
    pub days: Vec<NaiveDate>,
    /// Further rooms.
    pub rooms: Vec<Slug>,
    /// Further tracks.
    pub tracks: Vec<Slug>,
    /// Further speakers.
    pub speakers: Vec<Slug>,
    /// Languages.
    pub languages: Vec<Language>,
    /// Kinds of talk.
    pub kinds: Vec<Kind>,
    /// Words that title, abstract, speakers or tags hold, whatever their letter case.
    pub words: Vec<String>,
}

/// A talk with those of its slots that are selected.
#[derive(Debug, Clone)]
pub struct Occurrence<'a> {
    /// The talk.
    pub talk: &'a Talk,
    /// Its selected slots; none while its time is not known.
    pub slots: Vec<&'a Slot>,
}

impl Selection {
    /// A part that has a path of its own.
    pub fn of(part: Part) -> Self {
        Self {
            part,
            ..Self::default()
        }
    }

    /// Whether nothing is asked beyond the part.
    pub fn is_plain(&self) -> bool {
        *self == Self::of(self.part.clone())
    }

    /// The selected talks in programme order.
    pub fn talks<'a>(&self, conference: &'a Conference) -> Vec<Occurrence<'a>> {
        self.talks_among(&conference.talks, conference)
    }

    /// The selected ones of some of a conference's talks.
    pub(super) fn talks_among<'a>(
        &self,
        talks: impl IntoIterator<Item = &'a Talk>,
        conference: &Conference,
    ) -> Vec<Occurrence<'a>> {
        let mut selected = Vec::new();
        for talk in talks {
            if !self.holds_talk(talk, conference) {
                continue;
            }
            let slots: Vec<&Slot> = talk
                .slots
                .iter()
                .filter(|slot| self.holds_slot(slot, conference))
                .collect();
            if !slots.is_empty() || (talk.slots.is_empty() && !self.asks_for_slots()) {
                selected.push(Occurrence { talk, slots });
            }
        }
        selected
    }

    fn holds_talk(&self, talk: &Talk, conference: &Conference) -> bool {
        let has_track = |slug: &Slug| talk.track.as_ref().is_some_and(|track| track.slug == *slug);
        let has_speaker = |slug: &Slug| talk.speakers.iter().any(|speaker| speaker.slug == *slug);
        let in_part = match &self.part {
            Part::Whole | Part::Day(_) | Part::Room(_) => true,
            Part::Track(slug) => has_track(slug),
            Part::Speaker(slug) => has_speaker(slug),
            Part::Talk(code) => talk.code == *code,
            Part::Chosen(chosen) => chosen.holds(&talk.code),
        };
        in_part
            && passes(&self.tracks, has_track)
            && passes(&self.speakers, has_speaker)
            && passes(&self.languages, |language| {
                is_held_in(talk, conference, language)
            })
            && passes(&self.kinds, |kind| talk.kind == *kind)
            && (self.words.is_empty() || holds_words(talk, &self.words))
    }

    fn holds_slot(&self, slot: &Slot, conference: &Conference) -> bool {
        let in_room = |slug: &Slug| slot.room.as_ref().is_some_and(|room| room.slug == *slug);
        let on_day = |date: &NaiveDate| slot.day(&conference.days) == *date;
        let in_part = match &self.part {
            Part::Day(date) => on_day(date),
            Part::Room(slug) => in_room(slug),
            _ => true,
        };
        in_part && passes(&self.rooms, in_room) && passes(&self.days, on_day)
    }

    fn asks_for_slots(&self) -> bool {
        matches!(self.part, Part::Day(_) | Part::Room(_))
            || !self.days.is_empty()
            || !self.rooms.is_empty()
    }
}

/// A talk that names no language is held in the conference's.
fn is_held_in(talk: &Talk, conference: &Conference, language: &Language) -> bool {
    let own = talk.language.as_ref().unwrap_or(&conference.language);
    own.eq_ignore_ascii_case(language)
}

fn passes<T>(values: &[T], holds: impl Fn(&T) -> bool) -> bool {
    values.is_empty() || values.iter().any(holds)
}

fn holds_words(talk: &Talk, words: &[String]) -> bool {
    let tags: Vec<&str> = talk.tags.iter().map(|tag| &**tag).collect();
    let names = talk.speaker_names();
    let text = [&*talk.title, &*talk.summary, &*names, &tags.join(" ")].join("\n");
    let text = text.to_lowercase();
    words.iter().all(|word| text.contains(&word.to_lowercase()))
}
