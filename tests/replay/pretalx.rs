//! Six releases of a schedule in pretalx, 0.1 to 1.1, as its export tells them: with codes, so that
//! nothing has to be guessed, and with version and times of making that are news to nobody.

use super::subscriber::{Subscriber, Told, chronicle};
use serde_json::{Value, json};

const CONFERENCE: &str = r#"
name = "Harbour Days 2031"
time_zone = "Europe/Berlin"
url = "https://harbour.example.org/2031/"
days = [2031-05-10, 2031-05-11]
source = "schedule.json"
"#;

/// A talk of the export.
#[derive(Clone)]
struct Listed {
    id: u8,
    code: &'static str,
    title: &'static str,
    speakers: Vec<&'static str>,
    room: &'static str,
    /// Of May 2031.
    day: u8,
    start: &'static str,
    minutes: u8,
}

fn first_release() -> Vec<Listed> {
    let talk = |id, code, title, speaker, room, (day, start)| Listed {
        id,
        code,
        title,
        speakers: vec![speaker],
        room,
        day,
        start,
        minutes: 45,
    };
    vec![
        talk(
            1,
            "TIDES1",
            "Reading tides",
            "Nadia Holm",
            "Pier 1",
            (10, "10:00"),
        ),
        talk(
            2,
            "LIGHTS",
            "Lights of the coast",
            "Ola Berg",
            "Pier 1",
            (10, "11:00"),
        ),
        talk(
            3,
            "KNOTS7",
            "Knots by heart",
            "Mei Tanaka",
            "Pier 2",
            (10, "11:00"),
        ),
        talk(
            4,
            "CRANES",
            "How cranes think",
            "Jonas Lind",
            "Pier 2",
            (10, "14:00"),
        ),
        talk(
            5,
            "FERRY9",
            "A ferry is a bus",
            "Grace Okafor",
            "Pier 1",
            (11, "10:00"),
        ),
        talk(
            6,
            "SILT44",
            "Silt, a love story",
            "Per Dahl",
            "Pier 1",
            (11, "11:00"),
        ),
        talk(
            7,
            "GULLS2",
            "Gulls and other users",
            "Ines Carvalho",
            "Pier 2",
            (11, "14:00"),
        ),
    ]
}

fn event(talk: &Listed) -> Value {
    let Listed {
        id,
        code,
        title,
        room,
        day,
        start,
        minutes,
        ..
    } = talk;
    let persons = talk
        .speakers
        .iter()
        .map(|name| json!({"name": name, "public_name": name, "biography": ""}));
    json!({
        "guid": format!("0b0f4f7e-5c52-5d2f-8d0c-52f1d8f0a0{id:02}"),
        "code": code,
        "id": id,
        "date": format!("2031-05-{day}T{start}:00+02:00"),
        "start": start,
        "duration": format!("00:{minutes}"),
        "room": room,
        "slug": format!("harbour2031-{id}-{}", title.to_lowercase().replace(' ', "-")),
        "url": format!("https://talks.example.org/harbour/talk/{code}/"),
        "title": title,
        "subtitle": "",
        "track": null,
        "type": "Talk",
        "language": "en",
        "abstract": format!("What {title} is about."),
        "description": "",
        "persons": persons.collect::<Vec<_>>(),
        "links": [],
        "attachments": [],
    })
}

/// The export of a release.
fn export(version: &str, talks: &[Listed]) -> String {
    let day = |index: usize, date: u8| {
        let rooms = ["Pier 1", "Pier 2", "Boathouse"].map(|room| {
            let held = talks
                .iter()
                .filter(|talk| talk.day == date && talk.room == room);
            (room.to_owned(), Value::Array(held.map(event).collect()))
        });
        json!({
            "index": index,
            "date": format!("2031-05-{date}"),
            "day_start": format!("2031-05-{date}T04:00:00+02:00"),
            "day_end": format!("2031-05-{}T03:59:00+02:00", date + 1),
            "rooms": rooms.into_iter().collect::<serde_json::Map<_, _>>(),
        })
    };
    let document = json!({
        "$schema": "https://c3voc.de/schedule/schema.json",
        "generator": {"name": "pretalx", "version": "2031.1.0", "generated": version},
        "schedule": {
            "version": version,
            "base_url": "https://talks.example.org/harbour/",
            "conference": {
                "acronym": "harbour2031",
                "title": "Harbour Days 2031",
                "start": "2031-05-10",
                "end": "2031-05-11",
                "daysCount": 2,
                "timeslot_duration": "00:05",
                "time_zone_name": "Europe/Berlin",
                "rooms": [{"name": "Pier 1"}, {"name": "Pier 2"}, {"name": "Boathouse"}],
                "days": [day(1, 10), day(2, 11)],
            },
        },
    });
    serde_json::to_string_pretty(&document).expect("JSON")
}

