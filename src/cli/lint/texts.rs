//! What readers miss, and what is longer than programs show.

use super::programme::{Programme, counted, name};
use crate::model::{Kind, State, Talk};
use crate::source::{Problem, Severity};

/// A title that no list shows in full, in characters.
const LONG_TITLE: usize = 200;

/// Google Calendar cuts a description after 8,192 characters.
const LONG_DESCRIPTION: usize = 8192;

/// Talks about which nothing is said. That is worth a note only: a programme is published long before
/// the last abstract is in.
pub(super) fn no_abstract(programme: &Programme<'_>) -> Vec<Problem> {
    let is_bare = |talk: &Talk| talk.summary.is_empty() && talk.description.is_empty();
    let remedy = "say in `abstract` what they are about, or give what is no talk another `kind`";
    summarised(programme, "without abstract", remedy, is_bare)
}

/// Talks that nobody gives.
pub(super) fn no_speakers(programme: &Programme<'_>) -> Vec<Problem> {
    let is_alone = |talk: &Talk| talk.speakers.is_empty() && talk.kind != Kind::Lightning;
    let remedy = "list who speaks in `speakers`, or give what is no talk another `kind`";
    summarised(programme, "without speakers", remedy, is_alone)
}

/// One line on all talks of which something is true, at the place of the first.
fn summarised(
    programme: &Programme<'_>,
    how: &str,
    remedy: &str,
    is_so: impl Fn(&Talk) -> bool,
) -> Vec<Problem> {
    let talks = programme.conference.talks.iter();
    let found: Vec<&Talk> = talks
        .filter(|talk| is_talk(talk) && talk.state != State::Cancelled && is_so(talk))
        .collect();
    let Some(first) = found.first() else {
        return Vec::new();
    };
    let message = format!(
        "{} {how}: {}",
        counted(found.len(), "talk"),
        programme.first_few(&found)
    );
    let place = programme.place_of(first);
    vec![Problem::new(Severity::Note, place, message, remedy)]
}

/// Whether people come to listen. A lunch needs neither abstract nor speakers.
fn is_talk(talk: &Talk) -> bool {
    !matches!(talk.kind, Kind::Break | Kind::Social | Kind::Other)
}

/// Titles that are texts.
pub(super) fn long_title(programme: &Programme<'_>) -> Vec<Problem> {
    let remedy = "shorten it, and move the rest to `subtitle` or `abstract`";
    too_long(programme, "title", LONG_TITLE, remedy, |talk| {
        talk.title.chars().count()
    })
}

/// Texts that calendars cut.
pub(super) fn long_description(programme: &Programme<'_>) -> Vec<Problem> {
    let remedy = "Google Calendar cuts it there; the feeds have all of it";
    too_long(programme, "text", LONG_DESCRIPTION, remedy, |talk| {
        let texts = [&talk.summary, &talk.description, &talk.notes];
        texts.iter().map(|text| text.chars().count()).sum()
    })
}

fn too_long(
    programme: &Programme<'_>,
    what: &str,
    most: usize,
    remedy: &str,
    length: impl Fn(&Talk) -> usize,
) -> Vec<Problem> {
    let talks = programme.conference.talks.iter();
    let lengths = talks.map(|talk| (talk, length(talk)));
    let told = |(talk, length): (&Talk, usize)| {
        let message = format!("its {what} has {length} characters, more than {most}");
        Problem::new(Severity::Note, programme.place_of(talk), message, remedy).of_talk(name(talk))
    };
    lengths
        .filter(|(_, length)| *length > most)
        .map(told)
        .collect()
}
