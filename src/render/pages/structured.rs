//! What search engines and assistants read: a talk, a speaker or a conference as schema.org data
//! (JSON-LD), in a block of data that is no script.
//!
//! An occurrence whose day is not known is no event yet: it is left out. A tentative one is told as
//! scheduled, for schema.org has no word for it. Of an occurrence that was moved the start before is
//! told as long as it is the last thing that became of it.

use crate::model::{Conference, Part, Room, Slot, Speaker, State, Talk, Venue, When};
use crate::render::changes::before;
use crate::render::{Context, Occurrence, instant, text};
use chrono::NaiveDate;
use maud::{Markup, PreEscaped, html};
use serde_json::{Value, json};

/// The data of a talk: an event for each of its occurrences.
pub(super) fn talk(context: &Context<'_>, occurrence: &Occurrence<'_>) -> Markup {
    let talk = occurrence.talk;
    let said = said(context, talk);
    let slots = occurrence.slots.iter();
    let events: Vec<Value> = slots
        .map(|slot| event(context, talk, slot, &said))
        .collect();
    html! {
        @if !events.is_empty() { (block(json!({ "@graph": events }))) }
    }
}

/// The data of a speaker with the talks in which they speak.
pub(super) fn speaker(
    context: &Context<'_>,
    speaker: &Speaker,
    talks: &[Occurrence<'_>],
) -> Markup {
    let events: Vec<Value> = talks
        .iter()
        .filter(|occurrence| !occurrence.slots.is_empty())
        .map(|occurrence| {
            let first = occurrence.slots.first();
            json!({
                "@type": "Event",
                "name": &*occurrence.talk.title,
                "url": context.part_url(&Part::Talk(occurrence.talk.code.clone())),
                "startDate": first.map(|slot| start(context, &slot.when)),
                "location": first.and_then(|slot| Place::of(context.conference, occurrence.talk, slot).location()),
                "eventStatus": first.map(|slot| status(state(occurrence.talk, slot))),
            })
        })
        .collect();
    let mut person = person(context, speaker);
    if let Value::Object(fields) = &mut person {
        let about = text::plain(&speaker.biography);
        fields.insert(
            "description".into(),
            json!(Some(about).filter(|about| !about.is_empty())),
        );
        fields.insert("image".into(), json!(speaker.picture.as_deref()));
        fields.insert(
            "performerIn".into(),
            json!(Some(events).filter(|events| !events.is_empty())),
        );
    }
    block(person)
}

/// The data of a whole conference.
pub(super) fn conference(context: &Context<'_>) -> Markup {
    let mut event = whole(context);
    if let Value::Object(fields) = &mut event {
        let about = text::plain(&context.conference.description);
        fields.insert(
            "description".into(),
            json!(Some(about).filter(|about| !about.is_empty())),
        );
    }
    html! { @if !context.conference.days.is_empty() { (block(event)) } }
}

/// What every event of a talk says.
fn said(context: &Context<'_>, talk: &Talk) -> Value {
    let conference = context.conference;
    let about = text::plain(if talk.summary.is_empty() {
        &talk.description
    } else {
        &talk.summary
    });
    let speakers: Vec<Value> = talk
        .speakers
        .iter()
        .map(|speaker| person(context, speaker))
        .collect();
    json!({
        "@type": "Event",
        "name": &*talk.title,
        "description": Some(about).filter(|about| !about.is_empty()),
        "url": context.part_url(&Part::Talk(talk.code.clone())),
        "sameAs": talk.url.as_deref(),
        "image": talk.image.as_ref().or(conference.logo.as_ref()).map(|url| &**url),
        "inLanguage": talk.language.as_deref().unwrap_or(&conference.language),
        "performer": Some(speakers).filter(|speakers| !speakers.is_empty()),
        "organizer": organiser(context),
        "superEvent": whole(context),
    })
}

fn event(context: &Context<'_>, talk: &Talk, slot: &Slot, said: &Value) -> Value {
    let place = Place::of(context.conference, talk, slot);
    let is_elsewhen = |was: &&When| start(context, was) != start(context, &slot.when);
    let was = before(context, talk, slot)
        .map(|was| &was.when)
        .filter(is_elsewhen);
    let (status, was) = match (state(talk, slot), was) {
        (State::Cancelled, _) => (status(State::Cancelled), None),
        (_, Some(was)) => (
            "https://schema.org/EventRescheduled",
            Some(start(context, was)),
        ),
        (state, None) => (status(state), None),
    };
    let page = context.part_url(&Part::Talk(talk.code.clone()));
    let mut event = said.clone();
    if let Value::Object(fields) = &mut event {
        fields.insert(
            "@id".into(),
            json!(format!("{page}#occurrence:{}", slot.occurrence)),
        );
        fields.insert("startDate".into(), json!(start(context, &slot.when)));
        fields.insert("endDate".into(), json!(end(context, &slot.when)));
        fields.insert("eventStatus".into(), json!(status));
        fields.insert("previousStartDate".into(), json!(was));
        fields.insert("location".into(), json!(place.location()));
        fields.insert("eventAttendanceMode".into(), json!(place.mode()));
    }
    event
}

/// Whether an occurrence takes place.
fn state(talk: &Talk, slot: &Slot) -> State {
    if talk.state == State::Cancelled {
        State::Cancelled
    } else {
        slot.state
    }
}

fn status(state: State) -> &'static str {
    match state {
        State::Confirmed | State::Tentative => "https://schema.org/EventScheduled",
        State::Cancelled => "https://schema.org/EventCancelled",
    }
}

