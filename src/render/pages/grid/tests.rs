use super::super::fixture;
use super::*;
use crate::model::{Plain, Slot, Slug, Talk};

/// What is held: its kind, room (`""` for none), and the hours from and to.
type Held = (Kind, &'static str, &'static str, &'static str);

fn rooms() -> Vec<Arc<Room>> {
    let room = |name| Arc::new(Room::new(Slug::of(name), Plain::new(name)));
    ["A", "B", "C"].map(room).to_vec()
}

/// The places of what is held on a day, and the headings of its rooms and its hours.
fn placed(held: &[Held]) -> Option<(Vec<String>, Vec<String>)> {
    let (places, rooms, _) = arranged(held)?;
    Some((places, rooms))
}

fn arranged(held: &[Held]) -> Option<(Vec<String>, Vec<String>, Vec<String>)> {
    let rooms = rooms();
    let talks: Vec<Talk> = held
        .iter()
        .map(|(kind, name, from, to)| {
            let room = rooms.iter().find(|room| *room.name == **name);
            let at = |hour| format!("2026-10-24T{hour}");
            let slot: Slot = fixture::slot(1, fixture::span(&at(from), &at(to)), room);
            Talk {
                kind: *kind,
                slots: vec![slot],
                ..fixture::talk("T", "T")
            }
        })
        .collect();
    let timed = talks.iter().map(|talk| Entry {
        talk,
        slot: talk.slots.first(),
        is_repeat: false,
        is_hidden: false,
    });
    let day = AgendaDay {
        timed: timed.collect(),
        ..AgendaDay::default()
    };
    let grid = Grid::of(&day, &rooms)?;
    let name = |room: Option<&Room>| room.map_or("-", |room| &*room.name).to_owned();
    let headings = grid
        .rooms
        .iter()
        .map(|(room, place)| format!("{} {}", name(*room), place.style()));
    let places = grid.places.iter().map(Place::style);
    let hours = grid.starts.iter().map(|(start, place)| {
        let hour = start.wall().format("%H:%M");
        format!("{hour} {}", place.style())
    });
    Some((places.collect(), headings.collect(), hours.collect()))
}

#[track_caller]
fn check(held: &[Held], places: &[&str], headings: &[&str]) {
    let (found, rooms) = placed(held).expect("a grid");
    assert_eq!(found, places);
    assert_eq!(rooms, headings);
}

const TALK: Kind = Kind::Talk;

#[test]
fn each_room_has_a_column_in_the_order_of_the_conference() {
    check(
        &[
            (TALK, "C", "09:00", "10:00"),
            (TALK, "A", "09:00", "10:00"),
            (TALK, "C", "10:00", "11:00"),
            (TALK, "A", "10:00", "11:00"),
        ],
        &[
            "--row:2;--column:3",
            "--row:2;--column:2",
            "--row:3;--column:3",
            "--row:3;--column:2",
        ],
        &["A --row:1;--column:2", "C --row:1;--column:3"],
    );
}

#[test]
fn a_long_item_takes_the_rows_of_those_beside_it() {
    check(
        &[
            (TALK, "A", "09:00", "12:00"),
            (TALK, "B", "09:30", "10:00"),
            (TALK, "B", "11:00", "11:30"),
        ],
        &[
            "--row:2/7;--column:2",
            "--row:3;--column:3",
            "--row:5;--column:3",
        ],
        &["A --row:1;--column:2", "B --row:1;--column:3"],
    );
}

#[test]
fn an_hour_stands_beside_all_rows_until_the_next() {
    let (_, _, hours) = arranged(&[
        (TALK, "A", "09:00", "12:00"),
        (TALK, "B", "09:30", "10:00"),
        (TALK, "B", "11:00", "11:30"),
    ])
    .expect("a grid");
    // The fixture is in Berlin, two hours from UTC.
    let expected = [
        "11:00 --row:2;--column:1",
        "11:30 --row:3/5;--column:1",
        "13:00 --row:5/7;--column:1",
    ];
    assert_eq!(hours, expected);
}

#[test]
fn a_break_and_what_has_no_room_stretch_over_all_rooms() {
    check(
        &[
            (Kind::Keynote, "", "08:00", "09:00"),
            (TALK, "A", "09:00", "10:00"),
            (TALK, "B", "09:00", "10:00"),
            (Kind::Break, "C", "10:00", "10:30"),
        ],
        &[
            "--row:2;--column:2/-1",
            "--row:3;--column:2",
            "--row:3;--column:3",
            "--row:4;--column:2/-1",
        ],
        &["A --row:1;--column:2", "B --row:1;--column:3"],
    );
}

#[test]
fn what_has_no_room_stands_beside_the_rooms_where_others_are_held() {
    check(
        &[
            (TALK, "A", "09:00", "10:00"),
            (TALK, "B", "09:00", "10:00"),
            (Kind::Break, "", "09:30", "10:30"),
        ],
        &[
            "--row:2/4;--column:2",
            "--row:2/4;--column:3",
            "--row:3/5;--column:4",
        ],
        &[
            "A --row:1;--column:2",
            "B --row:1;--column:3",
            "- --row:1;--column:4",
        ],
    );
}

#[test]
fn talks_at_once_in_one_room_stand_in_lanes_of_it() {
    check(
        &[
            (TALK, "A", "09:00", "10:00"),
            (TALK, "A", "09:30", "10:30"),
            (TALK, "B", "09:30", "10:30"),
            (TALK, "A", "10:30", "11:00"),
            (TALK, "B", "10:30", "11:00"),
        ],
        &[
            "--row:2/4;--column:2",
            "--row:3/5;--column:3",
            "--row:3/5;--column:4",
            "--row:5;--column:2/4",
            "--row:5;--column:4",
        ],
        &["A --row:1;--column:2/4", "B --row:1;--column:4"],
    );
}

#[test]
fn what_has_no_known_end_takes_one_row() {
    check(
        &[
            (TALK, "A", "09:00", "09:00"),
            (TALK, "B", "09:00", "10:00"),
            (TALK, "A", "10:00", "10:00"),
            (TALK, "B", "10:00", "10:00"),
        ],
        &[
            "--row:2;--column:2",
            "--row:2;--column:3",
            "--row:3;--column:2",
            "--row:3;--column:3",
        ],
        &["A --row:1;--column:2", "B --row:1;--column:3"],
    );
}

#[test]
fn a_list_tells_more_of_one_room_and_of_little_in_parallel() {
    let one_room: &[Held] = &[
        (TALK, "A", "09:00", "10:00"),
        (TALK, "A", "10:00", "11:00"),
        (Kind::Break, "", "11:00", "12:00"),
    ];
    let one_after_another: &[Held] = &[
        (TALK, "A", "09:00", "10:00"),
        (TALK, "B", "10:00", "11:00"),
        (TALK, "A", "11:00", "12:00"),
    ];
    for held in [&[], one_room, one_after_another] {
        assert_eq!(placed(held), None);
    }
}
