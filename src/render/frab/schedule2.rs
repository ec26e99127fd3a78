//! `schedule2.json`: c3voc's second schema (<https://c3voc.de/schema/schedule2>, alpha 3). Events are
//! one list, and refer to rooms, tracks and persons.

use super::json_parts::{
    Colours, Generator, Link, Room, Track, address, colours, rooms, track_slug, tracks,
};
use super::programme::{Event, Programme, Reference, no_room};
use super::{leaves_out, names};
use crate::history::{no_room_uid, room_uid, speaker_uid};
use crate::model::{Conference, Kind, LinkKind, State, WebUrl};
use crate::render::json::written;
use crate::render::{Context, Coverage, Renderer};
use serde::Serialize;
use std::collections::{BTreeSet, HashSet};
use uuid::Uuid;

/// c3voc's second JSON.
pub(in crate::render) static RENDERER: Renderer = Renderer {
    format: "schedule2",
    extension: "json",
    name: "c3voc schedule2",
    media_type: "application/json",
    stem: "schedule2",
    covers: Coverage::Whole,
    heeds_wishes: false,
    leaves_out,
    render,
    last_modified: |context| context.whole_updated(),
};

const SCHEMA: &str = "https://c3voc.de/schema/schedule2";

/// The track of what has none: the schema wants one. No conference lists it.
const NO_TRACK: &str = "none";

#[derive(Serialize)]
struct File<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    generator: Generator,
    schedule: Schedule<'a>,
}

#[derive(Serialize)]
struct Schedule<'a> {
    version: &'a str,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    base_url: Option<String>,
    conference: Meeting<'a>,
    events: Vec<Item<'a>>,
    persons: Vec<Person<'a>>,
}

#[derive(Serialize)]
struct Meeting<'a> {
    acronym: String,
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    start: &'a str,
    end: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    timeslot_duration: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time_zone_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    logo: Option<Image>,
    #[serde(skip_serializing_if = "Option::is_none")]
    colors: Option<Colours>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    languages: BTreeSet<String>,
    tracks: Vec<Track<'a>>,
    rooms: Vec<Room<'a>>,
    days: Vec<Day<'a>>,
}

#[derive(Serialize)]
struct Image {
    url: String,
}

#[derive(Serialize)]
struct Day<'a> {
    index: usize,
    date: String,
    start: &'a str,
    end: &'a str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Item<'a> {
    Event(Box<Talk<'a>>),
    MetaEvent(Break<'a>),
}

#[derive(Serialize)]
struct Talk<'a> {
    guid: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    logo: Option<Image>,
    start: String,
    end: String,
    room: RoomReference<'a>,
    slug: String,
    url: String,
    title: &'a str,
    subtitle: Option<&'a str>,
    track: TrackReference,
    #[serde(rename = "type")]
    word: &'static str,
    language: String,
    #[serde(rename = "abstract")]
    summary: &'a str,
    description: &'a str,
    participants: Vec<Participant<'a>>,
    links: Vec<Link<'a>>,
    attachments: Vec<Link<'a>>,
    state: &'static str,
}

#[derive(Serialize)]
struct Break<'a> {
    #[serde(rename = "type")]
    word: &'static str,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    subtitle: Option<&'a str>,
    guid: Uuid,
    start: String,
    end: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    room: Option<RoomReference<'a>>,
}

#[derive(Serialize)]
struct RoomReference<'a> {
    guid: Uuid,
    name: &'a str,
}

#[derive(Serialize)]
struct TrackReference {
    slug: String,
}

#[derive(Serialize)]
struct Participant<'a> {
    guid: Uuid,
    name: &'a str,
}

#[derive(Serialize)]
struct Person<'a> {
    guid: Uuid,
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    biography: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    avatar: Option<Image>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    links: Vec<Link<'a>>,
}

fn render(context: &Context<'_>) -> Vec<u8> {
    let programme = Programme::of(context);
    let conference = context.conference;
    let acronym = names::acronym(conference, names::is_json_acronym);
    let events = programme.events();
    written(&File {
        schema: SCHEMA,
        generator: Generator::HANDBILL,
        schedule: Schedule {
            version: &programme.version,
            url: context.feed_url(&RENDERER),
            base_url: address(conference.base_url.as_ref()),
            events: events
                .map(|event| item(event, context, &programme, &acronym))
                .collect(),
            persons: persons(context.conference, &programme),
            conference: meeting(conference, &programme, acronym.clone()),
        },
    })
}

fn meeting<'a>(
    conference: &'a Conference,
    programme: &'a Programme<'a>,
    acronym: String,
) -> Meeting<'a> {
    let days = programme.days.iter().map(|day| Day {
        index: day.day.index,
        date: day.day.date.to_string(),
        start: &day.start,
        end: &day.end,
    });
    let timeslot = conference.timeslot;
    Meeting {
        acronym,
        title: &conference.name,
        description: &conference.description,
        start: programme.days.first().map_or("", |day| &day.start),
        end: programme.days.last().map_or("", |day| &day.end),
        timeslot_duration: timeslot.map(|step| format!("PT{}M", step.num_minutes())),
        time_zone_name: names::time_zone(conference.zone.name()),
        logo: image(conference.logo.as_ref()),
        colors: colours(conference),
        url: address(conference.url.as_ref()),
        languages: languages(conference),
        tracks: tracks(conference),
        rooms: rooms(conference),
        days: days.collect(),
    }
}

