"""Rows P1 to P6: what a calendar says about itself, and what it leaves out."""

import re

from calendar_checks import CHECKS, lines_of, over_calendars, over_events
from css_colours import CSS_COLOURS

DURATION = re.compile(r"P(\d+W|\d+D(T(\d+H)?(\d+M)?(\d+S)?)?|T(?=\d)(\d+H)?(\d+M)?(\d+S)?)")


@over_calendars("P1", "NAME and X-WR-CALNAME agree, and so do the descriptions")
def names_itself(calendar):
    # Outlook wants no calendar name on a single appointment (MS-OXCICAL 2.1.3.1.1.17).
    is_single_talk = "/talks/" in calendar.path
    for ours, theirs in (("NAME", "X-WR-CALNAME"), ("DESCRIPTION", "X-WR-CALDESC")):
        a, b = ([line.value for line in calendar.root.all(name)] for name in (ours, theirs))
        if is_single_talk:
            if b:
                yield calendar.finding(1, f"{theirs} {b} on a single talk, expected none")
        elif a != b or len(a) > 1:
            yield calendar.finding(1, f"{ours} {a}, {theirs} {b}: expected the same")
        elif ours == "NAME" and not a:
            yield calendar.finding(1, "no NAME (RFC 7986 §5.1)")
    for line in calendar.root.all("X-WR-CALNAME"):
        if not 1 <= len(line.value) <= 255 or "\\n" in line.value:
            yield calendar.finding(line.number, "X-WR-CALNAME, expected one line of 1 to 255 characters")


@over_calendars("P2", "REFRESH-INTERVAL is a DURATION and X-PUBLISHED-TTL says the same")
def says_how_often(calendar):
    refresh, ttl = calendar.root.all("REFRESH-INTERVAL"), calendar.root.all("X-PUBLISHED-TTL")
    if len(refresh) != 1 or len(ttl) != 1:
        yield calendar.finding(1, f"{len(refresh)} REFRESH-INTERVAL, {len(ttl)} X-PUBLISHED-TTL, expected one each")
        return
    if refresh[0].parameters != (("VALUE", "DURATION"),):
        yield calendar.finding(refresh[0].number, "REFRESH-INTERVAL without VALUE=DURATION (RFC 7986 §5.7)")
    if not DURATION.fullmatch(refresh[0].value) or refresh[0].value != ttl[0].value:
        yield calendar.finding(refresh[0].number, f"{refresh[0].value} and {ttl[0].value}, expected one duration twice")


@CHECKS.row("P3", "SOURCE is the calendar's own URL; URL and LAST-MODIFIED stand beside it")
def says_where_it_comes_from(folder):
    for calendar in folder.calendars:
        source = calendar.root.line("SOURCE")
        if source is None or source.parameter("VALUE") != "URI" or source.value != folder.url(calendar.path):
            number, found = (source.number, source.value) if source else (1, "no SOURCE")
            yield calendar.finding(number, f"{found}, expected SOURCE;VALUE=URI:{folder.url(calendar.path)}")
        for name in ("URL", "LAST-MODIFIED"):
            if len(calendar.root.all(name)) != 1:
                yield calendar.finding(1, f"{len(calendar.root.all(name))} times {name} in the VCALENDAR, expected once")


@over_calendars("P3b", "the VCALENDAR has no UID: vdirsyncer would take the whole for one event")
def has_no_uid_itself(calendar):
    for line in calendar.root.all("UID"):
        yield calendar.finding(line.number, "UID of the VCALENDAR itself")


@over_calendars("P4", "COLOR is a CSS3 name and Apple's colour is a number")
def names_colours(calendar):
    for line in lines_of(calendar):
        if line.name == "COLOR" and line.value not in CSS_COLOURS:
            yield calendar.finding(line.number, f"COLOR {line.value}, expected a CSS3 name (RFC 7986 §5.9)")
        if line.name == "X-APPLE-CALENDAR-COLOR" and not re.fullmatch(r"#[0-9A-Fa-f]{6}", line.value):
            yield calendar.finding(line.number, f"{line.name} {line.value}, expected #RRGGBB")
    if len(calendar.root.all("COLOR")) != len(calendar.root.all("X-APPLE-CALENDAR-COLOR")):
        yield calendar.finding(1, "COLOR and X-APPLE-CALENDAR-COLOR, expected both or neither")


@over_calendars("P5", "CONFERENCE and IMAGE say VALUE=URI")
def types_uris(calendar):
    for line in lines_of(calendar):
        if line.name in ("CONFERENCE", "IMAGE") and line.parameter("VALUE") != "URI":
            yield calendar.finding(line.number, f"{line.name} without VALUE=URI (RFC 7986 §5.10, §5.11)")


@over_events("P6", "no alarm and no property of RFC 9073 unless it was asked for")
def is_the_plain_profile(event):
    for component in event.children:
        yield component.number, f"{component.name} in a VEVENT, expected it only on request"
    for line in event.lines:
        if line.name in ("STYLED-DESCRIPTION", "STRUCTURED-DATA", "LINK", "CONCEPT", "REFID"):
            yield line.number, f"{line.name} in a VEVENT, expected it only on request"
