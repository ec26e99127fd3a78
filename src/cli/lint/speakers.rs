//! Speakers who are in two places at once, and those who are perhaps two by mistake.

use super::programme::{Held, Programme, name, quoted};
use crate::model::{Slug, Speaker, Talk};
use crate::source::{Problem, Severity};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// Somebody speaks in two places at once.
pub(super) fn double_booked(programme: &Programme<'_>) -> Vec<Problem> {
    let mut all = programme.held();
    all.sort_by_key(|held| (held.start(), Reverse(held.end())));
    let mut booked: BTreeMap<&Slug, usize> = BTreeMap::new();
    let mut clashes: BTreeMap<(usize, usize), Vec<&str>> = BTreeMap::new();
    for (at, held) in all.iter().enumerate() {
        for speaker in &held.talk.speakers {
            // Of each speaker's slots the one that lasts longest is enough to see a clash.
            let longest = booked.entry(&speaker.slug).or_insert(at);
            let first = &all[*longest];
            if *longest != at && held.start() < first.end() && !are_one_place(first, held) {
                let names = clashes.entry((*longest, at)).or_default();
                names.push(&speaker.name);
            }
            if first.end() < held.end() {
                *longest = at;
            }
        }
    }
    let told = |((first, second), names): ((usize, usize), Vec<&str>)| {
        told(programme, &all[first], &all[second], &names)
    };
    clashes.into_iter().map(told).collect()
}

/// What happens in one room is one place; so is a talk that is shown in a second room.
fn are_one_place(first: &Held<'_>, second: &Held<'_>) -> bool {
    let same_room = first.room().is_some() && first.room() == second.room();
    same_room || (first.talk.code == second.talk.code && first.span == second.span)
}

fn told(programme: &Programme<'_>, first: &Held<'_>, second: &Held<'_>, names: &[&str]) -> Problem {
    let verb = if names.len() == 1 { "has" } else { "have" };
    let message = format!(
        "{} {verb} {} during {}, said at {}",
        names.join(", "),
        second.shown_with_room(),
        first.shown_with_room(),
        programme.place_at(first.talk, first.slot)
    );
    let place = programme.place_at(second.talk, second.slot);
    let remedy = "move one of the two, or tell apart people whose names are the same";
    Problem::warning(place, message, remedy).of_talk(name(second.talk))
}

/// Names that differ only in case, accents, blanks and marks.
pub(super) fn names_alike(programme: &Programme<'_>) -> Vec<Problem> {
    let mut alike: BTreeMap<String, Vec<&Speaker>> = BTreeMap::new();
    for speaker in &programme.conference.speakers {
        let folded = folded(&speaker.name);
        if !folded.is_empty() {
            alike.entry(folded).or_default().push(speaker);
        }
    }
    alike.retain(|_, speakers| speakers.len() > 1);
    if alike.is_empty() {
        return Vec::new();
    }
    let mut talks: HashMap<&Slug, &Talk> = HashMap::new();
    for talk in &programme.conference.talks {
        for speaker in &talk.speakers {
            talks.entry(&speaker.slug).or_insert(talk);
        }
    }
    let told = |speakers: Vec<&Speaker>| {
        let place = |speaker: &Speaker| {
            let talk = talks.get(&speaker.slug);
            talk.map_or_else(|| programme.place.clone(), |talk| programme.place_of(talk))
        };
        let names: Vec<String> = speakers
            .iter()
            .map(|speaker| format!("{} ({})", quoted(&speaker.name), place(speaker)))
            .collect();
        let message = format!("{} are perhaps one person", names.join(" and "));
        let at = speakers.last().map(|speaker| place(speaker));
        let remedy = "write a name the same everywhere: each spelling gets feeds of its own";
        Problem::new(Severity::Note, at.unwrap_or_default(), message, remedy)
    };
    alike.into_values().map(told).collect()
}

/// A name without what people write differently. Only Latin letters lose their accents: what other
/// scripts transliterate to says too little.
fn folded(name: &str) -> String {
    let is_latin = |letter: char| letter < '\u{250}' || ('\u{1E00}'..='\u{1EFF}').contains(&letter);
    let mut letters = name.chars().filter(|letter| letter.is_alphanumeric());
    if letters.clone().next().is_some() && letters.all(is_latin) {
        return Slug::of(name).replace('-', "");
    }
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_alike_whatever_case_accents_and_marks_they_have() {
        assert_eq!(folded("Jose F. Ruiz"), folded("JOSÉ F Ruiz"));
        assert_eq!(folded("Jose\u{301}  Ruiz"), folded("José Ruiz"));
        assert_ne!(folded("Jose Ruiz"), folded("Jose Ruis"));
    }

    #[test]
    fn other_scripts_keep_every_letter() {
        assert_ne!(folded("张伟"), folded("章伟"));
        assert_eq!(folded("—"), "");
    }
}
