//! What a heading is from its words alone: a talk's title, the begin or the end of a day, or a
//! heading for whatever belongs to no talk.

use super::day::{DayName, day_end, day_start};
use crate::model::Kind;

/// What the words of a heading say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Words {
    /// Nothing in particular: a talk's title, most likely.
    Title,
    /// "Day 2", "Saturday, February 5".
    DayStart(DayName),
    /// "END OF DAY 1", with its number where it has one.
    DayEnd(Option<usize>),
    /// "Talks", "Lightning talks": talks stand below it.
    Group(Option<Kind>),
    /// "Misc links", "Takeaways": no talk, unless what stands below says otherwise.
    Aside,
}

/// Headings that stand over no talk.
const ASIDES: &str = "\
    about, about the conference, acknowledgements, acknowledgments, action items, agenda, \
    appendix, attendees, background, book recommendations, bookmarks, books, booths, \
    conference details, conference info, conference notes, contents, contributing, credits, \
    details, feedback, final thoughts, follow up, follow ups, following up, footnotes, \
    full schedule, further reading, general, general impressions, general info, \
    general notes, general thoughts, glossary, hallway, hallway track, highlights, homework, \
    ideas, images, impressions, index, info, information, journal, key takeaways, legend, \
    licence, license, links, location, logistics, main takeaways, misc, miscellaneous, more, \
    my notes, my schedule, my thoughts, next steps, notes, notes on the conference, other, \
    other notes, other talks, others, overall, overview, people, people to follow, photos, \
    pictures, program, programme, quotes, random, random notes, random thoughts, \
    reading list, recap, recommendations, recordings, references, reflections, resources, \
    schedule, see also, session notes, slides, speaker notes, sponsors, stuff, summary, swag, \
    table of contents, takeaways, thoughts, tips, to do, to dos, toc, todo, todos, tools, \
    travel, useful, venue, videos, vocabulary, who i met, wifi, words";

/// Beginnings and endings that give such a heading away, where it is short.
const ASIDE_BEGINNINGS: [&str; 3] = ["links from ", "notes on the conference", "talks i "];
const ASIDE_NOUNS: [&str; 5] = [
    " links",
    " resources",
    " takeaways",
    " sponsors",
    " schedule",
];
const ASIDE_VERBS: &str = "\
    check out, explore, follow up, google, investigate, look up, read, research, try, watch";

/// Asides that may as well stand over the talks themselves.
const CONTAINERS: [&str; 9] = [
    "agenda",
    "my notes",
    "notes",
    "program",
    "programme",
    "recordings",
    "schedule",
    "session notes",
    "speaker notes",
];

/// A heading that is longer has something of its own to say.
const LONGEST_MARK: usize = 120;

/// Reads the words of a heading.
pub(super) fn words_of(title: &str) -> Words {
    if title.len() > LONGEST_MARK {
        return Words::Title;
    }
    let words = plain_words(title);
    let line = words.join(" ");
    if let Some(number) = day_end(&words) {
        return Words::DayEnd(number);
    }
    if let Some(name) = day_start(title, &words) {
        return Words::DayStart(name);
    }
    if let Some(kind) = group(title) {
        return Words::Group(kind);
    }
    let listed = |list: &str, word: &str| list.split(", ").any(|known| known == word);
    let is_to_do = || {
        line.split_once(" to ")
            .is_some_and(|(_, verb)| listed(ASIDE_VERBS, verb))
    };
    let is_aside = listed(ASIDES, &line)
        || ASIDE_BEGINNINGS
            .iter()
            .any(|beginning| line.starts_with(beginning))
        || words.len() <= 3 && ASIDE_NOUNS.iter().any(|ending| line.ends_with(ending))
        || words.len() <= 5 && is_to_do()
        || is_stand(title);
    if is_aside { Words::Aside } else { Words::Title }
}

