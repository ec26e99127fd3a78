"""Rows I1 to I22: the bytes and the grammar of a calendar, and what each event must have.

The sections are those of RFC 5545 unless another is named.
"""

import re
from datetime import datetime, timezone
from urllib.parse import urlsplit

from calendar_checks import CHECKS, DATE, LOCAL, UTC, lines_of, moment, over_calendars, over_events
from calendar_lines import text_of
from check import Finding

TEXT = {"SUMMARY", "DESCRIPTION", "LOCATION", "NAME", "COMMENT", "CONTACT", "PRODID", "X-WR-CALNAME", "X-WR-CALDESC"}
"""Properties that hold one escaped text."""

TEXT_LISTS = {"CATEGORIES", "RESOURCES"}
"""Properties that hold escaped texts between bare commas (§3.8.1.2)."""

URIS = {"URL", "SOURCE", "CONFERENCE", "IMAGE", "ATTACH", "TZURL"}

LIST_PARAMETERS = {"FEATURE"}
"""Parameters that hold a list, so that a bare comma in them is meant (RFC 7986 §6.3)."""

ONCE_IN_EVENT = (
    "UID DTSTAMP DTSTART DTEND DURATION SUMMARY DESCRIPTION LOCATION URL STATUS SEQUENCE CREATED LAST-MODIFIED "
    "TRANSP CLASS GEO PRIORITY COLOR"
).split()

ENUMERATIONS = {
    "STATUS": {"TENTATIVE", "CONFIRMED", "CANCELLED"},
    "CLASS": {"PUBLIC", "PRIVATE", "CONFIDENTIAL"},
    "TRANSP": {"OPAQUE", "TRANSPARENT"},
}

RENDERED_TAG = re.compile(r"</?(a|blockquote|br|em|h[1-6]|hr|li|ol|p|strong|ul)\b[^<>]*>", re.IGNORECASE)
"""What a Markdown renderer writes. A talk about HTML may well have other tags in its description."""

ESCAPES = re.compile(r"\\([\\;,nN])")


@CHECKS.row("I0", "there is a calendar for each conference and it holds events")
def there_is_something_to_check(folder):
    if not folder.conferences:
        yield Finding(str(folder.root), "expected <conference>/schedule.ics in it")
    for calendar in folder.calendars:
        if calendar.path.endswith("/schedule.ics") and not calendar.events:
            yield calendar.finding(1, "no VEVENT in the calendar of the whole conference")


@over_calendars("I1", "every line ends with CRLF, also the last")
def ends_with_crlf(calendar):
    for number, line in calendar.physical:
        if not line.endswith(b"\r\n"):
            yield calendar.finding(number, f"ends with {line[-2:]!r}, expected CR LF (§3.1)")


@over_calendars("I2", "no line is longer than 75 octets")
def is_short(calendar):
    for number, line in calendar.physical:
        length = len(line.rstrip(b"\r\n"))
        if length > 75:
            yield calendar.finding(number, f"{length} octets, expected at most 75 (§3.1)")


@over_calendars("I3", "no fold lies inside a character or an escape")
def folds_between_characters(calendar):
    before = b""
    for number, line in calendar.physical:
        line = line.rstrip(b"\r\n")
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            yield calendar.finding(number, f"not UTF-8 by itself: {error.reason} (§3.1)")
        if line[:1] in (b" ", b"\t"):
            backslashes = len(before) - len(before.rstrip(b"\\"))
            if backslashes % 2:
                yield calendar.finding(number, "the fold before this line splits an escape")
            before += line[1:]
        else:
            before = line


@over_calendars("I4", "the file begins with BEGIN:VCALENDAR, without a byte order mark")
def begins_with_calendar(calendar):
    if not calendar.data.startswith(b"BEGIN:VCALENDAR\r\n"):
        yield calendar.finding(1, f"begins with {calendar.data[:20]!r}, expected BEGIN:VCALENDAR (§3.4)")


@over_calendars("I5", "no control character and no blank line")
def has_no_controls(calendar):
    for number, line in calendar.physical:
        line = line.removesuffix(b"\n").removesuffix(b"\r")
        for octet in line:
            if (octet < 0x20 and octet != 0x09) or octet == 0x7F:
                yield calendar.finding(number, f"control character U+{octet:04X} (§3.1 CONTROL)")
                break
        if not line.strip():
            yield calendar.finding(number, "blank line, expected a content line (§3.1)")


