//! What a change did, and when: for the history of a talk, for the changes, for the editions.

use crate::history::Detail;
use crate::render::pages::speech::Speech;

/// What stands around two texts: before, between, after.
pub(in crate::render::pages) type Around = [&'static str; 3];

pub(in crate::render::pages) struct Words {
    pub added: &'static str,
    pub removed: &'static str,
    pub cancelled: &'static str,
    pub cancelled_at: &'static str,
    pub restored: &'static str,
    pub restored_at: &'static str,
    pub moved: Around,
    pub room_changed: Around,
    pub no_room: &'static str,
    pub scheduled: &'static str,
    pub now_tentative: &'static str,
    pub now_confirmed: &'static str,
    pub retitled: Around,
    pub speakers: Around,
    pub nobody: &'static str,
    pub field: Around,
    pub field_set: &'static str,
    pub field_unset: &'static str,
    pub text: &'static str,
    pub links_added: &'static str,
    pub other: &'static str,
    pub undone: &'static str,
    pub moved_before: &'static str,
    pub time_unknown: &'static str,
    pub published: &'static str,
}

pub(in crate::render::pages) fn of(speech: Speech) -> &'static Words {
    speech.pick(&ENGLISH, &GERMAN)
}

/// A change's kind as a badge.
pub(in crate::render::pages) fn kind(speech: Speech, detail: &Detail) -> &'static str {
    let (english, german) = match detail {
        Detail::Added => ("New", "Neu"),
        Detail::Removed => ("Removed", "Entfernt"),
        Detail::Cancelled(_) => ("Cancelled", "Fällt aus"),
        Detail::Restored(_) => ("Back again", "Doch im Programm"),
        Detail::Moved { .. } => ("Moved", "Verlegt"),
        Detail::RoomChanged { .. } => ("Another room", "Anderer Raum"),
        Detail::Scheduled(_) => ("Scheduled", "Angesetzt"),
        Detail::State(_) => ("State", "Stand"),
        Detail::Retitled { .. } => ("Retitled", "Neuer Titel"),
        Detail::Speakers { .. } => ("Speakers", "Vortragende"),
        Detail::LinksAdded(_) => ("Links", "Links"),
        Detail::Text => ("Text", "Text"),
        Detail::Field { .. } | Detail::Other => ("Details", "Einzelheiten"),
    };
    speech.pick(english, german)
}

/// A short field of a talk, by the name that history knows it by.
pub(in crate::render::pages) fn field(speech: Speech, name: &'static str) -> &'static str {
    let german = match name {
        "Kind" => "Art",
        "Language" => "Sprache",
        "Subtitle" => "Untertitel",
        "Level" => "Niveau",
        "Stream" => "Livestream",
        same => same,
    };
    speech.pick(name, german)
}

static ENGLISH: Words = Words {
    added: "new in the programme",
    removed: "no longer in the programme",
    cancelled: "cancelled",
    cancelled_at: "cancelled on ",
    restored: "takes place after all",
    restored_at: "takes place after all on ",
    moved: ["moved from ", " to ", ""],
    room_changed: ["room changed from ", " to ", " on "],
    no_room: "no room",
    scheduled: "scheduled for ",
    now_tentative: "tentative now",
    now_confirmed: "confirmed now",
    retitled: ["title changed from “", "” to “", "”"],
    speakers: ["speakers changed from ", " to ", ""],
    nobody: "nobody",
    field: [" changed from ", " to ", ""],
    field_set: " is ",
    field_unset: " is no longer ",
    text: "description changed",
    links_added: "links added: ",
    other: "details updated",
    undone: "no change after all: it is as it was before",
    moved_before: "Moved: was ",
    time_unknown: "time to be announced",
    published: "First published",
};

static GERMAN: Words = Words {
    added: "neu im Programm",
    removed: "nicht mehr im Programm",
    cancelled: "fällt aus",
    cancelled_at: "fällt aus: ",
    restored: "findet doch statt",
    restored_at: "findet doch statt: ",
    moved: ["verlegt von ", " auf ", ""],
    room_changed: ["anderer Raum: bisher ", ", jetzt ", ", "],
    no_room: "kein Raum",
    scheduled: "angesetzt: ",
    now_tentative: "jetzt unter Vorbehalt",
    now_confirmed: "jetzt bestätigt",
    retitled: ["Titel geändert von „", "“ in „", "“"],
    speakers: ["Vortragende: bisher ", ", jetzt ", ""],
    nobody: "niemand",
    field: [": bisher ", ", jetzt ", ""],
    field_set: ": ",
    field_unset: ": nicht mehr ",
    text: "Beschreibung geändert",
    links_added: "neue Links: ",
    other: "Einzelheiten geändert",
    undone: "am Ende doch keine Änderung: alles wie zuvor",
    moved_before: "Verlegt, zuvor: ",
    time_unknown: "Uhrzeit noch offen",
    published: "Erstmals veröffentlicht",
};
