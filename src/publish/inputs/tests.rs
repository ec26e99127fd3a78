use crate::history::{Chronicle, History, Publication};
use crate::history::{Edition, diff};
use crate::model::{
    Colour, Conference, Day, Geo, Kind, Language, Link, LinkKind, Markdown, Plain, Policy, Room,
    Slot, Slug, Speaker, State, TalkCode, Track, Venue, WebUrl, When, Zone,
};
use crate::publish::fixture::{SITE, UPDATED, catalogue_of, conference, first, next};
use crate::publish::{Catalogue, Coding, Programme, Publication as Written, Rendered};
use crate::render::Site;
use chrono::TimeDelta;
use std::sync::Arc;

type Edit = fn(&mut Conference);

fn url(text: &str) -> Option<WebUrl> {
    Some(WebUrl::parse(text).expect("an address"))
}

fn link() -> Link {
    Link {
        url: WebUrl::parse("https://example.org/slides.pdf").expect("an address"),
        title: None,
        kind: LinkKind::Slides,
        is_attachment: false,
    }
}

/// Changes a room wherever it is named, as a new import does.
fn with_room(conference: &mut Conference, number: usize, change: impl Fn(&mut Room)) {
    let mut room = (*conference.rooms[number]).clone();
    change(&mut room);
    let room = Arc::new(room);
    let old = std::mem::replace(&mut conference.rooms[number], Arc::clone(&room));
    for slot in conference.talks.iter_mut().flat_map(|talk| &mut talk.slots) {
        if slot.room.as_ref().is_some_and(|held| held.slug == old.slug) {
            slot.room = Some(Arc::clone(&room));
        }
    }
}

fn with_track(conference: &mut Conference, change: impl Fn(&mut Track)) {
    let mut track = (*conference.tracks[0]).clone();
    change(&mut track);
    let track = Arc::new(track);
    conference.tracks[0] = Arc::clone(&track);
    for talk in &mut conference.talks {
        if talk.track.is_some() {
            talk.track = Some(Arc::clone(&track));
        }
    }
}

fn with_speaker(conference: &mut Conference, change: impl Fn(&mut Speaker)) {
    let mut speaker = (*conference.speakers[0]).clone();
    change(&mut speaker);
    let speaker = Arc::new(speaker);
    conference.speakers[0] = Arc::clone(&speaker);
    for talk in &mut conference.talks {
        talk.speakers = vec![Arc::clone(&speaker)];
    }
}

fn later(slot: &mut Slot, zone: &Zone, hours: i64) {
    let span = slot.when.timed().expect("hours");
    let move_by = |moment: crate::model::Moment| {
        crate::model::Moment::new(moment.instant() + TimeDelta::hours(hours), zone)
    };
    slot.when = When::span(move_by(span.start()), move_by(span.end())).expect("a span");
}

