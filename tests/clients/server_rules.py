"""What the server must keep to, asked as real clients ask: sections 5 and 9 of the requirements.

Each check sends requests over a socket and looks at what comes back, header by header. The sections
are those of RFC 9110 unless another is named.
"""

import json
import re
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime, parsedate_to_datetime
from urllib.robotparser import RobotFileParser

from check import Checks, Finding
from feed_rules import xml

CHECKS = Checks()

MEDIA_TYPES = {
    ".ics": ("text/calendar; charset=utf-8",),
    ".rss": ("application/rss+xml; charset=utf-8", "application/rss+xml"),
    ".atom": ("application/atom+xml; charset=utf-8", "application/atom+xml"),
    "/schedule.xml": ("application/vnd.c3voc.schedule+xml; charset=utf-8",),
    "/schedule.json": ("application/json",),
    "/schedule2.json": ("application/json",),
    ".xcal": ("application/calendar+xml; charset=utf-8",),
    ".jcal": ("application/calendar+json; charset=utf-8",),
    ".json": ("application/feed+json; charset=utf-8", "application/feed+json"),
    ".opml": ("text/x-opml; charset=utf-8", "text/x-opml", "application/xml; charset=utf-8", "text/xml; charset=utf-8"),
    "/": ("text/html; charset=utf-8",),
}

CODINGS = ("identity", "gzip", "br")

# What the clients were seen to send.
GOOGLE = {"User-Agent": "Google-Calendar-Importer", "Accept-Encoding": "gzip"}
THUNDERBIRD = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Thunderbird/153.7.0",
    "Accept": "text/calendar,text/plain;q=0.8,*/*;q=0.5",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "Accept-Language": "en-US,en;q=0.5",
    "Cache-Control": "no-cache",
}
EVOLUTION = {"User-Agent": "Evolution/3.46.4", "Accept-Encoding": "gzip, deflate"}
VDIRSYNCER = {"User-Agent": "vdirsyncer/0.19.0", "Accept": "*/*", "Accept-Encoding": "gzip, deflate"}
NEWSBOAT = {"User-Agent": "newsboat/2.21.0", "Accept": "*/*", "Accept-Encoding": "gzip, deflate", "A-IM": "feed"}
RSS_PARSER = {"User-Agent": "rss-parser", "Accept": "application/rss+xml"}

CLIENTS = {
    "Google Calendar": (GOOGLE, ()),
    "Thunderbird": (THUNDERBIRD, ("If-None-Match",)),
    "Evolution": (EVOLUTION, ("If-None-Match",)),
    "vdirsyncer": (VDIRSYNCER, ()),
    "newsboat": (NEWSBOAT, ("If-None-Match", "If-Modified-Since")),
    "rss-parser": (RSS_PARSER, ()),
}
"""Each client's headers, and the conditions that it sends from its second visit on."""

CONDITIONS = {"If-None-Match": "ETag", "If-Modified-Since": "Last-Modified"}


def each_document(row, behaviour):
    """Registers a check that looks at one document of each kind."""

    def register(look):
        def findings(site):
            for path in site.documents:
                yield from look(site, path)

        CHECKS.row(row, behaviour)(findings)
        return look

    return register


def media_type_of(path):
    return next(types for ending, types in MEDIA_TYPES.items() if path.endswith(ending))


@each_document("H18", "a document answers 200 with its media type and charset, and says its length")
def answers(site, path):
    answer = site.ask(path)
    if answer.status != 200:
        yield answer.finding(f"{answer.status}, expected 200")
        return
    if (answer["Content-Type"] or "").lower() not in media_type_of(path):
        yield answer.finding(f"Content-Type {answer['Content-Type']}, expected {media_type_of(path)[0]}")
    if answer["Content-Length"] != str(len(answer.body)) or answer["Transfer-Encoding"]:
        yield answer.finding(f"Content-Length {answer['Content-Length']}, expected {len(answer.body)} (§8.6)")
    if not answer.body:
        yield answer.finding("an empty body")


@each_document("H1", "each coding has a strong ETag of its own and the same content")
def tags_each_coding(site, path):
    answers = {coding: site.ask(path, {"Accept-Encoding": coding}) for coding in CODINGS}
    for coding, answer in answers.items():
        if not re.fullmatch(r'"[!#-~]+"', answer["ETag"] or ""):
            yield answer.finding(f"ETag {answer['ETag']}, expected a strong one (§8.8.3)")
        if (answer["Content-Encoding"] or "identity") != coding:
            yield answer.finding(f"Content-Encoding {answer['Content-Encoding']}, expected {coding}")
        elif answer.content != answers["identity"].content:
            yield answer.finding("other content than without coding")
        if answer["Content-Length"] != str(len(answer.body)):
            yield answer.finding(f"Content-Length {answer['Content-Length']}, expected {len(answer.body)}")
    if len({answer["ETag"] for answer in answers.values()}) != len(CODINGS):
        shown = {coding: answer["ETag"] for coding, answer in answers.items()}
        yield Finding(path, f"ETags {shown}, expected one for each coding (§8.8.3.3)")


