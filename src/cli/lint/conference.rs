//! What is missing or odd about the conference as a whole.

use super::programme::Programme;
use crate::source::{Problem, Severity};

/// There is no page to send readers to.
pub(super) fn no_url(programme: &Programme<'_>) -> Vec<Problem> {
    let message = "the conference has no page of its own";
    let remedy = "add url = \"https://…\", to which calendars and feeds then lead";
    note_if(
        programme,
        programme.conference.url.is_none(),
        message,
        remedy,
    )
}

/// Nobody knows where it is held.
pub(super) fn no_place(programme: &Programme<'_>) -> Vec<Problem> {
    let conference = programme.conference;
    let is_somewhere = conference.venue.is_some()
        || conference.online.is_some()
        || conference.rooms.iter().any(|room| room.online.is_some())
        || conference.talks.iter().any(|talk| talk.online.is_some());
    let message = "neither a place nor a stream is known";
    let remedy = "add a [venue], or the address of the stream as `online`";
    note_if(programme, !is_somewhere, message, remedy)
}

/// A place on earth has a zone with a name of its own; UTC and fixed offsets are nobody's.
pub(super) fn suspicious_zone(programme: &Programme<'_>) -> Vec<Problem> {
    let conference = programme.conference;
    let (zone, Some(venue)) = (conference.zone.name(), &conference.venue) else {
        return Vec::new();
    };
    let message = format!("the time zone is {zone}, and {} is a place", venue.name);
    let remedy = "name the zone of the place, such as Europe/Berlin, unless its clocks show this";
    note_if(programme, is_placeless(zone), &message, remedy)
}

fn is_placeless(zone: &str) -> bool {
    const PLACELESS: [&str; 12] = [
        "UTC",
        "UCT",
        "Zulu",
        "Universal",
        "GMT",
        "GMT0",
        "GMT+0",
        "GMT-0",
        "Greenwich",
        "EST",
        "MST",
        "HST",
    ];
    zone.starts_with("Etc/") || PLACELESS.contains(&zone)
}

fn note_if(programme: &Programme<'_>, is_so: bool, message: &str, remedy: &str) -> Vec<Problem> {
    let place = programme.place.clone();
    let note = is_so.then(|| Problem::new(Severity::Note, place, message, remedy));
    note.into_iter().collect()
}