/// What organisers do to a conference, one thing at a time; each is done to the outcome of the one
/// before.
const EDITS: &[(&str, Edit)] = &[
    ("nothing", |_| {}),
    ("title", |c| c.talks[0].title = Plain::new("Another title")),
    ("subtitle", |c| {
        c.talks[0].subtitle = Some(Plain::new("In which it breaks"))
    }),
    ("abstract", |c| {
        c.talks[1].summary = Markdown::new("Another *matter*.")
    }),
    ("description", |c| {
        c.talks[1].description = Markdown::new("At length.")
    }),
    ("notes", |c| {
        c.talks[1].notes = Markdown::new("Bring a pen.")
    }),
    ("kind", |c| c.talks[2].kind = Kind::Workshop),
    ("format", |c| {
        c.talks[2].format = Some(Plain::new("Workshop (90 min)"))
    }),
    ("level", |c| c.talks[2].level = Some(Plain::new("beginner"))),
    ("state", |c| c.talks[2].state = State::Tentative),
    ("language", |c| c.talks[2].language = Language::parse("de")),
    ("page", |c| {
        c.talks[0].url = url("https://example.org/talks/0")
    }),
    ("stream", |c| {
        c.talks[0].online = url("https://stream.example.org/attic")
    }),
    ("picture", |c| {
        c.talks[0].image = url("https://example.org/0.png")
    }),
    ("slides", |c| c.talks[0].links.push(link())),
    ("tags", |c| c.talks[0].tags.push(Plain::new("rust"))),
    ("licence", |c| {
        c.talks[0].licence = Some(Plain::new("CC BY 4.0"))
    }),
    ("recording", |c| c.talks[0].recording_optout = Some(true)),
    ("origin", |c| {
        c.talks[0].origin = url("https://tool.example.org/0")
    }),
    ("talk's date", |c| {
        c.talks[0].updated = Some(UPDATED + TimeDelta::hours(1))
    }),
    ("identifiers", |c| {
        c.talks[0].slots[0].identifiers.id = Some(7)
    }),
    ("moved", |c| {
        let zone = c.zone.clone();
        later(&mut c.talks[0].slots[0], &zone, 5);
    }),
    ("another room", |c| {
        let room = Arc::clone(&c.rooms[1]);
        c.talks[0].slots[0].room = Some(room);
    }),
    ("repeated", |c| {
        let zone = c.zone.clone();
        let mut slot = c.talks[1].slots[0].clone();
        slot.occurrence = 2;
        later(&mut slot, &zone, 3);
        c.talks[1].slots.push(slot);
    }),
    ("occurrence cancelled", |c| {
        c.talks[1].slots[1].state = State::Cancelled
    }),
    ("unscheduled", |c| c.talks[2].slots.clear()),
    ("cancelled", |c| c.talks[0].state = State::Cancelled),
    ("back again", |c| c.talks[0].state = State::Confirmed),
    ("left its track", |c| c.talks[0].track = None),
    ("nobody speaks", |c| c.talks[2].speakers.clear()),
    ("added", |c| {
        let mut talk = c.talks[1].clone();
        talk.code = TalkCode::parse("talk-9").expect("a code");
        c.talks.push(talk);
    }),
    ("removed", |c| {
        c.talks.remove(1);
    }),
    ("room's name", |c| {
        with_room(c, 0, |room| room.name = Plain::new("Great hall"))
    }),
    ("room's capacity", |c| {
        with_room(c, 1, |room| room.capacity = Some(80))
    }),
    ("room added", |c| {
        let room = Room::new(Slug::of("Cellar"), Plain::new("Cellar"));
        c.rooms.push(Arc::new(room));
    }),
    ("rooms in another order", |c| c.rooms.reverse()),
    ("track's name", |c| {
        with_track(c, |track| track.name = Plain::new("Safety"))
    }),
    ("track's colour", |c| {
        with_track(c, |track| track.colour = Colour::parse("#ff0000"))
    }),
    ("speaker's name", |c| {
        with_speaker(c, |speaker| speaker.name = Plain::new("Débora N."))
    }),
    ("speaker's biography", |c| {
        with_speaker(c, |speaker| {
            speaker.biography = Markdown::new("Breaks things.")
        })
    }),
    ("speaker added", |c| {
        let ada = Speaker::new(Slug::of("Ada"), Plain::new("Ada"));
        c.speakers.push(Arc::new(ada));
    }),
    ("day's name", |c| {
        c.days[0].name = Some(Plain::new("Saturday"))
    }),
    ("day added", |c| {
        let date = c.days[0].date.succ_opt().expect("a date");
        let (name, hours) = (None, None);
        c.days.push(Day {
            index: 2,
            date,
            name,
            hours,
        });
    }),
    ("conference's name", |c| c.name = Plain::new("Another name")),
    ("acronym", |c| c.acronym = Some(Plain::new("ex26"))),
    ("version", |c| c.version = Some(Plain::new("0.9 \"draft\""))),
    ("conference's page", |c| c.url = url("https://example.org/")),
    ("conference's description", |c| {
        c.description = Markdown::new("All about it.")
    }),
    ("conference's language", |c| {
        c.language = Language::parse("de").expect("a language")
    }),
    ("venue", |c| {
        c.venue = Some(Venue {
            name: Plain::new("Old Printing House"),
            address: Some(Plain::new("Setzkasten 1, Berlin")),
            geo: Geo::new(52.5, 13.4),
        })
    }),
    ("conference's stream", |c| {
        c.online = url("https://stream.example.org/")
    }),
    ("colour", |c| c.colour = Colour::parse("#00ff00")),
    ("logo", |c| c.logo = url("https://example.org/logo.png")),
    ("base of addresses", |c| {
        c.base_url = url("https://tool.example.org/")
    }),
    ("grid", |c| c.timeslot = Some(TimeDelta::minutes(10))),
    ("conference's links", |c| c.links.push(link())),
    ("conference's remarks", |c| {
        c.notes = Markdown::new("Bring tea.")
    }),
    ("conference's date", |c| {
        c.updated = Some(UPDATED + TimeDelta::hours(2))
    }),
    ("policy", |c| {
        c.policy = Policy {
            changes_window: TimeDelta::minutes(5),
            ..Policy::default()
        }
    }),
    ("zone", |c| {
        c.zone = Zone::named("Europe/Lisbon").expect("a zone")
    }),
    ("everything removed", |c| c.talks.clear()),
];

fn catalogue(programmes: &[Programme]) -> Catalogue {
    Catalogue::new(programmes.to_vec(), Site::new(SITE))
}

