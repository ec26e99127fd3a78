//! What has been read of a file so far.

use super::clock;
use super::day::DayHead;
use super::event::Event;
use super::time;
use crate::model::{Plain, Slug, WebUrl, day};
use crate::source::lists::findings::Findings;
use crate::source::lists::named_list::NamedList;
use crate::source::lists::talk_list::TalkList;
use crate::source::syntax::xml::{Element, XmlFile};
use crate::source::{Draft, DraftRoom, DraftSpeaker, DraftTrack, Problem, Reading, Severity};
use chrono::{NaiveDate, NaiveTime};
use uuid::Uuid;

/// The most names of things that are left out; a file that invents more has them counted together.
const MOST_NAMES: usize = 60;

/// What has been read of a file so far.
pub(super) struct Intake<'a> {
    pub(super) file: &'a XmlFile<'a>,
    pub(super) findings: Findings,
    pub(super) draft: Draft,
    /// When the next day begins, for starts that have no date of their own.
    pub(super) day_change: NaiveTime,
    /// The first and last date that the conference itself names.
    pub(super) span: (Option<time::Date>, Option<time::Date>),
    pub(super) days: Vec<DayHead>,
    /// The dates of the days as they stand in the file, once it is read.
    pub(super) day_dates: Vec<Option<NaiveDate>>,
    pub(super) events: Vec<Event>,
    pub(super) rooms: NamedList<DraftRoom>,
    pub(super) tracks: NamedList<DraftTrack>,
    pub(super) speakers: NamedList<DraftSpeaker>,
}

impl<'a> Intake<'a> {
    pub(super) fn new(file: &'a XmlFile<'a>) -> Self {
        Self {
            file,
            findings: Findings::new(file.place()),
            draft: Draft {
                place: file.place(),
                ..Draft::default()
            },
            day_change: day::DAY_CHANGE,
            span: (None, None),
            days: Vec::new(),
            day_dates: Vec::new(),
            events: Vec::new(),
            rooms: NamedList::default(),
            tracks: NamedList::default(),
            speakers: NamedList::default(),
        }
    }

    /// What the whole file says, and what was wrong with it.
    ///
    /// # Errors
    ///
    /// When it says more than any conference holds.
    pub(super) fn finish(mut self) -> Reading {
        let days = self.days.len();
        let events = self.events.len();
        let links = self.events.iter().map(|event| event.talk.links.len()).sum();
        self.settle_days();
        let times = self.events.iter().map(|event| &event.times);
        let doubt = clock::is_doubtful(times, self.draft.zone.as_ref());
        if doubt {
            let message = "every `date` says +00:00 and the hour of `start`: the tool may have taken the clock on the wall for UTC";
            let remedy =
                "where the conference's zone is named they are read on its clock, else as UTC";
            let place = self.draft.place.clone();
            let problem = Problem::new(Severity::Note, place, message, remedy);
            self.findings.report(problem);
        }
        self.list_days(doubt);
        self.settle_times(doubt);
        self.draft.counts = vec![
            ("days", days),
            ("rooms", self.rooms.list.len()),
            ("tracks", self.tracks.list.len()),
            ("events", events),
            ("persons", self.speakers.list.len()),
            ("links", links),
        ];
        self.draft.rooms = self.rooms.list;
        self.draft.tracks = self.tracks.list;
        self.draft.speakers = self.speakers.list;
        let mut talks = TalkList::default();
        for event in self.events {
            talks.add(event.talk, &mut self.findings);
        }
        self.draft.talks = talks.finish(self.file.place())?;
        Ok((self.draft, self.findings.into_problems()))
    }

    /// Counts something that the model has no place for.
    pub(super) fn leave_out(&mut self, what: &str) {
        const LONGEST_NAME: usize = 60;
        let is_known = self.draft.uncarried.contains_key(what);
        let has_room = self.draft.uncarried.len() < MOST_NAMES && what.len() <= LONGEST_NAME;
        let is_printable = !what.contains(char::is_control);
        self.draft
            .leave_out(if is_known || (has_room && is_printable) {
                what
            } else {
                "other elements and attributes"
            });
    }

    /// Counts an element by its name, where it says anything.
    pub(super) fn leave_out_element(&mut self, element: &Element<'_>) {
        if !element.is_blank() {
            self.leave_out(element.name);
        }
    }

    /// Counts the attributes of an element that are not among those that are `read`.
    pub(super) fn leave_out_attributes(&mut self, element: &Element<'_>, read: &[&str]) {
        for name in element.attribute_names() {
            if !read.contains(&name) {
                self.leave_out(&format!("{}@{name}", element.name));
            }
        }
    }

    /// An identifier of an element that is a UUID. One that is not has no place in the model.
    pub(super) fn uuid(&mut self, element: &Element<'_>) -> Option<Uuid> {
        let text = element.attribute("guid")?;
        let guid = Uuid::try_parse(text).ok();
        if guid.is_none() {
            self.leave_out(&format!("{}@guid that is no UUID", element.name));
        }
        guid
    }

    /// A number of an element.
    pub(super) fn number(&mut self, element: &Element<'_>) -> Option<u64> {
        let text = element.attribute("id")?;
        let id = text.parse().ok();
        if id.is_none() {
            self.leave_out(&format!("{}@id that is no number", element.name));
        }
        id
    }

    /// The name of a `<room>` that events stand in, which is listed with what is known of it.
    pub(super) fn listed_room(&mut self, element: &Element<'_>) -> Option<Plain> {
        self.leave_out_attributes(element, &["name", "guid", "slug"]);
        let guid = self.uuid(element);
        let Some(name) = element.attribute("name").and_then(Plain::non_empty) else {
            if guid.is_some() {
                self.leave_out("room@guid");
            }
            return None;
        };
        let slug = element.attribute("slug").map(Slug::of);
        let room = self.rooms.named(&name)?;
        let has_guid = take(&mut room.guid, guid);
        let has_slug = take(&mut room.slug, slug);
        for (is_taken, what) in [(has_guid, "room@guid"), (has_slug, "room@slug")] {
            if !is_taken {
                self.leave_out(&format!("{what} beside another"));
            }
        }
        Some(name)
    }

    /// Lists a track, or adds to what is known of it.
    pub(super) fn track(&mut self, said: DraftTrack) {
        let Some(track) = self.tracks.named(&said.name) else {
            return;
        };
        let has_slug = take(&mut track.slug, said.slug);
        let has_colour = take(&mut track.colour, said.colour);
        for (is_taken, what) in [(has_slug, "track@slug"), (has_colour, "track@color")] {
            if !is_taken {
                self.leave_out(&format!("{what} beside another"));
            }
        }
    }

    /// What relative addresses are taken from.
    pub(super) fn base(&self) -> Option<WebUrl> {
        self.draft.base_url.clone()
    }
}

/// Takes a value that is said once; false where another one is said too, which has no place.
pub(super) fn take<T: PartialEq>(known: &mut Option<T>, said: Option<T>) -> bool {
    match (&known, said) {
        (None, said) => *known = said,
        (Some(known), Some(said)) => return *known == said,
        (Some(_), None) => {}
    }
    true
}
