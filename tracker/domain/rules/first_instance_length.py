"""Flag a proceeding that has waited too long for its first judgment.

Source: rules.md, Length; CEPEJ(2018)26 (about two years per level); ASTRA's yearly analyses (one and three years).
"""

from tracker.domain.codes.people import AssignedAs
from tracker.domain.codes.proceeding import StageKind
from tracker.domain.flags import N_, SILENCE, Answer, Facts, Finding, FlagKind, FlagRule, Limits, Severity, SubjectKind, Wording
from tracker.domain.levels import elapsed
from tracker.domain.reading import Reading


def check(reading: Reading, limits: Limits) -> Answer:
    """Compare the days since the earliest indictment with the limits, while no judgment stands."""
    filed_on = reading.earliest(StageKind.INDICTMENT_FILED)
    if filed_on is None or reading.is_judged:
        return SILENCE
    passed = elapsed(filed_on, reading.today, limits.levels["over_days"])
    if passed.level is None:
        return Answer(changes_on=passed.changes_on)
    facts: Facts = {"indictment_filed_on": filed_on.isoformat(), "over_days": passed.level.limit}
    return Answer((Finding(reading.facts.id, passed.level.severity, passed.since, facts),), passed.changes_on)


RULE = FlagRule(
    code="first-instance-length",
    version=1,
    kind=FlagKind.STATE,
    subject_kind=SubjectKind.PROCEEDING,
    legal=("CEPEJ-2y", "ASTRA"),
    levels=("over_days",),
    tells={AssignedAs.ADVOCATE: Severity.INFO, AssignedAs.LAWYER: Severity.URGENT},
    wording=Wording(
        title=N_("First instance takes long"),
        says=N_("The indictment was filed on %(indictment_filed_on)s: more than %(over_days)s days without a judgment."),
        remedy=N_("Ask the court in writing to schedule and concentrate the remaining hearings; consider the objection for undue delay."),
    ),
    check=check,
)
