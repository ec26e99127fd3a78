"""Every RSS, Atom, JSON Feed and OPML document: by the row, and as real feed readers read it."""

import pytest

import feed_readers
import feed_rules
from check import must_hold


@pytest.mark.parametrize("check", feed_rules.CHECKS, ids=str)
def test_every_feed(check, folder):
    must_hold(check, folder)


@pytest.mark.parametrize("check", feed_readers.CHECKS, ids=str)
def test_every_reader(check, folder):
    must_hold(check, folder)
