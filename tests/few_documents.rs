//! How little of a large programme a small change renders anew, as a running server counts it.

use crate::command_line::{Served, folder_with};
use crate::conference::BERLIN;
use crate::source_commands::wait_until;
use std::fs;
use std::path::Path;

const TALKS: usize = 1000;

fn programme(retold: &[usize]) -> String {
    let mut file = BERLIN.to_owned();
    for talk in 0..TALKS {
        let told = if retold.contains(&talk) {
            "again"
        } else {
            "once"
        };
        file.push_str(&format!(
            "\n[[talks]]\ncode = \"T{talk}\"\ntitle = \"Talk {talk}\"\nabstract = \"Told {told}.\"\nspeakers = [\"Speaker {}\"]\ntrack = \"Track {}\"\nstart = 2026-10-{}T{:02}:{:02}:00\nduration = 5\nroom = \"Hall {}\"\n",
            talk % 600,
            talk % 12,
            24 + talk % 2,
            8 + talk % 12,
            talk % 4 * 15,
            talk % 20,
        ));
    }
    file
}

/// The value of a counter.
fn counter(served: &Served, name: &str) -> usize {
    let metrics = served.get("/metrics");
    let start = format!("handbill_{name} ");
    let mut lines = metrics.lines();
    let line = lines.find_map(|line| line.strip_prefix(&*start));
    line.expect("the counter").parse().expect("a number")
}

/// Publishes an edition in which these talks have another abstract.
fn publish(folder: &Path, served: &Served, retold: &[usize], edition: u64) {
    let beside = folder.join("conference.new");
    fs::write(&beside, programme(retold)).expect("a written file");
    fs::rename(&beside, folder.join("data/conference.toml")).expect("a replaced file");
    let here = format!("\"edition\":{edition}}}");
    wait_until("the edition is published", || {
        served.get("/readyz").contains(&here)
    });
}

#[test]
fn an_abstract_among_a_thousand_talks_renders_a_few_documents() {
    let folder = folder_with(&[("data/conference.toml", &programme(&[]))]);
    let folder = folder.path();
    let served = Served::start(folder);
    let counters =
        || ["documents_rendered_total", "documents_kept_total"].map(|name| counter(&served, name));
    // After a start documents are rendered in the background; the next edition waits for all of them.
    publish(folder, &served, &[500], 2);
    let before = counters();
    publish(folder, &served, &[500, 501], 3);
    let after = counters();
    let (rendered, kept) = (after[0] - before[0], after[1] - before[1]);
    let documents = counter(&served, "documents");
    println!("{rendered} of {documents} documents rendered, {kept} kept");
    assert_eq!(rendered + kept, documents);
    assert!(documents > 5_000, "{documents} documents");
    assert!(
        (1..=45).contains(&rendered),
        "{rendered} documents rendered"
    );
    assert!(served.get("/test/talks/T501.ics").contains("Told again."));
    assert!(served.get("/test/talks/T502.ics").contains("Told once."));
}
