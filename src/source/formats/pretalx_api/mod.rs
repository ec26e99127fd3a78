//! What pretalx's REST API answers: `/api/events/{event}/submissions/`, the older `/talks/`, `/slots/`,
//! `/schedules/{id}/`, and the event itself (<https://docs.pretalx.org/api/>).
//!
//! A list is a page (`{"count": 1, "next": null, "previous": null, "results": […]}`) or bare. Since 2025
//! the API refers to everything by number or code unless asked to expand it; whatever is only a number
//! here is a warning that says what to ask for.
//!
//! What only organisers may see is never published: submissions that are neither accepted nor confirmed
//! (those cancelled after acceptance are published as cancelled while they have a slot), notes to the
//! organisers, e-mail addresses, reviews, resources and tags that are not public, hidden slots.
//!
//! # Not supported
//!
//! The lists of speakers, rooms and tracks by themselves: they hold no programme.

mod event;
mod slot;
mod submission;
#[cfg(test)]
mod tests;

use crate::model::Plain;
use crate::source::formats::pretalx::{Form, form};
use crate::source::lists::named_list::NamedList;
use crate::source::lists::publication::KeptBack;
use crate::source::lists::talk_list::TalkList;
use crate::source::syntax::json::{self, Json, Languages, Object};
use crate::source::{Draft, DraftRoom, DraftSpeaker, DraftTrack, Input, Problem, Reading, Source};
use std::collections::BTreeMap;

/// The REST API's answers.
pub(super) static SOURCE: Source = Source {
    name: "pretalx-api",
    detect: |_, bytes| form(bytes) == Some(Form::Api) || event::is_event(bytes),
    read: |input: &Input<'_>| -> Reading {
        if event::is_event(input.bytes) {
            json::read(input, event::read)
        } else {
            json::read(input, list)
        }
    },
};

/// What is read so far.
#[derive(Default)]
struct Reader {
    languages: Languages,
    rooms: NamedList<DraftRoom>,
    tracks: NamedList<DraftTrack>,
    speakers: NamedList<DraftSpeaker>,
    talks: TalkList,
    kept_back: KeptBack,
    unreadable: usize,
    /// What is only referred to, and how often.
    unexpanded: BTreeMap<&'static str, usize>,
    /// What is not for the public, and how often.
    private: BTreeMap<String, usize>,
}

fn list(root: Json<'_>) -> Result<Draft, Problem> {
    let file = root.file();
    let remedy = "save the answer of /api/events/…/submissions/?expand=speakers,slots.room,track,submission_type,tags,resources";
    let mut reader = Reader::default();
    let (mut version, mut updated) = (None, None);
    if let Some(page) = root.object() {
        version = page.plain("version");
        updated = page.instant("published");
        page.skip(&["count", "previous", "id"]);
        if page.text("next").is_some() {
            let message = "this is one page of several: `next` says where the list goes on";
            root.warn(
                message,
                "save the other pages too and list them in `sources`, or ask for more with limit=",
            );
        }
        for name in ["results", "talks", "slots"] {
            page.each(name, |item| reader.item(item, name));
        }
        page.each("breaks", |item| reader.add_break(item));
        page.leave_out_rest("");
    } else if !root.each(|item| reader.item(item, "results")) {
        return Err(Problem::error(
            file.place(),
            "this JSON is no list of submissions",
            remedy,
        ));
    }
    if reader.unreadable > 0 && reader.talks.events() == 0 && reader.kept_back.count() == 0 {
        let message = "nothing in this list can be read as a submission";
        return Err(Problem::error(file.place(), message, remedy));
    }
    reader.tell(root);
    Ok(Draft {
        version,
        updated,
        counts: vec![
            (
                "submissions",
                reader.talks.events() + reader.kept_back.count() + reader.unreadable,
            ),
            ("speakers", reader.talks.speakers()),
            ("rooms", reader.rooms.list.len()),
        ],
        rooms: reader.rooms.list,
        tracks: reader.tracks.list,
        speakers: reader.speakers.list,
        talks: reader.talks.finish(file.place())?,
        ..Draft::default()
    })
}

impl Reader {
    fn item(&mut self, value: Json<'_>, list: &str) {
        let object = value.object();
        let Some(object) = object else {
            self.unreadable += 1;
            let what = if list == "slots" {
                "slots"
            } else {
                "submissions"
            };
            if value.whole_number().is_some() {
                self.count_unexpanded(if what == "slots" {
                    "slots"
                } else {
                    "submission"
                });
            } else {
                value.report(
                    format!("this item of `{list}` is {}", value.shown()),
                    "expected an object, { … }",
                );
            }
            return;
        };
        if object.get("title").is_none()
            && (object.get("start").is_some() || object.get("submission").is_some())
        {
            self.scheduled(&object);
        } else {
            self.submission(&object, None);
        }
    }

    fn count_unexpanded(&mut self, what: &'static str) {
        *self.unexpanded.entry(what).or_default() += 1;
    }

    /// Counts the members of an object that are for organisers only.
    fn keep_private(&mut self, object: &Object<'_>, names: &[&str]) {
        for name in names {
            if object.get(name).is_some_and(|value| !value.is_empty()) {
                *self.private.entry((*name).to_owned()).or_default() += 1;
            }
        }
    }

    /// Tells what was kept back, and what to ask the API for.
    fn tell(&self, root: Json<'_>) {
        let file = root.file();
        if let Some(note) = self.kept_back.note(file.place()) {
            file.report(note);
        }
        if !self.private.is_empty() {
            let private: Vec<String> = self
                .private
                .iter()
                .map(|(what, count)| format!("{what} ({count})"))
                .collect();
            let message = format!(
                "not published, since it is for organisers: {}",
                private.join(", ")
            );
            file.report(Problem::note(file.place(), message));
        }
        if !self.unexpanded.is_empty() {
            let numbers: Vec<String> = self
                .unexpanded
                .iter()
                .map(|(what, count)| format!("{what} ({count})"))
                .collect();
            let names: Vec<&str> = self.unexpanded.keys().copied().collect();
            let message = format!(
                "only numbers or codes are given for: {}",
                numbers.join(", ")
            );
            let remedy = format!(
                "they are left out; ask the API for them with expand={}",
                names.join(",")
            );
            file.report(Problem::warning(file.place(), message, remedy));
        }
    }

    /// The name of a track, room or type: text, text in several languages, or an object with a `name`.
    fn name(&mut self, object: &Object<'_>, member: &str, expand: &'static str) -> Option<Plain> {
        let value = object.get(member)?;
        if value.whole_number().is_some() {
            self.count_unexpanded(expand);
            return None;
        }
        match value.object() {
            Some(inner) if inner.get("name").is_some() => {
                let name = inner.localised_plain("name", &self.languages);
                inner.skip(&["id", "position", "default_duration"]);
                self.keep_private(
                    &inner,
                    &[
                        "availabilities",
                        "deadline",
                        "requires_access_code",
                        "speaker_info",
                    ],
                );
                match member {
                    "room" => inner.skip(&["capacity", "description", "guid", "slug", "uuid"]),
                    "track" => inner.skip(&["color"]),
                    _ => {}
                }
                inner.leave_out_rest(member);
                name
            }
            _ => object.localised_plain(member, &self.languages),
        }
    }
}
