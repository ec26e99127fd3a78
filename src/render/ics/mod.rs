//! iCalendar (RFC 5545, RFC 7986): a calendar that people subscribe to.
//!
//! Times stand with the conference's IANA zone and a VTIMEZONE ([`vtimezone`]), or in UTC where no
//! VTIMEZONE can be right. A slot whose hour is not known is an all-day event that blocks no time.
//!
//! # Not supported
//!
//! X-WR-TIMEZONE: only a hint, and some programs apply it to UTC times. METHOD, ORGANIZER and ATTENDEE: they turn a feed into an invitation. UID of the calendar itself:
//! vdirsyncer then takes the whole feed for one event. RRULE: every occurrence is an event.

mod colour;
mod event;
mod rich;
mod vtimezone;
mod write;

use super::{Cancelled, Context, Renderer, text};
use crate::history::feed_id;
use crate::model::{Moment, Part, Plain, Slot, State, Talk, Zone};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, Timelike, Utc};
use icalendar::Property;
use vtimezone::VTimezone;
use write::{Properties, Writer};

/// iCalendar.
pub(super) static RENDERER: Renderer = Renderer {
    extension: "ics",
    name: "iCalendar",
    media_type: "text/calendar; charset=utf-8",
    stem: "schedule",
    render,
};

/// Names the program, not its version: a new version alone must not change every calendar.
const PRODID: &str = "-//handbill//conference schedule//EN";

/// How often clients should come back (RFC 7986 §5.7).
const REFRESH: &str = "PT1H";

/// DTSTAMP where nothing in the data is dated. The property is required; the clock would make every
/// rendering different.
const DTSTAMP_OF_THE_UNDATED: &str = "19700101T000000Z";

fn render(context: &Context<'_>) -> Vec<u8> {
    let events = events(context);
    let form = TimeForm::choose(context, &events);
    let mut writer = Writer::default();
    writer.begin("VCALENDAR");
    writer.raw("VERSION", "2.0");
    writer.raw("PRODID", PRODID);
    writer.raw("CALSCALE", "GREGORIAN");
    write_header(context, &mut writer);
    if let Some(description) = &form.description {
        description.write(&mut writer);
    }
    let mut event = Properties::default();
    for (talk, slot) in &events {
        event::write(context, talk, slot, &form, &mut event, &mut writer);
    }
    if events.is_empty() {
        write_stand_in(context, &mut writer);
    }
    writer.end("VCALENDAR");
    writer.finish()
}

/// The slots to show, in programme order.
fn events<'a>(context: &Context<'a>) -> Vec<(&'a Talk, &'a Slot)> {
    let talks = context.talks().into_iter();
    talks
        .flat_map(|occurrence| {
            occurrence
                .slots
                .into_iter()
                .map(move |slot| (occurrence.talk, slot))
        })
        .filter(|(_, slot)| {
            slot.state != State::Cancelled || context.wishes.cancelled != Cancelled::Hide
        })
        .collect()
}

fn write_header(context: &Context<'_>, writer: &mut Writer) {
    let conference = context.conference;
    let title = context.title();
    // Outlook wants no calendar name on a single appointment (MS-OXCICAL §2.1.3.1.1.17).
    let is_single = matches!(context.selection.part, Part::Talk(_));
    writer.property(&Property::new("NAME", title.as_str()));
    if !is_single {
        writer.property(&Property::new("X-WR-CALNAME", title.as_str()));
    }
    let description = Plain::new(&text::plain(&conference.description));
    if !description.is_empty() && !is_single {
        writer.property(&Property::new("DESCRIPTION", &*description));
        writer.property(&Property::new("X-WR-CALDESC", &*description));
    }
    writer.raw("REFRESH-INTERVAL;VALUE=DURATION", REFRESH);
    writer.raw("X-PUBLISHED-TTL", REFRESH);
    writer.raw("SOURCE;VALUE=URI", &context.feed_url(&RENDERER));
    writer.raw("URL", &context.page_url());
    if let Some(updated) = context.updated() {
        writer.raw("LAST-MODIFIED", &utc(updated));
    }
    if let Some(colour) = conference.colour {
        writer.raw("COLOR", colour::name(colour));
        writer.raw("X-APPLE-CALENDAR-COLOR", &colour.to_string().to_uppercase());
    }
}

