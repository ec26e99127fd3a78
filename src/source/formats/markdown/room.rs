//! Rooms beside a title: "AMA (MS booth)", "AMA @ Hall A", "MS booth: AMA". Only what says so itself.

use super::heading::plain_words;

const ROOM_WORDS: [&str; 6] = ["auditorium", "booth", "hall", "room", "stage", "track"];

/// Longer texts tell something else.
const MOST_WORDS: usize = 5;

/// Whether a text in brackets or after `@` names a room.
pub(super) fn is_named(text: &str) -> bool {
    let words = plain_words(text);
    words.len() <= MOST_WORDS && words.iter().any(|word| ROOM_WORDS.contains(&word.as_str()))
}

/// Whether a text is a room's name and can be nothing else: "MS booth", "Hall A", "Room 5".
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_room = |word: &str| {
        let starts_large = word.starts_with(char::is_uppercase);
        let word = word.to_lowercase();
        ROOM_WORDS.contains(&word.as_str()) && (starts_large || word == "booth")
    };
    let is_number = |word: &str| word.len() <= 3 && word.chars().all(char::is_alphanumeric);
    words.len() <= MOST_WORDS
        && match words.as_slice() {
            [.., last] if is_room(last) => true,
            [.., room, number] => is_room(room) && is_number(number),
            _ => false,
        }
}

/// Whether a text after a title stands beside it: in brackets, or as a room after `@` or a comma.
pub(super) fn is_mark(text: &str) -> bool {
    let is_enclosed = text.starts_with(['(', '[']) && text.ends_with([')', ']']);
    let after = |mark: char| text.strip_prefix(mark).map(str::trim);
    is_enclosed || after('@').is_some_and(is_named) || after(',').is_some_and(is_name)
}

/// Whether a text before a title is a room: "MS booth:".
pub(super) fn is_prefix(text: &str) -> bool {
    text.trim().strip_suffix(':').is_some_and(is_name)
}

/// Parts a room at the end or the beginning from a title.
pub(super) fn part_from_title(title: &str) -> Option<(String, String)> {
    let trailing = title
        .strip_suffix([')', ']'])
        .and_then(|title| title.rsplit_once(['(', '[']))
        .or_else(|| title.rsplit_once('@'))
        .filter(|(_, room)| is_named(room))
        .or_else(|| title.rsplit_once(',').filter(|(_, room)| is_name(room)));
    let leading = || {
        title
            .strip_prefix(['(', '['])
            .and_then(|title| title.split_once([')', ']']))
            .filter(|(room, _)| is_named(room))
            .or_else(|| title.split_once(':').filter(|(room, _)| is_name(room)))
    };
    let (title, room) = trailing.or_else(|| leading().map(|(room, title)| (title, room)))?;
    let is_mark = |character: char| character.is_whitespace() || "-–—|,:@".contains(character);
    let title = title.trim_matches(is_mark);
    (!title.is_empty()).then(|| (title.to_owned(), room.trim_matches(is_mark).to_owned()))
}
