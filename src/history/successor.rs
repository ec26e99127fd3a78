//! From the newest edition and what the source says now to the next edition.

use super::ledger::Recorded;
use super::occurrences::keep_occurrences;
use super::revision::History;
use super::vanished::keep_vanished;
use crate::model::Conference;
use chrono::{DateTime, TimeDelta, Timelike, Utc};

/// The state of a conference that follows `before`, when its source says `conference` at `now`; `None`
/// where subscribers would see nothing new.
///
/// Talks keep their codes and occurrences their numbers, what has vanished stays as cancelled, and the
/// history goes on.
pub fn successor(
    before: Option<&Recorded>,
    mut conference: Conference,
    now: DateTime<Utc>,
) -> Option<(Conference, History)> {
    let Some(before) = before else {
        let history = History::default();
        history.keep_codes(&[], &mut conference);
        let next = history.next(&conference, now);
        return Some((conference, next));
    };
    let published = &before.conference.talks;
    before.history.keep_codes(published, &mut conference);
    keep_occurrences(&before.conference, &mut conference);
    keep_vanished(&before.conference, &mut conference, now);
    let mut history = before.history.next(&conference, now);
    if conference == *before.conference && history == *before.history {
        return None;
    }
    // What is no fingerprint's matter is published, too.
    history.edition = before.history.edition + 1;
    Some((conference, history))
}

/// When an edition is published that follows one of `before`: in whole seconds, and later than that.
pub fn publication_time(before: Option<DateTime<Utc>>, now: DateTime<Utc>) -> DateTime<Utc> {
    let now = now.with_nanosecond(0).unwrap_or(now);
    before.map_or(now, |before| now.max(before + TimeDelta::seconds(1)))
}
