//! Reading JSON value by value: every value knows its line, a wrong one is a problem and the rest is
//! read on.
//!
//! Nothing is kept but slices of the text: a value is parsed when it is asked for, so a schedule costs
//! no more memory than what is taken from it, and lists within lists within lists cost none.

mod fields;
#[cfg(test)]
pub(in crate::source) mod fixture;
mod keys;
mod object;
mod parts;
mod scan;
mod times;

pub(in crate::source) use keys::find_key;
pub(in crate::source) use object::Object;
pub(in crate::source) use parts::{Languages, link, person_name, speaker};

use crate::model::{Language, Plain, WebUrl};
use crate::source::lists::findings::Findings;
use crate::source::syntax::decode::decode;
use crate::source::syntax::entities;
use crate::source::syntax::lines::Lines;
use crate::source::{Draft, Input, Place, Problem, Reading};
use scan::{Items, Members, Text};
use serde::de::Deserializer;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::cell::{RefCell, RefMut};
use std::collections::BTreeMap;

/// The most names of members that are told apart where they are left out.
const MOST_LEFT_OUT: usize = 100;

/// A JSON document with what was found wrong in it so far.
pub(in crate::source) struct JsonFile<'a> {
    lines: Lines<'a>,
    findings: RefCell<Findings>,
    /// The language that texts in several are read in, where the organisers name one.
    language: Option<Language>,
    /// The talk that is being read.
    talk: RefCell<Option<String>>,
    uncarried: RefCell<BTreeMap<String, usize>>,
    /// Relative addresses that nothing says how to resolve: where the first stands, and how many there
    /// are, by the name of the member.
    relative: RefCell<BTreeMap<String, (Place, usize)>>,
}

/// Reads a JSON document: `take` makes a draft of its outermost value.
///
/// # Errors
///
/// When it is no text, no JSON, or nothing that `take` can read.
pub(in crate::source) fn read(
    input: &Input<'_>,
    take: impl for<'a> FnOnce(Json<'a>) -> Result<Draft, Problem>,
) -> Reading {
    let (text, mut problems) = decode(input.file, input.bytes)?;
    let file = JsonFile {
        language: input.options.language.clone(),
        ..JsonFile::new(input.file, &text)
    };
    let mut draft = take(file.root()?)?;
    draft.place = file.place();
    for (what, count) in file.uncarried.take() {
        *draft.uncarried.entry(what).or_default() += count;
    }
    problems.extend(file.into_problems());
    Ok((draft, problems))
}

/// A value of a JSON document.
#[derive(Clone, Copy)]
pub(in crate::source) struct Json<'a> {
    file: &'a JsonFile<'a>,
    raw: &'a str,
}

impl<'a> JsonFile<'a> {
    /// A document; `file` is the name that problems give it.
    pub(in crate::source) fn new(file: &str, text: &'a str) -> Self {
        Self {
            lines: Lines::new(file, text),
            language: None,
            findings: RefCell::new(Findings::new(Place::file(file))),
            talk: RefCell::default(),
            uncarried: RefCell::default(),
            relative: RefCell::default(),
        }
    }

    /// The outermost value.
    ///
    /// # Errors
    ///
    /// When the text is no JSON.
    pub(in crate::source) fn root(&'a self) -> Result<Json<'a>, Problem> {
        let text = self.lines.text();
        match serde_json::from_str::<&RawValue>(text) {
            Ok(raw) => Ok(Json {
                file: self,
                raw: raw.get(),
            }),
            Err(error) => {
                let place = Place::at(self.lines.file(), error.line(), error.column().max(1));
                let message = if error.is_eof() {
                    "this JSON ends before it is complete".to_owned()
                } else {
                    let text = error.to_string();
                    let cause = text.split(" at line ").next().unwrap_or_default();
                    format!("this is no JSON: {cause}")
                };
                let remedy = "fetch or export the file again";
                Err(Problem::error(place, message, remedy))
            }
        }
    }

    /// The document itself as a place.
    pub(in crate::source) fn place(&self) -> Place {
        Place::file(self.lines.file())
    }

    /// Says which talk is being read; problems are told of it from now on.
    pub(in crate::source) fn reads_talk(&self, talk: Option<&str>) {
        *self.talk.borrow_mut() = talk.map(str::to_owned);
    }

    /// Adds a problem.
    pub(in crate::source) fn report(&self, problem: Problem) {
        let problem = self.of_talk(problem);
        self.findings.borrow_mut().report(problem);
    }

    /// A problem of the talk that is being read, unless it says which one it is of.
    fn of_talk(&self, mut problem: Problem) -> Problem {
        if problem.talk.is_none() {
            problem.talk.clone_from(&self.talk.borrow());
        }
        problem
    }

    /// What was found wrong so far, to add to. Problems of it are told of no talk but their own.
    pub(in crate::source) fn findings(&self) -> RefMut<'_, Findings> {
        self.findings.borrow_mut()
    }

    /// What was found wrong so far.
    pub(in crate::source) fn told(&self) -> Vec<Problem> {
        self.findings.borrow().told().to_vec()
    }

