"""Flag a trial that stands still: no hearing was held for months.

Source: rules.md, Length; Serbian Criminal Procedure Code, art. 386 to 388 (a long pause makes the hearing start anew).
"""

from tracker.domain.codes.people import AssignedAs
from tracker.domain.codes.proceeding import StageKind
from tracker.domain.flags import N_, SILENCE, Answer, Facts, Finding, FlagKind, FlagRule, Limits, Severity, SubjectKind, Wording
from tracker.domain.levels import elapsed
from tracker.domain.reading import Reading


def check(reading: Reading, limits: Limits) -> Answer:
    """Compare the days since the newest held hearing, or the opening if that is later, with the limits."""
    opened_on = reading.newest(StageKind.MAIN_HEARING_OPENED, StageKind.RETRIAL_OPENED)
    if opened_on is None or not reading.is_in_trial:
        return SILENCE
    held = reading.newest_held
    if held is not None and held.on < opened_on:
        held = None
    start = opened_on if held is None else held.on
    passed = elapsed(start, reading.today, limits.levels["over_days"])
    if passed.level is None:
        return Answer(changes_on=passed.changes_on)
    facts: Facts = {"last_activity_on": start.isoformat(), "over_days": passed.level.limit}
    if held is not None:
        facts["hearing"] = held.hearing.id
    return Answer((Finding(reading.facts.id, passed.level.severity, passed.since, facts),), passed.changes_on)


RULE = FlagRule(
    code="no-hearing-held",
    version=1,
    kind=FlagKind.STATE,
    subject_kind=SubjectKind.PROCEEDING,
    legal=("CEPEJ",),
    levels=("over_days",),
    tells={AssignedAs.ADVOCATE: Severity.INFO, AssignedAs.LAWYER: Severity.INFO},
    wording=Wording(
        title=N_("The trial stands still"),
        says=N_("Nothing was held since %(last_activity_on)s: more than %(over_days)s days."),
        remedy=N_("Ask the court to fix the next hearing; warn that the main hearing may have to start anew."),
    ),
    check=check,
)
