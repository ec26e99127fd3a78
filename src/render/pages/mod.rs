//! The pages that people see: HTML that is whole without a script and asks nobody else for anything.
//!
//! [`programme`] is the page of one conference, [`editions()`] the list of its published states,
//! [`index`] the list of all conferences. A page holds one
//! inline style sheet and its text; it follows the reader's choice of light or dark, prints the
//! programme alone, and takes the conference's colour as its accent where that stays readable.
//!
//! A talk's code is the `id` of its place on the page ([`super::Context::talk_url`] points there).
//! Every other `id` holds a colon, which no code may hold: `day:2026-10-24`, `speaker:ada`,
//! `page:subscribe`.
//!
//! # Not supported
//!
//! Pages of a talk or a speaker, search, filters, other languages than English for the page's own
//! words. Pictures are linked, never shown: showing them would tell their host who reads the page.

mod agenda;
mod contrast;
mod editions;
mod feeds;
#[cfg(test)]
pub(super) mod fixture;
mod frame;
mod index;
mod language;
mod programme;
mod style;
mod subscribe;
mod talk;
mod times;

pub(super) use editions::editions;
pub(super) use feeds::{beside_talks, groups, whole_url};
pub use index::index;
pub(super) use programme::programme;

/// The media type of pages.
pub(super) const MEDIA_TYPE: &str = "text/html; charset=utf-8";

/// The language of the pages' own words; texts of a conference are in the conference's.
const OWN_LANGUAGE: &str = "en";
