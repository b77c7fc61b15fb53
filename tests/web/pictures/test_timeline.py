"""Tests of the timeline's layout."""

from datetime import datetime, timedelta
from itertools import groupby, pairwise

from hypothesis import given

from tests.factories.facts import AS_OF, at, day, hearing, held, in_trial, proceeding, proceedings, stage
from tracker.domain.codes.hearing import HearingOutcome
from tracker.domain.codes.proceeding import StageKind
from tracker.domain.codes.protection import MeasureDecision, MeasureKind
from tracker.domain.facts import Measure, ProceedingFacts
from tracker.domain.phases import Phase
from tracker.domain.reading import Reading
from tracker.web.pictures.chronicle import chronicle
from tracker.web.pictures.marks import Mark
from tracker.web.pictures.shapes import LaneKind, Timeline
from tracker.web.pictures.timeline import MARK, MOST_LEVELS, timeline


def drawn(facts: ProceedingFacts) -> Timeline:
    """Return the picture on 23 November 2026."""
    found = timeline(Reading(facts, at("2026-11-23")))
    assert found is not None
    return found


def test_nothing_dated_is_no_picture() -> None:
    """The page then says what to do instead."""
    assert timeline(Reading(proceeding(), at("2026-11-23"))) is None


def test_lanes_lie_under_each_other() -> None:
    """The court first, then each victim with her measures; no gap and no overlap."""
    measure = Measure("m", "v", MeasureKind.SCREEN, MeasureDecision.GRANTED, decided_on=day("2026-05-01"))
    picture = drawn(in_trial(measures=(measure,), hearings=(held("h", "2026-05-04"),)))

    assert [lane.kind for lane in picture.lanes] == [LaneKind.COURT, LaneKind.VICTIM, LaneKind.MEASURE]
    assert all(one.top + one.height == other.top for one, other in pairwise(picture.lanes))
    assert picture.height > picture.lanes[-1].top


def test_phases_are_the_background() -> None:
    """From the first milestone to the right edge, shaded in turn."""
    picture = drawn(in_trial())

    assert [(band.phase, band.is_shaded) for band in picture.bands] == [(Phase.ACCUSATION, False), (Phase.TRIAL, True)]
    assert picture.bands[-1].x + picture.bands[-1].width == 1


def test_today_is_shown_while_the_case_lasts() -> None:
    """A case long over ends with its last fact, not with years of nothing."""
    over = proceeding(stage_events=(stage(StageKind.INDICTMENT_FILED, "2019-01-01"), stage(StageKind.FINAL, "2021-01-01")))

    assert drawn(in_trial()).today is not None
    assert drawn(over).today is None
    assert drawn(over).end < day("2022-01-01")


def test_a_moved_hearing_is_tied_to_its_replacement() -> None:
    """One line from old to new."""
    facts = in_trial(hearings=(hearing("a", "2026-10-01", superseded_by="b"), hearing("b", "2026-12-01")))
    (link,) = drawn(facts).links

    assert link.x1 < link.x2


def test_hearings_on_neighbouring_days_do_not_cover_each_other() -> None:
    """They are stacked on levels of their own."""
    days = (day("2026-10-01") + timedelta(days=step) for step in range(4))
    picture = drawn(in_trial(filed="2020-01-01", hearings=tuple(held(f"h{on}", on.isoformat()) for on in days)))

    assert len({point.y for point in picture.points}) == MOST_LEVELS
    assert picture.lanes[0].levels == MOST_LEVELS


def test_the_legend_names_what_occurs() -> None:
    """No sign without a word, no word without a sign."""
    facts = in_trial(hearings=(held("a", "2026-10-01"), hearing("b", "2026-10-20", outcome=HearingOutcome.POSTPONED_ON_DAY)))

    assert drawn(facts).marks == (Mark.HELD, Mark.POSTPONED)


@given(facts=proceedings(), as_of=AS_OF)
def test_every_picture_is_sound(facts: ProceedingFacts, as_of: datetime) -> None:
    """All positions lie inside; marks of one level keep their distance while levels last; the table has every mark."""
    reading = Reading(facts, as_of)
    picture = timeline(reading)
    if picture is None:
        return
    edges = [*(point.x for point in picture.points), *(bar.x for bar in picture.bars), *(bar.x + bar.width for bar in picture.bars)]
    assert all(0 <= edge <= 1.00001 for edge in edges)
    assert all(0 < point.y < picture.height for point in picture.points)
    court = sorted((point for point in picture.points if point.victim is None), key=lambda point: (point.y, point.x))
    if len(court) <= MOST_LEVELS:
        for _, level in groupby(court, key=lambda point: point.y):
            places = [point.x * picture.least_width for point in level]
            assert all(other - one >= MARK - 0.1 for one, other in pairwise(places))
    entries = chronicle(reading, picture)
    assert sum(entry.mark is not None for entry in entries) == len(picture.points)
    assert sum(entry.span is not None for entry in entries) == len(picture.bars)
