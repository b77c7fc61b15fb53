"""confrontation: each testimony face to face with the accused."""

from typing import Any

import pytest

from tests.factories.facts import appearance, at, day, held, proceeding
from tracker.domain.codes.appearance import AccusedPresent, Attended, ContactOutside, VisualContact
from tracker.domain.codes.proceeding import StageKind
from tracker.domain.engine import evaluate
from tracker.domain.facts import Appearance, ProceedingFacts, StageEvent, Victim
from tracker.domain.flags import Finding, Level, Limits, Severity
from tracker.domain.reading import Reading
from tracker.domain.rules.confrontation import RULE
from tracker.formats.pack_toml import load_pack

PACK = load_pack("RS")
HEARINGS = (held("h1", "2026-05-01"), held("h2", "2026-06-01"), held("h3", "2026-07-01"))
IN_ROOM, DIRECT = AccusedPresent.IN_ROOM, VisualContact.DIRECT


def ask(facts: ProceedingFacts, now: str = "2026-11-23") -> tuple[Finding, ...]:
    """Return what the rule finds on a morning."""
    return RULE.check(Reading(facts, at(now)), PACK.limits(RULE.code)).findings


def face_to_face(hearing: str, victim: str = "v") -> Appearance:
    """Return a testimony in plain sight of the accused."""
    return appearance(hearing, victim, visual_contact=DIRECT)


@pytest.mark.parametrize(
    ("values", "fires"),
    [
        ({}, False),
        ({"visual_contact": DIRECT}, True),
        ({"visual_contact": DIRECT, "accused_present": AccusedPresent.VIA_LINK}, True),
        ({"visual_contact": VisualContact.PARTIAL}, False),
        ({"accused_present": IN_ROOM}, True),
        ({"accused_present": IN_ROOM, "visual_contact": VisualContact.NOT_OBSERVED}, True),
        ({"accused_present": IN_ROOM, "visual_contact": VisualContact.PARTIAL}, True),
        ({"accused_present": IN_ROOM, "visual_contact": VisualContact.NONE}, False),
        ({"accused_present": IN_ROOM, "visual_contact": VisualContact.SCREENED}, False),
        ({"accused_present": AccusedPresent.NOT_OBSERVED, "visual_contact": VisualContact.NOT_OBSERVED}, False),
        ({"accused_present": AccusedPresent.REMOVED_DURING_TESTIMONY}, False),
        ({"contact_outside": ContactOutside.CORRIDOR}, False),
        ({"visual_contact": DIRECT, "attended": Attended.PRESENT_NOT_HEARD}, False),
    ],
)
def test_it_is_direct_contact_or_the_accused_in_the_room_unshielded(values: dict[str, Any], fires: bool) -> None:  # noqa: FBT001 - a table
    """While the victim testifies; unobserved contact with the accused in the room fires, unobserved presence does not."""
    facts = proceeding(hearings=HEARINGS, appearances=(appearance("h1", **values),))

    assert bool(ask(facts)) is fires


def test_the_first_is_urgent_each_later_one_critical() -> None:
    """Counted for each victim, in order of hearing; since the day of the hearing."""
    facts = proceeding(
        hearings=HEARINGS,
        victims=(Victim("v"), Victim("w")),
        appearances=(
            appearance("h3", visual_contact=DIRECT),
            appearance("h1", visual_contact=DIRECT),
            appearance("h3", "w", visual_contact=DIRECT),
        ),
    )

    assert [(each.subject, each.severity, each.since, each.facts["number"]) for each in ask(facts)] == [
        ("h1/v", 3, day("2026-05-01"), 1),
        ("h3/v", 4, day("2026-07-01"), 2),
        ("h3/w", 3, day("2026-07-01"), 1),
    ]


def test_an_office_may_choose_to_hear_of_the_second_meeting_only() -> None:
    """Thresholds are the pack's."""
    facts = proceeding(hearings=HEARINGS, appearances=(face_to_face("h1"), face_to_face("h2")))
    limits = Limits(levels={"meetings": (Level(2, Severity.CRITICAL),)})

    assert [each.subject for each in RULE.check(Reading(facts, at("2026-11-23")), limits).findings] == ["h2/v"]


def test_what_has_not_taken_place_is_no_confrontation() -> None:
    """From the day of the hearing on."""
    facts = proceeding(hearings=HEARINGS, appearances=(face_to_face("h1"),))

    assert not ask(facts, "2026-04-30")
    assert ask(facts, "2026-05-01")


def test_it_stands_also_when_the_proceeding_is_over() -> None:
    """An event happened, whatever came after."""
    facts = proceeding(
        hearings=HEARINGS,
        appearances=(face_to_face("h1"),),
        stage_events=(StageEvent(StageKind.FINAL, day("2026-09-01")),),
    )

    assert len(evaluate([RULE], facts, at("2026-11-23"), PACK.thresholds).findings) == 1
