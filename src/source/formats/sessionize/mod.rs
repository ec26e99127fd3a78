//! Sessionize's answers in JSON, <https://sessionize.com/playbook/api>: the views `All`, `GridSmart`
//! and `Sessions`, and `Speakers` or `SpeakerWall` to complete what another source says of people.
//!
//! `view` reads what a view is made of, `session` a session, `speaker` a speaker; `category` decides
//! which of the organisers' own categories is the track, the level, the format or the language, and
//! `kind` what sort of item a session is.
//!
//! The data name neither the conference nor its time zone. A time without offset is the event's local
//! one.
//!
//! # Not supported
//!
//! The answers in XML and HTML: the same endpoint gives JSON. `timeSlots`: they repeat the sessions of
//! `rooms`. The answers to the organisers' own questions and the categories of speakers: the model has
//! no place for them, they are counted. `isInformed` and `isConfirmed`: between organisers and
//! speakers.

mod category;
mod kind;
mod session;
mod speaker;
#[cfg(test)]
mod tests;
mod view;

use crate::source::syntax::json;
use crate::source::{Input, Reading, Source};

/// Sessionize's JSON.
pub(super) static SOURCE: Source = Source {
    name: "sessionize",
    detect,
    read,
};

/// Looks at names only, so that half a document is known as well, and can be refused with the place
/// where it ends.
fn detect(_: &str, bytes: &[u8]) -> bool {
    /// Keys that no other format has.
    const OWN_KEYS: [&str; 3] = [
        "\"isServiceSession\"",
        "\"isPlenumSession\"",
        "\"hasOnlyPlenumSessions\"",
    ];
    const VIEW_ALL: [&str; 3] = ["\"sessions\"", "\"speakers\"", "\"rooms\""];
    const VIEW_SPEAKERS: [&str; 2] = ["\"tagLine\"", "\"profilePicture\""];
    const OPENINGS: [&str; 6] = [
        "{\"sessions\":",
        "{\"speakers\":",
        "{\"questions\":",
        "{\"categories\":",
        "{\"rooms\":",
        "[{\"",
    ];
    const OPENINGS_OF_HALVES: [&str; 3] = [
        "{\"sessions\":[{\"id\":\"",
        "[{\"groupId\":",
        "[{\"groupName\":",
    ];
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{FEFF}');
    let solid = text.chars().filter(|character| !character.is_whitespace());
    let opening: String = solid.take(40).collect();
    let opens = |openings: &[&str]| openings.iter().any(|start| opening.starts_with(start));
    let has_all = |keys: &[&str]| keys.iter().all(|key| text.contains(key));
    opens(&OPENINGS_OF_HALVES)
        || opens(&OPENINGS)
            && (OWN_KEYS.iter().any(|key| text.contains(key))
                || has_all(&VIEW_SPEAKERS)
                || opening.starts_with('{') && has_all(&VIEW_ALL))
}

fn read(input: &Input<'_>) -> Reading {
    json::read(input, |root| view::read(root, input.options))
}
