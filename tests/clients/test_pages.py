"""Every page: plain HTML, links that lead somewhere, subscribe links that work."""

import pytest

from check import must_hold
from page_rules import CHECKS


@pytest.mark.parametrize("check", CHECKS, ids=str)
def test_every_page(check, folder):
    must_hold(check, folder)
