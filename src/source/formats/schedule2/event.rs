//! Events and meta events.

use super::conference::References;
use crate::model::{Identifiers, Kind, Link, LinkKind, Plain, TalkCode, WebUrl};
use crate::source::lists::publication::{KeptBack, published};
use crate::source::lists::talk_list::TalkList;
use crate::source::syntax::json::{Json, Languages, Object, link, person_name, speaker};
use crate::source::vocabulary::talk_code;
use crate::source::{DraftSlot, DraftTalk, End, vocabulary};
use std::collections::HashSet;

/// The events as they are read.
pub(super) struct Events {
    pub(super) references: References,
    pub(super) talks: TalkList,
    pub(super) kept_back: KeptBack,
    pub(super) unreadable: usize,
    mentioned: HashSet<Plain>,
}

impl Events {
    pub(super) fn new(references: References) -> Self {
        Self {
            references,
            talks: TalkList::default(),
            kept_back: KeptBack::default(),
            unreadable: 0,
            mentioned: HashSet::new(),
        }
    }

    pub(super) fn read(&mut self, events: Json<'_>) {
        if !events.each(|value| self.event(value)) {
            events.report(
                format!("`events` is {}", events.shown()),
                "expected a list, [ … ]",
            );
        }
    }

    /// How many listed persons take part in nothing that is published.
    pub(super) fn unused_persons(&self) -> usize {
        let persons = self.references.persons.list.iter();
        persons
            .filter(|person| !self.mentioned.contains(&person.name))
            .count()
    }

    fn event(&mut self, value: Json<'_>) {
        let file = value.file();
        let Some(event) = value.object() else {
            self.unreadable += 1;
            value.report(
                format!("this event is {}", value.shown()),
                "expected an object, { … }",
            );
            return;
        };
        let language = event.text("language");
        let languages = self.references.languages.and(language.as_deref());
        let Some(title) = event.localised_plain("title", &languages) else {
            self.unreadable += 1;
            value.report(
                "this event has no `title`",
                "give it one; until then it is left out",
            );
            return;
        };
        let (title, marked) = vocabulary::title(&title);
        file.reads_talk(Some(&title));
        let word = event.text("state");
        match word.as_deref().map(|word| (word, published(word))) {
            Some((word, None)) => self.kept_back.add(word),
            said => {
                let mut talk = self.talk(&event, title, &languages);
                talk.state = vocabulary::settled(marked, said.and_then(|(_, state)| state));
                self.mentioned.extend(talk.speakers.iter().cloned());
                self.talks.add(talk, &mut file.findings());
            }
        }
        file.reads_talk(None);
    }

    fn talk(&mut self, event: &Object<'_>, title: Plain, languages: &Languages) -> DraftTalk {
        let base = self.references.base.clone();
        let base = base.as_ref();
        let url = event.url("url", base);
        let format = event.plain("type");
        let meta = match format.as_deref() {
            Some("BREAK") => Some(Kind::Break),
            Some("META") => Some(Kind::Other),
            _ => None,
        };
        let identifiers = Identifiers {
            guid: event.guid("guid"),
            id: event.get("id").and_then(Json::whole_number),
            slug: event.plain("slug"),
        };
        let code = event.text("code").and_then(|code| TalkCode::parse(&code));
        let code = talk_code::steadiest(
            code,
            url.as_ref(),
            identifiers.guid,
            event.text("id").as_deref(),
        );
        let (links, origin) = links(event, base, url.as_ref());
        let talk = DraftTalk {
            place: event.value().place(),
            code: code.filter(|_| meta.is_none()),
            subtitle: event.localised_plain("subtitle", languages),
            kind: meta.or_else(|| format.as_deref().map(vocabulary::kind)),
            format,
            level: event.localised_plain("level", languages),
            state: None,
            summary: event.localised_markdown("abstract", languages),
            description: event.localised_markdown("description", languages),
            notes: None,
            speakers: self.participants(event),
            track: self.track(event),
            language: event.language("language"),
            online: None,
            image: event.picture("logo", base),
            links,
            tags: [event.plains("tags"), event.plains("keywords")].concat(),
            licence: event.plain("recording_license"),
            recording_optout: event.flag("do_not_record"),
            origin,
            updated: event.instant("updated"),
            slots: vec![self.slot(event, identifiers)],
            title,
            url,
        };
        event.leave_out_rest("events");
        talk
    }

    fn participants(&mut self, event: &Object<'_>) -> Vec<Plain> {
        let file = event.value().file();
        let mut names = Vec::new();
        for list in ["participants", "persons"] {
            event.each(list, |value| {
                let Some(person) = value.object() else {
                    names.extend(person_name(value));
                    return;
                };
                let role = person
                    .plain("role")
                    .filter(|role| !role.eq_ignore_ascii_case("speaker"));
                if role.is_some() {
                    file.leave_out(&format!("{list}.role"), 1);
                }
                let listed = self.references.person(&person);
                let (base, languages) = (self.references.base.as_ref(), &self.references.languages);
                let Some(mut said) = speaker(&person, list, base, languages) else {
                    return;
                };
                if let Some(name) = listed {
                    said.name = name;
                }
                names.push(said.name.clone());
                self.references.persons.add(said);
            });
        }
        names
    }

    fn track(&mut self, event: &Object<'_>) -> Option<Plain> {
        let value = event.get("track")?;
        let Some(track) = value.object() else {
            let name = event.plain("track")?;
            self.references.tracks.mention(&name);
            return Some(name);
        };
        let name = self.references.track(&track);
        track.skip(&["type", "color", "colors"]);
        track.leave_out_rest("events.track");
        if let Some(name) = &name {
            self.references.tracks.mention(name);
        }
        name
    }

    fn slot(&mut self, event: &Object<'_>, identifiers: Identifiers) -> DraftSlot {
        let start = event.clock("start").or_else(|| event.clock("date"));
        let end = event.clock("end").map(End::At);
        let length = event.length("duration").map(End::After);
        let room = match event.get("room").and_then(Json::object) {
            Some(room) => {
                let name = self.references.room(&room);
                room.leave_out_rest("events.room");
                name
            }
            None => event.plain("room"),
        };
        if let Some(room) = &room {
            self.references.rooms.mention(room);
        }
        DraftSlot {
            place: event.value().place(),
            occurrence: None,
            day: None,
            start,
            end: end.or(length).filter(|_| start.is_some()),
            room,
            state: None,
            identifiers,
        }
    }
}

/// The links of an event, and the one that leads to where its data come from.
fn links(
    event: &Object<'_>,
    base: Option<&WebUrl>,
    own: Option<&WebUrl>,
) -> (Vec<Link>, Option<WebUrl>) {
    let mut links = Vec::new();
    let mut origin = event.url("origin_url", base);
    for name in ["links", "attachments"] {
        event.each(name, |item| {
            let is_origin = item
                .object()
                .and_then(|link| link.text("type"))
                .is_some_and(|word| word.eq_ignore_ascii_case("origin"));
            match link(item, name, base) {
                Some(link) if is_origin && origin.is_none() => origin = Some(link.url),
                found => links.extend(found),
            }
        });
    }
    let feedback = event.url("feedback_url", base);
    links.extend(feedback.map(|url| Link {
        url,
        title: None,
        kind: LinkKind::Feedback,
        is_attachment: false,
    }));
    (links, origin.filter(|origin| Some(origin) != own))
}
