use super::SOURCE;
use crate::model::{Kind, LinkKind, Plain, State};
use crate::source::{
    Clock, Draft, DraftSpeaker, DraftTalk, End, Input, Options, Problem, Reading, Severity,
};
use proptest::prelude::*;
use std::path::{Path, PathBuf};

/// A day with a pause for everybody that stands in two rooms, and one talk in each of them.
const GRID: &str = r#"[{
  "date": "2031-05-03T00:00:00", "isDefault": false,
  "rooms": [
    {"id": 1, "name": "Orchard", "hasOnlyPlenumSessions": false, "sessions": [
      {"id": "5a2f6d3c-0b1e-4c7d-9a45-8e1f00112233", "title": "Lunch", "description": null,
       "startsAt": "2031-05-03T12:00:00", "endsAt": "2031-05-03T13:00:00",
       "isServiceSession": true, "isPlenumSession": true, "speakers": [], "categories": [],
       "roomId": 1, "room": "Orchard"},
      {"id": "7001", "title": "Bees & <b>queues</b>", "description": "How bees wait.\r\n\r\nAnd why.",
       "startsAt": "2031-05-03T09:00:00", "endsAt": "2031-05-03T09:45:00",
       "isServiceSession": false, "isPlenumSession": false,
       "speakers": [{"id": "0a0a0a0a-0000-4000-8000-000000000001", "name": "Mina Okafor"}],
       "categories": [
         {"id": 1, "name": "Track", "categoryItems": [{"id": 11, "name": "Nature"}], "sort": 0},
         {"id": 2, "name": "Level", "categoryItems": [{"id": 21, "name": "Beginner"}], "sort": 1},
         {"id": 3, "name": "Session format", "categoryItems": [{"id": 31, "name": "Workshop, 45 min"}], "sort": 2},
         {"id": 4, "name": "Language", "categoryItems": [{"id": 41, "name": "German"}], "sort": 3},
         {"id": 5, "name": "Mood", "categoryItems": [{"id": 51, "name": "Calm"}, {"id": 52, "name": "Long"}], "sort": 4}],
       "roomId": 1, "room": "Orchard", "liveUrl": "https://live.example.org/orchard",
       "recordingUrl": "https://video.example.org/7001", "status": "Accepted"}]},
    {"id": 2, "name": "Meadow", "hasOnlyPlenumSessions": false, "sessions": [
      {"id": "5a2f6d3c-0b1e-4c7d-9a45-8e1f00112233", "title": "Lunch", "description": null,
       "startsAt": "2031-05-03T12:00:00", "endsAt": "2031-05-03T13:00:00",
       "isServiceSession": true, "isPlenumSession": true, "speakers": [], "categories": [],
       "roomId": 2, "room": "Meadow"},
      {"id": "7002", "title": "Moths", "description": null, "startsAt": null, "endsAt": null,
       "isServiceSession": false, "isPlenumSession": false, "speakers": [], "categories": [],
       "roomId": null, "room": null}]}],
  "timeSlots": [{"slotStart": "09:00:00", "rooms": [{"id": 1, "name": "Orchard", "index": 0,
    "session": {"id": "9999", "title": "Not read twice"}}]}]
}]"#;

