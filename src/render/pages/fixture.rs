//! A small conference that has one of everything, for the tests of pages and lists.

use crate::history::History;
use crate::model::{
    Colour, Conference, Day, Identifiers, Kind, Language, Link, LinkKind, Markdown, Moment, Plain,
    Room, Slot, Slug, Speaker, State, Talk, TalkCode, Track, Venue, WebUrl, When, Zone,
};
use crate::render::{Context, Instalment, Selection, Site, Wishes};
use chrono::{DateTime, NaiveDate};
use std::sync::Arc;

/// The conference's name.
pub(in crate::render) const NAME: &str = "Räuber & <Söhne> Conf";

/// A speaker's name that tries to break out of attributes and markup.
pub(in crate::render) const HOSTILE_NAME: &str = "\"><img src=x onerror='alert(1)'> & Co";

/// Everything that a context borrows.
pub(in crate::render) struct Whole {
    pub(in crate::render) conference: Conference,
    pub(in crate::render) history: History,
    pub(in crate::render) selection: Selection,
    pub(in crate::render) site: Site,
    pub(in crate::render) wishes: Wishes,
    pub(in crate::render) instalment: Instalment,
}

impl Whole {
    /// All of a conference, published once, below a path.
    pub(in crate::render) fn new(conference: Conference) -> Self {
        let now = instant("2026-06-10T12:00:00Z");
        Self {
            history: History::default().next(&conference, now),
            conference,
            selection: Selection::default(),
            site: Site::new("https://example.org/schedule/"),
            wishes: Wishes::default(),
            instalment: Instalment::Newest,
        }
    }

    pub(in crate::render) fn context(&self) -> Context<'_> {
        Context {
            conference: &self.conference,
            history: &self.history,
            selection: &self.selection,
            places: None,
            site: &self.site,
            wishes: &self.wishes,
            instalment: self.instalment,
        }
    }
}

pub(in crate::render) fn zone() -> Zone {
    Zone::named("Europe/Berlin").expect("a zone")
}

pub(in crate::render) fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn instant(text: &str) -> DateTime<chrono::Utc> {
    text.parse().expect("an instant")
}

/// From one instant to another, in UTC without seconds: `2026-10-24T07:00`.
pub(in crate::render) fn span(start: &str, end: &str) -> When {
    let moment = |text: &str| Moment::new(instant(&format!("{text}:00Z")), &zone());
    When::span(moment(start), moment(end)).expect("an end after the start")
}

pub(in crate::render) fn days(dates: &[&str]) -> Vec<Day> {
    let numbered = dates.iter().enumerate();
    numbered
        .map(|(place, text)| Day {
            index: place + 1,
            date: date(text),
            name: None,
            hours: None,
        })
        .collect()
}

fn url(text: &str) -> WebUrl {
    WebUrl::parse(text).expect("a web address")
}

/// A talk that has nothing but what it must have.
pub(in crate::render) fn talk(code: &str, title: &str) -> Talk {
    Talk {
        given_code: None,
        code: TalkCode::parse(code).expect("a code"),
        title: Plain::new(title),
        subtitle: None,
        kind: Kind::Talk,
        format: None,
        level: None,
        state: State::Confirmed,
        summary: Markdown::default(),
        description: Markdown::default(),
        notes: Markdown::default(),
        speakers: Vec::new(),
        track: None,
        language: None,
        url: None,
        online: None,
        image: None,
        links: Vec::new(),
        tags: Vec::new(),
        licence: None,
        recording_optout: None,
        origin: None,
        updated: None,
        slots: Vec::new(),
    }
}

pub(in crate::render) fn slot(occurrence: u32, when: When, room: Option<&Arc<Room>>) -> Slot {
    Slot {
        occurrence,
        is_numbered: false,
        when,
        room: room.cloned(),
        state: State::Confirmed,
        identifiers: Identifiers::default(),
    }
}

fn link(address: &str, title: Option<&str>, kind: LinkKind) -> Link {
    Link {
        url: url(address),
        title: title.map(Plain::new),
        kind,
        is_attachment: false,
    }
}

fn speaker(name: &str, own: Option<&str>) -> Arc<Speaker> {
    Arc::new(Speaker {
        url: own.map(url),
        ..Speaker::new(Slug::of(name), Plain::new(name))
    })
}

