//! All editions of a conference, and what became of each talk in them.

use super::change::{Change, Detail, change};
use super::edition::Edition;
use crate::model::{Policy, Talk, TalkCode};
use chrono::TimeDelta;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// All editions of a conference with what each changed, the oldest first.
#[derive(Debug, Clone)]
pub struct Chronicle {
    /// The editions. The first changes nothing: there was nothing before.
    pub publications: Vec<Publication>,
    window: TimeDelta,
    stories: OnceLock<Vec<Story>>,
}

/// An edition with what it changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Publication {
    /// The edition.
    pub edition: Edition,
    /// What it did to each talk.
    pub changes: Vec<Change>,
}

/// Edits of one talk that follow each other so closely that subscribers are told of them at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    /// The talk.
    pub code: TalkCode,
    /// The edition of the first edit.
    pub first: Edition,
    /// The edition of the last.
    pub last: Edition,
    /// The talk before; `None` where it was new.
    pub before: Option<Arc<Talk>>,
    /// The talk after the first edit.
    pub between: Option<Arc<Talk>>,
    /// The talk after the last; `None` where it is gone.
    pub after: Option<Arc<Talk>>,
    /// What is different; empty where the last edit undid the first.
    pub details: Vec<Detail>,
    /// Whether a next edit may still be joined to these.
    pub is_open: bool,
}

impl Default for Chronicle {
    fn default() -> Self {
        Self::new(Vec::new(), &Policy::default())
    }
}

impl PartialEq for Chronicle {
    fn eq(&self, other: &Self) -> bool {
        self.window == other.window && self.publications == other.publications
    }
}

impl Chronicle {
    /// The chronicle of a conference with this policy.
    pub fn new(publications: Vec<Publication>, policy: &Policy) -> Self {
        Self {
            publications,
            window: policy.changes_window,
            stories: OnceLock::new(),
        }
    }

    /// What became of each talk, in the order of the first edits. Found once, when it is first asked
    /// for: every document of changes tells of the same.
    pub fn stories(&self) -> &[Story] {
        self.stories.get_or_init(|| self.told())
    }

    fn told(&self) -> Vec<Story> {
        let mut stories: Vec<Story> = Vec::new();
        let mut newest: BTreeMap<&TalkCode, usize> = BTreeMap::new();
        let later = self.publications.iter();
        for publication in later.filter(|publication| publication.edition.number > 1) {
            let edition = &publication.edition;
            for change in &publication.changes {
                let story = newest.get(&change.code).copied();
                match story.and_then(|place| stories.get_mut(place)) {
                    Some(story) if self.joins(&story.first, edition) => {
                        story.last = edition.clone();
                        story.after.clone_from(&change.after);
                    }
                    _ => {
                        newest.insert(&change.code, stories.len());
                        stories.push(Story::new(edition, change));
                    }
                }
            }
        }
        let last = self.publications.last();
        for story in &mut stories {
            story.is_open = last.is_some_and(|last| self.joins(&story.first, &last.edition));
            if story.last != story.first {
                let whole = change(story.before.as_ref(), story.after.as_ref());
                story.details = whole.map_or_else(Vec::new, |change| change.details);
            }
        }
        stories
    }

    /// Whether an edit in a later edition is told together with one in `first`.
    fn joins(&self, first: &Edition, later: &Edition) -> bool {
        let times = first.published.zip(later.published);
        times.is_some_and(|(first, later)| later - first <= self.window)
    }
}

impl Story {
    fn new(edition: &Edition, change: &Change) -> Self {
        Self {
            code: change.code.clone(),
            first: edition.clone(),
            last: edition.clone(),
            before: change.before.clone(),
            between: change.after.clone(),
            after: change.after.clone(),
            details: change.details.clone(),
            is_open: false,
        }
    }
}
