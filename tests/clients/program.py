"""Runs handbill as its users do."""

import os
import re
import signal
import subprocess
import threading
import time
from queue import Empty, Queue

from served import Site

BASE_URL = "https://feeds.example.org"

PATIENCE = 10
"""Seconds until a change in the data must be served."""


def environment():
    """The caller's, without settings of handbill: what a test does not say is the default."""
    return {name: value for name, value in os.environ.items() if not name.startswith("HANDBILL_")}


def build(handbill, data, out, base_url=BASE_URL):
    """Writes the documents of `data` into `out`."""
    command = [handbill, "build", data, "--out", out, "--base-url", base_url]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, env=environment(), timeout=120)
    assert done.returncode == 0, f"{command} exited {done.returncode}\n{done.stdout}{done.stderr}"


class Server:
    """`handbill serve` in a process of its own, until the end of the `with` block."""

    def __init__(self, handbill, data, state, base_url=BASE_URL, port=0):
        self.base_url = base_url
        listen = f"127.0.0.1:{port}"
        self.command = [handbill, "serve", data, "--listen", listen, "--base-url", base_url, "--state", state]
        self.output = []

    def __enter__(self):
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "env": environment()}
        self.process = subprocess.Popen(list(map(str, self.command)), **options)
        lines = Queue()
        threading.Thread(target=self._collect, args=(lines,), daemon=True).start()
        try:
            self.site = Site(self._port(lines), self.base_url)
        except BaseException:
            self.process.kill()
            raise
        return self

    def _collect(self, lines):
        for line in self.process.stdout:
            self.output.append(line)
            lines.put(line)
        lines.put(None)

    def _port(self, lines):
        deadline = time.monotonic() + 30
        while (left := deadline - time.monotonic()) > 0:
            try:
                line = lines.get(timeout=left)
            except Empty:
                break
            if line is None:
                raise AssertionError(f"handbill serve ended with {self.process.wait()}\n{self.log}")
            if found := re.search(r"http://127\.0\.0\.1:(\d+)/?", line):
                return int(found[1])
        raise AssertionError(f"expected the URL on the output within 30 s\n{self.log}")

    @property
    def log(self):
        return "".join(self.output)

    def stop(self):
        """Asks it to stop and returns its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=15)

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def wait_until(holds, what):
    """Waits for what a change of the data must bring about."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, f"expected within {PATIENCE} s: {what}"
        time.sleep(0.1)
