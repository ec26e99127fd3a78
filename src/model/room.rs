use super::{Plain, Slug, WebUrl};

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
}
