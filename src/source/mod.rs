//! From bytes to the model: one file a format, and the merging of several sources into one conference.

mod assemble;
mod conference_file;
mod draft;
mod fields;
mod folder;
mod markdown;
mod merge;
mod nearest;
mod problem;
mod toml_value;

pub use assemble::assemble;
pub use draft::{
    Clock, DayRef, Draft, DraftDay, DraftRoom, DraftSlot, DraftSpeaker, DraftTalk, DraftTrack, End,
};
pub use folder::{CONFERENCE_FILE, Loaded, load, load_file};
pub use merge::merge;
pub use problem::{Place, Problem, Severity};

/// What a format could read, and what was wrong with it; an error when it is not that format at all.
pub type Reading = Result<(Draft, Vec<Problem>), Problem>;

/// A format that handbill reads.
pub struct Source {
    /// Its name in `conference.toml` (`format = …`) and in messages.
    pub name: &'static str,
    /// Whether `bytes` from a file of this name look like this format.
    pub detect: fn(name: &str, bytes: &[u8]) -> bool,
    /// Reads what can be read, and says what could not.
    ///
    /// `file` is the name that problems give the file.
    ///
    /// # Errors
    ///
    /// When the bytes are not of this format at all.
    pub read: fn(file: &str, bytes: &[u8]) -> Reading,
}

/// Every format, in the order in which they are tried.
pub static SOURCES: &[&Source] = &[&markdown::SOURCE];
