//! What changed, in words.

use crate::history::{Detail, Placement, slot_uid};
use crate::model::{Slot, State, Talk, When, Zone};
use crate::render::{Context, talks};

/// "Moved", "Moved and retitled".
pub(super) fn headline(kinds: &[String]) -> String {
    let words = match kinds {
        [] => "no change after all".to_owned(),
        [only] => only.clone(),
        [first, second, ..] => format!("{first} and {second}"),
    };
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// What is different, as part of a sentence about the talk.
pub(super) fn sentence(detail: &Detail, zone: &Zone) -> String {
    let place = |placement| place(placement, zone);
    match detail {
        Detail::Added => "new in the programme".into(),
        Detail::Removed => "no longer in the programme".into(),
        Detail::Cancelled(None) => "cancelled".into(),
        Detail::Cancelled(Some(at)) => format!("cancelled on {}", place(at)),
        Detail::Restored(None) => "takes place after all".into(),
        Detail::Restored(Some(at)) => format!("takes place after all on {}", place(at)),
        Detail::Moved { from, to } => format!("moved from {} to {}", place(from), place(to)),
        Detail::RoomChanged { from, to } => {
            format!(
                "room changed from {} to {} on {}",
                room(from),
                room(to),
                when(&to.when, zone)
            )
        }
        Detail::Scheduled(at) => format!("scheduled for {}", place(at)),
        Detail::State(State::Tentative) => "tentative now".into(),
        Detail::State(state) => format!("{} now", state.word()),
        Detail::Retitled { from, to } => format!("title changed from “{from}” to “{to}”"),
        Detail::Speakers { from, to } => {
            format!(
                "speakers changed from {} to {}",
                or_nobody(from),
                or_nobody(to)
            )
        }
        Detail::Field { name, from, to } => {
            let name = name.to_lowercase();
            match (from.is_empty(), to.is_empty()) {
                (true, _) => format!("{name} is {to}"),
                (_, true) => format!("{name} is no longer {from}"),
                _ => format!("{name} changed from {from} to {to}"),
            }
        }
        Detail::Text => "description changed".into(),
        Detail::LinksAdded(links) => format!("links added: {}", links.join(", ")),
        Detail::Other => "details updated".into(),
    }
}

fn or_nobody(names: &str) -> &str {
    if names.is_empty() { "nobody" } else { names }
}

fn room(placement: &Placement) -> &str {
    placement.room.as_deref().unwrap_or("no room")
}

/// Where and when a slot was before it was last moved.
pub(in crate::render) fn before<'a>(
    context: &Context<'a>,
    talk: &Talk,
    slot: &Slot,
) -> Option<&'a Placement> {
    let uid = slot_uid(context.conference, talk, slot);
    let before = context.history.slots.get(&uid)?.before.as_ref();
    before.filter(|before| **before != Placement::of(slot))
}

/// The same as a sentence.
pub(in crate::render) fn moved(context: &Context<'_>, talk: &Talk, slot: &Slot) -> Option<String> {
    let before = before(context, talk, slot)?;
    let zone = &context.conference.zone;
    Some(format!("Moved: was {}", place(before, zone)))
}

/// "Sat 5 Feb 2022, 10:00–10:45 PST, Hall A", in the conference's zone.
fn place(placement: &Placement, zone: &Zone) -> String {
    let when = when(&placement.when, zone);
    match &placement.room {
        Some(room) => format!("{when}, {room}"),
        None => when,
    }
}

fn when(when: &When, zone: &Zone) -> String {
    let slot = Slot {
        is_numbered: false,
        occurrence: 1,
        when: when.clone(),
        room: None,
        state: State::Confirmed,
        identifiers: crate::model::Identifiers::default(),
    };
    talks::time_and_place(&slot, zone)
}
