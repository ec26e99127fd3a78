//! Whom to tell of new editions.

use super::Failure;
use crate::push::{Secret, Settings};
use clap::Args;

/// Whom to tell of new editions.
#[derive(Debug, Args)]
pub(super) struct PushArguments {
    /// The WebSub hub that feeds name, and that is told of their changes.
    #[arg(long, env = "HANDBILL_HUB", value_name = "URL", value_parser = address)]
    hub: Option<String>,
    /// An address that gets the changes of each edition as signed JSON. May be given several times.
    #[arg(long = "webhook", env = "HANDBILL_WEBHOOK", value_name = "URL", value_delimiter = ' ', value_parser = address)]
    webhooks: Vec<String>,
    /// What the JSON is signed with (HMAC-SHA256); better in the environment than on the command line.
    #[arg(
        long,
        env = "HANDBILL_WEBHOOK_SECRET",
        value_name = "SECRET",
        hide_env_values = true
    )]
    webhook_secret: Option<String>,
}

fn address(text: &str) -> Result<String, String> {
    crate::model::WebUrl::parse(text)
        .map(|url| url.to_string())
        .ok_or_else(|| "expected an absolute address such as https://hub.example.org/".into())
}

impl PushArguments {
    /// The same, checked.
    ///
    /// # Errors
    ///
    /// When there is a webhook and nothing to sign with.
    pub(super) fn settings(&self) -> Result<Settings, Failure> {
        let secret = self.webhook_secret.as_deref().and_then(Secret::new);
        if secret.is_none() && !self.webhooks.is_empty() {
            return Err(
                "a webhook needs a secret to sign with; set HANDBILL_WEBHOOK_SECRET".into(),
            );
        }
        Ok(Settings {
            hub: self.hub.clone(),
            webhooks: self.webhooks.clone(),
            secret,
        })
    }
}
