use super::archive::{self, Archive, Shelf};
use super::inputs::Inputs;
use super::selected::{self, Selected};
use super::{Coding, Programme, Published, RenderFailure};
use crate::model::Chosen;
use crate::render::{ASSETS, CHANGES, Document, RENDERERS, Selection, Site, UPCOMING, Wishes};
use crate::render::{archives, chosen, plan, upcoming};
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// The name under which a folder's page is stored.
const INDEX: &str = "index.html";

/// The folder of a conference that holds its editions.
const EDITIONS: &str = "editions";

/// An immutable published state of all conferences.
///
/// Making one renders nothing: a document is rendered, compressed and hashed when it is first asked
/// for, and kept as long as the catalogue is.
pub struct Catalogue {
    programmes: Arc<[Arc<Inputs>]>,
    site: Arc<Site>,
    documents: Vec<Arc<Published>>,
    paths: HashMap<String, Arc<Published>>,
    selected: Mutex<Selected>,
    shelf: Option<Shelf>,
}

/// What came of rendering a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rendered {
    /// How many documents were rendered.
    pub anew: usize,
    /// How many were taken over, since nothing that they are made of has changed.
    pub kept: usize,
    /// The documents that could not be rendered.
    pub failures: Vec<RenderFailure>,
}

impl Catalogue {
    /// The documents of these conferences, for a site at this address.
    pub fn new(programmes: Vec<Programme>, site: Site) -> Self {
        Self::with_room(programmes, site, selected::KEPT_BYTES)
    }

    /// The same, where old editions can be read from `archive`.
    #[must_use]
    pub fn with_archive(self, archive: Arc<dyn Archive>) -> Self {
        Self {
            shelf: Some(Shelf::new(archive)),
            ..self
        }
    }

    /// The documents of one old edition.
    pub(super) fn of_old(programme: Programme, site: Site) -> Self {
        Self::with_room(vec![programme], site, archive::KEPT_BYTES)
    }

    fn with_room(programmes: Vec<Programme>, site: Site, selected: usize) -> Self {
        let programmes: Arc<[Arc<Inputs>]> = programmes
            .into_iter()
            .map(|programme| Arc::new(Inputs::new(Arc::new(programme))))
            .collect();
        let site = Arc::new(site);
        let mut documents = vec![Arc::new(Published::index(
            Arc::clone(&programmes),
            Arc::clone(&site),
        ))];
        let assets = ASSETS.iter();
        documents.extend(assets.map(|asset| Arc::new(Published::asset(asset, Arc::clone(&site)))));
        for inputs in &*programmes {
            let Programme {
                conference,
                history,
                ..
            } = inputs.programme();
            let archives = archives(conference, history);
            let renderings = plan(conference).into_iter().chain(archives);
            documents.extend(renderings.map(|rendering| {
                Arc::new(Published::part(
                    Arc::clone(inputs),
                    rendering,
                    Arc::clone(&site),
                ))
            }));
        }
        let mut paths = HashMap::with_capacity(documents.len() + programmes.len());
        for published in &documents {
            let path = published.path();
            // A folder's address shows its page.
            let folder = path
                .strip_suffix(INDEX)
                .filter(|folder| folder.is_empty() || folder.ends_with('/'));
            for path in folder.into_iter().chain([path]) {
                paths.insert(path.to_owned(), Arc::clone(published));
            }
        }
        Self {
            programmes,
            site,
            documents,
            paths,
            selected: Mutex::new(Selected::with_room(selected)),
            shelf: None,
        }
    }

    /// The documents of edition `number` of a conference, at the paths that they had when it was the
    /// newest; `None` where it cannot be read. May take its time. Feeds are to be got with
    /// [`Self::get_for`], which bounds what is kept of them.
    pub fn old(&self, slug: &str, number: u64) -> Option<Arc<Self>> {
        self.shelf.as_ref()?.get(slug, number, &self.site)
    }

    /// Whether old editions can be read at all.
    pub fn has_archive(&self) -> bool {
        self.shelf.is_some()
    }

    /// The document at a path below the root, without a leading slash. `""` and paths that end in a
    /// slash are pages.
    pub fn get(&self, path: &str) -> Option<&Arc<Published>> {
        self.paths.get(path)
    }

    /// The feed at a path such as `pycascades-2022/upcoming.atom`, as it is at `now`, and until when it
    /// is that; `None` where there is no such feed. It is to be got with [`Self::get_for`], which keeps
    /// it.
    pub fn upcoming(
        &self,
        path: &str,
        now: DateTime<Utc>,
    ) -> Option<(Published, Option<DateTime<Utc>>)> {
        let (slug, file) = path.split_once('/')?;
        let mut renderers = UPCOMING.iter();
        let renderer = renderers.find(|renderer| renderer.file() == file)?;
        let inputs = self.inputs(slug)?;
        let passed = inputs.moments().passed(now);
        let rendering = upcoming(&inputs.programme().conference, renderer, passed);
        let feed = Published::part(Arc::clone(inputs), rendering, Arc::clone(&self.site));
        Some((feed, inputs.moments().after(passed)))
    }

