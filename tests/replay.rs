//! Whole histories of a programme, version by version, as subscribers see them: what the feed of changes
//! tells, and what becomes of each event in the calendar.

mod notes;
mod pretalx;
mod published_files;
mod subscriber;
