//! One VEVENT per slot (RFC 5545 §3.6.1).

use super::super::{Cancelled, Context, text};
use super::write::{Writer, push_text};
use super::{DTSTAMP_OF_THE_UNDATED, TimeForm, colour, utc};
use crate::history::slot_uid;
use crate::model::{Conference, Kind, LinkKind, Moment, Slot, State, Talk, When};
use chrono::{Days, NaiveDate};
use icalendar::{Component, Event, Property};

/// Writes the VEVENT of a slot.
pub(super) fn write(
    context: &Context<'_>,
    talk: &Talk,
    slot: &Slot,
    form: &TimeForm,
    writer: &mut Writer,
) {
    let conference = context.conference;
    let uid = slot_uid(conference, talk, slot).to_string();
    let mut event = Event::with_uid(&uid);
    add_revision(&mut event, context, talk, slot);
    add_time(&mut event, slot, form);
    add_text(&mut event, context, talk, slot);
    add_place(&mut event, conference, talk, slot);
    writer.begin("VEVENT");
    writer.properties(&event);
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
fn add_revision(event: &mut Event, context: &Context<'_>, talk: &Talk, slot: &Slot) {
    let revision = context.history.slot(context.conference, talk, slot);
    let modified = revision.revision.updated;
    event.add_property(
        "DTSTAMP",
        modified.map_or(DTSTAMP_OF_THE_UNDATED.into(), utc),
    );
    event.add_property("SEQUENCE", revision.sequence.to_string());
    if let Some(modified) = modified {
        event.add_property("LAST-MODIFIED", utc(modified));
    }
    if let (Some(published), _) = context.history.talk(&talk.code) {
        event.add_property("CREATED", utc(published));
    }
}

fn add_time(event: &mut Event, slot: &Slot, form: &TimeForm) {
    match &slot.when {
        When::Span(span) => {
            let (start, end) = (form.moment(span.start()), form.moment(span.end()));
            let in_utc = !form.is_local(start) || !form.is_local(end);
            event.append_property(time("DTSTART", start, form, in_utc));
            event.append_property(time("DTEND", end, form, in_utc));
        }
        When::Day(day) => {
            let after = day.checked_add_days(Days::new(1)).unwrap_or(*day);
            event.append_property(date("DTSTART", *day));
            event.append_property(date("DTEND", after));
        }
    }
}

fn time(key: &str, moment: Moment, form: &TimeForm, in_utc: bool) -> Property {
    if in_utc {
        return Property::new(key, utc(moment.instant()));
    }
    Property::new(key, moment.wall().format("%Y%m%dT%H%M%S").to_string())
        .add_parameter("TZID", form.zone().name())
        .done()
}

/// A DATE; the end of an all-day event is exclusive (RFC 5545 §3.6.1).
pub(super) fn date(key: &str, date: NaiveDate) -> Property {
    Property::new(key, date.format("%Y%m%d").to_string())
        .add_parameter("VALUE", "DATE")
        .done()
}

fn add_text(event: &mut Event, context: &Context<'_>, talk: &Talk, slot: &Slot) {
    let is_cancelled = slot.state == State::Cancelled;
    let summary = if is_cancelled {
        format!("CANCELLED: {}", talk.title)
    } else {
        talk.title.to_string()
    };
    let mut summary = Property::new("SUMMARY", summary);
    if let Some(language) = &talk.language {
        summary.add_parameter("LANGUAGE", language);
    }
    event.append_property(summary);
    event.add_property("DESCRIPTION", description(context, talk));
    event.add_property("URL", context.talk_url(talk));
    let status = match slot.state {
        State::Confirmed => "CONFIRMED",
        State::Tentative => "TENTATIVE",
        State::Cancelled if context.wishes.cancelled == Cancelled::Keep => "CONFIRMED",
        State::Cancelled => "CANCELLED",
    };
    event.add_property("STATUS", status);
    let is_free = is_cancelled || matches!(slot.when, When::Day(_)) || talk.kind == Kind::Break;
    event.add_property("TRANSP", if is_free { "TRANSPARENT" } else { "OPAQUE" });
    let categories = categories(talk);
    if !categories.is_empty() {
        event.add_property("CATEGORIES", categories);
    }
    if let Some(colour) = talk.track.as_ref().and_then(|track| track.colour) {
        event.add_property("COLOR", colour::name(colour));
    }
    if let Some(image) = &talk.image {
        event.append_property(
            Property::new("IMAGE", &**image)
                .add_parameter("VALUE", "URI")
                .add_parameter("DISPLAY", "BADGE")
                .done(),
        );
    }
}

/// Each item escaped, joined by bare commas (RFC 5545 §3.8.1.2).
fn categories(talk: &Talk) -> String {
    let mut items: Vec<&str> = talk.track.iter().map(|track| &*track.name).collect();
    if talk.kind != Kind::Talk {
        items.push(talk.kind.name());
    }
    items.extend(talk.tags.iter().map(|tag| &**tag));
    let mut list = String::new();
    for item in items {
        if !list.is_empty() {
            list.push(',');
        }
        push_text(&mut list, item);
    }
    list
}

/// Plain text that ends with the talk's address: Thunderbird does not show URL.
fn description(context: &Context<'_>, talk: &Talk) -> String {
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
    parts.push(context.talk_url(talk));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

fn link_line(link: &crate::model::Link) -> String {
    let kind = match link.kind {
        LinkKind::Related => None,
        LinkKind::Slides => Some("Slides"),
        LinkKind::Recording => Some("Recording"),
        LinkKind::Image => Some("Image"),
        LinkKind::Feedback => Some("Feedback"),
    };
    match link.title.as_deref().or(kind) {
        Some(title) => format!("{title}: {}", link.url),
        None => link.url.to_string(),
    }
}

fn add_place(event: &mut Event, conference: &Conference, talk: &Talk, slot: &Slot) {
    let room = slot.room.as_ref();
    let online = talk
        .online
        .as_ref()
        .or_else(|| room.and_then(|room| room.online.as_ref()))
        .or(conference.online.as_ref());
    event.add_property("LOCATION", location(conference, slot, online.is_some()));
    if let Some(geo) = conference.venue.as_ref().and_then(|venue| venue.geo) {
        event.add_property("GEO", format!("{:.6};{:.6}", geo.latitude, geo.longitude));
    }
    if let Some(online) = online {
        let label = room.map_or_else(
            || conference.name.to_string(),
            |room| format!("Stream: {}", room.name),
        );
        event.append_property(
            Property::new("CONFERENCE", &**online)
                .add_parameter("VALUE", "URI")
                .add_parameter("FEATURE", "AUDIO,VIDEO")
                .add_parameter("LABEL", &label)
                .done(),
        );
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
