"""The clocks of a proceeding: how long it took, or has taken so far.

Source: statistics.md, "Clocks" (definitions version 1); the first-instance clock follows ASTRA's yearly
analyses of Serbian court practice, the total clock the European Court's reading of art. 6(1) ECHR.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tracker.domain.codes.proceeding import EndCause, StageKind
from tracker.domain.codes.shared import Precision
from tracker.domain.facts import ProceedingFacts

DAYS_PER_YEAR = 365.25
MIDDLE_DAY = 15
MIDDLE_OF_YEAR = (7, 1)
OBSERVATION_ENDS = frozenset({EndCause.TRANSFERRED_ABROAD, EndCause.LOST_TO_FOLLOW_UP})


class Moment(NamedTuple):
    """A court-local date to count from; ``imputed`` if only its month or year is known."""

    on: date
    imputed: bool = False


class Ending(StrEnum):
    """How a spell ends: by the event that the clock waits for, or by the end of our sight."""

    EVENT = "EVENT"
    OPEN = "OPEN"
    CENSORED = "CENSORED"


class LeftOut(StrEnum):
    """Why a proceeding is in no length figure; each reason is counted."""

    NO_START = "NO_START"
    END_BEFORE_START = "END_BEFORE_START"
    ENDED_UNFOLLOWED = "ENDED_UNFOLLOWED"


class Spell(NamedTuple):
    """One run of a clock; ``days`` from its start to ``ending``, at risk after day ``entry`` (0: from the start).

    ``dates`` counts the milestones it was measured with, ``imputed`` how many of them are guesses.
    """

    days: int
    ending: Ending
    entry: int
    start_year: int
    end_year: int
    dates: int
    imputed: int


@dataclass(frozen=True, slots=True)
class Course:
    """What a clock may see of a proceeding at the data date: its earliest milestone of each kind.

    ``seen_until`` is the day on which we lost sight of it, ``followed_since`` the day on which we began to look.
    """

    milestones: Mapping[StageKind, Moment]
    seen_until: date | None = None
    followed_since: date | None = None


@dataclass(frozen=True, slots=True)
class ProcessClock:
    """Starts at the earliest milestone of the first group of ``starts`` that has one, ends at ``ends``."""

    name: str
    starts: tuple[tuple[StageKind, ...], ...]
    ends: StageKind

    @property
    def kinds(self) -> frozenset[StageKind]:
        """The milestones that it needs to know."""
        return frozenset({*(kind for group in self.starts for kind in group), self.ends, StageKind.FINAL})


FIRST_INSTANCE = ProcessClock("first_instance", ((StageKind.INDICTMENT_FILED,),), StageKind.FIRST_INSTANCE_JUDGMENT)
_TOTAL_STARTS = (StageKind.ACCUSED_CHARGED_OR_ARRESTED, StageKind.INVESTIGATION_OPENED, StageKind.INDICTMENT_FILED)
TOTAL = ProcessClock("total", (_TOTAL_STARTS,), StageKind.FINAL)
VICTIM_JOURNEY = ProcessClock("victim_journey", ((StageKind.REPORTED, StageKind.FIRST_STATEMENT), _TOTAL_STARTS), StageKind.FINAL)


def moment(on: date, precision: str) -> Moment:
    """Return the date to count with: a month stands for its 15th, a year for its 1 July."""
    if precision == Precision.MONTH:
        return Moment(on.replace(day=MIDDLE_DAY), imputed=True)
    if precision == Precision.YEAR:
        return Moment(on.replace(month=MIDDLE_OF_YEAR[0], day=MIDDLE_OF_YEAR[1]), imputed=True)
    return Moment(on)


def milestones(events: Iterable[tuple[StageKind, date, str]], as_of: date) -> dict[StageKind, Moment]:
    """Return the earliest moment of each kind among (kind, date, precision); later than ``as_of`` does not exist.

    Of two equal dates the exactly known one counts.
    """
    earliest: dict[StageKind, Moment] = {}
    for kind, on, precision in events:
        found = moment(on, precision)
        if found.on <= as_of and (kind not in earliest or found < earliest[kind]):
            earliest[kind] = found
    return earliest


def seen_until(end_cause: str | None, ended_on: date | None, as_of: date) -> date | None:
    """Return the day on which the proceeding left our sight (abroad, or lost), if that was by ``as_of``."""
    return ended_on if ended_on is not None and ended_on <= as_of and end_cause in OBSERVATION_ENDS else None


def course(facts: ProceedingFacts, as_of: date) -> Course:
    """Return what the clocks may see of ``facts`` at the data date."""
    return Course(
        milestones=milestones(((event.kind, event.on, event.precision) for event in facts.stage_events), as_of),
        seen_until=seen_until(facts.end_cause, facts.ended_on, as_of),
        followed_since=facts.followed_since,
    )


def measure(clock: ProcessClock, seen: Course, as_of: date) -> Spell | LeftOut:
    """Return the run of ``clock`` up to its event, up to where we lost sight, or up to the data date.

    A FINAL decision without the awaited judgment censors at FINAL.
    Source: statistics.md, "Clocks".
    """
    start = _start(clock, seen)
    if start is None:
        return LeftOut.NO_START
    end, ending, dates = _end(clock, seen, as_of)
    days = (end.on - start.on).days
    if days < 0:
        return LeftOut.END_BEFORE_START
    entry = max(0, (seen.followed_since - start.on).days) if seen.followed_since else 0
    if entry and entry >= days:
        return LeftOut.ENDED_UNFOLLOWED
    return Spell(days, ending, entry, start.on.year, end.on.year, 1 + dates, start.imputed + end.imputed)


def _start(clock: ProcessClock, seen: Course) -> Moment | None:
    for group in clock.starts:
        found = [seen.milestones[kind] for kind in group if kind in seen.milestones]
        if found:
            return min(found)
    return None


def _end(clock: ProcessClock, seen: Course, as_of: date) -> tuple[Moment, Ending, int]:
    awaited = seen.milestones.get(clock.ends)
    if awaited is not None:
        return awaited, Ending.EVENT, 1
    final = seen.milestones.get(StageKind.FINAL)
    if seen.seen_until is not None and (final is None or seen.seen_until <= final.on):
        return Moment(seen.seen_until), Ending.CENSORED, 0
    if final is not None:
        return final, Ending.CENSORED, 1
    return Moment(as_of), Ending.OPEN, 0
