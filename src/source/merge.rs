//! Several sources of one conference become one draft.
//!
//! Talks are the same when their codes are, else when their addresses are, else when their titles
//! are. The source that comes first is right; where a later one contradicts it, that is a problem.

use super::{Clock, DayRef, Draft, DraftDay, DraftSlot, DraftTalk, Place, Problem, Severity};
use crate::model::{Markdown, Plain, TalkCode, WebUrl};
use chrono::NaiveDate;
use std::collections::HashMap;

/// Merges drafts, the most trusted first.
pub fn merge(drafts: Vec<Draft>) -> (Draft, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut drafts = drafts.into_iter();
    let mut merged = drafts.next().unwrap_or_default();
    merged.talks = unique_codes(std::mem::take(&mut merged.talks), &mut problems);
    for mut draft in drafts {
        draft.talks = unique_codes(draft.talks, &mut problems);
        merge_conference(&mut merged, &mut draft, &mut problems);
        merge_talks(&mut merged, draft.talks, &mut problems);
    }
    (merged, problems)
}

/// A talk whose code another one of the same source has keeps everything but the code.
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
                        Problem::warning(talk.place.clone(), message, remedy).of_talk(&*talk.title),
                    );
                    talk.code = None;
                    talk.url = None;
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
    fill_in!(name url description language venue address online);
    fill(&mut merged.slug, &mut draft.slug);
    fill(&mut merged.zone, &mut draft.zone);
    fill(&mut merged.authority, &mut draft.authority);
    fill(&mut merged.geo, &mut draft.geo);
    fill(&mut merged.colour, &mut draft.colour);
    merged.updated = merged.updated.max(draft.updated);
    if merged.days.is_empty() {
        merged.days = std::mem::take(&mut draft.days);
    }
    add_new(&mut merged.rooms, &mut draft.rooms, |a, b| a.name == b.name);
    add_new(&mut merged.tracks, &mut draft.tracks, |a, b| {
        a.name == b.name
    });
    add_new(&mut merged.speakers, &mut draft.speakers, |a, b| {
        a.name == b.name
    });
    add_new(&mut merged.links, &mut draft.links, |a, b| a.url == b.url);
    merged.notes = joined(merged.notes.take(), draft.notes.take());
}

