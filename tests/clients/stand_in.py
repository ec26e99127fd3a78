"""A small server of the sample that keeps to every row, and can be told to break one.

It shows that the checks of `server_rules.py` can fail. It is no model for handbill: it reads the
whole sample at the start and knows nothing else.
"""

import gzip
import hashlib
import json
import re
import threading
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import brotli

MEDIA_TYPES = {
    "ics": "text/calendar; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json",
    "schedule.xml": "application/vnd.c3voc.schedule+xml; charset=utf-8",
    "schedule.json": "application/json",
    "schedule2.json": "application/json",
    "xcal": "application/calendar+xml; charset=utf-8",
    "jcal": "application/calendar+json; charset=utf-8",
    "opml": "text/x-opml; charset=utf-8",
    "html": "text/html; charset=utf-8",
}


def media_type(file):
    return MEDIA_TYPES.get(file.name) or MEDIA_TYPES[file.suffix[1:]]


MODIFIED = datetime(2026, 1, 10, 8, tzinfo=timezone.utc)

ENCODERS = {"br": brotli.compress, "gzip": lambda data: gzip.compress(data, mtime=0), "identity": lambda data: data}

COMMON = {
    "Vary": "Accept-Encoding",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; style-src 'self' 'unsafe-inline'",
}

DEFECTS = {
    "H18": ["a calendar as plain text", "a chunked body"],
    "H1": ["one ETag for all codings", "a weak ETag"],
    "H2b": ["gzip although refused"],
    "Q1": ["406 to an unknown Accept"],
    "Q10": ["no 304"],
    "H3": ["tags compared as a whole", "any tag matches", "dates before tags", "400 to a garbled tag"],
    "H5": ["one form of date", "dates compared as texts", "the future is believed", "no Last-Modified"],
    "H4": ["modified now and a bit"],
    "H6": ["304 without Cache-Control", "304 without Vary"],
    "H7": ["404 to HEAD", "HEAD without length"],
    "H8": ["200 to PUT", "405 without Allow"],
    "H9": ["no Cache-Control"],
    "H10": ["a range"],
    "H13": ["a cookie", "a body of the moment"],
    "H2": ["Vary on coded answers alone", "404 without Vary"],
    "H14": ["no CORS", "a preflight for GET alone"],
    "H15": ["no nosniff", "no CSP"],
    "Q9": ["a calendar to download"],
    "H16": ["an error in HTML", "an error for a day"],
    "H17": ["500 to a strange path"],
    "Q2": ["no robots", "robots shut out"],
    "H11": ["a redirect"],
    "ops": ["not ready"],
}
"""What can be broken, by the row that has to notice it."""


