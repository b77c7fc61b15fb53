"""Tests of the phases of a proceeding."""

from itertools import pairwise

from hypothesis import given

from tests.factories.facts import AS_OF, day, proceedings, stage
from tracker.domain.codes.proceeding import StageKind
from tracker.domain.codes.shared import Precision
from tracker.domain.facts import ProceedingFacts
from tracker.domain.phases import KINDS, PHASE_OF, Phase, Stretch, in_order, stretches

TODAY = day("2026-11-23")


def test_every_milestone_belongs_to_one_phase() -> None:
    """None is forgotten, none is in two."""
    assert set(PHASE_OF) == set(StageKind)
    assert sum(len(kinds) for kinds in KINDS.values()) == len(StageKind)


def test_nothing_known_is_no_phase() -> None:
    """A proceeding without a milestone has no stretch."""
    assert stretches([], TODAY) == ()


def test_phases_follow_each_other() -> None:
    """Each ends where the next begins; the last one lasts."""
    events = [
        stage(StageKind.MAIN_HEARING_OPENED, "2026-03-02"),
        stage(StageKind.INDICTMENT_FILED, "2026-01-01"),
        stage(StageKind.INDICTMENT_CONFIRMED, "2026-02-01"),
    ]

    assert stretches(events, TODAY) == (
        Stretch(Phase.ACCUSATION, day("2026-01-01"), day("2026-03-02")),
        Stretch(Phase.TRIAL, day("2026-03-02")),
    )


def test_a_trial_after_a_remittal_stays_a_retrial() -> None:
    """Closing the evidence anew does not make it a first trial again."""
    events = [
        stage(StageKind.APPEAL_QUASHED_REMITTED, "2026-01-01"),
        stage(StageKind.RETRIAL_OPENED, "2026-02-01"),
        stage(StageKind.EVIDENCE_CLOSED, "2026-03-01"),
    ]

    assert [each.phase for each in stretches(events, TODAY)] == [Phase.RETRIAL]


def test_what_lies_ahead_has_not_happened() -> None:
    """A milestone of tomorrow is not there; of a vague date the last day counts."""
    events = [stage(StageKind.REPORTED, "2026-11-24"), stage(StageKind.FINAL, "2026-01-01", Precision.YEAR)]

    assert in_order(events, TODAY) == []


def test_of_one_day_the_later_kind_comes_last() -> None:
    """A phase that would last no day at all is left out."""
    events = [stage(StageKind.APPEAL_FILED, "2026-05-05"), stage(StageKind.FIRST_INSTANCE_JUDGMENT, "2026-05-05")]

    assert stretches(events, TODAY) == (Stretch(Phase.APPEAL, day("2026-05-05")),)


@given(facts=proceedings(), as_of=AS_OF)
def test_stretches_cover_the_time_without_a_gap(facts: ProceedingFacts, as_of: object) -> None:
    """They never overlap, and only the last is open."""
    found = stretches(facts.stage_events, as_of.date())  # type: ignore[attr-defined]

    assert all(one.until == other.since for one, other in pairwise(found))
    assert [each.until for each in found[-1:]] in ([], [None])
    assert all(each.until is None or each.since < each.until for each in found)