fn talk<'a>(talks: &'a mut [Listed], code: &str) -> &'a mut Listed {
    let mut talks = talks.iter_mut();
    talks
        .find(|talk| talk.code == code)
        .expect("a talk of that code")
}

/// What the organisers change before a release.
type Edit = fn(&mut Vec<Listed>);

const RELEASES: [(&str, &str, Edit); 6] = [
    ("2031-02-01", "0.1", |_| ()),
    ("2031-02-20", "0.2", |talks| {
        // Two talks change places, and one is retitled.
        talk(talks, "TIDES1").start = "11:00";
        talk(talks, "LIGHTS").start = "10:00";
        talk(talks, "SILT44").title = "Silt: a love story";
    }),
    ("2031-03-15", "0.3", |talks| {
        // One is withdrawn, one comes new, in its place.
        talks.retain(|talk| talk.code != "CRANES");
        let mut new = talk(talks, "KNOTS7").clone();
        new.id = 8;
        new.code = "BUOYS5";
        new.title = "Buoys as a service";
        new.speakers = vec!["Tomasz Zielinski"];
        new.start = "14:00";
        talks.push(new);
    }),
    ("2031-04-01", "0.4", |talks| {
        // One goes to another room, one on another day, one is longer, one speaker has a new name.
        talk(talks, "KNOTS7").room = "Boathouse";
        talk(talks, "GULLS2").day = 10;
        talk(talks, "GULLS2").start = "16:00";
        talk(talks, "FERRY9").minutes = 55;
        talk(talks, "LIGHTS").speakers = vec!["Ola Berg-Lind"];
    }),
    ("2031-05-01", "1.0", |talks| {
        // What was withdrawn is back, elsewhere and in another order of the file.
        let mut back = talk(&mut first_release(), "CRANES").clone();
        back.room = "Boathouse";
        talks.insert(0, back);
        talk(talks, "TIDES1").title = "Reading the tides";
        talk(talks, "TIDES1").day = 11;
        talk(talks, "TIDES1").start = "15:00";
    }),
    ("2031-05-09", "1.1", |talks| {
        // The evening before: one speaker is ill.
        talks.retain(|talk| talk.code != "SILT44");
        talks.reverse();
    }),
];

#[test]
fn six_releases_in_pretalx_tell_each_edit_once_and_no_false_removal() {
    let mut subscriber = Subscriber::new(CONFERENCE, "schedule.json");
    let mut talks = first_release();
    let mut history: Vec<(&str, Told)> = Vec::new();
    for (date, version, edit) in RELEASES {
        edit(&mut talks);
        history.push((date, subscriber.look(date, &export(version, &talks))));
    }
    insta::assert_snapshot!(chronicle(&history));
    assert_eq!(subscriber.events.len(), 8, "{:#?}", subscriber.events);
}

#[test]
fn a_release_of_the_same_talks_tells_nothing() {
    let mut subscriber = Subscriber::new(CONFERENCE, "schedule.json");
    let mut talks = first_release();
    subscriber.look("2031-02-01", &export("0.1", &talks));
    talks.reverse();
    let told = subscriber.look("2031-02-02", &export("0.2", &talks));
    assert_eq!(told.headlines(), [""; 0]);
    let again = subscriber.look("2031-02-03", &export("0.2", &talks));
    assert_eq!((again.headlines(), again.editions), (vec![], told.editions));
}
