"""What stands in a schedule file, read with Python's own parsers and nothing of handbill's."""

import csv
import html
import json
import re
import unicodedata
import xml.etree.ElementTree as ElementTree
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass
class Programme:
    """What must arrive: each occurrence with its title, instants and room, and who speaks."""

    occurrences: Counter = field(default_factory=Counter)
    unplaced: Counter = field(default_factory=Counter)
    speakers: set = field(default_factory=set)
    rooms: set = field(default_factory=set)

    def add(self, title, start, end, room, speakers=()):
        title, room = line(title), line(room)
        if start is None:
            self.unplaced[title] += 1
        else:
            self.occurrences[title, start.astimezone(UTC), end.astimezone(UTC), room] += 1
        if room:
            self.rooms.add(room)
        self.speakers.update(name for name in map(line, speakers) if name)


def line(text):
    """A text as one line: no control characters, no doubled blanks, no entities, no mark of FOSDEM's."""
    text = html.unescape(text or "")
    kept = "".join(" " if letter.isspace() else letter for letter in text if letter.isspace() or unicodedata.category(letter) != "Cc")
    return re.sub(r"^(CANCELLED|AMENDMENT):? ", "", " ".join(kept.split()))


def length(text):
    """frab's durations: H:MM, HH:MM, HH:MM:SS."""
    hours, minutes, *seconds = map(int, text.split(":"))
    return timedelta(hours=hours, minutes=minutes, seconds=sum(seconds))


def on_day(day, clock, zone, change=time(4)):
    """A local time of a conference day; before the day's change it is past midnight."""
    hour, minute = map(int, clock.split(":")[:2])
    later = timedelta(days=1) if time(hour, minute) < change else timedelta()
    return datetime.combine(date.fromisoformat(day[:10]) + later, time(hour, minute), zone)


def frab_xml(path, zone=None, offsets_are_wrong=False):
    programme = Programme()
    root = ElementTree.parse(path).getroot()
    change = time(4)
    for day in root.iter("day"):
        for event in day.iter("event"):
            said = event.findtext("date")
            if said and offsets_are_wrong:
                start = datetime.fromisoformat(said).replace(tzinfo=ZoneInfo(zone))
            elif said:
                start = datetime.fromisoformat(said)
            else:
                start = on_day(day.get("date"), event.findtext("start"), ZoneInfo(zone), change)
            # A length on the wall clock would be wrong over a change of the clocks.
            end = start.astimezone(UTC) + length(event.findtext("duration"))
            speakers = [person.text for person in event.iter("person")]
            programme.add(event.findtext("title"), start, end, event.findtext("room"), speakers)
    return programme


def frab_json(path, zone=None):
    programme = Programme()
    schedule = json.loads(path.read_bytes())["schedule"]
    for day in schedule["conference"]["days"]:
        for room, events in day["rooms"].items():
            for event in events:
                if "date" in event:
                    start = datetime.fromisoformat(event["date"])
                else:
                    start = on_day(day["date"], event["start"], ZoneInfo(zone))
                end = start.astimezone(UTC) + length(event["duration"])
                persons = event.get("persons", [])
                names = ["public_name", "name", "full_public_name"]
                speakers = [next(person[name] for name in names if person.get(name)) for person in persons]
                programme.add(event["title"], start, end, event.get("room") or room, speakers)
    return programme


def schedule2(path, zone=None):
    programme = Programme()
    schedule = json.loads(path.read_bytes())["schedule"]
    names = {room["guid"]: room["name"] for room in schedule["conference"]["rooms"]}
    for event in schedule["events"]:
        start, end = (datetime.fromisoformat(event[key]) for key in ("start", "end"))
        speakers = [person["name"] for person in event.get("participants", [])]
        programme.add(event["title"], start, end, names.get(event["room"]["guid"], event["room"].get("name")), speakers)
    return programme


def widget(path, zone=None):
    programme = Programme()
    data = json.loads(path.read_bytes())

    def named(things):
        def text(name):
            return name if isinstance(name, str) else name.get("en") or next(iter(name.values()))

        return {thing.get("code", thing.get("id")): text(thing["name"]) for thing in things}

    rooms, speakers = named(data["rooms"]), named(data["speakers"])
    for talk in data["talks"]:
        title = talk["title"] if isinstance(talk["title"], str) else next(iter(talk["title"].values()))
        start, end = (datetime.fromisoformat(talk[key]) for key in ("start", "end"))
        programme.add(title, start, end, rooms[talk["room"]], [speakers[code] for code in talk.get("speakers", [])])
    return programme


def local(text, zone):
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))


def sessionize_all(path, zone):
    programme = Programme()
    data = json.loads(path.read_bytes())
    rooms = {room["id"]: room["name"] for room in data["rooms"]}
    names = {speaker["id"]: speaker["fullName"] for speaker in data["speakers"]}
    for session in data["sessions"]:
        times = session["startsAt"], session["endsAt"]
        start, end = (local(text, zone) for text in times) if all(times) else (None, None)
        programme.add(session["title"], start, end, rooms.get(session["roomId"]), [names[key] for key in session["speakers"]])
    return programme


def sessionize_grid(path, zone):
    programme = Programme()
    seen = set()
    for day in json.loads(path.read_bytes()):
        for room in day["rooms"]:
            for session in room["sessions"]:
                if session["id"] in seen:
                    continue
                seen.add(session["id"])
                start, end = local(session["startsAt"], zone), local(session["endsAt"], zone)
                programme.add(session["title"], start, end, session["room"], [person["name"] for person in session["speakers"]])
    return programme


def calendar(path, zone=None, titles_hold_speakers=False, titles_hold_kinds=False):
    """An iCalendar file, unfolded and split by hand: the libraries refuse what real calendars hold."""
    programme = Programme()
    # Some programs fold within a character: the bytes are joined before they are read as text.
    unfolded = re.sub(rb"\r?\n[ \t]", b"", path.read_bytes()).decode("utf-8-sig")
    unfolded = unfolded.replace("\r\n", "\n").replace("\r", "\n")
    for event in re.findall(r"^BEGIN:VEVENT$(.*?)^END:VEVENT$", unfolded, re.S | re.M):
        properties = {}
        for name, parameters, value in re.findall(r"^([A-Z-]+)((?:;[^:\n]*)?):(.*)$", event, re.M):
            properties.setdefault(name, (parameters, value))

        def moment(name):
            parameters, value = properties[name]
            if value.endswith("Z"):
                return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            found = re.search(r'TZID="?([^;:"]+)', parameters)
            return datetime.strptime(value, "%Y%m%dT%H%M%S").replace(tzinfo=ZoneInfo(found[1] if found else zone))

        def words(name):
            value = properties.get(name, ("", ""))[1]
            return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value)

        start = moment("DTSTART")
        if "DTEND" in properties:
            end = moment("DTEND")
        else:
            hours, minutes = re.fullmatch(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:0S)?", properties["DURATION"][1]).groups()
            end = start.astimezone(UTC) + timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
        title = words("SUMMARY")
        if titles_hold_speakers:
            title = title.rsplit(" - ", 1)[0]
        if titles_hold_kinds:
            title = re.sub(r"^\[[^\]]*\] ", "", title)
        programme.add(title, start, end, words("LOCATION"))
    return programme


def rows(path, zone):
    """A table with the columns that handbill documents: title, day, start, end, room, speakers."""
    programme = Programme()
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            start = local(f"{row['day']}T{row['start']}", zone)
            end = local(f"{row['day']}T{row['end']}", zone)
            programme.add(row["title"], start, end, row["room"], row["speakers"].split(";"))
    return programme
