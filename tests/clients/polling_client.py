"""Calendar programs that poll a served calendar, as people run them: one that makes its copy the same,
and one that deletes nothing."""

import json
import subprocess
import sys
import urllib.request
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import icalendar

VDIRSYNCER = Path(sys.executable).with_name("vdirsyncer")

SYNCER_CONFIG = """\
[general]
status_path = {status}

[pair programme]
a = "folder"
b = "subscription"
collections = null
conflict_resolution = "b wins"

[storage folder]
type = "filesystem"
path = {folder}
fileext = ".ics"

[storage subscription]
type = "http"
url = {url}
"""

KHAL_CONFIG = """\
[calendars]
[[programme]]
path = {folder}
[default]
default_calendar = programme
[locale]
local_timezone = Europe/Berlin
default_timezone = Europe/Berlin
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {home}/khal.db
"""


class Event(NamedTuple):
    """What a calendar holds of a talk."""

    summary: str
    start: str
    """In UTC; a date for an all-day event."""
    end: str
    location: str
    status: str
    sequence: int


def _instant(value):
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
    assert isinstance(value, date)
    return str(value)


def events_of(data):
    """The events of a calendar file by their UIDs."""
    found = {}
    for event in icalendar.Calendar.from_ical(data).walk("VEVENT"):
        uid = str(event["UID"])
        assert uid not in found, f"two events have the UID {uid}"
        found[uid] = Event(
            str(event["SUMMARY"]),
            _instant(event["DTSTART"].dt),
            _instant(event["DTEND"].dt),
            str(event.get("LOCATION", "")),
            str(event["STATUS"]),
            int(event["SEQUENCE"]),
        )
    return found


class Client:
    """Somebody's calendar: a folder of events, in step with a served calendar whenever it polls."""

    def __init__(self, home, url):
        self.home = home
        self.url = url
        self.folder = home / "programme"
        self.folder.mkdir(parents=True)

    def _run(self, *command):
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, f"{command} exited {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    @property
    def events(self):
        """Its events by their UIDs."""
        found = {}
        for path in self.folder.glob("*.ics"):
            for uid, event in events_of(path.read_bytes()).items():
                assert uid not in found, f"two files hold the UID {uid}"
                found[uid] = event
        return found


class Mirror(Client):
    """vdirsyncer, which makes the folder the same as the calendar, and gives events UIDs of its own."""

    def __init__(self, home, url):
        super().__init__(home, url)
        values = {"status": home / "status", "folder": self.folder, "url": url}
        quoted = {name: json.dumps(str(value)) for name, value in values.items()}
        (home / "config").write_text(SYNCER_CONFIG.format(**quoted))
        self._syncer("discover", "programme")

    def _syncer(self, *arguments):
        return self._run(VDIRSYNCER, "-c", self.home / "config", *arguments)

    def poll(self):
        """Asks once. What it did, an action a line."""
        said = self._syncer("sync").splitlines()
        return [line.strip() for line in said if line.strip() and not line.startswith("Syncing ")]


class Diary(Client):
    """khal, which imports the calendar by UID: it updates what it knows, adds what it does not, and
    deletes nothing. A talk whose UID had changed would stay where it was, too."""

    def __init__(self, home, url):
        super().__init__(home, url)
        (home / "config").write_text(KHAL_CONFIG.format(home=home, folder=self.folder))

    def _khal(self, *arguments):
        return self._run("khal", "-c", self.home / "config", *arguments)

    def poll(self):
        """Asks once."""
        download = self.home / "download.ics"
        with urllib.request.urlopen(self.url, timeout=20) as answer:
            download.write_bytes(answer.read())
        self._khal("import", "--batch", download)

    def shown(self, *days):
        """What it shows of days: start, end, title and place, in the order of the programme."""
        form = "{start-long}|{end-time}|{title}|{location}|{cancelled}"
        lines = self._khal("list", "--day-format", "", "-f", form, *days).splitlines()
        return [line.strip() for line in lines if "|" in line]
