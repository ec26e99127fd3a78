//! An object of a JSON document.

use super::{Json, entities};
use crate::model::{Plain, WebUrl};
use std::borrow::Cow;
use std::cell::Cell;

/// An object of a JSON document, with its members in the order of the file. It knows which of them
/// were asked for, so that nothing is passed over in silence.
pub(in crate::source) struct Object<'a> {
    value: Json<'a>,
    members: Vec<Member<'a>>,
}

struct Member<'a> {
    name: Cow<'a, str>,
    value: Json<'a>,
    was_read: Cell<bool>,
}

impl<'a> Object<'a> {
    /// An object of these members.
    pub(super) fn new(
        value: Json<'a>,
        members: impl Iterator<Item = (Cow<'a, str>, Json<'a>)>,
    ) -> Self {
        let member = |(name, value)| Member {
            name,
            value,
            was_read: Cell::new(false),
        };
        Self {
            value,
            members: members.map(member).collect(),
        }
    }

    /// The object as a value.
    pub(in crate::source) fn value(&self) -> Json<'a> {
        self.value
    }

    /// A member that is there and not `null`.
    pub(in crate::source) fn get(&self, name: &str) -> Option<Json<'a>> {
        let mut members = self.members.iter().rev();
        let found = members.find(|member| member.name == name)?;
        found.was_read.set(true);
        (!found.value.is_null()).then_some(found.value)
    }

    /// Every member in the order of the file, with its name.
    pub(in crate::source) fn members(&self) -> impl Iterator<Item = (&str, Json<'a>)> {
        self.members.iter().map(|member| {
            member.was_read.set(true);
            (&*member.name, member.value)
        })
    }

    /// A member as text, where it is not blank. Anything but text, a number or `null` is reported.
    pub(in crate::source) fn text(&self, name: &str) -> Option<Cow<'a, str>> {
        let value = self.get(name)?;
        let text = value.text();
        if text.is_none() {
            let message = format!("`{name}` is {}", value.shown());
            value.report(message, "expected text");
        }
        text.filter(|text| !text.trim().is_empty())
    }

    /// A member as one line of text.
    pub(in crate::source) fn plain(&self, name: &str) -> Option<Plain> {
        Plain::non_empty(&entities::decoded(&self.text(name)?))
    }

    /// A member as an absolute web address, resolved against `base`. What is no address is reported.
    pub(in crate::source) fn url(&self, name: &str, base: Option<&WebUrl>) -> Option<WebUrl> {
        self.text(name)?;
        self.get(name)?.url(name, base)
    }

    /// Calls `take` with each item of a member that is a list. A member that is none is reported.
    pub(in crate::source) fn each(&self, name: &str, take: impl FnMut(Json<'a>)) {
        let Some(value) = self.get(name) else { return };
        if !value.each(take) {
            value.report(
                format!("`{name}` is {}", value.shown()),
                "expected a list, [ … ]",
            );
        }
    }

    /// Says that members are nothing to carry: they repeat others, or describe the file alone.
    pub(in crate::source) fn skip(&self, names: &[&str]) {
        for name in names {
            self.get(name);
        }
    }

    /// Counts every member that says something and was not asked for. `what` is the object's own name.
    pub(in crate::source) fn leave_out_rest(&self, what: &str) {
        for member in self.members.iter().filter(|member| !member.was_read.get()) {
            let name = member.name.get(..40).unwrap_or(&member.name);
            let whole = if what.is_empty() {
                name.to_owned()
            } else {
                format!("{what}.{name}")
            };
            let mut items = 0;
            if !member
                .value
                .each(|item| items += usize::from(!item.is_empty()))
            {
                items = usize::from(!member.value.is_empty());
            }
            if items > 0 {
                self.value.file.leave_out(&Plain::new(&whole), items);
            }
        }
    }
}