@over_calendars("I6", "texts escape backslash, semicolon, comma and newline, and nothing else")
def escapes_text(calendar):
    for line in lines_of(calendar):
        if line.name not in TEXT | TEXT_LISTS and not (line.name.startswith("X-WR-CAL")):
            continue
        rest = ESCAPES.sub("", line.value)
        if "\\" in rest:
            at = rest.index("\\")
            yield calendar.finding(line.number, f"{line.name} holds {rest[at : at + 2]!r}, no escape of §3.3.11")
        bare = ";" if line.name in TEXT_LISTS else ";,"
        for character in bare:
            if character in rest:
                yield calendar.finding(line.number, f"{line.name} holds a bare {character!r} (§3.3.11)")


@over_calendars("I7", "every line is a content line and every BEGIN has its END")
def is_well_formed(calendar):
    yield from calendar.faults
    if calendar.root.name != "VCALENDAR":
        yield calendar.finding(1, "expected exactly one VCALENDAR around everything (§3.4)")


@over_calendars("I8", "URIs are absolute and bare: ASCII, no escapes, no blanks")
def has_bare_uris(calendar):
    for line in lines_of(calendar):
        if line.name not in URIS:
            continue
        parts = urlsplit(line.value)
        if not parts.scheme or not (parts.netloc or parts.scheme in ("mailto", "tel", "xmpp")):
            yield calendar.finding(line.number, f"{line.name} is {line.value[:60]!r}, expected an absolute URI")
        elif re.search(r"[^!#-;=?-\[\]_a-z~]|\\", line.value):
            yield calendar.finding(line.number, f"{line.name} holds a character that no URI has: {line.value[:80]!r}")


@over_calendars("I9", "parameter values with : ; or , are quoted")
def quotes_parameters(calendar):
    for line in lines_of(calendar):
        for name, value in line.parameters:
            if "," in re.sub(r'"[^"]*"', "", value) and name not in LIST_PARAMETERS:
                yield calendar.finding(line.number, f"{line.name};{name}={value}: a bare comma, expected quotes (§3.2)")
            if re.search(r"\^(?![n'^])", value):
                yield calendar.finding(line.number, f"{line.name};{name}={value}: a lone ^ (RFC 6868 §3.1)")


@over_calendars("I10", "VERSION:2.0 comes first, PRODID stands once")
def says_version_first(calendar):
    first = calendar.root.lines[0] if calendar.root.lines else None
    if first is None or (first.name, first.value) != ("VERSION", "2.0"):
        yield calendar.finding(2, f"expected VERSION:2.0 right after BEGIN:VCALENDAR, found {first}")
    for name in ("VERSION", "PRODID"):
        if len(calendar.root.all(name)) != 1:
            yield calendar.finding(1, f"{len(calendar.root.all(name))} times {name}, expected once (§3.6)")


@over_calendars("I11", "a calendar holds at least one component")
def is_not_empty(calendar):
    if not calendar.root.children:
        yield calendar.finding(1, "no component in the calendar (§3.4)")


@over_events("I12", "an event has UID, DTSTAMP, DTSTART and SUMMARY, and nothing twice")
def has_what_an_event_needs(event):
    for name in ONCE_IN_EVENT:
        count = len(event.all(name))
        needed = name in ("UID", "DTSTAMP", "DTSTART", "SUMMARY")
        if count > 1 or (needed and count == 0):
            yield event.number, f"{count} times {name} in this VEVENT, expected {'once' if needed else 'at most once'}"
    if event.value("SUMMARY") == "":
        yield event.number, "the SUMMARY is empty"


@over_events("I13", "an event ends after it starts, both in the same form")
def ends_after_it_starts(event):
    start, end, duration = event.line("DTSTART"), event.line("DTEND"), event.line("DURATION")
    if start is None:
        return
    if end and duration:
        yield end.number, "DTEND and DURATION together (§3.6.1)"
    if end is None and duration is None and not DATE.fullmatch(start.value):
        yield event.number, "neither DTEND nor DURATION: a talk of no length"
    if end is None:
        return
    from_, to = moment(start), moment(end)
    if type(from_) is not type(to):
        yield end.number, f"DTSTART is {start.value}, DTEND is {end.value}: expected the same value type (§3.8.2.2)"
    elif from_ is not None and to <= from_:
        yield end.number, f"DTEND {end.value} is not after DTSTART {start.value} (§3.8.2.2)"


