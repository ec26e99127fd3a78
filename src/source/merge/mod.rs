//! Several sources of one conference become one draft.
//!
//! Talks are the same when their codes are, else when their addresses are, else when their titles
//! are, or one title holds the other on the same day. The source that comes first is right; where a
//! later one contradicts it, that is a problem.

mod overlay;
mod times;

use super::vocabulary::nearest::{likeness, nearest};
use super::{
    Draft, DraftDay, DraftRoom, DraftSpeaker, DraftTalk, DraftTrack, Place, Problem, Severity,
};
use crate::model::{Link, Markdown, Plain, TalkCode};
use overlay::Overlay;
use std::collections::HashMap;
use times::Calendar;

/// Merges drafts, the most trusted first.
pub fn merge(drafts: Vec<Draft>) -> (Draft, Vec<Problem>) {
    let mut problems = Vec::new();
    let has_sources = drafts.len() > 1;
    let mut drafts = drafts.into_iter();
    let mut merged = drafts.next().unwrap_or_default();
    merged.talks = unique_codes(std::mem::take(&mut merged.talks), &mut problems);
    // One source may name a speaker with every talk.
    let speakers = std::mem::take(&mut merged.speakers);
    add_speakers(&mut merged.speakers, speakers.into_iter());
    for mut draft in drafts {
        draft.talks = unique_codes(draft.talks, &mut problems);
        merge_conference(&mut merged, &mut draft, &mut problems);
        merge_talks(&mut merged, draft.talks, &mut problems);
        merged.talks = unique_codes(std::mem::take(&mut merged.talks), &mut problems);
    }
    drop_untitled(&mut merged, has_sources, &mut problems);
    (merged, problems)
}

/// A talk that is told apart by its code, and that no source has.
fn drop_untitled(merged: &mut Draft, has_sources: bool, problems: &mut Vec<Problem>) {
    let codes: Vec<TalkCode> = merged
        .talks
        .iter()
        .filter(|talk| !talk.title.is_empty())
        .filter_map(|talk| talk.code.clone())
        .collect();
    merged.talks.retain(|talk| {
        if talk.title.is_empty() {
            problems.push(untitled(talk, has_sources, &codes));
        }
        !talk.title.is_empty()
    });
}

fn untitled(talk: &DraftTalk, has_sources: bool, codes: &[TalkCode]) -> Problem {
    let code = talk.code.as_deref().unwrap_or_default();
    if !has_sources {
        let remedy = "add title = \"…\"";
        return Problem::error(talk.place.clone(), "this talk has no `title`", remedy)
            .of_talk(code);
    }
    let message = format!("no source has a talk with the code {code}");
    let remedy = match nearest(codes, |known| likeness(known, code), 0.8) {
        Some(near) => format!("did you mean {near}? a talk of its own needs a `title`"),
        None => "mend the code, or add a `title` if it is a talk of its own".into(),
    };
    Problem::error(talk.place.clone(), message, remedy).of_talk(code)
}

/// A talk whose code another one has keeps everything but the code.
fn unique_codes(talks: Vec<DraftTalk>, problems: &mut Vec<Problem>) -> Vec<DraftTalk> {
    let mut first: HashMap<TalkCode, Place> = HashMap::new();
    let mut unique = Vec::with_capacity(talks.len());
    for mut talk in talks {
        if let Some(code) = talk.code.clone() {
            match first.get(&code) {
                None => {
                    first.insert(code, talk.place.clone());
                }
                Some(place) => {
                    let message = format!("the code {code} is used already at {place}");
                    let remedy =
                        "give each talk its own code; a talk held twice is one talk with two slots";
                    problems.push(
                        Problem::warning(talk.place.clone(), message, remedy)
                            .by_rule("duplicate-code")
                            .of_talk(&*talk.title),
                    );
                    talk.code = None;
                }
            }
        }
        unique.push(talk);
    }
    unique
}

