//! Reading a TOML table field by field: every value knows its line, a wrong one is a problem and
//! the rest is read on, and a key that nobody asked for is an error with its nearest neighbour.

use crate::model::{Colour, Language, Markdown, Plain, Slug, WebUrl, Zone};
use crate::source::syntax::lines::Lines;
use crate::source::syntax::toml_value::{clock, count, date, minutes, seconds};
use crate::source::vocabulary::nearest::{likeness, nearest};
use crate::source::{Clock, DayRef, Place, Problem};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use std::cell::RefCell;
use std::time::Duration;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A TOML file with what was found wrong in it so far.
pub(in crate::source) struct TomlFile<'a> {
    lines: Lines<'a>,
    problems: RefCell<Vec<Problem>>,
}

/// A table of a TOML file.
#[derive(Clone, Copy)]
pub(in crate::source) struct Fields<'a> {
    toml: &'a TomlFile<'a>,
    table: &'a DeTable<'a>,
    offset: usize,
}

/// More days than any conference has: a larger number is no day.
const MOST_DAYS: usize = 1000;

/// A talk is over before this many minutes; more is a typing mistake.
const MOST_MINUTES: i64 = 60 * 24 * 7;

type Value<'a> = &'a Spanned<DeValue<'a>>;

impl<'a> TomlFile<'a> {
    /// A file whose name in problems is `file`.
    pub(in crate::source) fn new(file: &str, text: &'a str) -> Self {
        Self {
            lines: Lines::new(file, text),
            problems: RefCell::default(),
        }
    }

    /// The file's outermost table.
    pub(in crate::source) fn root(&'a self, table: &'a DeTable<'a>) -> Fields<'a> {
        Fields {
            toml: self,
            table,
            offset: 0,
        }
    }

    /// The place of a byte offset.
    pub(in crate::source) fn place(&self, offset: usize) -> Place {
        self.lines.place(offset)
    }

    /// Everything that was found wrong.
    pub(in crate::source) fn into_problems(self) -> Vec<Problem> {
        self.problems.into_inner()
    }

    fn error(&self, offset: usize, message: String, remedy: &str) {
        let problem = Problem::error(self.place(offset), message, remedy);
        self.problems.borrow_mut().push(problem);
    }
}

impl<'a> Fields<'a> {
    /// Where the table stands.
    pub(in crate::source) fn place(&self) -> Place {
        self.toml.place(self.offset)
    }

    /// Whether the table has the key.
    pub(in crate::source) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Reports a table without any key; whether it is one. An editor may leave a file empty for a
    /// moment, and that must not be taken for a conference without talks.
    pub(in crate::source) fn report_if_empty(&self) -> bool {
        if self.table.is_empty() {
            let remedy = "write at least name = \"…\", time_zone = \"…\" and days = […]";
            self.report_here("this file is empty", remedy);
        }
        self.table.is_empty()
    }

    /// Reports every key that is not `known`; whether there was one.
    pub(in crate::source) fn report_unknown(&self, known: &[&str]) -> bool {
        let mut any = false;
        for (name, _) in self.table {
            let key: &str = name.get_ref();
            if known.contains(&key) {
                continue;
            }
            any = true;
            let remedy = match nearest(known, |known| likeness(known, key), 0.75) {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => format!("known keys here: {}", known.join(", ")),
            };
            self.toml
                .error(name.span().start, format!("unknown key `{key}`"), &remedy);
        }
        any
    }

    /// Reports something wrong with a key.
    pub(in crate::source) fn report(&self, key: &str, message: &str, remedy: &str) {
        self.toml
            .error(self.key_offset(key), message.to_owned(), remedy);
    }

    /// Reports something wrong with the table as a whole.
    pub(in crate::source) fn report_here(&self, message: &str, remedy: &str) {
        self.toml.error(self.offset, message.to_owned(), remedy);
    }

    fn value(&self, key: &str) -> Option<Value<'a>> {
        self.table.get(key)
    }

    /// Reports a value that is not what its key needs.
    fn wrong(&self, key: &str, value: Value<'_>, expected: &str) {
        let found = match value.get_ref() {
            DeValue::String(text) => format!("\"{text}\""),
            other => match other.type_str() {
                "integer" => format!(
                    "the number {}",
                    other.as_integer().map_or("", |number| number.as_str())
                ),
                "datetime" => other
                    .as_datetime()
                    .map(ToString::to_string)
                    .unwrap_or_default(),
                kind => format!("a value of type {kind}"),
            },
        };
        let message = format!("`{key}` is {found}");
        self.toml
            .error(value.span().start, message, &format!("expected {expected}"));
    }

    fn read<T>(
        &self,
        key: &str,
        expected: &str,
        read: impl Fn(&'a DeValue<'a>) -> Option<T>,
    ) -> Option<T> {
        let value = self.value(key)?;
        let read = read(value.get_ref());
        if read.is_none() {
            self.wrong(key, value, expected);
        }
        read
    }

