//! What notes say about the conference as a whole: the introduction, and sections that are no talks.

use super::date::leading_dates;
use super::document::{BlockKind, Document, Target};
use super::layout::Section;
use super::link::{label_if_alone, links_of, without_bullet};
use super::reader::inline_text;
use super::stand::Rest;
use super::talk::{markdown, notes, trimmed};
use crate::model::{Link, LinkKind, Plain, WebUrl};
use crate::source::{Draft, DraftDay, Problem};
use std::collections::HashSet;
use std::ops::Range;

/// Collects what belongs to no talk.
pub(super) struct Remarks<'d, 't> {
    document: &'d Document<'t>,
    blocks: Vec<String>,
    links: Vec<Link>,
    known: HashSet<WebUrl>,
    problems: Vec<Problem>,
}

impl<'d, 't> Remarks<'d, 't> {
    /// Nothing yet.
    pub(super) fn new(document: &'d Document<'t>) -> Self {
        Self {
            document,
            blocks: Vec::new(),
            links: Vec::new(),
            known: HashSet::new(),
            problems: Vec::new(),
        }
    }

    /// The title may be a link to the site, or stand among other metadata.
    pub(super) fn take_title(&mut self, section: &Section) {
        let Some(head) = section.head else { return };
        self.take_links(&[head], None);
        if self.document.blocks[head].kind == BlockKind::FrontMatter {
            self.keep(&[head]);
        }
    }

    /// Reads the introduction: links and facts go to their places, the rest is kept.
    pub(super) fn take_introduction(&mut self, body: Range<usize>, draft: &mut Draft) {
        for block in trimmed(self.document, body) {
            if self.is_table_of_contents(block) {
                continue;
            }
            let is_paragraph = self.document.blocks[block].kind == BlockKind::Paragraph;
            let mut kept = Vec::new();
            for line in self.lines(block) {
                let is_placed = self.take_fact(&line, draft);
                if !(is_placed && is_paragraph) {
                    kept.push(&self.document.text[line]);
                }
            }
            if is_paragraph {
                self.blocks.push(kept.join("\n"));
            } else {
                self.keep(&[block]);
            }
            self.take_links(&[block], draft.url.as_ref());
        }
    }

    /// Keeps a section with its heading; says whether there was anything below the heading.
    pub(super) fn take_section(
        &mut self,
        head: Option<usize>,
        body: Range<usize>,
        draft: &mut Draft,
    ) -> bool {
        let body = trimmed(self.document, body);
        let body: Vec<usize> = body
            .into_iter()
            .filter(|block| !self.is_table_of_contents(*block))
            .collect();
        if let Some(head) = head {
            self.take_links(&[head], None);
        }
        if body.is_empty() {
            return false;
        }
        for &block in &body {
            for line in self.lines(block) {
                self.take_fact(&line, draft);
            }
        }
        let blocks: Vec<usize> = head.into_iter().chain(body).collect();
        self.keep(&blocks);
        self.take_links(&blocks, draft.url.as_ref());
        true
    }

    /// Keeps what stands below the heading of a stand and is no talk.
    pub(super) fn take_rest(&mut self, head: usize, rest: &[Rest], draft: &mut Draft) {
        if rest.is_empty() {
            self.take_links(&[head], None);
            return;
        }
        self.take_section(None, head..head + 1, draft);
        for part in rest {
            match part {
                Rest::Block(block) => {
                    self.take_section(None, *block..block + 1, draft);
                }
                Rest::Item(item) => {
                    self.blocks
                        .push(self.document.text[item.clone()].to_owned());
                    let found = self.document.links_in(item).iter();
                    for link in links_of(self.document, found, draft.url.as_ref()) {
                        self.push_link(link);
                    }
                }
            }
        }
    }

    /// Everything kept, in the order of the file.
    pub(super) fn finish(self, draft: &mut Draft) -> Vec<Problem> {
        draft.notes = markdown(&self.blocks);
        draft.links = self.links;
        self.problems
    }

    fn keep(&mut self, blocks: &[usize]) {
        self.blocks
            .extend(notes(self.document, blocks, None).map(|notes| notes.to_string()));
    }

    fn take_links(&mut self, blocks: &[usize], site: Option<&WebUrl>) {
        let found = blocks
            .iter()
            .flat_map(|block| self.document.block_links(*block));
        for link in links_of(self.document, found, site) {
            self.push_link(link);
        }
    }

