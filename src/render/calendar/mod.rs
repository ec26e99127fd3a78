//! A calendar that people subscribe to: iCalendar ([`ics`]), and the same as xCal and jCal.
//!
//! The properties are those of RFC 5545 and RFC 7986; they are said once, to whatever writes them
//! down ([`value`]).
//!
//! Times stand with the conference's IANA zone and a VTIMEZONE ([`vtimezone`]), or in UTC where no
//! VTIMEZONE can be right. A slot whose hour is not known is an all-day event that blocks no time.
//!
//! # Not supported
//!
//! X-WR-TIMEZONE: only a hint, and some programs apply it to UTC times. METHOD, ORGANIZER and
//! ATTENDEE: they turn a feed into an invitation. UID of the calendar itself: vdirsyncer then takes
//! the whole feed for one event. RRULE: every occurrence is an event.

mod colour;
mod event;
pub(super) mod ics;
pub(super) mod jcal;
mod rich;
mod value;
mod vtimezone;
pub(super) mod xcal;

use super::{Context, text, words};
use crate::history::feed_id;
use crate::model::{Moment, Part, Plain, Slot, Talk, Zone};
use chrono::{DateTime, Days, Utc};
use value::{Value, Writer};
use vtimezone::VTimezone;

/// Names the program, not its version: a new version alone must not change every calendar.
const PRODID: &str = "-//handbill//conference schedule//EN";

/// How often clients should come back (RFC 7986 §5.7).
const REFRESH: &str = "PT1H";

/// DTSTAMP where nothing in the data is dated. The property is required; the clock would make every
/// rendering different.
const DTSTAMP_OF_THE_UNDATED: DateTime<Utc> = DateTime::<Utc>::UNIX_EPOCH;

/// Says the calendar to a writer.
fn write(context: &Context<'_>, writer: &mut dyn Writer) {
    let events = events(context);
    let form = TimeForm::choose(context, &events);
    writer.begin("VCALENDAR");
    writer.add("VERSION", Value::Text("2.0"));
    writer.add("PRODID", Value::Text(PRODID));
    writer.add("CALSCALE", Value::Text("GREGORIAN"));
    write_header(context, writer);
    if let Some(description) = &form.description {
        description.write(writer);
    }
    for (talk, slot) in &events {
        event::write(context, talk, slot, &form, writer);
    }
    if events.is_empty() {
        write_stand_in(context, writer);
    }
    writer.end("VCALENDAR");
}

/// What a calendar has no place for.
fn leaves_out(context: &Context<'_>) -> Vec<(&'static str, usize)> {
    let talks = context.talks();
    let undated = talks
        .iter()
        .filter(|occurrence| occurrence.slots.is_empty());
    vec![("without a known day", undated.count())]
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
        .collect()
}

fn write_header(context: &Context<'_>, writer: &mut dyn Writer) {
    let conference = context.conference;
    let title = context.title();
    // Outlook wants no calendar name on a single appointment (MS-OXCICAL §2.1.3.1.1.17).
    let is_single = matches!(context.selection.part, Part::Talk(_));
    writer.add("NAME", Value::Text(&title));
    if !is_single {
        writer.add("X-WR-CALNAME", Value::Text(&title));
    }
    let description = Plain::new(&text::plain(&conference.description));
    if !description.is_empty() && !is_single {
        writer.add("DESCRIPTION", Value::Text(&description));
        writer.add("X-WR-CALDESC", Value::Text(&description));
    }
    writer.add("REFRESH-INTERVAL", Value::Duration(REFRESH));
    writer.add("X-PUBLISHED-TTL", Value::Text(REFRESH));
    writer.add("SOURCE", Value::Uri(&context.feed_url(&ics::RENDERER)));
    writer.add("URL", Value::Uri(&context.own_page_url()));
    if let Some(updated) = context.updated() {
        writer.add("LAST-MODIFIED", Value::Utc(updated));
    }
    if let Some(colour) = conference.colour {
        writer.add("COLOR", Value::Text(colour::name(colour)));
        let number = colour.to_string().to_uppercase();
        writer.add("X-APPLE-CALENDAR-COLOR", Value::Text(&number));
    }
}

/// A calendar must hold a component (RFC 5545 §3.6): one without events holds the conference's days,
/// or where not even these are known its zone.
fn write_stand_in(context: &Context<'_>, writer: &mut dyn Writer) {
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
    let stamp = context.updated().unwrap_or(DTSTAMP_OF_THE_UNDATED);
    let place = conference
        .venue
        .as_ref()
        .map_or(words::NO_PLACE, |venue| &*venue.name);
    let page = context.page_url();
    writer.begin("VEVENT");
    writer.add("UID", Value::Text(&uid.to_string()));
    writer.add("DTSTAMP", Value::Utc(stamp));
    writer.add("LAST-MODIFIED", Value::Utc(stamp));
    writer.add("DTSTART", Value::Date(first.date));
    writer.add("DTEND", Value::Date(after));
    writer.add("SUMMARY", Value::Text(&conference.name));
    writer.add("LOCATION", Value::Text(place));
    writer.add("DESCRIPTION", Value::Text(&page));
    writer.add("URL", Value::Uri(&page));
    writer.add("SEQUENCE", Value::Integer(0));
    writer.add("STATUS", Value::Text("CONFIRMED"));
    writer.add("TRANSP", Value::Text("TRANSPARENT"));
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
