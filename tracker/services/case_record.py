"""Change what the record says of one case: entries of the exchange format, checked as a document is, nothing overwritten unseen.

A form and an imported document go the same way, so that what a hearing's new date means to alerts and calendars is said once.
"""

import hashlib
import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.domain.access import Permission, may
from tracker.domain.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError, Problem
from tracker.formats.caseload.document import read
from tracker.privacy import places
from tracker.services import audit
from tracker.services.caseload_export import case_document
from tracker.services.caseload_import import write_document
from tracker.services.context import Context
from tracker.services.unsealing import Legible
from tracker.storage.queries import revisions as queries
from tracker.storage.queries.revisions import CaseRow
from tracker.storage.tables.revisions import Revision

Entry = Mapping[str, Any]
KEYS: Mapping[str, tuple[str, ...]] = {
    "accused": ("label",), "stage_events": ("kind", "instance_round"), "appearances": ("hearing", "victim"),
    "statements": ("victim", "body", "on"), "assessments": ("victim", "on"), "case_numbers": ("court", "text"),
}  # fmt: skip
"""By which properties an entry without an id of its own is found again."""
PLACE = re.compile(r"\$\.proceedings\[0\]\.(\w+)\[(\d+)\]\.?(.*)")
REF_BYTES = 8


@dataclass(frozen=True, slots=True)
class Change:
    """An entry as it shall be; ``seen`` is `mark` of what the writer saw of it, absent where it is new."""

    kind: str
    entry: Entry = field(repr=False)
    seen: str | None


@dataclass(frozen=True, slots=True)
class Before:
    """What an entry said until somebody changed it; nothing where they entered it."""

    login: str | None
    written_at: datetime
    entry: Entry | None = field(repr=False)


class ChangedMeanwhileError(ConflictError):
    """Somebody else changed the entry; ``now`` is what it says, to be shown beside what was typed."""

    def __init__(self, kind: str, now: Entry) -> None:
        """Keep what the entry says now, for the one who may read it."""
        super().__init__("somebody changed this meanwhile: compare, then decide")
        self.kind, self.now = kind, now


def writer(ctx: Context) -> int:
    """Return the id of the person who acts, if the role writes into records.

    Raises:
        ForbiddenError: nobody in particular acts, or somebody whose work is not to write.
    """
    if ctx.actor.person_id is None or not may(ctx.actor.role, Permission.WRITE_RECORD):
        raise ForbiddenError("there is nothing here for you")
    return ctx.actor.person_id


def key(kind: str, entry: Entry) -> str:
    """Return what names an entry within its list."""
    return "/".join(str(entry[name]) for name in KEYS.get(kind, ("id",)))


def mark(ctx: Context, entry: Entry) -> str:
    """Return a name of what an entry says; it tells nothing, and changes when anything of the entry does."""
    return ctx.keys.token("entry", hashlib.sha256(_spelt(entry).encode()).hexdigest())


def entries(ctx: Context, case: str, *, is_look: bool = True) -> Entry:
    """Return one case of the writer's as the exchange format has it, for forms to start from; a look is entered in the audit log.

    Sending a form is none (``is_look`` false): what it writes is in the log by itself.

    Raises:
        NotFoundError: there is no such case, or it is not the person's to write to.
    """
    person = writer(ctx)
    with ctx.database.reading() as db:
        row = _found(db, ctx, person, case, lock=False)
        found: Entry = case_document(db, ctx, row.id)["proceedings"][0]
    if is_look:
        audit.record(ctx, "case.read", case=row.external_id)
    return found


def write(ctx: Context, case: str, changes: Sequence[Change]) -> None:
    """Write entries of one case, all or none, keep what each said before, and note who did.

    Raises:
        NotFoundError: there is no such case, or it is not the person's to write to.
        ChangedMeanwhileError: an entry is no longer what the writer saw.
        InvalidInputError: something is wrong; the place is "kind.number.property", the number that of the change among its kind.
    """
    person = writer(ctx)
    with ctx.database.writing() as db:
        write_within(db, ctx, _found(db, ctx, person, case, lock=True), changes)


