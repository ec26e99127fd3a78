//! `conference.toml`: what the organisers say themselves, and which sources to read beside it.
//!
//! The keys are documented in `README.md`. Unknown keys are errors: a misspelt one would otherwise
//! lose data silently. At the top level they make the file unusable, as a wrong slug or day does;
//! inside a talk they cost only that key.

use super::publish_table;
use super::syntax::fields::{Fields, TomlFile};
use super::{
    Draft, DraftDay, DraftRoom, DraftSlot, DraftSpeaker, DraftTalk, DraftTrack, End, Place,
    Problem, SourceRef, source_ref,
};
use crate::model::{Geo, Identifiers, Kind, Limits, Link, LinkKind, Plain, State, TalkCode};
use toml::de::DeTable;

/// A read `conference.toml`.
#[derive(Debug)]
pub(super) struct ConferenceFile {
    /// What it says about the conference.
    pub draft: Draft,
    /// Which further sources to read, in order.
    pub sources: Vec<SourceRef>,
    /// From which shares on an import looks like a mistake.
    pub limits: Limits,
}

const CONFERENCE_KEYS: &[&str] = &[
    "name",
    "slug",
    "time_zone",
    "url",
    "authority",
    "description",
    "language",
    "venue",
    "online",
    "colour",
    "logo",
    "days",
    "rooms",
    "tracks",
    "speakers",
    "talks",
    "links",
    "source",
    "sources",
    "updated",
    "publish",
];
const VENUE_KEYS: &[&str] = &["name", "address", "latitude", "longitude"];
const DAY_KEYS: &[&str] = &["date", "name"];
const ROOM_KEYS: &[&str] = &["name", "slug", "online", "capacity", "description"];
const TRACK_KEYS: &[&str] = &["name", "slug", "colour"];
const SPEAKER_KEYS: &[&str] = &["name", "biography", "url", "picture"];
const LINK_KEYS: &[&str] = &["url", "title", "kind"];
const TALK_KEYS: &[&str] = &[
    "code",
    "title",
    "subtitle",
    "kind",
    "format",
    "level",
    "state",
    "abstract",
    "description",
    "notes",
    "speakers",
    "track",
    "language",
    "url",
    "online",
    "image",
    "links",
    "tags",
    "licence",
    "updated",
    "day",
    "start",
    "end",
    "duration",
    "room",
    "slots",
];
const SLOT_KEYS: &[&str] = &[
    "day",
    "start",
    "end",
    "duration",
    "room",
    "state",
    "occurrence",
];
/// The keys of a talk that describe its only slot.
const OWN_SLOT_KEYS: &[&str] = &["day", "start", "end", "duration", "room"];

