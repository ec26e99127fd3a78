//! Files that others published, compared with what another parser finds in them.

use super::read_bytes;
use crate::model::{Markdown, Plain, WebUrl, Zone};
use crate::source::{Clock, Draft, DraftTalk, Severity, assemble, merge, vocabulary};
use chrono::{DateTime, Utc};
use roxmltree::{Document, Node};
use std::collections::BTreeSet;
use std::path::Path;

/// A file, its events, talks, rooms, tracks and persons, its problems, and the errors of the conference
/// that is made of it.
type Expected = (&'static str, [usize; 5], usize, usize);

const FILES: [Expected; 8] = [
    ("frab/38c3-schedule.xml", [1007, 1007, 72, 7, 567], 0, 0),
    ("frab/debconf17-pentabarf.xml", [181, 181, 6, 12, 126], 1, 0),
    // Relative links, and no address that they are relative to.
    ("frab/fosdem-2012.xml", [442, 442, 23, 37, 430], 4, 0),
    ("frab/fosdem-2024.xml", [674, 674, 32, 66, 732], 0, 0),
    ("frab/fosdem-2025.xml", [943, 943, 40, 74, 992], 0, 0),
    // Links that name a host only; three workshops that are held twice.
    (
        "frab/giggity-36c3_merged.xml",
        [1351, 1348, 98, 30, 878],
        4,
        0,
    ),
    ("pretalx/schedule-v1.43.xml", [35, 35, 2, 4, 31], 0, 0),
    ("pretalx/demo-export/schedule.xml", [20, 20, 2, 4, 10], 0, 0),
];

#[test]
fn every_real_file_arrives_whole() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    for (name, counts, problems, errors) in FILES {
        let Ok(bytes) = std::fs::read(folder.join(name)) else {
            return;
        };
        assert!((super::SOURCE.detect)(name, &bytes), "{name}");
        let (draft, found) = read_bytes(&bytes).expect("a schedule");
        let text = String::from_utf8(bytes).expect("UTF-8");
        let document = Document::parse(&text).expect("XML");
        let slots: usize = draft.talks.iter().map(|talk| talk.slots.len()).sum();
        let talks = draft.talks.len();
        let (rooms, tracks) = (draft.rooms.len(), draft.tracks.len());
        let found_counts = [slots, talks, rooms, tracks, draft.speakers.len()];
        assert_eq!(found_counts, counts, "{name}");
        assert_eq!(found.len(), problems, "{name}: {found:#?}");
        compare(name, &document, &draft);
        let (mut draft, _) = merge(vec![draft]);
        draft.zone = draft.zone.or(Zone::named("Europe/Berlin"));
        let made = assemble(draft, "x").expect("a conference");
        let is_error = |severity| severity >= Severity::Warning;
        let made_errors = made
            .problems
            .iter()
            .filter(|problem| is_error(problem.severity));
        assert_eq!(made_errors.count(), errors, "{name}: {:#?}", made.problems);
    }
}

