"""Compares two files of conference apps field by field: what the second has lost of the first.

Only what must differ is forgiven: blanks at ends, an address of ours where there was none, values that
the format of the second file cannot hold.
"""

import html
import re
from collections import Counter
from datetime import timedelta
from urllib.parse import unquote, urljoin

from schedules import instant

NO_ROOM = "To be announced"

IDENTIFIERS = {
    "xml": {
        "id": re.compile(r"[1-9]\d*"),
        "code": re.compile(r"[0-9A-Z]{6}"),
        "slug": re.compile(r"[a-z0-9_]{4,}-[a-z0-9\-_]{4,}"),
    },
    "json": {
        "id": re.compile(r"[1-9]\d*"),
        "code": re.compile(r"[0-9A-Z]+"),
        "slug": re.compile(r"[a-z0-9_-]+[a-z0-9]"),
    },
}
"""What the schemas allow; other values cannot be passed on."""

ZONE = re.compile(r"([A-Z][a-z]+/[A-Z][a-z]+)|.*UTC$")
"""The zones that the JSON can name."""


def lost(source, result, *forms):
    """What `result` has lost or changed of `source` on its way through formats."""
    yield from lost_of_conference(source, result, forms)
    counts = {name: Counter(event.get(name) for event in source.events) for name in ("guid", "id", "code", "slug")}
    ids = numbers_of_persons(source)
    twins = Twins(result)
    for event in source.events:
        twin = twins.of(event, counts)
        name = f"{event.get('guid') or event.get('id')} {event.get('title')!r}"
        if twin is None:
            if event.get("minutes") and event.get("title"):
                yield f"{name}: is lost"
            continue
        for field, message in lost_of_event(event, twin, source.conference, forms, counts, ids):
            yield f"{name}: {field}: {message}"
    if len(result.events) > len(source.events):
        yield f"{len(result.events)} events, there were {len(source.events)}"


class Twins:
    """The events of a file, to be found by what stays."""

    def __init__(self, schedule):
        self.by = {}
        for event in schedule.events:
            for key in keys(event):
                self.by.setdefault(key, []).append(event)

    def of(self, event, counts):
        for key in keys(event):
            name, value = key[0], key[1]
            if name in counts and counts[name][value] > 1:
                continue
            if found := self.by.get(key):
                return found.pop(0) if name == "place" else found[0]
        return None


def keys(event):
    if event.get("guid"):
        yield "guid", event["guid"]
    if event.get("id"):
        yield "id", event["id"]
    yield "place", event.get("title"), event.get("clock"), event.get("room", NO_ROOM), event.get("day")


def numbers_of_persons(source):
    """The numbers that each name has: one of several stands for all."""
    numbers = {}
    for event in source.events:
        for person in event.get("persons", []):
            for key in ("id", "guid", "code"):
                if key in person:
                    numbers.setdefault((person.get("name"), key), set()).add(person[key])
    return numbers


def lost_of_conference(source, result, forms):
    old, new = source.conference, result.conference
    for name in ("title", "version"):
        if old.get(name) and old[name] != new.get(name):
            yield f"conference: {name}: {new.get(name)!r}, it was {old[name]!r}"
    if old.get("acronym") and plain_name(old["acronym"]) != plain_name(new.get("acronym", "")):
        yield f"conference: acronym: {new.get('acronym')!r}, it was {old['acronym']!r}"
    for name in ("base_url", "logo", "url"):
        if is_absolute(old.get(name)) and address(old[name]) != address(new.get(name, "")):
            yield f"conference: {name}: {new.get(name)!r}, it was {old[name]!r}"
    zone = old.get("time_zone_name")
    if zone and "/" in zone and (set(forms) == {"xml"} or ZONE.match(zone)) and new.get("time_zone_name") != zone:
        yield f"conference: time_zone_name: {new.get('time_zone_name')!r}, it was {zone!r}"
    for name, colour in source.tracks.items():
        if name not in result.tracks or (colour and result.tracks[name] != colour):
            yield f"conference: track {name!r}: {result.tracks.get(name)!r}, it was {colour!r}"
    for date in source.days:
        if date not in result.days and any(event.get("day") == date for event in source.events):
            yield f"conference: day {date}: is lost"
    for date, (start, end) in source.days.items():
        found = result.days.get(date)
        if found and has_offset(start) and has_offset(end) and list(map(instant, found)) != list(map(instant, (start, end))):
            yield f"conference: day {date}: {found}, it was {(start, end)}"
    for name, guid in source.rooms.items():
        is_used = "xml" not in forms or any(event.get("room") == name for event in source.events)
        if is_used and guid and result.rooms.get(name) != guid:
            yield f"conference: room {name!r}: {result.rooms.get(name)!r}, it was {guid!r}"


