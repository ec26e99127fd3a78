"""Reads the files of conference apps (frab XML, frab JSON, c3voc schedule2) into one plain form.

Ours on purpose: it takes down what a file says, without judging it, so that two files can be compared
field by field.
"""

import html
import json
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from feed_rules import xml

LINES = ("title", "subtitle", "room", "track", "type", "language", "slug", "license")
"""Fields of one line: blanks in them do not matter."""

NAMES = ("name", "public_name", "full_public_name")
"""Where a person's name stands, by the age of the tool."""

MARK = re.compile(r"^[\[(]?(CANCELLED|CANCELED|ABGESAGT|AMENDMENT)[\])]?[:\s]\s*")
"""What FOSDEM and others put before a title."""


@dataclass
class Schedule:
    """What a file says. A field that says nothing is not there."""

    conference: dict = field(default_factory=dict)
    days: dict = field(default_factory=dict)
    """Start and end as they are written, by date."""
    tracks: dict = field(default_factory=dict)
    """Colours by name."""
    rooms: dict = field(default_factory=dict)
    """Guids by name."""
    events: list = field(default_factory=list)

    def event(self, guid):
        return next((event for event in self.events if event.get("guid") == guid), None)


def read(data):
    """A file, whatever its format."""
    if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return read_xml(xml(data))
    whole = json.loads(data)
    schedule = whole.get("schedule", whole)
    return read_schedule2(schedule) if "events" in schedule else read_json(schedule)


def said(**fields):
    """The fields that say something, in a plain form."""
    plain = {name: plain_field(name, value) for name, value in fields.items()}
    return {name: value for name, value in plain.items() if value not in (None, "", [])}


def plain_field(name, value):
    if not isinstance(value, str):
        return value
    value = re.sub(r"\r\n?", "\n", value).strip()
    # Old tools wrote HTML's references into lines of plain text.
    return " ".join(html.unescape(value).split()) if name in LINES else value


def minutes(duration):
    """`01:30`, `1:30:00` or `PT1H30M`, in minutes."""
    if duration and duration.startswith("P"):
        hours, mins = re.search(r"(\d+)H", duration), re.search(r"(\d+)M", duration)
        return (int(hours[1]) * 60 if hours else 0) + (int(mins[1]) if mins else 0)
    parts = [int(part) for part in (duration or "").split(":") if part.strip().isdigit()]
    return round(sum(part * unit for part, unit in zip(parts, (60, 1, 1 / 60)))) if parts else None


