"""Documents with one fault each, made from the sample: they show that every check can fail."""

from typing import NamedTuple

CALENDAR = "gathering/schedule.ics"
RSS = "gathering/talks.rss"
ATOM = "gathering/talks.atom"
JSON = "gathering/talks.json"
OPML = "gathering/feeds.opml"
SCHEDULE = "gathering/schedule.xml"
SCHEDULE_JSON = "gathering/schedule.json"
SCHEDULE2 = "gathering/schedule2.json"
XCAL = "gathering/schedule.xcal"
JCAL = "gathering/schedule.jcal"
PAGE = "gathering/index.html"
HOME = "index.html"

SAMPLE_URL = "https://feeds.example.org/programme"


class Mutant(NamedTuple):
    """A fault and the check that has to notice it."""

    row: str
    fault: str
    path: str
    old: str
    """What stands in the sample; it stands there at least once, and the first place is changed."""
    new: str

    def __str__(self):
        return f"{self.row}: {self.fault}"

    def apply(self, root):
        """Puts the fault into a copy of the sample."""
        file = root / self.path
        old, new = self.old.encode(), self.new.encode(errors="surrogateescape")
        data = file.read_bytes()
        assert old in data, f"{self}: the sample's {self.path} does not hold {self.old!r}"
        file.write_bytes(data.replace(old, new, 1))


class Cut(NamedTuple):
    """A document without the part from one text up to another."""

    row: str
    fault: str
    path: str
    start: str
    end: str

    def __str__(self):
        return f"{self.row}: {self.fault}"

    def apply(self, root):
        """Cuts the part out of a copy of the sample."""
        file = root / self.path
        data = file.read_bytes()
        start = data.index(self.start.encode())
        file.write_bytes(data[:start] + data[data.index(self.end.encode(), start) :])


class Missing(NamedTuple):
    """A document that is not there, and the check that has to notice it."""

    row: str
    fault: str
    path: str

    def __str__(self):
        return f"{self.row}: {self.fault}"

    def apply(self, root):
        """Removes the document from a copy of the sample."""
        (root / self.path).unlink()


NIGHT = "DTSTART:20261025T013000Z\r\nDTEND:20261025T021500Z"
ALL_DAY = "DTSTART;VALUE=DATE:20261025\r\nDTEND;VALUE=DATE:20261026"
LINES_OF_NIGHT = "CATEGORIES:Time\r\n"
"""The last line of an event: a place to add lines after."""
NIGHT_UID = "UID:0f8b3c52-6a3f-5d7e-9c41-5b7a2f6d1e02"
FIRST_UID = "UID:0f8b3c52-6a3f-5d7e-9c41-5b7a2f6d1e01"
ITEM = "<item>\n      <title>An hour to be announced</title>"
ENTRY = "<title>An hour to be announced</title>\n    <updated>2026-01-08T08:00:00+00:00</updated>"
CONTENT = "&lt;p&gt;Time to be announced.&lt;/p&gt;"

