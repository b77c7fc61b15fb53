"""What a newly captured court calendar changes: the difference between what is stored and what is listed.

Courts publish no ids, so a hearing is known by its case, moment and room. Everything here is pure: the caller names
cases by any integer and applies the plan.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple, TypeAlias

from tracker.domain.codes.hearing import HearingOutcome

CALLED_OFF = frozenset({HearingOutcome.CANCELLED, HearingOutcome.POSTPONED_IN_ADVANCE})
"""Outcomes that a calendar may tell of a hearing that still lies ahead."""
UNTOLD = frozenset({None, HearingOutcome.UNKNOWN})
BRAKE_PERCENT = 20
"""A capture that would cancel a larger share of a court's upcoming hearings is probably broken."""

Key: TypeAlias = tuple[int, datetime | date, str]


class Slot(NamedTuple):
    """When and where a case is heard; ``day`` is the court's date, ``room`` a folded name, empty where not known."""

    case: int
    starts_at: datetime
    day: date
    time_known: bool
    room: str

    @property
    def key(self) -> Key:
        """Return what makes two slots the same hearing."""
        return self.case, self.starts_at if self.time_known else self.day, self.room


class Listed(NamedTuple):
    """One row of the calendar; ``outcome`` is how its result reads (UNKNOWN: not understood, None: tells of none)."""

    slot: Slot
    row: int
    has_result: bool = False
    outcome: HearingOutcome | None = None


class Stored(NamedTuple):
    """One hearing of the record that was not moved away; ``has_text`` tells that a calendar's result is kept with it."""

    slot: Slot
    id: int
    outcome: HearingOutcome | None = None
    has_text: bool = False


@dataclass(frozen=True, slots=True)
class Capture:
    """The instant at which the court showed the calendar, and the court's date then."""

    at: datetime
    day: date

    def is_ahead(self, slot: Slot) -> bool:
        """Tell whether the hearing starts at this instant or later, or on this day where only the day is known."""
        return slot.starts_at >= self.at if slot.time_known else slot.day >= self.day

    def may_be_over(self, slot: Slot) -> bool:
        """Tell whether the hearing may have been held by now."""
        return slot.starts_at < self.at if slot.time_known else slot.day <= self.day

    def verdict(self, row: Listed) -> HearingOutcome | None:
        """Return what the row tells of the hearing's outcome: ahead of it, only that it was called off."""
        return row.outcome if row.outcome in CALLED_OFF or self.may_be_over(row.slot) else None


@dataclass(slots=True)
class Plan:
    """What to write, in the order of the calendar; each row is counted once, ``cancelled`` are hearings without a row."""

    added: list[Listed] = field(default_factory=list)
    moved: list[tuple[Stored, Listed]] = field(default_factory=list)
    cancelled: list[Stored] = field(default_factory=list)
    outcomes: list[tuple[Stored, Listed]] = field(default_factory=list)
    unchanged: int = 0
    ignored: int = 0

    def brakes(self, upcoming: int) -> bool:
        """Tell whether this would cancel more than 20 % of the court's ``upcoming`` hearings."""
        return len(self.cancelled) * 100 > upcoming * BRAKE_PERCENT


def changes(stored: Sequence[Stored], listed: Iterable[Listed], capture: Capture) -> Plan:
    """Return what turns ``stored`` into what the calendar lists.

    A document without rows has no last date that would limit it: everything ahead is missing from it.
    """
    plan = Plan()
    rows = _without_duplicates(listed, plan, capture)
    fresh = _compared(stored, rows, capture, plan)
    last_day = max((row.slot.day for row in rows.values()), default=date.max)
    missing = _missing(stored, rows, capture, last_day)
    for case, unpaired in fresh.items():
        if case in missing:
            unpaired, missing[case] = _paired(missing[case], unpaired, capture, plan)  # noqa: PLW2901 - what is left of it
        plan.added += unpaired
    plan.cancelled = [hearing for hearings in missing.values() for hearing in hearings]
    plan.added.sort(key=lambda row: row.row)
    return plan


