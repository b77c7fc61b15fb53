"""The timeline in words: the same facts, one line each, in order of day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracker.domain.codes.proceeding import StageKind
from tracker.domain.codes.protection import MeasureKind
from tracker.domain.phases import in_order
from tracker.domain.reading import Reading
from tracker.web.pictures.marks import Mark
from tracker.web.pictures.measures import SpanKind
from tracker.web.pictures.shapes import Timeline


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: a milestone, a mark, or a stretch of a measure; without a victim it is the court's."""

    on: date | None
    stage: StageKind | None = None
    mark: Mark | None = None
    span: SpanKind | None = None
    measure: MeasureKind | None = None
    victim: str | None = None
    until: date | None = None


def chronicle(reading: Reading, picture: Timeline) -> tuple[Entry, ...]:
    """Return everything that ``picture`` shows; what has no beginning comes first."""
    entries = [*_milestones(reading), *_marks(picture), *_stretches(picture)]
    return tuple(sorted(entries, key=lambda entry: entry.on or date.min))


def _milestones(reading: Reading) -> Iterator[Entry]:
    for event in in_order(reading.facts.stage_events, reading.today):
        yield Entry(event.on, stage=StageKind(event.kind))


def _marks(picture: Timeline) -> Iterator[Entry]:
    for point in picture.points:
        yield Entry(point.happening.on, mark=point.happening.mark, measure=point.measure, victim=point.victim)


def _stretches(picture: Timeline) -> Iterator[Entry]:
    for bar in picture.bars:
        yield Entry(bar.since, span=bar.kind, measure=bar.measure, victim=bar.victim, until=bar.until)
