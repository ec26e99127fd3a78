"""Runs the readers that are written in JavaScript."""

import json
import os
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
REPOSITORY = HERE.parent.parent

PACKAGES = Path(os.environ.get("HANDBILL_NODE", REPOSITORY / "target/clients/node"))
"""Where the packages of package.json are installed."""

SCREENSHOTS = Path(os.environ.get("HANDBILL_SCREENSHOTS", REPOSITORY / "target/clients/screenshots"))
"""Where pages are pictured."""


def run_script(name, arguments):
    """Gives a script its arguments as JSON on standard input and reads JSON from its output."""
    done = subprocess.run(
        ["node", str(HERE / name)],
        input=json.dumps(arguments),
        capture_output=True,
        text=True,
        env={**os.environ, "HANDBILL_NODE": str(PACKAGES), "TZ": "UTC"},
        timeout=300,
    )
    assert done.returncode == 0, f"{name} failed\n{done.stderr[-2000:]}"
    return json.loads(done.stdout)
