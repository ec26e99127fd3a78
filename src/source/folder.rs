//! A conference's folder: `conference.toml` and the files that it names.

use super::conference_file::{self, SourceRef};
use super::{Clock, DayRef, Draft, Place, Problem, Reading, SOURCES, Source, assemble, merge};
use crate::model::Conference;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The file that makes a folder a conference's.
pub const CONFERENCE_FILE: &str = "conference.toml";

/// The largest source that is read, in bytes: a hundred times the largest known schedule.
const LARGEST_SOURCE: u64 = 256 << 20;

/// What was read from a conference's folder.
#[derive(Debug)]
pub struct Loaded {
    /// The folder.
    pub folder: PathBuf,
    /// The conference; `None` when the folder is unusable.
    pub conference: Option<Conference>,
    /// Everything that a person should know, in the order of the files.
    pub problems: Vec<Problem>,
    /// What was found in each source: its name, and counts such as ("talks", 18).
    pub counts: Vec<(String, Vec<(&'static str, usize)>)>,
}

/// Reads `data`: one conference's folder, or a folder of such folders, sorted by name.
///
/// # Errors
///
/// When there is no conference there at all.
pub fn load(data: &Path) -> Result<Vec<Loaded>, Problem> {
    let place = Place::file(&data.display().to_string());
    if data.join(CONFERENCE_FILE).is_file() {
        return Ok(vec![load_conference(data)]);
    }
    if data.is_file() && data.file_name().is_some_and(|name| name == CONFERENCE_FILE) {
        let folder = data
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        return Ok(vec![load_conference(folder.unwrap_or(Path::new(".")))]);
    }
    let entries = fs::read_dir(data).map_err(|error| {
        let remedy = "name a conference's folder, or a folder of such folders";
        Problem::error(
            place.clone(),
            format!("cannot read this folder: {error}"),
            remedy,
        )
    })?;
    let mut folders: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|folder| folder.join(CONFERENCE_FILE).is_file())
        .collect();
    folders.sort();
    if folders.is_empty() {
        let message = format!("there is no {CONFERENCE_FILE} in this folder or in a folder of it");
        let remedy = format!("make a folder for your conference with a {CONFERENCE_FILE} in it");
        return Err(Problem::error(place, message, remedy));
    }
    let mut loaded: Vec<Loaded> = folders
        .iter()
        .map(|folder| load_conference(folder))
        .collect();
    refuse_doubles(&mut loaded);
    Ok(loaded)
}

/// Two conferences cannot have one slug: their addresses and identifiers would be the same.
fn refuse_doubles(loaded: &mut [Loaded]) {
    for at in 1..loaded.len() {
        let (before, rest) = loaded.split_at_mut(at);
        let Some(slug) = rest[0]
            .conference
            .as_ref()
            .map(|conference| &conference.slug)
        else {
            continue;
        };
        let same = before.iter().find(|other| {
            other
                .conference
                .as_ref()
                .is_some_and(|conference| conference.slug == *slug)
        });
        if let Some(same) = same {
            let place = Place::file(&rest[0].folder.join(CONFERENCE_FILE).display().to_string());
            let message = format!("the slug `{slug}` is that of {} too", same.folder.display());
            rest[0].problems.push(Problem::error(
                place,
                message,
                "give each conference its own `slug`",
            ));
            rest[0].conference = None;
        }
    }
}

fn load_conference(folder: &Path) -> Loaded {
    let mut loaded = Loaded {
        folder: folder.to_owned(),
        conference: None,
        problems: Vec::new(),
        counts: Vec::new(),
    };
    let path = folder.join(CONFERENCE_FILE);
    let file = path.display().to_string();
    let read = match fs::read(&path) {
        Ok(bytes) => conference_file::read(&file, &bytes),
        Err(error) => Err(vec![unreadable(Place::file(&file), &file, &error)]),
    };
    let conference_file = match read {
        Ok((conference_file, problems)) => {
            loaded.problems.extend(problems);
            conference_file
        }
        Err(problems) => {
            loaded.problems.extend(problems);
            return loaded;
        }
    };
    let mut drafts = vec![conference_file.draft];
    let mut is_complete = true;
    for source in &conference_file.sources {
        match read_source(folder, source) {
            Ok((draft, problems)) => {
                loaded.problems.extend(problems);
                loaded
                    .counts
                    .push((draft.place.file.clone(), draft.counts.clone()));
                drafts.push(draft);
            }
            Err(problem) => {
                loaded.problems.push(problem);
                is_complete = false;
            }
        }
    }
    // A source that cannot be read is an outage: publishing without it would cancel its talks.
    if is_complete {
        let name = folder_name(folder);
        let (draft, problems) = merge(drafts);
        loaded.problems.extend(problems);
        loaded.conference = finish(draft, &name, &mut loaded.problems);
    }
    loaded
}

/// What a conference's folder is called, however it was reached.
fn folder_name(folder: &Path) -> String {
    let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    name_or_default(real.file_name())
}

fn name_or_default(name: Option<&OsStr>) -> String {
    name.map_or_else(
        || "conference".into(),
        |name| name.to_string_lossy().into_owned(),
    )
}

fn finish(draft: Draft, name: &str, problems: &mut Vec<Problem>) -> Option<Conference> {
    match assemble(draft, name) {
        Ok((conference, found)) => {
            problems.extend(found);
            Some(conference)
        }
        Err(found) => {
            problems.extend(found);
            None
        }
    }
}

fn read_source(folder: &Path, source: &SourceRef) -> Reading {
    let path = folder.join(&source.file);
    let file = path.display().to_string();
    let bytes = read_inside(folder, &path)
        .map_err(|error| unreadable(source.place.clone(), &file, &error))?;
    if bytes.trim_ascii().is_empty() {
        let remedy = "write it, or remove it from `sources`";
        return Err(Problem::error(
            Place::file(&file),
            "this file is empty",
            remedy,
        ));
    }
    let format = match &source.format {
        None => detect(&file, &bytes)?,
        Some(name) => SOURCES
            .iter()
            .copied()
            .find(|format| format.name == name)
            .ok_or_else(|| {
                let known: Vec<&str> = SOURCES.iter().map(|format| format.name).collect();
                let message = format!("unknown format \"{name}\"");
                Problem::error(
                    source.place.clone(),
                    message,
                    format!("known formats: {}", known.join(", ")),
                )
            })?,
    };
    (format.read)(&file, &bytes)
}

/// Reads a file of a conference's folder. What lies outside it may not be meant for publication.
fn read_inside(folder: &Path, path: &Path) -> io::Result<Vec<u8>> {
    let (folder, real) = (folder.canonicalize()?, path.canonicalize()?);
    if !real.starts_with(&folder) {
        return Err(io::Error::other("it lies outside the conference's folder"));
    }
    let size = fs::metadata(&real)?.len();
    if size > LARGEST_SOURCE {
        let message = format!("it has {size} bytes, at most {LARGEST_SOURCE} are read");
        return Err(io::Error::other(message));
    }
    fs::read(&real)
}

fn unreadable(place: Place, file: &str, error: &io::Error) -> Problem {
    let remedy = "check the name and the permissions";
    Problem::error(place, format!("cannot read {file}: {error}"), remedy)
}

/// The format of a file.
///
/// # Errors
///
/// When no format knows it.
fn detect(file: &str, bytes: &[u8]) -> Result<&'static Source, Problem> {
    let found = SOURCES.iter().find(|format| (format.detect)(file, bytes));
    found.copied().ok_or_else(|| {
        let known: Vec<&str> = SOURCES.iter().map(|format| format.name).collect();
        let remedy = format!("handbill reads {}", known.join(", "));
        Problem::error(
            Place::file(file),
            "this is in no format that handbill knows",
            remedy,
        )
    })
}

