"""How the checks of calendars are written: the register, and what several of them read."""

import re
from datetime import date, datetime, timezone
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from check import Checks

CHECKS = Checks()

UTC = re.compile(r"\d{8}T\d{6}Z")
LOCAL = re.compile(r"\d{8}T\d{6}")
DATE = re.compile(r"\d{8}")


@cache
def zone_names():
    return available_timezones()


def each_calendar(folder, look):
    for calendar in folder.calendars:
        yield from look(calendar)


def over_calendars(row, behaviour):
    """Registers a check that looks at one calendar at a time."""

    def register(look):
        CHECKS.row(row, behaviour)(lambda folder: each_calendar(folder, look))
        return look

    return register


def over_events(row, behaviour):
    """Registers a check that looks at one VEVENT at a time."""

    def register(look):
        def calendar_findings(calendar):
            for event in calendar.events:
                for number, message in look(event):
                    yield calendar.finding(number, message)

        over_calendars(row, behaviour)(calendar_findings)
        return look

    return register


def lines_of(calendar):
    for component in calendar.root.walk():
        yield from component.lines


def moment(line):
    """A DTSTART or DTEND as an instant or a date; None when it is neither."""
    try:
        if DATE.fullmatch(line.value):
            return date.fromisoformat(line.value)
        if UTC.fullmatch(line.value):
            return datetime.fromisoformat(line.value)
        zone = line.parameter("TZID")
        if LOCAL.fullmatch(line.value) and zone in zone_names():
            return datetime.fromisoformat(line.value).replace(tzinfo=ZoneInfo(zone)).astimezone(timezone.utc)
    except ValueError:
        return None
    return None
