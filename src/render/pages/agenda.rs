//! What stands where on the programme page.

use crate::model::{Day, Slot, Talk, TalkCode};
use crate::render::{Context, Selection};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// The talks of a part by day; those that the filters beside it leave out are hidden.
pub(super) struct Agenda<'a> {
    /// The days in order.
    pub days: Vec<AgendaDay<'a>>,
    /// Talks of which no day is known, in programme order.
    pub unscheduled: Vec<Entry<'a>>,
}

/// A day with what happens on it.
#[derive(Default)]
pub(super) struct AgendaDay<'a> {
    /// Its date.
    pub date: NaiveDate,
    /// The conference's day on that date; `None` when the conference does not list it.
    pub day: Option<&'a Day>,
    /// What has hours, in order of time, then as listed.
    pub timed: Vec<Entry<'a>>,
    /// What has no hours yet, in programme order.
    pub untimed: Vec<Entry<'a>>,
}

/// A talk at one place of the page.
#[derive(Clone, Copy)]
pub(super) struct Entry<'a> {
    /// The talk.
    pub talk: &'a Talk,
    /// The occurrence that stands here.
    pub slot: Option<&'a Slot>,
    /// Whether the talk already stands further up.
    pub is_repeat: bool,
    /// Whether the selection leaves it out; a script can show it again.
    pub is_hidden: bool,
}

impl<'a> Agenda<'a> {
    /// Sorts the talks of the context's part into days.
    pub(super) fn of(context: &Context<'a>) -> Self {
        let conference = context.conference;
        let part = Selection::of(context.selection.part.clone());
        let shown = Shown::of(context);
        let mut days: BTreeMap<NaiveDate, AgendaDay<'a>> = BTreeMap::new();
        for day in &conference.days {
            days.entry(day.date).or_default().day = Some(day);
        }
        let mut unscheduled = Vec::new();
        for occurrence in part.talks(conference) {
            let talk = occurrence.talk;
            let entry = |slot: Option<&'a Slot>| Entry {
                talk,
                slot,
                is_repeat: false,
                is_hidden: !shown.holds(talk, slot),
            };
            if occurrence.slots.is_empty() {
                unscheduled.push(entry(None));
            }
            for slot in occurrence.slots {
                let day = days.entry(slot.day(&conference.days)).or_default();
                match slot.when.timed() {
                    Some(_) => day.timed.push(entry(Some(slot))),
                    None => day.untimed.push(entry(Some(slot))),
                }
            }
        }
        let mut seen: BTreeSet<&TalkCode> = BTreeSet::new();
        for (date, day) in &mut days {
            day.date = *date;
            let start =
                |entry: &Entry<'_>| entry.slot.and_then(|slot| Some(slot.when.timed()?.start()));
            day.timed.sort_by_key(start);
            for entry in day.timed.iter_mut().chain(&mut day.untimed) {
                entry.is_repeat = !seen.insert(&entry.talk.code);
            }
        }
        if part != Selection::default() {
            days.retain(|_, day| !day.is_empty());
        }
        Self {
            days: days.into_values().collect(),
            unscheduled,
        }
    }
}

impl<'a> Agenda<'a> {
    /// The same without what is hidden.
    pub(super) fn of_selection(context: &Context<'a>) -> Self {
        let mut agenda = Self::of(context);
        let is_shown = |entry: &Entry<'_>| !entry.is_hidden;
        for day in &mut agenda.days {
            day.timed.retain(is_shown);
            day.untimed.retain(is_shown);
        }
        agenda.unscheduled.retain(is_shown);
        agenda.days.retain(|day| !day.is_empty());
        agenda
    }
}

impl AgendaDay<'_> {
    /// Whether nothing is known to happen.
    pub(super) fn is_empty(&self) -> bool {
        self.timed.is_empty() && self.untimed.is_empty()
    }

    /// Whether the filters leave nothing of it.
    pub(super) fn is_hidden(&self, is_filtered: bool) -> bool {
        let mut entries = self.timed.iter().chain(&self.untimed);
        is_filtered && entries.all(|entry| entry.is_hidden)
    }
}

/// Which occurrences a selection holds.
struct Shown<'a>(BTreeSet<(&'a TalkCode, Option<u32>)>);

impl<'a> Shown<'a> {
    fn of(context: &Context<'a>) -> Self {
        let mut shown = BTreeSet::new();
        for occurrence in context.talks() {
            let code = &occurrence.talk.code;
            if occurrence.slots.is_empty() {
                shown.insert((code, None));
            }
            let slots = occurrence.slots.iter();
            shown.extend(slots.map(|slot| (code, Some(slot.occurrence))));
        }
        Self(shown)
    }

    fn holds(&self, talk: &'a Talk, slot: Option<&Slot>) -> bool {
        let occurrence = slot.map(|slot| slot.occurrence);
        self.0.contains(&(&talk.code, occurrence))
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{self, Whole};
    use super::*;

    #[test]
    fn a_day_holds_its_hours_in_order_and_its_night() {
        let whole = Whole::new(fixture::conference());
        let agenda = Agenda::of(&whole.context());
        let titles: Vec<Vec<&str>> = agenda
            .days
            .iter()
            .map(|day| day.timed.iter().map(|entry| &*entry.talk.code).collect())
            .collect();
        let saturday = vec!["OPEN", "LUNCH", "HOSTIL", "GONE", "NIGHT", "CLOCK"];
        assert_eq!(titles, [saturday, vec!["OPEN", "MAYBE"]]);
        let untimed: Vec<&str> = agenda.days[1]
            .untimed
            .iter()
            .map(|entry| &*entry.talk.code)
            .collect();
        assert_eq!(untimed, ["SOMEWHEN"]);
        let unscheduled: Vec<&str> = agenda
            .unscheduled
            .iter()
            .map(|entry| &*entry.talk.code)
            .collect();
        assert_eq!(unscheduled, ["LATER"]);
    }

    #[test]
    fn a_talk_held_again_is_a_repeat_the_second_time() {
        let whole = Whole::new(fixture::conference());
        let agenda = Agenda::of(&whole.context());
        assert!(!agenda.days[0].timed[0].is_repeat);
        assert!(agenda.days[1].timed[0].is_repeat);
    }

    #[test]
    fn a_day_that_the_conference_does_not_list_is_shown_too() {
        let mut conference = fixture::conference();
        conference.days.truncate(1);
        let whole = Whole::new(conference);
        let agenda = Agenda::of(&whole.context());
        let days: Vec<bool> = agenda.days.iter().map(|day| day.day.is_some()).collect();
        assert_eq!(days, [true, false]);
    }
}
