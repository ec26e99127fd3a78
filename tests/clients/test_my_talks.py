"""Talks that a visitor chooses: from the star to the calendar, and through what becomes of them."""

import struct
import zlib
from urllib.parse import quote

import icalendar
import pytest
import zxingcpp

from javascript import run_script
from program import BASE_URL, Server, wait_until

CONFERENCE = """
name = "Night School"
slug = "night"
time_zone = "Europe/Berlin"
language = "en"
authority = "example.org,2026"
days = [2027-03-05]
updated = 2026-11-20T09:00:00Z

[[rooms]]
name = "Hall"

[[rooms]]
name = "Attic"
"""

TALKS = {
    "BREAD": ("How bread rises", "Hall", "10:00", "10:45"),
    "CLOUD": ("Clouds over the sea", "Attic", "10:30", "11:15"),
    "STONE": ("What stones remember", "Hall", "13:00", "13:45"),
    "WATER": ("Water finds a way", "Attic", "14:00", "14:45"),
}


def write(folder, talks):
    """Writes the conference with these talks."""
    text = CONFERENCE
    for code, (title, room, start, end) in talks.items():
        text += f'\n[[talks]]\ncode = "{code}"\ntitle = "{title}"\n'
        text += f"slots = [{{ start = 2027-03-05T{start}:00, end = 2027-03-05T{end}:00, room = \"{room}\" }}]\n"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "conference.toml").write_text(text)


@pytest.fixture
def server(handbill, tmp_path):
    write(tmp_path / "data/night", TALKS)
    with Server(handbill, tmp_path / "data", tmp_path / "state") as server:
        server.data = tmp_path / "data/night"
        server.home = f"http://127.0.0.1:{server.site.port}/night/"
        yield server


@pytest.fixture
def walk(tmp_path):
    """Walks as one visitor, whose browser remembers, unless another name is given."""

    def walked(*steps, visitor="visitor", **options):
        seen = run_script("walk.mjs", {"profile": str(tmp_path / visitor), "steps": steps, **options})
        assert seen.pop("messages") == []
        return seen

    return walked


def star(title):
    return f'button.star[aria-label$="{title}"]'


def choose(server, *codes):
    yield ["go", server.home]
    for code in codes:
        yield ["click", star(TALKS[code][0])]


LISTED = ["read", "titles", "main .talk .title"]

OWN_LIST = ["await", "/\\/my\\/[\\w-]+\\/$/.test(location.pathname)"]


def events(server, path):
    """The events of a calendar by their titles."""
    answer = server.site.ask(path)
    assert answer.status == 200, answer.status
    calendar = icalendar.Calendar.from_ical(answer.content)
    return {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}


def path_of(url):
    return "/" + url.split("/", 3)[3]


def test_stars_are_kept_listed_and_subscribed_to(server, walk):
    seen = walk(
        *choose(server, "BREAD", "STONE", "WATER"),
        ["go", server.home],
        ["ask", "pressed", "[...document.querySelectorAll('.star[aria-pressed=true]')].map((s) => s.ariaLabel)"],
        ["ask", "cookies", "document.cookie"],
        ["read", "way", ".my-bar"],
        ["click", ".my-bar"],
        OWN_LIST,
        LISTED,
        ["read", "address", "#page\\:calendar"],
    )
    chosen = [TALKS[code][0] for code in ("BREAD", "STONE", "WATER")]
    assert [label.removeprefix("Add to my talks: ") for label in seen["pressed"]] == chosen
    assert seen["way"] == ["My talks (3)"]
    assert seen["cookies"] == ""
    assert seen["titles"] == chosen
    assert seen["address"] == [BASE_URL + path_of(seen["url"]).rstrip("/") + ".ics"]
    assert set(events(server, path_of(seen["address"][0]))) == set(chosen)


