"""What reads texts from elsewhere needs time in proportion to their length, however they are made.

Measured in this process's own time, as a ratio: four times the length may take so many times as long, not its square. Each shape is
made longer until it takes long enough to be measured; what never does is limited elsewhere, or quick.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import process_time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.factories.caseload import small, spelt
from tracker.domain import case_numbers
from tracker.domain.errors import TrackerError
from tracker.domain.folding import fold
from tracker.formats import court_csv, ical
from tracker.formats.caseload import document
from tracker.formats.layouts import load_layout
from tracker.formats.pack_toml import parse_pack
from tracker.formats.phone_numbers import NoMobileNumberError, mobile_number
from tracker.privacy import wording
from tracker.privacy.redaction import scrubbed

SHORTEST, LONGEST = 500, 1_000_000
TIMES = 4
MEASURABLE = 0.01
"""Seconds."""
STEEPEST = 9.0
"""Fourfold length: fourfold time and a bound for noise; its square would be sixteenfold."""
AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ENTRY = ical.CalendarEntry(uid="u", sequence=0, changed_at=AT, starts_at=AT, zone="Europe/Belgrade", title="t")

Make = Callable[[int], Any]


def caseload(**more: object) -> bytes:
    """Return a caseload with other properties."""
    return json.dumps(json.loads(spelt(small())) | more, default=str).encode()


def chain(n: int) -> bytes:
    """Return a caseload in which each hearing is replaced by the next."""
    made = json.loads(spelt(small()))
    hearing = made["proceedings"][0]["hearings"][0]
    made["proceedings"][0]["hearings"] += [hearing | {"id": f"x{i}", "superseded_by": f"x{i + 1}"} for i in range(n)]
    return json.dumps(made).encode()


READERS: Mapping[str, tuple[Callable[[Any], object], Mapping[str, Make]]] = {
    "log": (
        scrubbed,
        {
            "one word": lambda n: "a" * n,
            "halves of addresses": lambda n: "a@" * n,
            "words with dots": lambda n: "a.b-c+" * n,
            "addresses without an end": lambda n: "a@b" * n + ".",
            "digits": lambda n: "0" * n,
            "pluses": lambda n: "+1 " * n,
            "beginnings of numbers": lambda n: "+381 (" * n,
            "beginnings of links": lambda n: "/a/" * n,
            "spaces": lambda n: " " * n,
        },
    ),
    "folding": (
        fold,
        {
            "marks in the wrong order": lambda n: "a" + "\u0301\u0316" * n,
            "marks hidden in letters": lambda n: "\u0f73" * n,
            "letters that become longer": lambda n: "\ufdfa" * n,
            "cyrillic": lambda n: "\u0409" * n,
            "spaces": lambda n: " \u00a0" * n,
        },
    ),
    "case numbers": (
        case_numbers.normalise,
        {
            "letters": lambda n: "K" * n,
            "digits": lambda n: "1" * n,
            "slashes": lambda n: "1/" * n,
            "blanks": lambda n: "K " * n + "1/24",
            "hyphens": lambda n: "K-" * n,
            "dots": lambda n: "1." * n,
            "marks": lambda n: "K\u0301\u0316" * n,
        },
    ),
    "phone numbers": (
        lambda text: mobile_number(text, "RS"),
        {"digits": lambda n: "1" * n, "pluses": lambda n: "+" * n, "brackets": lambda n: "(" * n, "extensions": lambda n: "064123 x" * n},
    ),
    "message rooms": (
        wording.plain_room,
        {"digits": lambda n: "1" * n, "blanks": lambda n: "sala" + " " * n, "words": lambda n: "sala " * n},
    ),
    "message words": (
        wording.is_safe,
        {"one word": lambda n: "traffi" * n, "words": lambda n: "ro " * n, "marks": lambda n: "\u0301\u0316" * n},
    ),
    "calendars": (
        lambda entry: ical.calendar("t", [entry]),
        {
            "a long title": lambda n: replace(ENTRY, title="a" * n),
            "a title of line ends": lambda n: replace(ENTRY, title="\r\n,;\\" * n),
            "a place of wide letters": lambda n: replace(ENTRY, location="\U0001f468" * n),
        },
    ),
    "caseloads": (
        lambda data: document.read(data, "RS"),
        {
            "a name twice after many": lambda n: ("{" + "".join(f'"k{i}":1,' for i in range(n)) + '"z":1,"z":2}').encode(),
            "many names twice": lambda n: ("{" + ",".join(f'"k{i}":1' for i in [*range(n), *range(n)]) + "}").encode(),
            "depth": lambda n: b"[" * n,
            "digits": lambda n: b"[" + b"1" * n + b"]",
            "digits after the point": lambda n: b"[1." + b"1" * n + b"]",
            "escapes": lambda n: b'"' + b"\\u0041" * n + b'"',
            "an open text": lambda n: b'"' + b"a" * n,
            "blanks": lambda n: b" " * n,
            "courts of one name": lambda n: caseload(courts=[small()["courts"][0]] * n),
            "unknown names": lambda n: caseload(**{f"x{i}": 1 for i in range(n)}),
            "a long text": lambda n: caseload(source="\u0301\u0316" * n),
            "hearings that replace each other": chain,
        },
    ),
    "packs": (
        lambda text: parse_pack(text, "RS"),
        {"keys": lambda n: "a" * n, "lists": lambda n: "a = [" + "1," * n, "blanks": lambda n: "a =" + " " * n},
    ),
}  # fmt: skip
ENDINGS = (TrackerError, NoMobileNumberError, ValueError, RecursionError)


def taken(read: Callable[[Any], object], text: object) -> float:
    """Return the least time of three that a text takes."""
    return min(_once(read, text) for _ in range(3))


def _once(read: Callable[[Any], object], text: object) -> float:
    begun = process_time()
    with suppress(*ENDINGS):
        read(text)
    return process_time() - begun


def steepness(read: Callable[[Any], object], make: Make) -> float:
    """Return how many times as long a text of four times the length takes."""
    length = SHORTEST
    while length <= LONGEST:
        short = taken(read, make(length))
        if short >= MEASURABLE:
            return taken(read, make(length * TIMES)) / short
        length *= 2
    return 0.0


SHAPES = [pytest.param(read, make, id=f"{name}: {shape}") for name, (read, made) in READERS.items() for shape, make in made.items()]


@pytest.mark.parametrize(("read", "make"), SHAPES)
def test_time_grows_with_length_and_not_with_its_square(read: Callable[[Any], object], make: Make) -> None:
    """Whatever the shape."""
    assert steepness(read, make) < STEEPEST


HEADING = "court,case_number,date,time,room,session_type,panel,result\n"
ROW = "Sad,K 11/24,2026-11-23,09:00,1,jawne,x,y\n"
CALENDARS: Mapping[str, Make] = {
    "columns": lambda n: "a," * n + "\n" + ROW,
    "a heading of marks": lambda n: "\u0301\u0316" * min(n, 60_000) + "," + HEADING + ROW,
    "a court of marks": lambda n: HEADING + ROW.replace("Sad", "\u0301\u0316" * min(n, 60_000)),
    "an open quotation": lambda n: HEADING + '"' + ROW * n,
    "quotations": lambda n: HEADING + '"' + '""' * n,
    "commas": lambda n: HEADING + "," * n,
    "rows": lambda n: HEADING + ROW * n,
    "a long date": lambda n: HEADING + ROW.replace("2026-11-23", "2" * min(n, 120_000)),
    "a long number": lambda n: HEADING + ROW.replace("K 11/24", "K " * min(n, 60_000)),
}


@pytest.mark.parametrize("make", CALENDARS.values(), ids=CALENDARS)
def test_calendars_of_courts_too(make: Make, tmp_path: Path) -> None:
    """As files, since they are read from files; the format ends a cell at 131 072 signs."""
    layout, path = load_layout(), tmp_path / "calendar.csv"

    def read(text: str) -> object:
        path.write_text(text, encoding="utf-8")
        return court_csv.read(path, layout, ZoneInfo("Europe/Warsaw"), is_this_court=lambda name: fold(name) == "sad")

    assert steepness(read, make) < STEEPEST
