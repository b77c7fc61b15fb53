"""Caseload documents: a small fixed one to break, and a strategy for every document that the format allows."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from tracker.formats.caseload import shape
from tracker.formats.caseload.document import read

Document = dict[str, Any]

LETTERS = "abcčćžšđABCČĆŽŠĐабвгђжзјљњћџшАБВГЂЖЗЈЉЊЋЏШ 0123456789.,-/'\"%\\\n😀"
TEXT = st.text(st.sampled_from(LETTERS), max_size=24)
DATES = st.dates(date(1900, 1, 1), date(2200, 12, 31)).map(date.isoformat)
OFFSETS = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
INSTANTS = st.datetimes(datetime(1950, 1, 2), datetime(2199, 12, 30), timezones=OFFSETS).map(datetime.isoformat)  # noqa: DTZ001 - zones are drawn
BY_PATTERN = {
    r"^\+[1-9]\d{6,14}$": st.integers(10**6, 10**15 - 1).map(lambda number: f"+{number}"),
    r"^\d\d:\d\d$": st.times().map(lambda at: f"{at:%H:%M}"),
    r"^A[0-9]+$": st.integers(1, 99).map(lambda number: f"A{number}"),
    r"^[A-Z]{2}$": st.just("RS"),
    r"^[A-Z]{3}$": st.sampled_from(("RSD", "EUR", "BAM")),
}
EITHER: st.SearchStrategy[bool] = st.booleans()
REFERRING = {
    "court": "courts", "person": "people", "backup": "people", "victim": "victims", "hearing": "hearings", "measure": "measures",
    "superseded_by": "hearings",
}  # fmt: skip


def small() -> Document:
    """Return a document of one proceeding that says a little of everything."""
    return {
        "format": "court-caseload/1",
        "jurisdiction": "RS",
        "courts": [{"id": "c1", "name": "Viši sud u Nišu", "level": "HIGHER"}, {"id": "c2", "name": "Apelacioni sud u Nišu"}],
        "people": [
            {
                "id": "n1", "name": "Đurđa Primerović", "role": "ADVOCATE", "phone": "+447700900101", "email": "n1@primer.example",
                "backup": "n2",
            },
            {"id": "n2", "name": "Čeda Ogledović", "role": "LAWYER"},
        ],
        "proceedings": [
            {
                "id": "p1", "court": "c1", "lead_offence": "THB_ADULT",
                "accused": [{"label": "A1", "detained_from": "2025-01-10"}],
                "case_numbers": [{"court": "c1", "text": "K 11/24", "from": "2024-03-01", "reason": "FILED"}],
                "stage_events": [{"kind": "INDICTMENT_FILED", "on": "2024-03-01"}, {"kind": "MAIN_HEARING_OPENED", "on": "2024-06-03"}],
                "victims": [{"id": "v1", "pseudonym": "Breza", "exploitation": ["SexualExploitation"]}, {"id": "v2"}],
                "assignments": [{"person": "n1", "as": "ADVOCATE", "from": "2024-03-01"}],
                "hearings": [
                    {"id": "h1", "starts_at": "2026-11-10T10:00:00+01:00", "outcome": "HELD", "summoned": ["v1"]},
                    {"id": "h2", "starts_at": "2026-12-01T10:00:00+01:00", "room": "7", "summoned": ["v1", "v2"]},
                    {"id": "h3", "starts_at": "2027-01-12T10:00:00+01:00"},
                ],
                "appearances": [
                    {"hearing": "h1", "victim": "v1", "attended": "TESTIFIED", "measures": [{"measure": "m1", "applied": "NO"}]},
                ],
                "statements": [{"victim": "v1", "body": "COURT_MAIN", "on": "2026-11-10", "hearing": "h1"}],
                "measures": [{"id": "m1", "victim": "v1", "kind": "REMOVE_ACCUSED", "decision": "GRANTED", "decided_on": "2026-10-01"}],
                "assessments": [{"victim": "v1", "on": "2026-09-01"}],
                "claims": [{"id": "k1", "victim": "v1", "forum": "CRIMINAL", "amount": 1000.5, "currency": "EUR"}],
                "assets": [{"id": "a1", "frozen_on": "2024-05-01", "value": 12}],
                "remedies": [{"id": "r1", "kind": "OBJECTION", "filed_on": "2026-10-10"}],
                "incidents": [{"id": "i1", "on": "2026-11-01", "kind": "THREAT", "victim": "v1"}],
            },
        ],
    }  # fmt: skip


def spelt(document: object) -> bytes:
    """Return a document as an import reads it."""
    return json.dumps(document, ensure_ascii=False).encode()


def said(document: Document) -> Document:
    """Return what a document says: defaults filled in, instants in UTC, without the order of its entries."""
    return _unordered(read(spelt(document), "RS"))  # type: ignore[no-any-return]


def _unordered(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        lists: Document = {name: [] for name in shape.properties() if name in PROCEEDING and "lead_offence" in value}
        found = {name: sorted(inner) if name == "summoned" else _unordered(inner) for name, inner in {**lists, **value}.items()}
        return {
            name: inner for name, inner in found.items() if inner != [] or name not in {"summoned", "measures"} or "lead_offence" in value
        }
    if isinstance(value, list) and value and not all(isinstance(each, str) for each in value):
        return sorted((_unordered(each) for each in value), key=lambda each: json.dumps(each, sort_keys=True, default=str))
    return value


PROCEEDING = frozenset(shape.properties()["proceedings"])


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Draw a sound document: any property may be there or not, every value may be any of those allowed."""
    whole: Document = {"format": "court-caseload/1", "jurisdiction": "RS"}
    whole["courts"] = _entries(draw, "courts", {}, least=1)
    ids = {"courts": _ids(whole["courts"])}
    whole["people"] = _entries(draw, "people", ids)
    ids["people"] = _ids(whole["people"])
    _refer(draw, whole["people"], "backup", ids["people"])
    whole["proceedings"] = _entries(draw, "proceedings", ids)
    for number, proceeding in enumerate(whole["proceedings"]):
        _fill(draw, proceeding, dict(ids), f"-{number}")
    return whole


