//! The members of an object as the model's values. A wrong one is reported and left out.

use super::parts::Languages;
use super::{Json, Object, entities, times};
use crate::model::{Colour, Language, Markdown, Plain, WebUrl, Zone};
use crate::source::vocabulary::{language_name, length, zone_names};
use crate::source::{Clock, DraftDay};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use std::borrow::Cow;
use uuid::Uuid;

/// The longest conference whose days are made of its first and its last, in days.
const MOST_DAYS: u64 = 100;

impl<'a> Object<'a> {
    /// A member that is an object. Anything else but `null` is reported.
    pub(in crate::source) fn object(&self, name: &str) -> Option<Object<'a>> {
        let value = self.get(name)?;
        let object = value.object();
        if object.is_none() {
            wrong(value, name, "expected an object, { … }");
        }
        object
    }

    /// A member as what `read` makes of its text. Text that it makes nothing of is reported.
    fn parsed<T>(&self, name: &str, expected: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.text(name)?;
        let parsed = read(&text);
        if let (None, Some(value)) = (&parsed, self.get(name)) {
            value.warn_of(name, format!("`{name}` is {}", value.shown()), expected);
        }
        parsed
    }

    /// A member as a UUID.
    pub(in crate::source) fn guid(&self, name: &str) -> Option<Uuid> {
        self.parsed(name, "expected a UUID", |text| {
            Uuid::try_parse(text.trim()).ok()
        })
    }

    /// A member as a whole number, also in quotes.
    pub(in crate::source) fn number(&self, name: &str) -> Option<u64> {
        self.parsed(name, "expected a whole number", |text| {
            text.trim().parse().ok()
        })
    }

    /// A member as a number of people.
    pub(in crate::source) fn capacity(&self, name: &str) -> Option<u32> {
        self.parsed(name, "expected a number of people", |text| {
            let text = text.trim();
            text.strip_suffix(".0").unwrap_or(text).parse().ok()
        })
    }

    /// A member as yes or no.
    pub(in crate::source) fn flag(&self, name: &str) -> Option<bool> {
        let value = self.get(name).filter(|value| value.raw != "\"\"")?;
        let flag = value.flag();
        if flag.is_none() {
            value.warn(
                format!("`{name}` is {}", value.shown()),
                "expected true or false",
            );
        }
        flag
    }

    /// A member as a language; of several the first.
    pub(in crate::source) fn language(&self, name: &str) -> Option<Language> {
        let expected = "expected a language tag such as en";
        let language = self.parsed(name, expected, |text| language_name::of_talk(text).0)?;
        let (_, further) = language_name::of_talk(&self.text(name)?);
        if further > 0 {
            self.value().file.leave_out("further languages", further);
        }
        Some(language)
    }

    /// A member as a colour.
    pub(in crate::source) fn colour(&self, name: &str) -> Option<Colour> {
        self.parsed(name, "expected a colour such as #3776ab", Colour::parse)
    }

    /// A member as a time zone.
    pub(in crate::source) fn zone(&self, name: &str) -> Option<Zone> {
        let text = self.text(name)?;
        let value = self.get(name)?;
        let (zone, problem) = zone_names::read(&text, value.place());
        if let Some(problem) = problem {
            value.file.report(problem);
        }
        zone
    }

    /// A member as a date; of a time its date.
    pub(in crate::source) fn date(&self, name: &str) -> Option<NaiveDate> {
        self.parsed(name, "expected a date such as 2026-10-24", times::date)
    }

    /// A member as a time of day.
    pub(in crate::source) fn time(&self, name: &str) -> Option<NaiveTime> {
        self.parsed(name, "expected a time such as 09:30", times::time)
    }

    /// A member as a time with its date.
    pub(in crate::source) fn clock(&self, name: &str) -> Option<Clock> {
        let expected = "expected a time such as 2026-10-24T09:30:00+02:00";
        self.parsed(name, expected, times::clock)
    }

    /// A member as an instant.
    pub(in crate::source) fn instant(&self, name: &str) -> Option<DateTime<Utc>> {
        match self.clock(name)? {
            Clock::Instant(instant) => Some(instant.to_utc()),
            _ => None,
        }
    }

    /// A member as a length.
    pub(in crate::source) fn length(&self, name: &str) -> Option<TimeDelta> {
        self.parsed(
            name,
            "expected a length of at most a week such as 00:45",
            length::length,
        )
    }

    /// A member as a length in minutes, or written as others write lengths.
    pub(in crate::source) fn minutes(&self, name: &str) -> Option<TimeDelta> {
        let expected = "expected a number of minutes, at most a week";
        self.parsed(name, expected, |text| match text.trim().parse() {
            Ok(count) => length::minutes(count),
            Err(_) => length::length(text),
        })
    }

    /// A member as the address of a file.
    pub(in crate::source) fn file_url(&self, name: &str, base: Option<&WebUrl>) -> Option<WebUrl> {
        self.text(name)?;
        self.get(name)?.file_url(name, base)
    }

    /// A member as the address of a picture: text, or an object with a `url`.
    pub(in crate::source) fn picture(&self, name: &str, base: Option<&WebUrl>) -> Option<WebUrl> {
        match self.get(name)?.object() {
            Some(image) => {
                image.skip(&["type"]);
                let url = image.file_url("url", base);
                image.leave_out_rest(name);
                url
            }
            None => self.file_url(name, base),
        }
    }

    /// A member that is text or the same text in several languages. Those that are not taken are
    /// counted as left out.
    pub(in crate::source) fn localised(
        &self,
        name: &str,
        languages: &Languages,
    ) -> Option<Cow<'a, str>> {
        let value = self.get(name)?;
        if value.object().is_none() {
            return self.text(name);
        }
        languages.choose(value, name)
    }

    /// A member as one line of text, perhaps in several languages.
    pub(in crate::source) fn localised_plain(
        &self,
        name: &str,
        languages: &Languages,
    ) -> Option<Plain> {
        Plain::non_empty(&entities::decoded(&self.localised(name, languages)?))
    }

    /// A member as Markdown, perhaps in several languages.
    pub(in crate::source) fn localised_markdown(
        &self,
        name: &str,
        languages: &Languages,
    ) -> Option<Markdown> {
        Some(Markdown::new(&self.localised(name, languages)?)).filter(|text| !text.is_empty())
    }

    /// The days from the date of one member to that of another; none where either is missing.
    pub(in crate::source) fn days_between(&self, first: &str, last: &str) -> Vec<DraftDay> {
        let Some((first, last)) = self.date(first).zip(self.date(last)) else {
            return Vec::new();
        };
        let place = self.value().place();
        let dates = (0..MOST_DAYS).map_while(|later| first.checked_add_days(Days::new(later)));
        let day = |date| DraftDay {
            place: place.clone(),
            date,
            name: None,
            hours: None,
        };
        dates.take_while(|date| *date <= last).map(day).collect()
    }

    /// Each item of a list of texts. What is no text is reported.
    pub(in crate::source) fn plains(&self, name: &str) -> Vec<Plain> {
        let mut plains = Vec::new();
        self.each(name, |item| match item.text() {
            Some(_) => plains.extend(item.plain()),
            None => wrong(item, name, "expected text"),
        });
        plains
    }
}

fn wrong(value: Json<'_>, name: &str, expected: &str) {
    value.report(format!("`{name}` is {}", value.shown()), expected);
}
