use super::SOURCE;
use crate::model::{Kind, LinkKind, Plain, State};
use crate::source::{Clock, DayRef, Draft, DraftSlot, End, Input, Options, Problem, Reading};
use chrono::TimeDelta;
use proptest::prelude::*;
use std::path::{Path, PathBuf};

const ENGLISH: &str = "\
Code,Title,Speakers,Track,Room,Date,Start,End,Type,Abstract,Tags,Slides,Notes
B1,Bees and queues,\"Mina Okafor; Ada Byron\",Nature,Orchard,2031-05-03,09:00,09:45,Talk (45 min),\"How bees wait.

And why.\",\"bees, queues\",https://example.org/bees.pdf,needs an adapter
M1,\"Moths, and lamps\",Li Wei,Night,Meadow,2031-05-03,9:00 PM,9:45 PM,Workshop,,,,
,Lunch,,,Orchard,2031-05-03,12:00,13:00,Break,,,,
";

const GERMAN: &str = "\u{FEFF}Programm der Bienentage;;;;;;;\r
;;;;;;;\r
Titel;Referent:in;Raum;Tag;Beginn;Dauer (Minuten);Sprache;\r
Bienen;Mina Okafor;Saal 1;Tag 1;09.30 Uhr;45;Deutsch;\r
Motten;TBA;Saal 2;2;14:00;1:30;Englisch;\r
";

fn attempt(text: &str) -> Reading {
    (SOURCE.read)(&Input {
        file: "p.csv",
        bytes: text.as_bytes(),
        options: &Options::default(),
    })
}

fn read(text: &str) -> (Draft, Vec<String>) {
    let (draft, problems) = attempt(text).expect("a table");
    (draft, told(&problems))
}

