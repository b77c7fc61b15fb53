"""Ask every rule about one proceeding."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.facts import ProceedingFacts
from tracker.domain.flags import NO_LIMITS, SILENCE, Answer, Finding, FlagKind, FlagRule, Limits
from tracker.domain.reading import Reading


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the rules found on ``today`` (a date of the proceeding's court).

    ``review_on`` is the first day on which they may say anything else if nothing is written: after ``today``, or equal
    to it where a hearing begins later that day; `tracker.domain.flags.NEVER` where there is none.
    """

    today: date
    findings: tuple[tuple[FlagRule, Finding], ...]
    review_on: date


def evaluate(rules: Iterable[FlagRule], facts: ProceedingFacts, as_of: datetime, thresholds: Mapping[str, Limits]) -> Evaluation:
    """Return what ``rules`` find true of a proceeding at an aware instant, and until when that holds."""
    reading = Reading(facts, as_of)
    findings: list[tuple[FlagRule, Finding]] = []
    review_on = reading.next_fact_on()
    for rule in rules:
        answer = _ask(rule, reading, thresholds)
        findings += [(rule, finding) for finding in answer.findings]
        review_on = min(review_on, answer.changes_on)
    return Evaluation(reading.today, tuple(findings), review_on)


def _ask(rule: FlagRule, reading: Reading, thresholds: Mapping[str, Limits]) -> Answer:
    if reading.is_over and rule.kind == FlagKind.STATE and not rule.state_after_end:
        return SILENCE
    return rule.check(reading, thresholds.get(rule.code, NO_LIMITS))
