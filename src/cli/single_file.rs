//! A file or address by itself, without a `conference.toml` beside it.

use super::Failure;
use crate::model::Zone;
use crate::source::{DayRef, Draft, DraftDay, Loaded, Remote, RemoteSource, load_file, load_url};
use chrono::{Days, NaiveDate, Utc};
use clap::Args;
use std::path::Path;
use std::slice;

/// What a file or address by itself may leave open.
#[derive(Debug, Args)]
pub(super) struct Additions {
    /// The IANA time zone of the times in the file, such as Europe/Berlin.
    #[arg(long, value_name = "ZONE", value_parser = parse_zone)]
    time_zone: Option<Zone>,
    /// The date of the first day, where the file only numbers its days.
    #[arg(long, value_name = "DATE")]
    pub(super) first_day: Option<NaiveDate>,
    /// Read an address in a private network: one's own machine, for instance.
    #[arg(long)]
    private_network: bool,
}

fn parse_zone(name: &str) -> Result<Zone, String> {
    Zone::named(name)
        .ok_or_else(|| "not in the IANA time zone database; names look like Europe/Berlin".into())
}

impl Additions {
    /// Whether nothing is added.
    pub(super) fn is_empty(&self) -> bool {
        self.time_zone.is_none() && self.first_day.is_none() && !self.private_network
    }

    /// Reads a file or an address, and adds this to what it says.
    ///
    /// # Errors
    ///
    /// When the address is none that can be read.
    pub(super) fn load(&self, file: &Path) -> Result<Loaded, Failure> {
        let Some(address) = file.to_str().filter(|file| is_address(file)) else {
            return Ok(load_file(file, |draft| self.add_to(draft)));
        };
        let source = RemoteSource::new(address)
            .map_err(|(message, remedy)| format!("{message}; {remedy}"))?;
        let source = if self.private_network {
            source.in_private_network()
        } else {
            source
        };
        let remote = Remote::default();
        remote.fetch_all(slice::from_ref(&source), Utc::now());
        Ok(load_url(&source, &remote, |draft| self.add_to(draft)))
    }

    fn add_to(&self, draft: &mut Draft) {
        if let Some(zone) = &self.time_zone {
            draft.zone = Some(zone.clone());
        }
        let Some(first) = self.first_day else {
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
                hours: None,
            })
            .collect();
    }
}

/// Whether the name of a file is an address.
pub(super) fn is_address(file: &str) -> bool {
    let scheme = file.split_once(':').map_or("", |(scheme, _)| scheme);
    ["http", "https", "webcal", "webcals"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known))
}