def test_a_choice_survives_removal_move_and_new_title(server, walk):
    seen = walk(*choose(server, "BREAD", "STONE", "WATER"), ["click", ".my-bar"], OWN_LIST)
    page = path_of(seen["url"])
    calendar = page.rstrip("/") + ".ics"
    before = {event["UID"] for event in events(server, calendar).values()}
    changed = {
        "CLOUD": TALKS["CLOUD"],
        "STONE": ("What stones remember", "Attic", "16:00", "16:45"),
        "WATER": ("Water never forgets", "Attic", "14:00", "14:45"),
    }
    write(server.data, changed)
    wait_until(lambda: "Water never forgets" in events(server, calendar), "the new title")
    after = events(server, calendar)
    assert {event["UID"] for event in after.values()} == before
    assert after["CANCELLED: How bread rises"]["STATUS"] == "CANCELLED"
    assert after["What stones remember"]["DTSTART"].dt.hour == 16
    # Browsers keep a page for five minutes.
    seen = walk(["go", server.home + "my/"], OWN_LIST, ["reload"], LISTED, ["read", "facts", "main .talk article"])
    assert path_of(seen["url"]) == page
    assert seen["titles"] == ["How bread rises", "Water never forgets", "What stones remember"]
    assert "Cancelled" in seen["facts"][0]
    assert "Moved: was Fri 5 Mar, 13:00–13:45 CET, Hall" in seen["facts"][2]
    changes = server.site.ask(page + "changes.atom").content.decode()
    for sentence in ("Cancelled: How bread rises", "Moved: What stones remember", "Water never forgets"):
        assert sentence in changes
    assert "Clouds over the sea" not in changes


def test_overlaps_are_warned_of(server, walk):
    warned = walk(*choose(server, "BREAD", "CLOUD"), ["click", ".my-bar"], OWN_LIST, ["read", "rows", ".clashes li"])
    assert warned["rows"] == ["How bread rises and Clouds over the sea"]
    calm = walk(
        *choose(server, "BREAD", "STONE"),
        ["click", ".my-bar"],
        OWN_LIST,
        ["read", "rows", ".clashes li"],
        visitor="another",
    )
    assert calm["rows"] == []


def test_a_talk_is_chosen_and_removed_by_keyboard_alone(server, walk):
    stone = star(TALKS["STONE"][0])
    seen = walk(
        ["go", server.home],
        ["tab to", stone],
        ["press", "Space"],
        ["ask", "pressed", f"document.querySelector('{stone}').ariaPressed"],
        ["ask", "outline", "getComputedStyle(document.activeElement).outlineStyle"],
        ["tab to", ".my-bar"],
        ["press", "Enter"],
        OWN_LIST,
        LISTED,
        ["tab to", ".remove"],
        ["press", "Enter"],
        ["await", "location.pathname.endsWith('/my/')"],
        ["read", "empty", "main h2"],
    )
    assert seen["pressed"] == "true" and seen["outline"] != "none"
    assert seen["titles"] == ["What stones remember"]
    assert seen["empty"] == ["Nothing is chosen yet"]


def test_somebody_elses_talks_are_adopted_only_when_asked_to(server, walk):
    theirs = walk(*choose(server, "BREAD"), ["click", ".my-bar"], OWN_LIST)["url"]
    offers = ["read", "offers", "#page\\:foreign button"]
    removable = ["read", "removable", ".remove"]
    fresh = walk(["go", theirs], offers, removable, visitor="fresh")
    assert (fresh["offers"], fresh["removable"]) == (["Keep them as my talks"], [])
    kept = walk(["go", theirs], ["click", "[data-my=adopt]"], offers, removable, LISTED, visitor="fresh")
    assert (kept["offers"], kept["removable"]) == ([], ["Remove"])
    other = walk(*choose(server, "WATER"), ["go", theirs], offers, LISTED, visitor="other")
    assert other["offers"] == ["Add them to my talks", "Replace my talks by them", "Show my talks"]
    assert other["titles"] == ["How bread rises"]
    both = walk(
        ["go", theirs], ["click", "[data-my=merge]"], ["await", f"location.href !== '{theirs}'"], LISTED, offers, visitor="other"
    )
    assert (both["titles"], both["offers"]) == (["How bread rises", "Water finds a way"], [])


def test_tabs_keep_in_step(server, walk):
    pressed = f"document.querySelector('{star(TALKS['WATER'][0])}').ariaPressed === 'true'"
    seen = walk(
        ["go", server.home],
        ["tab", 1],
        *choose(server, "WATER"),
        ["tab", 0],
        ["await", pressed],
        ["read", "way", ".my-bar"],
    )
    assert seen["way"] == ["My talks (1)"]


