//! The entries of the feeds of changes: what each edition did to each talk.

use super::words;
use crate::history::{self, Change, Detail, Edition, History, feed_id};
use crate::model::{Conference, Talk, TalkCode};
use crate::render::{Context, Selection, Site, Wishes};
use chrono::{DateTime, Utc};
use maud::html;
use std::collections::BTreeMap;

/// What happened to a talk, or a note on an edition.
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) url: String,
    /// What happened, a sentence each.
    pub(super) sentences: Vec<String>,
    pub(super) categories: Vec<String>,
    pub(super) published: Option<DateTime<Utc>>,
    pub(super) updated: Option<DateTime<Utc>>,
    /// The newest edition that it tells of.
    pub(super) last_edition: u64,
    /// Whether a next edition may still be joined to it.
    pub(super) is_open: bool,
    /// The talk's code; `None` for a note.
    pub(super) code: Option<TalkCode>,
    pub(super) details: Vec<Detail>,
}

impl Entry {
    pub(super) fn html(&self) -> String {
        html! { ul { @for sentence in &self.sentences { li { (sentence) } } } }.into_string()
    }

    pub(super) fn summary(&self) -> String {
        self.sentences.join("; ")
    }
}

/// Consecutive edits of one talk that follow each other closely.
struct Group<'a> {
    first: (&'a Edition, &'a Change),
    last: (&'a Edition, &'a Change),
}

/// The entries that pass the context's selection, the newest first.
pub(super) fn entries(context: &Context<'_>) -> Vec<Entry> {
    let (conference, chronicle) = (context.conference, &context.history.chronicle);
    let window = conference.policy.changes_window;
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut newest: BTreeMap<&TalkCode, usize> = BTreeMap::new();
    let mut entries = Vec::new();
    let later = chronicle.publications.iter();
    for publication in later.filter(|publication| publication.edition.number > 1) {
        let edition = &publication.edition;
        entries.extend(
            edition
                .note
                .as_deref()
                .map(|note| self::note(context, edition, note)),
        );
        for change in &publication.changes {
            let group = newest.get(&change.code).copied();
            match group.and_then(|place| groups.get_mut(place)) {
                Some(group) if is_within(group.first.0, edition, window) => {
                    group.last = (edition, change);
                }
                _ => {
                    newest.insert(&change.code, groups.len());
                    let first = (edition, change);
                    groups.push(Group { first, last: first });
                }
            }
        }
    }
    entries.extend(groups.iter().filter_map(|group| entry(context, group)));
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.last_edition));
    entries
}

/// All entries of a conference.
pub(super) fn all(conference: &Conference, history: &History) -> Vec<Entry> {
    entries(&Context {
        conference,
        history,
        selection: &Selection::default(),
        places: None,
        site: &Site::new(""),
        wishes: &Wishes::default(),
    })
}

fn is_within(first: &Edition, edition: &Edition, window: chrono::TimeDelta) -> bool {
    matches!((first.published, edition.published), (Some(first), Some(now)) if now - first <= window)
}

fn note(context: &Context<'_>, edition: &Edition, note: &str) -> Entry {
    let path = format!("changes/{}", edition.number);
    Entry {
        id: feed_id(context.conference, context.history, &path),
        title: format!("Note on edition {}", edition.number),
        url: context.page_url(),
        sentences: vec![note.to_owned()],
        categories: vec!["note".into()],
        published: edition.published,
        updated: edition.published,
        last_edition: edition.number,
        is_open: false,
        code: None,
        details: Vec::new(),
    }
}

fn entry(context: &Context<'_>, group: &Group<'_>) -> Option<Entry> {
    let (before, after) = (group.first.1.before.as_ref(), group.last.1.after.as_ref());
    let known = after.or(before).or(group.first.1.after.as_ref())?;
    let passes = |talk: &Talk| {
        let talks = context.selection.talks_among([talk], context.conference);
        !talks.is_empty()
    };
    let talks = [after, before, group.first.1.after.as_ref()];
    let talks = talks.into_iter().flatten();
    let is_plain = context.selection.is_plain();
    if !is_plain && !talks.into_iter().any(|talk| passes(talk)) {
        return None;
    }
    let details = history::change(before, after).map_or_else(Vec::new, |change| change.details);
    let mut kinds: Vec<String> = Vec::new();
    for detail in &details {
        if !kinds.iter().any(|kind| kind == detail.kind()) {
            kinds.push(detail.kind().to_owned());
        }
    }
    let title = format!("{}: {}", words::headline(&kinds), known.title);
    let mut sentences: Vec<String> = details
        .iter()
        .map(|detail| words::sentence(detail, &context.conference.zone))
        .collect();
    if sentences.is_empty() {
        sentences.push("no change after all: it is as it was before".into());
    }
    let newest = context.history.chronicle.publications.last();
    let window = context.conference.policy.changes_window;
    let is_open = newest.is_some_and(|newest| is_within(group.first.0, &newest.edition, window));
    let path = format!("talks/{}/changes/{}", known.code, group.first.0.number);
    kinds.extend(
        crate::render::words::categories(known)
            .into_iter()
            .map(ToOwned::to_owned),
    );
    Some(Entry {
        id: feed_id(context.conference, context.history, &path),
        title,
        url: context.talk_url(known),
        sentences,
        categories: kinds,
        published: group.first.0.published,
        updated: group.last.0.published,
        last_edition: group.last.0.number,
        is_open,
        code: Some(known.code.clone()),
        details,
    })
}
