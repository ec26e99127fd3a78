//! How to subscribe: the one best way of each calendar application, with an honest delay.
//!
//! The links of Google and Outlook are documented nowhere and fail at times, so the address to copy
//! stands beside them. Apple's is `webcal:`, never `webcals:`, which iOS calls invalid; an `https:`
//! link there imports once instead of subscribing.

use super::OWN_LANGUAGE;
use super::feeds::opml_url;
use crate::model::WebUrl;
use crate::render::{Context, Site, ics, talks};
use maud::{Markup, html};
use std::fmt::Write;

/// The part of the page that says how to subscribe to the whole conference.
pub(super) fn section(context: &Context<'_>) -> Markup {
    let calendar = context.feed_url(&ics::RENDERER);
    let name = &context.title();
    html! {
        section id="page:subscribe" lang=(OWN_LANGUAGE) {
            h2 { "Subscribe" }
            p { "Add the programme to your calendar once. Later changes arrive by themselves." }
            ul.apps {
                (app("Apple Calendar", "As often as you choose", &webcal(&calendar)))
                (app("Google Calendar", "Changes take up to a day", &google(&calendar)))
                (app("Outlook.com", "Changes take 3–24 hours", &outlook("live", &calendar, name)))
                (app("Microsoft 365", "Changes take 3–24 hours", &outlook("office", &calendar, name)))
            }
            p {
                "Thunderbird, GNOME Calendar or any other: subscribe to this address."
                code.address { (calendar) }
            }
            @if is_local(context.site) {
                p.notice {
                    "This page comes from your own computer. Applications on it can subscribe; Google and "
                    "Outlook cannot reach it until it is published under a public address."
                }
            }
            (advice())
            p {
                "In a feed reader each talk is an entry: "
                a href=(context.feed_url(&talks::RSS)) { "RSS" } ", "
                a href=(context.feed_url(&talks::ATOM)) { "Atom" } ", "
                a href=(context.feed_url(&talks::JSON)) { "JSON Feed" } ", or "
                a href=(opml_url(context.conference, context.site)) { "all feeds at once" } " (OPML). "
                "Only part of it? Every day, room, track and speaker has "
                a href="#page:feeds" { "feeds of its own" } "."
            }
        }
    }
}

fn app(name: &str, delay: &str, address: &str) -> Markup {
    html! {
        li { a href=(address) { b { (name) } " " small { (delay) } } }
    }
}

fn advice() -> Markup {
    html! {
        details {
            summary { "It did not work, or changes come late?" }
            dl.text {
                dt { "Google Calendar" }
                dd {
                    "Its link sometimes does nothing. Then open Google Calendar on a computer, choose "
                    b { "Other calendars" } ", " b { "+" } ", " b { "From URL" }
                    ", and paste the address above. Google may take up to a day to show a change, and "
                    "nobody can hurry it."
                }
                dt { "Outlook.com, Microsoft 365" }
                dd {
                    "If the link does nothing, choose " b { "Add calendar" } ", " b { "Subscribe from web" }
                    ", and paste the address. Changes show after 3 to 24 hours."
                }
                dt { "Apple Calendar" }
                dd { "You choose in its settings how often it looks: from every 5 minutes to once a week." }
                dt { "Thunderbird" }
                dd {
                    "Choose " b { "New Calendar" } ", " b { "On the Network" }
                    ", and paste the address. It looks every 30 minutes unless you tell it otherwise."
                }
                dt { "Everywhere" }
                dd { "Subscribe rather than import: an imported file is a copy that never changes." }
            }
        }
    }
}

/// An address that makes calendar applications subscribe.
fn webcal(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    format!("webcal://{rest}")
}

/// Google's page that adds a calendar. It wants the `webcal:` address.
fn google(address: &str) -> String {
    let address = encoded(&webcal(address));
    format!("https://calendar.google.com/calendar/r?cid={address}")
}

/// Outlook's page that adds a calendar, on the host for private accounts (`live`) or work (`office`).
fn outlook(host: &str, address: &str, name: &str) -> String {
    let (address, name) = (encoded(address), encoded(name));
    format!("https://outlook.{host}.com/calendar/0/addfromweb?url={address}&name={name}")
}

/// A text as a value in a query: everything but unreserved characters is encoded (RFC 3986 §2.3).
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// Whether only this computer can reach the site.
fn is_local(site: &Site) -> bool {
    let address = WebUrl::parse(&site.base_url);
    let host = address.as_ref().map(WebUrl::host).unwrap_or_default();
    host == "localhost"
        || host.ends_with(".localhost")
        || host.starts_with("127.")
        || host == "[::1]"
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{self, Whole};
    use super::*;

    const ADDRESS: &str = "https://example.org/schedule/fixture/schedule.ics";

    #[test]
    fn apple_gets_webcal_whatever_the_scheme() {
        assert_eq!(
            webcal(ADDRESS),
            "webcal://example.org/schedule/fixture/schedule.ics"
        );
        assert_eq!(
            webcal("http://127.0.0.1:8080/a.ics"),
            "webcal://127.0.0.1:8080/a.ics"
        );
    }

    #[test]
    fn google_gets_an_encoded_webcal_address() {
        assert_eq!(
            google(ADDRESS),
            "https://calendar.google.com/calendar/r\
             ?cid=webcal%3A%2F%2Fexample.org%2Fschedule%2Ffixture%2Fschedule.ics"
        );
    }

    #[test]
    fn outlook_gets_an_encoded_address_and_name() {
        assert_eq!(
            outlook("office", ADDRESS, "Röck & Roll + 1"),
            "https://outlook.office.com/calendar/0/addfromweb\
             ?url=https%3A%2F%2Fexample.org%2Fschedule%2Ffixture%2Fschedule.ics\
             &name=R%C3%B6ck%20%26%20Roll%20%2B%201"
        );
    }

    #[test]
    fn only_a_local_site_warns_that_google_cannot_reach_it() {
        let mut whole = Whole::new(fixture::conference());
        let warns = |whole: &Whole| {
            section(&whole.context())
                .into_string()
                .contains("your own computer")
        };
        assert!(!warns(&whole));
        for local in [
            "http://localhost:8080",
            "http://127.0.0.1:8080",
            "http://[::1]:8080/x",
        ] {
            whole.site = Site::new(local);
            assert!(warns(&whole), "{local}");
        }
    }
}
