"""Write down what a hearing did: begun, left and taken up again, finished; a second observer's account stands beside the first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from tracker.domain.codes.people import Role
from tracker.domain.codes.protection import MeasureKind
from tracker.domain.debrief import Account, Answers, Difference, differences, settled
from tracker.domain.errors import ForbiddenError, InvalidInputError, NotFoundError, Problem
from tracker.privacy.keys import KeyRing, same_token
from tracker.services import audit, case_record
from tracker.services.caseload_export import case_document
from tracker.services.context import Context
from tracker.services.debrief_changes import Debriefed, changes, in_force
from tracker.services.debrief_history import Correction, history
from tracker.services.identities import victim_ref
from tracker.storage.queries import debriefs as queries
from tracker.storage.queries.debriefs import AccountRow
from tracker.storage.queries.revisions import CaseRow

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SheetMeasure:
    """A measure in force on the day of the hearing."""

    id: str
    kind: MeasureKind


@dataclass(frozen=True, slots=True)
class SheetVictim:
    """One victim of the case; ``answers`` is what is there already, ``seen`` marks it for whoever changes it."""

    ref: str
    external_id: str = field(repr=False)
    name: str = field(repr=False)
    was_summoned: bool
    answers: Answers
    seen: str
    measures: tuple[SheetMeasure, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The form of one hearing; ``is_draft`` tells that somebody left it unfinished, ``first_by`` who wrote the account that counts."""

    case: str
    hearing: str
    number: str = field(repr=False)
    entry: Entry = field(repr=False)
    on: date
    zone: str
    answers: Answers
    seen: str
    victims: tuple[SheetVictim, ...]
    is_draft: bool
    is_finished: bool
    first_by: str | None
    differences: tuple[tuple[str, tuple[Difference, ...]], ...]
    """For supervisors: the sign-in name of each further observer, and where they saw something else."""
    corrections: tuple[Correction, ...] = ()


def hearing_ref(keys: KeyRing, external_id: str) -> str:
    """Return the opaque name of a hearing in addresses."""
    return keys.token("hearing", external_id)


def sheet(ctx: Context, case: str, hearing: str, *, is_look: bool = True) -> Sheet:
    """Return the form of a hearing, with what is there already or was left unfinished; a look is entered in the audit log.

    Sending the form is none (``is_look`` false): it is sent with every answer, and what is finished is in the log by itself.

    Raises:
        NotFoundError: there is no such hearing, or the case is not the person's to write to.
    """
    person = case_record.writer(ctx)
    with ctx.database.writing() as db:
        row, told, number = _locked(db, ctx, case, hearing)
        accounts = queries.of_hearing(db, number)
        if is_look:
            audit.note(db, ctx, "case.read", case=row.external_id)
    return replace(_sheet(ctx, case, told, accounts, person), corrections=history(ctx, case, told.hearing, told.appearances))


def save(ctx: Context, case: str, hearing: str, account: Account) -> None:
    """Keep what of an account is no mere text, for its writer alone; nothing of it counts yet.

    Raises:
        NotFoundError: there is no such hearing, or the case is not the person's to write to.
    """
    person = case_record.writer(ctx)
    with ctx.database.writing() as db:
        _row, told, number = _locked(db, ctx, case, hearing)
        mine = next((each for each in queries.of_hearing(db, number) if each.person_id == person), None)
        if mine is not None and mine.finished_at is not None:
            return
        queries.keep(db, number, person, content=_content(account, told), saved_at=ctx.now(), finished_at=None)


def finish(ctx: Context, case: str, hearing: str, account: Account, seen: Mapping[str, str]) -> None:
    """Stand by an account: the first one goes into the record, a further one beside it, where supervisors see what differs.

    ``seen`` maps "hearing" and victims' external ids to the marks of what the writer saw.

    Raises:
        NotFoundError: there is no such hearing, or the case is not the person's to write to.
        InvalidInputError: something is missing or wrong; the place is a question, after a victim's external id and a point where it is
            about her.
        ChangedMeanwhileError: somebody else wrote meanwhile.
    """
    person = case_record.writer(ctx)
    with ctx.database.writing() as db:
        row, told, number = _locked(db, ctx, case, hearing)
        others = [each for each in queries.of_hearing(db, number) if each.finished_at is not None]
        is_first = not others or others[0].person_id == person
        _write(db, ctx, row, told, account, seen if is_first else None)
        queries.keep(db, number, person, content=_content(account, told), saved_at=ctx.now(), finished_at=_finished(ctx, others, person))
        audit.note(db, ctx, "debrief.saved", case=row.external_id, details={"first": is_first, "victims": len(account.victims)})


def adopt(ctx: Context, case: str, hearing: str, login: str) -> None:
    """Let another observer's account count instead of the one that does: a supervisor's decision.

    Raises:
        ForbiddenError: the actor is no supervisor.
        NotFoundError: there is no such account, hearing or case.
    """
    case_record.writer(ctx)
    if ctx.actor.role is not Role.SUPERVISOR:
        raise ForbiddenError("which account counts is for supervisors to say")
    with ctx.database.writing() as db:
        row, told, number = _locked(db, ctx, case, hearing)
        rows = queries.of_hearing(db, number)
        chosen = next((each for each in rows if each.login == login and each.finished_at is not None), None)
        if chosen is None:
            raise NotFoundError("there is no such account")
        marks = {"hearing": case_record.mark(ctx, told.hearing)}
        marks |= {victim: case_record.mark(ctx, there) for victim, there in told.appearances.items()}
        _write(db, ctx, row, told, _account(chosen), marks)
        audit.note(db, ctx, "debrief.adopted", case=row.external_id)


