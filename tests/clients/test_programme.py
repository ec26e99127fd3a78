"""The programme page in Chromium: what is chosen is what is subscribed to, with a script and without."""

import json
import shutil
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import feedparser
import icalendar
import pytest

from javascript import run_script
from program import BASE_URL, Server, build, wait_until

PROGRAMMES = Path(__file__).parent / "programmes"

PAGE = "/handwerk/"

CONFERENCE = "Werkstattage"

EVERYTHING = 15
"""Talks and breaks of the programme."""

WITHOUT_DAY = {"OFFEN"}
"""What no calendar has a place for."""


@pytest.fixture(scope="module")
def site(handbill, tmp_path_factory):
    folder = tmp_path_factory.mktemp("programme")
    shutil.copytree(PROGRAMMES, folder / "data")
    with Server(handbill, folder / "data", folder / "state") as server:
        yield server.site


def use(site, *sessions):
    """What a reader sees in each session after each step; the last report of a session is that of its end.
    A session is a list of steps with the browser's options."""
    page = f"http://127.0.0.1:{site.port}{PAGE}"

    def session(steps, options):
        steps = [("open", page + step[1]) if step[0] == "open" else step for step in steps]
        return {"steps": steps, **options}

    found = run_script("programme.mjs", {"sessions": [session(*one) for one in sessions]})
    for reports in found:
        assert reports[-1]["messages"] == []
    return found


def steps(site, *given, **options):
    """What a reader sees after each step of one session."""
    [reports] = use(site, (given, options))
    return reports


def end(site, given, **options):
    return steps(site, *given, **options)[-1]


def codes(report):
    return {talk["code"] for talk in report["talks"]}


def path_of(url):
    assert url.startswith(BASE_URL), url
    return url.removeprefix(BASE_URL)


def subscribed(site, report):
    """The titles of what each linked feed holds, and the codes of the JSON Feed."""

    def content(name):
        answer = site.ask(path_of(report["follow"][name]))
        assert answer.status == 200, (name, report["follow"][name], answer.status)
        return answer.content

    calendar = icalendar.Calendar.from_ical(content("ics"))
    items = json.loads(content("json"))["items"]
    titles = {
        "ics": {plain(str(event["SUMMARY"])) for event in calendar.walk("VEVENT")},
        "rss": {plain(entry.title) for entry in feedparser.parse(content("rss")).entries},
        "atom": {plain(entry.title) for entry in feedparser.parse(content("atom")).entries},
        "json": {plain(item["title"]) for item in items},
    }
    return titles, {item["_handbill"]["code"] for item in items}


def plain(title):
    return title.removeprefix("CANCELLED: ")


def must_be_subscribed(site, report):
    """What is seen on the page is what every feed that it links to holds."""
    titles, held = subscribed(site, report)
    assert held == codes(report)
    # A calendar cannot be empty (RFC 5545 §3.6): it then holds the conference's name.
    titles["ics"] -= {CONFERENCE}
    shown = {talk["title"] for talk in report["talks"]}
    in_calendars = {talk["title"] for talk in report["talks"] if talk["code"] not in WITHOUT_DAY}
    assert titles == {"ics": in_calendars, "rss": shown, "atom": shown, "json": shown}
    assert report["follow"]["webcal"] == report["follow"]["ics"].replace("https:", "webcal:")


