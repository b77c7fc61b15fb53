"""The sweep: ask the rules about whatever is due, and write what is different."""

import gc
import hashlib
import json
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlmodel import Session

from tracker.discovery import discover
from tracker.domain.court_dates import local_date
from tracker.domain.engine import evaluate
from tracker.domain.flag_life import Changes, Closing, Opening, Revision, changes
from tracker.domain.flags import FlagRule
from tracker.domain.pack import Pack
from tracker.services.alerting import RaisedFlag, flags_closed, flags_raised
from tracker.services.context import Context
from tracker.storage.queries import due, facts, flags

BATCH = 200
"""Proceedings in one transaction: short enough that people who write meanwhile do not wait."""

MARKED_AT_ONCE = 20_000
REF_BYTES = 9

Progress = Callable[[int, int], None]
"""Told how many proceedings were looked at, of how many."""


@lru_cache(maxsize=1)
def all_rules() -> tuple[FlagRule, ...]:
    """Return every rule, in order of its file's name."""
    return discover("tracker.domain.rules", "RULE", FlagRule)


def fingerprint(rules: Sequence[FlagRule], pack: Pack) -> str:
    """Return what changes whenever a rule or the pack does: then every proceeding has to be looked at again."""
    thresholds = {rule: [asdict(limits)] for rule, limits in pack.thresholds.items()}
    stated = [[(rule.code, rule.version) for rule in rules], pack.code, pack.version, thresholds]
    return hashlib.sha256(json.dumps(stated, sort_keys=True).encode()).hexdigest()


@dataclass(slots=True)
class Counts:
    """What a sweep did; ``told`` counts flags of which people were told at once."""

    proceedings: int = 0
    opened: int = 0
    changed: int = 0
    closed: int = 0
    told: int = 0


def sweep(ctx: Context, *, full: bool = False, progress: Progress | None = None) -> dict[str, int]:
    """Ask the rules about every proceeding that is due, in short transactions that several workers may share.

    With ``full``, or when rules or pack changed since the last time, everything is due. A sweep that was broken off is
    taken up by the next.

    Returns:
        How many proceedings were looked at, and how many flags were opened, changed and closed, and told of at once.
    """
    rules = all_rules()
    _mark_what_changed(ctx, fingerprint(rules, ctx.pack), full=full)
    counts = Counts()
    with ctx.database.reading() as db:
        waiting = [(today, due.due_keys(db, zone, today)) for zone, today in _today_by_zone(ctx, db)]
    total = sum(len(keys) for _, keys in waiting)
    done = 0
    for today, keys in waiting:
        for start in range(0, len(keys), BATCH):
            batch = keys[start : start + BATCH].tolist()
            with _uncollected(), ctx.database.writing() as db:
                _Batch(ctx, db, rules, counts).run(due.claim(db, batch, today))
            done += len(batch)
            if progress is not None:
                progress(done, total)
    return asdict(counts)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Pause the cycle collector: facts form no cycles, and looking for some among thousands of them is a third of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _today_by_zone(ctx: Context, db: Session) -> Iterator[tuple[str, date]]:
    for zone in due.zones(db):
        yield zone, local_date(ctx.now(), ZoneInfo(zone))


def _mark_what_changed(ctx: Context, current: str, *, full: bool) -> None:
    """Mark everything due where that is needed; the fingerprint is kept last, so that a half-done marking is done again."""
    with ctx.database.reading() as db:
        is_known = flags.fingerprint(db) == current
        last = due.last_key(db)
    if is_known and not full:
        return
    for first in range(1, last + 1, MARKED_AT_ONCE):
        with ctx.database.writing() as db:
            due.mark_range_due(db, first, first + MARKED_AT_ONCE - 1)
    if not is_known:
        with ctx.database.writing() as db:
            flags.remember_fingerprint(db, current)


