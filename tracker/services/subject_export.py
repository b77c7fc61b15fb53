"""Everything that the record holds about one person, for that person: nobody else's data is in it.

Source: Regulation (EU) 2016/679, art. 15 and 20.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlmodel import Session

from tracker.domain.errors import InvalidInputError, NotFoundError, Problem
from tracker.privacy import places
from tracker.services import audit
from tracker.services.caseload_export import cases_of, replace_file
from tracker.services.consents import reference
from tracker.services.context import Context
from tracker.services.erasing import Kind, without
from tracker.services.identities import WHERE
from tracker.storage.queries import accounts as people
from tracker.storage.queries import consents, debriefs, subjects
from tracker.storage.queries.consents import Entry

FORMAT = "court-subject/1"
HERS = ("appearances", "statements", "measures", "assessments", "claims", "remedies", "incidents")
OF_THE_CASE = ("case_numbers", "stage_events")
SEALED = {"name": places.PERSON_NAME, "phone": places.PERSON_PHONE, "email": places.PERSON_EMAIL}


def export_subject(ctx: Context, external_id: str, kind: Kind) -> dict[str, Any]:
    """Return everything about a victim (all entries of the same person) or a person of the office, as JSON would hold it.

    Raises:
        NotFoundError: there is nobody of that id.
    """
    with ctx.database.writing() as db:
        told = _victim(db, ctx, external_id) if kind == "victim" else _person(db, ctx, external_id)
        audit.note(db, ctx, "subject.exported", subject=(kind, external_id), details={"kind": kind})
    plain: dict[str, Any] = _plain({"format": FORMAT, "made_at": ctx.now(), "kind": kind, **told})
    return plain


def write_subject(ctx: Context, external_id: str, kind: Kind, path: Path) -> dict[str, Any]:
    """Write the same to a file that only its owner can read, whole or not at all, and return it.

    Raises:
        NotFoundError: there is nobody of that id.
        InvalidInputError: the file cannot be written there.
    """
    document = export_subject(ctx, external_id, kind)
    try:
        replace_file(path, json.dumps(document, ensure_ascii=False, indent=1) + "\n")
    except OSError as error:
        raise InvalidInputError([Problem(str(path), f"cannot be written ({error.strerror})")]) from None
    return document


def _victim(db: Session, ctx: Context, external_id: str) -> dict[str, Any]:
    entries = consents.of_same_person(db, external_id)
    if not entries:
        raise NotFoundError("there is nobody of that id in the record")
    cases = {case["id"]: case for case in cases_of(db, ctx, sorted({entry.proceeding_id for entry in entries}))}
    own = {entry.external_id for entry in entries}
    others = {victim["id"] for case in cases.values() for victim in case["victims"]} - own
    return {"entries": [_entry(db, ctx, entry, cases[entry.proceeding], others) for entry in entries]}


def _entry(db: Session, ctx: Context, entry: Entry, case: Mapping[str, Any], others: set[str]) -> dict[str, Any]:
    (victim,) = (each for each in case["victims"] if each["id"] == entry.external_id)
    hers = {name: [each for each in case[name] if _is_hers(name, each, entry.external_id)] for name in HERS}
    attended = {each.get("hearing") for name in ("appearances", "statements") for each in hers[name]}
    hearings = [
        {name: value for name, value in each.items() if name != "summoned"}
        for each in case["hearings"]
        if each["id"] in attended or entry.external_id in each.get("summoned", ())
    ]
    return {
        "consent_reference": reference(ctx, entry.external_id),
        "victim": {**victim, **_identity(db, ctx, entry)},
        "proceeding": dict(_of_the_case(case)),
        "hearings": hearings,
        **hers,
        "observers": debriefs.about(db, entry.proceeding_id, entry.external_id),
        "consents": [act._asdict() for act in consents.history(db, entry.id)],
        "flags": [{**flag, "facts": without(flag["facts"], others)} for flag in subjects.flags_about(db, [entry.external_id])],
    }


def _identity(db: Session, ctx: Context, entry: Entry) -> dict[str, str]:
    sealed = subjects.identity_of(db, entry.id)
    return {name: ctx.keys.open(WHERE[name], entry.external_id, blob) for name, blob in sealed.items()}


def _of_the_case(case: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    yield from ((name, value) for name, value in case.items() if not isinstance(value, list) or name in OF_THE_CASE)


def _is_hers(name: str, entry: Mapping[str, Any], external_id: str) -> bool:
    """Tell whether an entry is about this victim; a remedy without a victim is for all of them."""
    return entry.get("victim") == external_id or (name == "remedies" and "victim" not in entry)


def _person(db: Session, ctx: Context, external_id: str) -> dict[str, Any]:
    key = people.person_id(db, external_id)
    if key is None:
        raise NotFoundError("there is nobody of that id in the record")
    found = dict(subjects.person(db, key))
    sealed = {name: found.pop(f"{name}_sealed") for name in SEALED}
    identity = {name: blob and ctx.keys.open(SEALED[name], external_id, blob) for name, blob in sealed.items()}
    work = subjects.work_of(db, key)
    told = [
        {name: value for name, value in row.items() if name not in {"ref", "body_sealed"}}
        | {"body": ctx.keys.open(places.MESSAGE_BODY, row["ref"], row["body_sealed"])}
        for row in work["messages"]
    ]
    return {"person": {**found, **identity}, **work, "messages": told}


def _plain(value: Any) -> Any:  # noqa: ANN401 - any JSON document
    """Return a value as JSON holds it."""
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items() if each is not None}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value
