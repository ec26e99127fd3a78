//! The commands as a person or a script runs them.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

const GOOD: &str = "name = \"Test Days\"\ntime_zone = \"Europe/Berlin\"\ndays = [2026-10-24]\n\n[[talks]]\ncode = \"T1\"\ntitle = \"One\"\nday = 1\nstart = \"10:00\"\nduration = 30\n";

pub(crate) fn handbill(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_handbill"));
    command
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the program runs")
}

pub(crate) fn folder_with(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a written file");
    }
    folder
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn check_exits_with_0_for_clean_1_for_problems_2_for_unusable() {
    let misspelt = GOOD.replace("duration", "lenght");
    let broken = GOOD.replace("[[talks]]", "[[talks]");
    for (file, code) in [(GOOD, 0), (&*misspelt, 1), (&*broken, 2)] {
        let folder = folder_with(&[("data/test/conference.toml", file)]);
        let output = handbill(folder.path(), &["check", "data"]);
        assert_eq!(output.status.code(), Some(code), "{}", text(&output.stdout));
    }
    let empty = folder_with(&[]);
    assert_eq!(
        handbill(empty.path(), &["check", "data"]).status.code(),
        Some(2)
    );
}

#[test]
fn check_tells_programs_the_same_as_people() {
    let misspelt = GOOD.replace("duration", "lenght");
    let folder = folder_with(&[("conference.toml", &misspelt)]);
    let output = handbill(folder.path(), &["check", ".", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let problem = &report["conferences"][0]["problems"][0];
    assert_eq!(problem["line"], 10);
    assert_eq!(problem["severity"], "error");
    assert!(
        problem["message"]
            .as_str()
            .is_some_and(|message| message.contains("unknown key `lenght`"))
    );
    assert_eq!(report["conferences"][0]["counts"]["talks"], 1);
}

#[test]
fn convert_needs_no_conference_file() {
    let notes = "# Notes\n\n## A talk\n\n<https://pretalx.com/x/talk/ABCDEF/>\n\n> About it.\n\n## END OF DAY 1\n\n## Another\n";
    let folder = folder_with(&[("notes.md", notes)]);
    for (format, start) in [
        ("ics", "BEGIN:VCALENDAR\r\n"),
        ("rss", "<?xml"),
        ("atom", "<?xml"),
        ("json", "{\n"),
        ("frab-xml", "<?xml"),
        ("frab-json", "{\n"),
        ("schedule2", "{\n"),
        ("xcal", "<?xml"),
        ("jcal", "[\"vcalendar\",["),
    ] {
        let arguments = [
            "convert",
            "notes.md",
            "--to",
            format,
            "--time-zone",
            "Europe/Berlin",
            "--first-day",
            "2026-10-24",
        ];
        let output = handbill(folder.path(), &arguments);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let document = text(&output.stdout);
        assert!(document.starts_with(start), "{document}");
        if format == "ics" {
            assert!(
                document.contains("DTSTART;VALUE=DATE:20261024")
                    && document.contains("DTSTART;VALUE=DATE:20261025")
            );
        }
    }
}

#[test]
fn convert_leaves_hours_out_rather_than_read_them_as_utc() {
    let notes = "# Notes\n\n## A talk 11:00-11:30\n\n> About it.\n\n## END OF DAY 1\n\n## Another\n\n> Too.\n";
    let folder = folder_with(&[("notes.md", notes)]);
    let arguments = [
        "convert",
        "notes.md",
        "--to",
        "ics",
        "--first-day",
        "2026-10-24",
    ];
    let output = handbill(folder.path(), &arguments);
    let (calendar, said) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{said}");
    assert!(
        said.contains("notes.md:3: error: 1 time is left out"),
        "{said}"
    );
    assert!(
        calendar.contains("DTSTART;VALUE=DATE:20261024\r\n"),
        "{calendar}"
    );
    assert!(!calendar.contains("T110000"), "{calendar}");
}

#[test]
fn convert_says_how_many_talks_a_format_has_no_place_for() {
    let notes = "# Notes\n\n## A talk\n\n> About it.\n\n## END OF DAY 1\n\n## Another\n\n> Too.\n";
    let folder = folder_with(&[("notes.md", notes)]);
    let convert = |to: &str| {
        let output = handbill(folder.path(), &["convert", "notes.md", "--to", to]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stderr)
    };
    let calendar = convert("ics");
    assert!(
        calendar.contains("notes.md: 2 talks without a known day are left out, ics has no place for them; --first-day"),
        "{calendar}"
    );
    let xml = convert("frab-xml");
    assert!(
        xml.contains("notes.md: 2 talks without a known hour are left out, frab-xml"),
        "{xml}"
    );
    assert!(!convert("rss").contains("left out, rss"));
}

#[test]
fn convert_writes_to_a_file_and_names_an_unknown_zone() {
    let folder = folder_with(&[("conference.toml", GOOD)]);
    let output = handbill(
        folder.path(),
        &[
            "convert",
            "conference.toml",
            "--to",
            "ics",
            "--out",
            "x.ics",
        ],
    );
    assert!(output.status.success() && output.stdout.is_empty());
    assert!(
        fs::read(folder.path().join("x.ics"))
            .expect("the file")
            .starts_with(b"BEGIN:VCALENDAR")
    );
    let output = handbill(
        folder.path(),
        &[
            "convert",
            "conference.toml",
            "--to",
            "ics",
            "--time-zone",
            "Mars/Base",
        ],
    );
    assert!(!output.status.success() && text(&output.stderr).contains("Europe/Berlin"));
}

#[test]
fn convert_calls_a_conference_after_its_whole_folder_as_build_does() {
    let folder = folder_with(&[("days.2027/conference.toml", GOOD)]);
    let arguments = ["convert", "days.2027/conference.toml", "--to", "ics"];
    let calendar = text(&handbill(folder.path(), &arguments).stdout);
    assert!(
        handbill(folder.path(), &["build", "days.2027"])
            .status
            .success()
    );
    let built = folder.path().join("feeds/days-2027/schedule.ics");
    assert_eq!(calendar, fs::read_to_string(built).expect("a calendar"));
}

#[test]
fn build_keeps_the_last_good_files_when_the_data_are_broken() {
    let folder = folder_with(&[("data/test/conference.toml", GOOD)]);
    assert!(handbill(folder.path(), &["build", "data"]).status.success());
    let calendar = folder.path().join("feeds/test/schedule.ics");
    let before = fs::read(&calendar).expect("a calendar");
    fs::write(folder.path().join("data/test/conference.toml"), "name = ").expect("a written file");
    let output = handbill(folder.path(), &["build", "data"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains("conference.toml:1:"),
        "{}",
        text(&output.stderr)
    );
    assert_eq!(fs::read(&calendar).expect("a calendar"), before);
}

#[test]
fn build_does_not_drop_a_talk_for_a_typing_mistake() {
    let folder = folder_with(&[("data/test/conference.toml", GOOD)]);
    assert!(handbill(folder.path(), &["build", "data"]).status.success());
    let misspelt = GOOD.replace("title", "titel");
    fs::write(folder.path().join("data/test/conference.toml"), misspelt).expect("a written file");
    let output = handbill(folder.path(), &["build", "data"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains("did you mean `title`?"),
        "{}",
        text(&output.stderr)
    );
    let calendar =
        fs::read_to_string(folder.path().join("feeds/test/schedule.ics")).expect("a calendar");
    assert!(calendar.contains("SUMMARY:One\r\n"), "{calendar}");
}

#[test]
fn build_raises_the_sequence_of_a_moved_talk() {
    let folder = folder_with(&[("data/test/conference.toml", GOOD)]);
    assert!(handbill(folder.path(), &["build", "data"]).status.success());
    let moved = GOOD.replace("10:00", "11:00");
    fs::write(folder.path().join("data/test/conference.toml"), moved).expect("a written file");
    assert!(handbill(folder.path(), &["build", "data"]).status.success());
    let calendar =
        fs::read_to_string(folder.path().join("feeds/test/schedule.ics")).expect("a calendar");
    assert!(
        calendar.contains("SEQUENCE:1\r\n") && calendar.contains("T110000"),
        "{calendar}"
    );
}

#[test]
fn completions_are_written_for_a_shell() {
    let folder = folder_with(&[]);
    let output = handbill(folder.path(), &["completions", "bash"]);
    assert!(output.status.success() && text(&output.stdout).contains("_handbill"));
}

/// A running `handbill serve`; it is stopped when dropped.
pub(crate) struct Served {
    process: Child,
    address: String,
}

impl Served {
    pub(crate) fn start(folder: &Path) -> Self {
        Self::start_with(folder, &["serve", "data", "--listen", "127.0.0.1:0"], &[])
    }

    /// A server whose log is `handbill.log` in the folder.
    pub(crate) fn start_with(
        folder: &Path,
        arguments: &[&str],
        variables: &[(&str, &str)],
    ) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_handbill"));
        command.args(arguments).envs(variables.iter().copied());
        Self::start_command(folder, command)
    }

    /// A server whose files may not become larger than that many blocks of 512 bytes.
    pub(crate) fn start_limited(folder: &Path, blocks: u32) -> Self {
        let mut command = Command::new("sh");
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
        command.args(["-c", &script, "sh", env!("CARGO_BIN_EXE_handbill")]);
        command.args(["serve", "data", "--listen", "127.0.0.1:0"]);
        Self::start_command(folder, command)
    }

    pub(crate) fn start_command(folder: &Path, mut command: Command) -> Self {
        let mut log = fs::File::options();
        let log = log.create(true).append(true);
        let log = log.open(folder.join("handbill.log")).expect("a log");
        let mut process = command
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("the program runs");
        let mut lines = BufReader::new(process.stdout.take().expect("its output")).lines();
        let line = lines.next().expect("a line").expect("a line of text");
        let (_, address) = line.split_once("http://").expect("the address is printed");
        let address = address.trim_end_matches('/').to_owned();
        Self { process, address }
    }

    /// Stops it as an operator does, and waits until it has ended.
    pub(crate) fn stop(mut self) {
        let id = self.process.id().to_string();
        let told = Command::new("kill").args(["-TERM", &id]).status();
        assert!(told.expect("kill runs").success());
        let ended = self.process.wait().expect("an end");
        assert!(ended.success(), "{ended}");
    }

    pub(crate) fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: anything\r\nConnection: close\r\n\r\n"
        )
        .expect("a sent request");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        text(&answer)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn serve_answers_on_a_free_port_that_it_prints() {
    let folder = folder_with(&[("data/test/conference.toml", GOOD)]);
    let served = Served::start(folder.path());
    let answer = served.get("/test/schedule.ics");
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains("SUMMARY:One\r\n"), "{answer}");
    let source = format!(
        "SOURCE;VALUE=URI:http://{}/test/schedule.ics\r\n",
        served.address
    );
    assert!(answer.replace("\r\n ", "").contains(&source), "{answer}");
}

#[test]
fn serve_is_told_the_same_by_variables_as_by_flags() {
    let folder = folder_with(&[("elsewhere/test/conference.toml", GOOD)]);
    let variables = [
        ("HANDBILL_DATA", "elsewhere"),
        ("HANDBILL_LISTEN", "127.0.0.1:0"),
        ("HANDBILL_BASE_URL", "https://feeds.example.org/programme/"),
        ("HANDBILL_STATE", "memory"),
        ("HANDBILL_WORKERS", "1"),
    ];
    let served = Served::start_with(folder.path(), &[], &variables);
    let answer = served.get("/test/schedule.ics").replace("\r\n ", "");
    let source = "SOURCE;VALUE=URI:https://feeds.example.org/programme/test/schedule.ics\r\n";
    assert!(answer.contains(source), "{answer}");
    assert!(folder.path().join("memory/ledger.sqlite").is_file());
}
