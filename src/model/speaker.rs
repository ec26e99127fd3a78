use super::{Markdown, Plain, Slug, WebUrl};

/// A person on stage.
///
/// *person* in frab, *speaker* in pretalx and Sessionize; becomes an author in feeds. Never an
/// ATTENDEE in iCalendar: that would send invitations (RFC 5545 §3.8.4.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// Their name in URLs, unique in the conference.
    pub slug: Slug,
    /// Their name for people.
    pub name: Plain,
    /// Who they are.
    pub biography: Markdown,
    /// Their own page.
    pub url: Option<WebUrl>,
    /// A picture of them.
    pub picture: Option<WebUrl>,
}
