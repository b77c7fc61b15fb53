"""What one person has to know this morning: coming hearings, flags, debriefs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from tracker.domain.codes.hearing import HearingOutcome, HearingType
from tracker.domain.codes.protection import MeasureDecision, MeasureKind
from tracker.domain.codes.victim import LegalRepresentation
from tracker.domain.court_dates import local_date
from tracker.domain.facts import Measure, ProceedingFacts, Victim
from tracker.domain.flags import FlagRule
from tracker.domain.reading import Reading
from tracker.domain.rules.no_special_status import STATUS
from tracker.services.case_access import reader
from tracker.services.case_names import CaseName, case_name, victim_name
from tracker.services.context import Context
from tracker.services.debriefs import hearing_ref
from tracker.services.known_rules import rules_by_code, told_to
from tracker.services.unsealing import Legible
from tracker.storage.queries import today as queries
from tracker.storage.queries.today import DebriefRow, FlagRow, HearingRow, SummonedRow, Whose

DAYS_AHEAD = 14
DAYS_BACK = 90
MOST_HEARINGS = 100
MOST_FLAGS = 25
MOST_DEBRIEFS = 25


class Missing(StrEnum):
    """What a victim lacks for a hearing."""

    STATUS = "STATUS"
    REPRESENTATION = "REPRESENTATION"
    ASSESSMENT = "ASSESSMENT"


class Standing(StrEnum):
    """Whether a coming hearing still takes place on that day."""

    EXPECTED = "EXPECTED"
    MOVED = "MOVED"
    CALLED_OFF = "CALLED_OFF"


@dataclass(frozen=True, slots=True)
class SummonedVictim:
    """One victim summoned, and what she lacks."""

    name: str
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class ComingHearing:
    """One hearing of the coming days; ``on`` is its date in the court's ``zone``."""

    case: CaseName
    on: date
    starts_at: datetime
    zone: str
    time_known: bool
    type: HearingType
    court: str
    room: str | None
    standing: Standing
    moved_to: datetime | None
    victims: tuple[SummonedVictim, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """The hearings of one day."""

    on: date
    hearings: tuple[ComingHearing, ...]


@dataclass(frozen=True, slots=True)
class DebriefDue:
    """A past hearing to be written down: its outcome, or (that known) what it did to those summoned; ``hearing`` names it in addresses."""

    case: CaseName
    hearing: str
    on: date
    starts_at: datetime
    zone: str
    type: HearingType
    court: str
    has_outcome: bool


@dataclass(frozen=True, slots=True)
class FlagToSee:
    """An open flag that is this person's to act on."""

    ref: str
    rule: FlagRule
    case: CaseName
    severity: int
    facts: Mapping[str, Any]
    since: date
    victim: str | None


@dataclass(frozen=True, slots=True)
class CaseFlags:
    """What one case wants of the person, gravest first."""

    case: CaseName
    flags: tuple[FlagToSee, ...]


@dataclass(frozen=True, slots=True)
class Today:
    """The whole page; ``has_more_hearings`` and ``has_more_flags`` tell that only the next, or the gravest, are here."""

    on: date
    days: tuple[Day, ...]
    has_more_hearings: bool
    cases: tuple[CaseFlags, ...]
    has_more_flags: bool
    debriefs: tuple[DebriefDue, ...]

    @property
    def hearings(self) -> int:
        """How many hearings are expected."""
        return sum(hearing.standing is Standing.EXPECTED for day in self.days for hearing in day.hearings)

    @property
    def flags(self) -> int:
        """How many flags are here."""
        return sum(len(case.flags) for case in self.cases)


def today(ctx: Context) -> Today:
    """Return the board of the person who acts.

    Raises:
        ForbiddenError: the actor reads no cases.
    """
    person, on = reader(ctx), ctx.office_today()
    midnight = datetime.combine(on, time(), ZoneInfo(ctx.pack.timezone))
    ahead, back = (midnight, midnight + timedelta(days=DAYS_AHEAD + 1)), (midnight - timedelta(days=DAYS_BACK), ctx.now())
    with ctx.database.reading() as db:
        hearings = queries.hearings_between(db, Whose(person, on, MOST_HEARINGS + 1), *ahead)
        summoned = queries.summoned(db, [row.id for row in hearings], sorted(STATUS))
        debriefs = queries.debriefs_due(db, Whose(person, on, MOST_DEBRIEFS), *back)
        flags = queries.flags_for(db, Whose(person, on, MOST_FLAGS + 1), told_to())
    with Legible(ctx) as seals:
        found = sorted(
            (_hearing(ctx, seals, row, summoned) for row in hearings[:MOST_HEARINGS]), key=lambda each: (each.on, each.starts_at)
        )
        return Today(
            on=on,
            days=tuple(Day(day, tuple(these)) for day, these in groupby(found, key=lambda each: each.on)),
            has_more_hearings=len(hearings) > MOST_HEARINGS,
            cases=_by_case([_flag(seals, row) for row in flags[:MOST_FLAGS]]),
            has_more_flags=len(flags) > MOST_FLAGS,
            debriefs=tuple(_debrief(ctx, seals, row) for row in debriefs if row.time_known or _day(row) < on),
        )


def _day(row: HearingRow | DebriefRow) -> date:
    return local_date(row.starts_at, ZoneInfo(row.zone))


def _named(seals: Legible, row: HearingRow | DebriefRow | FlagRow) -> CaseName:
    return case_name(seals, row.proceeding, row.external_id, row.number_ref, row.number)


def _hearing(ctx: Context, seals: Legible, row: HearingRow, summoned: Sequence[SummonedRow]) -> ComingHearing:
    on = _day(row)
    mine = [each for each in summoned if each.hearing_id == row.id]
    return ComingHearing(
        case=_named(seals, row),
        on=on,
        starts_at=row.starts_at,
        zone=row.zone,
        time_known=row.time_known,
        type=row.type,
        court=row.court,
        room=row.room,
        standing=_standing(row.outcome, row.moved_to),
        moved_to=row.moved_to,
        victims=tuple(_victim(ctx, seals, list(rows), row.zone, on) for _, rows in groupby(mine, key=lambda each: each.victim)),
    )


def _standing(outcome: HearingOutcome | None, moved_to: datetime | None) -> Standing:
    if moved_to is not None:
        return Standing.MOVED
    return Standing.EXPECTED if outcome is None else Standing.CALLED_OFF


def _victim(ctx: Context, seals: Legible, rows: Sequence[SummonedRow], zone: str, on: date) -> SummonedVictim:
    first = rows[0]
    victim = Victim(first.victim)
    measures = tuple(_measure(row, row.kind, row.decision) for row in rows if row.kind is not None and row.decision is not None)
    reading = Reading(ProceedingFacts(id="", zone=zone, victims=(victim,), measures=measures), ctx.now())
    lacks = {
        Missing.STATUS: not reading.is_protected(victim, STATUS, on),
        Missing.REPRESENTATION: first.legal_representation == LegalRepresentation.NONE,
        Missing.ASSESSMENT: first.assessed_on is None,
    }
    return SummonedVictim(
        victim_name(seals, first.victim, first.pseudonym), tuple(what for what, is_missing in lacks.items() if is_missing)
    )


def _measure(row: SummonedRow, kind: MeasureKind, decision: MeasureDecision) -> Measure:
    return Measure(
        "", row.victim, kind, decision, decided_on=row.decided_on, valid_from=row.valid_from, valid_until=row.valid_until
    )  # fmt: skip


def _debrief(ctx: Context, seals: Legible, row: DebriefRow) -> DebriefDue:
    return DebriefDue(
        case=_named(seals, row),
        hearing=hearing_ref(ctx.keys, row.hearing),
        on=_day(row),
        starts_at=row.starts_at,
        zone=row.zone,
        type=row.type,
        court=row.court,
        has_outcome=row.outcome is not None,
    )


def _by_case(flags: Sequence[FlagToSee]) -> tuple[CaseFlags, ...]:
    """Gather flags, gravest first, under their cases; the case of the gravest comes first."""
    cases: dict[str, list[FlagToSee]] = {}
    for flag in flags:
        cases.setdefault(flag.case.ref, []).append(flag)
    return tuple(CaseFlags(found[0].case, tuple(found)) for found in cases.values())


def _flag(seals: Legible, row: FlagRow) -> FlagToSee:
    return FlagToSee(
        ref=row.ref,
        rule=rules_by_code()[row.rule],
        case=_named(seals, row),
        severity=row.severity,
        facts=row.facts,
        since=row.since,
        victim=None if row.victim is None else victim_name(seals, row.victim, row.pseudonym),
    )
