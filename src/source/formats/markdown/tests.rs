use super::SOURCE;
use crate::model::{Kind, LinkKind, State};
use crate::source::{Clock, DayRef, Draft, End, Input, Options, Problem, Reading, Severity};
use proptest::prelude::*;
use std::collections::HashSet;
use std::path::Path;

fn read(text: &str) -> (Draft, Vec<Problem>) {
    read_bytes("notes.md", text.as_bytes()).expect("notes")
}

fn read_bytes(file: &str, bytes: &[u8]) -> Reading {
    (SOURCE.read)(&Input {
        file,
        bytes,
        options: &Options::default(),
    })
}

fn draft(text: &str) -> Draft {
    read(text).0
}

fn titles(draft: &Draft) -> Vec<&str> {
    draft.talks.iter().map(|talk| &*talk.title).collect()
}

fn days(draft: &Draft) -> Vec<Option<DayRef>> {
    let day = |slots: &[crate::source::DraftSlot]| slots.first().and_then(|slot| slot.day);
    draft.talks.iter().map(|talk| day(&talk.slots)).collect()
}

fn numbers(draft: &Draft) -> Vec<usize> {
    let number = |day: &Option<DayRef>| match day {
        Some(DayRef::Number(number)) => *number,
        _ => 0,
    };
    days(draft).iter().map(number).collect()
}

fn count(draft: &Draft, what: &str) -> usize {
    let found = draft.counts.iter().find(|(name, _)| *name == what);
    found.map_or(0, |(_, count)| *count)
}

fn summary(draft: &Draft, talk: usize) -> &str {
    draft.talks[talk].summary.as_deref().unwrap_or_default()
}

fn notes(draft: &Draft, talk: usize) -> &str {
    draft.talks[talk].notes.as_deref().unwrap_or_default()
}

/// A programme with this text below its only talk.
fn talk(body: &str) -> Draft {
    let draft = draft(&format!("# ExampleConf 2030\n\n## A talk\n\n{body}\n"));
    assert_eq!(titles(&draft), ["A talk"]);
    draft
}

const TWO_DAYS: &str = "\
# ExampleConf 2030

Notes from my sofa

Schedule: <https://example.org/2030/schedule/>

## Opening

<https://pretalx.com/example-2030/talk/AAAAAA/>

> Hello.

---

## Closing Remarks Day 1

---

## END OF DAY 1

---

## Opening Remarks Day 2

<https://pretalx.com/example-2030/talk/BBBBBB/>

> Hello again.

---

## Fifty `signs`

---

## END OF DAY 2

---

## Misc Links

- <https://example.org/more>
";

#[test]
fn end_of_day_one_starts_day_two_and_the_last_end_starts_none() {
    let draft = draft(TWO_DAYS);
    let expected = [
        "Opening",
        "Closing Remarks Day 1",
        "Opening Remarks Day 2",
        "Fifty signs",
    ];
    assert_eq!(titles(&draft), expected);
    assert_eq!(numbers(&draft), [1, 1, 2, 2]);
    assert_eq!(count(&draft, "days"), 2);
    assert_eq!(draft.name.as_deref(), Some("ExampleConf 2030"));
    assert_eq!(draft.links[0].title.as_deref(), Some("Schedule"));
    let notes = draft.notes.as_deref().unwrap_or_default();
    assert_eq!(
        notes,
        "Notes from my sofa\n\n## Misc Links\n\n- <https://example.org/more>"
    );
}

#[test]
fn the_end_of_a_day_may_be_any_line() {
    for mark in [
        "END OF DAY 1",
        "**End of day one**",
        "### Day 1 end",
        "# END OF DAY",
        "END OF DAY 1\n---",
    ] {
        let text = format!("# C 2030\n\n## A\n\ntext\n\n{mark}\n\n## B\n\ntext\n");
        let draft = draft(&text);
        assert_eq!(titles(&draft), ["A", "B"], "{mark}");
        assert_eq!(numbers(&draft), [1, 2], "{mark}");
    }
}

#[test]
fn without_a_mark_talks_are_on_no_known_day() {
    assert_eq!(days(&draft("# C 2030\n\n## A\n\n## B\n")), [None, None]);
}

#[test]
fn a_conference_of_one_day_needs_no_mark() {
    assert_eq!(
        numbers(&draft("# C 2030\n\nDate: May 3, 2030\n\n## A\n\n## B\n")),
        [1, 1]
    );
    assert_eq!(numbers(&draft("# ExampleConf - Day 2\n\n## A\n")), [2]);
}

#[test]
fn headings_may_open_days_beside_or_above_the_talks() {
    let beside = draft("# C 2030\n\n## Day 1\n\n## A\n\n### detail\n\n## DAY TWO\n\n## B\n");
    assert_eq!(
        (titles(&beside), numbers(&beside)),
        (vec!["A", "B"], vec![1, 2])
    );
    let above = draft(
        "# C 2030\n\n## Saturday\n\n### 1. A\n\n## Sunday\n\n### 1. B\n\n#### detail\n\n## Vocabulary\n\n### not a talk\n",
    );
    assert_eq!(
        (titles(&above), numbers(&above)),
        (vec!["A", "B"], vec![1, 2])
    );
    assert!(
        above
            .notes
            .as_deref()
            .is_some_and(|notes| notes.contains("### not a talk"))
    );
    let dated = draft("# C 2030\n\n## 2030-05-03\n\n### A\n");
    assert!(
        matches!(days(&dated)[..], [Some(DayRef::Date(date))] if date.to_string() == "2030-05-03")
    );
}

#[test]
fn days_below_a_talk_are_its_notes() {
    let draft =
        draft("# C 2030\n\n## A migration\n\n### Day 1\n\ntext\n\n### Day 2\n\ntext\n\n## B\n");
    assert_eq!(titles(&draft), ["A migration", "B"]);
    assert_eq!(count(&draft, "days"), 0);
}

