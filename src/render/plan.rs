//! Which documents a conference has, and where.

use super::selection::Selection;
use super::{CHANGES, Context, Document, RENDERERS, Renderer, Site, Wishes, changes, opml, pages};
use crate::history::History;
use crate::model::{Conference, Part};
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use std::sync::Arc;

/// A document that a conference has, not yet rendered.
#[derive(Clone)]
pub struct Rendering {
    /// Its path below the root, such as `pycascades-2022/schedule.ics`.
    pub path: String,
    /// What it shows.
    pub selection: Selection,
    /// Where the talks of the selection's part stand; `None` for the whole.
    places: Option<Arc<[usize]>>,
    form: Form,
}

#[derive(Clone, Copy)]
enum Form {
    Feed(&'static Renderer),
    Changes(&'static Renderer),
    /// Older changes: the archive's number, from 1, and its format.
    Archive(usize, &'static Renderer),
    Opml,
    Programme,
    Editions,
}

/// Every document of a conference, the most wanted first.
pub fn plan(conference: &Conference) -> Vec<Rendering> {
    let slug = &conference.slug;
    let page = |name: &str, form| Rendering {
        path: format!("{slug}/{name}"),
        selection: Selection::default(),
        places: None,
        form,
    };
    let mut documents = vec![
        page("index.html", Form::Programme),
        page("feeds.opml", Form::Opml),
        page("editions/index.html", Form::Editions),
    ];
    documents.extend(
        CHANGES
            .iter()
            .map(|renderer| page(&renderer.file(), Form::Changes(renderer))),
    );
    let mut places = places(conference);
    for part in parts(conference) {
        let places = match part {
            Part::Whole => None,
            _ => Some(places.remove(&part).unwrap_or_default().into()),
        };
        for &renderer in RENDERERS.iter().filter(|renderer| renderer.covers(&part)) {
            documents.push(Rendering {
                path: feed_path(conference, &part, renderer),
                selection: Selection::of(part.clone()),
                places: places.clone(),
                form: Form::Feed(renderer),
            });
        }
    }
    documents
}

/// The archives of what changed in a conference (RFC 5005 §4), the oldest first.
pub fn archives(conference: &Conference, history: &History) -> Vec<Rendering> {
    let archives = changes::archives(conference, history).into_iter();
    archives
        .map(|(number, renderer, path)| Rendering {
            path,
            selection: Selection::default(),
            places: None,
            form: Form::Archive(number, renderer),
        })
        .collect()
}

/// Every part of a conference that has feeds of its own, the whole first.
pub fn parts(conference: &Conference) -> Vec<Part> {
    let mut parts = vec![Part::Whole];
    parts.extend(conference.days.iter().map(|day| Part::Day(day.date)));
    parts.extend(
        conference
            .rooms
            .iter()
            .map(|room| Part::Room(room.slug.clone())),
    );
    parts.extend(
        conference
            .tracks
            .iter()
            .map(|track| Part::Track(track.slug.clone())),
    );
    parts.extend(
        conference
            .speakers
            .iter()
            .map(|speaker| Part::Speaker(speaker.slug.clone())),
    );
    parts.extend(
        conference
            .talks
            .iter()
            .map(|talk| Part::Talk(talk.code.clone())),
    );
    parts
}

/// Where in the programme the talks of each part stand.
fn places(conference: &Conference) -> HashMap<Part, Vec<usize>> {
    let mut places: HashMap<Part, Vec<usize>> = HashMap::new();
    for (place, talk) in conference.talks.iter().enumerate() {
        for part in Part::of(talk, &conference.days) {
            places.entry(part).or_default().push(place);
        }
    }
    places
}

/// The path of a part's feed below the root.
pub fn feed_path(conference: &Conference, part: &Part, renderer: &Renderer) -> String {
    let slug = &conference.slug;
    match part {
        Part::Whole => format!("{slug}/{}", renderer.file()),
        _ => format!("{slug}/{}.{}", part.path(), renderer.extension),
    }
}

/// A rendering is of the conference that it was planned for.
impl Rendering {
    /// The document, as it is for everybody.
    pub fn render(&self, conference: &Conference, history: &History, site: &Site) -> Document {
        self.render_for(conference, history, site, &Wishes::default())
    }

    /// The document for a subscriber who asked for something. Only feeds heed selections and wishes.
    pub fn render_for(
        &self,
        conference: &Conference,
        history: &History,
        site: &Site,
        wishes: &Wishes,
    ) -> Document {
        let context = self.context(conference, history, site, wishes);
        let (media_type, bytes) = match self.form {
            Form::Feed(renderer) | Form::Changes(renderer) => {
                (renderer.media_type, (renderer.render)(&context))
            }
            Form::Archive(number, renderer) => {
                let bytes = changes::archive(&context, number, renderer);
                (renderer.media_type, bytes)
            }
            Form::Opml => (opml::MEDIA_TYPE, opml::render(&context)),
            Form::Programme => (pages::MEDIA_TYPE, pages::programme(&context)),
            Form::Editions => (pages::MEDIA_TYPE, pages::editions(&context)),
        };
        Document {
            media_type,
            bytes,
            last_modified: self.last_modified(&context),
        }
    }

    /// How many talks the format has no place for, by what they lack.
    pub fn leaves_out(
        &self,
        conference: &Conference,
        history: &History,
        site: &Site,
    ) -> Vec<(&'static str, usize)> {
        let wishes = Wishes::default();
        let context = self.context(conference, history, site, &wishes);
        let renderer = self.renderer();
        renderer.map_or_else(Vec::new, |renderer| (renderer.leaves_out)(&context))
    }

    fn context<'a>(
        &'a self,
        conference: &'a Conference,
        history: &'a History,
        site: &'a Site,
        wishes: &'a Wishes,
    ) -> Context<'a> {
        Context {
            conference,
            history,
            selection: &self.selection,
            places: self.places.as_deref(),
            site,
            wishes,
        }
    }

    /// Documents of the whole conference alone say more of it than its feeds do.
    fn last_modified(&self, context: &Context<'_>) -> Option<DateTime<Utc>> {
        match self.form {
            Form::Changes(_) => return changes::updated(context, None),
            Form::Archive(number, _) => return changes::updated(context, Some(number)),
            Form::Feed(_) | Form::Opml | Form::Programme => {}
            // A note that is attached later changes it, too.
            Form::Editions => return None,
        }
        let is_feed = self.renderer().is_some_and(Renderer::is_subscribed_to);
        let page = context.history.page.updated.filter(|_| !is_feed);
        context.updated().max(page)
    }

    /// Where in the programme the talks of the selection's part stand; `None` for the whole.
    pub fn places(&self) -> Option<&[usize]> {
        self.places.as_deref()
    }

    /// The feed's format; `None` for pages and lists of feeds.
    pub fn renderer(&self) -> Option<&'static Renderer> {
        match self.form {
            Form::Feed(renderer) | Form::Changes(renderer) => Some(renderer),
            Form::Archive(..) | Form::Opml | Form::Programme | Form::Editions => None,
        }
    }
}
