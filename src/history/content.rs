//! Fingerprints of what subscribers can see: when one differs, something has changed for them.

use crate::model::{Conference, Part, Policy, Slot, State, Talk, When};
use std::collections::BTreeSet;

/// What a talk is recognised by under another title or code: its address, its title, and its place
/// in the programme together with its speakers. A day alone, without speakers, is no place.
pub(super) fn marks(talk: &Talk) -> Vec<String> {
    let address = talk
        .url
        .as_ref()
        .map(|url| format!("address {}", fingerprint(&[url])));
    let title = format!("title {}", fingerprint(&[&talk.title.to_lowercase()]));
    let has_hour = talk.slots.iter().any(|slot| slot.when.timed().is_some());
    // Sources list slots in any order, and know nothing of those that vanished.
    let takes_place = |slot: &&Slot| slot.state != State::Cancelled;
    let is_off = !talk.slots.iter().any(|slot| takes_place(&slot));
    let slots = talk.slots.iter();
    let slots = slots.filter(|slot| is_off || takes_place(slot));
    let mut timings: Vec<String> = slots.map(timing).collect();
    timings.sort();
    let mut place: Vec<&str> = timings.iter().map(String::as_str).collect();
    place.push("speakers");
    place.extend(talk.speakers.iter().map(|speaker| &*speaker.name));
    let is_telling = has_hour || (!timings.is_empty() && !talk.speakers.is_empty());
    let place = is_telling.then(|| format!("place {}", fingerprint(&place)));
    address.into_iter().chain([title]).chain(place).collect()
}

/// The paths of the parts of the programme that a talk is in; `""` is the whole.
pub(super) fn parts_of(conference: &Conference, talk: &Talk) -> BTreeSet<String> {
    let parts = Part::of(talk, &conference.days);
    parts.iter().map(Part::path).collect()
}

/// A fingerprint that tells `["ab", "c"]` from `["a", "bc"]`.
pub(super) fn fingerprint(parts: &[&str]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().to_hex().as_str()[..32].to_owned()
}

pub(super) fn timing(slot: &Slot) -> String {
    let (start, end) = match &slot.when {
        When::Span(span) => (
            span.start().instant().to_rfc3339(),
            span.end().instant().to_rfc3339(),
        ),
        When::Day(date) => (date.to_string(), String::new()),
    };
    let room = slot.room.as_ref().map_or("", |room| &*room.name);
    fingerprint(&[&start, &end, room, slot.state.word()])
}

pub(super) fn header_content(conference: &Conference, authority: Option<&str>) -> String {
    let venue = conference.venue.as_ref();
    let colour = conference.colour.map(|colour| colour.to_string());
    fingerprint(&[
        &conference.name,
        conference.zone.name(),
        conference.url.as_deref().unwrap_or_default(),
        &conference.description,
        &conference.language,
        &place_content(conference),
        authority.unwrap_or_default(),
        colour.as_deref().unwrap_or_default(),
        venue.map_or("", |venue| &*venue.name),
    ])
}

/// What only documents of the whole conference show: feeds need no other date for it.
pub(super) fn page_content(conference: &Conference) -> String {
    let mut parts: Vec<String> = vec![conference.notes.to_string()];
    for day in &conference.days {
        parts.push(format!(
            "{} {}",
            day.date,
            day.name.as_deref().unwrap_or_default()
        ));
    }
    parts.push("links".into());
    for link in &conference.links {
        parts.push(format!(
            "{} {}",
            link.url,
            link.title.as_deref().unwrap_or_default()
        ));
    }
    parts.push("rooms".into());
    parts.extend(
        conference
            .rooms
            .iter()
            .map(|room| format!("{} {}", room.slug, room.name)),
    );
    parts.push("tracks".into());
    for track in &conference.tracks {
        let colour = track
            .colour
            .map(|colour| colour.to_string())
            .unwrap_or_default();
        parts.push(format!("{} {} {colour}", track.slug, track.name));
    }
    parts.push("speakers".into());
    parts.extend(
        conference
            .speakers
            .iter()
            .map(|speaker| format!("{} {}", speaker.slug, speaker.name)),
    );
    parts.extend(tool_content(conference));
    if conference.policy != Policy::default() {
        let Policy {
            changes_window,
            upcoming_lead,
        } = &conference.policy;
        parts.push(format!("policy {changes_window} {upcoming_lead}"));
    }
    fingerprint(&parts.iter().map(String::as_str).collect::<Vec<_>>())
}

