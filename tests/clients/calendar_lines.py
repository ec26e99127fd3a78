"""Reads a calendar as RFC 5545 §3.1 writes it, and remembers the line that each thing stands on.

Ours on purpose: every parser we know forgives faults that make some calendar program drop the
file, and none tells the line. It reads what it can and keeps what it could not in `faults`.
"""

import re
from dataclasses import dataclass, field

from check import Finding

NAME = r"[A-Za-z0-9-]+"
PARAMETER_VALUE = r'(?:"[^"\x00-\x08\x0a-\x1f\x7f]*"|[^";:,\x00-\x08\x0a-\x1f\x7f]*)'
PARAMETER = re.compile(rf";({NAME})=({PARAMETER_VALUE}(?:,{PARAMETER_VALUE})*)")
START = re.compile(NAME)


@dataclass(frozen=True)
class Line:
    """A content line, unfolded."""

    number: int
    """Of the first of its physical lines, from 1."""
    name: str
    parameters: tuple
    """Pairs of name and raw values, quotes included."""
    value: str

    def parameter(self, name):
        for key, value in self.parameters:
            if key == name:
                return value.strip('"')
        return None


@dataclass
class Component:
    """What stands between a BEGIN and its END."""

    name: str
    number: int
    lines: list = field(default_factory=list)
    children: list = field(default_factory=list)

    def all(self, name):
        return [line for line in self.lines if line.name == name]

    def line(self, name):
        found = self.all(name)
        return found[0] if found else None

    def value(self, name):
        line = self.line(name)
        return line.value if line else None

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()


class Calendar:
    """A calendar file."""

    def __init__(self, path, data):
        self.path = path
        self.data = data
        self.faults = []
        self.root = Component("", 1)
        self.unfolded = list(self._unfold())
        self._nest()
        if len(self.root.children) == 1:
            self.root = self.root.children[0]

    def finding(self, number, message):
        return Finding(f"{self.path}:{number}", message)

    @property
    def physical(self):
        """Its lines as they stand in the file, numbered, each with its line end."""
        return enumerate(_split(self.data), start=1)

    @property
    def events(self):
        return [child for child in self.root.children if child.name == "VEVENT"]

    @property
    def zones(self):
        return [child for child in self.root.children if child.name == "VTIMEZONE"]

    def _unfold(self):
        """The content lines with the numbers that they start on."""
        start, text = None, b""
        for number, line in self.physical:
            line = line.removesuffix(b"\n").removesuffix(b"\r")
            if line[:1] in (b" ", b"\t") and start is not None:
                text += line[1:]
                continue
            if start is not None:
                yield start, text.decode("utf-8", "replace")
            start, text = number, line
        if start is not None:
            yield start, text.decode("utf-8", "replace")

    def _nest(self):
        open_components = [self.root]
        for number, text in self.unfolded:
            if text == "":
                continue
            line = self._content_line(number, text)
            if line is None:
                continue
            if line.name == "BEGIN":
                component = Component(line.value, number)
                open_components[-1].children.append(component)
                open_components.append(component)
            elif line.name == "END":
                expected = open_components[-1].name
                if line.value != expected:
                    self.faults.append(self.finding(number, f"END:{line.value}, expected END:{expected}"))
                if len(open_components) > 1:
                    open_components.pop()
            else:
                open_components[-1].lines.append(line)
        for component in open_components[1:]:
            self.faults.append(self.finding(component.number, f"BEGIN:{component.name} has no END"))

    def _content_line(self, number, text):
        name = START.match(text)
        at = name.end() if name else 0
        parameters = []
        while match := PARAMETER.match(text, at):
            parameters.append((match[1].upper(), match[2]))
            at = match.end()
        if not name or text[at : at + 1] != ":":
            self.faults.append(self.finding(number, f"not a content line: {text[:60]!r}"))
            return None
        return Line(number, name[0].upper(), tuple(parameters), text[at + 1 :])


def _split(data):
    """Lines by LF alone: splitlines would also take a form feed or a lone CR for a line end."""
    lines = data.split(b"\n")
    last = lines.pop()
    return [line + b"\n" for line in lines] + ([last] if last else [])


def text_of(value):
    """A TEXT value without its escapes (RFC 5545 §3.3.11)."""
    return re.sub(r"\\([\\;,nN])", lambda match: {"n": "\n", "N": "\n"}.get(match[1], match[1]), value)
