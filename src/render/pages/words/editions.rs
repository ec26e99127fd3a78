//! The page of all editions.

use crate::render::pages::speech::Speech;

pub(in crate::render::pages) struct Words {
    pub title: &'static str,
    /// Before the conference's name.
    pub about: &'static str,
    pub intro: &'static str,
    pub to_changes: &'static str,
    pub edition: &'static str,
    pub programme: &'static str,
    pub calendar: &'static str,
    pub first: &'static str,
    pub unchanged: &'static str,
    pub one_changed: &'static str,
    /// After the number of talks.
    pub changed: &'static str,
    /// Around the number of talks that are not told of.
    pub more: [&'static str; 2],
}

pub(in crate::render::pages) fn of(speech: Speech) -> &'static Words {
    speech.pick(&ENGLISH, &GERMAN)
}

static ENGLISH: Words = Words {
    title: "Editions",
    about: "Every published state of the programme of ",
    intro: "Every published state of the programme, the newest first. Each stays as it was.",
    to_changes: "Only what changed",
    edition: "Edition ",
    programme: "Programme",
    calendar: "Calendar (ics)",
    first: "The first edition.",
    unchanged: "No talk was changed.",
    one_changed: "1 talk was changed.",
    changed: " talks were changed.",
    more: ["And ", " more."],
};

static GERMAN: Words = Words {
    title: "Ausgaben",
    about: "Jeder veröffentlichte Stand des Programms von ",
    intro: "Jeder veröffentlichte Stand des Programms, der neueste zuerst. Jeder bleibt, wie er war.",
    to_changes: "Nur die Änderungen",
    edition: "Ausgabe ",
    programme: "Programm",
    calendar: "Kalender (ics)",
    first: "Die erste Ausgabe.",
    unchanged: "Kein Vortrag wurde geändert.",
    one_changed: "1 Vortrag wurde geändert.",
    changed: " Vorträge wurden geändert.",
    more: ["Und ", " weitere."],
};
