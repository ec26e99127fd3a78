//! The same kinds of edits made to files that others published, where these are there: on them no edit
//! may be told twice, and nothing but the edits.

use super::subscriber::Subscriber;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// What an edit does to a text, and what subscribers are told of it, in alphabetical order.
type Step<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str]);

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Files that are not part of the project; `None` where they are not here.
fn published(name: &str) -> Option<String> {
    let file: PathBuf = root().join("../shared/data").join(name);
    fs::read_to_string(file).ok()
}

/// Makes one edit after the other, an edition each on a day of January.
#[track_caller]
fn replay(conference_file: &str, first: &str, steps: &[Step<'_>]) -> Subscriber {
    let mut subscriber = Subscriber::new(conference_file, "notes.md");
    let mut text = first.to_owned();
    subscriber.look("2021-01-01", &text);
    for (day, (edits, expected)) in (2..).zip(steps) {
        for (from, to) in *edits {
            assert!(text.contains(from), "{from:?} does not stand there");
            text = text.replace(from, to);
        }
        let told = subscriber.look(&format!("2021-01-{day:02}"), &text);
        assert_eq!(told.headlines(), *expected, "after {edits:#?}");
    }
    subscriber
}

const NOTES_OF_2022: &str = r#"
name = "PyCascades 2022"
time_zone = "America/Los_Angeles"
url = "https://2022.pycascades.com/"
days = [2022-02-05, 2022-02-06]
source = "notes.md"
"#;

#[test]
fn notes_that_grow_while_the_conference_is_on_lose_nothing() {
    let notes = fs::read_to_string(root().join("data/pycascades-2022/notes.md")).expect("notes");
    let until = |heading: &str| {
        let at = notes.find(heading).expect("a heading");
        notes[..at].trim_end().trim_end_matches("---").to_owned()
    };
    let versions = [
        until("## Supporting"),
        until("## Building"),
        until("## Literature"),
        until("## END OF DAY 1"),
        until("## Diversity in"),
        until("## Council"),
        until("## Programming"),
        notes.clone(),
    ];
    let mut subscriber = Subscriber::new(NOTES_OF_2022, "notes.md");
    let mut talks = 0;
    for (day, version) in (1..).zip(&versions) {
        let told = subscriber.look(&format!("2022-01-{day:02}"), version);
        let headings = version.matches("\n## ").count() - version.matches("\n## END").count();
        let added = told.headlines();
        let added = added
            .iter()
            .filter(|headline| headline.starts_with("Added: "));
        assert_eq!(added.count(), if day == 1 { 0 } else { headings - talks });
        talks = headings;
        for headline in told.headlines() {
            let is_news = headline.starts_with("Added: ") || headline.starts_with("Scheduled: ");
            assert!(is_news, "{day}: {headline}");
        }
    }
    assert_eq!(talks, 15);
}

#[test]
fn a_talk_whose_link_was_forgotten_for_a_while_is_the_same_talk() {
    let notes = fs::read_to_string(root().join("data/pycascades-2022/notes.md")).expect("notes");
    let link = "Packaging\n\n<https://pretalx.com/pycascades-2022/talk/HWAFCC/>";
    replay(
        NOTES_OF_2022,
        &notes,
        &[
            (
                &[(link, "packaging")],
                &["Retitled and updated: Security considerations in Python packaging"],
            ),
            (
                &[("in Python packaging", "when packaging Python")],
                &["Retitled: Security considerations when packaging Python"],
            ),
            (
                &[(
                    "when packaging Python",
                    &link.replace("Packaging\n", "in Python Packaging\n"),
                )],
                &["Retitled and updated: Security considerations in Python Packaging"],
            ),
        ],
    );
}

const NOTES_OF_2021: &str = r#"
name = "PyCascades 2021"
time_zone = "America/Los_Angeles"
url = "https://2021.pycascades.com/"
days = [2021-02-20, 2021-02-21]
source = "notes.md"
"#;

#[test]
fn eight_versions_of_notes_that_somebody_published_tell_each_edit_once() {
    let Some(notes) = published("notes/pzelnip-pycascades2021.md") else {
        return;
    };
    // The table of contents repeats the titles; an edit of both is none of two talks.
    let steps: [Step<'_>; 8] = [
        (&[("\n\n## ", "\n\n\n## ")], &[]),
        (
            &[(
                "\n## Making Games With PPB\n",
                "\n## Making Games With ppb!\n",
            )],
            &["Retitled: Making Games With ppb!"],
        ),
        (
            &[(
                "\n## Making Games With ppb!\n",
                "\n## ~~Making Games With ppb!~~\n",
            )],
            &["Cancelled: Making Games With ppb!"],
        ),
        (
            &[(
                "\n## ~~Making Games With ppb!~~\n",
                "\n## Making Games With ppb!\n",
            )],
            &["Restored: Making Games With ppb!"],
        ),
        (
            &[(
                "\n## Let's Rethink Debugging\n",
                "\n## Lets Rethink Debuging\n",
            )],
            &["Retitled: Lets Rethink Debuging"],
        ),
        (
            &[(
                "\n## Closing Remarks\n",
                "\n## Lightning Talks\n\nFive of them.\n\n## Closing Remarks\n",
            )],
            &["Added: Lightning Talks"],
        ),
        (
            &[("\n## Lightning Talks\n\nFive of them.\n", "")],
            &["Cancelled: Lightning Talks"],
        ),
        (
            &[(
                "\n## Closing Remarks\n",
                "\n## Lightning Talks\n\nFive of them.\n\n## Closing Remarks\n",
            )],
            &["Restored: Lightning Talks"],
        ),
    ];
    replay(NOTES_OF_2021, &notes, &steps);
}

/// The talks of a frab JSON in order, with their day and room.
fn talks(document: &mut Value) -> Vec<&mut Value> {
    let days = document["schedule"]["conference"]["days"].as_array_mut();
    let days = days.expect("days").iter_mut();
    let rooms = days.flat_map(|day| day["rooms"].as_object_mut().expect("rooms").values_mut());
    rooms
        .flat_map(|room| room.as_array_mut().expect("talks"))
        .collect()
}

fn title(talk: &Value) -> String {
    let title = talk["title"].as_str().expect("a title");
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Makes a talk begin a quarter of an hour later.
fn delay(talk: &mut Value) {
    let date: chrono::DateTime<chrono::FixedOffset> = talk["date"]
        .as_str()
        .expect("a date")
        .parse()
        .expect("an instant");
    let date = date + chrono::TimeDelta::minutes(15);
    talk["date"] = date.to_rfc3339().into();
    talk["start"] = date.format("%H:%M").to_string().into();
}

/// Takes the talk at a place out of the document.
fn take(document: &mut Value, place: usize) -> Value {
    let wanted = talks(document)[place].clone();
    for day in document["schedule"]["conference"]["days"]
        .as_array_mut()
        .expect("days")
    {
        for room in day["rooms"].as_object_mut().expect("rooms").values_mut() {
            room.as_array_mut()
                .expect("talks")
                .retain(|talk| *talk != wanted);
        }
    }
    wanted
}

#[track_caller]
fn replay_schedule(name: &str) {
    let Some(text) = published(name) else {
        return;
    };
    let conference_file = "name = \"DemoCon\"\ntime_zone = \"Europe/Berlin\"\nurl = \"https://democon.example.org/\"\nsource = \"schedule.json\"\n";
    let mut document: Value = serde_json::from_str(&text).expect("JSON");
    let mut subscriber = Subscriber::new(conference_file, "schedule.json");
    let mut day = 0;
    let mut look = |document: &mut Value, mut expected: Vec<String>| {
        day += 1;
        document["schedule"]["version"] = format!("1.{day}").into();
        let told = subscriber.look(&format!("2019-01-{day:02}"), &document.to_string());
        expected.sort_unstable();
        assert_eq!(told.headlines(), expected, "{name}, release {day}");
        assert!(day > 1 || told.editions == 1);
    };
    look(&mut document, vec![]);

    let mut moved = Vec::new();
    for talk in talks(&mut document).into_iter().take(3) {
        delay(talk);
        moved.push(format!("Moved: {}", title(talk)));
    }
    look(&mut document, moved);

    let removed = take(&mut document, 4);
    look(
        &mut document,
        vec![format!("Cancelled: {}", title(&removed))],
    );

    let mut all = talks(&mut document);
    let (first, second) = (all[5]["date"].clone(), all[6]["date"].clone());
    let starts = (all[5]["start"].clone(), all[6]["start"].clone());
    assert_ne!(first, second, "two talks to be swapped");
    (all[5]["date"], all[6]["date"]) = (second, first);
    (all[5]["start"], all[6]["start"]) = (starts.1, starts.0);
    let swapped = [&all[5], &all[6]].map(|talk| format!("Moved: {}", title(talk)));
    look(&mut document, swapped.to_vec());

    let mut all = talks(&mut document);
    all[7]["title"] = "Something else entirely".into();
    all[8]["persons"][0]["public_name"] = "Nadia Holm".into();
    all[8]["persons"][0]["name"] = "Nadia Holm".into();
    let told = [
        "Retitled: Something else entirely".to_owned(),
        format!("Speakers changed: {}", title(all[8])),
    ];
    look(&mut document, told.to_vec());

    let restored = format!("Restored: {}", title(&removed));
    let days = document["schedule"]["conference"]["days"].as_array_mut();
    let room = removed["room"].as_str().expect("a room");
    let of_day = days.expect("days").iter_mut().find(|day| {
        let date = day["date"].as_str().expect("a date");
        removed["date"].as_str().expect("a date").starts_with(date)
    });
    let rooms = of_day.expect("its day")["rooms"].as_object_mut();
    let talks = rooms
        .expect("rooms")
        .entry(room)
        .or_insert_with(|| Value::Array(vec![]));
    talks.as_array_mut().expect("talks").push(removed.clone());
    look(&mut document, vec![restored]);
}

#[test]
fn six_releases_of_schedules_that_somebody_published_tell_each_edit_once() {
    for name in [
        "pretalx/demo-export/schedule.json",
        "pretalx/schedule-v1.43.json",
        "pretalx/schedule-v1.85.json",
        "pretalx/voc-example-pretalx-democon.json",
        "pretalx/voc-example-pretalx-rc3.json",
    ] {
        replay_schedule(name);
    }
}
