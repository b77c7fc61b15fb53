"""wasted-appearance: the victim came and was not heard."""

import pytest

from tests.factories.facts import appearance, at, day, hearing, held, proceeding
from tracker.domain.codes.appearance import Attended
from tracker.domain.codes.hearing import HearingOutcome, HearingType
from tracker.domain.facts import Appearance, Hearing, ProceedingFacts
from tracker.domain.flags import Finding
from tracker.domain.reading import Reading
from tracker.domain.rules.wasted_appearance import RULE
from tracker.formats.pack_toml import load_pack

PACK = load_pack("RS")


def ask(facts: ProceedingFacts, now: str = "2026-11-23") -> tuple[Finding, ...]:
    """Return what the rule finds on a morning."""
    return RULE.check(Reading(facts, at(now)), PACK.limits(RULE.code)).findings


def came(hearing_id: str, attended: Attended = Attended.PRESENT_NOT_HEARD) -> Appearance:
    """Return an appearance for nothing."""
    return appearance(hearing_id, attended=attended)


@pytest.mark.parametrize(
    ("found", "fires"),
    [
        (hearing("h", "2026-05-01", outcome=HearingOutcome.POSTPONED_ON_DAY), True),
        (hearing("h", "2026-05-01", outcome=HearingOutcome.RECESSED, type=HearingType.OTHER), True),
        (hearing("h", "2026-05-01", superseded_by="x", type=HearingType.OTHER), True),
        (held("h", "2026-05-01"), False),
        (held("h", "2026-05-01", summoned=("v",)), True),
        (held("h", "2026-05-01", summoned=("w",)), False),
        (held("h", "2026-05-01", summoned=("v",), type=HearingType.PRELIMINARY), False),
        (hearing("h", "2026-05-01", summoned=("v",)), True),
        (hearing("h", "2026-05-01"), False),
        (hearing("h", "2026-05-01", outcome=HearingOutcome.UNKNOWN), False),
    ],
)
def test_it_is_wasted_if_nothing_was_held_or_the_main_hearing_had_summoned_the_victim(found: Hearing, fires: bool) -> None:  # noqa: FBT001 - a table
    """Coming unsummoned to a hearing that was held is nobody's fault."""
    assert bool(ask(proceeding(hearings=(found,), appearances=(came("h"),)))) is fires


@pytest.mark.parametrize("attended", [Attended.TESTIFIED, Attended.SUMMONED_NOT_ATTENDED, Attended.NOT_SUMMONED])
def test_only_who_came_and_was_not_heard_came_for_nothing(attended: Attended) -> None:
    """Nothing else counts."""
    facts = proceeding(hearings=(hearing("h", "2026-05-01", superseded_by="x"),), appearances=(came("h", attended),))

    assert not ask(facts)


@pytest.mark.parametrize(("count", "severity"), [(0, None), (1, 1), (2, 2), (3, 3), (4, 3)])
def test_each_time_is_graver_up_to_the_third(count: int, severity: int | None) -> None:
    """Since the time that reached the level."""
    hearings = tuple(held(f"h{number}", f"2026-0{number}-01", summoned=("v",)) for number in range(1, 5))
    found = ask(proceeding(hearings=hearings, appearances=tuple(came(f"h{number}") for number in range(1, count + 1))))

    assert [(each.severity, each.since) for each in found] == ([(severity, day(f"2026-0{min(count, 3)}-01"))] if severity else [])
    assert [each.facts["count"] for each in found] == ([count] if count else [])


def test_a_hearing_ahead_wastes_nothing_yet() -> None:
    """It does from its own day on."""
    facts = proceeding(hearings=(hearing("h", "2026-11-24", superseded_by="x"),), appearances=(came("h"),))

    assert not ask(facts, "2026-11-23")
    assert ask(facts, "2026-11-24")
