//! `conference.toml`: what is wrong in it is said with its line and how to mend it.

use crate::conference::{BERLIN, load, to_mend};

#[track_caller]
fn check(file: &str, is_usable: bool, expected: &[&str]) {
    let (conference, problems) = load(file, &[]);
    assert_eq!(to_mend(&problems), expected);
    assert_eq!(conference.is_some(), is_usable);
}

#[test]
fn an_unknown_key_names_its_line_and_the_nearest_known_one() {
    let file = BERLIN.replace("time_zone", "timezone");
    check(
        &file,
        false,
        &["conference.toml:4:1: error: unknown key `timezone`; did you mean `time_zone`?"],
    );
}

#[test]
fn an_unknown_key_of_a_talk_costs_only_that_key() {
    let file = format!("{BERLIN}\n[[talks]]\ntitle = \"One\"\nspeaker = \"Ada\"\nday = 1\n");
    check(
        &file,
        true,
        &["conference.toml:11:1: error: unknown key `speaker`; did you mean `speakers`?"],
    );
}

#[test]
fn a_key_that_is_near_to_nothing_lists_the_known_ones() {
    let file = format!("{BERLIN}\n[venue]\nname = \"Hall\"\nzip = 1\n");
    check(
        &file,
        true,
        &[
            "conference.toml:11:1: error: unknown key `zip`; known keys here: name, address, latitude, longitude",
        ],
    );
}

#[test]
fn a_syntax_error_names_its_line() {
    let file = format!("{BERLIN}\n[[talks]\ntitle = \"One\"\n");
    let (conference, problems) = load(&file, &[]);
    let problems = to_mend(&problems);
    assert_eq!(conference, None);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert!(
        problems[0].starts_with("conference.toml:9:9: error: "),
        "{problems:#?}"
    );
}

#[test]
fn wrong_values_say_what_was_found_and_what_is_expected() {
    let file = BERLIN
        .replace("Europe/Berlin", "Berlin")
        .replace("https://example.org/", "example.org");
    check(
        &file,
        true,
        &[
            "conference.toml:4:13: error: `time_zone` is \"Berlin\"; expected an IANA time zone such as \"Europe/Berlin\"; did you mean \"Europe/Berlin\"?",
            "conference.toml:5:7: error: `url` is \"example.org\"; expected an absolute address such as \"https://example.org/\"",
            "conference.toml: warning: no time zone is known; name one: time_zone = \"Europe/Berlin\" in conference.toml, or with convert --time-zone Europe/Berlin",
        ],
    );
}

#[test]
fn how_changes_are_published_can_be_said() {
    let file =
        format!("{BERLIN}\n[publish]\nchanges_window = 600\nupcoming_lead = 5\nmost_lost = 0.1\n");
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("conference.toml"), &file).expect("a written file");
    let remote = handbill::source::Remote::default();
    let loaded = handbill::source::load(folder.path(), &remote)
        .expect("a folder")
        .remove(0);
    let policy = loaded.conference.expect("usable").policy;
    assert_eq!(policy.changes_window, chrono::TimeDelta::minutes(10));
    assert_eq!(policy.upcoming_lead, chrono::TimeDelta::minutes(5));
    assert!((loaded.limits.lost - 0.1).abs() < 1e-9);
    assert!(
        (loaded.limits.shifted - 0.5).abs() < 1e-9,
        "what is not said stays"
    );

    let wrong =
        format!("{BERLIN}\n[publish]\nchanges_window = -1\nmost_lost = 30\nmost_lots = 1\n");
    let (conference, problems) = load(&wrong, &[]);
    assert!(conference.is_some());
    let problems = to_mend(&problems).join("\n");
    for expected in [
        "`changes_window` cannot be -1",
        "write a whole number of seconds, 0 to 86400",
        "`most_lost` cannot be 30",
        "such as 0.3 for 30 %",
        "most_lots",
    ] {
        assert!(problems.contains(expected), "{expected}: {problems}");
    }
}

#[test]
fn one_bad_talk_leaves_the_others() {
    let talks =
        "[[talks]]\ntitle = \"\"\n[[talks]]\nday = 1\n[[talks]]\ntitle = \"Good\"\nday = 1\n";
    let (conference, problems) = load(&format!("{BERLIN}{talks}"), &[]);
    assert_eq!(
        to_mend(&problems),
        [
            "conference.toml:9:9: error: `title` is \"\"; expected some text in quotes",
            "conference.toml:10:1: error: this talk has no `title`; add title = \"…\"",
        ]
    );
    let titles: Vec<String> = conference
        .iter()
        .flat_map(|conference| &conference.talks)
        .map(|talk| talk.title.to_string())
        .collect();
    assert_eq!(titles, ["Good"]);
}

#[test]
fn a_misspelt_room_is_noticed() {
    let file = format!(
        "{BERLIN}\n[[rooms]]\nname = \"Grand Hall\"\n[[talks]]\ncode = \"T1\"\ntitle = \"One\"\nday = 1\nroom = \"Grand Hal\"\n"
    );
    check(
        &file,
        true,
        &[
            "conference.toml:11:1: warning: talk T1: the room \"Grand Hal\" is not listed; did you mean \"Grand Hall\"?",
        ],
    );
}

#[test]
fn a_day_that_the_conference_does_not_have_is_reported() {
    let file = format!("{BERLIN}\n[[talks]]\ncode = \"T1\"\ntitle = \"One\"\nday = 3\n");
    check(
        &file,
        true,
        &[
            "conference.toml:9:1: warning: talk T1: it is on day 3, and the conference has 2; \
           list the dates in `days` in conference.toml, or with convert give the first: --first-day 2026-10-24",
        ],
    );
}

