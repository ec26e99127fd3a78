//! Publishes a conference's programme as calendars and feeds.
//!
//! Data flows one way, and the folders of `src/` stand in its order:
//!
//! ```text
//! data/<conference>/ → source → model → history → render → publish → server
//!                                                                  → feeds/<conference>/
//! ```
//!
//! - [`model`] is what a schedule is: plain values, and the words that the rest is told in.
//! - [`source`] reads bytes in the formats that organisers have, and merges them into the model.
//! - [`history`] knows since when everything has been as it is: identifiers, revisions, the ledger.
//! - [`render`] turns the model into documents, without clock, files or network.
//! - [`publish`] compresses and hashes each document once, and writes folders.
//! - [`push`] tells other servers of a new edition.
//! - [`server`] answers requests by looking up what is published.
//! - [`cli`] joins the layers: one file a command.
//!
//! Who may name whom is written down in `tests/architecture.rs`, which fails on anything else.

pub mod model;

pub mod source;

pub mod history;

pub mod render;

pub mod publish;

pub mod push;

pub mod server;

pub mod cli;