#[test]
fn what_follows_the_last_day_is_no_talk_of_a_third() {
    let text = TWO_DAYS
        .replace("## Fifty `signs`\n\n---\n\n", "")
        .replace("Misc Links", "Afterwards");
    let draft = draft(&text.replace("## Closing Remarks Day 1\n\n---\n\n", ""));
    assert_eq!(titles(&draft), ["Opening", "Opening Remarks Day 2"]);
}

#[test]
fn an_afterthought_is_no_talk_even_if_some_talks_have_no_link() {
    let text = format!("{TWO_DAYS}\n## Thoughts overall\n\nGood.\n");
    let read = draft(&text);
    assert_eq!(titles(&read).len(), 4);
    let notes = read.notes.as_deref().unwrap_or_default();
    assert!(notes.ends_with("## Thoughts overall\n\nGood."));
    for evidence in [
        "\n\n<https://pretalx.com/c/talk/CCCCCC/>",
        "\n\n> An abstract.",
        " 11:00-11:30",
    ] {
        let text = format!("{TWO_DAYS}\n## An extra talk{evidence}\n\n## More thoughts\n\nGood.\n");
        assert_eq!(titles(&draft(&text)).len(), 5, "{evidence}");
    }
    let further = format!("{TWO_DAYS}\n## Opening Remarks Day 3\n\n## A talk\n\nGood.\n");
    assert_eq!(titles(&draft(&further)).len(), 6);
    let first_day = "## END OF DAY 1";
    let text = format!(
        "{}{first_day}\n\n## A talk\n",
        TWO_DAYS.split(first_day).next().unwrap_or_default()
    );
    assert_eq!(titles(&draft(&text)).len(), 3);
}

#[test]
fn a_heading_in_a_code_fence_a_comment_or_a_quote_is_no_talk() {
    let draft = talk(
        "```sh\n# install\n## now\n```\n\n<!--\n## hidden\n-->\n\n> ## quoted\n\n* item\n\n  ## in an item",
    );
    assert!(notes(&draft, 0).starts_with("```sh\n# install\n## now\n```"));
    assert!(!notes(&draft, 0).contains("hidden"));
}

#[test]
fn a_remark_right_above_a_rule_is_no_talk() {
    let (draft, problems) =
        read("# C 2030\n\n## A\n\nlast remark\n---\n\n## B\n\nhttps://example.org/x\n---\n");
    assert_eq!(titles(&draft), ["A", "B"]);
    assert_eq!(notes(&draft, 0), "last remark");
    assert_eq!(
        problems
            .iter()
            .map(|problem| problem.place.line)
            .collect::<Vec<_>>(),
        [Some(5), Some(10)]
    );
}

#[test]
fn an_underlined_title_is_a_heading_beside_hashes() {
    let page = "<https://pretalx.com/c/talk/BBBBBB/>";
    for heading in ["Title\n------------", "Title\n---"] {
        let draft = draft(&format!(
            "# C 2030\n\n## A\n\ntext\n\n{heading}\n\n{page}\n\n> About.\n\n---\n\n## B\n"
        ));
        assert_eq!(titles(&draft), ["A", "Title", "B"], "{heading}");
        assert_eq!(draft.talks[1].code.as_deref(), Some("BBBBBB"));
        assert_eq!(notes(&draft, 0), "text");
    }
    let long = draft("# C 2030\n\n## A\n\ntext\n\nTitle\n-----\n\nmore\n\n## B\n");
    assert_eq!(titles(&long), ["A", "Title", "B"]);
}

#[test]
fn several_lines_or_an_address_above_a_long_rule_are_no_title() {
    for remark in [
        "one line\nand another",
        "<https://example.org/x>",
        "https://example.org/x",
    ] {
        let draft = draft(&format!("# C 2030\n\n## A\n\n{remark}\n-----\n\n## B\n"));
        assert_eq!(titles(&draft), ["A", "B"], "{remark}");
        assert_eq!(notes(&draft, 0), remark);
    }
}

#[test]
fn underlined_headings_and_closing_hashes_are_headings() {
    assert_eq!(
        titles(&draft("C 2030\n======\n\nA\n---\n\nB\n---\n")),
        ["A", "B"]
    );
    assert_eq!(
        titles(&draft(
            "# C 2030 #\r\n\r\n## A ##\r\n\r\n## **B** [c](https://example.org/talk/c) ##\r\n"
        )),
        ["A", "B c"]
    );
}

#[test]
fn a_quote_without_a_space_is_an_abstract() {
    let draft =
        talk(">One line\n>another.\n>\n>    code\n>\n>A second *paragraph*\ncontinued lazily.");
    assert_eq!(
        summary(&draft, 0),
        "One line\nanother.\n\n   code\n\nA second *paragraph*\ncontinued lazily."
    );
    assert_eq!(notes(&draft, 0), "");
}

#[test]
fn several_quotes_are_one_abstract_and_a_later_quote_is_a_remark() {
    let draft = talk(
        "<https://pretalx.com/c/talk/CCCCCC/>\n\n> First.\n\n> Second.\n\nShe said:\n\n> Remember this.\n\n---",
    );
    assert_eq!(summary(&draft, 0), "First.\n\nSecond.");
    assert_eq!(notes(&draft, 0), "She said:\n\n> Remember this.");
}

#[test]
fn a_quote_after_more_than_a_short_remark_is_no_abstract() {
    let prose = "She spoke at length about engines. ".repeat(6);
    for above in [
        prose.as_str(),
        "- a point",
        "### A part",
        "Late.\n\n- a point",
    ] {
        let draft = talk(&format!("{above}\n\n> Said the host."));
        assert_eq!(summary(&draft, 0), "", "{above}");
        assert!(notes(&draft, 0).ends_with("> Said the host."), "{above}");
    }
}