/// What a later source says of the conference as a whole fills gaps. Where it says something else, a
/// wrong zone or day would be a wrong time, so that is to be mended; another name is worth a note.
fn merge_conference(merged: &mut Draft, draft: &mut Draft, problems: &mut Vec<Problem>) {
    let place = draft.place.clone();
    let mut differ = |severity, key: &str, known: Option<String>, said: Option<String>| {
        if let (Some(known), Some(said)) = (known, said)
            && folded(&known) != folded(&said)
        {
            let (known, said) = (excerpt(&known), excerpt(&said));
            let message = format!("the conference's {key} here is {said}, elsewhere {known}");
            let remedy = "the latter is published; make the two agree";
            problems.push(Problem::new(severity, place.clone(), message, remedy));
        }
    };
    let dates = |days: &[DraftDay]| {
        let dates: Vec<String> = days.iter().map(|day| day.date.to_string()).collect();
        Some(dates.join(", ")).filter(|dates| !dates.is_empty())
    };
    let zone = |draft: &Draft| draft.zone.as_ref().map(|zone| zone.name().to_owned());
    differ(Severity::Warning, "time zone", zone(merged), zone(draft));
    differ(
        Severity::Warning,
        "days",
        dates(&merged.days),
        dates(&draft.days),
    );
    macro_rules! fill_in {
        ($($field:ident)*) => {$(
            let text = |draft: &Draft| draft.$field.as_ref().map(ToString::to_string);
            differ(Severity::Note, stringify!($field), text(merged), text(draft));
            fill(&mut merged.$field, &mut draft.$field);
        )*};
    }
    fill_in!(name url description language venue address online logo);
    fill(&mut merged.slug, &mut draft.slug);
    fill(&mut merged.acronym, &mut draft.acronym);
    fill(&mut merged.version, &mut draft.version);
    fill(&mut merged.base_url, &mut draft.base_url);
    fill(&mut merged.timeslot, &mut draft.timeslot);
    fill(&mut merged.zone, &mut draft.zone);
    fill(&mut merged.authority, &mut draft.authority);
    fill(&mut merged.geo, &mut draft.geo);
    fill(&mut merged.colour, &mut draft.colour);
    merged.updated = merged.updated.max(draft.updated);
    if merged.days.is_empty() {
        merged.days = std::mem::take(&mut draft.days);
    }
    add_rooms(&mut merged.rooms, draft.rooms.drain(..));
    add_tracks(&mut merged.tracks, draft.tracks.drain(..));
    add_speakers(&mut merged.speakers, draft.speakers.drain(..));
    add_links(&mut merged.links, draft.links.drain(..));
    merged.notes = joined(merged.notes.take(), draft.notes.take());
}

fn add_rooms(known: &mut Vec<DraftRoom>, said: impl Iterator<Item = DraftRoom>) {
    for mut room in said {
        let Some(known) = known.iter_mut().find(|known| known.name == room.name) else {
            known.push(room);
            continue;
        };
        fill(&mut known.online, &mut room.online);
        fill(&mut known.guid, &mut room.guid);
        fill(&mut known.capacity, &mut room.capacity);
        if known.description.is_empty() {
            known.description = room.description;
        }
    }
}

fn add_tracks(known: &mut Vec<DraftTrack>, said: impl Iterator<Item = DraftTrack>) {
    for mut track in said {
        match known.iter_mut().find(|known| known.name == track.name) {
            Some(known) => fill(&mut known.colour, &mut track.colour),
            None => known.push(track),
        }
    }
}

fn add_speakers(known: &mut Vec<DraftSpeaker>, said: impl Iterator<Item = DraftSpeaker>) {
    let mut places: HashMap<Plain, usize> = HashMap::with_capacity(known.len());
    for (at, speaker) in known.iter().enumerate() {
        places.entry(speaker.name.clone()).or_insert(at);
    }
    for mut speaker in said {
        let Some(at) = places.get(&speaker.name) else {
            places.insert(speaker.name.clone(), known.len());
            known.push(speaker);
            continue;
        };
        let known = &mut known[*at];
        if known.biography.is_empty() {
            known.biography = speaker.biography;
        }
        fill(&mut known.url, &mut speaker.url);
        fill(&mut known.picture, &mut speaker.picture);
        fill(&mut known.guid, &mut speaker.guid);
        fill(&mut known.id, &mut speaker.id);
        fill(&mut known.code, &mut speaker.code);
        add_links(&mut known.links, speaker.links.into_iter());
    }
}

