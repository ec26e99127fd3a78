//! `handbill convert`: one file into another format.

use super::{Failure, UNUSABLE};
use crate::history::History;
use crate::model::Zone;
use crate::render::{RENDERERS, Rendering, Site, plan};
use crate::source::{DayRef, Draft, DraftDay, load_file};
use chrono::{Days, NaiveDate, Utc};
use clap::Args;
use clap::builder::PossibleValuesParser;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Convert one file, without any conference.toml.
///
/// What the file leaves open can be said here: the time zone, and the date of the first day.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The file to read; its format is recognised by its content.
    file: PathBuf,
    /// The format to write.
    #[arg(long, value_parser = PossibleValuesParser::new(RENDERERS.iter().map(|renderer| renderer.extension)))]
    to: String,
    /// The IANA time zone of the times in the file, such as Europe/Berlin.
    #[arg(long, value_name = "ZONE", value_parser = parse_zone)]
    time_zone: Option<Zone>,
    /// The date of the first day, where the file only numbers its days.
    #[arg(long, value_name = "DATE")]
    first_day: Option<NaiveDate>,
    /// Where to write; standard output when left out.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Where the result will be published: links to itself begin with this.
    #[arg(long, env = "HANDBILL_BASE_URL", value_name = "URL", default_value = super::build::DEFAULT_BASE_URL, value_parser = super::parse_site)]
    base_url: Site,
}

fn parse_zone(name: &str) -> Result<Zone, String> {
    Zone::named(name)
        .ok_or_else(|| "not in the IANA time zone database; names look like Europe/Berlin".into())
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let loaded = load_file(&arguments.file, |draft| adjust(draft, arguments));
    let (conference, problems) = match loaded {
        Ok(loaded) => loaded,
        Err(problems) => {
            for problem in problems {
                eprintln!("{problem}");
            }
            return Ok(ExitCode::from(UNUSABLE));
        }
    };
    for problem in &problems {
        eprintln!("{problem}");
    }
    let is_undated = conference.talks.iter().all(|talk| talk.slots.is_empty());
    if arguments.to == "ics" && is_undated {
        let file = arguments.file.display();
        eprintln!(
            "{file}: no talk has a day, so the calendar is empty; --first-day gives the first"
        );
    }
    let is_wanted = |document: &Rendering| {
        let renderer = document.renderer();
        renderer.is_some_and(|renderer| renderer.extension == arguments.to)
    };
    let Some(wanted) = plan(&conference).into_iter().find(is_wanted) else {
        return Err(format!("there is no format {}", arguments.to).into());
    };
    let history = History::default().next(&conference, Utc::now());
    let document = wanted.render(&conference, &history, &arguments.base_url);
    match &arguments.out {
        Some(path) => std::fs::write(path, &document.bytes)
            .map_err(|error| format!("cannot write {}: {error}", path.display()))?,
        None => std::io::stdout().write_all(&document.bytes)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Adds what the arguments say to what the file says.
fn adjust(draft: &mut Draft, arguments: &Arguments) {
    if let Some(zone) = &arguments.time_zone {
        draft.zone = Some(zone.clone());
    }
    let Some(first) = arguments.first_day else {
        return;
    };
    let slots = draft.talks.iter().flat_map(|talk| &talk.slots);
    let numbers = slots.filter_map(|slot| match slot.day {
        Some(DayRef::Number(number)) => Some(number),
        _ => None,
    });
    let last = numbers.max().unwrap_or(1).max(draft.days.len());
    let place = draft.place.clone();
    let dates = (0..last as u64).filter_map(|later| first.checked_add_days(Days::new(later)));
    draft.days = dates
        .map(|date| DraftDay {
            place: place.clone(),
            date,
            name: None,
        })
        .collect();
}
