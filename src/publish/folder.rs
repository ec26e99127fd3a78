//! A catalogue as files in a folder, for a web server that serves files.
//!
//! The folder may be somebody's web root, so the rules are those of a guest: replace a file whole or
//! not at all, leave files alone that did not change, remove only what handbill wrote, never touch
//! what a person put there or edited, follow no symbolic link. What handbill wrote stands in
//! `.handbill/files.json`, with a hash of each file.
//!
//! Everything is checked before anything is written. The list is written before the files are, with
//! what is about to be written, so a run that was interrupted is repaired by the next.
//!
//! # Not supported
//!
//! Power cuts: files are not flushed to the disk one by one, which would take minutes for a large
//! conference. A file that a power cut left empty is replaced by the next run.

use super::{Catalogue, RenderFailure};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

mod list;

use list::List;

/// Where the list of written files and the file being written are kept.
const OWN_FOLDER: &str = ".handbill";

/// What writing a folder did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// Files written, new or replaced.
    pub written: usize,
    /// Files that were already right. They are not touched.
    pub unchanged: usize,
    /// Files of earlier catalogues removed.
    pub removed: usize,
    /// Files of earlier catalogues that a person has changed: they stay, and are no longer handbill's.
    pub kept: Vec<PathBuf>,
}

/// Why a folder could not be written.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The file system refused.
    #[error("cannot {action} {}; check that the folder is writable and has room, or choose another one", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// Somebody else's file is where a document belongs.
    #[error("{} is not a file that handbill wrote; move it away, or choose another folder", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// A person has edited a document.
    #[error("{} has been changed since handbill wrote it; change the data instead, and delete this file to have it written anew", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// A symbolic link is in the way; what it leads to may be anywhere.
    #[error("{} is a symbolic link, which handbill does not follow; replace it by a folder, or choose another one", path.display())]
    Link {
        /// The link.
        path: PathBuf,
    },
    /// The list of written files cannot be understood.
    #[error("the list of written files {} is damaged; restore it, or delete it together with the files that handbill wrote", path.display())]
    Damaged {
        /// The list.
        path: PathBuf,
        /// What was wrong.
        #[source]
        source: serde_json::Error,
    },
    /// A document's path leads out of the folder.
    #[error(
        "the path {path:?} cannot be a file below a folder; this is a fault of handbill, please report it"
    )]
    Path {
        /// The path.
        path: String,
    },
    /// A document could not be rendered. Nothing has been written.
    #[error(transparent)]
    Render(#[from] RenderFailure),
}

/// Whether a folder holds old editions, too: all of their documents, at `editions/3/…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OldEditions {
    /// It does.
    Written,
    /// It holds the newest editions only.
    LeftOut,
}

/// What is to be done with one file.
enum Step {
    Write,
    Leave,
}

/// Writes a catalogue's documents as files below `folder`, and removes those of earlier catalogues.
/// `progress` is told how many of how many of the newest editions' are rendered.
///
/// # Errors
///
/// When a document cannot be rendered or something is in the way: then nothing has been written.
/// When the file system refuses: then calling it again repairs.
pub fn write(
    folder: &Path,
    catalogue: &Catalogue,
    old_editions: OldEditions,
    progress: impl Fn(usize, usize),
) -> Result<Written, FolderError> {
    let newest = catalogue.documents().enumerate();
    let newest = newest.map(|(done, (path, document))| {
        progress(done, catalogue.len());
        (path.to_owned(), document)
    });
    let old = (old_editions == OldEditions::Written).then(|| catalogue.old_documents());
    let old = old.into_iter().flatten();
    let documents: Result<Vec<_>, RenderFailure> = newest
        .chain(old)
        .map(|(path, document)| Ok((path, document?.bytes)))
        .collect();
    write_documents(folder, documents?)
}

fn write_documents(
    folder: &Path,
    documents: impl IntoIterator<Item = (impl Into<String>, Vec<u8>)>,
) -> Result<Written, FolderError> {
    let documents = documents.into_iter();
    let documents: BTreeMap<String, Vec<u8>> = documents
        .map(|(path, bytes)| (path.into(), bytes))
        .collect();
    fs::create_dir_all(folder).map_err(failed("make the folder", folder))?;
    // The folder itself may be reached through a link: that is the caller's choice.
    let root = fs::canonicalize(folder).map_err(failed("open the folder", folder))?;
    let mut list = List::read(&root)?;
    let mut written = Written::default();

    let mut to_write = Vec::new();
    for (path, bytes) in &documents {
        let file = inside(&root, path)?;
        let hash = blake3::hash(bytes).to_hex().to_string();
        match check(&root, &file, path, &hash, &list)? {
            Step::Write => to_write.push((path, file, bytes, hash)),
            Step::Leave => {
                list.files.insert(path.clone(), BTreeSet::from([hash]));
                written.unchanged += 1;
            }
        }
    }
    let stale = list
        .files
        .keys()
        .filter(|path| !documents.contains_key(path.as_str()));
    let stale: Vec<String> = stale.cloned().collect();

    for (path, _, _, hash) in &to_write {
        list.files
            .entry((*path).clone())
            .or_default()
            .insert(hash.clone());
        list.folders.extend(new_folders(&root, path));
    }
    list.write(&root)?;
    for (_, file, bytes, _) in &to_write {
        replace(&root, file, bytes)?;
        written.written += 1;
    }
    for path in stale {
        let file = inside(&root, &path)?;
        match remove(&root, &file, list.files.get(&path))? {
            Removal::Removed => written.removed += 1,
            Removal::Kept => written.kept.push(file),
            Removal::Gone => {}
        }
        list.files.remove(&path);
    }
    for (path, _, _, hash) in to_write {
        list.files.insert(path.clone(), BTreeSet::from([hash]));
    }
    remove_emptied(&root, &mut list);
    list.write(&root)?;
    Ok(written)
}