/// Every text of these elements arrives, and nothing else.
fn compare(file: &str, document: &Document<'_>, draft: &Draft) {
    let title = |text: &str| vocabulary::title(text).0.to_string();
    let plain = |text: &str| Plain::new(text).to_string();
    let url = |text: &str| WebUrl::parse(text).map_or(String::new(), |url| url.to_string());
    let language = |text: &str| text.split(',').next().unwrap_or_default().trim().to_owned();
    let words = |field: fn(&DraftTalk) -> Option<&str>| {
        let values = draft.talks.iter().filter_map(field);
        values.map(str::to_owned).collect::<BTreeSet<_>>()
    };
    let said = |names: &[&str], read: &dyn Fn(&str) -> String| {
        let elements = events(document).flat_map(|event| event.descendants());
        let named = elements.filter(|element| names.contains(&element.tag_name().name()));
        let texts = named.map(|element| read(&whole_text(element)));
        texts
            .filter(|text| !text.is_empty())
            .collect::<BTreeSet<_>>()
    };
    let markdown = |text: &str| Markdown::new(text).to_string();
    let same = |what: &str, said: BTreeSet<String>, arrived: BTreeSet<String>| {
        let missing: Vec<_> = said.difference(&arrived).collect();
        let made_up: Vec<_> = arrived.difference(&said).collect();
        assert!(
            missing.is_empty(),
            "{file}: {what} does not arrive: {missing:?}"
        );
        assert!(
            made_up.is_empty(),
            "{file}: {what} comes from nowhere: {made_up:?}"
        );
    };
    same(
        "title",
        said(&["title"], &title),
        words(|talk| Some(&talk.title)),
    );
    same(
        "subtitle",
        said(&["subtitle"], &plain),
        words(|talk| talk.subtitle.as_deref()),
    );
    same(
        "type",
        said(&["type"], &plain),
        words(|talk| talk.format.as_deref()),
    );
    same(
        "track",
        said(&["track"], &plain),
        words(|talk| talk.track.as_deref()),
    );
    same(
        "language",
        said(&["language"], &language),
        words(|talk| talk.language.as_deref()),
    );
    same(
        "license",
        said(&["license"], &plain),
        words(|talk| talk.licence.as_deref()),
    );
    same(
        "origin_url",
        said(&["origin_url"], &url),
        words(|talk| talk.origin.as_deref()),
    );
    same(
        "url",
        said(&["url", "full_conf_url"], &url),
        words(|talk| talk.url.as_deref()),
    );
    let mut texts = words(|talk| talk.summary.as_deref());
    texts.extend(words(|talk| talk.description.as_deref()));
    same(
        "abstract or description",
        said(&["abstract", "description"], &markdown),
        texts,
    );
    let speakers = draft.talks.iter().flat_map(|talk| &talk.speakers);
    same(
        "person",
        said(&["person"], &plain),
        speakers.map(ToString::to_string).collect(),
    );
    let slots = || draft.talks.iter().flat_map(|talk| &talk.slots);
    let rooms = slots().filter_map(|slot| slot.room.as_ref());
    same(
        "room",
        said(&["room"], &plain),
        rooms.map(ToString::to_string).collect(),
    );
    let slugs = slots().filter_map(|slot| slot.identifiers.slug.as_ref());
    same(
        "slug",
        said(&["slug"], &plain),
        slugs.map(ToString::to_string).collect(),
    );
    let ids = slots().filter_map(|slot| slot.identifiers.id);
    let said_ids = events(document).filter_map(|event| event.attribute("id"));
    same(
        "id",
        said_ids.map(str::to_owned).collect(),
        ids.map(|id| id.to_string()).collect(),
    );
    let guids = slots().filter_map(|slot| slot.identifiers.guid);
    let said_guids = events(document).filter_map(|event| event.attribute("guid"));
    same(
        "guid",
        said_guids.map(str::to_owned).collect(),
        guids.map(|guid| guid.to_string()).collect(),
    );
    let links: BTreeSet<String> = draft
        .talks
        .iter()
        .flat_map(|talk| &talk.links)
        .map(|link| link.url.to_string())
        .collect();
    let hrefs = document
        .descendants()
        .filter_map(|element| element.attribute("href"));
    let said_links: BTreeSet<String> = hrefs.map(url).filter(|url| !url.is_empty()).collect();
    let missing: Vec<_> = said_links.difference(&links).collect();
    assert!(
        missing.is_empty(),
        "{file}: links do not arrive: {missing:?}"
    );
    let feedback = said(&["feedback_url"], &url);
    assert!(
        feedback.is_subset(&links),
        "{file}: feedback_url does not arrive"
    );
    let pictures = said(&["logo"], &plain).len();
    assert_eq!(
        words(|talk| talk.image.as_deref()).len(),
        pictures,
        "{file}: logo"
    );
    let said_dates: BTreeSet<DateTime<Utc>> = said(&["date"], &plain)
        .iter()
        .filter_map(|date| date.parse().ok())
        .collect();
    let starts = slots().filter_map(|slot| match slot.start {
        Some(Clock::Instant(instant) | Clock::Doubtful(instant)) => Some(instant.to_utc()),
        _ => None,
    });
    assert_eq!(starts.collect::<BTreeSet<_>>(), said_dates, "{file}: date");
}

fn events<'a>(document: &'a Document<'a>) -> impl Iterator<Item = Node<'a, 'a>> {
    let elements = document.descendants();
    elements.filter(|element| element.has_tag_name("event"))
}

fn whole_text(element: Node<'_, '_>) -> String {
    element
        .children()
        .filter_map(|child| child.text())
        .collect()
}
