//! `schedule.xml`: frab's XML (<https://c3voc.de/schedule/schema.xsd>), what conference apps read.
//!
//! # Not supported
//!
//! Events of a hundred hours and more: the schema writes hours with two digits.

use super::address::strict;
use super::names;
use super::programme::{DayPlan, Event, Programme, Reference, hours_and_minutes, link_word};
use super::{GENERATOR, leaves_out};
use crate::history::room_uid;
use crate::model::{Conference, LinkKind};
use crate::render::xml::Xml;
use crate::render::{Context, Coverage, Renderer};
use chrono::TimeDelta;

/// frab's XML.
pub(in crate::render) static RENDERER: Renderer = Renderer {
    format: "frab-xml",
    extension: "xml",
    name: "frab XML",
    media_type: "application/vnd.c3voc.schedule+xml; charset=utf-8",
    stem: "schedule",
    covers: Coverage::Whole,
    heeds_wishes: false,
    leaves_out: leaves_out_here,
    render,
    last_modified: |context| context.whole_updated(),
};

/// From here on a length needs three digits for its hours.
const TOO_LONG: TimeDelta = TimeDelta::hours(100);

fn fits(event: &&Event<'_>) -> bool {
    event.length() < TOO_LONG
}

fn leaves_out_here(context: &Context<'_>) -> Vec<(&'static str, usize)> {
    let programme = Programme::of(context);
    let too_long = programme.events().filter(|event| !fits(event)).count();
    let mut left_out = leaves_out(context);
    left_out.push(("of a hundred hours or more", too_long));
    left_out
}

fn render(context: &Context<'_>) -> Vec<u8> {
    let programme = Programme::of(context);
    let mut xml = Xml::new();
    xml.open("schedule");
    xml.leaf_with("generator", &[("name", GENERATOR)], "");
    xml.leaf("url", &context.feed_url(&RENDERER));
    xml.leaf("version", &programme.version);
    write_conference(context.conference, &programme, &mut xml);
    for day in &programme.days {
        write_day(day, context, &mut xml);
    }
    xml.finish()
}

fn write_conference(conference: &Conference, programme: &Programme<'_>, xml: &mut Xml) {
    let acronym = names::acronym(conference, names::is_xml_acronym);
    xml.open("conference");
    xml.leaf("title", &conference.name);
    xml.leaf("acronym", &acronym);
    if let (Some(first), Some(last)) = (programme.days.first(), programme.days.last()) {
        xml.leaf("start", &first.day.date.to_string());
        xml.leaf("end", &last.day.date.to_string());
    }
    xml.leaf("days", &programme.days.len().to_string());
    if let Some(timeslot) = conference.timeslot {
        xml.leaf("timeslot_duration", &hours_and_minutes(timeslot));
    }
    for (name, url) in [
        ("base_url", &conference.base_url),
        ("logo", &conference.logo),
        ("url", &conference.url),
    ] {
        if let Some(url) = url {
            xml.leaf(name, &strict(url));
        }
    }
    xml.leaf("time_zone_name", conference.zone.name());
    if let Some(colour) = conference.colour {
        xml.leaf_with("color", &[("primary", &colour.to_string())], "");
    }
    for track in &conference.tracks {
        let colour = track.colour.map(|colour| colour.to_string());
        let mut attributes = vec![("name", &*track.name)];
        attributes.extend(colour.as_deref().map(|colour| ("color", colour)));
        if names::is_track_slug(&track.slug) {
            attributes.push(("slug", &track.slug));
        }
        xml.leaf_with("track", &attributes, "");
    }
    xml.close();
}

fn write_day(day: &DayPlan<'_>, context: &Context<'_>, xml: &mut Xml) {
    let (index, date) = (day.day.index.to_string(), day.day.date.to_string());
    let attributes = [
        ("index", index.as_str()),
        ("date", &date),
        ("start", &day.start),
        ("end", &day.end),
    ];
    xml.open_with("day", &attributes);
    for (name, events) in &day.rooms {
        let room = events.iter().find_map(|event| event.slot.room.as_ref());
        let guid = room.map(|room| room_uid(context.conference, room).to_string());
        let mut attributes = vec![("name", *name)];
        attributes.extend(guid.as_deref().map(|guid| ("guid", guid)));
        xml.open_with("room", &attributes);
        for event in events.iter().filter(fits) {
            write_event(event, context, xml);
        }
        xml.close();
    }
    xml.close();
}

