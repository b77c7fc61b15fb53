"""The published JSON Schema, compiled into one pass that checks and converts.

jsonschema needs about 3.6 ms for a proceeding with twelve hearings; this needs a small fraction of it, tells every problem in the
words of the field, and hands back dates, UTC instants and defaults at once. The tests hold it against jsonschema on sound and on
broken documents.
"""

import difflib
import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from tracker.formats.caseload import values
from tracker.formats.caseload.parsing import Repeated
from tracker.formats.caseload.problems import Place, Problems
from tracker.resources import folder
from tracker.schemas.columns import SHORT, TEXT
from tracker.schemas.proceeding import LABEL

Schema = Mapping[str, Any]
Defs = Mapping[str, Schema]
Check = Callable[[object, Place, Problems], Any]
"""Returns the converted value; where it is unfit, adds a problem and returns ``None``."""

KNOWN = frozenset({
    "$ref", "additionalProperties", "const", "default", "description", "enum", "format", "items", "maxLength", "minLength", "minimum",
    "pattern", "properties", "required", "type",
})  # fmt: skip
LONGEST = {"currency": SHORT, "interpreter_language": SHORT, "label": LABEL}
"""Texts that are kept in fewer than 500 characters."""
MOST = {"limitation_years": 200}
"""Whole numbers with a limit of sense below that of the database."""
CONVERTERS: Mapping[str, Callable[[str], object]] = {
    "date": values.day,
    "date-time": values.instant,
    r"^\d\d:\d\d$": values.time_of_day,
    "timezone": values.zone,
}
"""Texts that mean more than text: by format, by pattern, or by property."""
WORDS = {
    r"^\+[1-9]\d{6,14}$": "expected a phone number in international form, + and 7 to 15 digits",
    r"^A[0-9]+$": "expected a label such as A1, never a name",
    r"^[A-Z]{2}$": "expected a country as two capital letters (ISO 3166-1)",
    r"^[A-Z]{3}$": "expected a currency as three capital letters (ISO 4217)",
}


def schema() -> dict[str, Any]:
    """Return the published schema of the format."""
    found: dict[str, Any] = json.loads((folder("contracts") / "caseload.schema.json").read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=1)
def properties() -> Mapping[str, Mapping[str, Schema]]:
    """Return what the format says of each property of each kind of entry; a kind is called as its list in the document."""
    whole = schema()
    lists = {**whole["properties"], **whole["$defs"]["proceeding"]["properties"]}
    entries = {name: part["items"] for name, part in lists.items() if part.get("type") == "array"}
    return {
        name: (whole["$defs"][part["$ref"].rpartition("/")[2]] if "$ref" in part else part)["properties"] for name, part in entries.items()
    }


@lru_cache(maxsize=1)
def document_check() -> Check:
    """Return the check of a whole document."""
    whole = schema()
    top = {name: part for name, part in whole.items() if name not in {"$schema", "$id", "$defs", "title"}}
    return _compiled(top, "document", whole["$defs"])


def _compiled(part: Schema, name: str, defs: Defs) -> Check:
    if "$ref" in part:
        return _compiled(defs[part["$ref"].rpartition("/")[2]], name, defs)
    kind = "enum" if "enum" in part or "const" in part else part["type"]
    if kind not in MAKERS or part.keys() - KNOWN:
        raise LookupError(f"the schema of {name} says something that nothing here checks")
    return MAKERS[kind](part, name, defs)


def _object(part: Schema, _name: str, defs: Defs) -> Check:
    checks = {name: _compiled(inner, name, defs) for name, inner in part["properties"].items()}
    defaults = {name: inner["default"] for name, inner in part["properties"].items() if "default" in inner}
    required = part.get("required", ())

    def check(value: object, place: Place, problems: Problems) -> dict[str, Any] | None:
        if not isinstance(value, dict):
            problems.add(place, "expected an object")
            return None
        if isinstance(value, Repeated):
            problems.add(place, f'gives the property "{value.name}" twice' if value.name in checks else "gives a property twice")
        found = dict(defaults)
        for position, (name, inner) in enumerate(value.items(), 1):
            if name in checks:
                found[name] = checks[name](inner, (place, name), problems)
            else:
                problems.add(place, _unknown(name, position, checks))
        for name in required:
            if name not in value:
                problems.add(place, f'lacks the property "{name}"')
        return found

    return check


def _unknown(name: str, position: int, known: Mapping[str, Check]) -> str:
    near = difflib.get_close_matches(name[:SHORT], known, n=1)
    return f"has a property that the format does not know, its no. {position}" + (f' (did you mean "{near[0]}"?)' if near else "")


def _list(part: Schema, name: str, defs: Defs) -> Check:
    item = _compiled(part["items"], name, defs)

    def check(value: object, place: Place, problems: Problems) -> list[Any] | None:
        if not isinstance(value, list):
            problems.add(place, "expected a list")
            return None
        return [item(inner, (place, index), problems) for index, inner in enumerate(value)]

    return check


def _one_of(part: Schema, _name: str, _defs: Defs) -> Check:
    allowed = part.get("enum") or [part["const"]]
    known = frozenset(allowed)
    expected = f'expected "{allowed[0]}"' if len(allowed) == 1 else f"expected one of {', '.join(allowed)}"

    def check(value: object, place: Place, problems: Problems) -> str | None:
        if isinstance(value, str) and value in known:
            return value
        problems.add(place, expected)
        return None

    return check


def _text(part: Schema, name: str, _defs: Defs) -> Check:
    pattern = part.get("pattern", "")
    for meaning in (part.get("format", ""), pattern, name):
        if meaning in CONVERTERS:
            return _fitting((str,), "text", CONVERTERS[meaning])
    longest = part.get("maxLength", LONGEST.get(name, TEXT))
    form = re.compile(pattern.removeprefix("^").removesuffix("$") or ".*", re.ASCII | re.DOTALL)

    def convert_text(value: str) -> str:
        if len(value) < part.get("minLength", 0):
            raise values.UnfitError("expected text that is not empty")
        if not form.fullmatch(value):
            raise values.UnfitError(WORDS.get(pattern, f"expected text of the form {pattern}"))
        return values.text(value, longest)

    return _fitting((str,), "text", convert_text)


def _fitting(kinds: tuple[type, ...], expected: str, convert: Callable[[Any], object]) -> Check:
    def check(value: object, place: Place, problems: Problems) -> object:
        if not isinstance(value, kinds) or isinstance(value, bool):
            problems.add(place, f"expected {expected}")
            return None
        try:
            return convert(value)
        except values.UnfitError as unfit:
            problems.add(place, str(unfit))
            return None

    return check


def _whole(part: Schema, name: str, _defs: Defs) -> Check:
    least, most = part.get("minimum"), MOST.get(name, values.LARGEST)
    return _fitting((int, float), "a whole number", lambda value: values.whole(value, least, most))


def _number(part: Schema, _name: str, _defs: Defs) -> Check:
    least = part.get("minimum")
    return _fitting((int, float), "a number", lambda value: values.number(value, least))


def _flag(_part: Schema, _name: str, _defs: Defs) -> Check:
    def check(value: object, place: Place, problems: Problems) -> bool | None:
        if isinstance(value, bool):
            return value
        problems.add(place, "expected true or false")
        return None

    return check


MAKERS: Mapping[str, Callable[[Schema, str, Defs], Check]] = {
    "object": _object, "array": _list, "enum": _one_of, "string": _text, "integer": _whole, "number": _number, "boolean": _flag,
}  # fmt: skip
