"""The proceedings of one person: narrowed, searched, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.access import Permission, Relation, relations
from tracker.domain.case_numbers import is_reference, normalise
from tracker.domain.codes.proceeding import LeadOffence, StageKind
from tracker.domain.phases import KINDS, PHASE_OF, Phase
from tracker.privacy.places import CASE_NUMBER_INDEX, VICTIM_NAME_INDEX, VICTIM_PSEUDONYM_INDEX
from tracker.services.blind_indexes import name_index
from tracker.services.case_access import reader
from tracker.services.case_names import CaseName, case_name
from tracker.services.context import Context
from tracker.services.unsealing import Legible
from tracker.storage.queries import case_list as queries
from tracker.storage.queries.case_list import CaseRow, FlagCount, Wanted

PAGE = 50


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What to look for; ``text`` is a case number or a victim's name in any spelling, or a reference.

    ``after`` is the last reference of the page before.
    """

    text: str = ""
    phase: Phase | None = None
    is_closed: bool | None = None
    court: str | None = None
    offence: LeadOffence | None = None
    with_flags: bool = False
    after: str | None = None


@dataclass(frozen=True, slots=True)
class FlagsOf:
    """How many flags of one severity are open."""

    severity: int
    flags: int


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One proceeding of the list; ``next_hearing`` is an instant, to be read in ``zone``."""

    name: CaseName
    file: str
    court: str
    zone: str
    offence: LeadOffence
    phase: Phase | None
    stage: StageKind | None
    stage_on: date | None
    is_closed: bool
    next_hearing: datetime | None
    flags: tuple[FlagsOf, ...]


@dataclass(frozen=True, slots=True)
class CourtChoice:
    """One court to narrow the list to."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class CaseList:
    """One page; ``after`` leads to the next, ``None`` on the last."""

    lines: tuple[CaseLine, ...]
    after: str | None
    courts: tuple[CourtChoice, ...]


def cases(ctx: Context, narrowing: Narrowing) -> CaseList:
    """Return one page of the proceedings that the actor may see, newest first.

    Raises:
        ForbiddenError: the actor reads no cases.
    """
    person, today = reader(ctx), ctx.office_today()
    with ctx.database.reading() as db:
        rows = queries.page(db, person, _wanted(ctx, narrowing), now=ctx.now(), today=today, limit=PAGE + 1)
        counts = queries.open_flags(db, [row.id for row in rows[:PAGE]])
        courts = queries.courts(db)
    with Legible(ctx) as seals:
        lines = tuple(_line(seals, row, counts, today) for row in rows[:PAGE])
    return CaseList(
        lines=lines,
        after=lines[-1].name.ref if len(rows) > PAGE else None,
        courts=tuple(CourtChoice(row.external_id, row.name) for row in courts),
    )


def _wanted(ctx: Context, narrowing: Narrowing) -> Wanted:
    text, phase = narrowing.text.strip(), narrowing.phase
    in_trial = KINDS[Phase.TRIAL]
    return Wanted(
        kinds=() if phase in {None, Phase.TRIAL} else KINDS[phase],
        kinds_if_remitted=in_trial if phase is Phase.RETRIAL else (),
        kinds_unless_remitted=in_trial if phase is Phase.TRIAL else (),
        is_closed=narrowing.is_closed,
        court=narrowing.court,
        offence=narrowing.offence,
        with_flags=narrowing.with_flags,
        number=ctx.keys.index(CASE_NUMBER_INDEX, normalise(text).normal) if text else None,
        reference=text if is_reference(text) else None,
        name=name_index(ctx.keys, VICTIM_NAME_INDEX, text),
        pseudonym=name_index(ctx.keys, VICTIM_PSEUDONYM_INDEX, text),
        after=narrowing.after,
        with_team=Relation.TEAM in relations(ctx.actor.role, Permission.SEE_CASES),
    )


def _line(seals: Legible, row: CaseRow, counts: Sequence[FlagCount], today: date) -> CaseLine:
    return CaseLine(
        name=case_name(seals, row.ref, row.external_id, row.number_ref, row.number),
        file=row.external_id,
        court=row.court,
        zone=row.zone,
        offence=row.offence,
        phase=_phase(row),
        stage=row.stage,
        stage_on=row.stage_on,
        is_closed=row.final_on is not None or (row.end_cause is not None and (row.ended_on is None or row.ended_on <= today)),
        next_hearing=row.next_hearing,
        flags=tuple(FlagsOf(each.severity, each.flags) for each in counts if each.proceeding_id == row.id),
    )


def _phase(row: CaseRow) -> Phase | None:
    if row.stage is None:
        return None
    phase = PHASE_OF[row.stage]
    return Phase.RETRIAL if phase is Phase.TRIAL and row.was_remitted else phase