/// Every document as it is sent.
fn sent(catalogue: &Catalogue) -> Vec<(String, String, Option<String>)> {
    let paths = catalogue.paths();
    paths
        .map(|path| {
            let published = catalogue.get(path).expect("a document");
            let publication = published.publication().expect("rendered");
            let tag = publication.representation(Coding::Identity).etag();
            let date = publication
                .last_modified()
                .map(|(date, _)| date.to_string());
            (path.to_owned(), tag.to_string(), date)
        })
        .collect()
}

#[track_caller]
fn check_like_rendered_whole(name: &str, before: &Catalogue, after: &[Programme]) -> Rendered {
    let (incremental, whole) = (catalogue(after), catalogue(after));
    let rendered = incremental.render(Some(before));
    assert_eq!(rendered.anew + rendered.kept, incremental.len());
    for (found, expected) in sent(&incremental).iter().zip(&sent(&whole)) {
        assert_eq!(found, expected, "after a change of: {name}");
    }
    rendered
}

/// The first edition, as the ledger tells of it.
fn chronicled(conference: Conference) -> Programme {
    let programme = first(conference);
    with_edition(&programme, &programme)
}

/// The edition after one, with what it changed.
fn following(before: &Programme, conference: Conference) -> Programme {
    let after = next(before, conference);
    with_edition(before, &after)
}

/// Every edition is so much younger than the one before that two edits of a talk are told together.
fn with_edition(before: &Programme, after: &Programme) -> Programme {
    let mut publications = before.history.chronicle.publications.clone();
    let age = i32::try_from(publications.len()).expect("small");
    publications.push(Publication {
        edition: Edition {
            number: u64::try_from(age + 1).expect("not negative"),
            published: Some(UPDATED + TimeDelta::seconds(40) * age),
            source: "conference.toml".into(),
            digest: age.to_string(),
            note: None,
        },
        changes: diff(&before.conference, &after.conference),
    });
    let chronicle = Chronicle::new(publications, &after.conference.policy);
    let history = History {
        chronicle: Arc::new(chronicle),
        ..(*after.history).clone()
    };
    Programme::new(Arc::clone(&after.conference), Arc::new(history))
}

#[test]
fn what_was_changed_and_changed_back_is_told_on_the_page_of_the_talk() {
    let programme = chronicled(conference("example"));
    let before = catalogue(std::slice::from_ref(&programme));
    before.render(None);
    let mut changed = (*programme.conference).clone();
    changed.talks[0].recording_optout = Some(false);
    let between = following(&programme, changed);
    let mut back = (*between.conference).clone();
    back.talks[0].recording_optout = None;
    let after = following(&between, back);
    assert!(!after.history.chronicle.stories().is_empty());
    check_like_rendered_whole("there and back", &before, &[after]);
}

#[test]
fn what_is_taken_over_is_what_would_have_been_rendered() {
    let other = first(conference("pycascades-2022"));
    let mut programme = chronicled(conference("example"));
    for (name, edit) in EDITS {
        let before = catalogue(&[programme.clone(), other.clone()]);
        before.render(None);
        let mut conference = (*programme.conference).clone();
        edit(&mut conference);
        let after = following(&programme, conference);
        let rendered = check_like_rendered_whole(name, &before, &[after.clone(), other.clone()]);
        assert!(rendered.kept > 0, "nothing is taken over after: {name}");
        programme = after;
    }
}

#[test]
fn an_edition_that_changes_nothing_renders_nothing() {
    let before = catalogue_of(vec![conference("example")]);
    before.render(None);
    let same = catalogue_of(vec![conference("example")]);
    let rendered = same.render(Some(&before));
    assert_eq!((rendered.anew, rendered.kept), (0, same.len()));
}

#[test]
fn another_address_of_the_site_renders_everything() {
    let before = catalogue_of(vec![conference("example")]);
    before.render(None);
    let elsewhere = Site::new("https://elsewhere.example.org");
    let moved = Catalogue::new(vec![first(conference("example"))], elsewhere);
    let rendered = moved.render(Some(&before));
    assert_eq!((rendered.anew, rendered.kept), (moved.len(), 0));
}

#[test]
fn a_note_renders_the_documents_of_the_whole_conference() {
    let programme = first(conference("example"));
    let noted = |note: Option<&str>| {
        let edition = Edition {
            number: 1,
            published: Some(UPDATED),
            source: "conference.toml".into(),
            digest: "d".into(),
            note: note.map(str::to_owned),
        };
        let changes = Vec::new();
        let publications = vec![Publication { edition, changes }];
        let history = History {
            chronicle: Arc::new(Chronicle::new(publications, &Policy::default())),
            ..(*programme.history).clone()
        };
        catalogue(&[Programme::new(
            Arc::clone(&programme.conference),
            Arc::new(history),
        )])
    };
    let before = noted(None);
    before.render(None);
    let rendered = noted(Some("Welcome!")).render(Some(&before));
    assert!(
        rendered.anew > 0 && rendered.anew < before.len() / 2,
        "{rendered:?}"
    );
}