@dataclass(slots=True)
class _Batch:
    """One transaction of a sweep: rows to write are gathered here and written together."""

    ctx: Context
    db: Session
    rules: Sequence[FlagRule]
    counts: Counts
    inserts: list[dict[str, object]] = field(default_factory=list)
    revisions: list[dict[str, object]] = field(default_factory=list)
    closings: list[dict[str, object]] = field(default_factory=list)
    reviews: list[dict[str, object]] = field(default_factory=list)
    news: list[tuple[int, FlagRule, str, int, str | int]] = field(default_factory=list)
    """Proceeding, rule, subject, severity, and the flag's key or (not yet kept) its ref."""

    def run(self, keys: Sequence[int]) -> None:
        """Look at the proceedings of ``keys``, which this transaction has locked."""
        if not keys:
            return
        kept = flags.living(self.db, keys)
        now = self.ctx.now()
        for key, each in facts.load_keyed(self.db, keys, self.ctx.keys):
            found = evaluate(self.rules, each, now, self.ctx.pack.thresholds)
            self.reviews.append({"key": key, "review": found.review_on, "today": found.today})
            self._gather(key, changes(kept.get(key, ()), found.findings, found.today), found.today)
        self._write()
        self.counts.proceedings += len(keys)

    def _gather(self, proceeding: int, difference: Changes, today: date) -> None:
        for opening in difference.openings:
            self._open(proceeding, opening, today)
        for revision in difference.revisions:
            self._revise(proceeding, revision, today)
        for closing in difference.closings:
            self.closings.append(_closed(closing))

    def _open(self, proceeding: int, opening: Opening, today: date) -> None:
        rule, finding = opening.rule, opening.finding
        ref = secrets.token_urlsafe(REF_BYTES)
        self.inserts.append({
            "ref": ref, "proceeding_id": proceeding, "rule": rule.code, "rule_version": rule.version, "kind": rule.kind,
            "subject_kind": rule.subject_kind, "subject": finding.subject, "fact": finding.fact, "victim": finding.victim,
            "severity": int(finding.severity), "facts": finding.facts, "opened_on": today, "since": finding.since, "last_changed_on": today,
            "closed_on": None if opening.close_reason is None else today,
            "close_reason": opening.close_reason and opening.close_reason.value,
        })  # fmt: skip
        if opening.is_news:
            self.news.append((proceeding, rule, finding.subject, finding.severity, ref))

    def _revise(self, proceeding: int, revision: Revision, today: date) -> None:
        rule, finding = revision.rule, revision.finding
        row: dict[str, object] = {
            "key": revision.flag.id, "rule_version": rule.version, "severity": int(finding.severity), "since": finding.since,
            "facts": finding.facts, "last_changed_on": today, "closed_on": None, "close_reason": None,
            "dismissed_severity": revision.dismissed_severity,
        }  # fmt: skip
        if revision.is_raised:
            row |= {"acknowledged_by_id": None, "acknowledged_at": None}
        self.revisions.append(row)
        if revision.is_news:
            self.news.append((proceeding, rule, finding.subject, finding.severity, revision.flag.id))

    def _write(self) -> None:
        flags.insert(self.db, self.inserts)
        flags.revise(self.db, [row for row in self.revisions if "acknowledged_at" not in row])
        flags.revise(self.db, [row for row in self.revisions if "acknowledged_at" in row])
        flags.revise(self.db, self.closings)
        due.settle(self.db, self.reviews)
        self._tell()
        self.counts.opened += len(self.inserts)
        self.counts.changed += len(self.revisions)
        self.counts.closed += len(self.closings)
        self.counts.told += len(self.news)

    def _tell(self) -> None:
        if self.closings:
            flags_closed(self.db, self.ctx, [int(str(row["key"])) for row in self.closings])
        keys = flags.keys_of(self.db, [name for *_, name in self.news if isinstance(name, str)])
        raised: dict[int, list[RaisedFlag]] = {}
        for proceeding, rule, subject, severity, name in self.news:
            flag = keys[name] if isinstance(name, str) else name
            raised.setdefault(proceeding, []).append(RaisedFlag(flag, rule.code, subject, severity, rule.tells))
        for proceeding, told in raised.items():
            flags_raised(self.db, self.ctx, proceeding, told)


def _closed(closing: Closing) -> dict[str, object]:
    return {"key": closing.flag.id, "closed_on": closing.on, "close_reason": closing.reason.value, "last_changed_on": closing.on}
