"""Every calendar, byte by byte: what no parser notices and some calendar program stumbles over."""

import pytest

from calendar_rules import CHECKS
from check import must_hold


@pytest.mark.parametrize("check", CHECKS, ids=str)
def test_every_calendar(check, folder):
    must_hold(check, folder)
