"""handbill reads every schedule of the formats it knows: what an independent count finds arrives."""

import json
import subprocess
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

import independent_counts as counts
from program import environment

HERE = Path(__file__).parent
SAMPLES = HERE / "schedules"
PUBLISHED = HERE.parent.parent.parent / "shared" / "data"
"""Schedules that others published. They are not part of the project."""

SAMPLE_FILES = [
    ("frab.xml", counts.frab_xml, "Europe/Brussels", {}),
    ("frab.json", counts.frab_json, "Europe/Berlin", {}),
    ("schedule2.json", counts.schedule2, "Europe/Berlin", {}),
    ("widget.json", counts.widget, "Europe/Berlin", {}),
    ("sessionize-all.json", counts.sessionize_all, "Europe/London", {}),
    ("sessionize-grid.json", counts.sessionize_grid, "Australia/Perth", {}),
    ("calendar.ics", counts.calendar, "Europe/Paris", {}),
    ("table.csv", counts.rows, "Europe/Madrid", {}),
]

PUBLISHED_FILES = [
    ("frab/38c3-schedule.xml", counts.frab_xml, "Europe/Berlin", {}),
    ("frab/giggity-36c3_merged.xml", counts.frab_xml, "Europe/Berlin", {}),
    ("frab/fosdem-2012.xml", counts.frab_xml, "Europe/Brussels", {}),
    ("frab/fosdem-2024.xml", counts.frab_xml, "Europe/Brussels", {}),
    ("frab/fosdem-2025.xml", counts.frab_xml, "Europe/Brussels", {}),
    ("frab/debconf17-pentabarf.xml", counts.frab_xml, "America/Toronto", {"offsets_are_wrong": True}),
    ("pretalx/schedule-v1.43.xml", counts.frab_xml, "Europe/Berlin", {}),
    ("pretalx/demo-export/schedule.xml", counts.frab_xml, "Europe/Berlin", {}),
    ("pretalx/schedule-v1.43.json", counts.frab_json, "Europe/Berlin", {}),
    ("pretalx/schedule-v1.85.json", counts.frab_json, "Europe/Berlin", {}),
    ("pretalx/demo-export/schedule.json", counts.frab_json, "Europe/Berlin", {}),
    ("pretalx/voc-example-pretalx-democon.json", counts.frab_json, "Europe/Berlin", {}),
    ("pretalx/voc-example-pretalx-rc3.json", counts.frab_json, "Europe/Berlin", {}),
    ("c3voc/30c3-schedule.json", counts.frab_json, "Europe/Berlin", {}),
    ("c3voc/voc-example-frab-camp2019.json", counts.frab_json, "Europe/Berlin", {}),
    ("c3voc/voc-example-hub-schedule2.json", counts.schedule2, "Europe/Berlin", {}),
    ("pretalx/widget-v2-at-v1.0.json", counts.widget, "Europe/Berlin", {}),
    ("pretalx/widget-v2-at-v1.10.json", counts.widget, "Europe/Berlin", {}),
    ("sessionize/scottishsummit2026-all.json", counts.sessionize_all, "Europe/London", {}),
    ("sessionize/gab-linz-2024-all.json", counts.sessionize_all, "Europe/Vienna", {}),
    ("sessionize/dddperth-2021_gridsmart-at-a98cec9.json", counts.sessionize_grid, "Australia/Perth", {}),
    ("ics/giggity-jres_2022.ics", counts.calendar, "Europe/Paris", {}),
    ("ics/giggity-kielux_2020.ics", counts.calendar, "Europe/Berlin", {}),
    ("ics/pyconus2025-all_events-at-06279b1.ics", counts.calendar, "America/New_York", {"titles_hold_kinds": True}),
    ("pretalx/schedule-v1.43.ics", counts.calendar, "Europe/Berlin", {"titles_hold_speakers": True}),
    ("pretalx/demo-export/schedule.ics", counts.calendar, "Europe/Berlin", {"titles_hold_speakers": True}),
]


def convert(handbill, path, *options):
    command = [handbill, "convert", path, "--to", "json", *options]
    return subprocess.run(list(map(str, command)), capture_output=True, env=environment(), timeout=60)


def arrived(feed):
    """The programme that a JSON Feed of handbill's tells."""
    programme = counts.Programme()
    for item in feed["items"]:
        programme.speakers.update(author["name"] for author in item.get("authors", []))
        title = counts.line(item["title"])
        timed = [slot for slot in item["_handbill"]["slots"] if "start" in slot]
        if not timed:
            programme.unplaced[title] += 1
        for slot in timed:
            start, end = (datetime.fromisoformat(slot.get(key, slot["start"])).astimezone(UTC) for key in ("start", "end"))
            programme.occurrences[title, start, end, slot.get("room", "")] += 1
            if slot.get("room"):
                programme.rooms.add(slot["room"])
    return programme


def difference(expected, found):
    """What is missing and what is too much, for a failure's message."""
    missing, excess = expected - found, found - expected
    if isinstance(missing, Counter):
        missing, excess = missing.elements(), excess.elements()
    return {"missing": list(missing)[:5], "excess": list(excess)[:5]}


def check(handbill, path, read, zone, options):
    expected = read(path, zone, **options)
    done = convert(handbill, path, "--time-zone", zone)
    assert done.returncode == 0, done.stderr.decode()
    found = arrived(json.loads(done.stdout))
    assert sum(expected.occurrences.values()) > 1
    for what in ("occurrences", "unplaced", "rooms"):
        assert getattr(found, what) == getattr(expected, what), difference(getattr(expected, what), getattr(found, what))
    if read is not counts.calendar:
        assert expected.speakers
        assert found.speakers == expected.speakers, difference(expected.speakers, found.speakers)


@pytest.mark.parametrize(("name", "read", "zone", "options"), SAMPLE_FILES, ids=[file[0] for file in SAMPLE_FILES])
def test_an_invented_schedule_arrives_whole(handbill, name, read, zone, options):
    check(handbill, SAMPLES / name, read, zone, options)


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published schedules are not here")
@pytest.mark.parametrize(("name", "read", "zone", "options"), PUBLISHED_FILES, ids=[file[0] for file in PUBLISHED_FILES])
def test_a_published_schedule_arrives_whole(handbill, name, read, zone, options):
    check(handbill, PUBLISHED / name, read, zone, options)


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published schedules are not here")
def test_the_example_that_is_meant_to_be_invalid_is_refused_with_a_reason(handbill):
    done = convert(handbill, PUBLISHED / "c3voc/voc-example-invalid-example.json", "--time-zone", "Europe/Berlin")
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"voc-example-invalid-example.json:" in done.stderr
