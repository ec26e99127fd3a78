//! The columns that are read, and what people call them.

use crate::model::Slug;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Column {
    Code,
    Title,
    Subtitle,
    Kind,
    State,
    Abstract,
    Description,
    Speaker,
    Biography,
    Track,
    Room,
    Date,
    Day,
    Start,
    End,
    Duration,
    Language,
    Level,
    Url,
    Online,
    Image,
    Slides,
    Recording,
    Tags,
    Licence,
}

/// Names without case, accents and punctuation.
const NAMES: [(Column, &[&str]); 25] = [
    (
        Column::Title,
        &[
            "title",
            "talktitle",
            "sessiontitle",
            "eventtitle",
            "titel",
            "vortragstitel",
        ],
    ),
    (
        Column::Code,
        &[
            "code",
            "id",
            "talkcode",
            "talkid",
            "sessionid",
            "submissionid",
            "kennung",
        ],
    ),
    (Column::Subtitle, &["subtitle", "untertitel"]),
    (
        Column::Kind,
        &[
            "kind",
            "type",
            "format",
            "talktype",
            "sessiontype",
            "sessionformat",
            "typ",
            "art",
        ],
    ),
    (Column::State, &["state", "status"]),
    (
        Column::Abstract,
        &[
            "abstract",
            "summary",
            "shortdescription",
            "zusammenfassung",
            "kurzbeschreibung",
            "kurzfassung",
        ],
    ),
    (
        Column::Description,
        &[
            "description",
            "longdescription",
            "details",
            "beschreibung",
            "inhalt",
        ],
    ),
    (
        Column::Speaker,
        &[
            "speaker",
            "speakers",
            "speakername",
            "speakernames",
            "presenter",
            "presenters",
            "cospeaker",
            "cospeakers",
            "panelists",
            "panellists",
            "author",
            "authors",
            "by",
            "referent",
            "referenten",
            "referentin",
            "referentinnen",
            "sprecher",
            "sprecherin",
            "sprecherinnen",
            "vortragende",
            "vortragender",
        ],
    ),
    (
        Column::Biography,
        &[
            "bio",
            "biography",
            "speakerbio",
            "speakerbiography",
            "biografie",
            "biographie",
            "kurzbiografie",
            "vita",
        ],
    ),
    (
        Column::Track,
        &[
            "track",
            "tracks",
            "theme",
            "category",
            "themenstrang",
            "kategorie",
        ],
    ),
    (
        Column::Room,
        &[
            "room", "location", "stage", "venue", "hall", "place", "where", "raum", "ort", "saal",
            "buhne",
        ],
    ),
    (Column::Date, &["date", "datum"]),
    (Column::Day, &["day", "tag", "conferenceday"]),
    (
        Column::Start,
        &[
            "start",
            "starts",
            "starttime",
            "startsat",
            "startdatetime",
            "begin",
            "begins",
            "from",
            "time",
            "datetime",
            "when",
            "beginn",
            "anfang",
            "startzeit",
            "von",
            "uhrzeit",
            "zeit",
        ],
    ),
    (
        Column::End,
        &[
            "end",
            "ends",
            "endtime",
            "endsat",
            "enddatetime",
            "until",
            "to",
            "finish",
            "ende",
            "endzeit",
            "bis",
        ],
    ),
    (
        Column::Duration,
        &[
            "duration",
            "durationmin",
            "durationminutes",
            "length",
            "minutes",
            "min",
            "dauer",
            "lange",
            "minuten",
        ],
    ),
    (Column::Language, &["language", "lang", "sprache"]),
    (
        Column::Level,
        &[
            "level",
            "audience",
            "targetaudience",
            "difficulty",
            "niveau",
            "zielgruppe",
        ],
    ),
    (
        Column::Url,
        &["url", "link", "website", "webpage", "page", "webseite"],
    ),
    (
        Column::Online,
        &[
            "stream",
            "online",
            "streamurl",
            "livestream",
            "liveurl",
            "onlineurl",
        ],
    ),
    (
        Column::Image,
        &["image", "imageurl", "picture", "pictureurl", "bild"],
    ),
    (
        Column::Slides,
        &["slides", "slidesurl", "slidedeck", "folien"],
    ),
    (
        Column::Recording,
        &[
            "recording",
            "recordingurl",
            "video",
            "videourl",
            "aufzeichnung",
        ],
    ),
    (
        Column::Tags,
        &["tags", "keywords", "schlagworte", "stichworte"],
    ),
    (Column::Licence, &["licence", "license", "lizenz"]),
];

/// What a column of titles is called where none is called after them. Beside one that is, these hold
/// something else: the block that a talk is in, or the name of a person.
const TITLES_IN_NEED: [&str; 8] = [
    "talk",
    "session",
    "presentation",
    "event",
    "vortrag",
    "veranstaltung",
    "thema",
    "name",
];

/// What may stand in brackets behind a name without changing what it means. Anything else, such as a
/// time zone, does change it.
const ASIDES: [&str; 9] = [
    "min",
    "mins",
    "minutes",
    "minuten",
    "hhmm",
    "local",
    "localtime",
    "ortszeit",
    "optional",
];

/// A longer cell is no name of a column.
const LONGEST_NAME: usize = 60;

/// What the heading of a column says that it holds, and whether only in need.
pub(super) fn named(heading: &str) -> Option<(Column, Certainty)> {
    if heading.len() > LONGEST_NAME {
        return None;
    }
    let name = folded(heading);
    let whole = by_name(&name).or_else(|| {
        let (before, aside) = heading.split_once(['(', '['])?;
        let aside = folded(aside);
        ASIDES
            .contains(&&*aside)
            .then(|| by_name(&folded(before)))
            .flatten()
    });
    let numbered = || {
        let column = by_name(name.trim_end_matches(|character: char| character.is_ascii_digit()))?;
        (column.0 == Column::Speaker).then_some(column)
    };
    whole.or_else(numbered)
}

/// How sure the meaning of a heading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Certainty {
    Sure,
    InNeed,
}

fn by_name(name: &str) -> Option<(Column, Certainty)> {
    let mut known = NAMES.iter();
    if let Some((column, _)) = known.find(|(_, names)| names.contains(&name)) {
        return Some((*column, Certainty::Sure));
    }
    TITLES_IN_NEED
        .contains(&name)
        .then_some((Column::Title, Certainty::InNeed))
}

/// A word without case, accents and punctuation.
pub(super) fn folded(text: &str) -> String {
    Slug::of(text).replace('-', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_whatever_their_case_accents_and_punctuation() {
        let cases = [
            ("Title", Column::Title),
            (" SPEAKER(S): ", Column::Speaker),
            ("Speaker 2", Column::Speaker),
            ("Referent:innen", Column::Speaker),
            ("Bühne", Column::Room),
            ("Start time", Column::Start),
            ("Duration (min)", Column::Duration),
            ("Länge [Minuten]", Column::Duration),
            ("Vortrag", Column::Title),
        ];
        for (heading, expected) in cases {
            let found = named(heading).map(|(column, _)| column);
            assert_eq!(found, Some(expected), "{heading}");
        }
    }

    #[test]
    fn other_columns_are_not_guessed() {
        for heading in [
            "",
            "Notes",
            "E-mail",
            "Start (UTC)",
            "Title 2",
            "Speaker photo",
            "x",
        ] {
            assert_eq!(named(heading), None, "{heading}");
        }
    }
}
