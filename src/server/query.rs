//! What a subscriber asks for in the query of a feed's address: a selection, and wishes for calendars.
//!
//! A query that nobody understands is refused: a subscriber who mistypes a track must not get the
//! whole programme, or an empty one, for months. Values are put in a canonical order, so that
//! `?room=a,b` and `?room=b&room=a` are one document.

use super::problem::nearest;
use crate::model::{Conference, Kind, Language, Plain, Slug, Zone};
use crate::publish::Published;
use crate::render::{Asked, Cancelled, Selection, Wishes};
use chrono::NaiveDate;

/// What may be asked for.
const NAMES: [&str; 12] = [
    "track",
    "room",
    "day",
    "lang",
    "kind",
    "speaker",
    "q",
    "tz",
    "alarm",
    "cancelled",
    "profile",
    "v",
];

/// The names that take one value.
const SINGLE: [&str; 4] = ["tz", "alarm", "cancelled", "profile"];

/// What may become of cancelled talks.
const CANCELLED: [(&str, Cancelled); 3] = [
    ("mark", Cancelled::Mark),
    ("keep", Cancelled::Keep),
    ("hide", Cancelled::Hide),
];

/// The longest query that is read, in bytes.
const MAX_LENGTH: usize = 2048;

/// The most names and values of a page's query that are looked at.
const MAX_PAIRS: usize = 64;

/// A reminder comes at most a week before a talk, in minutes.
const MAX_ALARM: u32 = 7 * 24 * 60;

/// What a query asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Query {
    /// Which talks.
    pub(super) selection: Selection,
    /// How they are to be shown in a calendar.
    pub(super) wishes: Wishes,
}

/// Why a query cannot be answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum QueryError {
    /// Too long to be read.
    #[error("the query is longer than {MAX_LENGTH} bytes; ask for less")]
    TooLong,
    /// No such name.
    #[error(
        "nothing can be asked for as {name:?}{}; `known` lists the names",
        suggestion(name, known)
    )]
    Name {
        /// The name.
        name: String,
        /// The names that may be used.
        known: Vec<String>,
    },
    /// No such value.
    #[error(
        "{name} cannot be {value:?}{}; `known` lists what it can be",
        suggestion(value, known)
    )]
    Value {
        /// The name.
        name: &'static str,
        /// The value.
        value: String,
        /// What may be said, or what it looks like.
        known: Vec<String>,
    },
    /// Two values where one is possible.
    #[error("{name} is given twice; leave one out")]
    Twice {
        /// The name.
        name: &'static str,
    },
}

impl QueryError {
    /// What was not understood, and what would have been.
    pub(super) fn known(&self) -> (&str, &[String]) {
        match self {
            Self::Name { name, known } => (name, known),
            Self::Value { value, known, .. } => (value, known),
            Self::TooLong | Self::Twice { .. } => ("", &[]),
        }
    }
}

fn suggestion(found: &str, known: &[String]) -> String {
    let near = nearest(found, known.iter().map(String::as_str));
    near.map(|near| format!("; did you mean {near:?}?"))
        .unwrap_or_default()
}

/// What a query, where there is one, asks of a document; nothing of one that heeds none.
pub(super) fn of(raw: Option<&str>, document: &Published) -> Result<Query, QueryError> {
    let (Some(raw), Some((asked, programme))) = (raw, document.asked()) else {
        return Ok(Query::default());
    };
    match asked {
        Asked::Feed { heeds_wishes } => of_feed(raw, &programme.conference, heeds_wishes),
        Asked::Page => Ok(of_page(raw, &programme.conference)),
    }
}

/// People share the addresses of pages with tracking parameters, and keep them for years: what is not
/// understood is passed over, one value at a time.
fn of_page(raw: &str, conference: &Conference) -> Query {
    let mut query = Query::default();
    let mut given = Vec::new();
    let raw = raw.get(..MAX_LENGTH).unwrap_or(raw);
    for (name, value) in url::form_urlencoded::parse(raw.as_bytes()).take(MAX_PAIRS) {
        let Some(name) = NAMES.into_iter().find(|known| *known == name) else {
            continue;
        };
        if SINGLE.contains(&name) && given.contains(&name) {
            continue;
        }
        given.push(name);
        for value in value.split(',') {
            // A value that is no longer known leaves the query as it was.
            let _ = query.add(name, value.trim(), conference);
        }
    }
    query.put_in_order();
    query
}

fn of_feed(raw: &str, conference: &Conference, heeds_wishes: bool) -> Result<Query, QueryError> {
    let mut query = parse(raw, conference)?;
    // Other formats than calendars know of no zone, alarm or status: those are the same document
    // without. Every one can leave out what is cancelled.
    if !heeds_wishes {
        let is_hidden = query.wishes.cancelled == Cancelled::Hide;
        query.wishes = Wishes {
            cancelled: if is_hidden {
                Cancelled::Hide
            } else {
                Cancelled::Mark
            },
            ..Wishes::default()
        };
    }
    Ok(query)
}

