"""A running server, asked over a socket with exactly the headers that a client sends."""

import gzip
import http.client
import re

import brotli
import zstandard

from check import Finding
from folder import APPS
from page_rules import Page

DECODERS = {
    None: lambda body: body,
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body),
}


class Answer:
    """What the server sent."""

    def __init__(self, response, asked):
        self.asked = asked
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    def __getitem__(self, name):
        """All values of a header as one, None when it was not sent."""
        values = self.headers.get_all(name)
        return None if values is None else ", ".join(values)

    def tokens(self, name):
        """The members of a header's list, in lower case."""
        return {token.strip().lower() for token in (self[name] or "").split(",") if token.strip()}

    @property
    def content(self):
        return DECODERS[self["Content-Encoding"]](self.body)

    def finding(self, message):
        return Finding(self.asked, message)


class Site:
    """A running server, and where it says it is published."""

    def __init__(self, port, base_url):
        self.port = port
        self.base_url = base_url.rstrip("/")

    def ask(self, path, headers=None, method="GET"):
        """Sends exactly these headers, apart from Host."""
        headers = headers or {}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = Answer(connection.getresponse(), f"{method} {path} {headers or ''}".strip())
        connection.close()
        return answer

    def local(self, url):
        """The path of a URL of this site, None when it belongs to another."""
        if url == self.base_url or url.startswith(self.base_url + "/"):
            return url[len(self.base_url) :].split("#")[0] or "/"
        return None

    def page(self, path):
        """A page as a browser reads it."""
        return Page(Published(self), path)

    @property
    def conferences(self):
        """The paths of the conferences' pages, as the first page links to them."""
        links = {self.local(url) for url in self.page("/").links}
        found = sorted(link for link in links if link and re.fullmatch(r"/[^/]+/", link))
        assert found, f"the page at {self.base_url}/ links to no conference"
        return found

    @property
    def documents(self):
        """One document of each kind."""
        conference = self.conferences[0]
        names = ("schedule.ics", "talks.rss", "talks.atom", "talks.json", *APPS, "feeds.opml", "")
        return ["/"] + [conference + name for name in names]


class Published:
    """A site's pages, to be read like those of a folder."""

    def __init__(self, site):
        self.site = site

    def url(self, path):
        return self.site.base_url + path

    def read(self, path):
        return self.site.ask(path).content
