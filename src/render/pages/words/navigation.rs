//! What stands on every page of a conference.

use crate::render::pages::speech::Speech;

pub(in crate::render::pages) struct Words {
    pub label: &'static str,
    pub programme: &'static str,
    pub subscribe: &'static str,
    pub my_talks: &'static str,
    pub changes: &'static str,
    pub more: &'static str,
    pub editions: &'static str,
    pub embed: &'static str,
    pub all_conferences: &'static str,
    pub published_with: &'static str,
}

pub(in crate::render::pages) fn of(speech: Speech) -> &'static Words {
    speech.pick(&ENGLISH, &GERMAN)
}

static ENGLISH: Words = Words {
    label: "This conference",
    programme: "Programme",
    subscribe: "Subscribe",
    my_talks: "My talks",
    changes: "Changes",
    more: "More",
    editions: "Editions",
    embed: "For your site",
    all_conferences: "All conferences",
    published_with: "Published with handbill",
};

static GERMAN: Words = Words {
    label: "Diese Konferenz",
    programme: "Programm",
    subscribe: "Abonnieren",
    my_talks: "Meine Vorträge",
    changes: "Änderungen",
    more: "Mehr",
    editions: "Ausgaben",
    embed: "Für die eigene Seite",
    all_conferences: "Alle Konferenzen",
    published_with: "Veröffentlicht mit handbill",
};
