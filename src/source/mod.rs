//! From bytes to the model: many formats are read, and several sources are merged into one conference.
//!
//! - `formats` reads what organisers have: one file or folder a format, listed in [`SOURCES`].
//! - `syntax` is what files are written in, whatever they say: bytes as text, lines, JSON, XML, TOML.
//! - `vocabulary` is what the words in them mean, whatever the format: kinds, zones, codes, lengths.
//! - `lists` is what a reader gathers, within bounds: problems, talks, names.
//! - `draft` is what a format hands over, with a list of problems.
//! - `folder` and `fetch` find the sources of a conference, `conference_file` and `source_ref` read what
//!   its `conference.toml` says of them, and `reading` reads each with its format.
//! - [`mod@merge`] makes one draft of several, [`mod@assemble`] the model of a draft.
//!
//! A new format is a file in `formats` and a line in [`SOURCES`].

mod assemble;
mod conference_file;
mod draft;
mod fetch;
mod folder;
mod formats;
mod lists;
mod merge;
mod problem;
mod publish_table;
mod reading;
mod source_ref;
mod syntax;
mod vocabulary;

pub use assemble::{Assembled, Places, TalkPlaces, assemble};
pub use draft::{
    Clock, DayRef, Draft, DraftDay, DraftRoom, DraftSlot, DraftSpeaker, DraftTalk, DraftTrack, End,
};
pub use fetch::{Remote, RemoteSource};
pub use folder::{CONFERENCE_FILE, Loaded, load, load_file, load_url, remote_sources};
pub use formats::SOURCES;
pub use merge::merge;
pub use problem::{Place, Problem, Severity};
pub use reading::LoadedSource;

use crate::model::{Language, Plain};
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
    /// The conference's language, where the organisers say it: of a text in several languages this one
    /// is read.
    pub language: Option<Language>,
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

/// The most talks that are read from one source. The largest known conferences have a few thousand;
/// beyond this somebody means harm, or the file is something else.
const MOST_TALKS: usize = 20_000;
