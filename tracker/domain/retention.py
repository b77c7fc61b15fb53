"""What may be kept for how long: from a case's life to the day on which something of it has to go.

Source: domain.md section 7; the periods are data of the jurisdiction pack, section ``[retention]``.
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from tracker.domain.clocks import OBSERVATION_ENDS
from tracker.domain.codes.compensation import ClaimDecision, RemedyOutcome
from tracker.domain.codes.proceeding import StageKind
from tracker.domain.court_dates import days_after, last_day, local_date
from tracker.domain.facts import ProceedingFacts


@dataclass(frozen=True, slots=True)
class RetentionRules:
    """How long things are kept, in days or years; each period counts from the event that its comment in the pack names."""

    withdrawn_days: int
    remedies_days: int
    contact_days: int
    reduce_years: int
    message_days: int
    message_rows_days: int
    watched_days: int
    capture_days: int
    feed_token_days: int
    left_days: int
    opening_days: int
    link_days: int
    report_days: int
    consent_years: int


class RetentionRule(StrEnum):
    """One thing that goes when its time is over; reports count by these."""

    WITHDRAWN = "withdrawn"
    CONTACT = "contact"
    REDUCED = "reduced"
    MESSAGES = "messages"
    MESSAGE_ROWS = "message_rows"
    WATCHED = "watched"
    CAPTURES = "captures"
    FEED_TOKENS = "feed_tokens"
    SIGN_INS = "sign_ins"
    OPENINGS = "openings"
    OPENING_REASONS = "opening_reasons"
    LINKS = "links"
    REPORTS = "reports"


@dataclass(frozen=True, slots=True)
class CaseLife:
    """What decides how long a case is kept: since when it is over, what happened last, whether something is still to be decided."""

    over_on: date | None
    last_act_on: date | None
    is_pending: bool = False


def is_due(since: date | None, days: int, today: date) -> bool:
    """Tell whether ``days`` have passed since a day; a day that never was is never due."""
    return since is not None and today >= days_after(since, days)


def latest_due(days: int, today: date) -> date:
    """Return the last day since when ``days`` have passed: what happened on it or before is due."""
    return today - timedelta(days)


def years_after(on: date, years: int) -> date:
    """Return the same day so many years later; 29 February becomes the 28th."""
    year = min(on.year + years, MAXYEAR)
    return on.replace(year=year, day=min(on.day, calendar.monthrange(year, on.month)[1]))


def life(facts: ProceedingFacts) -> CaseLife:
    """Return what decides how long a case is kept.

    It is over at its latest FINAL decision, or when it left our sight (abroad, or lost). A remedy or a claim that waits for a decision
    keeps it alive, and so does everything that happened after its end.
    """
    finals = [last_day(event.on, event.precision) for event in facts.stage_events if event.kind == StageKind.FINAL]
    if facts.ended_on is not None and facts.end_cause in OBSERVATION_ENDS:
        finals.append(facts.ended_on)
    return CaseLife(max(finals, default=None), max(_acts(facts), default=None), _is_pending(facts))


def closed_on(life: CaseLife, rules: RetentionRules) -> date | None:
    """Return the day on which a case is closed: when the time for remedies has run out after its last act; none while it is alive."""
    if life.over_on is None or life.is_pending:
        return None
    return days_after(max(life.over_on, life.last_act_on or life.over_on), rules.remedies_days)


def contact_goes_on(life: CaseLife, rules: RetentionRules) -> date | None:
    """Return the day on which the contact data of a case go."""
    closed = closed_on(life, rules)
    return None if closed is None else days_after(closed, rules.contact_days)


def reduced_on(life: CaseLife, rules: RetentionRules) -> date | None:
    """Return the day on which a case is reduced to its row for the figures."""
    closed = closed_on(life, rules)
    return None if closed is None else years_after(closed, rules.reduce_years)


def _acts(facts: ProceedingFacts) -> Iterable[date]:
    zone = ZoneInfo(facts.zone)
    yield from (last_day(event.on, event.precision) for event in facts.stage_events)
    yield from (local_date(hearing.starts_at, zone) for hearing in facts.hearings)
    yield from (statement.on for statement in facts.statements)
    yield from (incident.on for incident in facts.incidents)
    dates = [
        *(each for claim in facts.claims for each in (claim.filed_on, claim.decided_on, claim.final_on, claim.paid_on)),
        *(each for remedy in facts.remedies for each in (remedy.filed_on, remedy.decided_on, remedy.acts_ordered_by, remedy.acts_done_on)),
    ]
    yield from (each for each in dates if each is not None)


def _is_pending(facts: ProceedingFacts) -> bool:
    open_claims = (claim.filed_on is not None and claim.decision == ClaimDecision.PENDING for claim in facts.claims)
    return any(open_claims) or any(remedy.outcome == RemedyOutcome.PENDING for remedy in facts.remedies)
