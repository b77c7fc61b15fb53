"""Prove the audit log: walk the chain, find the first entry that was altered, removed, moved or added; note its head daily."""

import re
from dataclasses import dataclass

from tracker.domain.errors import InvalidInputError, Problem
from tracker.privacy import chain
from tracker.privacy.keys import KeyRing, SealBrokenError
from tracker.privacy.places import AUDIT_REASON
from tracker.services import audit
from tracker.services.context import Context
from tracker.storage.queries import audit as queries
from tracker.storage.queries.audit import EntryRow, HeadRow
from tracker.storage.tables.audit import AuditAnchor

PRINTED = re.compile(r"(?P<seq>[0-9]{1,12}):(?P<seal>[0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry's number and seal, as they are printed: ``"1234:9f86…"``."""

    seq: int
    seal: bytes

    def __str__(self) -> str:
        """Return the text that people print and keep."""
        return f"{self.seq}:{self.seal.hex()}"

    @classmethod
    def parse(cls, text: str) -> "Head":
        """Return the head that was printed as ``text``.

        Raises:
            InvalidInputError: it is no such text.
        """
        found = PRINTED.fullmatch(text.strip())
        if found is None:
            raise InvalidInputError([Problem("--head", "expected a number, a colon and 64 hexadecimal digits, as it was printed")])
        return cls(int(found["seq"]), bytes.fromhex(found["seal"]))


@dataclass(frozen=True, slots=True)
class Proof:
    """What the walk found: how many entries, the number of the first bad one (``None``: all is well), and why it is bad."""

    entries: int
    first_bad: int | None = None
    why: str = ""

    @property
    def ok(self) -> bool:
        """Tell whether the log is whole and unaltered."""
        return self.first_bad is None


def head(ctx: Context) -> Head:
    """Return the log's newest number and seal."""
    with ctx.database.reading() as db:
        found = queries.head(db)
    return Head(0, chain.GENESIS) if found is None else Head(found.seq, found.seal)


def anchor(ctx: Context) -> Head | None:
    """Note the head among the anchors, and return it; ``None`` where nothing was written since the last one."""
    with ctx.database.writing() as db:
        found = queries.head(db)
        known = queries.anchors(db)
        if found is None or (known and known[-1].seq == found.seq):
            return None
        db.add(AuditAnchor.model_validate({"noted_at": ctx.now(), "seq": found.seq, "seal": found.seal}))
    return Head(found.seq, found.seal)


def verify(ctx: Context, printed: Head | None = None) -> Proof:
    """Walk the whole chain; with ``printed``, a head kept elsewhere, also find a log that was made anew or set back."""
    with ctx.database.reading() as db:
        walk = _Walk(ctx.keys, {each.seq: each.seal for each in queries.anchors(db)}, printed)
        for row in queries.entries(db):
            if (why := walk.step(row)) is not None:
                return Proof(walk.count, walk.expected, why)
        return walk.end(queries.head(db))


class _Walk:
    """One walk from the first entry to the head."""

    def __init__(self, keys: KeyRing, anchors: dict[int, bytes], printed: Head | None) -> None:
        self.keys, self.anchors = keys, anchors
        if printed is not None and printed.seq:
            self.anchors[printed.seq] = printed.seal if anchors.get(printed.seq, printed.seal) == printed.seal else b""
        self.count, self.expected, self.previous = 0, 1, chain.GENESIS
        self.emptied = {"texts": 0, "reasons": 0}
        self.first_emptied = 0
        self.owned_up = {"texts": 0, "reasons": 0}

    def step(self, row: EntryRow) -> str | None:
        """Return what is wrong with the next entry, if anything."""
        if row.seq != self.expected:
            return "this entry was removed"
        why = self._altered(row) or self._unlike_its_commitments(row)
        if why is None:
            self.count, self.expected, self.previous = self.count + 1, self.expected + 1, row.seal
            if row.action == audit.FORGOTTEN:
                for name in self.owned_up:
                    self.owned_up[name] += int(row.details.get(name, 0))
        return why

    def end(self, found: HeadRow | None) -> Proof:
        """Compare what was walked with the head, the anchors and what was erased on purpose."""
        seq = 0 if found is None else found.seq
        if seq != self.count or (found is not None and found.seal != self.previous):
            return Proof(self.count, self.expected, "entries at the end were removed, or the head was altered")
        beyond = [number for number in self.anchors if number > self.count]
        if beyond:
            return Proof(
                self.count, self.expected, "an anchor names a later entry: entries at the end were removed, or an older copy was restored"
            )
        if self.emptied != self.owned_up:
            return Proof(self.count, self.first_emptied or self.expected, "more was emptied than erasures account for, or less")
        return Proof(self.count)

    def _altered(self, row: EntryRow) -> str | None:
        if row.previous != self.previous:
            return "it does not follow the entry before it: entries were moved or exchanged"
        if chain.link(self.keys, self.previous, audit.covered(row._asdict())) != row.seal:
            return "it was altered"
        if self.anchors.get(row.seq, row.seal) != row.seal:
            return "it is not the entry that was anchored"
        return None

    def _unlike_its_commitments(self, row: EntryRow) -> str | None:
        for text, salt, commitment in (
            (row.case_id, row.case_salt, row.case_commitment),
            (row.subject, row.subject_salt, row.subject_commitment),
        ):
            if commitment is None:
                if text is not None:
                    return "something was added to it"
            elif text is None:
                self._note_emptied(row, "texts")
            elif salt is None or chain.commitment(salt, text) != commitment:
                return "what it is about was altered"
        return self._unlike_its_reason(row)

    def _unlike_its_reason(self, row: EntryRow) -> str | None:
        if row.reason_sealed is None:
            if row.reason_mark is not None:
                self._note_emptied(row, "reasons")
            return None
        try:
            reason = self.keys.open(AUDIT_REASON, str(row.seq), row.reason_sealed)
        except SealBrokenError:
            return "its reason was altered"
        return None if chain.reason_mark(self.keys, row.seq, reason) == row.reason_mark else "its reason was altered"

    def _note_emptied(self, row: EntryRow, what: str) -> None:
        self.emptied[what] += 1
        self.first_emptied = self.first_emptied or row.seq
