"""The compiled check agrees with the published schema, as jsonschema reads it."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.factories.caseload import documents, small
from tracker.formats.caseload import shape
from tracker.formats.caseload.problems import ROOT, Problems
from tracker.storage.tables.catalogue import METADATA

TABLES = METADATA.sorted_tables
PEER = Draft202012Validator(shape.schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
WRONG: tuple[object, ...] = (None, True, 7, -1, 0.5, "", "CANARY", "2026-02-30", "2026-02-30T10:00:00Z", [], [None], {}, {"CANARY": 1})


def complaints(document: object) -> list[tuple[str, str]]:
    """Return place and message of everything that our check finds."""
    problems = Problems()
    shape.document_check()(document, ROOT, problems)
    return [(problem.path, problem.message) for problem in problems.found]


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:  # noqa: ANN401
    """Yield the way to every value inside a document."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        yield (*path, step)
        yield from places(inner, (*path, step))


def altered(document: Any, path: tuple[str | int, ...], value: object) -> Any:  # noqa: ANN401
    """Return a document with one value put in place of another."""
    whole = copy.deepcopy(document)
    inner = whole
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return whole


def test_the_format_is_the_published_one() -> None:
    """Title and version that other programs rely on; the schema itself is sound."""
    found = shape.schema()

    Draft202012Validator.check_schema(found)
    assert (found["$id"], found["title"]) == ("urn:court-caseload:1", "Court caseload, version 1")


@given(document=documents())
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
def test_sound_documents_pass_both(document: dict[str, Any]) -> None:
    """What the generator of the other tests draws is sound by the schema and by our check."""
    assert complaints(document) == []
    assert list(PEER.iter_errors(document)) == []


@given(data=st.data())
@settings(max_examples=250, deadline=None)
def test_what_jsonschema_refuses_we_refuse_at_the_same_place(data: st.DataObject) -> None:
    """One value of a sound document is replaced; whatever the schema then forbids, we forbid, in the same place."""
    path = data.draw(st.sampled_from(list(places(small()))))
    broken = altered(small(), path, data.draw(st.sampled_from(WRONG)))

    refused = {error.json_path for error in PEER.iter_errors(broken)}
    assert refused <= {path for path, _ in complaints(broken)}


@pytest.mark.parametrize("name", ["courts", "proceedings", "format", "jurisdiction"])
def test_missing_properties_are_named(name: str) -> None:
    """The place is the object that lacks it."""
    document = small()
    del document[name]

    assert complaints(document) == [("$", f'lacks the property "{name}"')]


@pytest.mark.parametrize(
    ("path", "value", "place", "message"),
    [
        (
            ("proceedings", 0, "hearings", 0, "starts_at"),
            "2026-12-01T10:00:00",
            "$.proceedings[0].hearings[0].starts_at",
            "with its UTC offset",
        ),
        (("proceedings", 0, "court"), 5, "$.proceedings[0].court", "expected text"),
        (("proceedings", 0, "lead_offence"), "CANARY", "$.proceedings[0].lead_offence", "expected one of THB_ADULT, THB_MINOR"),
        (("format",), "court-caseload/2", "$.format", 'expected "court-caseload/1"'),
        (("people", 0, "phone"), "0641234567", "$.people[0].phone", "international form"),
        (("people", 0, "quiet_from"), "99:99", "$.people[0].quiet_from", "time of day"),
        (("people", 0, "id"), "", "$.people[0].id", "not empty"),
        (("proceedings", 0, "hearings", 0, "time_known"), "CANARY", "$.proceedings[0].hearings[0].time_known", "true or false"),
        (("people", 0, "id"), "x" * 65, "$.people[0].id", "at most 64"),
        (("people", 0, "name"), "x" * 501, "$.people[0].name", "at most 500"),
        (("people", 0, "name"), "nul\0", "$.people[0].name", "NUL"),
        (("people", 0, "nmae"), "CANARY", "$.people[0]", 'did you mean "name"?'),
        (("people", 0, "CANARY"), "CANARY", "$.people[0]", "no. 7"),
        (("courts", 0, "timezone"), "Mars/Olympus", "$.courts[0].timezone", "IANA time zone"),
        (("proceedings", 0, "limitation_years"), 201, "$.proceedings[0].limitation_years", "at most 200"),
        (("proceedings", 0, "accused", 0, "label"), "CANARY", "$.proceedings[0].accused[0].label", "a label such as A1, never a name"),
        (("proceedings", 0, "accused", 0, "label"), "A0101990", "$.proceedings[0].accused[0].label", "at most 5"),
        (("proceedings", 0, "accused", 0, "label"), "A1\n", "$.proceedings[0].accused[0].label", "a label such as A1"),
        (("proceedings", 0, "claims", 0, "amount"), float("nan"), "$.proceedings[0].claims[0].amount", "finite"),
        (("proceedings", 0, "stage_events", 0, "instance_round"), 2**31, "$.proceedings[0].stage_events[0].instance_round", "at most"),
    ],
)
def test_every_mistake_is_told_with_its_place(path: tuple[str | int, ...], value: object, place: str, message: str) -> None:
    """What was expected is told; what was found never is."""
    ((told, says),) = complaints(altered(small(), path, value))

    assert told == place
    assert message in says
    assert "CANARY" not in says


def test_texts_are_no_longer_than_their_columns() -> None:
    """The database would otherwise be the first to complain, in the middle of an import."""
    lengths = {column.name: getattr(column.type, "length", None) for table in TABLES for column in table.c}

    assert shape.LONGEST["label"] == lengths["label"] == 5
    assert json.dumps(shape.MOST) == '{"limitation_years": 200}'


@pytest.mark.parametrize("part", [{"type": "null"}, {"type": "string", "contentEncoding": "base64"}])
def test_a_schema_that_says_more_than_we_check_is_no_schema_of_ours(part: dict[str, str]) -> None:
    """A new version of the format cannot slip through unchecked."""
    with pytest.raises(LookupError, match="nothing here checks"):
        shape._compiled(part, "new", {})
