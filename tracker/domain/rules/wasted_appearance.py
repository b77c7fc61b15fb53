"""Flag a victim who came to court for nothing.

Source: rules.md, Contact with the accused and treatment; CEPEJ, frequent adjournments as an origin of delay.
"""

from tracker.domain.codes.appearance import Attended
from tracker.domain.codes.hearing import HearingType
from tracker.domain.codes.people import AssignedAs
from tracker.domain.flags import N_, Answer, Finding, FlagKind, FlagRule, Level, Limits, Severity, SubjectKind, Wording
from tracker.domain.levels import counted
from tracker.domain.reading import Attendance, Reading
from tracker.domain.sittings import State


def is_wasted(attendance: Attendance) -> bool:
    """Tell whether the victim was there and not heard, although summoned to a main hearing, or because nothing was held."""
    appearance, sitting = attendance
    if appearance.attended != Attended.PRESENT_NOT_HEARD:
        return False
    hearing = sitting.hearing
    return sitting.state is State.POSTPONED or (hearing.type == HearingType.MAIN and appearance.victim in hearing.summoned)


def check(reading: Reading, limits: Limits) -> Answer:
    """Count each victim's wasted appearances."""
    wasted: dict[str, list[Attendance]] = {}
    for each in reading.attendances:
        if is_wasted(each):
            wasted.setdefault(each.appearance.victim, []).append(each)
    levels = limits.levels["appearances"]
    return Answer(
        tuple(_finding(victim, came, level) for victim, came in wasted.items() if (level := counted(len(came), levels)) is not None)
    )


def _finding(victim: str, came: list[Attendance], level: Level) -> Finding:
    hearings = [each.sitting.hearing.id for each in came]
    return Finding(victim, level.severity, came[level.limit - 1].sitting.on, {"count": len(hearings), "hearings": hearings}, victim=victim)


RULE = FlagRule(
    code="wasted-appearance",
    version=1,
    kind=FlagKind.STATE,
    subject_kind=SubjectKind.VICTIM,
    legal=("CEPEJ",),
    levels=("appearances",),
    tells={AssignedAs.ADVOCATE: Severity.INFO},
    wording=Wording(
        title=N_("Came to court for nothing"),
        says=N_("Times that the victim came to court and was not heard: %(count)s."),
        remedy=N_("Ask the court to be told of postponements before the victim travels, to hear the victim first, to refund the costs."),
    ),
    check=check,
)
