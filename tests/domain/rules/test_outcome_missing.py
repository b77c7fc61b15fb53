"""outcome-missing: nobody recorded what became of a hearing."""

import pytest

from tests.factories.facts import at, day, hearing, proceeding, stage
from tracker.domain.codes.hearing import HearingOutcome
from tracker.domain.codes.proceeding import StageKind
from tracker.domain.engine import evaluate
from tracker.domain.facts import ProceedingFacts
from tracker.domain.flags import NEVER, Answer
from tracker.domain.reading import Reading
from tracker.domain.rules.outcome_missing import RULE
from tracker.formats.pack_toml import load_pack

PACK = load_pack("RS")


def ask(facts: ProceedingFacts, now: str) -> Answer:
    """Return the rule's answer on a morning."""
    return RULE.check(Reading(facts, at(now)), PACK.limits(RULE.code))


@pytest.mark.parametrize(("now", "fires"), [("2026-11-19", False), ("2026-11-22", False), ("2026-11-23", False), ("2026-11-24", True)])
@pytest.mark.parametrize("time_known", [True, False])
def test_it_fires_on_the_fourth_day(now: str, fires: bool, time_known: bool) -> None:  # noqa: FBT001 - a table
    """More than 3 days after the hearing's date, at whatever hour it was."""
    answer = ask(proceeding(hearings=(hearing("h", "2026-11-20 00:30", time_known=time_known),)), now)

    assert [(each.subject, each.severity, each.since) for each in answer.findings] == ([("h", 1, day("2026-11-24"))] if fires else [])
    assert answer.changes_on == (NEVER if fires else day("2026-11-24"))


@pytest.mark.parametrize("values", [{"outcome": HearingOutcome.UNKNOWN}, {"outcome": HearingOutcome.HELD}, {"superseded_by": "x"}])
def test_a_hearing_with_an_outcome_or_moved_is_settled(values: dict[str, object]) -> None:
    """That the outcome is unknown is an answer, too."""
    assert ask(proceeding(hearings=(hearing("h", "2026-11-01", **values),)), "2026-11-23") == Answer()


def test_each_hearing_is_a_flag_of_its_own() -> None:
    """And a proceeding that is over is left in peace."""
    facts = proceeding(hearings=(hearing("a", "2026-11-01"), hearing("b", "2026-11-02")))
    over = proceeding(hearings=facts.hearings, stage_events=(stage(StageKind.FINAL, "2026-11-10"),))

    assert [each.subject for each in ask(facts, "2026-11-23").findings] == ["a", "b"]
    assert evaluate([RULE], over, at("2026-11-23"), PACK.thresholds).findings == ()
