use super::{FolderError, OWN_FOLDER, failed};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// What handbill wrote into a folder.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct List {
    /// The BLAKE3 hashes that each file may have: one, or two while a run is under way.
    pub(super) files: BTreeMap<String, BTreeSet<String>>,
    /// The folders that it made.
    pub(super) folders: BTreeSet<String>,
}

impl List {
    /// The list of a folder; an empty one where there is none.
    pub(super) fn read(root: &Path) -> Result<Self, FolderError> {
        let path = path(root);
        match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map_err(|source| FolderError::Damaged { path, source }),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(source) => Err(failed("read", &path)(source)),
        }
    }

    /// Replaces the list, unless nothing has changed.
    pub(super) fn write(&self, root: &Path) -> Result<(), FolderError> {
        let (folder, path) = (root.join(OWN_FOLDER), path(root));
        let mut bytes = serde_json::to_vec_pretty(self).map_err(|source| FolderError::Damaged {
            path: path.clone(),
            source,
        })?;
        bytes.push(b'\n');
        if fs::read(&path).is_ok_and(|old| old == bytes) {
            return Ok(());
        }
        if fs::symlink_metadata(&folder).is_ok_and(|data| data.is_symlink()) {
            return Err(FolderError::Link { path: folder });
        }
        fs::create_dir_all(&folder).map_err(failed("make the folder", &folder))?;
        let beside = folder.join("files.json.new");
        fs::write(&beside, bytes).map_err(failed("write", &beside))?;
        fs::rename(&beside, &path).map_err(failed("write", &path))
    }
}

fn path(root: &Path) -> PathBuf {
    root.join(OWN_FOLDER).join("files.json")
}
