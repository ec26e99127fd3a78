//! One VEVENT per slot (RFC 5545 §3.6.1).

use super::super::{Cancelled, Context, text, words};
use super::write::{Properties, Writer, push_text};
use super::{DTSTAMP_OF_THE_UNDATED, TimeForm, colour, date, local, utc};
use crate::history::slot_uid;
use crate::model::{Conference, Kind, Moment, Slot, State, Talk, When};
use chrono::Days;
use icalendar::Property;
use uuid::Uuid;

/// Writes the VEVENT of a slot.
pub(super) fn write(
    context: &Context<'_>,
    talk: &Talk,
    slot: &Slot,
    form: &TimeForm,
    event: &mut Properties,
    writer: &mut Writer,
) {
    let conference = context.conference;
    let id = slot_uid(conference, talk, slot);
    let uid = id.to_string();
    event.add("UID", &uid);
    add_revision(event, context, talk, &id);
    add_time(event, slot, form);
    add_text(event, context, talk, slot);
    add_place(event, conference, talk, slot);
    writer.begin("VEVENT");
    writer.properties(event);
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

/// DTSTAMP is the time of the last revision, not of the rendering: a calendar without METHOD says so
/// (RFC 5545 §3.8.7.2), and the same edition must give the same bytes.
fn add_revision(event: &mut Properties, context: &Context<'_>, talk: &Talk, id: &Uuid) {
    let revision = context.history.slots.get(id);
    let modified = revision
        .and_then(|revision| revision.revision.updated)
        .map(utc);
    event.add(
        "DTSTAMP",
        modified.as_deref().unwrap_or(DTSTAMP_OF_THE_UNDATED),
    );
    let sequence = revision.map_or(0, |revision| revision.sequence);
    event.add("SEQUENCE", &sequence.to_string());
    if let Some(modified) = modified {
        event.add("LAST-MODIFIED", &modified);
    }
    if let (Some(published), _) = context.history.talk(&talk.code) {
        event.add("CREATED", &utc(published));
    }
}

fn add_time(event: &mut Properties, slot: &Slot, form: &TimeForm) {
    match &slot.when {
        When::Span(span) => {
            let (start, end) = (form.moment(span.start()), form.moment(span.end()));
            let in_utc = !form.is_local(start) || !form.is_local(end);
            add_moment(event, "DTSTART", start, form, in_utc);
            add_moment(event, "DTEND", end, form, in_utc);
        }
        When::Day(day) => {
            // The end of an all-day event is exclusive (RFC 5545 §3.6.1).
            let after = day.checked_add_days(Days::new(1)).unwrap_or(*day);
            event.add_with("DTSTART", &[("VALUE", "DATE")], &date(*day));
            event.add_with("DTEND", &[("VALUE", "DATE")], &date(after));
        }
    }
}

fn add_moment(
    event: &mut Properties,
    key: &'static str,
    moment: Moment,
    form: &TimeForm,
    in_utc: bool,
) {
    if in_utc {
        event.add(key, &utc(moment.instant()));
    } else {
        event.add_with(key, &[("TZID", form.zone().name())], &local(moment.wall()));
    }
}

fn add_text(event: &mut Properties, context: &Context<'_>, talk: &Talk, slot: &Slot) {
    let is_cancelled = slot.state == State::Cancelled;
    let summary = words::title(talk, slot.state);
    match &talk.language {
        Some(language) => event.add_with("SUMMARY", &[("LANGUAGE", language)], &summary),
        None => event.add("SUMMARY", &summary),
    }
    let url = context.talk_url(talk);
    event.add("DESCRIPTION", &description(talk, &url));
    event.add("URL", &url);
    let status = match slot.state {
        State::Confirmed => "CONFIRMED",
        State::Tentative => "TENTATIVE",
        State::Cancelled if context.wishes.cancelled == Cancelled::Keep => "CONFIRMED",
        State::Cancelled => "CANCELLED",
    };
    event.add("STATUS", status);
    let is_free = is_cancelled || matches!(slot.when, When::Day(_)) || talk.kind == Kind::Break;
    event.add("TRANSP", if is_free { "TRANSPARENT" } else { "OPAQUE" });
    let categories = categories(talk);
    if !categories.is_empty() {
        event.add("CATEGORIES", &categories);
    }
    if let Some(colour) = talk.track.as_ref().and_then(|track| track.colour) {
        event.add("COLOR", colour::name(colour));
    }
    if let Some(image) = &talk.image {
        event.add_with("IMAGE", &[("DISPLAY", "BADGE"), ("VALUE", "URI")], image);
    }
}

/// Each item escaped, joined by bare commas (RFC 5545 §3.8.1.2).
fn categories(talk: &Talk) -> String {
    let mut list = String::new();
    for item in words::categories(talk) {
        if !list.is_empty() {
            list.push(',');
        }
        push_text(&mut list, item);
    }
    list
}

/// Plain text that ends with the talk's address: Thunderbird does not show URL.
fn description(talk: &Talk, url: &str) -> String {
    let mut parts = Vec::new();
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

fn add_place(event: &mut Properties, conference: &Conference, talk: &Talk, slot: &Slot) {
    let room = slot.room.as_ref();
    let online = talk
        .online
        .as_ref()
        .or_else(|| room.and_then(|room| room.online.as_ref()))
        .or(conference.online.as_ref());
    event.add("LOCATION", &location(conference, slot, online.is_some()));
    if let Some(geo) = conference.venue.as_ref().and_then(|venue| venue.geo) {
        event.add("GEO", &format!("{:.6};{:.6}", geo.latitude, geo.longitude));
    }
    if let Some(online) = online {
        let label = room.map_or_else(
            || conference.name.to_string(),
            |room| format!("Stream: {}", room.name),
        );
        let parameters = [
            ("FEATURE", "AUDIO,VIDEO"),
            ("LABEL", label.as_str()),
            ("VALUE", "URI"),
        ];
        event.add_with("CONFERENCE", &parameters, online);
    }
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
        parts.push("To be announced");
    }
    parts.join(", ")
}

/// A reminder (RFC 5545 §3.6.6).
fn write_alarm(minutes: u32, title: &str, writer: &mut Writer) {
    writer.begin("VALARM");
    writer.raw("ACTION", "DISPLAY");
    writer.property(&Property::new("DESCRIPTION", title));
    writer.raw("TRIGGER", &format!("-PT{minutes}M"));
    writer.end("VALARM");
}
