"""`handbill build`: the same files every time, and only its own."""

import hashlib
import shutil
import time

import pytest

from folder import Folder
from program import build


@pytest.fixture(scope="module")
def built(handbill, data, tmp_path_factory):
    out = tmp_path_factory.mktemp("built") / "feeds"
    build(handbill, data, out)
    return out


def contents(root):
    folder = Folder(root)
    return {path: hashlib.sha256(folder.read(path)).hexdigest() for path in folder.paths}


def test_two_builds_a_second_apart_are_the_same_bytes(handbill, data, built, tmp_path):
    time.sleep(1.1)
    build(handbill, data, tmp_path / "feeds")
    first, second = contents(built), contents(tmp_path / "feeds")
    assert first.keys() == second.keys()
    assert [path for path in first if first[path] != second[path]] == []
    assert len(first) > 10


def test_a_second_build_touches_no_file(handbill, data, built):
    def times():
        return {path: (built / path).stat().st_mtime_ns for path in Folder(built).paths}

    before = times()
    time.sleep(0.05)
    build(handbill, data, built)
    assert times() == before


def test_a_document_that_is_no_longer_wanted_goes_and_a_foreign_file_stays(handbill, data, tmp_path):
    copy, out = tmp_path / "data", tmp_path / "feeds"
    shutil.copytree(data, copy)
    build(handbill, copy, out)
    conferences = sorted(path.name for path in copy.iterdir() if path.is_dir())
    gone, kept = conferences[0], conferences[1]
    (out / "CNAME").write_text("feeds.example.org\n")
    (out / kept / "notes.txt").write_text("not handbill's\n")
    shutil.rmtree(copy / gone)
    build(handbill, copy, out)
    paths = Folder(out).paths
    assert [path for path in paths if path.startswith(gone + "/")] == []
    assert f"{kept}/schedule.ics" in paths
    assert "CNAME" in paths
    assert f"{kept}/notes.txt" in paths
