"""Erase somebody: a victim with everything that hangs on her, or what identifies a person of the office.

One transaction for each subject: all of it or nothing. What remains is a blind index, by which no old document brings her back, and
the number of victims erased in a proceeding, so that figures know that it is about somebody whom they may not count.
"""

import secrets
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal, NoReturn

from sqlmodel import Session

from tracker.domain.court_dates import days_after
from tracker.domain.errors import ConflictError, NotFoundError
from tracker.privacy import places
from tracker.services import audit
from tracker.services.context import Context
from tracker.services.opening_reasons import forget_about
from tracker.services.tombstones import index_of
from tracker.storage.queries import accounts as people
from tracker.storage.queries import consents, erasing, tombstones
from tracker.storage.queries.consents import Entry
from tracker.storage.queries.debriefs import without_victims
from tracker.storage.queries.due import mark_due
from tracker.storage.tables.people import PersonIdentity

Kind = Literal["victim", "person"]
NAMELESS = "–"
OPAQUE_BYTES = 8


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was erased, or would be: counts by table; what of it backups still hold is gone from them after ``backups_until``.

    ``is_wiped`` tells whether the old bytes were overwritten in the database's files as well; None where that is the server's matter.
    """

    kind: Kind
    counts: Mapping[str, int]
    backups_until: date
    was_erased_before: bool = False
    is_wiped: bool | None = None


class _NothingKeptError(Exception):
    """Ends a transaction without keeping its work."""


def _end_rehearsal() -> NoReturn:
    raise _NothingKeptError


def erase(ctx: Context, external_id: str, kind: Kind, *, rehearse: bool = False) -> Erasure:
    """Erase a victim (all entries of the same person) or a person of the office; with ``rehearse`` only tell what would go.

    Raises:
        NotFoundError: there is nobody of that id, and never was.
        ConflictError: a legal hold keeps the case.
    """
    result = Erasure(kind, {}, backups_until(ctx), was_erased_before=True)
    with suppress(_NothingKeptError), ctx.database.writing() as db:
        counts = _erase_victim(db, ctx, external_id) if kind == "victim" else _erase_person(db, ctx, external_id)
        if counts is not None:
            result = replace(result, counts=dict(sorted(counts.items())), was_erased_before=False)
        elif not tombstones.known(db, [index_of(ctx.keys, kind, external_id)]):
            raise NotFoundError("there is nobody of that id in the record")
        if rehearse:
            _end_rehearsal()
    return result if rehearse or result.was_erased_before else replace(result, is_wiped=ctx.database.wipe())


def backups_until(ctx: Context) -> date:
    """Return the last day on which a copy that the job made until today may still be kept, while the job goes on making copies."""
    return days_after(ctx.office_today(), ctx.settings.backups.longest_days)


def kinds_of(ctx: Context, external_id: str) -> tuple[Kind, ...]:
    """Return what an id stands for, or stood for before it was erased."""
    with ctx.database.reading() as db:
        found: list[Kind] = []
        if consents.of_same_person(db, external_id) or tombstones.known(db, [index_of(ctx.keys, "victim", external_id)]):
            found.append("victim")
        if people.person_id(db, external_id) is not None or tombstones.known(db, [index_of(ctx.keys, "person", external_id)]):
            found.append("person")
    return tuple(found)


def erase_entries(db: Session, ctx: Context, entries: Sequence[Entry]) -> Counter[str]:
    """Erase victims' entries inside the caller's transaction, and return how many rows of each table went or were emptied."""
    ids, cases = [entry.id for entry in entries], sorted({entry.proceeding_id for entry in entries})
    erasing.lock_cases(db, cases)
    counts = Counter({"victim": len(ids)}) + Counter(erasing.hanging_on(db, ids))
    names = erasing.names_of(db, ids)
    flags = erasing.flags_of(db, cases)
    hers = [flag for flag in flags if is_named((flag.subject, flag.fact, flag.victim), names)]
    others = [(flag, without(flag.facts, names)) for flag in flags if flag not in hers]
    changed = [{"key": flag.id, "facts": facts} for flag, facts in others if facts != flag.facts]
    keys = [flag.id for flag in hers]
    counts["audit_entry"] = _forget(db, ctx, [("victim", name) for name in names] + [("flag", flag.ref) for flag in hers])
    counts += forget_about(db, ctx, cases)
    counts["revision"] = erasing.delete_revisions(db, cases)
    counts["debrief"] = without_victims(db, cases, {entry.external_id for entry in entries})
    counts["message"] = blank_messages(db, ctx, erasing.about_flags(db, keys))
    counts["flag"] = len(keys) + len(changed)
    erasing.delete_flags(db, keys)
    erasing.blank_close_notes(db, cases)
    erasing.rewrite_facts(db, changed)
    erasing.delete_victims(db, {entry.id: entry.proceeding_id for entry in entries})
    tombstones.bury(db, [index_of(ctx.keys, "victim", entry.external_id) for entry in entries])
    mark_due(db, cases)
    audit.note(db, ctx, "subject.erased", details={"kind": "victim", "entries": len(ids)})
    return +counts


def blank_messages(db: Session, ctx: Context, found: Sequence[erasing.Sent]) -> int:
    """Empty messages inside the caller's transaction, and return how many."""
    bodies = {each.id: ctx.keys.seal(places.MESSAGE_BODY, each.ref, "") for each in found}
    erasing.blank(db, found, bodies, ctx.now())
    return len(found)


