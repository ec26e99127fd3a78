"""What real calendar programs read from a calendar: the same events, with nothing lost.

Our own reading (`calendar_lines.py` with the zone rules of `tzdata`) says what should be seen; each
parser below must see just that. Those that keep no zone database of their own (ical.js) take the
rules from the file, so that a wrong VTIMEZONE shows as a wrong instant.
"""

import os
import re
import subprocess
import tempfile
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import NamedTuple

import ical.calendar_stream
import ical.exceptions
import icalendar
import ics
import recurring_ical_events
import vobject

from calendar_checks import moment
from calendar_lines import text_of
from check import Checks, Finding
from javascript import run_script

CHECKS = Checks()

HERE = Path(__file__).parent


class Seen(NamedTuple):
    """An event as a reader shows it."""

    uid: str
    start: str
    """An instant in UTC, or a date for an all-day event."""
    end: str
    summary: str
    location: str
    description: str


def spoken(value):
    """An instant as UTC, a date as it is."""
    if isinstance(value, datetime):
        return value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ") if value.tzinfo else f"floating {value}"
    return str(value)


def expected(calendar):
    """The events of a calendar by our own reading."""
    for event in calendar.events:
        start, end = event.line("DTSTART"), event.line("DTEND")
        from_ = moment(start) if start else None
        to = moment(end) if end else from_ + timedelta(days=1) if type(from_) is date else from_
        texts = (text_of(event.value(name) or "") for name in ("SUMMARY", "LOCATION", "DESCRIPTION"))
        yield Seen(event.value("UID") or "", spoken(from_), spoken(to), *texts)


def as_it_is(text):
    return text


def without_written_newlines(text):
    """A text apart from a backslash and a letter n, which ics and node-ical take for an escape.

    They undo the escapes of RFC 5545 §3.3.11 one kind after the other, so that `\\\\n`, a backslash
    and an n, becomes a backslash and a newline. No way of writing it would reach them.
    """
    return re.sub(r"\\[nNrR\n\r]", r"\\?", text)


def compare(calendar, seen, readable=as_it_is):
    """Finds what a reader lost, changed or invented."""
    wanted = sorted(tuple(map(readable, event)) for event in expected(calendar))
    found = sorted(tuple(map(readable, event)) for event in seen)
    for event in wanted:
        if event not in found:
            near = next((other for other in found if other[0] == event[0]), "nothing under this UID")
            yield Finding(calendar.path, f"expected {event}, read {near}")
    if len(found) != len(wanted):
        yield Finding(calendar.path, f"expected {len(wanted)} events, read {len(found)}")


def reader(name, readable=as_it_is):
    """Registers a function from a calendar to its events as a check that nothing is lost."""

    def register(read):
        def findings(folder):
            for calendar in folder.calendars:
                try:
                    seen = list(read(calendar))
                except Exception as error:  # Whatever a parser raises, its user sees no calendar.
                    yield Finding(calendar.path, f"not readable: {type(error).__name__}: {error}"[:300])
                    continue
                yield from compare(calendar, seen, readable)

        CHECKS.row(name, f"{name} reads every event, with nothing lost")(findings)
        return read

    return register


class Refused(Exception):
    """A parser read the file and complained."""


def text(value):
    return "" if value is None else str(value)


@reader("icalendar")
def icalendar_events(calendar):
    parsed = icalendar.Calendar.from_ical(calendar.data)
    complaints = [(component.name, error) for component in parsed.walk() for error in component.errors]
    if complaints:
        raise Refused(complaints)
    for event in parsed.walk("VEVENT"):
        yield Seen(
            text(event.get("UID")),
            spoken(event.start),
            spoken(event.end),
            *(text(event.get(name)) for name in ("SUMMARY", "LOCATION", "DESCRIPTION")),
        )


@reader("vobject")
def vobject_events(calendar):
    parsed = vobject.readOne(calendar.data.decode())
    parsed.validate(raiseException=True)
    for event in parsed.contents.get("vevent", []):
        start = event.dtstart.value
        texts = (
            event.contents[name][0].value if name in event.contents else "" for name in ("summary", "location", "description")
        )
        end = event.dtend.value if "dtend" in event.contents else start + timedelta(days=1)
        yield Seen(event.uid.value, spoken(start), spoken(end), *texts)


@reader("Home Assistant's ical")
def home_assistant_events(calendar):
    parsed = ical.calendar_stream.IcsCalendarStream.calendar_from_ics(calendar.data.decode())
    for event in parsed.events:
        yield Seen(
            event.uid, spoken(event.dtstart), spoken(event.end), event.summary, text(event.location), text(event.description)
        )


@reader("ics", without_written_newlines)
def ics_events(calendar):
    for event in ics.Calendar(calendar.data.decode()).events:
        # It holds an all-day event as instants at midnight.
        ends = (event.begin.datetime, event.end.datetime)
        start, end = (end.date() for end in ends) if event.all_day else ends
        yield Seen(event.uid, spoken(start), spoken(end), text(event.name), text(event.location), text(event.description))