    /// Counts something that the model has no place for.
    pub(in crate::source) fn leave_out(&self, what: &str, count: usize) {
        let mut uncarried = self.uncarried.borrow_mut();
        if let Some(known) = uncarried.get_mut(what) {
            *known += count;
        } else {
            let is_full = uncarried.len() >= MOST_LEFT_OUT;
            let what = if is_full { "further members" } else { what };
            *uncarried.entry(what.to_owned()).or_default() += count;
        }
    }

    fn report_relative(&self, name: &str, place: Place) {
        let mut relative = self.relative.borrow_mut();
        let (_, count) = relative
            .entry(name.to_owned())
            .or_insert_with(|| (place, 0));
        *count += 1;
    }

    /// Everything that was found wrong.
    pub(in crate::source) fn into_problems(self) -> Vec<Problem> {
        let mut findings = self.findings.into_inner();
        for (name, (place, count)) in self.relative.into_inner() {
            let message = format!(
                "`{name}` is a relative address ({count} times, here first), and the file does not say relative to what"
            );
            let remedy = "it is left out; write absolute addresses";
            findings.report(Problem::warning(place, message, remedy));
        }
        findings.into_problems()
    }
}

impl<'a> Json<'a> {
    /// Where it stands.
    pub(in crate::source) fn place(self) -> Place {
        let text = self.file.lines.text();
        let offset = (self.raw.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        self.file.lines.place(offset)
    }

    /// The document that it stands in.
    pub(in crate::source) fn file(self) -> &'a JsonFile<'a> {
        self.file
    }

    /// Reports something wrong with it, for which something is left out.
    pub(in crate::source) fn report(self, message: impl Into<String>, remedy: &str) {
        self.file
            .report(Problem::error(self.place(), message, remedy));
    }

    /// Reports something odd about it.
    pub(in crate::source) fn warn(self, message: impl Into<String>, remedy: &str) {
        self.file
            .report(Problem::warning(self.place(), message, remedy));
    }

    /// Reports something odd about it, as the value of a member; the first few of a name are told.
    fn warn_of(self, name: &str, message: impl Into<String>, remedy: &str) {
        let problem = Problem::warning(self.place(), message, remedy);
        let sort = format!("odd values of `{name}`");
        let problem = self.file.of_talk(problem);
        self.file.findings.borrow_mut().report_sort(sort, problem);
    }

    fn first(self) -> u8 {
        self.raw.as_bytes().first().copied().unwrap_or(b'n')
    }

    /// Whether it is `null`.
    pub(in crate::source) fn is_null(self) -> bool {
        self.first() == b'n'
    }

    /// The members, where it is an object. Of two with one name the last counts.
    pub(in crate::source) fn object(self) -> Option<Object<'a>> {
        if self.first() != b'{' {
            return None;
        }
        let members: Members<'a> = serde_json::from_str(self.raw).ok()?;
        let file = self.file;
        let members = members.0.into_iter();
        let members = members.map(|(name, raw)| (name, Json { file, raw }));
        Some(Object::new(self, members))
    }

