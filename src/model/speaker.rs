use super::{Link, Markdown, Plain, Slug, WebUrl};
use uuid::Uuid;

/// A person on stage.
///
/// *person* in frab, *speaker* in pretalx and Sessionize; becomes an author in feeds. Never an
/// ATTENDEE in iCalendar: that would send invitations (RFC 5545 §3.8.4.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// Their name in URLs, unique in the conference.
    pub slug: Slug,
    /// Their name for people. Two speakers of one name are one speaker: tools give one person many
    /// numbers more often than two people share a name.
    pub name: Plain,
    /// Who they are.
    pub biography: Markdown,
    /// Their own page.
    pub url: Option<WebUrl>,
    /// A picture of them.
    pub picture: Option<WebUrl>,
    /// Further pages of theirs.
    pub links: Vec<Link>,
    /// The organisers' tool's identifier of them (c3voc's `guid`).
    pub guid: Option<Uuid>,
    /// frab's number for them.
    pub id: Option<u64>,
    /// pretalx's code for them.
    pub code: Option<Plain>,
}

impl Speaker {
    /// A speaker of whom nothing more is known.
    pub fn new(slug: Slug, name: Plain) -> Self {
        Self {
            slug,
            name,
            biography: Markdown::default(),
            url: None,
            picture: None,
            links: Vec::new(),
            guid: None,
            id: None,
            code: None,
        }
    }
}
