"""What the files of conference apps must keep to: the parts of c3voc's schemas that apps rely on, what
giggity and EventFahrplan were seen to need (section 10 of the requirements), and that all of them
say the same as the calendar."""

import json
import re
from collections import Counter
from datetime import datetime, timedelta

from lxml import etree

from calendar_checks import moment
from calendar_lines import text_of
from check import Checks, Finding
from feed_rules import repeated, unique_keys, xml
from schedules import read, without_mark

CHECKS = Checks()

OFFSET = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
URI = re.compile(r"https?://(\[[0-9a-f:.]+\])?[^\s\[\]{}|\\^`]+")
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")

REQUIRED = ("room", "title", "type", "date", "start", "duration", "abstract", "track")
"""What every event of the XML has (XSD), empty or not."""

OPTIONAL = (
    "subtitle slug logo persons language description recording links attachments video_download_url url feedback_url origin_url"
).split()

ACRONYM = {"xml": r"[a-z0-9_-]{4,}", "json": r"[a-z0-9_-][a-z0-9_]{3,}(-2[0-9]{3}-[a-z]+)?"}

PATTERNS = {
    "id": r"[1-9]\d*",
    "guid": UUID.pattern,
    "code": r"[0-9A-Z]{6}",
}
"""The attributes of an event of the XML (XSD)."""

PERSON_KEYS = {"guid", "id", "code", "name", "public_name", "avatar", "biography", "url", "links"}

LINK_TYPES = {"slides", "paper", "web", "blog", "article", "media", "related", "activitypub"}

EVENT_KEYS = set(
    "guid code id logo date start end duration room slug url title subtitle track type language abstract description "
    "recording_license do_not_record persons links feedback_url origin_url attachments".split()
)

EVENT_KEYS_2 = set(
    "guid code logo start end room slug url title subtitle track type language abstract description participants links "
    "attachments state".split()
)

BREAK_KEYS = set("type title subtitle guid start end room".split())


def document(folder, conference, name):
    """A document with its path; None with the reason when it cannot be read."""
    path = f"{conference}/{name}"
    if path not in folder.paths:
        return path, None, "missing"
    try:
        data = folder.read(path)
        if name.endswith(".xml"):
            return path, xml(data), None
        return path, json.loads(data.decode("utf-8"), object_pairs_hook=unique_keys)["schedule"], None
    except (etree.XMLSyntaxError, ValueError, KeyError, TypeError) as error:
        return path, None, f"cannot be read: {error}"[:200]


def over(name, row, behaviour):
    """Registers a check that looks at one readable document at a time; it yields messages."""

    def register(look):
        def findings(folder):
            for conference in folder.conferences:
                path, root, _ = document(folder, conference, name)
                for message in look(root) if root is not None else ():
                    yield Finding(path, message)

        CHECKS.row(row, behaviour)(findings)
        return look

    return register


@CHECKS.row("V0", "every conference has its files for apps, in XML and JSON that can be read")
def has_files_for_apps(folder):
    for conference in folder.conferences:
        for name in ("schedule.xml", "schedule.json", "schedule2.json"):
            path, _, problem = document(folder, conference, name)
            if problem:
                yield Finding(path, problem)


@over("schedule.xml", "V1", "the XML has a version, a conference with title and acronym, and a day")
def has_a_head(root):
    names = [child.tag for child in root]
    heads = [name for name in names if name != "day"]
    if root.tag != "schedule" or heads != ["generator", "url", "version", "conference"] or "day" not in names:
        yield f"<{root.tag}> with {names[:6]}, expected <schedule> with generator, url, version, conference, day"
        return
    for name in ("title", "acronym", "start", "end", "days", "time_zone_name"):
        if not root.findtext(f"conference/{name}"):
            yield f"no <{name}> in the conference"
    if not re.fullmatch(ACRONYM["xml"], root.findtext("conference/acronym") or ""):
        yield f"the acronym {root.findtext('conference/acronym')!r}, expected {ACRONYM['xml']}"
    if root.findtext("conference/days") != str(names.count("day")):
        yield f"{names.count('day')} days, <days> says {root.findtext('conference/days')}"