fn add_links(known: &mut Vec<Link>, said: impl Iterator<Item = Link>) {
    for link in said {
        if !known.iter().any(|known| known.url == link.url) {
            known.push(link);
        }
    }
}

fn fill<T>(known: &mut Option<T>, other: &mut Option<T>) {
    if known.is_none() {
        *known = other.take();
    }
}

/// Both texts, one after the other; neither is lost.
fn joined(first: Option<Markdown>, second: Option<Markdown>) -> Option<Markdown> {
    match (first, second) {
        (Some(first), Some(second)) if !first.contains(&*second) => {
            Some(Markdown::new(&format!("{first}\n\n{second}")))
        }
        (first, second) => first.or(second),
    }
}

/// Overlays the talks of a later source, the surest matches first: all codes before any address, all
/// addresses before any title.
fn merge_talks(merged: &mut Draft, talks: Vec<DraftTalk>, problems: &mut Vec<Problem>) {
    let known = merged.talks.len();
    let calendar = Calendar::of(merged);
    // Overlaying leaves titles as they are.
    let titles: Vec<String> = merged
        .talks
        .iter()
        .map(|talk| folded(&talk.title))
        .collect();
    let mut rest: Vec<Option<DraftTalk>> = talks.into_iter().map(Some).collect();
    let mut is_taken = vec![false; known];
    for key in [by_code, by_address, by_title] {
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, talk) in merged.talks.iter().enumerate() {
            if let (false, Some(key)) = (is_taken[at], key(talk)) {
                places.entry(key).or_default().push(at);
            }
        }
        for slot in &mut rest {
            let Some(talk) = slot else { continue };
            let candidates = key(talk).and_then(|key| places.get(&key));
            let mut candidates = candidates
                .into_iter()
                .flatten()
                .copied()
                .filter(|at| !is_taken[*at] && may_be_same(&merged.talks[*at], talk));
            if let (Some(at), None) = (candidates.next(), candidates.next()) {
                is_taken[at] = true;
                let talk = &mut merged.talks[at];
                overlay(talk, slot, &calendar, problems);
            }
        }
    }
    let left = rest.iter().flatten().count();
    let is_comparable = left.saturating_mul(known) <= MOST_COMPARED;
    for slot in rest.iter_mut().filter(|_| is_comparable) {
        let Some(talk) = slot else { continue };
        let open = (0..known).filter(|at| !is_taken[*at]);
        let open = open.map(|at| (at, &merged.talks[at], &*titles[at]));
        if let Some(at) = holder(talk, open, &calendar) {
            is_taken[at] = true;
            overlay(&mut merged.talks[at], slot, &calendar, problems);
        }
    }
    let new: Vec<DraftTalk> = rest.into_iter().flatten().collect();
    if known > 0 {
        let found: Vec<Problem> = new
            .iter()
            .map(|talk| {
                let known = merged.talks.iter().zip(&titles);
                only_here(talk, known.filter(|_| is_comparable))
            })
            .collect();
        problems.extend(summarised(found));
    }
    merged.talks.extend(new);
}

fn by_code(talk: &DraftTalk) -> Option<String> {
    talk.code.as_ref().map(ToString::to_string)
}

fn by_address(talk: &DraftTalk) -> Option<String> {
    talk.url.as_ref().map(ToString::to_string)
}

fn by_title(talk: &DraftTalk) -> Option<String> {
    Some(folded(&talk.title)).filter(|title| !title.is_empty())
}

/// Two codes that differ are two talks, whatever else is alike.
fn may_be_same(known: &DraftTalk, said: &DraftTalk) -> bool {
    known.code.is_none() || said.code.is_none() || known.code == said.code
}

