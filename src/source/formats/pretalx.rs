//! Which of pretalx's own JSON documents a file is: the widget's data, or lists of its REST API.

use crate::source::syntax::json::find_key;

/// A kind of document of pretalx's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `talks`, `tracks`, `rooms` and `speakers` that refer to each other.
    Widget,
    /// Submissions, or a schedule with its slots.
    Api,
}

/// The form of a document; half a document counts as what it would have been.
pub(super) fn form(bytes: &[u8]) -> Option<Form> {
    let mut seen = Seen::default();
    let found = find_key(bytes, |path, name| seen.see(path, name));
    found.unwrap_or_else(|| seen.guess())
}

/// What was seen in a document that nothing decided yet.
#[derive(Default)]
struct Seen {
    talks: bool,
    slots: bool,
    version: bool,
    count: bool,
    results: bool,
    /// Something in `results` or in the outermost list that no submission need have.
    other: bool,
    code: bool,
    title: bool,
}

impl Seen {
    fn see(&mut self, path: &[&str], name: &str) -> Option<Option<Form>> {
        match (path, name) {
            // Those of c3voc and Sessionize.
            ([], "schedule" | "conference" | "sessions" | "categories" | "questions") => {
                return Some(None);
            }
            ([], "talks") => self.talks = true,
            ([], "slots") => self.slots = true,
            ([], "results") => self.results = true,
            ([], "count") => self.count = true,
            ([], "version" | "published") => self.version = true,
            ([], "breaks") => return Some(Some(Form::Api)),
            ([], "timezone" | "tracks" | "event_start" | "event_end") => {
                return self.talks.then_some(Some(Form::Widget));
            }
            (
                ["talks" | "slots" | "results" | "[]", ..],
                "submission_type" | "submission_type_id",
            ) if is_in_list(path) => {
                return Some(Some(Form::Api));
            }
            (["talks", "[]"], "slot" | "slots" | "submission") => return Some(Some(Form::Api)),
            (["talks", "[]"], "start" | "end") => return Some(Some(Form::Widget)),
            (["slots", "[]"] | ["results", "[]"], "submission" | "room_id") => {
                return Some(Some(Form::Api));
            }
            (["results", "[]"] | ["[]"], "code") => self.code = true,
            (["results", "[]"] | ["[]"], "title") => self.title = true,
            (
                ["results", "[]"] | ["[]"],
                "abstract" | "content_locale" | "slot" | "do_not_record",
            ) if self.code && self.title => {
                return Some(Some(Form::Api));
            }
            (["results", "[]"] | ["[]"], _) => self.other = true,
            _ => {}
        }
        None
    }

    fn guess(&self) -> Option<Form> {
        let is_submission = self.code && self.title || self.results && !self.other;
        if self.talks {
            Some(Form::Widget)
        } else if self.slots && self.version || self.count && self.results && is_submission {
            Some(Form::Api)
        } else {
            None
        }
    }
}

/// Whether a path is that of the items of a list, and not of something within them.
fn is_in_list(path: &[&str]) -> bool {
    matches!(path, ["[]"] | [_, "[]"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_tell_the_forms_apart() {
        let cases = [
            (
                r#"{"talks": [{"code": "A", "title": "T", "start": "x"}], "rooms": []}"#,
                Some(Form::Widget),
            ),
            (r#"{"talks": [], "timezone": "UTC"}"#, Some(Form::Widget)),
            (r#"{"talks": [{"code": "A", "ti"#, Some(Form::Widget)),
            (
                r#"{"version": "1", "talks": [{"code": "A", "submission_type": "Talk"}]}"#,
                Some(Form::Api),
            ),
            (
                r#"{"count": 1, "next": null, "previous": null, "results": [{"code": "A", "title": "T", "abstract": ""}]}"#,
                Some(Form::Api),
            ),
            (
                r#"{"count": 0, "next": null, "previous": null, "results": []}"#,
                Some(Form::Api),
            ),
            (
                r#"{"count": 1, "next": null, "results": [{"code": "A"#,
                Some(Form::Api),
            ),
            (
                r#"[{"code": "A", "speakers": [], "title": "T", "submission_type": "Talk"}]"#,
                Some(Form::Api),
            ),
            (
                r#"{"slots": [], "version": "1", "breaks": []}"#,
                Some(Form::Api),
            ),
            (
                r#"{"id": 3, "version": "1", "slots": [1, 2]}"#,
                Some(Form::Api),
            ),
            (
                r#"{"count": 1, "results": [{"id": 1, "name": {"en": "Hall"}, "capacity": 3}]}"#,
                None,
            ),
            (
                r#"{"sessions": [{"title": "T"}], "speakers": [], "rooms": []}"#,
                None,
            ),
            (
                r#"[{"date": "2026-10-24", "rooms": [], "timeSlots": []}]"#,
                None,
            ),
            (r#"[{"groupId": null, "sessions": []}]"#, None),
            (r#"{"schedule": {"conference": {}}}"#, None),
            (r#"{"speakers": [], "rooms": []}"#, None),
        ];
        for (text, expected) in cases {
            assert_eq!(form(text.as_bytes()), expected, "{text}");
        }
    }
}