    /// Calls `take` with each item, where it is a list; whether it is one.
    pub(in crate::source) fn each(self, mut take: impl FnMut(Json<'a>)) -> bool {
        if self.first() != b'[' {
            return false;
        }
        let file = self.file;
        let visitor = Items(|raw: &'a str| take(Json { file, raw }));
        let mut reader = serde_json::Deserializer::from_str(self.raw);
        reader.deserialize_seq(visitor).is_ok()
    }

    /// The text, where it is one or a number.
    pub(in crate::source) fn text(self) -> Option<Cow<'a, str>> {
        match self.first() {
            b'"' => serde_json::from_str::<Text<'a>>(self.raw)
                .ok()
                .map(|text| text.0),
            b'0'..=b'9' | b'-' => Some(Cow::Borrowed(self.raw)),
            _ => None,
        }
    }

    /// The text as one line. HTML's character references are decoded: older tools write them into
    /// texts that are no HTML.
    pub(in crate::source) fn plain(self) -> Option<Plain> {
        Plain::non_empty(&entities::decoded(&self.text()?))
    }

    /// Whether it says nothing: `null`, `false`, blank text, an empty list or object.
    pub(in crate::source) fn is_empty(self) -> bool {
        match self.first() {
            b'n' | b'f' => true,
            b'"' => self.text().is_none_or(|text| text.trim().is_empty()),
            b'[' | b'{' => self
                .raw
                .bytes()
                .skip(1)
                .all(|byte| byte.is_ascii_whitespace() || matches!(byte, b']' | b'}')),
            _ => false,
        }
    }

    /// The absolute web address, resolved against `base`. What is no address is reported as `name`.
    pub(in crate::source) fn url(self, name: &str, base: Option<&WebUrl>) -> Option<WebUrl> {
        let text = self.text()?;
        self.address(name, base, is_path(text.trim()))
    }

    /// The absolute address of a file, which may be named by itself: `slides.pdf`.
    pub(in crate::source) fn file_url(self, name: &str, base: Option<&WebUrl>) -> Option<WebUrl> {
        let text = self.text()?;
        let is_name = !text.trim().contains([':', '@', ' ']) && !text.starts_with("//");
        self.address(name, base, is_name)
    }

    fn address(self, name: &str, base: Option<&WebUrl>, is_path: bool) -> Option<WebUrl> {
        let text = self.text()?;
        if let Some(url) = WebUrl::parse(&text) {
            return Some(url);
        }
        if let Some(url) = base.filter(|_| is_path).and_then(|base| base.join(&text)) {
            return Some(url);
        }
        if is_path && base.is_none() {
            self.file.report_relative(name, self.place());
            return None;
        }
        let message = format!("`{name}` is {}", self.shown());
        let remedy = "expected an absolute address such as https://example.org/";
        self.warn_of(name, message, remedy);
        None
    }

    /// The whole number, also where it stands in quotes.
    pub(in crate::source) fn whole_number(self) -> Option<u64> {
        self.text()?.trim().parse().ok()
    }

    /// Yes or no, also where it stands in quotes.
    pub(in crate::source) fn flag(self) -> Option<bool> {
        match self.raw {
            "true" | "\"true\"" => Some(true),
            "false" | "\"false\"" => Some(false),
            _ => None,
        }
    }

    /// What was found, for a message: `"some text…"`, `12`, a list, an object.
    pub(in crate::source) fn shown(self) -> String {
        match self.first() {
            b'{' => "an object".into(),
            b'[' => "a list".into(),
            _ if self.raw.chars().count() <= 60 => self.raw.into(),
            _ => {
                let start: String = self.raw.chars().take(57).collect();
                format!("{start}…")
            }
        }
    }
}

/// Whether an address is a path in its site, and not a host without its scheme or a sentence.
fn is_path(text: &str) -> bool {
    let first = text.split('/').next().unwrap_or_default();
    let is_segment = matches!(first, "" | "." | "..") || !first.contains(['.', ':', '@']);
    text.contains('/')
        && is_segment
        && !text.starts_with("//")
        && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_their_line_and_what_is_wrong_is_told() {
        let text = "{\n  \"title\": \"Caf\\u00e9\",\n  \"id\": 12,\n  \"list\": [1, \"two\", null],\n  \"url\": {}\n}";
        let file = JsonFile::new("s.json", text);
        {
            let root = file.root().expect("JSON").object().expect("an object");
            assert_eq!(root.plain("title").as_deref(), Some("Café"));
            assert_eq!(root.text("id").as_deref(), Some("12"));
            let mut items = Vec::new();
            root.each("list", |item| items.push(item.shown()));
            assert_eq!(items, ["1", "\"two\"", "null"]);
            assert_eq!(root.text("url"), None);
            root.each("title", |_| unreachable!("it is no list"));
        }
        let told: Vec<String> = file
            .into_problems()
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            told,
            [
                "s.json:5:10: error: `url` is an object; expected text",
                "s.json:2:12: error: `title` is \"Caf\\u00e9\"; expected a list, [ … ]",
            ]
        );
    }

    #[test]
    fn what_nobody_asked_for_is_counted() {
        let text = r#"{"title": "T", "answers": [{"a": 1}, {}], "mood": "good", "empty": [ ], "id": 7, "no": false}"#;
        let file = JsonFile::new("s.json", text);
        {
            let root = file.root().expect("JSON").object().expect("an object");
            root.plain("title");
            root.skip(&["id"]);
            root.leave_out_rest("events");
        }
        let counted: Vec<_> = file.uncarried.into_inner().into_iter().collect();
        let expected = [("events.answers".to_owned(), 1), ("events.mood".into(), 1)];
        assert_eq!(counted, expected);
    }

    #[test]
    fn a_path_is_resolved_and_a_host_without_its_scheme_is_none() {
        let text = r#"["/a/b.png", "system/b.png", "www.example.org/x", "mailto:a@example.org", "a sentence / two"]"#;
        let file = JsonFile::new("s.json", text);
        let base = WebUrl::parse("https://example.org/camp/Fahrplan/");
        let mut urls = Vec::new();
        file.root().expect("JSON").each(|item| {
            urls.push(item.url("logo", base.as_ref()).map(|url| url.to_string()));
        });
        let expected = [
            Some("https://example.org/a/b.png".to_owned()),
            Some("https://example.org/camp/Fahrplan/system/b.png".to_owned()),
            None,
            None,
            None,
        ];
        assert_eq!(urls, expected);
        assert_eq!(file.into_problems().len(), 3);
    }

    #[test]
    fn half_a_document_is_refused_with_the_place_where_it_ends() {
        let file = JsonFile::new("s.json", "{\n \"schedule\": {");
        let error = file.root().err().map(|problem| problem.to_string());
        assert_eq!(
            error.as_deref(),
            Some(
                "s.json:2:14: error: this JSON ends before it is complete; fetch or export the file again"
            )
        );
    }

    #[test]
    fn endless_nesting_is_no_trouble() {
        let text = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
        let file = JsonFile::new("s.json", &text);
        let _ = file.root().map(|root| root.each(|_| ()));
    }
}
