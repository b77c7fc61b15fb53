"""no-special-status: a summons is near, and no status protects the victim on that day."""

import pytest

from tests.factories.facts import at, day, hearing, in_trial
from tracker.domain.codes.protection import MeasureDecision, MeasureKind
from tracker.domain.facts import Measure, ProceedingFacts, Victim
from tracker.domain.flags import NEVER, Answer
from tracker.domain.reading import Reading
from tracker.domain.rules.no_special_status import RULE
from tracker.formats.pack_toml import load_pack

PACK = load_pack("RS")
SUMMONS = (hearing("h", "2026-12-15 09:30", summoned=("v",)),)


def ask(facts: ProceedingFacts, now: str) -> Answer:
    """Return the rule's answer at an instant."""
    return RULE.check(Reading(facts, at(now)), PACK.limits(RULE.code))


def status(**values: object) -> Measure:
    """Return a granted status."""
    return Measure(**{"id": "m", "victim": "v", "kind": MeasureKind.SPECIAL_STATUS, "decision": MeasureDecision.GRANTED, **values})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("now", "severity", "changes_on"),
    [
        ("2026-11-30", None, "2026-12-01"),
        ("2026-12-01", 3, "2026-12-12"),
        ("2026-12-11", 3, "2026-12-12"),
        ("2026-12-12", 4, None),
        ("2026-12-15 09:30", 4, None),
    ],
)
def test_the_windows_are_14_and_3_days(now: str, severity: int | None, changes_on: str | None) -> None:
    """Since the first day of the 14, until the hearing begins."""
    answer = ask(in_trial(hearings=SUMMONS), now)

    assert [(each.subject, each.severity, each.since) for each in answer.findings] == (
        [("v", severity, day("2026-12-01"))] if severity else []
    )
    assert answer.changes_on == (day(changes_on) if changes_on else NEVER)


def test_once_the_hearing_has_begun_it_is_over() -> None:
    """Nothing can be moved for any more."""
    assert ask(in_trial(hearings=SUMMONS), "2026-12-15 09:31") == Answer()


@pytest.mark.parametrize(
    ("measure", "fires"),
    [
        (status(), False),
        (status(kind=MeasureKind.PROTECTED_WITNESS), False),
        (status(kind=MeasureKind.SCREEN), True),
        (status(victim="w"), True),
        (status(decision=MeasureDecision.PENDING), True),
        (status(decision=MeasureDecision.REFUSED), True),
        (status(decision=MeasureDecision.REVOKED), True),
        (status(decided_on=day("2026-12-10")), False),
        (status(decided_on=day("2026-12-11")), True),
        (status(valid_from=day("2026-12-15")), False),
        (status(valid_from=day("2026-12-16")), True),
        (status(valid_until=day("2026-12-15")), False),
        (status(valid_until=day("2026-12-14")), True),
    ],
)
def test_the_status_has_to_be_in_force_on_the_day_of_the_hearing(measure: Measure, fires: bool) -> None:  # noqa: FBT001 - a table
    """As decided by today, 10 December; asked for is not granted."""
    assert bool(ask(in_trial(hearings=SUMMONS, measures=(measure,)), "2026-12-10").findings) is fires


def test_the_next_summons_counts_for_each_victim() -> None:
    """Another's summons is none of hers; a hearing called off is no summons."""
    facts = in_trial(
        victims=(Victim("v"), Victim("w")),
        hearings=(hearing("off", "2026-12-11", summoned=("v",), superseded_by="h"), *SUMMONS, hearing("h2", "2026-12-20", summoned=("w",))),
    )
    answer = ask(facts, "2026-12-10")

    assert [(each.victim, each.severity, each.facts["hearing"]) for each in answer.findings] == [("v", 3, "h"), ("w", 3, "h2")]
    assert answer.changes_on == day("2026-12-12")


def test_without_a_summons_there_is_nothing_to_say() -> None:
    """The trial goes on without the victim."""
    assert ask(in_trial(hearings=(hearing("h", "2026-12-15"),)), "2026-12-14") == Answer()
