//! The words that tools use, and what they mean in the model.

pub(super) mod language_name;
pub(super) mod length;
pub(super) mod nearest;
pub(super) mod talk_code;
pub(super) mod zone_names;

use crate::model::{Kind, LinkKind, Plain, State, WebUrl};

/// What sort of item a tool's own word says that a talk is: "Lightning Talk (10 min)", "lecture",
/// "Workshop 60 Min", "BREAK".
pub(in crate::source) fn kind(word: &str) -> Kind {
    /// The first of these that a word holds decides, so "lightning talk" stands before "talk".
    const KINDS: [(&[&str], Kind); 7] = [
        (&["keynote", "plenary", "opening", "closing"], Kind::Keynote),
        (
            &["lightning", "short talk", "pecha", "ignite"],
            Kind::Lightning,
        ),
        (
            &[
                "workshop",
                "hands-on",
                "hands on",
                "tutorial",
                "training",
                "hackathon",
                "sprint",
                "masterclass",
            ],
            Kind::Workshop,
        ),
        (
            &[
                "panel",
                "discussion",
                "diskussion",
                "debate",
                "fishbowl",
                "fireside",
            ],
            Kind::Panel,
        ),
        (
            &[
                "break",
                "pause",
                "lunch",
                "coffee",
                "dinner",
                "breakfast",
                "mittag",
            ],
            Kind::Break,
        ),
        (
            &[
                "social",
                "party",
                "concert",
                "konzert",
                "performance",
                "dj set",
                "djset",
                "meetup",
                "meeting",
                "game",
                "gathering",
                "reception",
                "bof",
                "birds of a feather",
                "tour",
                "entertainment",
                "film",
                "theater",
            ],
            Kind::Social,
        ),
        (
            &[
                "talk",
                "lecture",
                "vortrag",
                "presentation",
                "session",
                "devroom",
                "maintrack",
                "main track",
                "podcast",
                "junior",
                "case study",
                "deep dive",
            ],
            Kind::Talk,
        ),
    ];
    let word = word.trim().to_lowercase().replace('_', " ");
    let holds = |names: &&[&str]| names.iter().any(|name| holds_word(&word, name));
    let found = KINDS.iter().find(|(names, _)| holds(names));
    match found {
        Some((_, kind)) => *kind,
        None if word == "other" || word == "meta" => Kind::Other,
        None => Kind::Talk,
    }
}

/// Whether a text holds a word or words as such, or in the plural: "break" is none of "breakout". German
/// puts words before others: a "Kaffeepause" is a "Pause".
fn holds_word(text: &str, word: &str) -> bool {
    const LAST_OF_COMPOUNDS: [&str; 4] = ["diskussion", "konzert", "pause", "vortrag"];
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].strip_prefix('s');
        let after = after.unwrap_or(&text[at + word.len()..]).chars().next();
        let is_end = |end: Option<char>| !end.is_some_and(char::is_alphanumeric);
        (is_end(before) || LAST_OF_COMPOUNDS.contains(&word)) && is_end(after)
    })
}

/// A talk's title without the mark by which FOSDEM and others say that it is cancelled or that it has
/// changed, and the state that the mark stands for.
pub(in crate::source) fn title(raw: &str) -> (Plain, Option<State>) {
    let whole = Plain::new(raw);
    let cancelled = ["CANCELLED", "CANCELED", "ABGESAGT"];
    let changed = ["AMENDMENT", "AMENDED", "RESCHEDULED", "MOVED"];
    let after = |marks: &[&str]| {
        marks.iter().find_map(|mark| {
            let start = whole.strip_prefix(['[', '(']).unwrap_or(&whole);
            let (said, rest) = (start.get(..mark.len())?, start.get(mark.len()..)?);
            let rest = rest.trim_start();
            let end = rest.find(|character: char| !"]):-–—!".contains(character))?;
            // A title may begin with the word: only a mark behind it, or capitals, make it one.
            let has_blank = start.len() > mark.len() + rest.len();
            let stands_out = rest.chars().any(char::is_lowercase);
            let is_mark = (said == *mark && has_blank && stands_out)
                || (said.eq_ignore_ascii_case(mark) && end > 0);
            is_mark.then(|| Plain::new(&rest[end..]))
        })
    };
    if let Some(title) = after(&cancelled).filter(|title| !title.is_empty()) {
        return (title, Some(State::Cancelled));
    }
    match after(&changed).filter(|title| !title.is_empty()) {
        Some(title) => (title, Some(State::Confirmed)),
        None => (whole, None),
    }
}