CHOICES = {
    "track": ([("check", "track", "schrift")], "?track=schrift", {"HEBREW", "ARABIC", "TYPES", "GLUECK", "ATLAS"}),
    "rooms": (
        [("check", "room", "werkstatt"), ("check", "room", "galerie")],
        "?room=galerie%2Cwerkstatt",
        {"HEBREW", "HOBEL", "TYPES", "GLUECK", "ATLAS", "RUNDE"},
    ),
    "day": ([("check", "day", "2026-09-19")], "?day=2026-09-19", {"LOTSE", "ATLAS", "RUNDE"}),
    "language": ([("check", "lang", "en")], "?lang=en", {"TYPES", "ATLAS"}),
    "kinds": (
        [("check", "kind", "break"), ("check", "kind", "workshop"), ("check", "kind", "keynote")],
        "?kind=keynote%2Cworkshop%2Cbreak",
        {"BEGINN", "HOBEL", "EINLASS", "MITTAG"},
    ),
    "speaker": ([("select", "speaker", "marie-ndiaye")], "?speaker=marie-ndiaye", {"HOBEL", "TYPES", "LOTSE"}),
    "words": ([("write", "Programme")], "?q=programme", {"FEILE"}),
    "words in any order": ([("write", "zwei  Die zwei")], "?q=die+zwei", {"FEILE"}),
    "a tag": ([("write", "metall")], "?q=metall", {"FEILE"}),
    "another script": ([("write", "לשמאל")], "?q=%D7%9C%D7%A9%D7%9E%D7%90%D7%9C", {"HEBREW"}),
    "track, day and language": (
        [("check", "track", "schrift"), ("check", "day", "2026-09-18"), ("check", "lang", "en")],
        "?track=schrift&day=2026-09-18&lang=en",
        {"TYPES"},
    ),
    "speaker, kind and words": (
        [("select", "speaker", "ada-kovacs"), ("check", "kind", "talk"), ("write", "klebt")],
        "?kind=talk&speaker=ada-kovacs&q=klebt",
        {"LEIM"},
    ),
    "nothing is like that": (
        [("check", "room", "werkstatt"), ("check", "track", "schrift")],
        "?track=schrift&room=werkstatt",
        set(),
    ),
}


SCRIPTS = {"script": True, "no script": False}


@pytest.fixture(scope="module")
def chosen(site):
    """What readers see who chose by the form."""
    submit = {True: [], False: [("submit",)]}
    return all_choices(site, lambda steps, query, script: [("open", ""), *steps, *submit[script]])


@pytest.fixture(scope="module")
def opened(site):
    """What readers see who opened the address of a choice."""
    return all_choices(site, lambda steps, query, script: [("open", query)])


def all_choices(site, visit):
    asked = [(name, script) for name in CHOICES for script in SCRIPTS]
    sessions = [(visit(*CHOICES[name][:2], SCRIPTS[script]), {"script": SCRIPTS[script]}) for name, script in asked]
    return dict(zip(asked, [reports[-1] for reports in use(site, *sessions)], strict=True))


@pytest.mark.parametrize("name", CHOICES)
@pytest.mark.parametrize("script", SCRIPTS)
def test_what_is_chosen_is_what_is_subscribed_to(site, chosen, name, script):
    _, query, expected = CHOICES[name]
    report = chosen[name, script]
    assert codes(report) == expected
    assert report["heading"] == "Diese Auswahl abonnieren"
    assert report["canClear"]
    for feed in ("ics", "rss", "atom", "json", "page"):
        assert report["follow"][feed].endswith(query), feed
    if SCRIPTS[script]:
        assert report["url"].endswith(PAGE + query)
    must_be_subscribed(site, report)
    entries = {0: "Dazu gibt es im Programm nichts.", 1: "1 Eintrag"}
    assert report["count"] == entries.get(len(expected), f"{len(expected)} Einträge")


@pytest.mark.parametrize("name", CHOICES)
@pytest.mark.parametrize("script", SCRIPTS)
def test_an_address_opens_what_was_chosen(site, opened, name, script):
    report = opened[name, script]
    assert codes(report) == CHOICES[name][2]
    must_be_subscribed(site, report)


def test_the_whole_programme_is_subscribed_to_where_nothing_is_chosen(site):
    for script in (True, False):
        report = end(site, [("open", "")], script=script)
        assert len(codes(report)) == EVERYTHING
        assert report["heading"] == "Abonnieren"
        assert not report["canClear"]
        must_be_subscribed(site, report)


