"""What the tests look at: a folder of documents, and the program that wrote them."""

import os
import zoneinfo
from pathlib import Path

import pytest

from folder import Folder

REPOSITORY = Path(__file__).parent.parent.parent

# The machine's zone rules may be years old; the package tzdata is pinned in requirements.txt.
zoneinfo.reset_tzpath(to=())


@pytest.fixture(scope="session")
def folder():
    """The documents under test: those of HANDBILL_FEEDS, else the committed ones."""
    root = Path(os.environ.get("HANDBILL_FEEDS", REPOSITORY / "feeds"))
    assert root.is_dir(), f"{root}: expected a folder written by `handbill build`; set HANDBILL_FEEDS"
    return Folder(root, os.environ.get("HANDBILL_FEEDS_URL"))


@pytest.fixture(scope="session")
def handbill():
    """The program: HANDBILL_BIN, else the release build."""
    program = Path(os.environ.get("HANDBILL_BIN", REPOSITORY / "target/release/handbill"))
    assert program.is_file(), f"{program}: expected the program; run `cargo build --release` or set HANDBILL_BIN"
    return program.resolve()


@pytest.fixture(scope="session")
def data():
    """The bundled conferences."""
    return REPOSITORY / "data"
