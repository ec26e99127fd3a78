//! The page of one speaker.

use crate::render::pages::speech::Speech;

pub(in crate::render::pages) struct Words {
    pub speaker_at: &'static str,
    pub talks: &'static str,
    pub no_talks: &'static str,
    pub links: &'static str,
    pub own_page: &'static str,
    pub picture: &'static str,
    pub follow: &'static str,
    pub follow_why: &'static str,
    pub calendar: &'static str,
    pub feeds: &'static str,
}

pub(in crate::render::pages) fn of(speech: Speech) -> &'static Words {
    speech.pick(&ENGLISH, &GERMAN)
}

static ENGLISH: Words = Words {
    speaker_at: "Speaker at ",
    talks: "In the programme",
    no_talks: "Nothing is in the programme at present.",
    links: "Links",
    own_page: "Own page",
    picture: "Picture",
    follow: "Follow",
    follow_why: "A calendar and feeds of these talks alone, which follow every change.",
    calendar: "Subscribe in your calendar",
    feeds: "Or with the address of a feed:",
};

static GERMAN: Words = Words {
    speaker_at: "Spricht bei ",
    talks: "Im Programm",
    no_talks: "Zurzeit steht nichts im Programm.",
    links: "Links",
    own_page: "Eigene Seite",
    picture: "Bild",
    follow: "Auf dem Laufenden bleiben",
    follow_why: "Ein Kalender und Feeds nur dieser Vorträge, die jeder Änderung folgen.",
    calendar: "Im Kalender abonnieren",
    feeds: "Oder über die Adresse eines Feeds:",
};