fn overlay(
    talk: &mut DraftTalk,
    other: &mut Option<DraftTalk>,
    calendar: &Calendar,
    problems: &mut Vec<Problem>,
) {
    let mut overlay = Overlay {
        is_correction: talk.title.is_empty(),
        calendar,
        talk,
        problems,
    };
    if let Some(other) = other.take() {
        overlay.add(other);
    }
}

/// The most pairs of talks whose titles are compared letter by letter: far more than two large
/// conferences have.
const MOST_COMPARED: usize = 4_000_000;

/// The shortest title that says enough to tell a talk inside a longer one.
const TELLING_TITLE: usize = 8;

/// The only one of the `open` talks, given with its place and folded title, that is on the same day
/// and whose title holds this one's, or lies in it: "Closing remarks" and "Closing remarks day 2".
fn holder<'a>(
    talk: &DraftTalk,
    open: impl Iterator<Item = (usize, &'a DraftTalk, &'a str)>,
    calendar: &Calendar,
) -> Option<usize> {
    let day = |talk: &DraftTalk| {
        let slot = talk.slots.first();
        slot.and_then(|slot| calendar.day_of(slot))
    };
    let (title, on) = (folded(&talk.title), day(talk)?);
    let mut found = open.filter(|(_, known, other)| {
        let (long, short) = if other.len() > title.len() {
            (*other, &*title)
        } else {
            (&*title, *other)
        };
        may_be_same(known, talk)
            && short.chars().count() >= TELLING_TITLE
            && long.contains(short)
            && day(known) == Some(on)
    });
    let first = found.next()?.0;
    found.next().is_none().then_some(first)
}

/// A talk that only a later source has may be meant to be one that is there already. Each `known` one
/// comes with its folded title.
fn only_here<'a>(
    talk: &DraftTalk,
    known: impl Iterator<Item = (&'a DraftTalk, &'a String)>,
) -> Problem {
    let name = talk.code.as_deref().unwrap_or(&talk.title).to_owned();
    let title = folded(&talk.title);
    let problem = match nearest(known, |(_, other)| likeness(other, &title), 0.92) {
        Some((near, _)) => Problem::warning(
            talk.place.clone(),
            format!(
                "this talk is in no earlier source; {} has {}",
                near.place,
                excerpt(&near.title)
            ),
            "if that is the same talk, give both the same title or code",
        ),
        None => Problem::note(talk.place.clone(), "this talk is in no earlier source"),
    };
    problem.of_talk(name)
}

/// The most talks of a later source that are told one by one.
const MOST_TOLD: usize = 3;

/// A source that says more than those before it needs no line for each talk.
fn summarised(found: Vec<Problem>) -> Vec<Problem> {
    let (notes, mut told): (Vec<Problem>, Vec<Problem>) = found
        .into_iter()
        .partition(|problem| problem.severity == Severity::Note);
    match notes.first() {
        Some(first) if notes.len() > MOST_TOLD => {
            let message = format!(
                "{} talks are in no earlier source; the first is here",
                notes.len()
            );
            told.push(Problem::note(first.place.clone(), message));
        }
        _ => told.extend(notes),
    }
    told
}

/// Text for comparison: whatever case, blanks, quotes, dashes and marks between words are used.
fn folded(text: &str) -> String {
    let is_mark = |character: char| {
        character.is_whitespace() || "\"'`´‘’‚‛“”„‟«»‹›-‐‑‒–—―−.,:;!?…()[]".contains(character)
    };
    let mut folded = String::with_capacity(text.len());
    for character in text.chars().filter(|character| !is_mark(*character)) {
        folded.extend(character.to_lowercase());
    }
    if folded.is_empty() {
        text.to_owned()
    } else {
        folded
    }
}

fn excerpt(text: &str) -> String {
    let line = Plain::new(text);
    if line.chars().count() <= 60 {
        return format!("\"{line}\"");
    }
    let start: String = line.chars().take(57).collect();
    format!("\"{start}…\"")
}