BYTES = [
    Missing("I0", "no calendar of the whole conference", CALENDAR),
    Mutant("I1", "a line that ends with LF alone", CALENDAR, "VERSION:2.0\r\n", "VERSION:2.0\n"),
    Mutant("I1", "a last line without an end", CALENDAR, "END:VCALENDAR\r\n", "END:VCALENDAR"),
    Mutant("I2", "a line of 76 octets", CALENDAR, "SUMMARY:When", "SUMMARY:" + 44 * "x" + " When"),
    Mutant("I3", "a fold inside a character", CALENDAR, "Begrüßung", "Begr\udcc3\r\n \udcbcßung"),
    Mutant("I3", "a fold inside an escape", CALENDAR, "Aula\\, Am", "Aula\\\r\n , Am"),
    Mutant("I4", "a byte order mark", CALENDAR, "BEGIN:VCALENDAR", "\ufeffBEGIN:VCALENDAR"),
    Mutant("I5", "a vertical tab in a title", CALENDAR, "When the clocks", "When\x0bthe clocks"),
    Mutant("I5", "a lone CR in a title", CALENDAR, "When the clocks", "When\rthe clocks"),
    Mutant("I5", "a blank line", CALENDAR, "END:VTIMEZONE\r\n", "END:VTIMEZONE\r\n\r\n"),
    Mutant("I6", "a bare comma", CALENDAR, "SUMMARY:When", "SUMMARY:If, when"),
    Mutant("I6", "a bare semicolon", CALENDAR, "SUMMARY:When", "SUMMARY:If; when"),
    Mutant("I6", "a backslash before a colon", CALENDAR, "SUMMARY:When", "SUMMARY:Then\\: when"),
    Mutant("I6", "a backslash that is not escaped", CALENDAR, "Striche \\\\ und", "Striche \\ und"),
    Mutant("I6", "a bare semicolon in a category", CALENDAR, "CATEGORIES:Time", "CATEGORIES:Time;Zones"),
    Mutant("I7", "a newline in a text", CALENDAR, "SUMMARY:When the", "SUMMARY:When\r\nthe"),
    Mutant("I7", "an event that does not end", CALENDAR, "END:VEVENT\r\n", ""),
    Mutant("I7", "a calendar that does not end", CALENDAR, "END:VCALENDAR\r\n", ""),
    Mutant("I7", "two calendars in a file", CALENDAR, "END:VCALENDAR", "END:VCALENDAR\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR"),
    Mutant("I8", "an escaped comma in a URI", CALENDAR, "aula?x=1,2", "aula?x=1\\,2"),
    Mutant("I8", "a relative URI", CALENDAR, "URL:https://gathering.example.org/talk/NIGHT2/", "URL:/talk/NIGHT2/"),
    Mutant("I8", "a blank in a URI", CALENDAR, "URL:https://gathering.example.org/talk/NIGHT2/", "URL:https://e.org/a b"),
    Mutant("I8", "a quote lost around a colon", CALENDAR, 'LABEL="Stream: hall"', "LABEL=Stream: hall"),
    Mutant("I9", "a quote lost around a comma", CALENDAR, 'LABEL="Stream: hall"', "LABEL=Stream, hall"),
    Mutant("I9", "a lone circumflex", CALENDAR, 'LABEL="Stream: hall"', 'LABEL="Stream ^a hall"'),
    Mutant("I7", "a quote lost around a semicolon", CALENDAR, 'LABEL="Stream: hall"', "LABEL=Stream; hall"),
    Mutant("I10", "no VERSION", CALENDAR, "VERSION:2.0\r\n", ""),
    Mutant("I10", "VERSION after PRODID", CALENDAR, "VERSION:2.0\r\n", "CALSCALE:GREGORIAN\r\nVERSION:2.0\r\n"),
    Mutant("I10", "two PRODID", CALENDAR, "CALSCALE:GREGORIAN", "PRODID:-//x//y//EN"),
    Cut("I11", "no component", CALENDAR, "BEGIN:VTIMEZONE", "END:VCALENDAR"),
    Mutant("I12", "no UID", CALENDAR, NIGHT_UID + "\r\n", ""),
    Mutant("I12", "no DTSTAMP", CALENDAR, "DTSTAMP:20260110T080000Z\r\n", ""),
    Mutant("I12", "two SUMMARY", CALENDAR, "SUMMARY:When", "SUMMARY:If\r\nSUMMARY:When"),
    Mutant("I12", "an empty SUMMARY", CALENDAR, "SUMMARY:When the clocks go back", "SUMMARY:"),
    Mutant("I13", "an end before the start", CALENDAR, NIGHT, "DTSTART:20261025T013000Z\r\nDTEND:20261025T003000Z"),
    Mutant("I13", "an end at the start", CALENDAR, NIGHT, "DTSTART:20261025T013000Z\r\nDTEND:20261025T013000Z"),
    Mutant("I13", "DTEND and DURATION", CALENDAR, NIGHT, NIGHT + "\r\nDURATION:PT45M"),
    Mutant("I13", "no end", CALENDAR, NIGHT, "DTSTART:20261025T013000Z"),
    Mutant("I13", "a date and a time", CALENDAR, NIGHT, "DTSTART:20261025T013000Z\r\nDTEND;VALUE=DATE:20261026"),
    Mutant("I14", "a date without VALUE=DATE", CALENDAR, "DTSTART;VALUE=DATE:", "DTSTART:"),
    Mutant("I14", "an all-day event that blocks the day", CALENDAR, "TRANSP:TRANSPARENT", "TRANSP:OPAQUE"),
    Mutant("I15", "a local DTSTAMP", CALENDAR, "DTSTAMP:20260110T080000Z", "DTSTAMP:20260110T080000"),
    Mutant("I15", "a DTSTAMP of its own", CALENDAR, "DTSTAMP:20260110T080000Z", "DTSTAMP:20260110T080001Z"),
    Mutant("I15", "a LAST-MODIFIED in the future", CALENDAR, "LAST-MODIFIED:2026", "LAST-MODIFIED:2126"),
    Mutant("I15", "created after it was changed", CALENDAR, "CREATED:20260105", "CREATED:20260111"),
    Mutant("I15", "no LAST-MODIFIED in an event", CALENDAR, "LAST-MODIFIED:20260110T080000Z\r\nSEQ", "SEQ"),
    Mutant("I17", "a floating time", CALENDAR, "DTSTART:20261025T013000Z", "DTSTART:20261025T013000"),
    Mutant("I17", "Z and TZID", CALENDAR, "DTSTART:20261025T013000Z", "DTSTART;TZID=Europe/Berlin:20261025T013000Z"),
    Mutant("I17", "a time as other formats write it", CALENDAR, "DTSTART:20261025T013000Z", "DTSTART:2026-10-25T01:30:00Z"),
    Mutant("I18", "an unknown STATUS", CALENDAR, "STATUS:CONFIRMED", "STATUS:DONE"),
    Mutant("I18", "a SEQUENCE below 0", CALENDAR, "SEQUENCE:0", "SEQUENCE:-1"),
    Mutant("I18", "GEO with a comma", CALENDAR, "GEO:52.520008;", "GEO:52.520008,"),
    Mutant("I19", "an event that recurs", CALENDAR, LINES_OF_NIGHT, LINES_OF_NIGHT + "RRULE:FREQ=YEARLY;COUNT=1\r\n"),
    Mutant("I20", "a DESCRIPTION without the URL", CALENDAR, "\\n\\nhttps://gathering.example.or\r\n g/talk/NIGHT2/", ""),
    Mutant("I21", "HTML in a DESCRIPTION", CALENDAR, "DESCRIPTION:In the", "DESCRIPTION:<p>In the"),
    Mutant("I22", "no LOCATION", CALENDAR, "LOCATION:Kleiner Saal\\, Am Markt 1\r\n", ""),
    Mutant("C1", "a UID that two events share", CALENDAR, NIGHT_UID, FIRST_UID),
    Mutant("C2", "an event that moves from file to file", "gathering/days/2026-10-24.ics", "T090000", "T080000"),
    Mutant("C2", "an event of no day", "gathering/days/2026-10-24.ics", "6d1e02", "6d1e09"),
    Mutant("C3", "a UID with a host", CALENDAR, NIGHT_UID, "UID:night2@gathering.example.org"),
    Mutant("C4", "no SEQUENCE", CALENDAR, "SEQUENCE:1\r\n", ""),
    Mutant(
        "C5", "a cancelled event that blocks time", CALENDAR, "CANCELLED\r\nTRANSP:TRANSPARENT", "CANCELLED\r\nTRANSP:OPAQUE"
    ),
    Mutant("C7", "a METHOD", CALENDAR, "CALSCALE:GREGORIAN", "METHOD:PUBLISH"),
    Mutant("C7", "an ORGANIZER", CALENDAR, LINES_OF_NIGHT, LINES_OF_NIGHT + "ORGANIZER:mailto:a@example.org\r\n"),
    Mutant("C7", "an ATTENDEE", CALENDAR, LINES_OF_NIGHT, LINES_OF_NIGHT + "ATTENDEE:mailto:a@example.org\r\n"),
    Mutant("T1", "a TZID without its VTIMEZONE", CALENDAR, "TZID:Europe/Berlin", "TZID:Europe/Vienna"),
    Mutant(
        "T1",
        "a VTIMEZONE too many",
        CALENDAR,
        "TZID:Europe/Berlin",
        "TZID:Europe/Berlin\r\nEND:VTIMEZONE\r\nBEGIN:VTIMEZONE\r\nTZID:Europe/Berlin",
    ),
    Mutant(
        "T2",
        "a zone by its Windows name",
        CALENDAR,
        "TZID=Europe/Berlin:20261024T09",
        "TZID=W. Europe Standard Time:20261024T09",
    ),
    Mutant("T2", "a display zone that does not exist", CALENDAR, "COLOR:teal", "COLOR:teal\r\nX-WR-TIMEZONE:Berlin"),
    Mutant("T3", "two STANDARD", CALENDAR, "BEGIN:DAYLIGHT", "BEGIN:STANDARD\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT"),
    Mutant("T3", "an offset with seconds", CALENDAR, "TZOFFSETTO:+0100", "TZOFFSETTO:+010000"),
    Mutant("T3", "a DTSTART of long ago", CALENDAR, "DTSTART:19701025", "DTSTART:16011025"),
    Mutant("T3", "a DTSTART beside its rule", CALENDAR, "DTSTART:19701025", "DTSTART:19701018"),
    Mutant("T3", "a rule by day of the month", CALENDAR, "BYDAY=-1SU", "BYMONTHDAY=25"),
    Mutant("T3", "no rule", CALENDAR, "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n", ""),
    Mutant("T3", "an RDATE", CALENDAR, "TZNAME:CET\r\n", "TZNAME:CET\r\nRDATE:20261025T030000\r\n"),
    Mutant("P1", "no NAME", CALENDAR, "NAME:Gathering\\, Berlin\r\nX", "X"),
    Mutant("P1", "two names", CALENDAR, "X-WR-CALNAME:Gathering\\, Berlin", "X-WR-CALNAME:Gathering"),
    Mutant("P1", "two descriptions", CALENDAR, "X-WR-CALDESC:A small", "X-WR-CALDESC:A large"),
    Mutant("P2", "no VALUE=DURATION", CALENDAR, "REFRESH-INTERVAL;VALUE=DURATION", "REFRESH-INTERVAL"),
    Mutant("P2", "hours without T", CALENDAR, "DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H", "DURATION:P1H\r\nX-PUBLISHED-TTL:P1H"),
    Mutant("P2", "no X-PUBLISHED-TTL", CALENDAR, "X-PUBLISHED-TTL:PT1H\r\n", ""),
    Mutant("P3", "the SOURCE of another document", CALENDAR, "gathering/schedule.ics", "gathering/other.ics"),
    Mutant("P3", "a SOURCE without VALUE", CALENDAR, "SOURCE;VALUE=URI", "SOURCE"),
    Mutant("P3", "no URL", CALENDAR, "URL:https://gathering.example.org/\r\n", ""),
    Mutant("P3b", "a UID of the calendar", CALENDAR, "CALSCALE:GREGORIAN", FIRST_UID),
    Mutant("P4", "a colour as a number", CALENDAR, "COLOR:teal", "COLOR:#008080"),
    Mutant("P4", "Apple's colour by name", CALENDAR, "COLOR:#008080", "COLOR:teal"),
    Mutant("P4", "Apple's colour missing", CALENDAR, "X-APPLE-CALENDAR-COLOR:#008080\r\n", ""),
    Mutant("P5", "a CONFERENCE without VALUE", CALENDAR, "CONFERENCE;VALUE=URI;", "CONFERENCE;"),
    Mutant("P6", "an alarm", CALENDAR, LINES_OF_NIGHT, LINES_OF_NIGHT + "BEGIN:VALARM\r\nEND:VALARM\r\n"),
    Mutant("P6", "a styled description", CALENDAR, LINES_OF_NIGHT, LINES_OF_NIGHT + "STYLED-DESCRIPTION:<p>\r\n"),
]