/// Two days in Berlin with the night in which the clocks are set back.
pub(in crate::render) fn conference() -> Conference {
    let hall = Arc::new(Room {
        online: Some(url("https://stream.example.org/hall")),
        ..Room::new(Slug::of("Hall"), Plain::new("Hall"))
    });
    let attic = Arc::new(Room::new(Slug::of("Attic"), Plain::new("Attic <2>")));
    let tracks =
        [("Web", Some("#f0c000")), ("Security & \"Safety\"", None)].map(|(name, colour)| {
            Arc::new(Track {
                slug: Slug::of(name),
                name: Plain::new(name),
                colour: colour.and_then(Colour::parse),
            })
        });
    let ada = speaker("Ada Lovelace", Some("https://ada.example.org/?a=1&b=2"));
    let hostile = speaker(HOSTILE_NAME, None);
    let noa = speaker("נועה כהן", None);

    let opening = Talk {
        kind: Kind::Keynote,
        subtitle: Some(Plain::new("For everybody")),
        summary: Markdown::new("What we will do.\n\nAnd how."),
        notes: Markdown::new("Bring a <pen>."),
        speakers: vec![ada.clone()],
        url: Some(url("https://example.org/talk/OPEN/?a=1&b=2")),
        links: vec![
            link("https://slides.example.org/open", None, LinkKind::Slides),
            link(
                "https://video.example.org/open",
                Some("Part 1"),
                LinkKind::Recording,
            ),
            link("https://www.example.net/x", None, LinkKind::Related),
        ],
        licence: Some(Plain::new("CC BY 4.0")),
        slots: vec![
            slot(1, span("2026-10-24T07:00", "2026-10-24T07:45"), Some(&hall)),
            slot(
                2,
                span("2026-10-25T09:00", "2026-10-25T09:45"),
                Some(&attic),
            ),
        ],
        ..talk("OPEN", "Opening")
    };
    let lunch = Talk {
        kind: Kind::Break,
        slots: vec![slot(1, span("2026-10-24T10:00", "2026-10-24T11:00"), None)],
        ..talk("LUNCH", "Lunch")
    };
    let hostile_talk = Talk {
        summary: Markdown::new("<script>alert(2)</script>"),
        speakers: vec![hostile.clone(), noa.clone()],
        track: Some(tracks[0].clone()),
        language: Language::parse("he"),
        slots: vec![slot(
            1,
            span("2026-10-24T11:00", "2026-10-24T11:30"),
            Some(&attic),
        )],
        ..talk(
            "HOSTIL",
            "</title><script>alert('1')</script> \"q\" & שלום \u{202e}cod.exe",
        )
    };
    let gone = Talk {
        state: State::Cancelled,
        track: Some(tracks[1].clone()),
        slots: vec![Slot {
            state: State::Cancelled,
            ..slot(1, span("2026-10-24T12:00", "2026-10-24T12:30"), Some(&hall))
        }],
        ..talk("GONE", "Not held")
    };
    let night = Talk {
        kind: Kind::Social,
        slots: vec![slot(
            1,
            span("2026-10-24T22:30", "2026-10-24T23:15"),
            Some(&hall),
        )],
        ..talk("NIGHT", "Night walk")
    };
    let clock = Talk {
        slots: vec![slot(
            1,
            span("2026-10-25T01:15", "2026-10-25T01:45"),
            Some(&hall),
        )],
        ..talk("CLOCK", "Twice at a quarter past two")
    };
    let maybe = Talk {
        state: State::Tentative,
        language: Language::parse("en"),
        online: Some(url("https://stream.example.org/maybe")),
        slots: vec![Slot {
            state: State::Tentative,
            ..slot(1, span("2026-10-25T10:00", "2026-10-25T11:00"), None)
        }],
        ..talk("MAYBE", "Perhaps")
    };
    let somewhen = Talk {
        slots: vec![slot(1, When::Day(date("2026-10-25")), Some(&attic))],
        ..talk("SOMEWHEN", "Some time on Sunday")
    };
    Conference {
        policy: crate::model::Policy::default(),
        slug: Slug::of("Fixture"),
        name: Plain::new(NAME),
        zone: zone(),
        url: Some(url("https://example.org/")),
        authority: Some("example.org,2026".into()),
        description: Markdown::new("Two days & one long night."),
        language: Language::parse("de").expect("a language"),
        venue: Some(Venue {
            name: Plain::new("Old Mill"),
            address: Some(Plain::new("Mill Lane 1, 10115 Berlin")),
            geo: None,
        }),
        online: Some(url("https://www.stream.example.org/")),
        acronym: None,
        version: None,
        logo: None,
        base_url: None,
        timeslot: None,
        colour: Colour::parse("#f0c000"),
        days: days(&["2026-10-24", "2026-10-25"]),
        rooms: vec![hall, attic],
        tracks: tracks.to_vec(),
        speakers: vec![hostile, ada, noa],
        talks: vec![
            opening,
            lunch,
            hostile_talk,
            gone,
            night,
            clock,
            maybe,
            somewhen,
            talk("LATER", "Later"),
        ],
        links: vec![link(
            "https://example.org/conduct",
            Some("Code of conduct"),
            LinkKind::Related,
        )],
        notes: Markdown::new("Doors open at eight."),
        updated: Some(instant("2026-06-09T08:30:00Z")),
    }
}

