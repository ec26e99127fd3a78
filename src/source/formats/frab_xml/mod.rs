//! The XML of frab and its family (`application/vnd.c3voc.schedule+xml`): pentabarf, old and new
//! FOSDEM, frab, pretalx, the hub of the CCC, wafer (DebConf), OSEM.
//!
//! ```text
//! <schedule> <version/> <conference/> <tracks/> <day> <room> <event/> …
//! ```
//!
//! `conference` reads the head, `event` one event with `person` and `link`, `time` what a time can look
//! like. What a time means depends on the whole file, so `clock` decides that at the end, and `day`
//! which dates the days have.
//!
//! An event's own `<date>` and `<room>` count, not the day and room that it stands in: tools put the
//! hours after midnight under either day.
//!
//! The schema is <https://c3voc.de/schedule/schema.xsd>; no dialect keeps to it.

mod clock;
mod conference;
mod day;
mod event;
mod intake;
mod link;
mod person;
#[cfg(test)]
mod tests;
mod time;

use crate::model::Plain;
use crate::source::lists::limit::too_many;
use crate::source::syntax::xml::{self, Element, XmlFile, XmlReader};
use crate::source::{Input, MOST_TALKS, Problem, Reading, Source};
use intake::Intake;

/// A schedule in the XML of frab and its family.
pub(super) static SOURCE: Source = Source {
    name: "frab-xml",
    detect,
    read,
};

/// The most days, and the most rooms or tracks. Nobody holds more; lists of them are searched.
const MOST_OF_A_KIND: usize = 2_000;

/// How much of a file is looked at. The state of a merged schedule may have a long name.
const HEAD: usize = 4096;

fn detect(_: &str, bytes: &[u8]) -> bool {
    let head = bytes.get(..HEAD.min(bytes.len())).unwrap_or_default();
    let head = String::from_utf8_lossy(head);
    let mut rest = head.trim_start_matches('\u{FEFF}').trim_start();
    while let Some((_, after)) = opening(rest).and_then(|end| rest.split_once(end)) {
        rest = after.trim_start();
    }
    let after_root = rest.strip_prefix("<schedule").unwrap_or_default();
    after_root.starts_with(|character: char| character == '>' || character.is_whitespace())
        && after_root.contains("<conference")
}

/// What ends the declaration, comment or document type that a text begins with.
fn opening(text: &str) -> Option<&'static str> {
    let is_subset = || text.find('[') < text.find('>') && text.contains('[');
    match text {
        _ if text.starts_with("<?") => Some("?>"),
        _ if text.starts_with("<!--") => Some("-->"),
        _ if text.starts_with("<!DOCTYPE") && is_subset() => Some("]>"),
        _ if text.starts_with("<!DOCTYPE") => Some(">"),
        _ => None,
    }
}

fn read(input: &Input<'_>) -> Reading {
    let (text, mut problems) = xml::text(input.file, input.bytes)?;
    let file = XmlFile::new(input.file, &text);
    let mut xml = file.reader();
    let mut intake = Intake::new(&file);
    let root = xml.child()?;
    let Some(root) = root.filter(|root| root.name == "schedule") else {
        let message = "the outermost element of this is no `<schedule>`";
        let remedy = "expected the XML export of frab, pretalx or a tool like them";
        return Err(Problem::error(file.place(), message, remedy));
    };
    intake.leave_out_attributes(&root, &[]);
    schedule(&mut xml, &mut intake)?;
    refuse_too_many(&intake)?;
    for _ in 0..xml.stray_texts {
        intake.leave_out("text between elements");
    }
    xml.finish()?;
    if let Some((count, place)) = xml.unknown_references {
        let references = if count == 1 {
            "a reference `&…;` that means nothing stays as it is".to_owned()
        } else {
            format!("{count} references `&…;` that mean nothing stay as they are, the first here")
        };
        let remedy = "write the characters themselves";
        intake
            .findings
            .report(Problem::warning(place, references, remedy));
    }
    let (draft, found) = intake.finish()?;
    problems.extend(found);
    Ok((draft, problems))
}

fn schedule<'a>(xml: &mut XmlReader<'a>, intake: &mut Intake<'a>) -> Result<(), Problem> {
    while let Some(child) = xml.child()? {
        refuse_too_many(intake)?;
        if child.name == "day" {
            day(xml, intake, &child)?;
        } else if let Some(child) = whole(xml, intake, child)? {
            intake.head(&child);
        }
    }
    Ok(())
}

fn day<'a>(
    xml: &mut XmlReader<'a>,
    intake: &mut Intake<'a>,
    day: &Element<'a>,
) -> Result<(), Problem> {
    intake.open_day(day);
    while let Some(child) = xml.child()? {
        match child.name {
            "room" => {
                refuse_too_many(intake)?;
                let name = intake.listed_room(&child);
                events(xml, intake, name.as_ref())?;
            }
            "event" => event(xml, intake, child, None)?,
            _ => unknown(xml, intake, child)?,
        }
    }
    Ok(())
}

fn events<'a>(
    xml: &mut XmlReader<'a>,
    intake: &mut Intake<'a>,
    room: Option<&Plain>,
) -> Result<(), Problem> {
    while let Some(child) = xml.child()? {
        match child.name {
            "event" => event(xml, intake, child, room)?,
            _ => unknown(xml, intake, child)?,
        }
    }
    Ok(())
}

fn event<'a>(
    xml: &mut XmlReader<'a>,
    intake: &mut Intake<'a>,
    event: Element<'a>,
    room: Option<&Plain>,
) -> Result<(), Problem> {
    refuse_too_many(intake)?;
    if let Some(event) = whole(xml, intake, event)? {
        intake.event(&event, room);
    }
    Ok(())
}

fn unknown<'a>(
    xml: &mut XmlReader<'a>,
    intake: &mut Intake<'a>,
    element: Element<'a>,
) -> Result<(), Problem> {
    if let Some(element) = whole(xml, intake, element)? {
        intake.leave_out_element(&element);
    }
    Ok(())
}

/// An element with everything in it, unless that is too much: then it is a problem, and left out.
fn whole<'a>(
    xml: &mut XmlReader<'a>,
    intake: &mut Intake<'a>,
    element: Element<'a>,
) -> Result<Option<Element<'a>>, Problem> {
    let place = intake.file.place_of(&element);
    let name = xml::shortened(element.name);
    let element = xml.whole(element)?;
    if element.is_none() {
        let message = format!("this `<{name}>` holds more elements, or deeper ones, than are read");
        let remedy = "it is left out; look for an element that is not closed where it should be";
        let sort = "elements that hold too much";
        let problem = Problem::error(place, message, remedy);
        intake.findings.report_sort(sort, problem);
    }
    Ok(element)
}

/// A file that has more of something than any conference is no schedule, or means harm.
fn refuse_too_many(intake: &Intake<'_>) -> Result<(), Problem> {
    let found = [
        ("days", intake.days.len(), MOST_OF_A_KIND),
        ("rooms", intake.rooms.list.len(), MOST_OF_A_KIND),
        ("tracks", intake.tracks.list.len(), MOST_OF_A_KIND),
        ("events", intake.events.len(), MOST_TALKS),
    ];
    let excess = found.iter().find(|(_, count, most)| count > most);
    excess.map_or(Ok(()), |(what, _, most)| {
        Err(too_many(intake.file.place(), what, *most))
    })
}
