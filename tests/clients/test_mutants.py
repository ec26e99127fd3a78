"""The checks themselves: each passes on the sample and fails on the sample with its fault."""

import shutil
from pathlib import Path

import pytest

import app_rules
import calendar_readers
import calendar_rules
import calendar_twins
import feed_readers
import feed_rules
import page_rules
import server_rules
from check import must_hold
from folder import Folder
from mutants import MUTANTS, SAMPLE_URL
from served import Site
from stand_in import DEFECTS, StandIn

SAMPLE = Path(__file__).parent / "sample"

CHECKS = [
    *calendar_rules.CHECKS,
    *calendar_readers.CHECKS,
    *feed_rules.CHECKS,
    *feed_readers.CHECKS,
    *page_rules.CHECKS,
    *app_rules.CHECKS,
    *calendar_twins.CHECKS,
]


@pytest.mark.parametrize("check", CHECKS, ids=str)
def test_the_sample_passes(check):
    must_hold(check, Folder(SAMPLE, SAMPLE_URL))


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_fault_is_found(mutant, tmp_path):
    shutil.copytree(SAMPLE, tmp_path, dirs_exist_ok=True)
    mutant.apply(tmp_path)
    check = next(check for check in CHECKS if check.row == mutant.row)
    found = list(check.findings(Folder(tmp_path, SAMPLE_URL)))
    assert found, f"{check} does not notice: {mutant.fault}"


def test_every_check_has_a_fault_that_it_finds():
    rows = [check.row for check in CHECKS]
    assert sorted(set(rows)) == sorted({mutant.row for mutant in MUTANTS})
    assert len(rows) == len(set(rows)), "two checks under one row"


@pytest.mark.parametrize("check", server_rules.CHECKS, ids=str)
def test_the_stand_in_passes(check):
    with StandIn(SAMPLE) as server:
        must_hold(check, Site(server.port, SAMPLE_URL))


@pytest.mark.parametrize("row, defect", [(row, defect) for row in DEFECTS for defect in DEFECTS[row]])
def test_a_defect_is_found(row, defect):
    check = next(check for check in server_rules.CHECKS if check.row == row)
    with StandIn(SAMPLE, defect) as server:
        found = list(check.findings(Site(server.port, SAMPLE_URL)))
    assert found, f"{check} does not notice: {defect}"


def test_every_check_has_a_defect_that_it_finds():
    assert sorted(check.row for check in server_rules.CHECKS) == sorted(DEFECTS)
