//! From events to talks: which events are one talk.

use super::code::codes;
use super::event::Event;
use super::place::split_venue;
use super::reader::Calendars;
use super::slot::Slots;
use super::zone::Zones;
use super::{speaker, text, whole};
use crate::model::{Plain, State, TalkCode};
use crate::source::lists::findings::Findings;
use crate::source::{Draft, DraftSlot, DraftTalk, Problem, vocabulary};
use std::collections::{HashMap, HashSet};

/// Makes a draft of what calendars say.
pub(super) fn draft(mut read: Calendars, findings: &mut Findings) -> Draft {
    read.zones.settle(findings);
    let (mut draft, mut events) = (read.draft, read.events);
    let stamps = events.iter().flat_map(|event| [event.start, event.end]);
    draft.zone = read.zones.of_conference(stamps.flatten(), findings);
    draft.place = findings.file();
    draft.counts = vec![("events", events.len())];
    whole::take_conference_itself(&mut events, &mut draft, findings);
    drop_untitled(&mut events, findings);
    whole::share(&mut events, &mut draft);
    whole::take_formats(&mut events);
    whole::take_kinds(&mut events);
    split_venue(&mut events, &mut draft);
    let is_pretalx = read.product.to_ascii_lowercase().contains("pretalx");
    draft.talks = talks(&events, &read.zones, is_pretalx, &mut draft, findings);
    let slots = draft.talks.iter().flat_map(|talk| &talk.slots);
    let rooms: HashSet<&Plain> = slots.filter_map(|slot| slot.room.as_ref()).collect();
    draft.counts.push(("rooms", rooms.len()));
    let updated = draft.talks.iter().filter_map(|talk| talk.updated).max();
    draft.updated = draft.updated.or(updated);
    if draft.talks.is_empty() && draft.days.is_empty() {
        let message = "there are no events in this calendar";
        findings.report(Problem::warning(
            findings.file(),
            message,
            "check that it is the right one",
        ));
    }
    draft
}

fn drop_untitled(events: &mut Vec<Event>, findings: &mut Findings) {
    events.retain(|event| {
        if event.summary.is_empty() {
            let message = "the event that begins here has no SUMMARY and is left out";
            findings.report(Problem::error(
                findings.line(event.line),
                message,
                "give it a title",
            ));
        }
        !event.summary.is_empty()
    });
}

fn talks(
    events: &[Event],
    zones: &Zones,
    is_pretalx: bool,
    draft: &mut Draft,
    findings: &mut Findings,
) -> Vec<DraftTalk> {
    let zone = draft.zone.clone();
    let has_tracks = events.iter().all(|event| event.categories.len() <= 1);
    let mut slots = Slots::new(zones, zone.as_ref(), findings);
    let mut repeated = Repeated::read(events, zones, &mut slots);
    let mut talks = Talks::default();
    let (mut seen, mut doubles) = (HashSet::new(), 0_usize);
    for (event, code) in events.iter().zip(codes(events)) {
        if repeated.standing_in.contains(&event.line) {
            continue;
        }
        let start = event.start.map(|start| zones.key(start));
        let is_new = seen.insert((&event.uid, &event.summary, start, &event.location));
        if event.uid.is_some() && !is_new {
            doubles += 1;
            continue;
        }
        let own = repeated.slots.remove(&event.line);
        let own = own.unwrap_or_else(|| slots.of(event, |_| None));
        let mut talk = talk(event, is_pretalx, draft);
        talk.place = slots.findings.line(event.line);
        talk.code = code;
        talk.slots = own;
        let mut categories = event.categories.iter().cloned();
        if has_tracks {
            talk.track = categories.next();
        }
        talk.tags = categories.collect();
        talks.add(talk, event.uid.as_deref());
    }
    if doubles > 0 {
        let message = match doubles {
            1 => "1 event is there twice and read once".to_owned(),
            _ => format!("{doubles} events are there twice; each is read once"),
        };
        findings.report(Problem::note(findings.file(), message));
    }
    talks.list.iter_mut().for_each(settle_state);
    talks.list
}

