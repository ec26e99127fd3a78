"""The files of conference apps and the calendar's twins: by the row, and by c3voc's own schemas."""

import json
import os
import subprocess
from pathlib import Path

import jsonschema
import pytest

import app_rules
import calendar_twins
from check import must_hold
from conftest import REPOSITORY

SCHEMAS = Path(os.environ.get("HANDBILL_SCHEMAS", REPOSITORY / "../shared/data/schema"))
"""c3voc's and pretalx's schemas. They are not ours to keep here; the rows hold without them."""

XSDS = ("c3voc-schedule.xml.xsd", "pretalx-tests-schedule.xsd")

JSON_SCHEMAS = {
    "schedule.json": ("c3voc-schema.json", "pretalx-tests-schedule.schema.json"),
    "schedule2.json": ("c3voc-schema2.json",),
}


@pytest.mark.parametrize("check", app_rules.CHECKS, ids=str)
def test_every_file_for_apps(check, folder):
    must_hold(check, folder)


@pytest.mark.parametrize("check", calendar_twins.CHECKS, ids=str)
def test_every_twin(check, folder):
    must_hold(check, folder)


def schema(name):
    path = SCHEMAS / name
    if not path.is_file():
        pytest.skip(f"{path} is not there; set HANDBILL_SCHEMAS to a folder of c3voc's schemas")
    return path


@pytest.mark.parametrize("xsd", XSDS)
def test_the_xml_is_valid(xsd, folder):
    for conference in folder.conferences:
        path = folder.root / conference / "schedule.xml"
        command = ["xmllint", "--noout", "--nonet", "--schema", str(schema(xsd)), str(path)]
        checked = subprocess.run(command, capture_output=True, text=True)
        assert checked.returncode == 0, checked.stderr[-2000:]


@pytest.mark.parametrize("name, schema_name", [(name, each) for name in JSON_SCHEMAS for each in JSON_SCHEMAS[name]])
def test_the_json_is_valid(name, schema_name, folder):
    validator = jsonschema.Draft6Validator(
        json.loads(schema(schema_name).read_text()), format_checker=jsonschema.FormatChecker()
    )
    for conference in folder.conferences:
        found = json.loads(folder.read(f"{conference}/{name}"))
        errors = [f"{list(error.path)}: {error.message[:300]}" for error in validator.iter_errors(found)]
        assert errors == [], f"{conference}/{name}"
