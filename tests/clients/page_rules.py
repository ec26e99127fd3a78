"""What every page must keep to: plain HTML that works without a script, links that lead somewhere,
subscribe links in the form that each calendar service takes (section 6 of the requirements)."""

import json
import re
from urllib.parse import unquote, urljoin, urlsplit

import html5lib

from check import Checks, Finding

CHECKS = Checks()

FORMATS = {
    "text/calendar": ".ics",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/feed+json": ".json",
    "application/vnd.c3voc.schedule+xml": "schedule.xml",
}
"""What a page offers to programs that look for feeds (W2)."""

SUBSCRIBE = {
    "Google": ("https://calendar.google.com/calendar/r", ["cid"]),
    "Outlook.com": ("https://outlook.live.com/calendar/0/addfromweb", ["url", "name"]),
    "Microsoft 365": ("https://outlook.office.com/calendar/0/addfromweb", ["url", "name"]),
}
"""Where each service takes an address, and the names of its query."""

FULLY_ENCODED = re.compile(r"([A-Za-z0-9._~-]|%[0-9A-F]{2})+")

UNLINKED = ("manifest.webmanifest", "worker.js")
"""What pages load of a conference, and nobody follows a link to."""

LOADED = {
    "img": ("src", "srcset"), "script": ("src",), "iframe": ("src",), "source": ("src", "srcset"), "video": ("src", "poster"),
    "audio": ("src",), "embed": ("src",), "object": ("data",), "track": ("src",), "input": ("src",),
}  # fmt: skip
"""What a browser fetches without being asked."""

LOADED_LINKS = {"stylesheet", "icon", "preload", "prefetch", "preconnect", "dns-prefetch", "modulepreload", "manifest"}


class Page:
    """A page as a browser reads it."""

    def __init__(self, folder, path):
        self.path = path
        self.base = folder.url(path.removesuffix("index.html"))
        self.html = folder.read(path).decode("utf-8")
        parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
        self.root = parser.parse(self.html)
        self.errors = parser.errors

    def finding(self, message):
        return Finding(self.path, message)

    def elements(self, *tags):
        return [element for element in self.root.iter() if element.tag in tags]

    def url(self, address):
        return urljoin(self.base, address)

    @property
    def links(self):
        """The addresses that a person can follow."""
        return [self.url(element.get("href")) for element in self.elements("a") if element.get("href")]


def over_pages(row, behaviour):
    """Registers a check that looks at one page at a time."""

    def register(look):
        def findings(folder):
            for path in folder.ending("html"):
                page = Page(folder, path)
                for message in look(page, folder):
                    yield page.finding(message)

        CHECKS.row(row, behaviour)(findings)
        return look

    return register


def is_subscribe(page, folder):
    """Whether it is the page on which a conference says how to subscribe: its own page where it has no other."""
    own = page.path.split("/")[0] + "/subscribe/index.html"
    return page.path == own if own in folder.paths else is_programme(page)


def is_programme(page):
    """Whether it is the page of a conference: `<conference>/index.html`."""
    return page.path.count("/") == 1 and page.path.endswith("/index.html")


@over_pages("HTML", "a page is HTML without a parse error, in UTF-8, with a language, a title and a viewport")
def is_sound(page, folder):
    for place, code, data in page.errors:
        yield f"line {place[0]}: {code} {data}"
    if not page.html.lower().startswith("<!doctype html>"):
        yield "expected <!doctype html> at the start"
    if not page.root.get("lang"):
        yield "<html> has no lang"
    if not "".join(title.text or "" for title in page.elements("title")).strip():
        yield "no <title>"
    metas = page.elements("meta")
    if [meta.get("charset", "").lower() for meta in metas if meta.get("charset")] != ["utf-8"]:
        yield "no <meta charset=utf-8>"
    if not any("width=device-width" in meta.get("content", "") for meta in metas if meta.get("name") == "viewport"):
        yield "no viewport: unreadable on a phone"
    if len(page.elements("h1")) != 1:
        yield f"{len(page.elements('h1'))} <h1>, expected one"
    for image in page.elements("img"):
        if image.get("alt") is None:
            yield f"<img src={image.get('src')!r}> without alt"
    ids = [element.get("id") for element in page.root.iter() if isinstance(element.tag, str) and element.get("id")]
    for value in {value for value in ids if ids.count(value) > 1}:
        yield f"id {value!r} stands twice"


@over_pages("W2", "a programme page names its feeds to programs, one of each format, at absolute URLs that exist")
def offers_discovery(page, folder):
    alternates = [link for link in page.elements("link") if "alternate" in link.get("rel", "").split()]
    for link in alternates:
        if link.get("type") not in FORMATS:
            continue
        href = link.get("href", "")
        target = folder.path_of(href)
        if target not in folder.paths or not target.endswith(FORMATS[link.get("type")]):
            yield f"<link type={link.get('type')} href={href!r}>, expected the absolute URL of such a document here"
        if not link.get("title"):
            yield f"<link href={href!r}> has no title"
    for media_type in FORMATS if is_programme(page) else ():
        if not any(link.get("type") == media_type for link in alternates):
            yield f"no <link rel=alternate type={media_type}>"


