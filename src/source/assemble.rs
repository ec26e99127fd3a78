//! From a draft to the model: names become rooms, tracks and speakers, wall clocks become moments,
//! and whatever does not fit is reported and left out.

use super::{Clock, DayRef, Draft, DraftSlot, DraftTalk, End, Place, Problem};
use crate::model::zone::Resolved;
use crate::model::{
    Conference, Day, Kind, Markdown, Moment, Plain, Room, Slot, Slug, Speaker, State, Talk,
    TalkCode, Track, Venue, When, Zone, day,
};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, Utc};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// Builds the model.
///
/// `name` stands in for a slug or name that the draft does not give: the folder's, or the file's.
///
/// # Errors
///
/// When there are wall clock times and no time zone to read them in.
pub fn assemble(draft: Draft, name: &str) -> Result<(Conference, Vec<Problem>), Vec<Problem>> {
    let mut problems = Vec::new();
    let zone = zone(&draft, &mut problems)?;
    let listed_days = dates(&draft, &mut problems);
    let mut parts = Parts::listed(&draft);
    let mut codes = Codes::taken_by(&draft.talks);
    let mut talks = Vec::with_capacity(draft.talks.len());
    for talk in draft.talks {
        let mut assembly = Assembly {
            zone: &zone,
            days: &listed_days,
            parts: &mut parts,
            problems: &mut problems,
            name: talk.code.as_deref().unwrap_or(&talk.title).to_owned(),
        };
        let code = codes.code_for(&talk);
        talks.push(assembly.talk(talk, code));
    }
    let days = days(listed_days, &talks, &mut problems, &draft.place);
    sort(&mut talks, &days);
    let slug = draft.slug.unwrap_or_else(|| Slug::of(name));
    let authority = draft.authority.or_else(|| {
        let host = draft.url.as_ref()?.host().to_owned();
        Some(format!("{host},{}", days.first()?.date.year()))
    });
    let venue = draft.venue.map(|name| Venue {
        name,
        address: draft.address,
        geo: draft.geo,
    });
    let conference = Conference {
        name: draft.name.unwrap_or_else(|| Plain::new(name)),
        zone,
        url: draft.url,
        authority,
        description: draft.description.unwrap_or_default(),
        language: draft.language.unwrap_or_default(),
        venue,
        online: draft.online,
        colour: draft.colour,
        days,
        rooms: parts.rooms.list,
        tracks: parts.tracks.list,
        speakers: by_name(parts.speakers.list),
        talks,
        links: draft.links,
        notes: draft.notes.unwrap_or_default(),
        updated: draft.updated,
        slug,
    };
    Ok((conference, problems))
}

/// The zone of the wall clock times. Nothing is ever silently read as UTC.
fn zone(draft: &Draft, problems: &mut Vec<Problem>) -> Result<Zone, Vec<Problem>> {
    if let Some(zone) = &draft.zone {
        return Ok(zone.clone());
    }
    let slots = draft.talks.iter().flat_map(|talk| &talk.slots);
    let needs_zone =
        |slot: &&DraftSlot| matches!(slot.start, Some(Clock::Wall(_) | Clock::Time(_)));
    let remedy =
        "name one: time_zone = \"Europe/Berlin\" in conference.toml, or --time-zone Europe/Berlin";
    if let Some(slot) = slots.into_iter().find(needs_zone) {
        let message = "there are times here, and no time zone to read them in";
        return Err(vec![Problem::error(slot.place.clone(), message, remedy)]);
    }
    problems.push(Problem::warning(
        draft.place.clone(),
        "no time zone is known",
        remedy,
    ));
    Ok(Zone::utc())
}

/// The listed dates in order, each once.
fn dates(draft: &Draft, problems: &mut Vec<Problem>) -> Vec<Day> {
    let mut days: BTreeMap<NaiveDate, Option<Plain>> = BTreeMap::new();
    for day in &draft.days {
        if days.insert(day.date, day.name.clone()).is_some() {
            let message = format!("the day {} is listed twice", day.date);
            problems.push(Problem::warning(
                day.place.clone(),
                message,
                "remove one of the two",
            ));
        }
    }
    numbered(days)
}