/// What an event says of its talk, apart from its times.
fn talk(event: &Event, is_pretalx: bool, draft: &mut Draft) -> DraftTalk {
    let (title, mark) = vocabulary::title(&event.summary);
    let (title, mut speakers) = match is_pretalx {
        true => speaker::behind_title(&title),
        false => (title, event.speakers.clone()),
    };
    let mut description = text::without_address(&event.description, event.url.as_ref());
    if let Some(leading) = speaker::leading(description) {
        let says_the_same = leading.names.iter().all(|name| speakers.contains(name));
        if speakers.is_empty() || says_the_same {
            speakers = leading.names;
            description = leading.rest;
            (0..leading.affiliations).for_each(|_| draft.leave_out("affiliations of speakers"));
        }
    }
    let description = text::markdown(description, &event.html);
    let state = match (event.state, mark) {
        (Some(State::Cancelled), _) | (_, Some(State::Cancelled)) => Some(State::Cancelled),
        (said, mark) => said.or(mark),
    };
    DraftTalk {
        title,
        state,
        kind: event.kind,
        format: event.format.clone(),
        summary: (!description.is_empty()).then_some(description),
        speakers,
        language: event.language.clone(),
        url: event.url.clone(),
        online: event.online.clone(),
        image: event.image.clone(),
        links: event.links.clone(),
        updated: event.updated,
        ..DraftTalk::default()
    }
}

/// The slots of the events that are repeated, found before the others: some of those only stand in for
/// one of their occurrences.
struct Repeated {
    /// The slots of each, by the line of the event.
    slots: HashMap<usize, Vec<DraftSlot>>,
    /// The lines of the events that stand in.
    standing_in: HashSet<usize>,
}

impl Repeated {
    fn read(events: &[Event], zones: &Zones, slots: &mut Slots<'_>) -> Self {
        let replacing = events
            .iter()
            .filter_map(|event| Some(((event.uid.as_deref()?, zones.key(event.replaces?)), event)));
        let replacing: HashMap<_, &Event> = replacing.collect();
        let mut read = Self {
            slots: HashMap::new(),
            standing_in: HashSet::new(),
        };
        for event in events
            .iter()
            .filter(|event| event.replaces.is_none() && event.recurrence.is_some())
        {
            let own = slots.of(event, |start| {
                let other = *replacing.get(&(event.uid.as_deref()?, zones.key(start)))?;
                if other.summary == event.summary {
                    read.standing_in.insert(other.line);
                }
                Some(other)
            });
            read.slots.insert(event.line, own);
        }
        read
    }
}

/// Talks by the code that the tool gave them. Events of one code and title are one talk; of two titles
/// the second is a talk without code.
#[derive(Default)]
struct Talks {
    list: Vec<DraftTalk>,
    by_code: HashMap<TalkCode, usize>,
    by_uid: HashMap<(String, Plain), usize>,
}

impl Talks {
    fn add(&mut self, mut talk: DraftTalk, uid: Option<&str>) {
        let own = uid.map(|uid| (uid.to_owned(), talk.title.clone()));
        let by_code = talk
            .code
            .as_ref()
            .and_then(|code| self.by_code.get(code))
            .copied();
        let same_title = |at: &usize| {
            self.list
                .get(*at)
                .is_some_and(|other| other.title == talk.title)
        };
        let known = by_code
            .filter(same_title)
            .or_else(|| self.by_uid.get(own.as_ref()?).copied());
        if let Some(known) = known.and_then(|at| self.list.get_mut(at)) {
            talk.slots
                .iter_mut()
                .for_each(|slot| slot.occurrence = None);
            known.slots.append(&mut talk.slots);
            known.updated = known.updated.max(talk.updated);
            return;
        }
        let at = self.list.len();
        if by_code.is_some() {
            talk.code = None;
        } else if let Some(code) = &talk.code {
            self.by_code.insert(code.clone(), at);
        }
        if let Some(own) = own {
            self.by_uid.insert(own, at);
        }
        self.list.push(talk);
    }
}

/// A state that all occurrences share is the talk's.
fn settle_state(talk: &mut DraftTalk) {
    let Some(first) = talk.slots.first().map(|slot| slot.state) else {
        return;
    };
    if talk.slots.iter().any(|slot| slot.state != first) {
        talk.state = talk.state.filter(|state| *state != State::Cancelled);
        return;
    }
    talk.state = talk
        .state
        .filter(|state| *state == State::Cancelled)
        .or(first)
        .or(talk.state);
    talk.slots.iter_mut().for_each(|slot| slot.state = None);
}