#[test]
fn short_remarks_and_links_may_stand_above_the_abstract() {
    let draft = talk(
        "It began late.\n\nSee <https://github.com/m> too.\n\n> About engines.\n\nShe said:\n\n> Remember.",
    );
    assert_eq!(summary(&draft, 0), "About engines.");
    assert_eq!(
        notes(&draft, 0),
        "It began late.\n\nSee <https://github.com/m> too.\n\nShe said:\n\n> Remember."
    );
}

#[test]
fn a_talk_page_among_other_words_above_the_abstract_is_the_talks_own() {
    for opening in [
        "[talk page](https://pretalx.com/p/talk/AAAAAA/) and <https://github.com/m>",
        "Started late, see https://pretalx.com/p/talk/AAAAAA/ and <https://github.com/m>",
        "<https://github.com/m>\n\nPage <https://pretalx.com/p/talk/AAAAAA/> of today",
    ] {
        let draft = talk(&format!(
            "{opening}\n\n> About engines.\n\n<https://pretalx.com/p/talk/BBBBBB/>"
        ));
        let talk = &draft.talks[0];
        assert_eq!(talk.code.as_deref(), Some("AAAAAA"), "{opening}");
        assert_eq!(
            talk.url.as_deref(),
            Some("https://pretalx.com/p/talk/AAAAAA/")
        );
        assert_eq!(summary(&draft, 0), "About engines.", "{opening}");
        assert!(notes(&draft, 0).starts_with(opening), "{opening}");
        assert!(
            talk.links
                .iter()
                .any(|link| &*link.url == "https://github.com/m")
        );
    }
    let without_abstract =
        talk("[page](https://pretalx.com/p/talk/AAAAAA/), <https://github.com/m>");
    assert_eq!(without_abstract.talks[0].code.as_deref(), Some("AAAAAA"));
}

#[test]
fn a_second_talk_page_in_a_section_is_told_with_its_line() {
    let page = |code: &str| format!("<https://pretalx.com/c/talk/{code}/>");
    let (draft, problems) = read(&format!(
        "# C 2030\n\n## A\n\n{}\n\n> About.\n\n{}\n\n> About B.\n\nSee {}\n\n{}\n",
        page("AAAAAA"),
        page("BBBBBB"),
        page("CCCCCC"),
        page("AAAAAA"),
    ));
    assert_eq!(draft.talks[0].code.as_deref(), Some("AAAAAA"));
    let [problem] = problems.as_slice() else {
        panic!("{problems:?}")
    };
    assert_eq!(
        (problem.severity, problem.place.line),
        (Severity::Warning, Some(9))
    );
    assert_eq!(
        problem.message,
        "two talk links in one section: is a heading missing?"
    );
}

#[test]
fn speakers_and_pictures_may_stand_before_the_abstract() {
    let draft = talk(
        "Ada Lovelace & Alan Turing\n\n![Ada](https://example.org/ada.png)\n\n> About engines.",
    );
    assert_eq!(summary(&draft, 0), "About engines.");
    assert!(draft.talks[0].speakers.is_empty());
    let linked = talk("Ada Lovelace\n\n<https://example.org/talks/engines/>\n\n> About engines.");
    assert_eq!(
        linked.talks[0].url.as_deref(),
        Some("https://example.org/talks/engines/")
    );
    assert_eq!(
        (summary(&linked, 0), notes(&linked, 0)),
        ("About engines.", "Ada Lovelace")
    );
}

#[test]
fn the_code_of_a_talk_comes_from_its_pretalx_page() {
    for link in [
        "<https://pretalx.com/c-2030/talk/3HKZTJ/>",
        "> About.\n\nhttps://cfp.example.org/c/talk/3hkztj",
        "* Talk page: https://talks.example.org/talk/3HKZTJ.ics",
        "[Abstract](https://pretalx.com/c-2030/talk/3HKZTJ/?lang=en)",
    ] {
        let draft = talk(&format!("<https://github.com/a/b>\n\n{link}\n\nremark"));
        assert_eq!(draft.talks[0].code.as_deref(), Some("3HKZTJ"), "{link}");
        assert!(
            notes(&draft, 0).contains("github.com/a/b")
                && !notes(&draft, 0).to_lowercase().contains("3hkztj"),
            "{link}"
        );
        assert_eq!(draft.talks[0].links.len(), 1, "{link}");
    }
}

#[test]
fn a_talk_page_in_the_middle_of_a_remark_is_another_talks() {
    let draft = talk("Compare https://pretalx.com/c-2030/talk/3HKZTJ/ for more.");
    assert_eq!((&draft.talks[0].code, &draft.talks[0].url), (&None, &None));
    assert_eq!(draft.talks[0].links.len(), 1);
}

#[test]
fn a_link_that_is_no_talk_page_is_only_a_further_link() {
    let draft = talk("<https://github.com/ada/engine>\n\nVery nice.");
    assert_eq!(draft.talks[0].url, None);
    assert_eq!(
        notes(&draft, 0),
        "<https://github.com/ada/engine>\n\nVery nice."
    );
}

#[test]
fn every_link_is_found_once_with_its_name_and_kind() {
    let draft = talk(
        "[Slides](https://example.org/s.pdf), **Repo**: https://github.com/a/b_c. Again <https://github.com/a/b_c>\n\n\
         - Video: https://youtu.be/x\n- ![Pic](https://example.org/p.png) ![rel](img/x.png)\n\n`https://example.org/code`\n\n\
         <https://example.org/unclosed\n\n[ref]: https://example.org/ref \"t\"\n",
    );
    let links: Vec<_> = draft.talks[0]
        .links
        .iter()
        .map(|link| (&*link.url, link.title.as_deref(), link.kind))
        .collect();
    let expected = [
        (
            "https://example.org/s.pdf",
            Some("Slides"),
            LinkKind::Slides,
        ),
        ("https://github.com/a/b_c", Some("Repo"), LinkKind::Related),
        ("https://youtu.be/x", Some("Video"), LinkKind::Recording),
        ("https://example.org/p.png", Some("Pic"), LinkKind::Image),
        ("https://example.org/unclosed", None, LinkKind::Related),
        ("https://example.org/ref", None, LinkKind::Related),
    ];
    assert_eq!(links, expected);
    assert_eq!((count(&draft, "links"), count(&draft, "images")), (5, 2));
    assert!(notes(&draft, 0).contains("![rel](img/x.png)") && notes(&draft, 0).contains("[ref]: "));
}

