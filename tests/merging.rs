//! Several sources of one conference: by code, then by address, then by title.

use crate::conference::{BERLIN, load, to_mend};
use handbill::model::{Conference, State};

const NOTES: &str = "# Test Days\n\n## Opening  words\n\n<https://pretalx.com/test/talk/ABCDEF/>\n\n> What it is about.\n\nA remark.\n";

fn with(talk: &str) -> String {
    format!("{BERLIN}sources = [\"notes.md\"]\n{talk}")
}

#[track_caller]
fn merged(talk: &str) -> Conference {
    let (conference, problems) = load(&with(talk), &[("notes.md", NOTES)]);
    assert_eq!(to_mend(&problems), [] as [String; 0]);
    conference.expect("a usable conference")
}

#[track_caller]
fn assert_is_one_talk(conference: &Conference) {
    assert_eq!(conference.talks.len(), 1, "{:#?}", conference.talks);
    let talk = &conference.talks[0];
    assert_eq!(&*talk.code, "ABCDEF");
    assert_eq!(&*talk.summary, "What it is about.");
    assert_eq!(&*talk.notes, "A remark.");
    assert_eq!(talk.speaker_names(), "Ada Lovelace");
    assert_eq!(talk.slots.len(), 1);
}

#[test]
fn talks_of_one_code_are_one_talk() {
    assert_is_one_talk(&merged(
        "[[talks]]\ncode = \"ABCDEF\"\ntitle = \"Opening words\"\nspeakers = [\"Ada Lovelace\"]\nday = 1\n",
    ));
}

#[test]
fn talks_of_one_address_are_one_talk() {
    assert_is_one_talk(&merged(
        "[[talks]]\ntitle = \"Opening words\"\nurl = \"https://pretalx.com/test/talk/ABCDEF/\"\nspeakers = [\"Ada Lovelace\"]\nday = 1\n",
    ));
}

#[test]
fn talks_of_one_title_are_one_talk_whatever_its_quotes_and_case() {
    assert_is_one_talk(&merged(
        "[[talks]]\ntitle = \"“Opening Words”\"\nspeakers = [\"Ada Lovelace\"]\nday = 1\n",
    ));
}

#[test]
fn talks_of_different_codes_are_different_talks_and_a_like_title_is_reported() {
    let talk = "[[talks]]\ncode = \"ZZZZZZ\"\ntitle = \"Opening words\"\nday = 1\n";
    let (conference, problems) = load(&with(talk), &[("notes.md", NOTES)]);
    assert_eq!(conference.expect("a usable conference").talks.len(), 2);
    assert_eq!(
        to_mend(&problems),
        [
            "notes.md:3: warning: talk ABCDEF: this talk is in no earlier source; conference.toml:9:1 has \"Opening words\"; \
          if that is the same talk, give both the same title or code"
        ]
    );
}

#[test]
fn a_contradiction_is_reported_and_the_first_source_is_right() {
    let talk = "[[talks]]\ncode = \"ABCDEF\"\ntitle = \"Closing words\"\nabstract = \"Another matter.\"\nday = 1\n";
    let (conference, problems) = load(&with(talk), &[("notes.md", NOTES)]);
    assert_eq!(
        to_mend(&problems),
        [
            "notes.md:3: warning: talk ABCDEF: the title here is \"Opening words\", at conference.toml:9:1 it is \"Closing words\"; the latter is published; make the two agree",
            "notes.md:3: warning: talk ABCDEF: the abstract here is \"What it is about.\", at conference.toml:9:1 it is \"Another matter.\"; the latter is published; make the two agree",
        ]
    );
    let conference = conference.expect("a usable conference");
    assert_eq!(&*conference.talks[0].title, "Closing words");
}