fn write_event(event: &Event<'_>, context: &Context<'_>, xml: &mut Xml) {
    let (talk, known) = (event.talk, &event.known);
    let links = event.links();
    let (guid, id) = (known.guid.to_string(), known.id.to_string());
    let mut attributes = vec![("guid", guid.as_str()), ("id", &id)];
    // The schema has each code once, and pretalx's codes only.
    let code = known
        .code
        .filter(|code| code.len() == 6 && known.is_only_slot);
    attributes.extend(code.map(|code| ("code", code)));
    xml.open_with("event", &attributes);
    xml.leaf("room", event.room(context.conference));
    xml.leaf("title", &event.title());
    if let Some(subtitle) = &talk.subtitle {
        xml.leaf("subtitle", subtitle);
    }
    xml.leaf("type", event.word());
    xml.leaf("date", &event.date(context.conference));
    xml.leaf("start", &event.start());
    xml.leaf("duration", &length(event.length()));
    xml.leaf("abstract", &talk.summary);
    if let Some(slug) = known.slug.filter(|slug| names::is_event_slug(slug)) {
        xml.leaf("slug", slug);
    }
    xml.leaf("track", talk.track.as_ref().map_or("", |track| &track.name));
    if let Some(image) = &talk.image {
        xml.leaf("logo", &strict(image));
    }
    write_persons(event, xml);
    if let Some(language) = &talk.language {
        xml.leaf("language", language);
    }
    if !talk.description.is_empty() {
        xml.leaf("description", &talk.description);
    }
    write_recording(event, xml);
    write_references("links", "link", &links.links, xml);
    write_references("attachments", "attachment", &links.attachments, xml);
    xml.leaf("url", &event.url(context));
    for (name, url) in [
        ("feedback_url", links.feedback),
        ("origin_url", talk.origin.as_ref()),
    ] {
        if let Some(url) = url {
            xml.leaf(name, &strict(url));
        }
    }
    xml.close();
}

/// Hours, minutes, and seconds where there are any.
fn length(length: TimeDelta) -> String {
    let seconds = length.num_seconds();
    let minutes = format!("{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
    match seconds % 60 {
        0 => minutes,
        seconds => format!("{minutes}:{seconds:02}"),
    }
}

fn write_persons(event: &Event<'_>, xml: &mut Xml) {
    xml.open("persons");
    for speaker in &event.talk.speakers {
        let id = speaker.id.map(|id| id.to_string());
        let guid = speaker.guid.map(|guid| guid.to_string());
        let id = id.as_deref().map(|id| ("id", id));
        let guid = guid.as_deref().map(|guid| ("guid", guid));
        let attributes: Vec<_> = id.into_iter().chain(guid).collect();
        xml.leaf_with("person", &attributes, &speaker.name);
    }
    xml.close();
}

/// The schema has licence and opt-out together or not at all; who says nothing has not opted out.
fn write_recording(event: &Event<'_>, xml: &mut Xml) {
    let talk = event.talk;
    if talk.licence.is_none() && talk.recording_optout.is_none() {
        return;
    }
    let optout = talk.recording_optout.unwrap_or_default();
    xml.open("recording");
    xml.leaf("license", talk.licence.as_deref().unwrap_or_default());
    xml.leaf("optout", &optout.to_string());
    xml.close();
}

/// Apps show a link's text, so there is always one.
fn write_references(list: &str, name: &str, references: &[Reference<'_>], xml: &mut Xml) {
    xml.open(list);
    for reference in references {
        let url = strict(reference.url);
        let word = match reference.kind {
            LinkKind::Image | LinkKind::Feedback => reference.kind.word(),
            kind => link_word(kind),
        };
        let attributes = [("href", &*url), ("type", word)];
        xml.leaf_with(name, &attributes, reference.title.unwrap_or(&url));
    }
    xml.close();
}
