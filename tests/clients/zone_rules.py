"""Rows T1 to T3: the zones of a calendar, in the one shape that every program reads."""

import re
from datetime import date, timedelta

from calendar_checks import LOCAL, lines_of, over_calendars, zone_names

OFFSET = re.compile(r"[+-](0\d|1[0-4])[0-5]\d")
YEARLY = re.compile(r"FREQ=YEARLY;BYMONTH=(1[0-2]|[1-9]);BYDAY=(-1|[1-4])(MO|TU|WE|TH|FR|SA|SU)")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@over_calendars("T1", "there is one VTIMEZONE for each TZID used, before the events, and no other")
def defines_its_zones(calendar):
    used = {}
    for event in calendar.events:
        for component in event.walk():
            for line in component.lines:
                if zone := line.parameter("TZID"):
                    used.setdefault(zone, line.number)
    defined = [zone.value("TZID") for zone in calendar.zones]
    for zone in calendar.zones:
        name = zone.value("TZID")
        # Without an event it is the component that a calendar must have (I11).
        if name not in used and calendar.events:
            yield calendar.finding(zone.number, f"VTIMEZONE {name} is used by no event")
        if defined.count(name) > 1:
            yield calendar.finding(zone.number, f"VTIMEZONE {name} stands {defined.count(name)} times")
    for name, number in used.items():
        if name not in defined:
            yield calendar.finding(number, f"TZID={name} without a VTIMEZONE (§3.2.19)")
    order = [child.name for child in calendar.root.children]
    if "VTIMEZONE" in order and "VEVENT" in order[: order.index("VTIMEZONE")]:
        yield calendar.finding(calendar.zones[0].number, "VTIMEZONE after a VEVENT, expected it before")


@over_calendars("T2", "a TZID is a name of the IANA database")
def names_iana_zones(calendar):
    for line in lines_of(calendar):
        for name in [line.parameter("TZID")] + ([line.value] if line.name in ("TZID", "X-WR-TIMEZONE") else []):
            if name is not None and name not in zone_names():
                yield calendar.finding(line.number, f"zone {name!r} is not in the IANA database")


@over_calendars("T3", "a VTIMEZONE has the shape that Outlook reads")
def shapes_zones_for_outlook(calendar):
    for zone in calendar.zones:
        parts = [child.name for child in zone.children]
        if parts.count("STANDARD") != 1 or parts.count("DAYLIGHT") > 1 or len(parts) > 2:
            yield calendar.finding(zone.number, f"VTIMEZONE of {parts}, expected one STANDARD, at most one DAYLIGHT")
        for part in zone.children:
            for message in observance_faults(part, alone=len(parts) == 1):
                yield calendar.finding(part.number, f"{part.name}: {message}")


def observance_faults(part, alone):
    """What is wrong with a STANDARD or DAYLIGHT (MS-OXCICAL 2.1.3.1.1.19.2)."""
    for name in ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO"):
        if len(part.all(name)) != 1:
            yield f"{len(part.all(name))} times {name}, expected once"
    for name in ("TZOFFSETFROM", "TZOFFSETTO"):
        if not OFFSET.fullmatch(part.value(name) or ""):
            yield f"{name} {part.value(name)}, expected hours and minutes"
    if part.line("RDATE"):
        yield "RDATE, expected a yearly RRULE"
    start, rule = part.value("DTSTART") or "", part.value("RRULE")
    if not LOCAL.fullmatch(start) or not "1969" <= start[:4] <= "1972":
        yield f"DTSTART {start}, expected a local time around 1970"
        return
    if alone:
        if rule:
            yield f"RRULE {rule} in a zone of one offset"
        if part.value("TZOFFSETFROM") != part.value("TZOFFSETTO"):
            yield "a change of offset in a zone of one offset"
        return
    match = YEARLY.fullmatch(rule or "")
    if not match:
        yield f"RRULE {rule}, expected FREQ=YEARLY;BYMONTH=m;BYDAY=nXX"
        return
    month, nth, weekday = int(match[1]), int(match[2]), match[3]
    first = date.fromisoformat(start[:8])
    if first.month != month or WEEKDAYS[first.weekday()] != weekday or not is_nth(first, nth):
        yield f"DTSTART {start} is no {match[2]}{weekday} of month {month}, expected the first of its RRULE"


def is_nth(day, nth):
    """Whether a day is the nth of its weekday in its month; -1 is the last."""
    if nth == -1:
        return (day + timedelta(days=7)).month != day.month
    return (day.day - 1) // 7 + 1 == nth