@over_events("I14", "an all-day event says VALUE=DATE on both ends and takes no busy time")
def marks_all_day(event):
    for line in event.all("DTSTART") + event.all("DTEND"):
        is_date = DATE.fullmatch(line.value) is not None
        if is_date != (line.parameter("VALUE") == "DATE"):
            yield line.number, f"{line.name} {line.value} with VALUE={line.parameter('VALUE')} (§3.3.4)"
        if is_date and event.value("TRANSP") != "TRANSPARENT":
            yield line.number, f"all-day with TRANSP {event.value('TRANSP')}, expected TRANSPARENT (§3.8.2.7)"


@over_calendars("I15", "DTSTAMP, CREATED and LAST-MODIFIED are in UTC and agree with each other")
def stamps_in_utc(calendar):
    now = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    for line in lines_of(calendar):
        if line.name in ("DTSTAMP", "CREATED", "LAST-MODIFIED", "COMPLETED"):
            if not UTC.fullmatch(line.value) or line.parameters:
                yield calendar.finding(line.number, f"{line.name} {line.value}, expected a UTC time (§3.8.7)")
            elif line.value > now:
                yield calendar.finding(line.number, f"{line.name} {line.value} is in the future")
    for event in calendar.events:
        stamp, modified, created = (event.value(name) for name in ("DTSTAMP", "LAST-MODIFIED", "CREATED"))
        if modified is None:
            yield calendar.finding(event.number, "no LAST-MODIFIED in this VEVENT")
        elif stamp != modified:
            yield calendar.finding(event.number, f"DTSTAMP {stamp}, LAST-MODIFIED {modified}: expected the same (§3.8.7.2)")
        if created and modified and created > modified:
            yield calendar.finding(event.number, f"CREATED {created} after LAST-MODIFIED {modified}")


@over_events("I17", "a timed event has Z or a TZID, never both, never none")
def is_not_floating(event):
    for line in event.all("DTSTART") + event.all("DTEND"):
        zone = line.parameter("TZID")
        if DATE.fullmatch(line.value):
            if zone:
                yield line.number, f"{line.name} is a date with TZID={zone} (§3.2.19)"
        elif UTC.fullmatch(line.value):
            if zone:
                yield line.number, f"{line.name} {line.value} is UTC with TZID={zone} (§3.2.19)"
        elif LOCAL.fullmatch(line.value):
            if not zone:
                yield line.number, f"{line.name} {line.value} is floating (§3.3.5)"
        else:
            yield line.number, f"{line.name} {line.value} is no date and no time (§3.3.5)"


@over_events("I18", "STATUS, CLASS, TRANSP, SEQUENCE and GEO hold what they may")
def has_known_values(event):
    for name, allowed in ENUMERATIONS.items():
        for line in event.all(name):
            if line.value not in allowed:
                yield line.number, f"{name} {line.value}, expected one of {', '.join(sorted(allowed))}"
    for line in event.all("SEQUENCE"):
        if not re.fullmatch(r"\d+", line.value):
            yield line.number, f"SEQUENCE {line.value}, expected a number from 0 (§3.8.7.4)"
    for line in event.all("GEO"):
        match = re.fullmatch(r"(-?\d+(?:\.\d+)?);(-?\d+(?:\.\d+)?)", line.value)
        if not match or abs(float(match[1])) > 90 or abs(float(match[2])) > 180:
            yield line.number, f"GEO {line.value}, expected latitude;longitude (§3.8.1.6)"


@over_events("I19", "no event recurs")
def does_not_recur(event):
    for line in event.lines:
        if line.name in ("RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID"):
            yield line.number, f"{line.name} in a VEVENT, expected one VEVENT a slot"


@over_events("I20", "the last line of DESCRIPTION is the URL")
def repeats_url(event):
    url = event.value("URL")
    if url is None:
        return
    last = text_of(event.value("DESCRIPTION") or "").split("\n")[-1]
    if last != url:
        yield event.number, f"DESCRIPTION ends with {last[:60]!r}, expected the URL {url}"


@over_events("I21", "DESCRIPTION is plain text")
def describes_plainly(event):
    for line in event.all("DESCRIPTION"):
        tag = RENDERED_TAG.search(text_of(line.value))
        if tag:
            yield line.number, f"DESCRIPTION holds the tag {tag[0]!r}"


@over_events("I22", "every event says where it is held")
def says_where(event):
    if not event.value("LOCATION"):
        yield event.number, "no LOCATION in this VEVENT, expected a room, a venue or an address online"
