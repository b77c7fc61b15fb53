"""Tests of the clocks on the page of a proceeding."""

from datetime import timedelta

from tests.factories.facts import at, day, held, in_trial, proceeding, stage
from tracker.domain.case_clocks import CaseClock, ClockName, case_clocks
from tracker.domain.codes.appearance import StatementBody
from tracker.domain.codes.proceeding import EndCause, StageKind
from tracker.domain.codes.shared import Precision
from tracker.domain.facts import ProceedingFacts, Statement
from tracker.domain.reading import Reading


def clocks(facts: ProceedingFacts) -> dict[ClockName, CaseClock]:
    """Return the clocks on 23 November 2026, by name."""
    return {clock.name: clock for clock in case_clocks(Reading(facts, at("2026-11-23")))}


def test_without_a_date_no_clock_runs() -> None:
    """Nothing to measure from."""
    assert clocks(proceeding()) == {}


def test_first_instance_runs_until_the_judgment() -> None:
    """From the indictment: running without an end, stopped with one."""
    filed = stage(StageKind.INDICTMENT_FILED, "2026-01-01")
    judged = stage(StageKind.FIRST_INSTANCE_JUDGMENT, "2026-03-02")

    assert clocks(proceeding(stage_events=(filed,)))[ClockName.FIRST_INSTANCE] == CaseClock(
        ClockName.FIRST_INSTANCE, day("2026-01-01"), None, 326
    )
    stopped = clocks(proceeding(stage_events=(filed, judged)))[ClockName.FIRST_INSTANCE]
    assert (stopped.end, stopped.days, stopped.is_running) == (day("2026-03-02"), 60, False)


def test_the_journey_begins_with_the_report() -> None:
    """The victim's own clock starts before the accused's."""
    facts = proceeding(stage_events=(stage(StageKind.REPORTED, "2025-11-23"), stage(StageKind.INDICTMENT_FILED, "2026-01-01")))

    assert clocks(facts)[ClockName.JOURNEY].days == 365
    assert clocks(facts)[ClockName.TOTAL].start == day("2026-01-01")


def test_a_vague_date_is_told() -> None:
    """A month stands for its middle, and the clock says that it guesses."""
    facts = proceeding(stage_events=(stage(StageKind.INDICTMENT_FILED, "2026-01-01", Precision.MONTH),))

    assert clocks(facts)[ClockName.FIRST_INSTANCE].is_imputed
    assert clocks(facts)[ClockName.FIRST_INSTANCE].start == day("2026-01-15")


def test_losing_sight_cuts_a_clock_short() -> None:
    """It stopped where the observation ended, without its event."""
    facts = proceeding(
        stage_events=(stage(StageKind.INDICTMENT_FILED, "2026-01-01"),), end_cause=EndCause.LOST_TO_FOLLOW_UP, ended_on=day("2026-02-01")
    )

    clock = clocks(facts)[ClockName.FIRST_INSTANCE]
    assert (clock.end, clock.is_cut_short) == (day("2026-02-01"), True)


def test_testimony_span_is_that_of_one_victim() -> None:
    """The longest span of any one victim counts, not from one victim's first to another's last."""
    spans = (("v", "2026-01-01"), ("v", "2026-01-11"), ("w", "2026-06-01"))
    facts = proceeding(statements=tuple(Statement(who, day(on), StatementBody.POLICE) for who, on in spans))

    assert clocks(facts)[ClockName.TESTIMONY_SPAN] == CaseClock(ClockName.TESTIMONY_SPAN, day("2026-01-01"), day("2026-01-11"), 10)


def test_the_gap_runs_from_the_last_hearing_held() -> None:
    """It grows daily while the proceeding lasts, and is no one's worry afterwards."""
    facts = in_trial(hearings=(held("a", "2026-11-01"), held("b", "2026-11-13")))
    over = in_trial(hearings=facts.hearings, end_cause=EndCause.FINAL_JUDGMENT)

    assert clocks(facts)[ClockName.GAP].start == day("2026-11-23") - timedelta(days=10)
    assert ClockName.GAP not in clocks(over)
