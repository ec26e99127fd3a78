"""Rules for HTML inside feeds: safe to show, and every address complete."""

import re
from urllib.parse import urlsplit

import html5lib

ADDRESSES = {"href", "src", "poster", "data", "action", "formaction", "cite", "longdesc"}

FORBIDDEN = {
    "script", "style", "iframe", "object", "embed", "form", "input", "button", "textarea", "select", "link", "meta",
    "base", "svg", "math", "applet", "frame", "frameset",
}  # fmt: skip

SCHEMES = {"http", "https", "mailto", "tel"}


def fragment(html):
    """The elements of a piece of HTML, as a browser reads it."""
    return html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)


def content_faults(html):
    """What a feed reader must not be given (R6, R13)."""
    for element in fragment(html).iter():
        if not isinstance(element.tag, str):
            continue
        tag = element.tag.split("}")[-1].lower()
        if tag in FORBIDDEN:
            yield f"<{tag}> in the content"
        for name, value in element.attrib.items():
            name = str(name).lower()
            if name.startswith("on") or name == "style":
                yield f"<{tag} {name}> in the content"
            if name in ADDRESSES and urlsplit(value.strip()).scheme.lower() not in SCHEMES:
                yield f"<{tag} {name}={value!r}>, expected an absolute address"
            if name == "srcset":
                for candidate in re.split(r",\s+", value):
                    if urlsplit(candidate.strip()).scheme not in ("http", "https"):
                        yield f"<{tag} srcset={value!r}>, expected absolute addresses"


def is_web_url(text):
    """Whether a text is an absolute http or https URL without blanks."""
    parts = urlsplit(text or "")
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not re.search(r"[^!-~]", text)
