//! A conference for tests: two rooms, a track, one hostile talk, and a name long enough for every
//! document of it to be worth compressing.

use super::{Catalogue, Programme};
use crate::history::History;
use crate::model::{
    Conference, Day, Identifiers, Kind, Language, Markdown, Moment, Plain, Room, Slot, Slug,
    Speaker, State, Talk, TalkCode, Track, When, Zone,
};
use crate::render::Site;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use std::sync::Arc;

/// When the organisers last revised the data.
pub(crate) const UPDATED: DateTime<Utc> = match DateTime::from_timestamp(1_643_997_600, 0) {
    Some(instant) => instant,
    None => DateTime::UNIX_EPOCH,
};

pub(crate) fn conference(slug: &str) -> Conference {
    let zone = Zone::named("Europe/Berlin").expect("a zone");
    let date = NaiveDate::from_ymd_opt(2026, 10, 24).expect("a date");
    let room = |name: &str| Arc::new(Room::new(Slug::of(name), Plain::new(name)));
    let rooms = vec![room("Main hall"), room("Attic")];
    let track = Arc::new(Track {
        slug: Slug::of("Security"),
        name: Plain::new("Security"),
        colour: None,
    });
    let speaker = Arc::new(Speaker::new(Slug::of("Débora"), Plain::new("Débora")));
    let talk = |number: i32, title: &str| {
        let start = zone.start_of(date) + TimeDelta::hours(i64::from(8 + number));
        let moment = |instant| Moment::new(instant, &zone);
        let slot = Slot {
            is_numbered: false,
            occurrence: 1,
            when: When::span(moment(start), moment(start + TimeDelta::minutes(45)))
                .expect("a span"),
            room: Some(Arc::clone(&rooms[number as usize % 2])),
            state: State::Confirmed,
            identifiers: Identifiers::default(),
        };
        Talk {
            given_code: None,
            code: TalkCode::parse(&format!("talk-{number}")).expect("a code"),
            title: Plain::new(title),
            subtitle: None,
            kind: if number == 0 {
                Kind::Keynote
            } else {
                Kind::Talk
            },
            format: None,
            level: None,
            state: State::Confirmed,
            summary: Markdown::new("What it is about. <script>alert(1)</script> ]]>"),
            description: Markdown::default(),
            notes: Markdown::default(),
            speakers: vec![Arc::clone(&speaker)],
            track: (number % 2 == 0).then(|| Arc::clone(&track)),
            language: Some(Language::parse("en").expect("a language")),
            url: None,
            online: None,
            image: None,
            links: Vec::new(),
            tags: Vec::new(),
            licence: None,
            recording_optout: None,
            origin: None,
            updated: None,
            slots: vec![slot],
        }
    };
    Conference {
        policy: crate::model::Policy::default(),
        slug: Slug::of(slug),
        name: Plain::new(&format!(
            "{slug}: a conference with a long name. {}",
            "And longer. ".repeat(100)
        )),
        acronym: None,
        version: None,
        zone: zone.clone(),
        url: None,
        authority: Some("example.org,2026".into()),
        description: Markdown::default(),
        language: Language::parse("en").expect("a language"),
        venue: None,
        online: None,
        colour: None,
        logo: None,
        base_url: None,
        timeslot: None,
        days: vec![Day {
            index: 1,
            date,
            name: None,
            hours: None,
        }],
        talks: vec![
            talk(0, "let's try & break this <item> ]]>"),
            talk(1, "A second talk"),
            talk(2, "A third talk"),
        ],
        rooms,
        tracks: vec![track],
        speakers: vec![speaker],
        links: Vec::new(),
        notes: Markdown::default(),
        updated: Some(UPDATED),
    }
}

/// A conference that has just been published.
pub(crate) fn programme(slug: &str) -> Programme {
    first(conference(slug))
}

/// The first edition of a conference.
pub(crate) fn first(conference: Conference) -> Programme {
    let history = History::default().next(&conference, UPDATED);
    Programme::new(Arc::new(conference), Arc::new(history))
}

/// The edition after one.
pub(crate) fn next(before: &Programme, conference: Conference) -> Programme {
    let history = before.history.next(&conference, UPDATED);
    Programme::new(Arc::new(conference), Arc::new(history))
}

pub(crate) const SITE: &str = "https://example.org/schedule/";

pub(crate) fn catalogue_of(conferences: Vec<Conference>) -> Catalogue {
    let programmes = conferences.into_iter().map(first);
    Catalogue::new(programmes.collect(), Site::new(SITE))
}

/// A catalogue of two conferences.
pub(crate) fn catalogue() -> Catalogue {
    catalogue_of(vec![conference("example"), conference("pycascades-2022")])
}
