"""Flag each time that a victim had to testify face to face with the accused.

Source: rules.md, Contact with the accused; Directive 2011/36/EU, art. 12(4)(b).
"""

from tracker.domain.codes.appearance import AccusedPresent, Attended, VisualContact
from tracker.domain.codes.people import AssignedAs
from tracker.domain.facts import Appearance
from tracker.domain.flags import N_, Answer, Facts, Finding, FlagKind, FlagRule, Limits, Severity, SubjectKind, Wording
from tracker.domain.levels import counted
from tracker.domain.reading import Reading

SHIELDED = frozenset({VisualContact.NONE, VisualContact.SCREENED})


def is_face_to_face(appearance: Appearance) -> bool:
    """Tell whether the victim testified in sight of the accused, or with the accused in the room and nothing known between them."""
    if appearance.attended != Attended.TESTIFIED:
        return False
    if appearance.visual_contact == VisualContact.DIRECT:
        return True
    return appearance.accused_present == AccusedPresent.IN_ROOM and appearance.visual_contact not in SHIELDED


def check(reading: Reading, limits: Limits) -> Answer:
    """Find every testimony face to face; a victim's first in this proceeding is graver than none, each later one graver still."""
    levels = limits.levels["meetings"]
    findings = []
    met: dict[str, int] = {}
    for appearance, sitting in reading.attendances:
        if is_face_to_face(appearance):
            number = met[appearance.victim] = met.get(appearance.victim, 0) + 1
            level = counted(number, levels)
            if level is not None:
                facts: Facts = {"hearing": sitting.hearing.id, "victim": appearance.victim, "on": sitting.on.isoformat(), "number": number}
                subject = f"{sitting.hearing.id}/{appearance.victim}"
                findings.append(Finding(subject, level.severity, sitting.on, facts, victim=appearance.victim))
    return Answer(tuple(findings))


RULE = FlagRule(
    code="confrontation",
    version=1,
    kind=FlagKind.EVENT,
    subject_kind=SubjectKind.APPEARANCE,
    legal=("EU-THB-12.4b",),
    levels=("meetings",),
    tells={AssignedAs.ADVOCATE: Severity.INFO, AssignedAs.LAWYER: Severity.INFO},
    wording=Wording(
        title=N_("Face to face with the accused"),
        says=N_("On %(on)s the victim testified face to face with the accused (time number %(number)s in this proceeding)."),
        remedy=N_(
            "Put the contact on record, and move that the victim testifies by video link or with the accused out of the room from now on."
        ),
    ),
    check=check,
)
