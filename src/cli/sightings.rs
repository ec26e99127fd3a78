//! What a publisher's own source said last, so that several publishers of one ledger do not publish
//! each other's past.
//!
//! A source that says what it said before proposes nothing, however far the ledger has gone on. One
//! that now says what the ledger recorded after the state it said last is only late.

use crate::history::Chronicle;
use crate::model::Slug;
use std::collections::BTreeMap;

/// The fingerprint of what each conference's source said last.
#[derive(Debug, Default)]
pub(super) struct Sightings {
    last: BTreeMap<Slug, String>,
}

/// What a source's state means for the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sighting {
    /// It is published, or was and is not any more.
    Settled,
    /// It is to be published.
    New,
}

impl Sightings {
    /// What it means that a source says this now.
    pub(super) fn see(&mut self, slug: &Slug, digest: &str, chronicle: &Chronicle) -> Sighting {
        let position = |digest: &str| {
            let mut publications = chronicle.publications.iter().rev();
            let found = publications.find(|publication| publication.edition.digest == digest);
            found.map(|publication| publication.edition.number)
        };
        let newest = chronicle.publications.last();
        let is_newest = newest.is_some_and(|newest| newest.edition.digest == digest);
        let last = self.last.get(slug);
        let is_late = || {
            let (before, here) = (last.and_then(|last| position(last)), position(digest));
            matches!((before, here), (Some(before), Some(here)) if here > before)
        };
        if last.is_some_and(|last| last == digest) || is_newest || is_late() {
            self.settle(slug, digest);
            return Sighting::Settled;
        }
        Sighting::New
    }

    /// What the source says is dealt with.
    pub(super) fn settle(&mut self, slug: &Slug, digest: &str) {
        self.last.insert(slug.clone(), digest.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::{Edition, Publication};

    fn chronicle(digests: &[&str]) -> Chronicle {
        let publication = |(at, digest): (usize, &&str)| Publication {
            edition: Edition {
                number: at as u64 + 1,
                published: None,
                source: String::new(),
                digest: (*digest).to_owned(),
                note: None,
            },
            changes: Vec::new(),
        };
        let publications = digests.iter().enumerate().map(publication);
        Chronicle::new(publications.collect(), &crate::model::Policy::default())
    }

    fn seen(said: &[&str], ledger: &[&str]) -> Sighting {
        let mut sightings = Sightings::default();
        let slug = Slug::of("example");
        let mut last = Sighting::Settled;
        for digest in said {
            last = sightings.see(&slug, digest, &chronicle(ledger));
            sightings.settle(&slug, digest);
        }
        last
    }

    #[test]
    fn what_a_source_says_for_the_first_time_is_new() {
        assert_eq!(seen(&["b"], &["a"]), Sighting::New);
        assert_eq!(seen(&["a", "b"], &["a"]), Sighting::New);
    }

    #[test]
    fn what_is_published_is_settled() {
        assert_eq!(seen(&["a"], &["a"]), Sighting::Settled);
        assert_eq!(seen(&["b"], &["a", "b"]), Sighting::Settled);
    }

    #[test]
    fn a_source_that_does_not_change_proposes_nothing_whatever_others_publish() {
        assert_eq!(seen(&["a", "a"], &["a", "b", "c"]), Sighting::Settled);
    }

    #[test]
    fn a_source_that_lags_behind_does_not_publish_the_past() {
        assert_eq!(seen(&["a", "b"], &["a", "b", "c"]), Sighting::Settled);
    }

    #[test]
    fn a_source_that_goes_back_is_meant() {
        assert_eq!(seen(&["a", "b", "a"], &["a", "b"]), Sighting::New);
        assert_eq!(seen(&["a"], &["a", "b"]), Sighting::New);
    }
}
