"""The life of flags: what changes between what is stored and what the rules found.

Source: rules.md, "Two kinds of flag", and alerts.md, "Late facts".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from tracker.domain.flags import CloseReason, Facts, Finding, FlagKind, FlagRule, Severity

TRACKED_DAYS = 90
"""An event older than this when it is first found is history, no one's task."""

FRESH_DAYS = 14
"""A flag whose condition is older than this when it is found raises no message of its own."""

Identity = tuple[str, str, str]
"""Rule, subject and, for an event, the fact: what makes two findings the same."""


@dataclass(frozen=True, slots=True)
class StoredFlag:
    """An episode as it is kept; of closed ones only events matter, since they are never raised twice."""

    id: int
    rule: str
    rule_version: int
    kind: FlagKind
    subject: str
    fact: str
    severity: int
    since: date
    facts: Facts
    opened_on: date
    closed_on: date | None = None
    close_reason: str | None = None
    dismissed_severity: int | None = None

    @property
    def identity(self) -> Identity:
        """Return what makes it the same flag."""
        return self.rule, self.subject, self.fact


@dataclass(frozen=True, slots=True)
class Opening:
    """A flag to be kept; closed on the day it is opened where ``close_reason`` is given. ``is_news``: people are told."""

    rule: FlagRule
    finding: Finding
    close_reason: CloseReason | None
    is_news: bool


@dataclass(frozen=True, slots=True)
class Revision:
    """An open flag that says something else than before.

    ``is_raised``: graver, so that acknowledgement and dismissal no longer hold; ``is_reopened``: it had been closed as
    corrected; ``is_news``: people are told.
    """

    flag: StoredFlag
    rule: FlagRule
    finding: Finding
    is_raised: bool = False
    is_reopened: bool = False
    is_news: bool = False

    @property
    def dismissed_severity(self) -> int | None:
        """The severity up to which the flag stays quiet; ``None`` where nothing holds it back."""
        dismissed = self.flag.dismissed_severity
        return None if dismissed is None or self.finding.severity > dismissed else dismissed


@dataclass(frozen=True, slots=True)
class Closing:
    """A flag that is no longer true, or whose fact was corrected away; ``on`` is never before it was opened."""

    flag: StoredFlag
    reason: CloseReason
    on: date


@dataclass(slots=True)
class Changes:
    """Everything that has to be written for one proceeding; empty where nothing has."""

    openings: list[Opening] = field(default_factory=list)
    revisions: list[Revision] = field(default_factory=list)
    closings: list[Closing] = field(default_factory=list)


def changes(stored: Iterable[StoredFlag], found: Sequence[tuple[FlagRule, Finding]], today: date) -> Changes:
    """Return the difference between the flags kept of a proceeding (all open ones, and closed events) and what is true ``today``."""
    known = {flag.identity: flag for flag in stored}
    result = Changes()
    for rule, finding in found:
        flag = known.pop((rule.code, finding.subject, finding.fact), None)
        if flag is None:
            result.openings.append(_opening(rule, finding, today))
        elif flag.closed_on is None or flag.close_reason == CloseReason.CORRECTED:
            revision = _revision(flag, rule, finding, today)
            if revision is not None:
                result.revisions.append(revision)
    for flag in known.values():
        if flag.closed_on is None:
            reason = CloseReason.CORRECTED if flag.kind == FlagKind.EVENT else CloseReason.RESOLVED
            result.closings.append(Closing(flag, reason, max(today, flag.opened_on)))
    return result


def _opening(rule: FlagRule, finding: Finding, today: date) -> Opening:
    is_history = rule.kind == FlagKind.EVENT and (today - finding.since).days > TRACKED_DAYS
    reason = CloseReason.BEFORE_TRACKING if is_history else None
    return Opening(rule, finding, reason, is_news=not is_history and _is_told(rule, finding, today))


def _revision(flag: StoredFlag, rule: FlagRule, finding: Finding, today: date) -> Revision | None:
    if flag.closed_on is not None:
        return Revision(flag, rule, finding, is_reopened=True)
    if _same(flag, rule, finding):
        return None
    is_raised = finding.severity > max(flag.severity, flag.dismissed_severity or 0)
    return Revision(flag, rule, finding, is_raised=is_raised, is_news=is_raised and _is_told(rule, finding, today))


def _same(flag: StoredFlag, rule: FlagRule, finding: Finding) -> bool:
    return (
        flag.severity == finding.severity
        and flag.since == finding.since
        and flag.rule_version == rule.version
        and flag.facts == finding.facts
    )


def _is_told(rule: FlagRule, finding: Finding, today: date) -> bool:
    """Tell whether a flag just opened or raised is worth a message at once: grave, and no late news of something old."""
    if finding.severity < Severity.URGENT:
        return False
    return rule.looks_ahead or (today - finding.since).days <= FRESH_DAYS
