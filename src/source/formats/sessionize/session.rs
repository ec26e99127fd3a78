//! A session.

use super::category::Item;
use super::kind::Flags;
use super::view::{Open, View};
use crate::model::day::YEARS;
use crate::model::{Link, LinkKind, Plain, TalkCode};
use crate::source::lists::publication::published;
use crate::source::syntax::json::{Json, Object};
use crate::source::syntax::plain_text;
use crate::source::vocabulary;
use crate::source::{Clock, DraftSlot, DraftSpeaker, DraftTalk, End, MOST_TALKS, Problem};
use chrono::{DateTime, Datelike, FixedOffset, NaiveDateTime, TimeDelta};
use uuid::Uuid;

/// No session is longer; more is a typing mistake.
const LONGEST: TimeDelta = TimeDelta::days(7);

impl<'a> View<'a> {
    /// Takes a session; `room` is the one that it stands under.
    pub(super) fn session(&mut self, value: Json<'a>, room: Option<&Plain>) {
        self.sessions += 1;
        if self.sessions > MOST_TALKS {
            return;
        }
        let Some(session) = value.object() else {
            value.report(
                format!("this session is {}", value.shown()),
                "expected an object, { … }",
            );
            return;
        };
        let id = session.text("id").map(|id| id.trim().to_owned());
        let Some(title) = session.plain("title") else {
            let problem = Problem::error(
                value.place(),
                "this session has no title, so it is left out",
                "give it one in Sessionize",
            );
            self.file.report(problem.of_talk(id.unwrap_or_default()));
            return;
        };
        let (title, marked) = vocabulary::title(&title);
        let word = session.text("status");
        let state = word.as_deref().and_then(published);
        if let (Some(word), None) = (&word, state) {
            self.kept_back.add(word);
            return;
        }
        let slot = self.slot(&session, &title, room);
        if let Some(at) = id.as_ref().and_then(|id| self.known.get(id)) {
            self.again(*at, slot);
            return;
        }
        let talk = DraftTalk {
            place: value.place(),
            code: self.code(&session, &title),
            state: vocabulary::settled(marked, state),
            summary: session
                .text("description")
                .map(|text| plain_text::markdown(&text)),
            speakers: self.speakers_of(&session, &title),
            online: session.url("liveUrl", None),
            links: recording(&session).into_iter().collect(),
            slots: slot.into_iter().collect(),
            title,
            ..DraftTalk::default()
        };
        self.leave_out_answers(&session);
        let flag = |name| session.get(name).and_then(Json::flag).unwrap_or_default();
        let flags = Flags {
            is_service: flag("isServiceSession"),
            is_plenum: flag("isPlenumSession"),
        };
        let items = self.items(&session);
        // The first two are between the organisers and the speakers, the others are read elsewhere.
        session.skip(&["isInformed", "isConfirmed", "room", "roomId"]);
        session.leave_out_rest("sessions");
        if let Some(id) = id {
            self.known.insert(id, self.draft.talks.len());
        }
        self.draft.talks.push(talk);
        self.open.push(Open { items, flags });
    }

    /// A session that was read already: groups may share sessions, and rooms a session for everybody.
    fn again(&mut self, at: usize, slot: Option<DraftSlot>) {
        let (Some(slot), Some(talk)) = (slot, self.draft.talks.get_mut(at)) else {
            return;
        };
        let mut known = talk.slots.iter();
        let same_time = known
            .find(|known| (known.start, known.end, known.day) == (slot.start, slot.end, slot.day));
        match same_time {
            Some(known) => self.elsewhere += usize::from(known.room != slot.room),
            None => talk.slots.push(slot),
        }
    }

    fn code(&self, session: &Object<'a>, title: &Plain) -> Option<TalkCode> {
        let value = session.get("id")?;
        let code = TalkCode::parse(&session.text("id")?);
        if code.is_none() {
            let message = format!("`id` is {}", value.shown());
            let remedy =
                "expected at most 64 letters, digits, -, _ and .; a code is made of the title";
            let problem = Problem::warning(value.place(), message, remedy);
            self.file.report(problem.of_talk(&**title));
        }
        code
    }

