//! The organisers' own categories. They are called as the organisers like, often as a question to the
//! speakers ("Which track does your session fit into?"), so words of their titles decide.

use crate::model::Plain;
use crate::source::syntax::json::Json;
use crate::source::vocabulary::language_name;
use crate::source::{DraftTalk, Place, Problem};
use std::collections::{HashMap, HashSet};

/// The categories of a file.
#[derive(Default)]
pub(super) struct Categories {
    titles: Vec<Plain>,
    /// The items of each, in the order of the view `All`.
    items: Vec<Vec<Plain>>,
    by_title: HashMap<Plain, usize>,
    /// The items of the view `All`, where sessions name them by number.
    by_item: HashMap<String, Item>,
}

/// What a session chose in a category.
#[derive(Debug, Clone)]
pub(super) struct Item {
    category: usize,
    name: Plain,
}

/// What a category stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Track,
    Level,
    Format,
    Language,
    Tags,
}

/// What each of the categories stands for.
pub(super) struct Roles(Vec<Role>);

impl Categories {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.titles.len()
    }

    /// Takes a category of the view `All`. Those of speakers say nothing of sessions.
    pub(super) fn list(&mut self, value: Json<'_>) {
        let Some(category) = value.object() else {
            value.report(
                format!("this category is {}", value.shown()),
                "expected an object, { … }",
            );
            return;
        };
        if category.text("type").as_deref() == Some("speaker") {
            return;
        }
        let Some(title) = category.plain("title") else {
            return;
        };
        let at = self.category(title);
        category.each("items", |item| {
            let Some(item) = item.object() else { return };
            if let (Some(id), Some(name)) = (item.text("id"), item.plain("name")) {
                if let Some(items) = self.items.get_mut(at) {
                    items.push(name.clone());
                }
                let item = Item { category: at, name };
                self.by_item.insert(id.trim().to_owned(), item);
            }
        });
    }

    /// The item of this number.
    pub(super) fn item(&self, id: &str) -> Option<&Item> {
        self.by_item.get(id.trim())
    }

    /// What a session chose in a category that it names itself, as in `GridSmart` and `Sessions`.
    pub(super) fn chosen(&mut self, value: Json<'_>, items: &mut Vec<Item>) {
        let Some(category) = value.object() else {
            return;
        };
        let Some(title) = category.plain("name") else {
            return;
        };
        let at = self.category(title);
        category.each("categoryItems", |item| {
            let name = item.object().and_then(|item| item.plain("name"));
            items.extend(name.map(|name| Item { category: at, name }));
        });
    }

    fn category(&mut self, title: Plain) -> usize {
        if let Some(at) = self.by_title.get(&title) {
            return *at;
        }
        let at = self.titles.len();
        self.by_title.insert(title.clone(), at);
        self.titles.push(title);
        self.items.push(Vec::new());
        at
    }

    /// What each category stands for; `track` is the title of the one that the organisers chose for
    /// the track.
    pub(super) fn roles(&self, track: Option<&Plain>) -> Roles {
        let track = match track {
            Some(track) => self.named(track),
            None => self.track(),
        };
        let roles = self.titles.iter().enumerate();
        Roles(
            roles
                .map(|(at, title)| match track {
                    Some(track) if track == at => Role::Track,
                    _ => Role::of(title),
                })
                .collect(),
        )
    }

    /// The tracks, in the order of the view `All`.
    pub(super) fn tracks(&self, roles: &Roles) -> &[Plain] {
        let track = roles.0.iter().position(|role| *role == Role::Track);
        track
            .and_then(|track| self.items.get(track))
            .map_or(&[], Vec::as_slice)
    }

    /// Says that the file has no category of the title that the organisers chose.
    pub(super) fn missing(&self, track: &Plain, place: Place) -> Option<Problem> {
        if self.named(track).is_some() {
            return None;
        }
        let titles: Vec<String> = self
            .titles
            .iter()
            .map(|title| format!("\"{title}\""))
            .collect();
        let message = format!("no category here is called \"{track}\", so no talk has a track");
        let remedy = if titles.is_empty() {
            "there are no categories here; let Sessionize's endpoint include them".to_owned()
        } else {
            format!("set `track` to one of {}", titles.join(", "))
        };
        Some(Problem::warning(place, message, remedy))
    }

    fn named(&self, track: &Plain) -> Option<usize> {
        let wanted = track.to_lowercase();
        let mut titles = self.titles.iter();
        titles.position(|title| title.to_lowercase() == wanted)
    }

    /// The category that is the track where nobody said so.
    fn track(&self) -> Option<usize> {
        /// Of a longer title, such as "Which topics do you cover?", only the first word is sure.
        const SHORT: usize = 2;
        let says = |title: &Plain, names: &[&str]| {
            let words = words(title);
            words.iter().any(|word| names.contains(&&**word))
        };
        let mut titles = self.titles.iter();
        let track = titles.position(|title| says(title, &["track", "tracks"]));
        track.or_else(|| {
            let mut titles = self.titles.iter();
            titles.position(|title| {
                words(title).len() <= SHORT && says(title, &["theme", "themes", "topic", "topics"])
            })
        })
    }
}

impl Role {
    /// What a category stands for that is not the track.
    fn of(title: &str) -> Self {
        let words = words(title);
        let says = |names: &[&str]| words.iter().any(|word| names.contains(&&**word));
        if says(&["level", "levels", "difficulty", "niveau"]) {
            Self::Level
        } else if says(&["language", "languages", "sprache"]) && !says(&["programming"]) {
            Self::Language
        } else if says(&["duration", "format", "formats", "length", "type", "types"]) {
            Self::Format
        } else {
            Self::Tags
        }
    }
}

impl Roles {
    /// Adds to a talk what it chose. Where there is room for one only, the first counts and the others
    /// are tags.
    pub(super) fn apply(&self, talk: &mut DraftTalk, items: Vec<Item>) {
        for Item { category, name } in items {
            let role = self.0.get(category).copied().unwrap_or(Role::Tags);
            let language = language_name::language(&name).filter(|_| role == Role::Language);
            let place = match role {
                Role::Track => &mut talk.track,
                Role::Level => &mut talk.level,
                Role::Format => &mut talk.format,
                Role::Language | Role::Tags => {
                    if language.is_some() && talk.language.is_none() {
                        talk.language = language;
                    } else {
                        talk.tags.push(name);
                    }
                    continue;
                }
            };
            if place.is_none() {
                *place = Some(name);
            } else {
                talk.tags.push(name);
            }
        }
        let mut seen = HashSet::new();
        talk.tags.retain(|tag| seen.insert(tag.clone()));
    }
}

fn words(title: &str) -> Vec<String> {
    let words = title.split(|character: char| !character.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}
