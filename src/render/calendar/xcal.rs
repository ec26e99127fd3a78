//! xCal: the calendar as XML (RFC 6321). It says what the iCalendar file says, SOURCE included:
//! there is one calendar, and three ways to write it down.

use super::ics;
use super::value::{
    Value, Writer, extended, extended_offset, is_extension, parameter_values, type_name,
};
use crate::render::xml::Xml;
use crate::render::{Context, Coverage, Renderer};

/// xCal.
pub(in crate::render) static RENDERER: Renderer = Renderer {
    format: "xcal",
    extension: "xcal",
    name: "xCal",
    media_type: "application/calendar+xml; charset=utf-8",
    stem: "schedule",
    covers: Coverage::Whole,
    heeds_wishes: true,
    leaves_out: super::leaves_out,
    render,
    last_modified: |context| context.whole_updated(),
};

const NAMESPACE: &str = "urn:ietf:params:xml:ns:icalendar-2.0";

fn render(context: &Context<'_>) -> Vec<u8> {
    let mut elements = Elements {
        xml: Xml::new(),
        open: Vec::new(),
    };
    elements.xml.open_with("icalendar", &[("xmlns", NAMESPACE)]);
    super::write(context, &mut elements);
    elements.xml.finish()
}

/// Writes nested elements: a component holds its properties, then its components (RFC 6321 §3.3).
struct Elements {
    xml: Xml,
    /// The group that is open in each component that has begun.
    open: Vec<Group>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Nothing,
    Properties,
    Components,
}

impl Elements {
    /// Goes on to a group of the component that was begun last.
    fn enter(&mut self, group: Group) {
        let Some(open) = self.open.last_mut().filter(|open| **open != group) else {
            return;
        };
        if *open != Group::Nothing {
            self.xml.close();
        }
        *open = group;
        match group {
            Group::Nothing => {}
            Group::Properties => self.xml.open("properties"),
            Group::Components => self.xml.open("components"),
        }
    }
}

impl Writer for Elements {
    fn begin(&mut self, name: &'static str) {
        self.enter(Group::Components);
        self.xml.open(&name.to_lowercase());
        self.open.push(Group::Nothing);
    }

    fn end(&mut self, _name: &'static str) {
        self.enter(Group::Nothing);
        self.open.pop();
        self.xml.close();
    }

    fn add_with(
        &mut self,
        name: &'static str,
        parameters: &[(&'static str, &str)],
        value: Value<'_>,
    ) {
        self.enter(Group::Properties);
        let xml = &mut self.xml;
        xml.open(&name.to_lowercase());
        if !parameters.is_empty() {
            xml.open("parameters");
            for (name, value) in parameters {
                xml.open(&name.to_lowercase());
                for value in parameter_values(name, value) {
                    xml.leaf("text", value);
                }
                xml.close();
            }
            xml.close();
        }
        write_value(xml, name, value);
        xml.close();
    }
}

fn write_value(xml: &mut Xml, name: &str, value: Value<'_>) {
    let type_name = type_name(name, value);
    match value {
        // A value of unknown type is taken over as it stands in the iCalendar file (RFC 6321 §5).
        Value::Text(text) if is_extension(name) => {
            let mut escaped = String::new();
            ics::push_text(&mut escaped, text);
            xml.leaf(type_name, &escaped);
        }
        Value::Text(text) | Value::Uri(text) | Value::Duration(text) => xml.leaf(type_name, text),
        Value::Texts(texts) => {
            for text in texts {
                xml.leaf(type_name, text);
            }
        }
        Value::Date(date) => xml.leaf(type_name, &date.to_string()),
        Value::Local(wall) => xml.leaf(type_name, &extended(wall)),
        Value::Utc(instant) => {
            xml.leaf(type_name, &format!("{}Z", extended(instant.naive_utc())));
        }
        Value::Integer(number) => xml.leaf(type_name, &number.to_string()),
        // A structured value has elements of its own instead of a type (RFC 6321 §3.4.1.2).
        Value::Geo(geo) => {
            xml.leaf("latitude", &format!("{:.6}", geo.latitude));
            xml.leaf("longitude", &format!("{:.6}", geo.longitude));
        }
        Value::Offset(seconds) => xml.leaf(type_name, &extended_offset(seconds)),
        // In the order of the schema (RFC 6321, appendix A).
        Value::Yearly(rule) => {
            xml.open(type_name);
            xml.leaf("freq", "YEARLY");
            xml.leaf("byday", &rule.day());
            xml.leaf("bymonth", &rule.month.to_string());
            xml.close();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::pages::fixture::{self, Whole};

    #[test]
    fn the_whole_calendar_with_everything_that_can_be_asked_for() {
        let mut conference = fixture::conference();
        let wanted = ["OPEN", "CLOCK", "SOMEWHEN"];
        conference
            .talks
            .retain(|talk| wanted.contains(&&*talk.code));
        let mut whole = Whole::new(conference);
        whole.wishes.rich = true;
        whole.wishes.alarm = Some(15);
        let text = String::from_utf8(render(&whole.context())).expect("UTF-8");
        insta::assert_snapshot!(text);
    }
}
