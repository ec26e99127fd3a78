//! The formats that organisers have: one file or folder each, and what two of one family share.
//!
//! `c3voc` tells the JSON formats of the CCC apart, `pretalx` those of pretalx.

mod c3voc;
mod csv;
mod frab_json;
mod frab_xml;
mod icalendar;
mod markdown;
mod pretalx;
mod pretalx_api;
mod pretalx_widget;
mod schedule2;
mod sessionize;

use super::Source;

/// Every format, in the order in which they are tried.
pub static SOURCES: &[&Source] = &[
    &frab_xml::SOURCE,
    &frab_json::SOURCE,
    &schedule2::SOURCE,
    &pretalx_widget::SOURCE,
    &pretalx_api::SOURCE,
    &sessionize::SOURCE,
    &icalendar::SOURCE,
    &csv::SOURCE,
    &markdown::SOURCE,
];
