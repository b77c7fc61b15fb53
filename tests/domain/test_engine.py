"""The engine: every rule asked, and until when the answers hold."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.facts import AS_OF, at, day, hearing, in_trial, proceeding, proceedings
from tracker.discovery import discover
from tracker.domain.engine import Evaluation, evaluate
from tracker.domain.facts import ProceedingFacts
from tracker.domain.flags import NEVER, FlagRule
from tracker.formats.pack_toml import load_pack

RULES = discover("tracker.domain.rules", "RULE", FlagRule)
THRESHOLDS = load_pack("RS").thresholds
LONGEST = 1200
"""Days over which an answer that never changes is followed."""


def look(facts: ProceedingFacts, as_of: datetime) -> Evaluation:
    """Ask every rule."""
    return evaluate(RULES, facts, as_of, THRESHOLDS)


def found(facts: ProceedingFacts, as_of: datetime) -> list[tuple[str, str]]:
    """Return everything found, in an order of its own."""
    return sorted((rule.code, repr(finding)) for rule, finding in look(facts, as_of).findings)


def late_evening(on: date, zone: str) -> datetime:
    """Return the last minute of a day at the court."""
    return datetime(on.year, on.month, on.day, 23, 59, tzinfo=ZoneInfo(zone))


def test_nothing_lies_ahead_of_an_empty_proceeding() -> None:
    """It is looked at when somebody writes to it."""
    evaluation = look(proceeding(), at("2026-11-23"))

    assert (evaluation.findings, evaluation.review_on, evaluation.today) == ((), NEVER, day("2026-11-23"))


def test_the_nearest_of_all_days_is_the_day_of_review() -> None:
    """The window of a summons opens before the trial has stood still for too long."""
    facts = in_trial(filed="2026-10-01", opened="2026-11-01", hearings=(hearing("h", "2026-12-15", summoned=("v",)),))

    assert look(facts, at("2026-11-23")).review_on == day("2026-12-01")


def test_a_hearing_later_today_is_looked_at_again_today() -> None:
    """Until it has begun."""
    facts = proceeding(hearings=(hearing("h", "2026-11-23 09:00"),))

    assert look(facts, at("2026-11-23 08:59")).review_on == day("2026-11-23")
    assert look(facts, at("2026-11-23 09:01")).review_on == day("2026-11-27")


@given(facts=proceedings(), as_of=AS_OF, sample=st.lists(st.integers(1, LONGEST), max_size=6))
@settings(max_examples=120, deadline=None)
def test_nothing_changes_before_the_day_of_review(facts: ProceedingFacts, as_of: datetime, sample: list[int]) -> None:
    """On the next days, on the last day before and on others in between, the answer is the same to the letter."""
    evaluation = look(facts, as_of)
    quiet = min((evaluation.review_on - evaluation.today).days - 1, LONGEST)
    for days in {0, 1, 2, 3, quiet - 1, quiet, *sample}:
        if 0 <= days <= quiet:
            later = max(as_of, late_evening(evaluation.today + timedelta(days=days), facts.zone))
            assert found(facts, later) == found(facts, as_of)


@given(facts=proceedings(), as_of=AS_OF, seed=st.integers(0, 2**16))
@settings(max_examples=100, deadline=None)
def test_the_order_of_facts_does_not_matter(facts: ProceedingFacts, as_of: datetime, seed: int) -> None:
    """A document may list them in any order."""
    chance = random.Random(seed)  # noqa: S311 - only a shuffle
    kinds = ("stage_events", "hearings", "victims", "appearances", "measures")
    mixed: dict[str, Any] = {kind: tuple(chance.sample(getattr(facts, kind), len(getattr(facts, kind)))) for kind in kinds}
    shuffled = replace(facts, **mixed)

    assert found(shuffled, as_of) == found(facts, as_of)
    assert look(shuffled, as_of).review_on == look(facts, as_of).review_on


@given(facts=proceedings(), as_of=AS_OF)
@settings(max_examples=100, deadline=None)
def test_the_day_of_review_is_never_past_and_no_flag_is_of_tomorrow(facts: ProceedingFacts, as_of: datetime) -> None:
    """And two findings of one rule are never of the same thing."""
    evaluation = look(facts, as_of)
    identities = [(rule.code, finding.subject, finding.fact) for rule, finding in evaluation.findings]

    assert evaluation.review_on >= evaluation.today
    assert all(finding.since <= evaluation.today for _, finding in evaluation.findings)
    assert len(set(identities)) == len(identities)
