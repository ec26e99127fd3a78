//! From bytes to the model: one file a format, and the merging of several sources into one conference.

mod assemble;
mod c3voc;
mod conference_file;
mod csv;
mod decode;
mod draft;
mod entities;
mod fetch;
mod fields;
mod findings;
mod folder;
mod frab_json;
mod frab_xml;
mod icalendar;
mod json;
mod language_name;
mod lines;
mod markdown;
mod merge;
mod named_list;
mod nearest;
mod pretalx;
mod pretalx_api;
mod pretalx_widget;
mod problem;
mod publication;
mod reading;
mod schedule2;
mod sessionize;
mod source_ref;
mod talk_code;
mod talk_list;
mod toml_value;
mod vocabulary;
mod xml;
mod zone_names;

pub use assemble::{Assembled, Places, TalkPlaces, assemble};
pub use draft::{
    Clock, DayRef, Draft, DraftDay, DraftRoom, DraftSlot, DraftSpeaker, DraftTalk, DraftTrack, End,
};
pub use fetch::{Remote, RemoteSource};
pub use folder::{CONFERENCE_FILE, Loaded, load, load_file, load_url, remote_sources};
pub use merge::merge;
pub use problem::{Place, Problem, Severity};
pub use reading::LoadedSource;

use crate::model::Plain;
use source_ref::SourceRef;

/// What a format could read, and what was wrong with it; an error when it is not that format at all.
pub type Reading = Result<(Draft, Vec<Problem>), Problem>;

/// A source as it was found.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The name of the file, or the address, that problems give it.
    pub file: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
    /// What the organisers say about how to read it.
    pub options: &'a Options,
}

/// What the organisers say about how to read a source, where its format leaves that open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// Which of the source's categories is the track (Sessionize).
    pub track: Option<Plain>,
}

/// A format that handbill reads.
pub struct Source {
    /// Its name in `conference.toml` (`format = …`) and in messages.
    pub name: &'static str,
    /// Whether `bytes` from a file of this name look like this format.
    pub detect: fn(name: &str, bytes: &[u8]) -> bool,
    /// Reads what can be read, and says what could not.
    ///
    /// # Errors
    ///
    /// When the bytes are not of this format at all.
    pub read: fn(&Input<'_>) -> Reading,
}

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

/// The most talks that are read from one source. The largest known conferences have a few thousand;
/// beyond this somebody means harm, or the file is something else.
const MOST_TALKS: usize = 20_000;
