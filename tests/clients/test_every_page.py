"""Every kind of page in Chromium, as people with all sorts of screens, eyes and hands use it.

Accessible as axe-core can tell (WCAG 2.2 AA and its best practices), on a phone, on a desk and at 320
pixels, in light and dark, on paper, without movement, and with the keyboard alone."""

import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from javascript import SCREENSHOTS, run_script
from mutants import Mutant
from program import Server, wait_until
from stand_in import StandIn

SAMPLE = Path(__file__).parent / "sample"

PARTS = ("axe", "keyboard")

MARKED = """
[[talks]]
code = "ABCDEF"
title = "What a mark stands for"
abstract = "Five characters, made of the code of a talk."
speakers = ["Ada Lovelace"]
track = "Typesetting"
start = 2026-10-24T16:00:00
end = 2026-10-24T16:30:00
room = "Grand Hall"

[[talks]]
code = "LEAVES"
title = "A talk that is withdrawn"
start = 2026-10-24T17:00:00
end = 2026-10-24T17:30:00
room = "Grand Hall"
"""
"""A talk whose mark is known, and one that does not stay."""

MARK = "hIAf-"

CONFERENCE = "/example/"

PAGES = {
    "home": "/",
    "programme": CONFERENCE,
    "selection": CONFERENCE + "?track=typesetting&day=2026-10-24",
    "empty-selection": CONFERENCE + "?q=nobodyeversaidthis",
    "talk": CONFERENCE + "talks/OPEN01/",
    "hostile-talk": CONFERENCE + "talks/HOST03/",
    "cancelled-talk": CONFERENCE + "talks/CANC05/",
    "repeated-talk": CONFERENCE + "talks/TYPE02/",
    "speaker": CONFERENCE + "speakers/ada-lovelace/",
    "my": CONFERENCE + "my/",
    "my-talks": CONFERENCE + f"my/{MARK}/",
    "subscribe": CONFERENCE + "subscribe/",
    "subscribe-to-selection": CONFERENCE + "subscribe/?track=typesetting",
    "changes": CONFERENCE + "changes/",
    "editions": CONFERENCE + "editions/",
    "old-edition": CONFERENCE + "editions/1/",
    "old-talk": CONFERENCE + "editions/1/talks/OPEN01/",
    "embed": CONFERENCE + "embed/",
    "not-found": CONFERENCE + "subscrib/",
    "no-conference": "/nowhere/",
    "gone": CONFERENCE + "talks/LEAVES/",
    "not-understood": CONFERENCE + "schedule.ics?room=cellar",
}

STATUSES = {"not-found": 404, "no-conference": 404, "gone": 410, "not-understood": 400}


def visit(port, pages, screenshots, parts=PARTS):
    """Visits each page in every way and reports what troubles a visitor."""
    screenshots.mkdir(parents=True, exist_ok=True)
    asked = [{"name": name, "url": f"http://127.0.0.1:{port}{path}"} for name, path in pages.items()]
    return run_script("every_page.mjs", {"pages": asked, "screenshots": str(screenshots), "parts": list(parts)})


def faults(report):
    where = f"{report['name']} ({report['url']})"
    status = STATUSES.get(report["name"], 200)
    if report["status"] != status:
        yield f"{where}: {report['status']}, expected {status}"
    if not report["title"] or not report["text"].strip():
        yield f"{where}: nothing to read"
    yield from (f"{where}: {fault}" for fault in report["faults"])


@pytest.fixture(scope="module")
def server(handbill, data, tmp_path_factory):
    """A server with a history: a talk was moved, another withdrawn."""
    folder = tmp_path_factory.mktemp("every page")
    shutil.copytree(data, folder / "data")
    file = folder / "data/example/conference.toml"
    stays, leaves = MARKED.split("\n\n[[talks]]")
    file.write_text(file.read_text() + MARKED)
    with Server(handbill, folder / "data", folder / "state") as server:
        page = CONFERENCE + "talks/LEAVES/"
        assert server.site.ask(page).status == 200
        text = file.read_text().replace("[[talks]]" + leaves, "")
        file.write_text(text.replace("2026-10-24T16:00:00", "2026-10-24T16:15:00"))
        wait_until(lambda: server.site.ask(page).status != 200, f"no page of a withdrawn talk\n{server.log}")
        yield server


@pytest.mark.parametrize("name", PAGES)
def test_a_page_troubles_nobody(name, server):
    [report] = visit(server.site.port, {name: PAGES[name]}, SCREENSHOTS)
    found = list(faults(report))
    assert not found, "\n".join(found)


