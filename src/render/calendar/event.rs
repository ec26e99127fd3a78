//! One VEVENT per slot (RFC 5545 §3.6.1).

use super::value::{Value, Writer};
use super::{DTSTAMP_OF_THE_UNDATED, TimeForm, colour};
use crate::history::slot_uid;
use crate::model::{Conference, Kind, Moment, Slot, State, Talk, WebUrl, When};
use crate::render::{Cancelled, Context, changes, text, words};
use chrono::Days;

/// Writes the VEVENT of a slot, its properties in alphabetical order.
pub(super) fn write(
    context: &Context<'_>,
    talk: &Talk,
    slot: &Slot,
    form: &TimeForm,
    writer: &mut dyn Writer,
) {
    let conference = context.conference;
    let id = slot_uid(conference, talk, slot);
    let uid = id.to_string();
    let url = context.talk_url(talk);
    let revision = context.history.slots.get(&id);
    let modified = revision.and_then(|revision| revision.revision.updated);
    let online = online(conference, talk, slot);
    let (start, end) = ends(slot, form);
    let moved = changes::moved(context, talk, slot);

    writer.begin("VEVENT");
    let categories = words::categories(talk);
    if !categories.is_empty() {
        writer.add("CATEGORIES", Value::Texts(&categories));
    }
    if let Some(colour) = talk.track.as_ref().and_then(|track| track.colour) {
        writer.add("COLOR", Value::Text(colour::name(colour)));
    }
    if let Some(online) = online {
        write_stream(conference, slot, online, writer);
    }
    if let (Some(published), _) = context.history.talk(&talk.code) {
        writer.add("CREATED", Value::Utc(published));
    }
    writer.add(
        "DESCRIPTION",
        Value::Text(&description(talk, moved.as_deref(), &url)),
    );
    if let Some(end) = end {
        write_time("DTEND", end, form, writer);
    }
    // The time of the last revision, not of the rendering: a calendar without METHOD says so (RFC
    // 5545 §3.8.7.2), and the same edition must give the same bytes.
    let stamp = modified.unwrap_or(DTSTAMP_OF_THE_UNDATED);
    writer.add("DTSTAMP", Value::Utc(stamp));
    write_time("DTSTART", start, form, writer);
    if let Some(geo) = conference.venue.as_ref().and_then(|venue| venue.geo) {
        writer.add("GEO", Value::Geo(geo));
    }
    if let Some(image) = &talk.image {
        writer.add_with("IMAGE", &[("DISPLAY", "BADGE")], Value::Uri(image));
    }
    if let Some(modified) = modified {
        writer.add("LAST-MODIFIED", Value::Utc(modified));
    }
    let location = location(conference, slot, online.is_some());
    writer.add("LOCATION", Value::Text(&location));
    let sequence = revision.map_or(0, |revision| revision.sequence);
    writer.add("SEQUENCE", Value::Integer(sequence));
    writer.add("STATUS", Value::Text(status(context, slot)));
    let title = words::title(talk, slot.state);
    let language = talk.language.as_deref();
    let language = language.map(|language| [("LANGUAGE", language)]);
    let parameters = language.as_ref().map_or(&[][..], |language| &language[..]);
    writer.add_with("SUMMARY", parameters, Value::Text(&title));
    writer.add("TRANSP", Value::Text(transparency(talk, slot)));
    writer.add("UID", Value::Text(&uid));
    writer.add("URL", Value::Uri(&url));

    if context.wishes.rich {
        super::rich::write(context, talk, &uid, writer);
    }
    if let (Some(minutes), When::Span(_)) = (context.wishes.alarm, &slot.when)
        && slot.state != State::Cancelled
    {
        write_alarm(minutes, &talk.title, writer);
    }
    writer.end("VEVENT");
}

fn status(context: &Context<'_>, slot: &Slot) -> &'static str {
    match slot.state {
        State::Confirmed => "CONFIRMED",
        State::Tentative => "TENTATIVE",
        State::Cancelled if context.wishes.cancelled == Cancelled::Keep => "CONFIRMED",
        State::Cancelled => "CANCELLED",
    }
}

fn transparency(talk: &Talk, slot: &Slot) -> &'static str {
    let is_cancelled = slot.state == State::Cancelled;
    if is_cancelled || matches!(slot.when, When::Day(_)) || talk.kind == Kind::Break {
        "TRANSPARENT"
    } else {
        "OPAQUE"
    }
}

