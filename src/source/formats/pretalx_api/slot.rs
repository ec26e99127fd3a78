//! Slots: those of a submission, and those of a schedule with the submission in them.

use super::Reader;
use crate::model::{Kind, Slug};
use crate::source::syntax::json::{Json, Object};
use crate::source::{DraftRoom, DraftSlot, DraftTalk, End};

impl Reader {
    /// The slots of a submission: `slots`, or `slot` in the older API.
    pub(super) fn slots(&mut self, submission: &Object<'_>) -> Vec<DraftSlot> {
        let length = submission.minutes("duration").map(End::After);
        let mut slots = Vec::new();
        let mut take = |value: Json<'_>| match value.object() {
            Some(slot) if slot.flag("is_visible") == Some(false) => {
                *self.private.entry("slots".into()).or_default() += 1;
            }
            Some(slot) => slots.push(self.slot(&slot, length)),
            None => self.count_unexpanded("slots.room"),
        };
        submission.each("slots", &mut take);
        if let Some(slot) = submission.get("slot") {
            take(slot);
        }
        // A submission that is not scheduled has a slot without times.
        slots.retain(|slot| slot.start.is_some() || slot.room.is_some());
        slots
    }

    fn slot(&mut self, slot: &Object<'_>, length: Option<End>) -> DraftSlot {
        // Their numbers change with each release.
        slot.skip(&["id", "schedule", "room_id", "slot_type", "is_visible"]);
        let start = slot.clock("start");
        let end = slot.clock("end").map(End::At);
        let own_length = slot.minutes("duration").map(End::After);
        let room = self.name(slot, "room", "slots.room");
        let details = slot.get("room").and_then(Json::object);
        if let Some(name) = room.clone() {
            self.rooms.add(self.room(name, details));
        }
        let read = DraftSlot {
            place: slot.value().place(),
            start,
            end: end.or(own_length).or(length).filter(|_| start.is_some()),
            room,
            ..DraftSlot::default()
        };
        slot.skip(&["submission", "description"]);
        slot.leave_out_rest("slots");
        read
    }

    fn room(&self, name: crate::model::Plain, details: Option<Object<'_>>) -> DraftRoom {
        let Some(room) = details.filter(|room| room.get("name").is_some()) else {
            return DraftRoom {
                name,
                ..DraftRoom::default()
            };
        };
        let guid = room.guid("guid").or_else(|| room.guid("uuid"));
        DraftRoom {
            name,
            slug: room.plain("slug").map(|slug| Slug::of(&slug)),
            online: None,
            guid,
            capacity: room.capacity("capacity"),
            description: room
                .localised_markdown("description", &self.languages)
                .unwrap_or_default(),
        }
    }

    /// A slot of a schedule: with its submission, or a break with a description.
    pub(super) fn scheduled(&mut self, slot: &Object<'_>) {
        let is_blocker = slot.text("slot_type").is_some_and(|word| word == "blocker");
        if is_blocker || slot.flag("is_visible") == Some(false) {
            self.kept_back
                .add(if is_blocker { "blocker" } else { "hidden slot" });
            return;
        }
        let submission = slot.get("submission");
        match submission.map(|value| (value, value.object())) {
            Some((_, Some(submission))) => {
                let slot = self.slot(slot, submission.minutes("duration").map(End::After));
                self.submission(&submission, Some(slot));
            }
            Some((_, None)) => {
                self.unreadable += 1;
                self.count_unexpanded("slots.submission");
            }
            None => self.add_break(slot.value()),
        }
    }

    /// A break: a slot that has a description instead of a submission.
    pub(super) fn add_break(&mut self, value: Json<'_>) {
        let Some(slot) = value.object() else {
            self.unreadable += 1;
            value.report(
                format!("this break is {}", value.shown()),
                "expected an object, { … }",
            );
            return;
        };
        let Some(title) = slot.localised_plain("description", &self.languages) else {
            self.unreadable += 1;
            value.warn(
                "this break has no `description`",
                "it is left out, since nothing says what it is",
            );
            return;
        };
        let slot = self.slot(&slot, None);
        let talk = DraftTalk {
            place: value.place(),
            title,
            kind: Some(Kind::Break),
            slots: vec![slot],
            ..DraftTalk::default()
        };
        self.talks.add(talk, &mut value.file().findings());
    }
}
