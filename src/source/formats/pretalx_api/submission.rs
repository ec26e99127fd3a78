//! One submission.

use super::Reader;
use crate::model::{Link, Plain, State, TalkCode};
use crate::source::lists::publication::published;
use crate::source::syntax::json::{Json, Object, person_name, speaker};
use crate::source::{DraftSlot, DraftTalk, DraftTrack, vocabulary};

/// What the API shows to organisers only.
const PRIVATE: [&str; 14] = [
    "notes",
    "internal_notes",
    "pending_state",
    "invitation_token",
    "invitations",
    "access_code",
    "review_code",
    "anonymised_data",
    "is_anonymised",
    "reviews",
    "assigned_reviewers",
    "median_score",
    "mean_score",
    "answers",
];

impl Reader {
    /// Reads a submission. `slot` is the one that it was found in.
    pub(super) fn submission(&mut self, object: &Object<'_>, slot: Option<DraftSlot>) {
        let file = object.value().file();
        let Some(title) = object.localised_plain("title", &self.languages) else {
            self.unreadable += 1;
            object.value().report(
                "this submission has no `title`",
                "give it one; until then it is left out",
            );
            return;
        };
        let (title, marked) = vocabulary::title(&title);
        file.reads_talk(Some(&title));
        let slots = match slot {
            Some(slot) => vec![slot],
            None => self.slots(object),
        };
        let word = object.text("state");
        let state = word.as_deref().map(published);
        let has_time = slots.iter().any(|slot| slot.start.is_some());
        match (&word, state) {
            (Some(word), Some(None)) => self.kept_back.add(word),
            (Some(word), Some(Some(State::Cancelled))) if !has_time => self.kept_back.add(word),
            _ => {
                let mut talk = self.talk(object, title, slots);
                talk.state = vocabulary::settled(marked, state.flatten());
                self.talks.add(talk, &mut file.findings());
            }
        }
        file.reads_talk(None);
    }

    fn talk(&mut self, object: &Object<'_>, title: Plain, slots: Vec<DraftSlot>) -> DraftTalk {
        // They repeat the names beside them and what the slots say.
        object.skip(&[
            "submission_type_id",
            "track_id",
            "tag_ids",
            "slot_count",
            "duration",
        ]);
        self.keep_private(object, &PRIVATE);
        let format = self.name(object, "submission_type", "submission_type");
        let languages = self.languages.clone();
        let talk = DraftTalk {
            place: object.value().place(),
            code: object.text("code").and_then(|code| TalkCode::parse(&code)),
            kind: format.as_deref().map(vocabulary::kind),
            format,
            summary: object.localised_markdown("abstract", &languages),
            description: object.localised_markdown("description", &languages),
            speakers: self.speakers(object),
            track: self.track(object),
            language: object.language("content_locale"),
            url: object.url("url", None),
            image: object.picture("image", None),
            links: self.resources(object),
            tags: self.tags(object),
            recording_optout: object.flag("do_not_record"),
            updated: object.instant("updated"),
            slots,
            title,
            ..DraftTalk::default()
        };
        object.leave_out_rest("submissions");
        talk
    }

    /// The speakers, where the API was asked to name them.
    fn speakers(&mut self, object: &Object<'_>) -> Vec<Plain> {
        let mut names = Vec::new();
        object.each("speakers", |value| {
            let Some(person) = value.object() else {
                match value.plain() {
                    Some(code) if is_code(&code) => self.count_unexpanded("speakers"),
                    _ => names.extend(person_name(value)),
                }
                return;
            };
            self.keep_private(
                &person,
                &[
                    "email",
                    "answers",
                    "availabilities",
                    "internal_notes",
                    "has_arrived",
                    "timezone",
                    "locale",
                ],
            );
            person.skip(&[
                "submissions",
                "avatar_thumbnail_default",
                "avatar_thumbnail_tiny",
            ]);
            if let Some(speaker) = speaker(&person, "speakers", None, &self.languages) {
                names.push(speaker.name.clone());
                self.speakers.add(speaker);
            }
        });
        names
    }

    fn track(&mut self, object: &Object<'_>) -> Option<Plain> {
        let name = self.name(object, "track", "track")?;
        let track = object.get("track").and_then(Json::object);
        let colour = track.and_then(|track| track.colour("color"));
        self.tracks.add(DraftTrack {
            name: name.clone(),
            slug: None,
            colour,
        });
        Some(name)
    }

    /// The resources that the public may see.
    fn resources(&mut self, object: &Object<'_>) -> Vec<Link> {
        let mut links = Vec::new();
        object.each("resources", |value| {
            let Some(resource) = value.object() else {
                self.count_unexpanded("resources");
                return;
            };
            if resource.flag("is_public") == Some(false) {
                *self.private.entry("resources".into()).or_default() += 1;
                return;
            }
            resource.skip(&["id"]);
            let title = resource.localised_plain("description", &self.languages);
            let names = ["resource", "url", "link"];
            let name = names.into_iter().find(|name| resource.text(name).is_some());
            let url = name.and_then(|name| resource.url(name, None));
            resource.leave_out_rest("resources");
            links.extend(url.map(|url| Link {
                kind: vocabulary::link_kind(None, title.as_deref(), &url),
                url,
                title,
                is_attachment: true,
            }));
        });
        links
    }

    fn tags(&mut self, object: &Object<'_>) -> Vec<Plain> {
        let mut tags = Vec::new();
        object.each("tags", |value| match value.object() {
            Some(tag) if tag.flag("is_public") == Some(false) => {
                *self.private.entry("tags".into()).or_default() += 1;
            }
            Some(tag) => {
                tag.skip(&["id"]);
                tags.extend(tag.localised_plain("tag", &self.languages));
                tag.leave_out_rest("tags");
            }
            None if value.whole_number().is_some() => self.count_unexpanded("tags"),
            None => tags.extend(value.plain()),
        });
        tags
    }
}

/// Whether a text is a speaker's code and no name.
fn is_code(text: &str) -> bool {
    text.len() == 6
        && text
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}
