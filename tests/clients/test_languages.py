"""A German conference speaks German, and titles that run from right to left stay within themselves."""

import re
import shutil
from pathlib import Path

import pytest

from javascript import run_script
from mutants import Mutant
from program import Server
from stand_in import StandIn

CONFERENCES = Path(__file__).parent / "conferences"

SAMPLE = Path(__file__).parent / "sample"

NAMES = [
    "אותיות בתנועה (חלק 1)",
    "لماذا يُكتب الخط من اليمين؟",
    "Unicode und עברית: 3 Fallen!",
    "كتابة بلا نقاط",
    "חדר ירוק",
    "خطوط",
    "אליעזר בן־יהודה",
    "نجيب محفوظ",
    "مدخل قصير",
]
"""What in the conference runs from right to left."""

PAGES = [
    "", "talks/HEBR02/", "talks/ARAB03/", "talks/MIXT04/", "talks/CANC05/", "speakers/jurgen-weiss/", "my/", "my/hIAf-/",
    "subscribe/", "changes/", "editions/", "embed/", "nirgends/",
]  # fmt: skip

ENGLISH = re.compile(
    r"\b(the|and|with|this|your|all|changes?|subscribe|editions?|programme|talks?|speakers?|rooms?|days?|tracks?|add|show|hide"
    r"|search|cancelled|starts?|ends?|until|copy|download|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|March)\b",
    re.IGNORECASE,
)

NAMES_OF_THINGS = re.compile(r"\bDownload\b|https?://\S+|<[^>]*>|\S+\.(ics|rss|atom|json|xml)\b")
"""What is the same in both languages, and what is code."""


@pytest.fixture(scope="module")
def server(handbill, tmp_path_factory):
    folder = tmp_path_factory.mktemp("languages")
    shutil.copytree(CONFERENCES, folder / "data")
    with Server(handbill, folder / "data", folder / "state") as server:
        yield server


@pytest.fixture(scope="module")
def reports(server):
    base = f"http://127.0.0.1:{server.site.port}/"
    speaker = next(link for link in speakers(server) if "wei" in link)
    pages = [page if not page.startswith("speakers/") else speaker for page in PAGES]
    urls = [base, *(f"{base}schriftentage/{page}" for page in pages)]
    found = run_script("languages.mjs", {"pages": urls, "names": NAMES})
    return {report["url"].removeprefix(base): report for report in found}


def speakers(server):
    """The pages of the speakers, by the feeds that stand beside them."""
    text = server.site.ask("/schriftentage/feeds.opml").content.decode()
    return [f"speakers/{slug}/" for slug in sorted(set(re.findall(r"/speakers/([^/\"]+?)\.", text)))]


def test_every_page_says_that_it_is_german(reports):
    assert {path: report["lang"] for path, report in reports.items() if report["lang"] != "de"} == {}


def test_own_words_are_german(reports):
    """No English sentence of handbill's own stands on a German page."""
    found = []
    for path, report in reports.items():
        for language, text in report["texts"]:
            own = NAMES_OF_THINGS.sub("", text)
            if ENGLISH.search(own):
                found.append(f"{path}: {language}: {text[:100]}")
    assert not found, "\n".join(found)


def test_dates_are_written_as_germans_write_them(reports):
    home, programme = (" ".join(text for _, text in reports[path]["texts"]) for path in ("", "schriftentage/"))
    assert re.search(r"5\. ?– ?7\. März 2027", home), home
    assert "März" in programme and "March" not in programme
    assert re.search(r"\b(Freitag|Fr)\b", programme), programme


def test_titles_from_right_to_left_take_no_neighbour_along(reports):
    found = [f"{path}: {fault}" for path, report in reports.items() for fault in report["faults"]]
    assert not found, "\n".join(found)


def test_titles_from_right_to_left_are_on_their_pages(reports):
    for path, name in (("talks/HEBR02/", NAMES[0]), ("talks/ARAB03/", NAMES[1]), ("", NAMES[2])):
        assert name in [text for _, text in reports[f"schriftentage/{path}"]["texts"]], f"{path}: {name}"


PAGE = "gathering/index.html"

TITLE = "When the clocks go back"

MUTANTS = [
    Mutant("bidi", "a title without isolation", PAGE, f">{TITLE}</a>", f">{NAMES[1]}</a>, 10:00 (1)"),
    Mutant("bidi", "a title and a time in one", PAGE, f">{TITLE}</a>", f"><bdi>{NAMES[1]}, 10:00</bdi></a>"),
]


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_fault_is_found(mutant, tmp_path):
    shutil.copytree(SAMPLE, tmp_path / "sample")
    mutant.apply(tmp_path / "sample")
    # The sample's links are boxes of their own; those in a text are not.
    page = tmp_path / "sample" / PAGE
    page.write_text(page.read_text().replace("display: inline-block", "display: inline"))
    with StandIn(tmp_path / "sample") as server:
        url = f"http://127.0.0.1:{server.port}/gathering/"
        [report] = run_script("languages.mjs", {"pages": [url], "names": NAMES})
    assert report["faults"], f"not noticed: {mutant.fault}"