/// Every language that something is held in.
fn languages(conference: &Conference) -> BTreeSet<String> {
    let own = conference.talks.iter().map(|talk| talk.language.as_ref());
    let all = [None].into_iter().chain(own);
    all.map(|language| names::language(language, conference))
        .collect()
}

fn image(url: Option<&WebUrl>) -> Option<Image> {
    address(url).map(|url| Image { url })
}

fn item<'a>(
    event: &'a Event<'a>,
    context: &Context<'a>,
    programme: &Programme<'a>,
    acronym: &str,
) -> Item<'a> {
    let conference = context.conference;
    if event.talk.kind == Kind::Break {
        return Item::MetaEvent(Break {
            word: "BREAK",
            title: event.title().into_owned(),
            subtitle: event.talk.subtitle.as_deref(),
            guid: event.known.guid,
            start: event.date(conference),
            end: event.end(conference),
            room: event.slot.room.as_ref().map(|_| room(event, conference)),
        });
    }
    let talk = event.talk;
    let participants = talk.speakers.iter().map(|speaker| Participant {
        guid: speaker_uid(conference, speaker),
        name: &speaker.name,
    });
    let track = talk.track.as_ref();
    let links = event.links();
    let feedback = links.feedback.map(|url| marked(url, "FEEDBACK"));
    let origin = talk.origin.as_ref().map(|url| marked(url, "ORIGIN"));
    Item::Event(Box::new(Talk {
        guid: event.known.guid,
        code: event.known.code,
        logo: image(talk.image.as_ref()),
        start: event.date(conference),
        end: event.end(conference),
        room: room(event, conference),
        slug: programme.slug(event, acronym),
        url: event.url(context),
        title: &talk.title,
        subtitle: talk.subtitle.as_deref(),
        track: TrackReference {
            slug: track.map_or_else(|| NO_TRACK.to_owned(), |track| track_slug(&track.slug)),
        },
        word: word(event),
        language: names::language(talk.language.as_ref(), conference),
        summary: &talk.summary,
        description: &talk.description,
        participants: participants.collect(),
        links: links
            .links
            .into_iter()
            .map(link)
            .chain(feedback)
            .chain(origin)
            .collect(),
        attachments: links.attachments.into_iter().map(link).collect(),
        state: match event.slot.state {
            State::Confirmed => "CONFIRMED",
            State::Tentative => "ACCEPTED",
            State::Cancelled => "CANCELED",
        },
    }))
}

fn room<'a>(event: &Event<'a>, conference: &'a Conference) -> RoomReference<'a> {
    match &event.slot.room {
        Some(room) => RoomReference {
            guid: room_uid(conference, room),
            name: &room.name,
        },
        None => RoomReference {
            guid: no_room_uid(conference),
            name: no_room(conference),
        },
    }
}

/// The organisers' own word where the schema has it, else what the kind comes to.
fn word(event: &Event<'_>) -> &'static str {
    const WORDS: [&str; 10] = [
        "TALK",
        "WORKSHOP",
        "HANDS-ON",
        "MEETING",
        "DISCUSSION",
        "PERFORMANCE",
        "CONCERT",
        "GAME",
        "LIGHTNING_TALK",
        "OTHER",
    ];
    let own = event.word().to_uppercase().replace(' ', "_");
    let known = WORDS.into_iter().find(|word| *word == own);
    known.unwrap_or(match event.talk.kind {
        Kind::Talk | Kind::Keynote => "TALK",
        Kind::Lightning => "LIGHTNING_TALK",
        Kind::Workshop => "WORKSHOP",
        Kind::Panel => "DISCUSSION",
        Kind::Social => "MEETING",
        Kind::Break | Kind::Other => "OTHER",
    })
}

fn link(reference: Reference<'_>) -> Link<'_> {
    let word = match reference.kind {
        LinkKind::Slides => "SLIDES",
        LinkKind::Paper => "PAPER",
        LinkKind::Recording => "MEDIA",
        LinkKind::Feedback => "FEEDBACK",
        LinkKind::Related | LinkKind::Image => "RELATED",
    };
    Link::new(reference.url, reference.title, word)
}

fn marked(url: &WebUrl, word: &'static str) -> Link<'static> {
    Link::new(url, None, word)
}

/// Those who take part in what is shown, in the order of the conference.
fn persons<'a>(conference: &'a Conference, programme: &Programme<'a>) -> Vec<Person<'a>> {
    let shown = programme.events().flat_map(|event| &event.talk.speakers);
    let shown: HashSet<&str> = shown.map(|speaker| &*speaker.slug).collect();
    let speakers = conference.speakers.iter();
    let speakers = speakers.filter(|speaker| shown.contains(&*speaker.slug));
    speakers
        .map(|speaker| Person {
            guid: speaker_uid(conference, speaker),
            name: &speaker.name,
            biography: &speaker.biography,
            avatar: image(speaker.picture.as_ref()),
            url: address(speaker.url.as_ref()),
            links: speaker
                .links
                .iter()
                .map(|page| {
                    link(Reference {
                        url: &page.url,
                        title: page.title.as_deref(),
                        kind: page.kind,
                    })
                })
                .collect(),
        })
        .collect()
}
