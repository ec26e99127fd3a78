//! The report for people.

use super::excerpt::{Excerpts, harmless};
use super::{Ink, counts};
use crate::cli::lint::{Checked, Client};
use crate::source::{Loaded, Problem, Severity};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The most problems of one rule that are shown.
const MOST_OF_A_RULE: usize = 20;

/// Everything that was found in some conferences, and the sum of it.
pub(in crate::cli) fn text(checked: &[Checked], ink: Ink) -> String {
    let mut text: String = checked
        .iter()
        .map(|checked| conference(checked, ink))
        .collect();
    let count = |severity| checked.iter().map(|checked| checked.count(severity)).sum();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let _ = write!(
        text,
        "{}: {}, {}, {}",
        ink.bold(&counted(("problems", errors + warnings))),
        counted(("errors", errors)),
        counted(("warnings", warnings)),
        counted(("notes", count(Severity::Note)))
    );
    text
}

fn conference(checked: &Checked, ink: Ink) -> String {
    let Checked { loaded, clients } = checked;
    let mut text = problems(loaded, ink);
    let folder = loaded.folder.display();
    match &loaded.conference {
        Some(conference) => {
            let found: Vec<String> = counts(conference).into_iter().map(counted).collect();
            let _ = writeln!(text, "{folder}: {}: {}", conference.name, found.join(", "));
        }
        None => {
            let _ = writeln!(text, "{folder}: unusable, nothing of it can be published");
        }
    }
    for source in &loaded.sources {
        let found: Vec<String> = source.counts.iter().copied().map(counted).collect();
        if !found.is_empty() {
            let _ = writeln!(text, "{}: {}", source.file, found.join(", "));
        }
    }
    write_clients(&mut text, clients);
    text
}

fn problems(loaded: &Loaded, ink: Ink) -> String {
    let mut text = String::new();
    let mut excerpts = Excerpts::new(&loaded.sources, ink);
    let mut told: BTreeMap<&str, usize> = BTreeMap::new();
    for problem in &loaded.problems {
        if let Some(rule) = problem.rule {
            let told = told.entry(rule).or_default();
            *told += 1;
            if *told > MOST_OF_A_RULE {
                continue;
            }
        }
        write_problem(&mut text, problem, ink);
        text.push_str(&excerpts.at(&problem.place).unwrap_or_default());
        if !problem.remedy.is_empty() {
            let _ = writeln!(
                text,
                "     {} {}",
                ink.faint("="),
                harmless(&problem.remedy)
            );
        }
        text.push('\n');
    }
    for (rule, count) in told {
        if let Some(more @ 1..) = count.checked_sub(MOST_OF_A_RULE) {
            let _ = writeln!(text, "and {more} more of {rule}; --format json tells all\n");
        }
    }
    text
}

/// `file:3:1: warning: talk T1: what was found [rule]`.
fn write_problem(text: &mut String, problem: &Problem, ink: Ink) {
    let place = harmless(&problem.place.to_string());
    let _ = write!(
        text,
        "{}: {}: ",
        ink.bold(&place),
        ink.severity(problem.severity)
    );
    if let Some(talk) = &problem.talk {
        let _ = write!(text, "talk {}: ", harmless(talk));
    }
    text.push_str(&harmless(&problem.message));
    if let Some(rule) = problem.rule {
        let _ = write!(text, " {}", ink.faint(&format!("[{rule}]")));
    }
    text.push('\n');
}

/// What each program makes of it; those of which there is nothing to say stand in one line.
fn write_clients(text: &mut String, clients: &[Client]) {
    if clients.is_empty() {
        return;
    }
    text.push_str("what programs make of it:\n");
    let is_special = |client: &&Client| !client.remarks.is_empty();
    for client in clients.iter().filter(is_special) {
        for remark in &client.remarks {
            let _ = writeln!(text, "  {} {}", client.name, harmless(remark));
        }
    }
    let others = clients.iter().filter(|client| client.remarks.is_empty());
    let others: Vec<&str> = others.map(|client| client.name).collect();
    if !others.is_empty() {
        let _ = writeln!(text, "  {}: nothing special", others.join(", "));
    }
}

fn counted((what, count): (&'static str, usize)) -> String {
    let word = match what.strip_suffix('s') {
        Some(one) if count == 1 => one,
        _ => what,
    };
    match what.split_once(' ') {
        Some((thing, rest)) if count == 1 => format!("1 {} {rest}", thing.trim_end_matches('s')),
        _ => format!("{count} {word}"),
    }
}
