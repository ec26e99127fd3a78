"""What the programme of a conference with 100 talks costs a phone on its first visit."""

import html
import random
import re
from datetime import datetime, timedelta
from pydoc_data.topics import topics

import pytest

from javascript import run_script
from program import Server

MOST_BYTES = 100_000

MOST_REQUESTS = 5
"""The page and what it loads to be complete."""

AFTERWARDS = ("manifest.webmanifest", "worker.js")
"""What the browser fetches when the page is there, for the next visit."""

TALKS = 100

HEAD = """
name = "A Hundred Talks"
slug = "hundred"
time_zone = "Europe/Berlin"
language = "en"
description = "Three days in four rooms."
days = [{ date = 2027-03-05 }, { date = 2027-03-06 }, { date = 2027-03-07 }]
"""

ROOMS = ["Main Hall", "Library", "Workshop", "Attic"]

TRACKS = {"Security": "#6750a4", "Data": "#386a20", "Web": "#b3261e", "Community": "#00639b", "Systems": "#7d5700"}

GIVEN = "Ada Björn Chiara Dmitri Émilie Farid Grace Hanna Ivo Jun Katarzyna Luca Mei Noor Olga".split()

FAMILY = "Almeida Brandt Castillo Dvořák Eriksson Fontaine Grünwald Haddad Ito Jansen Kowalska Larsen".split()

ABSTRACT_WORDS = 120


def prose():
    """English as people write it: what is made of few words compresses better than any abstract."""
    return re.findall(r"[A-Za-z][A-Za-z'-]*[.,;:]?", " ".join(topics[name] for name in sorted(topics)))


def texts(words, count, length):
    """Different pieces of prose, a capital at the start and a full stop at the end."""
    step = len(words) // count
    for place in range(count):
        text = " ".join(words[place * step : place * step + length]).rstrip(".,;:")
        yield text[0].upper() + text[1:]


def conference():
    """Facts of a conference: nothing in it depends on the day of the test."""
    chance, words = random.Random(100), prose()
    speakers = [f"{given} {family}" for given in GIVEN for family in FAMILY]
    chance.shuffle(speakers)
    text = HEAD
    for room in ROOMS:
        text += f'\n[[rooms]]\nname = "{room}"\n'
    for track, colour in TRACKS.items():
        text += f'\n[[tracks]]\nname = "{track}"\ncolour = "{colour}"\n'
    pieces = zip(texts(words[7:], TALKS, 7), texts(words, TALKS, ABSTRACT_WORDS))
    for place, (title, abstract) in enumerate(pieces):
        day, slot = divmod(place // len(ROOMS), 9)
        start = datetime(2027, 3, 5 + day, 9) + timedelta(minutes=50 * slot)
        names = '", "'.join(speakers[place : place + chance.choice([1, 1, 1, 2])])
        text += f"""
[[talks]]
code = "{"".join(chance.choices("ABCDEFGHJKLMNPQRSTUVWXYZ3789", k=6))}"
title = "{title}"
abstract = "{abstract}."
speakers = ["{names}"]
track = "{chance.choice(list(TRACKS))}"
start = {start.isoformat()}
end = {(start + timedelta(minutes=40)).isoformat()}
room = "{ROOMS[place % len(ROOMS)]}"
"""
    return text


@pytest.fixture
def server(handbill, tmp_path):
    (tmp_path / "data/hundred").mkdir(parents=True)
    (tmp_path / "data/hundred/conference.toml").write_text(conference())
    with Server(handbill, tmp_path / "data", tmp_path / "state") as server:
        yield server


def answered(server):
    """How many documents the server has sent, whoever asked: pages, scripts and the worker."""
    text = server.site.ask("/metrics").content.decode()
    counts = re.findall(r"^handbill_requests_total\{[^}]*\} (\d+)", text, re.MULTILINE)
    assert counts, text
    return sum(map(int, counts))


def test_the_first_visit_costs_little(server, record_property):
    before = answered(server)
    visit = run_script("weight.mjs", {"url": f"http://127.0.0.1:{server.site.port}/hundred/"})
    # Each look at the metrics is counted at its end.
    everything = answered(server) - before - 1
    # What the browser fetches for the worker is not in the page's own account.
    worker = len(server.site.ask("/hundred/worker.js", {"Accept-Encoding": "br"}).body)
    weight = sum(request["bytes"] for request in visit["requests"]) + worker
    loaded = [request for request in visit["requests"] if request["isBeforeLoad"]]
    told = "\n".join(f"{request['bytes']:7} {request['url']}" for request in visit["requests"])
    print(f"{told}\n{worker:7} worker.js\n{weight} bytes, {len(loaded)} requests until it is loaded, {everything} in all")
    record_property("bytes", weight)
    assert weight < MOST_BYTES, told
    assert len(loaded) <= MOST_REQUESTS, told
    assert everything <= MOST_REQUESTS + len(AFTERWARDS), f"{everything} requests\n{told}"


def test_the_page_that_is_weighed_names_every_talk(server):
    text = html.unescape(server.site.ask("/hundred/").content.decode())
    assert [title for title in texts(prose()[7:], TALKS, 7) if title not in text] == []