/// The values of DTSTART and, where the end is known, DTEND (RFC 5545 §3.6.1). Where one of them needs
/// UTC, both have it.
fn ends(slot: &Slot, form: &TimeForm) -> (Value<'static>, Option<Value<'static>>) {
    match &slot.when {
        When::Span(span) => {
            let (start, end) = (form.moment(span.start()), form.moment(span.end()));
            let is_local = form.is_local(start) && form.is_local(end);
            let value = |moment: Moment| match is_local {
                true => Value::Local(moment.wall()),
                false => Value::Utc(moment.instant()),
            };
            (value(start), span.has_end().then(|| value(end)))
        }
        When::Day(day) => {
            // The end of an all-day event is exclusive (RFC 5545 §3.6.1).
            let after = day.checked_add_days(Days::new(1)).unwrap_or(*day);
            (Value::Date(*day), Some(Value::Date(after)))
        }
    }
}

fn write_time(name: &'static str, value: Value<'_>, form: &TimeForm, writer: &mut dyn Writer) {
    match value {
        Value::Local(_) => writer.add_with(name, &[("TZID", form.zone().name())], value),
        _ => writer.add(name, value),
    }
}

/// Plain text that ends with the talk's address: Thunderbird does not show URL.
fn description(talk: &Talk, moved: Option<&str>, url: &str) -> String {
    let mut parts = Vec::new();
    parts.extend(moved.map(ToOwned::to_owned));
    parts.extend(talk.subtitle.as_ref().map(ToString::to_string));
    if !talk.speakers.is_empty() {
        let word = if talk.speakers.len() == 1 {
            "Speaker"
        } else {
            "Speakers"
        };
        parts.push(format!("{word}: {}", talk.speaker_names()));
    }
    parts.push(text::plain(&talk.summary));
    parts.push(text::plain(&talk.description));
    let notes = text::plain(&talk.notes);
    if !notes.is_empty() {
        parts.push(format!("Notes:\n{notes}"));
    }
    let links: Vec<String> = talk.links_beside_texts().map(link_line).collect();
    parts.push(links.join("\n"));
    parts.extend(
        talk.online
            .as_ref()
            .map(|online| format!("Stream: {online}")),
    );
    parts.push(url.to_owned());
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

fn link_line(link: &crate::model::Link) -> String {
    match words::link_name(link) {
        Some(title) => format!("{title}: {}", link.url),
        None => link.url.to_string(),
    }
}

/// Where a slot is streamed: the talk's own address, the room's, or the conference's.
fn online<'a>(conference: &'a Conference, talk: &'a Talk, slot: &'a Slot) -> Option<&'a WebUrl> {
    let room = slot.room.as_ref();
    let of_room = room.and_then(|room| room.online.as_ref());
    talk.online
        .as_ref()
        .or(of_room)
        .or(conference.online.as_ref())
}

fn write_stream(conference: &Conference, slot: &Slot, online: &WebUrl, writer: &mut dyn Writer) {
    let label = match &slot.room {
        Some(room) => format!("Stream: {}", room.name),
        None => conference.name.to_string(),
    };
    let parameters = [("FEATURE", "AUDIO,VIDEO"), ("LABEL", label.as_str())];
    writer.add_with("CONFERENCE", &parameters, Value::Uri(online));
}

/// "Room, venue, address". Some clients refuse an event without LOCATION, so there is always one.
fn location(conference: &Conference, slot: &Slot, is_online: bool) -> String {
    let mut parts: Vec<&str> = slot.room.iter().map(|room| &*room.name).collect();
    match &conference.venue {
        Some(venue) => {
            parts.push(&venue.name);
            parts.extend(venue.address.as_deref());
        }
        None if is_online => parts.push("online"),
        None => {}
    }
    if parts.is_empty() {
        parts.push(words::NO_PLACE);
    }
    parts.join(", ")
}

/// A reminder (RFC 5545 §3.6.6).
fn write_alarm(minutes: u32, title: &str, writer: &mut dyn Writer) {
    writer.begin("VALARM");
    writer.add("ACTION", Value::Text("DISPLAY"));
    writer.add("DESCRIPTION", Value::Text(title));
    writer.add("TRIGGER", Value::Duration(&format!("-PT{minutes}M")));
    writer.end("VALARM");
}
