"""From bytes to plain values, and what is said of bytes that are none."""

import math

import pytest

from tracker.domain.errors import InvalidInputError
from tracker.formats.caseload.parsing import Repeated, parse


@pytest.mark.parametrize(
    ("data", "path", "says"),
    [
        (b"", "$", "is empty"),
        (b" \n\t ", "$", "is empty"),
        (b"\xef\xbb\xbf", "$", "is empty"),
        (b'{"name": "\xe8"}', "byte 11", "UTF-8"),
        ('{"name": "š"}'.encode("utf-16"), "byte 1", "UTF-8"),
        (b'{"courts": [}', "line 1, column 13", "expecting value"),
        (b'{\n"courts": ["CANARY"\n', "line 3, column 1", "not valid JSON"),
        (b'{"name": "CANARY', "line 1, column 10", "unterminated string"),
        (b"[" * 200_000, "$", "nested"),
        (b'{"a":' * 200_000, "$", "nested"),
    ],
)
def test_what_is_no_json_is_refused_with_its_place(data: bytes, path: str, says: str) -> None:
    """The place is told in the reader's terms, the content never."""
    with pytest.raises(InvalidInputError) as refused:
        parse(data)

    (problem,) = refused.value.problems
    assert problem.path == path
    assert says in problem.message
    assert "CANARY" not in str(refused.value)


def test_a_byte_order_mark_is_no_mistake() -> None:
    """Editors on some systems put one at the start."""
    assert parse(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


def test_numbers_of_any_length_are_read() -> None:
    """A number of ten thousand digits is read as too large, not as a failure."""
    assert parse(b"9" * 10_000) == int("9" * 20)
    assert parse(b"-12") == -12
    assert parse(b"1e999") == math.inf


def test_a_repeated_property_is_remembered() -> None:
    """JSON readers usually keep the last one in silence."""
    found = parse(b'{"a": {"b": 1, "c": 2, "b": 3}}')

    assert isinstance(found, dict)
    assert isinstance(found["a"], Repeated)
    assert found["a"].name == "b"
