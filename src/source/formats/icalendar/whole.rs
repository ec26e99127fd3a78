//! What the events of a calendar say together about the conference.

use super::event::Event;
use super::slot::whole_days;
use crate::model::{Kind, Plain};
use crate::source::lists::findings::Findings;
use crate::source::{Draft, DraftDay, Problem, vocabulary};

/// An event of whole days that lasts as long as all others and is called like the calendar is the
/// conference itself and not a part of its programme.
pub(super) fn take_conference_itself(
    events: &mut Vec<Event>,
    draft: &mut Draft,
    findings: &mut Findings,
) {
    let Some(name) = draft.name.as_ref().map(|name| name.to_lowercase()) else {
        return;
    };
    let dates = events
        .iter()
        .filter_map(|event| event.start.map(|start| start.time.date()));
    let Some((first, last)) = dates.clone().min().zip(dates.max()) else {
        return;
    };
    let is_conference = |event: &Event| {
        let title = event.summary.to_lowercase();
        let is_called_so = !title.is_empty() && (name.contains(&title) || title.contains(&name));
        is_called_so && whole_days(event).is_some_and(|days| days.0 <= first && last <= days.1)
    };
    let Some(at) = events.iter().position(is_conference) else {
        return;
    };
    let event = events.remove(at);
    let place = findings.line(event.line);
    let days = whole_days(&event).into_iter().flat_map(|(first, last)| {
        first
            .iter_days()
            .take_while(move |day| *day <= last)
            .take(31)
    });
    let days = days.map(|date| DraftDay {
        place: place.clone(),
        date,
        name: None,
        hours: None,
    });
    draft.days = days.collect();
    draft.url = draft.url.take().or(event.url);
    let message = format!(
        "the event \"{}\" is read as the conference itself: it gives the days and is no talk",
        event.summary
    );
    findings.report(Problem::note(place, message));
}

/// What every event says alike is said of the conference.
pub(super) fn share(events: &mut [Event], draft: &mut Draft) {
    if let Some(url) = shared(events, |event| event.url.as_ref()) {
        draft.url.get_or_insert(url);
        events.iter_mut().for_each(|event| event.url = None);
    }
    if let Some(online) = shared(events, |event| event.online.as_ref()) {
        draft.online = Some(online);
        events.iter_mut().for_each(|event| event.online = None);
    }
    if let Some(language) = shared(events, |event| event.language.as_ref()) {
        draft.language = Some(language);
        events.iter_mut().for_each(|event| event.language = None);
    }
    draft.geo = shared(events, |event| event.geo.as_ref());
    if draft.geo.is_none() {
        let positions = events.iter().filter(|event| event.geo.is_some()).count();
        (0..positions).for_each(|_| draft.leave_out("GEO"));
    }
}

fn shared<T: PartialEq + Clone>(events: &[Event], of: impl Fn(&Event) -> Option<&T>) -> Option<T> {
    let first = of(events.first()?)?;
    let is_shared = events.len() > 1 && events.iter().all(|event| of(event) == Some(first));
    is_shared.then(|| first.clone())
}

/// PyCon US writes the format before every title: "[tutorial] Event sourcing". Where one has none,
/// brackets are a part of the titles.
pub(super) fn take_formats(events: &mut [Event]) {
    let split = |event: &Event| {
        let (format, title) = event.summary.strip_prefix('[')?.split_once(']')?;
        Plain::non_empty(format).zip(Plain::non_empty(title))
    };
    let found: Option<Vec<(Plain, Plain)>> = events.iter().map(split).collect();
    let Some(found) = found.filter(|found| found.len() > 1) else {
        return;
    };
    for (event, (format, title)) in events.iter_mut().zip(found) {
        event.summary = title;
        event.kind = Some(vocabulary::kind(&format));
        event.format = Some(format);
    }
}

/// A category that is the name of a kind says the kind, and nothing more.
pub(super) fn take_kinds(events: &mut [Event]) {
    let kind_of = |category: &Plain| {
        let mut kinds = Kind::ALL.into_iter();
        kinds.find(|kind| {
            kind.name().eq_ignore_ascii_case(category) || kind.word().eq_ignore_ascii_case(category)
        })
    };
    for event in events {
        event.kind = event
            .kind
            .or_else(|| event.categories.iter().find_map(kind_of));
        event
            .categories
            .retain(|category| kind_of(category).is_none());
    }
}