def has_offset(text):
    """Whether a time has an offset that its writer knew: old tools wrote +00:00 whatever the zone."""
    return bool(re.search(r"T.*([+-](?!00:00)\d\d:\d\d)$", text or ""))


def plain_name(text):
    return re.sub(r"[^a-z0-9]", "", text.lower())


def is_absolute(url):
    return bool(re.match(r"https?://[^/\s]", url or ""))


def address(url):
    """An address without what the URL standard normalises."""
    url = unquote(html.unescape(url or "")).strip().rstrip("/")
    url = re.sub(r"^(https?)://([^/?#]*)", lambda match: f"{match[1]}://{match[2].lower()}", url)
    return re.sub(r"[\s]+", "", url)


def words(text):
    """A text without the markup in which it was written."""
    text = re.sub(r"<[^>]*>", " ", html.unescape(text or ""))
    return "".join(re.findall(r"\w+", re.sub(r"\\(.)", r"\1", text)))


def same_text(old, new):
    """Texts are the same but for blanks at the ends of lines, however those are marked. HTML may have become
    Markdown."""
    if re.search(r"<\w|&\w+;", old):
        return words(old) in words(new) or words(re.sub(r"https?://\S+", "", old)) == words(re.sub(r"https?://\S+", "", new))
    return stripped(old) == stripped(new)


def stripped(text):
    text = re.sub("[\x0b\x0c\x85\u2028\u2029]", "\n", text)
    lines = (line.rstrip() for line in re.sub("[\x00-\x08\x0e-\x1f\x7f\ufeff]", "", text).split("\n"))
    return "\n".join(lines).strip()


def lost_of_event(old, new, conference, forms, counts, ids):
    for name in ("title", "subtitle", "track", "type"):
        if old.get(name) and old[name] != new.get(name):
            yield name, f"{new.get(name)!r}, it was {old[name]!r}"
    if old.get("room") and old["room"] != new.get("room"):
        yield "room", f"{new.get('room')!r}, it was {old['room']!r}"
    if old.get("is_cancelled", False) != new.get("is_cancelled", False):
        yield "cancelled", f"{new.get('is_cancelled')}, it was {old.get('is_cancelled')}"
    if is_certain(old) and old["date"] != new.get("date"):
        yield "date", f"{new.get('date')}, it was {old['date']}"
    if old.get("clock") and old["clock"].zfill(5) != new.get("clock"):
        yield "start", f"{new.get('clock')}, it was {old['clock']}"
    if old.get("minutes") and old["minutes"] != new.get("minutes"):
        yield "duration", f"{new.get('minutes')} minutes, it was {old['minutes']}"
    if is_language(old.get("language")) and old["language"].replace("_", "-").lower() != new.get("language", "").lower():
        yield "language", f"{new.get('language')!r}, it was {old['language']!r}"
    for name in ("abstract", "description"):
        if old.get(name) and not same_text(old[name], new.get(name, "")) and not is_told(old, new, name):
            yield name, f"{new.get(name)!r}, it was {old[name]!r}"
    if old.get("license") and old["license"] != new.get("license"):
        yield "license", f"{new.get('license')!r}, it was {old['license']!r}"
    if old.get("optout", False) != new.get("optout", False):
        yield "optout", f"{new.get('optout')}, it was {old.get('optout')}"
    for name in ("id", "code", "slug"):
        value = old.get(name)
        is_kept = value and counts[name][value] == 1 and all(fits(name, value, form) for form in forms)
        if is_kept and new.get(name) != value:
            yield name, f"{new.get(name)!r}, it was {value!r}"
    if old.get("guid") and counts["guid"][old["guid"]] == 1 and new.get("guid", "").lower() != old["guid"].lower():
        yield "guid", f"{new.get('guid')!r}, it was {old['guid']!r}"
    for name in ("url", "origin_url", "feedback_url", "logo"):
        is_page = name == "origin_url" and old.get(name) == old.get("url")
        if old.get(name) and not is_page and not same_address(old[name], new.get(name), conference):
            yield name, f"{new.get(name)!r}, it was {old[name]!r}"
    yield from lost_of_persons(old, new, forms, ids)
    for name in ("links", "attachments"):
        yield from ((name, message) for message in lost_links(old.get(name, []), new, conference))


