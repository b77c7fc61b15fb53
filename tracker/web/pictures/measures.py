"""Protective measures as spans of time: asked for, in force, refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.codes.protection import MeasureDecision, MeasureKind
from tracker.domain.codes.shared import Observed
from tracker.domain.facts import Measure, Victim
from tracker.domain.reading import GRANTED, Reading
from tracker.web.pictures.marks import Happening, Mark


class SpanKind(StrEnum):
    """How a stretch of a measure is drawn."""

    ASKED = "asked"
    IN_FORCE = "in-force"


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch; an absent end is open on that side."""

    kind: SpanKind
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class MeasureLane:
    """Everything about one kind of measure for one victim."""

    kind: MeasureKind
    spans: tuple[Span, ...]
    marks: tuple[Happening, ...]


def of_victim(reading: Reading, victim: Victim) -> list[MeasureLane]:
    """Return one lane for each kind of measure that was asked for or ordered, in the order of the code list."""
    known = [each for each in reading.facts.measures if each.victim == victim.id and _has_begun(each, reading.today)]
    lanes = []
    for kind in sorted({MeasureKind(each.kind) for each in known}, key=tuple(MeasureKind).index):
        alike = [each for each in known if each.kind == kind]
        spans = tuple(span for each in alike for span in _spans(each, reading.today))
        marks = [mark for each in alike for mark in _marks(reading, victim, each)]
        lanes.append(MeasureLane(kind, spans, tuple(sorted(marks, key=lambda each: each.on))))
    return lanes


def _has_begun(measure: Measure, today: date) -> bool:
    dates = [on for on in (measure.requested_on, measure.decided_on) if on is not None]
    return not dates or min(dates) <= today


def _is_decided(measure: Measure, today: date) -> bool:
    return measure.decision != MeasureDecision.PENDING and (measure.decided_on is None or measure.decided_on <= today)


def _spans(measure: Measure, today: date) -> Iterator[Span]:
    decided = _is_decided(measure, today)
    starts = measure.valid_from or measure.decided_on
    if measure.requested_on is not None:
        yield Span(SpanKind.ASKED, measure.requested_on, (measure.decided_on or starts) if decided else today)
    if decided and measure.decision in GRANTED:
        yield Span(SpanKind.IN_FORCE, starts or measure.requested_on, measure.valid_until)


def _marks(reading: Reading, victim: Victim, measure: Measure) -> Iterator[Happening]:
    if _is_decided(measure, reading.today) and measure.decision not in GRANTED and measure.decided_on is not None:
        yield Happening(measure.decided_on, Mark.REFUSED)
    for attendance in reading.attendances_of(victim):
        for applied_to, applied in attendance.appearance.applied:
            if applied_to == measure.id and applied != Observed.NOT_OBSERVED:
                mark = Mark.APPLIED if applied == Observed.YES else Mark.NOT_APPLIED
                yield Happening(attendance.sitting.on, mark, attendance.sitting.hearing.id)
