"""Flag a hearing of which nobody recorded what became of it.

Source: rules.md, Hearings; a matter of data quality, no provision of law.
"""

from tracker.domain.codes.people import AssignedAs
from tracker.domain.flags import N_, NEVER, Answer, Facts, Finding, FlagKind, FlagRule, Limits, Severity, SubjectKind, Wording
from tracker.domain.levels import elapsed
from tracker.domain.reading import Reading


def check(reading: Reading, limits: Limits) -> Answer:
    """Look for hearings with no outcome some days after their date."""
    levels = limits.levels["over_days"]
    findings = []
    changes_on = NEVER
    for sitting in reading.open:
        passed = elapsed(sitting.on, reading.today, levels)
        changes_on = min(changes_on, passed.changes_on)
        if passed.level is not None:
            facts: Facts = {"hearing": sitting.hearing.id, "on": sitting.on.isoformat(), "over_days": passed.level.limit}
            findings.append(Finding(sitting.hearing.id, passed.level.severity, passed.since, facts))
    return Answer(tuple(findings), changes_on)


RULE = FlagRule(
    code="outcome-missing",
    version=1,
    kind=FlagKind.STATE,
    subject_kind=SubjectKind.HEARING,
    legal=(),
    levels=("over_days",),
    tells={AssignedAs.ADVOCATE: Severity.INFO},
    wording=Wording(
        title=N_("What became of the hearing?"),
        says=N_("The hearing of %(on)s has no outcome after more than %(over_days)s days."),
        remedy=N_("Ask who was there, and enter the outcome."),
    ),
    check=check,
)
