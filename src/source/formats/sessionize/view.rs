//! What the views are made of: sessions, alone or in days, rooms and groups, and what they refer to.

use super::category::{Categories, Item};
use super::kind::{Flags, kind};
use super::speaker::speaker;
use crate::model::Plain;
use crate::source::lists::limit::too_many;
use crate::source::lists::publication::KeptBack;
use crate::source::syntax::json::{Json, JsonFile, Object};
use crate::source::{Draft, DraftRoom, DraftTrack, MOST_TALKS, Options, Problem};
use std::collections::{HashMap, HashSet};

/// Reads a view.
///
/// # Errors
///
/// When it is no view, or has too many sessions.
pub(super) fn read(root: Json<'_>, options: &Options) -> Result<Draft, Problem> {
    let file = root.file();
    let mut view = View::new(file);
    let is_view = match root.object() {
        Some(all) => view.all(&all),
        None => root.each(|item| view.item(item)),
    };
    if !is_view {
        let message = "this is JSON, and no view of Sessionize's API";
        let remedy = "fetch one of the views All, GridSmart and Sessions";
        return Err(Problem::error(file.place(), message, remedy));
    }
    view.finish(options)
}

/// The reading of a view.
pub(super) struct View<'a> {
    pub(super) file: &'a JsonFile<'a>,
    pub(super) draft: Draft,
    /// Names of rooms by `id`.
    pub(super) rooms: HashMap<String, Plain>,
    /// Names of speakers by `id`.
    pub(super) speakers: HashMap<String, Plain>,
    pub(super) categories: Categories,
    /// The organisers' questions by `id`.
    pub(super) questions: HashMap<String, Plain>,
    /// Where the session of each `id` stands among the talks.
    pub(super) known: HashMap<String, usize>,
    /// What decides about each talk once all categories are known.
    pub(super) open: Vec<Open>,
    /// How many sessions stand in further rooms at the same time.
    pub(super) elsewhere: usize,
    /// Sessions that are not for the public.
    pub(super) kept_back: KeptBack,
    /// How many sessions were found, repeated ones too.
    pub(super) sessions: usize,
}

/// What a talk chose, and what its kind depends on beside that.
pub(super) struct Open {
    pub(super) items: Vec<Item>,
    pub(super) flags: Flags,
}

impl<'a> View<'a> {
    fn new(file: &'a JsonFile<'a>) -> Self {
        Self {
            file,
            draft: Draft {
                place: file.place(),
                ..Draft::default()
            },
            rooms: HashMap::new(),
            speakers: HashMap::new(),
            categories: Categories::default(),
            questions: HashMap::new(),
            known: HashMap::new(),
            open: Vec::new(),
            elsewhere: 0,
            kept_back: KeptBack::default(),
            sessions: 0,
        }
    }

    /// The view `All`; whether it is one.
    fn all(&mut self, all: &Object<'a>) -> bool {
        all.each("rooms", |value| {
            let room = value.object();
            let name = room.as_ref().and_then(|room| room.plain("name"));
            if let (Some(room), Some(name)) = (room, name) {
                self.list_room(room.text("id").as_deref(), &name);
                room.skip(&["sort"]);
                room.leave_out_rest("rooms");
            }
        });
        all.each("questions", |value| {
            let Some(question) = value.object() else {
                return;
            };
            if let (Some(id), Some(text)) = (question.text("id"), question.plain("question")) {
                self.questions.insert(id.trim().to_owned(), text);
            }
        });
        all.each("categories", |value| self.categories.list(value));
        all.each("speakers", |value| self.speaker(value));
        all.each("sessions", |value| self.session(value, None));
        ["sessions", "speakers"]
            .iter()
            .any(|name| all.get(name).is_some())
    }

    /// An item of one of the views that are lists: a day of `GridSmart`, a group of `Sessions`, a
    /// speaker, or a session by itself.
    fn item(&mut self, value: Json<'a>) {
        let Some(item) = value.object() else {
            value.report(
                format!("this item is {}", value.shown()),
                "expected a day, a group of sessions or a speaker",
            );
            return;
        };
        let has = |name: &str| item.get(name).is_some();
        if has("rooms") {
            item.each("rooms", |value| self.room(value));
        } else if has("fullName") || has("firstName") {
            self.speaker(value);
        } else if has("sessions") {
            item.each("sessions", |value| self.session(value, None));
        } else if has("title") {
            self.session(value, None);
        } else {
            value.report(
                "this is neither a day, a group of sessions nor a speaker",
                "fetch the view again",
            );
        }
    }