const ALL: &str = r#"{
  "sessions": [
    {"id": "7001", "title": "Bees and queues", "description": null,
     "startsAt": "2031-05-03T07:00:00Z", "endsAt": "2031-05-03T07:45:00Z",
     "isServiceSession": false, "isPlenumSession": false,
     "speakers": ["0a0a0a0a-0000-4000-8000-000000000001"], "categoryItems": [12, 21],
     "questionAnswers": [{"questionId": 5, "answerValue": "vegetarian"}, {"questionId": 6, "answerValue": null}],
     "roomId": 2, "liveUrl": null, "recordingUrl": null, "status": "Accepted"}],
  "speakers": [
    {"id": "0a0a0a0a-0000-4000-8000-000000000001", "firstName": "Mina", "lastName": "Okafor",
     "bio": "Counts bees since 2001.", "tagLine": "Beekeeper", "profilePicture": "https://img.example.org/mina.jpg",
     "isTopSpeaker": false, "links": [
       {"title": "Blog", "url": "https://mina.example.org/", "linkType": "Blog"},
       {"title": "LinkedIn", "url": "https://social.example.org/mina", "linkType": "LinkedIn"}],
     "sessions": [7001], "fullName": "Mina Okafor", "categoryItems": [91], "questionAnswers": []}],
  "questions": [{"id": 5, "question": "What do you eat?", "questionType": "Short_Text", "sort": 1}],
  "categories": [
    {"id": 1, "title": "Which track does your session fit into?", "sort": 0, "type": "session",
     "items": [{"id": 12, "name": "Meadows"}, {"id": 11, "name": "Nature"}]},
    {"id": 2, "title": "What level is it?", "sort": 1, "type": "session", "items": [{"id": 21, "name": "Beginner"}]},
    {"id": 9, "title": "New speaker?", "sort": 2, "type": "speaker", "items": [{"id": 91, "name": "Yes"}]}],
  "rooms": [{"id": 1, "name": "Orchard", "sort": 0}, {"id": 2, "name": "Meadow", "sort": 1}]
}"#;

fn attempt(text: &str, options: &Options) -> Reading {
    (SOURCE.read)(&Input {
        file: "s.json",
        bytes: text.as_bytes(),
        options,
    })
}

fn read(text: &str) -> (Draft, Vec<String>) {
    let (draft, problems) = attempt(text, &Options::default()).expect("a view");
    (draft, told(&problems))
}

fn read_with_track(text: &str, track: &str) -> (Draft, Vec<String>) {
    let options = Options {
        track: Some(Plain::new(track)),
        ..Options::default()
    };
    let (draft, problems) = attempt(text, &options).expect("a view");
    (draft, told(&problems))
}

