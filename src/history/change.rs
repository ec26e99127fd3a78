//! What one edition did to each talk: the difference of two states of a conference.

use crate::model::{Conference, Link, Plain, Slot, State, Talk, TalkCode, When};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What one edition did to one talk. At least one of `before` and `after` is there.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The talk's code.
    pub code: TalkCode,
    /// The talk as it was; `None` where it is new.
    pub before: Option<Arc<Talk>>,
    /// The talk as it is; `None` where it is gone.
    pub after: Option<Arc<Talk>>,
    /// What is different, the most important first; never empty.
    pub details: Vec<Detail>,
}

/// When and where an occurrence of a talk is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// When.
    pub when: When,
    /// The room's name, where it has one.
    pub room: Option<Plain>,
}

impl Placement {
    /// Where and when a slot is held.
    pub fn of(slot: &Slot) -> Self {
        Self {
            when: slot.when.clone(),
            room: slot.room.as_ref().map(|room| room.name.clone()),
        }
    }
}

/// One thing that is different about a talk.
#[derive(Debug, Clone, PartialEq)]
pub enum Detail {
    /// It is new in the programme.
    Added,
    /// It is no longer in the programme, and its conference is over.
    Removed,
    /// It, or one of several occurrences, does not take place.
    Cancelled(Option<Placement>),
    /// It, or one of several occurrences, takes place after all.
    Restored(Option<Placement>),
    /// An occurrence is held at another time, and perhaps elsewhere.
    Moved {
        /// Where and when it was.
        from: Placement,
        /// Where and when it is.
        to: Placement,
    },
    /// An occurrence is held at the same time in another room.
    RoomChanged {
        /// Where it was.
        from: Placement,
        /// Where it is.
        to: Placement,
    },
    /// It has a further occurrence, or its first; or the hour of one on a known day is known now.
    Scheduled(Placement),
    /// It is confirmed now, or tentative.
    State(State),
    /// It has another title.
    Retitled {
        /// The title it had.
        from: Plain,
        /// The title it has.
        to: Plain,
    },
    /// Other people speak.
    Speakers {
        /// Who spoke, joined by commas; empty for nobody.
        from: String,
        /// Who speaks.
        to: String,
    },
    /// Another short field is different: track, kind, language, subtitle, level, format, stream.
    Field {
        /// The field's name for people, such as `Track`.
        name: &'static str,
        /// What it was; empty for nothing.
        from: String,
        /// What it is.
        to: String,
    },
    /// Its abstract or description is another.
    Text,
    /// Links were added, such as slides and recordings: their addresses.
    LinksAdded(Vec<String>),
    /// Something smaller that subscribers can see.
    Other,
}

impl Detail {
    /// Its place among what happened to the occurrences: what keeps people away comes first.
    fn rank(&self) -> u8 {
        match self {
            Self::Cancelled(_) => 0,
            Self::Restored(_) => 1,
            Self::Moved { .. } => 2,
            Self::RoomChanged { .. } => 3,
            Self::Scheduled(_) => 4,
            _ => 5,
        }
    }

    /// Its kind in feeds, as a category: `added`, `moved`, `room changed` …
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Cancelled(_) => "cancelled",
            Self::Restored(_) => "restored",
            Self::Moved { .. } => "moved",
            Self::RoomChanged { .. } => "room changed",
            Self::Scheduled(_) => "scheduled",
            Self::State(_) => "state changed",
            Self::Retitled { .. } => "retitled",
            Self::Speakers { .. } => "speakers changed",
            Self::Field { .. } => "details changed",
            Self::Text => "text changed",
            Self::LinksAdded(_) => "links added",
            Self::Other => "updated",
        }
    }
}

