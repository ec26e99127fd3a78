//! Who speaks.

use super::intake::{Intake, take};
use crate::model::Plain;
use crate::source::syntax::xml::Element;

impl Intake<'_> {
    /// The names of the persons in an element. What is known of each is kept once: merged schedules give
    /// one number to several people, and some tools give one person several numbers.
    pub(super) fn persons(&mut self, list: &Element<'_>) -> Vec<Plain> {
        self.leave_out_attributes(list, &[]);
        let mut names = Vec::new();
        for child in list.children() {
            if child.name == "person" {
                names.extend(self.person(child));
            } else {
                self.leave_out_element(child);
            }
        }
        names
    }

    pub(super) fn person(&mut self, element: &Element<'_>) -> Option<Plain> {
        let name = element
            .plain()
            .or_else(|| element.attribute("name").and_then(Plain::non_empty));
        let Some(name) = name else {
            if !element.is_blank() {
                self.leave_out("person without a name");
            }
            return None;
        };
        self.leave_out_attributes(element, &["id", "guid", "code", "name"]);
        let (id, guid) = (self.number(element), self.uuid(element));
        let code = element.attribute("code").and_then(Plain::non_empty);
        let speaker = self.speakers.named(&name)?;
        let taken = [
            (take(&mut speaker.id, id), "person@id"),
            (take(&mut speaker.guid, guid), "person@guid"),
            (take(&mut speaker.code, code), "person@code"),
        ];
        for (is_taken, what) in taken {
            if !is_taken {
                self.leave_out(&format!("{what} beside another of the same name"));
            }
        }
        Some(name)
    }
}