def fits(name, value, form):
    """Whether a format can hold an identifier."""
    pattern = IDENTIFIERS.get(form, {}).get(name)
    return bool(pattern and pattern.fullmatch(str(value)))


def is_certain(event):
    """Whether its date is an instant, and not a wall clock with the offset of UTC for want of a zone."""
    date, clock = event.get("date"), event.get("clock")
    if not date or not clock:
        return bool(date)
    return date.strftime("%H:%M") != clock or date.utcoffset() != timedelta(0)


def is_language(text):
    return bool(re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*", text or ""))


def is_told(old, new, name):
    """A description that repeats the abstract is told once."""
    return name == "description" and old.get("abstract") and same_text(old["description"], old["abstract"])


def same_address(old, new, conference):
    if is_absolute(old):
        return address(old) == address(new)
    # A relative address was resolved: against the base where there is one.
    base = conference.get("base_url") or conference.get("url")
    if not base or re.match(r"\w+:", old):
        return True
    return address(new).endswith(address(old).lstrip("./")) or address(urljoin(base, old)) == address(new)


def lost_of_persons(old, new, forms, ids):
    wanted = dict.fromkeys(" ".join(person["name"].split()) for person in old.get("persons", []) if person.get("name"))
    found = dict.fromkeys(person["name"] for person in new.get("persons", []) if person.get("name"))
    if list(wanted) != list(found):
        yield "persons", f"{list(found)}, they were {list(wanted)}"
        return
    people = {person["name"]: person for person in new.get("persons", [])}
    kept = ("id", "guid", "code", "biography") if set(forms) == {"json"} else ("id", "guid")
    for person in old.get("persons", []):
        twin = people.get(" ".join((person.get("name") or "").split()), {})
        for key in kept:
            value = person.get(key)
            is_one = len(ids.get((person.get("name"), key), ())) == 1
            if value and is_one and not same_of_person(key, value, twin.get(key)):
                yield "persons", f"{key} of {person['name']!r} is {twin.get(key)!r}, it was {value!r}"


def same_of_person(key, old, new):
    if key == "biography":
        # Of two that say different things of one person, one is kept.
        return bool(new)
    return str(old).lower() == str(new).lower()


def lost_links(links, new, conference):
    """Links may have been sorted otherwise: what matters is that each is there, with its title."""
    places = [*new.get("links", []), *new.get("attachments", [])]
    extra = [new.get(name) for name in ("feedback_url", "origin_url", "url", "logo") if new.get(name)]
    for link in links:
        url = link.get("url", "")
        # Some write a host without a scheme, or a text: nobody can follow that.
        if not is_absolute(url) and not url.startswith(("/", ".")):
            continue
        found = [each for each in places if same_address(url, each.get("url"), conference)]
        if not found and not any(same_address(url, other, conference) for other in extra):
            yield f"{url!r} is lost"
        title = " ".join((link.get("title") or "").split())
        if found and title and title != url and not is_absolute(title):
            if all(title != each.get("title") for each in found):
                yield f"{url!r} is called {[each.get('title') for each in found]}, it was {title!r}"
        kinds = {each.get("kind") for each in found}
        if found and link.get("kind") in ("slides", "paper", "media") and link["kind"] not in kinds:
            yield f"{url!r} is {kinds}, it was {link['kind']!r}"
