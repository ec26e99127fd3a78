//! The bytes of one source into a draft: which format they are in, and what was found.

use super::lists::limit::too_many;
use super::{Draft, Input, Options, Place, Problem, SOURCES, Source};
use std::sync::Arc;

/// A source that was read.
#[derive(Debug)]
pub struct LoadedSource {
    /// Its name in places.
    pub file: Arc<str>,
    /// The name of its format.
    pub format: &'static str,
    /// What was found in it: counts such as ("talks", 18).
    pub counts: Vec<(&'static str, usize)>,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// A source's draft, the source itself, and what was wrong with it.
pub(super) type Read = (Draft, LoadedSource, Vec<Problem>);

/// Reads the bytes of a source whose name in problems is `file`. `format` is the name of its format,
/// where detection is not to be trusted, and `place` where that is said.
///
/// # Errors
///
/// When the bytes are in no format, or not in the one that was named.
pub(super) fn read(
    file: &str,
    bytes: Vec<u8>,
    format: Option<(&str, &Place)>,
    options: &Options,
) -> Result<Read, Problem> {
    let format = match format {
        None => detect(file, &bytes)?,
        Some((name, place)) => named(name, place)?,
    };
    let input = Input {
        file,
        bytes: &bytes,
        options,
    };
    let (draft, mut problems) = (format.read)(&input)?;
    refuse_too_many(&draft)?;
    problems.extend(left_out(&draft));
    let source = LoadedSource {
        file: file.into(),
        format: format.name,
        counts: draft.counts.clone(),
        bytes,
    };
    Ok((draft, source, problems))
}

/// The most days, rooms and tracks that a source lists: each is looked up again and again.
const MOST_OF_A_KIND: usize = 2_000;

fn refuse_too_many(draft: &Draft) -> Result<(), Problem> {
    let kinds = [
        ("days", draft.days.len()),
        ("rooms", draft.rooms.len()),
        ("tracks", draft.tracks.len()),
    ];
    match kinds.iter().find(|(_, count)| *count > MOST_OF_A_KIND) {
        Some((what, _)) => Err(too_many(draft.place.clone(), what, MOST_OF_A_KIND)),
        None => Ok(()),
    }
}

fn known_formats() -> String {
    let known: Vec<&str> = SOURCES.iter().map(|format| format.name).collect();
    known.join(", ")
}

fn named(name: &str, place: &Place) -> Result<&'static Source, Problem> {
    let found = SOURCES.iter().copied().find(|format| format.name == name);
    found.ok_or_else(|| {
        let remedy = format!("known formats: {}", known_formats());
        Problem::error(place.clone(), format!("unknown format \"{name}\""), remedy)
    })
}

fn detect(file: &str, bytes: &[u8]) -> Result<&'static Source, Problem> {
    let found = SOURCES.iter().find(|format| (format.detect)(file, bytes));
    found.copied().ok_or_else(|| {
        Problem::error(
            Place::file(file),
            "this is in no format that handbill knows",
            format!("handbill reads {}", known_formats()),
        )
    })
}

/// What a source says and the model has no place for.
fn left_out(draft: &Draft) -> Option<Problem> {
    let counted = draft.uncarried.iter();
    let counted: Vec<String> = counted
        .map(|(what, count)| format!("{what} ({count})"))
        .collect();
    let message = format!(
        "left out, since a programme has no place for it: {}",
        counted.join(", ")
    );
    (!counted.is_empty()).then(|| Problem::note(draft.place.clone(), message))
}