def _write(db: Session, ctx: Context, row: CaseRow, told: Debriefed, account: Account, seen: Mapping[str, str] | None) -> None:
    wanted = changes(told, account, seen, ctx.office_today(), ctx.actor.role)
    try:
        case_record.write_within(db, ctx, row, wanted)
    except InvalidInputError as refused:
        victims = [change.entry["victim"] for change in wanted if change.kind == "appearances"]
        raise InvalidInputError([_placed(problem, victims) for problem in refused.problems]) from None


def _placed(problem: Problem, victims: Sequence[str]) -> Problem:
    kind, _, rest = problem.path.partition(".")
    number, _, question = rest.partition(".")
    return Problem(f"{victims[int(number)]}.{question}" if kind == "appearances" else question or kind, problem.message)


def _locked(db: Session, ctx: Context, case: str, hearing: str) -> tuple[CaseRow, Debriefed, int]:
    """Return a case that nobody else writes to meanwhile, its hearing as the record has it, and that one's key in the database."""
    row = case_record.found(db, ctx, case)
    told = _debriefed(db, ctx, row, hearing)
    return row, told, queries.hearings(db, row.id)[told.hearing["id"]]


def _debriefed(db: Session, ctx: Context, row: CaseRow, hearing: str) -> Debriefed:
    document = case_document(db, ctx, row.id)
    proceeding = document["proceedings"][0]
    found = next((each for each in proceeding["hearings"] if same_token(hearing_ref(ctx.keys, each["id"]), hearing)), None)
    zones = {court["id"]: court["timezone"] for court in document["courts"]}
    if found is None:
        raise NotFoundError("there is no such hearing")
    told = Debriefed(proceeding, found, ZoneInfo(zones[found.get("court", proceeding["court"])]))
    if told.on > ctx.office_today():
        raise NotFoundError("this hearing has not taken place yet")
    return told


def _finished(ctx: Context, others: Sequence[AccountRow], person: int) -> datetime:
    """Return when somebody's account was first finished: a correction does not put it behind a later one."""
    return next((each.finished_at for each in others if each.person_id == person and each.finished_at is not None), ctx.now())


def _content(account: Account, told: Debriefed) -> dict[str, Any]:
    known, kept = {victim["id"] for victim in told.proceeding["victims"]}, settled(account)
    return {"hearing": dict(kept.hearing), "victims": {name: dict(each) for name, each in kept.victims.items() if name in known}}


def _account(row: AccountRow) -> Account:
    return Account(row.content.get("hearing", {}), row.content.get("victims", {}))


def _sheet(ctx: Context, case: str, told: Debriefed, accounts: Sequence[AccountRow], person: int) -> Sheet:
    mine = next((each for each in accounts if each.person_id == person), None)
    finished = [each for each in accounts if each.finished_at is not None]
    is_beside = bool(finished) and finished[0].person_id != person
    own = _account(mine) if mine is not None and (mine.finished_at is None or is_beside) else None
    numbers = told.proceeding["case_numbers"]
    return Sheet(
        case=case,
        hearing=hearing_ref(ctx.keys, told.hearing["id"]),
        number=numbers[-1]["text"] if numbers else told.proceeding["id"],
        entry=told.hearing,
        on=told.on,
        zone=told.zone.key,
        answers=own.hearing if own else {name: told.hearing[name] for name in ("outcome", "outcome_reason") if name in told.hearing},
        seen=case_record.mark(ctx, told.hearing),
        victims=tuple(_victim(ctx, told, victim, own) for victim in told.proceeding["victims"]),
        is_draft=mine is not None and mine.finished_at is None,
        is_finished=mine is not None and mine.finished_at is not None,
        first_by=finished[0].login if is_beside else None,
        differences=_differences(ctx, finished),
    )


def _victim(ctx: Context, told: Debriefed, victim: Entry, own: Account | None) -> SheetVictim:
    there = told.appearances.get(victim["id"])
    return SheetVictim(
        ref=victim_ref(ctx.keys, victim["id"]),
        external_id=victim["id"],
        name=victim.get("pseudonym", victim["id"]),
        was_summoned=victim["id"] in told.hearing.get("summoned", ()),
        answers=own.victims.get(victim["id"], {}) if own else there or {},
        seen="" if there is None else case_record.mark(ctx, there),
        measures=tuple(SheetMeasure(each["id"], MeasureKind(each["kind"])) for each in in_force(told, victim["id"])),
    )


def _differences(ctx: Context, finished: Sequence[AccountRow]) -> tuple[tuple[str, tuple[Difference, ...]], ...]:
    if ctx.actor.role is not Role.SUPERVISOR or len(finished) < 2:  # noqa: PLR2004 - two accounts make a difference
        return ()
    first = _account(finished[0])
    found = [(row.login or "", tuple(differences(first, _account(row)))) for row in finished[1:]]
    return tuple((login, each) for login, each in found if each)