def instant(text):
    """A time with its offset; None for anything else."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except (AttributeError, ValueError):
        return None
    return moment.astimezone(timezone.utc) if moment.tzinfo else None


def flag(value):
    return {"true": True, "false": False}.get(str(value).lower())


def number(value):
    return int(value) if str(value).isdigit() else None


def without_mark(title):
    """A title and whether it says that the talk does not take place."""
    mark = MARK.match(title or "")
    return (title[mark.end() :], mark[1] != "AMENDMENT") if mark else (title, False)


def link(url, title, kind):
    return said(url=url, title=title, kind=(kind or "").lower())


# frab XML


def text(element, name):
    found = element.find(name)
    return "".join(found.itertext()) if found is not None else None


def read_xml(root):
    schedule, conference = Schedule(), root.find("conference")
    schedule.conference = said(
        version=text(root, "version"),
        **{
            name: text(conference, name)
            for name in ("title", "acronym", "base_url", "time_zone_name", "logo", "url", "timeslot_duration")
        },
    )
    for track in root.iter("track"):
        if track.get("name"):
            schedule.tracks[" ".join(track.get("name").split())] = (track.get("color") or "").lower()
    for day in root.iterfind("day"):
        schedule.days[day.get("date")] = (day.get("start"), day.get("end"))
        for room in day.iterfind("room"):
            name = " ".join((room.get("name") or "").split())
            schedule.rooms.setdefault(name, room.get("guid"))
        # FOSDEM once wrote events without rooms around them.
        for event in day.xpath("event|room/event"):
            schedule.events.append({**xml_event(event), "day": day.get("date")})
    return schedule


def xml_event(event):
    title, is_cancelled = without_mark(text(event, "title"))
    start, length = instant(text(event, "date")), minutes(text(event, "duration"))
    return said(
        guid=event.get("guid"),
        id=number(event.get("id")),
        code=event.get("code"),
        title=title,
        is_cancelled=is_cancelled,
        subtitle=text(event, "subtitle"),
        date=start,
        clock=(text(event, "start") or "")[:5],
        minutes=length,
        room=text(event, "room"),
        track=text(event, "track"),
        type=text(event, "type"),
        language=text(event, "language"),
        abstract=text(event, "abstract"),
        description=text(event, "description"),
        persons=[
            said(name=person.text, id=number(person.get("id")), guid=person.get("guid"))
            for person in event.iterfind("persons/person")
        ],
        links=[link(each.get("href"), each.text, each.get("type")) for each in event.iterfind("links/link")],
        attachments=[
            link(each.get("href"), each.text, each.get("type")) for each in event.iterfind("attachments/attachment")
        ],
        license=text(event, "recording/license"),
        optout=flag(text(event, "recording/optout")),
        slug=text(event, "slug"),
        logo=text(event, "logo"),
        url=text(event, "url"),
        origin_url=text(event, "origin_url"),
        feedback_url=text(event, "feedback_url"),
    )


# frab JSON


def read_conference(schedule):
    conference = schedule["conference"]
    read = Schedule()
    logo = conference.get("logo")
    read.conference = said(
        version=schedule.get("version"),
        base_url=schedule.get("base_url"),
        logo=logo.get("url") if isinstance(logo, dict) else logo,
        **{
            name: conference.get(name)
            for name in ("title", "acronym", "time_zone_name", "url", "timeslot_duration")
        },
    )
    for track in conference.get("tracks", []):
        colours = track.get("colors") or {}
        colour = track.get("color") or colours.get("light") or ""
        read.tracks[" ".join(track["name"].split())] = colour.lower()
    for room in conference.get("rooms", []):
        read.rooms[" ".join(room["name"].split())] = room.get("guid")
    return read


def read_json(schedule):
    read = read_conference(schedule)
    for day in schedule["conference"].get("days") or schedule.get("days", []):
        read.days[day["date"]] = (day.get("day_start"), day.get("day_end"))
        for events in day.get("rooms", {}).values():
            for event in events:
                read.events.append({**json_event(event), "day": day["date"]})
    return read


def json_event(event):
    title, is_cancelled = without_mark(event.get("title"))
    persons = event.get("persons", [])
    return said(
        guid=event.get("guid"),
        id=number(event.get("id")),
        code=event.get("code"),
        title=title,
        is_cancelled=is_cancelled,
        subtitle=event.get("subtitle"),
        date=instant(event.get("date")),
        clock=(event.get("start") or "")[:5],
        minutes=minutes(event.get("duration")),
        room=event.get("room"),
        track=event.get("track"),
        type=event.get("type"),
        language=event.get("language"),
        abstract=event.get("abstract"),
        description=event.get("description"),
        persons=[
            said(
                name=html.unescape(next((person[key] for key in NAMES if person.get(key)), "")),
                id=number(person.get("id")),
                guid=person.get("guid"),
                code=person.get("code"),
                biography=person.get("biography"),
                avatar=person.get("avatar"),
                url=person.get("url"),
            )
            for person in persons
        ],
        links=[link(each.get("url"), each.get("title"), each.get("type")) for each in event.get("links", [])],
        attachments=[link(each.get("url"), each.get("title"), each.get("type")) for each in event.get("attachments", [])],
        license=event.get("recording_license"),
        optout=flag(event.get("do_not_record")),
        slug=event.get("slug"),
        logo=event.get("logo"),
        url=event.get("url"),
        origin_url=event.get("origin_url"),
        feedback_url=event.get("feedback_url"),
    )


# c3voc schedule2


def read_schedule2(schedule):
    read = read_conference(schedule)
    conference = schedule["conference"]
    rooms = {room.get("guid"): room["name"] for room in conference.get("rooms", [])}
    tracks = {track.get("slug"): track["name"] for track in conference.get("tracks", [])}
    for day in conference.get("days", []):
        read.days[day["date"]] = (day.get("start"), day.get("end"))
    for event in schedule["events"]:
        read.events.append(schedule2_event(event, rooms, tracks))
    return read


def schedule2_event(event, rooms, tracks):
    start, end = instant(event["start"]), instant(event["end"])
    room = event.get("room") or {}
    links = [link(each.get("url"), each.get("title"), each.get("type")) for each in event.get("links", [])]
    special = {each["kind"]: each["url"] for each in links if each.get("kind") in ("feedback", "origin")}
    title, is_marked = without_mark(event.get("title"))
    return said(
        guid=event.get("guid"),
        code=event.get("code"),
        title=title,
        is_cancelled=is_marked or event.get("state") == "CANCELED",
        subtitle=event.get("subtitle"),
        date=start,
        clock=event["start"][11:16],
        minutes=(end - start) // timedelta(minutes=1),
        room=rooms.get(room.get("guid")) or room.get("name"),
        track=tracks.get((event.get("track") or {}).get("slug")),
        type=event.get("type"),
        language=event.get("language"),
        abstract=localised(event.get("abstract")),
        description=localised(event.get("description")),
        persons=[said(name=person.get("name"), guid=person.get("guid")) for person in event.get("participants", [])],
        links=[each for each in links if each.get("kind") not in special],
        attachments=[link(each.get("url"), each.get("title"), each.get("type")) for each in event.get("attachments", [])],
        slug=event.get("slug"),
        logo=(event.get("logo") or {}).get("url"),
        url=event.get("url"),
        origin_url=special.get("origin"),
        feedback_url=special.get("feedback"),
    )


def localised(value):
    return next(iter(value.values()), None) if isinstance(value, dict) else value
