"""xCal and jCal say what the calendar says: property by property, as real parsers and our own reading
have it (RFC 6321, RFC 7265)."""

import json

import icalendar
from lxml import etree

from calendar_lines import Calendar, text_of
from check import Checks, Finding
from feed_rules import xml
from javascript import run_script

CHECKS = Checks()

XCAL = "{urn:ietf:params:xml:ns:icalendar-2.0}"

TEXTS = {"name", "color", "participant-type"}
"""Properties of RFC 7986 and RFC 9073 whose type the parsers do not know."""


def twins(folder, name):
    """The calendar of each conference with its twin."""
    for conference in folder.conferences:
        calendar, twin = f"{conference}/schedule.ics", f"{conference}/{name}"
        if twin in folder.paths:
            yield calendar, twin
        else:
            yield calendar, None


def without_difference(component):
    """A component of jCal without what may differ between two writers of the same calendar."""
    name, properties, components = component
    return [name, [plain_property(*each) for each in properties], [without_difference(each) for each in components]]


def plain_property(name, parameters, kind, *values):
    if kind == "unknown" and name in TEXTS:
        kind, values = "text", [text_of(value) for value in values]
    parameters = {key: plain_parameter(key, value) for key, value in parameters.items()}
    if kind == "recur":
        values = [{key: plain_parameter(key, value) for key, value in rule.items()} for rule in values]
    return [name, parameters, kind, *values]


def plain_parameter(name, value):
    if name == "feature" and isinstance(value, str):
        value = value.split(",")
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def differences(twin, wanted, found):
    """Where two components of jCal differ."""
    if wanted[0] != found[0]:
        yield Finding(twin, f"the component {found[0]}, expected {wanted[0]}")
        return
    for want, have in zip(wanted[1], found[1]):
        if want != have:
            yield Finding(twin, f"{have} in {wanted[0]}, expected {want}"[:400])
    for index, what in ((1, "properties"), (2, "components")):
        if len(wanted[index]) != len(found[index]):
            yield Finding(twin, f"{len(found[index])} {what} in {wanted[0]}, expected {len(wanted[index])}")
    for want, have in zip(wanted[2], found[2]):
        yield from differences(twin, want, have)


def jcal_findings(folder, parse):
    for calendar, twin in twins(folder, "schedule.jcal"):
        if twin is None:
            yield Finding(calendar, "no schedule.jcal beside it")
            continue
        try:
            found = without_difference(json.loads(folder.read(twin)))
        except (ValueError, TypeError) as error:
            yield Finding(twin, f"no jCal: {error}"[:200])
            continue
        yield from differences(twin, without_difference(parse(folder, calendar)), found)


@CHECKS.row("jcal-icalendar", "jCal is what icalendar makes of the calendar")
def is_what_icalendar_makes(folder):
    return jcal_findings(folder, lambda folder, path: icalendar.Calendar.from_ical(folder.read(path)).to_jcal())


@CHECKS.row("jcal-ical.js", "jCal is what ical.js makes of the calendar")
def is_what_ical_js_makes(folder):
    return jcal_findings(folder, lambda folder, path: run_script("ical_js_jcal.mjs", [str(folder.root / path)])[0])


@CHECKS.row("xcal", "xCal maps back to the lines of the calendar")
def maps_back(folder):
    for calendar, twin in twins(folder, "schedule.xcal"):
        if twin is None:
            yield Finding(calendar, "no schedule.xcal beside it")
            continue
        try:
            root = xml(folder.read(twin))
        except etree.XMLSyntaxError as error:
            yield Finding(twin, f"not well-formed: {error}")
            continue
        if root.tag != f"{XCAL}icalendar" or len(root) != 1:
            yield Finding(twin, f"the root {root.tag} with {len(root)} elements, expected icalendar with one vcalendar")
            continue
        yield from compared(twin, Calendar(calendar, folder.read(calendar)).root, root[0])


