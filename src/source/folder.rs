//! A conference's folder: `conference.toml` and the files that it names.

use super::conference_file::{self, ConferenceFile};
use super::reading::{self, LoadedSource, Read};
use super::source_ref::{Origin, SourceRef};
use super::{
    Clock, DayRef, Draft, Options, Place, Places, Problem, Remote, RemoteSource, assemble, merge,
};
use crate::model::{Conference, Limits, Slug};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The file that makes a folder a conference's.
pub const CONFERENCE_FILE: &str = "conference.toml";

/// The largest source that is read, in bytes: a hundred times the largest known schedule.
const LARGEST_SOURCE: u64 = 256 << 20;

/// What was read from a conference's folder, or from one file.
#[derive(Debug)]
pub struct Loaded {
    /// The folder or file.
    pub folder: PathBuf,
    /// The conference; `None` when it is unusable.
    pub conference: Option<Conference>,
    /// Where its talks are said.
    pub places: Places,
    /// Everything that a person should know, in the order of the files.
    pub problems: Vec<Problem>,
    /// What it was read from, in order.
    pub sources: Vec<LoadedSource>,
    /// From which shares on an import looks like a mistake.
    pub limits: Limits,
}

impl Loaded {
    fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            conference: None,
            places: Places::new(),
            problems: Vec::new(),
            sources: Vec::new(),
            limits: Limits::default(),
        }
    }

    /// Takes over a source and its problems; its draft.
    fn take(&mut self, (draft, source, problems): Read) -> Draft {
        self.problems.extend(problems);
        self.sources.push(source);
        draft
    }

    /// Makes the conference of what was read.
    fn finish(&mut self, draft: Draft, name: &str) {
        match assemble(draft, name) {
            Ok(assembled) => {
                self.problems.extend(assembled.problems);
                self.conference = Some(assembled.conference);
                self.places = assembled.places;
            }
            Err(found) => self.problems.extend(found),
        }
    }
}

/// Reads `data`: one conference's folder, or a folder of such folders, sorted by name. Of sources with
/// an address it reads the copies that `remote` has.
///
/// # Errors
///
/// When there is no conference there at all.
pub fn load(data: &Path, remote: &Remote) -> Result<Vec<Loaded>, Problem> {
    let folders = folders(data)?;
    let folders = folders.iter();
    let mut loaded: Vec<Loaded> = folders
        .map(|folder| load_conference(folder, remote))
        .collect();
    refuse_doubles(&mut loaded);
    Ok(loaded)
}

/// The sources with an address that the conferences of `data` name, each once. Conference files that
/// cannot be read name none.
pub fn remote_sources(data: &Path) -> Vec<RemoteSource> {
    let mut sources = Vec::new();
    for folder in folders(data).unwrap_or_default() {
        let Ok((file, _)) = read_conference_file(&folder).1 else {
            continue;
        };
        for source in file.sources {
            match source.origin {
                Origin::Remote(source) if !sources.contains(&source) => sources.push(source),
                Origin::Remote(_) | Origin::File { .. } => {}
            }
        }
    }
    sources
}