@over_pages("links", "every link to this site leads to a document, and the subscribe page links to every feed")
def leads_somewhere(page, folder):
    for url in page.links:
        target = folder.path_of(url)
        if target is not None and target not in folder.paths and target.strip("/") + "/index.html" not in folder.paths:
            yield f"link to {url}: no such document"
    if not is_subscribe(page, folder):
        return
    linked = {folder.path_of(url) for url in page.links}
    conference = page.path.split("/")[0]
    for path in folder.paths:
        is_offered = path.startswith(conference + "/") and not path.endswith((".html", *UNLINKED))
        if is_offered and "/talks/" not in path and path not in linked:
            yield f"no link to {path}"


@over_pages("Q6", "a subscribe page has a link for each service, its inner address fully encoded")
def subscribes(page, folder):
    if "webcals:" in page.html:
        yield "webcals:, which Safari refuses"
    calendars = {folder.url(path) for path in folder.ending("ics")}
    found = {name: [] for name in (*SUBSCRIBE, "Apple", "copy")}
    for url in page.links:
        for name, (address, keys) in SUBSCRIBE.items():
            if not url.startswith(address + "?"):
                continue
            query = dict(pair.partition("=")[::2] for pair in urlsplit(url).query.split("&"))
            inner = unquote(query.get(keys[0], ""))
            wanted = webcal(inner) if name == "Google" else inner
            source = inner.replace("webcal://", scheme(folder) + "://", 1) if name == "Google" else inner
            if list(query) != keys or not all(FULLY_ENCODED.fullmatch(value) for value in query.values()):
                yield f"{name}: {url}, expected {address}?{'=…&'.join(keys)}=… with everything percent-encoded"
            elif inner != wanted or source not in calendars:
                yield f"{name}: {inner!r} is no calendar here"
            else:
                found[name].append(source)
        if url.startswith("webcal:"):
            source = url.replace("webcal://", scheme(folder) + "://", 1)
            if source not in calendars:
                yield f"Apple: {url!r} is no calendar here"
            found["Apple"].append(source)
    whole = folder.url(page.path.split("/")[0] + "/schedule.ics")
    shown = " ".join(page.root.itertext()) + " ".join(field.get("value", "") for field in page.elements("input"))
    if whole in shown:
        found["copy"].append(whole)
    for name, sources in found.items() if is_subscribe(page, folder) else ():
        if whole not in sources:
            yield f"no way to subscribe to {whole} with {name}"


def scheme(folder):
    return urlsplit(folder.base_url).scheme


def webcal(url):
    return re.sub(r"^https?://", "webcal://", url)


@over_pages("W3", "a page runs the site's own scripts alone and fetches nothing from elsewhere")
def fetches_nothing_foreign(page, folder):
    own = urlsplit(folder.base_url).netloc
    addresses = []
    for element in page.root.iter():
        if not isinstance(element.tag, str):
            continue
        for name in LOADED.get(element.tag, ()):
            addresses += [part.split()[0] for part in element.get(name, "").split(",") if part.strip()]
        if element.tag == "link" and LOADED_LINKS & set(element.get("rel", "").lower().split()):
            addresses.append(element.get("href", ""))
        is_script = element.tag == "script" and element.get("type") != "application/ld+json"
        script = folder.path_of(page.url(element.get("src", ""))) if is_script else None
        if is_script and not (script or "").startswith("assets/"):
            yield "<script> that is none of the site's own files"
        for name in element.attrib:
            if str(name).startswith("on"):
                yield f"<{element.tag} {name}>: a script on a page that needs none"
        if element.tag == "style" or element.get("style"):
            css = (element.text or "") if element.tag == "style" else element.get("style")
            addresses += re.findall(r"url\(\s*['\"]?([^'\")]+)", css) + re.findall(r"@import\s+['\"]([^'\"]+)", css)
    for address in addresses:
        if not address or address.startswith("data:"):
            continue
        if urlsplit(page.url(address)).netloc != own:
            yield f"fetches {address!r} from elsewhere"
        elif folder.path_of(page.url(address)) not in folder.paths:
            yield f"fetches {address!r}, which is not there"


@over_pages("talks", "the page of all conferences links to each, and a conference's page names every talk")
def shows_everything(page, folder):
    if page.path == "index.html":
        linked = {folder.path_of(url) for url in page.links}
        for conference in folder.conferences:
            if f"{conference}/index.html" not in linked:
                yield f"no link to {conference}/"
    if not is_programme(page):
        return
    shown = " ".join("".join(page.root.itertext()).split())
    for item in json.loads(folder.read(page.path.removesuffix("index.html") + "talks.json"))["items"]:
        # A feed marks a cancelled talk in its title, a page in its own way.
        title = re.sub(r"^cancelled: ", "", item["title"], flags=re.IGNORECASE)
        if " ".join(title.split()) not in shown:
            yield f"the talk {item['title']!r} is not on the page"
