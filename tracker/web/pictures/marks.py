"""Which mark stands for what happened: the vocabulary of the timeline."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.codes.appearance import Attended
from tracker.domain.facts import Victim
from tracker.domain.reading import Attendance, Reading, is_sighting
from tracker.domain.rules.confrontation import is_face_to_face
from tracker.domain.rules.wasted_appearance import is_wasted
from tracker.domain.sittings import Sitting, State


class Mark(StrEnum):
    """One sign of the picture; each has a shape of its own, so that none depends on colour."""

    HELD = "held"
    POSTPONED = "postponed"
    UPCOMING = "upcoming"
    UNREPORTED = "unreported"
    TESTIFIED = "testified"
    CONFRONTED = "confronted"
    SAW_ACCUSED = "saw-accused"
    WASTED = "wasted"
    PRESENT = "present"
    ABSENT = "absent"
    STATEMENT = "statement"
    APPLIED = "applied"
    NOT_APPLIED = "not-applied"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Happening:
    """A mark on its court-local day; ``hearing`` is the id of the hearing it belongs to, if to any."""

    on: date
    mark: Mark
    hearing: str | None = None


def of_court(sitting: Sitting) -> Mark:
    """Return the mark of a hearing as such."""
    if sitting.is_upcoming:
        return Mark.UPCOMING
    if sitting.state is State.HELD:
        return Mark.HELD
    return Mark.POSTPONED if sitting.state is State.POSTPONED else Mark.UNREPORTED


def of_victim(reading: Reading, victim: Victim) -> list[Happening]:
    """Return what happened to a victim up to now, and the hearings to which she is summoned, in order of day."""
    found = [*_in_court(reading, victim), *_ahead(reading, victim), *_elsewhere(reading, victim)]
    return sorted(found, key=lambda each: each.on)


def _in_court(reading: Reading, victim: Victim) -> Iterator[Happening]:
    for attendance in reading.attendances_of(victim):
        for mark in _of_attendance(attendance):
            yield Happening(attendance.sitting.on, mark, attendance.sitting.hearing.id)


def _of_attendance(attendance: Attendance) -> Iterator[Mark]:
    appearance = attendance.appearance
    if is_face_to_face(appearance):
        yield Mark.CONFRONTED
        return
    if is_wasted(attendance):
        yield Mark.WASTED
    elif appearance.attended == Attended.TESTIFIED:
        yield Mark.TESTIFIED
    elif appearance.attended == Attended.PRESENT_NOT_HEARD:
        yield Mark.PRESENT
    elif appearance.attended == Attended.SUMMONED_NOT_ATTENDED:
        yield Mark.ABSENT
    if is_sighting(appearance):
        yield Mark.SAW_ACCUSED


def _ahead(reading: Reading, victim: Victim) -> Iterator[Happening]:
    for sitting in reading.upcoming:
        if victim.id in sitting.hearing.summoned:
            yield Happening(sitting.on, Mark.UPCOMING, sitting.hearing.id)


def _elsewhere(reading: Reading, victim: Victim) -> Iterator[Happening]:
    testified = {each.appearance.hearing for each in reading.attendances_of(victim) if each.appearance.attended == Attended.TESTIFIED}
    for statement in reading.facts.statements:
        if statement.victim == victim.id and statement.on <= reading.today and statement.hearing not in testified:
            yield Happening(statement.on, Mark.STATEMENT, statement.hearing)