/// A made-up conference of many talks in four rooms over three days.
pub(in crate::render) fn large(talks: usize) -> Conference {
    let small = conference();
    let rooms = ["Main Hall", "Blue Room", "Workshop A", "Attic"]
        .map(|name| Arc::new(Room::new(Slug::of(name), Plain::new(name))));
    let colours = ["#3776ab", "#e4572e", "#2e933c", "#8e44ad", "#f4b400"];
    let names = [
        "Web",
        "Data and Machine Learning",
        "Testing",
        "Community",
        "Embedded",
    ];
    let tracks: Vec<Arc<Track>> = names
        .into_iter()
        .zip(colours)
        .map(|(name, colour)| {
            Arc::new(Track {
                slug: Slug::of(name),
                name: Plain::new(name),
                colour: Colour::parse(colour),
            })
        })
        .collect();
    let first = [
        "Ada",
        "Grace",
        "Alan",
        "Barbara",
        "Edsger",
        "Katherine",
        "Donald",
        "Radia",
        "Linus",
    ];
    let last = [
        "Moreau",
        "Okafor",
        "Lindqvist",
        "Tanaka",
        "Fernández",
        "Novák",
        "Haddad",
    ];
    let subjects = [
        "What we learned from a million small files",
        "Typed queues without tears",
        "A gentle tour of time zones, calendars and everything that goes wrong between them",
        "Testing what you cannot see",
        "Maps for people who hate maps",
    ];
    let speakers: Vec<Arc<Speaker>> = (0..talks * 6 / 10)
        .map(|number| {
            let (first, last) = (first[number % 9], last[number % 7]);
            Arc::new(Speaker {
                slug: Slug::of(&format!("{first} {last} {number}")),
                name: Plain::new(&format!("{first} {last}")),
                ..(*speaker("x", None)).clone()
            })
        })
        .collect();
    let of_number = |number: usize| {
        let (day, place) = (number * 3 / talks, number % rooms.len());
        let hour = 7 + (number / rooms.len()) % 9;
        let start = format!("2026-09-{:02}T{hour:02}:00", 18 + day);
        let end = format!("2026-09-{:02}T{hour:02}:45", 18 + day);
        let words = format!("Number {number}: {} ", subjects[(number + 2) % 5]);
        Talk {
            kind: if number.is_multiple_of(17) {
                Kind::Keynote
            } else {
                Kind::Talk
            },
            summary: Markdown::new(&words.repeat(12)),
            speakers: vec![speakers[number % speakers.len()].clone()],
            track: Some(tracks[number % 5].clone()),
            url: Some(url(&format!(
                "https://talks.example.org/conf/talk/T{number:05}/"
            ))),
            slots: vec![slot(1, span(&start, &end), Some(&rooms[place]))],
            ..talk(&format!("T{number:05}"), subjects[number % 5])
        }
    };
    Conference {
        slug: Slug::of("large"),
        name: Plain::new("NorthConf 2026"),
        language: Language::parse("en").expect("a language"),
        description: Markdown::new(
            "Three days about building software that lasts, by and for people who do.",
        ),
        colour: Colour::parse("#0f7b6c"),
        days: days(&["2026-09-18", "2026-09-19", "2026-09-20"]),
        rooms: rooms.to_vec(),
        tracks: tracks.clone(),
        speakers: speakers.clone(),
        talks: (0..talks).map(of_number).collect(),
        links: Vec::new(),
        notes: Markdown::default(),
        ..small
    }
}
