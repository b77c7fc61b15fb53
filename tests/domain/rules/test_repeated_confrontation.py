"""repeated-confrontation: hearings at which victim and accused saw or met each other."""

import pytest

from tests.factories.facts import appearance, at, day, held, proceeding
from tracker.domain.codes.appearance import Attended, ContactOutside, VisualContact
from tracker.domain.facts import Appearance, ProceedingFacts
from tracker.domain.flags import Finding
from tracker.domain.reading import Reading
from tracker.domain.rules.repeated_confrontation import RULE
from tracker.formats.pack_toml import load_pack

PACK = load_pack("RS")
HEARINGS = tuple(held(f"h{number}", f"2026-0{number}-01") for number in range(1, 5))


def ask(facts: ProceedingFacts, now: str = "2026-11-23") -> tuple[Finding, ...]:
    """Return what the rule finds on a morning."""
    return RULE.check(Reading(facts, at(now)), PACK.limits(RULE.code)).findings


def seen(number: int, victim: str = "v") -> Appearance:
    """Return an appearance at which victim and accused could see each other in part."""
    return appearance(f"h{number}", victim, visual_contact=VisualContact.PARTIAL)


@pytest.mark.parametrize(
    ("count", "severity", "since"), [(0, None, None), (1, None, None), (2, 3, "2026-02-01"), (3, 4, "2026-03-01"), (4, 4, "2026-03-01")]
)
def test_the_second_and_the_third_hearing_reach_a_level(count: int, severity: int | None, since: str | None) -> None:
    """Since the hearing that reached it."""
    found = ask(proceeding(hearings=HEARINGS, appearances=tuple(seen(number) for number in range(count, 0, -1))))

    assert [(each.severity, each.since) for each in found] == ([(severity, day(since))] if severity and since else [])


def test_seeing_and_meeting_outside_count_alike_and_nothing_unobserved() -> None:
    """Whether the victim was heard or not."""
    facts = proceeding(
        hearings=HEARINGS,
        appearances=(
            appearance("h1", contact_outside=ContactOutside.WAITING_ROOM, attended=Attended.PRESENT_NOT_HEARD),
            appearance("h2", visual_contact=VisualContact.NOT_OBSERVED, contact_outside=ContactOutside.NOT_OBSERVED),
            appearance("h3", visual_contact=VisualContact.SCREENED),
            seen(4),
        ),
    )

    assert ask(facts)[0].facts == {"count": 2, "hearings": ["h1", "h4"]}


def test_each_victim_is_counted_apart() -> None:
    """Two victims seen once each are not one seen twice."""
    assert not ask(proceeding(hearings=HEARINGS, appearances=(seen(1, "v"), seen(2, "w"))))


def test_a_hearing_ahead_does_not_count_yet() -> None:
    """It does from its own day on."""
    facts = proceeding(hearings=HEARINGS, appearances=(seen(1), seen(2)))

    assert not ask(facts, "2026-01-31")
    assert ask(facts, "2026-02-01")
