"""The page of one proceeding, arranged for the eye: hearings newest first, measures beside their victim."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.codes.hearing import HearingOutcome, HearingType, OutcomeReason
from tracker.domain.codes.protection import MeasureDecision, MeasureKind
from tracker.domain.codes.shared import Observed
from tracker.domain.facts import Measure
from tracker.domain.reading import Reading
from tracker.services.case_page import CasePage, Place
from tracker.web.pictures import marks
from tracker.web.pictures.marks import Mark

NOWHERE = Place(None, None)


@dataclass(frozen=True, slots=True)
class VictimThere:
    """What one hearing meant for one victim."""

    victim: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class HearingLine:
    """One line of the table of hearings; ``moved_to`` and ``moved_from`` are ids of its neighbours in the chain."""

    id: str
    on: date
    starts_at: datetime
    time_known: bool
    type: HearingType
    mark: Mark
    outcome: HearingOutcome | None
    reason: OutcomeReason | None
    place: Place
    moved_to: str | None
    moved_from: str | None
    victims: tuple[VictimThere, ...]


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One measure; ``applied`` and ``ignored`` count the hearings at which it was, or was not, put into practice."""

    kind: MeasureKind
    requested_on: date | None
    decision: MeasureDecision
    decided_on: date | None
    until: date | None
    applied: int
    ignored: int


def hearing_lines(page: CasePage) -> tuple[HearingLine, ...]:
    """Return its hearings, newest first."""
    there = _victims_there(page.reading)
    moved_from = {each.hearing.superseded_by: each.hearing.id for each in page.reading.sittings if each.hearing.superseded_by}
    return tuple(
        HearingLine(
            id=sitting.hearing.id,
            on=sitting.on,
            starts_at=sitting.hearing.starts_at,
            time_known=sitting.hearing.time_known,
            type=sitting.hearing.type,
            mark=marks.of_court(sitting),
            outcome=sitting.hearing.outcome,
            reason=sitting.hearing.outcome_reason,
            place=page.places.get(sitting.hearing.id, NOWHERE),
            moved_to=sitting.hearing.superseded_by,
            moved_from=moved_from.get(sitting.hearing.id),
            victims=tuple(there.get(sitting.hearing.id, ())),
        )
        for sitting in reversed(page.reading.sittings)
    )


def _victims_there(reading: Reading) -> Mapping[str, list[VictimThere]]:
    there: dict[str, list[VictimThere]] = {}
    for victim in reading.facts.victims:
        for happening in marks.of_victim(reading, victim):
            if happening.hearing is not None:
                there.setdefault(happening.hearing, []).append(VictimThere(victim.id, happening.mark))
    return there


def measure_lines(reading: Reading) -> Mapping[str, tuple[MeasureLine, ...]]:
    """Return the measures of each victim that exist by now, in the order in which they were asked for."""
    known = sorted(reading.facts.measures, key=lambda each: each.requested_on or each.decided_on or date.min)
    return {
        victim.id: tuple(
            _measure(reading, each)
            for each in known
            if each.victim == victim.id and (each.requested_on or each.decided_on or date.min) <= reading.today
        )
        for victim in reading.facts.victims
    }


def _measure(reading: Reading, measure: Measure) -> MeasureLine:
    seen = [how for each in reading.attendances for which, how in each.appearance.applied if which == measure.id]
    is_decided = measure.decided_on is None or measure.decided_on <= reading.today
    return MeasureLine(
        kind=measure.kind,
        requested_on=measure.requested_on,
        decision=measure.decision if is_decided else MeasureDecision.PENDING,
        decided_on=measure.decided_on if is_decided else None,
        until=measure.valid_until if is_decided else None,
        applied=seen.count(Observed.YES),
        ignored=seen.count(Observed.NO),
    )
