"""What a proceeding has cost each victim, as plain counts: never a weighted score.

Source: rules page ("Contact with the accused and treatment": sighting, confrontation, wasted) and domain page 2.7 (no
validated scale of the burden of one appearance exists, so counts are shown side by side). Checked 2026-11-23.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracker.domain.codes.appearance import Attended, DegradingConduct, StatementBody
from tracker.domain.facts import Appearance
from tracker.domain.reading import Attendance, Reading, is_sighting
from tracker.domain.rules.confrontation import is_face_to_face
from tracker.domain.rules.wasted_appearance import is_wasted

CAME = frozenset({Attended.TESTIFIED, Attended.PRESENT_NOT_HEARD})
IN_COURT = frozenset({StatementBody.COURT_MAIN, StatementBody.COURT_APPEAL, StatementBody.COURT_RETRIAL, StatementBody.CIVIL_COURT})
DEGRADED = frozenset({DegradingConduct.SOME, DegradingConduct.REPEATED})


@dataclass(frozen=True, slots=True)
class Count:
    """How often something was seen; ``unknown`` is on how many more occasions nobody observed it."""

    seen: int
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Burden:
    """What one victim had to go through so far; ``waiting`` is in minutes (its ``unknown`` in occasions)."""

    victim: str
    statements: int
    testimonies: int
    journeys: int
    wasted: int
    sightings: Count
    confrontations: Count
    degrading: Count
    waiting: Count


def burdens(reading: Reading, waits: Mapping[tuple[str, str], int | None]) -> tuple[Burden, ...]:
    """Return the burden of every victim up to the day of the reading, in the order of the facts.

    ``waits`` maps (hearing, victim) to minutes of waiting, ``None`` or absent where nobody recorded them.
    """
    return tuple(
        _burden(
            victim.id,
            [each for each in reading.attendances_of(victim) if each.appearance.attended in CAME],
            [each.body for each in reading.facts.statements if each.victim == victim.id and each.on <= reading.today],
            waits,
        )
        for victim in reading.facts.victims
    )


def _burden(
    victim: str, came: Sequence[Attendance], bodies: Sequence[StatementBody], waits: Mapping[tuple[str, str], int | None]
) -> Burden:
    appearances = [each.appearance for each in came]
    minutes = [waits.get((each.hearing, each.victim)) for each in appearances]
    return Burden(
        victim=victim,
        statements=len(bodies),
        testimonies=sum(body in IN_COURT for body in bodies),
        journeys=len(came),
        wasted=sum(map(is_wasted, came)),
        sightings=_count((is_sighting(each), _is_sighting_unknown(each)) for each in appearances),
        confrontations=_count((is_face_to_face(each), _is_confrontation_unknown(each)) for each in appearances),
        degrading=_count((each.degrading_conduct in DEGRADED, _is_unknown(each.degrading_conduct)) for each in appearances),
        waiting=Count(sum(each for each in minutes if each is not None), minutes.count(None)),
    )


def _count(answers: Iterable[tuple[bool, bool]]) -> Count:
    known = list(answers)
    return Count(sum(seen for seen, _ in known), sum(unknown and not seen for seen, unknown in known))


def _is_unknown(value: str | None) -> bool:
    return value is None or value == "NOT_OBSERVED"


def _is_sighting_unknown(appearance: Appearance) -> bool:
    return _is_unknown(appearance.visual_contact) or _is_unknown(appearance.contact_outside)


def _is_confrontation_unknown(appearance: Appearance) -> bool:
    """Without testimony there is nothing to observe; one known side is enough to rule a confrontation out."""
    testified = appearance.attended == Attended.TESTIFIED
    return testified and _is_unknown(appearance.visual_contact) and _is_unknown(appearance.accused_present)