fn numbered(days: BTreeMap<NaiveDate, Option<Plain>>) -> Vec<Day> {
    let days = days.into_iter().enumerate();
    days.map(|(before, (date, name))| Day {
        index: before + 1,
        date,
        name,
    })
    .collect()
}

/// The conference's days: the listed ones, and those on which there is a talk all the same.
fn days(listed: Vec<Day>, talks: &[Talk], problems: &mut Vec<Problem>, place: &Place) -> Vec<Day> {
    let has_list = !listed.is_empty();
    let mut days: BTreeMap<_, _> = listed
        .iter()
        .map(|day| (day.date, day.name.clone()))
        .collect();
    for talk in talks {
        for slot in &talk.slots {
            let date = slot.day(&listed);
            let Entry::Vacant(day) = days.entry(date) else {
                continue;
            };
            day.insert(None);
            if has_list {
                let message =
                    format!("a talk is held on {date}, which is no day of the conference");
                let remedy = format!("add {date} to `days`, or mend the talk's date");
                problems
                    .push(Problem::warning(place.clone(), message, remedy).of_talk(&*talk.code));
            }
        }
    }
    numbered(days)
}

/// Programme order: by day; on a day first what has no hour, as listed, then by start.
fn sort(talks: &mut [Talk], days: &[Day]) {
    talks.sort_by_cached_key(|talk| {
        let first = talk.slots.iter().map(|slot| {
            let start = slot.when.timed().map(|span| span.start().instant());
            (slot.day(days), start)
        });
        let first = first.min();
        (first.is_none(), first)
    });
}

/// Things that have a name and a slug of their own.
struct Named<T> {
    list: Vec<Arc<T>>,
    by_name: HashMap<String, usize>,
    slugs: HashSet<Slug>,
}

impl<T> Named<T> {
    fn new() -> Self {
        Self {
            list: Vec::new(),
            by_name: HashMap::new(),
            slugs: HashSet::new(),
        }
    }

    /// The thing of this name, made on first mention.
    fn get(&mut self, name: &Plain, slug: Option<&Slug>, make: impl FnOnce(Slug) -> T) -> Arc<T> {
        if let Some(at) = self.by_name.get(&**name) {
            return Arc::clone(&self.list[*at]);
        }
        let wanted = slug.cloned().unwrap_or_else(|| Slug::of(name));
        let mut free = wanted.clone();
        let mut number = 2;
        while !self.slugs.insert(free.clone()) {
            free = wanted.numbered(number);
            number += 1;
        }
        let thing = Arc::new(make(free));
        self.by_name.insert(name.to_string(), self.list.len());
        self.list.push(Arc::clone(&thing));
        thing
    }
}

/// Rooms, tracks and speakers, the listed ones first.
struct Parts {
    rooms: Named<Room>,
    listed_rooms: Vec<Plain>,
    tracks: Named<Track>,
    listed_tracks: Vec<Plain>,
    speakers: Named<Speaker>,
}

impl Parts {
    fn listed(draft: &Draft) -> Self {
        let (mut rooms, mut tracks, mut speakers) = (Named::new(), Named::new(), Named::new());
        for room in &draft.rooms {
            rooms.get(&room.name, room.slug.as_ref(), |slug| Room {
                slug,
                name: room.name.clone(),
                online: room.online.clone(),
            });
        }
        for track in &draft.tracks {
            tracks.get(&track.name, track.slug.as_ref(), |slug| Track {
                slug,
                name: track.name.clone(),
                colour: track.colour,
            });
        }
        let said: HashSet<&str> = draft
            .talks
            .iter()
            .flat_map(|talk| &talk.speakers)
            .map(|name| &**name)
            .collect();
        for speaker in draft
            .speakers
            .iter()
            .filter(|speaker| said.contains(&*speaker.name))
        {
            speakers.get(&speaker.name, None, |slug| Speaker {
                slug,
                name: speaker.name.clone(),
                biography: speaker.biography.clone(),
                url: speaker.url.clone(),
                picture: speaker.picture.clone(),
            });
        }
        Self {
            rooms,
            listed_rooms: draft.rooms.iter().map(|room| room.name.clone()).collect(),
            tracks,
            listed_tracks: draft
                .tracks
                .iter()
                .map(|track| track.name.clone())
                .collect(),
            speakers,
        }
    }

