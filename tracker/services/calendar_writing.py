"""Write a calendar's changes: hearings and watched cases in bulk, and through the alerts where somebody is told."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from sqlmodel import Session

from tracker.domain.calendar_changes import CALLED_OFF, Capture, Listed
from tracker.domain.codes.hearing import HearingOutcome, HearingType
from tracker.privacy import places
from tracker.services.alerting import HearingChange, hearing_changed
from tracker.services.blind_indexes import panel_key
from tracker.services.calendar_comparison import Comparison, NewNumber, Showing
from tracker.services.context import Context
from tracker.storage.queries import court_hearings as queries
from tracker.storage.queries.court_hearings import ChainRow
from tracker.storage.queries.due import mark_due
from tracker.storage.tables.hearings import Hearing
from tracker.storage.tables.proceedings import CaseNumber

Row = dict[str, Any]


@dataclass(slots=True)
class CalendarWriter:
    """Writes one comparison for one court inside the caller's transaction."""

    db: Session
    ctx: Context
    court_id: int
    showing: Showing
    comparison: Comparison
    prefix: str = field(default_factory=lambda: uuid.uuid4().hex[:22])
    counter: Iterator[int] = field(default_factory=count)

    @property
    def capture(self) -> Capture:
        """Return when the calendar was shown."""
        return self.showing.capture

    def write(self) -> None:
        """Write everything, then tell of it."""
        plan, proceedings = self.comparison.plan, self.comparison.proceedings
        numbers = self._insert_numbers()
        watched = (row for row in plan.added if proceedings[row.slot.case] is None)
        queries.insert(self.db, Hearing, (self._hearing(row, numbers, None) for row in watched))
        followed = [row for row in plan.added if proceedings[row.slot.case] is not None]
        chains = queries.chains(self.db, [old.id for old, _ in plan.moved])
        added = [self._hearing(row, numbers, None) for row in followed]
        replacements = [self._hearing(row, numbers, chains[old.id]) for old, row in plan.moved]
        queries.insert(self.db, Hearing, [*added, *replacements])
        ids = queries.ids_of_hearings(self.db, [row["external_id"] for row in (*added, *replacements)])
        self._supersede([(old.id, ids[new["external_id"]]) for (old, _), new in zip(plan.moved, replacements, strict=True)])
        self._settle()
        ahead = (row for row, listed in zip(added, followed, strict=True) if self.capture.is_ahead(listed.slot))
        self._mark_due(row["proceeding_id"] for row in added)
        for change in (*self._changes(replacements, ids), *(HearingChange(ids[row["external_id"]], "added") for row in ahead)):
            hearing_changed(self.db, self.ctx, change)

    def _insert_numbers(self) -> Mapping[int, int]:
        """Insert new numbers, a part at a time, and return the id of each case that had none."""
        numbers: dict[int, int] = {}
        for part in queries.chunks(self.comparison.new_numbers):
            refs = {self._name(): number for number in part}
            queries.insert(self.db, CaseNumber, (self._number(ref, number) for ref, number in refs.items()))
            numbers.update((refs[ref].case, number_id) for ref, number_id in queries.ids_of_numbers(self.db, refs).items())
        return numbers

    def _number(self, ref: str, number: NewNumber) -> Row:
        text = self.ctx.keys.seal(places.CASE_NUMBER_TEXT, ref, number.text)
        return {
            "ref": ref, "court_id": self.court_id, "number_index": number.number_index, "is_parsed": number.is_parsed, "text_sealed": text,
        }  # fmt: skip

    def _name(self) -> str:
        """Return a new opaque name; names of one import follow each other, which keeps their indexes dense."""
        return f"{self.prefix}{next(self.counter):010x}"

    def _hearing(self, listed: Listed, numbers: Mapping[int, int], chain: ChainRow | None) -> Row:
        """Return a new hearing; one that another was moved to carries on what the calendar does not say anew."""
        slot, source = listed.slot, self.showing.rows[listed.row]
        meaning = self.showing.layout.meaning(source.session_type)
        external_id = self._name()
        return {
            "external_id": external_id,
            "proceeding_id": self.comparison.proceedings[slot.case],
            "case_number_id": numbers.get(slot.case, slot.case),
            "court_id": self.court_id,
            "type": meaning.type or (chain.type if chain else HearingType.MAIN),
            "starts_at": slot.starts_at,
            "time_known": slot.time_known,
            "minutes_expected": chain.minutes_expected if chain else None,
            "room": source.room or None,
            "closed_to_public": meaning.closed_to_public or (chain.closed_to_public if chain else None),
            "panel_sealed": self.ctx.keys.seal(places.HEARING_PANEL, external_id, source.panel) if source.panel else None,
            "panel_key": panel_key(self.ctx.keys, source.panel),
            "version": 1,
            "calendar_uid": chain.calendar_uid if chain else self._name(),
            "calendar_sequence": chain.calendar_sequence + 1 if chain else 0,
            "changed_at": self.ctx.now(),
        } | self._outcome(listed, external_id)

    def _outcome(self, listed: Listed, external_id: str) -> Row:
        verdict = self.capture.verdict(listed)
        is_kept = listed.has_result and (verdict is not None or self.capture.may_be_over(listed.slot))
        text = self.ctx.keys.seal(places.HEARING_OUTCOME_TEXT, external_id, self.showing.rows[listed.row].result) if is_kept else None
        return {"outcome": verdict, "outcome_reported_on": verdict and self.capture.day, "outcome_text_sealed": text}

    def _supersede(self, pairs: Sequence[tuple[int, int]]) -> None:
        told = {"outcome_reported_on": self.capture.day, "changed_at": self.ctx.now()}
        queries.update_hearings(self.db, [{"row_id": old, "superseded_by_id": new, **told} for old, new in pairs], is_revision=True)
        queries.hand_on_summons(self.db, pairs)

    def _settle(self) -> None:
        """Write outcomes: those that the calendar tells, and CANCELLED where it is silent."""
        plan, now = self.comparison.plan, self.ctx.now()
        gone = {"outcome": HearingOutcome.CANCELLED, "outcome_reported_on": self.capture.day, "changed_at": now}
        queries.update_hearings(self.db, [{"row_id": hearing.id, **gone} for hearing in plan.cancelled], is_revision=True)
        names = queries.external_ids(self.db, [hearing.id for hearing, _ in plan.outcomes])
        told: dict[bool, list[Row]] = {True: [], False: []}
        for hearing, listed in plan.outcomes:
            row = {"row_id": hearing.id, "changed_at": now, **self._outcome(listed, names[hearing.id])}
            told[row["outcome"] in CALLED_OFF].append(row)
        for is_revision, rows in told.items():
            queries.update_hearings(self.db, rows, is_revision=is_revision)

    def _changes(self, replacements: Sequence[Row], ids: Mapping[str, int]) -> Iterator[HearingChange]:
        """Yield the changes of hearings that people may know of; a watched case has nobody to tell yet."""
        plan = self.comparison.plan
        told = [(hearing, listed) for hearing, listed in plan.outcomes if self.capture.verdict(listed) is not None]
        touched = (*(old for old, _ in plan.moved), *plan.cancelled, *(hearing for hearing, _ in told))
        known = {row.id: row for row in queries.told(self.db, [each.id for each in touched]).values() if row.proceeding_id is not None}
        self._mark_due(row.proceeding_id for row in known.values())
        for (old, _), new in zip(plan.moved, replacements, strict=True):
            if old.id in known:
                yield HearingChange(old.id, "moved", ids[new["external_id"]], old_version=known[old.id].version)
        for hearing in plan.cancelled:
            if hearing.id in known:
                yield HearingChange(hearing.id, "cancelled", old_version=known[hearing.id].version)
        for hearing, _ in told:
            if hearing.id in known:
                yield HearingChange(hearing.id, "outcome", old_version=known[hearing.id].version)

    def _mark_due(self, proceedings: Iterable[int | None]) -> None:
        mark_due(self.db, sorted({proceeding for proceeding in proceedings if proceeding is not None}))