#[test]
fn what_subscribers_cannot_reach_is_told_with_its_line() {
    let (_, problems) = read(
        "# C 2030\n\n## A\n\n![x](img/x.png)\n\n[notes](./a.md) [mail](mailto:a@b.c)\n\n##B\n",
    );
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let expected = [
        "notes.md:5: note: relative image `img/x.png` cannot be reached by subscribers",
        "notes.md:7: note: relative link `./a.md` cannot be reached by subscribers",
        "notes.md:9: note: `##B` looks like a heading but is none; write `## B` with a space",
    ];
    assert_eq!(told, expected);
}

#[test]
fn nested_lists_and_headings_stay_in_the_notes_as_they_are() {
    let body =
        "### Part `one`\n\n* a\n  * b\n    1. c\n\n\ttab\n\n***\n\n#### Part two\nright below";
    assert_eq!(notes(&talk(body), 0), body);
}

#[test]
fn a_time_beside_a_title_is_read_only_on_a_known_day() {
    let with_day = draft(
        "# C 2030\n\n## Day 1\n\n## Ask us anything 11:00-11:30\n\n## Demo\n\n1pm - 1:30pm\n",
    );
    let slot = &with_day.talks[0].slots[0];
    assert_eq!(titles(&with_day), ["Ask us anything", "Demo"]);
    assert!(matches!(
        (slot.start, slot.end),
        (Some(Clock::Time(_)), Some(End::At(Clock::Time(_))))
    ));
    assert!(with_day.talks[1].slots[0].start.is_some());
    let without = draft("# C 2030\n\n## Ask us anything 11:00-11:30\n\n## Demo\n");
    assert_eq!(titles(&without), ["Ask us anything 11:00-11:30", "Demo"]);
}

/// Title, times and room of every talk with a slot.
fn timetable(draft: &Draft) -> Vec<String> {
    let line = |talk: &crate::source::DraftTalk| {
        let slot = talk.slots.first()?;
        let (Some(Clock::Time(start)), Some(End::At(Clock::Time(end)))) = (slot.start, slot.end)
        else {
            return Some(talk.title.to_string());
        };
        let room = slot.room.as_deref().unwrap_or_default();
        let (start, end) = (start.format("%H:%M"), end.format("%H:%M"));
        Some(
            format!("{} {start}-{end} {room}", talk.title)
                .trim()
                .to_owned(),
        )
    };
    draft.talks.iter().filter_map(line).collect()
}

#[test]
fn clear_times_and_rooms_in_headings_are_read_into_the_slot() {
    let ama = "AMA with Brett Cannon";
    for (heading, expected) in [
        (
            format!("{ama} 11:00-11:30 PST"),
            format!("{ama} 11:00-11:30"),
        ),
        (
            format!("{ama} 11:00-11:30 (MS booth)"),
            format!("{ama} 11:00-11:30 MS booth"),
        ),
        (
            format!("{ama}, MS booth 11:00-11:30"),
            format!("{ama} 11:00-11:30 MS booth"),
        ),
        (
            "IntelliCode demo @ MS booth, 1:00-1:30pm".to_owned(),
            "IntelliCode demo 13:00-13:30 MS booth".to_owned(),
        ),
        (
            "4-5pm What's new with Python in VS Code".to_owned(),
            "What's new with Python in VS Code 16:00-17:00".to_owned(),
        ),
        (format!("11:00–11:30 – {ama}"), format!("{ama} 11:00-11:30")),
        (
            format!("{ama} (11:00am - 11:30am)"),
            format!("{ama} 11:00-11:30"),
        ),
        ("9:00am Bar".to_owned(), "9:00am Bar".to_owned()),
    ] {
        let draft = draft(&format!("# C 2030\n\n## {heading}\n\n## END OF DAY 1\n"));
        assert_eq!(timetable(&draft), [expected], "{heading}");
    }
}

#[test]
fn a_zone_after_a_time_is_told_and_needs_a_known_day() {
    let (_, problems) = read("# C 2030\n\n## AMA 11:00-11:30 PST\n\n## END OF DAY 1\n");
    assert_eq!(
        problems[0].to_string(),
        "notes.md:3: note: “PST” is not interpreted: times are read in the conference's time zone"
    );
    let (draft, problems) = read("# C 2030\n\n## AMA 11:00-11:30 PST\n\n## B\n");
    assert_eq!(titles(&draft), ["AMA 11:00-11:30 PST", "B"]);
    assert_eq!(problems, []);
}