/// What a calendar's state says (RFC 5545 §3.8.1.11). Whether a proposal is published at all is another
/// question: see `publication`.
pub(in crate::source) fn state(word: &str) -> Option<State> {
    match word.trim().to_ascii_lowercase().as_str() {
        "confirmed" => Some(State::Confirmed),
        "tentative" => Some(State::Tentative),
        "cancelled" | "canceled" => Some(State::Cancelled),
        _ => None,
    }
}

/// The state of a talk by the mark before its title and by what is said of it: each may cancel it.
pub(in crate::source) fn settled(marked: Option<State>, said: Option<State>) -> Option<State> {
    match marked {
        Some(State::Cancelled) => marked,
        _ => said.or(marked),
    }
}

/// What is found at an address, by the tool's word for it, its title and its host.
pub(in crate::source) fn link_kind(
    word: Option<&str>,
    title: Option<&str>,
    url: &WebUrl,
) -> LinkKind {
    const VIDEO_HOSTS: [&str; 7] = [
        "youtube.com",
        "www.youtube.com",
        "m.youtube.com",
        "youtu.be",
        "vimeo.com",
        "media.ccc.de",
        "video.fosdem.org",
    ];
    const SLIDE_HOSTS: [&str; 6] = [
        "speakerdeck.com",
        "slideshare.net",
        "www.slideshare.net",
        "slides.com",
        "slid.es",
        "noti.st",
    ];
    match word.map(str::to_ascii_lowercase).as_deref() {
        Some("slides") => return LinkKind::Slides,
        Some("paper" | "article") => return LinkKind::Paper,
        Some("media" | "video" | "audio" | "recording") => return LinkKind::Recording,
        Some("feedback") => return LinkKind::Feedback,
        Some("image") => return LinkKind::Image,
        _ => {}
    }
    let title = title.unwrap_or_default().trim_start().to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| title.starts_with(word));
    if SLIDE_HOSTS.contains(&url.host())
        || url.path().starts_with("/presentation/d/")
        || says(&["slide", "deck", "folien"])
    {
        LinkKind::Slides
    } else if VIDEO_HOSTS.contains(&url.host())
        || says(&["video", "recording", "youtube", "aufzeichnung"])
    {
        LinkKind::Recording
    } else if url.path().ends_with("/feedback/") || says(&["feedback"]) {
        LinkKind::Feedback
    } else {
        LinkKind::Related
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_real_programmes_have_a_kind() {
        let cases = [
            ("Lightning Talk", Kind::Lightning),
            ("LIGHTNING_TALK", Kind::Lightning),
            ("Talk 40 (30min +10 Q&A)", Kind::Talk),
            ("lecture", Kind::Talk),
            ("HANDS-ON", Kind::Workshop),
            ("Workshop 60 Min", Kind::Workshop),
            ("DJ Set", Kind::Social),
            ("BoF (45 mins)", Kind::Social),
            ("BREAK", Kind::Break),
            ("devroom", Kind::Talk),
            ("Breakout session", Kind::Talk),
            ("Coffee breaks", Kind::Break),
            ("Groundbreaking research", Kind::Talk),
            ("other", Kind::Other),
            ("", Kind::Talk),
        ];
        for (word, expected) in cases {
            assert_eq!(kind(word), expected, "{word}");
        }
    }

    #[test]
    fn a_mark_before_a_title_is_a_state() {
        let read = |raw| {
            let (title, state) = title(raw);
            (title.to_string(), state)
        };
        assert_eq!(
            read("CANCELLED: Rust in space"),
            ("Rust in space".into(), Some(State::Cancelled))
        );
        assert_eq!(
            read("[CANCELED] Rust in space"),
            ("Rust in space".into(), Some(State::Cancelled))
        );
        assert_eq!(
            read("AMENDMENT Rust in space"),
            ("Rust in space".into(), Some(State::Confirmed))
        );
        assert_eq!(
            read("CANCELLED CULTURE IN TECH"),
            ("CANCELLED CULTURE IN TECH".into(), None)
        );
        assert_eq!(
            read("AMENDMENT: Rust in space"),
            ("Rust in space".into(), Some(State::Confirmed))
        );
        assert_eq!(
            read("Cancelled projects and what they taught us"),
            ("Cancelled projects and what they taught us".into(), None)
        );
    }
}
