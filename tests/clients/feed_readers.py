"""What real feed readers read from a feed: every entry, and nothing that needs forgiving."""

import subprocess
from datetime import datetime, timezone

import feedparser
from lxml import etree

from check import Checks, Finding
from feed_rules import entries, xml
from javascript import run_script

CHECKS = Checks()


def told(folder, path):
    """The ids and titles of a feed, none when it cannot be read: that is reported as R12 or J1."""
    try:
        if path.endswith(".opml"):
            outlines = xml(folder.read(path)).iter("outline")
            return [(outline.get("xmlUrl"), outline.get("text")) for outline in outlines if outline.get("xmlUrl")]
        return entries(folder, path)
    except (etree.XMLSyntaxError, ValueError):
        return []


@CHECKS.row("feedparser", "feedparser reads every entry with its id, title and date")
def feedparser_reads(folder):
    now = datetime.now(timezone.utc).timetuple()
    for path in folder.ending("rss") + folder.ending("atom"):
        feed = feedparser.parse(folder.read(path))
        if feed.bozo:
            yield Finding(path, f"feedparser complains: {feed.bozo_exception}")
        wanted = [identifier for identifier, _ in told(folder, path)]
        found = [entry.get("id") for entry in feed.entries]
        if found != wanted or None in found:
            yield Finding(path, f"ids {found}, expected {wanted}"[:400])
        if not feed.feed.get("title"):
            yield Finding(path, "the feed has no title")
        for entry in feed.entries:
            if not entry.get("title"):
                yield Finding(path, f"{entry.get('id')} has no title")
            date = entry.get("published_parsed") or entry.get("updated_parsed")
            if date is None or date > now:
                yield Finding(path, f"{entry.get('id')} has the date {entry.get('updated') or entry.get('published')}")


@CHECKS.row("xmllint", "xmllint finds RSS, Atom and OPML well-formed")
def xmllint_passes(folder):
    for path in folder.ending("rss") + folder.ending("atom") + folder.ending("opml"):
        command = ["xmllint", "--noout", "--nonet", str(folder.root / path)]
        checked = subprocess.run(command, capture_output=True, text=True, timeout=60)
        if checked.returncode != 0 or checked.stderr:
            yield Finding(path, f"xmllint says: {checked.stderr}"[:300])


def script_reader(name, extensions):
    """Registers a JavaScript reader: `feed_readers.mjs` prints the titles that it reads."""

    @CHECKS.row(name, f"{name} reads every entry")
    def findings(folder):
        paths = [path for extension in extensions for path in folder.ending(extension)]
        results = run_script("feed_readers.mjs", {"reader": name, "paths": [str(folder.root / path) for path in paths]})
        for path, result in zip(paths, results, strict=True):
            wanted = [title for _, title in told(folder, path)]
            if "error" in result:
                yield Finding(path, f"not readable: {result['error']}"[:300])
            elif result["titles"] != wanted:
                yield Finding(path, f"titles {result['titles']}, expected {wanted}"[:400])


script_reader("rss-parser", ("rss", "atom"))
script_reader("feedsmith", ("rss", "atom", "json", "opml"))
