//! The family of formats that conference apps read: frab's XML and JSON (`schedule.xml`,
//! `schedule.json`) and c3voc's newer `schedule2.json`.
//!
//! giggity, EventFahrplan and ConfClerk read the XML. Every document validates against the schemas of
//! <https://c3voc.de/wiki/schedule>; where the schema wants something that the data do not have, it is
//! made of what they have, so that the same talk has the same number in every edition
//! ([`identifiers`]).
//!
//! Breaks are events like any other, as in wafer: an app shows when lunch is, and nothing is lost on
//! the way back. In schedule2 they are meta events. A cancelled talk has FOSDEM's mark in its title.
//!
//! # Not supported
//!
//! Talks without a known hour: an event has a start, and nobody invents one. Remarks, tags and levels
//! of talks, pages of speakers beside their own, venues: the schemas have no place for them.
//!
//! The version of handbill, as for calendars: a new one alone must not change every document.

mod address;
mod identifiers;
pub(super) mod json;
mod json_parts;
mod names;
mod programme;
pub(super) mod schedule2;
#[cfg(test)]
mod tests;
pub(super) mod xml;

use super::Context;
use crate::model::When;

/// The program that made a document.
const GENERATOR: &str = "handbill";

/// What no format of the family has a place for.
fn leaves_out(context: &Context<'_>) -> Vec<(&'static str, usize)> {
    let talks = context.talks();
    let without_hour = talks.iter().filter(|occurrence| {
        let mut slots = occurrence.slots.iter();
        occurrence.slots.is_empty() || slots.any(|slot| matches!(slot.when, When::Day(_)))
    });
    vec![("without a known hour", without_hour.count())]
}