OFFSETS = "TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100"

READERS = [
    Mutant("icalendar", "a duration that is none", CALENDAR, "VALUE=DURATION:PT1H", "VALUE=DURATION:P1H"),
    Mutant("icalendar", "a newline in a text", CALENDAR, "SUMMARY:When the", "SUMMARY:When\r\nthe"),
    Mutant("vobject", "no UID", CALENDAR, NIGHT_UID + "\r\n", ""),
    Mutant("vobject", "DTEND and DURATION", CALENDAR, NIGHT, NIGHT + "\r\nDURATION:PT45M"),
    Mutant("Home Assistant's ical", "an unknown STATUS", CALENDAR, "STATUS:CONFIRMED", "STATUS:DONE"),
    Mutant(
        "Home Assistant's ical",
        "a zone by its Windows name",
        CALENDAR,
        "TZID=Europe/Berlin:20261024T09",
        "TZID=W. Europe Standard Time:20261024T09",
    ),
    Mutant("ics", "an end before the start", CALENDAR, NIGHT, "DTSTART:20261025T013000Z\r\nDTEND:20261025T003000Z"),
    Mutant("recurring-ical-events", "a UID that two events share", CALENDAR, NIGHT_UID, FIRST_UID),
    Mutant(
        "recurring-ical-events",
        "a display zone that loses the hour held twice",
        CALENDAR,
        "COLOR:teal",
        "COLOR:teal\r\nX-WR-TIMEZONE:Europe/Berlin",
    ),
    Mutant("ical.js", "a TZID without its VTIMEZONE", CALENDAR, "TZID:Europe/Berlin", "TZID:Europe/Vienna"),
    Mutant("ical.js", "a VTIMEZONE of another zone", CALENDAR, OFFSETS, "TZOFFSETFROM:+0300\r\nTZOFFSETTO:+0200"),
    Mutant("ical.js", "clocks that change on another day", CALENDAR, "BYMONTH=10;BYDAY=-1SU", "BYMONTH=10;BYDAY=1SU"),
    Mutant("ical.js", "a byte order mark", CALENDAR, "BEGIN:VCALENDAR", "\ufeffBEGIN:VCALENDAR"),
    Mutant("node-ical", "a UID that two events share", CALENDAR, NIGHT_UID, FIRST_UID),
    Mutant("libical", "no VERSION", CALENDAR, "VERSION:2.0\r\n", ""),
    Mutant("libical", "a duration that is none", CALENDAR, "VALUE=DURATION:PT1H", "VALUE=DURATION:P1H"),
    Mutant("libical", "no DTSTAMP", CALENDAR, "DTSTAMP:20260110T080000Z\r\n", ""),
    Mutant("calcurse", "an end at the start", CALENDAR, ALL_DAY, "DTSTART;VALUE=DATE:20261025\r\nDTEND;VALUE=DATE:20261025"),
    Mutant("calcurse", "a bare semicolon", CALENDAR, "SUMMARY:When", "SUMMARY:If; when"),
    Mutant("khal", "no UID", CALENDAR, NIGHT_UID + "\r\n", ""),
    Mutant("khal", "a date and a time", CALENDAR, NIGHT, "DTSTART:20261025T013000Z\r\nDTEND;VALUE=DATE:20261026"),
    Mutant("feedparser", "an ampersand that is not escaped", RSS, "An hour to be", "An hour & to be"),
    Mutant("feedparser", "no id", ATOM, "<id>tag:gathering.example.org,2026:gathering/talks/TBA3</id>", ""),
    Mutant("xmllint", "a control character", ATOM, "An hour to be", "An hour\x0b to be"),
    Mutant("rss-parser", "an element that does not end", RSS, "</item>", ""),
    Mutant("feedsmith", "a root by another name", RSS, "<rss ", "<rss2 "),
    Mutant("feedsmith", "a title that is a number", JSON, '"title": "An hour to be announced"', '"title": 5'),
]

