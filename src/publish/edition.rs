use super::{Coding, Published, RenderFailure, selected::Selected};
use crate::history::History;
use crate::model::Conference;
use crate::render::{Document, Selection, Site, Wishes, plan};
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// The name under which a folder's page is stored.
const INDEX: &str = "index.html";

/// A conference and since when everything in it has been as it is.
#[derive(Debug, Clone)]
pub struct Programme {
    /// The conference.
    pub conference: Arc<Conference>,
    /// Its history.
    pub history: Arc<History>,
}

impl Programme {
    /// When anything in it last changed, where the data say so.
    pub(super) fn last_modified(&self) -> Option<DateTime<Utc>> {
        let talks = self.conference.talks.iter().map(|talk| &talk.code);
        self.history.updated("", talks)
    }
}

/// An immutable published state of all conferences.
///
/// Making one renders nothing: a document is rendered, compressed and hashed when it is first asked
/// for, and kept as long as the edition is.
pub struct Edition {
    programmes: Arc<[Arc<Programme>]>,
    site: Arc<Site>,
    documents: Vec<Arc<Published>>,
    paths: HashMap<String, Arc<Published>>,
    selected: Mutex<Selected>,
}

impl Edition {
    /// The documents of these conferences, for a site at this address.
    pub fn new(programmes: Vec<(Arc<Conference>, Arc<History>)>, site: Site) -> Self {
        let programmes = programmes.into_iter();
        let programmes: Arc<[Arc<Programme>]> = programmes
            .map(|(conference, history)| {
                Arc::new(Programme {
                    conference,
                    history,
                })
            })
            .collect();
        let site = Arc::new(site);
        let mut documents = vec![Arc::new(Published::index(
            Arc::clone(&programmes),
            Arc::clone(&site),
        ))];
        for programme in &*programmes {
            let renderings = plan(&programme.conference).into_iter();
            documents.extend(renderings.map(|rendering| {
                Arc::new(Published::part(
                    Arc::clone(programme),
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
            selected: Mutex::default(),
        }
    }

    /// The document at a path below the root, without a leading slash. `""` and paths that end in a
    /// slash are pages.
    pub fn get(&self, path: &str) -> Option<&Arc<Published>> {
        self.paths.get(path)
    }

    /// A feed for a subscriber who asked for something, rendered; `None` for a document that heeds
    /// no such wishes. Values in `selection` must be in a canonical order: the feed is kept under
    /// them.
    pub fn get_for(
        &self,
        path: &str,
        selection: Selection,
        wishes: Wishes,
    ) -> Option<Arc<Published>> {
        let published = self.get(path)?;
        // Derived Debug names every field and quotes every text, so no two wishes share a key.
        let key = format!("{path}?{selection:?}{wishes:?}");
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

    /// Renders everything, on all cores. Compressed bytes of `previous` are taken over where a
    /// document has not changed.
    ///
    /// Returns the documents that could not be rendered; a new edition that has any had better not
    /// replace one that has none.
    pub fn render(&self, previous: Option<&Self>) -> Vec<RenderFailure> {
        let failures = Mutex::new(Vec::new());
        self.for_each(|published| {
            let before = previous.and_then(|previous| previous.get(published.path()));
            if let Err(failure) = published.publication_after(before.map(|before| &**before)) {
                let mut failures = failures.lock().unwrap_or_else(PoisonError::into_inner);
                failures.push(failure.clone());
            }
            true
        });
        failures
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Compresses everything, on all cores, the most wanted first, for as long as `is_wanted`. What is
    /// not compressed yet is when it is asked for.
    pub fn compress(&self, is_wanted: impl Fn() -> bool + Sync) {
        self.for_each(|published| {
            if let Ok(publication) = published.publication() {
                for coding in Coding::ALL {
                    publication.representation(coding);
                }
            }
            is_wanted()
        });
    }

    /// Does the work for every document, on all cores, until one of them says to stop.
    fn for_each(&self, work: impl Fn(&Published) -> bool + Sync) {
        let threads = thread::available_parallelism().map_or(1, usize::from);
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
        self.programmes.iter().map(|programme| &**programme)
    }

    /// The paths of every document, the most wanted first.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.documents.iter().map(|published| published.path())
    }

    /// The absolute address of a path, from the site's configuration alone.
    pub fn url(&self, path: &str) -> String {
        self.site.url(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Slug;
    use crate::publish::fixture::{conference, edition, edition_of};

    #[test]
    fn nothing_is_rendered_before_it_is_asked_for() {
        let edition = edition();
        assert!(
            edition
                .documents
                .iter()
                .all(|published| published.ready().is_none())
        );
        let published = edition.get("example/schedule.ics").expect("a document");
        assert!(published.publication().is_ok());
        assert!(published.ready().is_some());
    }

    #[test]
    fn folders_show_their_page() {
        let edition = edition();
        for (folder, page) in [("", "index.html"), ("example/", "example/index.html")] {
            let (folder, page) = (edition.get(folder), edition.get(page));
            assert!(Arc::ptr_eq(
                folder.expect("a folder"),
                page.expect("a page")
            ));
        }
        assert!(edition.get("example").is_none());
        assert!(edition.get("example/rooms/").is_none());
    }

    #[test]
    fn compressing_makes_every_coding_of_every_document() {
        let edition = edition();
        assert_eq!(edition.render(None), []);
        edition.compress(|| true);
        for published in &edition.documents {
            let publication = published.ready().expect("rendered").expect("not failed");
            assert!(
                Coding::ALL
                    .iter()
                    .all(|coding| publication.ready(*coding).is_some())
            );
        }
    }

    #[test]
    fn compressing_stops_when_the_edition_is_no_longer_wanted() {
        let edition = edition();
        edition.compress(|| false);
        let done = edition
            .documents
            .iter()
            .filter(|published| published.ready().is_some());
        assert!(done.count() <= thread::available_parallelism().map_or(1, usize::from));
    }

    #[test]
    fn compressed_bytes_of_unchanged_documents_are_taken_over() {
        let old = edition();
        old.render(None);
        old.compress(|| true);
        let mut changed = conference("example");
        changed.name = crate::model::Plain::new("Another name");
        let new = edition_of(vec![changed, conference("pycascades-2022")]);
        new.render(Some(&old));
        let bytes = |edition: &Edition, path| {
            let published = edition.get(path).expect("a document");
            let publication = published.publication().expect("rendered");
            publication
                .representation(Coding::Identity)
                .bytes()
                .as_ptr()
        };
        let same = "pycascades-2022/schedule.ics";
        assert_eq!(bytes(&old, same), bytes(&new, same));
        assert_ne!(
            bytes(&old, "example/schedule.ics"),
            bytes(&new, "example/schedule.ics")
        );
    }

    #[test]
    fn a_selection_is_kept_and_has_no_date() {
        let edition = edition();
        let path = "example/schedule.ics";
        let attic = || Selection {
            rooms: vec![Slug::of("attic")],
            ..Selection::default()
        };
        let one = edition
            .get_for(path, attic(), Wishes::default())
            .expect("a feed");
        let two = edition
            .get_for(path, attic(), Wishes::default())
            .expect("a feed");
        assert!(Arc::ptr_eq(&one, &two));
        assert!(
            one.publication()
                .expect("rendered")
                .last_modified()
                .is_none()
        );
        let whole = edition
            .get(path)
            .expect("a feed")
            .publication()
            .expect("rendered");
        assert!(whole.last_modified().is_some());

        let alarm = Wishes {
            alarm: Some(5),
            ..Wishes::default()
        };
        let three = edition.get_for(path, attic(), alarm).expect("a feed");
        assert!(!Arc::ptr_eq(&one, &three));
        assert!(
            edition
                .get_for("example/", attic(), Wishes::default())
                .is_none()
        );
        assert!(
            edition
                .get_for("nowhere.ics", attic(), Wishes::default())
                .is_none()
        );
    }

    #[test]
    fn the_same_programme_gives_the_same_tags() {
        let tags = || {
            let edition = edition();
            let tag = |published: &Arc<Published>| {
                let publication = published.publication().expect("rendered");
                Coding::ALL.map(|coding| publication.representation(coding).etag().to_string())
            };
            edition.documents.iter().map(tag).collect::<Vec<_>>()
        };
        assert_eq!(tags(), tags());
    }
}