    fn lines(&self, block: usize) -> Vec<Range<usize>> {
        let range = &self.document.blocks[block].range;
        if !matches!(
            self.document.blocks[block].kind,
            BlockKind::Paragraph | BlockKind::List(_)
        ) {
            return Vec::new();
        }
        let mut lines = Vec::new();
        let mut from = range.start;
        while from < range.end {
            let line = self.document.line_range(from);
            from = line.end + 1;
            lines.push(line);
        }
        lines
    }

    /// Puts a line such as "Location: Austin" where it belongs; whether all of it has a place now.
    fn take_fact(&mut self, line: &Range<usize>, draft: &mut Draft) -> bool {
        let links = self.document.links_in(line);
        if let [link] = links
            && let Some(url) = link.web()
            && let Some(label) = label_if_alone(self.document, link)
        {
            if draft.url.is_none() && is_site_label(label) {
                draft.url = Some(url.clone());
            } else {
                self.push_link(Link {
                    url: url.clone(),
                    title: Plain::non_empty(&inline_text(label)),
                    kind: LinkKind::Related,
                    is_attachment: false,
                });
            }
            return link.text.is_empty() || link.text.starts_with("http");
        }
        let text = inline_text(without_bullet(&self.document.text[line.clone()]));
        let (label, value) = text.split_once(':').unwrap_or(("", &text));
        let label = label.trim().to_lowercase();
        let is_venue = ["location", "venue", "where"].contains(&label.as_str());
        if is_venue && draft.venue.is_none() && links.is_empty() {
            draft.venue = Plain::non_empty(value);
            return draft.venue.is_some();
        }
        let is_date = ["date", "dates", "when"].contains(&label.as_str());
        self.take_dates(line, if is_date { value } else { &text }, draft);
        // The sentence is kept: a misread date is found out by comparing.
        false
    }

    fn take_dates(&self, line: &Range<usize>, text: &str, draft: &mut Draft) {
        let Some((dates, rest)) = leading_dates(text) else {
            return;
        };
        let name = match rest.trim_start().strip_prefix(':') {
            Some(name) => Plain::non_empty(name),
            None if rest
                .trim_matches(|character: char| !character.is_alphanumeric())
                .is_empty()
                || rest.trim_start().starts_with('(') =>
            {
                None
            }
            None => return,
        };
        for date in dates {
            if !draft.days.iter().any(|day| day.date == date) {
                let place = self.document.place(line.start);
                let name = name.clone();
                draft.days.push(DraftDay {
                    place,
                    date,
                    name,
                    hours: None,
                });
            }
        }
        draft.days.sort_by_key(|day| day.date);
    }

    fn push_link(&mut self, link: Link) {
        if self.known.insert(link.url.clone()) {
            self.links.push(link);
        }
    }

    /// Leads to headings of the notes, which nobody sees beside the talks.
    fn is_table_of_contents(&mut self, block: usize) -> bool {
        let BlockKind::List(_) = self.document.blocks[block].kind else {
            return false;
        };
        let links = self.document.block_links(block);
        let is_all_links = self.lines(block).iter().all(|line| {
            let text = self.document.text[line.clone()].trim();
            text.is_empty() || without_bullet(text).starts_with('[')
        });
        if links.len() < 2
            || !is_all_links
            || links.iter().any(|link| link.target != Target::Anchor)
        {
            return false;
        }
        let place = self.document.place(self.document.blocks[block].range.start);
        let message = format!("table of contents with {} entries left out", links.len());
        self.problems.push(Problem::note(place, message));
        true
    }
}

fn is_site_label(label: &str) -> bool {
    const SITE_LABELS: [&str; 10] = [
        "conference site",
        "conference website",
        "homepage",
        "link",
        "official site",
        "site",
        "url",
        "web",
        "web site",
        "website",
    ];
    SITE_LABELS.contains(&label.trim().to_lowercase().as_str())
}

/// The host of the page that an introduction calls the schedule.
pub(super) fn schedule_host(document: &Document<'_>) -> Option<String> {
    document.links.iter().find_map(|link| {
        let url = link.web()?;
        let label = label_if_alone(document, link)?;
        let name = if label.is_empty() {
            link.text.as_str()
        } else {
            label
        };
        let name = name.to_lowercase();
        let is_schedule = name
            .split_whitespace()
            .any(|word| ["agenda", "program", "programme", "schedule"].contains(&word));
        is_schedule.then(|| url.host().to_owned())
    })
}