FEEDS = [
    Missing("F0", "a selection without Atom", "gathering/days/2026-10-25.atom"),
    Missing("F0", "no OPML", OPML),
    Mutant("R12", "a control character", RSS, "An hour to be", "An hour\x0b to be"),
    Mutant("R12", "an ampersand that is not escaped", OPML, 'text="Gathering, Berlin"', 'text="Gathering & Berlin"'),
    Mutant("R12", "another encoding", ATOM, 'encoding="utf-8"', 'encoding="iso-8859-1"'),
    Mutant("R1", "no channel description", RSS, "<description>A small gathering, held twice</description>", ""),
    Mutant("R1", "a relative channel link", RSS, "<link>https://gathering.example.org/</link>", "<link>/</link>"),
    Mutant("R2", "no self link", RSS, 'rel="self"', 'rel="via"'),
    Mutant("R2", "the self link of another document", RSS, "gathering/talks.rss", "gathering/other.rss"),
    Mutant("R3", "a guid that claims to be a link", RSS, 'isPermaLink="false"', 'isPermaLink="true"'),
    Mutant("R3", "a guid that two items share", RSS, "talks/NIGHT2</guid>", "talks/GRUSS1</guid>"),
    Mutant("R3", "a guid of a place", RSS, "tag:gathering.example.org,2026:gathering/talks/TBA3", "https://example.org/TBA3"),
    Mutant("R5", "a date as Atom writes it", RSS, "Fri, 09 Jan 2026 08:00:00 +0000", "2026-01-09T08:00:00Z"),
    Mutant("R5", "the wrong weekday", RSS, "Fri, 09 Jan 2026", "Sat, 09 Jan 2026"),
    Mutant("R5", "a date in the future", RSS, "Thu, 08 Jan 2026", "Tue, 08 Jan 2126"),
    Mutant("R5", "a year of two digits", RSS, "Thu, 08 Jan 2026", "Thu, 08 Jan 26"),
    Mutant("R6", "a relative link in the content", RSS, "href=&quot;https://gathering.example.org/ort", "href=&quot;/ort"),
    Mutant("R6", "a script in the content", RSS, CONTENT, "&lt;script&gt;alert(1)&lt;/script&gt;"),
    Mutant("R6", "an image that runs a script", RSS, CONTENT, "&lt;img src='https://e.org/a' onerror='alert(1)'&gt;"),
    Mutant("R6", "a link that runs a script", RSS, CONTENT, "&lt;a href='javascript:alert(1)'&gt;x&lt;/a&gt;"),
    Mutant("R6", "a styled text", RSS, CONTENT, "&lt;p style='color:red'&gt;x&lt;/p&gt;"),
    Mutant("R6", "a relative item link", RSS, "<link>https://gathering.example.org/talk/TBA3/</link>", "<link>/TBA3/</link>"),
    Mutant("R8", "content without a description", RSS, "<description>Time to be announced.</description>", ""),
    Mutant("R9", "an author without an address", RSS, "<dc:creator>Grace Hopper</dc:creator>", "<author>Grace Hopper</author>"),
    Mutant(
        "R10", "an enclosure without a length", RSS, ITEM, ITEM + '<enclosure url="https://e.org/a.mp3" type="audio/mpeg"/>'
    ),
    Mutant("R11", "an element that RSS does not know", RSS, ITEM, ITEM + "<room>Aula</room>"),
    Mutant("R14", "an item after the last change", RSS, "<lastBuildDate>Sat, 10 Jan", "<lastBuildDate>Thu, 08 Jan"),
    Mutant("R14", "no lastBuildDate", RSS, "<lastBuildDate>Sat, 10 Jan 2026 08:00:00 +0000</lastBuildDate>", ""),
    Mutant("A1", "an entry without updated", ATOM, ENTRY, "<title>An hour to be announced</title>"),
    Mutant("A1", "a date without a zone", ATOM, "2026-01-08T08:00:00+00:00", "2026-01-08T08:00:00"),
    Mutant("A1", "a date in the future", ATOM, "2026-01-08T08:00:00+00:00", "2126-01-08T08:00:00+00:00"),
    Mutant("A1", "an entry after the feed's last change", ATOM, "2026-01-08T08:00:00+00:00", "2026-02-08T08:00:00+00:00"),
    Mutant("A1", "an empty title", ATOM, "<title>An hour to be announced</title>", "<title/>"),
    Mutant("A2", "an author without a name", ATOM, "<author><name>Gathering</name></author>", "<author><name/></author>"),
    Mutant("A3", "an id of a place", ATOM, "tag:gathering.example.org,2026:gathering/talks/TBA3", "https://example.org/TBA3"),
    Mutant("A3", "an id that two entries share", ATOM, "talks/NIGHT2</id>", "talks/GRUSS1</id>"),
    Mutant("A4", "the self link of another document", ATOM, "gathering/talks.atom", "gathering/other.atom"),
    Mutant("A4", "two alternates", ATOM, '<link rel="self"', '<link type="text/html" href="https://e.org/"/><link rel="self"'),
    Mutant("A4", "a relative link", ATOM, 'href="https://gathering.example.org/talk/TBA3/"', 'href="/TBA3/"'),
    Mutant("A6", "HTML that is not escaped", ATOM, CONTENT, "<p>Time to be announced.</p>"),
    Mutant("A6", "a script in the content", ATOM, CONTENT, "&lt;script&gt;alert(1)&lt;/script&gt;"),
    Mutant("A6", "a relative link in the content", ATOM, "https://gathering.example.org/ort", "ort"),
    Mutant("A7", "a feed that may be a part", ATOM, "<fh:complete/>", ""),
    Mutant("J1", "an author as version 1 wrote it", JSON, '"authors": [', '"author": ['),
    Mutant("J1", "an id that is a number", JSON, '"tag:gathering.example.org,2026:gathering/talks/TBA3"', "3"),
    Mutant("J1", "an item without content", JSON, '"content_html": "<p>Time to be announced.</p>",', ""),
    Mutant("J1", "a comma too many", JSON, '"items": [', '"items": [,'),
    Mutant("J1", "a key twice", JSON, '"title": "An hour', '"title": "A", "title": "An hour'),
    Mutant("J1", "an extension without its underscore", JSON, '"_handbill"', '"handbill"'),
    Mutant("J2", "the feed_url of another document", JSON, "gathering/talks.json", "gathering/other.json"),
    Mutant("J2", "an id that two items share", JSON, "gathering/talks/NIGHT2", "gathering/talks/GRUSS1"),
    Mutant("J2", "a date without a zone", JSON, "2026-01-08T08:00:00+00:00", "2026-01-08T08:00:00"),
    Mutant("J2", "a script in the content", JSON, "<p>Time to be", "<script>alert(1)</script><p>Time to be"),
    Mutant("J2", "a relative link", JSON, '"url": "https://gathering.example.org/talk/TBA3/"', '"url": "/TBA3/"'),
    Mutant("F1", "a title escaped twice", RSS, "&amp; &lt;Tags", "&amp;amp; &amp;lt;Tags"),
    Mutant("F1", "an entry too few", ATOM, "</entry>\n</feed>", "</entry>\n<entry/></feed>"),
    Mutant("F2", "a talk of nowhere", "gathering/days/2026-10-25.json", "gathering/talks/TBA3", "gathering/talks/TBA9"),
    Mutant("F2", "an event that is no talk of the feed", CALENDAR, "SUMMARY:When the clocks", "SUMMARY:If the clocks"),
    Mutant("O1", "a feed that does not exist", OPML, "days/2026-10-25.atom", "days/2026-10-26.atom"),
    Mutant("O1", "a feed at a relative URL", OPML, 'xmlUrl="https://feeds.example.org/programme/gathering', 'xmlUrl="'),
    Mutant("O1", "a calendar among the feeds", OPML, "talks.atom", "schedule.ics"),
    Mutant(
        "O1", "a calendar that does not exist", OPML, "<body>", '<body><outline type="link" text="x" url="x.ics"/>'
    ),
    Mutant("O1", "an outline without text", OPML, 'text="Gathering, Saturday" ', ""),
]