def compared(twin, wanted, element):
    """Compares a component of the calendar with its element."""
    name, line = local(element).upper(), element.sourceline
    if name != wanted.name:
        yield Finding(f"{twin}:{line}", f"the component {name}, expected {wanted.name}")
        return
    groups = [local(group) for group in element]
    if groups not in (["properties"], ["properties", "components"]):
        yield Finding(f"{twin}:{line}", f"{groups} in {name}, expected properties, and components if there are any")
        return
    properties = list(element[0])
    components = list(element[1]) if len(element) > 1 else []
    if len(properties) != len(wanted.lines) or len(components) != len(wanted.children):
        counts = f"{len(properties)} properties and {len(components)} components"
        yield Finding(f"{twin}:{line}", f"{counts}, expected {len(wanted.lines)} and {len(wanted.children)}")
    for want, have in zip(wanted.lines, properties):
        try:
            found = content_line(have)
        except (KeyError, ValueError) as error:
            yield Finding(f"{twin}:{have.sourceline}", f"{local(have)} has {error}")
            continue
        parameters = {key: plain(value) for key, value in want.parameters if key != "VALUE"}
        expected = (want.name, parameters, want.value, kind_of(want))
        if found != expected:
            yield Finding(f"{twin}:{have.sourceline}", f"{found}, expected {expected}"[:400])
    for want, have in zip(wanted.children, components):
        yield from compared(twin, want, have)


def kind_of(line):
    """The type of a content line's value: as it says, else the property's own."""
    own = "unknown" if line.name.startswith("X-") else OTHER_TYPES.get(line.name, "text")
    return (line.parameter("VALUE") or own).lower()


OTHER_TYPES = {
    **dict.fromkeys(("CREATED", "DTEND", "DTSTAMP", "DTSTART", "LAST-MODIFIED"), "date-time"),
    **dict.fromkeys(("TZOFFSETFROM", "TZOFFSETTO"), "utc-offset"),
    "GEO": "float",
    "RRULE": "recur",
    "SEQUENCE": "integer",
    "TRIGGER": "duration",
    "URL": "uri",
}
"""The properties whose values are no TEXT when they do not say so (RFC 5545 §8.3.2)."""


def content_line(element):
    """A property as name, parameters, raw value and type (RFC 6321 §3.4 to §3.6)."""
    values = list(element)
    parameters = {}
    if values and local(values[0]) == "parameters":
        for parameter in values.pop(0):
            parameters[local(parameter).upper()] = ",".join(value.text or "" for value in parameter)
    kinds = {local(value) for value in values}
    if kinds == {"latitude", "longitude"}:
        return local(element).upper(), parameters, ";".join(value.text for value in values), "float"
    if len(kinds) != 1:
        raise ValueError(f"the values {sorted(kinds)}, expected one type")
    kind = kinds.pop()
    return local(element).upper(), parameters, ",".join(RAW[kind](value) for value in values), kind


def escaped(element):
    text = (element.text or "").replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\n", "\\n")


def as_it_is(element):
    return element.text or ""


def basic(element):
    return (element.text or "").replace("-", "").replace(":", "")


def offset(element):
    return (element.text or "").replace(":", "")


def rule(element):
    parts = {local(part).upper(): part.text for part in element}
    return ";".join(f"{key}={parts[key]}" for key in ("FREQ", "BYMONTH", "BYDAY") if key in parts)


RAW = {
    "text": escaped,
    "unknown": as_it_is,
    "uri": as_it_is,
    "duration": as_it_is,
    "integer": as_it_is,
    "date": basic,
    "date-time": basic,
    "utc-offset": offset,
    "recur": rule,
}
"""How a value of each type stands in a content line."""


def local(element):
    return etree.QName(element).localname


def plain(parameter):
    """A parameter's value without quotes, RFC 6868 undone."""
    return parameter.strip('"').replace("^n", "\n").replace("^'", '"').replace("^^", "^")
