//! `handbill editions`: what was published, what is held back, and what subscribers are told of it.

use super::Failure;
use super::changes;
use super::state::{State, conferences, no_edition, parse_slug, recorded};
use crate::history::Edition;
use crate::history::ledger::{Held, Ledger, Store, Verdict};
use crate::model::Slug;
use clap::{Args, Subcommand};
use std::io::Write;
use std::process::ExitCode;

/// List what was published, decide on what is held back, and attach notes for subscribers.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List the editions of a conference, or of all.
    List {
        /// The conference; all when left out.
        #[arg(value_parser = parse_slug)]
        slug: Option<Slug>,
        #[command(flatten)]
        state: State,
    },
    /// Say what an edition changed.
    Show {
        /// The conference.
        #[arg(value_parser = parse_slug)]
        slug: Slug,
        /// The edition's number.
        number: u64,
        #[command(flatten)]
        state: State,
    },
    /// Publish what is held back.
    Approve {
        /// The conference.
        #[arg(value_parser = parse_slug)]
        slug: Slug,
        #[command(flatten)]
        state: State,
    },
    /// Never publish what is held back; the last good edition stays until the source changes.
    Discard {
        /// The conference.
        #[arg(value_parser = parse_slug)]
        slug: Slug,
        #[command(flatten)]
        state: State,
    },
    /// Tell subscribers something about an edition.
    Note {
        /// The conference.
        #[arg(value_parser = parse_slug)]
        slug: Slug,
        /// The edition's number.
        number: u64,
        /// What they are told; it takes the place of an earlier note.
        #[arg(required_unless_present = "remove")]
        text: Option<String>,
        /// Take the note off.
        #[arg(long, conflicts_with = "text")]
        remove: bool,
        #[command(flatten)]
        state: State,
    },
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let said = match &arguments.action {
        Action::List { slug, state } => list(&state.open()?, slug.as_ref())?,
        Action::Show {
            slug,
            number,
            state,
        } => show(&state.open()?, slug, *number)?,
        Action::Approve { slug, state } => {
            decide(&state.open()?, slug, Verdict::Approved)?;
            format!("{slug}: approved; {}\n", state.publishes())
        }
        Action::Discard { slug, state } => {
            decide(&state.open()?, slug, Verdict::Discarded)?;
            format!(
                "{slug}: discarded; the last edition stays until the source says something else\n"
            )
        }
        Action::Note {
            slug,
            number,
            text,
            state,
            ..
        } => {
            let done = note(state.open()?.store(), slug, *number, text.as_deref())?;
            format!("{done}; {}\n", state.shows())
        }
    };
    // Whoever reads it may have seen enough: `handbill editions list | head`.
    let _ = std::io::stdout().write_all(said.as_bytes());
    Ok(ExitCode::SUCCESS)
}

fn list(ledger: &Ledger, slug: Option<&Slug>) -> Result<String, Failure> {
    let store = ledger.store();
    let slugs = match slug {
        Some(slug) => vec![slug.clone()],
        None => conferences(store)?,
    };
    let mut listed = Vec::new();
    for slug in &slugs {
        let editions = store.editions(slug)?;
        let held = store.held(slug)?;
        listed.push(section(slug, &editions, held.as_ref()));
    }
    Ok(match listed.is_empty() {
        true => "nothing was published yet\n".into(),
        false => listed.join("\n"),
    })
}

/// A conference's editions, the newest first, below what is held of it.
fn section(slug: &Slug, editions: &[Edition], held: Option<&Held>) -> String {
    let mut section = format!("{slug}\n");
    if let Some(held) = held {
        section += &told_held(slug, held);
    }
    if editions.is_empty() {
        section += "    nothing was published yet\n";
    }
    for edition in editions.iter().rev() {
        section += &line(edition);
    }
    section
}

/// An edition on a line, and its note on another.
fn line(edition: &Edition) -> String {
    let published = match edition.published {
        Some(at) => at.format("%Y-%m-%d %H:%M:%S UTC").to_string(),
        None => "date not known".into(),
    };
    let mut line = format!(
        "{:>4}  {published:<23}  {}\n",
        edition.number, edition.source
    );
    if let Some(note) = &edition.note {
        line += &format!("      note: {note}\n");
    }
    line
}