/// Adds what is not known yet.
fn add_new<T>(known: &mut Vec<T>, said: &mut Vec<T>, is_same: impl Fn(&T, &T) -> bool) {
    for thing in said.drain(..) {
        if !known.iter().any(|known| is_same(known, &thing)) {
            known.push(thing);
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

/// Where to find a talk by code, address or title.
#[derive(Default)]
struct Index {
    codes: HashMap<TalkCode, usize>,
    urls: HashMap<WebUrl, usize>,
    titles: HashMap<String, Vec<usize>>,
}

impl Index {
    fn of(talks: &[DraftTalk]) -> Self {
        let mut index = Self::default();
        for (at, talk) in talks.iter().enumerate() {
            if let Some(code) = &talk.code {
                index.codes.entry(code.clone()).or_insert(at);
            }
            if let Some(url) = &talk.url {
                index.urls.entry(url.clone()).or_insert(at);
            }
            index
                .titles
                .entry(folded(&talk.title))
                .or_default()
                .push(at);
        }
        index
    }

    /// The talk that `other` is about, if it is one of `talks`.
    fn find(&self, talks: &[DraftTalk], other: &DraftTalk) -> Option<usize> {
        let may_be = |at: &usize| talks[*at].code.is_none() || other.code.is_none();
        let by_code = other.code.as_ref().and_then(|code| self.codes.get(code));
        let by_url = || {
            other
                .url
                .as_ref()
                .and_then(|url| self.urls.get(url))
                .filter(|at| may_be(at))
        };
        let by_title = || {
            let same = self.titles.get(&folded(&other.title))?;
            let mut candidates = same.iter().filter(|at| may_be(at));
            candidates.next().filter(|_| candidates.next().is_none())
        };
        by_code.or_else(by_url).or_else(by_title).copied()
    }
}

fn merge_talks(merged: &mut Draft, talks: Vec<DraftTalk>, problems: &mut Vec<Problem>) {
    let index = Index::of(&merged.talks);
    let mut is_taken = vec![false; merged.talks.len()];
    let mut new = Vec::new();
    for talk in talks {
        match index.find(&merged.talks, &talk) {
            Some(at) if !is_taken[at] => {
                is_taken[at] = true;
                let mut overlay = Overlay {
                    days: &merged.days,
                    talk: &mut merged.talks[at],
                    problems,
                };
                overlay.add(talk);
            }
            _ => new.push(talk),
        }
    }
    merged.talks.extend(new);
}

/// A talk, and what another source says of it.
struct Overlay<'a> {
    days: &'a [DraftDay],
    talk: &'a mut DraftTalk,
    problems: &'a mut Vec<Problem>,
}

impl Overlay<'_> {
    fn add(&mut self, mut other: DraftTalk) {
        let place = other.place.clone();
        if folded(&self.talk.title) != folded(&other.title) {
            let (known, said) = (self.talk.title.to_string(), other.title.to_string());
            self.contradiction(&place, "title", &known, &said);
        }
        macro_rules! overlay {
            ($($field:ident $key:literal $text:expr;)*) => {$(
                let text = $text;
                if let (Some(known), Some(said)) = (&self.talk.$field, &other.$field)
                    && folded(text(known).as_ref()) != folded(text(said).as_ref())
                {
                    let (known, said) = (text(known).to_string(), text(said).to_string());
                    self.contradiction(&place, $key, &known, &said);
                }
                fill(&mut self.talk.$field, &mut other.$field);
            )*};
        }
        overlay! {
            code "code" |code: &TalkCode| code.to_string();
            subtitle "subtitle" |text: &Plain| text.to_string();
            kind "kind" |kind: &crate::model::Kind| kind.word();
            state "state" |state: &crate::model::State| state.word();
            summary "abstract" |text: &Markdown| text.to_string();
            description "description" |text: &Markdown| text.to_string();
            track "track" |text: &Plain| text.to_string();
            language "language" |language: &crate::model::Language| language.to_string();
            url "url" |url: &WebUrl| url.to_string();
            online "online" |url: &WebUrl| url.to_string();
            image "image" |url: &WebUrl| url.to_string();
            licence "licence" |text: &Plain| text.to_string();
        }
        self.talk.updated = self.talk.updated.max(other.updated);
        self.talk.notes = joined(self.talk.notes.take(), other.notes.take());
        self.add_speakers(&place, other.speakers);
        for link in other.links {
            let is_known = self.talk.links.iter().any(|known| known.url == link.url);
            if !is_known && self.talk.url.as_ref() != Some(&link.url) {
                self.talk.links.push(link);
            }
        }
        for tag in other.tags {
            if !self.talk.tags.contains(&tag) {
                self.talk.tags.push(tag);
            }
        }
        self.add_slots(&place, other.slots);
    }

    fn add_speakers(&mut self, place: &Place, said: Vec<Plain>) {
        let names = |speakers: &[Plain]| {
            let mut names: Vec<String> = speakers.iter().map(|name| folded(name)).collect();
            names.sort();
            names
        };
        if self.talk.speakers.is_empty() {
            self.talk.speakers = said;
        } else if !said.is_empty() && names(&said) != names(&self.talk.speakers) {
            let list = |speakers: &[Plain]| {
                let names: Vec<&str> = speakers.iter().map(|name| &**name).collect();
                names.join(", ")
            };
            let (known, said) = (list(&self.talk.speakers), list(&said));
            self.contradiction(place, "speakers", &known, &said);
        }
    }

    fn add_slots(&mut self, place: &Place, said: Vec<DraftSlot>) {
        if self.talk.slots.is_empty() {
            self.talk.slots = said;
            return;
        }
        let only_days = said.iter().all(|slot| slot.start.is_none());
        if said.len() != self.talk.slots.len() && !said.is_empty() && !only_days {
            let (known, said) = (self.talk.slots.len().to_string(), said.len().to_string());
            self.contradiction(place, "number of slots", &known, &said);
            return;
        }
        for (at, mut said) in said.into_iter().enumerate().take(self.talk.slots.len()) {
            let mut known = self.talk.slots[at].clone();
            let days = (day_of(&known, self.days), day_of(&said, self.days));
            if let (Some(known), Some(said)) = days
                && known != said
            {
                self.contradiction(place, "day", &known.to_string(), &said.to_string());
                continue;
            }
            if let (Some(known), Some(said)) = (known.start, said.start)
                && known != said
            {
                self.contradiction(place, "start", &shown(known), &shown(said));
                continue;
            }
            if let (Some(known), Some(said)) = (&known.room, &said.room)
                && folded(known) != folded(said)
            {
                let (known, said) = (known.to_string(), said.to_string());
                self.contradiction(place, "room", &known, &said);
            }
            fill(&mut known.day, &mut said.day);
            fill(&mut known.start, &mut said.start);
            fill(&mut known.end, &mut said.end);
            fill(&mut known.room, &mut said.room);
            fill(&mut known.state, &mut said.state);
            self.talk.slots[at] = known;
        }
    }

    fn contradiction(&mut self, place: &Place, key: &str, known: &str, said: &str) {
        let message = format!(
            "the {key} here is {}, at {} it is {}",
            excerpt(said),
            self.talk.place,
            excerpt(known)
        );
        let remedy = "the latter is published; make the two agree";
        let name = self
            .talk
            .code
            .as_deref()
            .unwrap_or(&self.talk.title)
            .to_owned();
        self.problems
            .push(Problem::warning(place.clone(), message, remedy).of_talk(name));
    }
}

/// The date of a slot's day, where it can be told.
fn day_of(slot: &DraftSlot, days: &[DraftDay]) -> Option<NaiveDate> {
    match (slot.day, slot.start) {
        (Some(DayRef::Date(date)), _) => Some(date),
        (Some(DayRef::Number(number)), _) => days.get(number.checked_sub(1)?).map(|day| day.date),
        (None, Some(Clock::Wall(wall))) => Some(wall.date()),
        _ => None,
    }
}

fn shown(clock: Clock) -> String {
    match clock {
        Clock::Wall(wall) => wall.format("%Y-%m-%d %H:%M").to_string(),
        Clock::Time(time) => time.format("%H:%M").to_string(),
        Clock::Instant(instant) => instant.to_rfc3339(),
    }
}

/// Text for comparison: letters and digits alone, whatever case, quotes and dashes are used.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars().filter(|character| character.is_alphanumeric()) {
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