#[test]
fn items_of_a_stand_with_clear_times_are_talks_there() {
    let (draft, problems) = read(
        "# C 2030\n\n## A\n\n---\n\n## MS Booth\n\nFree socks.\n\n\
         - 11:00-11:30 AMA with Brett\n  Cannon\n  - funny\n\
         - IntelliCode, 11:00am–11:30am <https://example.org/i>\n- stickers\n\n\
         ### What's new 12:00-12:30\n\n> New things.\n\n### Impressions\n\nNice.\n\n---\n\n## END OF DAY 1\n",
    );
    let expected = [
        "A",
        "AMA with Brett Cannon 11:00-11:30 MS Booth",
        "IntelliCode 11:00-11:30 MS Booth",
        "What's new 12:00-12:30 MS Booth",
    ];
    assert_eq!(timetable(&draft), expected);
    assert_eq!(notes(&draft, 1), "- funny");
    assert_eq!(draft.talks[2].links[0].url.path(), "/i");
    assert_eq!(summary(&draft, 3), "New things.");
    assert_eq!(
        draft.notes.as_deref(),
        Some("## MS Booth\n\nFree socks.\n\n- stickers\n\n### Impressions\n\nNice.")
    );
    assert_eq!(
        problems[0].to_string(),
        "notes.md:7: note: 3 items with times below “MS Booth” read as talks there"
    );
}

#[test]
fn a_stand_with_an_unclear_time_or_on_an_unknown_day_is_kept_as_notes() {
    for (items, end) in [
        ("- 11:00-11:30 AMA\n- Demo 1:00-1:30", "## END OF DAY 1"),
        (
            "- 11:00-11:30 AMA\n\n### Sunday\n\n- 11:00-11:30 Demo",
            "## END OF DAY 1",
        ),
        ("- AMA\n- Demo", "## END OF DAY 1"),
        ("- 11:00-11:30 AMA\n- Demo 13:00-13:30", "## Last talk"),
    ] {
        let draft = draft(&format!(
            "# C 2030\n\n## A\n\n## Expo hall\n\n{items}\n\n{end}\n"
        ));
        assert!(!titles(&draft).contains(&"AMA"), "{items}");
        let notes = draft.notes.as_deref().unwrap_or_default();
        assert_eq!(notes, format!("## Expo hall\n\n{items}"));
    }
}

#[test]
fn a_cancelled_talk_has_a_clean_title() {
    for heading in [
        "CANCELLED: Foo",
        "Foo (cancelled)",
        "~~Foo~~",
        "~~**Foo**~~",
    ] {
        let draft = draft(&format!("# C 2030\n\n## {heading}\n\ntext\n\n## B\n"));
        assert_eq!(titles(&draft), ["Foo", "B"], "{heading}");
        let states: Vec<_> = draft.talks.iter().map(|talk| talk.state).collect();
        assert_eq!(states, [Some(State::Cancelled), None], "{heading}");
    }
}

#[test]
fn a_break_is_one_with_and_without_a_time() {
    for heading in [
        "Lunch 12:00-13:00",
        "Break",
        "Coffee",
        "Coffee break",
        "Lunch break",
    ] {
        for end in ["## END OF DAY 1", "## B"] {
            let draft = draft(&format!("# C 2030\n\n## A\n\n## {heading}\n\n{end}\n"));
            assert_eq!(draft.talks[1].kind, Some(Kind::Break), "{heading}");
        }
    }
}

#[test]
fn a_weekday_below_a_day_names_the_same_day_and_the_next_weekday_the_next() {
    for text in [
        "# Day 1\n\n# Saturday\n\n## A\n\n# Day 2\n\n# Sunday\n\n## B\n",
        "# Day 1\n\n## Saturday\n\n### A\n\n# Day 2\n\n## Sunday\n\n### B\n",
        "# Day 1\n\n## A\n\n# Day 2\n\n# Sunday\n\n## B\n",
        "# Day 1 - Saturday\n\n## A\n\n# Sunday\n\n## B\n",
        "# Saturday\n\n## A\n\n## END OF DAY 1\n\n# Sunday\n\n## B\n",
        "# Day 1\n\n# Saturday\n\n## A\n\n# Sunday\n\n## B\n",
    ] {
        let draft = draft(text);
        assert_eq!(
            (titles(&draft), numbers(&draft)),
            (vec!["A", "B"], vec![1, 2]),
            "{text}"
        );
    }
    let empty = draft("# C 2030\n\n# Day 1 - Saturday\n\n# Sunday\n\n## B\n");
    assert_eq!(numbers(&empty), [2]);
    let dated = draft("# 2030-05-04\n\n## A\n\n# Sunday\n\n## B\n");
    let date = |day| chrono::NaiveDate::from_ymd_opt(2030, 5, day).map(DayRef::Date);
    assert_eq!(days(&dated), [date(4), date(5)]);
}

#[test]
fn marks_of_days_are_counted_sensibly_and_contradictions_told() {
    let check = |marks: [&str; 3], expected: [usize; 3], lines: &[u32]| {
        let [first, second, third] = marks;
        let (draft, problems) = read(&format!(
            "# C 2030\n\n## A\n\n## {first}\n\n## B\n\n## {second}\n\n## Keynote: C\n\n> x\n\n## {third}\n"
        ));
        assert_eq!(numbers(&draft), expected, "{marks:?}");
        let warned: Vec<u32> = problems
            .iter()
            .filter(|problem| problem.severity == Severity::Warning)
            .filter_map(|problem| problem.place.line)
            .collect();
        assert_eq!(warned, lines, "{marks:?}");
    };
    let end = ["END OF DAY", "END OF DAY 1", "END OF DAY 2", "END OF DAY 3"];
    check([end[1], end[2], end[3]], [1, 2, 3], &[]);
    check([end[0], end[0], end[0]], [1, 2, 3], &[]);
    check([end[1], end[0], end[3]], [1, 2, 3], &[]);
    check([end[1], end[1], end[2]], [1, 2, 3], &[9, 15]);
    check([end[1], end[2], end[1]], [1, 2, 3], &[15]);
    check([end[2], end[3], end[0]], [2, 3, 4], &[5]);
    check(["Day 1", "Day 2", end[1]], [0, 1, 2], &[15]);
}

