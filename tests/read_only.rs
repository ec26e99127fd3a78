//! `handbill serve` where its state folder may not be written.

use crate::command_line::{Served, folder_with};
use crate::conference::BERLIN;
use crate::source_commands::{body, wait_until};
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A user with no rights of its own. Permissions bind everybody but the superuser.
const NOBODY: u32 = 65534;

/// A folder with data and a state folder; a server in it runs as nobody where the test runs as the
/// superuser.
struct Place {
    folder: tempfile::TempDir,
    program: PathBuf,
    is_superuser: bool,
}

impl Place {
    fn new() -> Self {
        let folder = folder_with(&[("data/conference.toml", &programme(10))]);
        let program = folder.path().join("handbill");
        // Where this program was built nobody else may be allowed to look.
        fs::copy(env!("CARGO_BIN_EXE_handbill"), &program).expect("a copy");
        let state = folder.path().join("state");
        fs::create_dir(&state).expect("a folder");
        allow(folder.path(), 0o755);
        let owner = state.metadata().expect("the folder").uid();
        let is_superuser = owner == 0;
        if is_superuser {
            chown(&state, Some(NOBODY), Some(NOBODY)).expect("given away");
        }
        Self {
            folder,
            program,
            is_superuser,
        }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn state(&self) -> PathBuf {
        self.path().join("state")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(arguments).current_dir(self.path());
        if self.is_superuser {
            command.uid(NOBODY).gid(NOBODY);
        }
        command
    }

    fn serve(&self) -> Served {
        let arguments = [
            "serve",
            "data",
            "--listen",
            "127.0.0.1:0",
            "--state",
            "state",
        ];
        Served::start_command(self.path(), self.command(&arguments))
    }

    fn log(&self) -> String {
        fs::read_to_string(self.path().join("handbill.log")).expect("a log")
    }

    fn move_to(&self, hour: u32) {
        let beside = self.path().join("conference.new");
        fs::write(&beside, programme(hour)).expect("a written file");
        fs::rename(&beside, self.path().join("data/conference.toml")).expect("a replaced file");
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        allow(&self.state(), 0o755);
    }
}

fn programme(hour: u32) -> String {
    format!(
        "{BERLIN}\n[[talks]]\ncode = \"FIRST1\"\ntitle = \"First\"\nstart = 2026-10-24T{hour}:00:00\nduration = 45\n"
    )
}

fn allow(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("permissions");
}

/// What is said of a ledger that cannot be used, wherever it is said.
const REMEDY: &str = "the ledger state/ledger.sqlite; check that its folder is writable, that the disk is not full, and that the file is a ledger, or name another folder with --state";

#[test]
fn a_new_state_folder_that_may_not_be_written_is_named_and_the_data_are_served() {
    let place = Place::new();
    allow(&place.state(), 0o555);
    let served = place.serve();
    let expected = format!(
        "what is published is not recorded, so sequence numbers may fall at the next start; mend this and restart: cannot open {REMEDY}"
    );
    let ready = served.get("/readyz");
    assert!(ready.contains("\"status\":\"stale\""), "{ready}");
    assert!(ready.contains(&expected), "{ready}");
    assert!(place.log().contains(&expected), "{}", place.log());
    assert!(body(&served.get("/test/schedule.ics")).contains("SUMMARY:First\r\n"));
}

/// Serves from a ledger that may not be written, and from the same once it may.
fn the_last_edition_stays_up_until_it_may_be_written(place: &Place, forbid: &[(&str, u32)]) {
    for (file, mode) in forbid {
        allow(&place.path().join(file), *mode);
    }
    let served = place.serve();
    let expected = format!("nothing new can be published: cannot write {REMEDY}");
    let ready = served.get("/readyz");
    assert!(ready.contains("\"status\":\"stale\""), "{ready}");
    assert!(ready.contains(&expected), "{ready}");
    assert!(place.log().contains(&expected), "{}", place.log());
    place.move_to(11);
    wait_until("the refusal is told", || {
        let log = place.log();
        log.contains("what was published before stays up; this is tried again")
    });
    let calendar = served.get("/test/schedule.ics");
    assert!(body(&calendar).contains("T100000"), "the last good edition");
    assert!(served.get("/readyz").contains("\"edition\":1}"));
    for (file, _) in forbid.iter().rev() {
        allow(&place.path().join(file), 0o755);
    }
    wait_until("it goes on", || {
        let ready = served.get("/readyz");
        ready.contains("\"status\":\"ready\"") && ready.contains("\"edition\":2}")
    });
    assert!(body(&served.get("/test/schedule.ics")).contains("T110000"));
    assert!(place.log().contains("what was amiss is mended"));
}

#[test]
fn a_ledger_in_a_folder_that_may_not_be_written_is_served_until_it_may_be() {
    let place = Place::new();
    drop(place.serve());
    // The last to close a ledger leaves one file.
    let list = ["editions", "list", "--state", "state"];
    assert!(place.command(&list).status().expect("it runs").success());
    assert!(!place.state().join("ledger.sqlite-wal").exists());
    the_last_edition_stays_up_until_it_may_be_written(&place, &[("state", 0o555)]);
}

#[test]
fn a_ledger_file_that_may_not_be_written_is_served_until_it_may_be() {
    let place = Place::new();
    drop(place.serve());
    let files = ["ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm"];
    let forbid = files.map(|file| (format!("state/{file}"), 0o444));
    let forbid: Vec<(&str, u32)> = forbid.iter().map(|(file, mode)| (&**file, *mode)).collect();
    let forbid = [&forbid[..], &[("state", 0o555)]].concat();
    the_last_edition_stays_up_until_it_may_be_written(&place, &forbid);
}