#[test]
fn a_code_that_is_used_twice_is_reported_and_neither_talk_is_lost() {
    let talks = "[[talks]]\ncode = \"T1\"\ntitle = \"One\"\nday = 1\n[[talks]]\ncode = \"T1\"\ntitle = \"Two\"\nday = 1\n";
    let (conference, problems) = load(&format!("{BERLIN}{talks}"), &[]);
    assert_eq!(
        to_mend(&problems),
        [
            "conference.toml:12:1: warning: talk Two: the code T1 is used already at conference.toml:8:1; \
          give each talk its own code; a talk held twice is one talk with two slots"
        ]
    );
    let codes: Vec<String> = conference
        .iter()
        .flat_map(|conference| &conference.talks)
        .map(|talk| talk.code.to_string())
        .collect();
    assert_eq!(codes, ["T1", "two"]);
}

#[test]
fn other_days_or_another_name_of_the_conference_are_reported() {
    let notes = "# Quite another name\n\nDates: October 25-26, 2026\n\n## A talk\n\n> About it.\n";
    let (_, problems) = load(&with(""), &[("notes.md", notes)]);
    let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let expected = [
        "notes.md: warning: the conference's days here is \"2026-10-25, 2026-10-26\", elsewhere \"2026-10-24, 2026-10-25\"; the latter is published; make the two agree",
        "notes.md: note: the conference's name here is \"Quite another name\", elsewhere \"Test Days\"; the latter is published; make the two agree",
    ];
    for expected in expected {
        assert!(
            problems.iter().any(|problem| problem == expected),
            "{problems:#?}"
        );
    }
}

#[test]
fn a_longer_title_of_the_same_day_is_the_same_talk_and_reported() {
    let notes =
        "# Test Days\n\n## Opening\n\n## END OF DAY 1\n\n## Closing Remarks\n\n> Goodbye.\n";
    let talks = "[[talks]]\ncode = \"T1\"\ntitle = \"Opening\"\nday = 1\n[[talks]]\ncode = \"T2\"\ntitle = \"Closing Remarks Day 2\"\nday = 2\n";
    let (conference, problems) = load(&with(talks), &[("notes.md", notes)]);
    let conference = conference.expect("a usable conference");
    assert_eq!(conference.talks.len(), 2);
    assert_eq!(&*conference.talks[1].summary, "Goodbye.");
    let problems = to_mend(&problems);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert!(
        problems[0].contains("the title here is \"Closing Remarks\""),
        "{problems:#?}"
    );
}

#[test]
fn titles_that_differ_in_a_sign_are_different_talks() {
    let notes = "# Test Days\n\n## C# in depth\n\n> Sharp.\n";
    let talks = "[[talks]]\ncode = \"T1\"\ntitle = \"C in depth\"\nday = 1\n";
    let (conference, problems) = load(&with(talks), &[("notes.md", notes)]);
    assert_eq!(conference.expect("a usable conference").talks.len(), 2);
    let problems = to_mend(&problems);
    assert!(
        problems
            .iter()
            .any(|problem| problem.contains("this talk is in no earlier source")),
        "{problems:#?}"
    );
}

#[test]
fn another_day_or_end_is_a_contradiction() {
    let notes = "# Test Days\n\n## One\n\n## END OF DAY 1\n\n## Two\n";
    let talks = "[[talks]]\ncode = \"T1\"\ntitle = \"One\"\nday = 2\n[[talks]]\ncode = \"T2\"\ntitle = \"Two\"\nday = 2\n";
    let (conference, problems) = load(&with(talks), &[("notes.md", notes)]);
    assert_eq!(conference.expect("a usable conference").talks.len(), 2);
    let problems = to_mend(&problems);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert!(
        problems[0].contains(
            "talk T1: the day here is \"2026-10-24\", at conference.toml:9:1 it is \"2026-10-25\""
        ),
        "{problems:#?}"
    );
}

#[test]
fn a_code_in_a_later_source_wins_over_a_title_that_comes_first() {
    let notes =
        "# Test Days\n\n## First\n\n## Other title\n\n<https://pretalx.com/test/talk/ABCDEF/>\n";
    let talks = "[[talks]]\ncode = \"ABCDEF\"\ntitle = \"First\"\nday = 1\n";
    let (conference, problems) = load(&with(talks), &[("notes.md", notes)]);
    let conference = conference.expect("a usable conference");
    let codes: Vec<&str> = conference.talks.iter().map(|talk| &*talk.code).collect();
    assert_eq!(codes, ["ABCDEF", "first"]);
    let problems = to_mend(&problems);
    assert!(
        problems
            .iter()
            .any(|problem| problem.contains("the title here is \"Other title\"")),
        "{problems:#?}"
    );
}

