"""JSON bytes to plain values, with a place in every complaint and no limit that surprises."""

import json
from collections import Counter

from tracker.domain.errors import InvalidInputError, Problem

DIGITS = 20
"""Digits that are read of a whole number: enough to see that it is too large, whatever its length."""


class Repeated(dict[str, object]):
    """An object of the document that gives ``name`` (and maybe more) twice; refused where it is met."""

    name: str


def parse(data: bytes) -> object:
    """Return the value that ``data`` spells as UTF-8 JSON; a byte order mark is allowed.

    ``NaN`` and ``Infinity`` become floats, and an object with a repeated property a `Repeated`, so that a later check can name their place.

    Raises:
        InvalidInputError: it is empty, not UTF-8, not JSON, or nested beyond all reason.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(f"byte {error.start + 1}", "expected UTF-8 text") from None
    if not text.strip():
        raise _refused("$", "the document is empty; expected a JSON object")
    try:
        return json.loads(text, object_pairs_hook=_object, parse_int=_whole)
    except json.JSONDecodeError as error:
        raise _refused(f"line {error.lineno}, column {error.colno}", f"is not valid JSON: {_complaint(error)}") from None
    except RecursionError:
        raise _refused("$", "is nested far too deeply; the format has seven levels") from None


def _refused(place: str, message: str) -> InvalidInputError:
    return InvalidInputError([Problem(place, message)])


def _complaint(error: json.JSONDecodeError) -> str:
    return error.msg[:1].lower() + error.msg[1:].removesuffix(" starting at").removesuffix(" at")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    repeated = Repeated(made)
    names = Counter(name for name, _ in pairs)
    repeated.name = next(name for name, count in names.items() if count > 1)
    return repeated


def _whole(text: str) -> int:
    return int(text[:DIGITS])
