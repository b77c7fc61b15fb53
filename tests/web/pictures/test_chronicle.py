"""Tests of the timeline in words."""

from tests.factories.facts import at, day, held, in_trial
from tracker.domain.codes.proceeding import StageKind
from tracker.domain.codes.protection import MeasureDecision, MeasureKind
from tracker.domain.facts import Measure
from tracker.domain.reading import Reading
from tracker.web.pictures.chronicle import Entry, chronicle
from tracker.web.pictures.marks import Mark
from tracker.web.pictures.measures import SpanKind
from tracker.web.pictures.timeline import timeline


def test_everything_stands_in_order_of_day() -> None:
    """Milestones, marks and stretches; what has no beginning comes first."""
    measure = Measure("m", "v", MeasureKind.SCREEN, MeasureDecision.GRANTED, valid_until=day("2026-12-31"))
    reading = Reading(in_trial(measures=(measure,), hearings=(held("h", "2026-05-04"),)), at("2026-11-23"))
    picture = timeline(reading)
    assert picture is not None

    assert chronicle(reading, picture) == (
        Entry(None, span=SpanKind.IN_FORCE, measure=MeasureKind.SCREEN, victim="v", until=day("2026-12-31")),
        Entry(day("2026-01-01"), stage=StageKind.INDICTMENT_FILED),
        Entry(day("2026-03-02"), stage=StageKind.MAIN_HEARING_OPENED),
        Entry(day("2026-05-04"), mark=Mark.HELD),
    )
