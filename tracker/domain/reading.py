"""How every rule reads a proceeding at an instant.

Facts dated after that day do not exist here, so that any past day can be replayed.
Source: rules.md, "How every rule is read".
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tracker.domain.codes.appearance import ContactOutside, VisualContact
from tracker.domain.codes.proceeding import StageKind
from tracker.domain.codes.protection import MeasureDecision, MeasureKind
from tracker.domain.codes.shared import Observed
from tracker.domain.court_dates import last_day, local_date
from tracker.domain.facts import Appearance, Measure, ProceedingFacts, Victim
from tracker.domain.flags import NEVER
from tracker.domain.sittings import Sitting, State, in_order, read_sitting

SEEN = frozenset({VisualContact.PARTIAL, VisualContact.DIRECT})
MET_OUTSIDE = frozenset({ContactOutside.CORRIDOR, ContactOutside.ENTRANCE, ContactOutside.WAITING_ROOM, ContactOutside.AFTERWARDS})
GRANTED = frozenset({MeasureDecision.GRANTED, MeasureDecision.PARTLY, MeasureDecision.EX_OFFICIO})
STAGES = tuple(StageKind)
STAGE_ORDER = {kind: place for place, kind in enumerate(STAGES)}
DATES = {
    "victims": ("adult_from", "consent_withdrawn_on"),
    "statements": ("on",),
    "measures": ("requested_on", "decided_on"),
    "assessments": ("on",),
    "claims": ("filed_on", "decided_on", "final_on", "paid_on"),
    "assets": ("frozen_on", "confiscated_on"),
    "remedies": ("filed_on", "decided_on", "acts_done_on"),
    "incidents": ("on",),
    "accused": ("detained_from", "released_on"),
}
"""The dates from which on a fact, or what was decided of it, exists; those of stages and hearings are read apart."""


class Stage(NamedTuple):
    """A stage event that has happened; the greatest is the newest: one day's events follow the schema's list."""

    on: date
    place: int


class Attendance(NamedTuple):
    """An appearance that has taken place, and the sitting at which it did."""

    appearance: Appearance
    sitting: Sitting


class Reading:
    """One proceeding as it stands at ``as_of``; hearings are in order of (``starts_at``, id) everywhere."""

    __slots__ = ("_attendances", "_next", "as_of", "facts", "is_over", "sittings", "stages", "today")

    def __init__(self, facts: ProceedingFacts, as_of: datetime) -> None:
        """Read ``facts`` at the aware instant ``as_of``, in the zone of the proceeding's court."""
        zone = ZoneInfo(facts.zone)
        self.facts = facts
        self.as_of = as_of
        self.today = local_date(as_of, zone)
        self._next = NEVER
        self._attendances: tuple[Attendance, ...] | None = None
        self.stages = self._read_stages()
        self.is_over = self._read_end()
        self.sittings = tuple(
            read_sitting(hearing, local_date(hearing.starts_at, zone), as_of, self.today)
            for hearing in sorted(facts.hearings, key=in_order)
        )

    def exists(self, on: date | None) -> bool:
        """Tell whether a fact of that date exists; one without a date does."""
        if on is None or on <= self.today:
            return True
        self._next = min(self._next, on)
        return False

    def _read_stages(self) -> dict[str, tuple[Stage, Stage]]:
        """Return the earliest and the newest event of each kind that has happened."""
        found: dict[str, tuple[Stage, Stage]] = {}
        for event in self.facts.stage_events:
            on = last_day(event.on, event.precision)
            if self.exists(on):
                stage = Stage(on, STAGE_ORDER[event.kind])
                known = found.get(event.kind)
                found[event.kind] = (stage, stage) if known is None else (min(known[0], stage), max(known[1], stage))
        return found

    def _read_end(self) -> bool:
        if StageKind.FINAL in self.stages:
            return True
        if self.facts.end_cause is None:
            return False
        ended_on = self.facts.ended_on
        if ended_on is None:
            ended_on = max((last_day(event.on, event.precision) for event in self.facts.stage_events), default=None)
        return self.exists(ended_on)

    @property
    def held(self) -> list[Sitting]:
        """Hearings that were held, whole or in part."""
        return [each for each in self.sittings if each.state is State.HELD]

    @property
    def newest_held(self) -> Sitting | None:
        """The last hearing that was held."""
        return next((each for each in reversed(self.sittings) if each.state is State.HELD), None)

    @property
    def postponed(self) -> list[Sitting]:
        """Hearings that were postponed, cancelled, recessed or moved, also those still ahead (called off)."""
        return [each for each in self.sittings if each.state is State.POSTPONED]

    @property
    def open(self) -> list[Sitting]:
        """Hearings with no outcome that counts yet."""
        return [each for each in self.sittings if each.state is State.OPEN]

    @property
    def upcoming(self) -> list[Sitting]:
        """Open hearings that have not begun."""
        return [each for each in self.sittings if each.is_upcoming]

    @property
    def past(self) -> list[Sitting]:
        """Hearings dated not after today that are not upcoming."""
        return [each for each in self.sittings if each.on <= self.today and not each.is_upcoming]

    def earliest(self, kind: StageKind) -> date | None:
        """Return the date of the first event of ``kind``."""
        found = self.stages.get(kind)
        return None if found is None else found[0].on

    def newest(self, *kinds: StageKind) -> date | None:
        """Return the date of the newest event of any of ``kinds``."""
        return max((self.stages[kind][1].on for kind in kinds if kind in self.stages), default=None)

    @property
    def newest_stage(self) -> tuple[StageKind, date] | None:
        """The newest stage event of any kind, and its date."""
        if not self.stages:
            return None
        stage = max(found[1] for found in self.stages.values())
        return STAGES[stage.place], stage.on

    def _stands(self, kind: StageKind) -> bool:
        """Tell whether ``kind`` has happened, and was not undone that day or later by a decision to quash and remit."""
        newest = self.newest(kind)
        undone = self.newest(StageKind.APPEAL_QUASHED_REMITTED)
        return newest is not None and (undone is None or newest > undone)

    @property
    def is_judged(self) -> bool:
        """Whether a first-instance judgment stands."""
        return self._stands(StageKind.FIRST_INSTANCE_JUDGMENT)

    @property
    def is_evidence_closed(self) -> bool:
        """Whether the taking of evidence is closed."""
        return self._stands(StageKind.EVIDENCE_CLOSED)

    @property
    def is_in_trial(self) -> bool:
        """Whether a main hearing has opened, and there is neither a judgment nor an end."""
        opened = StageKind.MAIN_HEARING_OPENED in self.stages or StageKind.RETRIAL_OPENED in self.stages
        return opened and not self.is_over and not self.is_judged

    @property
    def attendances(self) -> tuple[Attendance, ...]:
        """Appearances at hearings dated not after today, in order of hearing, then of victim."""
        if self._attendances is None:
            at: dict[str, list[Appearance]] = {}
            for appearance in self.facts.appearances:
                at.setdefault(appearance.hearing, []).append(appearance)
            self._attendances = tuple(
                Attendance(appearance, sitting)
                for sitting in self.sittings
                if sitting.on <= self.today
                for appearance in sorted(at.get(sitting.hearing.id, ()), key=lambda each: each.victim)
            )
        return self._attendances

    def attendances_of(self, victim: Victim) -> list[Attendance]:
        """Return the appearances of one victim, in order."""
        return [each for each in self.attendances if each.appearance.victim == victim.id]

    def next_summons(self, victim: Victim) -> Sitting | None:
        """Return the earliest upcoming hearing to which ``victim`` is summoned."""
        return next((each for each in self.sittings if each.is_upcoming and victim.id in each.hearing.summoned), None)

    def is_in_force(self, measure: Measure, on: date) -> bool:
        """Tell whether a measure, as decided by today, is in force on the day ``on``; where no start is known, it has started."""
        if measure.decision not in GRANTED or not self.exists(measure.decided_on):
            return False
        starts_on = measure.valid_from or measure.decided_on
        return (starts_on is None or starts_on <= on) and (measure.valid_until is None or measure.valid_until >= on)

    def is_protected(self, victim: Victim, kinds: Iterable[MeasureKind], on: date) -> bool:
        """Tell whether ``victim`` has a measure of one of ``kinds`` in force on the day ``on``."""
        return any(each.victim == victim.id and each.kind in kinds and self.is_in_force(each, on) for each in self.facts.measures)

    def next_fact_on(self) -> date:
        """Return the first day on which a fact begins to exist or a hearing is read otherwise.

        It is today where a hearing begins later today, and `NEVER` where nothing lies ahead.
        """
        for on in _dates(self.facts):
            self.exists(on)
        return min([self._next, *(each.changes_on for each in self.sittings)])


def is_sighting(appearance: Appearance) -> bool:
    """Tell whether victim and accused saw each other in the courtroom, or met outside it."""
    return appearance.visual_contact in SEEN or appearance.contact_outside in MET_OUTSIDE


def is_minor(victim: Victim, on: date) -> bool:
    """Tell whether a victim is a minor on a day: by the 18th birthday; where that is not known, as recorded now."""
    if victim.adult_from is not None:
        return victim.adult_from > on
    return victim.minor_now == Observed.YES


def _dates(facts: ProceedingFacts) -> Iterator[date | None]:
    for kind, names in DATES.items():
        for fact in getattr(facts, kind):
            for name in names:
                yield getattr(fact, name)