/// Whether a heading is that of a sponsor's stand, which has a programme of its own.
pub(super) fn is_stand(title: &str) -> bool {
    const HALLS: [&str; 9] = [
        "exhibit hall",
        "exhibition",
        "exhibition hall",
        "exhibitor hall",
        "exhibitors",
        "expo",
        "expo hall",
        "sponsor hall",
        "vendor hall",
    ];
    let words = plain_words(title);
    let has_booth = words.iter().any(|word| word == "booth" || word == "booths");
    words.len() <= 4 && has_booth || HALLS.contains(&words.join(" ").as_str())
}

/// Whether a heading may stand over all the talks.
pub(super) fn is_container(title: &str) -> bool {
    CONTAINERS.contains(&plain_words(title).join(" ").as_str()) || group(title).is_some()
}

/// Whether a title names a conference rather than a talk.
pub(super) fn names_a_conference(title: &str) -> bool {
    const ENDINGS: [&str; 14] = [
        "camp",
        "cascades",
        "con",
        "conf",
        "conference",
        "congress",
        "days",
        "fest",
        "fosdem",
        "meetup",
        "meeting",
        "summit",
        "symposium",
        "universe",
    ];
    let words = plain_words(title);
    words.iter().any(|word| {
        let is_year = word.len() == 4
            && word.starts_with(['1', '2'])
            && word
                .parse::<u16>()
                .is_ok_and(|year| (1980..2100).contains(&year));
        let name = word.trim_end_matches(|character: char| character.is_ascii_digit());
        is_year || ENDINGS.iter().any(|ending| name.ends_with(ending))
    })
}

/// Whether a heading is one that the notes of a single talk have.
pub(super) fn is_part_of_a_talk(title: &str) -> bool {
    const PARTS: [&str; 22] = [
        "abstract",
        "background",
        "challenges",
        "conclusion",
        "conclusions",
        "demo",
        "example",
        "examples",
        "faq",
        "how",
        "intro",
        "introduction",
        "motivation",
        "problem",
        "q a",
        "qa",
        "questions",
        "solution",
        "the problem",
        "the solution",
        "what",
        "why",
    ];
    PARTS.contains(&plain_words(title).join(" ").as_str())
}

/// The kind that a title tells.
pub(super) fn kind(title: &str) -> Option<Kind> {
    const BREAKS: [&str; 10] = [
        "afternoon break",
        "break",
        "breakfast",
        "coffee",
        "coffee break",
        "dinner",
        "lunch",
        "lunch break",
        "morning break",
        "tea break",
    ];
    let words = plain_words(title);
    let line = words.join(" ");
    if BREAKS.contains(&line.as_str()) {
        return Some(Kind::Break);
    }
    match (
        words.first().map(String::as_str)?,
        words.get(1).map(String::as_str),
    ) {
        ("keynote" | "keynotes", _) => Some(Kind::Keynote),
        ("workshop" | "workshops" | "tutorial" | "tutorials", _) => Some(Kind::Workshop),
        ("lightning", Some("talk" | "talks")) => Some(Kind::Lightning),
        ("panel", None | Some("discussion")) => Some(Kind::Panel),
        ("panel", Some(_)) if title.trim().as_bytes().get(5) == Some(&b':') => Some(Kind::Panel),
        _ => None,
    }
}

/// The title without an enumerator such as "A. ", "3. " or "3) ".
pub(super) fn without_enumerator(title: &str) -> Option<&str> {
    let (mark, rest) = title.split_once(' ')?;
    let mark = mark.strip_suffix(['.', ')'])?;
    let is_letter =
        mark.len() == 1 && mark.starts_with(|character: char| character.is_ascii_alphabetic());
    let is_number = (1..=2).contains(&mark.len()) && mark.bytes().all(|byte| byte.is_ascii_digit());
    let rest = rest.trim_start();
    ((is_letter || is_number) && !rest.is_empty()).then_some(rest)
}