@each_document("H2b", "a coding that the client refuses is not sent, whatever it is called first")
def negotiates(site, path):
    for wish, allowed in (
        ("gzip;q=0", {None}),
        ("br;q=0, gzip;q=0.5", {"gzip"}),
        ("gzip;q=0, *;q=0.5", {None, "br", "zstd"}),
        ("GZIP", {"gzip"}),
        ("deflate", {None}),
        ("identity;q=1, *;q=0", {None}),
        ("nonsense;;q=;,", {None}),
        ("", {None}),
    ):
        answer = site.ask(path, {"Accept-Encoding": wish})
        if answer.status != 200 or answer["Content-Encoding"] not in allowed:
            yield answer.finding(f"{answer.status} {answer['Content-Encoding']}, expected 200 in one of {allowed} (§12.5.3)")


@each_document("Q1", "no Accept header changes what a URL answers")
def ignores_accept(site, path):
    plain = site.ask(path)
    for accept in ("application/rss+xml", "text/html", "image/png", "*/*;q=0", "nonsense"):
        answer = site.ask(path, {"Accept": accept})
        if answer.status != 200 or answer.body != plain.body:
            yield answer.finding(f"{answer.status} {answer['Content-Type']}, expected the same as without Accept")


@each_document("Q10", "each client gets 200 first and what it asks for next: 304 to conditions, else the same bytes")
def serves_clients(site, path):
    for client, (headers, conditions) in CLIENTS.items():
        first = site.ask(path, headers)
        sent = {name: first[CONDITIONS[name]] or "" for name in conditions}
        second = site.ask(path, {**headers, **sent})
        if first.status != 200:
            yield first.finding(f"{client} got {first.status}, expected 200")
        elif conditions and second.status != 304:
            yield second.finding(f"{client} got {second.status} on its second visit, expected 304")
        elif not conditions and (second.status, second.body) != (200, first.body):
            yield second.finding(f"{client} got {second.status} on its second visit, expected 200 and the same bytes")
        if "IM" in first.headers or first.status == 226:
            yield first.finding(f"{client} got a delta (RFC 3229)")


@each_document("H3", "If-None-Match: compared weakly, as a list, with *, and before If-Modified-Since")
def heeds_if_none_match(site, path):
    for coding in CODINGS:
        first = site.ask(path, {"Accept-Encoding": coding})
        tag, modified = first["ETag"] or "", first["Last-Modified"] or ""
        other = site.ask(path, {"Accept-Encoding": "gzip" if coding != "gzip" else "identity"})["ETag"] or ""
        opaque = tag.strip('"')
        for sent, expected in (
            (tag, 304),
            (f"W/{tag}", 304),
            (f'"x", {tag}', 304),
            (f'"x",{tag},"y"', 304),
            (f'W/"x" , W/{tag}', 304),
            ("*", 304),
            ('"x"', 200),
            (f'"{opaque}x"', 200),
            (f'"{opaque[:-1]}"', 200),
            ('""', 200),
            # §8.8.3.3: the tag of another coding names other bytes.
            (other, 200),
            (opaque, 200),
            ("garbage", 200),
            ('"unclosed', 200),
            (",,,", 200),
        ):
            answer = site.ask(path, {"Accept-Encoding": coding, "If-None-Match": sent})
            if answer.status != expected:
                yield answer.finding(f"{answer.status}, expected {expected} (§13.1.2)")
        answer = site.ask(path, {"Accept-Encoding": coding, "If-None-Match": '"x"', "If-Modified-Since": modified})
        if answer.status != 200:
            yield answer.finding(f"{answer.status}, expected 200: If-None-Match overrules If-Modified-Since (§13.2.2)")
        answer = site.ask(path, {"Accept-Encoding": coding, "If-None-Match": tag, "If-Modified-Since": OLD})
        if answer.status != 304:
            yield answer.finding(f"{answer.status}, expected 304: If-None-Match overrules If-Modified-Since (§13.2.2)")


OLD = "Sat, 01 Jan 2000 00:00:00 GMT"


