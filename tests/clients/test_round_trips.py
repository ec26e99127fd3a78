"""`handbill convert`: what a file of a conference app says is still there after the way through the
model and out again, and after a second one in another format."""

import os
import subprocess
from copy import deepcopy
from pathlib import Path

import pytest

from conftest import REPOSITORY
from program import environment
from round_trips import lost
from schedules import read

SAMPLE = Path(__file__).parent / "sample/gathering"

REAL = Path(os.environ.get("HANDBILL_REAL_DATA", REPOSITORY / "../shared/data"))
"""Files that others published. They are not ours to keep here; the sample goes the same ways."""

REAL_FILES = {
    "frab/38c3-schedule.xml": None,
    "frab/giggity-36c3_merged.xml": "Europe/Berlin",
    "frab/fosdem-2012.xml": "Europe/Brussels",
    "frab/fosdem-2024.xml": "Europe/Brussels",
    "frab/fosdem-2025.xml": None,
    "frab/debconf17-pentabarf.xml": "America/Toronto",
    "pretalx/schedule-v1.43.xml": None,
    "pretalx/schedule-v1.43.json": None,
    "pretalx/schedule-v1.85.json": None,
    "pretalx/demo-export/schedule.xml": None,
    "pretalx/demo-export/schedule.json": None,
    "pretalx/voc-example-pretalx-rc3.json": "Europe/Berlin",
    "pretalx/voc-example-pretalx-democon.json": "Europe/Berlin",
    "c3voc/30c3-schedule.json": "Europe/Berlin",
    "c3voc/voc-example-frab-camp2019.json": "Europe/Berlin",
    "c3voc/voc-example-hub-schedule2.json": None,
}
"""Each file with the zone that it does not name."""

WAYS = {
    "xml": ("frab-xml",),
    "json": ("frab-json",),
    "json-xml-json": ("frab-json", "frab-xml", "frab-json"),
    "schedule2": ("schedule2",),
}
"""The formats that a file goes through."""


def ways(names):
    """Files with the ways that they can go: schedule2 has other words for kinds, and no numbers."""
    return [(name, way) for name in names for way in WAYS if ("schedule2" in name) == (way == "schedule2")]


def convert(handbill, file, to, zone, out):
    command = [handbill, "convert", file, "--to", to, "--out", out]
    command += ["--time-zone", zone] if zone else []
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, env=environment(), timeout=120)
    assert done.returncode == 0, f"{command} exited {done.returncode}\n{done.stderr[-3000:]}"
    return out


def sent(handbill, file, way, zone, folder):
    """The file after its way through the formats."""
    for number, to in enumerate(WAYS[way]):
        extension = "xml" if to == "frab-xml" else "json"
        file = convert(handbill, file, to, zone, folder / f"{number}.{extension}")
    return file


def nothing_is_lost(source, result, way):
    forms = [to.removeprefix("frab-") for to in WAYS[way]]
    found = list(lost(read(source.read_bytes()), read(result.read_bytes()), *forms))
    shown = "\n  ".join(found[:25])
    assert found == [], f"{source.name} by {way}: {len(found)} losses\n  {shown}"


@pytest.mark.parametrize("name, way", ways(["schedule.xml", "schedule.json", "schedule2.json"]))
def test_nothing_of_the_sample_is_lost(name, way, handbill, tmp_path):
    nothing_is_lost(SAMPLE / name, sent(handbill, SAMPLE / name, way, None, tmp_path), way)


def test_a_second_way_changes_nothing(handbill, tmp_path):
    for to, extension in (("frab-xml", "xml"), ("frab-json", "json"), ("schedule2", "json")):
        first = convert(handbill, SAMPLE / "schedule.json", to, None, tmp_path / f"first.{extension}")
        second = convert(handbill, first, to, None, tmp_path / f"second.{extension}")
        assert plain(second) == plain(first), to


def plain(file):
    """What a file says, apart from its own address, which is made of the file's name."""
    schedule = read(file.read_bytes())
    return schedule.conference, schedule.days, schedule.tracks, schedule.rooms, schedule.events


@pytest.mark.parametrize("name, way", ways(REAL_FILES))
def test_nothing_of_a_real_file_is_lost(name, way, handbill, tmp_path):
    file = REAL / name
    if not file.is_file():
        pytest.skip(f"{file} is not there; set HANDBILL_REAL_DATA to a folder of such files")
    nothing_is_lost(file, sent(handbill, file, way, REAL_FILES[name], tmp_path), way)


# That the comparison sees what it is for.


@pytest.mark.parametrize("name, form", [("schedule.xml", "xml"), ("schedule.json", "json")])
def test_a_file_has_lost_nothing_of_itself(name, form):
    schedule = read((SAMPLE / name).read_bytes())
    assert len(schedule.events) == 3
    assert list(lost(schedule, deepcopy(schedule), form)) == []


FIELDS = (
    "title subtitle date clock minutes room track type language abstract description license slug code id url origin_url "
    "feedback_url logo"
).split()


@pytest.mark.parametrize("name, form", [("schedule.xml", "xml"), ("schedule.json", "json")])
@pytest.mark.parametrize("field", FIELDS)
def test_a_field_that_is_gone_is_missed(field, name, form):
    schedule = read((SAMPLE / name).read_bytes())
    without = deepcopy(schedule)
    assert field in without.events[0], f"the sample has no {field}: it shows nothing"
    del without.events[0][field]
    found = list(lost(schedule, without, form))
    assert len(found) == 1, found


@pytest.mark.parametrize("name, form", [("schedule.xml", "xml"), ("schedule.json", "json")])
def test_parts_that_are_gone_are_missed(name, form):
    def remove_person(schedule):
        schedule.events[0]["persons"] = []

    def remove_number(schedule):
        del schedule.events[0]["persons"][0]["id"]

    def remove_link(schedule):
        schedule.events[0]["links"].pop()

    def rename_link(schedule):
        schedule.events[0]["links"][0]["title"] = "Elsewhere"

    def retype_attachment(schedule):
        schedule.events[0]["attachments"][0]["kind"] = "related"

    def remove_event(schedule):
        schedule.events.pop()

    def restore_event(schedule):
        schedule.events[2]["is_cancelled"] = False

    def add_event(schedule):
        schedule.events.append({"title": "Another"})

    def opt_out(schedule):
        schedule.events[1]["optout"] = True

    def forget_guid(schedule):
        schedule.events[1]["guid"] = "00000000-0000-0000-0000-000000000000"

    def forget_colour(schedule):
        schedule.tracks["Web, Netze"] = ""

    def forget_room(schedule):
        schedule.rooms["Aula"] = None

    def move_day(schedule):
        schedule.days["2026-10-24"] = ("2026-10-24T05:00:00+02:00", "2026-10-25T03:59:00+01:00")

    def forget_version(schedule):
        del schedule.conference["version"]

    def forget_zone(schedule):
        schedule.conference["time_zone_name"] = "UTC"

    def forget_base(schedule):
        del schedule.conference["base_url"]

    changes = [value for value in locals().values() if callable(value)]
    assert len(changes) == 16
    for change in changes:
        schedule = read((SAMPLE / name).read_bytes())
        changed = deepcopy(schedule)
        change(changed)
        assert list(lost(schedule, changed, form)), f"{change.__name__} is not noticed"