/// A start with the zone's offset, or the day alone where the hour is not known.
fn start(context: &Context<'_>, when: &When) -> String {
    match when {
        When::Span(span) => instant(span.start().instant(), &context.conference.zone),
        When::Day(day) => day.to_string(),
    }
}

fn end(context: &Context<'_>, when: &When) -> Option<String> {
    let span = when.timed().filter(|span| span.has_end())?;
    Some(instant(span.end().instant(), &context.conference.zone))
}

/// A conference as the event of which its talks are parts.
fn whole(context: &Context<'_>) -> Value {
    let conference = context.conference;
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    let place = Place {
        on_site: conference.venue.as_ref().map(venue),
        online: conference.online.as_deref().map(online),
    };
    json!({
        "@type": "Event",
        "@id": context.page_url(),
        "name": &*conference.name,
        "url": context.page_url(),
        "sameAs": conference.url.as_deref(),
        "startDate": day(conference.days.first().map(|day| day.date)),
        "endDate": day(conference.days.last().map(|day| day.date)),
        "eventStatus": status(State::Confirmed),
        "eventAttendanceMode": place.mode(),
        "location": place.location(),
        "organizer": organiser(context),
        "image": conference.logo.as_deref(),
        "inLanguage": &*conference.language,
    })
}

fn organiser(context: &Context<'_>) -> Value {
    let conference = context.conference;
    let url = conference
        .url
        .as_ref()
        .map_or_else(|| context.page_url(), ToString::to_string);
    json!({ "@type": "Organization", "name": &*conference.name, "url": url })
}

fn person(context: &Context<'_>, speaker: &Speaker) -> Value {
    let page = context.part_url(&Part::Speaker(speaker.slug.clone()));
    let links = speaker.links.iter().map(|link| &*link.url);
    let elsewhere: Vec<&str> = speaker.url.as_deref().into_iter().chain(links).collect();
    json!({
        "@type": "Person",
        "@id": page,
        "name": &*speaker.name,
        "url": page,
        "sameAs": Some(elsewhere).filter(|links| !links.is_empty()),
    })
}

/// Where something is held: on site, online, both, or nobody knows.
struct Place {
    on_site: Option<Value>,
    online: Option<Value>,
}

impl Place {
    fn of(conference: &Conference, talk: &Talk, slot: &Slot) -> Self {
        let room = slot.room.as_deref();
        let of_whole = conference
            .online
            .as_ref()
            .filter(|_| conference.venue.is_none());
        let streams = [
            talk.online.as_ref(),
            room.and_then(|room| room.online.as_ref()),
            of_whole,
        ];
        let online = streams
            .into_iter()
            .flatten()
            .next()
            .map(|url| self::online(url));
        let on_site = match (room, &conference.venue) {
            (Some(room), Some(venue)) => Some(self::room(room, venue)),
            (None, Some(venue)) => Some(self::venue(venue)),
            // A room of a conference that is only streamed is a stage of it, not a place.
            (Some(room), None) if online.is_none() => {
                Some(json!({ "@type": "Place", "name": &*room.name }))
            }
            _ => None,
        };
        Self { on_site, online }
    }

    fn location(&self) -> Option<Value> {
        match (&self.on_site, &self.online) {
            (Some(on_site), Some(online)) => Some(json!([on_site, online])),
            (Some(only), None) | (None, Some(only)) => Some(only.clone()),
            (None, None) => None,
        }
    }

    fn mode(&self) -> Option<&'static str> {
        match (&self.on_site, &self.online) {
            (Some(_), Some(_)) => Some("https://schema.org/MixedEventAttendanceMode"),
            (Some(_), None) => Some("https://schema.org/OfflineEventAttendanceMode"),
            (None, Some(_)) => Some("https://schema.org/OnlineEventAttendanceMode"),
            (None, None) => None,
        }
    }
}

fn room(room: &Room, venue: &Venue) -> Value {
    json!({
        "@type": "Place",
        "name": &*room.name,
        "address": &**venue.address.as_ref().unwrap_or(&venue.name),
        "containedInPlace": self::venue(venue),
    })
}

fn venue(venue: &Venue) -> Value {
    let position = |geo: crate::model::Geo| json!({ "@type": "GeoCoordinates", "latitude": geo.latitude, "longitude": geo.longitude });
    json!({
        "@type": "Place",
        "name": &*venue.name,
        "address": &**venue.address.as_ref().unwrap_or(&venue.name),
        "geo": venue.geo.map(position),
    })
}

fn online(address: &str) -> Value {
    json!({ "@type": "VirtualLocation", "url": address })
}

/// A block of data in the head of a page. What is not known is left out; no text of the data can end
/// the block.
fn block(mut data: Value) -> Markup {
    if let Value::Object(fields) = &mut data {
        fields.insert("@context".into(), json!("https://schema.org"));
    }
    let json = without_nulls(data).to_string();
    // All of these occur within texts only.
    let mut safe = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                safe.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            other => safe.push(other),
        }
    }
    html! { script type="application/ld+json" { (PreEscaped(safe)) } }
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name, without_nulls(value)))
            .collect(),
        Value::Array(values) => values.into_iter().map(without_nulls).collect(),
        other => other,
    }
}

#[cfg(test)]
mod tests;
