//! What a calendar is made of: components, properties and values that know their types.
//!
//! The calendar is said once, to a [`Writer`]; iCalendar, xCal and jCal are three of them.

use crate::model::Geo;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc, Weekday};
use icalendar::ValueType;

/// Takes a calendar down, one part after the other. The properties of a component come before the
/// components in it.
pub(super) trait Writer {
    /// Begins a component.
    fn begin(&mut self, name: &'static str);

    /// Ends the component that was begun last.
    fn end(&mut self, name: &'static str);

    /// Adds a property. Its parameters stand in alphabetical order; VALUE is not among them, the
    /// value's type says it.
    fn add_with(
        &mut self,
        name: &'static str,
        parameters: &[(&'static str, &str)],
        value: Value<'_>,
    );

    /// Adds a property without parameters.
    fn add(&mut self, name: &'static str, value: Value<'_>) {
        self.add_with(name, &[], value);
    }
}

/// A value of a property (RFC 5545 §3.3).
#[derive(Debug, Clone, Copy)]
pub(super) enum Value<'a> {
    /// TEXT, as people read it.
    Text(&'a str),
    /// Several values of TEXT.
    Texts(&'a [&'a str]),
    /// URI.
    Uri(&'a str),
    /// DATE.
    Date(NaiveDate),
    /// DATE-TIME on the wall clock of the zone that the parameter TZID names.
    Local(NaiveDateTime),
    /// DATE-TIME in UTC.
    Utc(DateTime<Utc>),
    /// DURATION, such as `PT1H`.
    Duration(&'a str),
    /// INTEGER.
    Integer(u32),
    /// Two values of FLOAT: degrees north and east (RFC 5545 §3.8.1.6).
    Geo(Geo),
    /// UTC-OFFSET in seconds east, whole minutes.
    Offset(i32),
    /// RECUR: once a year, on a weekday of a month.
    Yearly(Yearly),
}

/// The nth weekday of a month, each year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Yearly {
    /// 1 to 12.
    pub(super) month: u32,
    /// The day of the week.
    pub(super) weekday: Weekday,
    /// 1 to 4 from the month's start, -1 for the last.
    pub(super) nth: i32,
}

impl Yearly {
    /// `-1SU`, a BYDAY.
    pub(super) fn day(self) -> String {
        let day = match self.weekday {
            Weekday::Mon => "MO",
            Weekday::Tue => "TU",
            Weekday::Wed => "WE",
            Weekday::Thu => "TH",
            Weekday::Fri => "FR",
            Weekday::Sat => "SA",
            Weekday::Sun => "SU",
        };
        format!("{}{day}", self.nth)
    }
}

impl Value<'_> {
    pub(super) fn value_type(self) -> ValueType {
        match self {
            Self::Text(_) | Self::Texts(_) => ValueType::Text,
            Self::Uri(_) => ValueType::Uri,
            Self::Date(_) => ValueType::Date,
            Self::Local(_) | Self::Utc(_) => ValueType::DateTime,
            Self::Duration(_) => ValueType::Duration,
            Self::Integer(_) => ValueType::Integer,
            Self::Geo(_) => ValueType::Float,
            Self::Offset(_) => ValueType::UtcOffset,
            Self::Yearly(_) => ValueType::Recur,
        }
    }
}

/// Whether a property is no registered one, so that nobody can know its type (RFC 7265 §5.1).
pub(super) fn is_extension(name: &str) -> bool {
    name.starts_with("X-")
}

/// The type's name in xCal and jCal (RFC 6321 §3.6, RFC 7265 §3.6).
pub(super) fn type_name(name: &str, value: Value<'_>) -> &'static str {
    if is_extension(name) {
        return "unknown";
    }
    match value.value_type() {
        ValueType::Uri => "uri",
        ValueType::Date => "date",
        ValueType::DateTime => "date-time",
        ValueType::Duration => "duration",
        ValueType::Integer => "integer",
        ValueType::Float => "float",
        ValueType::UtcOffset => "utc-offset",
        ValueType::Recur => "recur",
        _ => "text",
    }
}

/// A date and time as xCal and jCal write them (RFC 6321 §3.6.5, RFC 7265 §3.6.5).
pub(super) fn extended(wall: NaiveDateTime) -> String {
    wall.format("%Y-%m-%dT%H:%M:%S").to_string()
}

/// `+05:30` (RFC 6321 §3.6.14, RFC 7265 §3.6.14).
pub(super) fn extended_offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// The values of a parameter. FEATURE alone is a list (RFC 7986 §6.3).
pub(super) fn parameter_values<'a>(name: &str, value: &'a str) -> impl Iterator<Item = &'a str> {
    let several = (name == "FEATURE").then(|| value.split(','));
    let one = several.is_none().then_some(value);
    several.into_iter().flatten().chain(one)
}
