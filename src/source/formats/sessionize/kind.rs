//! What sort of item a session is.

use crate::model::Kind;
use crate::source::vocabulary;

/// Pauses that Sessionize's organisers put between the talks, by words of their titles.
const PAUSES: [&str; 13] = [
    "break",
    "breakfast",
    "changeover",
    "check",
    "coffee",
    "doors",
    "einlass",
    "kaffee",
    "lunch",
    "mittagessen",
    "registration",
    "registrierung",
    "tea",
];

/// Time that is meant for one another.
const TOGETHER: [&str; 4] = ["afterparty", "drinks", "networking", "party"];

/// What stands beside a session's title.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Flags {
    /// It is the organisers' and not a speaker's (`isServiceSession`).
    pub(super) is_service: bool,
    /// It is for everybody (`isPlenumSession`).
    pub(super) is_plenum: bool,
}

/// The kind of a session. A service session says in its title whether it is a pause: an opening is
/// one too, and an opening is none.
pub(super) fn kind(title: &str, format: Option<&str>, flags: Flags) -> Option<Kind> {
    if flags.is_service {
        return Some(of_service(title));
    }
    let by_format = format.map(vocabulary::kind);
    let is_keynote = flags.is_plenum || words(title).any(|word| word == "keynote");
    match by_format {
        None | Some(Kind::Talk) if is_keynote => Some(Kind::Keynote),
        other => other,
    }
}

fn of_service(title: &str) -> Kind {
    let says = |known: &[&str]| words(title).any(|word| known.contains(&&*word));
    if says(&PAUSES) {
        return Kind::Break;
    }
    if says(&TOGETHER) {
        return Kind::Social;
    }
    match vocabulary::kind(title) {
        Kind::Talk => Kind::Other,
        kind => kind,
    }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|character: char| !character.is_alphanumeric());
    words.map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_session_is_a_pause_only_where_its_title_says_so() {
        let flags = Flags {
            is_service: true,
            is_plenum: true,
        };
        let cases = [
            ("Lunch", Kind::Break),
            ("Coffee Break", Kind::Break),
            ("Morning Tea", Kind::Break),
            ("Registration", Kind::Break),
            ("Kaffeepause", Kind::Break),
            ("Meet the team", Kind::Other),
            ("Welcome and housekeeping", Kind::Other),
            ("Prize draw", Kind::Other),
            ("Opening", Kind::Keynote),
            ("Keynote", Kind::Keynote),
            ("Networking drinks", Kind::Social),
            ("Evening reception", Kind::Social),
        ];
        for (title, expected) in cases {
            assert_eq!(kind(title, None, flags), Some(expected), "{title}");
        }
    }

    #[test]
    fn a_talk_to_everybody_is_a_keynote_unless_its_format_says_more() {
        let plenum = Flags {
            is_service: false,
            is_plenum: true,
        };
        assert_eq!(kind("On bees", None, plenum), Some(Kind::Keynote));
        assert_eq!(
            kind("On bees", Some("45 min session"), plenum),
            Some(Kind::Keynote)
        );
        assert_eq!(
            kind("On bees", Some("Panel discussion"), plenum),
            Some(Kind::Panel)
        );
        assert_eq!(kind("On bees", None, Flags::default()), None);
    }
}