#[test]
fn a_mark_that_is_there_twice_ends_one_day() {
    let (draft, problems) =
        read("# C 2030\n\n## A\n\n## END OF DAY 1\n\nEND OF DAY 1\n\n## B\n\n## END OF DAY 2\n");
    assert_eq!(numbers(&draft), [1, 2]);
    assert_eq!(
        problems[0].to_string(),
        "notes.md:7: warning: day 1 has ended already; remove one of the two marks"
    );
}

#[test]
fn footnotes_stay_in_the_notes_and_none_is_lost_as_a_link() {
    let (draft, problems) = read(
        "# C 2030\n\n## A\n\nOne[^1], two[^2] and three[^n].\n\n[^1]: word\n[^2]: several words\n\n[^n]: <https://example.org/n>\n\n## B\n",
    );
    assert_eq!(
        notes(&draft, 0),
        "One[^1], two[^2] and three[^n].\n\n\\[^1]: word\n[^2]: several words\n\n\\[^n]: <https://example.org/n>"
    );
    assert_eq!(draft.talks[0].links.len(), 1);
    assert_eq!(problems, []);
}

#[test]
fn a_timetable_in_a_section_or_the_introduction_is_no_talk() {
    let table = "- Ask us anything 11:00-11:30\n- A demo 13:00-13:30\n";
    let draft = draft(&format!(
        "# C 2030\n\nAt the stand:\n\n{table}\n## MS Booth\n\n{table}\n## By the door\n\n{table}\n## A\n\n## B\n"
    ));
    assert_eq!(titles(&draft), ["A", "B"]);
    assert_eq!(
        draft
            .notes
            .as_deref()
            .map(|notes| notes.matches("Ask us").count()),
        Some(3)
    );
}

#[test]
fn an_aside_with_a_talk_page_is_a_talk() {
    let page = "<https://pretalx.com/c/talk/CCCCCC/>";
    let draft = draft(&format!(
        "# C 2030\n\n## A\n\n## Summary\n\n{page}\n\n## Resources\n\n- <https://pretalx.com/c/talk/DDDDDD/>\n\n## Links\n\n{page} was nice\n"
    ));
    assert_eq!(titles(&draft), ["A", "Summary"]);
}

#[test]
fn a_table_of_contents_is_left_out_and_told() {
    let (draft, problems) = read(
        "# C 2030\n\n<!-- toc -->\n\n- [A](#a)\n  - [x](#x)\n- [B](#b)\n\n<!-- tocstop -->\n\n## A\n\n### x\n\n## B\n",
    );
    assert_eq!(titles(&draft), ["A", "B"]);
    assert_eq!(draft.notes, None);
    assert_eq!(
        problems[0].to_string(),
        "notes.md:5: note: table of contents with 3 entries left out"
    );
}

#[test]
fn several_first_level_headings_are_talks() {
    let draft =
        draft("# A\n\nby [Ada Lovelace](https://example.org/)\n\n## part\n\n# B\n\n* text\n");
    assert_eq!(titles(&draft), ["A", "B"]);
    assert_eq!(draft.name, None);
    assert_eq!(&*draft.talks[0].speakers[0], "Ada Lovelace");
}

#[test]
fn first_level_headings_may_group_talks_with_abstracts() {
    let draft =
        draft("# ExampleConf - Day 1\n\n## A\n\n> x\n\n# ExampleConf - Day 2\n\n## B\n\n> x\n");
    assert_eq!(
        (titles(&draft), numbers(&draft)),
        (vec!["A", "B"], vec![1, 2])
    );
}

#[test]
fn a_list_of_linked_titles_below_sessions_is_a_list_of_talks() {
    let draft = draft(
        "# C 2030\n\n## Workshops (3 h)\n\n* [A](a.md)\n* [B](https://example.org/b) -- good\n\n## Other:\n\n* [C](c.md)\n",
    );
    assert_eq!(titles(&draft), ["A", "B"]);
    assert_eq!(draft.talks[0].kind, Some(Kind::Workshop));
    assert_eq!(
        (notes(&draft, 1), draft.talks[1].url.as_deref()),
        ("good", Some("https://example.org/b"))
    );
}

#[test]
fn the_notes_of_a_single_talk_are_one_talk() {
    for text in [
        "# Engines\n\n## First\n\ntext\n\n## Second\n",
        "title: \"Engines\"\n\n### First\n\ntext\n",
        "---\ntitle: Engines\ntags: x\n---\n\n## First\n\ntext\n",
    ] {
        let draft = draft(text);
        assert_eq!(titles(&draft), ["Engines"], "{text}");
        assert_eq!(draft.name, None);
        assert!(notes(&draft, 0).contains("First\n\ntext"), "{text}");
    }
}

#[test]
fn the_first_version_of_notes_has_no_talk_yet() {
    let (draft, problems) =
        read("# ExampleConf 2030\n\nSchedule: <https://example.org/schedule/>\n");
    assert_eq!(draft.talks.len(), 0);
    assert_eq!(problems[0].severity, Severity::Warning);
}

#[test]
fn a_title_keeps_its_quotes_and_loses_its_markup() {
    let draft = draft(
        "# C 2030\n\n## Python’s “tale” of `Vec<T>` and *Vec<T>*\n\n## \"A title\" by Ada Lovelace\n",
    );
    assert_eq!(
        titles(&draft),
        ["Python’s “tale” of Vec<T> and Vec<T>", "A title"]
    );
    assert_eq!(&*draft.talks[1].speakers[0], "Ada Lovelace");
}

#[test]
fn notes_are_known_by_name_or_by_a_heading() {
    let detect = SOURCE.detect;
    assert!(detect("notes.MD", b"anything"));
    assert!(detect("notes", b"\xEF\xBB\xBF# Title\n"));
    assert!(detect("notes.txt", b"<!-- toc -->\n\nTitle\n=====\n"));
    for (name, text) in [
        ("conference.toml", "# c\n"),
        ("x", "<a>\n# b\n"),
        ("x", "[{\n# b\n"),
        ("x", "BEGIN:VCALENDAR\n# b\n"),
        ("x", "plain"),
        ("x", "#tag"),
    ] {
        assert!(!detect(name, text.as_bytes()), "{name} {text}");
    }
}