def write_within(db: Session, ctx: Context, case: CaseRow, changes: Sequence[Change]) -> None:
    """Do what `write` does within the caller's transaction, for a case that is locked."""
    document = case_document(db, ctx, case.id)
    proceeding = document["proceedings"][0]
    news = [(change, _put(ctx, proceeding, change)) for change in changes]
    try:
        written = write_document(db, ctx, read(json.dumps(document).encode(), ctx.pack.code))
    except InvalidInputError as refused:
        raise InvalidInputError([_told(problem, proceeding, changes) for problem in refused.problems]) from None
    if not any(each.changed for each in written.values()):
        return
    for change, before in news:
        if before is None or _spelt(before) != _spelt(change.entry):
            _remember(db, ctx, case, change, before)
            fields = sorted(name for name in {*change.entry, *(before or {})} if change.entry.get(name) != (before or {}).get(name))
            audit.note(db, ctx, "record.written", case=case.external_id, details={"kind": change.kind, "fields": fields})


def history(ctx: Context, case: str, kind: str, entry: str) -> Sequence[Before]:
    """Return what an entry said before each of its changes, newest first.

    Raises:
        NotFoundError: there is no such case, or it is not the person's to write to.
    """
    person = writer(ctx)
    with Legible(ctx) as seals, ctx.database.reading() as db:
        rows = queries.of_entry(db, _found(db, ctx, person, case, lock=False).id, kind, entry)
        opened = [(row, None if row.before is None else seals.open(places.REVISION_BEFORE, row.ref, row.before)) for row in rows]
    return [Before(row.login, row.written_at, None if text is None else json.loads(text)) for row, text in opened]


def found(db: Session, ctx: Context, case: str) -> CaseRow:
    """Return one case of the writer's, locked until the end of the transaction.

    Raises:
        NotFoundError: there is no such case, or it is not the person's to write to.
    """
    return _found(db, ctx, writer(ctx), case, lock=True)


def _found(db: Session, ctx: Context, person: int, case: str, *, lock: bool) -> CaseRow:
    row = queries.theirs(db, person, case, ctx.office_today(), lock=lock)
    if row is None:
        raise NotFoundError("there is no such case, or it is not yours to write to")
    return row


def _put(ctx: Context, proceeding: dict[str, Any], change: Change) -> Entry | None:
    """Put an entry in the place of the one that it means, and return that one."""
    entries, name = proceeding[change.kind], key(change.kind, change.entry)
    place = next((index for index, old in enumerate(entries) if key(change.kind, old) == name), None)
    if place is None:
        if change.seen is not None:
            raise NotFoundError("this entry is no longer there")
        entries.append(dict(change.entry))
        return None
    before: Entry = entries[place]
    if change.seen != mark(ctx, before):
        raise ChangedMeanwhileError(change.kind, before)
    entries[place] = dict(change.entry)
    return before


def _remember(db: Session, ctx: Context, case: CaseRow, change: Change, before: Entry | None) -> None:
    ref = secrets.token_hex(REF_BYTES)
    sealed = None if before is None else ctx.keys.seal(places.REVISION_BEFORE, ref, _spelt(before))
    values = {"ref": ref, "proceeding_id": case.id, "kind": change.kind, "entry": key(change.kind, change.entry)}
    db.add(Revision.model_validate(values | {"before_sealed": sealed, "person_id": ctx.actor.person_id, "written_at": ctx.now()}))


def _told(problem: Problem, proceeding: Mapping[str, Any], changes: Sequence[Change]) -> Problem:
    """Return a problem with the place of the change in which it is, instead of the place in a document that nobody sees."""
    at = PLACE.fullmatch(problem.path)
    if at is None:
        return problem
    kind, wrong = at[1], proceeding[at[1]][int(at[2])]
    for number, change in enumerate(each for each in changes if each.kind == kind):
        if change.entry == wrong:
            return Problem(f"{kind}.{number}.{at[3]}", problem.message)
    return problem


def _spelt(entry: Entry) -> str:
    return json.dumps(entry, ensure_ascii=False, sort_keys=True)
