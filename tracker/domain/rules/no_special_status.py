"""Flag a victim who is about to be heard without the status that protects witnesses.

Source: rules.md, Protective measures; Serbian Criminal Procedure Code, art. 103 and 105.
"""

from datetime import date

from tracker.domain.codes.people import AssignedAs
from tracker.domain.codes.protection import MeasureKind
from tracker.domain.facts import Victim
from tracker.domain.flags import N_, NEVER, Answer, Facts, Finding, FlagKind, FlagRule, Limits, Severity, SubjectKind, Wording
from tracker.domain.levels import ahead
from tracker.domain.reading import Reading

STATUS = frozenset({MeasureKind.SPECIAL_STATUS, MeasureKind.PROTECTED_WITNESS})


def check(reading: Reading, limits: Limits) -> Answer:
    """Look, for each victim, whether a status is in force on the day of the next summons."""
    findings: list[Finding] = []
    changes_on = NEVER
    for victim in reading.facts.victims:
        found, victim_changes_on = _check_victim(victim, reading, limits)
        changes_on = min(changes_on, victim_changes_on)
        if found is not None:
            findings.append(found)
    return Answer(tuple(findings), changes_on)


def _check_victim(victim: Victim, reading: Reading, limits: Limits) -> tuple[Finding | None, date]:
    summons = reading.next_summons(victim)
    if summons is None or reading.is_protected(victim, STATUS, summons.on):
        return None, NEVER
    window = ahead(summons.on, reading.today, limits.levels["days_ahead"])
    if window.level is None:
        return None, window.changes_on
    facts: Facts = {"hearing": summons.hearing.id, "hearing_on": summons.on.isoformat(), "within_days": window.level.limit}
    return Finding(victim.id, window.level.severity, window.since, facts, victim=victim.id), window.changes_on


RULE = FlagRule(
    code="no-special-status",
    version=1,
    kind=FlagKind.STATE,
    subject_kind=SubjectKind.VICTIM,
    legal=("EU-VRD-22",),
    levels=("days_ahead",),
    tells={AssignedAs.LAWYER: Severity.INFO, AssignedAs.ADVOCATE: Severity.INFO},
    wording=Wording(
        title=N_("No protected status before a hearing"),
        says=N_(
            "The victim is summoned for %(hearing_on)s, in %(within_days)s days or less, and no protected status is in force on that day."
        ),
        remedy=N_("Move for the status of an especially vulnerable witness before the hearing."),
    ),
    check=check,
    looks_ahead=True,
)
