//! What the title of a talk says beside its name: when it is, that it was cancelled, who speaks.

use super::heading;
use super::time::{self, When};
use super::{cancellation, speaker};
use crate::model::{Kind, Plain, State};

/// A title and what was parted from it.
#[derive(Debug, Clone)]
pub(super) struct Title {
    /// With the time beside it: only on a known day a time has a place of its own.
    pub(super) text: String,
    pub(super) time: Option<NotedTime>,
    pub(super) speakers: Vec<Plain>,
    pub(super) kind: Option<Kind>,
    pub(super) state: Option<State>,
}

/// When and where a talk is, and the title that remains without that.
#[derive(Debug, Clone)]
pub(super) struct NotedTime {
    pub(super) when: When,
    pub(super) room: Option<Plain>,
    pub(super) title: Plain,
}

impl Title {
    /// Reads a title; `is_numbered` where titles are counted.
    pub(super) fn read(raw: &str, is_numbered: bool) -> Self {
        let (mut text, mut is_cancelled) = uncancelled(raw.trim());
        if is_numbered && let Some(rest) = heading::without_enumerator(text) {
            let (rest, is_marked) = uncancelled(rest);
            (text, is_cancelled) = (rest, is_cancelled || is_marked);
        }
        let timed = time::part_from_title(text);
        let untimed = timed.as_ref().map_or(text, |timed| &timed.title);
        let (untimed, is_marked) = uncancelled(untimed);
        is_cancelled |= is_marked;
        let (untimed, speakers) =
            speaker::part_from_title(untimed).unwrap_or((untimed, Vec::new()));
        let time = timed.as_ref().and_then(|timed| {
            Some(NotedTime {
                when: timed.when.clone(),
                room: timed.room.as_deref().and_then(Plain::non_empty),
                title: Plain::non_empty(untimed)?,
            })
        });
        let text = if time.is_some() { text } else { untimed };
        Self {
            text: text.to_owned(),
            kind: heading::kind(untimed),
            state: is_cancelled.then_some(State::Cancelled),
            time,
            speakers,
        }
    }
}

fn uncancelled(title: &str) -> (&str, bool) {
    cancellation::part_from_title(title).map_or((title, false), |title| (title, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_and_the_speakers_of_a_title_are_read_without_the_time() {
        assert_eq!(
            Title::read("Lunch 12:00-13:00", false).kind,
            Some(Kind::Break)
        );
        let title = Title::read("11:00-11:30 \"Names\" by Ada Lovelace", false);
        assert_eq!(&*title.speakers[0], "Ada Lovelace");
        assert_eq!(title.time.map(|time| time.title), Plain::non_empty("Names"));
    }

    #[test]
    fn a_cancellation_may_stand_beside_a_time_or_a_number() {
        for raw in [
            "Foo (cancelled) 11:00-11:30",
            "~~Foo 11:00-11:30~~",
            "A. CANCELLED: Foo 11:00-11:30",
        ] {
            let title = Title::read(raw, true);
            assert_eq!(title.state, Some(State::Cancelled), "{raw}");
            assert_eq!(
                title.time.map(|time| time.title),
                Plain::non_empty("Foo"),
                "{raw}"
            );
        }
    }
}
