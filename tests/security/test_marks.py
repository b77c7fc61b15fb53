"""The search of the canary journey finds a mark in whatever form it stands; a journey that finds nothing proves nothing by itself."""

import base64
import json
from urllib.parse import quote

import cyrtranslit
import pytest

from tests.security import allowed
from tests.security.marks import PIECE, Marks
from tracker.domain.folding import fold
from tracker.privacy import places


@pytest.fixture
def marks() -> Marks:
    """A name, a phone number and a secret that the program made."""
    found = Marks()
    found.text("name#1")
    found.know("phone", "+381641234567")
    found.know("token", "aB3-_x9QzzT7")
    return found


def test_a_marked_text_is_found_in_every_form(marks: Marks) -> None:
    """Other scripts, cases and escapes; other encodings; in base64 at each of its alignments; among other bytes."""
    text = marks["name#1"]
    forms = [text, text.upper(), fold(text), cyrtranslit.to_cyrillic(text, "sr"), quote(text), json.dumps(text), text.encode().hex()]
    forms += [base64.b64encode(b"x" * shift + text.encode() + b"yz").decode() for shift in range(4)]
    raw = [form.encode() for form in forms] + [
        text.encode("utf-16-le"),
        text.encode("utf-16-be"),
        base64.b64encode(text.encode("utf-16-le")),
    ]

    assert [form for form in raw if marks.found_in(b"\0\xff" + form + b"\xfe<") != {"name"}] == []


def test_a_piece_of_a_marked_text_is_found(marks: Marks) -> None:
    """A text that was cut off is a leak, too."""
    cut = marks["name#1"].encode()[: len("Žućko ".encode()) + 13]

    assert marks.found_in(b"..." + cut + b"...") == {PIECE}


@pytest.mark.parametrize(("kind", "value"), [("phone", "0641234567"), ("phone", "tel:+381641234567"), ("token", "?t=aB3-_x9QzzT7&")])
def test_what_the_program_made_is_found_as_it_is(marks: Marks, kind: str, value: str) -> None:
    """In clear, in hexadecimal digits, in base64."""
    for form in (value.encode(), value.encode().hex().encode(), *(base64.b64encode(b"x" * n + value.encode() + b"yz") for n in range(3))):
        assert marks.found_in(form) == {kind}


def test_nothing_is_found_where_nothing_is(marks: Marks) -> None:
    """Another journey's marks and all bytes there are."""
    assert marks.found_in(bytes(range(256)) * 99 + Marks().text("name").encode()) == set()


def test_what_was_added_last_is_looked_for(marks: Marks) -> None:
    """The list of what is looked for grows with the journey."""
    assert marks.found_in(b"later-secret-77") == set()
    marks.know("late", "later-secret-77")

    assert marks.found_in(b"later-secret-77") == {"late"}


def test_the_table_lets_through_what_it_names_and_nothing_else() -> None:
    """The same value at another place, or another value at the same place, is a leak."""
    shown = "page: identity: shown (ana-n1)"
    found = {shown: {places.VICTIM_NAME, "settings.web.secret_key"}, "log: serve": {places.VICTIM_NAME}, "page: case (ana-d1)": {PIECE}}

    assert allowed.unexpected(found) == {
        shown: {"settings.web.secret_key"},
        "log: serve": {places.VICTIM_NAME},
        "page: case (ana-d1)": {PIECE},
    }
    assert f"page: identity: shown \\(ana-n1\\): {places.VICTIM_NOTE}" in allowed.unused(found, is_sqlite=True)
    assert f"page: identity: shown \\(ana-n1\\): {places.VICTIM_NAME}" not in allowed.unused(found, is_sqlite=True)
