mod dialects;
mod hostile;
mod real;
mod rules;

use super::SOURCE;
use crate::model::Link;
use crate::source::{Clock, Draft, DraftSlot, End, Input, Options, Reading};
use std::fmt::Write;

fn read(text: &str) -> Reading {
    read_bytes(text.as_bytes())
}

fn read_bytes(bytes: &[u8]) -> Reading {
    let options = Options::default();
    (SOURCE.read)(&Input {
        file: "s.xml",
        bytes,
        options: &options,
    })
}

/// Everything that was read, a line each, and the problems.
fn told(text: &str) -> String {
    let (draft, problems) = match read(text) {
        Ok(read) => read,
        Err(problem) => return problem.to_string(),
    };
    let mut told = String::new();
    conference(&mut told, &draft);
    for talk in &draft.talks {
        let place = talk.place.line.unwrap_or_default();
        let code = talk.code.as_deref().unwrap_or("-");
        let _ = writeln!(told, "talk {code} \"{}\" (line {place})", talk.title);
        let fields = [
            ("subtitle", talk.subtitle.as_deref()),
            ("kind", talk.kind.map(|kind| kind.word())),
            ("format", talk.format.as_deref()),
            ("state", talk.state.map(|state| state.word())),
            ("summary", talk.summary.as_deref()),
            ("description", talk.description.as_deref()),
            ("track", talk.track.as_deref()),
            ("language", talk.language.as_deref()),
            ("url", talk.url.as_deref()),
            ("image", talk.image.as_deref()),
            ("licence", talk.licence.as_deref()),
            ("origin", talk.origin.as_deref()),
        ];
        list(&mut told, &fields);
        for name in &talk.speakers {
            let _ = writeln!(told, "  speaker: {name}");
        }
        if let Some(optout) = talk.recording_optout {
            let _ = writeln!(told, "  recording_optout: {optout}");
        }
        for link in &talk.links {
            let _ = writeln!(told, "  link: {}", shown_link(link));
        }
        for slot in &talk.slots {
            let _ = writeln!(told, "  slot: {}", shown_slot(slot));
        }
    }
    for (what, count) in &draft.uncarried {
        let _ = writeln!(told, "left out: {what} ({count})");
    }
    for problem in &problems {
        let _ = writeln!(told, "{problem}");
    }
    told
}

fn conference(told: &mut String, draft: &Draft) {
    let fields = [
        ("name", draft.name.as_deref()),
        ("acronym", draft.acronym.as_deref()),
        ("version", draft.version.as_deref()),
        ("zone", draft.zone.as_ref().map(|zone| zone.name())),
        ("url", draft.url.as_deref()),
        ("base_url", draft.base_url.as_deref()),
        ("logo", draft.logo.as_deref()),
        ("venue", draft.venue.as_deref()),
        ("address", draft.address.as_deref()),
        ("colour", draft.colour.map(|it| it.to_string()).as_deref()),
        (
            "timeslot",
            draft.timeslot.map(|it| it.to_string()).as_deref(),
        ),
    ]
    .map(|(name, value)| (name, value.map(str::to_owned)));
    told.push_str("conference\n");
    let fields: Vec<(&str, Option<&str>)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_deref()))
        .collect();
    list(told, &fields);
    for day in &draft.days {
        let hours = day
            .hours
            .map(|(start, end)| format!(" {} to {}", shown_clock(start), shown_clock(end)));
        let _ = writeln!(told, "  day: {}{}", day.date, hours.unwrap_or_default());
    }
    for room in &draft.rooms {
        let guid = room.guid.map(|guid| format!(" guid {guid}"));
        let slug = room.slug.as_ref().map(|slug| format!(" slug {slug}"));
        let (guid, slug) = (guid.unwrap_or_default(), slug.unwrap_or_default());
        let _ = writeln!(told, "  room: {}{guid}{slug}", room.name);
    }
    for track in &draft.tracks {
        let slug = track.slug.as_ref().map(|slug| format!(" slug {slug}"));
        let colour = track.colour.map(|colour| format!(" {colour}"));
        let (slug, colour) = (slug.unwrap_or_default(), colour.unwrap_or_default());
        let _ = writeln!(told, "  track: {}{slug}{colour}", track.name);
    }
    for person in &draft.speakers {
        let id = person.id.map(|id| format!(" id {id}")).unwrap_or_default();
        let guid = person.guid.map(|guid| format!(" guid {guid}"));
        let code = person.code.as_ref().map(|code| format!(" code {code}"));
        let (guid, code) = (guid.unwrap_or_default(), code.unwrap_or_default());
        let _ = writeln!(told, "  person: {}{id}{guid}{code}", person.name);
    }
}

fn list(told: &mut String, fields: &[(&str, Option<&str>)]) {
    for (name, value) in fields {
        if let Some(value) = value {
            let _ = writeln!(told, "  {name}: {value}");
        }
    }
}

fn shown_link(link: &Link) -> String {
    let title = link.title.as_ref().map(|title| format!(" \"{title}\""));
    let attachment = if link.is_attachment {
        " attachment"
    } else {
        ""
    };
    format!(
        "{} {}{}{attachment}",
        link.kind.word(),
        link.url,
        title.unwrap_or_default()
    )
}

fn shown_slot(slot: &DraftSlot) -> String {
    let mut parts = Vec::new();
    parts.extend(slot.day.map(|day| format!("{day:?}")));
    parts.extend(slot.start.map(shown_clock));
    parts.extend(slot.end.map(|end| match end {
        End::At(clock) => format!("until {}", shown_clock(clock)),
        End::After(length) => format!("for {} min", length.num_minutes()),
    }));
    parts.extend(slot.room.as_ref().map(|room| format!("in {room}")));
    parts.extend(slot.state.map(|state| state.word().to_owned()));
    let identifiers = &slot.identifiers;
    parts.extend(identifiers.guid.map(|guid| format!("guid {guid}")));
    parts.extend(identifiers.id.map(|id| format!("id {id}")));
    parts.extend(identifiers.slug.as_ref().map(|slug| format!("slug {slug}")));
    parts.join(", ")
}

fn shown_clock(clock: Clock) -> String {
    match clock {
        Clock::Wall(wall) => format!("wall {}", wall.format("%m-%d %H:%M")),
        Clock::Time(time) => format!("time {}", time.format("%H:%M")),
        Clock::Instant(instant) => format!("instant {}", instant.format("%m-%d %H:%M%:z")),
        Clock::Doubtful(instant) => format!("doubtful {}", instant.format("%m-%d %H:%M%:z")),
    }
}
