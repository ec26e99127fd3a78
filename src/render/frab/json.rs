//! `schedule.json`: frab's JSON (<https://c3voc.de/schedule/schema.json>).

use super::json_parts::{Colours, Generator, Link, Room, Track, address, colours, rooms, tracks};
use super::programme::{DayPlan, Event, Programme, Reference, hours_and_minutes, link_word};
use super::{leaves_out, names};
use crate::model::{Speaker, Talk};
use crate::render::json::written;
use crate::render::{Context, Coverage, Renderer};
use chrono::TimeDelta;
use serde::{Serialize, Serializer};
use uuid::Uuid;

/// frab's JSON.
pub(in crate::render) static RENDERER: Renderer = Renderer {
    format: "frab-json",
    extension: "json",
    name: "frab JSON",
    media_type: "application/json",
    stem: "schedule",
    covers: Coverage::Whole,
    heeds_wishes: false,
    leaves_out,
    render,
    last_modified: |context| context.whole_updated(),
};

const SCHEMA: &str = "https://c3voc.de/schedule/schema.json";

/// The step of the grid where the organisers name none; pretalx says the same, always.
const TIMESLOT: TimeDelta = TimeDelta::minutes(5);

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
}

#[derive(Serialize)]
struct Meeting<'a> {
    acronym: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    start: String,
    end: String,
    #[serde(rename = "daysCount")]
    days_count: usize,
    timeslot_duration: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    time_zone_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    logo: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    colors: Option<Colours>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    tracks: Vec<Track<'a>>,
    rooms: Vec<Room<'a>>,
    days: Vec<Day<'a>>,
}

#[derive(Serialize)]
struct Day<'a> {
    index: usize,
    date: String,
    day_start: &'a str,
    day_end: &'a str,
    rooms: Rooms<'a>,
}

/// Rooms by name, in order.
struct Rooms<'a>(Vec<(&'a str, Vec<Item<'a>>)>);

impl Serialize for Rooms<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, events)| (name, events)))
    }
}

#[derive(Serialize)]
struct Item<'a> {
    guid: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    id: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    logo: Option<String>,
    date: String,
    start: String,
    end: String,
    duration: String,
    room: &'a str,
    slug: String,
    url: String,
    title: String,
    subtitle: Option<&'a str>,
    track: Option<&'a str>,
    #[serde(rename = "type")]
    word: &'a str,
    language: Option<&'a str>,
    #[serde(rename = "abstract")]
    summary: &'a str,
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    recording_license: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    do_not_record: Option<bool>,
    persons: Vec<Person<'a>>,
    links: Vec<Link<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feedback_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin_url: Option<String>,
    attachments: Vec<Link<'a>>,
}

/// A person must be frab's, who has `id` and `public_name`, or pretalx's, who has `name`, and not both.
/// Here each has a `name`; who has a number does without the deprecated `public_name`.
#[derive(Serialize)]
struct Person<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    guid: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    public_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    avatar: Option<String>,
    #[serde(skip_serializing_if = "str::is_empty")]
    biography: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    links: Vec<Link<'a>>,
}

fn render(context: &Context<'_>) -> Vec<u8> {
    let programme = Programme::of(context);
    let conference = context.conference;
    let acronym = names::acronym(conference, names::is_json_acronym);
    written(&File {
        schema: SCHEMA,
        generator: Generator::HANDBILL,
        schedule: Schedule {
            version: &programme.version,
            url: context.feed_url(&RENDERER),
            base_url: address(conference.base_url.as_ref()),
            conference: meeting(context, &programme, &acronym),
        },
    })
}

fn meeting<'a>(
    context: &Context<'a>,
    programme: &'a Programme<'a>,
    acronym: &'a str,
) -> Meeting<'a> {
    let conference = context.conference;
    let date = |day: Option<&DayPlan<'_>>| day.map(|day| day.day.date.to_string());
    let days = programme.days.iter();
    Meeting {
        acronym,
        title: &conference.name,
        description: &conference.description,
        start: date(programme.days.first()).unwrap_or_default(),
        end: date(programme.days.last()).unwrap_or_default(),
        days_count: programme.days.len(),
        timeslot_duration: hours_and_minutes(conference.timeslot.unwrap_or(TIMESLOT)),
        time_zone_name: names::time_zone(conference.zone.name()),
        logo: address(conference.logo.as_ref()),
        colors: colours(conference),
        url: address(conference.url.as_ref()),
        tracks: tracks(conference),
        rooms: rooms(conference),
        days: days
            .map(|day| Day {
                index: day.day.index,
                date: day.day.date.to_string(),
                day_start: &day.start,
                day_end: &day.end,
                rooms: Rooms(
                    day.rooms
                        .iter()
                        .map(|(name, events)| {
                            let items = events.iter();
                            let items = items.map(|event| item(event, context, programme, acronym));
                            (*name, items.collect())
                        })
                        .collect(),
                ),
            })
            .collect(),
    }
}

fn item<'a>(
    event: &'a Event<'a>,
    context: &Context<'a>,
    programme: &Programme<'a>,
    acronym: &str,
) -> Item<'a> {
    let (talk, known): (&Talk, _) = (event.talk, &event.known);
    let conference = context.conference;
    let links = event.links();
    Item {
        guid: known.guid,
        code: known.code,
        id: known.id,
        logo: address(talk.image.as_ref()),
        date: event.date(conference),
        start: event.start(),
        end: event.end(conference),
        duration: hours_and_minutes(event.length()),
        room: event.room(conference),
        slug: programme.slug(event, acronym),
        url: event.url(context),
        title: event.title().into_owned(),
        subtitle: talk.subtitle.as_deref(),
        track: talk.track.as_ref().map(|track| &*track.name),
        word: event.word(),
        language: talk.language.as_deref(),
        summary: &talk.summary,
        description: &talk.description,
        recording_license: talk.licence.as_deref(),
        do_not_record: talk.recording_optout,
        persons: talk
            .speakers
            .iter()
            .map(|speaker| person(speaker))
            .collect(),
        links: links.links.into_iter().map(link).collect(),
        feedback_url: address(links.feedback),
        origin_url: address(talk.origin.as_ref()),
        attachments: links.attachments.into_iter().map(link).collect(),
    }
}

fn person(speaker: &Speaker) -> Person<'_> {
    let links = speaker
        .links
        .iter()
        .map(|page| Link::new(&page.url, page.title.as_deref(), link_word(page.kind)));
    Person {
        guid: speaker.guid,
        id: speaker.id,
        code: speaker.code.as_deref().filter(|code| names::is_code(code)),
        name: &speaker.name,
        public_name: Some(&*speaker.name).filter(|_| speaker.id.is_none()),
        avatar: address(speaker.picture.as_ref()),
        biography: &speaker.biography,
        url: address(speaker.url.as_ref()),
        links: links.collect(),
    }
}

fn link(reference: Reference<'_>) -> Link<'_> {
    Link::new(reference.url, reference.title, link_word(reference.kind))
}