/// Without a zone a file's hours mean nothing, and its other facts do: the days stay. Nothing is read
/// as UTC.
fn withhold_hours(draft: &mut Draft) -> Option<Problem> {
    if draft.zone.is_some() {
        return None;
    }
    let slots = draft.talks.iter_mut().flat_map(|talk| &mut talk.slots);
    let mut withheld = 0;
    let mut place = None;
    for slot in slots {
        let date = match slot.start {
            Some(Clock::Wall(wall)) => Some(DayRef::Date(wall.date())),
            Some(Clock::Time(_)) => None,
            Some(Clock::Instant(_)) | None => continue,
        };
        withheld += 1;
        place.get_or_insert_with(|| slot.place.clone());
        slot.day = slot.day.or(date);
        (slot.start, slot.end) = (None, None);
    }
    let times = if withheld == 1 {
        "1 time is".to_owned()
    } else {
        format!("{withheld} times are")
    };
    let message = format!("{times} left out: no time zone is known to read them in");
    Some(Problem::error(
        place?,
        message,
        "say --time-zone Europe/Berlin, or whichever it is",
    ))
}

/// Reads one file by itself, without a `conference.toml`. `adjust` may add to what the file says
/// before the model is made of it.
///
/// # Errors
///
/// When the file cannot be read, or no conference be made of it.
pub fn load_file(
    path: &Path,
    adjust: impl FnOnce(&mut Draft),
) -> Result<(Conference, Vec<Problem>), Vec<Problem>> {
    let file = path.display().to_string();
    let bytes =
        fs::read(path).map_err(|error| vec![unreadable(Place::file(&file), &file, &error)])?;
    let is_conference_file = path
        .extension()
        .is_some_and(|extension| extension == "toml");
    // A conference file is called after its folder, as it is when the folder is published.
    let name = if is_conference_file {
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        folder_name(folder.unwrap_or(Path::new(".")))
    } else {
        name_or_default(path.file_stem())
    };
    let (draft, mut problems) = if is_conference_file {
        let (file, problems) = conference_file::read(&file, &bytes)?;
        (file.draft, problems)
    } else {
        let format = detect(&file, &bytes).map_err(|problem| vec![problem])?;
        (format.read)(&file, &bytes).map_err(|problem| vec![problem])?
    };
    let (mut draft, found) = merge(vec![draft]);
    problems.extend(found);
    adjust(&mut draft);
    problems.extend(withhold_hours(&mut draft));
    match finish(draft, &name, &mut problems) {
        Some(conference) => Ok((conference, problems)),
        None => Err(problems),
    }
}