#[test]
fn a_missing_source_keeps_the_conference_from_being_published_without_it() {
    let file = format!("{BERLIN}sources = [\"notes.md\"]\n");
    let (conference, problems) = load(&file, &[]);
    assert_eq!(conference, None);
    let problems = to_mend(&problems);
    assert_eq!(problems.len(), 1);
    assert!(
        problems[0].starts_with("conference.toml:8:12: error: cannot read notes.md"),
        "{problems:#?}"
    );
}

#[test]
fn an_empty_file_is_unusable_and_no_conference_without_talks() {
    check(
        "# soon\n",
        false,
        &[
            "conference.toml:1:1: error: this file is empty; write at least name = \"…\", time_zone = \"…\" and days = […]",
        ],
    );
}

#[test]
fn a_wrong_slug_or_day_makes_the_file_unusable() {
    let slug = BERLIN.replace("\"test\"", "\"Test Days\"");
    check(
        &slug,
        false,
        &[
            "conference.toml:3:8: error: `slug` is \"Test Days\"; expected lower-case letters, digits and hyphens such as \"main-stage\"",
        ],
    );
    let day = BERLIN.replace("2026-10-25", "\"2026-10-32\"");
    check(
        &day,
        false,
        &["conference.toml:6:21: error: this is no day; write a date such as 2026-10-24"],
    );
}

#[test]
fn years_beyond_conferences_are_typing_mistakes() {
    let file = BERLIN.replace("[2026-10-24, 2026-10-25]", "[9999-12-31]");
    check(
        &file,
        false,
        &["conference.toml:6:9: error: this is no day; write a date such as 2026-10-24"],
    );
}

#[test]
fn a_source_outside_the_folder_is_not_published() {
    let file = format!("{BERLIN}sources = [\"../../../../../etc/hostname\"]\n");
    let (conference, problems) = load(&file, &[]);
    assert_eq!(conference, None);
    let problems = to_mend(&problems);
    assert!(
        problems[0].contains("it lies outside the conference's folder"),
        "{problems:#?}"
    );
}

#[test]
fn a_source_with_an_address_knows_its_keys() {
    let source = "source = { url = \"https://example.org/a.json\", intervall = \"5m\" }\n";
    let (_, problems) = load(&format!("{BERLIN}{source}"), &[]);
    assert_eq!(
        to_mend(&problems),
        [
            "conference.toml:8:48: error: unknown key `intervall`; did you mean `interval`?",
            "conference.toml:8:10: error: https://example.org/a.json has not answered yet",
        ]
    );
}

#[test]
fn a_source_that_nobody_can_ask_makes_the_file_unusable() {
    for (source, expected) in [
        (
            "{ url = \"example.org/a.json\" }",
            "8:12: error: this is no address; expected an absolute address such as \"https://pretalx.com/event/\"",
        ),
        (
            "{ url = \"https://ada:secret@example.org/\" }",
            "8:12: error: there is a user name or password in this address; remove them: they would be shown in the log; a token goes into an environment variable that `token_env` names",
        ),
        (
            "{ url = \"http://example.org/\", token_env = \"PRETALX_TOKEN\" }",
            "8:41: error: a token would be sent without encryption; name an https address",
        ),
        (
            "{ url = \"https://example.org/\", token_env = \"AWS_SECRET_ACCESS_KEY\" }",
            "8:54: error: `token_env` is \"AWS_SECRET_ACCESS_KEY\"; expected the name of a variable that begins with PRETALX_",
        ),
        (
            "{ format = \"markdown\" }",
            "8:10: error: this source has neither `file` nor `url`; add file = \"…\" or url = \"https://…\"",
        ),
        (
            "\"https://example.org/\"",
            "8:10: error: this is an address and no file; write { url = \"…\" }",
        ),
    ] {
        let file = format!("{BERLIN}source = {source}\n");
        check(&file, false, &[&format!("conference.toml:{expected}")]);
    }
}

#[test]
fn an_interval_is_polite() {
    let problem = |keys: &str| {
        let source = format!("source = {{ url = \"https://example.org/a.json\", {keys} }}\n");
        let (_, problems) = load(&format!("{BERLIN}{source}"), &[]);
        let problems = to_mend(&problems);
        let found = problems
            .iter()
            .find(|problem| problem.contains("`interval`"));
        found.map(|problem| {
            problem
                .rsplit("expected ")
                .next()
                .unwrap_or_default()
                .to_owned()
        })
    };
    for interval in ["5", "\"10s\"", "\"5m\"", "\"1h30m\"", "\"168h\""] {
        assert_eq!(
            problem(&format!("interval = {interval}")),
            None,
            "{interval}"
        );
    }
    let expected =
        "a length from 10 seconds to a week such as 5 (minutes), \"30s\", \"5m\" or \"1h30m\"";
    for interval in ["0", "\"9s\"", "\"169h\"", "\"often\"", "-5", "true"] {
        let found = problem(&format!("interval = {interval}"));
        assert_eq!(found.as_deref(), Some(expected), "{interval}");
    }
    assert_eq!(problem("interval = \"1s\", private_network = true"), None);
}

#[test]
fn one_key_names_one_source_and_another_several() {
    let file = format!("{BERLIN}source = \"a.md\"\nsources = [\"b.md\"]\n");
    let note = "# Notes\n\n## A talk\n\n> About it.\n";
    let (_, problems) = load(&file, &[("a.md", note), ("b.md", note)]);
    assert_eq!(
        to_mend(&problems),
        [
            "conference.toml:8:1: error: `source` stands beside `sources`; move it into the list `sources`"
        ]
    );
    let (conference, problems) = load(&format!("{BERLIN}source = \"a.md\"\n"), &[("a.md", note)]);
    assert_eq!(to_mend(&problems), [""; 0]);
    assert_eq!(conference.map(|conference| conference.talks.len()), Some(1));
}