fn told(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

/// The slots of a table's talks, which have one each, and what there is to say about them.
fn slots(text: &str) -> (Vec<DraftSlot>, Vec<String>) {
    let (draft, told) = read(text);
    let talks = draft.talks.into_iter();
    (talks.flat_map(|talk| talk.slots).collect(), told)
}

fn starts(text: &str) -> (Vec<Option<Clock>>, Vec<String>) {
    let (slots, told) = slots(text);
    (slots.iter().map(|slot| slot.start).collect(), told)
}

fn wall(text: &str) -> Option<Clock> {
    Some(Clock::Wall(text.parse().expect("a local time")))
}

fn time(text: &str) -> Clock {
    Clock::Time(text.parse().expect("a time"))
}

fn names(names: &[Plain]) -> Vec<&str> {
    names.iter().map(|name| &**name).collect()
}

fn titles(draft: &Draft) -> Vec<&str> {
    draft.talks.iter().map(|talk| &*talk.title).collect()
}

fn left_out(draft: &Draft) -> Vec<(&str, usize)> {
    let counted = draft.uncarried.iter();
    counted.map(|(what, count)| (&**what, *count)).collect()
}

fn is_claimed(name: &str, text: &str) -> bool {
    (SOURCE.detect)(name, text.as_bytes())
}

#[test]
fn a_row_is_a_talk() {
    let (draft, told) = read(ENGLISH);
    assert_eq!(told, Vec::<String>::new());
    assert_eq!(
        titles(&draft),
        ["Bees and queues", "Moths, and lamps", "Lunch"]
    );
    let bees = &draft.talks[0];
    assert_eq!(bees.code.as_deref(), Some("B1"));
    assert_eq!(names(&bees.speakers), ["Mina Okafor", "Ada Byron"]);
    assert_eq!(bees.track.as_deref(), Some("Nature"));
    assert_eq!(bees.summary.as_deref(), Some("How bees wait.\n\nAnd why."));
    assert_eq!(bees.format.as_deref(), Some("Talk (45 min)"));
    assert_eq!(names(&bees.tags), ["bees", "queues"]);
    assert_eq!(bees.links[0].kind, LinkKind::Slides);
    let slot = &bees.slots[0];
    assert_eq!(slot.start, wall("2031-05-03T09:00:00"));
    assert_eq!(slot.end, Some(End::At(time("09:45:00"))));
    assert_eq!(slot.room.as_deref(), Some("Orchard"));
    let moths = &draft.talks[1];
    assert_eq!(moths.slots[0].start, wall("2031-05-03T21:00:00"));
    assert_eq!(moths.kind, Some(Kind::Workshop));
    assert_eq!(moths.place.to_string(), "p.csv:5");
    assert_eq!(draft.talks[2].kind, Some(Kind::Break));
    assert_eq!(draft.talks[2].code, None);
}

#[test]
fn a_german_export_is_read_below_its_heading() {
    let (draft, told) = read(GERMAN);
    assert_eq!(told, Vec::<String>::new());
    assert_eq!(titles(&draft), ["Bienen", "Motten"]);
    let slot = &draft.talks[0].slots[0];
    assert_eq!(slot.day, Some(DayRef::Number(1)));
    assert_eq!(slot.start, Some(time("09:30:00")));
    assert_eq!(slot.end, Some(End::After(TimeDelta::minutes(45))));
    assert_eq!(draft.talks[0].language.as_deref(), Some("de"));
    let moths = &draft.talks[1];
    assert_eq!(moths.speakers, []);
    assert_eq!(moths.slots[0].day, Some(DayRef::Number(2)));
    assert_eq!(moths.slots[0].end, Some(End::After(TimeDelta::minutes(90))));
}

#[test]
fn tabs_part_cells_too() {
    let (draft, _) = read("title\tspeaker\tstart\nBees, and more\tMina Okafor\t2031-05-03 09:00\n");
    assert_eq!(titles(&draft), ["Bees, and more"]);
    assert_eq!(draft.talks[0].slots[0].start, wall("2031-05-03T09:00:00"));
}

#[test]
fn columns_that_are_not_read_are_counted_cell_by_cell() {
    let (draft, _) = read("title,E-mail,Notes,\nBees,a@example.org,,x\nMoths,b@example.org,-,\n");
    assert_eq!(
        left_out(&draft),
        [("cells without a column", 1), ("column \"E-mail\"", 2)]
    );
}

#[test]
fn the_first_column_of_a_name_counts_and_titles_come_before_sessions() {
    let (draft, _) = read("Session,Title,Room,Room\nMorning,Bees,Orchard,Meadow\n");
    assert_eq!(titles(&draft), ["Bees"]);
    assert_eq!(
        left_out(&draft),
        [("column \"Room\"", 1), ("column \"Session\"", 1)]
    );
    let (draft, _) = read("Session,Room\nBees,Orchard\n");
    assert_eq!(titles(&draft), ["Bees"]);
}

#[test]
fn several_columns_of_speakers_are_read() {
    let (draft, _) = read("title,Speaker 1,Speaker 2\nBees,Mina Okafor,Ada Byron\n");
    assert_eq!(
        names(&draft.talks[0].speakers),
        ["Mina Okafor", "Ada Byron"]
    );
}

#[test]
fn a_biography_is_that_of_the_only_speaker() {
    let (draft, _) = read(
        "title,speaker,bio\nBees,Mina Okafor,Keeps bees.\nMoths,Mina Okafor; Li Wei,Both watch moths.\n",
    );
    assert_eq!(draft.speakers.len(), 1);
    assert_eq!(&*draft.speakers[0].biography, "Keeps bees.");
    assert_eq!(left_out(&draft), [("bio of several speakers", 1)]);
}

#[test]
fn the_same_code_and_title_is_a_talk_that_is_held_again() {
    let (draft, told) = read(
        "code,title,start,state\nB,Bees,2031-05-03 09:00,confirmed\nB,Bees,2031-05-04 09:00,cancelled\nB,Moths,,\n",
    );
    assert_eq!(told, Vec::<String>::new());
    assert_eq!(titles(&draft), ["Bees", "Moths"]);
    let bees = &draft.talks[0];
    let states: Vec<Option<State>> = bees.slots.iter().map(|slot| slot.state).collect();
    assert_eq!(states, [Some(State::Confirmed), Some(State::Cancelled)]);
    assert_eq!(bees.state, None);
}

#[test]
fn talks_that_are_not_public_are_left_out_and_counted() {
    let (draft, told) = read(
        "title,status\nBees,Accepted\nMoths,Rejected\nWasps,In review\nAnts,ABGESAGT\nFlies,so so\n",
    );
    assert_eq!(titles(&draft), ["Bees", "Ants"]);
    assert_eq!(draft.talks[1].state, Some(State::Cancelled));
    assert_eq!(
        left_out(&draft),
        [
            ("rows that are in review", 1),
            ("rows that are rejected", 1)
        ]
    );
    assert_eq!(
        told,
        [
            "p.csv:6: error: talk Flies: `status` is \"so so\"; expected confirmed, tentative or cancelled; until then it is not published"
        ]
    );
}

#[test]
fn a_row_without_a_title_is_told_unless_it_is_empty() {
    let (draft, told) = read("title,room,start\n\n,,\nTBA,-,\n,Orchard,\nBees,,\n");
    assert_eq!(titles(&draft), ["Bees"]);
    assert_eq!(
        told,
        ["p.csv:5: error: this row has no title, so it is left out; add one, or empty the row"]
    );
}

#[test]
fn one_date_shows_how_the_others_are_meant() {
    let (found, told) = starts("title,date,start\nBees,03/04/2031,9:00\nMoths,14/04/2031,9:00\n");
    assert_eq!(
        found,
        [wall("2031-04-03T09:00:00"), wall("2031-04-14T09:00:00")]
    );
    assert_eq!(told, Vec::<String>::new());
    let (found, _) = starts("title,start\nBees,4/3/2031 9:00 AM\nMoths,4/14/2031 2:30 PM\n");
    assert_eq!(
        found,
        [wall("2031-04-03T09:00:00"), wall("2031-04-14T14:30:00")]
    );
}

#[test]
fn dates_that_lie_together_are_read_so_and_it_is_told() {
    let (found, told) = starts("title,date,start\nBees,10/02/2031,9:00\nMoths,10/03/2031,9:00\n");
    assert_eq!(
        found,
        [wall("2031-10-02T09:00:00"), wall("2031-10-03T09:00:00")]
    );
    assert_eq!(
        told,
        [
            "p.csv:2: note: 2 dates such as \"10/02/2031\" are read as month/day/year, since the days lie together then"
        ]
    );
}

#[test]
fn dates_that_can_be_read_in_two_ways_are_left_out_and_told_once() {
    let (found, told) = slots("title,date,start\nBees,03/04/2031,9:00\nMoths,03/04/2031,10:00\n");
    assert_eq!(found, []);
    assert_eq!(
        told,
        [
            "p.csv:2: error: 2 dates such as \"03/04/2031\" are left out: which number is the day, which the month?; write dates as 2026-10-24"
        ]
    );
}

#[test]
fn half_past_midnight_is_the_next_date_only_of_a_conference_day() {
    let (found, _) = slots("title,date,start\nParty,2031-05-03,00:30\n");
    assert_eq!(
        (found[0].day, found[0].start),
        (None, wall("2031-05-03T00:30:00"))
    );
    let (found, _) = slots("title,day,start\nParty,2031-05-03,00:30\n");
    let day = "2031-05-03".parse().map(DayRef::Date).ok();
    assert_eq!(
        (found[0].day, found[0].start),
        (day, Some(time("00:30:00")))
    );
}

#[test]
fn a_weekday_needs_a_date_beside_it() {
    let (found, told) = slots("title,day,date,start\nBees,Saturday,2031-05-03,9:00\n");
    assert_eq!(found[0].start, wall("2031-05-03T09:00:00"));
    assert_eq!(told, Vec::<String>::new());
    let (found, told) = slots("title,day,start\nBees,Saturday,9:00\n");
    assert_eq!(found, []);
    assert_eq!(
        told,
        [
            "p.csv:2: error: talk Bees: `day` is \"Saturday\"; expected the number of a day such as 1, or its date such as 2026-10-24"
        ]
    );
}

#[test]
fn a_range_gives_both_ends_and_an_offset_an_instant() {
    let (found, _) = slots("title,time\nBees,2031-05-03 9:00–9:45\n");
    assert_eq!(found[0].start, wall("2031-05-03T09:00:00"));
    assert_eq!(found[0].end, Some(End::At(time("09:45:00"))));
    let (found, _) = starts("title,start\nBees,2031-05-03T09:00:00+02:00\n");
    assert!(matches!(found[0], Some(Clock::Instant(_))));
}

#[test]
fn a_date_alone_is_a_day_and_midnight_beside_it_is_no_time() {
    let (found, _) = slots("title,date,room\nBees,2031-05-03 00:00:00,Orchard\n");
    assert_eq!(found[0].day, "2031-05-03".parse().map(DayRef::Date).ok());
    assert_eq!(
        (found[0].start, found[0].room.as_deref()),
        (None, Some("Orchard"))
    );
}

#[test]
fn a_wrong_start_costs_the_hour_and_a_wrong_end_only_the_end() {
    let (found, told) = slots(
        "title,date,start,end,duration\n\
         Bees,2031-05-03,soon,,45\n\
         Moths,2031-05-03,9:00,late,\n\
         Ants,2031-05-03,9:00,,forever\n\
         Flies,2031-05-03,9:00,2031-06-03 9:00,\n",
    );
    assert_eq!(found.len(), 4);
    assert_eq!(found[0].start, None);
    assert!(found[0].day.is_some());
    assert!(found[1..].iter().all(|slot| slot.start.is_some()));
    assert!(found.iter().all(|slot| slot.end.is_none()));
    assert_eq!(
        told,
        [
            "p.csv:2: error: talk Bees: `start` is \"soon\"; expected a time such as 14:30 or 2026-10-24 14:30",
            "p.csv:3: error: talk Moths: `end` is \"late\"; expected a time such as 15:15 or 2026-10-24 15:15",
            "p.csv:4: error: talk Ants: `duration` is \"forever\"; expected a length of at most a week such as 45, 45 min or 1:30",
            "p.csv:5: error: talk Flies: it lasts longer than a week; mend `end`; until then only its start is published",
        ]
    );
}

#[test]
fn a_cell_that_was_cut_in_two_is_told() {
    let (_, told) = read("title,room\nBees, queues,Orchard\n");
    assert_eq!(
        told,
        [
            "p.csv:2: error: talk Bees: this row has 3 cells, and there are 2 columns; put a cell that holds the character between cells in quotes"
        ]
    );
}

#[test]
fn a_file_that_ends_within_quotes_is_refused() {
    let problem =
        attempt("title,abstract\nBees,ok\nMoths,\"cut off\nhere\n").expect_err("half a file");
    assert_eq!(
        problem.to_string(),
        "p.csv:3: error: a quote that begins in this row is not closed before the file ends; close the quote, or write \"\" for a quotation mark within a cell"
    );
}

#[test]
fn a_table_without_titles_is_refused() {
    let problem = attempt("room,start\nOrchard,9:00\n").expect_err("no titles");
    assert_eq!(
        problem.to_string(),
        "p.csv: error: no row here names a column of titles; begin with a row such as title, speaker, room, date, start, end"
    );
}

#[test]
fn wrong_addresses_languages_and_codes_are_told() {
    let (draft, told) = read("title,code,url,language,slides\nBees,a b,example.org,Go,x y\n");
    assert_eq!(titles(&draft), ["Bees"]);
    assert_eq!(told.len(), 4);
}

#[test]
fn a_table_is_known_by_its_name_or_by_its_columns() {
    for text in [ENGLISH, GERMAN, "Title;Speaker\nBees;Mina Okafor\n"] {
        assert!(is_claimed("programme", text), "{text}");
    }
    assert!(is_claimed("programme.txt", ENGLISH));
    assert!(is_claimed("https://example.org/sheet?output=csv", ENGLISH));
    assert!(is_claimed("anything.CSV", "x"));
}

#[test]
fn notes_and_other_formats_are_not_claimed() {
    for (name, text) in [
        ("notes.md", "title,speaker\nBees,Mina\n"),
        ("notes", "# Conf\n\nTitle, Speaker\nBees, Mina\n"),
        ("notes", "- Title, Speaker\n- Bees, Mina\n"),
        (
            "notes",
            "Talk, speaker\n\nAll of it was good, and short, and long.\n",
        ),
        ("notes", "Bees, by Mina\nMoths, by Li\n"),
        ("s", "[{\"title\": 1,\n\"speaker\": 2}]"),
        ("s", "BEGIN:VCALENDAR\nTITLE,START\n"),
        ("s", "<title,speaker\n<a,b\n"),
        ("s", ""),
    ] {
        assert!(!is_claimed(name, text), "{name}: {text}");
    }
}

#[test]
fn the_number_of_problems_is_bounded() {
    let text = format!("title,room\n{}", ",Orchard\n".repeat(600));
    let (_, told) = read(&text);
    assert_eq!(told.len(), 501);
    assert_eq!(
        told[500],
        "p.csv: error: 100 more problems of this file are not told; mend those above first"
    );
}

#[test]
fn too_many_rows_are_refused() {
    let text = format!("title,room\n{}", "Bees,Orchard\n".repeat(20_001));
    assert!(attempt(&text).is_err());
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
        let is_own = path.extension().is_some_and(|ending| ending == "csv");
        let is_claimed = (SOURCE.detect)("unnamed", &bytes);
        assert!(is_own || !is_claimed, "{}", path.display());
    }
}