PAGES = [
    Mutant("HTML", "a tag that does not close", PAGE, "</ol>", "</ul>"),
    Mutant("HTML", "no language", PAGE, ' lang="de"', ""),
    Mutant("HTML", "no viewport", PAGE, '<meta name="viewport"', '<meta name="view"'),
    Mutant("HTML", "an image without alt", PAGE, "<h1>", "<img src='a.png'><h1>"),
    Mutant(
        "W2", "a relative alternate", PAGE, 'href="https://feeds.example.org/programme/gathering/talks.rss"', 'href="talks.rss"'
    ),
    Mutant("W2", "an alternate that does not exist", PAGE, "days/2026-10-25.atom", "days/2026-10-26.atom"),
    Mutant("links", "a link that leads nowhere", PAGE, 'href="talks.rss"', 'href="talk.rss"'),
    Mutant("links", "a document without a link", PAGE, '<a href="days/2026-10-25.ics">', "<a>"),
    Mutant("Q6", "webcals", PAGE, 'href="webcal:', 'href="webcals:'),
    Mutant("Q6", "an inner address that is not encoded", PAGE, "addfromweb?url=https%3A%2F%2F", "addfromweb?url=https://"),
    Mutant("Q6", "https for Google", PAGE, "cid=webcal%3A", "cid=https%3A"),
    Mutant("Q6", "no name for Outlook", PAGE, "&amp;name=Gathering%2C%20Berlin", ""),
    Mutant("Q6", "a calendar that does not exist", PAGE, "%2Fgathering%2Fschedule.ics", "%2Fgathering%2Fother.ics"),
    Mutant("Q6", "no address to copy", PAGE, "<code>https:", "<code>http:"),
    Mutant("W3", "a script", PAGE, "</main>", "<script>alert(1)</script></main>"),
    Mutant("W3", "a script that is not there", PAGE, "</main>", '<script src="../assets/none.js"></script></main>'),
    Mutant("W3", "an icon that is not there", PAGE, "</head>", '<link rel="icon" href="none.svg"></head>'),
    Mutant("W3", "an event handler", PAGE, "<main>", "<main onclick='alert(1)'>"),
    Mutant(
        "W3", "a font from elsewhere", PAGE, "</head>", '<link rel="stylesheet" href="https://fonts.example.net/a.css"></head>'
    ),
    Mutant("W3", "an image from elsewhere", PAGE, "<h1>", "<img alt='' src='//cdn.example.net/a.png'><h1>"),
    Mutant(
        "W3", "a picture from elsewhere in CSS", PAGE, "</head>", "<style>a{background:url(https://e.org/a)}</style></head>"
    ),
    Mutant("talks", "a talk that is missing", PAGE, "An hour to be announced", "An hour"),
    Mutant("talks", "a conference that is missing", HOME, 'href="gathering/"', 'href="./"'),
]