def is_named(texts: Collection[str | None], names: Collection[str]) -> bool:
    """Tell whether one of ``texts`` is, or names beside a stroke, one of ``names``."""
    return any(text is not None and (text in names or not set(text.split("/")).isdisjoint(names)) for text in texts)


def without(value: Any, names: Collection[str]) -> Any:  # noqa: ANN401 - a JSON document
    """Return a JSON document without whatever in it is, or names beside a stroke, one of ``names``."""
    if isinstance(value, dict):
        return {key: without(each, names) for key, each in value.items() if not _names(key, names) and not _names(each, names)}
    if isinstance(value, list):
        return [without(each, names) for each in value if not _names(each, names)]
    return value


def _names(value: object, names: Collection[str]) -> bool:
    return isinstance(value, str) and is_named((value,), names)


def _erase_victim(db: Session, ctx: Context, external_id: str) -> Counter[str] | None:
    entries = consents.of_same_person(db, external_id)
    if not entries:
        return None
    if any(entry.is_held for entry in entries):
        raise ConflictError("a legal hold keeps this case: release it first (tracker hold)")
    return erase_entries(db, ctx, entries)


def _erase_person(db: Session, ctx: Context, external_id: str) -> Counter[str] | None:
    person = people.person_id(db, external_id)
    if person is None:
        return None
    opaque = f"erased-{secrets.token_hex(OPAQUE_BYTES)}"
    counts = Counter({"person": 1, "audit_entry": _forget(db, ctx, [("person", external_id)])})
    counts["message"] = blank_messages(db, ctx, erasing.to_person(db, person))
    for column, rows in list(erasing.own_things(db, person)):
        counts[column.table.name] += rows
        erasing.delete_own(db, column, person)
    values = {"external_id": opaque, "language": None, "quiet_from": None, "quiet_to": None, "number_refused_at": None}
    counts["assignment"] = erasing.make_opaque(db, person, values, ctx.office_today() - timedelta(1))
    db.add(PersonIdentity.model_validate({"person_id": person, "name_sealed": ctx.keys.seal(places.PERSON_NAME, opaque, NAMELESS)}))
    tombstones.bury(db, [index_of(ctx.keys, "person", external_id)])
    audit.note(db, ctx, "subject.erased", details={"kind": "person"})
    return +counts


def _forget(db: Session, ctx: Context, subjects: Sequence[tuple[str, str]]) -> int:
    """Take what is about these subjects out of the audit log, and return how many texts went."""
    return sum(audit.forget(db, ctx, subject=subject) for subject in subjects)
