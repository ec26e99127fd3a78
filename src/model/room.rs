use super::{Markdown, Plain, Slug, WebUrl};
use uuid::Uuid;

/// A place inside the venue, or a stage of an online conference.
///
/// A *room* to everyone; becomes LOCATION in iCalendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// Its name in URLs, unique in the conference.
    pub slug: Slug,
    /// Its name for people.
    pub name: Plain,
    /// Where what happens here is streamed.
    pub online: Option<WebUrl>,
    /// The organisers' tool's identifier of it (frab's `guid`).
    pub guid: Option<Uuid>,
    /// How many people it seats.
    pub capacity: Option<u32>,
    /// What it is like, how to get there.
    pub description: Markdown,
}

impl Room {
    /// A room of which nothing more is known.
    pub fn new(slug: Slug, name: Plain) -> Self {
        Self {
            slug,
            name,
            online: None,
            guid: None,
            capacity: None,
            description: Markdown::default(),
        }
    }
}
