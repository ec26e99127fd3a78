"""A programme that was opened once can be read without a network, and says of when it is."""

import json
import os
import shutil
import subprocess
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from forwarder import Forwarder
from javascript import HERE, PACKAGES, SCREENSHOTS
from program import Server, build, wait_until

CONFERENCE = "/example/"

TITLE = "Opening: what a programme owes its readers"


class Scene:
    """A visitor with a browser of their own, and what is done to the server meanwhile."""

    def __init__(self, port, hook, acts):
        self.base = f"http://127.0.0.1:{port}{CONFERENCE}"
        self.hook = hook
        self.acts = acts

    def play(self, name, other="talks/OPEN01/"):
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        asked = {
            "scene": name,
            "url": self.base,
            "other": self.base + other,
            "hook": str(self.hook),
            "screenshot": str(SCREENSHOTS / "offline-phone-light.png"),
        }
        process = subprocess.Popen(
            ["node", str(HERE / "offline.mjs")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "HANDBILL_NODE": str(PACKAGES), "TZ": "UTC"},
        )
        is_over = threading.Event()
        prompter = threading.Thread(target=self._prompt, args=(is_over,), daemon=True)
        prompter.start()
        try:
            out, err = process.communicate(json.dumps(asked), timeout=150)
        finally:
            is_over.set()
            process.kill()
        assert process.returncode == 0, f"the scene {name!r} failed\n{err[-2000:]}"
        return json.loads(out)

    def _prompt(self, is_over):
        while not is_over.is_set():
            if self.hook.exists() and (what := self.hook.read_text()):
                self.acts[what]()
                self.hook.unlink()
            time.sleep(0.02)


@pytest.fixture
def server(handbill, data, tmp_path):
    shutil.copytree(data, tmp_path / "data")
    with Server(handbill, tmp_path / "data", tmp_path / "state") as server:
        server.data = tmp_path / "data"
        yield server


@pytest.fixture
def forwarder(server):
    with Forwarder(server.site.port) as forwarder:
        yield forwarder


def untroubled(steps):
    """What is on the console beside the network's own failures."""
    return [message for message in steps["messages"] if "Failed to load resource" not in message]


def test_pages_open_without_a_network_and_say_of_when_they_are(forwarder, tmp_path):
    steps = Scene(forwarder.port, tmp_path / "hook", {}).play("offline")
    assert steps["online"]["notice"] is None
    for step in ("offline", "programme", "selection"):
        seen = steps[step]
        assert TITLE in seen["text"] or step == "selection"
        assert seen["notice"].startswith("You are offline. This page is as of "), seen["notice"]
        assert seen["first"] == "page:offline", "the notice does not come first"
    assert "was not opened before" in steps["never"]["text"]
    assert steps["back"]["notice"] is None
    assert TITLE in steps["back"]["text"]
    assert untroubled(steps) == []
    assert steps["foreign"] == []


def test_a_stopped_server_shows_what_was_kept_and_then_the_new_edition(server, forwarder, tmp_path):
    file = server.data / "example/conference.toml"

    def stop():
        forwarder.is_stopped = True

    def start():
        before = server.site.ask(CONFERENCE)["ETag"]
        file.write_text(file.read_text().replace(TITLE, "Opening, an hour later"))
        wait_until(lambda: server.site.ask(CONFERENCE)["ETag"] != before, f"a new edition\n{server.log}")
        forwarder.is_stopped = False

    steps = Scene(forwarder.port, tmp_path / "hook", {"stop": stop, "start": start}).play("stopped")
    assert TITLE in steps["stopped"]["text"]
    assert steps["stopped"]["notice"].startswith("The server does not answer. This page is as of ")
    assert "Opening, an hour later" in steps["back"]["text"]
    assert TITLE not in steps["back"]["text"]
    assert steps["back"]["notice"] is None
    assert untroubled(steps) == []


def test_on_a_slow_network_the_kept_page_stands_in_until_the_answer_comes(forwarder, tmp_path):
    def slow():
        forwarder.delay = 12

    steps = Scene(forwarder.port, tmp_path / "hook", {"slow": slow}).play("slow")
    assert 4000 <= steps["waited"] < 12000, steps["waited"]
    assert steps["slow"]["notice"].startswith("The network is slow. This page is as of ")
    assert TITLE in steps["slow"]["text"]
    assert steps["answered"]["notice"] is None


def test_pages_and_scripts_are_kept_and_no_feed_and_no_error(forwarder, tmp_path):
    scene = Scene(forwarder.port, tmp_path / "hook", {})
    [kept] = scene.play("kept")["kept"].values()
    paths = {url.removeprefix(scene.base) for url in kept if url.startswith(scene.base)}
    assert paths == {"", "talks/OPEN01/", "subscribe/?track=typesetting"}
    others = [url for url in kept if not url.startswith(scene.base)]
    assert others and all("/assets/" in url and "?v=" in url for url in others), others


def test_a_new_version_deletes_what_the_old_one_kept(server, forwarder, tmp_path):
    worker = json.loads(server.site.ask(CONFERENCE + "worker.js").content.split(b"const SITE = ")[1].split(b";\n")[0])

    def new_version():
        forwarder.rewritten[worker["version"].encode()] = b"newer"

    steps = Scene(forwarder.port, tmp_path / "hook", {"new version": new_version}).play("version")
    assert f"handbill {CONFERENCE} older" in steps["before"]
    names = set(steps["after"])
    assert names == {f"handbill {CONFERENCE} newer", "of somebody else"}


def test_a_folder_below_a_prefix_can_be_read_offline_too(handbill, data, tmp_path):
    build(handbill, data, tmp_path / "site/some/prefix")
    quiet = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    host = ThreadingHTTPServer(("127.0.0.1", 0), partial(quiet, directory=tmp_path / "site"))
    threading.Thread(target=host.serve_forever, daemon=True).start()
    try:
        scene = Scene(host.server_address[1], tmp_path / "hook", {})
        scene.base = scene.base.replace(CONFERENCE, "/some/prefix" + CONFERENCE)
        steps = scene.play("offline")
    finally:
        host.shutdown()
        host.server_close()
    assert TITLE in steps["programme"]["text"]
    assert steps["programme"]["notice"].startswith("You are offline.")
    assert steps["back"]["notice"] is None
