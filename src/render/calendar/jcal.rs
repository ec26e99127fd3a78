//! jCal: the calendar as JSON (RFC 7265). It says what the iCalendar file says, SOURCE included:
//! there is one calendar, and three ways to write it down.

use super::ics;
use super::value::{
    Value, Writer, extended, extended_offset, is_extension, parameter_values, type_name,
};
use crate::render::{Context, Coverage, Renderer};
use serde_json::{Value as Json, json};

/// jCal.
pub(in crate::render) static RENDERER: Renderer = Renderer {
    format: "jcal",
    extension: "jcal",
    name: "jCal",
    media_type: "application/calendar+json; charset=utf-8",
    stem: "schedule",
    covers: Coverage::Whole,
    heeds_wishes: true,
    leaves_out: super::leaves_out,
    render,
    last_modified: |context| context.whole_updated(),
};

fn render(context: &Context<'_>) -> Vec<u8> {
    let mut arrays = Arrays::default();
    super::write(context, &mut arrays);
    arrays.text.push('\n');
    arrays.text.into_bytes()
}

/// Writes nested arrays: a component is its name, its properties and its components (RFC 7265 §3.3).
#[derive(Default)]
struct Arrays {
    text: String,
    open: Vec<Open>,
}

/// A component that has begun.
#[derive(Default)]
struct Open {
    properties: usize,
    components: usize,
}

impl Writer for Arrays {
    fn begin(&mut self, name: &'static str) {
        if let Some(parent) = self.open.last_mut() {
            let is_first = parent.components == 0;
            parent.components += 1;
            self.text.push_str(if is_first { "\n],[\n" } else { ",\n" });
        }
        self.text
            .push_str(&format!("[\"{}\",[", name.to_lowercase()));
        self.open.push(Open::default());
    }

    fn end(&mut self, _name: &'static str) {
        let component = self.open.pop().unwrap_or_default();
        let end = if component.components == 0 {
            "\n],[]]"
        } else {
            "\n]]"
        };
        self.text.push_str(end);
    }

    fn add_with(
        &mut self,
        name: &'static str,
        parameters: &[(&'static str, &str)],
        value: Value<'_>,
    ) {
        if let Some(component) = self.open.last_mut() {
            let separator = if component.properties == 0 {
                "\n"
            } else {
                ",\n"
            };
            component.properties += 1;
            self.text.push_str(separator);
        }
        let parameters = parameters.iter().map(|(name, value)| {
            let mut values: Vec<Json> = parameter_values(name, value).map(Json::from).collect();
            let value = match values.len() {
                1 => values.remove(0),
                _ => Json::from(values),
            };
            (name.to_lowercase(), value)
        });
        let mut property = vec![
            Json::from(name.to_lowercase()),
            Json::Object(parameters.collect()),
            Json::from(type_name(name, value)),
        ];
        property.extend(values(name, value));
        self.text.push_str(&Json::from(property).to_string());
    }
}

/// The values, each an item of the property's array (RFC 7265 §3.4).
fn values(name: &str, value: Value<'_>) -> Vec<Json> {
    if let Value::Texts(texts) = value {
        return texts.iter().copied().map(Json::from).collect();
    }
    vec![match value {
        // A value of unknown type is taken over as it stands in the iCalendar file (RFC 7265 §5.1).
        Value::Text(text) if is_extension(name) => {
            let mut escaped = String::new();
            ics::push_text(&mut escaped, text);
            Json::from(escaped)
        }
        Value::Text(text) | Value::Uri(text) | Value::Duration(text) => Json::from(text),
        Value::Texts(texts) => Json::from(texts.join(",")),
        Value::Date(date) => Json::from(date.to_string()),
        Value::Local(wall) => Json::from(extended(wall)),
        Value::Utc(instant) => Json::from(format!("{}Z", extended(instant.naive_utc()))),
        Value::Integer(number) => Json::from(number),
        Value::Geo(geo) => json!([rounded(geo.latitude), rounded(geo.longitude)]),
        Value::Offset(seconds) => Json::from(extended_offset(seconds)),
        Value::Yearly(rule) => json!({
            "freq": "YEARLY",
            "bymonth": rule.month,
            "byday": rule.day(),
        }),
    }]
}

/// The six decimals of the iCalendar file.
fn rounded(degrees: f64) -> f64 {
    format!("{degrees:.6}").parse().unwrap_or(degrees)
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