@over("schedule.xml", "V2", "each day of the XML has a number of its own, a date, a start and a later end")
def has_days(root):
    days = root.findall("day")
    for index in repeated(day.get("index") for day in days):
        yield f"two days of the number {index}"
    for day in days:
        start, end = day.get("start") or "", day.get("end") or ""
        if not re.fullmatch(r"[1-9]\d*", day.get("index") or ""):
            yield f"a day of the number {day.get('index')!r}"
        # EventFahrplan throws where there is no end.
        if not OFFSET.fullmatch(start) or not OFFSET.fullmatch(end):
            yield f"day {day.get('date')} from {start!r} to {end!r}, expected times with offsets"
        elif datetime.fromisoformat(start) >= datetime.fromisoformat(end) or start[:10] != day.get("date"):
            yield f"day {day.get('date')} from {start} to {end}, expected it to begin on its date and to end later"


@over("schedule.xml", "V3", "each event of the XML has an id and a guid of its own, and a code at most once")
def has_identifiers(root):
    events = list(root.iter("event"))
    for name, pattern in PATTERNS.items():
        values = [event.get(name) for event in events if name != "code" or event.get(name)]
        for value in values:
            if not re.fullmatch(pattern, value or ""):
                yield f"the {name} {value!r}, expected {pattern}"
        for value in repeated(values):
            yield f"the {name} {value!r} stands twice: EventFahrplan shows one of the two"
    for slug in repeated(root.xpath("//event/slug/text()")):
        yield f"the slug {slug!r} stands twice"


@over("schedule.xml", "V4", "each event of the XML has what apps need, each once and nothing else")
def has_elements(root):
    for event in root.iter("event"):
        names = Counter(child.tag for child in event)
        place = f"event {event.get('id')}"
        for name in REQUIRED:
            if names[name] != 1:
                yield f"{place}: {names[name]} <{name}>, expected one"
        for name in names:
            if name not in (*REQUIRED, *OPTIONAL) or names[name] > 1:
                yield f"{place}: {names[name]} <{name}>"
        if not event.findtext("title") or event.findtext("room") != event.getparent().get("name"):
            yield f"{place}: {event.findtext('title')!r} in {event.findtext('room')!r} below {event.getparent().get('name')!r}"
        recording = [child.tag for child in event.iterfind("recording/*")]
        if event.find("recording") is not None and recording != ["license", "optout"]:
            yield f"{place}: a recording with {recording}, expected license and optout"
        for address in event.xpath("url|feedback_url|origin_url|logo"):
            if not URI.fullmatch(address.text or ""):
                yield f"{place}: <{address.tag}>{address.text}, expected an absolute URL"
        for each in event.xpath("links/link|attachments/attachment"):
            if not re.match(r"https?://\S+$", each.get("href") or "") or not each.text:
                yield f"{place}: a link to {each.get('href')!r} called {each.text!r}, expected an absolute URL and a text"


@over("schedule.xml", "V5", "date, start and duration of an event agree, and lie in its day")
def has_times(root):
    for event in root.iter("event"):
        place, day = f"event {event.get('id')}", event.getparent().getparent()
        date, start = event.findtext("date") or "", event.findtext("start") or ""
        if not OFFSET.fullmatch(date) or not CLOCK.fullmatch(start) or date[11:16] != start:
            yield f"{place}: date {date!r} and start {start!r}, expected the same wall clock"
            continue
        if not re.fullmatch(r"\d\d:[0-5]\d(:[0-5]\d)?", event.findtext("duration") or ""):
            yield f"{place}: the duration {event.findtext('duration')!r}, expected hours and minutes"
        begins = datetime.fromisoformat(date)
        lower, upper = (datetime.fromisoformat(day.get(name)) for name in ("start", "end"))
        if not lower - timedelta(hours=4) <= begins <= upper:
            yield f"{place}: at {date} on the day from {lower} to {upper}"