#[test]
fn an_instant_and_its_wall_clock_time_are_no_contradiction() {
    let notes =
        "# Test Days\n\n## One 10:00-10:45\n\n> First.\n\n## END OF DAY 1\n\n## Two\n\n> Second.\n";
    let talks = "[[talks]]\ncode = \"T1\"\ntitle = \"One\"\nstart = 2026-10-24T08:00:00Z\nduration = 45\n\
                 [[talks]]\ncode = \"T2\"\ntitle = \"Two\"\n[[talks.slots]]\nday = 1\n[[talks.slots]]\nday = 2\n";
    let (conference, problems) = load(&with(talks), &[("notes.md", notes)]);
    assert_eq!(to_mend(&problems), [] as [String; 0]);
    assert_eq!(conference.expect("a usable conference").talks.len(), 2);
}

const TABLE: &str = "code,title,start,end,room\n\
    BEES,On bees,2026-10-24 10:00,2026-10-24 10:45,Hall\n\
    ANTS,On ants,2026-10-24 11:00,2026-10-24 11:45,Hall\n\
    WASPS,On wasps,2026-10-24 12:00,2026-10-24 12:45,Hall\n\
    MOTHS,On moths,2026-10-24 13:00,2026-10-24 13:45,Hall\n\
    FLIES,On flies,2026-10-24 14:00,2026-10-24 14:45,Hall\n";

/// What stands in the conference file beside a table, and what comes of it.
fn beside_table(talk: &str) -> (Conference, Vec<String>) {
    let file = format!("{BERLIN}sources = [\"table.csv\"]\n{talk}");
    let (conference, problems) = load(&file, &[("table.csv", TABLE)]);
    let told = problems.iter().map(ToString::to_string).collect();
    (conference.expect("a usable conference"), told)
}

#[test]
fn a_talk_of_a_source_is_corrected_by_its_code_alone() {
    let (conference, told) = beside_table(
        "[[talks]]\ncode = \"ANTS\"\nstate = \"cancelled\"\n[[talks]]\ncode = \"BEES\"\nroom = \"Attic\"\n",
    );
    assert_eq!(conference.talks.len(), 5);
    let ants = conference.talk("ANTS").expect("a talk");
    assert_eq!((&*ants.title, ants.state), ("On ants", State::Cancelled));
    assert_eq!(ants.slots[0].state, State::Cancelled);
    let bees = conference.talk("BEES").expect("a talk");
    let room = bees.slots[0].room.as_ref().map(|room| &*room.name);
    assert_eq!(room, Some("Attic"));
    assert!(bees.slots[0].when.timed().is_some());
    let warnings: Vec<&String> = told
        .iter()
        .filter(|line| line.contains("warning"))
        .collect();
    assert!(warnings.is_empty(), "{warnings:?}");
}

#[test]
fn a_correction_of_a_talk_that_no_source_has_is_an_error_with_the_nearest_code() {
    let (conference, told) = beside_table("[[talks]]\ncode = \"WASPSS\"\nstate = \"cancelled\"\n");
    assert_eq!(conference.talks.len(), 5);
    let expected = "conference.toml:9:1: error: talk WASPSS: no source has a talk with the code WASPSS; \
                    did you mean WASPS? a talk of its own needs a `title`";
    assert!(told.iter().any(|line| line == expected), "{told:#?}");
}

#[test]
fn a_source_that_says_more_than_the_first_is_one_line_of_the_report() {
    let (_, told) =
        beside_table("[[talks]]\ncode = \"TALK\"\ntitle = \"Something else\"\nday = 1\n");
    let told: Vec<&String> = told
        .iter()
        .filter(|line| line.contains("no earlier source"))
        .collect();
    assert_eq!(
        told,
        ["table.csv:2: note: 5 talks are in no earlier source; the first is here"]
    );
}