@each_document("H5", "If-Modified-Since: in all three forms, to the second; nonsense and the future are ignored")
def heeds_if_modified_since(site, path):
    first = site.ask(path)
    modified = first["Last-Modified"]
    if modified is None:
        yield first.finding("no Last-Modified")
        return
    moment = parsedate_to_datetime(modified)
    later, earlier = moment + timedelta(seconds=1), moment - timedelta(seconds=1)
    future = datetime.now(timezone.utc) + timedelta(days=1)
    for sent, expected in (
        (modified, 304),
        (moment.strftime("%A, %d-%b-%y %H:%M:%S GMT"), 304),
        (f"{moment:%a %b} {moment.day:2} {moment:%H:%M:%S %Y}", 304),
        (format_datetime(later, usegmt=True), 304),
        (format_datetime(earlier, usegmt=True), 200),
        (OLD, 200),
        (format_datetime(future, usegmt=True), 200),
        (moment.isoformat(), 200),
        ("yesterday", 200),
    ):
        answer = site.ask(path, {"If-Modified-Since": sent})
        if answer.status != expected:
            yield answer.finding(f"{answer.status}, expected {expected} (§13.1.3)")


@each_document("H4", "Last-Modified is a past HTTP date, not after Date")
def dates_documents(site, path):
    answer = site.ask(path)
    for name in ("Date", "Last-Modified"):
        if not re.fullmatch(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT", answer[name] or ""):
            yield answer.finding(f"{name} {answer[name]}, expected an IMF-fixdate (§5.6.7)")
            return
    if parsedate_to_datetime(answer["Last-Modified"]) > parsedate_to_datetime(answer["Date"]):
        yield answer.finding(f"Last-Modified {answer['Last-Modified']} after Date {answer['Date']} (§8.8.2.1)")


@each_document("H6", "a 304 has the headers of the 200 that a cache needs, and no body")
def refreshes_caches(site, path):
    for coding in CODINGS:
        full = site.ask(path, {"Accept-Encoding": coding})
        answer = site.ask(path, {"Accept-Encoding": coding, "If-None-Match": full["ETag"] or ""})
        if answer.status != 304:
            yield answer.finding(f"{answer.status}, expected 304")
            continue
        if answer.body or answer["Content-Length"] not in (None, full["Content-Length"]):
            yield answer.finding(f"a body of {len(answer.body)} octets, Content-Length {answer['Content-Length']}")
        for name in ("ETag", "Cache-Control", "Content-Location", "Expires", "Vary", "Link"):
            if answer[name] != full[name]:
                yield answer.finding(f"{name} {answer[name]}, the 200 has {full[name]} (§15.4.5)")
        if answer["Date"] is None:
            yield answer.finding("no Date")


@each_document("H7", "HEAD answers like GET, without the body")
def answers_head(site, path):
    for headers in ({}, {"Accept-Encoding": "gzip"}, {"Accept-Encoding": "br"}):
        got, head = site.ask(path, headers), site.ask(path, headers, "HEAD")
        if head.status != got.status or head.body:
            yield head.finding(f"{head.status} with {len(head.body)} octets, expected {got.status} with none (§9.3.2)")
        ours, theirs = described(head), described(got)
        if ours != theirs:
            odd = sorted({name for name, _ in ours.items() ^ theirs.items()})
            yield head.finding(f"other headers than GET: {odd}")
    tag = site.ask(path)["ETag"] or ""
    head = site.ask(path, {"If-None-Match": tag}, "HEAD")
    if head.status != 304:
        yield head.finding(f"{head.status}, expected 304")


def described(answer):
    """The headers of an answer, without the clock and the connection."""
    names = {name.lower() for name in answer.headers} - {"date", "connection", "keep-alive"}
    return {name: answer[name] for name in names}


@each_document("H8", "another method gets 405 with what is allowed")
def refuses_methods(site, path):
    for method in ("PUT", "POST", "DELETE", "PATCH", "PROPFIND"):
        answer = site.ask(path, {"Content-Length": "0"}, method)
        if answer.status != 405 or not {"get", "head"} <= answer.tokens("Allow"):
            yield answer.finding(f"{answer.status} Allow {answer['Allow']}, expected 405 with GET and HEAD (§15.5.6)")
    answer = site.ask(path, {}, "OPTIONS")
    if answer.status not in (200, 204) or not {"get", "head", "options"} <= answer.tokens("Allow"):
        yield answer.finding(f"{answer.status} Allow {answer['Allow']}, expected 204 with GET, HEAD and OPTIONS (§9.3.7)")


@each_document("H9", "Cache-Control says for how long, and that an old copy may serve in need")
def says_how_to_cache(site, path):
    answer = site.ask(path)
    control = answer["Cache-Control"] or ""
    age = re.search(r"\bmax-age=(\d+)", control)
    if "public" not in answer.tokens("Cache-Control") or not age or not 300 <= int(age[1]) <= 3600:
        yield answer.finding(f"Cache-Control {control!r}, expected public and a max-age of 300 to 3600 (RFC 9111 §4.2)")
    for name in ("stale-while-revalidate", "stale-if-error"):
        if not re.search(rf"\b{name}=\d+", control):
            yield answer.finding(f"Cache-Control {control!r} without {name} (RFC 5861)")


@each_document("H10", "a Range is ignored")
def ignores_range(site, path):
    whole = site.ask(path)
    answer = site.ask(path, {"Range": "bytes=0-9"})
    if answer.status != 200 or answer.body != whole.body:
        yield answer.finding(f"{answer.status} with {len(answer.body)} octets, expected 200 with all (§14.2)")


@each_document("H13", "no cookie, and two answers differ in nothing but Date")
def treats_all_alike(site, path):
    one, two = site.ask(path), site.ask(path, {"Cookie": "a=b", "Referer": "https://example.net/"})
    if "Set-Cookie" in one.headers or "Set-Cookie" in two.headers:
        yield one.finding(f"Set-Cookie {one['Set-Cookie']}")
    if one.body != two.body or described(one) != described(two):
        yield two.finding("another answer to another visitor")


@each_document("H2", "Vary names Accept-Encoding, whatever the answer")
def varies(site, path):
    for headers in ({}, {"Accept-Encoding": "gzip"}, {"If-None-Match": "*"}):
        answer = site.ask(path, headers)
        if "accept-encoding" not in answer.tokens("Vary"):
            yield answer.finding(f"{answer.status} with Vary {answer['Vary']}, expected Accept-Encoding (§12.5.5)")
    answer = site.ask(path + "no-such-document")
    if "accept-encoding" not in answer.tokens("Vary"):
        yield answer.finding(f"{answer.status} with Vary {answer['Vary']}, expected Accept-Encoding (§12.5.5)")


@each_document("H14", "any page may read it: CORS on every answer, and a preflight")
def opens_to_other_origins(site, path):
    origin = {"Origin": "https://example.net"}
    for answer in (
        site.ask(path, origin),
        site.ask(path, {**origin, "If-None-Match": "*"}),
        site.ask(path + "no-such-document", origin),
    ):
        if answer["Access-Control-Allow-Origin"] != "*":
            yield answer.finding(f"Access-Control-Allow-Origin {answer['Access-Control-Allow-Origin']}, expected *")
        missing = {"etag", "last-modified"} - answer.tokens("Access-Control-Expose-Headers")
        if missing:
            yield answer.finding(f"Access-Control-Expose-Headers without {sorted(missing)}")
        if answer["Cross-Origin-Resource-Policy"] != "cross-origin":
            yield answer.finding(f"Cross-Origin-Resource-Policy {answer['Cross-Origin-Resource-Policy']}")
    asked = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "if-none-match"}
    answer = site.ask(path, {**origin, **asked}, "OPTIONS")
    methods, headers = (answer.tokens(f"Access-Control-Allow-{name}") for name in ("Methods", "Headers"))
    if answer.status not in (200, 204) or not {"get", "*"} & methods or not {"if-none-match", "*"} & headers:
        yield answer.finding(f"{answer.status} methods {methods} headers {headers}, expected GET and If-None-Match")
    if answer["Access-Control-Allow-Origin"] != "*":
        yield answer.finding("a preflight without Access-Control-Allow-Origin: *")


