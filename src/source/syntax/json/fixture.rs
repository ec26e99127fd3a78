//! What the tests of the JSON formats share.

use crate::model::{Link, Plain, Zone};
use crate::source::{Draft, Input, Loaded, Options, Source, load_file};
use proptest::prelude::*;
use std::path::Path;

/// What a source reads from a text, and what it tells, each a line.
#[track_caller]
pub(in crate::source) fn read(source: &Source, text: &str) -> (Draft, Vec<String>) {
    match try_read(source, text.as_bytes()) {
        Ok(read) => read,
        Err(problem) => panic!("{problem}"),
    }
}

/// The same, or why the file is refused.
pub(in crate::source) fn try_read(
    source: &Source,
    bytes: &[u8],
) -> Result<(Draft, Vec<String>), String> {
    let options = Options::default();
    let input = Input {
        file: "s.json",
        bytes,
        options: &options,
    };
    let (draft, problems) = (source.read)(&input).map_err(|problem| problem.to_string())?;
    Ok((draft, problems.iter().map(ToString::to_string).collect()))
}

/// A real file, where there are any.
pub(in crate::source) fn real(path: &str) -> Option<Loaded> {
    real_in(path, None)
}

/// A real file, read in a time zone.
pub(in crate::source) fn real_in(path: &str, zone: Option<Zone>) -> Option<Loaded> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/data")
        .join(path);
    path.exists()
        .then(|| load_file(&path, |draft| draft.zone = draft.zone.take().or(zone)))
}

/// Documents that were cut, or in which a few bytes are others.
pub(in crate::source) fn damaged(text: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let changes = prop::collection::vec((0..text.len(), any::<u8>()), 0..6);
    (changes, 0..=text.len()).prop_map(move |(changes, length)| {
        let mut bytes = text.as_bytes().to_vec();
        for (at, byte) in changes {
            bytes[at] = byte;
        }
        bytes.truncate(length.max(bytes.len() / 2));
        bytes
    })
}

/// Documents in which a value is another: the shapes that tools disagree on.
pub(in crate::source) fn reshaped(text: &'static str) -> impl Strategy<Value = String> {
    let values: Vec<(usize, usize)> = values(text);
    let others = prop::sample::select(vec![
        "null",
        "\"\"",
        "\" \"",
        "[]",
        "{}",
        "[[]]",
        "{\"a\": 1}",
        "-1",
        "1e9",
        "true",
        "\"2026-02-30\"",
        "\"25:61\"",
    ]);
    (prop::sample::select(values), others)
        .prop_map(move |((start, end), other)| format!("{}{other}{}", &text[..start], &text[end..]))
}

/// Where the values behind each name stand.
fn values(text: &str) -> Vec<(usize, usize)> {
    let starts = text.match_indices("\": ").map(|(at, _)| at + 3);
    let ranges = starts.filter_map(|start| {
        let mut values =
            serde_json::Deserializer::from_str(&text[start..]).into_iter::<serde::de::IgnoredAny>();
        values.next()?.ok()?;
        Some((start, start + values.byte_offset()))
    });
    ranges.collect()
}

/// A draft as lines, without what it does not say.
pub(in crate::source) fn shown(draft: &Draft) -> String {
    let mut lines = Vec::new();
    let mut say = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            lines.push(format!("{name}: {}", value.replace('\n', "\\n")));
        }
    };
    macro_rules! say {
        ($prefix:literal $of:ident: $($field:ident)*) => {$(
            say(concat!($prefix, stringify!($field)), $of.$field.as_ref().map(ToString::to_string));
        )*};
    }
    say!("" draft: name acronym version url description language venue address colour logo base_url timeslot updated);
    say(
        "zone",
        draft.zone.as_ref().map(|zone| zone.name().to_owned()),
    );
    say("links", Some(links(&draft.links)));
    for day in &draft.days {
        say(
            "day",
            Some(format!(
                "{} {} {}",
                day.date,
                optional(&day.name),
                optional_debug(&day.hours)
            )),
        );
    }
    for room in &draft.rooms {
        say(
            "room",
            Some(format!(
                "{} {} {} {} {}",
                room.name,
                optional(&room.slug),
                optional(&room.guid),
                optional(&room.capacity),
                room.description
            )),
        );
    }
    for track in &draft.tracks {
        say(
            "track",
            Some(format!(
                "{} {} {}",
                track.name,
                optional(&track.slug),
                optional(&track.colour)
            )),
        );
    }
    for speaker in &draft.speakers {
        say("speaker", Some(speaker.name.to_string()));
        say!("  " speaker: url picture guid id code);
        say("  biography", Some(speaker.biography.to_string()));
        say("  links", Some(links(&speaker.links)));
    }
    for talk in &draft.talks {
        say("talk", Some(talk.title.to_string()));
        say!("  " talk: code subtitle format level summary description notes track language url online image licence recording_optout origin updated);
        say("  kind", talk.kind.map(|kind| kind.word().to_owned()));
        say("  state", talk.state.map(|state| state.word().to_owned()));
        say("  speakers", Some(joined(&talk.speakers)));
        say("  tags", Some(joined(&talk.tags)));
        say("  links", Some(links(&talk.links)));
        for slot in &talk.slots {
            let identifiers = &slot.identifiers;
            say(
                "  slot",
                Some(format!(
                    "{} {} {}",
                    optional_debug(&slot.start),
                    optional_debug(&slot.end),
                    optional_debug(&slot.day)
                )),
            );
            say!("    " slot: room);
            say!("    " identifiers: guid id slug);
        }
    }
    say("counts", Some(format!("{:?}", draft.counts)));
    say("left out", Some(format!("{:?}", draft.uncarried)));
    lines.join("\n")
}

fn optional(value: &Option<impl ToString>) -> String {
    value.as_ref().map_or("-".into(), ToString::to_string)
}

fn optional_debug(value: &Option<impl std::fmt::Debug>) -> String {
    value
        .as_ref()
        .map_or("-".into(), |value| format!("{value:?}"))
}

fn joined(names: &[Plain]) -> String {
    let names: Vec<&str> = names.iter().map(|name| &**name).collect();
    names.join(", ")
}

fn links(links: &[Link]) -> String {
    let shown = links.iter().map(|link| {
        let attached = if link.is_attachment { " attached" } else { "" };
        format!(
            "{} {} \"{}\"{attached}",
            link.kind.word(),
            link.url,
            optional(&link.title)
        )
    });
    shown.collect::<Vec<_>>().join(", ")
}

/// The properties that every JSON format has, of a document that has one of everything.
macro_rules! nothing_is_too_odd_for {
    ($source:ident, $whole:ident) => {
        proptest! {
            #![proptest_config(ProptestConfig::with_cases(64))]

            #[test]
            fn nothing_makes_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
                let _ = try_read(&$source, &bytes);
                ($source.detect)("s.json", &bytes);
            }

            #[test]
            fn a_damaged_file_makes_it_complain(bytes in damaged($whole)) {
                let _ = try_read(&$source, &bytes);
                ($source.detect)("s.json", &bytes);
            }

            #[test]
            fn a_value_of_another_shape_costs_at_most_what_holds_it(text in reshaped($whole)) {
                let _ = try_read(&$source, text.as_bytes());
            }
        }
    };
}

pub(in crate::source) use nothing_is_too_odd_for;
