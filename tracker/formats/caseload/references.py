"""What a schema cannot say: every id is its kind's own, and every reference leads somewhere in the same proceeding."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tracker.formats.caseload.problems import ROOT, Place, Problems

Entity = Mapping[str, Any]

OWNED = ("victims", "hearings", "measures", "claims", "assets", "remedies", "incidents")
"""Lists of a proceeding whose entries have ids of their own."""
NOUNS = {"victims": "victim", "hearings": "hearing", "measures": "measure"}
REFERENCES = (
    ("appearances", "hearing", "hearings"), ("appearances", "victim", "victims"),
    ("statements", "victim", "victims"), ("statements", "hearing", "hearings"),
    ("measures", "victim", "victims"), ("assessments", "victim", "victims"), ("claims", "victim", "victims"),
    ("remedies", "victim", "victims"), ("incidents", "victim", "victims"), ("hearings", "superseded_by", "hearings"),
)  # fmt: skip
"""List, property, and the list of the same proceeding in which its value must be an id."""


def check_references(document: Entity, problems: Problems) -> None:
    """Add a problem for every id that is given twice and every reference that leads nowhere, or to another proceeding."""
    for kind in ("courts", "people", "proceedings"):
        _once(kind, _entries(document, kind, ROOT), "id", problems)
    proceedings = list(_entries(document, "proceedings", ROOT))
    for kind in OWNED:
        _once(kind, (entry for one, place in proceedings for entry in _entries(one, kind, place)), "id", problems)
    courts, people = _ids(document, "courts"), _ids(document, "people")
    for person, place in _entries(document, "people", ROOT):
        _known(person, "backup", people, "person of the document", place, problems)
    elsewhere = {kind: _ids_of_all(document, kind) for kind in ("victims", "hearings", "measures")}
    for proceeding, place in proceedings:
        _check_courts_and_people(proceeding, place, (courts, people), problems)
        _check_within(proceeding, place, elsewhere, problems)
        _once("accused", _entries(proceeding, "accused", place), "label", problems)
        _check_appearances(proceeding, place, problems)
        _check_moves(proceeding, place, problems)


def _entries(parent: Entity, kind: str, place: Place) -> Iterator[tuple[Entity, Place]]:
    inside: Place = (place, kind)
    return ((entry, (inside, index)) for index, entry in enumerate(parent.get(kind, ())))


def _ids(parent: Entity, kind: str) -> frozenset[str]:
    return frozenset(entry["id"] for entry in parent.get(kind, ()))


def _ids_of_all(document: Entity, kind: str) -> frozenset[str]:
    return frozenset(entry["id"] for one in document["proceedings"] for entry in one.get(kind, ()))


def _once(kind: str, entries: Iterable[tuple[Entity, Place]], key: str, problems: Problems) -> None:
    seen = set()
    for entry, place in entries:
        if entry[key] in seen:
            problems.add((place, key), f"expected {'a label' if key == 'label' else 'an id'} that no earlier entry of {kind} has")
        seen.add(entry[key])


def _known(entry: Entity, name: str, ids: frozenset[str], noun: str, place: Place, problems: Problems) -> None:
    if name in entry and entry[name] not in ids:
        problems.add((place, name), f"expected the id of a {noun}")


def _check_courts_and_people(proceeding: Entity, place: Place, ids: tuple[frozenset[str], frozenset[str]], problems: Problems) -> None:
    courts, people = ids
    _known(proceeding, "court", courts, "court of the document", place, problems)
    for kind in ("case_numbers", "hearings"):
        for entry, at in _entries(proceeding, kind, place):
            _known(entry, "court", courts, "court of the document", at, problems)
    for entry, at in _entries(proceeding, "assignments", place):
        _known(entry, "person", people, "person of the document", at, problems)


def _check_within(proceeding: Entity, place: Place, elsewhere: Mapping[str, frozenset[str]], problems: Problems) -> None:
    own = {kind: _ids(proceeding, kind) for kind in elsewhere}
    for target, value, at in _references(proceeding, place):
        if value not in own[target]:
            strays = value in elsewhere[target]
            problems.add(at, f"expected the id of a {NOUNS[target]} of the same proceeding" + (", not of another one" if strays else ""))


def _references(proceeding: Entity, place: Place) -> Iterator[tuple[str, str, Place]]:
    for kind, name, target in REFERENCES:
        yield from ((target, entry[name], (at, name)) for entry, at in _entries(proceeding, kind, place) if name in entry)
    for hearing, at in _entries(proceeding, "hearings", place):
        yield from (("victims", victim, ((at, "summoned"), index)) for index, victim in enumerate(hearing.get("summoned", ())))
    for appearance, at in _entries(proceeding, "appearances", place):
        yield from (("measures", entry["measure"], (inside, "measure")) for entry, inside in _entries(appearance, "measures", at))


def _check_appearances(proceeding: Entity, place: Place, problems: Problems) -> None:
    met = set()
    for appearance, at in _entries(proceeding, "appearances", place):
        who = (appearance["hearing"], appearance["victim"])
        if who in met:
            problems.add(at, "expected one appearance for each hearing and victim; an earlier one is for the same")
        met.add(who)
        applied = set()
        for entry, inside in _entries(appearance, "measures", at):
            if entry["measure"] in applied:
                problems.add((inside, "measure"), "expected each measure once in an appearance")
            applied.add(entry["measure"])


def _check_moves(proceeding: Entity, place: Place, problems: Problems) -> None:
    moved_to = {hearing["id"]: hearing["superseded_by"] for hearing in proceeding.get("hearings", ()) if "superseded_by" in hearing}
    settled: set[str] = set()
    for hearing, at in _entries(proceeding, "hearings", place):
        chain: list[str] = []
        current = hearing["id"]
        while current in moved_to and current not in settled and current not in chain:
            chain.append(current)
            current = moved_to[current]
        if current in chain:
            problems.add((at, "superseded_by"), "expected a later hearing; these moves lead back to their start")
        settled.update(chain)