class StandIn(ThreadingHTTPServer):
    """Serves a folder of documents on a free port until it is closed."""

    daemon_threads = True

    def __init__(self, root, defect=None):
        super().__init__(("127.0.0.1", 0), Handler)
        self.defect = defect
        root = Path(root)
        self.documents = {}
        for file in root.rglob("*"):
            if file.is_file():
                path = "/" + file.relative_to(root).as_posix()
                self.documents[path.removesuffix("index.html")] = (media_type(file), file.read_bytes())
        for path in ("/healthz", "/readyz"):
            self.documents[path] = ("text/plain", b"ok\n")
        self.documents["/metrics"] = ("text/plain", b"# TYPE requests counter\nrequests_total 1\n# EOF\n")
        self.documents["/robots.txt"] = ("text/plain", b"User-agent: *\nAllow: /\n")
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def has(self, defect):
        return self.server.defect == defect

    def __getattr__(self, name):
        """Every method is answered, also those that http.server does not know."""
        if name.startswith("do_"):
            return self.answer
        raise AttributeError(name)

    def answer(self):
        """The whole decision, in the order of RFC 9110 §13.2.2."""
        found = self.server.documents.get(self.path)
        if self.command == "OPTIONS":
            methods = "GET, HEAD, OPTIONS"
            wishes = "Accept" if self.has("a preflight for GET alone") else "If-None-Match, If-Modified-Since"
            allowed = {"Access-Control-Allow-Methods": methods, "Access-Control-Allow-Headers": wishes}
            return self.send(204, {**COMMON, **allowed, "Allow": methods}, None)
        if self.has("404 to HEAD") and self.command == "HEAD":
            return self.problem(404)
        if found is None:
            return self.problem(500 if self.has("500 to a strange path") and "%" in self.path else 404)
        if self.has("not ready") and self.path == "/readyz":
            return self.problem(503)
        if self.has("no robots") and self.path == "/robots.txt":
            return self.problem(404)
        if self.command not in ("GET", "HEAD"):
            return self.send(200, COMMON, b"") if self.has("200 to PUT") else self.problem(405)
        if self.has("406 to an unknown Accept") and "image" in self.headers.get("Accept", ""):
            return self.problem(406)
        if self.has("a redirect") and self.path.endswith(".atom"):
            return self.send(301, {**COMMON, "Location": self.path + "?"}, b"")
        return self.document(*found)

    def document(self, media_type, content):
        coding = self.coding()
        if self.has("a body of the moment"):
            content += datetime.now(timezone.utc).isoformat().encode()
        if self.has("robots shut out"):
            content = content.replace(b"Allow", b"Disallow")
        if self.has("a calendar as plain text"):
            media_type = media_type.replace("text/calendar", "text/plain")
        body = ENCODERS[coding](content)
        tag = '"' + hashlib.sha256(content if self.has("one ETag for all codings") else body).hexdigest()[:16] + '"'
        if self.has("a weak ETag"):
            tag = "W/" + tag
        headers = {
            **COMMON,
            "Content-Type": media_type,
            "ETag": tag,
            "Last-Modified": format_datetime(self.modified(), usegmt=True),
            "Cache-Control": "public, max-age=300, stale-while-revalidate=3600, stale-if-error=86400",
        }
        if coding != "identity":
            headers["Content-Encoding"] = coding
        elif self.has("Vary on coded answers alone"):
            del headers["Vary"]
        if "calendar" in media_type:
            kind = "attachment" if self.has("a calendar to download") else "inline"
            headers["Content-Disposition"] = f'{kind}; filename="schedule.ics"'
        if self.has("a cookie"):
            headers["Set-Cookie"] = "visitor=1"
        for name, defect in (
            ("Cache-Control", "no Cache-Control"),
            ("Last-Modified", "no Last-Modified"),
            ("Access-Control-Allow-Origin", "no CORS"),
            ("X-Content-Type-Options", "no nosniff"),
            ("Content-Security-Policy", "no CSP"),
        ):
            if self.has(defect):
                del headers[name]
        if self.has("400 to a garbled tag") and "garbage" in self.headers.get("If-None-Match", ""):
            return self.problem(400)
        if self.is_fresh(tag) and not self.has("no 304"):
            return self.not_modified(headers)
        if self.has("a range") and "Range" in self.headers:
            return self.send(206, headers, body[:10])
        return self.send(200, headers, body)

    def not_modified(self, headers):
        kept = {name: value for name, value in headers.items() if not name.startswith("Content-") or "Security" in name}
        for name in ("Cache-Control", "Vary"):
            if self.has(f"304 without {name}"):
                del kept[name]
        self.send(304, kept, None)

    def modified(self):
        return datetime.now(timezone.utc) + timedelta(hours=1) if self.has("modified now and a bit") else MODIFIED

    def coding(self):
        """The best of what the client takes (RFC 9110 §12.5.3)."""
        weights = {}
        for member in self.headers.get("Accept-Encoding", "").split(","):
            name, _, weight = member.strip().lower().partition(";q=")
            if name and re.fullmatch(r"(\d(\.\d+)?)?", weight):
                weights[name] = float(weight or 1)
        if self.has("gzip although refused") and "gzip" in weights:
            return "gzip"
        for coding in ("br", "gzip"):
            if weights.get(coding, weights.get("*", 0)) > 0:
                return coding
        return "identity"

    def is_fresh(self, tag):
        wanted, since = self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since")
        if wanted is not None and not (self.has("dates before tags") and since):
            if self.has("tags compared as a whole"):
                return wanted == tag
            if self.has("any tag matches"):
                return True
            tags = re.findall(r'(?:W/)?("[^"]*")', wanted)
            return wanted.strip() == "*" or tag.removeprefix("W/") in tags
        return since is not None and self.is_since(since)

    def is_since(self, since):
        if self.has("dates compared as texts"):
            return since == format_datetime(MODIFIED, usegmt=True)
        forms = ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %d %H:%M:%S %Y"]
        for form in forms[:1] if self.has("one form of date") else forms:
            try:
                moment = datetime.strptime(since, form).replace(tzinfo=timezone.utc)
            except ValueError:
                continue
            is_future = moment > datetime.now(timezone.utc) and not self.has("the future is believed")
            return moment >= MODIFIED and not is_future
        return False

    def problem(self, status):
        problem = {"status": status, "title": "Not here", "detail": "Look at / for what is."}
        headers = {**COMMON, "Content-Type": "application/problem+json", "Cache-Control": "no-store"}
        if status == 405 and not self.has("405 without Allow"):
            headers["Allow"] = "GET, HEAD, OPTIONS"
        if self.has("an error in HTML"):
            headers["Content-Type"] = "text/html; charset=utf-8"
        if self.has("an error for a day"):
            headers["Cache-Control"] = "max-age=86400"
        if self.has("404 without Vary"):
            del headers["Vary"]
        self.send(status, headers, json.dumps(problem).encode())

    def send(self, status, headers, body):
        """A body of None: an answer that has none, not even a length."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        is_chunked = self.has("a chunked body") and body and self.command == "GET"
        if is_chunked:
            self.send_header("Transfer-Encoding", "chunked")
        elif body is not None and not (self.has("HEAD without length") and self.command == "HEAD"):
            self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        if body and self.command != "HEAD":
            self.wfile.write(b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body) if is_chunked else body)
        self.close_connection = True