/// The file of a document's path; refuses paths that are absolute, lead upwards or into handbill's
/// own folder.
fn inside(root: &Path, path: &str) -> Result<PathBuf, FolderError> {
    let mut parts = Path::new(path).components().peekable();
    let is_own = parts.peek() == Some(&Component::Normal(OWN_FOLDER.as_ref()));
    let is_plain = parts.peek().is_some() && parts.all(|part| matches!(part, Component::Normal(_)));
    if is_own || !is_plain || path.ends_with('/') || path.contains(['\0', '\\']) {
        let path = path.to_owned();
        return Err(FolderError::Path { path });
    }
    Ok(root.join(path))
}

fn check(
    root: &Path,
    file: &Path,
    path: &str,
    hash: &str,
    list: &List,
) -> Result<Step, FolderError> {
    for folder in folders(root, file) {
        match kind(&folder)? {
            None | Some(Kind::Folder) => {}
            Some(Kind::Link) => return Err(FolderError::Link { path: folder }),
            Some(Kind::File | Kind::Other) => return Err(FolderError::Foreign { path: folder }),
        }
    }
    let path_on_disk = file.to_owned();
    match kind(file)? {
        None => Ok(Step::Write),
        Some(Kind::Link) => Err(FolderError::Link { path: path_on_disk }),
        Some(Kind::Folder | Kind::Other) => Err(FolderError::Foreign { path: path_on_disk }),
        Some(Kind::File) => {
            let bytes = fs::read(file).map_err(failed("read", file))?;
            let found = blake3::hash(&bytes).to_hex().to_string();
            match list.files.get(path) {
                _ if found == hash => Ok(Step::Leave),
                Some(hashes) if hashes.contains(&found) || bytes.is_empty() => Ok(Step::Write),
                Some(_) => Err(FolderError::Changed { path: path_on_disk }),
                None => Err(FolderError::Foreign { path: path_on_disk }),
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
    Link,
    Other,
}

/// What is at a path, `None` for nothing. Does not follow a link.
fn kind(path: &Path) -> Result<Option<Kind>, FolderError> {
    match fs::symlink_metadata(path) {
        Ok(data) if data.is_symlink() => Ok(Some(Kind::Link)),
        Ok(data) if data.is_dir() => Ok(Some(Kind::Folder)),
        Ok(data) if data.is_file() => Ok(Some(Kind::File)),
        Ok(_) => Ok(Some(Kind::Other)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(source) => Err(failed("look at", path)(source)),
    }
}

/// The folders between the root and a file, the outermost first.
fn folders(root: &Path, file: &Path) -> Vec<PathBuf> {
    let ancestors = file
        .ancestors()
        .skip(1)
        .take_while(|folder| *folder != root);
    let mut folders: Vec<PathBuf> = ancestors.map(Path::to_owned).collect();
    folders.reverse();
    folders
}

/// Those folders of a document's path that do not exist yet, relative to the root.
fn new_folders(root: &Path, path: &str) -> Vec<String> {
    let ancestors = Path::new(path).ancestors().skip(1);
    ancestors
        .filter(|folder| !folder.as_os_str().is_empty() && !root.join(folder).exists())
        .filter_map(|folder| folder.to_str().map(str::to_owned))
        .collect()
}

/// Puts a file in place whole: whoever reads it sees the old content or the new.
///
/// The new content is written in handbill's own folder, on the same file system, so that a web
/// server never shows it half-written and an interrupted run leaves nothing beside the documents.
fn replace(root: &Path, file: &Path, bytes: &[u8]) -> Result<(), FolderError> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(failed("make the folder", folder))?;
    }
    let incoming = root.join(OWN_FOLDER).join("incoming");
    fs::write(&incoming, bytes).map_err(failed("write", &incoming))?;
    fs::rename(&incoming, file).map_err(failed("write", file))
}

enum Removal {
    Removed,
    Kept,
    Gone,
}

fn remove(
    root: &Path,
    file: &Path,
    hashes: Option<&BTreeSet<String>>,
) -> Result<Removal, FolderError> {
    for folder in folders(root, file) {
        if kind(&folder)? != Some(Kind::Folder) {
            return Ok(Removal::Gone);
        }
    }
    match kind(file)? {
        None => return Ok(Removal::Gone),
        Some(Kind::File) => {}
        Some(_) => return Ok(Removal::Kept),
    }
    let bytes = fs::read(file).map_err(failed("read", file))?;
    let found = blake3::hash(&bytes).to_hex();
    if hashes.is_some_and(|hashes| hashes.contains(found.as_str())) {
        fs::remove_file(file).map_err(failed("remove", file))?;
        return Ok(Removal::Removed);
    }
    Ok(Removal::Kept)
}

/// Removes the folders that handbill made and that hold nothing any more, the innermost first.
fn remove_emptied(root: &Path, list: &mut List) {
    let made: Vec<String> = list.folders.iter().rev().cloned().collect();
    for folder in made {
        let is_there = inside(root, &folder).is_ok_and(|path| {
            let mut folders = folders(root, &path.join("file")).into_iter();
            folders.all(|folder| matches!(kind(&folder), Ok(Some(Kind::Folder))))
        });
        // Removal fails for a folder that is not empty, which is the question.
        if !is_there || fs::remove_dir(root.join(&folder)).is_ok() {
            list.folders.remove(&folder);
        }
    }
}

fn failed(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> FolderError {
    let path = path.to_owned();
    move |source| FolderError::Io {
        action,
        path,
        source,
    }
}

#[cfg(test)]
mod tests;