/// What is different from one state of a conference to a later one, in programme order of the later,
/// talks that are gone last.
pub fn diff(before: &Conference, after: &Conference) -> Vec<Change> {
    let old: BTreeMap<&TalkCode, &Talk> = by_code(before);
    let new: BTreeMap<&TalkCode, &Talk> = by_code(after);
    let shared = |talk: &Talk| Arc::new(talk.clone());
    let stayed = after.talks.iter().filter_map(|talk| {
        let was = old.get(&talk.code).copied();
        if was == Some(talk) {
            return None;
        }
        change(was.map(shared).as_ref(), Some(&shared(talk)))
    });
    let gone = before
        .talks
        .iter()
        .filter(|talk| !new.contains_key(&talk.code));
    let gone = gone.filter_map(|talk| change(Some(&shared(talk)), None));
    stayed.chain(gone).collect()
}

fn by_code(conference: &Conference) -> BTreeMap<&TalkCode, &Talk> {
    let talks = conference.talks.iter();
    talks.map(|talk| (&talk.code, talk)).collect()
}

/// The change of one talk from one state to a later one, `None` where subscribers see none.
pub fn change(before: Option<&Arc<Talk>>, after: Option<&Arc<Talk>>) -> Option<Change> {
    let code = after.or(before)?.code.clone();
    let details = match (before, after) {
        (Some(before), Some(after)) => details(before, after),
        (None, _) => vec![Detail::Added],
        // That it is off was told when it was cancelled.
        (Some(before), None) if before.state == State::Cancelled => Vec::new(),
        (_, None) => vec![Detail::Removed],
    };
    (!details.is_empty()).then(|| Change {
        code,
        before: before.cloned(),
        after: after.cloned(),
        details,
    })
}

/// What is different, the most important first.
fn details(before: &Talk, after: &Talk) -> Vec<Detail> {
    let of_whole = state(before.state, after.state, None);
    let mut details = slots(before, after, of_whole.is_some());
    details.extend(of_whole);
    details.sort_by_key(Detail::rank);
    details.extend((before.title != after.title).then(|| Detail::Retitled {
        from: before.title.clone(),
        to: after.title.clone(),
    }));
    details.extend(speakers(before, after));
    details.extend(fields(before, after));
    let is_reworded = is_rewritten(&before.summary, &after.summary)
        || is_rewritten(&before.description, &after.description);
    details.extend(is_reworded.then_some(Detail::Text));
    details.extend(links_added(before, after));
    // Notes name the speakers and links that were read from them: what has been told of these is all.
    let is_told =
        |detail: &Detail| matches!(detail, Detail::Speakers { .. } | Detail::LinksAdded(_));
    let has_news = is_rewritten(&before.notes, &after.notes) && !details.iter().any(is_told);
    let is_different = has_news || differs_otherwise(before, after);
    details.extend(is_different.then_some(Detail::Other));
    details
}

/// Whether a text has other words: broken into other lines, or written with other marks, it says the
/// same.
fn is_rewritten(before: &str, after: &str) -> bool {
    fn words(text: &str) -> impl Iterator<Item = &str> {
        let words = text.split_whitespace();
        let bare = words.map(|word| word.trim_matches(['*', '_', '`']));
        bare.filter(|word| !word.is_empty())
    }
    before != after && words(before).ne(words(after))
}

fn state(before: State, after: State, place: Option<Placement>) -> Option<Detail> {
    match (before, after) {
        (before, after) if before == after => None,
        (_, State::Cancelled) => Some(Detail::Cancelled(place)),
        (State::Cancelled, _) => Some(Detail::Restored(place)),
        (_, after) => Some(Detail::State(after)),
    }
}

