//! One talk or break of the widget's data.

use super::Reader;
use crate::model::{Identifiers, Kind, Plain, TalkCode};
use crate::source::lists::publication::published;
use crate::source::syntax::json::{Json, Object};
use crate::source::{DraftSlot, DraftTalk, End, vocabulary};

pub(super) fn talk(value: Json<'_>, reader: &mut Reader) {
    let file = value.file();
    let Some(talk) = value.object() else {
        reader.unreadable += 1;
        value.report(
            format!("this talk is {}", value.shown()),
            "expected an object, { … }",
        );
        return;
    };
    let Some(title) = talk.localised_plain("title", &reader.languages) else {
        reader.unreadable += 1;
        value.report(
            "this talk has no `title`",
            "give it one; until then it is left out",
        );
        return;
    };
    let (title, marked) = vocabulary::title(&title);
    file.reads_talk(Some(&title));
    let slot_type = talk.text("slot_type");
    let word = talk.text("state");
    let state = word.as_deref().map(published);
    if slot_type.as_deref() == Some("blocker") {
        // Where organisers keep a room free.
        reader.kept_back.add("blocker");
    } else if let (Some(word), Some(None)) = (&word, state) {
        reader.kept_back.add(word);
    } else {
        let mut talk = read(&talk, title, slot_type.as_deref(), reader);
        talk.state = vocabulary::settled(marked, state.flatten());
        reader.talks.add(talk, &mut file.findings());
    }
    file.reads_talk(None);
}

fn read(
    talk: &Object<'_>,
    title: Plain,
    slot_type: Option<&str>,
    reader: &mut Reader,
) -> DraftTalk {
    let languages = reader.languages.clone();
    // The number of the slot, which changes with each release.
    talk.skip(&["id"]);
    let code = talk.text("code").and_then(|code| TalkCode::parse(&code));
    let format = talk.localised_plain("submission_type", &languages);
    let is_break = code.is_none() || slot_type == Some("break");
    let kind = if is_break {
        Some(Kind::Break)
    } else {
        format.as_deref().map(vocabulary::kind)
    };
    let read = DraftTalk {
        place: talk.value().place(),
        code: code.filter(|_| !is_break),
        kind,
        format,
        summary: talk.localised_markdown("abstract", &languages),
        description: talk.localised_markdown("description", &languages),
        speakers: speakers(talk, reader),
        track: referred(talk, "track", reader),
        language: talk.language("content_locale"),
        url: talk.url("url", None),
        image: talk.picture("image", None),
        tags: talk.plains("tags"),
        recording_optout: talk.flag("do_not_record"),
        updated: talk.instant("updated"),
        slots: vec![slot(talk, reader)],
        title,
        ..DraftTalk::default()
    };
    talk.leave_out_rest("talks");
    read
}

fn slot(talk: &Object<'_>, reader: &mut Reader) -> DraftSlot {
    let start = talk.clock("start");
    let (end, length) = (talk.clock("end"), talk.minutes("duration"));
    let room = referred(talk, "room", reader);
    if let Some(room) = &room {
        reader.rooms.mention(room);
    }
    // The end repeats the start in talks whose length somebody forgot.
    let end = match length {
        Some(length) if end == start => Some(End::After(length)),
        _ => end.map(End::At).or(length.map(End::After)),
    };
    DraftSlot {
        place: talk.value().place(),
        start,
        end: end.filter(|_| start.is_some()),
        room,
        identifiers: Identifiers::default(),
        ..DraftSlot::default()
    }
}

/// The name of the room or track that is referred to by number, or that is named in place.
fn referred(talk: &Object<'_>, member: &str, reader: &Reader) -> Option<Plain> {
    let value = talk.get(member)?;
    if value.object().is_some() {
        return talk.localised_plain(member, &reader.languages);
    }
    let names = match member {
        "room" => &reader.room_names,
        _ => &reader.track_names,
    };
    let key = talk.text(member)?;
    if let Some(name) = names.get(&*key) {
        return Some(name.clone());
    }
    // A number is no name.
    if value.whole_number().is_some() {
        value.warn(
            format!("`{member}` is {key}, which `{member}s` does not list"),
            "fetch the data again",
        );
        return None;
    }
    value.plain()
}

fn speakers(talk: &Object<'_>, reader: &mut Reader) -> Vec<Plain> {
    let mut names = Vec::new();
    talk.each("speakers", |value| {
        let own = value.object();
        let code = match &own {
            Some(person) => person.text("code"),
            None => value.text(),
        };
        let listed = code
            .as_deref()
            .and_then(|code| reader.speaker_names.get(code));
        let own_name = own.as_ref().and_then(|person| person.plain("name"));
        match listed.cloned().or(own_name) {
            Some(name) => names.push(name),
            None => value.warn(
                format!("the speaker {} is not in `speakers`", value.shown()),
                "they are left out; fetch the data again",
            ),
        }
    });
    names
}
