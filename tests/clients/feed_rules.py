"""What every feed must keep to: the rows R1 to R14, A1 to A7 and J1 of the requirements.

Feed readers forgive nearly everything, each something else; validators do not run here. So these
rows are checked on the XML and JSON themselves.
"""

import json
import re
from datetime import datetime, timezone
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path

import jsonschema
from lxml import etree

from calendar_lines import text_of
from check import Checks, Finding
from identity_rules import stands_in
from markup import content_faults, is_web_url

CHECKS = Checks()

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
HISTORY = "{http://purl.org/syndication/history/1.0}"

CHANNEL_ELEMENTS = set(
    "title link description language copyright managingEditor webMaster pubDate lastBuildDate category generator docs "
    "cloud ttl image textInput skipHours skipDays item".split()
)
ITEM_ELEMENTS = set("title link description author category comments enclosure guid pubDate source".split())

RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
RFC822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")
LASTING_ID = re.compile(r"tag:[^,\s]+,\d{4}(-\d\d(-\d\d)?)?:\S+|urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

SCHEMA = json.loads((Path(__file__).parent / "json_feed.schema.json").read_text())


def xml(data):
    """Strict: no repairs, no entities, no network."""
    return etree.fromstring(data, etree.XMLParser(recover=False, resolve_entities=False, no_network=True))


def over(extension, row, behaviour):
    """Registers a check that looks at one readable document of a format at a time.

    It yields elements or None with a message; an element tells the line.
    """

    def register(look):
        def findings(folder):
            for path in folder.ending(extension):
                try:
                    root = xml(folder.read(path)) if extension != "json" else json.loads(folder.read(path))
                except (etree.XMLSyntaxError, ValueError):
                    continue  # R12 and J1 report it.
                for where, message in look(root, folder.url(path)):
                    line = f":{where.sourceline}" if where is not None else ""
                    yield Finding(path + line, message)

        CHECKS.row(row, behaviour)(findings)
        return look

    return register


def text(element, name):
    found = element.find(name)
    return None if found is None else "".join(found.itertext())


def date_faults(value, pattern, parse):
    """Whether a date is well formed, with a zone, and not in the future."""
    if not pattern.fullmatch(value or ""):
        yield f"date {value!r}, expected the form {pattern.pattern}"
        return
    try:
        moment = parse(value)
    except ValueError as error:
        yield f"date {value!r}: {error}"
        return
    if moment > datetime.now(timezone.utc):
        yield f"date {value!r} is in the future"


def rfc3339_faults(value):
    return date_faults(value, RFC3339, datetime.fromisoformat)


def rfc822_faults(value):
    yield from date_faults(value, RFC822, parsedate_to_datetime)
    if RFC822.fullmatch(value or ""):
        weekday = format_datetime(parsedate_to_datetime(value))[:3]
        if weekday != value[:3]:
            yield f"date {value!r} is a {weekday}"


def repeated(values):
    seen = set()
    for value in values:
        if value in seen:
            yield value
        seen.add(value)


@CHECKS.row("F0", "every selection has its calendar and its feeds")
def has_every_format(folder):
    for conference in folder.conferences:
        for selection in folder.selections(conference):
            for extension in ("ics", "rss", "atom", "json"):
                path = folder.document(conference, selection, extension)
                if path not in folder.paths:
                    yield Finding(path, "missing, expected it beside the other formats of this selection")
        for path in (f"{conference}/feeds.opml", f"{conference}/index.html"):
            if path not in folder.paths:
                yield Finding(path, "missing")


@CHECKS.row("R12", "RSS, Atom and OPML are well-formed XML in UTF-8")
def is_well_formed(folder):
    for path in folder.ending("rss") + folder.ending("atom") + folder.ending("opml"):
        data = folder.read(path)
        try:
            tree = xml(data).getroottree()
        except etree.XMLSyntaxError as error:
            yield Finding(f"{path}:{error.lineno}", f"not well-formed: {error.msg}")
            continue
        if tree.docinfo.encoding not in (None, "UTF-8", "utf-8"):
            yield Finding(f"{path}:1", f"encoding {tree.docinfo.encoding}, expected UTF-8")
        if data.startswith(b"\xef\xbb\xbf"):
            yield Finding(f"{path}:1", "a byte order mark")
        if tree.docinfo.doctype:
            yield Finding(f"{path}:1", "a document type, expected none")


# RSS 2.0


@over("rss", "R1", "a channel has title, link and description, each once")
def rss_channel(root, url):
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None:
        yield root, f"<{root.tag} version={root.get('version')!r}>, expected <rss version='2.0'> with a channel"
        return
    for name in ("title", "link", "description"):
        if len(channel.findall(name)) != 1 or not text(channel, name).strip():
            yield channel, f"{len(channel.findall(name))} times {name}, expected one that is not empty"
    if not is_web_url(text(channel, "link")):
        yield channel, f"link {text(channel, 'link')!r}, expected an absolute URL"


@over("rss", "R2", "a channel links to itself")
def rss_self(root, url):
    links = [link for link in root.iterfind(f"channel/{ATOM}link") if link.get("rel") == "self"]
    if [(link.get("href"), link.get("type")) for link in links] != [(url, "application/rss+xml")]:
        yield root.find("channel"), f"self links {[dict(link.attrib) for link in links]}, expected one to {url}"


@over("rss", "R3", "an item has a lasting guid, once in the feed")
def rss_guids(root, url):
    for item in root.iterfind("channel/item"):
        guids = item.findall("guid")
        if len(guids) != 1 or guids[0].get("isPermaLink") != "false" or not LASTING_ID.fullmatch(guids[0].text or ""):
            shown = [(guid.get("isPermaLink"), guid.text) for guid in guids]
            yield item, f"guid {shown}, expected one tag: or urn:uuid: URI with isPermaLink='false'"
    for value in repeated(text(item, "guid") for item in root.iterfind("channel/item")):
        yield root.find("channel"), f"guid {value!r} stands on two items (R4)"


@over("rss", "R5", "dates are RFC 822 with a zone, the right weekday, and not in the future")
def rss_dates(root, url):
    for element in list(root.iter("pubDate")) + list(root.iter("lastBuildDate")):
        for message in rfc822_faults(element.text):
            yield element, message


@over("rss", "R6", "links of items are absolute, content is safe and its addresses are absolute")
def rss_content(root, url):
    for item in root.iterfind("channel/item"):
        if item.find("link") is not None and not is_web_url(text(item, "link")):
            yield item, f"link {text(item, 'link')!r}, expected an absolute URL"
        for name in ("description", f"{CONTENT}encoded"):
            for message in content_faults(text(item, name) or ""):
                yield item, f"{name}: {message}"


@over("rss", "R8", "content:encoded comes after description")
def rss_order(root, url):
    for item in root.iterfind("channel/item"):
        names = [child.tag for child in item]
        if f"{CONTENT}encoded" in names:
            before = names[: names.index(f"{CONTENT}encoded")]
            if "description" not in before:
                yield item, "content:encoded without a description before it"
        if "title" not in names and "description" not in names:
            yield item, "neither title nor description"


@over("rss", "R9", "people are named in dc:creator, not in author")
def rss_people(root, url):
    for name in ("author", "managingEditor", "webMaster"):
        for element in root.iter(name):
            if not re.match(r"\S+@\S+", element.text or ""):
                yield element, f"{name} {element.text!r}, expected an e-mail address or dc:creator"
    for creator in root.iter(f"{DC}creator"):
        if not (creator.text or "").strip():
            yield creator, "an empty dc:creator"


@over("rss", "R10", "an item has at most one enclosure, with url, length and type")
def rss_enclosures(root, url):
    for item in root.iterfind("channel/item"):
        enclosures = item.findall("enclosure")
        if len(enclosures) > 1:
            yield item, f"{len(enclosures)} enclosures, expected at most one"
        for enclosure in enclosures:
            complete = is_web_url(enclosure.get("url")) and enclosure.get("type")
            if not complete or not re.fullmatch(r"\d+", enclosure.get("length", "")):
                yield enclosure, f"enclosure {dict(enclosure.attrib)}, expected url, length and type"


@over("rss", "R11", "there is no element without a namespace that RSS does not know")
def rss_elements(root, url):
    for parent, known in ((root.find("channel"), CHANNEL_ELEMENTS), *((item, ITEM_ELEMENTS) for item in root.iter("item"))):
        for child in parent:
            if isinstance(child.tag, str) and not child.tag.startswith("{") and child.tag not in known:
                yield child, f"<{child.tag}>, expected an element of RSS 2.0 or a namespace"


@over("rss", "R14", "lastBuildDate is the time of the last change, not before any item's")
def rss_build_date(root, url):
    built = root.find("channel/lastBuildDate")
    if built is None:
        yield root.find("channel"), "no lastBuildDate"
        return
    for item in root.iterfind("channel/item"):
        published = text(item, "pubDate")
        if RFC822.fullmatch(published or "") and RFC822.fullmatch(built.text or ""):
            if parsedate_to_datetime(published) > parsedate_to_datetime(built.text):
                yield item, f"pubDate {published} after lastBuildDate {built.text}"


# Atom 1.0


@over("atom", "A1", "feed and entries have exactly one id, title and updated")
def atom_required(root, url):
    if root.tag != f"{ATOM}feed":
        yield root, f"<{root.tag}>, expected an Atom feed"
    for element in [root, *root.iterfind(f"{ATOM}entry")]:
        for name in ("id", "title", "updated"):
            found = element.findall(ATOM + name)
            if len(found) != 1 or not "".join(found[0].itertext()).strip():
                yield element, f"{len(found)} times {name}, expected one that is not empty (RFC 4287 §4.1)"
    for name in ("updated", "published"):
        for element in root.iter(ATOM + name):
            for message in rfc3339_faults(element.text):
                yield element, message
    feed_updated = text(root, f"{ATOM}updated") or ""
    for entry in root.iterfind(f"{ATOM}entry"):
        updated = text(entry, f"{ATOM}updated") or ""
        if RFC3339.fullmatch(updated) and RFC3339.fullmatch(feed_updated):
            if datetime.fromisoformat(updated) > datetime.fromisoformat(feed_updated):
                yield entry, f"updated {updated} after the feed's {feed_updated}"


@over("atom", "A2", "the feed has an author, or every entry has one")
def atom_authors(root, url):
    if root.find(f"{ATOM}author") is None:
        for entry in root.iterfind(f"{ATOM}entry"):
            if entry.find(f"{ATOM}author") is None:
                yield entry, "no author here nor on the feed (RFC 4287 §4.1.1)"
    for author in root.iter(f"{ATOM}author"):
        if not (text(author, f"{ATOM}name") or "").strip():
            yield author, "an author without a name"


@over("atom", "A3", "ids are lasting URIs, each once")
def atom_ids(root, url):
    for element in root.iter(f"{ATOM}id"):
        if not LASTING_ID.fullmatch(element.text or ""):
            yield element, f"id {element.text!r}, expected a tag: or urn:uuid: URI (RFC 4287 §4.2.6)"
    for value in repeated(element.text for element in root.iter(f"{ATOM}id")):
        yield root, f"id {value!r} stands twice"


@over("atom", "A4", "the feed links to itself; an entry has an alternate or content")
def atom_links(root, url):
    links = [link for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if [(link.get("href"), link.get("type")) for link in links] != [(url, "application/atom+xml")]:
        yield root, f"self links {[dict(link.attrib) for link in links]}, expected one to {url}"
    for element in [root, *root.iterfind(f"{ATOM}entry")]:
        links = element.findall(f"{ATOM}link")
        alternates = [link for link in links if link.get("rel", "alternate") == "alternate"]
        for value in repeated((link.get("type"), link.get("hreflang")) for link in alternates):
            yield element, f"two alternate links of {value} (RFC 4287 §4.1.1)"
        if element is not root and not alternates and element.find(f"{ATOM}content") is None:
            yield element, "neither an alternate link nor content (RFC 4287 §4.1.2)"
        for link in links:
            if not is_web_url(link.get("href")):
                yield link, f"link {link.get('href')!r}, expected an absolute URL"


@over("atom", "A6", "texts say their type; HTML is escaped, safe and its addresses are absolute")
def atom_texts(root, url):
    for name in ("title", "subtitle", "summary", "content", "rights"):
        for element in root.iter(ATOM + name):
            kind = element.get("type", "text")
            if kind not in ("text", "html"):
                yield element, f"{name} of type {kind}, expected text or html"
            if len(element):
                yield element, f"{name} of type {kind} holds elements (RFC 4287 §3.1)"
            if kind == "html":
                for message in content_faults(element.text or ""):
                    yield element, f"{name}: {message}"


@over("atom", "A7", "a feed of talks says that it is complete, one of changes does not")
def atom_complete(root, url):
    found = len(root.findall(f"{HISTORY}complete"))
    if "/changes." in url:
        if found:
            yield root, "fh:complete: a reader would drop the changes of earlier documents"
    elif found != 1:
        yield root, "no fh:complete: a reader would keep talks that are gone (RFC 5005 §2)"


# JSON Feed 1.1


def unique_keys(pairs):
    keys = [key for key, _ in pairs]
    for key in repeated(keys):
        raise ValueError(f"the key {key!r} stands twice")
    return dict(pairs)


@CHECKS.row("J1", "a JSON Feed is JSON in UTF-8 and keeps to the schema of version 1.1")
def json_schema(folder):
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for path in folder.ending("json"):
        try:
            feed = json.loads(folder.read(path).decode("utf-8"), object_pairs_hook=unique_keys)
        except ValueError as error:
            yield Finding(path, f"not JSON: {error}")
            continue
        for error in validator.iter_errors(feed):
            yield Finding(f"{path}#/{'/'.join(map(str, error.path))}", error.message[:200])


@over("json", "J2", "a JSON Feed links to itself, its ids are lasting, its links absolute, its content safe")
def json_feed(root, url):
    if root.get("feed_url") != url:
        yield None, f"feed_url {root.get('feed_url')!r}, expected {url}"
    if root.get("next_url") == root.get("feed_url"):
        yield None, "next_url is the feed itself"
    items = root.get("items", [])
    for value in repeated(item.get("id") for item in items):
        yield None, f"id {value!r} stands twice"
    if not is_web_url(root.get("home_page_url", url)):
        yield None, f"home_page_url {root['home_page_url']!r}, expected an absolute URL"
    for number, item in enumerate(items):
        if not LASTING_ID.fullmatch(str(item.get("id"))):
            yield None, f"items/{number}: id {item.get('id')!r}, expected a tag: or urn:uuid: URI"
        for name in ("url", "external_url", "image", "banner_image"):
            if name in item and not is_web_url(item[name]):
                yield None, f"items/{number}: {name} {item[name]!r}, expected an absolute URL"
        for name in ("date_published", "date_modified"):
            if name in item:
                for message in rfc3339_faults(item[name]):
                    yield None, f"items/{number}: {message}"
        for message in content_faults(item.get("content_html", "")):
            yield None, f"items/{number}: {message}"


# The formats among each other


def entries(folder, path):
    """The ids and titles of a feed, in order."""
    data = folder.read(path)
    if path.endswith(".json"):
        return [(item.get("id"), item.get("title")) for item in json.loads(data).get("items", [])]
    if path.endswith(".rss"):
        return [(text(item, "guid"), text(item, "title")) for item in xml(data).iterfind("channel/item")]
    return [(text(entry, f"{ATOM}id"), text(entry, f"{ATOM}title")) for entry in xml(data).iterfind(f"{ATOM}entry")]


@CHECKS.row("F1", "RSS, Atom and JSON Feed of a selection hold the same talks under the same titles")
def agrees_across_formats(folder):
    for conference in folder.conferences:
        for selection in folder.selections(conference):
            paths = [folder.document(conference, selection, extension) for extension in ("json", "rss", "atom")]
            try:
                told = {path: entries(folder, path) for path in paths if path in folder.paths}
            except (etree.XMLSyntaxError, ValueError):
                continue  # R12 and J1 report it.
            for path, found in told.items():
                if found != told.get(paths[0]):
                    odd = [entry for entry in found if entry not in told.get(paths[0], [])]
                    yield Finding(path, f"other talks, titles or order than {paths[0]}: {odd[:3]}")
            if selection == "" and not told.get(paths[0]):
                yield Finding(paths[0], "no item in the feed of the whole conference")


@CHECKS.row("F2", "a selection's feed holds talks of the whole conference, its calendar their slots")
def agrees_with_the_whole(folder):
    calendars = {calendar.path: calendar for calendar in folder.calendars}
    for conference in folder.conferences:
        try:
            whole = entries(folder, folder.document(conference, "", "json"))
        except ValueError:
            continue  # J1 reports it.
        for selection in folder.selections(conference):
            path = folder.document(conference, selection, "json")
            if path not in folder.paths:
                continue  # F0 reports it.
            found = entries(folder, path)
            for entry in found:
                if entry not in whole:
                    yield Finding(path, f"{entry} is not in {conference}/talks.json")
            calendar = calendars.get(folder.document(conference, selection, "ics"))
            if calendar is None or stands_in(calendar, calendars[f"{conference}/schedule.ics"]):
                continue
            for event in calendar.events:
                summary = text_of(event.value("SUMMARY") or "")
                # A calendar may mark a cancelled talk in its title.
                if not any(title in summary or summary in title for _, title in found):
                    yield calendar.finding(event.number, f"SUMMARY {summary!r} is no talk of {path}")


# OPML 2.0


@CHECKS.row("O1", "the OPML lists a feed of every selection, each at an absolute URL that exists")
def opml_lists_feeds(folder):
    for path in folder.ending("opml"):
        try:
            root = xml(folder.read(path))
        except etree.XMLSyntaxError:
            continue  # R12 reports it.
        conference = path.split("/")[0]
        if root.tag != "opml" or root.get("version") not in ("1.0", "2.0") or not (root.findtext("head/title") or "").strip():
            yield Finding(f"{path}:1", "expected <opml version='2.0'> with a title")
        listed = set()
        for outline in root.iter("outline"):
            place = f"{path}:{outline.sourceline}"
            if not outline.get("text"):
                yield Finding(place, "an outline without text")
            if outline.get("type") is None and outline.get("xmlUrl") is None:
                continue
            if outline.get("type") == "link":
                # Not a subscription for a feed reader, but a link: the place for calendars.
                if folder.path_of(outline.get("url") or "") not in folder.paths:
                    yield Finding(place, f"outline {dict(outline.attrib)}, expected the url of a document here")
                continue
            target = folder.path_of(outline.get("xmlUrl") or "")
            if outline.get("type") != "rss" or target not in folder.paths:
                yield Finding(place, f"outline {dict(outline.attrib)}, expected type='rss' and the xmlUrl of a feed here")
            elif not target.endswith((".rss", ".atom", ".json")):
                yield Finding(place, f"{target} is no feed")
            else:
                listed.add(target)
        for value in repeated(outline.get("xmlUrl") for outline in root.iter("outline") if outline.get("xmlUrl")):
            yield Finding(path, f"{value} is listed twice")
        for selection in folder.selections(conference):
            # A single talk's feed is offered on its page; a reader's list of every talk helps nobody.
            formats = {folder.document(conference, selection, extension) for extension in ("rss", "atom", "json")}
            if not selection.startswith("talks/") and not formats & listed:
                yield Finding(path, f"no feed of {selection or 'the whole conference'} is listed")
