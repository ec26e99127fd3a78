//! The archives of the feeds of changes as a feed reader follows them over HTTP (RFC 5005 §4).

use crate::command_line::{Served, folder_with};
use crate::conference::BERLIN;
use crate::source_commands::{body, wait_until};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const BASE: &str = "https://feeds.example.org/";
const ARCHIVE: &str = "http://purl.org/syndication/history/1.0";
const ATOM: &str = "http://www.w3.org/2005/Atom";
const TALKS: usize = 100;

/// A programme of which each edition has retitled a few talks, in turn.
struct Programme {
    titles: Vec<String>,
    next: usize,
    edition: u64,
    /// What each edition has retitled.
    retitled: BTreeSet<String>,
}

impl Programme {
    fn new() -> Self {
        Self {
            titles: (0..TALKS).map(|talk| format!("Talk {talk}")).collect(),
            next: 0,
            edition: 1,
            retitled: BTreeSet::new(),
        }
    }

    fn text(&self) -> String {
        // Edits are told one by one, however closely they follow each other.
        let mut file = format!("{BERLIN}[publish]\nchanges_window = 0\n");
        for (talk, title) in self.titles.iter().enumerate() {
            file.push_str(&format!(
                "\n[[talks]]\ncode = \"TALK{talk}\"\ntitle = \"{title}\"\n"
            ));
        }
        file
    }

    /// Publishes an edition that retitles this many talks.
    fn retitle(&mut self, talks: usize, folder: &Path, served: &Served) {
        self.edition += 1;
        for _ in 0..talks {
            let talk = self.next % TALKS;
            self.next += 1;
            self.titles[talk] = format!("Talk {talk} as of {}", self.edition);
            self.retitled.insert(self.titles[talk].clone());
        }
        let beside = folder.join("conference.new");
        fs::write(&beside, self.text()).expect("a written file");
        fs::rename(&beside, folder.join("data/conference.toml")).expect("a replaced file");
        let here = format!("\"edition\":{}}}", self.edition);
        wait_until("the edition is published", || {
            served.get("/readyz").contains(&here)
        });
    }
}

/// A document of a feed, in the words that all formats have.
struct Page {
    /// The entries: their identifiers and titles.
    entries: Vec<(String, String)>,
    /// Whether it says that it is an archive; JSON Feed has no word for that.
    is_archive: Option<bool>,
    /// The path of the archive before it.
    older: Option<String>,
}

fn path(url: &str) -> String {
    let path = url.strip_prefix(BASE).expect("an address of the site");
    format!("/{path}")
}

fn read_xml(text: &str) -> Page {
    let document = roxmltree::Document::parse(text).expect("XML");
    let named = |name: &'static str| {
        let nodes = document.descendants();
        nodes.filter(move |node| node.tag_name().name() == name)
    };
    let child = |node: roxmltree::Node<'_, '_>, names: &[&str]| {
        let mut children = node.children();
        let child = children.find(|child| names.contains(&child.tag_name().name()));
        let text = child.and_then(|child| child.text());
        text.expect("a text").to_owned()
    };
    let mut links = named("link").filter(|link| link.tag_name().namespace() == Some(ATOM));
    let older = links.find(|link| link.attribute("rel") == Some("prev-archive"));
    let archives = document
        .descendants()
        .filter(|node| node.has_tag_name((ARCHIVE, "archive")));
    Page {
        entries: named("entry")
            .chain(named("item"))
            .map(|entry| (child(entry, &["id", "guid"]), child(entry, &["title"])))
            .collect(),
        is_archive: Some(archives.count() == 1),
        older: older.map(|link| path(link.attribute("href").expect("an address"))),
    }
}

fn read_json(text: &str) -> Page {
    let document: serde_json::Value = serde_json::from_str(text).expect("JSON");
    let word = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    let items = document["items"].as_array().expect("a list");
    Page {
        entries: items
            .iter()
            .map(|item| (word(&item["id"]), word(&item["title"])))
            .collect(),
        is_archive: None,
        older: document.get("next_url").map(|url| path(&word(url))),
    }
}

/// Follows a feed to its end. Returns the archives' bytes by path.
#[track_caller]
fn follow(served: &Served, feed: &str, programme: &Programme) -> BTreeMap<String, String> {
    let mut archives = BTreeMap::new();
    let mut entries: Vec<(String, String)> = Vec::new();
    let mut next = Some(format!("/test/{feed}"));
    while let Some(path) = next {
        let answer = served.get(&path);
        let text = body(&answer);
        let page = match feed.ends_with("json") {
            true => read_json(text),
            false => read_xml(text),
        };
        let is_first = entries.is_empty();
        if let Some(is_archive) = page.is_archive {
            assert_eq!(is_archive, !is_first, "{path} on whether it is an archive");
        }
        if !is_first {
            assert_eq!(page.entries.len(), 50, "{path}");
            let seen = archives.insert(path.clone(), text.to_owned());
            assert_eq!(seen, None, "{path} is linked to twice");
        }
        entries.extend(page.entries);
        next = page.older;
    }
    let ids: BTreeSet<&String> = entries.iter().map(|(id, _)| id).collect();
    assert_eq!(ids.len(), entries.len(), "{feed} has an entry twice");
    let told = |title: &str| {
        let (_, title) = title.split_once(": ").expect("what happened");
        title.to_owned()
    };
    let titles: Vec<String> = entries.iter().map(|(_, title)| told(title)).collect();
    let found: BTreeSet<String> = titles.iter().cloned().collect();
    assert_eq!(found, programme.retitled, "{feed} tells every change");
    let editions = titles.iter().map(|title| {
        let (_, edition) = title.split_once(" as of ").expect("an edition");
        edition.parse::<u64>().expect("a number")
    });
    assert!(
        editions.is_sorted_by(|newer, older| newer >= older),
        "{feed} is not in order: {titles:?}"
    );
    archives
}

#[test]
fn a_reader_that_follows_the_archives_gets_every_change_once_and_archives_never_change() {
    let mut programme = Programme::new();
    let folder = folder_with(&[("data/conference.toml", &programme.text())]);
    let folder = folder.path();
    let arguments = ["serve", "data", "--listen", "127.0.0.1:0"];
    let served = Served::start_with(folder, &arguments, &[("HANDBILL_BASE_URL", BASE)]);
    for _ in 0..8 {
        programme.retitle(25, folder, &served);
    }
    let feeds = ["changes.atom", "changes.rss", "changes.json"];
    let all = |programme: &Programme| feeds.map(|feed| follow(&served, feed, programme));
    let before = all(&programme);
    for archives in &before {
        assert_eq!(archives.len(), 3, "{:?}", archives.keys());
    }
    programme.retitle(1, folder, &served);
    assert!(before == all(&programme), "an archive has changed");
    // So many that there is one archive more.
    programme.retitle(60, folder, &served);
    let after = all(&programme);
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(after.len(), before.len() + 1);
        for (path, bytes) in before {
            let now = after.get(path).expect("the archive");
            let different = bytes.lines().zip(now.lines()).find(|(was, is)| was != is);
            assert_eq!(different, None, "{path} has changed");
            assert_eq!(bytes.len(), now.len(), "{path} has changed");
        }
    }
}