def _paired(missing: list[Stored], fresh: list[Listed], capture: Capture, plan: Plan) -> tuple[list[Listed], list[Stored]]:
    """Note moves of one case in order of date; return what is left on either side."""
    movable = sorted((row for row in fresh if _may_replace(row, capture)), key=lambda row: row.slot.starts_at)
    pairs = list(zip(missing, movable, strict=False))
    plan.moved += pairs
    taken = {row.row for _, row in pairs}
    return [row for row in fresh if row.row not in taken], missing[len(pairs) :]


def _without_duplicates(listed: Iterable[Listed], plan: Plan, capture: Capture) -> dict[Key, Listed]:
    """Keep one row a hearing: the first, or the one whose result tells more."""
    rows: dict[Key, Listed] = {}
    for row in listed:
        kept = rows.setdefault(row.slot.key, row)
        if kept is not row:
            plan.ignored += 1
            if capture.verdict(kept) in UNTOLD and capture.verdict(row) is not None:
                rows[row.slot.key] = row
    return rows


def _compared(stored: Sequence[Stored], rows: dict[Key, Listed], capture: Capture, plan: Plan) -> dict[int, list[Listed]]:
    """Sort out the rows that are stored already; return the others by case."""
    known: dict[Key, Stored] = {}
    for hearing in stored:
        other = known.get(hearing.slot.key)
        if other is None or other.outcome == HearingOutcome.CANCELLED:
            known[hearing.slot.key] = hearing
    vague = _past_by_day(hearing for key, hearing in known.items() if key not in rows and not capture.is_ahead(hearing.slot))
    fresh: dict[int, list[Listed]] = defaultdict(list)
    for key, row in rows.items():
        match = known.get(key) or _same_past(row, vague, capture)
        if match is None or _is_on_again(match, row, capture):
            fresh[row.slot.case].append(row)
        elif _tells_news(match, row, capture):
            plan.outcomes.append((match, row))
        else:
            plan.unchanged += 1
    return fresh


def _past_by_day(hearings: Iterable[Stored]) -> dict[tuple[int, date], list[Stored]]:
    days: dict[tuple[int, date], list[Stored]] = defaultdict(list)
    for hearing in hearings:
        days[hearing.slot.case, hearing.slot.day].append(hearing)
    return days


def _same_past(row: Listed, vague: dict[tuple[int, date], list[Stored]], capture: Capture) -> Stored | None:
    """Return the past hearing of that day which differs only in what one side does not know: time or room.

    People note past hearings without a room; adding the court's row beside them would count one hearing twice.
    """
    slot = row.slot
    if capture.is_ahead(slot):
        return None
    candidates = vague.get((slot.case, slot.day), [])
    for hearing in candidates:
        other = hearing.slot
        same_time = other.starts_at == slot.starts_at or not (other.time_known and slot.time_known)
        if same_time and (other.room == slot.room or not (other.room and slot.room)):
            candidates.remove(hearing)
            return hearing
    return None


def _is_on_again(hearing: Stored, row: Listed, capture: Capture) -> bool:
    """Tell whether the court lists again what the record holds for cancelled."""
    if hearing.outcome != HearingOutcome.CANCELLED or row.outcome in CALLED_OFF:
        return False
    return capture.is_ahead(row.slot) or capture.verdict(row) not in UNTOLD


def _tells_news(hearing: Stored, row: Listed, capture: Capture) -> bool:
    """Tell whether the row knows more of the outcome than the record; what a person entered stands."""
    verdict = capture.verdict(row)
    if hearing.outcome is not None:
        return hearing.outcome == HearingOutcome.UNKNOWN and verdict not in UNTOLD
    return verdict is not None or (row.has_result and not hearing.has_text and capture.may_be_over(row.slot))


def _may_replace(row: Listed, capture: Capture) -> bool:
    return capture.is_ahead(row.slot) and capture.verdict(row) is None


def _missing(stored: Sequence[Stored], rows: dict[Key, Listed], capture: Capture, last_day: date) -> dict[int, list[Stored]]:
    """Return the open hearings ahead, within the calendar's window, that it does not list; by case, in order of date."""
    missing: dict[int, list[Stored]] = defaultdict(list)
    for hearing in sorted(stored, key=lambda hearing: (hearing.slot.starts_at, hearing.id)):
        slot = hearing.slot
        if hearing.outcome is None and slot.day <= last_day and capture.is_ahead(slot) and slot.key not in rows:
            missing[slot.case].append(hearing)
    return missing