    fn room(&mut self, name: &Plain) -> Arc<Room> {
        let name_of = name.clone();
        self.rooms.get(name, None, |slug| Room {
            slug,
            name: name_of,
            online: None,
        })
    }

    fn track(&mut self, name: &Plain) -> Arc<Track> {
        let name_of = name.clone();
        self.tracks.get(name, None, |slug| Track {
            slug,
            name: name_of,
            colour: None,
        })
    }

    fn speaker(&mut self, name: &Plain) -> Arc<Speaker> {
        let name_of = name.clone();
        self.speakers.get(name, None, |slug| Speaker {
            slug,
            name: name_of,
            biography: Markdown::default(),
            url: None,
            picture: None,
        })
    }
}

fn by_name(mut speakers: Vec<Arc<Speaker>>) -> Vec<Arc<Speaker>> {
    speakers.sort_by_cached_key(|speaker| (speaker.name.to_lowercase(), speaker.slug.clone()));
    speakers
}

/// The codes in use, so that a talk without one gets one of its own.
struct Codes {
    taken: HashSet<TalkCode>,
}

impl Codes {
    fn taken_by(talks: &[DraftTalk]) -> Self {
        Self {
            taken: talks.iter().filter_map(|talk| talk.code.clone()).collect(),
        }
    }

    /// The organisers' code, else one made of the title.
    fn code_for(&mut self, talk: &DraftTalk) -> TalkCode {
        if let Some(code) = &talk.code {
            return code.clone();
        }
        let slug = Slug::of(&talk.title);
        let mut stem: &str = &slug[..slug.len().min(56)];
        stem = stem.trim_end_matches('-');
        let mut number = 1;
        loop {
            let name = if number == 1 {
                stem.to_owned()
            } else {
                format!("{stem}-{number}")
            };
            if let Some(code) = TalkCode::parse(&name)
                && self.taken.insert(code.clone())
            {
                return code;
            }
            number += 1;
        }
    }
}

/// The making of one talk.
struct Assembly<'a> {
    zone: &'a Zone,
    days: &'a [Day],
    parts: &'a mut Parts,
    problems: &'a mut Vec<Problem>,
    name: String,
}