def test_a_browser_that_keeps_nothing_carries_the_choice_in_the_address(server, walk):
    seen = walk(
        *choose(server, "BREAD", "WATER"),
        ["ask", "address", "location.search"],
        ["click", ".my-bar"],
        OWN_LIST,
        LISTED,
        ["click", ".remove >> nth=0"],
        ["await", "document.querySelectorAll('.remove').length === 1"],
        ["read", "left", "main .talk .title"],
        visitor="private",
        forgets=True,
    )
    assert seen["address"].startswith("?my=")
    assert seen["titles"] == ["How bread rises", "Water finds a way"]
    assert seen["left"] == ["Water finds a way"]


def grey(path):
    """The pixels of a picture as rows of grey values (PNG, ISO/IEC 15948; eight bits, no interlace)."""
    data = path.read_bytes()
    place, packed = 8, b""
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        kind, content = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colours = struct.unpack(">IIBB", content[:10])
        if kind == b"IDAT":
            packed += content
        place += length + 12
    assert depth == 8 and colours in (2, 6), (depth, colours)
    step = 3 if colours == 2 else 4
    raw, before, rows = zlib.decompress(packed), bytearray(width * step), []
    for start in range(0, len(raw), width * step + 1):
        row = bytearray(raw[start + 1 : start + 1 + width * step])
        for i, value in enumerate(row):
            left = row[i - step] if i >= step else 0
            corner = before[i - step] if i >= step else 0
            row[i] = (value + predicted(raw[start], left, before[i], corner)) % 256
        rows.append(bytes(row[1::step]))
        before = row
    return memoryview(b"".join(rows)).cast("B", shape=[height, width])


def predicted(filter_type, left, above, corner):
    """What a filter of PNG expects of a byte (§9.2)."""
    if filter_type == 4:
        nearest = left + above - corner
        return min((left, above, corner), key=lambda value: abs(nearest - value))
    return (0, left, above, (left + above) // 2)[filter_type]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_phone_reads_the_code(server, walk, tmp_path, dark):
    picture = tmp_path / "code.png"
    seen = walk(
        *choose(server, "BREAD", "STONE", "WATER"),
        ["click", ".my-bar"],
        OWN_LIST,
        ["picture", str(picture), "svg.qr"],
        ["ask", "name", "document.querySelector('svg.qr').ariaLabel"],
        dark=dark,
    )
    codes = zxingcpp.read_barcodes(grey(picture))
    assert [code.text for code in codes] == [BASE_URL + path_of(seen["url"])]
    assert seen["name"] == "QR code with the address of this list"


def test_the_subscribe_page_is_of_the_selection(server, walk, tmp_path):
    picture = tmp_path / "code.png"
    seen = walk(
        ["go", server.home + "subscribe/?room=attic"],
        ["click", "form.wishes select[name=alarm]"],
        ["ask", "chosen", "document.querySelector('select[name=alarm]').value = '15'"],
        ["click", "form.wishes button"],
        ["await", "location.search.includes('alarm=15')"],
        ["read", "address", "#page\\:calendar"],
        ["ask", "links", "[...document.querySelectorAll('.clients a.button')].map((link) => link.href)"],
        ["click", "#page\\:preview summary"],
        ["read", "held", ".held li"],
        ["picture", str(picture), "svg.qr"],
    )
    calendar = f"{BASE_URL}/night/schedule.ics?room=attic&alarm=15"
    assert seen["address"] == [calendar]
    inner = quote(calendar, safe="")
    assert any(link.endswith(quote("webcal" + calendar.removeprefix("https"), safe="")) for link in seen["links"])
    assert any(f"?url={inner}&name=" in link for link in seen["links"])
    titles = [TALKS[code][0] for code in ("CLOUD", "WATER")]
    assert [row.split("\n")[-1] for row in seen["held"]] == titles
    assert set(events(server, path_of(calendar))) == set(titles)
    codes = zxingcpp.read_barcodes(grey(picture))
    assert [code.text for code in codes] == [f"{BASE_URL}/night/subscribe/?room=attic&alarm=15"]


def test_an_address_is_copied(server, walk):
    seen = walk(
        ["go", server.home + "subscribe/"],
        ["click", ".copy"],
        ["await", "document.querySelector('.copied output').textContent === 'Copied'"],
        ["ask", "pasted", "navigator.clipboard.readText()"],
    )
    assert seen["pasted"] == f"{BASE_URL}/night/schedule.ics"