/// What became of the occurrences; their states only where the talk as a whole does not say it.
fn slots(before: &Talk, after: &Talk, is_told: bool) -> Vec<Detail> {
    let pair = |talk: &Talk, slot: &Slot| {
        let mut slots = talk.slots.iter();
        slots
            .find(|other| other.occurrence == slot.occurrence)
            .cloned()
    };
    let mut details = Vec::new();
    let mut told = Vec::new();
    for slot in &after.slots {
        let to = Placement::of(slot);
        let Some(was) = pair(before, slot) else {
            details.push(Detail::Scheduled(to));
            continue;
        };
        let from = Placement::of(&was);
        let is_moved = from.when != to.when;
        let is_elsewhere = from.room != to.room;
        told.extend(state(was.state, slot.state, Some(to.clone())));
        if is_moved && is_first_hour(&was, slot) {
            details.push(Detail::Scheduled(to));
        } else if is_moved {
            details.push(Detail::Moved { from, to });
        } else if is_elsewhere {
            details.push(Detail::RoomChanged { from, to });
        }
    }
    for slot in &before.slots {
        if pair(after, slot).is_none() {
            details.push(Detail::Cancelled(Some(Placement::of(slot))));
        }
    }
    if is_told {
        return details;
    }
    let is_of_all = told.len() > 1 && told.len() == after.slots.len();
    match told.as_slice() {
        [Detail::Cancelled(_), ..] if is_of_all && told.iter().all(is_cancellation) => {
            details.push(Detail::Cancelled(None));
        }
        [Detail::State(state), ..] => details.push(Detail::State(*state)),
        _ => details.append(&mut told),
    }
    details
}

/// Whether the hour of what was announced for the day has become known. Nobody has to be elsewhere.
fn is_first_hour(before: &Slot, after: &Slot) -> bool {
    let When::Day(date) = before.when else {
        return false;
    };
    let start = after.when.timed().map(|span| span.start().wall());
    start.is_some_and(|start| start.date() == date)
}

fn is_cancellation(detail: &Detail) -> bool {
    matches!(detail, Detail::Cancelled(_))
}

fn speakers(before: &Talk, after: &Talk) -> Option<Detail> {
    let (from, to) = (before.speaker_names(), after.speaker_names());
    (from != to).then_some(Detail::Speakers { from, to })
}

fn fields(before: &Talk, after: &Talk) -> impl Iterator<Item = Detail> {
    let pairs = short_fields(before).into_iter().zip(short_fields(after));
    pairs.filter_map(|((name, from), (_, to))| {
        (from != to).then_some(Detail::Field { name, from, to })
    })
}

/// The short fields by their names for people.
fn short_fields(talk: &Talk) -> [(&'static str, String); 7] {
    fn text<T: ToString>(field: Option<T>) -> String {
        field.map(|field| field.to_string()).unwrap_or_default()
    }
    [
        ("Track", text(talk.track.as_ref().map(|track| &track.name))),
        ("Kind", talk.kind.name().to_owned()),
        ("Language", text(talk.language.as_ref())),
        ("Subtitle", text(talk.subtitle.as_ref())),
        ("Level", text(talk.level.as_ref())),
        ("Format", text(talk.format.as_ref())),
        ("Stream", text(talk.online.as_ref())),
    ]
}

fn links_added(before: &Talk, after: &Talk) -> Option<Detail> {
    let added = after.links.iter().filter(|link| {
        let mut links = before.links.iter();
        links.all(|old| old.url != link.url)
    });
    let added: Vec<String> = added.map(|link| link.url.to_string()).collect();
    (!added.is_empty()).then_some(Detail::LinksAdded(added))
}

/// Whether a subscriber sees a difference that no other detail tells.
fn differs_otherwise(before: &Talk, after: &Talk) -> bool {
    let kept = |link: &&Link| before.links.iter().any(|old| old.url == link.url);
    let links: Vec<&Link> = after.links.iter().filter(kept).collect();
    let of_people = |talk: &Talk| -> Vec<_> {
        let speakers = talk.speakers.iter();
        speakers
            .map(|one| {
                (
                    one.url.clone(),
                    one.picture.clone(),
                    one.biography.clone(),
                    one.links.clone(),
                )
            })
            .collect()
    };
    let has_same_people = before.speaker_names() == after.speaker_names();
    before.url != after.url
        || before.image != after.image
        || before.tags != after.tags
        || before.licence != after.licence
        || before.recording_optout != after.recording_optout
        || before.origin != after.origin
        || before.links.iter().collect::<Vec<_>>() != links
        || (has_same_people && of_people(before) != of_people(after))
}