    /// A room of a day of `GridSmart`, with its sessions.
    fn room(&mut self, value: Json<'a>) {
        let Some(room) = value.object() else {
            value.report(
                format!("this room is {}", value.shown()),
                "expected an object, { … }",
            );
            return;
        };
        let name = room.plain("name");
        if let Some(name) = &name {
            self.list_room(room.text("id").as_deref(), name);
        }
        room.each("sessions", |value| self.session(value, name.as_ref()));
        room.skip(&["hasOnlyPlenumSessions"]);
        room.leave_out_rest("rooms");
    }

    fn list_room(&mut self, id: Option<&str>, name: &Plain) {
        let id = id.map_or_else(|| name.to_string(), |id| id.trim().to_owned());
        if self.rooms.insert(id, name.clone()).is_none() {
            self.draft.rooms.push(DraftRoom {
                name: name.clone(),
                ..DraftRoom::default()
            });
        }
    }

    /// A speaker with everything that is known of them.
    pub(super) fn speaker(&mut self, value: Json<'a>) {
        let Some(object) = value.object() else {
            value.report(
                format!("this speaker is {}", value.shown()),
                "expected an object, { … }",
            );
            return;
        };
        let Some(speaker) = speaker(&object) else {
            value.report("this speaker has no name", "add it in Sessionize");
            return;
        };
        self.leave_out_answers(&object);
        object.each("categoryItems", |_| {
            self.draft.leave_out("categoryItems of speakers");
        });
        object.each("categories", |_| {
            self.draft.leave_out("categories of speakers");
        });
        if let Some(id) = object.text("id") {
            self.speakers
                .insert(id.trim().to_owned(), speaker.name.clone());
        }
        // Whether somebody is a top speaker decides about the order on Sessionize's own pages.
        object.skip(&["firstName", "lastName", "isTopSpeaker", "sessions"]);
        object.leave_out_rest("speakers");
        self.draft.speakers.push(speaker);
    }

    /// Counts the answers to the organisers' own questions.
    pub(super) fn leave_out_answers(&mut self, object: &Object<'a>) {
        object.each("questionAnswers", |value| {
            let Some(answer) = value.object() else {
                return;
            };
            let has = |name| answer.get(name).is_some();
            if !has("answerValue") && !has("answer") {
                return;
            }
            let own = answer.plain("question");
            let listed = || {
                self.questions
                    .get(answer.text("questionId")?.trim())
                    .cloned()
            };
            let what = match own.or_else(listed) {
                Some(question) => format!("questionAnswers \"{question}\""),
                None => "questionAnswers".to_owned(),
            };
            self.draft.leave_out(&what);
        });
    }

    fn finish(mut self, options: &Options) -> Result<Draft, Problem> {
        let place = self.file.place();
        if self.sessions > MOST_TALKS {
            return Err(too_many(place, "sessions", MOST_TALKS));
        }
        if let Some(track) = &options.track
            && let Some(problem) = self.categories.missing(track, place.clone())
        {
            self.file.report(problem);
        }
        if self.draft.talks.is_empty() && self.draft.speakers.is_empty() {
            let message = "there is no session here";
            let remedy =
                "announce the schedule in Sessionize, or check the address of the endpoint";
            self.file
                .report(Problem::warning(place.clone(), message, remedy));
        }
        if let Some(note) = self.kept_back.note(place.clone()) {
            self.file.report(note);
        }
        if self.elsewhere > 0 {
            let rooms = match self.elsewhere {
                1 => "1 further room is".to_owned(),
                rooms => format!("{rooms} further rooms are"),
            };
            let message = format!(
                "a session in several rooms at once is shown in the first; {rooms} left out"
            );
            self.file.report(Problem::note(place, message));
        }
        let roles = self.categories.roles(options.track.as_ref());
        for (talk, open) in self.draft.talks.iter_mut().zip(self.open) {
            roles.apply(talk, open.items);
            talk.kind = kind(&talk.title, talk.format.as_deref(), open.flags);
        }
        let talks = self.draft.talks.iter();
        let used: HashSet<&Plain> = talks.filter_map(|talk| talk.track.as_ref()).collect();
        let tracks = self.categories.tracks(&roles).iter();
        self.draft.tracks = tracks
            .filter(|name| used.contains(name))
            .map(|name| DraftTrack {
                name: name.clone(),
                ..DraftTrack::default()
            })
            .collect();
        self.draft.counts = vec![
            ("sessions", self.draft.talks.len()),
            ("speakers", self.speakers.len()),
            ("rooms", self.draft.rooms.len()),
            ("categories", self.categories.len()),
        ];
        Ok(self.draft)
    }
}