/// A thousand talks of two hundred people, in ten rooms on five days.
fn large() -> Conference {
    let mut large = conference("large");
    let (room, person) = (
        |number| {
            let name = format!("Room {number}");
            Arc::new(Room::new(Slug::of(&name), Plain::new(&name)))
        },
        |number| {
            let name = format!("Person {number}");
            Arc::new(Speaker::new(Slug::of(&name), Plain::new(&name)))
        },
    );
    large.rooms = (0..10).map(room).collect();
    large.speakers = (0..200).map(person).collect();
    let model = large.talks[0].clone();
    let first_day = large.days[0].clone();
    large.days = (0_usize..5)
        .map(|day| Day {
            index: day + 1,
            date: first_day.date + TimeDelta::days(i64::try_from(day).expect("small")),
            ..first_day.clone()
        })
        .collect();
    let talk = |number: usize| {
        let mut talk = model.clone();
        talk.code = TalkCode::parse(&format!("T{number:04}")).expect("a code");
        talk.speakers = vec![Arc::clone(&large.speakers[number % 200])];
        talk.slots[0].room = Some(Arc::clone(&large.rooms[number % 10]));
        let day = i64::try_from(number % 5).expect("small");
        later(&mut talk.slots[0], &large.zone, 24 * day);
        talk
    };
    large.talks = (0..1000).map(talk).collect();
    large
}

#[test]
fn a_new_abstract_renders_the_documents_that_show_it_alone() {
    let programme = first(large());
    let before = catalogue(std::slice::from_ref(&programme));
    before.render(None);
    let mut changed = (*programme.conference).clone();
    changed.talks[500].summary = Markdown::new("It was about something else all the time.");
    let after = catalogue(&[next(&programme, changed)]);
    let rendered = after.render(Some(&before));
    // Day, room, track, speaker and talk in four formats each, speaker and talk as pages; the whole
    // programme in nine formats, its changes in three, its five pages and its list of feeds; and the
    // page of all conferences.
    assert_eq!(rendered.anew, 5 * 4 + 2 + 9 + 3 + 5 + 1 + 1);
    assert!(rendered.kept > 4000, "{rendered:?}");
    for (path, document) in after.documents().step_by(50) {
        let published = after.get(path).expect("a document");
        let publication = published.publication().expect("rendered");
        let bytes = publication.representation(Coding::Identity).bytes();
        assert_eq!(*bytes, document.expect("rendered").bytes, "{path}");
    }
}

#[test]
fn a_document_that_failed_is_rendered_again() {
    let before = catalogue_of(vec![conference("example")]);
    let failed = before.get("example/schedule.ics").expect("a document");
    failed.fail("row 3");
    assert_eq!(before.render(None).failures.len(), 1);
    let after = catalogue_of(vec![conference("example")]);
    let rendered = after.render(Some(&before));
    assert_eq!((rendered.anew, rendered.failures.len()), (1, 0));
}

/// A conference whose first talk got another title in each of these editions.
fn retitled(editions: u64) -> Programme {
    let retitle = |number: u64| {
        let mut conference = conference("example");
        conference.talks[0].title = Plain::new(&format!("Title {number}"));
        conference
    };
    let publication = |number: u64| Publication {
        edition: Edition {
            number,
            published: Some(UPDATED + TimeDelta::hours(i64::try_from(number).expect("small"))),
            source: "conference.toml".into(),
            digest: number.to_string(),
            note: None,
        },
        changes: diff(&retitle(number - 1), &retitle(number)),
    };
    let publications = (1..=editions).map(publication).collect();
    let programme = first(retitle(editions));
    let history = History {
        chronicle: Arc::new(Chronicle::new(publications, &Policy::default())),
        edition: editions,
        ..(*programme.history).clone()
    };
    Programme::new(Arc::clone(&programme.conference), Arc::new(history))
}

#[test]
fn archives_of_changes_are_taken_over() {
    let is_archive = |path: &&str| path.contains("/archive-");
    let kept = |before: u64, after: u64| {
        let old = catalogue(&[retitled(before)]);
        old.render(None);
        let new = catalogue(&[retitled(after)]);
        new.render(Some(&old));
        let archives = new.paths().filter(is_archive);
        let same = archives.filter(|path| {
            let publication = |of: &Catalogue| -> Option<*const Written> {
                of.get(path)?.publication().ok().map(std::ptr::from_ref)
            };
            publication(&old) == publication(&new)
        });
        same.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(kept(160, 161).len(), 2 * 3);
    // A third one follows.
    assert_eq!(kept(200, 201).len(), 2 * 3);
}
