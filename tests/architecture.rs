//! Who may name whom. Data flows one way: source → model → history → render → publish → server.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, iter};

/// Each layer, the layers it may name, and what it must not touch.
const LAYERS: &[(&str, &[&str], &[&str])] = &[
    (
        "model",
        &[],
        &[
            "serde",
            "std::fs",
            "std::net",
            "Utc::now",
            "SystemTime",
            "Instant::now",
            "toml",
        ],
    ),
    (
        "source",
        &["model"],
        &[
            "std::net",
            "Utc::now",
            "Instant::now",
            "SystemTime",
            "actix",
        ],
    ),
    (
        "history",
        &["model"],
        &["std::net", "Utc::now", "SystemTime", "actix"],
    ),
    (
        "render",
        &["history", "model"],
        &[
            "std::fs",
            "std::net",
            "Utc::now",
            "SystemTime",
            "Instant::now",
            "actix",
        ],
    ),
    (
        "publish",
        &["render", "history", "model"],
        &["std::net", "Utc::now"],
    ),
    (
        "push",
        &["render", "history", "model"],
        &[
            "std::fs",
            "Utc::now",
            "SystemTime",
            "Instant::now",
            "actix",
            "toml",
        ],
    ),
    (
        "server",
        &["publish", "render", "history", "model"],
        &["toml"],
    ),
    (
        "cli",
        &[
            "publish", "render", "history", "model", "source", "server", "push",
        ],
        &[],
    ),
];

/// The only folders that may ask other servers.
const MAY_GO_ONLINE: &[&str] = &["source/fetch/", "push/"];

/// The HTTP client.
const CLIENT: &str = "ureq";

/// The only files of a pure layer that may read or write files.
const MAY_USE_FILES: &[&str] = &[
    "source/fetch/last_good.rs",
    "source/folder.rs",
    "history/ledger/file.rs",
    "history/ledger/sqlite.rs",
    "publish/folder.rs",
    "publish/folder/list.rs",
];

fn source_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        let is_test = path
            .file_stem()
            .is_some_and(|name| name == "tests" || name == "fixture");
        if is_test {
            continue;
        }
        if path.is_dir() {
            files.extend(source_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// The program text of a file: no comments, and nothing from its tests on.
fn program_text(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a source file");
    let before_tests = text
        .split("#[cfg(test)]\nmod tests")
        .next()
        .unwrap_or_default();
    let lines = before_tests
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines
        .flat_map(|line| iter::once(line).chain(iter::once("\n")))
        .collect()
}

/// The layers that a text names with `crate::`.
fn named_layers(text: &str) -> BTreeSet<&str> {
    let pieces = text.split("crate::").skip(1);
    pieces
        .map(|piece| {
            let end =
                piece.find(|character: char| !character.is_alphanumeric() && character != '_');
            &piece[..end.unwrap_or(piece.len())]
        })
        .collect()
}

#[test]
fn every_layer_names_only_the_layers_below_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut seen = 0;
    for (layer, may_name, _) in LAYERS {
        for path in source_files(&root.join(layer)) {
            seen += 1;
            let text = program_text(&path);
            assert!(
                !text.contains("use crate::{"),
                "{}: one `use crate::layer::…` line a layer, so that this test can read it",
                path.display()
            );
            for named in named_layers(&text) {
                assert!(
                    named == *layer || may_name.contains(&named),
                    "{}: the layer {layer} names {named}; it may name {may_name:?}",
                    path.display()
                );
            }
        }
    }
    assert!(seen > 30, "only {seen} files were looked at");
}

#[test]
fn pure_layers_touch_no_clock_no_network_and_no_files() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (layer, _, forbidden) in LAYERS {
        for path in source_files(&root.join(layer)) {
            let text = program_text(&path);
            let name = path
                .strip_prefix(&root)
                .expect("a path below src")
                .to_string_lossy()
                .into_owned();
            let goes_online = MAY_GO_ONLINE.iter().any(|folder| name.starts_with(folder));
            let is_allowed = |word| goes_online && matches!(word, "std::net" | "Instant::now");
            for word in *forbidden {
                assert!(
                    !text.contains(word) || is_allowed(word),
                    "src/{name} must not use {word}"
                );
            }
            assert!(
                !text.contains(CLIENT) || goes_online,
                "src/{name} must not use {CLIENT}: only {MAY_GO_ONLINE:?} go online"
            );
            let is_pure = matches!(*layer, "source" | "history" | "publish");
            if is_pure && !MAY_USE_FILES.contains(&name.as_str()) {
                let uses_files = text.contains("std::fs") || text.contains("fs::");
                assert!(!uses_files, "src/{name} must not read or write files");
            }
        }
    }
}

#[test]
fn every_folder_of_src_is_a_layer() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let entries = fs::read_dir(root)
        .expect("src")
        .map(|entry| entry.expect("an entry"));
    for entry in entries.filter(|entry| entry.path().is_dir()) {
        let name = entry.file_name();
        assert!(
            LAYERS.iter().any(|(layer, _, _)| *layer == name),
            "{name:?} is no layer"
        );
    }
}

#[test]
fn what_the_formats_share_names_no_format() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/source");
    for folder in ["syntax", "vocabulary", "lists"] {
        for path in source_files(&source.join(folder)) {
            assert!(
                !program_text(&path).contains("source::formats"),
                "{}: formats are built on this, and not the other way round",
                path.display()
            );
        }
    }
}
