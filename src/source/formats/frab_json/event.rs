//! One event: a talk and one occurrence of it.

use super::Reader;
use super::start::Start;
use crate::model::{Identifiers, Link, LinkKind, Markdown, Plain, State, TalkCode};
use crate::source::lists::publication::published;
use crate::source::syntax::json::{Json, Object, link, person_name, speaker};
use crate::source::vocabulary::talk_code;
use crate::source::{DraftSlot, DraftTalk, End, vocabulary};
use chrono::NaiveDate;

/// Reads an event that is listed under a day and a room.
pub(super) fn event(
    value: Json<'_>,
    day: Option<NaiveDate>,
    room: Option<&Plain>,
    reader: &mut Reader,
) {
    let file = value.file();
    let Some(event) = value.object() else {
        reader.unreadable += 1;
        value.report(
            format!("this event is {}", value.shown()),
            "expected an object, { … }",
        );
        return;
    };
    let Some(title) = event.localised_plain("title", &reader.languages) else {
        reader.unreadable += 1;
        value.report(
            "this event has no `title`",
            "give it one; until then it is left out",
        );
        return;
    };
    let (title, marked) = vocabulary::title(&title);
    file.reads_talk(Some(&title));
    let word = event.text("state").or_else(|| event.text("status"));
    match word.as_deref().map(|word| (word, published(word))) {
        Some((word, None)) => reader.kept_back.add(word),
        said => {
            let state = said.and_then(|(_, state)| state);
            let state = vocabulary::settled(marked, state);
            let talk = talk(&event, title, state, (day, room), reader);
            reader.talks.add(talk, &mut file.findings());
        }
    }
    file.reads_talk(None);
}

fn talk(
    event: &Object<'_>,
    title: Plain,
    state: Option<State>,
    (day, room): (Option<NaiveDate>, Option<&Plain>),
    reader: &mut Reader,
) -> DraftTalk {
    let (base, languages) = (reader.base.clone(), reader.languages.clone());
    let base = base.as_ref();
    let url = event.url("url", base);
    let identifiers = Identifiers {
        guid: event.guid("guid"),
        id: event.get("id").and_then(Json::whole_number),
        slug: event.plain("slug"),
    };
    let id = event.text("id");
    if id.is_some() && identifiers.id.is_none() {
        event.value().file().leave_out("id that is no number", 1);
    }
    let format = event.localised_plain("type", &languages);
    let track = track(event, reader);
    let recording = event.object("recording");
    let licence = recording
        .as_ref()
        .and_then(|recording| recording.plain("license"));
    let optout = recording
        .as_ref()
        .and_then(|recording| recording.flag("optout"));
    if let Some(recording) = recording {
        recording.leave_out_rest("recording");
    }
    let origin = event
        .url("origin_url", base)
        .filter(|origin| Some(origin) != url.as_ref());
    let talk = DraftTalk {
        place: event.value().place(),
        code: talk_code::steadiest(code(event), url.as_ref(), identifiers.guid, id.as_deref()),
        subtitle: event.localised_plain("subtitle", &languages),
        kind: format.as_deref().map(vocabulary::kind),
        format,
        level: event.localised_plain("level", &languages),
        state,
        summary: text(event, "abstract", reader),
        description: text(event, "description", reader),
        notes: None,
        speakers: speakers(event, reader),
        track,
        language: event.language("language"),
        online: None,
        image: event.picture("logo", base),
        links: links(event, reader),
        tags: [event.plains("tags"), event.plains("keywords")].concat(),
        licence: event.plain("recording_license").or(licence),
        recording_optout: event.flag("do_not_record").or(optout),
        origin,
        updated: None,
        slots: vec![slot(event, &title, (day, room), identifiers, reader)],
        title,
        url,
    };
    event.leave_out_rest("events");
    talk
}

fn code(event: &Object<'_>) -> Option<TalkCode> {
    let text = event.text("code")?;
    let code = TalkCode::parse(&text);
    if code.is_none() {
        event.value().warn(
            format!("`code` is \"{text}\""),
            "expected letters, digits, - and _, at most 64 of them",
        );
    }
    code
}

/// A text of the event. 30C3's exporter wrapped every text in escaped quotation marks.
fn text(event: &Object<'_>, name: &str, reader: &Reader) -> Option<Markdown> {
    let text = event.localised_markdown(name, &reader.languages)?;
    let inner = text
        .strip_prefix("&quot;")
        .and_then(|text| text.strip_suffix("&quot;"));
    match inner {
        Some(inner) => Some(Markdown::new(inner)).filter(|text| !text.is_empty()),
        None => Some(text),
    }
}

/// The track's name; newer files may give an object.
fn track(event: &Object<'_>, reader: &mut Reader) -> Option<Plain> {
    let object = event.get("track").and_then(Json::object);
    let name = match &object {
        Some(track) if track.get("name").is_some() => {
            let name = track.localised_plain("name", &reader.languages);
            track.skip(&["slug", "color"]);
            track.leave_out_rest("track");
            name
        }
        _ => event.localised_plain("track", &reader.languages),
    };
    if let Some(name) = &name {
        reader.tracks.mention(name);
    }
    name
}

fn speakers(event: &Object<'_>, reader: &mut Reader) -> Vec<Plain> {
    let mut names = Vec::new();
    event.each("persons", |value| {
        let Some(person) = value.object() else {
            names.extend(person_name(value));
            return;
        };
        if let Some(speaker) = speaker(&person, "persons", reader.base.as_ref(), &reader.languages)
        {
            names.push(speaker.name.clone());
            // A person is described anew with every event of theirs.
            reader.speakers.add(speaker);
        }
    });
    names
}

fn links(event: &Object<'_>, reader: &Reader) -> Vec<Link> {
    let base = reader.base.as_ref();
    let mut links = Vec::new();
    for name in ["links", "attachments"] {
        event.each(name, |item| links.extend(link(item, name, base)));
    }
    let of_kind = [
        ("feedback_url", LinkKind::Feedback),
        ("video_download_url", LinkKind::Recording),
        ("videoDownloadUrl", LinkKind::Recording),
    ];
    for (name, kind) in of_kind {
        let url = event.url(name, base);
        links.extend(url.map(|url| Link {
            url,
            title: None,
            kind,
            is_attachment: false,
        }));
    }
    links
}

fn slot(
    event: &Object<'_>,
    title: &Plain,
    (day, room): (Option<NaiveDate>, Option<&Plain>),
    identifiers: Identifiers,
    reader: &mut Reader,
) -> DraftSlot {
    let place = event.value().place();
    let start = Start {
        date: event.clock("date"),
        time: event.time("start"),
        day,
    };
    reader
        .starts
        .check(&start, title, &place, reader.zone.as_ref());
    let end = event.clock("end").map(End::At);
    let length = event.length("duration").map(End::After);
    let own_room = match event.get("room").and_then(Json::object) {
        Some(room) => room.localised_plain("name", &reader.languages),
        None => event.plain("room"),
    };
    let room = own_room.or_else(|| room.cloned());
    if let Some(room) = &room {
        reader.rooms.mention(room);
    }
    let (start, day) = start.meant(reader.zone.is_some());
    DraftSlot {
        place,
        occurrence: None,
        day,
        start,
        end: end.or(length).filter(|_| start.is_some()),
        room,
        state: None,
        identifiers,
    }
}