def test_a_choice_is_widened_and_cleared_without_another_page(site):
    opened, widened, cleared = steps(
        site, ("open", "?track=schrift&lang=en"), ("uncheck", "lang", "en"), ("clear",)
    )
    assert (len(codes(opened)), len(codes(widened)), len(codes(cleared))) == (2, 5, EVERYTHING)
    assert opened["chosen"] == ": Sprache & Schrift, English"
    assert widened["chosen"] == ": Sprache & Schrift"
    assert cleared["chosen"] == ""
    assert cleared["url"].endswith(PAGE)
    pages = [url for url in cleared["asked"] if url.split("?")[0].endswith(PAGE)]
    assert len(pages) == 1, pages
    must_be_subscribed(site, cleared)


def test_days_without_anything_chosen_are_left_out(site):
    report = end(site, [("open", ""), ("check", "day", "2026-09-19"), ("check", "lang", "en")])
    assert report["headings"] == ["Samstag, 19. September 2026"]


def test_offline_the_words_are_looked_for_on_the_page(site):
    report = end(site, [("open", ""), ("offline",), ("write", "hobelbank")])
    assert codes(report) == {"HOBEL"}


def test_words_are_looked_for_by_the_server(site):
    report = end(site, [("open", ""), ("write", "schneiden")])
    assert codes(report) == {"OFFEN"}
    assert any(url.endswith("/handwerk/talks.json?q=schneiden") for url in report["asked"])


