"""A check: a row of the requirements as a function from documents to findings.

Every check is a value, so that the tests can run it over what handbill wrote and
`test_mutants.py` can show that it fails on a document with that one fault.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import pytest


class Finding(NamedTuple):
    """Why a check is not satisfied."""

    place: str
    """File and line, such as `example/schedule.ics:12`."""
    message: str
    """What stands there and what was expected."""

    def __str__(self):
        return f"{self.place}: {self.message}"


class Check(NamedTuple):
    """One row of the requirements."""

    row: str
    """Its number in the requirements (`I1`, `R5`), or the reader's name (`ical.js`)."""
    behaviour: str
    """What holds when it is satisfied."""
    findings: Callable[[object], Iterable[Finding]]
    """Looks at the subject and tells what is wrong."""

    def __str__(self):
        return f"{self.row}: {self.behaviour}"


class Checks(list):
    """The checks of one subject, in the order in which they are written."""

    def row(self, row, behaviour):
        """Registers the function below it as the check of a row."""

        def register(findings):
            self.append(Check(row, behaviour, findings))
            return findings

        return register


SHOWN = 12
"""A fault of the writer shows in every document; the first few tell all."""


def must_hold(check, subject):
    """Fails with everything that the check finds."""
    found = list(check.findings(subject))
    shown = "\n  ".join(str(finding) for finding in found[:SHOWN])
    more = f"\n  and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    if found:
        pytest.fail(f"expected: {check.behaviour} ({check.row})\n  {shown}{more}", pytrace=False)