@each_document("H15", "browsers are told not to guess, not to tell, and to run nothing")
def restrains_browsers(site, path):
    for answer in (site.ask(path), site.ask(path + "no-such-document")):
        if answer["X-Content-Type-Options"] != "nosniff":
            yield answer.finding(f"X-Content-Type-Options {answer['X-Content-Type-Options']}, expected nosniff")
    answer = site.ask(path)
    if not answer["Referrer-Policy"]:
        yield answer.finding("no Referrer-Policy")
    if "default-src 'none'" not in (answer["Content-Security-Policy"] or ""):
        yield answer.finding(f"Content-Security-Policy {answer['Content-Security-Policy']}, expected default-src 'none'")


@CHECKS.row("Q9", "a calendar is shown, not downloaded, under a name that ends in .ics")
def names_the_file(site):
    for conference in site.conferences:
        answer = site.ask(conference + "schedule.ics")
        if not re.match(r'inline; *filename="?[^";]+\.ics"?', answer["Content-Disposition"] or ""):
            yield answer.finding(f"Content-Disposition {answer['Content-Disposition']}, expected inline with a filename")


@CHECKS.row("H16", "an error is a problem document that says what to do")
def explains_errors(site):
    for path in ("/no-such-conference/schedule.ics", site.conferences[0] + "rooms/no-such-room.rss", "/no-such-page"):
        yield from problem_faults(site.ask(path), 404)
        yield from problem_faults(site.ask(path, {"Accept-Encoding": "gzip, br"}), 404)
        head = site.ask(path, method="HEAD")
        if head.status != 404 or head.body:
            yield head.finding(f"{head.status} with {len(head.body)} octets, expected 404 with none")
    yield from problem_faults(site.ask(site.documents[1], {"Content-Length": "0"}, "POST"), 405)