#[test]
fn questions_at_the_first_level_end_the_notes_of_a_talk() {
    let draft = draft(
        "# Digests - Ada Lovelace\n\n## Why\n\ntext\n\n## How far\n\n> so far\n\n## End\n\n# Questions\n\n- why?\n",
    );
    assert_eq!(titles(&draft), ["Digests - Ada Lovelace"]);
}

#[test]
fn a_first_level_heading_may_be_a_day_or_a_group() {
    let day = draft("# 20300503\n\n## Keynote: A\n\n### People\n\n## B\n\n### People\n");
    assert_eq!(
        (titles(&day), day.name.as_deref()),
        (vec!["Keynote: A", "B"], None)
    );
    assert!(
        days(&day)
            .iter()
            .all(|day| matches!(day, Some(DayRef::Date(_))))
    );
    let group =
        draft("# Presentations\n\n## A\nAda Lovelace\n\n## Lightning talks\n\n### x\n\n## Lunch\n");
    assert_eq!(titles(&group), ["A", "Lightning talks", "Lunch"]);
    assert_eq!(
        group.talks.iter().map(|talk| talk.kind).collect::<Vec<_>>(),
        [None, Some(Kind::Lightning), Some(Kind::Break)]
    );
    assert_eq!(group.name, None);
}

#[test]
fn weekdays_with_dates_open_days() {
    let draft = draft(
        "# ExampleConf 2030\n\n## 06.11. - Wednesday\n\n### Keynote\n\n### A\n\n## 07.11. - Thursday\n\n### Keynote\n",
    );
    assert_eq!(
        (titles(&draft), numbers(&draft)),
        (vec!["Keynote", "A", "Keynote"], vec![1, 1, 2])
    );
}

/// What is written in a file and what was read from it.
struct Expected {
    file: &'static str,
    talks: usize,
    days: usize,
    abstracts: usize,
    links: usize,
    first: &'static str,
    last: &'static str,
}

const REAL_FILES: [Expected; 10] = [
    Expected {
        file: "seeds/pycascades-2022-notes.md",
        talks: 11,
        days: 1,
        abstracts: 11,
        links: 13,
        first: "Welcome to Pycascades 2022",
        last: "Closing Remarks Day 1",
    },
    Expected {
        file: "data/notes/pzelnip-pycascades2021.md",
        talks: 10,
        days: 0,
        abstracts: 0,
        links: 19,
        first: "Core Python Devs On How COVID Has Changed Core Python Development",
        last: "Closing Remarks",
    },
    Expected {
        file: "data/notes/jameslamb-2021.md",
        talks: 28,
        days: 2,
        abstracts: 0,
        links: 5,
        first: "Rethinking Feature Stores with Feast and Tecton",
        last: "Feature Stores at Spotify: Building & Scaling a Centralized Platform",
    },
    Expected {
        file: "data/notes/jameslamb-AEA_2016.md",
        talks: 1,
        days: 1,
        abstracts: 0,
        links: 2,
        first: "Keynote: Anthony Goldbloom",
        last: "Keynote: Anthony Goldbloom",
    },
    Expected {
        file: "data/notes/karlhorky-ViennaJS-2014-02-26.md",
        talks: 2,
        days: 0,
        abstracts: 0,
        links: 2,
        first: "Polyglot programming in JS: how to build large frontend apps by thinking like a backend developer",
        last: "Optimizing Backbone Apps with r.js",
    },
    Expected {
        file: "data/notes/lastcoolnameleft-oscon-2016-README.md",
        talks: 15,
        days: 0,
        abstracts: 0,
        links: 1,
        first: "Three Functional Languages Haskell, Scala, Clojure",
        last: "A data-streaming architecture with Apache Flink",
    },
    Expected {
        file: "data/notes/lastcoolnameleft-KubeCon-2017-Day-1-keynote.md",
        talks: 12,
        days: 0,
        abstracts: 0,
        links: 0,
        first: "Dan Kohn - Exec Dir - CNCF",
        last: "Adrian Cockcroft - VP Cloud Arch Strag, AWS",
    },
    Expected {
        file: "data/notes/menglewis-pycon2014-push-notifications.md",
        talks: 1,
        days: 0,
        abstracts: 0,
        links: 1,
        first: "REST is not enough: Using Push Notifications to better support your mobile clients",
        last: "REST is not enough: Using Push Notifications to better support your mobile clients",
    },
    Expected {
        file: "data/notes/daneah-2015-github-universe-pixar.md",
        talks: 1,
        days: 0,
        abstracts: 0,
        links: 0,
        first: "Pixar",
        last: "Pixar",
    },
    Expected {
        file: "data/notes/daneah-2018-djangocon-us-README.md",
        talks: 11,
        days: 0,
        abstracts: 0,
        links: 16,
        first: "BDD Testing for Django Apps",
        last: "What's in a name? Your guide to the whacky world of DNS",
    },
];

/// The text of a real file, where the real files are at hand.
fn real_file(file: &str) -> Option<Vec<u8>> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared"));
    std::fs::read(folder.join(file)).ok()
}

#[test]
fn real_notes_are_read_as_a_person_reads_them() {
    for expected in &REAL_FILES {
        let Some(bytes) = real_file(expected.file) else {
            continue;
        };
        let (draft, _) = read_bytes(expected.file, &bytes).expect("notes");
        let found = titles(&draft);
        assert_eq!(
            (found[0], found[found.len() - 1]),
            (expected.first, expected.last)
        );
        let counts = ["talks", "days", "abstracts", "links"].map(|what| count(&draft, what));
        assert_eq!(
            counts,
            [
                expected.talks,
                expected.days,
                expected.abstracts,
                expected.links
            ],
            "{}",
            expected.file
        );
    }
}

