//! Links that make calendar applications subscribe.
//!
//! Those of Google and Outlook are documented nowhere and fail at times, so the address to copy stands
//! beside them. Apple's is `webcal:`, never `webcals:`, which iOS calls invalid; an `https:` link there
//! imports once instead of subscribing.

use std::fmt::Write;

/// An address that makes calendar applications subscribe.
pub(super) fn webcal(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    format!("webcal://{rest}")
}

/// Google's page that adds a calendar. It wants the `webcal:` address.
pub(super) fn google(address: &str) -> String {
    let address = encoded(&webcal(address));
    format!("https://calendar.google.com/calendar/r?cid={address}")
}

/// Outlook's page that adds a calendar, on the host for private accounts (`live`) or work (`office`).
pub(super) fn outlook(host: &str, address: &str, name: &str) -> String {
    let (address, name) = (encoded(address), encoded(name));
    format!("https://outlook.{host}.com/calendar/0/addfromweb?url={address}&name={name}")
}

/// A text as a value in a query: everything but unreserved characters is encoded (RFC 3986 §2.3).
pub(super) fn encoded(text: &str) -> String {
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

#[cfg(test)]
mod tests {
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
}
