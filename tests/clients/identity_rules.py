"""Rows C1 to C8: what an event is, in every file and after every change, and who is not invited."""

import re

from calendar_checks import CHECKS, DATE, lines_of, moment, over_calendars, over_events

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


@over_calendars("C1", "no UID stands twice in a calendar")
def has_unique_uids(calendar):
    seen = {}
    for event in calendar.events:
        uid = event.value("UID")
        if uid in seen:
            yield calendar.finding(event.number, f"UID {uid} again, first on line {seen[uid]}: a slot is lost")
        seen.setdefault(uid, event.number)


@CHECKS.row("C2", "a UID is the same event in every calendar of its conference")
def is_the_same_event_everywhere(folder):
    for conference in folder.conferences:
        calendars = {c.path: c for c in folder.calendars if c.path.startswith(conference + "/")}
        whole = calendars[f"{conference}/schedule.ics"]
        known = {event.value("UID"): told(event) for event in whole.events}
        for calendar in calendars.values():
            for event in [] if stands_in(calendar, whole) else calendar.events:
                if told(event) != known.get(event.value("UID")):
                    yield calendar.finding(event.number, f"not the event that {whole.path} has under this UID")
        in_days = [event.value("UID") for path, c in calendars.items() if "/days/" in path for event in c.events]
        for event in whole.events:
            if in_days and in_days.count(event.value("UID")) != 1:
                times = in_days.count(event.value("UID"))
                yield whole.finding(event.number, f"in the calendars of {times} days, expected one")


def stands_in(calendar, whole):
    """Whether its only event is the conference itself, all day: no slot of the selection is known."""
    if len(calendar.events) != 1:
        return False
    event = calendar.events[0]
    return DATE.fullmatch(event.value("DTSTART") or "") and event.value("SUMMARY") == whole.root.value("NAME")


def told(event):
    """What an event says, apart from how its times are written."""
    ends = {line.name: moment(line) for line in event.lines if line.name in ("DTSTART", "DTEND")}
    rest = [(line.name, line.parameters, line.value) for line in event.lines if line.name not in ends]
    return ends, sorted(rest)


@CHECKS.row("C3", "a UID is a UUID and belongs to one conference")
def has_uuids(folder):
    owner = {}
    for calendar in folder.calendars:
        conference = calendar.path.split("/")[0]
        for event in calendar.events:
            uid = event.value("UID") or ""
            if not UUID.fullmatch(uid):
                yield calendar.finding(event.number, f"UID {uid!r}, expected a bare UUID (RFC 7986 §5.3)")
            if owner.setdefault(uid, conference) != conference:
                yield calendar.finding(event.number, f"UID {uid} is also in {owner[uid]}")


@over_events("C4", "every event has a SEQUENCE")
def counts_changes(event):
    if event.line("SEQUENCE") is None:
        yield event.number, "no SEQUENCE in this VEVENT (RFC 5546 §2.1.4)"


@over_events("C5", "a cancelled event takes no busy time")
def frees_cancelled_time(event):
    if event.value("STATUS") == "CANCELLED" and event.value("TRANSP") != "TRANSPARENT":
        yield event.number, f"cancelled with TRANSP {event.value('TRANSP')}, expected TRANSPARENT"


@over_calendars("C7", "no METHOD, ORGANIZER or ATTENDEE: a subscription is no invitation")
def invites_nobody(calendar):
    for line in lines_of(calendar):
        if line.name in ("METHOD", "ORGANIZER", "ATTENDEE"):
            yield calendar.finding(line.number, f"{line.name} in a calendar that is subscribed to")
