"""Tests of how a case is arranged for the eye."""

from dataclasses import replace

from tests.factories.docket import Docket
from tests.factories.facts import appearance, day, hearing, held, in_trial
from tracker.domain.codes.protection import MeasureDecision, MeasureKind
from tracker.domain.codes.shared import Observed
from tracker.domain.facts import Measure, ProceedingFacts
from tracker.services.case_page import CasePage, case
from tracker.services.context import Context
from tracker.web.case_view import NOWHERE, VictimThere, hearing_lines, measure_lines
from tracker.web.pictures.marks import Mark


def page(ctx: Context, facts: ProceedingFacts) -> CasePage:
    """Return the page of a stored case."""
    docket = Docket.of(ctx)
    return case(docket.ctx, docket.case(facts))


def test_hearings_come_newest_first_with_their_chain(sqlite_ctx: Context) -> None:
    """Each knows what replaced it, and what it replaced; and what it meant for the victims."""
    facts = in_trial(
        id="a",
        hearings=(held("h1", "2026-10-01"), hearing("h2", "2026-11-10", superseded_by="h3"), hearing("h3", "2026-12-01")),
        appearances=(appearance("h1"),),
    )
    coming, moved, first = hearing_lines(page(sqlite_ctx, facts))

    assert [line.mark for line in (coming, moved, first)] == [Mark.UPCOMING, Mark.POSTPONED, Mark.HELD]
    assert (moved.moved_to, coming.moved_from) == ("a-h3", "a-h2")
    assert first.victims == (VictimThere("a-v", Mark.TESTIFIED),)


def test_a_hearing_without_a_place_has_none(sqlite_ctx: Context) -> None:
    """A page that is a moment older than the record still shows the hearing."""
    found = page(sqlite_ctx, in_trial(id="a", hearings=(held("h", "2026-10-01"),)))

    assert hearing_lines(replace(found, places={}))[0].place == NOWHERE


def test_measures_say_how_often_they_were_applied(sqlite_ctx: Context) -> None:
    """Granted is not applied; a decision that lies ahead is not known."""
    measures = (
        Measure("m", "v", MeasureKind.SCREEN, MeasureDecision.GRANTED, day("2026-02-01"), day("2026-03-01")),
        Measure("n", "v", MeasureKind.VIDEO_LINK, MeasureDecision.GRANTED, day("2026-01-01"), day("2026-12-24")),
        Measure("o", "v", MeasureKind.MEDIA_BAN, requested_on=day("2026-12-24")),
    )
    seen = (("m", Observed.YES), ("n", Observed.NOT_OBSERVED)), (("m", Observed.NO),)
    facts = in_trial(
        id="a",
        hearings=(held("h1", "2026-10-01"), held("h2", "2026-11-01")),
        appearances=(appearance("h1", applied=seen[0]), appearance("h2", applied=seen[1])),
        measures=measures,
    )
    link, screen = measure_lines(page(sqlite_ctx, facts).reading)["a-v"]

    assert (screen.kind, screen.applied, screen.ignored) == (MeasureKind.SCREEN, 1, 1)
    assert (link.decision, link.decided_on, link.applied) == (MeasureDecision.PENDING, None, 0)