    /// The page or a feed of the talks that somebody chose, at a path such as
    /// `pycascades-2022/my/hIAf-.ics` or `pycascades-2022/my/hIAf-/changes.atom`; `None` where there is no such document. It is to be got with
    /// [`Self::get_for`], which keeps it.
    pub fn chosen(&self, path: &str) -> Option<Published> {
        let (slug, path) = path.split_once('/')?;
        let choice = path.strip_prefix("my/")?;
        let (marks, renderer) = match choice.split_once('/') {
            Some((marks, "" | INDEX)) => (marks, None),
            Some((marks, file)) => {
                let mut renderers = CHANGES.iter().copied();
                (
                    marks,
                    Some(renderers.find(|renderer| renderer.file() == file)?),
                )
            }
            None if choice.is_empty() || choice == INDEX => ("", None),
            None => {
                let (marks, extension) = choice.rsplit_once('.')?;
                let mut renderers = RENDERERS.iter().copied();
                let renderer = renderers.find(|renderer| {
                    renderer.is_subscribed_to() && renderer.extension == extension
                })?;
                (marks, Some(renderer))
            }
        };
        let inputs = self.inputs(slug)?;
        let conference = &inputs.programme().conference;
        let rendering = chosen(conference, Chosen::parse(marks)?, renderer);
        Some(Published::part(
            Arc::clone(inputs),
            rendering,
            Arc::clone(&self.site),
        ))
    }

    fn inputs(&self, slug: &str) -> Option<&Arc<Inputs>> {
        let mut programmes = self.programmes.iter();
        programmes.find(|inputs| *inputs.programme().conference.slug == *slug)
    }

    /// A document for somebody who asked for something, rendered; `None` for one that is of no
    /// conference. Values in `selection` must be in a canonical order: it is kept under them.
    pub fn get_for(
        &self,
        published: &Published,
        selection: Selection,
        wishes: Wishes,
    ) -> Option<Arc<Published>> {
        // Derived Debug names every field and quotes every text, so no two wishes share a key.
        let key = format!("{}?{selection:?}{wishes:?}", published.key());
        let lock = || self.selected.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = lock().get(&key) {
            return Some(kept);
        }
        let published = Arc::new(published.with(selection, wishes)?);
        if let Ok(publication) = published.publication() {
            let length = publication.representation(Coding::Identity).bytes().len();
            lock().keep(key, Arc::clone(&published), length);
        }
        Some(published)
    }

    /// Renders everything, on all cores, but for the documents of which nothing has changed since
    /// `previous`: those are taken over with their compressed bytes.
    ///
    /// A new catalogue with failures had better not replace one that has none.
    pub fn render(&self, previous: Option<&Self>) -> Rendered {
        let (anew, kept) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let failures = Mutex::new(Vec::new());
        self.for_each(cores(), |published| {
            let before = previous.and_then(|previous| previous.get(published.path()));
            let before = before.map(|before| &**before);
            if before.is_some_and(|before| published.take_over(before)) {
                kept.fetch_add(1, Ordering::Relaxed);
                return true;
            }
            match published.publication_after(before) {
                Ok(_) => {
                    anew.fetch_add(1, Ordering::Relaxed);
                }
                Err(failure) => {
                    let mut failures = failures.lock().unwrap_or_else(PoisonError::into_inner);
                    failures.push(failure.clone());
                }
            }
            true
        });
        Rendered {
            anew: anew.into_inner(),
            kept: kept.into_inner(),
            failures: failures
                .into_inner()
                .unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Compresses everything, the most wanted first, for as long as `is_wanted`, on half of the cores: the
    /// others answer, and publish what comes next. What is not compressed yet is when it is asked for.
    pub fn compress(&self, is_wanted: impl Fn() -> bool + Sync) {
        self.for_each(cores().div_ceil(2), |published| {
            if let Ok(publication) = published.publication() {
                for coding in Coding::ALL {
                    publication.representation(coding);
                }
            }
            is_wanted()
        });
    }

    /// Does the work for every document, in so many threads, until one of them says to stop.
    fn for_each(&self, threads: usize, work: impl Fn(&Published) -> bool + Sync) {
        let next = AtomicUsize::new(0);
        let take = || {
            while let Some(published) = self.documents.get(next.fetch_add(1, Ordering::Relaxed)) {
                if !work(published) {
                    break;
                }
            }
        };
        thread::scope(|scope| {
            for _ in 1..threads {
                scope.spawn(take);
            }
            take();
        });
    }

    /// Every document with its path, rendered one after the other and not kept.
    pub fn documents(
        &self,
    ) -> impl ExactSizeIterator<Item = (&str, Result<Document, RenderFailure>)> {
        let documents = self.documents.iter();
        documents.map(|published| (published.path(), published.render()))
    }

    /// Every document of every old edition, at its path there, rendered one after the other and not
    /// kept: those that the newest edition would have at the same place below its conference.
    pub fn old_documents(&self) -> impl Iterator<Item = (String, Result<Document, RenderFailure>)> {
        let editions = self.programmes().flat_map(|programme| {
            let slug = &programme.conference.slug;
            (1..programme.history.edition).map(move |number| (slug, number))
        });
        editions.flat_map(|(slug, number)| {
            let folder = format!("{slug}/{EDITIONS}/{number}/");
            let Some(old) = self.old(slug, number) else {
                let reason = "the ledger cannot read that edition".into();
                let path = folder.clone();
                return vec![(folder, Err(RenderFailure { path, reason }))];
            };
            let of_conference = |path: &str| {
                let rest = path.strip_prefix(&**slug)?.strip_prefix('/')?;
                (!rest.starts_with(EDITIONS)).then(|| format!("{folder}{rest}"))
            };
            let documents = old.documents();
            documents
                .filter_map(|(path, document)| Some((of_conference(path)?, document)))
                .collect()
        })
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether no conference is published.
    pub fn is_empty(&self) -> bool {
        self.programmes.is_empty()
    }

    /// The conferences, in the order given.
    pub fn programmes(&self) -> impl Iterator<Item = &Programme> {
        self.programmes.iter().map(|inputs| inputs.programme())
    }

    /// The paths of every document, the most wanted first.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.documents.iter().map(|published| published.path())
    }

    /// Where it is published.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// The absolute address of a path, from the site's configuration alone.
    pub fn url(&self, path: &str) -> String {
        self.site.url(path)
    }
}

fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

#[cfg(test)]
mod tests;