/// A calendar must hold a component (RFC 5545 §3.6): one without events holds the conference's days,
/// or where not even these are known its zone.
fn write_stand_in(context: &Context<'_>, writer: &mut Writer) {
    let conference = context.conference;
    let (Some(first), Some(last)) = (conference.days.first(), conference.days.last()) else {
        let epoch = DateTime::<Utc>::UNIX_EPOCH;
        if let Some(description) = VTimezone::describe(&conference.zone, epoch, epoch) {
            description.write(writer);
        }
        return;
    };
    let after = last
        .date
        .checked_add_days(Days::new(1))
        .unwrap_or(last.date);
    let id = feed_id(
        conference,
        context.history,
        &format!("{}#days", context.selection.part.path()),
    );
    let uid = uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_URL, id.as_bytes());
    let stamp = context.updated().map_or(DTSTAMP_OF_THE_UNDATED.into(), utc);
    let place = conference
        .venue
        .as_ref()
        .map_or("To be announced", |venue| &*venue.name);
    writer.begin("VEVENT");
    writer.raw("UID", &uid.to_string());
    writer.raw("DTSTAMP", &stamp);
    writer.raw("LAST-MODIFIED", &stamp);
    writer.raw("DTSTART;VALUE=DATE", &date(first.date));
    writer.raw("DTEND;VALUE=DATE", &date(after));
    writer.property(&Property::new("SUMMARY", &*conference.name));
    writer.property(&Property::new("LOCATION", place));
    writer.property(&Property::new("DESCRIPTION", context.page_url()));
    writer.raw("URL", &context.page_url());
    writer.raw("SEQUENCE", "0");
    writer.raw("STATUS", "CONFIRMED");
    writer.raw("TRANSP", "TRANSPARENT");
    writer.end("VEVENT");
}

/// How a calendar writes its times: with a zone and its VTIMEZONE, or in UTC.
struct TimeForm {
    zone: Zone,
    is_own_zone: bool,
    description: Option<VTimezone>,
}

impl TimeForm {
    fn choose(context: &Context<'_>, events: &[(&Talk, &Slot)]) -> Self {
        let own = &context.conference.zone;
        let zone = context.wishes.zone.as_ref().unwrap_or(own).clone();
        let mut form = Self {
            is_own_zone: zone == *own,
            zone,
            description: None,
        };
        let spans = events.iter().filter_map(|(_, slot)| slot.when.timed());
        let local = spans
            .map(|span| (form.moment(span.start()), form.moment(span.end())))
            .filter(|(start, end)| start.wall_is_unique() && end.wall_is_unique());
        let range = local.fold(
            None,
            |range: Option<(DateTime<Utc>, DateTime<Utc>)>, (start, end)| {
                let (start, end) = (start.instant(), end.instant());
                Some(range.map_or((start, end), |(from, until)| {
                    (from.min(start), until.max(end))
                }))
            },
        );
        if let Some((from, until)) = range
            && !is_utc(&form.zone)
        {
            form.description = VTimezone::describe(&form.zone, from, until);
        }
        form
    }

    fn zone(&self) -> &Zone {
        &self.zone
    }

    fn moment(&self, moment: Moment) -> Moment {
        if self.is_own_zone {
            moment
        } else {
            Moment::new(moment.instant(), &self.zone)
        }
    }

    /// Whether a moment is written with the zone. In the hour that the clocks repeat only UTC says
    /// which of the two is meant.
    fn is_local(&self, moment: Moment) -> bool {
        self.description.is_some() && moment.wall_is_unique()
    }
}

fn is_utc(zone: &Zone) -> bool {
    matches!(
        zone.name(),
        "UTC" | "Etc/UTC" | "Etc/UCT" | "Etc/Zulu" | "Etc/Universal" | "Zulu" | "UCT" | "Universal"
    )
}

/// A UTC time (RFC 5545 §3.3.5, form 2).
fn utc(instant: DateTime<Utc>) -> String {
    let mut text = local(instant.naive_utc());
    text.push('Z');
    text
}

/// A wall clock time (RFC 5545 §3.3.5, forms 1 and 3).
fn local(wall: NaiveDateTime) -> String {
    let mut text = date(wall.date());
    text.push('T');
    for number in [wall.hour(), wall.minute(), wall.second()] {
        push_two_digits(&mut text, number);
    }
    text
}

/// A date (RFC 5545 §3.3.4).
fn date(date: NaiveDate) -> String {
    let year = date.year().unsigned_abs();
    let mut text = String::with_capacity("20261024T100000Z".len());
    for number in [year / 100, year % 100, date.month(), date.day()] {
        push_two_digits(&mut text, number);
    }
    text
}

/// Not chrono's `format`, which reads its pattern anew each time: five times an event, that is a
/// tenth of a calendar's rendering.
fn push_two_digits(text: &mut String, number: u32) {
    for digit in [number / 10 % 10, number % 10] {
        text.extend(char::from_digit(digit, 10));
    }
}
