use super::Programme;
use super::Publication;
use super::inputs::Inputs;
use crate::model::Part::Chosen;
use crate::render::{Asked, Asset, Document, Instalment, Rendering, Selection, Site, Wishes};
use crate::render::{canonical_query, index};
use actix_web::http::header::HeaderValue;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};

/// The media type of the page that lists all conferences.
const INDEX_MEDIA_TYPE: &str = "text/html; charset=utf-8";

/// The media types of the feeds that hubs pass on.
const PUSHED: [&str; 3] = [
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
];

/// A document at its path: rendered when it is first asked for, then kept.
pub struct Published {
    path: String,
    site: Arc<Site>,
    content: Content,
    publication: OnceLock<Result<Arc<Publication>, RenderFailure>>,
}

enum Content {
    Asset(&'static Asset),
    Index(Arc<[Arc<Inputs>]>),
    Part(Box<Part>),
}

/// A document of one conference, for everybody or for a subscriber who asked for something.
struct Part {
    inputs: Arc<Inputs>,
    rendering: Rendering,
    wishes: Wishes,
}

/// A renderer failed. Only its own document is affected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot render {path}: {reason}; this is a fault of handbill, please report it")]
pub struct RenderFailure {
    /// The document's path.
    pub path: String,
    /// What the renderer said.
    pub reason: String,
}

impl Published {
    pub(super) fn index(programmes: Arc<[Arc<Inputs>]>, site: Arc<Site>) -> Self {
        Self {
            path: "index.html".into(),
            site,
            content: Content::Index(programmes),
            publication: OnceLock::new(),
        }
    }

    pub(super) fn asset(asset: &'static Asset, site: Arc<Site>) -> Self {
        Self {
            path: asset.path.into(),
            site,
            content: Content::Asset(asset),
            publication: OnceLock::new(),
        }
    }

    pub(super) fn part(inputs: Arc<Inputs>, rendering: Rendering, site: Arc<Site>) -> Self {
        Self {
            path: rendering.path.clone(),
            site,
            content: Content::Part(Box::new(Part {
                inputs,
                rendering,
                wishes: Wishes::default(),
            })),
            publication: OnceLock::new(),
        }
    }

    /// The same document for somebody who asked for something; `None` for one that is of no
    /// conference. The part that the path stands for stays.
    pub(super) fn with(&self, selection: Selection, wishes: Wishes) -> Option<Self> {
        let Content::Part(part) = &self.content else {
            return None;
        };
        let mut rendering = part.rendering.clone();
        rendering.selection = Selection {
            part: rendering.selection.part,
            ..selection
        };
        Some(Self {
            path: self.path.clone(),
            site: Arc::clone(&self.site),
            content: Content::Part(Box::new(Part {
                inputs: Arc::clone(&part.inputs),
                rendering,
                wishes,
            })),
            publication: OnceLock::new(),
        })
    }

    /// Its path below the root, such as `pycascades-2022/schedule.ics`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What tells it from every other document of the catalogue.
    pub(super) fn key(&self) -> String {
        match &self.content {
            Content::Part(part) => format!("{}{:?}", self.path, part.rendering.instalment()),
            Content::Index(_) | Content::Asset(_) => self.path.clone(),
        }
    }

    /// The conference of a document whose query may select a part of it, and how it heeds the query.
    pub fn asked(&self) -> Option<(Asked, &Programme)> {
        match &self.content {
            Content::Part(part) => Some((part.rendering.asked()?, part.inputs.programme())),
            Content::Index(_) | Content::Asset(_) => None,
        }
    }

    /// What is served, rendered now if need be.
    ///
    /// # Errors
    ///
    /// When the renderer panicked, now or before.
    pub fn publication(&self) -> Result<&Publication, &RenderFailure> {
        self.publication_after(None)
    }

    /// Takes over what was published before, where nothing that this document is made of has changed.
    /// Whether it has.
    pub(super) fn take_over(&self, before: &Self) -> bool {
        let Some(Ok(publication)) = before.publication.get() else {
            return false;
        };
        self.is_made_of_the_same_as(before)
            && self.publication.set(Ok(Arc::clone(publication))).is_ok()
    }

    /// Whether two documents at one path have the same inputs. The renderers are the same: both
    /// belong to this process.
    fn is_made_of_the_same_as(&self, before: &Self) -> bool {
        self.site == before.site
            && match (&self.content, &before.content) {
                (Content::Index(one), Content::Index(other)) => {
                    let is_same = |(one, other): (&Arc<Inputs>, &Arc<Inputs>)| {
                        one.is(other) || one.whole() == other.whole()
                    };
                    one.len() == other.len() && one.iter().zip(&**other).all(is_same)
                }
                (Content::Asset(one), Content::Asset(other)) => one.text == other.text,
                (Content::Part(one), Content::Part(other)) => {
                    one.inputs.is(&other.inputs)
                        || one.inputs.of(&one.rendering) == other.inputs.of(&other.rendering)
                }
                _ => false,
            }
    }

