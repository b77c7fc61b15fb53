"""Flag a victim who met the accused at hearing after hearing.

Source: rules.md, Contact with the accused; Directive 2011/36/EU, art. 12(4)(b).
"""

from tracker.domain.codes.people import AssignedAs
from tracker.domain.flags import N_, Answer, Finding, FlagKind, FlagRule, Level, Limits, Severity, SubjectKind, Wording
from tracker.domain.levels import counted
from tracker.domain.reading import Attendance, Reading, is_sighting


def check(reading: Reading, limits: Limits) -> Answer:
    """Count, for each victim, the hearings at which victim and accused saw or met each other."""
    sightings: dict[str, list[Attendance]] = {}
    for each in reading.attendances:
        if is_sighting(each.appearance):
            sightings.setdefault(each.appearance.victim, []).append(each)
    levels = limits.levels["hearings"]
    return Answer(
        tuple(_finding(victim, seen, level) for victim, seen in sightings.items() if (level := counted(len(seen), levels)) is not None)
    )


def _finding(victim: str, seen: list[Attendance], level: Level) -> Finding:
    hearings = [each.sitting.hearing.id for each in seen]
    reached_on = seen[level.limit - 1].sitting.on
    return Finding(victim, level.severity, reached_on, {"count": len(hearings), "hearings": hearings}, victim=victim)


RULE = FlagRule(
    code="repeated-confrontation",
    version=1,
    kind=FlagKind.STATE,
    subject_kind=SubjectKind.VICTIM,
    legal=("EU-THB-12.4b",),
    levels=("hearings",),
    tells={AssignedAs.ADVOCATE: Severity.INFO, AssignedAs.LAWYER: Severity.INFO, AssignedAs.SUPERVISOR: Severity.INFO},
    wording=Wording(
        title=N_("Repeated contact with the accused"),
        says=N_("Hearings at which the victim and the accused saw or met each other: %(count)s."),
        remedy=N_(
            "Move for testimony by video link or without the accused in the room, and for separate ways in and a separate waiting room."
        ),
    ),
    check=check,
)