/// What only the formats of conference apps pass on. Where nothing of it is said nothing is added, as
/// in [`add_said`].
fn tool_content(conference: &Conference) -> Vec<String> {
    fn add<T: ToString>(parts: &mut Vec<String>, key: &str, said: Option<T>) {
        parts.extend(said.map(|said| format!("{key} {}", said.to_string())));
    }
    let mut parts = Vec::new();
    add(&mut parts, "acronym", conference.acronym.as_ref());
    add(&mut parts, "version", conference.version.as_ref());
    add(&mut parts, "logo", conference.logo.as_ref());
    add(&mut parts, "base", conference.base_url.as_ref());
    add(&mut parts, "timeslot", conference.timeslot);
    for day in &conference.days {
        let hours = day
            .hours
            .map(|(opens, ends)| (opens.instant(), ends.instant()));
        add(&mut parts, "opens", hours.map(|(opens, _)| opens));
        add(&mut parts, "ends", hours.map(|(_, ends)| ends));
    }
    for room in &conference.rooms {
        add(&mut parts, "room", room.guid);
        add(&mut parts, "capacity", room.capacity);
        let description = Some(&room.description).filter(|text| !text.is_empty());
        add(&mut parts, "room's description", description);
    }
    for speaker in &conference.speakers {
        add(&mut parts, "speaker", speaker.guid);
        add(&mut parts, "number", speaker.id);
        add(&mut parts, "code", speaker.code.as_ref());
    }
    for talk in &conference.talks {
        let attachments = talk.links.iter().filter(|link| link.is_attachment);
        for link in attachments {
            add(&mut parts, "attachment", Some(&link.url));
        }
        for slot in &talk.slots {
            add(&mut parts, "slot", slot.identifiers.guid);
            add(&mut parts, "number", slot.identifiers.id);
            add(&mut parts, "slug", slot.identifiers.slug.as_ref());
        }
    }
    parts
}

fn place_content(conference: &Conference) -> String {
    let venue = conference.venue.as_ref();
    let geo = venue.and_then(|venue| venue.geo);
    let geo = geo.map(|geo| format!("{};{}", geo.latitude, geo.longitude));
    fingerprint(&[
        venue.map_or("", |venue| &*venue.name),
        venue
            .and_then(|venue| venue.address.as_deref())
            .unwrap_or_default(),
        geo.as_deref().unwrap_or_default(),
        conference.online.as_deref().unwrap_or_default(),
    ])
}

/// What a feed's reader sees of a talk.
pub(super) fn talk_content(conference: &Conference, talk: &Talk) -> String {
    let mut parts = text_parts(talk);
    parts.push(conference.zone.name());
    parts.push(&talk.notes);
    let slots: Vec<String> = talk.slots.iter().map(timing).collect();
    parts.extend(slots.iter().map(String::as_str));
    fingerprint(&parts)
}

/// What a calendar's reader sees of a talk beside its time.
pub(super) fn slot_content(conference: &Conference, talk: &Talk, slot: &Slot) -> String {
    let place = place_content(conference);
    let colour = talk.track.as_ref().and_then(|track| track.colour);
    let colour = colour.map(|colour| colour.to_string());
    let stream = slot.room.as_ref().and_then(|room| room.online.as_deref());
    let mut parts = text_parts(talk);
    parts.extend([
        &*place,
        &talk.notes,
        conference.zone.name(),
        &conference.name,
    ]);
    parts.push(colour.as_deref().unwrap_or_default());
    parts.push(stream.unwrap_or_default());
    fingerprint(&parts)
}

fn text_parts(talk: &Talk) -> Vec<&str> {
    let mut parts = vec![
        &*talk.title,
        talk.subtitle.as_deref().unwrap_or_default(),
        talk.kind.word(),
        talk.state.word(),
        &talk.summary,
        &talk.description,
        talk.track.as_ref().map_or("", |track| &*track.name),
        talk.language.as_deref().unwrap_or_default(),
        talk.url.as_deref().unwrap_or_default(),
        talk.online.as_deref().unwrap_or_default(),
        talk.image.as_deref().unwrap_or_default(),
        talk.licence.as_deref().unwrap_or_default(),
    ];
    parts.extend(talk.speakers.iter().map(|speaker| &*speaker.name));
    parts.push("tags");
    parts.extend(talk.tags.iter().map(|tag| &**tag));
    parts.push("links");
    for link in &talk.links {
        parts.push(&link.url);
        parts.push(link.title.as_deref().unwrap_or_default());
        parts.push(link.kind.word());
    }
    for speaker in &talk.speakers {
        parts.push(speaker.url.as_deref().unwrap_or_default());
        parts.push(speaker.picture.as_deref().unwrap_or_default());
        add_said(&mut parts, "biography", Some(&*speaker.biography));
        for link in &speaker.links {
            add_said(&mut parts, "page", Some(&*link.url));
        }
    }
    add_said(&mut parts, "format", talk.format.as_deref());
    add_said(&mut parts, "level", talk.level.as_deref());
    add_said(&mut parts, "origin", talk.origin.as_deref());
    let optout = talk.recording_optout.filter(|optout| *optout);
    add_said(&mut parts, "recording", optout.map(|_| "opt-out"));
    parts
}

/// Adds what not every talk has. Where it is not said nothing is added, so that talks which do not
/// have it keep their fingerprint when handbill learns of it.
fn add_said<'a>(parts: &mut Vec<&'a str>, key: &'static str, said: Option<&'a str>) {
    if let Some(said) = said.filter(|said| !said.is_empty()) {
        parts.extend([key, said]);
    }
}
