//! Names of speakers in notes. A wrong speaker is worse than none: whatever does not look like a
//! name is left in the notes, where it stands anyway.

use super::document::{BlockKind, Document};
use super::link::without_bullet;
use super::reader::inline_text;
use crate::model::Plain;

/// Speakers are introduced at the beginning.
const BLOCKS_TO_LOOK_AT: usize = 4;

/// Whoever names more people than this writes prose.
const LONGEST_LINE: usize = 500;

/// The speakers that the first blocks of a talk name.
pub(super) fn speakers_of(document: &Document<'_>, blocks: &[usize]) -> Vec<Plain> {
    let early = blocks.iter().take(BLOCKS_TO_LOOK_AT);
    let found = early.map(|block| match &document.blocks[*block].kind {
        BlockKind::Paragraph => in_lines(document.source(*block)),
        BlockKind::List(items) => items
            .iter()
            .map(|item| in_lines(&document.text[item.clone()]))
            .find(|names| !names.is_empty())
            .unwrap_or_default(),
        _ => Vec::new(),
    });
    found
        .into_iter()
        .find(|names| !names.is_empty())
        .unwrap_or_default()
}

/// A title in quotation marks followed by "by" and names.
pub(super) fn part_from_title(title: &str) -> Option<(&str, Vec<Plain>)> {
    let inner = title.strip_prefix(['"', '“'])?;
    let (inner, names) = ["\" by ", "” by ", "\", by ", "” By "]
        .iter()
        .find_map(|mark| inner.rsplit_once(mark))?;
    let names = names_in(names);
    (!inner.trim().is_empty() && !names.is_empty()).then_some((inner.trim(), names))
}

fn in_lines(source: &str) -> Vec<Plain> {
    let mut lines = source.lines();
    let mut is_first = true;
    while let Some(line) = lines.next() {
        let text = inline_text(without_bullet(line));
        let text = text.trim();
        if is_key(text.trim_end_matches(':'), &MANY) {
            return lines.map_while(in_own_line).collect();
        }
        let names = match text.split_once(':') {
            Some((key, value)) if is_key(key, &ONE) => speaker_with_affiliation(value),
            Some((key, value)) if is_key(key, &MANY) => names_in(value),
            // Further down "by" only continues a sentence.
            _ if is_first => strip_by(text).map(names_in).unwrap_or_default(),
            _ => Vec::new(),
        };
        is_first = false;
        if !names.is_empty() {
            return names;
        }
    }
    Vec::new()
}

const ONE: [&str; 2] = ["speaker", "presenter"];
const MANY: [&str; 7] = [
    "panelists",
    "panellists",
    "presenter(s)",
    "presenters",
    "speaker(s)",
    "speakers",
    "talk by",
];

fn is_key(text: &str, keys: &[&str]) -> bool {
    keys.contains(&text.trim().to_lowercase().as_str())
}

fn strip_by(text: &str) -> Option<&str> {
    ["presented by ", "presented by: ", "by ", "by: "]
        .iter()
        .find_map(|mark| {
            let (head, rest) = text.split_at_checked(mark.len())?;
            head.eq_ignore_ascii_case(mark).then_some(rest)
        })
}

/// One person a line: an item of a list below "speakers:".
fn in_own_line(line: &str) -> Option<Plain> {
    let text = inline_text(without_bullet(line));
    let is_item = without_bullet(line).len() < line.trim_start().len();
    let name = without_affiliation(&text);
    (is_item && is_name(name)).then(|| Plain::new(name))
}

/// After "speaker:" a comma introduces an affiliation.
fn speaker_with_affiliation(value: &str) -> Vec<Plain> {
    let names = without_affiliation(value);
    let one_word = || {
        let is_placeholder = [
            "tba", "tbd", "tbc", "unknown", "various", "multiple", "none", "n/a",
        ];
        let starts_large = names.starts_with(char::is_uppercase);
        starts_large
            && names.chars().all(char::is_alphabetic)
            && !is_placeholder.contains(&names.to_lowercase().as_str())
    };
    if one_word() {
        return vec![Plain::new(names)];
    }
    names_in(names)
}

fn without_affiliation(text: &str) -> &str {
    let ends = [
        ",", "(", " @ ", " - ", " – ", " — ", " from ", " at ", " of ",
    ];
    let end = ends.iter().filter_map(|mark| text.find(mark)).min();
    text[..end.unwrap_or(text.len())].trim()
}

