"""The pages in Chromium, on a phone and on a desk: they load, fit, and ask nobody else."""

import shutil
from pathlib import Path

import pytest

from javascript import SCREENSHOTS, run_script
from mutants import Mutant
from program import Server
from stand_in import StandIn

SAMPLE = Path(__file__).parent / "sample"

SCREENS = {"phone": (390, 844), "desktop": (1280, 900)}


def visit(port, paths, screenshots):
    """Opens each page on each screen and reports what the browser met."""
    screenshots.mkdir(parents=True, exist_ok=True)
    pages = []
    for path in paths:
        for screen, (width, height) in SCREENS.items():
            name = f"{path.strip('/').replace('/', '-') or 'home'}-{screen}.png"
            url = f"http://127.0.0.1:{port}{path}"
            pages.append({"url": url, "width": width, "height": height, "screenshot": str(screenshots / name)})
    return run_script("page.mjs", {"pages": pages})


def faults(report):
    """What a visitor would be troubled by."""
    where = f"{report['url']} at {report['width']} pixels"
    if report["status"] != 200:
        yield f"{where}: {report['status']}"
    if not report["title"] or not report["text"].strip():
        yield f"{where}: nothing to read"
    for kind in ("messages", "foreign", "failed"):
        for entry in report[kind]:
            # The sample has no icon; a browser asks for one by itself.
            if "/favicon.ico" not in entry and "status of 404" not in entry:
                yield f"{where}: {kind}: {entry}"
    if report["scrollWidth"] > report["width"]:
        yield f"{where}: {report['scrollWidth']} pixels wide, expected that it fits"


def test_every_page_loads_and_fits_and_asks_nobody_else(handbill, data, tmp_path):
    shutil.copytree(data, tmp_path / "data")
    with Server(handbill, tmp_path / "data", tmp_path / "state") as server:
        reports = visit(server.site.port, ["/", *server.site.conferences], SCREENSHOTS)
    assert [fault for report in reports for fault in faults(report)] == []


def test_the_sample_loads(tmp_path):
    with StandIn(SAMPLE) as server:
        reports = visit(server.port, ["/", "/gathering/"], tmp_path)
    assert [fault for report in reports for fault in faults(report)] == []


PAGE = "gathering/index.html"

MUTANTS = [
    Mutant("browser", "a script that throws", PAGE, "</main>", "<script>nothing.here()</script></main>"),
    Mutant(
        "browser",
        "a stylesheet from elsewhere",
        PAGE,
        "</head>",
        '<link rel="stylesheet" href="http://127.0.0.2:9/a.css"></head>',
    ),
    Mutant("browser", "a picture that is missing", PAGE, "<h1>", '<img alt="" src="missing.png"><h1>'),
    Mutant("browser", "a line wider than a phone", PAGE, "<h1>", '<div style="width:900px">wide</div><h1>'),
    Mutant("browser", "a page without a title", PAGE, "<title>Gathering, Berlin</title>", ""),
]


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_fault_is_found(mutant, tmp_path):
    shutil.copytree(SAMPLE, tmp_path / "sample")
    mutant.apply(tmp_path / "sample")
    with StandIn(tmp_path / "sample") as server:
        reports = visit(server.port, ["/gathering/"], tmp_path)
    assert [fault for report in reports for fault in faults(report)], f"not noticed: {mutant.fault}"
