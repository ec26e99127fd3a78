//! One event.

use super::clock::Times;
use super::conference::shown;
use super::intake::Intake;
use super::link::base_of;
use super::time;
use crate::model::{Identifiers, Language, Link, LinkKind, Markdown, Plain, TalkCode, WebUrl};
use crate::source::syntax::xml::Element;
use crate::source::vocabulary::{language_name, length, talk_code};
use crate::source::{DraftSlot, DraftTalk, DraftTrack, Problem, vocabulary};

/// The most persons, and the most links, of one event.
const MOST_PARTS: usize = 500;

/// An event: what it says of a talk, and the one occurrence of it.
pub(super) struct Event {
    pub(super) talk: DraftTalk,
    pub(super) slot: DraftSlot,
    pub(super) times: Times,
}

/// The elements that are read once, and hold nothing but text.
const SINGLE: [&str; 20] = [
    "conf_url",
    "date",
    "do_not_record",
    "duration",
    "end",
    "feedback_url",
    "full_conf_url",
    "language",
    "logo",
    "origin_url",
    "room",
    "slug",
    "start",
    "subtitle",
    "title",
    "track",
    "type",
    "url",
    "video",
    "video_download_url",
];

impl Intake<'_> {
    /// Reads an event; `nested` is the room that it stands in.
    pub(super) fn event(&mut self, element: &Element<'_>, nested: Option<&Plain>) {
        let place = self.file.place_of(element);
        let id = element.attribute("id").map(Plain::new);
        let raw_title = element.child("title").and_then(Element::plain);
        let Some(raw_title) = raw_title else {
            let message = "this event has no title";
            let problem =
                Problem::error(place, message, "add `<title>`; until then it is left out");
            let problem = match id {
                Some(id) => problem.of_talk(&*id),
                None => problem,
            };
            self.findings.report_sort("events without a title", problem);
            return;
        };
        let (title, state) = vocabulary::title(&raw_title);
        let url = self.own_page(element);
        let identifiers = Identifiers {
            guid: self.uuid(element),
            id: element.attribute("id").and_then(|id| id.parse().ok()),
            slug: element.child("slug").and_then(Element::plain),
        };
        let code = self.code(element, url.as_ref(), &identifiers);
        let name = code.as_deref().unwrap_or(&title).to_owned();
        let times = self.times(element, &name);
        let base = base_of(url.as_ref(), self.base());
        let base = base.as_ref();
        let summary = self.texts(element, "abstract");
        let description = self.texts(element, "description");
        let format = element.child("type").and_then(Element::plain);
        let (optout, licence, recordings) = self.recording(element, base);
        let mut talk = DraftTalk {
            place: place.clone(),
            code,
            title,
            subtitle: element.child("subtitle").and_then(Element::plain),
            kind: format.as_deref().map(vocabulary::kind),
            format,
            state,
            description: description.filter(|text| Some(text) != summary.as_ref()),
            summary,
            speakers: self.speakers(element),
            track: self.own_track(element),
            language: self.language(element, &name),
            url,
            image: element
                .child("logo")
                .and_then(|logo| self.address(logo, base)),
            links: self.all_links(element, base),
            licence,
            recording_optout: optout,
            origin: element
                .child("origin_url")
                .and_then(|origin| self.address(origin, base)),
            ..DraftTalk::default()
        };
        for _ in MOST_PARTS..recordings.len() {
            self.leave_out("link after many others");
        }
        for link in recordings.into_iter().take(MOST_PARTS) {
            if !talk.links.iter().any(|known| known.url == link.url) {
                talk.links.push(link);
            }
        }
        let room = element.child("room").and_then(Element::plain);
        let room = room.or_else(|| nested.cloned());
        if let Some(room) = &room {
            self.rooms.mention(room);
        }
        self.leave_out_rest(element);
        let slot = DraftSlot {
            place,
            room,
            identifiers,
            ..DraftSlot::default()
        };
        self.events.push(Event { talk, slot, times });
    }

    /// The tool's code, else the one in its address, else what else tells the event apart.
    fn code(
        &mut self,
        element: &Element<'_>,
        url: Option<&WebUrl>,
        identifiers: &Identifiers,
    ) -> Option<TalkCode> {
        let said = element.attribute("code").and_then(TalkCode::parse);
        if element.attribute("code").is_some() && said.is_none() {
            self.leave_out("event@code");
        }
        let id = element.attribute("id");
        let code = talk_code::steadiest(said, url, identifiers.guid, None);
        let by_id = || id.and_then(TalkCode::parse);
        if id.is_some() && identifiers.id.is_none() && (code.is_some() || by_id().is_none()) {
            self.leave_out("event@id that is no number");
        }
        code.or_else(by_id)
    }

    /// The event's own page; wafer calls it otherwise.
    fn own_page(&mut self, element: &Element<'_>) -> Option<WebUrl> {
        let base = self.base();
        let mut page = None;
        for name in ["url", "full_conf_url", "conf_url"] {
            let Some(child) = element.child(name) else {
                continue;
            };
            match &page {
                None => page = self.address(child, base.as_ref()),
                // The same address without its host.
                Some(page) if page.ends_with(child.text().unwrap_or_default().trim()) => {}
                Some(_) => self.leave_out(name),
            }
        }
        page
    }

    fn times(&mut self, element: &Element<'_>, name: &str) -> Times {
        const DATE: &str = "a date such as 2026-10-24T09:30:00+02:00";
        const TIME: &str = "a time such as 09:30";
        const LENGTH: &str = "hours and minutes, such as 00:45, at most a week";
        Times {
            day: self.days.len().saturating_sub(1),
            date: self.time(element, "date", DATE, name, time::date),
            start: self.time(element, "start", TIME, name, time::time),
            length: self.time(element, "duration", LENGTH, name, length::length),
            ending: self.time(element, "end", TIME, name, time::ending),
        }
    }

    fn time<T>(
        &mut self,
        element: &Element<'_>,
        what: &str,
        expected: &str,
        name: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let child = element.child(what)?;
        let text = child.text()?;
        let time = parse(text);
        if time.is_none() {
            let message = format!("`{what}` is `{}`", shown(text));
            let place = self.file.place_of(child);
            let problem = Problem::error(place, message, format!("expected {expected}"));
            let sort = "times that cannot be read";
            self.findings.report_sort(sort, problem.of_talk(name));
        }
        time
    }

    /// The texts of this name, one after the other: one is mostly empty. A text that says the same again
    /// is not repeated.
    fn texts(&mut self, element: &Element<'_>, name: &str) -> Option<Markdown> {
        let named = element.children().filter(|child| child.name == name);
        let mut texts = named.filter_map(Element::markdown);
        let first = texts.next()?;
        let mut differing: Vec<Markdown> = Vec::new();
        for text in texts {
            if text != first && !differing.contains(&text) && differing.len() < MOST_PARTS {
                differing.push(text);
            }
        }
        if differing.is_empty() {
            return Some(first);
        }
        differing.insert(0, first);
        let texts: Vec<&str> = differing.iter().map(|text| &**text).collect();
        Some(Markdown::new(&texts.join("\n\n")))
    }

    /// Whether it may be recorded, under which licence, and where the recording is.
    fn recording(
        &mut self,
        element: &Element<'_>,
        base: Option<&WebUrl>,
    ) -> (Option<bool>, Option<Plain>, Vec<Link>) {
        let (mut optout, mut licence, mut links) = (None, None, Vec::new());
        let lists = element.children().filter(|child| child.name == "recording");
        for child in lists.flat_map(Element::children) {
            match child.name {
                "optout" => optout = optout.or_else(|| self.flag(child)),
                "license" | "licence" => licence = licence.or_else(|| child.plain()),
                "url" | "link" => {
                    links.extend(self.link_of_kind(child, base, LinkKind::Recording));
                }
                _ => self.leave_out_element(child),
            }
            self.leave_out_attributes(child, &[]);
        }
        if let Some(child) = element.child("do_not_record") {
            optout = optout.or_else(|| self.flag(child));
        }
        for name in ["video_download_url", "video"] {
            if let Some(child) = element.child(name) {
                links.extend(self.link_of_kind(child, base, LinkKind::Recording));
            }
        }
        (optout, licence, links)
    }

    fn flag(&mut self, element: &Element<'_>) -> Option<bool> {
        let text = element.plain()?;
        match text.to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" => Some(true),
            "false" | "0" | "no" => Some(false),
            _ => {
                self.leave_out(element.name);
                None
            }
        }
    }

    fn speakers(&mut self, element: &Element<'_>) -> Vec<Plain> {
        let mut names = Vec::new();
        for child in element.children() {
            match child.name {
                "persons" => names.extend(self.persons(child)),
                "person" => names.extend(self.person(child)),
                _ => {}
            }
        }
        for _ in MOST_PARTS..names.len() {
            self.leave_out("person after many others");
        }
        names.truncate(MOST_PARTS);
        names
    }

    fn all_links(&mut self, element: &Element<'_>, base: Option<&WebUrl>) -> Vec<Link> {
        let mut links = Vec::new();
        for child in element.children() {
            match child.name {
                "links" => links.extend(self.links(child, base, false)),
                "attachments" => links.extend(self.links(child, base, true)),
                _ => {}
            }
        }
        if let Some(child) = element.child("feedback_url") {
            links.extend(self.link_of_kind(child, base, LinkKind::Feedback));
        }
        for _ in MOST_PARTS..links.len() {
            self.leave_out("link after many others");
        }
        links.truncate(MOST_PARTS);
        links
    }

    fn own_track(&mut self, element: &Element<'_>) -> Option<Plain> {
        let name = element.child("track").and_then(Element::plain)?;
        self.track(DraftTrack {
            name: name.clone(),
            ..DraftTrack::default()
        });
        Some(name)
    }

    /// The language; of several the first.
    fn language(&mut self, element: &Element<'_>, name: &str) -> Option<Language> {
        let child = element.child("language")?;
        let text = child.text()?;
        if text.trim_matches([',', ';', '/', ' ']).is_empty() {
            return None;
        }
        let (language, further) = language_name::of_talk(text);
        if language.is_none() {
            let message = format!("`language` is `{}`", shown(text));
            let place = self.file.place_of(child);
            let problem = Problem::warning(place, message, "expected a tag such as en or pt-BR");
            let sort = "languages that are no tag";
            self.findings.report_sort(sort, problem.of_talk(name));
        } else {
            for _ in 0..further {
                self.leave_out("further languages");
            }
        }
        language
    }

    /// Counts what was not read: elements that nobody knows, those that are there once too often, and
    /// attributes.
    fn leave_out_rest(&mut self, element: &Element<'_>) {
        self.leave_out_attributes(element, &["guid", "id", "code"]);
        let mut seen: [Option<&str>; SINGLE.len()] = [None; SINGLE.len()];
        let filled = element.children().filter(|child| !child.is_blank());
        for child in filled {
            let at = SINGLE.iter().position(|name| *name == child.name);
            match (child.name, at.and_then(|at| seen.get_mut(at))) {
                ("links" | "attachments" | "persons" | "person", _) => {}
                ("answers", _) => {
                    let answers = child.children().filter(|answer| !answer.is_blank()).count();
                    for _ in 0..answers.max(1) {
                        self.leave_out("answers");
                    }
                }
                ("recording" | "abstract" | "description", _) => {
                    self.leave_out_attributes(child, &[]);
                }
                (name, Some(seen)) => {
                    let is_new = seen.is_some_and(|seen| Some(seen) != child.text());
                    *seen = seen.or(child.text());
                    self.leave_out_attributes(child, &[]);
                    if is_new {
                        self.leave_out(&format!("{name} beside another"));
                    }
                }
                (_, None) => self.leave_out_element(child),
            }
        }
    }
}