proptest! {
    #[test]
    fn no_text_is_too_odd(text in any::<String>()) {
        is_claimed("p", &text);
        let _ = attempt(&text);
        let _ = attempt(&format!("title,start,date,end,speaker\n{text}"));
    }

    #[test]
    fn no_cell_is_too_odd(
        cells in prop::collection::vec(
            prop::sample::select(&[
                "", ",", "\n", "\"", "Bees", "9:00", "12:00 am", "pm", "2031-05-03", "03/04/2031", "9999-12-31",
                "31.12.1899", "Day 1", "day", "tba", "1:30", "99999", "ü", "–", "-", ":", ".", "Uhr", "+02:00",
                "T", "24:00", " ", ";",
            ][..]),
            0..60,
        ),
    ) {
        let text = format!("title,date,day,start,end,duration,speaker,code\n{}", cells.concat());
        if let Ok((draft, _)) = attempt(&text) {
            prop_assert!(draft.talks.iter().all(|talk| !talk.title.is_empty()));
        }
    }

    #[test]
    fn no_mutation_is_too_odd(
        at in any::<prop::sample::Index>(),
        length in 0..40usize,
        instead in prop::sample::select(&["", "\"", ",", "\n", ";", "\t", "\u{FFFD}"][..]),
    ) {
        for text in [ENGLISH, GERMAN] {
            let from = at.index(text.len());
            let to = (from + length).min(text.len());
            if text.is_char_boundary(from) && text.is_char_boundary(to) {
                let text = format!("{}{instead}{}", &text[..from], &text[to..]);
                is_claimed("p", &text);
                let _ = attempt(&text);
            }
        }
    }
}

#[test]
fn a_table_that_ends_within_a_quote_is_refused() {
    for text in [
        "title,abstract\nA,\"Hello wor",
        "title,abstract\nA,\"Hello\nwor",
    ] {
        assert!(attempt(text).is_err(), "{text}");
    }
    let (draft, _) = read("title,abstract\nA,a 5\" disk");
    assert_eq!(titles(&draft), ["A"]);
}

#[test]
fn a_day_is_a_number_or_a_date_and_no_part_of_one() {
    let (found, _) = slots("title,day\nBees,1\nMoths,Tag 2\nAnts,3.\n");
    let days: Vec<_> = found.iter().map(|slot| slot.day).collect();
    let number = |number| Some(DayRef::Number(number));
    assert_eq!(days, [number(1), number(2), number(3)]);
    let (draft, _) = read("title,day\nBees,1/1\n");
    let day = draft.talks[0].slots.first().and_then(|slot| slot.day);
    assert!(!matches!(day, Some(DayRef::Number(_))), "{day:?}");
}