    fn read_text<T>(
        &self,
        key: &str,
        expected: &str,
        read: impl Fn(&'a str) -> Option<T>,
    ) -> Option<T> {
        self.read(key, expected, |value| value.as_str().and_then(&read))
    }

    /// A time zone.
    pub(in crate::source) fn zone(&self, key: &str) -> Option<Zone> {
        let text = self.value(key)?.get_ref().as_str().unwrap_or_default();
        if let Some(zone) = Zone::named(text) {
            return Some(zone);
        }
        let names = Zone::names();
        let whole_or_place = |name: &String| {
            let place = name.rsplit('/').next().unwrap_or(name);
            likeness(name, text).max(likeness(place, text))
        };
        let hint = match nearest(names, whole_or_place, 0.85) {
            Some(nearest) => format!("; did you mean \"{nearest}\"?"),
            None => String::new(),
        };
        let expected = format!("an IANA time zone such as \"Europe/Berlin\"{hint}");
        self.read_text(key, &expected, Zone::named)
    }

    /// One line of text.
    pub(in crate::source) fn plain(&self, key: &str) -> Option<Plain> {
        self.read_text(key, "some text in quotes", Plain::non_empty)
    }

    /// Markdown.
    pub(in crate::source) fn markdown(&self, key: &str) -> Option<Markdown> {
        self.read_text(key, "text in quotes, \"…\" or \"\"\"…\"\"\"", |text| {
            Some(Markdown::new(text))
        })
    }

    /// An absolute web address.
    pub(in crate::source) fn url(&self, key: &str) -> Option<WebUrl> {
        self.read_text(
            key,
            "an absolute address such as \"https://example.org/\"",
            WebUrl::parse,
        )
    }

    /// A colour.
    pub(in crate::source) fn colour(&self, key: &str) -> Option<Colour> {
        self.read_text(key, "a colour such as \"#3776ab\"", Colour::parse)
    }

    /// A language tag.
    pub(in crate::source) fn language(&self, key: &str) -> Option<Language> {
        self.read_text(
            key,
            "a language tag such as \"en\" or \"pt-BR\"",
            Language::parse,
        )
    }

    /// A name for URLs.
    pub(in crate::source) fn slug(&self, key: &str) -> Option<Slug> {
        let expected = "lower-case letters, digits and hyphens such as \"main-stage\"";
        self.read_text(key, expected, |text| {
            Some(Slug::of(text)).filter(|slug| **slug == *text)
        })
    }

    /// Text that `parse` understands.
    pub(in crate::source) fn parsed<T>(
        &self,
        key: &str,
        expected: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        self.read_text(key, expected, parse)
    }

    /// A decimal number.
    pub(in crate::source) fn number(&self, key: &str) -> Option<f64> {
        self.read(key, "a number such as 52.52", |value| match value {
            DeValue::Float(number) => number.as_str().replace('_', "").parse().ok(),
            DeValue::Integer(number) => number.as_str().replace('_', "").parse().ok(),
            _ => None,
        })
    }

    /// Yes or no.
    pub(in crate::source) fn flag(&self, key: &str) -> Option<bool> {
        self.read(key, "true or false", |value| value.as_bool())
    }

    /// A whole number from 1.
    pub(in crate::source) fn count(&self, key: &str) -> Option<u32> {
        self.read(key, "a whole number from 1", |value| {
            count(value).and_then(|number| u32::try_from(number).ok())
        })
    }

    /// A list of one-line texts.
    pub(in crate::source) fn plains(&self, key: &str) -> Vec<Plain> {
        let expected = "a list of texts such as [\"one\", \"two\"]";
        let list = self.read(key, expected, |value| {
            let items = value.as_array()?.iter();
            items
                .map(|item| Plain::non_empty(item.get_ref().as_str()?))
                .collect()
        });
        list.unwrap_or_default()
    }

    /// A conference day by number or date.
    pub(in crate::source) fn day(&self, key: &str) -> Option<DayRef> {
        self.read(
            key,
            "the number of a day such as 1, or its date such as 2026-10-24",
            |value| {
                count(value)
                    .filter(|number| *number <= MOST_DAYS)
                    .map(DayRef::Number)
                    .or_else(|| date(value).map(DayRef::Date))
            },
        )
    }

    /// A date.
    pub(in crate::source) fn date(&self, key: &str) -> Option<NaiveDate> {
        self.read(key, "a date such as 2026-10-24", date)
    }

    /// A time: of a day, on a date, or with its offset.
    pub(in crate::source) fn clock(&self, key: &str) -> Option<Clock> {
        let expected = "a time such as \"11:00\", 2026-10-24T11:00:00 or 2026-10-24T11:00:00+02:00";
        self.read(key, expected, clock)
    }

    /// A length of time.
    pub(in crate::source) fn duration(&self, key: &str) -> Option<TimeDelta> {
        self.read(
            key,
            "a length of at most a week such as 45 (minutes), \"45m\" or \"1h30m\"",
            |value| {
                let minutes = match value {
                    DeValue::Integer(_) => count(value)?,
                    DeValue::String(text) => minutes(text)?,
                    _ => return None,
                };
                let minutes = i64::try_from(minutes)
                    .ok()
                    .filter(|minutes| *minutes <= MOST_MINUTES)?;
                Some(TimeDelta::minutes(minutes))
            },
        )
    }

    /// How often something is done: at least once a week.
    pub(in crate::source) fn interval(&self, key: &str, shortest: Duration) -> Option<Duration> {
        let expected = format!(
            "a length from {} seconds to a week such as 5 (minutes), \"30s\", \"5m\" or \"1h30m\"",
            shortest.as_secs()
        );
        let longest = Duration::from_secs(60 * MOST_MINUTES.unsigned_abs());
        self.read(key, &expected, |value| {
            let seconds = match value {
                DeValue::Integer(_) => count(value)?.checked_mul(60)?,
                DeValue::String(text) => seconds(text)?,
                _ => return None,
            };
            let interval = Duration::from_secs(u64::try_from(seconds).ok()?);
            (shortest..=longest).contains(&interval).then_some(interval)
        })
    }

    /// An instant: a time with its offset, or a date (its first instant in UTC).
    pub(in crate::source) fn instant(&self, key: &str) -> Option<DateTime<Utc>> {
        self.read(
            key,
            "a date such as 2026-10-24 or a time such as 2026-10-24T11:00:00Z",
            |value| {
                if let Some(date) = date(value) {
                    return Some(date.and_time(NaiveTime::MIN).and_utc());
                }
                match clock(value)? {
                    Clock::Instant(instant) => Some(instant.to_utc()),
                    Clock::Wall(_) | Clock::Time(_) | Clock::Doubtful(_) => None,
                }
            },
        )
    }

    /// A table of its own.
    pub(in crate::source) fn table(&self, key: &str) -> Option<Fields<'a>> {
        let value = self.value(key)?;
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(
                key,
                value,
                &format!("a table: a line [{key}] with keys under it"),
            );
            return None;
        };
        Some(Fields {
            toml: self.toml,
            table,
            offset: self.key_offset(key).min(value.span().start),
        })
    }

    /// A value by itself, as the item of a list would be.
    pub(in crate::source) fn item(&self, key: &str) -> Option<Item<'a>> {
        let toml = self.toml;
        self.value(key).map(|value| Item { toml, value })
    }

    /// The items of a list.
    pub(in crate::source) fn items(&self, key: &str) -> Vec<Item<'a>> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(
                key,
                value,
                &format!("a list, or tables under lines [[{key}]]"),
            );
            return Vec::new();
        };
        let toml = self.toml;
        items.iter().map(|value| Item { toml, value }).collect()
    }

    /// The tables of a list: `[[key]]`, or `key = [{…}, {…}]`.
    pub(in crate::source) fn tables(&self, key: &str) -> Vec<Fields<'a>> {
        let items = self.items(key).into_iter();
        items
            .filter_map(|item| {
                let fields = item.fields();
                if fields.is_none() {
                    self.wrong(key, item.value, "a list of tables");
                }
                fields
            })
            .collect()
    }

    fn key_offset(&self, key: &str) -> usize {
        let found = self.table.iter().find(|(name, _)| name.get_ref() == key);
        found.map_or(self.offset, |(name, _)| name.span().start)
    }
}

/// An item of a list.
pub(in crate::source) struct Item<'a> {
    toml: &'a TomlFile<'a>,
    value: Value<'a>,
}

impl<'a> Item<'a> {
    /// Where it stands.
    pub(in crate::source) fn place(&self) -> Place {
        self.toml.place(self.value.span().start)
    }

    /// The item as text.
    pub(in crate::source) fn text(&self) -> Option<&'a str> {
        self.value.get_ref().as_str()
    }

    /// The item as a date.
    pub(in crate::source) fn date(&self) -> Option<NaiveDate> {
        date(self.value.get_ref())
    }

    /// The item as a table.
    pub(in crate::source) fn fields(&self) -> Option<Fields<'a>> {
        Some(Fields {
            toml: self.toml,
            table: self.value.get_ref().as_table()?,
            offset: self.value.span().start,
        })
    }

    /// Reports that the item is not what the list needs.
    pub(in crate::source) fn report(&self, message: &str, remedy: &str) {
        self.toml
            .error(self.value.span().start, message.to_owned(), remedy);
    }
}