/// Reads a query, without its question mark (WHATWG URL §5.1, `application/x-www-form-urlencoded`).
pub(super) fn parse(raw: &str, conference: &Conference) -> Result<Query, QueryError> {
    if raw.len() > MAX_LENGTH {
        return Err(QueryError::TooLong);
    }
    let mut query = Query::default();
    let mut given = Vec::new();
    for (name, value) in url::form_urlencoded::parse(raw.as_bytes()) {
        let Some(name) = NAMES.into_iter().find(|known| *known == name) else {
            return Err(QueryError::Name {
                name: name.into_owned(),
                known: NAMES.map(str::to_owned).to_vec(),
            });
        };
        // A form sends the fields that were left empty, too.
        let value = value.trim();
        if value.is_empty() {
            continue;
        }
        if SINGLE.contains(&name) && given.contains(&name) {
            return Err(QueryError::Twice { name });
        }
        given.push(name);
        query.add(name, value, conference)?;
    }
    query.put_in_order();
    Ok(query)
}

impl Query {
    /// Whether this is the document that everybody gets.
    pub(super) fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    fn add(
        &mut self,
        name: &'static str,
        value: &str,
        conference: &Conference,
    ) -> Result<(), QueryError> {
        let Self { selection, wishes } = self;
        let several = value
            .split(',')
            .map(str::trim)
            .filter(|text| !text.is_empty());
        match name {
            "track" => {
                let known = conference.tracks.iter().map(|track| &track.slug);
                let slugs = several.map(|text| slug(name, text, known.clone()));
                selection
                    .tracks
                    .extend(slugs.collect::<Result<Vec<_>, _>>()?);
            }
            "room" => {
                let known = conference.rooms.iter().map(|room| &room.slug);
                let slugs = several.map(|text| slug(name, text, known.clone()));
                selection
                    .rooms
                    .extend(slugs.collect::<Result<Vec<_>, _>>()?);
            }
            "speaker" => {
                let known = conference.speakers.iter().map(|speaker| &speaker.slug);
                let slugs = several.map(|text| slug(name, text, known.clone()));
                selection
                    .speakers
                    .extend(slugs.collect::<Result<Vec<_>, _>>()?);
            }
            "day" => {
                let known = || {
                    conference
                        .days
                        .iter()
                        .map(|day| day.date.to_string())
                        .collect()
                };
                for text in several {
                    selection
                        .days
                        .push(one(name, text, day(text, conference), known)?);
                }
            }
            "lang" => {
                let languages = languages(conference);
                let known = || languages.iter().map(|known| known.to_string()).collect();
                for text in several {
                    let language = languages
                        .iter()
                        .find(|known| known.eq_ignore_ascii_case(text));
                    selection
                        .languages
                        .push(one(name, text, language.cloned(), known)?);
                }
            }
            "kind" => {
                let known = || Kind::ALL.map(|kind| kind.word().to_owned()).to_vec();
                for text in several {
                    selection
                        .kinds
                        .push(one(name, text, Kind::parse(text), known)?);
                }
            }
            "q" => {
                let text = Plain::new(value).to_lowercase();
                selection
                    .words
                    .extend(text.split_whitespace().map(str::to_owned));
            }
            "tz" => wishes.zone = Some(one(name, value, Zone::named(value), Zone::names)?),
            "alarm" => {
                let known = || vec![format!("0 to {MAX_ALARM} (minutes before each talk)")];
                wishes.alarm = Some(one(name, value, minutes(value), known)?);
            }
            "cancelled" => {
                let word = CANCELLED.iter().find(|(word, _)| *word == value);
                let known = || CANCELLED.map(|(word, _)| word.to_owned()).to_vec();
                wishes.cancelled = one(name, value, word.map(|(_, what)| *what), known)?;
            }
            "profile" => {
                wishes.rich = one(name, value, (value == "rich").then_some(true), || {
                    vec!["rich".into()]
                })?;
            }
            // `v`, any value: a calendar program that keeps an old copy takes another address for
            // another calendar, and fetches it.
            _ => {}
        }
        Ok(())
    }

    fn put_in_order(&mut self) {
        fn order<T: Ord>(values: &mut Vec<T>) {
            values.sort_unstable();
            values.dedup();
        }
        let selection = &mut self.selection;
        order(&mut selection.days);
        order(&mut selection.rooms);
        order(&mut selection.tracks);
        order(&mut selection.speakers);
        order(&mut selection.languages);
        order(&mut selection.kinds);
        order(&mut selection.words);
    }
}

fn slug<'a>(
    name: &'static str,
    text: &str,
    mut known: impl Iterator<Item = &'a Slug> + Clone,
) -> Result<Slug, QueryError> {
    let all = known.clone();
    let found = known.find(|slug| slug.eq_ignore_ascii_case(text));
    one(name, text, found.cloned(), || {
        all.map(|slug| slug.to_string()).collect()
    })
}

/// A value that was understood, or what would have been.
fn one<T>(
    name: &'static str,
    text: &str,
    value: Option<T>,
    known: impl FnOnce() -> Vec<String>,
) -> Result<T, QueryError> {
    value.ok_or_else(|| QueryError::Value {
        name,
        value: text.to_owned(),
        known: known(),
    })
}