/// Names between commas and "and"; as many of the first as look like names.
fn names_in(text: &str) -> Vec<Plain> {
    if text.len() > LONGEST_LINE {
        return Vec::new();
    }
    let mut text = text.trim().trim_end_matches('.').to_owned();
    while let Some(open) = text.find('(') {
        let close = text[open..]
            .find(')')
            .map_or(text.len(), |close| open + close + 1);
        text.replace_range(open..close, "");
    }
    let text = [" and ", " & ", " + ", ";"]
        .iter()
        .fold(text, |text, mark| text.replace(mark, ","));
    let parts = text
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    parts
        .map_while(|part| is_name(part).then(|| Plain::new(part)))
        .collect()
}

/// Two to five words that begin with a capital, or small ones such as "van" between them.
pub(super) fn is_name(text: &str) -> bool {
    const SMALL: [&str; 17] = [
        "al", "bin", "da", "de", "del", "den", "der", "di", "dos", "du", "el", "ibn", "la", "le",
        "ten", "van", "von",
    ];
    const NO_NAMES: [&str; 8] = [
        "a",
        "an",
        "the",
        "team",
        "various",
        "university",
        "inc",
        "labs",
    ];
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_word = |word: &&str| {
        let letters = word
            .chars()
            .filter(|character| character.is_alphabetic())
            .count();
        let is_shout = letters > 1 && word.chars().all(|character| character.is_uppercase());
        let is_plain = word
            .chars()
            .all(|character| character.is_alphabetic() || "-.'’".contains(character));
        let is_large = word.starts_with(char::is_uppercase)
            || word
                .chars()
                .next()
                .is_some_and(|character| character.is_alphabetic() && !character.is_lowercase());
        is_plain
            && letters > 0
            && (is_large || SMALL.contains(word))
            && !is_shout
            && !NO_NAMES.contains(&word.to_lowercase().as_str())
    };
    (2..=5).contains(&words.len()) && text.len() <= 60 && words.iter().all(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: &[&str]) {
        let names = in_lines(source);
        let names: Vec<&str> = names.iter().map(|name| &**name).collect();
        assert_eq!(names, expected);
    }

    #[test]
    fn one_speaker_may_have_an_affiliation() {
        check(
            "* speaker: Ada Lovelace, Analytical Engines",
            &["Ada Lovelace"],
        );
        check(
            "- **Speaker:** Ada Lovelace (Analytical Engines)",
            &["Ada Lovelace"],
        );
        check("Speaker: Prince", &["Prince"]);
    }

    #[test]
    fn several_speakers_are_parted_by_commas() {
        check(
            "speakers: Ada Lovelace, Alan Turing (Bletchley Park)",
            &["Ada Lovelace", "Alan Turing"],
        );
        check(
            "Speaker(s): Ada Lovelace & Ludwig van Beethoven",
            &["Ada Lovelace", "Ludwig van Beethoven"],
        );
        check(
            "* speakers:\n    - Ada Lovelace, Countess\n    - Alan Turing (CTO)\n* more",
            &["Ada Lovelace", "Alan Turing"],
        );
    }

    #[test]
    fn a_line_that_begins_with_by_names_speakers() {
        check("by [Ada Lovelace](https://example.org/)", &["Ada Lovelace"]);
        check(
            "Presented by Ada Lovelace and Alan Turing",
            &["Ada Lovelace", "Alan Turing"],
        );
    }

    #[test]
    fn what_is_no_name_is_no_speaker() {
        check("by the way, this was great", &[]);
        check("by default it is off", &[]);
        check("a language made\nby Ada Lovelace", &[]);
        check("speaker: TBD", &[]);
        check("speakers: Ada Lovelace, Snorkel AI", &["Ada Lovelace"]);
        check("the speaker: nobody you know", &[]);
    }

    #[test]
    fn names_after_a_quoted_title_are_speakers() {
        let (title, names) =
            part_from_title("\"Names\" by Ada Lovelace and Alan Turing").expect("names");
        assert_eq!((title, names.len()), ("Names", 2));
        assert_eq!(part_from_title("\"Quacks\" and other sounds"), None);
        assert_eq!(part_from_title("Stand by Me"), None);
    }
}