    /// When and where a session is held; `None` while that is open.
    fn slot(
        &mut self,
        session: &Object<'a>,
        title: &Plain,
        room: Option<&Plain>,
    ) -> Option<DraftSlot> {
        let start = self.time(session, "startsAt", title)?;
        let end = self.time(session, "endsAt", title);
        let mut slot = DraftSlot {
            place: session.value().place(),
            start: Some(start.clock()),
            end: end.map(|end| End::At(end.clock())),
            room: self.room_of(session, title).or_else(|| room.cloned()),
            ..DraftSlot::default()
        };
        let is_too_long = end.is_some_and(|end| end.local - start.local > LONGEST);
        if is_too_long {
            let message = "it lasts longer than a week";
            let remedy = "mend `startsAt` or `endsAt`; until then only its start is published";
            let problem = Problem::error(slot.place.clone(), message, remedy);
            self.file.report(problem.of_talk(&**title));
        }
        let has_unreadable_end = session.get("endsAt").is_some() && end.is_none();
        if is_too_long || has_unreadable_end {
            slot.end = None;
        }
        Some(slot)
    }

    fn time(&self, session: &Object<'a>, name: &str, title: &Plain) -> Option<Time> {
        let value = session.get(name)?;
        let time = value.text().as_deref().and_then(Time::parse);
        if time.is_none() {
            let message = format!("`{name}` is {}", value.shown());
            let remedy = "expected a time such as 2026-10-24T11:00:00";
            let problem = Problem::error(value.place(), message, remedy);
            self.file.report(problem.of_talk(&**title));
        }
        time
    }

    fn room_of(&self, session: &Object<'a>, title: &Plain) -> Option<Plain> {
        if let Some(name) = session.plain("room") {
            return Some(name);
        }
        let value = session.get("roomId")?;
        let name = self.rooms.get(session.text("roomId")?.trim());
        if name.is_none() {
            let message = format!("there is no room with the `id` {}", value.shown());
            let remedy = "fetch the view again; it is shown without a room";
            let problem = Problem::warning(value.place(), message, remedy);
            self.file.report(problem.of_talk(&**title));
        }
        name.cloned()
    }

    /// The names of a session's speakers, who stand there with their names or only with their `id`.
    fn speakers_of(&mut self, session: &Object<'a>, title: &Plain) -> Vec<Plain> {
        let mut names = Vec::new();
        session.each("speakers", |value| {
            if let Some(object) = value.object() {
                names.extend(self.named_speaker(&object));
                return;
            }
            let id = value.text().unwrap_or_default();
            match self.speakers.get(id.trim()) {
                Some(name) => names.push(name.clone()),
                None => {
                    let message = format!("there is no speaker with the `id` {}", value.shown());
                    let remedy = "let Sessionize's endpoint include the speakers";
                    let problem = Problem::warning(value.place(), message, remedy);
                    self.file.report(problem.of_talk(&**title));
                }
            }
        });
        names
    }

    /// A speaker of whom a session gives the name and the `id`.
    fn named_speaker(&mut self, object: &Object<'a>) -> Option<Plain> {
        let name = object.plain("name")?;
        let id = object.text("id").unwrap_or_default().trim().to_owned();
        if self.speakers.insert(id.clone(), name.clone()).is_none() {
            self.draft.speakers.push(DraftSpeaker {
                name: name.clone(),
                guid: Uuid::parse_str(&id).ok(),
                ..DraftSpeaker::default()
            });
        }
        Some(name)
    }

    /// What a session chose in the organisers' categories.
    fn items(&mut self, session: &Object<'a>) -> Vec<Item> {
        let mut items = Vec::new();
        session.each("categories", |value| {
            self.categories.chosen(value, &mut items)
        });
        session.each("categoryItems", |value| {
            let item = value
                .text()
                .and_then(|id| self.categories.item(&id).cloned());
            match item {
                Some(item) => items.push(item),
                None => self.draft.leave_out("categoryItems without a name"),
            }
        });
        items
    }
}

fn recording(session: &Object<'_>) -> Option<Link> {
    Some(Link {
        url: session.url("recordingUrl", None)?,
        title: None,
        kind: LinkKind::Recording,
        is_attachment: false,
    })
}

/// A time as Sessionize writes it: what the clock shows, and its offset where the organisers chose
/// that.
#[derive(Clone, Copy)]
struct Time {
    local: NaiveDateTime,
    offset: Option<FixedOffset>,
}

impl Time {
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let instant = DateTime::parse_from_rfc3339(text).ok();
        let formats = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"];
        let wall = || {
            let mut formats = formats.iter();
            formats.find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        };
        let local = instant.map(|instant| instant.naive_local()).or_else(wall)?;
        let offset = instant.map(|instant| *instant.offset());
        YEARS
            .contains(&local.year())
            .then_some(Self { local, offset })
    }

    fn clock(self) -> Clock {
        let offset = self.offset;
        let instant = offset.and_then(|offset| self.local.and_local_timezone(offset).single());
        instant.map_or(Clock::Wall(self.local), Clock::Instant)
    }
}