/// The folders of the conferences in `data`.
fn folders(data: &Path) -> Result<Vec<PathBuf>, Problem> {
    let place = Place::file(&data.display().to_string());
    if data.join(CONFERENCE_FILE).is_file() {
        return Ok(vec![data.to_owned()]);
    }
    if data.is_file() && data.file_name().is_some_and(|name| name == CONFERENCE_FILE) {
        let folder = data
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        return Ok(vec![folder.unwrap_or(Path::new(".")).to_owned()]);
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
    Ok(folders)
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

/// What was read of a conference file, and its problems.
type ReadConferenceFile = Result<(ConferenceFile, Vec<Problem>), Vec<Problem>>;

/// Reads the conference file of a folder; the first is its content, where there is one.
fn read_conference_file(folder: &Path) -> (Option<LoadedSource>, ReadConferenceFile) {
    let path = folder.join(CONFERENCE_FILE);
    let file = path.display().to_string();
    match fs::read(&path) {
        Ok(bytes) => {
            let read = conference_file::read(&file, &bytes);
            (Some(conference_source(&file, bytes)), read)
        }
        Err(error) => {
            let problem = unreadable(Place::file(&file), &file, &error);
            (None, Err(vec![problem]))
        }
    }
}

fn load_conference(folder: &Path, remote: &Remote) -> Loaded {
    let mut loaded = Loaded::new(folder);
    let (source, read) = read_conference_file(folder);
    loaded.sources.extend(source);
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
    loaded.limits = conference_file.limits;
    let mut drafts = vec![conference_file.draft];
    let mut is_complete = true;
    for source in &conference_file.sources {
        match read_source(folder, source, remote) {
            Ok(read) => drafts.extend(read.into_iter().map(|read| loaded.take(read))),
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
        loaded.finish(draft, &name);
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

fn conference_source(file: &str, bytes: Vec<u8>) -> LoadedSource {
    LoadedSource {
        file: file.into(),
        format: "conference file",
        counts: Vec::new(),
        bytes,
    }
}

fn read_source(folder: &Path, source: &SourceRef, remote: &Remote) -> Result<Vec<Read>, Problem> {
    let (path, format, options) = match &source.origin {
        Origin::Remote(named) => return remote.read(named, &source.place),
        Origin::File {
            path,
            format,
            options,
        } => (folder.join(path), format, options),
    };
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
    let format = format.as_deref().map(|format| (format, &source.place));
    Ok(vec![reading::read(&file, bytes, format, options)?])
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
            Some(Clock::Instant(_) | Clock::Doubtful(_)) | None => continue,
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
pub fn load_file(path: &Path, adjust: impl FnOnce(&mut Draft)) -> Loaded {
    let read = read_file(path).map(|read| vec![read]);
    load_alone(path, read, &own_name(path), adjust)
}

/// Reads the copy of one source with an address by itself, as [`load_file`] reads a file.
pub fn load_url(source: &RemoteSource, remote: &Remote, adjust: impl FnOnce(&mut Draft)) -> Loaded {
    let name = source.name();
    let read = remote
        .read(source, &Place::file(&name))
        .map_err(|problem| vec![problem]);
    load_alone(Path::new(&name), read, source.own_name(), adjust)
}

fn load_alone(
    path: &Path,
    read: Result<Vec<Read>, Vec<Problem>>,
    own_name: &str,
    adjust: impl FnOnce(&mut Draft),
) -> Loaded {
    let mut loaded = Loaded::new(path);
    match read {
        Ok(read) => {
            let mut drafts: Vec<Draft> = read.into_iter().map(|read| loaded.take(read)).collect();
            if let Some(draft) = drafts.first_mut()
                && draft.slug.is_none()
            {
                draft.slug = draft.acronym.as_ref().map(|acronym| Slug::of(acronym));
            }
            let (mut draft, found) = merge(drafts);
            loaded.problems.extend(found);
            adjust(&mut draft);
            loaded.problems.extend(withhold_hours(&mut draft));
            loaded.finish(draft, own_name);
        }
        Err(problems) => loaded.problems.extend(problems),
    }
    loaded
}

fn read_file(path: &Path) -> Result<Read, Vec<Problem>> {
    let file = path.display().to_string();
    let bytes =
        fs::read(path).map_err(|error| vec![unreadable(Place::file(&file), &file, &error)])?;
    if is_conference_file(path) {
        let (read, problems) = conference_file::read(&file, &bytes)?;
        return Ok((read.draft, conference_source(&file, bytes), problems));
    }
    reading::read(&file, bytes, None, &Options::default()).map_err(|problem| vec![problem])
}

fn is_conference_file(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension == "toml")
}

/// What a conference that is read from one file is called. A conference file is called after its
/// folder, as it is when the folder is published.
fn own_name(path: &Path) -> String {
    if !is_conference_file(path) {
        return name_or_default(path.file_stem());
    }
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    folder_name(folder.unwrap_or(Path::new(".")))
}
