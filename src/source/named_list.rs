//! Rooms, tracks and speakers as a source mentions them: each name once, the first mention counts.

use super::{DraftRoom, DraftSpeaker, DraftTrack};
use crate::model::Plain;
use std::collections::HashSet;

/// The most things that a list describes. Beyond it somebody means harm; names are still mentioned with
/// the talks.
const MOST: usize = 20_000;

/// Things with a name, in the order of their first mention.
pub(super) struct NamedList<T> {
    pub(super) list: Vec<T>,
    names: HashSet<Plain>,
}

/// Something that has a name.
pub(super) trait Named {
    /// The name.
    fn name(&self) -> &Plain;
    /// Something of which only the name is known.
    fn called(name: &Plain) -> Self;
}

impl<T> Default for NamedList<T> {
    fn default() -> Self {
        Self {
            list: Vec::new(),
            names: HashSet::new(),
        }
    }
}

impl<T: Named> NamedList<T> {
    /// Adds something, unless there is something of this name.
    pub(super) fn add(&mut self, thing: T) {
        if self.list.len() < MOST && self.names.insert(thing.name().clone()) {
            self.list.push(thing);
        }
    }

    /// Mentions a name of which nothing more is known here.
    pub(super) fn mention(&mut self, name: &Plain) {
        if !self.names.contains(name) {
            self.add(T::called(name));
        }
    }
}

macro_rules! named {
    ($($thing:ident)*) => {$(
        impl Named for $thing {
            fn name(&self) -> &Plain {
                &self.name
            }
            fn called(name: &Plain) -> Self {
                Self { name: name.clone(), ..Self::default() }
            }
        }
    )*};
}

named!(DraftRoom DraftTrack DraftSpeaker);