/// A conference day, by date or by number.
fn day(text: &str, conference: &Conference) -> Option<NaiveDate> {
    let (date, index) = (text.parse().ok(), text.parse().ok());
    let mut days = conference.days.iter();
    days.find(|day| Some(day.date) == date || Some(day.index) == index)
        .map(|day| day.date)
}

fn languages(conference: &Conference) -> Vec<Language> {
    let talks = conference
        .talks
        .iter()
        .filter_map(|talk| talk.language.clone());
    let mut languages: Vec<_> = talks.chain([conference.language.clone()]).collect();
    languages.sort_unstable();
    languages.dedup();
    languages
}

fn minutes(text: &str) -> Option<u32> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    let minutes = text.parse().ok().filter(|_| is_number);
    minutes.filter(|minutes| *minutes <= MAX_ALARM)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture::conference;

    fn ask(raw: &str) -> Result<Query, QueryError> {
        parse(raw, &conference("example"))
    }

    #[track_caller]
    fn check_error(raw: &str, message: &str, known: &str) {
        let error = ask(raw).expect_err("refused");
        assert_eq!(error.to_string(), message, "{raw}");
        assert!(
            error.known().1.iter().any(|word| word == known),
            "{known} in {error:?}"
        );
    }

    #[test]
    fn nothing_asked_is_the_plain_document() {
        for raw in ["", "&", "track=&room=&q=+", "v=2", "room=,"] {
            assert!(ask(raw).expect("understood").is_plain(), "{raw}");
        }
    }

    #[test]
    fn the_order_of_names_and_values_does_not_matter() {
        let one = ask("room=attic,main-hall&track=security&q=Second+TALK").expect("understood");
        let other = ask("q=talk%20second&track=SECURITY&room=main-hall&room=attic,attic")
            .expect("understood");
        assert_eq!(one, other);
        assert_eq!(one.selection.rooms.len(), 2);
        assert_eq!(one.selection.words, ["second", "talk"]);
    }

    #[test]
    fn every_name_is_understood() {
        let raw = "day=2026-10-24&lang=EN&kind=keynote,talk&speaker=debora&tz=america%2Fvancouver\
                   &alarm=0&cancelled=hide&profile=rich";
        let query = ask(raw).expect("understood");
        assert_eq!(query.selection.days.len(), 1);
        assert_eq!(&*query.selection.languages[0], "en");
        assert_eq!(query.selection.kinds, [Kind::Talk, Kind::Keynote]);
        assert_eq!(&*query.selection.speakers[0], "debora");
        assert_eq!(
            query.wishes.zone.expect("a zone").name(),
            "America/Vancouver"
        );
        assert_eq!(query.wishes.alarm, Some(0));
        assert_eq!(query.wishes.cancelled, Cancelled::Hide);
        assert!(query.wishes.rich);
        assert_eq!(ask("day=1"), ask("day=2026-10-24"));
    }

    #[test]
    fn what_is_not_understood_is_refused_with_what_would_be() {
        let message = "nothing can be asked for as \"tracks\"; did you mean \"track\"?; `known` lists the names";
        check_error("tracks=security", message, "track");
        let message = "nothing can be asked for as \"utm_source\"; `known` lists the names";
        check_error("utm_source=x", message, "q");
        let message =
            "track cannot be \"securty\"; did you mean \"security\"?; `known` lists what it can be";
        check_error("track=securty", message, "security");
        let message = "tz cannot be \"Europe/Berln\"; did you mean \"Europe/Berlin\"?; `known` lists what it can be";
        check_error("tz=Europe/Berln", message, "Europe/Paris");
        let refused = [
            ("room=attic,cellar", "attic"),
            ("day=2026-10-25", "2026-10-24"),
            ("day=2", "2026-10-24"),
            ("lang=de", "en"),
            ("kind=Talk", "talk"),
            ("alarm=-5", "0 to 10080 (minutes before each talk)"),
            ("alarm=%2B5", "0 to 10080 (minutes before each talk)"),
            ("alarm=10081", "0 to 10080 (minutes before each talk)"),
            ("cancelled=no", "hide"),
            ("profile=poor", "rich"),
            ("speaker=%FF", "debora"),
            ("speaker=%00", "debora"),
        ];
        for (raw, known) in refused {
            let error = ask(raw).expect_err("refused");
            assert!(
                error.known().1.iter().any(|word| word == known),
                "{raw}: {error:?}"
            );
        }
    }

    #[test]
    fn one_value_where_one_is_possible() {
        assert_eq!(
            ask("alarm=5&alarm=10"),
            Err(QueryError::Twice { name: "alarm" })
        );
        assert_eq!(ask("tz=UTC&tz=UTC"), Err(QueryError::Twice { name: "tz" }));
        assert!(ask("alarm=&alarm=10").is_ok());
    }

    #[test]
    fn a_query_without_end_is_not_read() {
        assert_eq!(ask(&"q=a&".repeat(1000)), Err(QueryError::TooLong));
    }
}
