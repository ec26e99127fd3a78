//! Which documents a conference has, and where.

use super::pages::{OF_WHOLE, Page, manifest, worker};
use super::selection::Selection;
use super::{CHANGES, Context, Document, Instalment, RENDERERS, Renderer, Site, Wishes};
use super::{changes, opml, pages};
use crate::history::History;
use crate::model::{Chosen, Conference, Part};
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
    instalment: Instalment,
    form: Form,
}

#[derive(Clone, Copy)]
enum Form {
    Feed(&'static Renderer),
    Opml,
    Page(Page),
    /// What a home screen calls the pages.
    Manifest,
    /// What keeps the pages for reading without a network.
    Worker,
}

/// How a document heeds its query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// A feed: what it does not understand is an error.
    Feed {
        /// Whether it heeds wishes, and not selections alone.
        heeds_wishes: bool,
    },
    /// A page: people share its address with all sorts of things in the query, which it passes over.
    Page,
}

/// Every document of a conference, the most wanted first.
pub fn plan(conference: &Conference) -> Vec<Rendering> {
    let slug = &conference.slug;
    let page = |name: &str, form| Rendering::of_whole(format!("{slug}/{name}"), form);
    let pages = OF_WHOLE.into_iter();
    let mut documents: Vec<Rendering> = pages
        .map(|of| page(&format!("{}index.html", of.folder()), Form::Page(of)))
        .collect();
    documents.push(page("manifest.webmanifest", Form::Manifest));
    documents.push(page("worker.js", Form::Worker));
    documents.push(page("feeds.opml", Form::Opml));
    documents.extend(
        CHANGES
            .iter()
            .map(|renderer| page(&renderer.file(), Form::Feed(renderer))),
    );
    let mut places = places(conference);
    for part in parts(conference) {
        let places = match part {
            Part::Whole => None,
            _ => Some(places.remove(&part).unwrap_or_default().into()),
        };
        let page = match part {
            Part::Talk(_) => Some(Page::Talk),
            Part::Speaker(_) => Some(Page::Speaker),
            _ => None,
        };
        documents.extend(page.map(|page| Rendering {
            path: page_path(conference, &part),
            selection: Selection::of(part.clone()),
            places: places.clone(),
            instalment: Instalment::Newest,
            form: Form::Page(page),
        }));
        for &renderer in RENDERERS.iter().filter(|renderer| renderer.covers(&part)) {
            documents.push(Rendering {
                path: feed_path(conference, &part, renderer),
                selection: Selection::of(part.clone()),
                places: places.clone(),
                instalment: Instalment::Newest,
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
            instalment: Instalment::Archive(number),
            ..Rendering::of_whole(path, Form::Feed(renderer))
        })
        .collect()
}

/// The feed of what is coming up in a conference, when so many of its moments have passed.
pub fn upcoming(conference: &Conference, renderer: &'static Renderer, passed: usize) -> Rendering {
    let path = feed_path(conference, &Part::Whole, renderer);
    Rendering {
        instalment: Instalment::Upcoming(passed),
        ..Rendering::of_whole(path, Form::Feed(renderer))
    }
}

/// A feed of the talks that somebody chose, or their page where there is no renderer.
pub fn chosen(
    conference: &Conference,
    chosen: Chosen,
    renderer: Option<&'static Renderer>,
) -> Rendering {
    let part = Part::Chosen(chosen);
    let (path, form) = match renderer {
        Some(renderer) => (feed_path(conference, &part, renderer), Form::Feed(renderer)),
        None => (page_path(conference, &part), Form::Page(Page::Chosen)),
    };
    Rendering {
        selection: Selection::of(part),
        ..Rendering::of_whole(path, form)
    }
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
        // What is not the feed of a part's talks lies in the part's folder.
        _ if !renderer.is_subscribed_to() => format!("{slug}/{}/{}", part.path(), renderer.file()),
        _ => format!("{slug}/{}.{}", part.path(), renderer.extension),
    }
}

/// The path of a part's page below the root.
fn page_path(conference: &Conference, part: &Part) -> String {
    let folder = part.path();
    format!(
        "{}/{}/index.html",
        conference.slug,
        folder.trim_end_matches('/')
    )
}

/// A rendering is of the conference that it was planned for.
impl Rendering {
    fn of_whole(path: String, form: Form) -> Self {
        Self {
            path,
            selection: Selection::default(),
            places: None,
            instalment: Instalment::Newest,
            form,
        }
    }

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
            Form::Feed(renderer) => (renderer.media_type, (renderer.render)(&context)),
            Form::Opml => (opml::MEDIA_TYPE, opml::render(&context)),
            Form::Page(page) => (pages::MEDIA_TYPE, page.render(&context)),
            Form::Manifest => (manifest::MEDIA_TYPE, manifest::manifest(&context)),
            Form::Worker => (worker::MEDIA_TYPE, worker::worker(&context)),
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
            instalment: self.instalment,
        }
    }

    fn last_modified(&self, context: &Context<'_>) -> Option<DateTime<Utc>> {
        match self.form {
            Form::Feed(renderer) => (renderer.last_modified)(context),
            // A note that is attached later changes them, a change that was undone, a room's name in
            // the list of feeds: nothing says when.
            Form::Page(Page::Editions | Page::Changes | Page::Talk | Page::Speaker) => None,
            // They change with handbill, too.
            Form::Manifest | Form::Worker => None,
            Form::Opml | Form::Page(_) => context.whole_updated(),
        }
    }

    /// What an archive of changes is made of, beside the conference's own name and place; `None` for
    /// every other document.
    pub fn archived(&self, conference: &Conference, history: &History) -> Option<String> {
        let Instalment::Archive(_) = self.instalment else {
            return None;
        };
        let (site, wishes) = (Site::new(""), Wishes::default());
        let context = self.context(conference, history, &site, &wishes);
        Some(format!("{:?}", changes::contents(&context)))
    }

    /// Where in the programme the talks of the selection's part stand; `None` for the whole.
    pub fn places(&self) -> Option<&[usize]> {
        self.places.as_deref()
    }

    /// Which document of a feed in several it is.
    pub fn instalment(&self) -> Instalment {
        self.instalment
    }

    /// The format of a feed of which a part can be asked for; `None` for pages, lists of feeds and
    /// archives.
    pub fn renderer(&self) -> Option<&'static Renderer> {
        match (self.form, self.instalment) {
            (_, Instalment::Archive(_)) => None,
            (Form::Feed(renderer), _) => Some(renderer),
            (Form::Opml | Form::Page(_) | Form::Manifest | Form::Worker, _) => None,
        }
    }

    /// How it heeds its query; `None` where it does not.
    pub fn asked(&self) -> Option<Asked> {
        match self.form {
            Form::Page(page) => page.is_of_a_selection().then_some(Asked::Page),
            Form::Feed(_) | Form::Opml | Form::Manifest | Form::Worker => {
                self.renderer().map(|renderer| Asked::Feed {
                    heeds_wishes: renderer.heeds_wishes,
                })
            }
        }
    }

    /// Whether it shows nothing of a conference but its name, language and colour.
    pub fn is_of_no_talk(&self) -> bool {
        matches!(self.form, Form::Manifest | Form::Worker)
    }

    /// Whether it shows its part alone, and nothing else of the conference but its name, place and
    /// days; a page names rooms and tracks, too.
    pub fn is_of_a_part(&self) -> bool {
        match self.form {
            Form::Page(page) => page.is_of_a_part(),
            Form::Feed(renderer) => renderer.is_subscribed_to(),
            Form::Opml | Form::Manifest | Form::Worker => false,
        }
    }
}
