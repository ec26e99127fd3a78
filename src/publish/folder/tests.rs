use super::*;
use std::os::unix::fs::symlink;
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn put(folder: &TempDir, documents: &[(&'static str, &str)]) -> Result<Written, FolderError> {
    let documents = documents
        .iter()
        .map(|(path, text)| (*path, text.as_bytes().to_vec()));
    write_documents(folder.path(), documents)
}

#[track_caller]
fn check_counts(result: Result<Written, FolderError>, expected: (usize, usize, usize)) {
    let written = result.expect("written");
    assert_eq!(
        (written.written, written.unchanged, written.removed),
        expected
    );
}

fn read(folder: &TempDir, path: &str) -> Option<String> {
    fs::read_to_string(folder.path().join(path)).ok()
}

fn edit(folder: &TempDir, path: &str, text: &str) {
    let path = folder.path().join(path);
    fs::create_dir_all(path.parent().expect("a parent")).expect("made");
    fs::write(path, text).expect("written");
}

#[test]
fn documents_become_files_and_unchanged_ones_are_not_touched() {
    let folder = folder();
    check_counts(
        put(&folder, &[("a/b/c.ics", "one"), ("index.html", "two")]),
        (2, 0, 0),
    );
    assert_eq!(read(&folder, "a/b/c.ics").as_deref(), Some("one"));

    let old = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1);
    for path in ["a/b/c.ics", ".handbill/files.json"] {
        let file = fs::File::options()
            .write(true)
            .open(folder.path().join(path))
            .expect("opened");
        file.set_modified(old).expect("an old date");
    }
    check_counts(
        put(&folder, &[("a/b/c.ics", "one"), ("index.html", "two")]),
        (0, 2, 0),
    );
    for path in ["a/b/c.ics", ".handbill/files.json"] {
        let data = fs::metadata(folder.path().join(path)).expect("a file");
        assert_eq!(data.modified().expect("a date"), old, "{path}");
    }

    check_counts(
        put(&folder, &[("a/b/c.ics", "one"), ("index.html", "new")]),
        (1, 1, 0),
    );
    assert_eq!(read(&folder, "index.html").as_deref(), Some("new"));
    assert!(!folder.path().join(".handbill/incoming").exists());
}

#[test]
fn stale_files_go_with_the_folders_that_were_made_for_them() {
    let folder = folder();
    fs::create_dir(folder.path().join("mine")).expect("made");
    check_counts(
        put(&folder, &[("a/b/c", "1"), ("a/d", "2"), ("mine/e", "3")]),
        (3, 0, 0),
    );
    check_counts(put(&folder, &[("a/d", "2")]), (0, 1, 2));
    assert!(!folder.path().join("a/b").exists());
    assert!(folder.path().join("a/d").exists());
    assert!(
        folder.path().join("mine").exists(),
        "a person made this folder"
    );
    check_counts(put(&folder, &[]), (0, 0, 1));
    assert!(!folder.path().join("a").exists());
}

#[test]
fn what_a_person_put_there_is_never_removed() {
    let folder = folder();
    check_counts(put(&folder, &[("a/b", "1")]), (1, 0, 0));
    edit(&folder, "a/own.txt", "mine");
    edit(&folder, "CNAME", "example.org");
    check_counts(put(&folder, &[]), (0, 0, 1));
    assert_eq!(read(&folder, "a/own.txt").as_deref(), Some("mine"));
    assert_eq!(read(&folder, "CNAME").as_deref(), Some("example.org"));
}

#[test]
fn a_strange_file_in_the_way_stops_everything_before_anything_is_written() {
    let folder = folder();
    edit(&folder, "z.ics", "mine");
    let error = put(&folder, &[("a.ics", "1"), ("z.ics", "2")]).expect_err("in the way");
    assert!(
        matches!(&error, FolderError::Foreign { path } if path.ends_with("z.ics")),
        "{error}"
    );
    assert_eq!(read(&folder, "z.ics").as_deref(), Some("mine"));
    assert_eq!(read(&folder, "a.ics"), None);

    edit(&folder, "z.ics", "2");
    check_counts(put(&folder, &[("a.ics", "1"), ("z.ics", "2")]), (1, 1, 0));
}

#[test]
fn a_file_that_a_person_changed_is_neither_overwritten_nor_removed() {
    let folder = folder();
    check_counts(put(&folder, &[("a.ics", "1"), ("b.ics", "1")]), (2, 0, 0));
    edit(&folder, "a.ics", "edited");
    let error = put(&folder, &[("a.ics", "2"), ("b.ics", "2")]).expect_err("changed");
    assert!(
        matches!(&error, FolderError::Changed { path } if path.ends_with("a.ics")),
        "{error}"
    );
    assert_eq!(read(&folder, "b.ics").as_deref(), Some("1"));

    let written = put(&folder, &[("b.ics", "2")]).expect("written");
    assert_eq!(written.removed, 0);
    assert_eq!(written.kept.len(), 1);
    assert_eq!(read(&folder, "a.ics").as_deref(), Some("edited"));
}

#[test]
fn a_folder_or_a_file_of_the_wrong_kind_is_reported() {
    let folder = folder();
    fs::create_dir(folder.path().join("a.ics")).expect("made");
    edit(&folder, "b", "a file");
    for path in ["a.ics", "b/c.ics"] {
        let error = put(&folder, &[(path, "1")]).expect_err("in the way");
        assert!(
            matches!(error, FolderError::Foreign { .. }),
            "{path}: {error}"
        );
    }
}

#[test]
fn no_link_is_followed_out_of_the_folder() {
    let (folder, outside) = (folder(), folder());
    edit(&outside, "file", "theirs");
    symlink(outside.path(), folder.path().join("a")).expect("a link");
    symlink(outside.path().join("file"), folder.path().join("b.ics")).expect("a link");
    symlink(outside.path().join("nowhere"), folder.path().join("c.ics")).expect("a link");
    for path in ["a/file", "a/new", "b.ics", "c.ics"] {
        let error = put(&folder, &[(path, "1")]).expect_err("a link");
        assert!(matches!(error, FolderError::Link { .. }), "{path}: {error}");
    }
    assert_eq!(read(&outside, "file").as_deref(), Some("theirs"));
    assert!(!outside.path().join("new").exists());
}

#[test]
fn a_stale_file_behind_a_link_is_not_removed() {
    let (folder, outside) = (folder(), folder());
    check_counts(put(&folder, &[("a/b", "1")]), (1, 0, 0));
    fs::rename(folder.path().join("a"), outside.path().join("a")).expect("moved");
    symlink(outside.path().join("a"), folder.path().join("a")).expect("a link");
    check_counts(put(&folder, &[]), (0, 0, 0));
    assert_eq!(read(&outside, "a/b").as_deref(), Some("1"));
}

#[test]
fn the_own_folder_as_a_link_is_refused() {
    let (folder, outside) = (folder(), folder());
    symlink(outside.path(), folder.path().join(".handbill")).expect("a link");
    let error = put(&folder, &[("a", "1")]).expect_err("a link");
    assert!(matches!(error, FolderError::Link { .. }), "{error}");
}

#[test]
fn paths_that_lead_out_are_refused() {
    let folder = folder();
    for path in [
        "../a",
        "/etc/a",
        "a/../../b",
        ".handbill/files.json",
        "",
        "a/",
        "a\0b",
        ".",
    ] {
        let error = put(&folder, &[(path, "1")]).expect_err("leads out");
        assert!(matches!(error, FolderError::Path { .. }), "{path}: {error}");
    }
}

#[test]
fn an_interrupted_run_is_repaired_by_the_next() {
    let folder = folder();
    check_counts(
        put(&folder, &[("a", "1"), ("b", "1"), ("c", "1")]),
        (3, 0, 0),
    );
    // As after a kill: the list knows the old and the intended content, one file is replaced, one
    // is new, and the content on its way lies about.
    let mut list = List::read(folder.path()).expect("a list");
    for path in ["a", "b", "new/d"] {
        let intended = blake3::hash(b"2").to_hex().to_string();
        list.files.entry(path.into()).or_default().insert(intended);
    }
    list.folders.insert("new".into());
    list.write(folder.path()).expect("written");
    edit(&folder, "a", "2");
    edit(&folder, "new/d", "2");
    edit(&folder, ".handbill/incoming", "hal");

    check_counts(
        put(&folder, &[("a", "3"), ("b", "3"), ("c", "1")]),
        (2, 1, 1),
    );
    assert_eq!(read(&folder, "a").as_deref(), Some("3"));
    assert!(!folder.path().join("new").exists());
    let list = List::read(folder.path()).expect("a list");
    assert!(
        list.files.values().all(|hashes| hashes.len() == 1),
        "{list:?}"
    );
}

#[test]
fn a_damaged_list_is_reported_and_nothing_is_written() {
    let folder = folder();
    edit(&folder, ".handbill/files.json", "{");
    let error = put(&folder, &[("a", "1")]).expect_err("damaged");
    assert!(matches!(error, FolderError::Damaged { .. }), "{error}");
    assert_eq!(read(&folder, "a"), None);
}

#[test]
fn a_path_in_the_list_that_leads_out_removes_nothing() {
    let (folder, outside) = (folder(), folder());
    edit(&outside, "file", "x");
    let path = format!(
        "../{}/file",
        outside
            .path()
            .file_name()
            .and_then(|name| name.to_str())
            .expect("a name")
    );
    let hash = blake3::hash(b"x").to_hex();
    edit(
        &folder,
        ".handbill/files.json",
        &format!(r#"{{"files":{{"{path}":["{hash}"]}},"folders":[]}}"#),
    );
    let error = put(&folder, &[("a", "1")]).expect_err("leads out");
    assert!(matches!(error, FolderError::Path { .. }), "{error}");
    assert_eq!(read(&outside, "file").as_deref(), Some("x"));
}

#[test]
fn a_folder_in_the_list_that_leads_out_is_not_removed() {
    let (folder, outside) = (folder(), folder());
    let name = outside
        .path()
        .file_name()
        .and_then(|name| name.to_str())
        .expect("a name");
    edit(
        &folder,
        ".handbill/files.json",
        &format!(r#"{{"files":{{}},"folders":["../{name}"]}}"#),
    );
    check_counts(put(&folder, &[("a", "1")]), (1, 0, 0));
    assert!(outside.path().exists());
}

#[test]
fn a_catalogue_is_written_whole_and_the_second_time_not_at_all() {
    let folder = folder();
    let catalogue = crate::publish::fixture::catalogue();
    let written =
        write(folder.path(), &catalogue, OldEditions::LeftOut, |_, _| ()).expect("written");
    assert_eq!(written.written, catalogue.len());
    let written =
        write(folder.path(), &catalogue, OldEditions::LeftOut, |_, _| ()).expect("written");
    assert_eq!((written.written, written.unchanged), (0, catalogue.len()));
    for (path, document) in catalogue.documents() {
        let bytes = fs::read(folder.path().join(path)).expect("a file");
        assert_eq!(bytes, document.expect("rendered").bytes, "{path}");
    }
}
