//! Rooms, tracks and speakers as a source mentions them: each name once, the first mention counts.

use crate::model::Plain;
use crate::source::{DraftRoom, DraftSpeaker, DraftTrack};
use std::collections::HashMap;

/// The most things that a list describes. Beyond it somebody means harm; names are still mentioned with
/// the talks.
const MOST: usize = 20_000;

/// Things with a name, in the order of their first mention.
pub(in crate::source) struct NamedList<T> {
    pub(in crate::source) list: Vec<T>,
    places: HashMap<Plain, usize>,
}

/// Something that has a name.
pub(in crate::source) trait Named {
    /// The name.
    fn name(&self) -> &Plain;
    /// Something of which only the name is known.
    fn called(name: &Plain) -> Self;
}

impl<T> Default for NamedList<T> {
    fn default() -> Self {
        Self {
            list: Vec::new(),
            places: HashMap::new(),
        }
    }
}

impl<T: Named> NamedList<T> {
    /// Adds something, unless there is something of this name.
    pub(in crate::source) fn add(&mut self, thing: T) {
        if self.list.len() < MOST && !self.places.contains_key(thing.name()) {
            self.places.insert(thing.name().clone(), self.list.len());
            self.list.push(thing);
        }
    }

    /// Mentions a name of which nothing more is known here.
    pub(in crate::source) fn mention(&mut self, name: &Plain) {
        self.named(name);
    }

    /// What has this name, to say more of it. It is added where there is nothing yet; `None` where there
    /// are too many.
    pub(in crate::source) fn named(&mut self, name: &Plain) -> Option<&mut T> {
        if !self.places.contains_key(name) {
            self.add(T::called(name));
        }
        self.list.get_mut(*self.places.get(name)?)
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
