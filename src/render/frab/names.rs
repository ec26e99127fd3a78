//! The short names that the schemas allow.

use crate::model::{Conference, Language, Slug};
use chrono::Datelike;

/// The conference's acronym: the organisers' own where the schema allows it, else made of that or of
/// the slug.
pub(super) fn acronym(conference: &Conference, is_allowed: fn(&str) -> bool) -> String {
    let own = conference.acronym.as_deref();
    let made = own.map(|own| words(&Slug::of(own)));
    let slug = words(&conference.slug);
    let candidates = [own.map(str::to_owned), made, Some(slug.clone())];
    let allowed = candidates.into_iter().flatten();
    allowed
        .into_iter()
        .find(|name| is_allowed(name))
        .unwrap_or_else(|| match conference.days.first() {
            Some(day) => format!("{slug}_{}", day.date.year()),
            None => format!("{slug}_conference"),
        })
}

/// Hyphens would make it no acronym in JSON.
fn words(slug: &str) -> String {
    slug.replace('-', "_")
}

/// `[a-z0-9_-]{4,}`, the XML's.
pub(super) fn is_xml_acronym(name: &str) -> bool {
    name.len() >= 4 && name.bytes().all(is_slug_byte)
}

/// `^[a-z0-9_-][a-z0-9_]{3,}(-2[0-9]{3}-[a-z]+)?$`, the JSON's.
pub(super) fn is_json_acronym(name: &str) -> bool {
    let dated = name.rsplit_once('-').and_then(|(rest, word)| {
        let (stem, year) = rest.rsplit_once('-')?;
        let is_year = year.len() == 4
            && year.starts_with('2')
            && year.bytes().all(|byte| byte.is_ascii_digit());
        let is_word = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
        (is_year && is_word).then_some(stem)
    });
    let stem = dated.unwrap_or(name);
    let mut bytes = stem.bytes();
    stem.len() >= 4
        && bytes.next().is_some_and(is_slug_byte)
        && bytes.all(|byte| is_slug_byte(byte) && byte != b'-')
}

/// `^[a-z0-9_-]+[a-z0-9]$`, the slug of an event, a room or a track in JSON.
pub(super) fn is_slug(name: &str) -> bool {
    name.len() >= 2 && name.bytes().all(is_slug_byte) && !name.ends_with(['-', '_'])
}

/// `[a-z0-9_]{4,}-[a-z0-9\-_]{4,}`, the slug of an event in XML.
pub(super) fn is_event_slug(name: &str) -> bool {
    name.split_once('-').is_some_and(|(conference, talk)| {
        conference.len() >= 4 && talk.len() >= 4 && name.bytes().all(is_slug_byte)
    })
}

/// `[a-z][a-z0-9-]+`, the slug of a track in XML.
pub(super) fn is_track_slug(name: &str) -> bool {
    name.len() >= 2
        && name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| is_slug_byte(byte) && byte != b'_')
}

fn is_slug_byte(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_')
}

/// `^[A-Z0-9]+$`, a code in JSON.
pub(super) fn is_code(code: &str) -> bool {
    !code.is_empty()
        && code
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// A zone's name as the pattern `^([A-Z][a-z]+/[A-Z][a-z]+)|UTC$` finds it; `None` for one that no
/// JSON may name, such as `CET`: the times have their offsets.
pub(super) fn time_zone(name: &str) -> Option<&str> {
    let capitalised = |word: &str| {
        let mut bytes = word.bytes();
        bytes.next().is_some_and(|byte| byte.is_ascii_uppercase())
            && bytes.next().is_some_and(|byte| byte.is_ascii_lowercase())
    };
    let is_place = name.split_once('/').is_some_and(|(region, place)| {
        capitalised(region)
            && region[1..].bytes().all(|byte| byte.is_ascii_lowercase())
            && capitalised(place)
    });
    (is_place || name.ends_with("UTC")).then_some(name)
}

/// The language of a talk as schedule2 has it: two letters (ISO 639-1), no region. Where it has three,
/// the conference's stands in.
pub(super) fn language(own: Option<&Language>, conference: &Conference) -> String {
    let two_letters = |language: &Language| {
        let primary = language.split('-').next()?;
        (primary.len() == 2).then(|| primary.to_lowercase())
    };
    let known = own.into_iter().chain([&conference.language]);
    known
        .filter_map(two_letters)
        .next()
        .unwrap_or_else(|| Language::default().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Plain;
    use crate::render::pages::fixture;

    #[test]
    fn an_acronym_is_the_organisers_own_where_the_schema_allows_it() {
        let table = [
            (Some("38c3"), "congress", "38c3", "38c3"),
            (
                Some("divoc-2021-ptt"),
                "divoc",
                "divoc-2021-ptt",
                "divoc-2021-ptt",
            ),
            (Some("Camp2019"), "camp", "camp2019", "camp2019"),
            (
                Some("pycon-de-2026"),
                "pycon",
                "pycon-de-2026",
                "pycon_de_2026",
            ),
            (
                Some("FP"),
                "freie-programme",
                "freie_programme",
                "freie_programme",
            ),
            (
                None,
                "pycascades-2022",
                "pycascades_2022",
                "pycascades_2022",
            ),
            (None, "fp", "fp_2026", "fp_2026"),
        ];
        for (own, slug, in_xml, in_json) in table {
            let mut conference = fixture::conference();
            conference.acronym = own.map(Plain::new);
            conference.slug = Slug::of(slug);
            assert_eq!(acronym(&conference, is_xml_acronym), in_xml);
            assert_eq!(acronym(&conference, is_json_acronym), in_json);
            conference.days.clear();
            assert!(is_json_acronym(&acronym(&conference, is_json_acronym)));
        }
    }

    #[test]
    fn a_language_of_three_letters_is_told_as_the_conferences() {
        let conference = fixture::conference();
        let told = |tag| language(Language::parse(tag).as_ref(), &conference);
        assert_eq!([told("pt-BR"), told("gsw"), told("")], ["pt", "de", "de"]);
    }

    #[test]
    fn only_zones_that_the_pattern_finds_are_named() {
        for name in [
            "Europe/Berlin",
            "Europe/Isle_of_Man",
            "America/Port-au-Prince",
            "America/Argentina/Buenos_Aires",
            "UTC",
            "Etc/UTC",
        ] {
            assert_eq!(time_zone(name), Some(name));
        }
        for name in ["CET", "Etc/GMT+1", "US/Pacific", "EST5EDT", "GB"] {
            assert_eq!(time_zone(name), None, "{name}");
        }
    }
}
