use super::{Chosen, Conference, Day, Plain, Slug, Talk, TalkCode};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A part of a programme that has documents at a path of its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Part {
    /// Everything.
    #[default]
    Whole,
    /// One conference day, by date.
    Day(NaiveDate),
    /// One room.
    Room(Slug),
    /// One track.
    Track(Slug),
    /// One speaker.
    Speaker(Slug),
    /// One talk.
    Talk(TalkCode),
    /// The talks that somebody chose.
    Chosen(Chosen),
}

impl Part {
    /// Every part that a talk is in; nobody knows who chose it.
    pub fn of(talk: &Talk, days: &[Day]) -> BTreeSet<Self> {
        let mut parts = BTreeSet::from([Self::Whole, Self::Talk(talk.code.clone())]);
        parts.extend(
            talk.track
                .iter()
                .map(|track| Self::Track(track.slug.clone())),
        );
        let speakers = talk.speakers.iter();
        parts.extend(speakers.map(|speaker| Self::Speaker(speaker.slug.clone())));
        for slot in &talk.slots {
            parts.extend(slot.room.iter().map(|room| Self::Room(room.slug.clone())));
            parts.insert(Self::Day(slot.day(days)));
        }
        parts
    }

    /// Its path below the conference, `""` for the whole.
    pub fn path(&self) -> String {
        match self {
            Self::Whole => String::new(),
            Self::Day(date) => format!("days/{date}"),
            Self::Room(slug) => format!("rooms/{slug}"),
            Self::Track(slug) => format!("tracks/{slug}"),
            Self::Speaker(slug) => format!("speakers/{slug}"),
            Self::Talk(code) => format!("talks/{code}"),
            Self::Chosen(chosen) => format!("my/{chosen}"),
        }
    }

    /// Its name for people; `None` for the whole.
    pub fn name(&self, conference: &Conference) -> Option<Plain> {
        match self {
            Self::Whole => None,
            Self::Day(date) => {
                let day = conference.days.iter().find(|day| day.date == *date);
                let index = day
                    .map(|day| format!("Day {}, ", day.index))
                    .unwrap_or_default();
                Some(Plain::new(&format!("{index}{}", date.format("%-d %B %Y"))))
            }
            Self::Room(slug) => {
                let mut rooms = conference.rooms.iter();
                rooms
                    .find(|room| room.slug == *slug)
                    .map(|room| room.name.clone())
            }
            Self::Track(slug) => {
                let mut tracks = conference.tracks.iter();
                tracks
                    .find(|track| track.slug == *slug)
                    .map(|track| track.name.clone())
            }
            Self::Speaker(slug) => {
                let mut speakers = conference.speakers.iter();
                let speaker = speakers.find(|speaker| speaker.slug == *slug);
                speaker.map(|speaker| speaker.name.clone())
            }
            Self::Talk(code) => conference.talk(code).map(|talk| talk.title.clone()),
            Self::Chosen(_) => Some(Plain::new("my talks")),
        }
    }
}
