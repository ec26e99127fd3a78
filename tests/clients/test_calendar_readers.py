"""Every calendar as real calendar programs read it."""

import pytest

from calendar_readers import CHECKS
from check import must_hold


@pytest.mark.parametrize("check", CHECKS, ids=str)
def test_every_calendar(check, folder):
    must_hold(check, folder)