def test_every_kind_of_page_is_looked_at(server):
    """A page that is linked from a page looked at is of a kind that is looked at."""
    kind = re.compile(r"^/example/(editions/1/)?([a-z]*)(/.*)?$")
    looked_at = {kind.match(path)[2] for path in PAGES.values() if kind.match(path)}
    for path in [CONFERENCE, CONFERENCE + "talks/OPEN01/"]:
        links = {server.site.local(url) for url in server.site.page(path).links}
        for link in sorted(link for link in links if link and link.endswith("/") and kind.match(link)):
            assert kind.match(link)[2] in looked_at, f"{path} links to {link}, which is of a kind that nobody looks at"


def test_what_is_to_come_is_listed_before_what_is_over(handbill, tmp_path):
    today = date.today()
    for slug, days in (("over", -40), ("soon", 10), ("later", 400), ("long-over", -4000)):
        folder = tmp_path / "data" / slug
        folder.mkdir(parents=True)
        day = today + timedelta(days=days)
        text = f'name = "Conference {slug}"\nslug = "{slug}"\ntime_zone = "Europe/Berlin"\ndays = [{{ date = {day} }}]\n'
        (folder / "conference.toml").write_text(text)
    with Server(handbill, tmp_path / "data", tmp_path / "state") as server:
        [report] = visit(server.site.port, {"home": "/"}, tmp_path, parts=("axe",))
        plain = server.site.ask("/").content.decode()
    assert list(faults(report)) == []
    order = [line for line in report["text"].splitlines() if line in ("Coming up", "Past") or line.startswith("Conference ")]
    shown = ["Conference soon", "Conference later", "Past", "Conference over", "Conference long-over"]
    assert order == ["Conference programmes", "Coming up", *shown]
    # Without a script, the latest comes first.
    assert re.findall(r"Conference (\S+?)</bdi>", plain) == ["later", "soon", "over", "long-over"]


PAGE = "gathering/index.html"

def in_head(row, fault, html):
    return Mutant(row, fault, PAGE, "</head>", html + "</head>")


def in_page(row, fault, html):
    return Mutant(row, fault, PAGE, "<h1>", html + "<h1>")


LARGE = "display:inline-block;width:60px;height:60px"

MUTANTS = [
    in_page("axe", "a picture without a text", f'<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" style="{LARGE}">'),
    in_page("axe", "text too pale to read", '<p style="color:#bbb;background:#fff">pale</p>'),
    in_head(
        "axe",
        "text too dark to read at night",
        "<style>@media(prefers-color-scheme:dark){body{background:#111;color:#333}}</style>",
    ),
    in_head("keyboard", "a link that shows no focus", "<style>a:focus{outline:0!important}</style>"),
    in_page("keyboard", "a button that Tab passes over", f'<button style="{LARGE}" onfocus="this.blur()">x</button>'),
    in_page("keyboard", "a bar over what has the focus", '<div style="position:fixed;inset:0;background:#fff">bar</div>'),
    in_page(
        "keyboard",
        "a field that keeps the focus",
        f'<textarea aria-label="trap" style="{LARGE}" onkeydown="event.preventDefault()"></textarea>',
    ),
    in_page("keyboard", "an order of its own", f'<a href="#x" tabindex="5" style="{LARGE}">x</a>'),
    in_page("keyboard", "a skip link to nowhere", f'<a class="skip" href="#nowhere" style="{LARGE}">Skip</a>'),
    in_page("touch", "a button too small to touch", '<button style="width:12px;padding:0" aria-label="x"></button>'),
    in_page("narrow", "a line wider than 320 pixels", '<div style="width:330px">wide</div>'),
    in_page("print", "buttons on paper", f'<button style="{LARGE}">x</button>'),
    in_head("movement", "a page that moves", "<style>h1{animation:a 1s}@keyframes a{to{opacity:1}}</style>"),
    in_page("console", "a script that throws", "<script>nothing.here()</script>"),
    in_page("requests", "a picture that is missing", '<img alt="" src="missing.png">'),
    in_head("requests", "a style from elsewhere", '<link rel="stylesheet" href="http://127.0.0.2:9/a.css">'),
]


NOTICED = {
    "axe": "axe: ",
    "keyboard": "keyboard: ",
    "touch": "pixels to touch",
    "narrow": "320 pixels: ",
    "print": "print: ",
    "movement": "reduced motion: ",
    "console": "messages: ",
    "requests": "",
}
"""What the fault that each look finds is called."""


def sample_faults(folder, screenshots, defect=None):
    with StandIn(folder, defect) as server:
        [report] = visit(server.port, {"gathering": "/gathering/"}, screenshots)
    return list(faults(report))


def test_the_sample_troubles_nobody(tmp_path):
    found = sample_faults(SAMPLE, tmp_path)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_fault_is_found(mutant, tmp_path):
    shutil.copytree(SAMPLE, tmp_path / "sample")
    mutant.apply(tmp_path / "sample")
    # With its policy the server would keep the faults' scripts from running.
    found = sample_faults(tmp_path / "sample", tmp_path, "no CSP")
    assert any(NOTICED[mutant.row] in fault for fault in found), f"not noticed: {mutant.fault}\n{found}"
