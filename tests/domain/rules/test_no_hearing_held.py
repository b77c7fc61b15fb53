"""no-hearing-held: days of a trial since the newest held hearing, or since it opened."""

import pytest

from tests.factories.facts import at, day, hearing, held, in_trial, stage
from tracker.domain.codes.hearing import HearingOutcome
from tracker.domain.codes.proceeding import StageKind
from tracker.domain.facts import ProceedingFacts
from tracker.domain.flags import NEVER, Answer
from tracker.domain.reading import Reading
from tracker.domain.rules.no_hearing_held import RULE
from tracker.formats.pack_toml import load_pack

PACK = load_pack("RS")


def ask(facts: ProceedingFacts, now: str) -> Answer:
    """Return the rule's answer on a morning."""
    return RULE.check(Reading(facts, at(now)), PACK.limits(RULE.code))


@pytest.mark.parametrize(
    ("now", "severity", "since", "changes_on"),
    [
        ("2026-05-30", None, None, "2026-06-01"),
        ("2026-05-31", None, None, "2026-06-01"),
        ("2026-06-01", 2, "2026-06-01", "2026-08-30"),
        ("2026-08-29", 2, "2026-06-01", "2026-08-30"),
        ("2026-08-30", 3, "2026-08-30", None),
    ],
)
def test_each_level_begins_on_the_day_after_its_limit(now: str, severity: int | None, since: str | None, changes_on: str | None) -> None:
    """More than 90 and more than 180 days after the opening on 2 March."""
    answer = ask(in_trial(opened="2026-03-02"), now)

    assert [(each.severity, each.since.isoformat()) for each in answer.findings] == ([(severity, since)] if severity else [])
    assert answer.changes_on == (day(changes_on) if changes_on else NEVER)


def test_the_newest_held_hearing_starts_the_days_anew() -> None:
    """Whichever is later: a hearing held, or the opening of the trial or retrial."""
    facts = in_trial(opened="2026-03-02", hearings=(held("h2", "2026-04-01"), held("h1", "2026-03-20")))
    earlier = in_trial(opened="2026-03-02", hearings=(held("h0", "2026-01-20"),))

    assert not ask(facts, "2026-06-30").findings
    assert ask(facts, "2026-07-01").findings[0].facts == {"last_activity_on": "2026-04-01", "hearing": "h2", "over_days": 90}
    assert ask(earlier, "2026-06-01").findings[0].facts == {"last_activity_on": "2026-03-02", "over_days": 90}


def test_what_was_not_held_does_not_count() -> None:
    """Postponed, open, superseded and future hearings leave the trial standing still."""
    facts = in_trial(
        opened="2026-03-02",
        hearings=(
            hearing("a", "2026-05-01", outcome=HearingOutcome.POSTPONED_ON_DAY),
            hearing("b", "2026-05-02"),
            held("c", "2026-05-03", superseded_by="d"),
            held("d", "2026-07-03"),
        ),
    )

    assert ask(facts, "2026-06-01").findings


def test_it_is_quiet_outside_a_trial() -> None:
    """Before the opening and after the judgment."""
    judged = in_trial(opened="2026-03-02")
    stages = (*judged.stage_events, stage(StageKind.FIRST_INSTANCE_JUDGMENT, "2026-05-01"))

    assert ask(in_trial(opened="2026-12-02"), "2026-11-23") == Answer()
    assert ask(in_trial(stage_events=stages), "2026-11-23") == Answer()


def test_a_retrial_starts_the_days_anew() -> None:
    """More than 90 days after it opened, although the last hearing was long ago."""
    stages = (
        stage(StageKind.MAIN_HEARING_OPENED, "2025-03-02"),
        stage(StageKind.FIRST_INSTANCE_JUDGMENT, "2025-10-01"),
        stage(StageKind.APPEAL_QUASHED_REMITTED, "2026-02-01"),
        stage(StageKind.RETRIAL_OPENED, "2026-04-01"),
    )
    facts = in_trial(stage_events=stages, hearings=(held("h", "2025-09-01"),))

    assert not ask(facts, "2026-06-30").findings
    assert ask(facts, "2026-07-01").findings[0].severity == 2