def _fill(draw: st.DrawFn, proceeding: Document, ids: dict[str, list[str]], suffix: str) -> None:
    order = ("victims", "hearings", "measures", "appearances")
    rest = [name for name in shape.properties() if name in PROCEEDING and name not in order]
    for kind in (*order, *rest):
        entries = _entries(draw, kind, ids, suffix)
        if "id" in shape.properties()[kind]:
            ids[kind] = _ids(entries)
        if bool(entries) or draw(EITHER):
            proceeding[kind] = entries
    hearings = proceeding.get("hearings", [])
    for index, hearing in enumerate(hearings):
        if "superseded_by" in hearing and not _refer(draw, [hearing], "superseded_by", _ids(hearings)[index + 1 :]):
            del hearing["superseded_by"]
    for kind, key in (("accused", ("label",)), ("appearances", ("hearing", "victim"))):
        if kind in proceeding:
            proceeding[kind] = list({tuple(entry[name] for name in key): entry for entry in proceeding[kind]}.values())


def _entries(draw: st.DrawFn, kind: str, ids: dict[str, list[str]], suffix: str = "", least: int = 0) -> list[Document]:
    required = REQUIRED[kind]
    if any(name in REFERRING and not ids.get(REFERRING[name]) for name in required):
        return []
    entries: list[Document] = draw(st.lists(_entry(kind, ids), min_size=least, max_size=3))
    for index, entry in enumerate(entries):
        if "id" in entry:
            entry["id"] = f"{entry['id']}{kind[:3]}{suffix}-{index}"
    return entries


def _entry(kind: str, ids: dict[str, list[str]]) -> st.SearchStrategy[Document]:
    values = {}
    for name, part in shape.properties()[kind].items():
        if name in shape.properties() and name != "measures":
            continue
        strategy = _value(name, part, ids)
        if strategy is not None:
            values[name] = strategy
    required = {name: values.pop(name) for name in REQUIRED[kind]}
    return st.fixed_dictionaries(required, optional=values)


def _value(name: str, part: Mapping[str, Any], ids: dict[str, list[str]]) -> st.SearchStrategy[Any] | None:
    if name in {"superseded_by", "backup"}:
        return st.just("later")
    if name in REFERRING:
        return st.sampled_from(ids[REFERRING[name]]) if ids.get(REFERRING[name]) else None
    if name == "summoned":
        return st.lists(st.sampled_from(ids["victims"]), unique=True, max_size=3) if ids.get("victims") else None
    if name == "measures":
        return _measures(part, ids) if ids.get("measures") else None
    if name == "timezone":
        return st.sampled_from(("Europe/Belgrade", "Europe/Warsaw", "America/New_York", "Africa/Monrovia", "Asia/Kathmandu"))
    return _plain(DEFS[part["$ref"].rpartition("/")[2]] if "$ref" in part else part, name)


def _measures(part: Mapping[str, Any], ids: dict[str, list[str]]) -> st.SearchStrategy[Any] | None:
    if "items" not in part or "applied" not in part["items"].get("properties", {}):
        return None
    entry = st.fixed_dictionaries({"measure": st.sampled_from(ids["measures"]), "applied": st.sampled_from(DEFS["observed"]["enum"])})
    return st.lists(entry, unique_by=lambda each: each["measure"], max_size=3)


def _plain(part: Mapping[str, Any], name: str) -> st.SearchStrategy[Any]:
    if "enum" in part:
        return st.sampled_from(part["enum"])
    makers: dict[str, Callable[[], st.SearchStrategy[Any]]] = {
        "string": lambda: _text(part, name),
        "boolean": st.booleans,
        "integer": lambda: st.integers(part["minimum"], 200 if name == "limitation_years" else 2**31 - 1),
        "number": lambda: st.floats(part.get("minimum", -1e12), 1e12) | st.integers(part.get("minimum", -(10**9)), 10**9),
        "array": lambda: st.lists(_plain(part["items"], name), max_size=3),
    }
    return makers[part["type"]]()


def _text(part: Mapping[str, Any], name: str) -> st.SearchStrategy[str]:
    if "format" in part:
        return DATES if part["format"] == "date" else INSTANTS
    if "pattern" in part:
        return BY_PATTERN[part["pattern"]]
    return TEXT.map(lambda text: text[:8] or "x") if name == "id" else TEXT


def _ids(entries: list[Document]) -> list[str]:
    return [entry["id"] for entry in entries]


def _refer(draw: st.DrawFn, entries: list[Document], name: str, ids: list[str]) -> bool:
    for entry in entries:
        if name in entry and ids:
            entry[name] = draw(st.sampled_from(ids))
    return bool(ids)


def _required() -> dict[str, list[str]]:
    whole = shape.schema()
    lists = {**whole["properties"], **whole["$defs"]["proceeding"]["properties"]}
    parts = {name: part["items"] for name, part in lists.items() if part.get("type") == "array"}
    return {name: (whole["$defs"][part["$ref"].rpartition("/")[2]] if "$ref" in part else part)["required"] for name, part in parts.items()}


DEFS = shape.schema()["$defs"]
REQUIRED = _required()
