//! The last good copy of a source, kept so that an outage, even at a start, changes nothing.
//!
//! A folder a source: `copy.json` says what its parts are called and is replaced whole, each part is a
//! file named after the hash of its content. What is not as it was written is no copy.

use super::request::Validators;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};
use url::Url;

/// The version of the file format that this program writes.
const FORMAT: u32 = 1;

/// The file that says what a copy consists of.
const RECORD: &str = "copy.json";

/// The last good copy of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LastGood {
    /// When its server last said that it is so.
    pub confirmed: DateTime<Utc>,
    /// Its parts, the most important first.
    pub parts: Vec<GoodPart>,
}

/// What one address answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GoodPart {
    /// The address.
    pub url: Url,
    /// What to know the answer again by.
    pub validators: Validators,
    /// The answer.
    pub bytes: Arc<[u8]>,
}

impl LastGood {
    /// The part that an address answered.
    pub(super) fn part(&self, url: &Url) -> Option<&GoodPart> {
        self.parts.iter().find(|part| part.url == *url)
    }
}

#[derive(Serialize, Deserialize)]
struct Record {
    format: u32,
    source: String,
    confirmed: DateTime<Utc>,
    parts: Vec<PartRecord>,
}

#[derive(Serialize, Deserialize)]
struct PartRecord {
    url: Url,
    validators: Validators,
    file: String,
}

fn content_name(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// The folder of a source's copy below that of all copies.
fn folder_of(folder: &Path, key: &str) -> PathBuf {
    let hash = blake3::hash(key.as_bytes()).to_hex();
    folder.join(&hash.as_str()[..32])
}

/// Reads the copy of a source; `None` when there is none, or it is damaged, or another program's.
pub(super) fn read(folder: &Path, key: &str) -> Option<LastGood> {
    let folder = folder_of(folder, key);
    let record = fs::read(folder.join(RECORD)).ok()?;
    let record: Record = serde_json::from_slice(&record).ok()?;
    if record.format != FORMAT || record.source != key || record.parts.is_empty() {
        return None;
    }
    let parts = record.parts.into_iter().map(|part| {
        if !part.file.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let bytes = fs::read(folder.join(&part.file)).ok()?;
        (content_name(&bytes) == part.file).then(|| GoodPart {
            url: part.url,
            validators: part.validators,
            bytes: bytes.into(),
        })
    });
    Some(LastGood {
        confirmed: record.confirmed,
        parts: parts.collect::<Option<Vec<_>>>()?,
    })
}

/// Replaces the copy of a source.
///
/// # Errors
///
/// When the file system refuses. The copy that was there before is there still.
pub(super) fn write(folder: &Path, key: &str, copy: &LastGood) -> io::Result<()> {
    let folder = folder_of(folder, key);
    fs::create_dir_all(&folder)?;
    let mut wanted = vec![RECORD.to_owned()];
    let mut parts = Vec::new();
    for part in &copy.parts {
        let file = content_name(&part.bytes);
        if !fs::read(folder.join(&file)).is_ok_and(|old| *old == *part.bytes) {
            replace(&folder, &file, &part.bytes)?;
        }
        wanted.push(file.clone());
        parts.push(PartRecord {
            url: part.url.clone(),
            validators: part.validators.clone(),
            file,
        });
    }
    let record = Record {
        format: FORMAT,
        source: key.to_owned(),
        confirmed: copy.confirmed,
        parts,
    };
    replace(&folder, RECORD, &serde_json::to_vec_pretty(&record)?)?;
    remove_others(&folder, &wanted);
    Ok(())
}

/// The copy is kept by now: what cannot be removed only takes place.
fn remove_others(folder: &Path, wanted: &[String]) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries {
        if !wanted.iter().any(|name| entry.file_name() == **name) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn replace(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let beside = folder.join(format!("{name}.new"));
    fs::write(&beside, bytes)?;
    fs::rename(&beside, folder.join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "https://example.org/a.md -";

    fn part(address: &str, text: &str) -> GoodPart {
        let url = Url::parse(address).expect("an address");
        let validators = Validators {
            url: url.clone(),
            etag: Some("\"one\"".into()),
            last_modified: None,
        };
        GoodPart {
            url,
            validators,
            bytes: text.as_bytes().into(),
        }
    }

    fn copy(text: &str) -> LastGood {
        LastGood {
            confirmed: "2026-11-24T14:30:00Z".parse().expect("an instant"),
            parts: vec![
                part("https://example.org/a.md", text),
                part("https://example.org/b.md", "beside"),
            ],
        }
    }

    fn files(folder: &Path) -> Vec<PathBuf> {
        let entries = fs::read_dir(folder_of(folder, KEY)).expect("a folder");
        entries
            .map(|entry| entry.expect("an entry").path())
            .collect()
    }

    #[test]
    fn a_copy_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), KEY, &copy("# One")).expect("written");
        assert_eq!(read(folder.path(), KEY), Some(copy("# One")));
        assert_eq!(read(folder.path(), "https://example.org/other -"), None);
    }

    #[test]
    fn a_new_copy_leaves_nothing_of_the_old_one() {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), KEY, &copy("# One")).expect("written");
        write(folder.path(), KEY, &copy("# Two")).expect("written");
        assert_eq!(read(folder.path(), KEY), Some(copy("# Two")));
        assert_eq!(files(folder.path()).len(), 3);
    }

    #[test]
    fn a_damaged_copy_is_none() {
        let folder = tempfile::tempdir().expect("a folder");
        for damage in ["", "{}", "# Another"] {
            write(folder.path(), KEY, &copy("# One")).expect("written");
            for file in files(folder.path()) {
                fs::write(&file, damage).expect("written");
                assert_eq!(read(folder.path(), KEY), None, "{}", file.display());
                write(folder.path(), KEY, &copy("# One")).expect("written");
                assert_eq!(read(folder.path(), KEY), Some(copy("# One")));
                fs::remove_file(&file).expect("removed");
                assert_eq!(read(folder.path(), KEY), None, "{}", file.display());
                write(folder.path(), KEY, &copy("# One")).expect("written");
            }
        }
    }

    #[test]
    fn a_copy_names_no_file_elsewhere() {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), KEY, &copy("# One")).expect("written");
        let record = folder_of(folder.path(), KEY).join(RECORD);
        let text = fs::read_to_string(&record).expect("a record");
        let elsewhere = text.replace(&content_name(b"# One"), "../../secret");
        fs::write(&record, elsewhere).expect("written");
        assert_eq!(read(folder.path(), KEY), None);
    }
}