/// What is held back and why, and what can be done about it.
fn told_held(slug: &Slug, held: &Held) -> String {
    let since = held.since.format("%Y-%m-%d %H:%M:%S UTC");
    let verdict = match held.verdict {
        Verdict::Pending => format!(
            "decide with `handbill editions approve {slug}` or `handbill editions discard {slug}`"
        ),
        Verdict::Approved => "approved, and not published yet".into(),
        Verdict::Discarded => "discarded".into(),
    };
    let mut told = format!("held  since {since}: {verdict}\n");
    for reason in &held.reasons {
        told += &format!("      {reason}\n");
    }
    told
}

fn show(ledger: &Ledger, slug: &Slug, number: u64) -> Result<String, Failure> {
    let known = ledger.store().editions(slug)?;
    let Some(edition) = known.iter().find(|edition| edition.number == number) else {
        return Err(no_edition(slug, number, &known));
    };
    let recorded = recorded(ledger, slug, number)?;
    let publications = &recorded.history.chronicle.publications;
    let changes = publications
        .iter()
        .find(|publication| publication.edition.number == number)
        .map_or(&[][..], |publication| &publication.changes);
    let changed = match changes {
        [] if number == 1 => format!(
            "the first edition: {} talks\n",
            recorded.conference.talks.len()
        ),
        [] => "no talk is different\n".into(),
        _ => changes::text(changes),
    };
    Ok(format!("{}\n{changed}", line(edition)))
}

/// Says of what is held what becomes of it.
fn decide(ledger: &Ledger, slug: &Slug, verdict: Verdict) -> Result<(), Failure> {
    match ledger.decide(slug, verdict)? {
        true => Ok(()),
        false => Err(nothing_held(ledger.store(), slug)?),
    }
}

/// Why there is nothing to decide on, and where there is.
fn nothing_held(store: &dyn Store, slug: &Slug) -> Result<Failure, Failure> {
    let mut others = Vec::new();
    for other in conferences(store)? {
        if store.held(&other)?.is_some() {
            others.push(other.to_string());
        }
    }
    let elsewhere = match others.is_empty() {
        true => String::new(),
        false => format!("; held are imports of {}", others.join(", ")),
    };
    Ok(format!("nothing of `{slug}` is held back{elsewhere}").into())
}

fn note(
    store: &dyn Store,
    slug: &Slug,
    number: u64,
    text: Option<&str>,
) -> Result<String, Failure> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    if !store.set_note(slug, number, text)? {
        return Err(no_edition(slug, number, &store.editions(slug)?));
    }
    Ok(match text {
        Some(_) => format!("{slug}: edition {number} has this note now"),
        None => format!("{slug}: edition {number} has no note any more"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edition(number: u64, published: &str, note: Option<&str>) -> Edition {
        Edition {
            number,
            published: published.parse().ok(),
            source: "conference.toml, notes.md".into(),
            digest: "abc".into(),
            note: note.map(str::to_owned),
        }
    }

    #[test]
    fn a_list_shows_the_newest_first_and_above_it_what_is_held() {
        let editions = [
            edition(1, "unknown", None),
            edition(2, "2026-10-01T09:30:00Z", Some("Room B has moved.")),
        ];
        let held = Held {
            digest: "def".into(),
            since: "2026-10-02T08:00:00Z".parse().expect("an instant"),
            reasons: vec!["40 of 60 talks are gone".into()],
            verdict: Verdict::Pending,
        };
        let listed = section(&Slug::of("test"), &editions, Some(&held));
        let expected = "\
test
held  since 2026-10-02 08:00:00 UTC: decide with `handbill editions approve test` or `handbill editions discard test`
      40 of 60 talks are gone
   2  2026-10-01 09:30:00 UTC  conference.toml, notes.md
      note: Room B has moved.
   1  date not known           conference.toml, notes.md
";
        assert_eq!(listed, expected);
    }
}
