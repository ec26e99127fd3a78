//! The data that pretalx's schedule widget loads: `schedule/widgets/schedule.json`, `widget/v2.json`.
//!
//! Talks refer to tracks and rooms by number and to speakers by code; names are text, or text in several
//! languages. It is the only public document of pretalx that lists breaks (talks without a code) and
//! says when a talk was last changed. pretalx calls it internal, so nothing in it is relied on but the
//! talks. The numbers of slots change with each release and name nothing.

mod talk;
#[cfg(test)]
mod tests;

use crate::model::{Plain, Slug};
use crate::source::formats::pretalx::{Form, form};
use crate::source::lists::named_list::NamedList;
use crate::source::lists::publication::KeptBack;
use crate::source::lists::talk_list::TalkList;
use crate::source::syntax::json::{self, Json, Languages, Object, speaker};
use crate::source::{Draft, DraftRoom, DraftSpeaker, DraftTrack, Input, Problem, Reading, Source};
use std::collections::HashMap;

/// The widget's data.
pub(super) static SOURCE: Source = Source {
    name: "pretalx-widget",
    detect: |_, bytes| form(bytes) == Some(Form::Widget),
    read: |input: &Input<'_>| -> Reading { json::read(input, widget) },
};

/// What the talks refer to, and the talks.
#[derive(Default)]
struct Reader {
    languages: Languages,
    rooms: NamedList<DraftRoom>,
    tracks: NamedList<DraftTrack>,
    speakers: NamedList<DraftSpeaker>,
    /// Names by number or code.
    room_names: HashMap<String, Plain>,
    track_names: HashMap<String, Plain>,
    speaker_names: HashMap<String, Plain>,
    talks: TalkList,
    kept_back: KeptBack,
    unreadable: usize,
}

fn widget(root: Json<'_>) -> Result<Draft, Problem> {
    let file = root.file();
    let refused = |message: &str| {
        Problem::error(
            file.place(),
            message,
            "fetch the widget's data from pretalx again",
        )
    };
    let widget = root
        .object()
        .ok_or_else(|| refused("this JSON is no object"))?;
    let talks = widget
        .get("talks")
        .ok_or_else(|| refused("there are no `talks` in this JSON"))?;
    let mut reader = Reader::default();
    widget.each("rooms", |value| add_room(value, &mut reader));
    widget.each("tracks", |value| add_track(value, &mut reader));
    widget.each("speakers", |value| add_speaker(value, &mut reader));
    if !talks.each(|value| talk::talk(value, &mut reader)) {
        talks.report(
            format!("`talks` is {}", talks.shown()),
            "expected a list, [ … ]",
        );
    }
    if reader.unreadable > 0 && reader.talks.events() == 0 && reader.kept_back.count() == 0 {
        return Err(refused("none of the talks in this file can be read"));
    }
    if let Some(note) = reader.kept_back.note(file.place()) {
        file.report(note);
    }
    let languages = reader.languages.clone();
    let mut draft = Draft {
        name: widget.localised_plain("name", &languages),
        version: widget.plain("version"),
        zone: widget.zone("timezone"),
        days: widget.days_between("event_start", "event_end"),
        ..Draft::default()
    };
    widget.leave_out_rest("");
    draft.counts = vec![
        (
            "talks",
            reader.talks.events() + reader.kept_back.count() + reader.unreadable,
        ),
        ("speakers", reader.talks.speakers()),
        ("rooms", reader.rooms.list.len()),
    ];
    draft.rooms = reader.rooms.list;
    draft.tracks = reader.tracks.list;
    draft.speakers = reader.speakers.list;
    draft.talks = reader.talks.finish(file.place())?;
    Ok(draft)
}

/// An object of a list, its name, and what refers to it.
fn named<'a>(
    value: Json<'a>,
    what: &str,
    languages: &Languages,
) -> Option<(Object<'a>, Plain, String)> {
    let Some(object) = value.object() else {
        value.report(
            format!("this {what} is {}", value.shown()),
            "expected an object with a `name`",
        );
        return None;
    };
    let key = object.text("id").unwrap_or_default().into_owned();
    let name = object.localised_plain("name", languages);
    if name.is_none() {
        value.warn(format!("this {what} has no `name`"), "it is left out");
    }
    Some((object, name?, key))
}

fn add_room(value: Json<'_>, reader: &mut Reader) {
    let languages = reader.languages.clone();
    let Some((room, name, key)) = named(value, "room", &languages) else {
        return;
    };
    reader.room_names.insert(key, name.clone());
    reader.rooms.add(DraftRoom {
        slug: room.plain("slug").map(|slug| Slug::of(&slug)),
        online: None,
        guid: room.guid("guid"),
        capacity: room.capacity("capacity"),
        description: room
            .localised_markdown("description", &languages)
            .unwrap_or_default(),
        name,
    });
    room.leave_out_rest("rooms");
}

fn add_track(value: Json<'_>, reader: &mut Reader) {
    let Some((track, name, key)) = named(value, "track", &reader.languages) else {
        return;
    };
    reader.track_names.insert(key, name.clone());
    let slug = track.plain("slug").map(|slug| Slug::of(&slug));
    reader.tracks.add(DraftTrack {
        name,
        slug,
        colour: track.colour("color"),
    });
    track.leave_out_rest("tracks");
}

fn add_speaker(value: Json<'_>, reader: &mut Reader) {
    let Some(person) = value.object() else {
        value.report(
            format!("this speaker is {}", value.shown()),
            "expected an object with a `code` and a `name`",
        );
        return;
    };
    // A thumbnail of the avatar.
    person.skip(&["avatar_thumbnail_default", "avatar_thumbnail_tiny"]);
    if let Some(speaker) = speaker(&person, "speakers", None, &reader.languages) {
        if let Some(code) = &speaker.code {
            reader
                .speaker_names
                .insert(code.to_string(), speaker.name.clone());
        }
        reader.speakers.add(speaker);
    }
}
