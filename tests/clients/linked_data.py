"""Reads what a page tells search engines (schema.org data as JSON-LD), and what is wrong with it."""

import json
from datetime import date, datetime

SCHEMA = "https://schema.org"

STATUS = {f"{SCHEMA}/EventScheduled", f"{SCHEMA}/EventCancelled", f"{SCHEMA}/EventRescheduled"}

TEXTS = ("name", "description", "url", "inLanguage", "image")

URLS = ("@id", "url", "image")


def blocks(page):
    """The blocks of data of a page, as a browser reads them."""
    scripts = [script for script in page.elements("script") if script.get("type") == "application/ld+json"]
    return [json.loads("".join(script.itertext())) for script in scripts]


def events(page):
    """The events that a page tells of: those of a talk."""
    return [event for block in blocks(page) for event in block.get("@graph", [])]


def moment(text):
    """A date, or an instant with its offset."""
    if len(text) == len("2026-10-24"):
        return date.fromisoformat(text)
    instant = datetime.fromisoformat(text)
    assert instant.tzinfo is not None, f"{text!r} has no offset"
    return instant


def faults(event):
    """What is wrong with an event."""
    if event.get("@type") != "Event":
        yield f"@type {event.get('@type')!r}, expected Event"
    for name in ("name", "startDate", "url", "eventStatus", "organizer", "superEvent"):
        if not event.get(name):
            yield f"no {name}"
    for name in TEXTS:
        if name in event and not (isinstance(event[name], str) and event[name].strip()):
            yield f"{name} is {event[name]!r}, expected a text"
    for name in URLS:
        if name in event and not event[name].startswith(("http://", "https://")):
            yield f"{name} is {event[name]!r}, expected an absolute URL"
    if event.get("eventStatus") not in STATUS:
        yield f"eventStatus {event.get('eventStatus')!r}"
    if (event.get("eventStatus") == f"{SCHEMA}/EventRescheduled") != ("previousStartDate" in event):
        yield "previousStartDate and EventRescheduled, one without the other"
    if {"startDate", "endDate"} <= event.keys() and moment(event["endDate"]) <= moment(event["startDate"]):
        yield f"ends at {event['endDate']}, begins at {event['startDate']}"
    yield from place_faults(event)
    for person in event.get("performer", []):
        if person.get("@type") != "Person" or not person.get("name"):
            yield f"performer {person!r}"
    if event.get("superEvent", {}).get("@type") != "Event":
        yield f"superEvent {event.get('superEvent')!r}"
    if None in event.values():
        yield "null, expected that what is not known is left out"


def place_faults(event):
    places = event.get("location", [])
    places = places if isinstance(places, list) else [places]
    kinds = sorted(place.get("@type") for place in places)
    expected = {
        (): None,
        ("Place",): "Offline",
        ("VirtualLocation",): "Online",
        ("Place", "VirtualLocation"): "Mixed",
    }
    if tuple(kinds) not in expected:
        yield f"location of {kinds}"
        return
    mode = expected[tuple(kinds)]
    mode = mode and f"{SCHEMA}/{mode}EventAttendanceMode"
    if event.get("eventAttendanceMode") != mode:
        yield f"eventAttendanceMode {event.get('eventAttendanceMode')!r} with location of {kinds}"
    for place in places:
        if place["@type"] == "VirtualLocation" and not place.get("url"):
            yield "VirtualLocation without url"
        if place["@type"] == "Place" and not place.get("name"):
            yield "Place without name"
