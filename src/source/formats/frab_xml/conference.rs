//! What stands before the days: the conference, its state, its tracks.

use super::intake::{Intake, take};
use super::time;
use crate::model::{Colour, Plain, Slug, Zone, day};
use crate::source::syntax::xml::Element;
use crate::source::vocabulary::{length, zone_names};
use crate::source::{DraftTrack, Problem};

impl Intake<'_> {
    /// Reads an element of the schedule that is no day.
    pub(super) fn head(&mut self, element: &Element<'_>) {
        match element.name {
            "conference" => self.conference(element),
            "version" => {
                if !take(&mut self.draft.version, element.plain()) {
                    self.leave_out("version beside another");
                }
            }
            "tracks" => {
                for child in element.children() {
                    match child.name {
                        "track" => self.said_track(child),
                        _ => self.leave_out_element(child),
                    }
                }
            }
            "url" => {
                if !element.is_blank() {
                    self.leave_out("url of the schedule");
                }
            }
            _ => self.leave_out_element(element),
        }
    }

    fn conference(&mut self, element: &Element<'_>) {
        self.leave_out_attributes(element, &[]);
        // Relative addresses before it are taken from it too.
        let base = element
            .child("base_url")
            .and_then(|base| self.address(base, None));
        take(&mut self.draft.base_url, base);
        let (mut city, mut release) = (None, None);
        let filled = element.children().filter(|child| !child.is_blank());
        for child in filled {
            let is_taken = match child.name {
                "track" => {
                    self.said_track(child);
                    continue;
                }
                "color" => {
                    self.colour(child);
                    continue;
                }
                "base_url" => continue,
                "title" => take(&mut self.draft.name, child.plain()),
                "acronym" => take(&mut self.draft.acronym, child.plain()),
                "venue" => take(&mut self.draft.venue, child.plain()),
                "city" => take(&mut city, child.plain()),
                "release" => take(&mut release, child.plain()),
                "url" => {
                    let url = self.address(child, self.base().as_ref());
                    take(&mut self.draft.url, url)
                }
                "logo" => {
                    let logo = self.address(child, self.base().as_ref());
                    take(&mut self.draft.logo, logo)
                }
                "time_zone_name" => {
                    let zone = self.zone(child);
                    take(&mut self.draft.zone, zone)
                }
                "timeslot_duration" => {
                    let step =
                        self.parsed(child, length::length, "hours and minutes, such as 00:05");
                    take(&mut self.draft.timeslot, step)
                }
                "start" => {
                    let date = self.parsed(child, time::date, "a date such as 2026-10-24");
                    take(&mut self.span.0, date)
                }
                "end" => {
                    let date = self.parsed(child, time::date, "a date such as 2026-10-24");
                    take(&mut self.span.1, date)
                }
                "days" => true,
                "day_change" => {
                    let change = self.parsed(child, time::time, "a time such as 04:00");
                    self.day_change = change.unwrap_or(self.day_change);
                    self.day_change == day::DAY_CHANGE
                }
                _ => false,
            };
            if !is_taken {
                self.leave_out(&format!("conference/{}", child.name));
            }
            self.leave_out_attributes(child, &[]);
        }
        // Before there was a version, a schedule had a release.
        if !take(&mut self.draft.version, release) {
            self.leave_out("conference/release");
        }
        match &self.draft.venue {
            Some(_) => self.draft.address = city,
            None => self.draft.venue = city,
        }
    }

    /// The value of an element, as `parse` reads it; what that cannot read is reported.
    fn parsed<T>(
        &mut self,
        element: &Element<'_>,
        parse: impl Fn(&str) -> Option<T>,
        expected: &str,
    ) -> Option<T> {
        let text = element.text()?;
        let value = parse(text);
        if value.is_none() {
            let message = format!("`{}` is `{}`", element.name, shown(text));
            let place = self.file.place_of(element);
            let remedy = format!("expected {expected}");
            self.findings
                .report(Problem::warning(place, message, remedy));
        }
        value
    }

    /// The zone of an IANA name, or of the place that older frab names a zone by.
    fn zone(&mut self, element: &Element<'_>) -> Option<Zone> {
        let (zone, problem) = zone_names::read(element.text()?, self.file.place_of(element));
        if let Some(problem) = problem {
            self.findings.report(problem);
        }
        zone
    }

    fn colour(&mut self, element: &Element<'_>) {
        self.leave_out_attributes(element, &["primary"]);
        let colour = self.parsed_colour(element, "primary");
        if !take(&mut self.draft.colour, colour) || element.text().is_some() {
            self.leave_out("conference/color");
        }
    }

    fn parsed_colour(&mut self, element: &Element<'_>, name: &str) -> Option<Colour> {
        let text = element.attribute(name)?;
        let colour = Colour::parse(text);
        if colour.is_none() {
            let message = format!("the colour is `{}`", shown(text));
            let place = self.file.place_of(element);
            let remedy = "expected one such as #3776ab";
            let problem = Problem::warning(place, message, remedy);
            self.findings.report_sort("colours that are none", problem);
        }
        colour
    }

    /// A track of the list: pretalx names it in an attribute, FOSDEM as text.
    fn said_track(&mut self, element: &Element<'_>) {
        self.leave_out_attributes(element, &["name", "slug", "color"]);
        let colour = self.parsed_colour(element, "color");
        let name = element.attribute("name").and_then(Plain::non_empty);
        if let Some(name) = name.or_else(|| element.plain()) {
            self.track(DraftTrack {
                name,
                slug: element.attribute("slug").map(Slug::of),
                colour,
            });
        }
    }
}

/// The start of what was found, for a message.
pub(super) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let text = Plain::new(text);
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_string(),
    }
}
