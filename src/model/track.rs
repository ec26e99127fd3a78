use super::{Colour, Plain, Slug};

/// A theme that several talks share.
///
/// *track* in frab and pretalx, a *category* in Sessionize; becomes CATEGORIES in iCalendar and a
/// category in feeds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Track {
    /// Its name in URLs, unique in the conference.
    pub slug: Slug,
    /// Its name for people.
    pub name: Plain,
    /// Its colour in the programme.
    pub colour: Option<Colour>,
}
