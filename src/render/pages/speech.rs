//! The language in which pages speak: that of the conference where handbill has its words, else
//! English. What the organisers wrote is never translated.

use crate::model::Conference;
use chrono::{Locale, NaiveDate};

/// A language that handbill has words of its own in. Every page has them all, or it does not compile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Speech {
    English,
    German,
}

impl Speech {
    /// The language for the pages of a conference.
    pub(super) fn of(conference: &Conference) -> Self {
        let language = conference.language.to_ascii_lowercase();
        match language.split('-').next() {
            Some("de") => Self::German,
            _ => Self::English,
        }
    }

    /// Its tag (BCP 47).
    pub(super) fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// Of the words in each language, those in this one.
    pub(super) fn pick<T>(self, english: T, german: T) -> T {
        match self {
            Self::English => english,
            Self::German => german,
        }
    }

    /// A date in full: "Saturday, 24 October 2026".
    pub(super) fn long(self, date: NaiveDate) -> String {
        self.date(date, self.pick("%A, %-d %B %Y", "%A, %-d. %B %Y"))
    }

    /// A date in short: "Sat 24 Oct".
    pub(super) fn short(self, date: NaiveDate) -> String {
        self.date(date, self.pick("%a %-d %b", "%a %-d. %b"))
    }

    /// A date as chrono's `pattern` writes it, names in this language.
    pub(super) fn date(self, date: NaiveDate, pattern: &str) -> String {
        let locale = self.pick(Locale::en_GB, Locale::de_DE);
        date.format_localized(pattern, locale).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn pages_speak_the_language_of_the_conference_where_they_can() {
        for (language, expected) in [
            ("de", Speech::German),
            ("de-AT", Speech::German),
            ("en-GB", Speech::English),
            ("pt", Speech::English),
        ] {
            let mut conference = fixture::conference();
            conference.language = crate::model::Language::parse(language).expect("a tag");
            assert_eq!(Speech::of(&conference), expected, "{language}");
        }
    }

    #[test]
    fn dates_are_written_as_people_write_them() {
        let date = fixture::date("2026-10-24");
        assert_eq!(Speech::English.long(date), "Saturday, 24 October 2026");
        assert_eq!(Speech::German.long(date), "Samstag, 24. Oktober 2026");
        assert_eq!(Speech::English.short(date), "Sat 24 Oct");
        assert_eq!(Speech::German.short(date), "Sa 24. Okt");
    }
}