@contextmanager
def files(folder):
    """A static host: it knows nothing of queries."""
    handler = partial(QuietHandler, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield SimpleNamespace(port=server.server_port)
        server.shutdown()


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def test_where_only_files_are_served_the_script_chooses_and_whole_feeds_are_offered(handbill, tmp_path):
    build(handbill, PROGRAMMES, tmp_path / "out")
    with files(tmp_path / "out") as server:
        report = end(server, [("open", "?track=schrift"), ("check", "lang", "en"), ("write", "atlas")])
        assert codes(report) == {"ATLAS"}
        assert report["url"].endswith("?track=schrift&lang=en&q=atlas")
        assert report["heading"] == "Abonnieren"
        assert path_of(report["follow"]["ics"]) == "/handwerk/schedule.ics"
        assert not end(server, [("open", "")], script=False)["hasForm"]


# Time zones.


def when(report, code):
    return next(talk["when"] for talk in report["talks"] if talk["code"] == code)


def test_times_are_shown_in_the_zone_that_is_chosen(site):
    zones = [("select", "tz", zone) for zone in ("Asia/Tokyo", "UTC", "")]
    venue, tokyo, utc, again = steps(site, ("open", ""), *zones)
    assert when(venue, "BEGINN") == when(again, "BEGINN") == "09:00–09:45"
    assert venue["clocks"][0] == again["clocks"][0] == "Alle Zeiten in CEST (UTC+02:00), Europe/Berlin."
    assert when(tokyo, "BEGINN") == "16:00–16:45"
    assert tokyo["clocks"][0] == "Alle Zeiten in Asia/Tokyo."
    assert when(tokyo, "FEST") .startswith("06:00–08:30 (Sa")
    assert when(utc, "BEGINN") == "07:00–07:45"
    assert tokyo["url"].endswith("?tz=Asia%2FTokyo")
    assert tokyo["follow"]["ics"].endswith("?tz=Asia%2FTokyo")
    assert tokyo["follow"]["rss"].endswith("/talks.rss")
    assert again["url"].endswith(PAGE)
    # It is the same programme, at the same instants.
    must_be_subscribed(site, tokyo)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_an_address_opens_in_its_zone(site, script):
    report = end(site, [("open", "?tz=America/New_York&lang=en")], script=script)
    assert when(report, "TYPES") == "05:00–06:30"
    assert "America/New_York" in report["clocks"][0].replace(" ", "_")
    assert report["follow"]["ics"].endswith("?lang=en&tz=America%2FNew_York")


def test_the_zone_of_the_address_is_left_for_that_of_the_conference(site):
    opened, home = steps(site, ("open", "?tz=Asia/Tokyo"), ("select", "tz", ""))
    assert (when(opened, "BEGINN"), when(home, "BEGINN")) == ("16:00–16:45", "09:00–09:45")


def test_the_readers_own_zone_is_offered(site):
    report = end(site, [("open", ""), ("select", "tz", "Pacific/Auckland")], zone="Pacific/Auckland")
    assert when(report, "BEGINN") == "19:00–19:45"


# Now and next.


def test_during_the_conference_the_page_says_what_runs_and_what_is_next(site):
    _, before, after = steps(
        site, ("time", "2026-09-18T10:20:00+02:00"), ("open", ""), ("wait", 45 * 60_000)
    )
    assert {talk["code"] for talk in before["talks"] if talk["isNow"]} == {"FEILE", "HEBREW", "HOBEL"}
    running, coming = before["now"]
    assert running.startswith("Jetzt") and "Die Feile" in running and "Hobeln" in running
    assert coming.startswith("Danach") and "Types and typesetting" in coming
    assert {talk["code"] for talk in after["talks"] if talk["isNow"]} == {"ARABIC", "TYPES", "HOBEL"}


@pytest.mark.parametrize("time", ["2026-09-10T12:00:00Z", "2026-09-20T12:00:00Z"])
def test_before_and_after_the_conference_nothing_runs(site, time):
    report = end(site, [("time", time), ("open", "")])
    assert report["now"] is None
    assert not any(talk["isNow"] for talk in report["talks"])


# What changed.


def test_what_changed_since_the_last_visit_is_marked(handbill, tmp_path):
    shutil.copytree(PROGRAMMES, tmp_path / "data")
    file = tmp_path / "data/handwerk/conference.toml"
    with Server(handbill, tmp_path / "data", tmp_path / "state") as server:
        first, again = steps(server.site, ("open", ""), ("open", ""))
        file.write_text(file.read_text().replace("ein unterschätztes Werkzeug", "ein verkanntes Werkzeug"))
        wait_until(lambda: "ein verkanntes" in server.site.ask(PAGE).content.decode(), "the new title")
        remember = ("remember", "handbill:seen:handwerk", again["remembered"])
        _, second, reloaded = steps(server.site, remember, ("open", ""), ("open", ""))
        remember = ("remember", "handbill:seen:handwerk", reloaded["remembered"])
        later = end(server.site, [remember, ("time", LATER), ("open", "")])
    assert first["news"] is None and again["news"] is None
    for report in (second, reloaded):
        assert {talk["code"] for talk in report["talks"] if talk["isChanged"]} == {"FEILE"}
        assert report["news"].startswith("1 Vortrag ist seit Ihrem letzten Besuch neu oder geändert.")
    assert later["news"] is None and not any(talk["isChanged"] for talk in later["talks"])


LATER = "2100-01-01T00:00:00Z"
"""The next visit, when all has been seen."""


# Layout.


def test_rooms_stand_side_by_side_on_a_desk_and_below_each_other_on_a_phone(site):
    desk = end(site, [("open", "")])
    places = {talk["code"]: (talk["left"], talk["top"]) for talk in desk["talks"]}
    assert places["FEILE"][1] == places["HEBREW"][1] == places["HOBEL"][1]
    assert places["FEILE"][0] < places["HEBREW"][0] < places["HOBEL"][0]
    phone = end(site, [("open", "")], width=320, height=700)
    tops = [talk["top"] for talk in phone["talks"]]
    assert tops == sorted(tops)
    assert phone["scrollWidth"] == 320


def test_a_printed_programme_is_a_list_without_forms(site):
    report = end(site, [("open", ""), ("print",)])
    tops = [talk["top"] for talk in report["talks"]]
    assert tops == sorted(set(tops))
    assert not report["hasForm"]
