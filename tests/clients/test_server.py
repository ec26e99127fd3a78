"""`handbill serve`: as real clients ask it, and while its data change under it."""

import json
import shutil

import pytest

from calendar_lines import Calendar, text_of
from check import must_hold
from program import Server, wait_until
from server_rules import CHECKS


@pytest.fixture(scope="module")
def site(handbill, data, tmp_path_factory):
    """A server that is only asked."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(data, folder / "data")
    with Server(handbill, folder / "data", folder / "state") as server:
        yield server.site


@pytest.fixture
def server(handbill, data, tmp_path):
    """A server whose data a test may change."""
    shutil.copytree(data, tmp_path / "data")
    with Server(handbill, tmp_path / "data", tmp_path / "state") as server:
        server.data = tmp_path / "data"
        server.state = tmp_path / "state"
        yield server


@pytest.mark.parametrize("check", CHECKS, ids=str)
def test_every_answer(check, site):
    must_hold(check, site)


def events(answer):
    """The events of a calendar by their UIDs."""
    return {event.value("UID"): event for event in Calendar("schedule.ics", answer.content).events}


def said(event):
    """An event's lines wherever they stand."""
    return [(line.name, line.parameters, line.value) for line in event.lines]


def talk_to_retitle(server):
    """A conference, a file of its data, and a title that stands there once, with its talk's own code.

    Without a code of its own a talk is known by its title, and a new title would be a new talk.
    """
    for conference in server.site.conferences:
        texts = {path: path.read_text() for path in (server.data / conference.strip("/")).rglob("*") if path.is_file()}
        everything = "\n".join(texts.values())
        items = json.loads(server.site.ask(conference + "talks.json").content)["items"]
        titles = [item["title"] for item in items]
        for item in items:
            code = item["id"].rsplit("/", 1)[-1]
            is_sure = everything.count(item["title"]) == 1 and sum(item["title"] in title for title in titles) == 1
            if is_sure and code in everything and len(item["title"]) > 8 and item["title"].isascii():
                return conference, next(path for path in texts if item["title"] in texts[path]), item["title"]
    raise AssertionError("no talk in the data has a title that stands there once and a code")


def test_a_new_title_is_served_and_keeps_every_uid(server):
    conference, file, title = talk_to_retitle(server)
    others = [other for other in server.site.conferences if other != conference]
    path = conference + "schedule.ics"
    before = server.site.ask(path)
    untouched = {other: server.site.ask(other + "schedule.ics")["ETag"] for other in others}

    file.write_text(file.read_text().replace(title, title + ", revised"))
    wait_until(lambda: server.site.ask(path)["ETag"] != before["ETag"], f"a new ETag of {path}\n{server.log}")

    after = server.site.ask(path)
    assert server.site.ask(path, {"If-None-Match": before["ETag"]}).status == 200
    assert server.site.ask(path, {"If-None-Match": after["ETag"]}).status == 304
    old, new = events(before), events(after)
    assert new.keys() == old.keys()
    changed = [uid for uid in old if old[uid].value("SUMMARY") != new[uid].value("SUMMARY")]
    assert changed, "no SUMMARY has changed"
    for uid in changed:
        assert title + ", revised" in text_of(new[uid].value("SUMMARY"))
        # A new title is a change to be seen, but not one to reschedule for (RFC 5546 §2.1.4).
        assert new[uid].value("SEQUENCE") == old[uid].value("SEQUENCE")
        assert new[uid].value("LAST-MODIFIED") > old[uid].value("LAST-MODIFIED")
    for uid in old.keys() - set(changed):
        assert said(new[uid]) == said(old[uid])
    assert {other: server.site.ask(other + "schedule.ics")["ETag"] for other in others} == untouched


def test_a_broken_edit_keeps_the_last_good_edition_until_it_is_mended(server):
    conference = server.site.conferences[0]
    path = conference + "schedule.ics"
    file = server.data / conference.strip("/") / "conference.toml"
    before, good = server.site.ask(path), file.read_text()

    def is_told():
        return file.name in server.site.ask("/readyz").content.decode()

    assert not is_told()
    file.write_text(good + "\n= this is no TOML\n")
    wait_until(is_told, f"/readyz names {file.name}\n{server.log}")
    during = server.site.ask(path)
    assert (during.status, during.body, during["ETag"]) == (200, before.body, before["ETag"])
    assert file.name in server.log, "the log does not name the file"

    file.write_text(good)
    wait_until(lambda: not is_told(), f"/readyz forgets {file.name}\n{server.log}")
    after = server.site.ask(path)
    assert (after.status, after.body) == (200, before.body)


def test_a_restart_and_another_machine_serve_the_same_bytes(handbill, server, tmp_path):
    tags = {path: server.site.ask(path)["ETag"] for path in server.site.documents}
    assert server.stop() == 0, f"expected a graceful stop\n{server.log}"
    for state in (server.state, tmp_path / "another state"):
        with Server(handbill, server.data, state) as again:
            assert {path: again.site.ask(path)["ETag"] for path in again.site.documents} == tags


def test_a_port_that_is_taken_is_an_error_that_names_it(handbill, server, tmp_path):
    taken = Server(handbill, server.data, tmp_path / "second state")
    taken.command[taken.command.index("127.0.0.1:0")] = f"127.0.0.1:{server.site.port}"
    with pytest.raises(AssertionError, match=f"(?s)ended with [1-9].*{server.site.port}"), taken:
        pass
