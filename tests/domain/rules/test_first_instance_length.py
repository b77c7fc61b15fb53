"""first-instance-length: days since the indictment, while no judgment stands."""

import pytest

from tests.factories.facts import at, day, proceeding, stage
from tracker.domain.codes.proceeding import EndCause, StageKind
from tracker.domain.codes.shared import Precision
from tracker.domain.engine import evaluate
from tracker.domain.facts import ProceedingFacts
from tracker.domain.flags import NEVER, Answer
from tracker.domain.reading import Reading
from tracker.domain.rules.first_instance_length import RULE
from tracker.formats.pack_toml import load_pack

PACK = load_pack("RS")


def ask(facts: ProceedingFacts, now: str) -> Answer:
    """Return the rule's answer on a morning."""
    return RULE.check(Reading(facts, at(now)), PACK.limits(RULE.code))


def filed(on: str, precision: Precision = Precision.DAY, *others: tuple[StageKind, str]) -> ProceedingFacts:
    """Return a proceeding whose indictment was filed then."""
    return proceeding(stage_events=(stage(StageKind.INDICTMENT_FILED, on, precision), *(stage(*other) for other in others)))


@pytest.mark.parametrize(
    ("now", "severity", "since", "changes_on"),
    [
        ("2024-12-30", None, None, "2025-01-01"),
        ("2024-12-31", None, None, "2025-01-01"),
        ("2025-01-01", 1, "2025-01-01", "2026-01-01"),
        ("2025-12-31", 1, "2025-01-01", "2026-01-01"),
        ("2026-01-01", 2, "2026-01-01", "2027-01-01"),
        ("2026-12-31", 2, "2026-01-01", "2027-01-01"),
        ("2027-01-01", 3, "2027-01-01", None),
        ("2037-01-01", 3, "2027-01-01", None),
    ],
)
def test_each_level_begins_on_the_day_after_its_limit(now: str, severity: int | None, since: str | None, changes_on: str | None) -> None:
    """365, 730 and 1095 days, through the leap day of 2024; the answer says when the next level comes."""
    answer = ask(filed("2024-01-01"), now)

    assert [(each.severity, each.since.isoformat(), each.subject) for each in answer.findings] == (
        [(severity, since, "p")] if severity else []
    )
    assert answer.changes_on == (day(changes_on) if changes_on else NEVER)


def test_the_earliest_indictment_counts() -> None:
    """One filed anew does not start the clock again."""
    answer = ask(filed("2024-01-01", Precision.DAY, (StageKind.INDICTMENT_FILED, "2025-06-01")), "2025-01-01")

    assert answer.findings[0].facts == {"indictment_filed_on": "2024-01-01", "over_days": 365}


@pytest.mark.parametrize(
    ("precision", "last_quiet", "first"),
    [(Precision.MONTH, "2025-01-30", "2025-01-31"), (Precision.YEAR, "2025-12-31", "2026-01-01")],
)
def test_a_vague_indictment_counts_from_the_last_day_of_its_interval(precision: Precision, last_quiet: str, first: str) -> None:
    """In January 2024: more than 365 days after the 31st; in 2024: after 31 December."""
    facts = filed("2024-01-10", precision)

    assert not ask(facts, last_quiet).findings
    assert ask(facts, first).findings


@pytest.mark.parametrize(
    "others",
    [
        [(StageKind.FIRST_INSTANCE_JUDGMENT, "2025-06-01")],
        [(StageKind.FIRST_INSTANCE_JUDGMENT, "2025-06-01"), (StageKind.APPEAL_UPHELD, "2025-08-01")],
    ],
)
def test_a_judgment_that_stands_ends_it(others: list[tuple[StageKind, str]]) -> None:
    """From its own day on, not before."""
    facts = filed("2024-01-01", Precision.DAY, *others)

    assert ask(facts, "2025-05-31").findings
    assert not ask(facts, "2025-06-01").findings


def test_a_quashed_judgment_brings_it_back() -> None:
    """The clock never stopped."""
    facts = filed(
        "2024-01-01", Precision.DAY, (StageKind.FIRST_INSTANCE_JUDGMENT, "2025-06-01"), (StageKind.APPEAL_QUASHED_REMITTED, "2026-03-01")
    )

    assert not ask(facts, "2026-02-28").findings
    assert ask(facts, "2026-03-01").findings[0].severity == 2


def test_without_an_indictment_there_is_nothing_to_say() -> None:
    """Not recorded is not late."""
    assert ask(proceeding(), "2026-11-23") == Answer()


@pytest.mark.parametrize("ended_on", [None, "2025-06-01"])
def test_nothing_is_said_of_a_proceeding_that_is_over(ended_on: str | None) -> None:
    """Also when only our observation of it ended."""
    facts = proceeding(
        stage_events=(stage(StageKind.INDICTMENT_FILED, "2024-01-01"),),
        end_cause=EndCause.LOST_TO_FOLLOW_UP,
        ended_on=ended_on and day(ended_on),
    )

    assert evaluate([RULE], facts, at("2026-11-23"), PACK.thresholds).findings == ()