pub(super) fn plain_words(title: &str) -> Vec<String> {
    let words = title.split(|character: char| {
        !character.is_alphanumeric() && character != '\'' && character != '’'
    });
    words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn group(title: &str) -> Option<Option<Kind>> {
    let name = title.split('(').next().unwrap_or(title);
    Some(match plain_words(name).join(" ").as_str() {
        "tutorials" | "workshops" | "tutorial sessions" => Some(Kind::Workshop),
        "keynotes" => Some(Kind::Keynote),
        "lightning talks" => Some(Kind::Lightning),
        "panels" => Some(Kind::Panel),
        "talks" | "sessions" | "presentations" | "talk notes" | "regular talks"
        | "breakout sessions" | "morning" | "afternoon" | "evening" => None,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn the_end_of_a_day_is_known_by_its_words() {
        for title in [
            "END OF DAY 1",
            "End of day one",
            "Day 1 end",
            "--- End of the first day ---",
            "End of Day 1!",
            "END OF DAY 1 (Saturday)",
        ] {
            assert_eq!(words_of(title), Words::DayEnd(Some(1)), "{title}");
        }
        assert_eq!(words_of("End of day"), Words::DayEnd(None));
    }

    #[test]
    fn the_begin_of_a_day_is_known_by_its_words() {
        for title in [
            "Day 2",
            "DAY TWO",
            "Day 2 - Sunday",
            "Day 2: Sprints",
            "Second day",
            "Day 2 (February 6)",
            "Conference Day 2:",
        ] {
            assert_eq!(
                words_of(title),
                Words::DayStart(DayName::Number(2)),
                "{title}"
            );
        }
        let date = NaiveDate::from_ymd_opt(2022, 2, 6)
            .map(DayName::Date)
            .expect("a date");
        for title in [
            "2022-02-06",
            "Sunday, February 6, 2022",
            "Day 2 - 6 Feb 2022",
            "Day 2 (2022-02-06)",
        ] {
            assert_eq!(words_of(title), Words::DayStart(date.clone()), "{title}");
        }
        assert_eq!(
            words_of("Saturday, February 5"),
            Words::DayStart(DayName::Other("saturday february 5".into()))
        );
    }

    #[test]
    fn a_talk_about_days_is_a_talk() {
        for title in [
            "Closing Remarks Day 1",
            "Opening Remarks Day 2",
            "Day 2 Opening Remarks",
            "The end of days",
            "A day in the life of a parser",
            "Day one of a startup",
            "Saturday Night Fever",
            "End of life",
            "May the source be with you",
            "Sessions in Django",
            "Resources and how to share them",
            "Links between packages",
            "Notes on notes",
            "What’s in a schedule?",
            "How to fix broken links",
            "Things to consider before you deploy",
        ] {
            assert_eq!(words_of(title), Words::Title, "{title}");
        }
    }

    #[test]
    fn a_heading_for_odds_and_ends_is_no_title() {
        for title in [
            "Misc Links",
            "Links:",
            "📝 Notes",
            "Things to Google",
            "Hallway Track",
            "TODO",
            "Table of Contents",
            "MS Booth",
            "Expo hall",
            "Other:",
        ] {
            assert_eq!(words_of(title), Words::Aside, "{title}");
        }
    }

    #[test]
    fn a_kind_is_read_where_it_is_clear() {
        let known = [
            ("Keynote: Clouds", Kind::Keynote),
            ("Workshop - Yarn", Kind::Workshop),
            ("Lightning Talks", Kind::Lightning),
            ("Panel: Maintainers", Kind::Panel),
            ("Coffee break", Kind::Break),
            ("LUNCH", Kind::Break),
        ];
        for (title, expected) in known {
            assert_eq!(kind(title), Some(expected), "{title}");
        }
        for title in [
            "Panel data with pandas",
            "Lunch with Larry",
            "Meet & Greet",
            "Breaking things",
            "Lightning fast code",
        ] {
            assert_eq!(kind(title), None, "{title}");
        }
    }

    #[test]
    fn an_enumerator_is_no_part_of_a_title() {
        assert_eq!(without_enumerator("A. Clouds"), Some("Clouds"));
        assert_eq!(without_enumerator("12) Clouds"), Some("Clouds"));
        assert_eq!(without_enumerator("C++ at home"), None);
        assert_eq!(without_enumerator("Dr. Clouds"), None);
    }
}
