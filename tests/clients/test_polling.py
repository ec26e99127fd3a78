"""A calendar program that polls between editions ends with exactly the latest programme."""

import os

import pytest

from polling_client import Diary, Event, Mirror, events_of
from program import Server, wait_until

CONFERENCE = """\
name = "Harbour Days 2031"
time_zone = "Europe/Berlin"
url = "https://harbour.example.org/2031/"
days = [2031-05-10, 2031-05-11]
source = "notes.md"
"""

FIRST = """\
# Harbour Days 2031

## Day 1

### 10:00-10:45 Reading tides (Hall A)

Speaker: Nadia Holm

### 11:00-11:45 Lights of the coast (Hall A)

Speaker: Ola Berg

### 14:00-14:45 Knots by heart (Hall B)

Speaker: Mei Tanaka

### Lightning talks

## Day 2

### 10:00-10:45 How cranes think (Hall A)

Speaker: Jonas Lind

### 11:00-11:45 A ferry is a bus (Hall A)

Speaker: Grace Okafor

### 12:00-12:45 Gulls and other users (Hall A)

Speaker: Ines Carvalho
"""
"""A programme without a code: what is which talk, only its title, place and speakers tell."""

MOVED = ("14:00-14:45 Knots by heart (Hall B)", "15:00-15:45 Knots by heart (Hall A)")
CANCELLED = ("Lights of the coast", "~~Lights of the coast~~")
REMOVED = ("### 10:00-10:45 How cranes think (Hall A)\n\nSpeaker: Jonas Lind\n\n", "")
RETITLED = ("A ferry is a bus", "A ferry is a slow bus")
ADDED = ("## Day 2\n", "### 17:00-17:30 Closing words (Hall A)\n\n## Day 2\n")
SCHEDULED = ("### Lightning talks", "### 16:00-16:45 Lightning talks (Hall B)")
BACK = ("## Day 2\n", "## Day 2\n\n### 14:00-14:45 How cranes think (Hall B)\n\nSpeaker: Jonas Lind\n")
RETITLED_AND_MOVED = ("12:00-12:45 Gulls and other users", "15:00-15:45 Gulls, and how to please them")

ROUNDS = [
    [[MOVED], [CANCELLED]],
    [[REMOVED, RETITLED]],
    [[ADDED, SCHEDULED]],
    [[BACK], [RETITLED_AND_MOVED]],
]
"""The editions between one poll and the next, each with its edits: some polls miss an edition."""

LATEST = {
    Event("Reading tides", "2031-05-10 08:00", "2031-05-10 08:45", "Hall A", "CONFIRMED", 0),
    Event("CANCELLED: Lights of the coast", "2031-05-10 09:00", "2031-05-10 09:45", "Hall A", "CANCELLED", 1),
    Event("Knots by heart", "2031-05-10 13:00", "2031-05-10 13:45", "Hall A", "CONFIRMED", 1),
    Event("Lightning talks", "2031-05-10 14:00", "2031-05-10 14:45", "Hall B", "CONFIRMED", 1),
    Event("Closing words", "2031-05-10 15:00", "2031-05-10 15:30", "Hall A", "CONFIRMED", 0),
    Event("A ferry is a slow bus", "2031-05-11 09:00", "2031-05-11 09:45", "Hall A", "CONFIRMED", 0),
    Event("How cranes think", "2031-05-11 12:00", "2031-05-11 12:45", "Hall B", "CONFIRMED", 2),
    Event("Gulls, and how to please them", "2031-05-11 13:00", "2031-05-11 13:45", "Hall A", "CONFIRMED", 1),
}
"""What the notes say in the end, written by hand."""


class Organisers:
    """Who edits the notes while they are served."""

    def __init__(self, server, data):
        self.site = server.site
        self.server = server
        self.notes = data / "notes.md"

    @property
    def calendar(self):
        return self.site.ask("/harbour/schedule.ics").body

    def edit(self, edits):
        text, before = self.notes.read_text(), self.calendar
        for old, new in edits:
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the notes"
            text = text.replace(old, new)
        # In one step: a half-written file is no version.
        draft = self.notes.with_suffix(".draft")
        draft.write_text(text)
        os.replace(draft, self.notes)
        wait_until(lambda: self.calendar != before, f"the next edition\n{self.server.log}")


@pytest.fixture
def organisers(handbill, tmp_path):
    data = tmp_path / "data" / "harbour"
    data.mkdir(parents=True)
    (data / "conference.toml").write_text(CONFERENCE)
    (data / "notes.md").write_text(FIRST)
    with Server(handbill, tmp_path / "data", tmp_path / "state") as server:
        yield Organisers(server, data)


def placement(event):
    return event.start, event.end, event.location, event.status


@pytest.fixture
def url(organisers):
    return f"http://127.0.0.1:{organisers.site.port}/harbour/schedule.ics"


def test_a_client_that_deletes_nothing_ends_with_exactly_the_latest_programme(organisers, url, tmp_path):
    client = Diary(tmp_path / "client", url)
    client.poll()
    first = client.events
    assert first == events_of(organisers.calendar)
    assert len(first) == 7

    for editions in ROUNDS:
        before = client.events
        for edits in editions:
            organisers.edit(edits)
        client.poll()
        after = client.events
        # Were there one too many, a talk would have got another UID.
        assert after == events_of(organisers.calendar)
        for uid, event in before.items():
            is_moved = placement(event) != placement(after[uid])
            assert after[uid].sequence >= event.sequence
            assert (after[uid].sequence > event.sequence) == is_moved, f"{event} became {after[uid]}"

    latest = client.events
    assert set(latest.values()) == LATEST
    assert len(latest) == len(LATEST), "nothing doubles"
    # By the UIDs of the first poll: the same talks, wherever and under whatever title they are now.
    became = {first[uid].summary: event.summary for uid, event in latest.items() if uid in first}
    assert became == {
        "Reading tides": "Reading tides",
        "Lights of the coast": "CANCELLED: Lights of the coast",
        "Knots by heart": "Knots by heart",
        "Lightning talks": "Lightning talks",
        "How cranes think": "How cranes think",
        "A ferry is a bus": "A ferry is a slow bus",
        "Gulls and other users": "Gulls, and how to please them",
    }
    assert client.shown("2031-05-10", "2d") == [
        "2031-05-10 10:00|10:45|Reading tides|Hall A|",
        "2031-05-10 11:00|11:45|CANCELLED: Lights of the coast|Hall A|CANCELLED",
        "2031-05-10 15:00|15:45|Knots by heart|Hall A|",
        "2031-05-10 16:00|16:45|Lightning talks|Hall B|",
        "2031-05-10 17:00|17:30|Closing words|Hall A|",
        "2031-05-11 11:00|11:45|A ferry is a slow bus|Hall A|",
        "2031-05-11 14:00|14:45|How cranes think|Hall B|",
        "2031-05-11 15:00|15:45|Gulls, and how to please them|Hall A|",
    ]


def test_a_client_that_mirrors_ends_with_exactly_the_latest_programme(organisers, url, tmp_path):
    client = Mirror(tmp_path / "client", url)
    client.poll()
    for editions in ROUNDS:
        for edits in editions:
            organisers.edit(edits)
        assert client.poll(), "what is new is fetched"
        events = client.events.values()
        assert sorted(events) == sorted(events_of(organisers.calendar).values())
    assert sorted(client.events.values()) == sorted(LATEST)
    assert client.poll() == [], "where nothing is new a poll changes nothing"
