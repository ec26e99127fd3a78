//! Telling other servers of a new edition: a WebSub hub, and webhooks of the operator's.
//!
//! What is to be told is written into the ledger's outbox together with the edition ([`notices()`]),
//! and delivered from there ([`deliver`], [`Courier`]): at least once, in order for each receiver,
//! again and again while a receiver is down. `docs/push.md` says what is sent.

mod client;
mod courier;
mod delivery;
mod notices;
mod signature;

pub use client::{Client, Refusal};
pub use courier::{Bell, Courier};
pub use delivery::deliver;
pub use notices::notices;

use std::fmt;

/// The kind of the notices to a WebSub hub.
const WEBSUB: &str = "websub";

/// The kind of the notices to a webhook.
const WEBHOOK: &str = "webhook";

/// Whom the operator wants to be told of new editions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// The address of a WebSub hub.
    pub hub: Option<String>,
    /// Addresses that get a signed JSON message for every edition.
    pub webhooks: Vec<String>,
    /// What those messages are signed with. It never gets into the ledger.
    pub secret: Option<Secret>,
}

/// A secret that is shared with the receivers of webhooks. It is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A secret; `None` when it is empty, which protects nothing.
    pub fn new(secret: &str) -> Option<Self> {
        (!secret.is_empty()).then(|| Self(secret.to_owned()))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_never_shown() {
        let settings = Settings {
            secret: Secret::new("swordfish"),
            ..Settings::default()
        };
        let shown = format!("{settings:?}");
        assert!(
            shown.contains("Secret(…)") && !shown.contains("swordfish"),
            "{shown}"
        );
    }

    #[test]
    fn an_empty_secret_is_none() {
        assert_eq!(Secret::new(""), None);
    }
}
