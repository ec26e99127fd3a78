//! Which of c3voc's two JSON formats a document is: frab's, with events within rooms within days, or
//! schedule2, with a flat list of them.
//!
//! The days come early in either, and their members differ, so a few kilobytes are enough.

use crate::source::syntax::json::find_key;

/// A format of c3voc's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `schedule.conference.days[].rooms{}[]`.
    Frab,
    /// `schedule.events[]`.
    Schedule2,
}

/// The form of a document; half a document counts as what it would have been.
pub(super) fn form(bytes: &[u8]) -> Option<Form> {
    let mut is_schedule = false;
    let found = find_key(bytes, |path, name| {
        let inner = path.strip_prefix(&["schedule"]).unwrap_or(path);
        match (inner, name) {
            ([], "schedule" | "conference") => is_schedule = true,
            // Those of Sessionize and pretalx.
            ([], "sessions" | "talks" | "results" | "slots") => return Some(None),
            ([], "events") if is_schedule => return Some(Some(Form::Schedule2)),
            (["conference"], "defaults" | "languages") => return Some(Some(Form::Schedule2)),
            (["conference", "days", "[]"] | ["days", "[]"], "rooms" | "day_start" | "day_end") => {
                return is_schedule.then_some(Some(Form::Frab));
            }
            (["conference", "days", "[]"] | ["days", "[]"], "start" | "end") if is_schedule => {
                return Some(Some(Form::Schedule2));
            }
            _ => {}
        }
        None
    });
    found.unwrap_or(is_schedule.then_some(Form::Frab))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_tell_the_forms_apart() {
        let cases = [
            (
                r#"{"schedule": {"version": "1", "conference": {"days": [{"index": 1, "rooms": {}}]}}}"#,
                Some(Form::Frab),
            ),
            (
                r#"{"conference": {"title": "C"}, "days": [{"index": 1, "day_start":"#,
                Some(Form::Frab),
            ),
            (
                r#"{"schedule": {"conference": {"days": [{"index": 1, "start": "x"}]}}}"#,
                Some(Form::Schedule2),
            ),
            (
                r#"{"schedule": {"conference": {"days": []}, "events": []}}"#,
                Some(Form::Schedule2),
            ),
            (
                r#"{"generator": {}, "schedule": {"version": "x"#,
                Some(Form::Frab),
            ),
            (
                r#"{"sessions": [], "speakers": [], "categories": []}"#,
                None,
            ),
            (r#"{"talks": [], "rooms": []}"#, None),
            (r#"{"events": []}"#, None),
            (r##"# "schedule": "##, None),
        ];
        for (text, expected) in cases {
            assert_eq!(form(text.as_bytes()), expected, "{text}");
        }
    }
}