impl Assembly<'_> {
    fn talk(&mut self, draft: DraftTalk, code: TalkCode) -> Talk {
        let state = draft.state.unwrap_or_default();
        let slots = self.slots(&draft.slots, state);
        self.check_listed(&draft);
        Talk {
            code,
            title: draft.title,
            subtitle: draft.subtitle,
            kind: draft.kind.unwrap_or(Kind::Talk),
            state,
            summary: draft.summary.unwrap_or_default(),
            description: draft.description.unwrap_or_default(),
            notes: draft.notes.unwrap_or_default(),
            speakers: self.speakers(&draft.speakers),
            track: draft.track.as_ref().map(|name| self.parts.track(name)),
            language: draft.language,
            url: draft.url,
            online: draft.online,
            image: draft.image,
            links: draft.links,
            tags: draft.tags,
            licence: draft.licence,
            updated: draft.updated,
            slots,
        }
    }

    fn speakers(&mut self, names: &[Plain]) -> Vec<Arc<Speaker>> {
        let mut speakers: Vec<Arc<Speaker>> = Vec::with_capacity(names.len());
        for name in names {
            let speaker = self.parts.speaker(name);
            if !speakers.contains(&speaker) {
                speakers.push(speaker);
            }
        }
        speakers
    }

    /// A room or track that is not in the list, where there is one, is perhaps misspelt.
    fn check_listed(&mut self, draft: &DraftTalk) {
        let rooms = draft
            .slots
            .iter()
            .filter_map(|slot| Some((slot.room.as_ref()?, &slot.place)));
        let rooms = rooms.map(|(name, place)| ("room", name, place, &self.parts.listed_rooms));
        let track = draft
            .track
            .as_ref()
            .map(|name| ("track", name, &draft.place, &self.parts.listed_tracks));
        let mut found = Vec::new();
        for (what, name, place, listed) in rooms.chain(track) {
            if listed.is_empty() || listed.contains(name) {
                continue;
            }
            let nearest = listed.iter().max_by(|a, b| {
                strsim::jaro_winkler(a, name).total_cmp(&strsim::jaro_winkler(b, name))
            });
            let remedy = match nearest {
                Some(nearest) if strsim::jaro_winkler(nearest, name) > 0.8 => {
                    format!("did you mean \"{nearest}\"?")
                }
                _ => format!("add it to `{what}s`"),
            };
            found.push(Problem::warning(
                place.clone(),
                format!("the {what} \"{name}\" is not listed"),
                remedy,
            ));
        }
        for problem in found {
            self.report(problem);
        }
    }

    fn slots(&mut self, drafts: &[DraftSlot], state: State) -> Vec<Slot> {
        let fixed: HashSet<u32> = drafts.iter().filter_map(|draft| draft.occurrence).collect();
        let mut used = HashSet::new();
        let mut next = 1;
        let mut slots = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let occurrence = draft.occurrence.unwrap_or_else(|| {
                while fixed.contains(&next) {
                    next += 1;
                }
                next += 1;
                next - 1
            });
            if !used.insert(occurrence) {
                let message = format!("the occurrence {occurrence} is there already");
                self.report(Problem::error(
                    draft.place.clone(),
                    message,
                    "number each occurrence once",
                ));
                continue;
            }
            let Some(when) = self.when(draft) else {
                continue;
            };
            let room = draft.room.as_ref().map(|name| self.parts.room(name));
            let state = match (state, draft.state) {
                (State::Cancelled, _) | (_, None) => state,
                (_, Some(own)) => own,
            };
            slots.push(Slot {
                occurrence,
                when,
                room,
                state,
            });
        }
        slots
    }

    fn when(&mut self, draft: &DraftSlot) -> Option<When> {
        let day = match draft.day {
            Some(reference) => Some(self.date(reference, &draft.place)?),
            None => None,
        };
        let Some(start) = draft.start else {
            if draft.end.is_some() {
                let message = "there is an end without a start";
                self.report(Problem::error(draft.place.clone(), message, "add `start`"));
            }
            return day.map(When::Day);
        };
        let start_wall = match start {
            Clock::Wall(wall) => wall,
            Clock::Time(time) => self.on_day(day, time, &draft.place)?,
            Clock::Instant(instant) => self.zone.wall(instant.to_utc()),
        };
        if let Some(day) = day
            && day::date_of(start_wall, self.days) != day
            && start_wall.date() != day
        {
            let message = format!("the day is {day}, the start {start_wall} is on another");
            self.report(Problem::warning(
                draft.place.clone(),
                message,
                "make the two agree; the start is published",
            ));
        }
        let start_instant = match start {
            Clock::Instant(instant) => instant.to_utc(),
            Clock::Wall(_) | Clock::Time(_) => self.instant(start_wall, None, &draft.place),
        };
        let Some(end_instant) = self.end(draft, start_wall, start_instant) else {
            let message = format!(
                "it starts at {}, and no end is known",
                start_wall.format("%H:%M")
            );
            let remedy = "add `end` or `duration`; until then only its day is published";
            self.report(Problem::error(draft.place.clone(), message, remedy));
            return Some(When::Day(day::date_of(start_wall, self.days)));
        };
        let (start, end) = (
            Moment::new(start_instant, self.zone),
            Moment::new(end_instant, self.zone),
        );
        match When::span(start, end) {
            Ok(when) => Some(when),
            Err(error) => {
                let remedy =
                    "mend `start`, `end` or `duration`; until then only its day is published";
                self.report(Problem::error(
                    draft.place.clone(),
                    error.to_string(),
                    remedy,
                ));
                Some(When::Day(day::date_of(start_wall, self.days)))
            }
        }
    }

    fn date(&mut self, reference: DayRef, place: &Place) -> Option<NaiveDate> {
        let number = match reference {
            DayRef::Date(date) => return Some(date),
            DayRef::Number(number) => number,
        };
        let day = self.days.iter().find(|day| day.index == number);
        if day.is_none() {
            let message = match self.days.len() {
                0 => format!("it is on day {number}, and the dates of the days are not known"),
                days => format!("it is on day {number}, and the conference has {days}"),
            };
            let remedy =
                "list the dates in `days` in conference.toml, or give the first with --first-day";
            self.report(Problem::warning(place.clone(), message, remedy));
        }
        day.map(|day| day.date)
    }

    /// A time of a conference day: before the day's change it is past midnight.
    fn on_day(
        &mut self,
        day: Option<NaiveDate>,
        time: chrono::NaiveTime,
        place: &Place,
    ) -> Option<NaiveDateTime> {
        let only_day = || match self.days {
            [day] => Some(day.date),
            _ => None,
        };
        let Some(date) = day.or_else(only_day) else {
            let message = format!(
                "it starts at {}, and its day is not known",
                time.format("%H:%M")
            );
            self.report(Problem::error(
                place.clone(),
                message,
                "add `day`, or the date to `start`",
            ));
            return None;
        };
        let is_past_midnight = time < day::DAY_CHANGE;
        let after = date.checked_add_days(Days::new(u64::from(is_past_midnight)));
        Some(after.unwrap_or(date).and_time(time))
    }

    fn end(
        &mut self,
        draft: &DraftSlot,
        start_wall: NaiveDateTime,
        start: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        match draft.end? {
            End::After(length) => start.checked_add_signed(length),
            End::At(Clock::Instant(instant)) => Some(instant.to_utc()),
            End::At(Clock::Wall(wall)) => Some(self.instant(wall, Some(start), &draft.place)),
            End::At(Clock::Time(time)) => {
                let same_day = start_wall.date().and_time(time);
                let wall = if same_day > start_wall {
                    same_day
                } else {
                    same_day.checked_add_days(Days::new(1)).unwrap_or(same_day)
                };
                Some(self.instant(wall, Some(start), &draft.place))
            }
        }
    }

    /// The instant of a wall clock time. A time that exists twice or never is reported, with the
    /// choice that was made. Of two ends only one may lie after the start: then there is no choice.
    fn instant(
        &mut self,
        wall: NaiveDateTime,
        start: Option<DateTime<Utc>>,
        place: &Place,
    ) -> DateTime<Utc> {
        let zone = self.zone;
        match zone.resolve(wall) {
            Resolved::Once(instant) => instant,
            Resolved::Twice { first, second } => {
                if start.is_some_and(|start| first <= start) {
                    return second;
                }
                let with_offset = |instant: DateTime<Utc>| {
                    let offset = chrono::FixedOffset::east_opt(zone.offset(instant));
                    offset.map_or_else(
                        || instant.to_rfc3339(),
                        |offset| instant.with_timezone(&offset).to_rfc3339(),
                    )
                };
                let message = format!(
                    "the time {wall} exists twice in {}: the clocks are set back; the first is taken",
                    zone.name()
                );
                let remedy = format!("write {} or {}", with_offset(first), with_offset(second));
                self.report(Problem::warning(place.clone(), message, remedy));
                first
            }
            Resolved::Never(instant) => {
                let shown = zone.wall(instant).format("%H:%M");
                let message = format!(
                    "the time {wall} does not exist in {}: the clocks are set forward; {shown} is taken",
                    zone.name()
                );
                self.report(Problem::warning(
                    place.clone(),
                    message,
                    "write the time that the clocks will show",
                ));
                instant
            }
        }
    }

    fn report(&mut self, problem: Problem) {
        self.problems.push(problem.of_talk(self.name.clone()));
    }
}
