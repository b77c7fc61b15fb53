"""Load a caseload document: all of it or nothing, and the same document twice changes nothing."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NoReturn

from sqlmodel import Session

from tracker.domain.errors import Problem
from tracker.formats.caseload.document import read
from tracker.formats.caseload.problems import ROOT, Place, Problems
from tracker.services import audit
from tracker.services.case_linking import adopt_watched
from tracker.services.caseload import moves
from tracker.services.caseload.kinds import KINDS, Kind, Row
from tracker.services.caseload.rows import wanted_row
from tracker.services.caseload.writing import Written, settled, stored_rows, write
from tracker.services.context import Context
from tracker.services.tombstones import keep_withdrawals, refuse_erased
from tracker.storage.queries import caseload as queries
from tracker.storage.queries.due import mark_due

Counts = dict[str, int]
MANY = 5_000
"""New rows from which the database is asked to count anew."""


@dataclass(frozen=True, slots=True)
class Imported:
    """How many entries of each kind were created, updated and left alone; kinds are called as in the document."""

    created: Counts = field(default_factory=dict)
    updated: Counts = field(default_factory=dict)
    unchanged: Counts = field(default_factory=dict)
    errors: tuple[Problem, ...] = ()


class _NothingKeptError(Exception):
    """Ends a transaction without keeping its work."""


def _end_rehearsal() -> NoReturn:
    raise _NothingKeptError


def import_caseload(ctx: Context, data: bytes, *, rehearse: bool = False) -> Imported:
    """Load the document ``data`` into the record; with ``rehearse`` only tell what would happen.

    Entries are found again by their ids, those without ids by what they say. What the document leaves out of an entry is emptied, save
    what a court's calendar told of a hearing; whole entries that it leaves out stay as they are. Watched cases whose numbers it gives to
    a proceeding bring their hearings along.

    Raises:
        InvalidInputError: something in the document is wrong; nothing was changed.
    """
    document = read(data, ctx.pack.code, ctx.pack.timezone)
    written: Mapping[str, Written] = {}
    with suppress(_NothingKeptError), ctx.database.writing() as db:
        written = write_document(db, ctx, document)
        if any(each.changed for each in written.values()):
            audit.note(db, ctx, "caseload.imported", details=_counted(written))
        if rehearse:
            _end_rehearsal()
    return Imported(
        created={name: len(each.created) for name, each in written.items() if each.created},
        updated={name: len(each.updated) for name, each in written.items() if each.updated},
        unchanged={name: len(each.unchanged) for name, each in written.items() if each.unchanged},
    )


def write_document(db: Session, ctx: Context, document: Mapping[str, Any]) -> Mapping[str, Written]:
    """Write a document that was read and checked within the caller's transaction; returns what became of each kind of entry.

    Raises:
        InvalidInputError: it contradicts what is stored.
    """
    return _Import(db, ctx, document).run()


def _counted(written: Mapping[str, Written]) -> dict[str, int]:
    """Return how many entries were created and updated, over all kinds and of proceedings."""
    created, updated = (sum(len(getattr(each, what)) for each in written.values()) for what in ("created", "updated"))
    return {"created": created, "updated": updated, "proceedings": len(written["proceedings"].changed)}


class _Import:
    """One import in one transaction."""

    def __init__(self, db: Session, ctx: Context, document: Mapping[str, Any]) -> None:
        self.db, self.ctx, self.document = db, ctx, document
        self.ids: dict[str, dict[str, int]] = {}
        self.written: dict[str, Written] = {}
        self.problems = Problems()

    def run(self) -> Mapping[str, Written]:
        for kind in KINDS:
            self.written[kind.name] = self._bring_in(kind)
        moves.inherit_calendar_entries(self.db, self.written["hearings"])
        moves.tell(self.db, self.ctx, self.written["hearings"])
        adopt_watched(self.db, self.ctx, {row["proceeding_id"] for row in self.written["case_numbers"].changed})
        mark_due(self.db, self._touched())
        if sum(len(each.created) for each in self.written.values()) >= MANY:
            queries.gather_statistics(self.db)
        return self.written

    def _bring_in(self, kind: Kind) -> Written:
        entries = list(self._entries(kind))
        refuse_erased(self.db, self.ctx.keys, kind.name, [(entry, place) for entry, _, place in entries], self.problems)
        self.problems.refuse()
        wanted = [self._wanted(kind, entry, owner) for entry, owner, _ in entries]
        known = [row["id"] for row in (*self._of("proceedings").unchanged, *(new for _, new in self._of("proceedings").updated))]
        stored = stored_rows(self.db, self.ctx, kind, wanted, known)
        found = settled(kind, wanted, stored, [place for _, _, place in entries], self.problems)
        self.problems.refuse()
        if kind.name == "hearings":
            moves.keep_what_a_calendar_told(wanted, found)
        if kind.name == "victims":
            keep_withdrawals(self.db, wanted, found)
        written = write(self.db, self.ctx, kind, list(zip(wanted, found, strict=True)))
        if kind.has_ids:
            self.ids[kind.name] = {row["external_id"]: row["id"] for row in written.rows}
        return written

    def _entries(self, kind: Kind) -> Iterator[tuple[Mapping[str, Any], str | None, Place]]:
        """Yield each entry of one kind with the proceeding that it stands in and its place in the document."""
        if not kind.is_of_proceeding:
            yield from ((entry, None, ((ROOT, kind.name), index)) for index, entry in enumerate(self.document.get(kind.name, ())))
            return
        for number, proceeding in enumerate(self.document["proceedings"]):
            inside: Place = (((ROOT, "proceedings"), number), kind.name)
            for index, entry in enumerate(proceeding.get(kind.name, ())):
                yield entry, proceeding["id"], (inside, index)

    def _wanted(self, kind: Kind, entry: Mapping[str, Any], owner: str | None) -> Row:
        row = wanted_row(kind, entry, self.ids, self.ctx.keys)
        return row if owner is None else row | {"proceeding_id": self.ids["proceedings"][owner]}

    def _of(self, name: str) -> Written:
        return self.written.get(name) or Written()

    def _touched(self) -> set[int]:
        """Return the proceedings of which any fact changed."""
        touched = {row["id"] for row in self.written["proceedings"].changed}
        for kind in KINDS:
            if kind.is_of_proceeding:
                touched.update(row["proceeding_id"] for row in self.written[kind.name].changed)
        courts = [new["id"] for _, new in self.written["courts"].updated]
        return touched | set(queries.proceedings_of_courts(self.db, courts))
