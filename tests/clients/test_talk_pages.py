"""Pages of talks, speakers, changes and editions: links that lead somewhere, data that agree with the
calendars, and nothing that troubles a browser."""

import json
import shutil
from datetime import datetime, timezone
from urllib.parse import urldefrag

import icalendar
import pytest

import linked_data
from program import Server
from test_browser import SCREENSHOTS, faults, visit

HOSTILE = r"</script><script>alert(1)</script> \u2028 <!-- \"q\" & 'r' \u202Egnp.exe"
"""A title that tries to end whatever it stands in, as TOML writes it."""

HOSTILE_TALK = f"""
[[talks]]
code = "EVIL99"
title = "{HOSTILE}"
abstract = "</script><img src=x onerror=alert(1)>"
speakers = ["</script><script>alert(2)</script>"]
start = 2026-10-24T13:00:00
end = 2026-10-24T13:30:00
room = "Grand Hall"
"""


@pytest.fixture(scope="module")
def site(handbill, data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    shutil.copytree(data, folder / "data")
    with open(folder / "data/example/conference.toml", "a", encoding="utf-8") as conference:
        conference.write(HOSTILE_TALK)
    with Server(handbill, folder / "data", folder / "state") as server:
        yield server.site


def talks(site, conference):
    """A conference's talks, as its JSON Feed tells of them."""
    items = json.loads(site.ask(conference + "talks.json").content)["items"]
    assert items, conference
    return [{"path": f"{conference}talks/{item['_handbill']['code']}", **item["_handbill"]} for item in items]


def path_of(talk):
    """The path of a talk's page."""
    return talk["path"] + "/"


@pytest.fixture(scope="module")
def pages(site):
    """The pages of each conference by their paths, as links lead to them."""
    found = {}
    for conference in site.conferences:
        waiting = [conference, conference + "changes/", conference + "editions/", *map(path_of, talks(site, conference))]
        while waiting:
            path = waiting.pop()
            if path in found:
                continue
            found[path] = site.page(path)
            links = [site.local(url) for url in found[path].links]
            waiting += [link for link in links if link and is_of_one(link, conference)]
    assert any("/talks/" in path for path in found) and any("/speakers/" in path for path in found)
    return found


def is_of_one(path, conference):
    """Whether it is the page of a talk or a speaker."""
    return path.startswith((conference + "talks/", conference + "speakers/")) and path.endswith("/")


def test_every_link_on_the_site_leads_somewhere(site, pages):
    answers, faults = {}, []
    for path, page in pages.items():
        for url in page.links:
            local = site.local(url)
            if local is None:
                continue
            if local not in answers:
                answers[local] = site.ask(local, method="HEAD").status
            if answers[local] != 200:
                faults.append(f"{path}: {url}: {answers[local]}")
    assert faults == []
    assert len(answers) > 50, answers


def test_every_place_that_is_linked_to_is_on_its_page(site, pages):
    faults = []
    for path, page in pages.items():
        for url in page.links:
            whole, fragment = urldefrag(url)
            target = pages.get(site.local(whole))
            if fragment and target and not any(element.get("id") == fragment for element in target.root.iter()):
                faults.append(f"{path}: {url}")
    assert faults == []


def instant(value):
    return value.astimezone(timezone.utc) if isinstance(value, datetime) else value


def in_calendar(site, path):
    """What a talk's calendar says of each of its occurrences: start, end, whether it is cancelled."""
    calendar = icalendar.Calendar.from_ical(site.ask(path).content)
    for event in calendar.walk("VEVENT"):
        start = instant(event.decoded("DTSTART"))
        end = instant(event.decoded("DTEND")) if "DTEND" in event and isinstance(start, datetime) else None
        yield str(start), str(end), event.get("STATUS") == "CANCELLED"


def in_page(page):
    for event in linked_data.events(page):
        end = event.get("endDate")
        start = instant(linked_data.moment(event["startDate"]))
        cancelled = event["eventStatus"].endswith("/EventCancelled")
        yield str(start), str(instant(linked_data.moment(end)) if end else None), cancelled


def test_search_engines_are_told_what_calendars_are_told(site, pages):
    found = 0
    for talk in (talk for conference in site.conferences for talk in talks(site, conference)):
        page = pages[path_of(talk)]
        events = linked_data.events(page)
        assert [fault for event in events for fault in linked_data.faults(event)] == [], talk["path"]
        # A calendar shows what has no day yet on the first; that is no event.
        expected = sorted(in_calendar(site, talk["path"] + ".ics")) if talk["slots"] else []
        assert sorted(in_page(page)) == expected, talk["path"]
        found += len(events)
    assert found > 20


def test_a_hostile_title_is_data_and_nothing_else(site):
    page = site.page("/example/talks/EVIL99/")
    (block,) = linked_data.blocks(page)
    title = block["@graph"][0]["name"]
    assert title.startswith("</script><script>alert(1)</script>") and '"q"' in title
    scripts = [script for script in page.elements("script") if not script.get("src")]
    assert len(scripts) == 1, "only the block of data"
    assert page.errors == []
    assert "\u2028" not in page.html.split("ld+json", 1)[1].split("</script>", 1)[0]


def test_a_speaker_is_a_person(site, pages):
    for path in (path for path in pages if "/speakers/" in path):
        (block,) = linked_data.blocks(pages[path])
        assert block["@type"] == "Person" and block["name"], path
        assert all(event["url"].startswith(site.base_url) for event in block["performerIn"]), path


def test_a_browser_is_not_troubled(site, pages):
    talks = ["/example/talks/OPEN01/", "/example/talks/EVIL99/", "/example/talks/CANC05/", "/example/talks/RTLT04/"]
    speaker = next(path for path in pages if path.startswith("/example/speakers/"))
    paths = [*talks, speaker, "/example/changes/", "/example/editions/"]
    reports = visit(site.port, paths, SCREENSHOTS)
    assert [fault for report in reports for fault in faults(report)] == []


BROKEN = {
    "an event without a start": lambda event: event.pop("startDate"),
    "a move that does not tell the old start": lambda event: event.update(eventStatus="https://schema.org/EventRescheduled"),
    "a start without an offset": lambda event: event.update(startDate="2026-10-24T10:00:00"),
    "a relative address": lambda event: event.update(url="/example/talks/OPEN01/"),
    "an attendance that contradicts the place": lambda event: event.update(eventAttendanceMode="https://schema.org/OfflineEventAttendanceMode"),
    "a person that is a text": lambda event: event["performer"].append({"@type": "Text"}),
}  # fmt: skip


@pytest.mark.parametrize("fault", BROKEN)
def test_a_fault_in_the_data_is_found(fault, site):
    event = linked_data.events(site.page("/example/talks/OPEN01/"))[0]
    assert list(linked_data.faults(event)) == []
    BROKEN[fault](event)
    try:
        found = list(linked_data.faults(event))
    except AssertionError as error:
        found = [str(error)]
    assert found, f"not noticed: {fault}"