ADA_LISTED = '"guid": "b7f7a6de-3a2c-5c0e-8d1a-2f5d5c3b9e33"'
NIGHT_DATE = "<date>2026-10-25T02:30:00+01:00</date>"

APPS = [
    Missing("V0", "no XML", SCHEDULE),
    Missing("V0", "no schedule2", SCHEDULE2),
    Mutant("V0", "an ampersand that is not escaped", SCHEDULE, "&amp; mehr", "& mehr"),
    Mutant("V0", "a key twice", SCHEDULE_JSON, '"version": "1.4"', '"version": "1.3", "version": "1.4"'),
    Mutant("V1", "no version", SCHEDULE, " <version>1.4</version>\n", ""),
    Mutant("V1", "an acronym in capitals", SCHEDULE, "<acronym>gathering", "<acronym>Gathering"),
    Mutant("V1", "an acronym of three letters", SCHEDULE, "<acronym>gathering", "<acronym>gat"),
    Mutant("V1", "a day that is not counted", SCHEDULE, "<days>2</days>", "<days>1</days>"),
    Mutant("V1", "no zone", SCHEDULE, "<time_zone_name>Europe/Berlin</time_zone_name>", ""),
    Cut("V1", "no day", SCHEDULE, " <day ", "</schedule>"),
    Mutant("V2", "two days of one number", SCHEDULE, 'index="2"', 'index="1"'),
    Mutant("V2", "a day before the first", SCHEDULE, 'index="1"', 'index="0"'),
    Mutant("V2", "a day without an end", SCHEDULE, ' end="2026-10-26T03:59:00+01:00"', ""),
    Mutant("V2", "a day without an offset", SCHEDULE, 'start="2026-10-25T04:00:00+01:00"', 'start="2026-10-25T04:00:00"'),
    Mutant("V2", "a day that ends before it starts", SCHEDULE, 'end="2026-10-26T03', 'end="2026-10-24T03'),
    Mutant("V3", "an id twice", SCHEDULE, 'id="1845202"', 'id="1845201"'),
    Mutant("V3", "an id that is no number", SCHEDULE, 'id="1845202"', 'id="NIGHT2"'),
    Mutant("V3", "a guid twice", SCHEDULE, "5b7a2f6d1e02", "5b7a2f6d1e01"),
    Mutant("V3", "no guid", SCHEDULE, 'guid="0f8b3c52-6a3f-5d7e-9c41-5b7a2f6d1e02" ', ""),
    Mutant("V3", "a code twice", SCHEDULE, 'code="NIGHT2"', 'code="GRUSS1"'),
    Mutant("V3", "a code in small letters", SCHEDULE, 'code="NIGHT2"', 'code="night2"'),
    Mutant("V3", "a slug twice", SCHEDULE, "gathering-1845202-when-the-clocks-go-back", "gathering-1845201-gruesse"),
    Mutant("V4", "no track", SCHEDULE, "    <track>Time</track>\n", ""),
    Mutant("V4", "two titles", SCHEDULE, "<title>When", "<title/><title>When"),
    Mutant("V4", "an element that no schema knows", SCHEDULE, "<title>When", "<tag/><title>When"),
    Mutant("V4", "an event in another room", SCHEDULE, "<room>Aula</room>", "<room>Hof</room>"),
    Mutant("V4", "a recording without opt-out", SCHEDULE, "     <optout>false</optout>\n", ""),
    Mutant("V4", "a relative address", SCHEDULE, "<url>https://gathering.example.org/talk/NIGHT2/", "<url>/talk/NIGHT2/"),
    Mutant("V4", "an address that is no URI", SCHEDULE, "talk/NIGHT2/<", "talk/NIGHT2/?a[]<"),
    Mutant("V4", "a link without a text", SCHEDULE, ">Der Ort</link>", "></link>"),
    Mutant("V5", "a date without an offset", SCHEDULE, NIGHT_DATE, "<date>2026-10-25T02:30:00</date>"),
    Mutant("V5", "a start in UTC", SCHEDULE, "<start>02:30</start>", "<start>01:30</start>"),
    Mutant("V5", "a duration in minutes", SCHEDULE, "<duration>00:45</duration>", "<duration>45</duration>"),
    Mutant("V5", "an event of another day", SCHEDULE, 'end="2026-10-25T03:59:00+01:00"', 'end="2026-10-24T23:59:00+02:00"'),
    Mutant("V6", "a key that no schema knows", SCHEDULE_JSON, '"subtitle": null', '"subtitle": null, "tags": []'),
    Mutant("V6", "no language", SCHEDULE_JSON, '"language": "en",', ""),
    Mutant("V6", "an acronym with a hyphen", SCHEDULE_JSON, '"acronym": "gathering"', '"acronym": "gathering-2026"'),
    Mutant("V6", "a person of both kinds", SCHEDULE_JSON, '"name": "Ada Lovelace"', '"name": "Ada", "public_name": "Ada"'),
    Mutant("V6", "a person of neither kind", SCHEDULE_JSON, '"name": "Grace Hopper"', '"nick": "Grace"'),
    Mutant("V6", "a kind of link that no schema knows", SCHEDULE_JSON, '"type": "slides"', '"type": "folien"'),
    Mutant("V6", "an id that is a string", SCHEDULE_JSON, '"id": 1845202', '"id": "1845202"'),
    Mutant("V6", "a slug in capitals", SCHEDULE_JSON, '"slug": "gathering-1845202', '"slug": "Gathering-1845202'),
    Mutant("V6", "a version that is a number", SCHEDULE_JSON, '"version": "1.4"', '"version": 1.4'),
    Mutant("V7", "a track that is not listed", SCHEDULE2, '"track": {\n          "slug": "time"', '"track": {\n          "slug": "tyme"'),
    Mutant("V7", "a participant who is not listed", SCHEDULE2, ADA_LISTED, ADA_LISTED.replace("b7f7", "b7f8")),
    Mutant("V7", "a language with a region", SCHEDULE2, '"language": "en"', '"language": "en-GB"'),
    Mutant("V7", "a start without an offset", SCHEDULE2, '"start": "2026-10-25T02:30:00+01:00"', '"start": "2026-10-25T02:30:00"'),
    Mutant("V7", "no state", SCHEDULE2, ',\n        "state": "CANCELED"', ""),
    Mutant("V7", "a guid twice", SCHEDULE2, '"guid": "0f8b3c52-6a3f-5d7e-9c41-5b7a2f6d1e02"', '"guid": "0f8b3c52-6a3f-5d7e-9c41-5b7a2f6d1e01"'),
    Mutant("V8", "another title in the JSON", SCHEDULE_JSON, '"title": "When', '"title": "If'),
    Mutant("V8", "another end in the JSON", SCHEDULE_JSON, '"duration": "01:00"', '"duration": "01:15"'),
    Mutant("V8", "another speaker in schedule2", SCHEDULE2, '"name": "Grace Hopper"', '"name": "Grace"'),
    Mutant("V8", "a cancelled talk that is held in schedule2", SCHEDULE2, '"state": "CANCELED"', '"state": "CONFIRMED"'),
    Mutant("V9", "a talk at another hour", SCHEDULE, NIGHT_DATE, "<date>2026-10-25T02:30:00+02:00</date>"),
    Mutant("V9", "a title of its own", SCHEDULE, "<title>When the clocks", "<title>If the clocks"),
    Mutant("V9", "a cancelled talk that is held", SCHEDULE, "CANCELLED: ", ""),
    Missing("xcal", "no xCal", XCAL),
    Mutant("xcal", "an element that does not end", XCAL, "</icalendar>", ""),
    Mutant("xcal", "another namespace", XCAL, "icalendar-2.0", "icalendar-2.1"),
    Mutant("xcal", "a time in the wrong form", XCAL, "<date-time>2026-10-25T01:30:00Z", "<date-time>2026-10-25T01:30:00"),
    Mutant("xcal", "a text of the wrong type", XCAL, "<text>When the clocks go back</text>", "<uri>When the clocks go back</uri>"),
    Mutant("xcal", "a time without its zone", XCAL, "<tzid><text>Europe/Berlin</text></tzid>", ""),
    Mutant("xcal", "two values in one", XCAL, "<text>AUDIO</text><text>VIDEO</text>", "<text>AUDIO</text>"),
    Mutant("xcal", "an all-day event with a time", XCAL, "<date>2026-10-25</date>", "<date-time>2026-10-25T00:00:00</date-time>"),
    Mutant("xcal", "clocks that change in another month", XCAL, "<bymonth>10</bymonth>", "<bymonth>11</bymonth>"),
    Missing("jcal-ical.js", "no jCal", JCAL),
    Mutant("jcal-ical.js", "a comma too many", JCAL, '["vcalendar",[', '["vcalendar",[,'),
    Mutant("jcal-ical.js", "another zone", JCAL, '{"tzid":"Europe/Berlin"}', '{"tzid":"Europe/Vienna"}'),
    Mutant("jcal-ical.js", "a number that is a string", JCAL, '"integer",1]', '"integer","1"]'),
    Mutant("jcal-ical.js", "an escape in a text", JCAL, '"Web, Netze"', '"Web\\\\, Netze"'),
    Mutant("jcal-icalendar", "an offset as iCalendar writes it", JCAL, '"+02:00"', '"+0200"'),
    Mutant("jcal-icalendar", "the two values of GEO apart", JCAL, "[52.520008,13.404954]", "52.520008,13.404954"),
    Mutant("jcal-icalendar", "a date with a time's type", JCAL, '"date","2026-10-25"', '"date-time","2026-10-25"'),
    Mutant("jcal-icalendar", "an event too few", JCAL, '["vevent",', '["vtodo",'),
]

MUTANTS = BYTES + READERS + FEEDS + PAGES + APPS
