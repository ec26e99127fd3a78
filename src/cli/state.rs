//! The ledger that commands about editions read: found, never created.

use super::Failure;
use crate::history::Edition;
use crate::history::ledger::{Ledger, Recorded, Store};
use crate::model::Slug;
use clap::Args;
use std::path::{Path, PathBuf};

/// Where `handbill serve` keeps its ledger when nobody says otherwise.
const DEFAULT_STATE: &str = ".handbill";

/// Where a built folder keeps its ledger.
const BUILT_LEDGER: &str = ".handbill/ledger";

/// Which ledger.
#[derive(Debug, Args)]
pub(super) struct State {
    /// Where `handbill serve` keeps its ledger: a folder or a postgres:// address.
    #[arg(
        long,
        env = "HANDBILL_STATE",
        value_name = "LOCATION",
        default_value = DEFAULT_STATE,
        hide_env_values = true
    )]
    state: String,
    /// A folder that `handbill build` wrote, instead.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl State {
    /// Opens the ledger.
    ///
    /// # Errors
    ///
    /// When there is none there, or it cannot be read.
    pub(super) fn open(&self) -> Result<Ledger, Failure> {
        if let Some(out) = &self.out {
            let folder = out.join(BUILT_LEDGER);
            return match folder.is_dir() {
                true => Ok(Ledger::in_folder(&folder)),
                false => Err(missing(
                    &folder,
                    "name the folder that `handbill build --out` wrote",
                )),
            };
        }
        if Ledger::is_database(&self.state) || Ledger::is_in(Path::new(&self.state)) {
            return Ok(Ledger::open(&self.state)?);
        }
        let remedy = "name the folder or database of `handbill serve` with --state, or the folder of `handbill build` with --out";
        Err(missing(Path::new(&self.state), remedy))
    }

    /// Who publishes what is approved, and when.
    pub(super) fn publishes(&self) -> &'static str {
        match self.out {
            None => "the server publishes it within seconds; a build does at its next run",
            Some(_) => "the next `handbill build` publishes it",
        }
    }

    /// Who shows a new note, and when.
    pub(super) fn shows(&self) -> &'static str {
        match self.out {
            None => "the server shows it within seconds; a build does at its next run",
            Some(_) => "the next `handbill build` shows it",
        }
    }
}

fn missing(place: &Path, remedy: &str) -> Failure {
    format!("there is no ledger in {}; {remedy}", place.display()).into()
}

/// An edition as it was published.
///
/// # Errors
///
/// When there is no such edition, or the ledger cannot be read.
pub(super) fn recorded(ledger: &Ledger, slug: &Slug, number: u64) -> Result<Recorded, Failure> {
    match ledger.at(slug, number)? {
        Some(recorded) => Ok(recorded),
        None => Err(no_edition(slug, number, &ledger.store().editions(slug)?)),
    }
}

/// The slugs of the conferences in a ledger, sorted.
pub(super) fn conferences(store: &dyn Store) -> Result<Vec<Slug>, Failure> {
    let marks = store.marks()?;
    Ok(marks.keys().map(|slug| Slug::of(slug)).collect())
}

/// Why there is no such edition, and which ones there are.
pub(super) fn no_edition(slug: &Slug, number: u64, editions: &[Edition]) -> Failure {
    let known = match editions {
        [] => format!(
            "the ledger knows no conference `{slug}`; `handbill editions list` lists those that it knows"
        ),
        [only] => format!("`{slug}` has only edition {}", only.number),
        [first, .., last] => format!("`{slug}` has editions {} to {}", first.number, last.number),
    };
    format!("there is no edition {number}: {known}").into()
}

/// Reads a slug.
pub(super) fn parse_slug(text: &str) -> Result<Slug, String> {
    let slug = Slug::of(text);
    if *slug == *text {
        Ok(slug)
    } else {
        let expected = "a conference's slug has small letters, digits and dashes";
        Err(format!("{expected}; did you mean {slug}?"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edition(number: u64) -> Edition {
        Edition {
            number,
            published: None,
            source: "conference.toml".into(),
            digest: String::new(),
            note: None,
        }
    }

    #[test]
    fn who_asks_for_an_edition_that_is_not_there_learns_which_ones_are() {
        let slug = Slug::of("test");
        let said = |editions: &[Edition]| no_edition(&slug, 7, editions).to_string();
        assert_eq!(
            said(&[edition(1), edition(2), edition(3)]),
            "there is no edition 7: `test` has editions 1 to 3"
        );
        assert_eq!(
            said(&[edition(1)]),
            "there is no edition 7: `test` has only edition 1"
        );
        assert!(said(&[]).contains("the ledger knows no conference `test`"));
    }

    #[test]
    fn a_slug_is_written_as_in_addresses() {
        assert!(parse_slug("pycascades-2022").is_ok());
        let refused = parse_slug("PyCascades 2022").expect_err("a refusal");
        assert!(
            refused.ends_with("did you mean pycascades-2022?"),
            "{refused}"
        );
    }
}
