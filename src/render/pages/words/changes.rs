//! The page of what changed.

use crate::render::pages::speech::Speech;

pub(in crate::render::pages) struct Words {
    pub title: &'static str,
    /// Before the conference's name.
    pub about: &'static str,
    pub intro: &'static str,
    pub follow: &'static str,
    pub all_editions: &'static str,
    pub edition: &'static str,
    pub none: &'static str,
    /// Before the day of the first edition.
    pub none_since: &'static str,
    pub older: &'static str,
    pub archives: &'static str,
}

pub(in crate::render::pages) fn of(speech: Speech) -> &'static Words {
    speech.pick(&ENGLISH, &GERMAN)
}

static ENGLISH: Words = Words {
    title: "Changes",
    about: "What changed in the programme of ",
    intro: "What changed in the programme, the newest first.",
    follow: "Follow the changes:",
    all_editions: "All editions",
    edition: "Edition ",
    none: "Nothing has changed since the programme was first published.",
    none_since: "Nothing has changed since the programme was first published: ",
    older: "Older changes are in the list of all editions.",
    archives: "Archives of the feed, the newest first:",
};

static GERMAN: Words = Words {
    title: "Änderungen",
    about: "Was sich geändert hat im Programm von ",
    intro: "Was sich im Programm geändert hat, das Neueste zuerst.",
    follow: "Den Änderungen folgen:",
    all_editions: "Alle Ausgaben",
    edition: "Ausgabe ",
    none: "Seit der ersten Veröffentlichung hat sich nichts geändert.",
    none_since: "Seit der ersten Veröffentlichung hat sich nichts geändert: ",
    older: "Ältere Änderungen stehen in der Liste aller Ausgaben.",
    archives: "Archive des Feeds, das neueste zuerst:",
};
