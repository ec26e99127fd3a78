//! What the list of all feeds says.

use crate::model::Part;
use crate::render::pages::speech::Speech;

pub(in crate::render::pages) struct Words {
    pub title: &'static str,
    pub formats: &'static str,
    pub opml: &'static str,
    pub changes: &'static str,
    pub editions: &'static str,
    pub upcoming: [&'static str; 2],
    pub programs: &'static str,
    whole: &'static str,
    days: &'static str,
    rooms: &'static str,
    tracks: &'static str,
    speakers: &'static str,
}

impl Words {
    /// The heading of the group that a part's feeds are listed in; `None` for parts that are in no
    /// list. A talk has a calendar file on its own page, and nobody follows a feed of one entry.
    pub(in crate::render::pages) fn heading(&self, part: &Part) -> Option<&'static str> {
        match part {
            Part::Whole => Some(self.whole),
            Part::Day(_) => Some(self.days),
            Part::Room(_) => Some(self.rooms),
            Part::Track(_) => Some(self.tracks),
            Part::Speaker(_) => Some(self.speakers),
            Part::Talk(_) | Part::Chosen(_) => None,
        }
    }
}

pub(in crate::render::pages) fn of(speech: Speech) -> &'static Words {
    speech.pick(&ENGLISH, &GERMAN)
}

static ENGLISH: Words = Words {
    title: "All feeds",
    formats: "The same talks in four formats: ics for calendars; rss, atom and json for feed readers.",
    opml: "All of them at once for a feed reader (OPML)",
    changes: "What was changed, and when:",
    editions: "all editions",
    upcoming: ["Each talk,", "minutes before it begins:"],
    programs: "For conference apps such as giggity and EventFahrplan, and for other programs:",
    whole: "Whole conference",
    days: "Days",
    rooms: "Rooms",
    tracks: "Tracks",
    speakers: "Speakers",
};

static GERMAN: Words = Words {
    title: "Alle Feeds",
    formats: "Dieselben Vorträge in vier Formaten: ics für Kalender; rss, atom und json für Feedreader.",
    opml: "Alle auf einmal für einen Feedreader (OPML)",
    changes: "Was sich wann geändert hat:",
    editions: "alle Ausgaben",
    upcoming: ["Jeder Vortrag,", "Minuten bevor er beginnt:"],
    programs: "Für Konferenz-Apps wie giggity und EventFahrplan und für andere Software:",
    whole: "Ganze Konferenz",
    days: "Tage",
    rooms: "Räume",
    tracks: "Themen",
    speakers: "Vortragende",
};