@over("schedule.json", "V6", "the JSON has the keys of the schema and no others, and persons of one kind")
def keeps_to_the_schema(schedule):
    conference = schedule["conference"]
    for key in ("acronym", "title", "start", "end", "daysCount", "timeslot_duration", "days"):
        if not conference.get(key):
            yield f"no {key} in the conference"
    if not re.fullmatch(ACRONYM["json"], conference.get("acronym", "")):
        yield f"the acronym {conference.get('acronym')!r}, expected {ACRONYM['json']}"
    if not isinstance(schedule.get("version"), str):
        yield f"the version {schedule.get('version')!r}, expected a string"
    for room in conference.get("rooms", []):
        if not UUID.fullmatch(room.get("guid") or "") or not room.get("name"):
            yield f"the room {room}, expected name and guid"
    events = [event for day in conference["days"] for events in day["rooms"].values() for event in events]
    for event in events:
        place = f"event {event.get('id')}"
        optional = {"code", "logo", "recording_license", "do_not_record", "feedback_url", "origin_url"}
        for key in EVENT_KEYS ^ event.keys():
            if key not in optional:
                yield f"{place}: {key} is {'missing' if key in EVENT_KEYS else 'no key of the schema'}"
        if not isinstance(event.get("id"), int) or not UUID.fullmatch(event.get("guid") or ""):
            yield f"{place}: guid {event.get('guid')!r}"
        if not re.fullmatch(r"[a-z0-9_-]+[a-z0-9]", event.get("slug") or ""):
            yield f"{place}: slug {event.get('slug')!r}"
        if not re.fullmatch(r"[A-Z0-9]+", event.get("code", "A")):
            yield f"{place}: code {event.get('code')!r}"
        for person in event.get("persons", []):
            is_frabs = "public_name" in person and "id" in person
            is_pretalxs = "name" in person and re.fullmatch(r"[A-Z0-9]+", person.get("code", "A"))
            if is_frabs == bool(is_pretalxs) or not person.keys() <= PERSON_KEYS:
                yield f"{place}: the person {person} is not one of frab's or pretalx's, or is both"
        for each in (*event.get("links", []), *event.get("attachments", [])):
            if each.get("type") not in LINK_TYPES or not each.get("url", "").startswith("http"):
                yield f"{place}: the link {each}"
    for key in ("id", "guid", "slug"):
        for value in repeated(event.get(key) for event in events):
            yield f"the {key} {value!r} stands twice"


@over("schedule2.json", "V7", "schedule2 has the keys of the schema and no others, and refers to what it lists")
def keeps_to_schedule2(schedule):
    conference = schedule["conference"]
    if not re.fullmatch(ACRONYM["json"], conference.get("acronym", "")):
        yield f"the acronym {conference.get('acronym')!r}, expected {ACRONYM['json']}"
    for key in ("start", "end"):
        if not OFFSET.fullmatch(conference.get(key, "")):
            yield f"{key} of the conference is {conference.get(key)!r}, expected a time with offset"
    tracks = {track["slug"] for track in conference.get("tracks", [])} | {"none"}
    persons = {person["guid"] for person in schedule.get("persons", [])}
    rooms = {room["guid"] for room in conference.get("rooms", [])}
    for event in schedule["events"]:
        place = f"event {event.get('guid')}"
        is_break = event.get("type") == "BREAK"
        wanted, optional = (BREAK_KEYS, {"subtitle", "room"}) if is_break else (EVENT_KEYS_2, {"code", "logo"})
        for key in wanted ^ event.keys():
            if key not in optional:
                yield f"{place}: {key} is {'missing' if key in wanted else 'no key of the schema'}"
        for key in ("start", "end"):
            if not OFFSET.fullmatch(event.get(key, "")):
                yield f"{place}: {key} {event.get(key)!r}, expected a time with offset"
        if is_break:
            continue
        if not re.fullmatch("[a-z]{2}", event.get("language", "")):
            yield f"{place}: language {event.get('language')!r}, expected two letters"
        if event.get("track", {}).get("slug") not in tracks:
            yield f"{place}: the track {event.get('track')} is not listed"
        room = event.get("room", {})
        if not UUID.fullmatch(room.get("guid", "")) or (room["guid"] not in rooms and not room.get("name")):
            yield f"{place}: the room {room} is not listed and has no name"
        for person in event.get("participants", []):
            if person.get("guid") not in persons or not person.get("name"):
                yield f"{place}: the participant {person} is not listed"
    for guid in repeated(event.get("guid") for event in schedule["events"]):
        yield f"the guid {guid!r} stands twice"


