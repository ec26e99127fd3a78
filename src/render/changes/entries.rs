//! The entries of the feeds of changes: what each edition did to each talk.

use super::{ToldDetail, words};
use crate::history::{Edition, History, Story, feed_id};
use crate::model::Talk;
use crate::render::feed::Item;
use crate::render::{Context, Selection, words as names};
use maud::html;
use serde::Serialize;
use std::cmp::Reverse;

/// What an entry tells of.
#[derive(Debug, Clone, Copy)]
pub(super) enum Entry<'a> {
    /// What happened to a talk.
    Story(&'a Story),
    /// What the organisers say of an edition.
    Note(&'a Edition, &'a str),
}

/// What programs can use of an entry.
#[derive(Serialize)]
pub(super) struct Facts {
    edition: u64,
    code: Option<String>,
    changes: Vec<ToldDetail>,
}

/// All entries of a conference, the newest first.
pub(super) fn all(history: &History) -> Vec<Entry<'_>> {
    let chronicle = &history.chronicle;
    let later = chronicle.publications.iter();
    let editions = later.map(|publication| &publication.edition);
    let editions = editions.filter(|edition| edition.number > 1);
    let notes = editions.filter_map(|edition| {
        let note = edition.note.as_deref()?;
        Some(Entry::Note(edition, note))
    });
    let stories = chronicle.stories().iter().map(Entry::Story);
    let mut entries: Vec<Entry<'_>> = notes.chain(stories).collect();
    entries.sort_by_key(|entry| Reverse(entry.edition().number));
    entries
}

/// The entries that pass the context's selection, the newest first.
pub(super) fn selected<'a>(context: &Context<'a>) -> Vec<Entry<'a>> {
    let mut entries = all(context.history);
    if *context.selection != Selection::default() {
        entries.retain(|entry| entry.passes(context));
    }
    entries
}

impl<'a> Entry<'a> {
    /// The newest edition that it tells of.
    pub(super) fn edition(&self) -> &'a Edition {
        match self {
            Self::Story(story) => &story.last,
            Self::Note(edition, _) => edition,
        }
    }

    /// Whether a next edition may still change it.
    pub(super) fn is_open(&self) -> bool {
        matches!(self, Self::Story(story) if story.is_open)
    }

    /// Whether somebody who follows a selection is told of it: of what left the selection, too.
    fn passes(&self, context: &Context<'_>) -> bool {
        let Self::Story(story) = self else {
            return true;
        };
        let passes = |talk: &&Talk| {
            let talks = context.selection.talks_among([*talk], context.conference);
            !talks.is_empty()
        };
        let states = [&story.before, &story.between, &story.after];
        states.into_iter().flatten().any(|talk| passes(&&**talk))
    }

    pub(super) fn item(&self, context: &Context<'_>) -> Item<Facts> {
        match self {
            Self::Story(story) => self::story(context, story),
            Self::Note(edition, note) => self::note(context, edition, note),
        }
    }
}

fn note(context: &Context<'_>, edition: &Edition, note: &str) -> Item<Facts> {
    let path = format!("changes/{}", edition.number);
    let paragraph = html! { p { (note) } }.into_string();
    Item {
        id: feed_id(context.conference, context.history, &path),
        title: format!("Note on edition {}", edition.number),
        url: context.page_url(),
        published: edition.published,
        updated: edition.published,
        authors: Vec::new(),
        language: None,
        html: paragraph.clone(),
        summary_html: paragraph,
        summary: note.to_owned(),
        line: note.to_owned(),
        image: None,
        categories: vec!["note".into()],
        extension: Facts {
            edition: edition.number,
            code: None,
            changes: Vec::new(),
        },
    }
}

fn story(context: &Context<'_>, story: &Story) -> Item<Facts> {
    let zone = &context.conference.zone;
    let states = [&story.after, &story.before, &story.between];
    let known = states.into_iter().flatten().next();
    let mut categories: Vec<String> = Vec::new();
    for detail in &story.details {
        if !categories.iter().any(|kind| kind == detail.kind()) {
            categories.push(detail.kind().to_owned());
        }
    }
    let title = known.map_or(&*story.code, |talk| &talk.title);
    let title = format!("{}: {title}", words::headline(&categories));
    let details = story.details.iter();
    let mut sentences: Vec<String> = details
        .map(|detail| words::sentence(detail, zone))
        .collect();
    if sentences.is_empty() {
        sentences.push("no change after all: it is as it was before".into());
    }
    let list = html! { ul { @for sentence in &sentences { li { (sentence) } } } }.into_string();
    let line = sentences.join("; ");
    let path = format!("talks/{}/changes/{}", story.code, story.first.number);
    let known_as = known.into_iter().flat_map(|talk| names::categories(talk));
    categories.extend(known_as.map(ToOwned::to_owned));
    let details = story.details.iter();
    Item {
        id: feed_id(context.conference, context.history, &path),
        title,
        url: known.map_or_else(|| context.page_url(), |talk| context.talk_url(talk)),
        published: story.first.published,
        updated: story.last.published,
        authors: Vec::new(),
        language: None,
        html: list.clone(),
        summary_html: list,
        summary: line.clone(),
        line,
        image: None,
        categories,
        extension: Facts {
            edition: story.last.number,
            code: Some(story.code.to_string()),
            changes: details
                .map(|detail| ToldDetail::new(detail, zone))
                .collect(),
        },
    }
}