#[test]
fn the_codes_of_real_notes_are_read() {
    let Some(bytes) = real_file(REAL_FILES[0].file) else {
        return;
    };
    let (draft, problems) = read_bytes("notes.md", &bytes).expect("notes");
    let codes: Vec<&str> = draft
        .talks
        .iter()
        .filter_map(|talk| talk.code.as_deref())
        .collect();
    let expected = [
        "MVLLML", "3HKZTJ", "CZRPCJ", "WEYYJG", "ESCJLQ", "RF3L8D", "9KJWWL", "YLBZLQ", "FP87MV",
        "UVFAMG", "8YFUUC",
    ];
    assert_eq!(codes, expected);
    assert_eq!(notes(&draft, 0), "<https://photobooth.pycascades.com/>");
    assert_eq!(problems, []);
}

/// Every word that a reader of the result can find, and of the messages about what was left out.
fn words_of(draft: &Draft, problems: &[Problem]) -> HashSet<String> {
    let mut text: Vec<String> = problems.iter().map(ToString::to_string).collect();
    text.extend(
        [&draft.name, &draft.venue]
            .into_iter()
            .flatten()
            .map(ToString::to_string),
    );
    text.extend(draft.url.as_ref().map(ToString::to_string));
    text.extend(draft.notes.as_ref().map(ToString::to_string));
    let links = draft
        .links
        .iter()
        .chain(draft.talks.iter().flat_map(|talk| &talk.links));
    for link in links {
        text.push(link.url.to_string());
        text.extend(link.title.as_ref().map(ToString::to_string));
    }
    for talk in &draft.talks {
        text.push(talk.title.to_string());
        text.extend(talk.speakers.iter().map(ToString::to_string));
        text.extend(talk.url.as_ref().map(ToString::to_string));
        text.extend(
            [&talk.summary, &talk.notes]
                .into_iter()
                .flatten()
                .map(ToString::to_string),
        );
    }
    text.iter().flat_map(|text| words(text)).collect()
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|character: char| !character.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// The words of notes that are neither in the draft nor in a message.
fn lost_words(text: &str) -> Vec<String> {
    // Labels of what has found a place of its own, marks of days, enumerators.
    const DROPPED: [&str; 8] = [
        "abstract", "by", "day", "end", "link", "location", "of", "title",
    ];
    let (draft, problems) = read(text);
    let kept = words_of(&draft, &problems);
    let lines = text.lines().filter(|line| !line.contains("](#"));
    let is_lost =
        |word: &String| word.len() > 1 && !kept.contains(word) && !DROPPED.contains(&word.as_str());
    lines.flat_map(words).filter(is_lost).collect()
}

#[test]
fn nothing_in_real_notes_is_lost() {
    for Expected { file, .. } in &REAL_FILES {
        let Some(bytes) = real_file(file) else {
            continue;
        };
        assert_eq!(
            lost_words(&String::from_utf8_lossy(&bytes)),
            Vec::<String>::new(),
            "{file}"
        );
    }
}

#[test]
fn nothing_in_half_of_real_notes_is_lost() {
    for Expected { file, .. } in &REAL_FILES {
        let Some(bytes) = real_file(file) else {
            continue;
        };
        let text = String::from_utf8_lossy(&bytes);
        let lines: Vec<&str> = text.lines().collect();
        for cut in (0..lines.len()).step_by(13) {
            let (upper, lower) = (lines[..cut].join("\n"), lines[cut..].join("\n"));
            assert_eq!(
                lost_words(&upper),
                Vec::<String>::new(),
                "{file} up to line {cut}"
            );
            assert_eq!(
                lost_words(&lower),
                Vec::<String>::new(),
                "{file} from line {cut}"
            );
        }
    }
}

/// Pieces of notes that touch every rule.
const PIECES: [&str; 54] = [
    "# ",
    "## ",
    "### ",
    "END OF DAY 1",
    "Day 2",
    "Saturday",
    "2030-02-06",
    "Talks",
    "Misc Links",
    "A title",
    "\n",
    "\n\n",
    "\r\n",
    "---",
    "===",
    "> ",
    ">text",
    "- ",
    "1. ",
    "    ",
    "\t",
    "```",
    "~~~",
    "<!--",
    "-->",
    "<https://pretalx.com/c/talk/ABCDEF/>",
    "https://example.org/a_(b)",
    "[a](#a)",
    "[a](b.md)",
    "![i](img/x.png)",
    "[x]: https://example.org",
    "[",
    "](",
    "speaker: ",
    "by ",
    "Ada Lovelace",
    "“",
    "’",
    "é",
    "\u{FEFF}",
    "\0",
    "**",
    "__",
    "11:00-11:30 ",
    " PST",
    " (MS booth)",
    "MS Booth: ",
    "~~",
    "[^1]",
    "[^1]: x",
    "Date: May 3-5, 2030",
    "title: x",
    "<div>",
    "\\",
];

proptest! {
    #[test]
    fn no_text_is_too_odd(text in any::<String>()) {
        let _ = read_bytes("notes.md", text.as_bytes());
    }

    #[test]
    fn no_bytes_are_too_odd(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = (SOURCE.detect)("notes", &bytes);
        let _ = read_bytes("notes.md", &bytes);
    }

    #[test]
    fn no_notes_are_too_odd_and_no_talk_is_without_title(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60)) {
        let text = pieces.concat();
        // A panic of the parser would come back as an error: only the odd bytes may be one here.
        if let Ok((draft, _)) = read_bytes("notes.md", text.as_bytes()) {
            prop_assert!(draft.talks.iter().all(|talk| !talk.title.is_empty()));
        } else {
            prop_assert!(text.contains('\0'), "{text:?}");
        }
    }
}
