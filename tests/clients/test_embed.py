"""What the embed page offers, pasted into a page of another site with a strict policy, in Chromium."""

import json
import re
import shutil
import socket
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from javascript import REPOSITORY, run_script
from program import Server, build
from test_browser import SCREENSHOTS

COMPONENT = REPOSITORY / "src/render/pages/assets/handbill-schedule.js"

POLICY = "default-src 'none'; {policy}; style-src 'none'; img-src data:; frame-src {origin}; require-trusted-types-for 'script'"
"""That of the host page: what the embed page says, the frame, and nothing more."""

FAR = "<p>Far down.</p>" + "<br>" * 150
"""Moves what follows below the screen and what is near it."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def look(base, pages, screenshots=None):
    """Opens the embed page of the example, then each page of another site."""
    origin = re.match(r"https?://[^/]+", base)[0]
    arguments = {
        "embed": f"{base}/example/embed/",
        "policy": POLICY.replace("{origin}", origin),
        "screenshots": screenshots and str(screenshots),
        "pages": pages,
    }
    return run_script("embed.mjs", arguments)


def schedule(page, attributes=""):
    return f'<handbill-schedule src="{page}" {attributes}><a href="{page}">Programme</a></handbill-schedule>'


@pytest.fixture(scope="module")
def server(handbill, data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("embed")
    shutil.copytree(data, folder / "data")
    port = free_port()
    with Server(handbill, folder / "data", folder / "state", f"http://127.0.0.1:{port}", port) as server:
        yield server


@pytest.fixture(scope="module")
def base(server):
    return server.site.base_url


@pytest.fixture(scope="module")
def seen(base):
    page = f"{base}/example/"
    script = f'<script type="module" src="{base}/assets/handbill-schedule.js"></script>'

    def one(name, attributes, **others):
        body = schedule(others.pop("page", page), attributes) + script
        return {"name": name, "body": body, "steps": ["scroll"], **others}

    pasted = "{block}" + FAR + "{component}" + FAR + "{frame}"
    pages = [
        {
            "name": "pasted",
            "head": "{links}",
            "body": pasted,
            "steps": ["subscribe", "early", "scroll", "keyboard", "frame", "later"],
        },
        one("day", 'day="2026-10-25" heading-level="2"'),
        one("room", 'room="workshop"', scheme="dark"),
        one("filter", 'filter="speaker=grace-hopper&lang=en" q="hour"'),
        one("viewer", 'zone="viewer"', zone="Asia/Tokyo"),
        one("german", "", lang="de-AT", width=390, height=844),
        one("phone", "", width=320, height=844, scheme="dark"),
        one("unknown", 'room="attic"'),
        one("nowhere", "", page=f"{base}/nowhere/"),
        one("nothing", "", page=""),
        one("offline", "", steps=["scroll", "offline"]),
    ]
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    return look(base, pages, SCREENSHOTS)


@pytest.fixture(scope="module")
def feed(server):
    def get(query=""):
        return json.loads(server.site.ask(f"/example/talks.json{query}").content)["items"]

    return get


def titles(items):
    """Of each talk as often as it is held."""
    return sorted(title(item) for item in items for _ in item["_handbill"]["slots"] or [None])


def title(item):
    return item["_handbill"].get("title", item["title"])


def shown_titles(shown):
    return sorted(talk["title"] for talk in shown["talks"])


def quiet(report):
    return report["messages"] == [] and report["violations"] == []


def test_every_text_is_on_the_clipboard_as_it_is_shown(seen):
    own = seen["own"]
    assert own["copied"] == own["blocks"]
    assert set(own["blocks"]) == {"links", "block", "component", "look", "policy", "frame", "address", "endpoint"}
    assert own["buttons"] == 0, "a button that does nothing without a script"
    assert quiet(own), own


def test_the_embed_page_fits_every_screen(seen):
    own = seen["own"]
    assert (own["desktop"], own["phone"], own["narrow"]) == (1280, 390, 320)


def test_the_embed_page_shows_the_component_at_work(seen, feed):
    assert shown_titles(seen["own"]["example"]) == titles(feed("?day=2026-10-24"))


def test_the_component_shows_every_talk_of_the_feed(seen, feed):
    report = seen["pages"]["pasted"]
    assert shown_titles(report["shown"]) == titles(feed())
    slots = {(item["_handbill"]["code"], slot.get("start")) for item in feed() for slot in item["_handbill"]["slots"]}
    shown = {(talk["code"], next(iter(talk["times"]), None)) for talk in report["shown"]["talks"]}
    assert slots <= shown
    links = {title(item): item["url"] for item in feed() if item["_handbill"]["kind"] != "break"}
    assert {talk["title"]: talk["link"] for talk in report["shown"]["talks"] if talk.get("link")} == links
    assert report["shown"]["days"] == [
        "Saturday, 24 October 2026", "Sunday, 25 October 2026", "Time to be announced",
    ]  # fmt: skip


def test_the_policy_of_the_host_page_is_never_broken(seen):
    for name, report in seen["pages"].items():
        assert report["violations"] == [], name
    for name in ("pasted", "day", "room", "filter", "viewer", "german", "phone"):
        assert quiet(seen["pages"][name]), seen["pages"][name]["messages"]
    # In spite of it the component has its own style.
    assert seen["pages"]["pasted"]["shown"]["styled"] == "0px 0px 16px"


def test_it_loads_when_it_comes_near_and_shows_its_content_until_then(seen, base):
    report = seen["pages"]["pasted"]
    assert report["early"] == {"talks": 0, "fallback": True}
    assert report["fallback"] is False
    asked = [url for url in report["requests"] if url.startswith(base) and "/assets/" not in url]
    frame = f"{base}/example/"
    assert asked[0] == f"{base}/example/talks.json"
    assert asked.count(frame) == 1 and asked.count(f"{base}/example/talks.json") == 2


def test_it_asks_anew_when_the_visitor_comes_back(seen):
    report = seen["pages"]["pasted"]
    assert report["later"]["talks"] == report["shown"]["talks"]
    first, second = report["conditions"]
    assert first is None and second.startswith('"')


def test_every_link_is_reached_by_the_keyboard_and_shows_it(seen):
    report = seen["pages"]["pasted"]
    wanted = [talk["link"] for talk in report["shown"]["talks"] if talk.get("link")]
    focused = report["focused"]
    assert [focus["href"] for focus in focused][: len(wanted)] == wanted
    assert {focus["outline"] for focus in focused} == {"solid"}


def test_what_is_known_of_a_talk_is_told(seen):
    talks = {talk["title"]: talk for talk in seen["pages"]["pasted"]["shown"]["talks"]}
    opening = talks["Opening: what a programme owes its readers"]
    assert opening["when"].startswith("10:00–") and opening["room"] == "Grand Hall"
    assert opening["track"] == "Time & Space" and opening["line"] == "rgb(103, 80, 164)"
    assert "Ada Lovelace" in opening["speakers"]
    cancelled = talks["Perpetual motion in practice"]
    assert cancelled["struck"] and cancelled["state"] == "cancelled"
    assert talks["Reading by lamplight"]["state"] == "tentative"
    assert talks["Reading by lamplight"]["when"] == "Time to be announced"
    arabic = next(talk for name, talk in talks.items() if name.startswith("الخوارزميات"))
    assert arabic["direction"] == "rtl"
    twice = talks["The hour that exists twice"]
    assert twice["when"] == "02:30–03:15 CET (Sun 25 Oct)"


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("day", "?day=2026-10-25"),
        ("room", "?room=workshop"),
        ("filter", "?speaker=grace-hopper&lang=en&q=hour"),
    ],
)
def test_a_selection_is_that_of_the_feed(name, query, seen, feed):
    expected = titles(feed(query))
    assert 0 < len(expected) < len(titles(feed()))
    assert shown_titles(seen["pages"][name]["shown"]) == expected


def test_headings_have_the_level_that_the_page_wants(seen):
    assert set(seen["pages"]["pasted"]["shown"]["headings"]) == {"h3"}
    assert set(seen["pages"]["day"]["shown"]["headings"]) == {"h2"}


def test_times_can_be_those_of_the_viewer(seen):
    shown = seen["pages"]["viewer"]["shown"]
    assert shown["notice"] == "All times in Asia/Tokyo."
    talks = {talk["title"]: talk for talk in shown["talks"]}
    assert talks["Opening: what a programme owes its readers"]["when"].startswith("17:00–")
    # Half past eleven in Berlin is the next morning in Tokyo.
    assert "Sunday, 25 October 2026" in shown["days"]


def test_it_speaks_the_language_of_the_page(seen):
    shown = seen["pages"]["german"]["shown"]
    assert shown["notice"] == "Alle Zeiten in Europe/Berlin."
    assert shown["days"][0] == "Samstag, 24. Oktober 2026"
    assert "entfällt" in {talk.get("state") for talk in shown["talks"]}


@pytest.mark.parametrize("name", ["unknown", "nowhere", "nothing"])
def test_a_failure_is_told_with_a_way_on(name, seen, base):
    report = seen["pages"][name]
    assert report["shown"]["talks"] == []
    assert "cannot be loaded" in report["shown"]["status"] and "Try again" in report["shown"]["status"]
    assert report["fallback"], "what stands inside the element is shown"
    if name == "unknown":
        assert report["shown"]["links"] == [f"{base}/example/"]
        assert any("room cannot be" in message for message in report["messages"])


def test_an_old_programme_says_that_it_is_old(seen):
    report = seen["pages"]["offline"]
    assert report["offline"]["talks"] == report["shown"]["talks"] != []
    assert "out of date" in report["offline"]["status"]
    assert report["online"]["status"] == ""


def test_the_subscribe_block_has_every_way(seen, base):
    links = seen["pages"]["pasted"]["subscribe"]
    starts = ("webcal://127.0.0.1", "https://calendar.google.com/", "https://outlook.live.com/", "https://outlook.office.com/")
    for start in (*starts, f"{base}/example/talks.rss", f"{base}/example/talks.atom"):
        assert any(link.startswith(start) for link in links), start


def test_the_frame_shows_the_programme(seen):
    assert seen["pages"]["pasted"]["framed"].strip()


def test_the_component_is_small():
    assert COMPONENT.stat().st_size < 20_000


def test_oembed_gives_a_frame_that_can_be_pasted(seen, server):
    address = seen["own"]["blocks"]["endpoint"]
    answer = json.loads(server.site.ask(server.site.local(address)).content)
    assert answer["html"].startswith(f'<iframe src="{server.site.base_url}/example/"')


class StaticHandler(SimpleHTTPRequestHandler):
    """A host of static files that other sites may read, as GitHub Pages is."""

    def end_headers(self):
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def log_message(self, *_):
        pass


@contextmanager
def static_host(folder):
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(StaticHandler, directory=folder)) as host:
        threading.Thread(target=host.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://127.0.0.1:{host.server_address[1]}"
        host.shutdown()


def test_it_works_from_a_folder_on_a_static_host(handbill, data, tmp_path):
    out = tmp_path / "out"
    with static_host(out) as base:
        build(handbill, data, out, base)
        items = json.loads((out / "example/talks.json").read_text())["items"]
        script = f'<script type="module" src="{base}/assets/handbill-schedule.js"></script>'
        selections = {
            "all": ("", items),
            "static-day": ('day="2026-10-24" room="workshop"', None),
            "static-speaker": ('filter="speaker=ada-lovelace" kind="panel,keynote"', None),
            "static-word": ('q="TRAPS tags"', None),
        }
        pages = [
            {"name": name, "body": schedule(f"{base}/example/", attributes) + script, "steps": ["scroll"]}
            for name, (attributes, _) in selections.items()
        ]
        seen = look(base, pages)
    shown = {name: shown_titles(report["shown"]) for name, report in seen["pages"].items()}
    assert shown["all"] == titles(items)
    assert len(shown["static-day"]) == 2 and shown["static-day"][1].startswith("الخوارزميات")
    assert [name.split(":")[0] for name in shown["static-speaker"]] == ["Opening", "Panel"]
    assert [name.split(":")[0] for name in shown["static-word"]] == ["Tags & traps"]
    assert all(quiet(report) for report in seen["pages"].values())
    assert "address" not in seen["own"]["blocks"], "nobody answers oEmbed requests in a folder"
