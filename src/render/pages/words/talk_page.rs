//! The page of one talk.

use crate::model::LinkKind;
use crate::render::pages::speech::Speech;

pub(in crate::render::pages) struct Words {
    pub cancelled: &'static str,
    pub cancelled_whole: &'static str,
    pub tentative: &'static str,
    pub tentative_whole: &'static str,
    pub when: &'static str,
    pub speakers: &'static str,
    pub more_about: &'static str,
    pub unscheduled: &'static str,
    pub to_programme: &'static str,
    pub add: &'static str,
    pub calendar_file: &'static str,
    /// Around the link to the ways to subscribe, which is the second piece.
    pub no_updates: [&'static str; 3],
    pub summary: &'static str,
    pub description: &'static str,
    pub notes: &'static str,
    pub details: &'static str,
    pub kind: &'static str,
    pub track: &'static str,
    pub language: &'static str,
    pub level: &'static str,
    pub tags: &'static str,
    pub licence: &'static str,
    pub recording: &'static str,
    pub not_recorded: &'static str,
    pub links: &'static str,
    pub stream: &'static str,
    pub own_page: &'static str,
    pub picture: &'static str,
    pub history: &'static str,
    pub feeds: &'static str,
}

pub(in crate::render::pages) fn of(speech: Speech) -> &'static Words {
    speech.pick(&ENGLISH, &GERMAN)
}

/// What a link leads to; `None` where its own title or address says more.
pub(in crate::render::pages) fn link(speech: Speech, kind: LinkKind) -> Option<&'static str> {
    let german = match kind {
        LinkKind::Related => return None,
        LinkKind::Slides => "Folien",
        LinkKind::Paper => "Artikel",
        LinkKind::Recording => "Aufzeichnung",
        LinkKind::Image => "Bild",
        LinkKind::Feedback => "Rückmeldung",
    };
    Some(speech.pick(kind.name()?, german))
}

static ENGLISH: Words = Words {
    cancelled: "Cancelled",
    cancelled_whole: "Cancelled: this does not take place.",
    tentative: "Tentative",
    tentative_whole: "Tentative: this is not confirmed yet.",
    when: "When and where",
    speakers: "Speakers",
    more_about: "More about ",
    unscheduled: "Day and time to be announced",
    to_programme: "To the programme",
    add: "Add to your calendar:",
    calendar_file: "Calendar file (ics)",
    no_updates: [
        "An entry added like this stays as it is when the talk is moved or cancelled. ",
        "Subscribe to the programme",
        ", and your calendar follows every change.",
    ],
    summary: "Abstract",
    description: "Description",
    notes: "Notes",
    details: "Details",
    kind: "Kind",
    track: "Track",
    language: "Language",
    level: "Level",
    tags: "Tags",
    licence: "Licence",
    recording: "Recording",
    not_recorded: "The speakers do not want to be recorded",
    links: "Links",
    stream: "Stream",
    own_page: "The organisers’ page about it",
    picture: "Picture",
    history: "History",
    feeds: "Feeds of this talk:",
};

static GERMAN: Words = Words {
    cancelled: "Fällt aus",
    cancelled_whole: "Abgesagt: Das findet nicht statt.",
    tentative: "Unter Vorbehalt",
    tentative_whole: "Unter Vorbehalt: Das ist noch nicht bestätigt.",
    when: "Wann und wo",
    speakers: "Vortragende",
    more_about: "Mehr über ",
    unscheduled: "Tag und Uhrzeit stehen noch nicht fest",
    to_programme: "Zum Programm",
    add: "In den Kalender eintragen:",
    calendar_file: "Kalenderdatei (ics)",
    no_updates: [
        "Ein so eingetragener Termin bleibt, wie er ist, auch wenn der Vortrag verlegt oder abgesagt wird. ",
        "Wer das Programm abonniert",
        ", bekommt jede Änderung von selbst in den Kalender.",
    ],
    summary: "Kurzfassung",
    description: "Beschreibung",
    notes: "Hinweise",
    details: "Einzelheiten",
    kind: "Art",
    track: "Thema",
    language: "Sprache",
    level: "Niveau",
    tags: "Schlagwörter",
    licence: "Lizenz",
    recording: "Aufzeichnung",
    not_recorded: "Die Vortragenden möchten nicht aufgezeichnet werden",
    links: "Links",
    stream: "Livestream",
    own_page: "Die Seite der Veranstalter dazu",
    picture: "Bild",
    history: "Verlauf",
    feeds: "Feeds dieses Vortrags:",
};
