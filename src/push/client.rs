//! One POST of one notice.
//!
//! The operator chose the receivers, so they may be in a private network. No redirects are followed:
//! a message and its signature go to nobody else.

use super::signature::sign;
use super::{Secret, WEBHOOK};
use crate::history::ledger::Notice;
use std::time::Duration;
use ureq::Agent;
use ureq::http::header::CONTENT_TYPE;
use url::Url;

/// How long a delivery may take.
pub(super) const TIMEOUT: Duration = Duration::from_secs(10);

/// The most of an answer's body that is read, in bytes; nothing in it matters.
const LARGEST_ANSWER: u64 = 64 << 10;

const USER_AGENT: &str = concat!("handbill/", env!("CARGO_PKG_VERSION"));

/// Sends notices to their receivers.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    secret: Option<Secret>,
}

/// Why a receiver did not take a notice.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// It answered with another status than success, such as `404 Not Found`.
    #[error("it answered {0}, and 2xx was expected")]
    Status(String),
    /// It gave no answer.
    #[error("it cannot be reached: {0}")]
    Unreachable(#[from] Box<ureq::Error>),
    /// The message cannot be signed.
    #[error("the message cannot be signed: {0}")]
    Unsigned(#[from] hmac::digest::InvalidLength),
}

impl Client {
    /// A client that signs webhooks with `secret`; without one they are not signed.
    pub fn new(secret: Option<Secret>) -> Self {
        let config = Agent::config_builder()
            .proxy(None)
            .max_redirects(0)
            .http_status_as_error(false)
            .max_idle_connections(0)
            .timeout_global(Some(TIMEOUT))
            .user_agent(USER_AGENT)
            .build();
        Self {
            agent: Agent::new_with_config(config),
            secret,
        }
    }

    /// Sends a notice.
    ///
    /// # Errors
    ///
    /// When the receiver does not say in time that it has taken it (RFC 9110 §15.3).
    pub fn send(&self, notice: &Notice) -> Result<(), Refusal> {
        let body = notice.notice.body.as_bytes();
        let mut call = self.agent.post(&notice.notice.target);
        if notice.notice.kind == WEBHOOK {
            call = call
                .header(CONTENT_TYPE, "application/json")
                .header("X-Handbill-Event", "edition")
                .header("X-Handbill-Delivery", delivery_id(notice));
            if let Some(Secret(secret)) = &self.secret {
                let signature = format!("sha256={}", sign(secret.as_bytes(), body)?);
                call = call.header("X-Handbill-Signature-256", signature);
            }
        } else {
            call = call.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        let mut answer = call.send(body).map_err(Box::new)?;
        // Some receivers count a connection that is closed before its end as a failure of theirs.
        let rest = answer.body_mut().with_config().limit(LARGEST_ANSWER);
        let _ = rest.read_to_vec();
        let status = answer.status();
        if status.is_success() {
            Ok(())
        } else {
            Err(Refusal::Status(status.to_string()))
        }
    }
}

/// What tells a delivery from every other one, and is the same when it is tried again.
pub(super) fn delivery_id(notice: &Notice) -> String {
    format!("{}-{}-{}", notice.conference, notice.edition, notice.id)
}

/// A receiver's address for logs: without path and query, which may hold secrets.
pub(super) fn shown(target: &str) -> String {
    Url::parse(target).map_or_else(
        |_| "an address that cannot be read".into(),
        |url| url.origin().ascii_serialization(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logs_tell_no_secret_of_an_address() {
        let address = "https://ada:pw@chat.example.org:8443/hooks/T0KEN?key=1";
        assert_eq!(shown(address), "https://chat.example.org:8443");
    }
}
