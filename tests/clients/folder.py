"""A folder that `handbill build` has written: one folder a conference, one file a document."""

from functools import cached_property
from pathlib import Path, PurePosixPath

from calendar_lines import Calendar

STEMS = {"schedule.ics", "talks.rss", "talks.atom", "talks.json"}
"""The documents of a whole conference."""

APPS = ("schedule.xml", "schedule.json", "schedule2.json", "schedule.xcal", "schedule.jcal")
"""The documents of a whole conference that apps and other programs read. No part has them."""

SELECTIONS = ("days", "rooms", "tracks", "speakers", "talks")
"""The folders of the documents of a part of a conference."""


class Folder:
    """The documents below a folder, by their paths from its root."""

    def __init__(self, root, base_url=None):
        self.root = Path(root)
        self._base_url = base_url

    @cached_property
    def paths(self):
        """Every published document. Hidden folders hold handbill's own bookkeeping."""
        files = (path.relative_to(self.root) for path in self.root.rglob("*") if path.is_file())
        published = (path for path in files if not any(part.startswith(".") for part in path.parts))
        return sorted(path.as_posix() for path in published)

    def ending(self, extension):
        """The pages, calendars and feeds of a format: a JSON Feed is no other JSON."""
        paths = (path for path in self.paths if path.endswith("." + extension))
        return [path for path in paths if PurePosixPath(path).name not in APPS]

    def read(self, path):
        return (self.root / path).read_bytes()

    @cached_property
    def calendars(self):
        return [Calendar(path, self.read(path)) for path in self.ending("ics")]

    @cached_property
    def conferences(self):
        return sorted({path.split("/")[0] for path in self.paths if path.endswith("/schedule.ics")})

    @cached_property
    def base_url(self):
        """Where the documents say they are published; by default as the first calendar has it."""
        if self._base_url:
            return self._base_url.rstrip("/")
        for calendar in self.calendars:
            source = calendar.root.value("SOURCE") or ""
            if source.endswith("/" + calendar.path):
                return source[: -len(calendar.path) - 1]
        raise AssertionError(f"{self.root}: expected a calendar whose SOURCE is its own URL")

    def url(self, path):
        return f"{self.base_url}/{path}"

    def path_of(self, url):
        """The document at a URL, None when it is not one of ours."""
        bare = url.split("#")[0].split("?")[0]
        if bare != self.base_url and not bare.startswith(self.base_url + "/"):
            return None
        path = bare[len(self.base_url) :].lstrip("/")
        return path + "index.html" if path == "" or path.endswith("/") else path

    def selections(self, conference):
        """The selections that have a document in any format: `days/2026-10-24`, '' for the whole."""
        found = {""}
        for path in self.paths:
            parts = PurePosixPath(path).parts
            if len(parts) == 3 and parts[0] == conference and parts[1] in SELECTIONS:
                found.add(f"{parts[1]}/{PurePosixPath(parts[2]).stem}")
        return sorted(found)

    def document(self, conference, selection, extension):
        """The path of a selection's document."""
        stem = selection or ("schedule" if extension == "ics" else "talks")
        return f"{conference}/{stem}.{extension}"