SHARED = ("title", "is_cancelled", "subtitle", "date", "minutes", "room", "track", "abstract", "description", "logo", "url")
"""What all three files say of an event; of a break schedule2 says less."""

SHARED_OF_BREAKS = ("title", "is_cancelled", "subtitle", "date", "minutes")

SHARED_BY_FRAB = (*SHARED, "id", "clock", "type", "language", "feedback_url", "origin_url")


@CHECKS.row("V8", "the three files for apps say the same of each event")
def say_the_same(folder):
    for conference in folder.conferences:
        paths = [f"{conference}/{name}" for name in ("schedule.xml", "schedule.json", "schedule2.json")]
        try:
            first, second, third = (read(folder.read(path)) for path in paths)
        except (OSError, etree.XMLSyntaxError, ValueError, LookupError, TypeError, AttributeError):
            continue  # V0, V6 and V7 report it.
        for path, other, fields in ((paths[1], second, SHARED_BY_FRAB), (paths[2], third, SHARED)):
            if len(other.events) != len(first.events):
                yield Finding(path, f"{len(other.events)} events, the XML has {len(first.events)}")
            for event in other.events:
                twin = first.event(event.get("guid"))
                if twin is None:
                    yield Finding(path, f"event {event.get('guid')} is not in the XML")
                    continue
                fields_here = SHARED_OF_BREAKS if event.get("type") == "BREAK" else fields
                for name in fields_here:
                    if event.get(name) != twin.get(name):
                        message = f"{name} of {event['guid']} is {event.get(name)!r}, the XML has {twin.get(name)!r}"
                        yield Finding(path, message)
                if names(event) != names(twin) and event.get("type") != "BREAK":
                    yield Finding(path, f"{event['guid']} is by {names(event)}, in the XML by {names(twin)}")


def names(event):
    return [person["name"] for person in event.get("persons", [])]


@CHECKS.row("V9", "the events of the XML are the events of the calendar whose hour is known")
def are_those_of_the_calendar(folder):
    calendars = {calendar.path: calendar for calendar in folder.calendars}
    for conference in folder.conferences:
        path, root, _ = document(folder, conference, "schedule.xml")
        calendar = calendars.get(f"{conference}/schedule.ics")
        if root is None or calendar is None:
            continue
        wanted = Counter(event for event in map(timed, calendar.events) if event)
        found = Counter()
        for event in root.iter("event"):
            begins = read_date(event.findtext("date"))
            title, is_cancelled = without_mark(event.findtext("title"))
            found[begins, title, is_cancelled] += 1
        for event in wanted - found:
            yield Finding(path, f"{event} is in the calendar and not here")
        for event in found - wanted:
            yield Finding(path, f"{event} is here and not in the calendar")


def read_date(text):
    try:
        return datetime.fromisoformat(text or "").timestamp()
    except ValueError:
        return None


def timed(event):
    """Start, title and whether it is cancelled; None where the hour is not known."""
    begins = moment(event.line("DTSTART"))
    if not isinstance(begins, datetime):
        return None
    title, is_marked = without_mark(re.sub("^Cancelled: ", "CANCELLED: ", text_of(event.value("SUMMARY"))))
    return begins.timestamp(), title, is_marked