fn told(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

/// A group of one session with these members beside its title.
fn session(members: &str) -> (DraftTalk, Vec<String>) {
    let text = format!(
        r#"[{{"groupId": null, "sessions": [{{"id": "1", "title": "Bees", {members}}}]}}]"#
    );
    let (mut draft, told) = read(&text);
    (draft.talks.remove(0), told)
}

fn wall(text: &str) -> Clock {
    Clock::Wall(text.parse().expect("a local time"))
}

fn names(names: &[Plain]) -> Vec<&str> {
    names.iter().map(|name| &**name).collect()
}

#[test]
fn a_grid_is_read_room_by_room_with_local_times() {
    let (draft, told) = read(GRID);
    let titles: Vec<&str> = draft.talks.iter().map(|talk| &*talk.title).collect();
    assert_eq!(titles, ["Lunch", "Bees & <b>queues</b>", "Moths"]);
    let bees = &draft.talks[1];
    assert_eq!(bees.code.as_deref(), Some("7001"));
    assert_eq!(bees.summary.as_deref(), Some("How bees wait.\n\nAnd why."));
    assert_eq!(names(&bees.speakers), ["Mina Okafor"]);
    assert_eq!(bees.state, Some(State::Confirmed));
    let slot = &bees.slots[0];
    assert_eq!(slot.start, Some(wall("2031-05-03T09:00:00")));
    assert_eq!(slot.end, Some(End::At(wall("2031-05-03T09:45:00"))));
    assert_eq!(slot.room.as_deref(), Some("Orchard"));
    assert_eq!(
        bees.online.as_deref(),
        Some("https://live.example.org/orchard")
    );
    assert_eq!(bees.links[0].kind, LinkKind::Recording);
    assert!(draft.zone.is_none() && draft.name.is_none());
    assert_eq!(
        told,
        [
            "s.json: note: a session in several rooms at once is shown in the first; 1 further room is left out"
        ]
    );
}

#[test]
fn a_pause_in_every_room_is_one_talk_in_the_first() {
    let (draft, _) = read(GRID);
    let lunch = &draft.talks[0];
    assert_eq!(lunch.kind, Some(Kind::Break));
    let rooms: Vec<Option<&str>> = lunch
        .slots
        .iter()
        .map(|slot| slot.room.as_deref())
        .collect();
    assert_eq!(rooms, [Some("Orchard")]);
}

#[test]
fn a_session_without_a_time_has_no_slot() {
    let (draft, _) = read(GRID);
    assert_eq!(draft.talks[2].slots, []);
}

#[test]
fn categories_become_track_level_format_language_and_tags() {
    let (draft, _) = read(GRID);
    let bees = &draft.talks[1];
    assert_eq!(bees.track.as_deref(), Some("Nature"));
    assert_eq!(bees.level.as_deref(), Some("Beginner"));
    assert_eq!(bees.format.as_deref(), Some("Workshop, 45 min"));
    assert_eq!(bees.kind, Some(Kind::Workshop));
    assert_eq!(bees.language.as_deref(), Some("de"));
    assert_eq!(names(&bees.tags), ["Calm", "Long"]);
}

#[test]
fn the_organisers_choose_which_category_is_the_track() {
    let (draft, told) = read_with_track(GRID, "MOOD");
    let bees = &draft.talks[1];
    assert_eq!(bees.track.as_deref(), Some("Calm"));
    assert_eq!(names(&bees.tags), ["Nature", "Long"]);
    assert_eq!(told.len(), 1);
}

#[test]
fn a_chosen_category_that_is_not_there_is_a_warning_that_names_those_that_are() {
    let (draft, told) = read_with_track(GRID, "Strand");
    assert_eq!(draft.talks[1].track, None);
    assert_eq!(
        told[0],
        "s.json: warning: no category here is called \"Strand\", so no talk has a track; \
         set `track` to one of \"Track\", \"Level\", \"Session format\", \"Language\", \"Mood\""
    );
}

#[test]
fn the_view_all_names_rooms_speakers_and_categories_by_number() {
    let (draft, told) = read(ALL);
    assert_eq!(told, Vec::<String>::new());
    let bees = &draft.talks[0];
    assert_eq!(names(&bees.speakers), ["Mina Okafor"]);
    assert_eq!(bees.track.as_deref(), Some("Meadows"));
    assert_eq!(bees.level.as_deref(), Some("Beginner"));
    assert_eq!(bees.state, Some(State::Confirmed));
    assert_eq!(bees.slots[0].room.as_deref(), Some("Meadow"));
    let tracks: Vec<&str> = draft.tracks.iter().map(|track| &*track.name).collect();
    assert_eq!(tracks, ["Meadows"]);
    let rooms: Vec<&str> = draft.rooms.iter().map(|room| &*room.name).collect();
    assert_eq!(rooms, ["Orchard", "Meadow"]);
    assert_eq!(
        draft.counts,
        [
            ("sessions", 1),
            ("speakers", 1),
            ("rooms", 2),
            ("categories", 2)
        ]
    );
}

#[test]
fn a_time_with_an_offset_is_an_instant() {
    let (draft, _) = read(ALL);
    let Some(Clock::Instant(start)) = draft.talks[0].slots[0].start else {
        panic!("no instant");
    };
    assert_eq!(start.to_rfc3339(), "2031-05-03T07:00:00+00:00");
}

#[test]
fn a_speaker_keeps_picture_pages_and_tag_line() {
    let (draft, _) = read(ALL);
    let [mina] = &*draft.speakers else {
        panic!("one speaker");
    };
    assert_eq!(&*mina.biography, "Beekeeper\n\nCounts bees since 2001.");
    assert_eq!(mina.url.as_deref(), Some("https://mina.example.org/"));
    assert_eq!(
        mina.picture.as_deref(),
        Some("https://img.example.org/mina.jpg")
    );
    assert_eq!(mina.links[0].title.as_deref(), Some("LinkedIn"));
    assert!(mina.guid.is_some());
}

#[test]
fn a_tag_line_that_the_biography_repeats_is_not_doubled() {
    let speaker = |members: &str| -> DraftSpeaker {
        let text = format!(r#"[{{"fullName": "Mina Okafor", "profilePicture": null, {members}}}]"#);
        read(&text).0.speakers.remove(0)
    };
    let both = speaker(r#""tagLine": "Beekeeper", "bio": "Mina is Beekeeper of the year.""#);
    assert_eq!(&*both.biography, "Mina is Beekeeper of the year.");
    let alone = speaker(r#""tagLine": "Beekeeper", "bio": null"#);
    assert_eq!(&*alone.biography, "Beekeeper");
}

#[test]
fn what_the_model_has_no_place_for_is_counted() {
    let (draft, _) = read(ALL);
    let counted: Vec<(&str, usize)> = draft
        .uncarried
        .iter()
        .map(|(what, count)| (&**what, *count))
        .collect();
    assert_eq!(
        counted,
        [
            ("categoryItems of speakers", 1),
            ("questionAnswers \"What do you eat?\"", 1),
        ]
    );
}

#[test]
fn speakers_alone_complete_a_programme() {
    let (draft, told) = read(
        r#"[{"id": "x", "firstName": "Mina", "lastName": "Okafor", "fullName": "", "profilePicture": null}]"#,
    );
    assert_eq!(told, Vec::<String>::new());
    assert!(draft.talks.is_empty());
    assert_eq!(&*draft.speakers[0].name, "Mina Okafor");
}

#[test]
fn groups_that_share_a_session_give_it_once() {
    let one = r#"{"id": "1", "title": "Bees", "startsAt": "2031-05-03T09:00:00", "endsAt": "2031-05-03T10:00:00", "room": "Orchard"}"#;
    let (draft, told) = read(&format!(
        r#"[{{"groupId": 1, "groupName": "A", "sessions": [{one}]}}, {{"groupId": 2, "groupName": "B", "sessions": [{one}]}}]"#
    ));
    assert_eq!((draft.talks.len(), draft.talks[0].slots.len()), (1, 1));
    assert_eq!(told, Vec::<String>::new());
}

#[test]
fn a_wrong_session_is_told_with_its_place_and_the_others_are_read() {
    let (draft, told) = read(
        "[{\"groupId\": null, \"sessions\": [\n12,\n{\"id\": \"1\"},\n{\"id\": \"2\", \"title\": \"Moths\"}\n]}]",
    );
    assert_eq!(draft.talks.len(), 1);
    assert_eq!(
        told,
        [
            "s.json:2:1: error: this session is 12; expected an object, { … }",
            "s.json:3:1: error: talk 1: this session has no title, so it is left out; give it one in Sessionize",
        ]
    );
}

#[test]
fn a_time_that_is_none_is_told_and_costs_the_slot() {
    let (talk, told) = session(r#""startsAt": "soon", "endsAt": null"#);
    assert_eq!(talk.slots, []);
    assert_eq!(
        told,
        [
            "s.json:1:74: error: talk Bees: `startsAt` is \"soon\"; expected a time such as 2026-10-24T11:00:00"
        ]
    );
    let (talk, told) = session(r#""startsAt": "0031-05-03T09:00:00""#);
    assert_eq!((talk.slots.len(), told.len()), (0, 1));
}

#[test]
fn a_session_that_ends_never_keeps_its_start() {
    let (talk, told) =
        session(r#""startsAt": "2031-05-03T09:00:00", "endsAt": "2032-05-03T09:00:00""#);
    assert!(talk.slots[0].start.is_some());
    assert_eq!(talk.slots[0].end, None);
    assert_eq!(
        told,
        [
            "s.json:1:33: error: talk Bees: it lasts longer than a week; mend `startsAt` or `endsAt`; until then only its start is published"
        ]
    );
}

#[test]
fn rooms_and_speakers_that_are_not_there_are_told() {
    let (talk, told) = session(
        r#""startsAt": "2031-05-03T09:00:00", "endsAt": "2031-05-03T10:00:00", "roomId": 4, "speakers": ["a"]"#,
    );
    assert_eq!(
        (talk.slots[0].room.as_deref(), talk.speakers.len()),
        (None, 0)
    );
    assert_eq!(told.len(), 2);
    assert!(
        told[0].contains("there is no room with the `id` 4"),
        "{told:?}"
    );
    assert!(
        told[1].contains("there is no speaker with the `id` \"a\""),
        "{told:?}"
    );
}

#[test]
fn a_mark_in_the_title_is_a_cancellation() {
    let (draft, _) = read(
        r#"[{"groupId": null, "sessions": [{"id": "1", "title": "CANCELLED: Bees", "status": "Accepted"}]}]"#,
    );
    assert_eq!(draft.talks[0].state, Some(State::Cancelled));
    assert_eq!(&*draft.talks[0].title, "Bees");
}

#[test]
fn half_a_document_is_known_and_refused_with_the_place_where_it_ends() {
    for text in [GRID, ALL] {
        let half = &text[..text.len() / 2];
        assert!((SOURCE.detect)("schedule", half.as_bytes()));
        let problem = attempt(half, &Options::default()).expect_err("half a document");
        assert!(problem.place.line.is_some_and(|line| line > 1));
        assert_eq!(problem.severity, Severity::Error);
    }
    let start = r#"{ "sessions": [ { "id": "658", "title": "Half a ti"#;
    assert!((SOURCE.detect)("schedule", start.as_bytes()));
}

#[test]
fn other_json_is_not_claimed() {
    for text in [
        r#"{"schedule": {"conference": {"days": [], "rooms": []}}}"#,
        r#"{"version": "https://jsonfeed.org/version/1.1", "items": []}"#,
        r#"{"$schema": "x", "schedule": {"conference": {"title": "\"isServiceSession\""}}}"#,
        r#"{"rooms": []}"#,
        "[]",
        "[1, 2]",
        "# Notes\n\n\"isServiceSession\"",
    ] {
        assert!(!(SOURCE.detect)("schedule.json", text.as_bytes()), "{text}");
    }
}

#[test]
fn json_that_is_no_view_is_refused() {
    for text in ["{\"rooms\": []}", "12", "{\"schedule\": {}}"] {
        let problem = attempt(text, &Options::default()).expect_err("no view");
        assert_eq!(
            problem.to_string(),
            "s.json: error: this is JSON, and no view of Sessionize's API; fetch one of the views All, GridSmart and Sessions"
        );
    }
}

#[test]
fn a_schedule_that_is_not_announced_yet_is_a_warning() {
    let (_, told) = read(r#"{"sessions": [], "speakers": [], "rooms": []}"#);
    assert_eq!(
        told,
        [
            "s.json: warning: there is no session here; announce the schedule in Sessionize, or check the address of the endpoint"
        ]
    );
}

/// What was found in a real file; `None` where it is not there.
fn real(name: &str) -> Option<Draft> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/data/sessionize")
        .join(name);
    let bytes = std::fs::read(path).ok()?;
    assert!((SOURCE.detect)("schedule", &bytes));
    let (draft, problems) = (SOURCE.read)(&Input {
        file: name,
        bytes: &bytes,
        options: &Options::default(),
    })
    .expect("a view");
    assert_eq!(told(&problems), Vec::<String>::new());
    Some(draft)
}

fn kinds(draft: &Draft, kind: Kind) -> usize {
    draft
        .talks
        .iter()
        .filter(|talk| talk.kind == Some(kind))
        .count()
}

#[test]
fn the_real_grid_of_perth_is_read_whole() {
    let Some(draft) = real("dddperth-2021_gridsmart-at-a98cec9.json") else {
        return;
    };
    assert_eq!((draft.talks.len(), draft.rooms.len()), (39, 4));
    assert_eq!(kinds(&draft, Kind::Break), 9);
    let first = &draft.talks[0].slots[0];
    assert_eq!(first.start, Some(wall("2021-08-14T08:00:00")));
    assert_eq!(first.end, Some(End::At(wall("2021-08-14T08:35:00"))));
    assert!(draft.talks.iter().all(|talk| talk.slots.len() == 1));
    let levels = draft.talks.iter().filter(|talk| talk.level.is_some());
    assert_eq!(levels.count(), 26);
}

#[test]
fn the_real_programmes_of_linz_and_scotland_are_read_whole() {
    if let Some(linz) = real("gab-linz-2024-all.json") {
        assert_eq!(
            (linz.talks.len(), linz.speakers.len(), linz.rooms.len()),
            (15, 16, 4)
        );
        assert_eq!(
            linz.talks[1].slots[0].start,
            Some(wall("2024-04-20T10:00:00"))
        );
        assert_eq!(linz.uncarried.len(), 2);
    }
    if let Some(scotland) = real("scottishsummit2026-all.json") {
        assert_eq!(
            (
                scotland.talks.len(),
                scotland.speakers.len(),
                scotland.rooms.len()
            ),
            (61, 76, 7)
        );
        assert_eq!(scotland.tracks.len(), 6);
        assert!(kinds(&scotland, Kind::Lightning) > 0);
    }
}

/// Every real file of every format.
fn real_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for path in entries.map(|entry| entry.path()) {
        if path.is_dir() {
            real_files(&path, found);
        } else {
            found.push(path);
        }
    }
}

#[test]
fn no_real_file_of_another_format_is_claimed() {
    let mut files = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    real_files(&root.join("../shared/data"), &mut files);
    real_files(&root.join("data"), &mut files);
    for path in files {
        let bytes = std::fs::read(&path).expect("a file");
        let is_own = path.to_string_lossy().contains("/sessionize/");
        let is_claimed = (SOURCE.detect)("unnamed", &bytes);
        assert_eq!(is_claimed, is_own, "{}", path.display());
    }
}

proptest! {
    #[test]
    fn no_text_is_too_odd(text in any::<String>()) {
        let _ = (SOURCE.detect)("s", text.as_bytes());
        let _ = attempt(&text, &Options::default());
    }

    #[test]
    fn no_mutation_is_too_odd(
        all in any::<bool>(),
        at in any::<prop::sample::Index>(),
        length in 0..40usize,
        instead in prop::sample::select(&["", "null", "[", "{}", "\"", "12", "true", "\\u0000", "\u{FFFD}"][..]),
    ) {
        let text = if all { ALL } else { GRID };
        let (from, to) = (at.index(text.len()), (at.index(text.len()) + length).min(text.len()));
        prop_assume!(text.is_char_boundary(from) && text.is_char_boundary(to));
        let text = format!("{}{instead}{}", &text[..from], &text[to..]);
        let _ = (SOURCE.detect)("s", text.as_bytes());
        if let Ok((draft, _)) = attempt(&text, &Options::default()) {
            prop_assert!(draft.talks.iter().all(|talk| !talk.title.is_empty()));
        }
    }
}

#[test]
fn sessions_that_are_not_accepted_are_kept_back_and_counted() {
    let sessions: Vec<String> = [
        "Accepted",
        "Declined",
        "Decline_Queue",
        "Nominated",
        "In_Evaluation",
    ]
    .iter()
    .enumerate()
    .map(|(at, status)| format!(r#"{{"id": "{at}", "title": "Talk {at}", "status": "{status}"}}"#))
    .collect();
    let text = format!(
        r#"[{{"groupId": null, "sessions": [{}]}}]"#,
        sessions.join(",")
    );
    let (draft, told) = read(&text);
    assert_eq!(draft.talks.len(), 1);
    assert_eq!(
        told,
        [
            "s.json: note: not published, since only accepted and confirmed events are: decline_queue (1), declined (1), in_evaluation (1), nominated (1)"
        ]
    );
}

#[test]
fn what_nobody_has_heard_of_is_counted() {
    let (draft, _) = read(
        r#"[{"groupId": null, "sessions": [{"id": "1", "title": "Bees", "slidesUrl": "https://example.org/s", "isInformed": true}]}]"#,
    );
    assert_eq!(draft.uncarried.get("sessions.slidesUrl"), Some(&1));
    assert_eq!(draft.uncarried.len(), 1);
}
