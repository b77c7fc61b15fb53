"""Tests of measures as spans of time."""

from tests.factories.facts import appearance, at, day, held, in_trial
from tracker.domain.codes.protection import MeasureDecision, MeasureKind
from tracker.domain.codes.shared import Observed
from tracker.domain.facts import Appearance, Measure, Victim
from tracker.domain.reading import Reading
from tracker.web.pictures.marks import Happening, Mark
from tracker.web.pictures.measures import MeasureLane, Span, SpanKind, of_victim

SCREEN = Measure("m", "v", MeasureKind.SCREEN, requested_on=day("2026-02-01"))


def lanes(*measures: Measure, appearances: tuple[Appearance, ...] = ()) -> list[MeasureLane]:
    """Return the victim's lanes on 23 November 2026."""
    facts = in_trial(measures=measures, hearings=(held("h", "2026-11-02"),), appearances=appearances)
    return of_victim(Reading(facts, at("2026-11-23")), Victim("v"))


def decided(decision: MeasureDecision, **values: object) -> Measure:
    """Return the screen, decided on 1 March."""
    known = {"requested_on": SCREEN.requested_on, "decided_on": day("2026-03-01"), **values}
    return Measure("m", "v", MeasureKind.SCREEN, decision, **known)  # type: ignore[arg-type]


def test_a_measure_not_decided_is_asked_for_until_today() -> None:
    """One stretch, still growing."""
    assert lanes(SCREEN) == [MeasureLane(MeasureKind.SCREEN, (Span(SpanKind.ASKED, day("2026-02-01"), day("2026-11-23")),), ())]


def test_a_granted_measure_is_asked_for_then_in_force() -> None:
    """From its start to its last day, open where it has none."""
    (lane,) = lanes(decided(MeasureDecision.GRANTED, valid_until=day("2026-12-31")))

    assert lane.spans == (
        Span(SpanKind.ASKED, day("2026-02-01"), day("2026-03-01")),
        Span(SpanKind.IN_FORCE, day("2026-03-01"), day("2026-12-31")),
    )
    assert lanes(decided(MeasureDecision.EX_OFFICIO, requested_on=None))[0].spans == (Span(SpanKind.IN_FORCE, day("2026-03-01"), None),)


def test_a_refusal_ends_the_asking() -> None:
    """The day of the refusal carries a mark."""
    (lane,) = lanes(decided(MeasureDecision.REFUSED))

    assert [span.kind for span in lane.spans] == [SpanKind.ASKED]
    assert lane.marks == (Happening(day("2026-03-01"), Mark.REFUSED),)


def test_a_decision_ahead_is_not_known() -> None:
    """Until its day the measure is asked for."""
    (lane,) = lanes(decided(MeasureDecision.GRANTED, decided_on=day("2026-12-01")))

    assert lane.spans == (Span(SpanKind.ASKED, day("2026-02-01"), day("2026-11-23")),)


def test_what_a_court_did_with_it_is_marked() -> None:
    """Applied, not applied; what nobody observed is not drawn."""
    for seen, marks in ((Observed.YES, [Mark.APPLIED]), (Observed.NO, [Mark.NOT_APPLIED]), (Observed.NOT_OBSERVED, [])):
        (lane,) = lanes(decided(MeasureDecision.GRANTED), appearances=(appearance("h", applied=(("m", seen),)),))
        assert [each.mark for each in lane.marks] == marks


def test_measures_of_one_kind_share_a_lane_and_the_future_has_none() -> None:
    """Lanes come in the order of the code list; what will be asked for next month is not there."""
    other = Measure("n", "v", MeasureKind.SPECIAL_STATUS, requested_on=day("2026-06-01"))
    again = Measure("o", "v", MeasureKind.SCREEN, requested_on=day("2026-08-01"))
    ahead = Measure("p", "v", MeasureKind.VIDEO_LINK, requested_on=day("2026-12-01"))

    found = lanes(SCREEN, other, again, ahead, Measure("q", "w", MeasureKind.MEDIA_BAN))

    assert [(lane.kind, len(lane.spans)) for lane in found] == [(MeasureKind.SPECIAL_STATUS, 1), (MeasureKind.SCREEN, 2)]