@reader("recurring-ical-events")
def expanded_events(calendar):
    parsed = icalendar.Calendar.from_ical(calendar.data)
    for event in recurring_ical_events.of(parsed).all():
        texts = (text(event.get(name)) for name in ("SUMMARY", "LOCATION", "DESCRIPTION"))
        yield Seen(text(event.get("UID")), spoken(event.start), spoken(event.end), *texts)


# Readers in JavaScript look at all calendars in one run: starting node costs more than reading.


def script_reader(name, script, readable=as_it_is):
    """Registers a script that prints, for each file, its events or why it cannot read it."""

    @CHECKS.row(name, f"{name} reads every event, with nothing lost")
    def findings(folder):
        results = run_script(script, [str(folder.root / calendar.path) for calendar in folder.calendars])
        for calendar, result in zip(folder.calendars, results, strict=True):
            if "error" in result:
                yield Finding(calendar.path, f"not readable: {result['error']}"[:300])
            else:
                yield from compare(calendar, [Seen(**event) for event in result["events"]], readable)


script_reader("ical.js", "ical_js.mjs")
script_reader("node-ical", "node_ical.mjs", without_written_newlines)


# Programs


def run(*command, **options):
    """Runs a program in the C locale, in a zone that is nobody's conference's."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, **options)


@cache
def libical_program():
    """The compiled `libical.c`, kept for the whole run."""
    program = Path(tempfile.mkdtemp(prefix="handbill-libical-")) / "libical"
    built = run("gcc", "-Wall", "-Werror", "-o", str(program), str(HERE / "libical.c"), "-lical")
    assert built.returncode == 0, f"libical.c does not compile (is libical-dev installed?)\n{built.stderr}"
    return program


@CHECKS.row("libical", "libical (Evolution, KDE) takes every line and finds no broken restriction")
def libical_complaints(folder):
    for calendar in folder.calendars:
        # The restrictions of libical are written for iTIP: without METHOD it checks nothing. A
        # published calendar would need an ORGANIZER (RFC 5546 §3.2.1), a subscribed one must have none.
        published = calendar.data.replace(b"BEGIN:VCALENDAR\r\n", b"BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\n", 1)
        with tempfile.NamedTemporaryFile(suffix=".ics") as file:
            file.write(published)
            file.flush()
            checked = run(str(libical_program()), file.name)
        if checked.returncode != 0:
            yield Finding(calendar.path, f"libical failed: {checked.stdout} {checked.stderr}"[:300])
            continue
        *complaints, count = checked.stdout.splitlines()
        for complaint in complaints:
            if "ORGANIZER" not in complaint:
                yield Finding(calendar.path, complaint)
        if count != f"events {len(calendar.events)}":
            yield Finding(calendar.path, f"expected {len(calendar.events)} events, libical has {count}")


@CHECKS.row("calcurse", "calcurse imports every event and skips none")
def calcurse_skips(folder):
    for calendar in folder.calendars:
        with tempfile.TemporaryDirectory() as home:
            # Its exit code is 0 even when it skips everything.
            imported = run("calcurse", "-D", home, "-C", home, "-i", str(folder.root / calendar.path))
        counts = re.search(r"(\d+) apps? / (\d+) events? / (\d+) todos? / (\d+) skipped", imported.stdout)
        if not counts:
            yield Finding(calendar.path, f"calcurse said {imported.stdout!r} {imported.stderr!r}"[:300])
        elif int(counts[4]) or int(counts[1]) + int(counts[2]) < len(calendar.events):
            yield Finding(calendar.path, f"calcurse said {counts[0]!r}, expected {len(calendar.events)} events")


@CHECKS.row("khal", "khal shows every event at its time")
def khal_shows(folder):
    for calendar in folder.calendars:
        # It takes half a second a file; the parts hold the same events as the whole (C2).
        if not calendar.path.endswith("/schedule.ics"):
            continue
        with tempfile.TemporaryDirectory() as home:
            config = Path(home) / "config"
            config.write_text(KHAL_CONFIG.format(home=home))
            (Path(home) / "calendar").mkdir()
            form = "@@{uid}@{start-long}@{end-long}@{title}"
            shown = run("khal", "-c", str(config), "printics", "-f", form, str(folder.root / calendar.path))
        if shown.returncode != 0:
            yield Finding(calendar.path, f"khal failed: {shown.stderr[-300:]}")
            continue
        found = sorted(line[2:].rstrip() for line in shown.stdout.splitlines() if line.startswith("@@"))
        wanted = sorted(khal_line(event) for event in expected(calendar))
        for line in wanted:
            if line not in found:
                yield Finding(calendar.path, f"expected {line!r} among what khal shows: {found}"[:600])
        if len(found) != len(wanted):
            yield Finding(calendar.path, f"expected {len(wanted)} events, khal shows {len(found)}")


KHAL_CONFIG = """\
[calendars]
[[calendar]]
path = {home}/calendar
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {home}/khal.db
"""


def khal_line(event):
    """An event as the format above prints it. khal shows the last day of an all-day event."""
    ends = event.start, event.end
    if "T" in event.start:
        ends = (end[:16].replace("T", " ") for end in ends)
    else:
        ends = event.start, str(date.fromisoformat(event.end) - timedelta(days=1))
    start, end = ends
    return f"{event.uid}@{start}@{end}@{event.summary}".rstrip()
