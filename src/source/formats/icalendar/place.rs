//! Rooms, and the address that all of them share.

use super::event::Event;
use crate::model::Plain;
use crate::source::Draft;
use std::collections::HashSet;

/// Sched and others write the address of the venue behind every room: "Grand Hall, Main Street 1,
/// Berlin". What all places end in, if it is an address of two parts or more, is the venue; each keeps
/// the room before it.
pub(super) fn split_venue(events: &mut [Event], draft: &mut Draft) {
    let places: HashSet<&str> = events
        .iter()
        .filter_map(|event| event.location.as_deref())
        .collect();
    let Some(tail) = common_tail(&places) else {
        return;
    };
    let room = |place: &str| Plain::non_empty(place.strip_suffix(&*tail)?.trim_end_matches(", "));
    let rooms: HashSet<Option<Plain>> = places.iter().map(|place| room(place)).collect();
    if rooms.iter().flatten().count() < 2 {
        return;
    }
    for event in events {
        event.location = event.location.take().and_then(|place| room(&place));
    }
    let is_street = |part: &str| part.contains(|character: char| character.is_ascii_digit());
    match tail.split_once(", ") {
        Some((name, address)) if !is_street(name) => {
            (draft.venue, draft.address) = (Plain::non_empty(name), Plain::non_empty(address));
        }
        _ => draft.venue = Plain::non_empty(&tail),
    }
}

/// The parts in which all places end, where they are several.
fn common_tail(places: &HashSet<&str>) -> Option<String> {
    let mut places = places.iter();
    let mut tail: Vec<&str> = places.next()?.rsplit(", ").collect();
    for place in places {
        let parts = place.rsplit(", ").zip(&tail);
        let common = parts.take_while(|(part, tail)| part == *tail).count();
        tail.truncate(common);
    }
    tail.reverse();
    (tail.len() > 1).then(|| tail.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(places: &[&str]) -> (Vec<Option<String>>, Option<String>, Option<String>) {
        let mut draft = Draft::default();
        let mut events: Vec<Event> = places
            .iter()
            .map(|place| {
                let mut event = Event::new(1);
                event.location = Plain::non_empty(place);
                event
            })
            .collect();
        split_venue(&mut events, &mut draft);
        let rooms = events
            .iter()
            .map(|event| event.location.as_ref().map(ToString::to_string));
        let text = |plain: Option<Plain>| plain.map(|plain| plain.to_string());
        (rooms.collect(), text(draft.venue), text(draft.address))
    }

    #[test]
    fn the_address_behind_every_room_is_the_venues() {
        let (rooms, venue, address) = split(&[
            "Grand Hall, Old Printing House, Setzkasten 1, Berlin",
            "Attic, Old Printing House, Setzkasten 1, Berlin",
            "",
            "Old Printing House, Setzkasten 1, Berlin",
        ]);
        assert_eq!(
            rooms,
            [Some("Grand Hall".into()), Some("Attic".into()), None, None]
        );
        assert_eq!(venue.as_deref(), Some("Old Printing House"));
        assert_eq!(address.as_deref(), Some("Setzkasten 1, Berlin"));
    }

    #[test]
    fn a_street_is_no_name() {
        let (_, venue, address) = split(&[
            "Hall, 1 Main St, Springfield",
            "Attic, 1 Main St, Springfield",
        ]);
        assert_eq!(
            (venue.as_deref(), address),
            (Some("1 Main St, Springfield"), None)
        );
    }

    #[test]
    fn what_not_all_share_or_only_one_room_has_stays_the_room() {
        let places = [
            "Hall, 1 Main St, Springfield",
            "Attic, 1 Main St, Springfield",
            "Bar",
        ];
        let (rooms, venue, _) = split(&places);
        assert_eq!(rooms, places.map(|place| Some(place.to_owned())));
        assert_eq!(venue, None);
        let alone = "Main Stage, Theatre, Cologne";
        assert_eq!(
            split(&[alone, alone]).0,
            [Some(alone.to_owned()), Some(alone.to_owned())]
        );
        let (rooms, venue, _) = split(&["Hall 1, Level 2", "Hall 2, Level 2"]);
        assert_eq!(
            (rooms[0].as_deref(), venue),
            (Some("Hall 1, Level 2"), None)
        );
    }
}
