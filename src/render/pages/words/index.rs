//! What stands on the page of all conferences.

use crate::render::pages::speech::Speech;

pub(in crate::render::pages) struct Words {
    pub title: &'static str,
    pub description: &'static str,
    pub invitation: &'static str,
    pub all: &'static str,
    pub upcoming: &'static str,
    pub past: &'static str,
    pub programme: &'static str,
    pub subscribe: &'static str,
    pub changes: &'static str,
    pub published_with: &'static str,
}

pub(in crate::render::pages) fn of(speech: Speech) -> &'static Words {
    speech.pick(&ENGLISH, &GERMAN)
}

static ENGLISH: Words = Words {
    title: "Conference programmes",
    description: "Programmes of conferences, as calendars and feeds to subscribe to.",
    invitation: "Open a programme, or subscribe to it in your calendar or feed reader.",
    all: "All conferences",
    upcoming: "Coming up",
    past: "Past",
    programme: "Programme",
    subscribe: "Subscribe",
    changes: "Changes",
    published_with: "Published with handbill",
};

static GERMAN: Words = Words {
    title: "Konferenzprogramme",
    description: "Programme von Konferenzen, als Kalender und Feeds zum Abonnieren.",
    invitation: "Ein Programm ansehen oder im Kalender oder Feedreader abonnieren.",
    all: "Alle Konferenzen",
    upcoming: "Demnächst",
    past: "Vergangen",
    programme: "Programm",
    subscribe: "Abonnieren",
    changes: "Änderungen",
    published_with: "Veröffentlicht mit handbill",
};