/// Reads a conference file. `file` is its name in problems.
///
/// # Errors
///
/// When it is not TOML, or has an unknown key at the top level.
pub(super) fn read(
    file: &str,
    bytes: &[u8],
) -> Result<(ConferenceFile, Vec<Problem>), Vec<Problem>> {
    let text = str::from_utf8(bytes).map_err(|error| {
        let readable = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        let place = Place::offset(file, &readable, error.valid_up_to());
        vec![Problem::error(
            place,
            "this is not UTF-8 text",
            "save the file as UTF-8",
        )]
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let toml = TomlFile::new(file, text);
    let table = DeTable::parse(text).map_err(|error| {
        let place = toml.place(error.span().map_or(0, |span| span.start));
        let message = error.message().lines().collect::<Vec<_>>().join(", ");
        vec![Problem::error(
            place,
            message,
            "mend this line; the format is described at https://toml.io",
        )]
    })?;
    let root = toml.root(table.get_ref());
    let is_unusable = root.report_unknown(CONFERENCE_KEYS) | root.report_if_empty();
    let mut draft = draft(&root, file);
    let (policy, limits) = publish_table::read(&root);
    draft.policy = policy;
    let mut sources = source_ref::sources(&root);
    for source in sources.iter_mut().flatten() {
        source.prefer(draft.language.as_ref());
    }
    // A slug is in every address and identifier, days are numbered, and a source that is not read is
    // talks that are gone: one of these wrong makes all the rest wrong.
    let is_unusable = is_unusable
        || (root.has("slug") && draft.slug.is_none())
        || root.items("days").len() != draft.days.len();
    let problems = toml.into_problems();
    match sources {
        Some(sources) if !is_unusable => {
            let file = ConferenceFile {
                draft,
                sources,
                limits,
            };
            Ok((file, problems))
        }
        _ => Err(problems),
    }
}

fn draft(root: &Fields<'_>, file: &str) -> Draft {
    let venue = root.table("venue");
    if let Some(venue) = &venue {
        venue.report_unknown(VENUE_KEYS);
    }
    Draft {
        place: Place::file(file),
        slug: root.slug("slug"),
        name: root.plain("name"),
        acronym: None,
        version: None,
        zone: root.zone("time_zone"),
        url: root.url("url"),
        authority: root.parsed(
            "authority",
            "a host and a year such as \"example.org,2026\"",
            authority,
        ),
        description: root.markdown("description"),
        language: root.language("language"),
        venue: venue.and_then(|venue| venue.plain("name")),
        address: venue.and_then(|venue| venue.plain("address")),
        geo: venue.and_then(|venue| geo(&venue)),
        online: root.url("online"),
        colour: root.colour("colour"),
        logo: root.url("logo"),
        base_url: None,
        timeslot: None,
        days: days(root),
        rooms: root.tables("rooms").iter().filter_map(room).collect(),
        tracks: root.tables("tracks").iter().filter_map(track).collect(),
        speakers: root.tables("speakers").iter().filter_map(speaker).collect(),
        talks: root.tables("talks").iter().filter_map(talk).collect(),
        links: links(root),
        notes: None,
        updated: root.instant("updated"),
        ..Draft::default()
    }
}

/// A `tag:` authority: a domain name and a date (RFC 4151 §2.1).
fn authority(text: &str) -> Option<String> {
    let (host, date) = text.split_once(',')?;
    let is_host = !host.is_empty()
        && host.split('.').all(|label| {
            !label.is_empty()
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        });
    let lengths = [&[4][..], &[4, 2], &[4, 2, 2]];
    let parts: Vec<&str> = date.split('-').collect();
    let is_date = date
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'-')
        && lengths.contains(&&*parts.iter().map(|part| part.len()).collect::<Vec<_>>());
    (is_host && is_date).then(|| text.to_ascii_lowercase())
}

fn geo(venue: &Fields<'_>) -> Option<Geo> {
    if venue.has("latitude") != venue.has("longitude") {
        venue.report_here(
            "a position needs both `latitude` and `longitude`",
            "add the other one",
        );
    }
    let (latitude, longitude) = (venue.number("latitude")?, venue.number("longitude")?);
    let geo = Geo::new(latitude, longitude);
    if geo.is_none() {
        venue.report(
            "latitude",
            "this position is not on the globe",
            "latitude is -90 to 90, longitude -180 to 180",
        );
    }
    geo
}

fn days(root: &Fields<'_>) -> Vec<DraftDay> {
    let items = root.items("days").into_iter();
    items
        .filter_map(|item| {
            let place = item.place();
            if let Some(date) = item.date() {
                return Some(DraftDay {
                    place,
                    date,
                    name: None,
                    hours: None,
                });
            }
            let Some(fields) = item.fields() else {
                item.report("this is no day", "write a date such as 2026-10-24");
                return None;
            };
            fields.report_unknown(DAY_KEYS);
            Some(DraftDay {
                place,
                date: fields.date("date")?,
                name: fields.plain("name"),
                hours: None,
            })
        })
        .collect()
}

fn room(fields: &Fields<'_>) -> Option<DraftRoom> {
    fields.report_unknown(ROOM_KEYS);
    Some(DraftRoom {
        name: required(fields, "name", "room")?,
        slug: fields.slug("slug"),
        online: fields.url("online"),
        guid: None,
        capacity: fields.count("capacity"),
        description: fields.markdown("description").unwrap_or_default(),
    })
}

fn track(fields: &Fields<'_>) -> Option<DraftTrack> {
    fields.report_unknown(TRACK_KEYS);
    Some(DraftTrack {
        name: required(fields, "name", "track")?,
        slug: fields.slug("slug"),
        colour: fields.colour("colour"),
    })
}

fn speaker(fields: &Fields<'_>) -> Option<DraftSpeaker> {
    fields.report_unknown(SPEAKER_KEYS);
    Some(DraftSpeaker {
        name: required(fields, "name", "speaker")?,
        biography: fields.markdown("biography").unwrap_or_default(),
        url: fields.url("url"),
        picture: fields.url("picture"),
        ..DraftSpeaker::default()
    })
}

fn required(fields: &Fields<'_>, key: &str, what: &str) -> Option<Plain> {
    if !fields.has(key) {
        fields.report_here(
            &format!("this {what} has no `{key}`"),
            &format!("add {key} = \"…\""),
        );
    }
    fields.plain(key)
}

/// A talk's title. With a code alone, the talk is one of another source, of which something else is said.
fn title(talk: &Fields<'_>) -> Option<Plain> {
    if talk.has("code") && !talk.has("title") {
        return Some(Plain::default());
    }
    required(talk, "title", "talk")
}

fn links(fields: &Fields<'_>) -> Vec<Link> {
    let tables = fields.tables("links").into_iter();
    tables
        .filter_map(|link| {
            link.report_unknown(LINK_KEYS);
            let kind = link.parsed(
                "kind",
                &words(LinkKind::ALL.map(LinkKind::word)),
                LinkKind::parse,
            );
            if !link.has("url") {
                link.report_here("this link has no `url`", "add url = \"https://…\"");
            }
            Some(Link {
                url: link.url("url")?,
                title: link.plain("title"),
                kind: kind.unwrap_or_default(),
                is_attachment: false,
            })
        })
        .collect()
}

fn talk(fields: &Fields<'_>) -> Option<DraftTalk> {
    fields.report_unknown(TALK_KEYS);
    Some(DraftTalk {
        place: fields.place(),
        code: fields.parsed(
            "code",
            "letters, digits, - and _, at most 64 of them",
            TalkCode::parse,
        ),
        title: title(fields)?,
        subtitle: fields.plain("subtitle"),
        kind: fields.parsed("kind", &words(Kind::ALL.map(Kind::word)), Kind::parse),
        format: fields.plain("format"),
        level: fields.plain("level"),
        state: state(fields),
        summary: fields.markdown("abstract"),
        description: fields.markdown("description"),
        notes: fields.markdown("notes"),
        speakers: fields.plains("speakers"),
        track: fields.plain("track"),
        language: fields.language("language"),
        url: fields.url("url"),
        online: fields.url("online"),
        image: fields.url("image"),
        links: links(fields),
        tags: fields.plains("tags"),
        licence: fields.plain("licence"),
        recording_optout: None,
        origin: None,
        updated: fields.instant("updated"),
        slots: slots(fields),
    })
}

fn state(fields: &Fields<'_>) -> Option<State> {
    let expected = "confirmed, tentative or cancelled";
    fields.parsed("state", expected, State::parse)
}

fn words<const N: usize>(words: [&str; N]) -> String {
    format!("one of {}", words.join(", "))
}

fn slots(talk: &Fields<'_>) -> Vec<DraftSlot> {
    let own = OWN_SLOT_KEYS.iter().find(|key| talk.has(key));
    if !talk.has("slots") {
        return own.map(|_| slot(talk)).into_iter().collect();
    }
    if let Some(own) = own {
        let remedy = "move it into the slot that it belongs to";
        talk.report(own, &format!("`{own}` stands beside `slots`"), remedy);
    }
    let tables = talk.tables("slots").into_iter();
    tables
        .map(|fields| {
            fields.report_unknown(SLOT_KEYS);
            DraftSlot {
                state: state(&fields),
                occurrence: fields.count("occurrence"),
                ..slot(&fields)
            }
        })
        .collect()
}

fn slot(fields: &Fields<'_>) -> DraftSlot {
    let end = fields.clock("end").map(End::At);
    if end.is_some() && fields.has("duration") {
        fields.report(
            "duration",
            "`duration` stands beside `end`",
            "keep one of the two",
        );
    }
    DraftSlot {
        place: fields.place(),
        occurrence: None,
        day: fields.day("day"),
        start: fields.clock("start"),
        end: end.or_else(|| fields.duration("duration").map(End::After)),
        room: fields.plain("room"),
        state: None,
        identifiers: Identifiers::default(),
    }
}
