//! Adding one occurrence of a talk to a calendar, as a copy that follows no change.
//!
//! The addresses of Google and Outlook are documented nowhere; they take instants in UTC.

use super::calendar_links::encoded;
use super::words::talk_page::Words;
use crate::model::{Part, Slot, State, Talk};
use crate::render::Context;
use chrono::{DateTime, Utc};
use maud::{Markup, html};

/// What calendars ask for in the address of their form for a new event.
struct Event {
    title: String,
    start: DateTime<Utc>,
    end: DateTime<Utc>,
    details: String,
    location: String,
}

/// The links that add an occurrence; nothing where its hours are not known or it does not take place.
pub(super) fn links(context: &Context<'_>, talk: &Talk, slot: &Slot, words: &Words) -> Markup {
    let event = Event::of(context, talk, slot);
    html! {
        @if let Some(event) = event {
            p.soft { (words.add) }
            ul.add {
                li { a href=(event.google()) { "Google Calendar" } }
                li { a href=(event.outlook("live")) { "Outlook.com" } }
                li { a href=(event.outlook("office")) { "Microsoft 365" } }
            }
        }
    }
}

/// Whether an occurrence can be added: somebody who is in its way must know when to come.
pub(super) fn is_of_use(talk: &Talk, slot: &Slot) -> bool {
    let is_held = talk.state != State::Cancelled && slot.state != State::Cancelled;
    is_held && slot.when.timed().is_some()
}

impl Event {
    fn of(context: &Context<'_>, talk: &Talk, slot: &Slot) -> Option<Self> {
        let span = slot.when.timed().filter(|_| is_of_use(talk, slot))?;
        let venue = context.conference.venue.as_ref();
        let venue = venue.map(|venue| match &venue.address {
            Some(address) => format!("{}, {address}", venue.name),
            None => venue.name.to_string(),
        });
        let room = slot.room.as_ref().map(|room| room.name.to_string());
        let location: Vec<String> = room.into_iter().chain(venue).collect();
        let page = context.part_url(&Part::Talk(talk.code.clone()));
        let speakers = Some(talk.speaker_names()).filter(|names| !names.is_empty());
        let details: Vec<String> = speakers.into_iter().chain([page]).collect();
        Some(Self {
            title: talk.title.to_string(),
            start: span.start().instant(),
            end: span.end().instant(),
            details: details.join("\n"),
            location: location.join(", "),
        })
    }

    fn google(&self) -> String {
        let time = |at: DateTime<Utc>| at.format("%Y%m%dT%H%M%SZ").to_string();
        let dates = format!("{}/{}", time(self.start), time(self.end));
        format!(
            "https://calendar.google.com/calendar/render?action=TEMPLATE&text={}&dates={dates}&details={}&location={}",
            encoded(&self.title),
            encoded(&self.details),
            encoded(&self.location),
        )
    }

    /// On the host for private accounts (`live`) or for work (`office`).
    fn outlook(&self, host: &str) -> String {
        let time = |at: DateTime<Utc>| encoded(&at.format("%Y-%m-%dT%H:%M:%SZ").to_string());
        format!(
            "https://outlook.{host}.com/calendar/deeplink/compose?path=%2Fcalendar%2Faction%2Fcompose&rru=addevent&startdt={}&enddt={}&subject={}&body={}&location={}",
            time(self.start),
            time(self.end),
            encoded(&self.title),
            encoded(&self.details),
            encoded(&self.location),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{self, Whole};
    use super::*;

    fn event(code: &str) -> Option<Event> {
        let whole = Whole::new(fixture::conference());
        let context = whole.context();
        let talk = whole.conference.talk(code).expect("a talk");
        Event::of(&context, talk, &talk.slots[0])
    }

    #[test]
    fn google_gets_everything_in_utc_and_wholly_encoded() {
        let address = event("OPEN").expect("an event").google();
        let expected = "https://calendar.google.com/calendar/render?action=TEMPLATE&text=Opening\
            &dates=20261024T070000Z/20261024T074500Z\
            &details=Ada%20Lovelace%0Ahttps%3A%2F%2Fexample.org%2Fschedule%2Ffixture%2Ftalks%2FOPEN%2F\
            &location=Hall%2C%20Old%20Mill%2C%20Mill%20Lane%201%2C%2010115%20Berlin";
        assert_eq!(address, expected);
    }

    #[test]
    fn outlook_gets_the_same() {
        let address = event("OPEN").expect("an event").outlook("office");
        let expected = "https://outlook.office.com/calendar/deeplink/compose\
            ?path=%2Fcalendar%2Faction%2Fcompose&rru=addevent\
            &startdt=2026-10-24T07%3A00%3A00Z&enddt=2026-10-24T07%3A45%3A00Z&subject=Opening\
            &body=Ada%20Lovelace%0Ahttps%3A%2F%2Fexample.org%2Fschedule%2Ffixture%2Ftalks%2FOPEN%2F\
            &location=Hall%2C%20Old%20Mill%2C%20Mill%20Lane%201%2C%2010115%20Berlin";
        assert_eq!(address, expected);
    }

    #[test]
    fn what_is_cancelled_or_has_no_hours_cannot_be_added() {
        assert!(event("GONE").is_none());
        assert!(event("SOMEWHEN").is_none());
    }

    #[test]
    fn a_hostile_title_stays_inside_its_part_of_the_address() {
        let address = event("HOSTIL").expect("an event").google();
        assert!(!address.contains(['<', '"', '\'', ' ']), "{address}");
        assert_eq!(address.matches('&').count(), 4);
    }
}
