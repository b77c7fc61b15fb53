"""The timeline of a proceeding: from facts to coordinates, and nothing else."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from tracker.domain.facts import Victim
from tracker.domain.phases import stretches
from tracker.domain.reading import Reading
from tracker.web.pictures import marks, measures
from tracker.web.pictures.marks import Happening
from tracker.web.pictures.measures import MeasureLane, Span
from tracker.web.pictures.scale import Scale, spanning, ticks
from tracker.web.pictures.shapes import Band, Bar, Lane, LaneKind, Link, Point, Timeline

HEAD = 46
FOOT = 8
LEVEL = 16
COURT_LANE = 30
VICTIM_LANE = 30
MEASURE_LANE = 20
MARK = 17
"""A mark needs this many pixels for itself; closer ones go on a level of their own."""
MOST_LEVELS = 4
BAND_LABEL = 52


def timeline(reading: Reading) -> Timeline | None:
    """Return the picture of a proceeding as it is read; ``None`` while nothing of it has a date."""
    days = _days(reading)
    if not days:
        return None
    scale = spanning(min(days), max(days))
    today = scale.share(reading.today) if reading.today <= scale.end else None
    drawing = _Drawing(scale)
    drawing.court([Happening(each.on, marks.of_court(each), each.hearing.id) for each in reading.sittings])
    for victim in reading.facts.victims:
        drawing.victim(victim, marks.of_victim(reading, victim), measures.of_victim(reading, victim))
    return Timeline(
        start=scale.start,
        end=scale.end,
        least_width=scale.least_width,
        height=drawing.bottom + FOOT,
        today=today,
        lanes=tuple(drawing.lanes),
        ticks=ticks(scale, today),
        bands=_bands(reading, scale),
        bars=tuple(drawing.bars),
        points=tuple(drawing.points),
        links=_links(reading, drawing.points),
    )


def _days(reading: Reading) -> list[date]:
    facts = reading.facts
    days = [each.since for each in stretches(facts.stage_events, reading.today)]
    days += [each.on for each in facts.statements if each.on <= reading.today]
    days += [on for each in facts.measures if (on := each.requested_on or each.decided_on) is not None and on <= reading.today]
    days += [each.on for each in reading.sittings]
    return days if reading.is_over or not days else [*days, reading.today]


class _Drawing:
    """Lays lane under lane."""

    def __init__(self, scale: Scale) -> None:
        self.scale = scale
        self.bottom = HEAD
        self.lanes: list[Lane] = []
        self.points: list[Point] = []
        self.bars: list[Bar] = []

    def court(self, happenings: Sequence[Happening]) -> None:
        self._marks(Lane(LaneKind.COURT, self.bottom, COURT_LANE), happenings)

    def victim(self, victim: Victim, happenings: Sequence[Happening], lanes: Sequence[MeasureLane]) -> None:
        self._marks(Lane(LaneKind.VICTIM, self.bottom, VICTIM_LANE, victim=victim.id), happenings)
        for lane in lanes:
            self._measure(victim, lane)

    def _marks(self, lane: Lane, happenings: Sequence[Happening]) -> None:
        xs = [self.scale.share(each.on) for each in happenings]
        levels = _levels([self.scale.pixels(x) for x in xs])
        count = max(levels, default=0) + 1
        self._add(Lane(lane.kind, lane.top, lane.height + (count - 1) * LEVEL, count, lane.victim))
        middle = lane.top + lane.height / 2
        self.points += [Point(x, middle + level * LEVEL, each, lane.victim) for x, level, each in zip(xs, levels, happenings, strict=True)]

    def _measure(self, victim: Victim, found: MeasureLane) -> None:
        middle = self.bottom + MEASURE_LANE / 2
        self._add(Lane(LaneKind.MEASURE, self.bottom, MEASURE_LANE, victim=victim.id, measure=found.kind))
        self.bars += [self._bar(victim, span, middle, found) for span in found.spans]
        self.points += [Point(self.scale.share(each.on), middle, each, victim.id, found.kind) for each in found.marks]

    def _bar(self, victim: Victim, span: Span, middle: float, found: MeasureLane) -> Bar:
        x = 0.0 if span.since is None else self.scale.share(span.since)
        end = 1.0 if span.until is None else self.scale.share(span.until)
        is_open = span.until is None or span.until > self.scale.end
        return Bar(x, round(max(end - x, 0.0), 5), middle, span.kind, victim.id, found.kind, span.since, span.until, is_open)

    def _add(self, lane: Lane) -> None:
        self.lanes.append(lane)
        self.bottom += lane.height


def _levels(pixels: Sequence[float]) -> list[int]:
    """Return a level for each mark, left to right: the lowest on which it does not touch the one before."""
    free = [float("-inf")] * MOST_LEVELS
    levels = []
    for place in pixels:
        level = next((index for index, end in enumerate(free) if end <= place), free.index(min(free)))
        free[level] = place + MARK
        levels.append(level)
    return levels


def _bands(reading: Reading, scale: Scale) -> tuple[Band, ...]:
    found = stretches(reading.facts.stage_events, reading.today)
    edges = [scale.share(each.since) for each in found] + [1.0]
    return tuple(
        Band(x, round(end - x, 5), each.phase, each.since, each.until, scale.pixels(end - x) >= BAND_LABEL, place % 2 == 1)
        for place, (each, (x, end)) in enumerate(zip(found, pairwise(edges), strict=True))
    )


def _links(reading: Reading, points: Sequence[Point]) -> tuple[Link, ...]:
    court = {point.happening.hearing: point for point in points if point.victim is None}
    pairs = ((court.get(each.hearing.id), court.get(each.hearing.superseded_by)) for each in reading.sittings if each.hearing.superseded_by)
    return tuple(Link(old.x, old.y, new.x, new.y) for old, new in pairs if old is not None and new is not None)
