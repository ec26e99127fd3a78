//! What a page says that comes from the reader's own computer.

use crate::render::pages::speech::Speech;
use serde::Serialize;

#[derive(Serialize)]
pub(in crate::render::pages) struct Words {
    /// The browser knows that it has no network.
    pub offline: &'static str,
    /// The server gives no answer, or none that is of use.
    pub silent: &'static str,
    /// The answer has not come yet.
    pub slow: &'static str,
    /// What is shown instead; `{time}` is when it was the present state.
    pub as_of: &'static str,
    /// In the place of a time that is not known.
    pub some_time: &'static str,
    pub again: &'static str,
    pub not_kept: &'static str,
    pub programme: &'static str,
}

pub(in crate::render::pages) fn of(speech: Speech) -> &'static Words {
    speech.pick(&ENGLISH, &GERMAN)
}

static ENGLISH: Words = Words {
    offline: "You are offline.",
    silent: "The server does not answer.",
    slow: "The network is slow.",
    as_of: "This page is as of {time}; it may have changed since.",
    some_time: "an earlier visit",
    again: "Try again",
    not_kept: "This page was not opened before, so there is no copy of it on this device.",
    programme: "Programme",
};

static GERMAN: Words = Words {
    offline: "Keine Verbindung zum Internet.",
    silent: "Der Server antwortet nicht.",
    slow: "Das Netz ist langsam.",
    as_of: "Stand dieser Seite: {time}. Seither kann sich etwas geändert haben.",
    some_time: "ein früherer Besuch",
    again: "Noch einmal versuchen",
    not_kept: "Diese Seite wurde noch nie geöffnet, darum gibt es auf diesem Gerät keine Kopie davon.",
    programme: "Programm",
};