    /// The same as [`Self::publication`]; compressed bytes of an earlier catalogue are taken over where nothing has changed.
    pub(super) fn publication_after(
        &self,
        before: Option<&Self>,
    ) -> Result<&Publication, &RenderFailure> {
        let publication = self.publication.get_or_init(|| {
            let document = self.render()?;
            let link = self.link(document.media_type);
            let publication = Publication::new(&self.path, document, link);
            let before = before.and_then(|before| before.publication.get()?.as_ref().ok());
            Ok(match before {
                Some(before) if before.is_same_as(&publication) => Arc::clone(before),
                _ => Arc::new(publication),
            })
        });
        publication.as_deref()
    }

    /// The Link header of a feed that a hub tells subscribers of (W3C `WebSub` §4). Its own address is
    /// the canonical one, whatever was asked for.
    fn link(&self, media_type: &str) -> Option<HeaderValue> {
        let hub = self.site.hub.as_deref()?;
        let mut pushed = PUSHED.iter();
        pushed.find(|pushed| media_type.starts_with(**pushed))?;
        let Content::Part(part) = &self.content else {
            return None;
        };
        // Archives do not change, and no hub is told when the hour of a talk comes.
        if part.rendering.instalment() != Instalment::Newest {
            return None;
        }
        let query = canonical_query(&part.rendering.selection, &part.wishes);
        let own = self.site.url(&self.path);
        let links = format!("<{hub}>; rel=\"hub\", <{own}{query}>; rel=\"self\"");
        HeaderValue::try_from(links).ok()
    }

    /// What is served; `None` while it has not been rendered.
    pub fn ready(&self) -> Option<Result<&Publication, &RenderFailure>> {
        self.publication.get().map(Result::as_deref)
    }

    /// Renders the document anew.
    ///
    /// # Errors
    ///
    /// When the renderer panics: text from outside passes through Markdown and HTML parsers, and
    /// one of them failing must not take the others' documents down.
    pub fn render(&self) -> Result<Document, RenderFailure> {
        caught(&self.path, || self.content.render(&self.site))
    }

    /// Makes the document one that could not be rendered.
    #[cfg(test)]
    pub(crate) fn fail(&self, reason: &str) {
        let (path, reason) = (self.path.clone(), reason.to_owned());
        let failure = RenderFailure { path, reason };
        self.publication
            .set(Err(failure))
            .expect("not rendered yet");
    }
}

fn caught<T>(path: &str, work: impl FnOnce() -> T) -> Result<T, RenderFailure> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let reason = message(&*panic);
        tracing::error!(path, reason, "a document could not be rendered");
        let path = path.to_owned();
        RenderFailure { path, reason }
    })
}

impl Content {
    fn render(&self, site: &Site) -> Document {
        match self {
            Self::Asset(asset) => Document {
                media_type: asset.media_type,
                bytes: asset.text.into(),
                last_modified: None,
            },
            Self::Index(programmes) => {
                let conferences: Vec<_> = programmes
                    .iter()
                    .map(|inputs| &*inputs.programme().conference)
                    .collect();
                Document {
                    media_type: INDEX_MEDIA_TYPE,
                    bytes: index(&conferences, site),
                    last_modified: programmes
                        .iter()
                        .filter_map(|inputs| inputs.programme().last_modified())
                        .max(),
                }
            }
            Self::Part(part) => {
                let programme = part.inputs.programme();
                let (conference, history) = (&programme.conference, &programme.history);
                let mut document =
                    part.rendering
                        .render_for(conference, history, site, &part.wishes);
                // The history knows since when a part is as it is, not since when what passes an
                // arbitrary filter, or what somebody chose, is: a talk that left leaves no trace.
                let selection = &part.rendering.selection;
                if !selection.is_plain() || matches!(selection.part, Chosen(_)) {
                    document.last_modified = None;
                }
                document
            }
        }
    }
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "it panicked".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture::catalogue;

    #[test]
    fn a_panic_stays_in_its_document() {
        let failure = caught("example/schedule.ics", || -> Document {
            panic!("row {}", 3)
        });
        let failure = failure.expect_err("a panic");
        assert_eq!(
            (&*failure.path, &*failure.reason),
            ("example/schedule.ics", "row 3")
        );
        let catalogue = catalogue();
        let published = catalogue.get("example/schedule.ics").expect("a document");
        published.fail("row 3");
        assert_eq!(published.publication().err(), Some(&failure));
        assert_eq!(catalogue.render(None).failures, [failure]);
    }
}
