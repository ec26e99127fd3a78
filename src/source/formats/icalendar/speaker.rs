//! Who speaks. Calendars have no place for it, so tools write it into others.

use crate::model::Plain;

/// pretalx: "Title - Ada Lovelace, Émilie du Châtelet", and "Title - " where nobody is named.
pub(super) fn behind_title(summary: &Plain) -> (Plain, Vec<Plain>) {
    if let Some(title) = summary.strip_suffix(" -").and_then(Plain::non_empty) {
        return (title, Vec::new());
    }
    match summary.rsplit_once(" - ") {
        Some((title, names)) if !title.trim().is_empty() => (
            Plain::new(title),
            names.split(", ").filter_map(Plain::non_empty).collect(),
        ),
        _ => (summary.clone(), Vec::new()),
    }
}

/// The names in the first line of a description, and what follows it.
pub(super) struct Leading<'a> {
    pub(super) names: Vec<Plain>,
    /// How many of them had their affiliation behind them.
    pub(super) affiliations: usize,
    pub(super) rest: &'a str,
}

/// Indico and others: "Speakers: Ada Lovelace (CERN), Émilie du Châtelet", then the text.
pub(super) fn leading(description: &str) -> Option<Leading<'_>> {
    const WORDS: [&str; 7] = [
        "speaker",
        "speakers",
        "speaker(s)",
        "presenter",
        "presenters",
        "von",
        "intervenants",
    ];
    const LONGEST_NAME: usize = 80;
    let text = description.trim_start();
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let (word, names) = line.split_once(':')?;
    if !WORDS.contains(&word.trim().to_lowercase().as_str()) {
        return None;
    }
    let mut affiliations = 0;
    let names: Vec<Plain> = outside_brackets(names)
        .filter_map(|name| {
            let bare = name.split(" (").next().unwrap_or(name);
            affiliations += usize::from(bare.len() < name.len());
            Plain::non_empty(bare)
        })
        .collect();
    let are_names = !names.is_empty() && names.iter().all(|name| name.len() <= LONGEST_NAME);
    are_names.then_some(Leading {
        names,
        affiliations,
        rest,
    })
}

/// The items between the commas that stand in no brackets.
fn outside_brackets(text: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_usize;
    text.split(move |character| {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        character == ',' && depth == 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[Plain]) -> Vec<&str> {
        names.iter().map(|name| &**name).collect()
    }

    #[test]
    fn pretalx_writes_the_speakers_behind_the_last_hyphen() {
        let (title, speakers) = behind_title(&Plain::new(
            "Lead - or gold - Ada Lovelace, Émilie du Châtelet",
        ));
        assert_eq!(
            (&*title, names(&speakers)),
            ("Lead - or gold", vec!["Ada Lovelace", "Émilie du Châtelet"])
        );
        let (title, speakers) = behind_title(&Plain::new("Lunch - "));
        assert_eq!((&*title, names(&speakers)), ("Lunch", vec![]));
        let (title, speakers) = behind_title(&Plain::new("Lunch"));
        assert_eq!((&*title, names(&speakers)), ("Lunch", vec![]));
    }

    #[test]
    fn indico_writes_them_into_the_first_line_of_the_description() {
        let found =
            leading("Speakers: Ada Lovelace (London, UK), Émilie du Châtelet\nAbout engines.")
                .expect("names");
        assert_eq!(names(&found.names), ["Ada Lovelace", "Émilie du Châtelet"]);
        assert_eq!((found.affiliations, found.rest), (1, "About engines."));
        assert!(leading("Speakers:\nAda").is_none());
        assert!(leading("About: engines").is_none());
        let sentence = format!("von: {}", "Wir reden über vieles ".repeat(9));
        assert!(leading(&sentence).is_none());
    }
}