def problem_faults(answer, status):
    if answer.status != status or not (answer["Content-Type"] or "").startswith("application/problem+json"):
        yield answer.finding(f"{answer.status} {answer['Content-Type']}, expected {status} application/problem+json")
        return
    try:
        problem = json.loads(answer.content)
    except ValueError as error:
        yield answer.finding(f"not JSON: {error}")
        return
    if problem.get("status", status) != status or not problem.get("title") or not problem.get("detail"):
        yield answer.finding(f"{problem}, expected status {status}, title and detail (RFC 9457 §3.1)")
    age = re.search(r"max-age=(\d+)", answer["Cache-Control"] or "")
    if not ({"no-store", "no-cache"} & answer.tokens("Cache-Control") or (age and int(age[1]) <= 300)):
        yield answer.finding(f"Cache-Control {answer['Cache-Control']!r}, expected no-store or a short max-age")


@CHECKS.row("H17", "no request makes the server fail")
def survives_odd_requests(site):
    conference = site.conferences[0]
    for path in (
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        conference + "%00.ics",
        conference + "rooms/%ff.ics",
        conference + "schedule.ics/",
        conference + "rooms//",
        "/" + "a" * 6000,
        "/.handbill/",
    ):
        answer = site.ask(path)
        if not (400 <= answer.status < 500 or answer.status in (301, 308)):
            yield answer.finding(f"{answer.status}, expected an error of the client")
    if site.ask("/").status != 200:
        yield Finding("/", "no longer answers 200")


@CHECKS.row("Q2", "robots.txt lets calendar services fetch every feed")
def lets_robots_in(site):
    answer = site.ask("/robots.txt")
    if answer.status != 200 or not (answer["Content-Type"] or "").startswith("text/plain"):
        yield answer.finding(f"{answer.status} {answer['Content-Type']}, expected 200 text/plain")
        return
    robots = RobotFileParser()
    robots.parse(answer.content.decode().splitlines())
    for agent in ("Googlebot", "Google-Calendar-Importer", "*"):
        for path in site.documents:
            if not robots.can_fetch(agent, path):
                yield answer.finding(f"{agent} may not fetch {path}")


@CHECKS.row("H11", "every URL on the pages and in the OPML answers 200 without a redirect")
def leads_nowhere_else(site):
    urls = set()
    for path in ["/", *site.conferences]:
        page = site.page(path)
        urls.update(page.links)
        urls.update(page.url(link.get("href")) for link in page.elements("link") if link.get("href"))
    for conference in site.conferences:
        outlines = xml(site.ask(conference + "feeds.opml").content).iter("outline")
        urls.update(outline.get("xmlUrl") for outline in outlines if outline.get("xmlUrl"))
    paths = sorted(path for path in map(site.local, urls) if path)
    for path in paths:
        answer = site.ask(path)
        if answer.status != 200:
            yield answer.finding(f"{answer.status}, expected 200: it is offered")
    if len(paths) < len(site.documents):
        yield Finding("/", f"only {len(paths)} URLs are offered: {paths}")


@CHECKS.row("ops", "/healthz, /readyz and /metrics answer")
def tells_the_operator(site):
    for path, wanted in (("/healthz", None), ("/readyz", None), ("/metrics", r"^# TYPE \w+")):
        answer = site.ask(path)
        if answer.status != 200 or not answer.body:
            yield answer.finding(f"{answer.status} with {len(answer.body)} octets, expected 200 with a body")
        elif wanted and not re.search(wanted, answer.content.decode(), re.MULTILINE):
            yield answer.finding("no metric in it")
